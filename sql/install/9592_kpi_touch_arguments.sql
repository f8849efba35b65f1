#since 0.2.0
-- live: what the triggers of a source note

CREATE FUNCTION kpi_touch_arguments(relation text, types jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT pg_catalog.format('%L, %L, %L, %L'::text, relation,
		coalesce(pg_catalog.string_agg(k.name, ',' ORDER BY k.place) FILTER (WHERE k.kind OPERATOR(pg_catalog.=) 'key'),
			''),
		coalesce(pg_catalog.string_agg(CASE WHEN k.known THEN k.name ELSE '' END, ',' ORDER BY k.place)
			FILTER (WHERE k.kind OPERATOR(pg_catalog.=) 'time'), ''),
		coalesce(pg_catalog.min(k.name) FILTER (WHERE k.kind OPERATOR(pg_catalog.=) 'due'), ''))
	FROM (SELECT v.kind, v.name, v.place, types OPERATOR(pg_catalog.?)
				pg_catalog.concat(relation, '.', v.name) AS known
			FROM (VALUES (1, 'key'::text, 'case_id'::text), (2, 'key', 'customer_id'), (3, 'key', 'response_id'),
				(4, 'key', 'invitation_id'), (5, 'time', 'opened_at'), (6, 'time', 'resolved_at'),
				(7, 'time', 'first_response_at'), (8, 'time', 'responded_at'), (9, 'time', 'joined_at'),
				(10, 'time', 'purchased_at'), (11, 'time', 'referred_at'), (12, 'time', 'at'), (13, 'time', 'sent_at'),
				(14, 'time', 'contacted_at'), (15, 'due', 'promised_by')) AS v (place, kind, name)) AS k
	-- the second time of a case is always its resolution
	WHERE k.known OR relation OPERATOR(pg_catalog.=) 'recovery_case' AND k.name OPERATOR(pg_catalog.=) 'resolved_at';
END;
COMMENT ON FUNCTION kpi_touch_arguments(text, jsonb) IS
'The arguments of kpi_touch for a source with these types of kpi_source_types, after the schema of the store.';
