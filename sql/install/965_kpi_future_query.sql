#since 0.2.0
-- live: rows whose time has not come

-- They count when it comes, with no write: until then they wait in the log.
CREATE FUNCTION kpi_future_query(relation text, store_schema text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT pg_catalog.format(
		'INSERT INTO %I.kpi_touched (relation, many, kept, %s, times, due) SELECT %L, false, true, %s, ARRAY[%s], %s '
		'FROM every_%s AS t WHERE greatest(%s) > now()'::text,
		$2, s.keys, $1, s.keys, s.times, s.due, $1, s.times)
	FROM (VALUES
		('recovery_case'::text, 'case_id, customer_id'::text, 'opened_at, resolved_at, first_response_at'::text,
			'promised_by'::text),
		('survey_response', 'case_id, customer_id, response_id', 'responded_at', 'NULL::timestamptz'),
		('customer', 'customer_id', 'joined_at', 'NULL::timestamptz'),
		('purchase', 'customer_id', 'purchased_at', 'NULL::timestamptz'),
		('referral', 'customer_id', 'referred_at', 'NULL::timestamptz'),
		('case_event', 'case_id', 'at', 'NULL::timestamptz'),
		('survey_invitation', 'invitation_id, customer_id, case_id', 'sent_at', 'NULL::timestamptz'),
		('follow_up', 'response_id', 'contacted_at', 'NULL::timestamptz')) AS s (relation, keys, times, due)
	WHERE s.relation OPERATOR(pg_catalog.=) $1);
COMMENT ON FUNCTION kpi_future_query(text, text) IS
'The statement that puts the rows of a source whose times lie in the future into the log of a rollup, NULL if it has no times. It reads the common table expressions of kpi_every_query.';
