-- duckdb.sql: the same questions to DuckDB, one thread on each side.  Its table
-- has the time twice: as timestamptz like ours, and as a plain timestamp that
-- already is local time, which spares it all work with zones.  count_if is its
-- faster way of writing count(*) FILTER.

--= NPS
--: ours: nps(nps)
SELECT nps(nps) FROM responses;
--: duckdb: DuckDB, FILTER
SELECT 100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses;
--: duckdb: DuckDB, count_if
SELECT 100.0 * (count_if(nps >= 9) - count_if(nps <= 6)) / count(nps) FROM responses;

--= Four KPIs
--: ours: nps, csat, ces, ces_easy
SELECT nps(nps), csat(csat), ces(ces), ces_easy(ces) FROM responses;
--: duckdb: DuckDB, FILTER and avg
SELECT 100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps),
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	avg(ces),
	100.0 * count(*) FILTER (WHERE ces >= 5) / count(ces)
FROM responses;

--= Month x channel
--: ours: period_start, csat, nps
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;
--: duckdb: DuckDB, timestamptz AT TIME ZONE [bar 0.80]
SELECT date_trunc('month', responded_at AT TIME ZONE 'Europe/Berlin')::date, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_at AT TIME ZONE 'Europe/Berlin'), channel;
--: duckdb: DuckDB, timestamptz in the session's zone
SELECT date_trunc('month', responded_at)::date, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_at), channel;
--: duckdb: DuckDB, plain local timestamp
SELECT date_trunc('month', responded_local)::date, channel,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_local), channel;
--: duckdb: DuckDB, plain local timestamp, count_if
SELECT date_trunc('month', responded_local)::date, channel,
	100.0 * count_if(csat >= 4) / count(csat),
	100.0 * (count_if(nps >= 9) - count_if(nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_local), channel;

--= Month x channel, channel a number
--: ours: period_start, csat, nps
SELECT period_start('month', responded_at, 'Europe/Berlin') AS month, channel_id, csat(csat), nps(nps)
FROM responses GROUP BY 1, 2;
--: duckdb: DuckDB, timestamptz AT TIME ZONE
SELECT date_trunc('month', responded_at AT TIME ZONE 'Europe/Berlin')::date, channel_id,
	100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat),
	100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
FROM responses GROUP BY date_trunc('month', responded_at AT TIME ZONE 'Europe/Berlin'), channel_id;
