-- driver_table.sql: the answers of driver.sql (psql variable rows): an outcome and
-- three factors, as columns and, in the other table, as an array.

SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS recovery_kpi;
DROP TABLE IF EXISTS drivers, driver_arrays;
CREATE FUNCTION pg_temp.dice(i bigint, n int) RETURNS float8 LANGUAGE sql IMMUTABLE AS
$$ SELECT (abs(hashint8extended(i, n) / 2) % 1000)::float8 $$;

CREATE UNLOGGED TABLE drivers (
	outcome float8 NOT NULL,
	speed float8 NOT NULL,
	effectiveness float8 NOT NULL,
	compensation float8 NOT NULL
);
INSERT INTO drivers
SELECT 0.3 * s + 0.5 * e + 0.1 * c + pg_temp.dice(i, 4) * 0.7, s, e, c
FROM generate_series(1, :rows) AS i,
	LATERAL (SELECT pg_temp.dice(i, 1) AS s, pg_temp.dice(i, 2) + 0.4 * pg_temp.dice(i, 1) AS e,
		pg_temp.dice(i, 3) AS c) AS f;

CREATE UNLOGGED TABLE driver_arrays (outcome float8 NOT NULL, factors float8[] NOT NULL);
INSERT INTO driver_arrays SELECT outcome, ARRAY[speed, effectiveness, compensation] FROM drivers;

VACUUM ANALYZE drivers;
VACUUM ANALYZE driver_arrays;
