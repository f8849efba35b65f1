-- serial.sql: comparisons in one PostgreSQL process.  The form is described in
-- compare; "ours" is measured against each rival.

--= NPS
--: ours: nps(nps)
SELECT nps(nps) FROM responses;
--: rival: count(nps) [bar 1.05, other answers]
SELECT count(nps) FROM responses;
--: rival: FILTER [bar 0.78]
SELECT 100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses;

--= NPS, jit on
--: set
SET jit = on;
--: ours: nps(nps)
SELECT nps(nps) FROM responses;
--: rival: count(nps) [other answers]
SELECT count(nps) FROM responses;
--: rival: FILTER
SELECT 100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses;

--= Four KPIs
--: ours: nps, csat, ces, ces_easy
SELECT nps(nps), csat(csat), ces(ces), ces_easy(ces) FROM responses;
--: rival: FILTER and avg [bar 0.60]
SELECT 100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps),
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	avg(ces),
	100.0 * count(*) FILTER (WHERE ces >= 5) / count(ces)
FROM responses;

--= One pass
--: ours: nps, nps_tally, share(nps_tally)
SELECT nps(nps), nps_tally(nps), share(nps_tally(nps), 9, 10) FROM responses;
--: rival: nps(nps) alone [bar 1.05, other answers]
SELECT nps(nps) FROM responses;
--: check
SELECT 100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps),
	(SELECT format('0..10:{%s}', string_agg(n::text, ',' ORDER BY nps))
		FROM (SELECT nps, count(*) AS n FROM responses WHERE nps IS NOT NULL GROUP BY nps) AS points),
	100.0 * count(*) FILTER (WHERE nps >= 9) / count(nps)
FROM responses;

--= Month x channel
--: ours: period_start, csat, nps
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;
--: rival: date_trunc in a zone, FILTER, converted per group [bar 0.40]
SELECT (date_trunc('month', responded_at, 'Europe/Berlin') AT TIME ZONE 'Europe/Berlin')::date, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_at, 'Europe/Berlin'), channel;
--: rival: the same, written as ours is: GROUP BY 1, 2 [bar 0.40]
SELECT (date_trunc('month', responded_at, 'Europe/Berlin') AT TIME ZONE 'Europe/Berlin')::date AS month, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY 1, 2;
--: rival: date_trunc of AT TIME ZONE, GROUP BY 1, 2 [bar 0.40]
SELECT date_trunc('month', responded_at AT TIME ZONE 'Europe/Berlin')::date AS month, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY 1, 2;

--= Month x channel, jit on
--: set
SET jit = on;
--: ours: period_start, csat, nps
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;
--: rival: date_trunc in a zone, FILTER
SELECT (date_trunc('month', responded_at, 'Europe/Berlin') AT TIME ZONE 'Europe/Berlin')::date, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_at, 'Europe/Berlin'), channel;
--: rival: the same, written as ours is: GROUP BY 1, 2 [bar 0.40]
SELECT (date_trunc('month', responded_at, 'Europe/Berlin') AT TIME ZONE 'Europe/Berlin')::date AS month, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY 1, 2;
--: rival: date_trunc of AT TIME ZONE, GROUP BY 1, 2 [bar 0.40]
SELECT date_trunc('month', responded_at AT TIME ZONE 'Europe/Berlin')::date AS month, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY 1, 2;

--= Month x channel, channel a number
--: set
SET jit = off;
--: ours: period_start, csat, nps
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel_id, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;
--: rival: date_trunc in a zone, FILTER
SELECT (date_trunc('month', responded_at, 'Europe/Berlin') AT TIME ZONE 'Europe/Berlin')::date, channel_id,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_at, 'Europe/Berlin'), channel_id;

--= Month x channel, channel a number, jit on
--: set
SET jit = on;
--: ours: period_start, csat, nps
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel_id, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;
--: rival: date_trunc in a zone, FILTER
SELECT (date_trunc('month', responded_at, 'Europe/Berlin') AT TIME ZONE 'Europe/Berlin')::date, channel_id,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_at, 'Europe/Berlin'), channel_id;

--= Month x channel, the session in Europe/Berlin
--: set
SET timezone = 'Europe/Berlin';
--: ours: period_start, csat, nps
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;
--: rival: date_trunc of the session, FILTER
SELECT date_trunc('month', responded_at)::date, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_at), channel;

--= Month x channel, all in UTC
--: set
SET timezone = 'UTC';
--: ours: period_start, csat, nps
SELECT period_start('month', responded_at, 'UTC') AS month, channel, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;
--: rival: date_trunc of the session, FILTER
SELECT date_trunc('month', responded_at)::date, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_at), channel;

--= Month x channel, rows in order of time
--: ours: period_start, csat, nps
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel, csat(csat), nps(nps)
FROM responses_by_time GROUP BY 1, 2;
--: rival: date_trunc in a zone, FILTER
SELECT (date_trunc('month', responded_at, 'Europe/Berlin') AT TIME ZONE 'Europe/Berlin')::date, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses_by_time GROUP BY date_trunc('month', responded_at, 'Europe/Berlin'), channel;

--= 30-day rolling NPS of daily tallies
--: ours: nps(sum(tally) OVER)
SELECT day, nps(sum(t) OVER (ORDER BY day ROWS 29 PRECEDING))
FROM (SELECT period_start('day', responded_at, 'Europe/Berlin') AS day, nps_tally(nps) AS t
	FROM responses GROUP BY 1) AS days;
--: rival: sums of daily counts OVER, date_trunc
SELECT day, 100.0 * (sum(promoters) OVER month - sum(detractors) OVER month) / sum(answers) OVER month
FROM (SELECT (date_trunc('day', responded_at, 'Europe/Berlin') AT TIME ZONE 'Europe/Berlin')::date AS day,
		count(*) FILTER (WHERE nps >= 9) AS promoters,
		count(*) FILTER (WHERE nps <= 6) AS detractors,
		count(nps) AS answers
	FROM responses GROUP BY date_trunc('day', responded_at, 'Europe/Berlin')) AS days
WINDOW month AS (ORDER BY day ROWS 29 PRECEDING);
--: rival: sums of daily counts OVER, days by period_start
SELECT day, 100.0 * (sum(promoters) OVER month - sum(detractors) OVER month) / sum(answers) OVER month
FROM (SELECT period_start('day', responded_at, 'Europe/Berlin') AS day,
		count(*) FILTER (WHERE nps >= 9) AS promoters,
		count(*) FILTER (WHERE nps <= 6) AS detractors,
		count(nps) AS answers
	FROM responses GROUP BY 1) AS days
WINDOW month AS (ORDER BY day ROWS 29 PRECEDING);

--= Moving window of 10,000 rows, over 1 % of the rows [rows thrown away]
--: ours: nps(nps) OVER
SELECT responded_at, nps(nps) OVER (ORDER BY responded_at ROWS BETWEEN 9999 PRECEDING AND CURRENT ROW)
FROM one_percent;
--: rival: count(*) FILTER OVER
SELECT responded_at, 100.0 * (count(*) FILTER (WHERE nps >= 9) OVER moving
	- count(*) FILTER (WHERE nps <= 6) OVER moving) / nullif(count(nps) OVER moving, 0)
FROM one_percent
WINDOW moving AS (ORDER BY responded_at ROWS BETWEEN 9999 PRECEDING AND CURRENT ROW);

--= Groups of 10 rows, in memory [rows thrown away]
--: set
SET work_mem = '2GB';
--: ours: nps(nps)
SELECT g, nps(nps) FROM responses GROUP BY g;
--: rival: avg(nps) [bar 1.20, other answers]
SELECT g, avg(nps) FROM responses GROUP BY g;
--: rival: FILTER
SELECT g, 100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6))
	/ nullif(count(nps), 0)
FROM responses GROUP BY g;

--= Groups of 10 rows, work_mem 64 MB [rows thrown away]
--: ours: nps(nps)
SELECT g, nps(nps) FROM responses GROUP BY g;
--: rival: avg(nps) [other answers]
SELECT g, avg(nps) FROM responses GROUP BY g;
