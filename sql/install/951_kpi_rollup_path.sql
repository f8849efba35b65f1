#since 0.2.0
-- live: which days a change touches
--
-- A writer's trigger puts the keys and times of the rows that it changed into the log, old and new.
-- Which days that touches is looked up here, when the log is read: in one snapshot, so that a
-- change of the case that commits between a change of its answer and the reading is seen.  A
-- trigger that looked it up itself would write the day of the case before that change.
--
-- Each path leads from an entry l of the log to times (since, until) whose days are touched.  An
-- entry of many rows has no keys, but the first and last of their times.  A time may be any that a
-- column can hold: nothing is subtracted from one before the first day.
--
-- What is judged when a window has passed is not touched by what comes within the window: up to
-- {ahead}, which is as far ahead as a refresh stores what will be judged.

CREATE TABLE kpi_rollup_path (
	ordinal smallint PRIMARY KEY,
	family text NOT NULL,
	relation text NOT NULL,
	many boolean NOT NULL,
	needs text[] NOT NULL,
	repeated text,
	query text NOT NULL
);
GRANT SELECT ON kpi_rollup_path TO PUBLIC;
COMMENT ON TABLE kpi_rollup_path IS 'Which days of a rollup a change of the sources touches.';
COMMENT ON COLUMN kpi_rollup_path.ordinal IS 'Order.';
COMMENT ON COLUMN kpi_rollup_path.family IS 'The family of days that is touched.';
COMMENT ON COLUMN kpi_rollup_path.relation IS 'The relation that was changed.';
COMMENT ON COLUMN kpi_rollup_path.many IS 'true for entries of many rows, which have no keys.';
COMMENT ON COLUMN kpi_rollup_path.needs IS 'Source columns without which there is no such path.';
COMMENT ON COLUMN kpi_rollup_path.repeated IS 'A key: there is such a path only if no index makes sure that it is unique; then rows with the same key count otherwise.';
COMMENT ON COLUMN kpi_rollup_path.query IS 'Query over the entry l: since and until, times between which days are touched.';

INSERT INTO kpi_rollup_path VALUES
-- the days of cases
(1, 'case', 'recovery_case', false, '{}', NULL,
'SELECT t.at, t.at FROM unnest(ARRAY[l.times[1], l.times[2], l.due]) AS t (at)'),
(2, 'case', 'recovery_case', false, '{}', 'recovery_case.case_id',
'SELECT t.at, t.at FROM every_recovery_case AS c
	CROSS JOIN LATERAL unnest(ARRAY[c.opened_at, c.resolved_at, c.promised_by]) AS t (at) WHERE c.case_id = l.case_id'),
(3, 'case', 'recovery_case', false, '{}', NULL,
'SELECT c.resolved_at, c.resolved_at FROM every_recovery_case AS c WHERE c.customer_id = l.customer_id
	AND c.resolved_at >= greatest(l.times[1], {earliest}) - {month} AND c.resolved_at < l.times[1]
	AND c.resolved_at <= {ahead} - {month}'),
(4, 'case', 'recovery_case', false, '{}', 'recovery_case.case_id',
'SELECT c.resolved_at, c.resolved_at FROM every_recovery_case AS o JOIN every_recovery_case AS c
	ON c.customer_id = o.customer_id WHERE o.case_id = l.case_id
	UNION ALL SELECT c.resolved_at, c.resolved_at FROM every_recovery_case AS c WHERE c.customer_id = l.customer_id'),
(5, 'case', 'survey_response', false, '{recovery_case.resolved_at,survey_response.case_id}', NULL,
'SELECT c.resolved_at, c.resolved_at FROM every_recovery_case AS c WHERE c.case_id = l.case_id
	AND c.resolved_at >= greatest(l.times[1], {earliest}) - {fortnight} AND c.resolved_at <= {ahead} - {fortnight}'),
(6, 'case', 'survey_response', false, '{recovery_case.resolved_at,survey_response.case_id}',
'survey_response.response_id',
'SELECT c.resolved_at, c.resolved_at FROM every_recovery_case AS c WHERE c.case_id = l.case_id
	UNION ALL SELECT c.resolved_at, c.resolved_at FROM every_survey_response AS a JOIN every_recovery_case AS c
		ON c.case_id = a.case_id WHERE a.response_id = l.response_id'),
(7, 'case', 'case_event', false, '{recovery_case.case_id}', NULL,
'SELECT t.at, t.at FROM every_recovery_case AS c
	CROSS JOIN LATERAL unnest(ARRAY[c.opened_at, c.resolved_at, c.promised_by]) AS t (at) WHERE c.case_id = l.case_id'),
(8, 'case', 'purchase', false, '{recovery_case.resolved_at}', NULL,
'SELECT c.resolved_at, c.resolved_at FROM every_recovery_case AS c WHERE c.customer_id = l.customer_id
	AND c.resolved_at >= greatest(l.times[1], {earliest}) - {month} AND c.resolved_at < l.times[1]
	AND c.resolved_at <= {ahead} - {month}'),
(9, 'case', 'referral', false, '{recovery_case.resolved_at}', NULL,
'SELECT c.resolved_at, c.resolved_at FROM every_recovery_case AS c WHERE c.customer_id = l.customer_id
	AND c.resolved_at >= greatest(l.times[1], {earliest}) - {month} AND c.resolved_at < l.times[1]
	AND c.resolved_at <= {ahead} - {month}'),
(10, 'case', 'recovery_case', true, '{}', NULL, 'SELECT l.times[1], l.times[2]'),
(11, 'case', 'recovery_case', true, '{}', NULL,
'SELECT greatest(l.times[1], {earliest}) - {month}, least(l.times[2], {ahead} - {month})'),
(12, 'case', 'recovery_case', true, '{}', 'recovery_case.case_id', 'SELECT ''-infinity''::timestamptz,
	''infinity''::timestamptz'),
(13, 'case', 'survey_response', true, '{survey_response.case_id}', NULL,
'SELECT greatest(l.times[1], {earliest}) - {fortnight}, {ahead} - {fortnight}'),
(14, 'case', 'survey_response', true, '{survey_response.case_id}', 'survey_response.response_id',
'SELECT ''-infinity''::timestamptz, ''infinity''::timestamptz'),
(15, 'case', 'case_event', true, '{}', NULL, 'SELECT ''-infinity''::timestamptz, ''infinity''::timestamptz'),
(16, 'case', 'purchase', true, '{}', NULL,
'SELECT greatest(l.times[1], {earliest}) - {month}, least(l.times[2], {ahead} - {month})'),
(17, 'case', 'referral', true, '{}', NULL,
'SELECT greatest(l.times[1], {earliest}) - {month}, least(l.times[2], {ahead} - {month})'),
(18, 'case', 'kpi_status_role', true, '{}', NULL, 'SELECT ''-infinity''::timestamptz, ''infinity''::timestamptz'),
-- the days of answers
(20, 'answer', 'survey_response', false, '{}', NULL, 'SELECT l.times[1], l.times[1]'),
(21, 'answer', 'survey_response', false, '{}', 'survey_response.response_id',
'SELECT a.responded_at, a.responded_at FROM every_survey_response AS a WHERE a.response_id = l.response_id'),
(22, 'answer', 'recovery_case', false, '{survey_response.case_id}', NULL,
'SELECT a.responded_at, a.responded_at FROM every_survey_response AS a WHERE a.case_id = l.case_id'),
(23, 'answer', 'follow_up', false, '{survey_response.response_id}', NULL,
'SELECT a.responded_at, a.responded_at FROM every_survey_response AS a WHERE a.response_id = l.response_id'),
(31, 'answer', 'survey_response', true, '{}', NULL, 'SELECT l.times[1], l.times[2]'),
(32, 'answer', 'survey_response', true, '{}', 'survey_response.response_id', 'SELECT ''-infinity''::timestamptz,
	''infinity''::timestamptz'),
(33, 'answer', 'recovery_case', true, '{survey_response.case_id}', NULL, 'SELECT l.times[1],
	''infinity''::timestamptz'),
(34, 'answer', 'recovery_case', true, '{survey_response.case_id}', 'recovery_case.case_id',
'SELECT ''-infinity''::timestamptz, ''infinity''::timestamptz'),
(35, 'answer', 'follow_up', true, '{}', NULL, 'SELECT ''-infinity''::timestamptz, ''infinity''::timestamptz'),
-- the days of contacts after answers
(40, 'contact', 'follow_up', false, '{}', NULL,
'SELECT l.times[1], l.times[1] UNION ALL
	SELECT f.contacted_at, f.contacted_at FROM every_follow_up AS f WHERE f.response_id = l.response_id'),
(41, 'contact', 'survey_response', false, '{follow_up.response_id}', NULL,
'SELECT f.contacted_at, f.contacted_at FROM every_follow_up AS f WHERE f.response_id = l.response_id'),
(42, 'contact', 'survey_response', false, '{follow_up.response_id,survey_response.customer_id}', NULL,
'SELECT f.contacted_at, f.contacted_at FROM every_survey_response AS a JOIN every_follow_up AS f
	ON f.response_id = a.response_id WHERE a.customer_id = l.customer_id
	AND f.contacted_at >= greatest(l.times[1], {earliest}) - {month} AND f.contacted_at < l.times[1]
	AND f.contacted_at <= {ahead} - {month}'),
(43, 'contact', 'survey_response', false, '{follow_up.response_id,survey_response.customer_id}',
'survey_response.response_id',
'SELECT f.contacted_at, f.contacted_at FROM every_survey_response AS a JOIN every_follow_up AS f
	ON f.response_id = a.response_id WHERE a.customer_id = l.customer_id
	UNION ALL SELECT f.contacted_at, f.contacted_at FROM every_survey_response AS o JOIN every_survey_response AS a
		ON a.customer_id = o.customer_id JOIN every_follow_up AS f ON f.response_id = a.response_id
		WHERE o.response_id = l.response_id'),
(44, 'contact', 'purchase', false, '{follow_up.response_id,survey_response.customer_id}', NULL,
'SELECT f.contacted_at, f.contacted_at FROM every_survey_response AS a JOIN every_follow_up AS f
	ON f.response_id = a.response_id WHERE a.customer_id = l.customer_id
	AND f.contacted_at >= greatest(l.times[1], {earliest}) - {month} AND f.contacted_at < l.times[1]
	AND f.contacted_at <= {ahead} - {month}'),
(45, 'contact', 'recovery_case', false, '{follow_up.response_id,survey_response.case_id}', NULL,
'SELECT f.contacted_at, f.contacted_at FROM every_survey_response AS a JOIN every_follow_up AS f
	ON f.response_id = a.response_id WHERE a.case_id = l.case_id'),
(51, 'contact', 'follow_up', true, '{}', NULL, 'SELECT ''-infinity''::timestamptz, ''infinity''::timestamptz'),
(52, 'contact', 'survey_response', true, '{follow_up.response_id}', NULL,
'SELECT l.times[1], ''infinity''::timestamptz
	UNION ALL SELECT greatest(l.times[1], {earliest}) - {month}, {ahead} - {month}'),
(53, 'contact', 'survey_response', true, '{follow_up.response_id}', 'survey_response.response_id',
'SELECT ''-infinity''::timestamptz, ''infinity''::timestamptz'),
(54, 'contact', 'purchase', true, '{follow_up.response_id}', NULL,
'SELECT greatest(l.times[1], {earliest}) - {month}, least(l.times[2], {ahead} - {month})'),
(55, 'contact', 'recovery_case', true, '{follow_up.response_id,survey_response.case_id}', NULL,
'SELECT ''-infinity''::timestamptz, ''infinity''::timestamptz'),
-- the days of invitations
(60, 'invitation', 'survey_invitation', false, '{}', NULL, 'SELECT l.times[1], l.times[1]'),
(61, 'invitation', 'survey_invitation', false, '{}', 'survey_invitation.invitation_id',
'SELECT i.sent_at, i.sent_at FROM every_survey_invitation AS i WHERE i.invitation_id = l.invitation_id'),
(62, 'invitation', 'recovery_case', false, '{survey_invitation.case_id}', NULL,
'SELECT i.sent_at, i.sent_at FROM every_survey_invitation AS i WHERE i.case_id = l.case_id'),
(63, 'invitation', 'survey_response', false, '{survey_invitation.invitation_id}', NULL,
'SELECT i.sent_at, i.sent_at FROM every_survey_invitation AS i WHERE i.case_id = l.case_id
	AND i.sent_at >= greatest(l.times[1], {earliest}) - {fortnight} AND i.sent_at < l.times[1]
	AND i.sent_at <= {ahead} - {fortnight}
	UNION ALL SELECT i.sent_at, i.sent_at FROM every_survey_invitation AS i WHERE i.customer_id = l.customer_id
	AND i.sent_at >= greatest(l.times[1], {earliest}) - {fortnight} AND i.sent_at < l.times[1]
	AND i.sent_at <= {ahead} - {fortnight}'),
(64, 'invitation', 'survey_response', false, '{survey_invitation.invitation_id}', 'survey_response.response_id',
'SELECT i.sent_at, i.sent_at FROM every_survey_response AS a JOIN every_survey_invitation AS i
	ON i.case_id = a.case_id WHERE a.response_id = l.response_id
	UNION ALL SELECT i.sent_at, i.sent_at FROM every_survey_response AS a JOIN every_survey_invitation AS i
	ON i.customer_id = a.customer_id WHERE a.response_id = l.response_id
	UNION ALL SELECT i.sent_at, i.sent_at FROM every_survey_invitation AS i WHERE i.case_id = l.case_id
	UNION ALL SELECT i.sent_at, i.sent_at FROM every_survey_invitation AS i WHERE i.customer_id = l.customer_id'),
(71, 'invitation', 'survey_invitation', true, '{}', NULL, 'SELECT l.times[1], l.times[2]'),
(72, 'invitation', 'survey_invitation', true, '{}', 'survey_invitation.invitation_id',
'SELECT ''-infinity''::timestamptz, ''infinity''::timestamptz'),
(73, 'invitation', 'recovery_case', true, '{survey_invitation.case_id}', NULL, 'SELECT ''-infinity''::timestamptz,
	''infinity''::timestamptz'),
(74, 'invitation', 'survey_response', true, '{survey_invitation.invitation_id}', NULL,
'SELECT greatest(l.times[1], {earliest}) - {fortnight}, least(l.times[2], {ahead} - {fortnight})'),
(75, 'invitation', 'survey_response', true, '{survey_invitation.invitation_id}', 'survey_response.response_id',
'SELECT ''-infinity''::timestamptz, ''infinity''::timestamptz'),
-- the days on which customers joined, and those of purchases
(80, 'customer', 'customer', false, '{}', NULL, 'SELECT l.times[1], l.times[1]'),
(81, 'customer', 'customer', true, '{}', NULL, 'SELECT l.times[1], l.times[2]'),
(82, 'purchase', 'purchase', false, '{}', NULL, 'SELECT l.times[1], l.times[1]'),
(83, 'purchase', 'purchase', true, '{}', NULL, 'SELECT l.times[1], l.times[2]');
