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
