-- customers.sql: the same customers before and after, and those with a failure against those without.

-- --- 22. the same customers ------------------------------------------------------------------

\echo
\echo 'Did it work on the same people? Satisfaction with an ordinary order, each'
\echo 'customer''s last answer before the first complaint and the first one after it:'
\echo

CREATE TEMP TABLE pair AS
SELECT c.opened_at >= :'programme' AS helped,
	(array_agg(csat ORDER BY responded_at DESC) FILTER (WHERE responded_at < opened_at))[1] AS before,
	(array_agg(csat ORDER BY responded_at) FILTER (WHERE responded_at > opened_at))[1] AS after
FROM (SELECT DISTINCT ON (customer_id) customer_id, opened_at FROM recovery_case ORDER BY customer_id, opened_at) AS c
	JOIN survey_response AS s USING (customer_id)
WHERE s.case_id IS NULL AND csat IS NOT NULL
GROUP BY customer_id, c.opened_at;

\pset title '22. % satisfied before and after the complaint, the same customers'
SELECT CASE WHEN helped THEN 'with' ELSE 'without' END AS "programme",
	pairs(p) AS "pairs", round(csat(before(p))::numeric, 1) AS "before",
	round(csat(after(p))::numeric, 1) AS "after", round(difference::numeric, 1) AS "diff",
	round(lower::numeric, 1) || ' to ' || round(upper::numeric, 1) AS "95 %",
	CASE WHEN p_value < 0.001 THEN '<0.001' ELSE round(p_value::numeric, 3)::text END AS "p",
	round(win_back_rate(p)::numeric) AS "won", round(lost_rate(p)::numeric) AS "lost"
FROM (SELECT helped, paired_tally(before, after, 1, 5) AS p FROM pair GROUP BY helped) AS counted,
	csat_test(p)
ORDER BY helped;

\echo 'won, lost: of those dissatisfied before, % satisfied after; and the reverse.'
\echo 'Whoever left did not answer again: these are the ones who stayed.'
\echo

-- --- 23. the paradox ---------------------------------------------------------------------------

\echo 'Is a customer whom we recovered more satisfied than one we never failed? The'
\echo 'service recovery paradox says so. Recovered means: the first case was solved as'
\echo 'promised and not reopened before, whatever the customer says. Each customer''s'
\echo 'last answer about an ordinary order, since the first case was due:'
\echo

CREATE TEMP TABLE history AS
WITH first_case AS (
	SELECT DISTINCT ON (customer_id) customer_id, due_at,
		coalesce(resolved_at <= due_at AND (reopened_at IS NULL OR reopened_at > due_at), false) AS recovered
	FROM recovery_case, LATERAL (SELECT greatest(opened_at, promised_by) AS due_at) AS promise
	ORDER BY customer_id, opened_at, case_id
), last_answer AS (
	SELECT DISTINCT ON (s.customer_id) period_start('month', s.responded_at, 'UTC') AS month, s.csat,
		CASE WHEN f.customer_id IS NULL THEN 'never failed' WHEN f.recovered THEN 'recovered'
			ELSE 'not recovered' END AS history
	FROM survey_response AS s LEFT JOIN first_case AS f USING (customer_id)
	WHERE s.case_id IS NULL AND s.csat IS NOT NULL AND (f.customer_id IS NULL OR s.responded_at > f.due_at)
	ORDER BY s.customer_id, s.responded_at DESC, s.csat
)
SELECT history, month, csat_tally(csat) AS answers FROM last_answer GROUP BY history, month;

\pset title '23. Satisfaction with the last order, by history'
SELECT history AS "history", responses(sum(answers)) AS "answers",
	round(csat(sum(answers))::numeric, 1) AS "satisfied %", round(mean(sum(answers))::numeric, 2) AS "mean of 5"
FROM history GROUP BY history ORDER BY mean(sum(answers)) DESC;
\pset title
CREATE TEMP TABLE paradox AS
SELECT p.*, a.test
FROM (SELECT sum(answers) FILTER (WHERE history = 'recovered') AS r,
		sum(answers) FILTER (WHERE history = 'never failed') AS n FROM history) AS g, recovery_paradox(r, n) AS p,
	(SELECT adjusted_test(r, n, 'mean') AS test
		FROM (SELECT sum(answers) FILTER (WHERE history = 'recovered') AS r,
			sum(answers) FILTER (WHERE history = 'never failed') AS n FROM history GROUP BY month) AS months) AS a;
SELECT round(mean_difference::numeric, 3) AS "recovered - never failed",
	round(lower::numeric, 3) || ' to ' || round(upper::numeric, 3) AS "95 % interval",
	round(hedges_g::numeric, 2) AS "Hedges' g", CASE WHEN paradox THEN 'shown' ELSE 'not shown' END AS "paradox"
FROM paradox;
SELECT CASE WHEN paradox THEN 'It is shown, and it is small.' ELSE 'It is not shown.' END AS verdict,
	to_char((test).difference, 'FMS0.000') AS within_months, round((test).p_value::numeric, 3) AS p FROM paradox \gset
\echo :verdict 'Recovered customers answered later, in better'
\echo 'months; within months the difference is' :within_months '(p' :p'). The dashboard, over'
\echo 'the same answers, says so too. Whoever left did not answer.'
\echo
