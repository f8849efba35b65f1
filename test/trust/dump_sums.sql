-- dump_sums.sql: a line for each table, view, and materialized view of the users: its rows,
-- and the checksums of their text form and of the binary one.
\set ON_ERROR_STOP 1
SET timezone = 'UTC';
SET extra_float_digits = 3;
SET search_path = pg_catalog, kpi_home, pg_temp;

-- Binary forms of the values of a row whose types have one, in hex; the others as text.
CREATE FUNCTION pg_temp.sums(relation oid, OUT rows bigint, OUT of_text text, OUT of_binary text) LANGUAGE plpgsql AS $$
DECLARE
	columns text := (SELECT string_agg(format(CASE WHEN typtype = 'b'
		AND typname NOT LIKE '\_%%' THEN '%2$s(this_row.%1$I)::text' ELSE 'this_row.%1$I::text' END, attname, typsend),
		', ' ORDER BY attnum)
		FROM pg_attribute a JOIN pg_type t ON t.oid = CASE WHEN atttypid::regtype::text = 'public.nps_answers'
			THEN 'tally'::regtype ELSE atttypid END
		WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped);
BEGIN
	EXECUTE format('SELECT count(*), md5(string_agg(this_row::text, E''\n'' ORDER BY this_row::text COLLATE "C")),
			md5(string_agg(sent_row, E''\n'' ORDER BY sent_row COLLATE "C"))
		FROM %s AS this_row, LATERAL (SELECT ROW(%s)::text) AS sent(sent_row)', relation::regclass, columns)
			INTO rows, of_text, of_binary;
END $$;

SELECT n.nspname || '.' || c.relname, s.* FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace,
	LATERAL pg_temp.sums(c.oid) s
WHERE n.nspname IN ('public', 'kpi') AND relkind IN ('r', 'p', 'v', 'm') AND relname NOT IN ('line',
	'written', 'written_figure')
UNION ALL SELECT 'kpi_home.kpi_target', s.* FROM pg_temp.sums('kpi_target'::regclass) s
ORDER BY 1;
