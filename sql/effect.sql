\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- adjusted_test and change_reversed
--
-- Admissions at Berkeley, men against women within departments: METHODS, and Sato's variance in R
CREATE TEMP TABLE admission AS
SELECT department, tally(0, 1, ARRAY[men - men_in, men_in]) AS men,
  tally(0, 1, ARRAY[women - women_in, women_in]) AS women
  FROM (VALUES ('A', 512, 825, 89, 108), ('B', 353, 560, 17, 25), ('C', 120, 325, 202, 593), ('D', 138, 417, 131, 375),
    ('E', 53, 191, 94, 393), ('F', 22, 373, 24, 341)) v(department, men_in, men, women_in, women);
SELECT adjusted_test(men, women, 'rate'), change_reversed(men, women, 'rate'),
  (adjusted_test(women, men, 'rate')).difference, change_reversed(women, men, 'rate'),
  change_reversed(men, women, 'rate') FILTER (WHERE department > 'B') FROM admission;
SELECT rate(sum(men)) - rate(sum(women)) AS crude FROM admission;
-- the other KPIs: R's weights, Sato's variance, and for NPS and means sample variances and pseudo-answers, by hand
CREATE TEMP TABLE stratum AS SELECT * FROM (VALUES
  (1, '1..5:{3,0,4,10,12}'::tally, '1..5:{5,4,6,9,8}'::tally), (2, '1..5:{0,1,1,3,9}', '1..5:{2,2,5,20,30}'),
  (3, '1..5:{1,0,0,0,0}', '1..5:{0,0,1,2,3}'), (4, NULL, '1..5:{2,1,0,0,1}'),
  (5, '1..5:{1,1,1,1,1}', '1..5:{0,0,0,0,0}')) v(s, c, b);
CREATE TEMP TABLE eleven AS SELECT * FROM (VALUES
  (1, '0..10:{1,0,0,1,2,3,4,6,9,12,20}'::tally, '0..10:{3,1,1,2,4,6,5,8,9,7,9}'::tally),
  (2, '0..10:{0,0,0,0,0,1,0,1,2,3,6}', '0..10:{1,0,1,0,2,2,3,5,8,9,10}'),
  (3, '0..10:{0,0,0,0,0,0,0,0,0,0,1}', '0..10:{0,0,0,0,0,0,0,1,0,0,0}')) v(s, c, b);
SELECT adjusted_test(c, b, 'csat'), adjusted_test(c, b, 'csat', 4) = adjusted_test(c, b, 'csat', NULL) FROM stratum;
SELECT adjusted_test(c, b, 'csat', 5), adjusted_test(c, b, 'mean') FROM stratum;
SELECT adjusted_test(c, b, 'nps') FROM eleven;
-- one stratum: the difference of the KPIs; yes and no read as rate, csat and mean is one thing
SELECT (adjusted_test(c, b, 'csat')).difference - (csat(c) - csat(b)) < 1e-12,
  (adjusted_test(c, b, 'mean')).difference - (mean(c) - mean(b)) < 1e-12 FROM stratum WHERE s = 1 GROUP BY c, b;
SELECT adjusted_test(men, women, 'rate') = adjusted_test(men, women, 'csat', 1),
  abs((adjusted_test(men, women, 'mean')).difference * 100 - (adjusted_test(men, women, 'rate')).difference) < 1e-12
  FROM admission;
-- shifted by a whole number nothing changes, near the largest integer either
SELECT adjusted_test(c, b, 'mean') = adjusted_test(tally(2147483643, 2147483647, counts(c)),
  tally(2147483643, 2147483647, counts(b)), 'mean') FROM stratum WHERE c IS NOT NULL;
-- reversed: all answers count for the crude difference, also in strata with one side
SELECT change_reversed(c, b, 'rate'), (adjusted_test(c, b, 'rate')).difference, rate(sum(c)) - rate(sum(b))
  FROM (VALUES ('0..1:{10,30}'::tally, '0..1:{20,20}'::tally), ('0..1:{90,10}', NULL)) v(c, b);
SELECT k, change_reversed(c, b, k) FROM (VALUES ('mean'), ('csat'), ('nps')) k(k), (VALUES
  ('0..10:{9,0,0,0,0,0,0,0,0,0,1}'::tally, '0..10:{100,0,0,0,0,0,0,0,0,0,10}'::tally),
  ('0..10:{0,0,0,0,0,0,0,0,20,0,80}', '0..10:{0,0,0,0,0,0,0,0,1,0,9}')) v(c, b) GROUP BY k ORDER BY k;
-- equal on one side is no reversal, whatever rounding says: 1/3 + 1/6 - 1/2 is 0
SELECT change_reversed(c, b, 'rate'), (adjusted_test(c, b, 'rate')).difference FROM (VALUES
  ('0..1:{1,2}'::tally, '0..1:{2,1}'::tally), ('0..1:{2,1}', '0..1:{1,2}'), ('0..1:{3,1}', NULL)) v(c, b);
-- what says nothing; NULLs; nothing is certain where nothing varies: two groups of 2 sum(w) = 20 / 3 answers
SELECT adjusted_test(c, b, 'csat'), change_reversed(c, b, 'csat') FROM stratum WHERE s > 3;
SELECT adjusted_test(c, b, 'csat'), change_reversed(c, b, 'csat') FROM stratum WHERE false;
SELECT adjusted_test(NULL::tally, NULL::tally, 'csat'), adjusted_test(c, b, NULL), change_reversed(c, b, NULL)
  FROM stratum;
SELECT adjusted_test('0..1:{0,5}'::tally, '0..1:{0,10}'::tally, 'rate'),
  adjusted_test('0..1:{0,5}'::tally, '0..1:{10,0}'::tally, 'rate'),
  abs((adjusted_test('0..1:{0,5}'::tally, '0..1:{0,10}'::tally, 'rate')).upper
    - 195.9963984540054 * sqrt(2 * (20 / 3.0 + 1) / (20 / 3.0 + 2) ^ 3)) < 1e-12;
SELECT adjusted_test('1..5:{0,0,0,0,5}'::tally, '1..5:{0,0,0,0,9}'::tally, 'mean'),
  adjusted_test('3..3:{5}'::tally, '3..3:{9}'::tally, 'mean'),
  change_reversed('3..3:{5}'::tally, '3..3:{9}'::tally, 'mean');
SELECT a, pg_temp.error_of('SELECT ' || a) FROM unnest(ARRAY[
  'adjusted_test(c, b, ''ces'') FROM stratum', 'adjusted_test(c, b, ''rate'') FROM stratum',
  'change_reversed(c, b, ''nps'') FROM stratum',
  'adjusted_test(men, women, ''csat'') FROM admission', 'adjusted_test(c, b, ''csat'', 6) FROM stratum',
  'adjusted_test(c, b, CASE s WHEN 1 THEN ''csat'' ELSE ''mean'' END) FROM stratum',
  'adjusted_test(c, b, ''csat'', 3 + s % 2) FROM stratum',
  'adjusted_test(c, ''0..1:{1,2}''::tally, ''mean'') FROM stratum',
  'adjusted_test(CASE s WHEN 1 THEN c ELSE ''0..1:{1,2}'' END, NULL, ''mean'') FROM stratum',
  'adjusted_test(''0..1:{0,9223372036854775807}''::tally, NULL, ''rate'') FROM stratum',
  'adjusted_test(''1..5:{0,0,0,0,4611686018427387904}''::tally, NULL, ''mean'')', 'adjusted_test_final(''\x01'')',
  'adjusted_combine(adjusted_accum(NULL, ''0..1:{1,2}'', NULL, ''rate''),
    adjusted_accum(NULL, ''0..1:{1,2}'', NULL, ''mean''))',
  'adjusted_accum(adjusted_accum_mean(NULL, 1, 1, 2, 1, 1, 2), ''0..1:{1,2}'', NULL, ''rate'')',
  'adjusted_accum_mean(adjusted_accum(NULL, ''0..1:{1,2}'', NULL, ''rate''), 1, 1, 2, 1, 1, 2)',
  'adjusted_test_final(set_byte(adjusted_accum(NULL, ''0..1:{1,2}'', NULL, ''rate''), 0, 9))',
  'adjusted_test_final(set_byte(adjusted_accum(NULL, ''0..1:{1,2}'', ''0..1:{2,1}'', ''rate''), 27, 127))']) a;
-- amounts: R as above; a group of one amount takes the other's deviation, and what is not known says nothing
SELECT adjusted_test(m, s, n, bm, bs, bn) FROM (VALUES
  (10::float8, 2::float8, 5::bigint, 9::float8, 2.5::float8, 7::bigint), (12, 3, 4, 9, 1, 9), (8, 1.5, 20, 8.5, 2, 30),
  (NULL, NULL, 0, 9, 1, 9), (3, NULL, 2, 9, 1, 9), (NULL, NULL, NULL, 9, 1, 9)) v(m, s, n, bm, bs, bn);
SELECT adjusted_test(10, NULL, 1, 9, 2, 7) = adjusted_test(10, 2, 1, 9, 2, 7), adjusted_test(10, NULL, 1, 8, NULL, 1),
  adjusted_test(0.04, 6.9e-18, 9, 0.05, 6.9e-18, 9), adjusted_test(1e60, 1e60, 9, -1e60, 1e60, 9),
  adjusted_test(1, 0, 2, NULL, NULL, 0);
-- one stratum is Welch's test
SELECT max(abs(f - g)) < 1e-12 FROM (SELECT adjusted_test(10, 2, 5, 9, 2.5, 7) AS a) x,
  mean_test(10, 2, 5, 9, 2.5, 7) t, LATERAL (VALUES ((a).lower, t.lower), ((a).upper, t.upper),
    ((a).statistic, t.statistic), ((a).p_value, t.p_value)) v(f, g);
SELECT a, pg_temp.error_of(format('SELECT adjusted_test(%s)', a)) FROM unnest(ARRAY['''NaN'', 1, 5, 1, 1, 5',
  '1, -1, 5, 1, 1, 5', '1, ''Infinity'', 5, 1, 1, 5', '1, 1, -1, 1, 1, 5', '1, 1, 5, 2e60, 1, 5']) a;
--
-- any order of rows and any way of merging gives the same bytes
--
CREATE TEMP TABLE many AS SELECT i, tally(0, 1, ARRAY[i * 31 % 17, i * i % 23]) AS c,
  tally(0, 1, ARRAY[i * 7 % 13, i * 37 % 101]) AS b,
  tally(1, 5, ARRAY[i % 3, i % 5, i % 7, i * 3 % 11, i * i % 13]) AS c5,
  tally(1, 5, ARRAY[i % 2, i % 7, i * i % 5, i % 11, i * 7 % 17]) AS b5 FROM generate_series(1, 500) i;
CREATE AGGREGATE pg_temp.state(tally, tally, text) (sfunc = adjusted_accum, stype = bytea);
CREATE AGGREGATE pg_temp.merged(bytea) (sfunc = adjusted_combine, stype = bytea);
CREATE AGGREGATE pg_temp.state(float8, float8, bigint, float8, float8, bigint) (
  sfunc = adjusted_accum_mean, stype = bytea);
SELECT count(*), count(DISTINCT rate), count(DISTINCT mean), count(DISTINCT amounts), max(length(rate)) <= 200
  FROM (SELECT seed, pg_temp.merged(rate ORDER BY part) AS rate, pg_temp.merged(mean ORDER BY part) AS mean,
      pg_temp.merged(amounts ORDER BY part) AS amounts
    FROM (SELECT seed, h % 5 AS part, pg_temp.state(c, b, 'rate' ORDER BY h) AS rate,
        pg_temp.state(c5, b5, 'mean' ORDER BY h) AS mean,
        pg_temp.state(10 ^ (i % 40), 10 ^ (i % 30), i, -10 ^ (i % 20 - 15), i / 7.0, i + 3 ORDER BY h) AS amounts
      FROM (SELECT *, hashint4extended(i, seed) AS h FROM many, generate_series(1, 20) seed) m GROUP BY 1, 2) p
    GROUP BY seed) s;
-- workers give what one process gives, to the last bit
CREATE TABLE effect_many AS SELECT tally(1, 5, ARRAY[i % 3, i % 5, i % 7, i % 11, i % 13]) AS c,
  tally(1, 5, ARRAY[i % 2, i % 7, i % 5, i % 11, i % 17]) AS b, i % 1000 AS n, i % 7 AS d, i * 0.37 AS m
  FROM generate_series(1, 20000) i;
CREATE TEMP VIEW compared AS SELECT adjusted_test(c, b, 'mean') AS mean, adjusted_test(c, b, 'csat', 5) AS csat,
  change_reversed(c, b, 'mean') AS reversed, adjusted_test(m, d, n, d, m, 1000 - n) AS amounts FROM effect_many;
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS TABLE compared;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) TABLE compared;
SELECT p = s, (p.mean).difference IS NOT NULL, (p.amounts).p_value < 1 FROM compared p, serial s;
DROP TABLE effect_many CASCADE;
-- the sums against numeric
SELECT abs((adjusted_test(c, b, 'rate')).difference - 100 * (sum(w * (x1 / n1 - x0 / n0)) / sum(w))::float8) < 1e-12
  FROM (SELECT *, n1 * n0 / (n1 + n0) AS w FROM (SELECT c, b, responses(c)::numeric AS n1, responses(b)::numeric AS n0,
    (counts(c))[2]::numeric AS x1, (counts(b))[2]::numeric AS x0 FROM many) r WHERE n1 > 0 AND n0 > 0) t;
SELECT i, adjusted_test(men, women, 'rate') OVER (ORDER BY i) =
    (SELECT adjusted_test(men, women, 'rate') FROM admission WHERE department <= i)
  FROM (SELECT department AS i, men, women FROM admission) a;
--
-- effect_test
--
-- R: Newcombe's bounds, squared and added; z by hand
SELECT * FROM effect_test('0..1:{20,80}'::tally, '0..1:{40,60}', '0..1:{35,65}', '0..1:{40,60}', 'rate');
CREATE TEMP TABLE four AS SELECT '1..5:{3,0,4,10,12}'::tally AS ta, '1..5:{5,4,6,9,8}'::tally AS tb,
  '1..5:{2,2,5,20,30}'::tally AS ca, '1..5:{1,3,6,18,22}'::tally AS cb;
SELECT effect_test(ta, tb, ca, cb, 'csat'), effect_test(ta, tb, ca, cb, 'csat', 5) FROM four;
SELECT effect_test(ta, tb, ca, cb, 'mean'),
  effect_test(ta, tb, ca, cb, 'csat', 4) = effect_test(ta, tb, ca, cb, 'csat') FROM four;
SELECT (effect_test(ta, tb, ca, cb, 'mean', NULL, 0.9)).lower > (effect_test(ta, tb, ca, cb, 'mean')).lower FROM four;
SELECT effect_test(a.c, a.b, b.b, b.c, 'nps') FROM eleven a, eleven b WHERE a.s = 1 AND b.s = 2;
-- swapped groups, and swapped times, turn the sign
SELECT (x.difference, x.statistic, x.p_value) = (-y.difference, -y.statistic, y.p_value),
  abs(x.lower + y.upper) < 1e-12, abs(x.difference + z.difference) < 1e-12, abs(x.upper + z.lower) < 1e-12
  FROM four, effect_test(ta, tb, ca, cb, 'csat') x, effect_test(ca, cb, ta, tb, 'csat') y,
    effect_test(tb, ta, cb, ca, 'csat') z;
-- all the same: not certain; an empty group; a scale of one point; NULLs
SELECT effect_test(t, t, t, t, 'rate'), effect_test(t, t, t, t, 'mean') FROM (VALUES ('0..1:{0,5}'::tally)) v(t);
SELECT effect_test(t, t, t, e, 'rate'), effect_test(t, t, e, t, 'mean')
  FROM (VALUES ('0..1:{1,5}'::tally, '0..1:{0,0}'::tally)) v(t, e);
SELECT effect_test(t, t, t, e, 'nps') FROM (SELECT nps_tally(9) AS t, nps_tally(NULL::int) AS e) v;
SELECT effect_test(t, t, t, t, 'mean') FROM (VALUES ('3..3:{5}'::tally)) v(t);
SELECT effect_test(t, t, t, NULL, 'rate'), effect_test(t, t, t, t, NULL), effect_test(t, t, t, t, 'rate', NULL, NULL)
  FROM (VALUES ('0..1:{0,5}'::tally)) v(t);
CREATE TEMP TABLE odd AS SELECT '0..1:{0,5}'::tally AS t, '0..2:{0,5,1}'::tally AS u,
  '1..2:{{0,5},{1,2}}'::paired_tally AS p, '0..1:{{0,5},{1,2}}'::paired_tally AS q;
SELECT a, pg_temp.error_of(format('SELECT effect_test(%s) FROM odd', a)) FROM unnest(ARRAY['t, t, t, t, ''clv''',
  'u, u, u, u, ''rate''', 't, t, u, t, ''mean''', 't, t, t, t, ''rate'', NULL, 95', 't, t, t, t, ''csat''',
  'p, p, ''rate''', 'p, p, ''median''', 'p, q, ''mean''', 'p, p, ''csat''', 'q, q, ''rate'', NULL, 0']) a;
-- pairs: R's Newcombe and McNemar's variance; Welch's t of the changes
CREATE TEMP TABLE pairs AS SELECT
  '1..5:{{1,0,2,1,0},{0,2,1,3,1},{1,0,3,4,2},{0,1,1,8,9},{0,0,1,5,20}}'::paired_tally AS t,
  '1..5:{{4,1,2,0,0},{1,3,1,2,1},{0,2,6,3,2},{1,0,2,9,4},{0,1,0,5,11}}'::paired_tally AS c;
SELECT effect_test(t, c, 'csat'), effect_test(t, c, 'csat', 5), effect_test(t, c, 'mean') FROM pairs;
SELECT effect_test(t, c, 'nps')
  FROM (SELECT paired_tally(b, a, 0, 10) AS t
    FROM (VALUES (9, 10), (6, 9), (3, 8), (10, 10), (7, 9), (8, 6), (0, 9), (9, 9)) v(b, a)) x,
  (SELECT paired_tally(b, a, 0, 10) AS c FROM (VALUES (9, 7), (6, 6), (8, 9), (10, 3), (2, 2), (7, 7)) v(b, a)) y;
SELECT (e).difference = (csat_test(t)).difference - (csat_test(c)).difference,
    abs((f).difference - (ces_test(t)).difference + (ces_test(c)).difference) < 1e-12
  FROM (SELECT t, c, effect_test(t, c, 'csat') AS e, effect_test(t, c, 'mean') AS f FROM pairs) x;
SELECT effect_test('0..1:{{10,20},{5,65}}'::paired_tally, '0..1:{{20,20},{15,45}}'::paired_tally, 'rate');
SELECT effect_test(t, e, 'csat'), effect_test(e, t, 'mean'), effect_test(t, t, 'csat', NULL, NULL),
    effect_test(t, NULL, 'csat'), effect_test(t, t, NULL)
  FROM (SELECT t, t - t AS e FROM pairs) x;
--
-- series_break
--
-- R's Seatbelts: ln of drivers killed or seriously hurt in Great Britain, monthly 1969 to 1984; the belt law of 1983
CREATE TEMP TABLE drivers AS SELECT n, v FROM unnest(ARRAY[
  1687,1508,1507,1385,1632,1511,1559,1630,1579,1653,2152,2148,1752,1765,1717,1558,1575,1520,1805,1800,1719,2008,2242,
  2478,2030,1655,1693,1623,1805,1746,1795,1926,1619,1992,2233,2192,2080,1768,1835,1569,1976,1853,1965,1689,1778,1976,
  2397,2654,2097,1963,1677,1941,2003,1813,2012,1912,2084,2080,2118,2150,1608,1503,1548,1382,1731,1798,1779,1887,2004,
  2077,2092,2051,1577,1356,1652,1382,1519,1421,1442,1543,1656,1561,1905,2199,1473,1655,1407,1395,1530,1309,1526,1327,
  1627,1748,1958,2274,1648,1401,1411,1403,1394,1520,1528,1643,1515,1685,2000,2215,1956,1462,1563,1459,1446,1622,1657,
  1638,1643,1683,2050,2262,1813,1445,1762,1461,1556,1431,1427,1554,1645,1653,2016,2207,1665,1361,1506,1360,1453,1522,
  1460,1552,1548,1827,1737,1941,1474,1458,1542,1404,1522,1385,1641,1510,1681,1938,1868,1726,1456,1445,1456,1365,1487,
  1558,1488,1684,1594,1850,1998,2079,1494,1057,1218,1168,1236,1076,1174,1139,1427,1487,1483,1513,1357,1165,1282,1110,
  1297,1185,1222,1284,1444,1575,1737,1763
  ]) WITH ORDINALITY u(v, n);
CREATE TEMP TABLE broken AS SELECT 1 AS i, series_break(ln(v), n >= 170 ORDER BY n) AS b FROM drivers
  UNION ALL SELECT 2, series_break(ln(v), n >= 170, 12, NULL ORDER BY n) FROM drivers
  UNION ALL SELECT 3, series_break(ln(v), n >= 170, 12, 12 ORDER BY n) FROM drivers;
SELECT i, (b).level, (b).level_lower, (b).level_upper, round(log((b).level_p)::numeric, 6), (b).slope, (b).slope_lower,
  (b).slope_upper, round(log((b).slope_p)::numeric, 6), (b).points FROM broken ORDER BY i;
-- the standard errors of METHODS, 0.0212489608763 and 0.00132679394921: half the width over t of 177 degrees
SELECT ((b).level_upper - (b).level_lower) / 2 / t, ((b).slope_upper - (b).slope_lower) / 2 / t
  FROM broken, LATERAL (SELECT (mean_interval(0, sqrt(178.0), 178)).upper AS t) q WHERE i = 2;
-- gaps: R with residuals of 0 there; NULL and 1 are no seasons
CREATE TEMP TABLE gaps AS SELECT n, v, n >= 9 AS after
  FROM unnest(ARRAY[3,5,4,NULL,6,8,7,9,NULL,12,13,15,14,18,NULL,19,22]::float8[]) WITH ORDINALITY u(v, n);
SELECT series_break(v, after ORDER BY n) FROM gaps;
SELECT series_break(v, after, 3, 0 ORDER BY n) FROM gaps;
SELECT series_break(v, after, 3, 1 ORDER BY n) FROM gaps;
SELECT b = series_break(v, after, NULL, NULL ORDER BY n), b = series_break(v, after, 1, 2 ORDER BY n)
  FROM gaps, (SELECT series_break(v, after ORDER BY n) AS b FROM gaps) s GROUP BY b;
-- any unit, any offset; gaps at both ends change nothing but the count of time
SELECT abs((a).level_upper - (b).level_upper / 1e300) < 1e-11, abs((a).slope_p - (c).slope_p) < 1e-9,
    abs((a).level - (d).level) < 1e-12
  FROM (SELECT series_break(v, after ORDER BY n) AS a, series_break(v * 1e300, after ORDER BY n) AS b,
      series_break(v + 1e6, after ORDER BY n) AS c FROM gaps) x, (SELECT series_break(v, after ORDER BY n) AS d
    FROM (SELECT * FROM gaps UNION ALL VALUES (0, NULL::float8, false), (18, NULL, true)) y) z;
-- exact: 2 t before, a jump of 5, then 3 t; no residuals, so no p
SELECT round((b).level::numeric, 9), round((b).slope::numeric, 9), (b).level_lower = (b).level, (b).slope_p, (b).points
  FROM (SELECT series_break(CASE WHEN i < 7 THEN 2 * i ELSE 3 * i - 2 END, i >= 7 ORDER BY i) AS b
    FROM generate_series(1, 12) i) x;
SELECT round((b).level::numeric, 9), (b).level_p, round((b).slope::numeric, 9), (b).slope_p
  FROM (SELECT series_break(5, i >= 7 ORDER BY i) AS b FROM generate_series(1, 12) i) x;
SELECT series_break(v, after ORDER BY n) FROM gaps WHERE false;
SELECT a, pg_temp.error_of(format('SELECT series_break(%s) FROM gaps', a)) FROM unnest(ARRAY[
  'v, after ORDER BY n DESC', 'v, true', 'v, false', 'CASE WHEN after THEN v END, after ORDER BY n',
  'NULL, after ORDER BY n', 'v, after, 12, NULL ORDER BY n', 'v, n > 16 ORDER BY n', 'v, n > 1 ORDER BY n',
  'CASE WHEN n % 3 > 0 THEN v END, after, 3, 0 ORDER BY n', 'v, after, 0, 1 ORDER BY n', 'v, after, 3, -1 ORDER BY n',
  'v, after, n::int, 1 ORDER BY n', 'v, nullif(after, after) ORDER BY n', '''NaN'', after ORDER BY n']) a;
SELECT pg_temp.error_of('SELECT series_break(v, n > 4 ORDER BY n) FROM gaps WHERE n < 7'),
  pg_temp.error_of('SELECT series_break(i, i > 5) FROM generate_series(1, 10001) i');
-- a window may ask again and again
SELECT count(*), count(DISTINCT b::text) FROM (SELECT series_break(v, after) OVER (ORDER BY n
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS b FROM gaps) w;
