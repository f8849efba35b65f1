#since 0.2.0
-- live: the triggers of rollups

CREATE FUNCTION kpi_rollup_trigger(store_schema text, event text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.concat('kpi_rollup_', CASE WHEN pg_catalog.octet_length($1) OPERATOR(pg_catalog.<=) 40 THEN $1
	ELSE pg_catalog.left(pg_catalog.md5($1), 16) END, '_', pg_catalog.lower($2));
COMMENT ON FUNCTION kpi_rollup_trigger(text, text) IS
'The name of the trigger after an event (INSERT, UPDATE, DELETE or TRUNCATE) of the rollup in a schema.';

CREATE FUNCTION kpi_rollup_triggers(store_schema text)
RETURNS TABLE (relation regclass, name name, ours boolean, enabled boolean)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT g.tgrelid::pg_catalog.regclass, g.tgname,
		EXISTS (SELECT FROM pg_catalog.unnest('{INSERT,UPDATE,DELETE,TRUNCATE}'::pg_catalog.text[]) AS e (event)
			WHERE g.tgname OPERATOR(pg_catalog.=) kpi_rollup_trigger($1, e.event)),
		g.tgenabled OPERATOR(pg_catalog.<>) 'D'::pg_catalog."char"
	FROM pg_catalog.pg_trigger AS g
	WHERE g.tgfoid OPERATOR(pg_catalog.=) 'kpi_touch()'::pg_catalog.regprocedure AND NOT g.tgisinternal;
END;
COMMENT ON FUNCTION kpi_rollup_triggers(text) IS
'The triggers of all rollups: whether they are of the rollup in this schema, and whether they are switched on.';
