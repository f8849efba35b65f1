#since 0.2.0
-- kpi_views: dimensions of the user

CREATE FUNCTION kpi_dimension_types(source_schema text, dimensions text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	named jsonb := '[]';
	there jsonb;				-- column: {"case": true, "answer": true}
	wanted text;
BEGIN
	SELECT jsonb_object_agg(c.attname, c.found) INTO there
	FROM (SELECT a.attname, jsonb_object_agg(CASE r.relname WHEN 'recovery_case' THEN 'case' ELSE 'answer' END,
		true) AS found
		FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace AND n.nspname = source_schema
			JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
			CROSS JOIN LATERAL (WITH RECURSIVE d AS (SELECT t.oid, t.typbasetype, t.typtype, t.typcategory
					FROM pg_type t WHERE t.oid = a.atttypid
				UNION ALL SELECT t.oid, t.typbasetype, t.typtype, t.typcategory
					FROM d JOIN pg_type t ON t.oid = d.typbasetype)
				SELECT d.oid, d.typtype, d.typcategory FROM d WHERE d.typbasetype = 0) t
		WHERE r.relname IN ('recovery_case', 'survey_response') AND r.relkind IN ('r', 'v', 'm', 'p', 'f')
			AND (t.typcategory IN ('S', 'B') OR t.typtype = 'e'
				OR t.oid IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype, 'numeric'::regtype))
		GROUP BY a.attname) c;
	FOREACH wanted IN ARRAY coalesce(dimensions, ARRAY(SELECT d
		FROM unnest('{channel,failure_type,compensation}'::text[]) d
		WHERE there -> d IS NOT NULL)) LOOP
		IF wanted IS NULL OR there -> wanted IS NULL THEN
			RAISE EXCEPTION USING ERRCODE = 'undefined_column',
				MESSAGE = format('"%s" is not a column of recovery_case or survey_response that can be a dimension',
					wanted),
				DETAIL = 'A dimension is a column of text, boolean, enum, integer or numeric type.',
				HINT = format('There are: %s.', (SELECT string_agg(k, ', ' ORDER BY k)
					FROM jsonb_object_keys(there) k));
		ELSIF named @> jsonb_build_array(jsonb_build_object('name', wanted)) THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = format('dimension "%s" is given twice', wanted);
		END IF;
		named := named || jsonb_build_array((there -> wanted) || jsonb_build_object('name', wanted));
	END LOOP;
	RETURN named;
END $$;
COMMENT ON FUNCTION kpi_dimension_types(text, text[]) IS
'The dimensions as [{"name": ..., "case": true, "answer": true}], with the relations that have the column. NULL: channel, failure_type and compensation, as far as they are there. Errors: 42703 a column that is not there, or not of text, boolean, enum, integer or numeric type; 22023 a name twice.';
