-- life.sql: how long it takes, in one PostgreSQL process.  percentile_cont and tdigest
-- cannot treat open cases, so their answers differ: they count all cases as finished.

--= Median of durations
--: ours: median_time(life_table(d, observed))
SELECT median_time(life_table(d, observed)) FROM durations;
--: rival: percentile_cont(0.5), intervals [bar 0.35, other answers]
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY d) FROM durations;
--: rival: percentile_cont(0.5), seconds as float8 [other answers]
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FROM durations;
--: rival: tdigest_percentile, compression 100 [bar 1.00, other answers, needs tdigest]
SELECT tdigest_percentile(seconds, 100, 0.5) FROM durations;
--: rival: avg(seconds) [other answers]
SELECT avg(seconds) FROM durations;

--= Median of durations, nobody open
--: ours: median_time(life_table(d, true))
SELECT extract(epoch FROM median_time(life_table(d, true))) / 1000000000000::float8 FROM durations;
--: rival: percentile_disc(0.5) [other answers]
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY d) FROM durations;

--= Median from start to finish
--: ours: resolution_time(start, finish, as_of)
SELECT resolution_time(start, finish, '2026-06-01 00:00Z') FROM durations;
--: rival: percentile_cont(0.5) of finish - start [other answers]
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY finish - start) FROM durations;

--= Medians of 10,000 groups
--: set
SET work_mem = '1GB';
--: ours: median_time(life_table(d, observed))
SELECT sum(extract(epoch FROM m)) > 0
FROM (SELECT g, median_time(life_table(d, observed)) AS m FROM durations_grouped GROUP BY g) AS medians;
--: rival: percentile_cont(0.5)
SELECT sum(extract(epoch FROM m)) > 0
FROM (SELECT g, percentile_cont(0.5) WITHIN GROUP (ORDER BY d) AS m FROM durations_grouped GROUP BY g) AS medians;
