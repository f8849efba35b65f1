-- version: which version of the extension runs

#since 0.2.0
-- STABLE, not IMMUTABLE: the next version of the library gives another answer.
CREATE FUNCTION recovery_kpi_version() RETURNS text
LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'recovery_kpi_version';
COMMENT ON FUNCTION recovery_kpi_version() IS
'The version of the library that this session runs, such as 0.2.0. The objects of a database are of extversion in pg_extension: if they are older, run ALTER EXTENSION recovery_kpi UPDATE.';
