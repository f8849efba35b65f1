#since 0.2.0
-- live: which KPIs a rollup stores, and when their figures move with time alone
--
-- A rollup stores what kpi_cell_query makes, by local day.  The days of a family are renewed
-- together.  A row of a list is stored only if all that it says changes by a write, or at moments
-- that are known.  Waits that go on are stored by when they began, and counted up to now when they
-- are read.  What is judged when its window has passed is stored with when that is, a day ahead.
-- Other KPIs of open cases read these from the sources, in a list of their own.  A KPI that reads
-- other columns, or the time itself, is always read from the sources too.

CREATE TABLE kpi_rollup_list (
	list text NOT NULL,
	dated text NOT NULL,
	ordinal smallint NOT NULL,
	columns text[] NOT NULL,
	family text NOT NULL,
	stored_list text NOT NULL,
	open_list text,
	moves text,
	PRIMARY KEY (list, dated, ordinal)
);
GRANT SELECT ON kpi_rollup_list TO PUBLIC;
COMMENT ON TABLE kpi_rollup_list IS
'Which KPIs a rollup stores. The first row whose columns hold all that a KPI reads of its list applies to it; a KPI without a row is computed from the sources with each query.';
COMMENT ON COLUMN kpi_rollup_list.list IS 'The list that the KPI counts, as in kpi_definition.';
COMMENT ON COLUMN kpi_rollup_list.dated IS 'The column that dates its rows, as in kpi_definition.';
COMMENT ON COLUMN kpi_rollup_list.ordinal IS 'Order of the rows of one list and date.';
COMMENT ON COLUMN kpi_rollup_list.columns IS 'The columns of the list that the KPI may read, as l.column.';
COMMENT ON COLUMN kpi_rollup_list.family IS 'The family of days: case, answer, contact or invitation.';
COMMENT ON COLUMN kpi_rollup_list.stored_list IS 'The list whose rows are stored.';
COMMENT ON COLUMN kpi_rollup_list.open_list IS 'The list of the other rows, which move all the time; NULL means none.';
COMMENT ON COLUMN kpi_rollup_list.moves IS 'SQL over a row x: the next moment after {as_of} at which it counts differently with no write; NULL if there is none.';

INSERT INTO kpi_rollup_list VALUES
('case_list', 'opened_at', 0,
'{resolved_broken,response_broken,contacts_broken,promise_broken,case_id,customer_id,opened_at}', 'case', 'case_list',
NULL, NULL),
('case_list', 'opened_at', 1,
'{resolved_in_time,resolved_broken,response_broken,contacts_broken,promise_broken,case_id,customer_id,opened_at}',
'case', 'case_list', NULL, 'CASE WHEN x.opened_at + {month} > {as_of} THEN x.opened_at + {month} END'),
('case_list', 'opened_at', 2,
'{resolution_span,resolved,response_span,responded,resolved_in_time,resolved_broken,response_broken,contacts_broken,promise_broken,case_id,customer_id,opened_at,resolved_at}',
-- the wait of a case whose resolution cannot be goes on as well
'case', 'closed_case', 'open_case', 'CASE WHEN x.resolved_broken AND NOT x.responded THEN {as_of}
	WHEN x.opened_at + {month} > {as_of} THEN x.opened_at + {month} END'),
('case_list', 'settled_at', 0,
'{requester_wait,agent_work,hold_time,resolution_span,resolved_broken,response_broken,contacts_broken,promise_broken,case_id,customer_id,opened_at,resolved_at,settled_at}',
'case', 'case_list', NULL, NULL),
('case_list', 'settled_at', 1,
'{first_contact,bought_again,referred,answered,reopened,returned,resolved_for_good,requester_wait,agent_work,hold_time,resolution_span,resolved_broken,response_broken,contacts_broken,promise_broken,case_id,customer_id,opened_at,resolved_at,settled_at}',
'case', 'case_list', NULL, 'CASE WHEN x.resolved_at + {fortnight} > {as_of} THEN x.resolved_at + {fortnight}
	WHEN x.resolved_at + {month} > {as_of} THEN x.resolved_at + {month} END'),
('case_list', 'due_at', 1,
'{promise_kept,resolved_broken,response_broken,contacts_broken,promise_broken,case_id,customer_id,opened_at,due_at}',
'case', 'case_list', NULL, 'CASE WHEN x.due_at > {as_of} THEN x.due_at END'),
('case_move', 'moved_at', 1, '{step,moved_at}', 'case', 'case_move', NULL, NULL),
('answer', 'responded_at', 1,
'{csat,nps,ces,mood,csat_broken,nps_broken,ces_broken,expectation_met,expectation_broken,speed,effectiveness,compensation_value,comment,response_id,customer_id,about_case,responded_at}',
'answer', 'answer', NULL, NULL),
('recovery_answer', 'responded_at', 1,
'{csat,csat_broken,expectation_met,expectation_broken,speed,effectiveness,compensation_value,case_id,responded_at}',
'answer', 'recovery_answer', NULL, NULL),
('unsatisfied', 'responded_at', 1, '{contacted_in_time,csat,nps,response_id,customer_id,responded_at,due_at}',
'answer', 'unsatisfied', NULL, 'CASE WHEN x.due_at > {as_of} THEN x.due_at END'),
('unsatisfied', 'contacted_at', 1, '{won_back,csat,nps,response_id,customer_id,responded_at,contacted_at}',
'contact', 'unsatisfied', NULL, 'CASE WHEN x.contacted_at + {month} > {as_of} THEN x.contacted_at + {month} END'),
('invitation', 'sent_at', 1, '{answered,invitation_id,sent_at}',
'invitation', 'invitation', NULL, 'CASE WHEN x.sent_at + {fortnight} > {as_of} THEN x.sent_at + {fortnight} END');

CREATE TABLE kpi_rollup_wait (
	counted text PRIMARY KEY,
	clock text NOT NULL,
	plain text NOT NULL,
	waits text NOT NULL,
	since text NOT NULL,
	moves text
);
GRANT SELECT ON kpi_rollup_wait TO PUBLIC;
COMMENT ON TABLE kpi_rollup_wait IS
'Durations of which a rollup stores when they began, as long as they go on. It applies to KPIs of kpi_rollup_list with open_list that are a time and count just this, and leave out rows only by columns that time does not change.';
COMMENT ON COLUMN kpi_rollup_wait.counted IS 'What the KPI counts, as in kpi_definition: duration and whether it has ended.';
COMMENT ON COLUMN kpi_rollup_wait.clock IS 'The name of its duration in templates.';
COMMENT ON COLUMN kpi_rollup_wait.plain IS 'Its SQL if no time is taken off; with opening hours or events the duration is read from the sources.';
COMMENT ON COLUMN kpi_rollup_wait.waits IS 'SQL over a row l of the list: whether it goes on.';
COMMENT ON COLUMN kpi_rollup_wait.since IS 'SQL over a row l of the list: when it began.';
COMMENT ON COLUMN kpi_rollup_wait.moves IS 'As in kpi_rollup_list, for the rows that are not such waits.';

INSERT INTO kpi_rollup_wait VALUES
('l.resolution_span, l.resolved', 'resolution_span', 'c.waits_until - c.opened_at',
'l.resolved_at IS NULL AND NOT l.resolved_broken', 'l.opened_at', NULL),
('l.response_span, l.responded', 'response_span', 'least(c.first_response_at, c.waits_until) - c.opened_at',
'l.resolved_at IS NULL AND NOT l.resolved_broken AND NOT l.response_broken AND NOT l.responded', 'l.opened_at',
-- the wait of a case whose resolution cannot be goes on as well
'CASE WHEN x.resolved_broken AND NOT x.responded THEN {as_of} END');

CREATE TABLE kpi_rollup_due (
	list text NOT NULL,
	dated text NOT NULL,
	counted text NOT NULL,
	due text NOT NULL,
	PRIMARY KEY (list, dated, counted)
);
GRANT SELECT ON kpi_rollup_due TO PUBLIC;
COMMENT ON TABLE kpi_rollup_due IS
'What is judged when its window has passed. Of KPIs that are a rate, count just this, and leave out rows only by columns that time does not change, a rollup stores what will be judged within a day, and when, as long as nobody writes.';
COMMENT ON COLUMN kpi_rollup_due.list IS 'The list that the KPI counts, as in kpi_definition.';
COMMENT ON COLUMN kpi_rollup_due.dated IS 'The column that dates its rows, as in kpi_definition.';
COMMENT ON COLUMN kpi_rollup_due.counted IS 'What the KPI counts, as in kpi_definition.';
COMMENT ON COLUMN kpi_rollup_due.due IS 'SQL over a row l of the list: when it is judged.';

INSERT INTO kpi_rollup_due VALUES
('case_list', 'opened_at', 'l.resolved_in_time', 'l.opened_at + {month}'),
('case_list', 'settled_at', 'l.first_contact', 'l.resolved_at + {month}'),
('case_list', 'settled_at', 'l.bought_again', 'l.resolved_at + {month}'),
('case_list', 'settled_at', 'l.referred', 'l.resolved_at + {month}'),
('case_list', 'settled_at', 'l.answered', 'l.resolved_at + {fortnight}'),
('case_list', 'settled_at', 'l.reopened', 'l.resolved_at + {month}'),
('case_list', 'settled_at', 'l.returned', 'l.resolved_at + {month}'),
('case_list', 'settled_at', 'l.resolved_for_good', 'l.resolved_at + {month}'),
('unsatisfied', 'responded_at', 'l.contacted_in_time', 'l.due_at'),
('unsatisfied', 'contacted_at', 'l.won_back', 'l.contacted_at + {month}'),
('invitation', 'sent_at', 'l.answered', 'l.sent_at + {fortnight}');

-- What a family reads for some days.  The CTEs every_... are the sources whole.  Further CTEs find
-- the keys that the rows of these days need, then each source is read by them.  {each_span} gives
-- the spans of time of these days.  A condition that is evaluated once saves reading a table where no day
-- is to be computed.  {look} keeps the planner from reading a table whole to look up rows of few days:
-- it is a fence, unless many days are computed.  Keys are made distinct by UNION, of which it
-- expects many: of DISTINCT it would expect 200, and loop where there are many.  But a table to hash
-- as many as it expects, a share of all rows, is cleared in each query, though mostly no day is to be
-- computed: {once} makes it sort them.
CREATE TABLE kpi_rollup_source (
	family text NOT NULL,
	ordinal smallint NOT NULL,
	name text NOT NULL,
	needs text[] NOT NULL,
	repeated text,
	template text NOT NULL,
	PRIMARY KEY (family, ordinal)
);
GRANT SELECT ON kpi_rollup_source TO PUBLIC;
COMMENT ON TABLE kpi_rollup_source IS 'What the computation of some days of a rollup reads of the sources.';
COMMENT ON COLUMN kpi_rollup_source.family IS 'The family of days.';
COMMENT ON COLUMN kpi_rollup_source.ordinal IS 'Order in the query.';
COMMENT ON COLUMN kpi_rollup_source.name IS 'Name of the common table expression; rows with one name are alternatives.';
COMMENT ON COLUMN kpi_rollup_source.needs IS 'Source columns without which it is left out; a source that is left out has no rows.';
COMMENT ON COLUMN kpi_rollup_source.repeated IS 'A key: only if an index makes sure that it is unique, or, after not, only if none does.';
COMMENT ON COLUMN kpi_rollup_source.template IS 'Its SQL; names in braces as in kpi_view_part, and each_span, look and once.';

INSERT INTO kpi_rollup_source VALUES
('case', 1, 'case_span', '{recovery_case.case_id}', NULL,
$$case_span AS MATERIALIZED (SELECT r.span FROM {each_span} AS r (span))$$),
-- what came in the month after a resolution is looked up of cases of which this month is over
('case', 2, 'case_hit', '{recovery_case.case_id}', NULL, $$case_hit AS MATERIALIZED (
	SELECT t.case_id, t.customer_id, coalesce(t.resolved_at <= {as_of} - {month}, false) AS settled{once}
	FROM case_span AS r CROSS JOIN LATERAL (SELECT t.* FROM every_recovery_case AS t
		WHERE t.opened_at >= lower(r.span) AND t.opened_at < upper(r.span) {fence}) AS t
	UNION SELECT t.case_id, t.customer_id, coalesce(t.resolved_at <= {as_of} - {month}, false){once}
	FROM case_span AS r CROSS JOIN LATERAL (SELECT t.* FROM every_recovery_case AS t
		WHERE t.resolved_at >= lower(r.span) AND t.resolved_at < upper(r.span) {fence}) AS t
	UNION SELECT t.case_id, t.customer_id, coalesce(t.resolved_at <= {as_of} - {month}, false){once}
	FROM case_span AS r CROSS JOIN LATERAL (SELECT t.* FROM every_recovery_case AS t
		WHERE t.promised_by >= lower(r.span) AND t.promised_by < upper(r.span) {fence}) AS t)$$),
('case', 3, 'recovery_case', '{recovery_case.case_id}', 'recovery_case.case_id',
$$recovery_case AS NOT MATERIALIZED (
	SELECT t.* FROM (SELECT h.customer_id{once} FROM case_hit AS h
			WHERE h.settled AND h.customer_id IS NOT NULL UNION SELECT NULL{once} WHERE false) AS h
		CROSS JOIN LATERAL (SELECT t.* FROM every_recovery_case AS t WHERE t.customer_id = h.customer_id {look}) AS t
	UNION ALL SELECT t.* FROM (SELECT h.case_id FROM case_hit AS h WHERE NOT EXISTS (SELECT FROM case_hit AS s
			WHERE s.settled AND s.customer_id = h.customer_id)) AS h
		CROSS JOIN LATERAL (SELECT t.* FROM every_recovery_case AS t WHERE t.case_id = h.case_id {look}) AS t)$$),
('case', 4, 'recovery_case', '{recovery_case.case_id}', 'not recovery_case.case_id',
$$recovery_case AS NOT MATERIALIZED (
	SELECT t.* FROM every_recovery_case AS t WHERE (SELECT count(*) > 0 FROM case_hit AS h)
		AND t.case_id IN (SELECT u.case_id FROM (SELECT h.case_id{once} FROM case_hit AS h
			UNION SELECT c.case_id{once} FROM case_hit AS h JOIN every_recovery_case AS c
				ON c.customer_id = h.customer_id WHERE h.settled) AS u))$$),
('case', 5, 'survey_response', '{survey_response.case_id}', 'survey_response.response_id',
$$survey_response AS NOT MATERIALIZED (
	SELECT t.* FROM (SELECT h.case_id{once} FROM case_hit AS h UNION SELECT NULL{once} WHERE false) AS h
	CROSS JOIN LATERAL (SELECT t.* FROM every_survey_response AS t WHERE t.case_id = h.case_id {look}) AS t)$$),
('case', 6, 'survey_response', '{survey_response.case_id}', 'not survey_response.response_id',
$$survey_response AS NOT MATERIALIZED (SELECT t.* FROM every_survey_response AS t
	WHERE t.response_id IN (SELECT a.response_id FROM case_hit AS h JOIN every_survey_response AS a
		ON a.case_id = h.case_id))$$),
('case', 7, 'purchase', '{purchase.customer_id}', NULL, $$purchase AS NOT MATERIALIZED (
	SELECT t.* FROM (SELECT h.customer_id{once} FROM case_hit AS h
			WHERE h.settled AND h.customer_id IS NOT NULL UNION SELECT NULL{once} WHERE false) AS h
		CROSS JOIN LATERAL (SELECT t.* FROM every_purchase AS t WHERE t.customer_id = h.customer_id {look}) AS t)$$),
('case', 8, 'referral', '{referral.customer_id}', NULL, $$referral AS NOT MATERIALIZED (
	SELECT t.* FROM (SELECT h.customer_id{once} FROM case_hit AS h
			WHERE h.settled AND h.customer_id IS NOT NULL UNION SELECT NULL{once} WHERE false) AS h
		CROSS JOIN LATERAL (SELECT t.* FROM every_referral AS t WHERE t.customer_id = h.customer_id {look}) AS t)$$),
('case', 9, 'case_event', '{case_event.case_id}', NULL, $$case_event AS NOT MATERIALIZED (
	SELECT t.* FROM (SELECT h.case_id{once} FROM case_hit AS h UNION SELECT NULL{once} WHERE false) AS h
		CROSS JOIN LATERAL (SELECT t.* FROM every_case_event AS t WHERE t.case_id = h.case_id {look}) AS t)$$),
('open', 1, 'open_hit', '{recovery_case.case_id}', NULL, $$open_hit AS NOT MATERIALIZED (
	SELECT t.case_id FROM every_recovery_case AS t WHERE t.resolved_at IS NULL
	UNION SELECT t.case_id FROM every_recovery_case AS t WHERE t.resolved_at > {as_of})$$),
('open', 2, 'recovery_case', '{recovery_case.case_id}', 'recovery_case.case_id', $$recovery_case AS NOT MATERIALIZED (
	SELECT t.* FROM every_recovery_case AS t WHERE t.resolved_at IS NULL
	UNION ALL SELECT t.* FROM every_recovery_case AS t WHERE t.resolved_at > {as_of})$$),
('open', 3, 'recovery_case', '{recovery_case.case_id}', 'not recovery_case.case_id',
$$recovery_case AS NOT MATERIALIZED (
	SELECT t.* FROM every_recovery_case AS t WHERE t.case_id IN (SELECT h.case_id FROM open_hit AS h))$$),
('open', 4, 'case_event', '{case_event.case_id}', NULL, $$case_event AS NOT MATERIALIZED (
	SELECT t.* FROM every_case_event AS t WHERE t.case_id IN (SELECT h.case_id FROM open_hit AS h))$$),
('answer', 1, 'answer_span', '{survey_response.response_id}', NULL,
$$answer_span AS MATERIALIZED (SELECT r.span FROM {each_span} AS r (span))$$),
('answer', 2, 'survey_response', '{survey_response.response_id}', 'survey_response.response_id',
$$survey_response AS NOT MATERIALIZED (SELECT t.* FROM answer_span AS r CROSS JOIN LATERAL (
	SELECT t.* FROM every_survey_response AS t
	WHERE t.responded_at >= lower(r.span) AND t.responded_at < upper(r.span) {fence}) AS t)$$),
('answer', 3, 'survey_response', '{survey_response.response_id}', 'not survey_response.response_id',
$$survey_response AS NOT MATERIALIZED (SELECT t.* FROM every_survey_response AS t WHERE t.response_id IN (
	SELECT a.response_id FROM answer_span AS r CROSS JOIN LATERAL (SELECT a.* FROM every_survey_response AS a
		WHERE a.responded_at >= lower(r.span) AND a.responded_at < upper(r.span) {fence}) AS a))$$),
('answer', 4, 'recovery_case', '{recovery_case.case_id}', NULL, $$recovery_case AS NOT MATERIALIZED (
	SELECT t.* FROM (SELECT a.case_id{once} FROM survey_response AS a WHERE a.case_id IS NOT NULL
			UNION SELECT NULL{once} WHERE false) AS a
		CROSS JOIN LATERAL (SELECT t.* FROM every_recovery_case AS t WHERE t.case_id = a.case_id {look}) AS t)$$),
('answer', 5, 'follow_up', '{follow_up.response_id}', NULL, $$follow_up AS NOT MATERIALIZED (
	SELECT t.* FROM (SELECT a.response_id{once} FROM survey_response AS a UNION SELECT NULL{once} WHERE false) AS a
		CROSS JOIN LATERAL (SELECT t.* FROM every_follow_up AS t WHERE t.response_id = a.response_id {look}) AS t)$$),
('contact', 1, 'contact_hit', '{follow_up.response_id}', NULL, $$contact_hit AS MATERIALIZED (
	SELECT a.response_id, a.customer_id, a.case_id FROM every_survey_response AS a WHERE a.response_id IN (
		SELECT t.response_id FROM {each_span} AS r (span) CROSS JOIN LATERAL (SELECT t.* FROM every_follow_up AS t
			WHERE t.contacted_at >= lower(r.span) AND t.contacted_at < upper(r.span) {fence}) AS t))$$),
('contact', 2, 'survey_response', '{survey_response.response_id}', NULL, $$survey_response AS NOT MATERIALIZED (
	SELECT t.* FROM every_survey_response AS t WHERE t.response_id IN (SELECT u.response_id FROM (
		SELECT h.response_id{once} FROM contact_hit AS h UNION SELECT a.response_id{once} FROM contact_hit AS h
			JOIN every_survey_response AS a ON a.customer_id = h.customer_id) AS u))$$),
('contact', 3, 'recovery_case', '{recovery_case.case_id}', NULL, $$recovery_case AS NOT MATERIALIZED (
	SELECT t.* FROM every_recovery_case AS t WHERE t.case_id IN (SELECT a.case_id FROM survey_response AS a))$$),
('contact', 4, 'follow_up', '{follow_up.response_id}', NULL, $$follow_up AS NOT MATERIALIZED (
	SELECT t.* FROM every_follow_up AS t WHERE t.response_id IN (SELECT h.response_id FROM contact_hit AS h))$$),
('contact', 5, 'purchase', '{purchase.customer_id}', NULL, $$purchase AS NOT MATERIALIZED (
	SELECT t.* FROM every_purchase AS t WHERE t.customer_id IN (SELECT h.customer_id FROM contact_hit AS h))$$),
('invitation', 1, 'invitation_hit', '{survey_invitation.invitation_id}', NULL, $$invitation_hit AS MATERIALIZED (
	SELECT i.invitation_id, i.customer_id, i.case_id FROM every_survey_invitation AS i WHERE i.invitation_id IN (
		SELECT t.invitation_id FROM {each_span} AS r (span) CROSS JOIN LATERAL (
			SELECT t.* FROM every_survey_invitation AS t
			WHERE t.sent_at >= lower(r.span) AND t.sent_at < upper(r.span) {fence}) AS t))$$),
('invitation', 2, 'survey_invitation', '{survey_invitation.invitation_id}', NULL,
$$survey_invitation AS NOT MATERIALIZED (SELECT t.* FROM every_survey_invitation AS t
	WHERE t.invitation_id IN (SELECT h.invitation_id FROM invitation_hit AS h))$$),
('invitation', 3, 'recovery_case', '{recovery_case.case_id}', NULL, $$recovery_case AS NOT MATERIALIZED (
	SELECT t.* FROM every_recovery_case AS t WHERE t.case_id IN (SELECT h.case_id FROM invitation_hit AS h))$$),
('invitation', 4, 'survey_response', '{survey_response.response_id}', NULL, $$survey_response AS NOT MATERIALIZED (
	SELECT t.* FROM every_survey_response AS t WHERE t.response_id IN (SELECT u.response_id FROM (
		SELECT a.response_id{once} FROM invitation_hit AS h JOIN every_survey_response AS a ON a.case_id = h.case_id
		UNION SELECT a.response_id{once} FROM invitation_hit AS h JOIN every_survey_response AS a
			ON a.customer_id = h.customer_id) AS u))$$);

INSERT INTO kpi_view_part VALUES
('closed_case', 41, '{case_list}', $$closed_case AS NOT MATERIALIZED (
	SELECT l.* FROM case_list AS l WHERE l.resolved_at IS NOT NULL OR l.resolved_broken
)$$),
('open_case', 42, '{case_list}', $$open_case AS NOT MATERIALIZED (
	SELECT l.* FROM case_list AS l WHERE l.resolved_at IS NULL AND NOT l.resolved_broken
)$$);
