-- report: what reports need besides the figures

CREATE FUNCTION suppress(value double precision, responses bigint, minimum bigint) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'suppress';
COMMENT ON FUNCTION suppress(double precision, bigint, bigint) IS
'The value, or NULL if it comes from fewer than minimum answers. A NULL argument gives NULL. Error 22003: a negative number of answers.';

CREATE FUNCTION sparkline(series double precision[]) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sparkline';
COMMENT ON FUNCTION sparkline(double precision[]) IS
'The values as a line of block characters from the lowest to the highest; a space for NULL, middle height if all are equal. NULL for no values. Error 22003: NaN or Infinity.';

-- The state is a plain array.  The order of rows matters, so there is no combine function.
CREATE AGGREGATE sparkline(value double precision) (
	sfunc = pg_catalog.array_append, stype = double precision[],
	finalfunc = sparkline, parallel = safe
);
COMMENT ON AGGREGATE sparkline(double precision) IS
'The values, in the order of ORDER BY inside the call, as a line of block characters; a space for NULL, NULL for no rows. Error 22003: NaN or Infinity.';

#since 0.2.0
CREATE FUNCTION format_interval(
	estimate double precision, lower double precision, upper double precision, digits integer DEFAULT 1
) RETURNS text
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'format_interval';
COMMENT ON FUNCTION format_interval(double precision, double precision, double precision, integer) IS
'An estimate with its bounds as text, 46.2 (39.5 - 52.4), with this many decimals, rounded as round(numeric) does. Only the estimate if both bounds are NULL, ? for a single missing one; NULL if the estimate or digits is NULL. Error 22023: digits not between 0 and 15.';

CREATE FUNCTION format_interval(kpi_interval kpi_interval, digits integer DEFAULT 1) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'format_kpi_interval';
COMMENT ON FUNCTION format_interval(kpi_interval, integer) IS
'A KPI with its bounds as text, 46.2 (39.5 - 52.4): format_interval of its estimate, lower and upper.';
