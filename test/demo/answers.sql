-- answers.sql: scores as tallies; the programme before and after, by channel, in control
-- charts, and of few answers.

\echo 'First, every day''s answers are counted, once. A tally holds how many chose'
\echo 'each score; tallies add up, and every KPI can be read from them later:'
\echo

CREATE TABLE survey_day AS
SELECT period_start('day', responded_at, 'UTC') AS day, channel,
       csat_tally(csat) FILTER (WHERE case_id IS NOT NULL) AS crs,
       csat_tally(csat) AS csat, nps_tally(nps) AS nps, ces_tally(ces) AS ces
FROM survey_response LEFT JOIN recovery_case USING (case_id)
GROUP BY 1, 2
\p
;
COMMENT ON TABLE survey_day IS
'Answers of each day and channel, as tallies; channel NULL: about ordinary orders. crs holds the satisfaction answers about a recovery, csat all of them.';

-- A case too young to judge counts nowhere.  within_window() alone would count it as
-- soon as its purchase is in, but not without one: hence the filters.
CREATE TABLE case_day AS
SELECT period_start('day', opened_at, 'UTC') AS day, channel, count(*) AS cases,
	rate_tally(resolved_at IS NOT NULL AND contacts = 1)
		FILTER (WHERE opened_at <= :'week_ago') AS fcr,
	rate_tally(within_window(opened_at, resolved_at, '7 days', :'as_of'))
		FILTER (WHERE opened_at <= :'week_ago') AS resolved,
	rate_tally(within_window(opened_at, bought_at, '30 days', :'as_of'))
		FILTER (WHERE opened_at <= :'month_ago') AS bought,
	rate_tally(within_window(opened_at, told_at, '30 days', :'as_of'))
		FILTER (WHERE opened_at <= :'month_ago') AS referred
FROM recovery_case AS c
	LEFT JOIN LATERAL (SELECT min(purchased_at) AS bought_at FROM purchase
		WHERE customer_id = c.customer_id AND purchased_at > opened_at) AS p ON true
	LEFT JOIN LATERAL (SELECT min(referred_at) AS told_at FROM referral
		WHERE customer_id = c.customer_id AND referred_at > opened_at) AS r ON true
GROUP BY 1, 2;
COMMENT ON TABLE case_day IS
'Cases opened on each day in each channel, and as yes/no tallies: solved with one contact, solved within 7 days, customer bought again or referred somebody within 30 days. Cases younger than that are left out of the tallies.';

-- day is a date: no time zone can move it to another month.
CREATE VIEW month_tally AS
SELECT period_start('month', day) AS month,
	sum(crs) AS crs, sum(csat) AS csat, sum(nps) AS nps, sum(ces) AS ces,
	sum(fcr) AS fcr, sum(resolved) AS resolved, sum(bought) AS bought, sum(referred) AS referred,
	sum(cases)::bigint AS cases
FROM (
	SELECT day, crs, csat, nps, ces, NULL::bigint AS cases, NULL::tally AS fcr, NULL::tally AS resolved,
		NULL::tally AS bought, NULL::tally AS referred
	FROM survey_day UNION ALL
	SELECT day, NULL, NULL, NULL, NULL, cases, fcr, resolved, bought, referred
	FROM case_day
) AS days
GROUP BY 1;
COMMENT ON VIEW month_tally IS 'survey_day and case_day, added up by month.';

-- --- 14. month by month ---------------------------------------------------------------

\echo
\echo 'Added up by month they make the scorecard. CRS is Customer Recovery'
\echo 'Satisfaction: of those who complained and answered, the share satisfied (4 or 5'
\echo 'of 5) with how it was put right. The interval says how sure the figure is.'
\echo

\pset title '14. The scorecard, month by month (* = the programme starts)'
SELECT to_char(month, 'Mon YYYY') || CASE WHEN month = :'programme' THEN ' *' ELSE '' END AS "month",
	round(crs(crs)::numeric, 1) AS "CRS %",
	round(lower::numeric, 1) || ' - ' || round(upper::numeric, 1) AS "95 % interval",
	responses AS "answers",
	round(nps(nps)::numeric, 1) AS "NPS",
	round(ces(ces)::numeric, 2) AS "CES",
	round(fcr(fcr)::numeric, 1) AS "FCR %",
	cases AS "cases"
FROM month_tally, crs_interval(crs)
ORDER BY month_tally.month;

\echo 'NPS: would recommend us, -100 to 100. CES: how easy it was, 1 to 7.'
\echo 'FCR: solved at the first contact. The same months as one line each:'
\echo

\pset title
SELECT kpi AS "KPI",
	round((array_agg(value ORDER BY month))[1]::numeric, digits) AS "first",
	sparkline(value ORDER BY month) AS "14 months",
	round((array_agg(value ORDER BY month DESC))[1]::numeric, digits) AS "last"
FROM month_tally, LATERAL (VALUES
	(1, 'CRS: satisfied with the recovery, %', 1, crs(crs)),
	(2, 'CSAT: satisfied, orders included, %', 1, csat(csat)),
	(3, 'NPS: would recommend us', 1, nps(nps)),
	(4, 'CES: it was easy, 1 to 7', 2, ces(ces)),
	(5, 'FCR: solved at the first contact, %', 1, fcr(fcr)),
	(6, 'Solved within 7 days, %', 1, resolution_rate(resolved)),
	(7, 'Bought again within 30 days, %', 1, repeat_rate(bought)),
	(8, 'Complaints', 0, cases)) AS kpis (position, kpi, digits, value)
GROUP BY position, kpi, digits
ORDER BY position;

\echo '"Bought again" ends a month early: cases younger than 30 days are not judged.'
\echo

-- --- 15. before and now ------------------------------------------------------------------

\echo 'Is it better, or is it luck? The last quarter against the one before the'
\echo 'programme. "Real" means: by chance alone this would come up less than once in'
\echo 'twenty times (p < 0.05). Every test reads the same tallies.'
\echo

CREATE TEMP TABLE quarter AS
SELECT month >= :'now_from' AS is_now, sum(crs) AS crs, sum(csat) AS csat, sum(nps) AS nps,
	sum(ces) AS ces, sum(fcr) AS fcr, sum(resolved) AS resolved, sum(bought) AS bought,
	sum(referred) AS referred, sum(cases)::bigint AS cases
FROM month_tally
WHERE month >= :'now_from' OR (month >= :'before_from' AND month < :'programme')
GROUP BY 1;

-- Two counts over the same time are compared by their shares of the sum: were nothing
-- changed, each would be half of it.
CREATE TEMP VIEW complaints_test AS
SELECT ROW(difference * both_quarters, lower * both_quarters, upper * both_quarters,
	statistic, p_value)::kpi_test AS test
FROM quarter AS b JOIN quarter AS n ON n.is_now AND NOT b.is_now,
	LATERAL (SELECT 2 * (b.cases + n.cases) / 3.0 / 100 AS both_quarters) AS scale,
	LATERAL target_test(tally(0, 1, ARRAY[b.cases, n.cases]), 50);

\pset title '15. Before the programme (Jun - Aug) and now (Dec - Feb)'
SELECT kpi AS "KPI", round(before::numeric, digits) AS "before", round(now::numeric, digits) AS "now",
	to_char((test).difference, format) AS "change",
	lpad(ltrim(to_char((test).lower, format)) || ' to ' || ltrim(to_char((test).upper, format)), 14)
		AS "95 % interval",
	CASE WHEN (test).p_value < 0.001 THEN '<0.001' ELSE round((test).p_value::numeric, 3)::text END AS "p",
	CASE WHEN (test).p_value < 0.05 THEN 'yes' ELSE 'no' END AS "real?"
FROM quarter AS b JOIN quarter AS n ON n.is_now AND NOT b.is_now,
	LATERAL (VALUES
	(1, 'CRS, %', 1, 'S9990.0', crs(b.crs), crs(n.crs), crs_test(n.crs, b.crs)),
	(2, 'CSAT, %', 1, 'S9990.0', csat(b.csat), csat(n.csat), csat_test(n.csat, b.csat)),
	(3, 'NPS', 1, 'S9990.0', nps(b.nps), nps(n.nps), nps_test(n.nps, b.nps)),
	(4, 'CES, 1 to 7', 2, 'S990.00', ces(b.ces), ces(n.ces), ces_test(n.ces, b.ces)),
	(5, 'FCR, %', 1, 'S9990.0', fcr(b.fcr), fcr(n.fcr), rate_test(n.fcr, b.fcr)),
	(6, 'Solved in 7 d, %', 1, 'S9990.0', resolution_rate(b.resolved), resolution_rate(n.resolved),
		rate_test(n.resolved, b.resolved)),
	(7, 'Bought again, %', 1, 'S9990.0', repeat_rate(b.bought), repeat_rate(n.bought),
		rate_test(n.bought, b.bought)),
	(8, 'Referred us, %', 1, 'S9990.0', referral_rate(b.referred), referral_rate(n.referred),
		rate_test(n.referred, b.referred)),
	(9, 'Complaints/month', 0, 'S999990', b.cases / 3.0, n.cases / 3.0, (SELECT test FROM complaints_test))
	) AS kpis (position, kpi, digits, format, before, now, test)
ORDER BY position;
\pset title

SELECT round((100 * (repeat_rate(n.bought) / repeat_rate(b.bought) - 1))::numeric, 1) AS more_bought,
	round(100 * (1 - n.cases::numeric / b.cases), 1) AS fewer_cases
FROM quarter AS b JOIN quarter AS n ON n.is_now AND NOT b.is_now \gset
\echo '"Bought again" and "referred us": within 30 days of complaining. In proportion,'
\echo :more_bought '% more of them buy again, and there are' :fewer_cases '% fewer complaints.'
\echo 'Where "real?" says no, only more answers can tell. And a test tells change from'
\echo 'chance, not what caused it.'
\echo
\echo 'Is the target of 80 % reached? All it takes:'
\echo

SELECT round(crs(now)::numeric, 1) AS "CRS %",
       round(difference::numeric, 1) AS "off target",
       round(lower::numeric, 1) AS "from", round(upper::numeric, 1) AS "to",
       round(p_value::numeric, 2) AS "p"
FROM (SELECT sum(crs) AS now FROM survey_day WHERE day >= :'now_from') AS q,
     target_test(now, 80)
\p
\echo
;
\echo 'The figure is about on target: the truth may lie a point or so on either side,'
\echo 'and a p as high as this is what mere chance looks like.'
\echo

-- --- 16. channels ------------------------------------------------------------------------

\echo 'Where is there still work to do? Channels with fewer than 30 answers show'
\echo 'nothing (suppress()): so few say little, and might give a customer away.'
\echo

\pset title '16. The last quarter by channel'
WITH answers AS (
	SELECT channel, sum(crs) AS crs, sum(nps) AS nps, sum(ces) AS ces
	FROM survey_day WHERE day >= :'now_from' AND channel IS NOT NULL GROUP BY channel
), opened AS (
	SELECT channel, sum(cases) AS cases, sum(fcr) AS fcr
	FROM case_day WHERE day >= :'now_from' GROUP BY channel
)
SELECT channel AS "channel",
	round(suppress(estimate, responses, 30)::numeric, 1) AS "CRS %",
	round(suppress(lower, responses, 30)::numeric, 1) || ' - '
		|| round(suppress(upper, responses, 30)::numeric, 1) AS "95 % interval",
	responses AS "answers",
	round(suppress(nps(nps), responses(nps), 30)::numeric, 1) AS "NPS",
	round(suppress(ces(ces), responses(ces), 30)::numeric, 2) AS "CES",
	round(suppress(fcr(fcr), responses(fcr), 30)::numeric, 1) AS "FCR %",
	cases AS "cases"
FROM answers JOIN opened USING (channel), crs_interval(crs)
ORDER BY cases DESC;

-- --- 17. why it changed -------------------------------------------------------------------

\echo 'Which channel raised CRS, and did it serve better, or were there more of its'
\echo 'cases? change_parts() takes the change apart:'
\echo

CREATE TEMP TABLE crs_part AS
SELECT part.*, least(responses(now[array_position(channels, segment)]),
	responses(before[array_position(channels, segment)])) AS answers
FROM (SELECT array_agg(channel) AS channels, array_agg(now) AS now, array_agg(before) AS before
	FROM (SELECT channel, sum(crs) FILTER (WHERE day >= :'now_from') AS now,
			sum(crs) FILTER (WHERE day >= :'before_from' AND day < :'programme') AS before
		FROM survey_day WHERE channel IS NOT NULL GROUP BY channel) AS both_quarters) AS a,
	change_parts(channels, now, before, 'csat') AS part;

\pset title '17. The change of CRS, from the quarter before the programme to now'
SELECT segment AS "channel",
	round(baseline_share::numeric) || ' -> ' || round(current_share::numeric) AS "share %",
	round(suppress(baseline_value, answers, 30)::numeric, 1) || ' -> '
		|| round(suppress(current_value, answers, 30)::numeric, 1) AS "CRS %",
	to_char(rate_effect, 'S90.00') AS "by CRS", to_char(mix_effect, 'S90.00') AS "by share",
	lpad(ltrim(to_char(lower, 'S990.0')) || ' to ' || ltrim(to_char(upper, 'S990.0')), 12) AS "95 % of both",
	CASE WHEN p_value < 0.001 THEN '<0.001' ELSE round(p_value::numeric, 3)::text END AS "p"
FROM crs_part ORDER BY baseline_share DESC;
\pset title
SELECT to_char(sum(rate_effect), 'FMS990.0') AS by_rate, to_char(sum(mix_effect), 'FMS990.0') AS by_mix
FROM crs_part \gset
\echo 'Together' :by_rate 'points by better recoveries and' :by_mix 'by other shares of the'
\echo 'channels. A part is not yet a cause. p allows for five channels.'
\echo

-- --- 18. the control chart -----------------------------------------------------------------------

\echo 'When did CRS leave its usual range? Limits (|) and centre (:) are those of the'
\echo 'weeks of the first three months; o is a month within them, X one outside.'
\echo

\pset title '18. CRS by month against its control limits (* = the programme starts)'
SELECT to_char(month, 'Mon YYYY') || CASE WHEN month = :'programme' THEN ' *' ELSE '' END AS "month",
	round(crs(crs)::numeric, 1) AS "CRS %", drawn AS "55        65        75        85",
	CASE WHEN crs(crs) > l.upper THEN 'above' WHEN crs(crs) < l.lower THEN 'below' ELSE '' END AS "signal"
FROM month_tally,
	(SELECT control_chart(crs ORDER BY week) AS chart
		FROM (SELECT period_start('week', day) AS week, sum(crs) AS crs FROM survey_day
			WHERE day >= '2024-12-30' AND day < '2025-03-31' GROUP BY 1) AS weeks) AS b,
	control_limits(chart, crs) AS l,
	LATERAL (SELECT string_agg(CASE WHEN i = round(crs(crs)) THEN CASE WHEN out_of_control THEN 'X' ELSE 'o' END
			WHEN i IN (round(l.lower), round(l.upper)) THEN '|' WHEN i = round((chart).center) THEN ':'
			ELSE ' ' END, '' ORDER BY i) AS drawn
		FROM generate_series(55, 85) AS i) AS d
ORDER BY month_tally.month;

-- --- 19. few answers ------------------------------------------------------------------------------

\echo 'Where is recovery best? By the raw share groups of few answers come first. Drawn'
\echo 'towards the mean of all, the more the fewer answers they have, they do not:'
\echo
\pset title '19. Recovery satisfaction of the last week, the seven highest raw shares'
WITH part AS (
	SELECT channel, failure_type, compensation, csat_tally(csat) AS t
	FROM survey_response JOIN recovery_case USING (case_id)
	WHERE responded_at >= :'week_ago' GROUP BY 1, 2, 3
)
SELECT channel, failure_type AS "failure", compensation AS "gave", responses(t) AS "n",
	round(csat(t)::numeric, 1) AS "raw %", format_interval(e) AS "shrunken %",
	rank() OVER (ORDER BY estimate DESC) AS "rank"
FROM part, (SELECT rate_prior(t) AS prior FROM part) AS p, shrunken_interval(t, prior) AS e
WHERE responses(t) > 0
ORDER BY csat(t) DESC, responses(t), channel, failure_type, compensation LIMIT 7;
\pset title
