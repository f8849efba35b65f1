-- check_views.sql: are the views' figures those of plain SQL over the raw tables?  Each KPI of
-- the scorecard, in its own month, and a figure or more of every other view.

SET timezone = 'UTC';

-- A month of each KPI, and the answers and cases of it.
CREATE TEMP TABLE month AS
SELECT kpi, period_start::timestamptz AS since, period_start + interval '1 month' AS until FROM scorecard;
CREATE TEMP VIEW solved AS
SELECT c.*, reopened_at <= resolved_at + interval '30 days' IS TRUE AS back,
	EXISTS (SELECT FROM recovery_case AS n WHERE n.customer_id = c.customer_id
		AND n.opened_at > c.resolved_at AND n.opened_at <= c.resolved_at + interval '30 days') AS again
FROM recovery_case AS c WHERE resolved_at IS NOT NULL;
CREATE TEMP VIEW bad_answer AS
SELECT s.*, contacted_at, responded_at + interval '1 day'
	* (ARRAY[2, 2, 2, 4, 4, 3, 2])[extract(isodow FROM responded_at)::int] AS call_by
FROM survey_response AS s LEFT JOIN follow_up USING (response_id) WHERE csat <= 3 OR csat IS NULL AND nps <= 6;
CREATE TEMP TABLE answer AS SELECT customer_id, case_id, responded_at, csat FROM survey_response;
CREATE INDEX ON answer (case_id);
CREATE INDEX ON answer (customer_id) WHERE csat >= 4;
CREATE TEMP TABLE worked AS
SELECT case_id, resolved_at, sum(hours) FILTER (WHERE status IN ('new', 'open')) AS work,
	coalesce(sum(hours) FILTER (WHERE status = 'hold'), 0) AS hold
FROM (SELECT *, extract(epoch FROM lead(at) OVER (PARTITION BY case_id ORDER BY sequence) - at)::float8 / 3600 AS hours
	FROM case_event) AS e JOIN recovery_case USING (case_id)
WHERE at < resolved_at GROUP BY case_id, resolved_at;

CREATE TEMP TABLE plain AS
SELECT kpi, 100.0 * count(*) FILTER (WHERE yes) / count(yes) AS value, count(yes) AS responses
FROM month, LATERAL (
	SELECT csat >= 4 AS yes FROM survey_response WHERE kpi = 'crs' AND case_id IS NOT NULL
		AND responded_at >= since AND responded_at < until
	UNION ALL SELECT csat >= 4 FROM survey_response
		WHERE kpi = 'csat' AND responded_at >= since AND responded_at < until
	UNION ALL SELECT perceived >= expected FROM survey_response WHERE kpi = 'resolution_quality'
		AND case_id IS NOT NULL AND responded_at >= since AND responded_at < until
	UNION ALL SELECT resolved_at <= opened_at + interval '30 days' IS TRUE FROM recovery_case
		WHERE kpi = 'resolution_rate' AND opened_at >= since AND opened_at < until
	UNION ALL SELECT CASE kpi WHEN 'fcr' THEN contacts = 1 AND NOT back AND NOT again WHEN 'reopen_rate' THEN back
		WHEN 'repeat_complaint_rate' THEN again WHEN 'resolved_for_good' THEN NOT back AND NOT again END
	FROM solved WHERE kpi IN ('fcr', 'reopen_rate', 'repeat_complaint_rate', 'resolved_for_good')
		AND resolved_at >= since AND resolved_at < until
	UNION ALL SELECT EXISTS (SELECT FROM purchase AS p WHERE p.customer_id = c.customer_id
		AND purchased_at > resolved_at AND purchased_at <= resolved_at + interval '30 days')
	FROM solved AS c WHERE kpi = 'repeat_rate' AND resolved_at >= since AND resolved_at < until
	UNION ALL SELECT EXISTS (SELECT FROM referral AS r WHERE r.customer_id = c.customer_id
		AND referred_at > resolved_at AND referred_at <= resolved_at + interval '30 days')
	FROM solved AS c WHERE kpi = 'referral_rate' AND resolved_at >= since AND resolved_at < until
	UNION ALL SELECT EXISTS (SELECT FROM answer AS a WHERE a.case_id = c.case_id
		AND responded_at <= resolved_at + interval '14 days')
	FROM recovery_case AS c WHERE kpi = 'response_rate' AND resolved_at >= since AND resolved_at < until
	UNION ALL SELECT resolved_at <= promised_by IS TRUE FROM recovery_case
		WHERE kpi = 'promise_kept' AND promised_by >= since AND promised_by < until
	UNION ALL SELECT contacted_at <= call_by IS TRUE FROM bad_answer
		WHERE kpi = 'follow_up_rate' AND responded_at >= since AND responded_at < until
	UNION ALL SELECT EXISTS (SELECT FROM purchase AS p WHERE p.customer_id = b.customer_id
			AND purchased_at > contacted_at AND purchased_at <= contacted_at + interval '30 days')
		OR EXISTS (SELECT FROM answer AS a WHERE a.customer_id = b.customer_id AND csat >= 4
			AND a.responded_at > contacted_at AND a.responded_at <= contacted_at + interval '30 days')
	FROM bad_answer AS b WHERE kpi = 'won_back_rate' AND contacted_at >= since AND contacted_at < until
	UNION ALL SELECT EXISTS (SELECT FROM answer AS a WHERE a.case_id = i.case_id
		AND responded_at > sent_at AND responded_at <= sent_at + interval '14 days')
	FROM survey_invitation AS i WHERE kpi = 'invitation_response_rate' AND sent_at >= since AND sent_at < until
	UNION ALL SELECT CASE kpi WHEN 'churn_rate' THEN left_at < until IS TRUE ELSE left_at < until IS NOT TRUE END
	FROM customer WHERE kpi IN ('churn_rate', 'retention_rate') AND joined_at < since AND (left_at < since) IS NOT TRUE
) AS judged GROUP BY kpi;

INSERT INTO plain
SELECT kpi, figure.* FROM month, LATERAL (
	SELECT 100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps) AS value,
		count(nps) AS responses
	FROM survey_response WHERE kpi = 'nps' AND responded_at >= since AND responded_at < until
	UNION ALL SELECT avg(ces), count(ces)
	FROM survey_response WHERE kpi = 'ces' AND responded_at >= since AND responded_at < until
	UNION ALL SELECT avg(sentiment(comment)), count(comment)
	FROM survey_response WHERE kpi = 'sentiment' AND responded_at >= since AND responded_at < until
	UNION ALL SELECT count(*), count(*)
	FROM recovery_case WHERE kpi = 'case_volume' AND opened_at >= since AND opened_at < until
	UNION ALL SELECT count(*), count(*)
	FROM recovery_case WHERE kpi = 'open_cases' AND opened_at < until AND (resolved_at < until) IS NOT TRUE
	UNION ALL SELECT 100.0 * (SELECT count(*) FROM recovery_case WHERE opened_at >= since AND opened_at < until)
		/ nullif(count(*), 0), count(*)
	FROM customer WHERE kpi = 'complaint_rate' AND joined_at < until AND (left_at < since) IS NOT TRUE
	UNION ALL SELECT avg(work), count(*)
	FROM worked WHERE kpi = 'agent_work' AND resolved_at >= since AND resolved_at < until
	UNION ALL SELECT avg(hold), count(*)
	FROM worked WHERE kpi = 'hold_time' AND resolved_at >= since AND resolved_at < until
	UNION ALL SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY work + hold), count(*)
	FROM worked WHERE kpi = 'requester_wait' AND resolved_at >= since AND resolved_at < until
) AS figure WHERE responses > 0;
-- the three other times, of the cases of a month: Kaplan-Meier in plain SQL.  The clock of a time
-- to a solution stands still while it is the customer's or a third party's turn.
INSERT INTO plain
SELECT kpi, min(hours) FILTER (WHERE left_over <= CASE kpi WHEN 'time_to_resolve_90' THEN 0.1 ELSE 0.5 END + 1e-12),
	max(at_risk)
FROM (
	SELECT kpi, hours, at_risk,
		exp(sum(ln(1 - least(done / at_risk, 1 - 1e-15))) OVER (PARTITION BY kpi ORDER BY hours)) AS left_over
	FROM (
		SELECT kpi, hours, count(*) FILTER (WHERE done)::float8 AS done,
			sum(count(*)) OVER (PARTITION BY kpi ORDER BY hours DESC)::float8 AS at_risk
		FROM month JOIN recovery_case ON opened_at >= since AND opened_at < until, story,
			LATERAL (SELECT coalesce(resolved_at, as_of) AS ends_at) AS e,
			LATERAL (SELECT CASE kpi WHEN 'first_response_time' THEN first_response_at < ends_at IS TRUE
				ELSE resolved_at IS NOT NULL END AS done) AS d,
			LATERAL (SELECT extract(epoch FROM CASE WHEN kpi = 'first_response_time'
				THEN coalesce(first_response_at, ends_at) - opened_at
				ELSE ends_at - opened_at - coalesce((SELECT sum(least(until, ends_at) - at)
					FROM (SELECT at, status, lead(at, 1, ends_at) OVER (ORDER BY sequence) AS until FROM case_event AS v
						WHERE v.case_id = recovery_case.case_id) AS v
					WHERE status IN ('pending', 'hold') AND at < ends_at), '0') END)::float8 / 3600 AS hours) AS h
		WHERE kpi IN ('resolution_time', 'time_to_resolve_90', 'first_response_time')
		GROUP BY kpi, hours
	) AS risks
) AS curve GROUP BY kpi;

DO $$
DECLARE
	s story; t record; missing text;
BEGIN
	SELECT * INTO STRICT s FROM story;

	SELECT string_agg(kpi, ', ') INTO missing FROM kpi_definition LEFT JOIN scorecard USING (kpi) WHERE value IS NULL;
	IF missing IS NOT NULL THEN
		RAISE EXCEPTION 'no figure of %', missing;
	END IF;
	-- in buckets a time is within half a percent
	FOR t IN
		SELECT kpi, p.value AS plain, c.value, p.responses AS counted, c.responses, CASE
			WHEN kpi ~ '^(resolution_time|time_|first_|requester)' THEN 0.005 WHEN kpi = 'sentiment' THEN 1e-4
			ELSE 1e-9 END AS off
		FROM scorecard AS c LEFT JOIN plain AS p USING (kpi) WHERE kpi <> 'clv'
	LOOP
		IF t.plain IS NULL OR t.counted <> t.responses OR abs(t.value / t.plain - 1) > t.off THEN
			RAISE EXCEPTION '%: % of % in plain SQL, % of % in kpi_scorecard',
				t.kpi, t.plain, t.counted, t.value, t.responses;
		END IF;
	END LOOP;

	-- the lists of the day
	SELECT (SELECT count(*) FROM recovery_case WHERE resolved_at IS NULL) AS cases, count(*) AS listed,
		(SELECT count(*) FROM recovery_case WHERE resolved_at IS NULL AND promised_by < s.as_of) AS late,
		count(*) FILTER (WHERE overdue_hours > 0) AS overdue,
		count(*) FILTER (WHERE waiting_for <> CASE (SELECT status FROM case_event AS e WHERE e.case_id = q.case_id
			ORDER BY sequence DESC LIMIT 1) WHEN 'pending' THEN 'customer' WHEN 'hold' THEN 'third party'
			ELSE 'company' END) AS wrong
	INTO STRICT t FROM queue AS q;
	IF t.cases <> t.listed OR t.late <> t.overdue OR t.wrong > 0 THEN
		RAISE EXCEPTION 'case_queue: %', t;
	END IF;
	SELECT count(*) FILTER (WHERE contacted_at IS NULL) AS calls, (SELECT count(*) FROM calls) AS listed,
		(SELECT count(*) FROM calls AS f JOIN bad_answer AS b USING (response_id)
			WHERE f.due_at IS DISTINCT FROM call_by) AS wrong
	INTO STRICT t FROM bad_answer;
	IF t.calls <> t.listed OR t.wrong > 0 THEN
		RAISE EXCEPTION 'follow_up_due: %', t;
	END IF;

	-- parts add up to the change; of answers only those about cases have the dimensions of cases
	FOR t IN
		SELECT kpi, dimension, sum(rate_effect + mix_effect) AS parts
		FROM change JOIN kpi_definition USING (kpi) JOIN scorecard AS c USING (kpi)
		WHERE list NOT IN ('answer', 'unsatisfied') GROUP BY kpi, dimension, c.change
		HAVING (abs(sum(rate_effect + mix_effect) - c.change) < 1e-9) IS NOT TRUE
	LOOP
		RAISE EXCEPTION 'the parts of the change of % by % add up to %', t.kpi, t.dimension, t.parts;
	END LOOP;
	-- spent in half a year after a first case, against customers without one
	FOR t IN
		SELECT v.customer_group, v.raw_spend, p.spent FROM kpi.customer_value AS v LEFT JOIN (
			SELECT customer_group, avg(spent) AS spent
			FROM (SELECT customer_id, sum(amount) FILTER (WHERE purchased_at <= half_year_ago) AS before,
					coalesce(sum(amount) FILTER (WHERE purchased_at > half_year_ago), 0) AS spent
				FROM purchase, (SELECT s.as_of - interval '180 days' AS half_year_ago) AS h GROUP BY customer_id) AS b
				LEFT JOIN (SELECT DISTINCT ON (customer_id) customer_id, opened_at, promised_by,
					resolved_at <= promised_by IS TRUE AND (reopened_at <= promised_by) IS NOT TRUE AS recovered
					FROM recovery_case ORDER BY customer_id, opened_at, case_id) AS f USING (customer_id),
				LATERAL (SELECT CASE WHEN opened_at <= s.as_of - interval '180 days' IS NOT TRUE THEN 'never failed'
					WHEN promised_by > s.as_of - interval '180 days' THEN NULL
					WHEN recovered THEN 'recovered' ELSE 'not recovered' END AS customer_group) AS g
			WHERE before IS NOT NULL GROUP BY customer_group) AS p USING (customer_group)
	LOOP
		IF t.spent IS NULL OR abs(t.raw_spend / t.spent - 1) > 1e-9 THEN
			RAISE EXCEPTION 'customer_value, %: % spent in plain SQL, % in the view',
				t.customer_group, t.spent, t.raw_spend;
		END IF;
	END LOOP;
	-- who bought more fails more often: with equally many orders before, a small part of the difference is left
	IF EXISTS (SELECT FROM kpi.customer_value WHERE abs(adjusted_difference) > 0.3 * abs(raw_difference)) THEN
		RAISE EXCEPTION 'the adjusted difference of what customers spent is not small';
	END IF;

	-- the teams add up to all
	FOR t IN
		SELECT period_start, kpi, p.responses, g.responses AS teams
		FROM by_period AS p LEFT JOIN (SELECT period_start, kpi, sum(responses) AS responses FROM kpi.kpi_by_segment
			WHERE dimension = 'team' GROUP BY period_start, kpi) AS g USING (period_start, kpi)
			JOIN kpi_definition USING (kpi)
		WHERE segmented AND list NOT IN ('answer', 'unsatisfied') AND p.responses <> g.responses IS NOT FALSE
			AND p.responses > 0
	LOOP
		RAISE EXCEPTION '% of %: % in kpi_by_period, % of the teams in kpi_by_segment',
			t.kpi, t.period_start, t.responses, t.teams;
	END LOOP;
	-- no view is empty: those that were not read yet
	IF NOT EXISTS (SELECT FROM trend WHERE signal IS NOT NULL) OR NOT EXISTS (SELECT FROM change) THEN
		RAISE EXCEPTION 'kpi_trend has no signal, or kpi_change is empty';
	END IF;
	FOR t IN SELECT view FROM kpi_view WHERE view NOT LIKE 'kpi\_%' ORDER BY ordinal LOOP
		EXECUTE format('SELECT ''%s is empty'' WHERE NOT EXISTS (SELECT FROM kpi.%I)', t.view, t.view) INTO missing;
		IF missing IS NOT NULL THEN
			RAISE EXCEPTION '%', missing;
		END IF;
	END LOOP;
END $$;
