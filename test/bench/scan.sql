-- scan.sql: the scan against the plain plan of the same query, against SQL and against DuckDB.
-- Each of ours sets the scan on, its rivals in PostgreSQL set it off.

--= Scan: month x channel
--: ours: with the scan
SET recovery_kpi.scan = on;
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;
--: rival: without it [bar 0.30]
SET recovery_kpi.scan = off;
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;
--: rival: date_trunc in a zone, FILTER
SELECT (date_trunc('month', responded_at, 'Europe/Berlin') AT TIME ZONE 'Europe/Berlin')::date, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_at, 'Europe/Berlin'), channel;
--: duckdb: DuckDB, plain local timestamp [bar 0.75]
SELECT date_trunc('month', responded_local)::date, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_local), channel;
--: duckdb: DuckDB, plain local timestamp, count_if [bar 0.75]
SELECT date_trunc('month', responded_local)::date, channel,
	100.0 * count_if(csat >= 4) / count(csat),
	100.0 * (count_if(nps >= 9) - count_if(nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_local), channel;
--: duckdb: DuckDB, timestamptz AT TIME ZONE
SELECT date_trunc('month', responded_at AT TIME ZONE 'Europe/Berlin')::date, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_at AT TIME ZONE 'Europe/Berlin'), channel;

--= Scan: NPS of a table
--: ours: with the scan
SET recovery_kpi.scan = on;
SELECT nps(nps) FROM responses;
--: rival: without it
SET recovery_kpi.scan = off;
SELECT nps(nps) FROM responses;
--: rival: count(nps) [bar 0.45, other answers]
SELECT count(nps) FROM responses;
--: duckdb: DuckDB, count_if
SELECT 100.0 * (count_if(nps >= 9) - count_if(nps <= 6)) / count(nps) FROM responses;

--= Scan: four KPIs
--: ours: with the scan
SET recovery_kpi.scan = on;
SELECT nps(nps), csat(csat), ces(ces), ces_easy(ces) FROM responses;
--: rival: without it
SET recovery_kpi.scan = off;
SELECT nps(nps), csat(csat), ces(ces), ces_easy(ces) FROM responses;
--: duckdb: DuckDB, FILTER and avg
SELECT 100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps),
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat), avg(ces),
	100.0 * count(*) FILTER (WHERE ces >= 5) / count(ces)
FROM responses;

--= Scan: NPS with a WHERE clause on one column
--: ours: with the scan
SET recovery_kpi.scan = on;
SELECT nps(nps) FROM responses WHERE channel_id = 2;
--: rival: without it [bar 0.60]
SET recovery_kpi.scan = off;
SELECT nps(nps) FROM responses WHERE channel_id = 2;
--: duckdb: DuckDB, count_if
SELECT 100.0 * (count_if(nps >= 9) - count_if(nps <= 6)) / count(nps) FROM responses WHERE channel_id = 2;

--= Scan: NPS with a WHERE clause that needs an expression
--: ours: with the scan
SET recovery_kpi.scan = on;
SELECT nps(nps) FROM responses WHERE channel_id % 3 = 1;
--: rival: without it [bar 1.10]
SET recovery_kpi.scan = off;
SELECT nps(nps) FROM responses WHERE channel_id % 3 = 1;

--= Scan: month x channel with two workers
--: ours: with the scan
SET recovery_kpi.scan = on;
SET max_parallel_workers_per_gather = 2;
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;
--: rival: the scan in one process [bar 0.60]
SET max_parallel_workers_per_gather = 0;
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;

--= Scan: month x channel with two threads on each side
--: ours: with the scan, leader and one worker
SET recovery_kpi.scan = on;
SET max_parallel_workers_per_gather = 1;
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;
--: rival: without it
SET recovery_kpi.scan = off;
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;
--: rival: date_trunc in a zone, FILTER
SELECT (date_trunc('month', responded_at, 'Europe/Berlin') AT TIME ZONE 'Europe/Berlin')::date, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_at, 'Europe/Berlin'), channel;
--: duckdb: DuckDB, plain local timestamp, count_if
SET threads = 2;
SELECT date_trunc('month', responded_local)::date, channel,
	100.0 * count_if(csat >= 4) / count(csat),
	100.0 * (count_if(nps >= 9) - count_if(nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_local), channel;
--: duckdb: DuckDB, timestamptz AT TIME ZONE
SET threads = 2;
SELECT date_trunc('month', responded_at AT TIME ZONE 'Europe/Berlin')::date, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_at AT TIME ZONE 'Europe/Berlin'), channel;

--= Scan: month x channel, the table not in shared buffers
--: ours: with the scan
ALTER TABLE responses_cold SET TABLESPACE aside;
ALTER TABLE responses_cold SET TABLESPACE pg_default;
SET recovery_kpi.scan = on;
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel, csat(csat), nps(nps)
FROM responses_cold GROUP BY 1, 2;
--: rival: without it [bar 1.10]
ALTER TABLE responses_cold SET TABLESPACE aside;
ALTER TABLE responses_cold SET TABLESPACE pg_default;
SET recovery_kpi.scan = off;
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel, csat(csat), nps(nps)
FROM responses_cold GROUP BY 1, 2;

--= Scan: NPS by channel, a table of two narrow columns
--: ours: with the scan
SET recovery_kpi.scan = on;
SELECT channel_id, nps(nps) FROM responses_narrow GROUP BY 1;
--: rival: without it [bar 1.10]
SET recovery_kpi.scan = off;
SELECT channel_id, nps(nps) FROM responses_narrow GROUP BY 1;
--: rival: count(*) FILTER
SELECT channel_id, 100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses_narrow GROUP BY 1;
--: duckdb: DuckDB, count_if
SELECT channel_id, 100.0 * (count_if(nps >= 9) - count_if(nps <= 6)) / count(nps) FROM responses GROUP BY 1;

--= Scan: groups of 10 rows [rows thrown away]
--: ours: with the scan
SET recovery_kpi.scan = on;
SELECT g, nps(nps) FROM responses GROUP BY g;
--: rival: without it [bar 1.10]
SET recovery_kpi.scan = off;
SELECT g, nps(nps) FROM responses GROUP BY g;

--= Scan: forty columns, text before the key
--: ours: with the scan
SET recovery_kpi.scan = on;
SELECT channel, nps(nps) FROM responses_wide GROUP BY 1;
--: rival: without it [bar 1.10]
SET recovery_kpi.scan = off;
SELECT channel, nps(nps) FROM responses_wide GROUP BY 1;
