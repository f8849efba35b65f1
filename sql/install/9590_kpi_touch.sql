#since 0.2.0
-- live: what a writer does

CREATE FUNCTION kpi_touch() RETURNS trigger
LANGUAGE C PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'kpi_touch';
COMMENT ON FUNCTION kpi_touch() IS
'The trigger of create_kpi_rollup on a source, after each statement: appends the keys and times of the rows that it changed, old and new, to the log kpi_touched of the store; of more than 200 rows, their days. Its arguments: the schema of the store; the name of the source; the names of its keys, and of its times, separated by commas; that of the time at which it is due, or nothing. It runs as the writer, and notes all days if columns are there no more. If the store is gone it does nothing. Error 42501: the writer may not append to the log, or its owner may not make triggers on the source.';
