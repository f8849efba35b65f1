-- views.sql: the story as a BI tool tells it, from the views of create_kpi_views.

\echo 'One call makes views over the tables, for any BI tool: built-in types, a comment'
\echo 'on each view and column. A dimension is any column of cases or answers:'
\echo

CREATE EXTENSION recovery_kpi;
SELECT create_kpi_views('kpi', as_of => :'as_of',
	dimensions => '{channel,failure_type,compensation,team}') AS "views"
\p
\echo
;

-- A figure in few characters; a p in three decimals.
CREATE FUNCTION pg_temp.said(value double precision) RETURNS text IMMUTABLE PARALLEL SAFE
RETURN round(value::numeric, CASE WHEN abs(value) >= 1000 THEN 0 WHEN abs(value) >= 100 THEN 1 ELSE 2 END)::text;
CREATE FUNCTION pg_temp.p_said(p double precision) RETURNS text IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p < 0.001 THEN '<0.001' ELSE round(p::numeric, 3)::text END;

-- --- where we stand ------------------------------------------------------------------

-- Views count the raw rows with each query; what is asked more than once is kept.
CREATE TEMP TABLE scorecard AS SELECT * FROM kpi.kpi_scorecard;
CREATE TEMP TABLE by_period AS SELECT * FROM kpi.kpi_by_period;
CREATE TEMP TABLE trend AS SELECT * FROM kpi.kpi_trend;
CREATE TEMP TABLE change AS SELECT * FROM kpi.kpi_change;
CREATE TEMP TABLE queue AS SELECT * FROM kpi.case_queue;
CREATE TEMP TABLE calls AS SELECT * FROM kpi.follow_up_due;

\pset title '1. Where do we stand? kpi_scorecard'
SELECT kpi AS "kpi", to_char(period_start, 'Mon') AS "in", pg_temp.said(value) AS "value",
	pg_temp.said(lower) || ' - ' || pg_temp.said(upper) AS "95 % interval", target AS "target",
	status || CASE WHEN sure THEN ' !' ELSE '' END AS "status"
FROM scorecard;
\pset title
\echo '! the interval excludes the target: the status is not chance. What needs time'
\echo 'has an older month: who was helped in February may still buy within its 30 days.'
\echo 'Times are in hours, open cases counted as open, without the time in which it was'
\echo 'the customer''s or a third party''s turn. What each KPI counts, and why:'
\echo 'SELECT * FROM kpi_catalog. The views: \\dv+ kpi.*'
\echo

\pset title '2. What changed since the month before, or since last year? (p < 0.05)'
SELECT kpi AS "kpi", pg_temp.said(value) AS "value", pg_temp.said(previous_value) AS "before",
	pg_temp.p_said(p_value) AS "p", pg_temp.said(last_year_value) AS "last year",
	pg_temp.p_said(last_year_p_value) AS "p of it"
FROM scorecard WHERE p_value < 0.05 OR last_year_p_value < 0.05;
\pset title
\echo 'More promises are broken than a year ago: the programme promises 24 hours, and'
\echo 'before it was 72. Month by month:'
\echo

\pset title '3. Month by month: kpi_by_period (* = the programme starts, ... = not complete)'
SELECT to_char(period_start, 'Mon YYYY') || CASE WHEN period_start = :'programme' THEN ' *' ELSE '' END
		|| CASE WHEN bool_and(complete) THEN '' ELSE ' ...' END AS "month",
	max(pg_temp.said(value)) FILTER (WHERE kpi = 'crs') AS "CRS %",
	max(pg_temp.said(value)) FILTER (WHERE kpi = 'promise_kept') AS "kept %",
	max(pg_temp.said(value)) FILTER (WHERE kpi = 'requester_wait') AS "wait h",
	max(pg_temp.said(value)) FILTER (WHERE kpi = 'resolved_for_good') AS "for good %",
	max(pg_temp.said(value)) FILTER (WHERE kpi = 'follow_up_rate') AS "called %",
	max(value) FILTER (WHERE kpi = 'case_volume') AS "cases",
	max(value) FILTER (WHERE kpi = 'open_cases') AS "open"
FROM by_period
WHERE kpi IN ('crs', 'promise_kept', 'requester_wait', 'resolved_for_good', 'follow_up_rate', 'case_volume',
	'open_cases') AND period_start < :'as_of'
GROUP BY period_start ORDER BY by_period.period_start;
\pset title
\echo 'kept: promises; wait: the customer''s, until solved; for good: neither reopened'
\echo 'nor back within 30 days; called: unsatisfied customers, in two working days.'
\echo

\pset title '4. Which months are out of the ordinary? kpi_trend'
SELECT kpi AS "kpi", to_char(period_start, 'Mon YYYY') AS "month", pg_temp.said(value) AS "value",
	pg_temp.said(lower_limit) || ' - ' || pg_temp.said(upper_limit) AS "control limits", signal AS "signal"
FROM trend WHERE signal IS NOT NULL ORDER BY kpi, period_start;
\pset title
\echo 'Limits need twelve months before the one that is judged; these twelve hold a'
\echo 'crisis and a recovery, and are wide. Limits of quiet weeks are in table 18.'
\echo

-- --- why, who, and whom ------------------------------------------------------------------

\pset title '5. Why did calls change? kpi_change, by channel of the case'
SELECT segment AS "channel", round(baseline_share::numeric) || ' -> ' || round(current_share::numeric) AS "share %",
	pg_temp.said(baseline_value) || ' -> ' || pg_temp.said(current_value) AS "called %",
	to_char(rate_effect, 'S90.00') AS "by calls", to_char(mix_effect, 'S90.00') AS "by share",
	pg_temp.p_said(p_value) AS "p"
FROM change WHERE kpi = 'follow_up_rate' AND dimension = 'channel' ORDER BY baseline_share DESC;
\pset title
\echo 'The points add up to the change among answers about cases; those about orders'
\echo 'have no channel. p allows for the number of channels.'
\echo

\pset title '6. Who waits for whom? case_queue'
SELECT coalesce(waiting_for, 'all') AS "waiting for", count(*) AS "open",
	count(*) FILTER (WHERE overdue_hours > 0) AS "overdue", round(max(age_hours) / 24) AS "oldest, days",
	count(*) FILTER (WHERE age_hours < 240) AS "below 10 days",
	count(*) FILTER (WHERE overdue_hours BETWEEN -24 AND 0) AS "due in 24 h"
FROM queue GROUP BY ROLLUP (waiting_for) ORDER BY grouping(waiting_for), count(*) DESC;
\pset title '   The next that are due, and wait for us'
SELECT case_id AS "case", current_status AS "status", to_char(due_at, 'Mon DD HH24:MI') AS "due",
	round(-overdue_hours::numeric, 1) AS "hours left", channel AS "channel", failure_type AS "failure"
FROM queue WHERE waiting_for = 'company' AND overdue_hours < 0 ORDER BY overdue_hours DESC, case_id LIMIT 5;
\pset title '7. Whom should we call? follow_up_due, the last week''s'
SELECT response_id AS "answer", to_char(responded_at, 'Mon DD') AS "given", csat AS "csat",
	to_char(due_at, 'Mon DD HH24:MI') AS "call by", round(overdue_hours::numeric, 1) AS "overdue, hours",
	coalesce(channel, 'order') AS "about"
FROM calls WHERE responded_at > :'week_ago' AND csat = 1 ORDER BY overdue_hours DESC, response_id LIMIT 5;

-- --- how long, who stays, what it is worth -------------------------------------------------

\pset title '8. How long until it is solved? resolution_curve, % of cases'
SELECT age_hours AS "hours", pg_temp.said(max(resolved_share) FILTER (WHERE period_start = '2025-02-01')) AS "Feb 2025",
	pg_temp.said(max(resolved_share) FILTER (WHERE period_start = '2025-07-01')) AS "Jul 2025",
	pg_temp.said(max(resolved_share) FILTER (WHERE period_start = '2026-01-01')) AS "Jan 2026"
FROM kpi.resolution_curve WHERE age_hours IN (4, 12, 24, 72, 168, 720) GROUP BY age_hours
ORDER BY resolution_curve.age_hours;

\pset title '9. How many stay? retention_curve, % still customers'
SELECT age_days AS "days", max(pg_temp.said(retained_share) || ' (' || responses || ')')
		FILTER (WHERE customer_group = 'recovered') AS "recovered",
	max(pg_temp.said(retained_share) || ' (' || responses || ')') FILTER (WHERE customer_group = 'not recovered')
		AS "not recovered",
	max(pg_temp.said(retained_share) || ' (' || responses || ')') FILTER (WHERE customer_group = 'never failed')
		AS "never failed"
FROM kpi.retention_curve WHERE age_days IN (7, 30, 90, 180, 365) GROUP BY age_days ORDER BY retention_curve.age_days;
\pset title
\echo 'recovered: the first case was solved as promised. In brackets: the customers.'
\echo

\pset title '10. What does recovery do? recovery_effect'
SELECT substring(comparison FROM '^(?:not )?recovered') AS "customers", CASE WHEN measure = 'change, points'
		THEN 'before' ELSE 'never failed' END AS "against", CASE WHEN measure = 'change, points'
		THEN 'satisfied, %' ELSE 'mean of 1 to 5' END AS "change of",
	pg_temp.said(value) AS "change", pg_temp.said(lower) || ' to ' || pg_temp.said(upper) AS "95 %",
	pg_temp.p_said(p_value) AS "p"
FROM kpi.recovery_effect WHERE measure IN ('change, points', 'difference of means')
ORDER BY measure, comparison DESC;

\pset title '11. What is a customer worth? customer_value'
SELECT customer_group AS "customers", customers AS "number", round(mean_value) AS "value",
	pg_temp.said(raw_difference) AS "raw", pg_temp.said(adjusted_difference) AS "adjusted",
	pg_temp.said(lower) || ' to ' || pg_temp.said(upper) AS "95 %", pg_temp.p_said(p_value) AS "p"
FROM kpi.customer_value ORDER BY mean_value DESC;
\pset title
\echo 'value: a model''s expectation for 12 months. raw, adjusted: what they spent in'
\echo 'half a year, less what customers never failed did. Who buys more has more to'
\echo 'complain about: among customers with as many orders before, who was recovered'
\echo 'spends a little less than equals, and who was not recovered less than that.'
\echo

-- --- what they say ------------------------------------------------------------------------------

\pset title '12. What do they write? voice'
SELECT to_char(period_start, 'Mon YYYY') AS "month", responses AS "comments",
	pg_temp.said(sentiment) AS "sentiment", pg_temp.said(positive_share) AS "positive %",
	pg_temp.said(negative_share) AS "negative %", pg_temp.said(read_share) AS "words known"
FROM kpi.voice WHERE extract(month FROM period_start) IN (1, 4, 7, 10) ORDER BY period_start;

\pset title '13. What moves satisfaction? drivers'
SELECT factor AS "factor", pg_temp.said(correlation) AS "correlation", pg_temp.said(coefficient) AS "points per point",
	pg_temp.p_said(p_value) AS "p", pg_temp.said(vif) AS "VIF", pg_temp.said(share) AS "share %"
FROM kpi.drivers ORDER BY share DESC;
\pset title
\echo 'Importance is not cause: it says what goes along with satisfaction.'
\echo

-- --- can I trust it -----------------------------------------------------------------------------

\echo 'Which cases are behind a figure? case_list has them all, with every flag. First'
\echo 'contact resolution, counted again:'
\echo
SELECT count(first_contact) AS "judged", count(*) FILTER (WHERE first_contact) AS "at first contact",
	round(rate(first_contact)::numeric, 2) AS "case_list",
	(SELECT round(value::numeric, 2) FROM scorecard WHERE kpi = 'fcr') AS "kpi_scorecard"
FROM kpi.case_list
WHERE period_start('month', settled_at, 'UTC') = (SELECT period_start FROM scorecard WHERE kpi = 'fcr');

\echo
\echo 'And what is wrong in the sources? source_check lists what may mislead:'
\echo
SELECT rule AS "rule", rows AS "rows", regexp_replace(effect, '^.*(design effect.*)$', '\1') AS "effect"
FROM kpi.source_check;
\echo 'Answers of the same customers count as independent in the intervals; a design'
\echo 'effect near 1 says that this is right here.'
\echo
