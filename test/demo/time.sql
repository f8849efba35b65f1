-- time.sql: how long it takes, open cases counted as open, and who waited for whom.

-- --- 20. how long it takes ----------------------------------------------------------------

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

\pset title '20. Until it is solved: cases of the quarter before, and of this one'
SELECT CASE WHEN is_now THEN 'now' ELSE 'before' END AS "opened",
	subjects(life) AS "cases", censored(life) AS "open",
	to_char(median_time(life), 'FMDD "d" HH24:MI') AS "median",
	to_char(time_quantile(life, 0.9), 'FMDD "d" HH24:MI') AS "90 % by",
	round(resolved_within(life, '1 day')::numeric, 1) AS "1 d %",
	round(resolved_within(life, '3 days')::numeric, 1) AS "3 d %",
	round(resolved_within(life, '7 days')::numeric, 1) AS "7 d %"
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

-- --- 21. who waited for whom -----------------------------------------------------------------------

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

\pset title '21. Who waited for whom, in hours'
SELECT opened AS "opened", count(requester_wait) AS "solved",
	round(avg(requester_wait), 1) AS "they wait", round(avg(agent_work), 1) AS "we work",
	round(avg(on_hold), 1) AS "hold", round(avg(agent_wait), 1) AS "we wait",
	round(rate(coalesce(resolved_at, :'as_of') <= promised_by)
		FILTER (WHERE coalesce(resolved_at, promised_by) < :'as_of')::numeric, 1) AS "kept %",
	round(rate(kept)::numeric, 1) AS "paused %"
FROM waited GROUP BY opened ORDER BY opened;
\pset title
\echo 'kept: solved when promised, 72 hours before the programme and 24 since;'
\echo 'paused: the same if the clock stands still while it is the customer''s turn. New'
\echo 'and open is our work; while a carrier has it on hold, the customer waits too.'
\echo
