-- Every C function of the extension as a line of functions.inc, so that a new one is
-- called by the fuzz targets without a word: name, strict, arguments, result, columns.
WITH letter(type, letter) AS (VALUES
	('tally', 'T'), ('paired_tally', 'P'), ('weighted_tally', 'W'), ('life_table', 'L'),
	('business_calendar', 'B'), ('purchase_history', 'H'), ('clv_model', 'C'), ('driver_model', 'D'),
	('clustered_tally', 'K'), ('status_clock', 'S'),
	('smallint', 's'), ('integer', 'i'), ('bigint', 'l'), ('double precision', 'f'), ('boolean', 'b'),
	('text', 't'), ('interval', 'v'), ('timestamp with time zone', 'z'), ('date', 'd'),
	('timestamp with time zone[]', 'Z'),
	('double precision[]', 'A'), ('bigint[]', 'I'), ('text[]', 'X'), ('jsonb', 'j'), ('json', 'J'),
	('bytea', 'y'), ('internal', 'n'), ('cstring', 'c')),
function AS (
	SELECT DISTINCT p.prosrc, p.proisstrict, p.proargtypes::oid[] AS arguments, p.prorettype,
		p.proallargtypes, p.proargmodes
	FROM pg_proc p
	JOIN pg_language l ON l.oid = p.prolang AND l.lanname = 'c'
	JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
	-- window functions read rows of a query, triggers those of a table, and arrays of jsonb and of
	-- tallies are made by SQL alone
	WHERE e.extname = 'recovery_kpi' AND p.prokind <> 'w' AND p.prorettype <> 'trigger'::regtype
		AND 'jsonb[]'::regtype <> ALL (p.proargtypes)
		AND to_regtype('tally[]') <> ALL (p.proargtypes)),
-- any other type, such as a row, is an r; rows that functions read are 1, 2, 3, 4
known AS (
	SELECT t.oid,
		CASE format_type(t.oid, NULL) WHEN 'control_chart' THEN '1' WHEN 'xmr_chart' THEN '2'
			WHEN 'kpi_interval' THEN '3' WHEN 'rate_prior' THEN '4' END AS row_letter,
		coalesce(l.letter, CASE WHEN t.typtype = 'c' OR t.oid = 'record'::regtype THEN 'r' ELSE '?' END) AS letter
	FROM pg_type t LEFT JOIN letter l ON l.type = format_type(t.oid, NULL))
SELECT format('FUNCTION(%s, %s, "%s", ''%s'', "%s")', f.prosrc, f.proisstrict,
	(SELECT string_agg(coalesce(k.row_letter, k.letter), '' ORDER BY a.place)
	 FROM unnest(f.arguments) WITH ORDINALITY AS a(type, place) JOIN known k ON k.oid = a.type),
	(SELECT k.letter FROM known k WHERE k.oid = f.prorettype),
	coalesce(
		(SELECT string_agg(k.letter, '' ORDER BY c.attnum)
		 FROM pg_type t JOIN pg_attribute c ON c.attrelid = t.typrelid AND c.attnum > 0
		 JOIN known k ON k.oid = c.atttypid WHERE t.oid = f.prorettype AND t.typtype = 'c'),
		(SELECT string_agg(k.letter, '' ORDER BY a.place)
		 FROM unnest(f.proallargtypes, f.proargmodes) WITH ORDINALITY AS a(type, mode, place)
		 JOIN known k ON k.oid = a.type WHERE a.mode IN ('o', 't'))))
FROM function f
ORDER BY 1;
