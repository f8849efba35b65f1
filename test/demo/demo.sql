-- What the demo prints: from the tables of generate.sql to the figures of a recovery
-- programme.  Made for 80 columns.

SET timezone = 'UTC';
\pset format aligned
\pset linestyle ascii
\pset border 1
\pset footer off
\pset null '-'

SELECT as_of, programme_at::date AS programme, before_from::date, now_from::date,
	as_of - interval '7 days' AS week_ago, as_of - interval '30 days' AS month_ago
FROM story \gset
SELECT to_char((SELECT count(*) FROM customer), 'FM999,999') AS customers,
	to_char((SELECT count(*) FROM purchase), 'FM999,999') AS purchases,
	to_char((SELECT count(*) FROM recovery_case), 'FM999,999') AS cases,
	to_char((SELECT count(*) FROM survey_response), 'FM999,999') AS answers \gset

\echo
\echo 'A retailer, its failures and its recovery programme'
\echo '==================================================='
\echo
\echo 'Fourteen months of a made-up online retailer:' :customers 'customers,' :purchases
\echo 'orders,' :cases 'complaints,' :answers 'answered surveys. In spring deliveries are'
\echo 'late, payments fail and wrong items are sent. In September 2025 a recovery'
\echo 'programme starts: one contact owner, rules for compensation, call-backs.'
\echo
\echo 'First, every day''s answers are counted, once. A tally holds how many chose'
\echo 'each score; tallies add up, and every KPI can be read from them later:'
\echo

CREATE EXTENSION recovery_kpi;

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

-- --- 1. month by month ---------------------------------------------------------------

\echo
\echo 'Added up by month they make the scorecard. CRS is Customer Recovery'
\echo 'Satisfaction: of those who complained and answered, the share satisfied (4 or 5'
\echo 'of 5) with how it was put right. The interval says how sure the figure is.'
\echo

\pset title '1. The scorecard, month by month (* = the programme starts)'
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

-- --- 2. before and now ------------------------------------------------------------------

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

\pset title '2. Before the programme (Jun - Aug) and now (Dec - Feb)'
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

-- --- 3. channels ------------------------------------------------------------------------

\echo 'Where is there still work to do? Channels with fewer than 30 answers show'
\echo 'nothing (suppress()): so few say little, and might give a customer away.'
\echo

\pset title '3. The last quarter by channel'
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

-- --- 4. how long it takes ----------------------------------------------------------------

\echo 'How long does it take? Averages of closed cases leave out what is still open. A'
\echo 'life table counts open cases as open:'
\echo

CREATE TABLE case_life AS
SELECT period_start('day', opened_at, 'UTC') AS day, channel,
       life_table(opened_at, resolved_at, :'as_of') AS life
FROM recovery_case
GROUP BY 1, 2
\p
;
COMMENT ON TABLE case_life IS
'Life tables of the cases opened on each day in each channel, as of the end of the data: how long until resolved, open cases censored.';

\pset title '4. Until it is solved: cases of the quarter before, and of this one'
SELECT CASE WHEN is_now THEN 'now' ELSE 'before' END AS "opened",
	subjects(life) AS "cases", censored(life) AS "open",
	to_char(median_time(life), 'FMDD "d" HH24:MI') AS "median",
	to_char(time_quantile(life, 0.9), 'FMDD "d" HH24:MI') AS "90 % by",
	round(resolved_within(life, '1 day')::numeric, 1) AS "in 1 d %",
	round(resolved_within(life, '3 days')::numeric, 1) AS "in 3 d %",
	round(resolved_within(life, '7 days')::numeric, 1) AS "in 7 d %"
FROM (SELECT day >= :'now_from' AS is_now, sum(life) AS life FROM case_life
	WHERE day >= :'now_from' OR (day >= :'before_from' AND day < :'programme') GROUP BY 1) AS quarters
ORDER BY is_now;
\pset title

\echo 'Half of the cases are solved by the median. The days of a table of life tables'
\echo 'add up to any period, as tallies do. Is the difference real? logrank_test():'
\echo

SELECT to_char(statistic, 'FM9990.0') AS "chi-square", round(difference::numeric, 1) AS "hours of the median",
	CASE WHEN p_value < 0.001 THEN '<0.001' ELSE round(p_value::numeric, 3)::text END AS "p"
FROM (SELECT sum(life) FILTER (WHERE day >= :'now_from') AS now,
	sum(life) FILTER (WHERE day >= :'before_from' AND day < :'programme') AS before FROM case_life) AS q,
	logrank_test(now, before);

-- --- 5. the same customers ------------------------------------------------------------------

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

\pset title '5. % satisfied before and after the complaint, the same customers'
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

-- --- 6. the paradox ---------------------------------------------------------------------------

\echo 'Is a customer whom we recovered more satisfied than one we never failed? The'
\echo 'service recovery paradox says so. Recovered means: solved as promised and not'
\echo 'reopened, whatever the customer says.'
\echo

CREATE TEMP TABLE history AS
SELECT CASE WHEN cases IS NULL THEN 'never failed' WHEN kept THEN 'recovered' ELSE 'not recovered' END AS history,
	csat_tally(csat) AS answers
FROM (SELECT DISTINCT ON (customer_id) customer_id, responded_at, csat FROM survey_response
		WHERE case_id IS NULL AND csat IS NOT NULL AND responded_at >= :'programme'
		ORDER BY customer_id, responded_at DESC) AS s
	LEFT JOIN LATERAL (
		SELECT count(*) AS cases, bool_and(coalesce(resolved_at <= promised_by, false) AND reopened_at IS NULL) AS kept
		FROM recovery_case WHERE customer_id = s.customer_id AND opened_at < s.responded_at
		HAVING count(*) > 0) AS c ON true
GROUP BY 1;

\pset title '6. Satisfaction with the last order since the programme, by history'
SELECT history AS "history", responses(answers) AS "answers",
	round(csat(answers)::numeric, 1) AS "satisfied %", round(mean(answers)::numeric, 2) AS "mean of 5"
FROM history ORDER BY mean(answers) DESC;
\pset title
SELECT round(mean_difference::numeric, 3) AS "recovered - never failed",
	round(lower::numeric, 3) || ' to ' || round(upper::numeric, 3) AS "95 % interval",
	round(hedges_g::numeric, 2) AS "Hedges' g", CASE WHEN paradox THEN 'yes' ELSE 'not shown' END AS "paradox"
FROM (SELECT sum(answers) FILTER (WHERE history = 'recovered') AS r,
		sum(answers) FILTER (WHERE history = 'never failed') AS n FROM history) AS g, recovery_paradox(r, n);

-- --- 7. the control chart -----------------------------------------------------------------------

\echo 'When did CRS leave its usual range? Limits (|) and centre (:) are those of the'
\echo 'months before the programme; o is a month within them, X one outside.'
\echo

\pset title '7. CRS by month against its control limits (* = the programme starts)'
SELECT to_char(month, 'Mon YYYY') || CASE WHEN month = :'programme' THEN ' *' ELSE '' END AS "month",
	round(crs(crs)::numeric, 1) AS "CRS %", drawn AS "55        65        75        85",
	CASE WHEN crs(crs) > l.upper THEN 'above' WHEN crs(crs) < l.lower THEN 'below' ELSE '' END AS "signal"
FROM month_tally,
	(SELECT control_chart(crs ORDER BY month) FILTER (WHERE month < :'programme') AS chart FROM month_tally) AS b,
	control_limits(chart, crs) AS l,
	LATERAL (SELECT string_agg(CASE WHEN i = round(crs(crs)) THEN CASE WHEN out_of_control THEN 'X' ELSE 'o' END
			WHEN i IN (round(l.lower), round(l.upper)) THEN '|' WHEN i = round((chart).center) THEN ':'
			ELSE ' ' END, '' ORDER BY i) AS drawn
		FROM generate_series(55, 85) AS i) AS d
ORDER BY month_tally.month;

-- --- 8. what recovery is worth -------------------------------------------------------------------

\echo
\echo 'What is a recovered customer worth? Each customer''s purchases make a history,'
\echo 'all histories one model (BG/NBD and gamma-gamma), the model a value for each:'
\echo

CREATE TABLE history_of_customer AS
SELECT customer_id, purchase_history(purchased_at, amount, :'as_of') AS history
FROM purchase GROUP BY customer_id;
COMMENT ON TABLE history_of_customer IS 'Purchase histories as of the end of the data.';

CREATE TABLE customer_model AS SELECT clv_model(history) AS model FROM history_of_customer;
COMMENT ON TABLE customer_model IS 'BG/NBD and gamma-gamma fitted to all purchase histories.';

\pset title '8. Value of the coming 12 months, at 1 % a month'
SELECT CASE WHEN recovered IS NULL THEN 'no complaint' WHEN recovered THEN 'recovered' ELSE 'not recovered' END
	AS "customers",
	count(*) AS "number", round(avg(probability_alive(model, history))::numeric, 2) AS "alive",
	round(avg(expected_purchases(model, history, 52))::numeric, 2) AS "orders a year",
	round(avg(expected_spend(model, history))::numeric, 2) AS "each",
	round(avg(clv(model, history, 12, 0.01))::numeric, 1) AS "value"
FROM history_of_customer
	LEFT JOIN (SELECT DISTINCT ON (customer_id) customer_id,
		coalesce(resolved_at <= promised_by, false) AND reopened_at IS NULL AS recovered
		FROM recovery_case WHERE opened_at >= :'programme'
		ORDER BY customer_id, opened_at) AS first_case USING (customer_id),
	customer_model
GROUP BY recovered ORDER BY avg(clv(model, history, 12, 0.01)) DESC;
\echo 'By the first complaint since the programme: solved as promised and not reopened,'
\echo 'or not. Who buys more has more to complain about: do not compare with the third.'
\echo

-- --- 9. what they write, and what moves them ------------------------------------------------------

\echo 'What do they write? Sentiment of comments about recoveries, -1 to 1, by quarter:'
\echo
\pset title '9. Comments about recoveries'
SELECT to_char(period_start('quarter', responded_at, 'UTC'), 'YYYY "Q"Q') AS "quarter", count(comment) AS "comments",
	round(avg(sentiment(comment))::numeric, 2) AS "sentiment",
	round(100.0 * count(*) FILTER (WHERE sentiment(comment) >= 0.05) / count(comment), 1) AS "positive %",
	round(100.0 * count(*) FILTER (WHERE sentiment(comment) <= -0.05) / count(comment), 1) AS "negative %",
	round(crs(csat)::numeric, 1) AS "CRS %"
FROM survey_response WHERE case_id IS NOT NULL
GROUP BY 1 ORDER BY 1;

\echo 'And what moves satisfaction with a recovery? Least squares, and each factor''s'
\echo 'share of what they explain together (Johnson''s relative weights):'
\echo
\pset title '10. Drivers of satisfaction with the recovery'
SELECT factor AS "factor", round(correlation::numeric, 2) AS "correlation",
	round(coefficient::numeric, 2) AS "points per point",
	CASE WHEN p_value < 0.001 THEN '<0.001' ELSE round(p_value::numeric, 3)::text END AS "p",
	round(vif::numeric, 2) AS "VIF", round(share::numeric, 1) AS "share %"
FROM (SELECT driver_model(csat, ARRAY[speed, effectiveness, compensation_value]::float8[]) AS model
		FROM survey_response WHERE case_id IS NOT NULL) AS m,
	driver_importance(model, ARRAY['speed', 'effectiveness', 'compensation'])
ORDER BY share DESC;
\pset title
\echo 'Importance is not cause: it says what goes along with satisfaction.'
\echo

-- --- 11. who waited for whom -----------------------------------------------------------------------

\echo 'Who waited for whom? The events of a case make a clock, and a set of statuses'
\echo 'a measure. Here until a case was solved first, cases of the quarter before and'
\echo 'of this one, on average in hours:'
\echo

CREATE TABLE case_clock AS
SELECT case_id, status_clock(status, at, sequence) AS clock
FROM case_event
GROUP BY case_id
\p
;
COMMENT ON TABLE case_clock IS 'The events of each case as one value.';

CREATE TEMP TABLE waited AS
SELECT CASE WHEN opened_at >= :'now_from' THEN 'now' ELSE 'before' END AS opened, resolved_at, promised_by, hours.*,
	promise_kept(clock, promised_by - opened_at, '{solved}', '{pending}', NULL, :'as_of') AS kept
FROM recovery_case JOIN case_clock USING (case_id)
	LEFT JOIN LATERAL (SELECT
		extract(epoch FROM time_in(clock, '{new,open,hold}', NULL, resolved_at)) / 3600 AS requester_wait,
		extract(epoch FROM time_in(clock, '{new,open}', NULL, resolved_at)) / 3600 AS agent_work,
		extract(epoch FROM time_in(clock, '{hold}', NULL, resolved_at)) / 3600 AS on_hold,
		extract(epoch FROM time_in(clock, '{pending}', NULL, resolved_at)) / 3600 AS agent_wait
		WHERE resolved_at IS NOT NULL) AS hours ON true
WHERE opened_at >= :'now_from' OR (opened_at >= :'before_from' AND opened_at < :'programme');

\pset title '11. Who waited for whom, in hours'
SELECT opened AS "opened", count(requester_wait) AS "solved",
	round(avg(requester_wait), 1) AS "customer waits", round(avg(agent_work), 1) AS "we work",
	round(avg(on_hold), 1) AS "on hold", round(avg(agent_wait), 1) AS "we wait",
	round(rate(coalesce(resolved_at, :'as_of') <= promised_by)
		FILTER (WHERE coalesce(resolved_at, promised_by) < :'as_of')::numeric, 1) AS "on time %",
	round(rate(kept)::numeric, 1) AS "paused %"
FROM waited GROUP BY opened ORDER BY opened;
\pset title
\echo 'on time: solved when promised, 72 hours before the programme and 24 since; paused:'
\echo 'the same if the clock stands still while it is the customer''s turn. New and open'
\echo 'is our work; while a carrier has it on hold, the customer waits too.'
\echo
