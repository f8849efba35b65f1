#since 0.2.0
-- kpi_views: the parts of queries, and among them the lists that KPIs count
--
-- Parts are common table expressions at the beginning of a view's query; the sources come before
-- them.  kpi_plan says what stands for the names in braces.  Names without a schema are found in
-- pg_catalog; before each object of the extension stands {home}.  Arguments have exactly the
-- types of our functions, so that no planted one can match better.
--
-- A list has a row for each thing that KPIs count: valid, once, known by as_of, with a column for
-- each question.  true and false are answers, NULL is not judged.  What cannot be counted has
-- a column _broken, and source_check says why.

CREATE TABLE kpi_view_part (
	part text PRIMARY KEY,
	ordinal smallint NOT NULL UNIQUE,
	uses text[] NOT NULL,
	template text NOT NULL
);
GRANT SELECT ON kpi_view_part TO PUBLIC;
COMMENT ON TABLE kpi_view_part IS 'Common table expressions that views of create_kpi_views share.';
COMMENT ON COLUMN kpi_view_part.part IS 'Name of the part.';
COMMENT ON COLUMN kpi_view_part.ordinal IS 'Order in a query: a part reads only parts before it.';
COMMENT ON COLUMN kpi_view_part.uses IS 'The parts that it reads itself.';
COMMENT ON COLUMN kpi_view_part.template IS 'Its SQL; kpi_plan fills in the names in braces.';

-- A list whose rows are rows of another is counted in the passes over that one: one reading less.
CREATE TABLE kpi_list_pass (
	list text NOT NULL,
	dated text NOT NULL,
	ordinal smallint NOT NULL,
	within text NOT NULL,
	within_dated text NOT NULL,
	columns text NOT NULL,
	condition text NOT NULL,
	segmented boolean NOT NULL,
	PRIMARY KEY (list, dated, ordinal)
);
GRANT SELECT ON kpi_list_pass TO PUBLIC;
COMMENT ON TABLE kpi_list_pass IS
'The lists whose rows are rows of other lists, and how they are counted there. Views over a rollup do not need it.';
COMMENT ON COLUMN kpi_list_pass.list IS 'A list, as in kpi_definition.';
COMMENT ON COLUMN kpi_list_pass.dated IS 'The column that dates its rows, as in kpi_definition.';
COMMENT ON COLUMN kpi_list_pass.ordinal IS 'Order, if its rows are those of several lists or dates.';
COMMENT ON COLUMN kpi_list_pass.within IS 'The list that has these rows.';
COMMENT ON COLUMN kpi_list_pass.within_dated IS 'The column of that list with the same date.';
COMMENT ON COLUMN kpi_list_pass.columns IS 'The columns that only the first has, SQL over a row x of the other.';
COMMENT ON COLUMN kpi_list_pass.condition IS 'Which rows of the other these are, SQL over l.';
COMMENT ON COLUMN kpi_list_pass.segmented IS 'true if only views with dimensions count them there, as others would have to look the condition up.';

INSERT INTO kpi_list_pass VALUES
('recovery_answer', 'responded_at', 1, 'answer', 'responded_at', 'x.about_case AS case_id', 'l.of_case', true),
('case_move', 'moved_at', 1, 'case_list', 'opened_at', 'x.opened_at AS moved_at, 1 AS step',
'NOT l.resolved_broken', false),
('case_move', 'moved_at', 2, 'case_list', 'settled_at', 'x.resolved_at AS moved_at, -1 AS step',
'l.resolved_at IS NOT NULL', false);

INSERT INTO kpi_view_part VALUES
-- Cases, each once: of several rows with one case_id the one opened first.
('complaint', 10, '{}', $${repeated_case}complaint AS {case_how} (
	SELECT c.case_id, c.customer_id, c.opened_at, w.resolved_at,
		coalesce(c.resolved_at < c.opened_at OR c.resolved_at > {latest}, false) AS resolved_broken,
		coalesce(w.resolved_at + {month} <= {as_of}, false) AS settled,
		CASE WHEN c.first_response_at >= c.opened_at AND c.first_response_at <= {latest}
			THEN c.first_response_at END AS first_response_at,
		coalesce(c.first_response_at < c.opened_at OR c.first_response_at > {latest}, false) AS response_broken,
		c.reopened_at, CASE WHEN c.promised_by >= c.opened_at AND isfinite(c.promised_by)
			THEN c.promised_by END AS promised_by,
		coalesce(c.promised_by < c.opened_at OR NOT isfinite(c.promised_by), false) AS promise_broken,
		CASE WHEN c.contacts >= 1 AND c.contacts <= 1e9 AND c.contacts = floor(c.contacts) THEN c.contacts END
			AS contacts,
		c.contacts IS NOT NULL AND NOT (c.contacts >= 1 AND c.contacts <= 1e9 AND c.contacts = floor(c.contacts))
			AS contacts_broken, c.calendar{case_dimensions}
	FROM {case_rows} AS c
		CROSS JOIN LATERAL (SELECT CASE WHEN c.resolved_at >= c.opened_at AND c.resolved_at <= {known}
			THEN c.resolved_at END AS resolved_at) AS w
	WHERE c.case_id IS NOT NULL AND c.opened_at >= {earliest} AND c.opened_at <= {known}
)$$),
-- Answers, each once: of several rows with one response_id the one given last.  of_case: about a
-- case that is there and was opened before the answer; known where there are dimensions.
('answer', 20, '{complaint}', $${repeated_answer}answer AS NOT MATERIALIZED (
	SELECT r.response_id, r.customer_id, r.responded_at, r.case_id AS about_case, {of_case} AS of_case,
		CASE WHEN s.csat_valid THEN r.csat::integer END AS csat, NOT s.csat_valid AS csat_broken,
		CASE WHEN s.nps_valid THEN r.nps::integer END AS nps, NOT s.nps_valid AS nps_broken,
		CASE WHEN s.ces_valid THEN r.ces::integer END AS ces, NOT s.ces_valid AS ces_broken,
		CASE WHEN s.expectation_valid THEN r.perceived >= r.expected END AS expectation_met,
		NOT s.expectation_valid AS expectation_broken,
		CASE WHEN abs(r.speed) < 'Infinity' THEN r.speed END AS speed,
		CASE WHEN abs(r.effectiveness) < 'Infinity' THEN r.effectiveness END AS effectiveness,
		CASE WHEN abs(r.compensation_value) < 'Infinity' THEN r.compensation_value END AS compensation_value, r.comment,
		round({home}.sentiment(r.comment) * 10000::double precision)::integer AS mood{answer_dimensions}
	FROM {answer_rows} AS r {answer_case}
		CROSS JOIN LATERAL (SELECT {csat_valid} AS csat_valid, {nps_valid} AS nps_valid, {ces_valid} AS ces_valid,
			abs(r.expected) < 'Infinity' AND abs(r.perceived) < 'Infinity' AS expectation_valid) AS s
	WHERE r.response_id IS NOT NULL AND r.responded_at >= {earliest} AND r.responded_at <= {known}
)$$),
-- The answers about a recovery: about a case that is there and was opened before the answer.  Found
-- once, if a query reads them twice.
('recovery_answer', 25, '{answer}', $$recovery_answer AS (
	SELECT a.about_case AS case_id, true AS of_case, a.responded_at, a.csat, a.csat_broken, a.expectation_met,
		a.expectation_broken, a.speed, a.effectiveness, a.compensation_value{listed_dimensions}
	FROM (SELECT a.* FROM answer AS a WHERE a.about_case IS NOT NULL) AS a {of_recovery}
)$$),
-- The clocks of the cases, from their events; of several events of one moment one counts.
('clock', 30, '{}', $$clock AS (
	SELECT e.case_id, {home}.status_clock(e.status, e.at, e.sequence) AS clock
	FROM (SELECT e.case_id, e.at, coalesce(e.sequence, 0) AS sequence, min(e.status) AS status FROM case_event AS e
		WHERE e.case_id IS NOT NULL AND e.status IS NOT NULL AND e.at >= {earliest} AND e.at <= {latest}
		GROUP BY 1, 2, 3) AS e
	GROUP BY e.case_id
), status AS (
	SELECT coalesce(array_agg(r.status) FILTER (WHERE r.role IN ('pending', 'hold')), '{}') AS paused,
		coalesce(array_agg(r.status) FILTER (WHERE r.role = 'hold'), '{}') AS held,
		coalesce(array_agg(r.status) FILTER (WHERE r.role IN ('new', 'open')), '{}') AS worked,
		coalesce(array_agg(r.status) FILTER (WHERE r.role IN ('new', 'open', 'hold')), '{}') AS waited
	FROM {status_role} AS r
)$$),
-- The resolved cases whose month is over, in each bin of four months that theirs touches: few
-- touch two.
('settled', 35, '{complaint}', $$settled AS NOT MATERIALIZED (
	SELECT c.case_id, c.customer_id, c.resolved_at, CASE WHEN b.last THEN c.last_bin ELSE c.bin END AS bin
	FROM (SELECT c.case_id, c.customer_id, c.resolved_at, date_bin({season}, c.resolved_at, {earliest}) AS bin,
			date_bin({season}, c.resolved_at + {month}, {earliest}) AS last_bin
		FROM complaint AS c WHERE c.settled AND c.customer_id IS NOT NULL {fence}) AS c
		JOIN (VALUES (false), (true)) AS b (last) ON NOT b.last OR c.last_bin > c.bin
)$$),
-- What came after the opening of a case: its first answer; and in the month after its resolution:
-- another case of the customer (1), a purchase (2), a referral (4).  Joined by bin, too, few rows
-- are compared in vain.
('later', 36, '{complaint,recovery_answer,settled}', $$later AS NOT MATERIALIZED (
	SELECT w.case_id, bit_or(w.kind) AS kinds, min(w.answered_at) AS answered_at
	FROM (SELECT s.case_id, e.kind, NULL::timestamptz AS answered_at
		FROM settled AS s
			JOIN (SELECT n.customer_id, n.opened_at AS at, 1 AS kind FROM complaint AS n
				UNION ALL
				SELECT p.customer_id, p.purchased_at, 2 FROM purchase AS p
				WHERE p.purchased_at >= {earliest} AND p.purchased_at <= {as_of}
					AND (p.amount >= 0::numeric) IS NOT FALSE
				UNION ALL
				SELECT f.customer_id, f.referred_at, 4 FROM referral AS f
				WHERE f.referred_at >= {earliest} AND f.referred_at <= {as_of}) AS e
			ON e.customer_id = s.customer_id AND date_bin({season}, e.at, {earliest}) = s.bin
				AND e.at > s.resolved_at AND e.at <= s.resolved_at + {month}
		UNION ALL
		SELECT a.case_id, 0, a.responded_at FROM recovery_answer AS a) AS w
	GROUP BY w.case_id
)$$),
-- Cases with every answer that KPIs count.  settled_at is the resolution; of a case whose
-- resolution cannot be, the opening, so that what is left out is counted in a period.
('case_list', 40, '{complaint,later}', $$case_list AS NOT MATERIALIZED (
	SELECT c.case_id, c.customer_id, true AS of_case, c.opened_at, c.resolved_at, c.promised_by{case_dimensions},
		coalesce(c.resolved_at, CASE WHEN c.resolved_broken THEN c.opened_at END) AS settled_at,
		coalesce(c.promised_by, CASE WHEN c.promise_broken THEN c.opened_at END) AS due_at,
		c.resolved_broken, c.response_broken, c.contacts_broken, c.promise_broken,
		CASE WHEN NOT c.resolved_broken THEN c.resolved_at IS NOT NULL END AS resolved,
		CASE WHEN NOT c.resolved_broken THEN {resolution_span} END AS resolution_span,
		CASE WHEN NOT c.response_broken THEN coalesce(c.first_response_at <= c.waits_until, false) END AS responded,
		CASE WHEN NOT c.response_broken THEN {response_span} END AS response_span,
		CASE WHEN NOT c.resolved_broken AND c.opened_at + {month} <= {as_of}
			THEN coalesce(c.resolved_at <= c.opened_at + {month}, false) END AS resolved_in_time,
		CASE WHEN c.resolved_at + {fortnight} <= {as_of}
			THEN coalesce(v.answered_at <= c.resolved_at + {fortnight}, false) END AS answered,
		r.reopened, r.returned,
		CASE WHEN c.settled THEN NOT (r.reopened OR (v.kinds & 1 <> 0) IS TRUE) END AS resolved_for_good,
		CASE WHEN c.settled AND c.contacts IS NOT NULL
			THEN c.contacts = 1 AND NOT (r.reopened OR (v.kinds & 1 <> 0) IS TRUE) END AS first_contact,
		CASE WHEN c.settled AND c.customer_id IS NOT NULL THEN (v.kinds & 2 <> 0) IS TRUE END AS bought_again,
		CASE WHEN c.settled AND c.customer_id IS NOT NULL THEN (v.kinds & 4 <> 0) IS TRUE END AS referred,
		CASE WHEN c.promised_by <= {as_of} AND NOT c.resolved_broken
			THEN coalesce(c.resolved_at <= c.promised_by, false) END AS promise_kept,
		{clock_columns}
	FROM (SELECT c.*, coalesce(c.resolved_at, {as_of}) AS waits_until FROM complaint AS c {fence}) AS c
		LEFT JOIN later AS v ON v.case_id = c.case_id
		CROSS JOIN LATERAL (SELECT CASE WHEN c.settled THEN coalesce(c.reopened_at > c.resolved_at
				AND c.reopened_at <= c.resolved_at + {month}, false) END AS reopened,
			CASE WHEN c.settled AND c.customer_id IS NOT NULL THEN (v.kinds & 1 <> 0) IS TRUE END
				AS returned) AS r
		{clock_join}
)$$),
-- A step up for each case that is opened, and down for each that is resolved.
('case_move', 50, '{complaint}', $$case_move AS (
	SELECT c.opened_at AS moved_at, 1 AS step, true AS of_case{case_dimensions} FROM complaint AS c
	WHERE NOT c.resolved_broken
	UNION ALL
	SELECT c.resolved_at, -1, true{case_dimensions} FROM complaint AS c WHERE c.resolved_at IS NOT NULL
)$$),
-- Unsatisfied answers, and whether somebody contacted the customer within two working days.
('unsatisfied', 60, '{answer}', $$unsatisfied AS (
	SELECT a.response_id, a.customer_id, a.responded_at, a.of_case, a.csat, a.nps{listed_dimensions}, d.due_at,
		f.contacted_at, CASE WHEN d.due_at <= {as_of} THEN coalesce(f.contacted_at <= d.due_at, false) END
			AS contacted_in_time,
		CASE WHEN f.contacted_at + {month} <= {as_of} AND a.customer_id IS NOT NULL THEN w.response_id IS NOT NULL END
			AS won_back
	FROM answer AS a
		CROSS JOIN LATERAL (SELECT {home}.add_working_days({work_calendar}, a.responded_at, 2) AS due_at) AS d
		LEFT JOIN (SELECT a.response_id, min(f.contacted_at) AS contacted_at
			FROM follow_up AS f JOIN answer AS a ON a.response_id = f.response_id
			WHERE f.contacted_at >= a.responded_at AND f.contacted_at <= {known}
			GROUP BY a.response_id) AS f ON f.response_id = a.response_id
		LEFT JOIN (SELECT DISTINCT f.response_id
			FROM follow_up AS f JOIN answer AS a ON a.response_id = f.response_id
				JOIN (SELECT b.customer_id, b.responded_at AS at FROM answer AS b WHERE b.csat >= 4
					UNION ALL
					SELECT p.customer_id, p.purchased_at FROM purchase AS p
					WHERE (p.amount >= 0::numeric) IS NOT FALSE) AS s
				ON s.customer_id = a.customer_id
			WHERE f.contacted_at >= a.responded_at AND s.at > f.contacted_at AND s.at <= f.contacted_at + {month}) AS w
			ON w.response_id = a.response_id
	WHERE a.csat <= 3 OR a.csat IS NULL AND a.nps <= 6
)$$),
-- Invitations, each once: of several rows with one invitation_id the one sent first.
('invitation', 70, '{complaint,answer}', $$invited AS (
	SELECT DISTINCT ON (i.invitation_id) i.* FROM survey_invitation AS i
	WHERE i.invitation_id IS NOT NULL AND i.sent_at >= {earliest} AND i.sent_at <= {known}
	ORDER BY i.invitation_id, i.sent_at, i.case_id
), invitation AS (
	SELECT i.invitation_id, i.sent_at, c.case_id IS NOT NULL AS of_case{case_dimensions},
		CASE WHEN i.sent_at + {fortnight} <= {as_of} THEN a.invitation_id IS NOT NULL END AS answered
	FROM invited AS i
		LEFT JOIN complaint AS c ON c.case_id = i.case_id
		LEFT JOIN (SELECT i.invitation_id FROM invited AS i JOIN answer AS a ON a.about_case = i.case_id
			WHERE a.responded_at > i.sent_at AND a.responded_at <= i.sent_at + {fortnight}
			UNION
			SELECT i.invitation_id FROM invited AS i JOIN answer AS a ON a.customer_id = i.customer_id
			WHERE i.case_id IS NULL AND a.responded_at > i.sent_at AND a.responded_at <= i.sent_at + {fortnight}) AS a
			ON a.invitation_id = i.invitation_id
)$$);
