-- change.sql: parts of a change, and a comparison within strata, in one PostgreSQL process.
-- The form is described in compare.

--= Parts of a change, 10,000 segments
--: set
CREATE TABLE IF NOT EXISTS change_segments AS
SELECT array_agg(i::text) AS segments, array_agg(tally(0, 1, ARRAY[i % 7, i % 11])) AS current,
	array_agg(tally(0, 1, ARRAY[i % 5, i % 3])) AS baseline
FROM generate_series(1, 10000) i;
CREATE TABLE IF NOT EXISTS change_rows AS SELECT i::text AS segment, tally(0, 1, ARRAY[i % 7, i % 11]) AS current,
	tally(0, 1, ARRAY[i % 5, i % 3]) AS baseline FROM generate_series(1, 10000) i;
--: ours: change_parts over arrays
SELECT count(*), round(sum(rate_effect)::numeric, 6), round(sum(mix_effect)::numeric, 6)
FROM change_segments, change_parts(segments, current, baseline, 'rate');
--: rival: shares, values and effects in plain SQL, without bounds and p
SELECT count(*), round(sum((w0 + w1) / 2 * (m1 - m0))::numeric, 6),
	round(sum((w1 - w0) * ((m0 + m1) / 2 - (a1 + a0) / 2))::numeric, 6)
FROM (SELECT w0, w1, a0, a1, coalesce(m0, m1) AS m0, coalesce(m1, m0) AS m1
	FROM (SELECT n1 / sum(n1) OVER () AS w1, n0 / sum(n0) OVER () AS w0, 100 * x1 / nullif(n1, 0) AS m1,
			100 * x0 / nullif(n0, 0) AS m0, 100 * sum(x1) OVER () / sum(n1) OVER () AS a1,
			100 * sum(x0) OVER () / sum(n0) OVER () AS a0
		FROM (SELECT responses(current)::float8 AS n1, responses(baseline)::float8 AS n0,
			(counts(current))[2]::float8 AS x1, (counts(baseline))[2]::float8 AS x0 FROM change_rows) r) s
	WHERE w1 > 0 OR w0 > 0) p;
--: rival: unnest of the same arrays [other answers]
SELECT count(*) FROM change_segments, unnest(segments, current, baseline) AS u(s, c, b);

--= Comparison within strata
--: ours: adjusted_test of rate_tally FILTER, by group
SELECT round((adjusted_test(a, b, 'rate')).difference::numeric, 9)
FROM (SELECT rate_tally(csat >= 4) FILTER (WHERE nps >= 7) AS a, rate_tally(csat >= 4) FILTER (WHERE nps < 7) AS b
	FROM responses GROUP BY g) s;
--: rival: count FILTER by group, the formula in plain SQL
SELECT round(100 * (sum((x1 * n0 - x0 * n1) / (n1 + n0)) / sum(n1 * n0 / (n1 + n0)))::numeric, 9)
FROM (SELECT count(csat) FILTER (WHERE nps >= 7)::float8 AS n1, count(csat) FILTER (WHERE nps < 7)::float8 AS n0,
		count(*) FILTER (WHERE csat >= 4 AND nps >= 7)::float8 AS x1,
		count(*) FILTER (WHERE csat >= 4 AND nps < 7)::float8 AS x0
	FROM responses GROUP BY g) s
WHERE n1 > 0 AND n0 > 0;
