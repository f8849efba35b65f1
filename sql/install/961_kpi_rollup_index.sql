#since 0.2.0
-- live: the indexes by which days are computed

CREATE FUNCTION kpi_rollup_index(source_schema text, types jsonb) RETURNS integer
LANGUAGE plpgsql STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	made integer := 0;
	i record;
BEGIN
	FOR i IN
		SELECT r.oid::regclass AS relation, w.relation AS name, w.column_name, pg_has_role(r.relowner,
			'USAGE') AS is_ours
		FROM unnest(
			'{recovery_case,recovery_case,recovery_case,recovery_case,recovery_case,survey_response,survey_response,survey_response,survey_response,customer,purchase,purchase,referral,case_event,survey_invitation,survey_invitation,survey_invitation,survey_invitation,follow_up,follow_up}'::text[],
			'{case_id,customer_id,opened_at,resolved_at,promised_by,response_id,case_id,customer_id,responded_at,joined_at,customer_id,purchased_at,customer_id,case_id,invitation_id,case_id,customer_id,sent_at,response_id,contacted_at}'::text[])
			WITH ORDINALITY AS w (relation, column_name, place)
			JOIN pg_namespace n ON n.nspname = source_schema
			JOIN pg_class r ON r.relnamespace = n.oid AND r.relname = w.relation AND r.relkind IN ('r', 'm', 'p')
			JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = w.column_name AND NOT a.attisdropped
		WHERE types ? (w.relation || '.' || w.column_name)
			-- of answers the customer is looked up only where there are contacts or invitations
			AND (w.relation <> 'survey_response' OR w.column_name <> 'customer_id' OR types ? 'follow_up.response_id'
				OR types ? 'survey_invitation.customer_id')
			AND NOT EXISTS (SELECT FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_am m
				ON m.oid = c.relam
				WHERE x.indrelid = r.oid AND x.indisvalid AND x.indpred IS NULL AND x.indkey[0] = a.attnum
					AND m.amname = 'btree')
		ORDER BY w.place
	LOOP
		IF i.is_ours THEN
			EXECUTE format('CREATE INDEX %I ON %s (%I)', concat('kpi_rollup_', i.name, '_', i.column_name), i.relation,
				i.column_name);
			RAISE NOTICE 'index on % (%) is made', i.relation, quote_ident(i.column_name);
			made := made + 1;
		ELSE
			RAISE NOTICE '% has no index on %: days that are not stored are slow to compute', i.relation,
				quote_ident(i.column_name);
		END IF;
	END LOOP;
	RETURN made;
END $$;
COMMENT ON FUNCTION kpi_rollup_index(text, jsonb) IS
'Makes the indexes on the sources by which a rollup computes days, where there are none and the tables are the caller''s. Returns their number; notices name them, and those that are missing.';
