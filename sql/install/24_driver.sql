-- driver: which factors move an outcome

CREATE FUNCTION driver_model_in(cstring) RETURNS driver_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_in';
COMMENT ON FUNCTION driver_model_in(cstring) IS
'Text form of a driver model: rows:{mean,...}:{{square},{product,square},...}, the outcome first.';

CREATE FUNCTION driver_model_out(driver_model) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_out';
COMMENT ON FUNCTION driver_model_out(driver_model) IS
'Text form of a driver model.';

CREATE FUNCTION driver_model_recv(internal) RETURNS driver_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_recv';
COMMENT ON FUNCTION driver_model_recv(internal) IS
'Binary form of a driver model: format 1, factors, rows, means, cross-products.';

CREATE FUNCTION driver_model_send(driver_model) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_send';
COMMENT ON FUNCTION driver_model_send(driver_model) IS
'Binary form of a driver model.';

CREATE TYPE driver_model (
	input = driver_model_in, output = driver_model_out, receive = driver_model_recv, send = driver_model_send,
	internallength = variable, alignment = double, storage = extended, category = 'k'
);
COMMENT ON TYPE driver_model IS
'An outcome and 1 to 32 factors that may drive it, as a regression needs them: the number of complete rows, the means and the centred cross-products. Written rows:{mean,...}:{{square},{product,square},...}, the outcome first. Each number is followed by its rounding error, so that results agree to about 1e-12 in any order. Add them up with + or sum(); read them with driver_importance() and driver_fit().';

-- sums

CREATE FUNCTION driver_model_plus(driver_model, driver_model) RETURNS driver_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_plus';
COMMENT ON FUNCTION driver_model_plus(driver_model, driver_model) IS
'The rows of both driver models. Errors: 22023 different numbers of factors, 22003 more than 2^63-1 rows.';

CREATE OPERATOR + (leftarg = driver_model, rightarg = driver_model, function = driver_model_plus, commutator = +);
COMMENT ON OPERATOR + (driver_model, driver_model) IS 'The rows of both driver models.';

#since 0.2.0
#for type | c | one | many: driver_model | driver_model | driver model | driver models
#include order.inc
#end
#end

-- readers

CREATE FUNCTION responses(model driver_model) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'responses_driver';
COMMENT ON FUNCTION responses(driver_model) IS
'Number of complete rows: rows with the outcome and all factors.';

CREATE FUNCTION driver_importance(
	model driver_model, names text[] DEFAULT NULL,
	OUT factor text, OUT correlation double precision, OUT coefficient double precision, OUT std_error double precision,
	OUT std_beta double precision, OUT t_statistic double precision, OUT p_value double precision,
	OUT vif double precision,
	OUT relative_weight double precision, OUT share double precision
) RETURNS SETOF record
LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 5 AS 'MODULE_PATHNAME', 'driver_importance';
COMMENT ON FUNCTION driver_importance(driver_model, text[]) IS
'One row for each factor, in order, named as in names, or else factor 1, factor 2 and so on. correlation: Pearson''s, with the outcome. From the least squares regression on all factors: coefficient, std_error, std_beta (the coefficient in standard deviations), t_statistic and the two-sided p_value. vif: the variance inflation factor. relative_weight: the importance by Johnson (2000); the weights add up to R squared. share: the weight in percent of R squared. With fewer rows than factors + 2 all of these are NULL. They are NULL too for a factor that does not vary; the other factors are as without it. A factor that is a combination of others, exactly or nearly (a VIF above 1e9), has only correlation, relative_weight and share, and so have these others. Shares add up to 100 whenever there are weights that are not all 0. If the outcome does not vary, there is only vif; if it is explained entirely, t and p are NULL. A NULL model gives no rows. Error 22023: names without exactly one name for each factor.';

CREATE FUNCTION driver_fit(
	model driver_model,
	OUT responses bigint, OUT r_squared double precision, OUT adjusted_r_squared double precision,
	OUT f_statistic double precision, OUT p_value double precision, OUT intercept double precision
)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_fit';
COMMENT ON FUNCTION driver_fit(driver_model) IS
'How well all factors together explain the outcome (least squares): the number of complete rows, R squared (0..1), R squared adjusted for the number of factors, F with its p, and the intercept. All but the number of rows are NULL with fewer rows than factors + 2, if no factor varies, or if the outcome does not vary. F and p are NULL if the outcome is explained entirely. The intercept is NULL if factors are combinations of each other.';

-- aggregates; floating-point sums cannot be subtracted exactly, so moving windows start anew

CREATE FUNCTION driver_model_accum(driver_model, double precision, double precision[]) RETURNS driver_model
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_accum';
COMMENT ON FUNCTION driver_model_accum(driver_model, double precision, double precision[]) IS
'Transition function of driver_model(outcome, factors).';

CREATE FUNCTION driver_model_final(driver_model) RETURNS driver_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_final';
COMMENT ON FUNCTION driver_model_final(driver_model) IS
'Final function of the aggregates driver_model.';

CREATE AGGREGATE driver_model(outcome double precision, factors double precision[]) (
	sfunc = driver_model_accum, stype = driver_model, sspace = 352, finalfunc = driver_model_final,
	combinefunc = driver_model_plus, parallel = safe
);
COMMENT ON AGGREGATE driver_model(double precision, double precision[]) IS
'Driver model of an outcome and an array of 1 to 32 factors, as many in all rows. A row with a NULL anywhere is ignored; no complete rows give NULL. Errors: 22003 NaN, infinity or a value beyond 2^400 (2.6e120); 22023 arrays of different or wrong length or several dimensions.';

CREATE AGGREGATE sum(driver_model) (
	sfunc = driver_model_plus, stype = driver_model, sspace = 240,
	combinefunc = driver_model_plus, parallel = safe
);
COMMENT ON AGGREGATE sum(driver_model) IS
'Sum of driver models; different orders agree to about 1e-12. NULLs are ignored; no rows give NULL. Errors: 22023 different numbers of factors, 22003 more than 2^63-1 rows.';

#since 0.2.0
-- of columns: two to six factors as arguments.  There is no form with one factor: an untyped
-- NULL or list could then be a factor or an array.

#for last | factors:
#	2 | float8, float8;
#	3 | float8, float8, float8;
#	4 | float8, float8, float8, float8;
#	5 | float8, float8, float8, float8, float8;
#	6 | float8, float8, float8, float8, float8, float8
CREATE FUNCTION driver_model_accum_columns(driver_model, float8, <factors>) RETURNS driver_model
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_accum_columns';
COMMENT ON FUNCTION driver_model_accum_columns(driver_model, float8, <factors>) IS
'Transition function of driver_model(outcome, factor1 to factor<last>).';
#end

#for count | bytes | factors:
#	two | 232 | factor1 float8, factor2 float8;
#	three | 352 | factor1 float8, factor2 float8, factor3 float8;
#	four | 496 | factor1 float8, factor2 float8, factor3 float8, factor4 float8;
#	five | 664 | factor1 float8, factor2 float8, factor3 float8, factor4 float8, factor5 float8;
#	six | 856 | factor1 float8, factor2 float8, factor3 float8, factor4 float8, factor5 float8, factor6 float8
CREATE AGGREGATE driver_model(outcome float8, <factors>) (
	sfunc = driver_model_accum_columns, stype = driver_model, sspace = <bytes>, finalfunc = driver_model_final,
	combinefunc = driver_model_plus, parallel = safe
);
COMMENT ON AGGREGATE driver_model(outcome float8, <factors>) IS
'Driver model of an outcome and <count> factors: the same as with an array of the factors, but faster. A row with a NULL anywhere is ignored; no complete rows give NULL. Error 22003: NaN, infinity or a value beyond 2^400 (2.6e120).';
#end
#end
