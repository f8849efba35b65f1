-- parallel.sql: the same questions with two parallel workers on both sides.

--= Four KPIs, 2 workers [partial]
--: set
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
--: ours: nps, csat, ces, ces_easy
SELECT nps(nps), csat(csat), ces(ces), ces_easy(ces) FROM responses;
--: rival: FILTER and avg
SELECT 100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps),
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	avg(ces),
	100.0 * count(*) FILTER (WHERE ces >= 5) / count(ces)
FROM responses;

--= Month x channel, 2 workers [partial]
--: set
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
--: ours: period_start, csat, nps
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;
--: rival: date_trunc in a zone, FILTER
SELECT (date_trunc('month', responded_at, 'Europe/Berlin') AT TIME ZONE 'Europe/Berlin')::date, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_at, 'Europe/Berlin'), channel;
