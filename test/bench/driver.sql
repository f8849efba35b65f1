-- driver.sql: what drives an outcome, three factors at once, against a regression on
-- one of them, in one PostgreSQL process.  Building an array per row is more than half
-- of the time of the second.  The tables are made by driver_table.sql.

--= Drivers, factors in columns
--: ours: driver_model(outcome, speed, effectiveness, compensation)
SELECT round((driver_fit(driver_model(outcome, speed, effectiveness, compensation))).responses / 1e6, 6) FROM drivers;
--: rival: regr_slope(outcome, speed) [bar 2.00, other answers]
SELECT regr_slope(outcome, speed) FROM drivers;
--: rival: driver_model(outcome, ARRAY[speed, effectiveness, compensation])
SELECT round((driver_fit(driver_model(outcome, ARRAY[speed, effectiveness, compensation]))).responses / 1e6, 6)
FROM drivers;
--: rival: the three regr_r2 and three corr that it holds [other answers]
SELECT regr_r2(outcome, speed), regr_r2(outcome, effectiveness), regr_r2(outcome, compensation),
	corr(speed, effectiveness), corr(speed, compensation), corr(effectiveness, compensation)
FROM drivers;

--= Drivers, an array of columns
--: ours: driver_model(outcome, ARRAY[speed, effectiveness, compensation])
SELECT round((driver_fit(driver_model(outcome, ARRAY[speed, effectiveness, compensation]))).responses / 1e6, 6)
FROM drivers;
--: rival: regr_slope(outcome, speed) [bar 2.00, other answers]
SELECT regr_slope(outcome, speed) FROM drivers;
--: rival: count(ARRAY[speed, effectiveness, compensation]) [other answers]
SELECT count(ARRAY[speed, effectiveness, compensation]) FROM drivers;

--= Drivers, factors in an array
--: ours: driver_model(outcome, factors)
SELECT round((driver_fit(driver_model(outcome, factors))).responses / 1e6, 6) FROM driver_arrays;
--: rival: regr_slope(outcome, factors[1]) [bar 2.00, other answers]
SELECT regr_slope(outcome, factors[1]) FROM driver_arrays;

--= Drivers, one factor
--: ours: coefficient of driver_model(outcome, ARRAY[speed])
SELECT (driver_importance(driver_model(outcome, ARRAY[speed]))).coefficient FROM drivers;
--: rival: regr_slope(outcome, speed)
SELECT regr_slope(outcome, speed) FROM drivers;
