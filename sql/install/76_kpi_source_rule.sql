#since 0.2.0
-- kpi_views: what may be wrong in the sources

-- A row is wrong by a condition over it (t); or a query counts what is wrong, names an example
-- and, if it knows more than the rule, the effect.  Each source is read once for all its
-- conditions.  A row of a source may stand for several (counted).
CREATE TABLE kpi_source_rule (
	ordinal smallint PRIMARY KEY,
	relation text NOT NULL,
	rule text NOT NULL,
	needs text[] NOT NULL,
	example text,
	condition text,
	query text,
	effect text NOT NULL,
	source text,
	counted text,
	UNIQUE (relation, rule),
	CHECK ((condition IS NULL) = (query IS NOT NULL))
);
GRANT SELECT ON kpi_source_rule TO PUBLIC;
COMMENT ON TABLE kpi_source_rule IS 'What check_kpi_sources and the view source_check look for.';
COMMENT ON COLUMN kpi_source_rule.ordinal IS 'Order.';
COMMENT ON COLUMN kpi_source_rule.relation IS 'Relation of the sources.';
COMMENT ON COLUMN kpi_source_rule.rule IS 'What is wrong, with the column.';
COMMENT ON COLUMN kpi_source_rule.needs IS 'Source columns without which there is nothing to look for.';
COMMENT ON COLUMN kpi_source_rule.example IS 'SQL over the row t: its key as text.';
COMMENT ON COLUMN kpi_source_rule.condition IS 'SQL over the row t: is it wrong?';
COMMENT ON COLUMN kpi_source_rule.query IS 'Or a query: number of rows, an example, and the effect or NULL.';
COMMENT ON COLUMN kpi_source_rule.effect IS 'What the views do with such rows.';
COMMENT ON COLUMN kpi_source_rule.source IS 'SQL of the source of the rows t, if that is not the relation alone.';
COMMENT ON COLUMN kpi_source_rule.counted IS 'SQL over the row t: how many rows it stands for; NULL means 1.';

INSERT INTO kpi_source_rule VALUES
(1, 'recovery_case', 'case_id is NULL', '{recovery_case.case_id}', 't.customer_id::text', 't.case_id IS NULL', NULL,
'left out of every KPI'),
(2, 'recovery_case', 'several rows with one case_id', '{recovery_case.case_id}', NULL, NULL,
$$SELECT sum(d.rows - 1)::bigint, min(d.case_id::text), NULL::text FROM (SELECT t.case_id, count(*) AS rows
	FROM recovery_case AS t WHERE t.case_id IS NOT NULL AND {recovery_case_repeats}
	GROUP BY t.case_id HAVING count(*) > 1) AS d$$,
'the one opened first counts'),
(3, 'recovery_case', 'customer_id is NULL', '{recovery_case.case_id}', 't.case_id::text', 't.customer_id IS NULL', NULL,
'left out of repeat_rate, referral_rate and repeat_complaint_rate'),
(4, 'recovery_case', 'opened_at is NULL, before 1970, or in the future', '{recovery_case.case_id}', 't.case_id::text',
'(t.opened_at >= {earliest} AND t.opened_at <= {latest}) IS NOT TRUE', NULL, 'left out of every KPI'),
(5, 'recovery_case', 'resolved_at is before opened_at, or in the future', '{recovery_case.resolved_at}',
't.case_id::text', 't.resolved_at < t.opened_at OR t.resolved_at > {latest}', NULL,
'left out of every KPI of resolutions'),
(6, 'recovery_case', 'first_response_at is before opened_at, or in the future', '{recovery_case.first_response_at}',
't.case_id::text', 't.first_response_at < t.opened_at OR t.first_response_at > {latest}', NULL,
'left out of first_response_time'),
(7, 'recovery_case', 'contacts is below 1 or not whole', '{recovery_case.contacts}', 't.case_id::text',
'NOT (t.contacts >= 1 AND t.contacts <= 1e9 AND t.contacts = floor(t.contacts))', NULL, 'left out of fcr'),
(8, 'recovery_case', 'promised_by is before opened_at, or infinite', '{recovery_case.promised_by}', 't.case_id::text',
't.promised_by < t.opened_at OR NOT isfinite(t.promised_by)', NULL, 'left out of promise_kept'),
(9, 'recovery_case', 'reopened_at is before resolved_at, or there is no resolved_at',
'{recovery_case.reopened_at,recovery_case.resolved_at}', 't.case_id::text',
't.reopened_at IS NOT NULL AND (t.reopened_at > t.resolved_at) IS NOT TRUE', NULL, 'counts as not reopened'),
(10, 'recovery_case', 'reopened_at is missing', '{recovery_case.contacts,recovery_case.resolved_at}', NULL, NULL,
$$SELECT count(*), min(t.case_id::text), NULL FROM recovery_case AS t WHERE {no_reopened}$$,
'fcr counts by contacts and later cases of the customer alone'),
(11, 'recovery_case', 'customer_id is not in customer', '{recovery_case.case_id,customer.customer_id}', NULL, NULL,
$$SELECT count(*), min(t.customer_id::text), NULL FROM recovery_case AS t WHERE t.customer_id IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM customer AS c WHERE c.customer_id = t.customer_id)$$,
'counts; complaint_rate has the case, but not the customer'),
(20, 'survey_response', 'response_id is NULL', '{survey_response.response_id}', 't.customer_id::text',
't.response_id IS NULL', NULL, 'left out of every KPI'),
(21, 'survey_response', 'several rows with one response_id', '{survey_response.response_id}', NULL, NULL,
$$SELECT sum(d.rows - 1)::bigint, min(d.response_id::text), NULL FROM (SELECT t.response_id, count(*) AS rows
	FROM survey_response AS t WHERE t.response_id IS NOT NULL AND {survey_response_repeats}
	GROUP BY t.response_id HAVING count(*) > 1) AS d$$,
'the one given last counts'),
(22, 'survey_response', 'responded_at is NULL, before 1970, or in the future', '{survey_response.response_id}',
't.response_id::text', '(t.responded_at >= {earliest} AND t.responded_at <= {latest}) IS NOT TRUE', NULL,
'left out of every KPI'),
(23, 'survey_response', 'csat is not one of 1 to 5', '{survey_response.csat}', 't.response_id::text',
'NOT (t.csat >= 1 AND t.csat <= 5 AND t.csat = floor(t.csat))', NULL, 'left out of crs and csat'),
(24, 'survey_response', 'nps is not one of 0 to 10', '{survey_response.nps}', 't.response_id::text',
'NOT (t.nps >= 0 AND t.nps <= 10 AND t.nps = floor(t.nps))', NULL, 'left out of nps'),
(25, 'survey_response', 'ces is not one of 1 to 7', '{survey_response.ces}', 't.response_id::text',
'NOT (t.ces >= 1 AND t.ces <= 7 AND t.ces = floor(t.ces))', NULL, 'left out of ces'),
(26, 'survey_response', 'expected or perceived is not finite', '{survey_response.expected,survey_response.perceived}',
't.response_id::text', 'NOT (abs(t.expected) < ''Infinity'' AND abs(t.perceived) < ''Infinity'')', NULL,
'left out of resolution_quality'),
(32, 'survey_response', 'customers answer more than once', '{survey_response.csat,survey_response.customer_id}', NULL,
NULL,
$$SELECT count(*) FILTER (WHERE d.answers > 1), min(d.customer_id::text) FILTER (WHERE d.answers > 1),
	concat('counts; customers with several scores of csat in the latest complete period, ', {last_date},
		', whose design effect is ', coalesce(round({home}.design_effect({home}.clustered_tally(d.answered),
			'csat'::text)::numeric, 2)::text, 'not known'))
	FROM (SELECT t.customer_id, count(*) AS answers, {home}.csat_tally(t.csat) AS answered FROM survey_response AS t
		WHERE t.customer_id IS NOT NULL AND t.csat >= 1 AND t.csat <= 5 AND t.csat = floor(t.csat)
			AND t.responded_at >= {last_from} AND t.responded_at < {last_until} GROUP BY t.customer_id) AS d$$,
'counts'),
(40, 'customer', 'customer_id is NULL', '{customer.customer_id}', 't.joined_at::text', 't.customer_id IS NULL', NULL,
'left out of every KPI'),
(41, 'customer', 'several rows with one customer_id', '{customer.customer_id}', NULL, NULL,
$$SELECT sum(d.rows - 1)::bigint, min(d.customer_id::text), NULL FROM (SELECT t.customer_id, count(*) AS rows
	FROM customer AS t WHERE t.customer_id IS NOT NULL AND {customer_repeats}
	GROUP BY t.customer_id HAVING count(*) > 1) AS d$$,
'each row counts'),
(42, 'customer', 'joined_at is NULL, before 1970, or in the future', '{customer.customer_id}', 't.customer_id::text',
'(t.joined_at >= {earliest} AND t.joined_at <= {latest}) IS NOT TRUE', NULL, 'left out of every KPI'),
(43, 'customer', 'left_at is before joined_at', '{customer.left_at}', 't.customer_id::text', 't.left_at < t.joined_at',
NULL, 'left out of every KPI'),
(44, 'customer', 'left_at is in the future', '{customer.left_at}', 't.customer_id::text', 't.left_at > {latest}', NULL,
'counts as still a customer'),
(50, 'purchase', 'customer_id is NULL', '{purchase.customer_id}', 't.purchased_at::text', 't.customer_id IS NULL', NULL,
'left out of repeat_rate and customer_value'),
(51, 'purchase', 'purchased_at is NULL, before 1970, or in the future', '{purchase.customer_id}',
't.customer_id::text', '(t.purchased_at >= {earliest} AND t.purchased_at <= {latest}) IS NOT TRUE', NULL,
'left out of every KPI'),
(52, 'purchase', 'amount is not finite', '{purchase.amount}', 't.customer_id::text',
'(t.amount - t.amount = 0) IS FALSE', NULL, 'left out of clv and customer_value'),
(53, 'purchase', 'customer_id is not in customer', '{purchase.customer_id,customer.customer_id}', NULL, NULL,
$$SELECT count(*), min(t.customer_id::text), NULL FROM purchase AS t WHERE t.customer_id IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM customer AS c WHERE c.customer_id = t.customer_id)$$,
'counts; clv has the amount, but not the customer'),
(60, 'referral', 'customer_id is NULL', '{referral.customer_id}', 't.referred_at::text', 't.customer_id IS NULL', NULL,
'left out of referral_rate'),
(61, 'referral', 'referred_at is NULL, before 1970, or in the future', '{referral.customer_id}', 't.customer_id::text',
'(t.referred_at >= {earliest} AND t.referred_at <= {latest}) IS NOT TRUE', NULL, 'left out of referral_rate'),
(70, 'case_event', 'case_id or status is NULL', '{case_event.case_id}', 't.at::text',
't.case_id IS NULL OR t.status IS NULL', NULL, 'left out of the clocks'),
(71, 'case_event', 'at is NULL, before 1970, or in the future', '{case_event.case_id}', 't.case_id::text',
'(t.at >= {earliest} AND t.at <= {latest}) IS NOT TRUE', NULL, 'left out of the clocks'),
(72, 'case_event', 'several statuses of a case at one moment', '{case_event.case_id}', NULL, NULL,
$$SELECT count(*), min(d.case_id::text), NULL FROM (SELECT t.case_id FROM case_event AS t
	GROUP BY t.case_id, t.at, t.sequence HAVING count(DISTINCT t.status) > 1) AS d$$,
'the first by name counts; a column sequence tells their order'),
(73, 'case_event', 'status has no role', '{case_event.case_id}', NULL, NULL,
$$SELECT count(*), min(t.status), NULL FROM case_event AS t WHERE t.status IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM {status_role} AS r WHERE r.status = t.status)$$,
'counts as neither waiting nor work'),
(74, 'case_event', 'case_id is not in recovery_case', '{case_event.case_id,recovery_case.case_id}', NULL, NULL,
$$SELECT count(*), min(t.case_id::text), NULL FROM case_event AS t WHERE t.case_id IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM recovery_case AS c WHERE c.case_id = t.case_id)$$,
'left out'),
(75, 'kpi_status_role', 'role is not known', '{kpi_status_role.role}', 't.status',
't.role IS NULL OR t.role <> ALL (''{new,open,pending,hold,solved}''::text[])', NULL,
'counts as neither waiting nor work'),
(80, 'survey_invitation', 'invitation_id is NULL', '{survey_invitation.invitation_id}', 't.sent_at::text',
't.invitation_id IS NULL', NULL, 'left out of invitation_response_rate'),
(81, 'survey_invitation', 'several rows with one invitation_id', '{survey_invitation.invitation_id}', NULL, NULL,
$$SELECT sum(d.rows - 1)::bigint, min(d.invitation_id::text), NULL FROM (SELECT t.invitation_id, count(*) AS rows
	FROM survey_invitation AS t WHERE t.invitation_id IS NOT NULL AND {survey_invitation_repeats}
	GROUP BY t.invitation_id HAVING count(*) > 1) AS d$$,
'the one sent first counts'),
(82, 'survey_invitation', 'sent_at is NULL, before 1970, or in the future', '{survey_invitation.invitation_id}',
't.invitation_id::text', '(t.sent_at >= {earliest} AND t.sent_at <= {latest}) IS NOT TRUE', NULL,
'left out of invitation_response_rate'),
(90, 'follow_up', 'contacted_at is NULL, before 1970, or in the future', '{follow_up.response_id}',
't.response_id::text', '(t.contacted_at >= {earliest} AND t.contacted_at <= {latest}) IS NOT TRUE', NULL,
'counts as no contact'),
(91, 'follow_up', 'response_id is NULL or not in survey_response',
	'{follow_up.response_id,survey_response.response_id}',
NULL, NULL,
$$SELECT count(*), min(t.contacted_at)::text, NULL FROM follow_up AS t
	WHERE NOT EXISTS (SELECT 1 FROM survey_response AS r WHERE r.response_id = t.response_id)$$,
'left out of follow_up_rate and won_back_rate'),
(92, 'follow_up', 'contacted_at is before the answer', '{follow_up.response_id,survey_response.response_id}', NULL,
	NULL,
$$SELECT count(*), min(t.response_id::text), NULL FROM follow_up AS t JOIN (SELECT r.response_id,
		min(r.responded_at) AS responded_at FROM survey_response AS r GROUP BY r.response_id) AS r
	ON r.response_id = t.response_id AND t.contacted_at < r.responded_at$$,
'counts as no contact');

INSERT INTO kpi_source_rule VALUES
(29, 'survey_response', 'case_id is not in recovery_case', '{survey_response.case_id,recovery_case.case_id}',
't.response_id::text', 't.case_id IS NOT NULL AND c.case_id IS NULL', NULL, 'left out of crs and resolution_quality',
'survey_response AS t LEFT JOIN {each_case} AS c ON c.case_id = t.case_id'),
(30, 'survey_response', 'responded_at is before the case was opened',
'{survey_response.case_id,recovery_case.case_id}', 't.response_id::text',
't.responded_at >= {earliest} AND t.responded_at < c.opened_at', NULL,
'left out of crs and resolution_quality, and no answer for response_rate',
'survey_response AS t LEFT JOIN {each_case} AS c ON c.case_id = t.case_id'),
(31, 'survey_response', 'responded_at is before the case was resolved',
'{survey_response.case_id,recovery_case.resolved_at}', 't.response_id::text',
't.responded_at >= c.opened_at AND t.responded_at < c.resolved_at', NULL, 'counts',
'survey_response AS t LEFT JOIN {each_case} AS c ON c.case_id = t.case_id');

-- a row t is a period, and stands for its answers
#for score | ordinal | reading: nps | 27 | all are detractors; ces | 28 | the mean is too low
INSERT INTO kpi_source_rule VALUES
(<ordinal>, 'survey_response', '<score> looks like a scale of 1 to 5', '{survey_response.<score>}',
'to_char(t.at::timestamp, ''YYYY-MM-DD'')', 't.<score>_answers >= 30 AND t.<score>_most <= 5', NULL,
'counts as given: <reading>',
$$(SELECT s.at, count(s.nps) AS nps_answers, max(s.nps) AS nps_most, count(s.ces) AS ces_answers,
	max(s.ces) AS ces_most
FROM (SELECT {checked_date} AS at, t.nps, t.ces FROM survey_response AS t
	WHERE t.responded_at >= {earliest} AND t.responded_at <= {latest} {fence}) AS s
GROUP BY s.at) AS t$$, 't.<score>_answers');
#end
