#since 0.2.0
-- live: the spans of few days

-- The planner expects two of them: of unnest() it expects a hundred, with half a million rows in them,
-- for which it clears memory in each query, though mostly there are none.
CREATE FUNCTION kpi_few_spans(spans tstzmultirange) RETURNS SETOF tstzrange
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 2
BEGIN ATOMIC
	SELECT pg_catalog.unnest(spans);
END;
COMMENT ON FUNCTION kpi_few_spans(tstzmultirange) IS
'The ranges of a multirange, of which few are expected. NULL and empty give none.';
