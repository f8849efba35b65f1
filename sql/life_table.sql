\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- text: what is read is printed; durations are seconds
--
SELECT v::life_table
  FROM unnest(ARRAY['exact:{}', ' exact : { 1:1/0 , 2.50:0/3 } ', 'exact:{0:1/0,0.000001:2/1,90.5:2/0,3600:1/1}',
                    'exact:{9223372036854.775807:1/0}', 'exact:{1:9223372036854775807/0}']) v;
SELECT pg_temp.error_of('SELECT ' || quote_literal(v) || '::life_table')
  FROM unnest(ARRAY['', 'exact', 'exact:', 'exact:{', 'exact:{}x', 'exact:{,}', 'exact:{1:1}', 'exact:{1:1/}',
                    'exact:{1:1/0,}', 'exact:{1.:1/0}', 'exact:{1.0000001:1/0}', 'exact:{NaN:1/0}', 'exact:{1e3:1/0}',
                    'hash:{}', 'bucketed:{}', 'bucketed:1..2:3/4:{}', 'exact:{2:1/0,1:1/0}', 'exact:{1:1/0,1:1/0}',
                    'exact:{1:0/0}', 'exact:{-1:1/0}', 'exact:{-0.5:1/0}', 'exact:{1:-1/2}', 'exact:{1:1/-2}',
                    'exact:{9223372036854.775808:1/0}', 'exact:{1:9223372036854775808/0}',
                    'exact:{1:9223372036854775807/1}', 'exact:{99999999:99999999999/0,999999999:9223372036854775/0}',
                    repeat('é', 200)]) v;
-- more than 1,024 exact durations, and buckets that do not add up
SELECT pg_temp.error_of(format('SELECT %L::life_table', 'exact:{' || string_agg(i || ':1/0', ',') || '}'))
  FROM generate_series(1, 1025) i;
SELECT pg_temp.error_of('SELECT ' || quote_literal(v) || '::life_table')
  FROM unnest(ARRAY['bucketed:0..0/0:0/0:0/0:{0:1024/0}', 'bucketed:1..2:1:{0:2000/0}',
                    'bucketed:0.000001..0.000001/0:0/0:0.002/0:{0:2000/0}',
                    'bucketed:0..0.000001/0:0/0:0.002/0:{0:2000/0}', 'bucketed:0.000001..0/0:0/0:0/0:{0:2000/0}',
                    'bucketed:0..0/0:0/0:0.1/0:{0:2000/0}', 'bucketed:0..0/0:0/0:0/0.1:{0:2000/0}',
                    'bucketed:0..0/0:0/0:-1/0:{0:2000/0}', 'bucketed:1..1/0:1/0:2000/0:{1:2000/0}',
                    'bucketed:0..0.000007/0:-1/0:0.007/0:{0:1000/0,0.000007:1000/0}',
                    'bucketed:0..0.000007/0:0/0:0.007/0:{0:1000/0,0.000007:1000/0}',
                    'bucketed:0..0.000007/0:0.000002/0:0.007/0:{0:1000/0,0.000007:1000/0}',
                    'bucketed:0..0.000007/0.000007:0.000007/0:0.007/0:{0:1000/0,0.000007:1000/0}',
                    'bucketed:0..0.000007/0:0/0.000007:0/0.007:{0:1000/0,0.000007:0/1000}',
                    'bucketed:0..0.000007/0.000007:0/0.000002:0/0.007:{0:1000/0,0.000007:0/1000}']) v;
-- a grain without subjects, or with durations that are all 0
SELECT pg_temp.error_of('SELECT ' || quote_literal(v) || '::life_table')
  FROM unnest(ARRAY['bucketed:0..0.000007/0:0.000007/1610.612736:0.007/0:{0:1000/0,0.000007:1000/0}',
                    'bucketed:0..0/0:0.000005/0:0/0:{0:2000/0}']) v;
SELECT v::life_table
  FROM unnest(ARRAY['bucketed:0..0/0:0/0:0/0:{0:2000/1}',
                    'bucketed:0..0.000007/0:0.000007/0:0.007/0:{0:1000/0,0.000007:1000/0}',
                    'bucketed:0..0.000007/0.000007:0/0.000007:0/0.007:{0:1000/0,0.000007:0/1000}']) v;
--
-- building: exact, with open durations, NULLs, no rows
--
SELECT life_table(i * interval '1 hour', i % 3 > 0) FROM generate_series(1, 6) i;
SELECT life_table(d, o)
  FROM (VALUES (interval '1 day', true), (NULL, true), ('1 day', NULL), ('24:00', false), ('1 month', true),
               ('0', true)) v(d, o);
SELECT life_table(NULL::interval, true), life_table(NULL::timestamptz, now(), now()), sum(NULL::life_table),
       resolution_time(NULL::timestamptz, now(), now());
SELECT life_table(d, true), sum(NULL::life_table), resolution_time(now(), now(), now())
  FROM (SELECT interval '1 day' AS d WHERE false) v;
-- finished, open, finished later, started later, finished at once, finished at as_of
SELECT life_table(s, f, '2025-03-01 00:00Z')
  FROM (VALUES (timestamptz '2025-02-01 00:00Z', timestamptz '2025-02-02 00:00Z'), ('2025-02-01 00:00Z', NULL),
               ('2025-02-27 00:00Z', '2025-03-02 00:00Z'), ('2025-03-02 00:00Z', '2025-03-03 00:00Z'),
               ('2025-02-10 00:00Z', '2025-02-10 00:00Z'), ('2025-02-28 00:00Z', '2025-03-01 00:00Z'),
               (NULL, '2025-02-02 00:00Z'), ('2025-02-28 12:00Z', 'infinity'), ('2025-03-01 00:00Z', NULL)) v(s, f);
-- half of four days are over on the second
SELECT resolution_time(s, s + d * interval '1 day', s + interval '3 days')
  FROM (SELECT timestamptz '2025-02-01 00:00Z' AS s) t, (VALUES (1), (2), (30), (NULL)) v(d);
SELECT pg_temp.error_of('SELECT ' || c)
  FROM unnest(ARRAY['life_table(interval ''-1 second'', true)', 'life_table(interval ''1 day -25 hours'', true)',
                    'life_table(interval ''178000000 years'', true)',
                    'life_table(timestamptz ''2025-02-02 00:00Z'', ''2025-02-01 00:00Z'', ''2025-03-01 00:00Z'')',
                    'life_table(timestamptz ''2025-05-02 00:00Z'', ''2025-05-01 00:00Z'', ''2025-03-01 00:00Z'')',
                    'life_table(timestamptz ''-infinity'', NULL, ''2025-03-01 00:00Z'')',
                    'life_table(timestamptz ''2025-03-01 00:00Z'', NULL, ''infinity'')',
                    'life_table(timestamptz ''2025-03-01 00:00Z'', NULL, NULL)']) c;
--
-- readers: Miller (1981), time to relapse with maintained chemotherapy; R's survival, conf.type = "log-log"
--
CREATE TEMP TABLE miller AS SELECT life_table(t * interval '1 week', e = 1) AS lt
  FROM unnest(ARRAY[9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161], ARRAY[1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0]) v(t, e);
SELECT subjects(lt), events(lt), censored(lt), shortest_time(lt), longest_time(lt) FROM miller;
SELECT extract(day FROM at) / 7 AS week, at_risk, c.events, c.censored, survival, lower, upper
  FROM miller, life_curve(lt) c;
-- the curve and its readers agree, also between its times and past its end
SELECT bool_and(retention_at(lt, at) = survival AND abs(churn_at(lt, at) - (100 - survival)) < 1e-12
                AND resolved_within(lt, at + interval '1 day') = churn_at(lt, at)
                AND (retention_interval(lt, at)).lower IS NOT DISTINCT FROM c.lower
                AND (retention_interval(lt, at)).responses = 11)
  FROM miller, life_curve(lt) c;
SELECT retention_at(lt, '0'), retention_at(lt, '62 days'), retention_at(lt, '63 days'),
       retention_at(lt, '10 years') IS NULL AS unknown, retention_interval(lt, '1 day'),
       retention_interval(lt, '23 weeks', 0.9)
  FROM miller;
SELECT median_time(lt) = '31 weeks', (median_time_interval(lt)).lower = '13 weeks', (median_time_interval(lt)).upper,
       time_quantile(lt, 0.25) = '18 weeks', time_quantile(lt, 0.75) = '48 weeks', time_quantile(lt, 0.9),
       time_quantile(lt, 0) = '9 weeks', time_quantile(lt, 1)
  FROM miller;
-- up to week 50: 32.211363636363636 (sum of the steps by hand: 9 + 4 * 10 / 11 + ...),
-- standard error 4.6762565168881922; seven events, R: qt(0.975, 6) = 2.446911851144969
SELECT extract(epoch FROM restricted_mean_time(lt, '50 weeks')) / 604800,
       (extract(epoch FROM (r).upper) - extract(epoch FROM (r).lower)) / 604800 / 2 / 2.446911851144969,
       (r).estimate = restricted_mean_time(lt, '50 weeks')
  FROM miller, restricted_mean_interval(lt, '50 weeks') r;
SELECT observed_mean_time(lt) = (9 + 13 + 18 + 23 + 31 + 34 + 48) / 7.0 * interval '1 week',
       hazard_rate(lt, '1 week') = 7 / 423.0, hazard_interval(lt, '1 week')
  FROM miller;
-- no subjects, all open, all ended
SELECT subjects(lt), events(lt), shortest_time(lt), retention_at(lt, '1 s'), resolved_within(lt, '1 s'),
       retention_interval(lt, '1 s'), median_time(lt), median_time_interval(lt), restricted_mean_time(lt, '3 s'),
       restricted_mean_interval(lt, '3 s'), observed_mean_time(lt), hazard_rate(lt, '1 s'), hazard_interval(lt, '1 s'),
       (SELECT count(*) FROM life_curve(lt))
  FROM unnest(ARRAY['exact:{}', 'exact:{5:0/4}', 'exact:{1:3/0,2:2/0,3:1/0}', 'exact:{0:2/0}']::life_table[]) lt;
SELECT pg_temp.error_of('SELECT ' || c || ' FROM (SELECT ''exact:{1:3/0,9:0/1}''::life_table AS lt) v')
  FROM unnest(ARRAY['retention_at(lt, ''-1 s'')', 'time_quantile(lt, 1.1)', 'time_quantile(lt, ''NaN'')',
                    'retention_interval(lt, ''1 s'', 95)', 'median_time_interval(lt, 0)', 'life_curve(lt, 1)',
                    'hazard_rate(lt, ''0'')', 'hazard_interval(lt, ''1 s'', 0)', 'restricted_mean_time(lt, ''10 s'')',
                    'restricted_mean_interval(lt, ''10 s'')', 'restricted_mean_test(lt, lt, ''10 s'')',
                    'restricted_mean_test(lt, lt, ''5 s'', 2)']) c;
--
-- tests: log-rank of R's survdiff on two made-up groups; means up to 4 by hand: 2.5 and 3.25 with variances 0.3125
-- and 0.171875, and 2 and 1 degrees, together 2.99376947: R's pt and qt give p = 0.36027891284 and the bounds
-- -2.96749889544 and 1.46749889544
--
SELECT *
  FROM logrank_test('exact:{3600:1/0,7200:1/0,10800:1/0,14400:0/1}', 'exact:{7200:1/0,14400:1/0,21600:0/1,28800:1/0}');
SELECT difference, lower, upper, statistic, p_value
  FROM restricted_mean_test('exact:{3600:1/0,7200:1/0,10800:1/0,14400:0/1}',
                            'exact:{7200:1/0,10800:1/0,21600:0/1,28800:1/0}', '4 hours');
-- one event before the horizon says nothing about variance
SELECT t.* FROM restricted_mean_test('exact:{3600:1/0,7200:1/0,10800:1/0,14400:0/1}',
                                     'exact:{7200:1/0,14400:1/0,21600:0/1,28800:1/0}', '4 hours') t;
SELECT logrank_test(a, b), restricted_mean_test(a, b, '3 s')
  FROM (VALUES ('exact:{}'::life_table, 'exact:{}'::life_table), ('exact:{5:1/0}', 'exact:{}'),
               ('exact:{5:0/1}', 'exact:{5:0/1}'), ('exact:{5:1/0}', 'exact:{5:1/0}')) v(a, b);
-- R's survdiff on 2 x 2,000 rows: chi-square 2740.46153887766, a p below the smallest double
SELECT statistic, p_value
  FROM (SELECT life_table(u / 10.0 * interval '1 minute', true) AS a,
               life_table(u / 40.0 * interval '1 minute', true) AS b
          FROM (SELECT i * 7919 % 1009 + 1 AS u FROM generate_series(1, 2000) i) r) s,
       logrank_test(b, a);
--
-- buckets: from the 1,025th distinct duration on, whatever the order
--
SELECT left(life_table(i * interval '1 second', true)::text, 20) FROM generate_series(1, 1024) i;
SELECT left(life_table(i * interval '1 second', true)::text, 50) FROM generate_series(1, 1025) i;
SELECT left(life_table((1026 - i) * interval '1 second', true)::text, 50) FROM generate_series(1, 1025) i;
SELECT left(life_table(i % 1024 * interval '1 second', true)::text, 20) FROM generate_series(1, 100000) i;
-- 100,000 numbers spread evenly over 0..1: ranks within the oracle's tolerance for a sketch, 0.003, at the ends 0.001
SELECT count(*)
  FROM (SELECT life_table((i * 7919 % 100003 + 0.5) / 100003 * interval '1 second', true) AS lt
          FROM generate_series(0, 99999) i) s,
       unnest(ARRAY[0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999]) q
 WHERE abs(extract(epoch FROM time_quantile(lt, q)) - q) > CASE WHEN q BETWEEN 0.05 AND 0.95 THEN 0.003 ELSE 0.001 END;
-- counts, extremes and sums stay exact
SELECT subjects(lt), events(lt), censored(lt), shortest_time(lt), longest_time(lt), observed_mean_time(lt),
       hazard_rate(lt, '1 day') = 90000 / (100000 * 100001::bigint / 2 / 24.0)
  FROM (SELECT life_table(i * interval '1 hour', i % 10 > 0) AS lt FROM generate_series(1, 100000) i) s;
-- in whole hours, days or minutes the events of a bucket are where they can be: 3,000 days with 114 rows each
SELECT max(abs(resolved_within(lt, t * interval '1 day') - 100.0 * t / 3000)) < 1e-9
  FROM (SELECT life_table((i % 3000 + 1) * interval '1 day', true) AS lt FROM generate_series(1, 342000) i) s,
       generate_series(1, 200) t;
SELECT (regexp_match(lt::text, '^bucketed:[0-9.]+[.][.][0-9./]+:([0-9.]+)/'))[1] AS grain,
       time_quantile(lt, 0.5) = '1500 days' AS median
  FROM (SELECT life_table((i % 3000 + 1) * interval '1 day', true) AS lt FROM generate_series(1, 342000) i) s;
-- open durations do not decide the grain: they end at as_of
SELECT (regexp_match(lt::text, '^bucketed:[0-9.]+[.][.][0-9./]+:([0-9.]+)/'))[1] AS grain
  FROM (SELECT life_table((i + CASE WHEN i % 10 = 0 THEN 0.123456 ELSE 0 END) * interval '1 day', i % 10 > 0) AS lt
          FROM generate_series(1, 3000) i) s;
-- Kaplan-Meier in plain SQL against buckets: events on whole days and open durations of any age, within 0.0001 points
-- up to 200 days; both on whole days, exactly, as the open durations leave after the events of their day
CREATE FUNCTION pg_temp.whole(days float8, open_too boolean) RETURNS float8 LANGUAGE sql
  AS $$ SELECT CASE WHEN open_too THEN floor(days) ELSE days END $$;
CREATE TEMP TABLE tenure AS
SELECT open_too, least(stays, age) * interval '1 day' AS d, stays <= age AS o
  FROM (VALUES (false), (true)) v(open_too), generate_series(1, 20000) i,
       LATERAL (SELECT pg_temp.whole((i * 7919 % 20011 + 0.5) / 20011 * 1200, open_too) AS age,
                       (1 + i * 10007::bigint % 1999)::float8 AS stays) r;
SELECT open_too, left(min(lt::text), 8) AS form,
       max(abs(retention_at(lt, k.d) - s)) FILTER (WHERE k.d < '200 days')
         < CASE WHEN open_too THEN 1e-9 ELSE 1e-4 END AS near,
       max(abs(retention_at(lt, k.d) - s)) < 0.1 AS later, count(*)
  FROM (SELECT open_too, life_table(d, o) AS lt FROM tenure GROUP BY 1) l
  JOIN (SELECT open_too, d, 100 * exp(sum(ln(1 - e / n)) OVER (PARTITION BY open_too ORDER BY d)) AS s
          FROM (SELECT *
                  FROM (SELECT open_too, d, count(*) FILTER (WHERE o)::float8 AS e,
                               sum(count(*)) OVER (PARTITION BY open_too ORDER BY d DESC)::float8 AS n
                          FROM tenure GROUP BY 1, 2) c
                 WHERE e > 0 AND d < CASE WHEN open_too THEN interval '200 days' ELSE '1000 days' END) c) k
     USING (open_too)
 GROUP BY open_too ORDER BY open_too;
-- when the longest duration is only an event, no subject is left after it
SELECT retention_at(t, '200000 s'), time_quantile(t, 1) = longest_time(t),
       restricted_mean_time(t, '200000 s') < longest_time(t)
  FROM (SELECT life_table(d * interval '1 s', o) AS t
          FROM (SELECT i AS d, true AS o FROM generate_series(1, 1025) i
                UNION ALL SELECT 100000, false FROM generate_series(1, 1000)
                UNION ALL SELECT 100001, true) x) y;
-- the end of time, and counts that a double rounds
SELECT observed_mean_time(t), restricted_mean_time(t, longest_time(t)), restricted_mean_interval(t, longest_time(t))
  FROM (SELECT 'exact:{9223372036854.775807:1/0}'::life_table AS t) x;
SELECT time_quantile(t, 1) = longest_time(t), t::text::life_table = t
  FROM (SELECT life_table(d, o) AS t
          FROM (SELECT CASE i WHEN 0 THEN interval '0' WHEN 1 THEN interval '106751991 days 04:00:54.775807'
                            ELSE i * interval '1 s' END AS d,
                       i < 2 AS o
                  FROM generate_series(0, 1100) i) x) y;
SELECT survival, lower, upper FROM life_curve('exact:{1:4611686018427387903/0,2:1/0,3:2/1,4:1/0}');
SELECT time_quantile('exact:{1:3/36028797018965968}', 0),
       restricted_mean_interval('exact:{1:4611686018427387903/0,2:1/0,3:2/1,4:1/0}', '4 s');
-- R: qgamma(c(0.4999999995, 0.5000000005), c(1e8, 1e8 + 1)): 99999999.6667, 100000000.6667
SELECT lower * 1e8, upper * 1e8 FROM hazard_interval('exact:{1:100000000/0}', '1 s', 1e-9);
SET timezone = 'UTC';
SELECT pg_temp.error_of('SELECT life_table(timestamptz ''4713-01-01 BC'', NULL, ''294276-01-01'')');
RESET timezone;
-- five distributions: quantiles within 0.5 % of percentile_disc, shares equal the shares of a time within 0.5 %
CREATE TEMP TABLE spread AS
SELECT name, d * interval '1 microsecond' AS d
  FROM (SELECT ((i * 7919 % 20011) + 0.5) / 20011 AS u FROM generate_series(1, 20000) i) r,
       LATERAL (VALUES ('uniform', 1 + u * 7.776e12), ('exponential', 1 - ln(u) * 8.64e10),
                       ('lognormal', exp(18 + 3 * sqrt(-2 * ln(u)) * cos(2 * pi() * (u * 1000 - floor(u * 1000))))),
                       ('Pareto', 1e6 * u ^ -1.5),
                       ('two peaks', CASE WHEN u < 0.5 THEN 6e7 * (1 + u / 9) ELSE 6e11 * (1 + u / 9) END)) v(name, d);
SELECT name, min(n) > 1024 AS bucketed,
       max(abs(extract(epoch FROM time_quantile(lt, q)) / extract(epoch FROM p) - 1)) <= 0.005 AS quantiles,
       bool_and(resolved_within(lt, p) BETWEEN low - 1e-9 AND high + 1e-9) AS shares,
       bool_and(lt = lt::text::life_table) AS reads_back
  FROM (SELECT name, life_table(d, true) AS lt,
               percentile_disc(ARRAY[0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99]) WITHIN GROUP (ORDER BY d) AS ps,
               count(DISTINCT d) AS n
          FROM spread GROUP BY name) g,
       unnest(ARRAY[0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99], ps) v(q, p),
       LATERAL (SELECT 100.0 * count(*) FILTER (WHERE d <= p * 0.995) / count(*) AS low,
                       100.0 * count(*) FILTER (WHERE d <= p * 1.005) / count(*) AS high
                  FROM spread s WHERE s.name = g.name) r
 GROUP BY name ORDER BY name COLLATE "C";
--
-- merging: sums, forms of both kinds, moving windows, equality
--
SELECT 'exact:{1:1/0,2:0/1}'::life_table + 'exact:{2:1/0,3:1/0}', 'exact:{}'::life_table + 'exact:{1:1/0}',
       'exact:{1:1/0}'::life_table + 'exact:{}';
SELECT sum(lt)
  FROM (VALUES ('exact:{3:1/0}'::life_table), (NULL), ('exact:{}'), ('exact:{1:1/2}'), ('exact:{3:0/4}')) v(lt);
SELECT pg_temp.error_of('SELECT ' || e)
  FROM unnest(ARRAY['''exact:{1:9223372036854775807/0}''::life_table + ''exact:{2:1/0}''',
                    '''exact:{999999999:5000000000/0}''::life_table + ''exact:{999999999:5000000000/0}''']) e;
SELECT a = b AS same, a + b = b + a AS either_way, a + b = c AS whole, subjects(a + b), a < b,
       hashtext(a::text) = hashtext(b::text), life_table_hash(a + b) = life_table_hash(c)
  FROM (SELECT life_table(d, i % 4 > 0) FILTER (WHERE i % 2 = 0) AS a,
               life_table(d, i % 4 > 0) FILTER (WHERE i <= 100 AND i % 2 = 1) AS b,
               life_table(d, i % 4 > 0) FILTER (WHERE i % 2 = 0 OR i <= 100) AS c
          FROM (SELECT i, i * 977 % 10007 * interval '1 minute' AS d FROM generate_series(1, 4000) i) r) s;
-- exact against bucketed: the same comparison as with both in buckets
SELECT round((logrank_test(b, a)).statistic::numeric, 6) = round((logrank_test(b, a2)).statistic::numeric, 6),
       (logrank_test(b, a)).statistic > 0
  FROM (SELECT life_table(d, true) FILTER (WHERE i <= 500) AS a, life_table(d, true) FILTER (WHERE i > 500) AS b
          FROM (SELECT i, i * 977 % 10007 * interval '1 minute' AS d FROM generate_series(1, 4000) i) r) s,
       LATERAL (SELECT a AS a2) t;
SELECT count(*), count(DISTINCT lt)
  FROM (SELECT life_table(i % 3 * interval '1 day', true) AS lt FROM generate_series(1, 600) i
         GROUP BY i % 100, i % 3) g;
SELECT bool_and(
         l = (SELECT life_table(x * x * interval '1 second', x % 3 > 0) FROM generate_series(greatest(i - 2, 1), i) x))
  FROM (SELECT i, life_table(i * i * interval '1 second', i % 3 > 0) OVER (ORDER BY i ROWS 2 PRECEDING) AS l
          FROM generate_series(1, 40) i) w;
SELECT i, sum(lt) OVER (ORDER BY i)
  FROM (VALUES (1, 'exact:{1:1/0}'::life_table), (2, 'exact:{2:1/0}'), (3, 'exact:{1:0/1}')) v(i, lt);
-- direct calls of the transition function give values, and do not change their argument
SELECT life_table_accum_duration(lt, '5 s', true), life_table_accum(lt, '2025-01-01', NULL, '2025-01-02'), lt
  FROM (SELECT 'exact:{9:1/0}'::life_table AS lt) v;
-- memory of a state: at most 200 kB, whatever the spread of the durations
SELECT pg_column_size(life_table(i * interval '1 second', true)) < 25000 FROM generate_series(1, 1024) i;
--
-- is the share past a time different? R, survfit of both with conf.type = log-log, z of ln(-ln S) by Greenwood:
-- 0.892857142857 (-42.27305 43.76282), 0.0383969902734, p 0.969371160628
--
CREATE TEMP TABLE two AS
SELECT (SELECT life_table(t * interval '1 day', e = 1)
          FROM unnest('{1,2,3,4,5,6,7,8,9,10}'::int[], '{1,1,0,1,1,0,1,1,0,1}'::int[]) u(t, e)) AS a,
       (SELECT life_table(t * interval '1 day', e = 1)
          FROM unnest('{2,2,4,4,6,6,8,8,12,12}'::int[], '{1,0,1,1,1,0,0,1,0,0}'::int[]) u(t, e)) AS b;
SELECT (retention_test(a, b, '6 days')).* FROM two;
SELECT (retention_test(b, a, '6 days')).* FROM two;
-- no losses in one: z of two shares, 5 of 5 and 3 of 5, together 0.8: 0.4 / sqrt(0.8 * 0.2 * 2 / 5); no losses in
-- both; all lost in one: 0 of 4 and 3 of 5, z = -0.6 / sqrt(0.1); all lost in one, none in the other; empty
SELECT t.* FROM retention_test('exact:{864000:0/5}', 'exact:{86400:2/0,864000:0/3}', '5 days') t;
SELECT t.* FROM retention_test('exact:{864000:0/5}', 'exact:{864000:0/3}', '5 days') t;
SELECT t.* FROM retention_test('exact:{86400:4/0}', 'exact:{86400:2/0,864000:0/3}', '5 days') t;
SELECT t.* FROM retention_test('exact:{86400:4/0}', 'exact:{864000:0/4}', '5 days') t;
SELECT t.* FROM retention_test('exact:{}', 'exact:{86400:2/0,864000:0/3}', '5 days') t;
-- past the longest duration of one, which is open; of one where all have ended
SELECT t.* FROM retention_test('exact:{86400:2/1}', 'exact:{86400:2/0,864000:0/3}', '5 days') t;
SELECT t.difference FROM retention_test('exact:{86400:3/0}', 'exact:{86400:2/0,864000:0/3}', '5 days') t;
SELECT pg_temp.error_of($$SELECT retention_test('exact:{}', 'exact:{}', '-5 days')$$);
SELECT pg_temp.error_of($$SELECT retention_test('exact:{}', 'exact:{}', '5 days', 2)$$);
-- counts up to the largest number, one by one; hashes with a seed
SELECT pg_temp.error_of($$SELECT life_table_accum_duration('exact:{0:9223372036854775807/0}', '0', true)$$);
SELECT (life_table_hash_extended(t, 0) & 4294967295) = (life_table_hash(t)::bigint & 4294967295),
       life_table_hash_extended(t, 0) <> life_table_hash_extended(t, 1)
  FROM (SELECT 'exact:{1:1/0}'::life_table) x(t);
--
-- times nobody was followed to: 20 customers, seen for 1 to 20 days, two of them lost; S after day 5 is 15/16, after
-- day 9 11/12 of it
--
CREATE TEMP TABLE young AS
SELECT life_table(i * interval '1 day', i IN (5, 9)) AS lt FROM generate_series(1, 20) i;
SELECT retention_at(lt, t), churn_at(lt, t), resolved_within(lt, t), retention_interval(lt, t)
  FROM young, unnest(ARRAY['20 days', '20 days 0:00:00.000001', '365 days']::interval[]) t;
SELECT t.* FROM young, retention_test(lt, lt, '365 days') t;
-- the same in buckets: the longest duration is of events alone, or of an open subject beside them
SELECT open, left(lt::text, 8), retention_at(lt, '2000 s') > 0 AS left_over, retention_at(lt, '2000.000001 s')
  FROM (SELECT o AS open, life_table(least(i, 2000) * interval '1 s', i <= 2000) AS lt
          FROM unnest('{0,1}'::int[]) o, generate_series(1, 2000 + o) i GROUP BY o) x
 ORDER BY open;
-- bounds where all are there or none is: Wilson, n / (n + z^2) of those at risk just before the time, z^2 / (n + z^2)
SELECT t, i.* FROM unnest(ARRAY['1 s', '3 s', '4 s', '9 s', '10 s']::interval[]) t,
       retention_interval('exact:{2:0/4,4:0/3,9:7/0}', t) i;
SELECT n, n / (n + z ^ 2) * 100 AS all_of_n, z ^ 2 / (n + z ^ 2) * 100 AS none
  FROM unnest('{14,10,7}'::int[]) n, (VALUES (1.959963984540054)) v(z);
SELECT at, at_risk, survival, lower, upper FROM life_curve('exact:{2:0/4,4:0/3,9:7/0}');
-- bounds of quantiles: the first times with a log-log bound of life_curve at most 1 - q
SELECT q, i.*,
       i.lower IS NOT DISTINCT FROM (SELECT min(at) FROM life_curve(lt) c WHERE c.lower <= 100 * (1 - q) + 1e-9
                                        AND c.survival < 100 AND c.survival > 0) AS lower_by_curve,
       i.upper IS NOT DISTINCT FROM (SELECT min(at) FROM life_curve(lt) c WHERE c.upper <= 100 * (1 - q) + 1e-9
                                        AND c.survival < 100 AND c.survival > 0) AS upper_by_curve,
       i.estimate IS NOT DISTINCT FROM time_quantile(lt, q) AS estimate
  FROM miller, unnest('{0.1,0.25,0.5,0.75,0.9}'::float8[]) q, time_quantile_interval(lt, q) i;
SELECT time_quantile_interval(lt, 0.5) IS NOT DISTINCT FROM median_time_interval(lt) AS median,
       time_quantile_interval(lt, 0.5, 0.8), time_quantile_interval(lt, 0), time_quantile_interval(lt, 1) FROM miller;
SELECT time_quantile_interval('exact:{}', 0.5), time_quantile_interval('exact:{5:0/4}', 0.5);
SELECT pg_temp.error_of('SELECT time_quantile_interval(''exact:{1:1/0}'', ' || v || ')')
  FROM unnest(ARRAY['1.5', '''NaN''', '0.5, 1', '0.5, 95']) v;
--
-- spikes: half of the customers (44 % of the others) leave within two hours after a whole day; the rest at times up to
-- 1,995 days, if they are not still there when last seen, at 1,850 days or more
--
CREATE TEMP TABLE spike AS
SELECT day, part, least(us, seen) AS us, us <= seen AS ended
  FROM unnest('{30,365,730}'::int[]) day, (VALUES ('a', 50, 7919), ('b', 44, 8011)) v(part, share, step),
       generate_series(1, 3000) i,
       LATERAL (SELECT CASE WHEN i % 100 < share THEN day * 86400000000 + i::bigint * step % 3001 * 2399200
                            ELSE (1 + i::bigint * step % 3989) * 43200000000 END AS us,
                       1850 * 86400000000 + i::bigint * 7907 % 3001 * 8640000000 AS seen) x;
CREATE TEMP TABLE spike_life AS
SELECT day, part, life_table(us * interval '1 microsecond', ended) AS lt FROM spike GROUP BY 1, 2;
-- the share left, counted in the rows: exact a minute before and at the day, within 0.2 points in the two hours
SELECT day, left(min(lt::text), 8) AS form,
       max(abs(retention_at(lt, t) - s)) FILTER (WHERE minutes <= 0) < 1e-9 AS before_and_at,
       max(abs(retention_at(lt, t) - s)) FILTER (WHERE minutes > 0) < 0.2 AS within
  FROM spike_life l, unnest('{-1,0,30,75,121}'::int[]) minutes,
       LATERAL (SELECT day * interval '1 day' + minutes * interval '1 minute' AS t) y,
       LATERAL (SELECT 100.0 * count(*) FILTER (WHERE us > extract(epoch FROM t) * 1e6) / count(*) AS s
                  FROM spike r WHERE r.day = l.day AND r.part = l.part) x
 GROUP BY day ORDER BY day;
-- log-rank, one microsecond after the other in plain SQL, and in buckets: within 2 %
SELECT day, abs(t.statistic / e.statistic - 1) < 0.02 AS near, e.statistic > 4 AS differ
  FROM (SELECT day, sum(d1 - (d1 + d2) * n1 / (n1 + n2)) ^ 2
                    / sum((d1 + d2) * n1 * n2 / (n1 + n2) ^ 2 * (n1 + n2 - d1 - d2) / (n1 + n2 - 1)) AS statistic
          FROM (SELECT day, (count(*) FILTER (WHERE part = 'a' AND ended))::float8 AS d1,
                       (count(*) FILTER (WHERE part = 'b' AND ended))::float8 AS d2,
                       (sum(count(*) FILTER (WHERE part = 'a')) OVER later)::float8 AS n1,
                       (sum(count(*) FILTER (WHERE part = 'b')) OVER later)::float8 AS n2
                  FROM spike GROUP BY day, us WINDOW later AS (PARTITION BY day ORDER BY us DESC)) c
         WHERE n1 + n2 > 1 GROUP BY day) e
  JOIN spike_life a USING (day) JOIN spike_life b USING (day), logrank_test(a.lt, b.lt) t
 WHERE a.part = 'a' AND b.part = 'b' ORDER BY day;
-- whole days are exact beside other times: a third of the customers leaves on whole days, the others at any time
SELECT max(form) AS form, max(abs(retention_at(lt, t * interval '1 day') - s)) < 1e-9 AS at,
       max(abs(retention_at(lt, t * interval '1 day' - interval '1 microsecond') - before)) < 1e-9 AS just_before
  FROM (SELECT life_table(us * interval '1 microsecond', true) AS lt, array_agg(us) AS a,
               left(life_table(us * interval '1 microsecond', true)::text, 8) AS form
          FROM (SELECT CASE WHEN i % 3 = 0 THEN (1 + i % 3000) * 86400000000
                            ELSE i::bigint * 7919 % 3000017 * 86400000 END AS us
                  FROM generate_series(1, 9000) i) r) l,
       LATERAL (SELECT t, 100.0 * count(*) FILTER (WHERE us > t * 86400000000) / count(*) AS s,
                       100.0 * count(*) FILTER (WHERE us >= t * 86400000000) / count(*) AS before
                  FROM unnest(ARRAY[1, 7, 30, 365, 400, 1000, 2999]) t, unnest(a) us GROUP BY t) x;
-- buckets of version 0.1.0 stay as they are; sums with them have no splits, in any order
CREATE TEMP TABLE kept AS
SELECT 'bucketed:3600.001..3601.1/3601.1:0.001/0.005:3168484/792121.55:{3593.106787:880/220}'::life_table AS old,
       life_table(i * interval '12 hours' + interval '1 s', i % 3 > 0) AS new FROM generate_series(1, 2000) i;
SELECT old, (new::text LIKE '%:split{%') AS split, (old + new)::text LIKE '%:split{%' AS sum_split FROM kept;
SELECT old + old, old + new = new + old AS either_way, (old + new) + new = old + (new + new) AS in_any_order,
       subjects(old + new), events(old + new) - events(new) AS events,
       (old + new)::text::life_table = old + new AS reads_back, old + 'exact:{3600.5:1/0}' AS more,
       'exact:{3600.5:1/0}' + old = old + 'exact:{3600.5:1/0}' AS exact_too
  FROM kept;
SELECT old < new, old = new, life_table_hash(old) = life_table_hash(old + 'exact:{}'), t.p_value < 1e-10
  FROM kept, logrank_test(old, new) t;
--
-- a table of buckets and one that fits into them are merged, in either order; the result is that of all rows
--
CREATE TEMP TABLE parts AS
SELECT g, life_table(d, e) FILTER (WHERE n <= 1500) AS a, life_table(d, e) FILTER (WHERE n > 1500 AND n <= 1800) AS b,
    life_table(d, e) FILTER (WHERE n > 1800 AND n <= 1804) AS c, life_table(d, e) FILTER (WHERE n > 1804) AS z,
    life_table(d, e) AS whole
  FROM (SELECT g, n, n % (g / 4 + 1) = 0 AS e, CASE g % 4 WHEN 0 THEN n * n * 7919::bigint % 1000 * interval '1 minute'
          WHEN 1 THEN n * n * 7919::bigint % 1999993 * interval '37 seconds'
          WHEN 2 THEN n * n * 7919::bigint % 1999993 * interval '0.01 seconds'
          ELSE n % 1700 * interval '1 hour' END AS d
          FROM generate_series(0, 11) AS g, generate_series(1, 3600) AS n) AS r GROUP BY g;
SELECT count(*), count(*) FILTER (WHERE whole::text ~ '^bucketed') AS in_buckets,
    bool_and(life_table_send(a + b + c + z) = w.sent) AS one_way, bool_and(life_table_send(z + (b + a) + c) = w.sent)
    AS another, bool_and(life_table_send((SELECT sum(x) FROM unnest(ARRAY[c, z, a, b]) AS x)) = w.sent) AS summed
  FROM parts CROSS JOIN LATERAL (SELECT life_table_send(whole) AS sent) AS w;
DROP TABLE parts;
--
-- what is open since times in an array: as the aggregate counts them one by one
--
SELECT n, kpi_life_open(starts, '2026-01-02 00:00Z') AS open
  FROM (VALUES (1, '{}'::timestamptz[]), (2, '{NULL}'), (3, NULL),
               (4, '{2026-01-01 23:59:58Z,NULL,2026-01-02 00:00Z,2026-01-01 23:59:58Z,2026-01-02 00:00:01Z}'),
               (5, '{{2026-01-01 00:00Z,2026-01-01 12:00Z}}')) AS v (n, starts);
SELECT size, life_table_send(kpi_life_open(array_agg(start), '2026-01-01 00:00Z'))
         = life_table_send(life_table(start, NULL, '2026-01-01 00:00Z')) AS equal, count(*) AS starts,
       life_table_send(kpi_life_open(array_agg(start ORDER BY start), '2026-01-01 00:00Z'))
         = life_table_send(life_table(start, NULL, '2026-01-01 00:00Z')) AS in_order
  FROM (VALUES (1), (40), (1024), (1025), (20000)) AS v (size), generate_series(0, size - 1) AS i,
    LATERAL (SELECT '2026-01-02 00:00Z'::timestamptz - i * i::bigint % 99991 * interval '37.000001 s' AS start) AS s
 GROUP BY size ORDER BY size;
SELECT pg_temp.error_of($$SELECT kpi_life_open('{-infinity}', '2026-01-02')$$),
    pg_temp.error_of($$SELECT kpi_life_open('{2026-01-01 00:00Z}', 'infinity')$$);
SELECT pg_temp.error_of($$SELECT kpi_life_open('{4714-11-24 00:00Z BC}', '294276-12-31 00:00Z')$$);
--
-- the packed form, in which a rollup stores life tables: the same bytes when read; states are sorted first
--
CREATE AGGREGATE pg_temp.state_of(interval, boolean) (sfunc = life_table_accum_duration, stype = life_table,
                                                      initcond = 'exact:{}');
CREATE TEMP TABLE pack AS
SELECT row_number() OVER () AS n, life_table_final(state) AS plain, kpi_life_packed(state) AS packed
  FROM (SELECT v::life_table AS state
          FROM unnest(ARRAY['exact:{}', 'exact:{0:1/0}', 'exact:{0:0/1}', 'exact:{0:3/2}', 'exact:{90.5:2/0,3600:1/1}',
                            'exact:{0:1/0,0.000001:0/2}', 'exact:{9223372036854.775807:1/0}', 'exact:{60:0/7,7200:0/1}',
                            'exact:{0:9223372036854775807/0}', 'exact:{0:0/9223372036854775807}',
                            'exact:{0:0/1,1:9223372036854775806/0}', 'exact:{0:1/0,9223372036854.775807:0/1}',
                            'exact:{9223372036854.775806:1/0,9223372036854.775807:1/0}',
                            'bucketed:0..0/0:0/0:0/0:{0:9223372036854775807/0}',
                            'bucketed:0..0.000007/0.000007:0/0.000007:0/0.007:{0:1000/0,0.000007:0/1000}',
                            'bucketed:3600.001..3601.1/3601.1:0.001/0.005:3168484/792121.55:{3593.106787:880/220}']) v
        UNION ALL SELECT pg_temp.state_of(interval '0.7 s' * i, i % 5 > 0) FROM generate_series(1, 12) i
        UNION ALL SELECT pg_temp.state_of(interval '0.7 s' * (i * i % 7919), i % 5 > 0) FROM generate_series(1, 500) i
        UNION ALL SELECT life_table(interval '1 s' * i, true) FROM generate_series(1, 1024) i
        UNION ALL SELECT pg_temp.state_of(interval '1 us' * exp(i * 0.029), i % 3 > 0) FROM generate_series(1, 1500) i
        UNION ALL SELECT pg_temp.state_of(interval '1 us' * (i / 4 * unit + i % 4 - 1), i % 9 > 0)
          FROM generate_series(4, 1600) i, unnest('{60000000,3600000000,86400000000}'::bigint[]) unit) s;
SELECT count(*), count(*) FILTER (WHERE plain::text ~ '^bucketed.*:split') AS split,
       bool_and(record_image_eq(ROW(life_table_final(packed)), ROW(plain))) AS same_bytes,
       bool_and(life_table_send(packed) = life_table_send(plain)) AS sent, bool_and(packed::text = plain::text) AS text,
       bool_and(packed = plain AND life_table_cmp(plain, packed) = 0) AS equal,
       bool_and(life_table_hash(packed) = life_table_hash(plain)
                AND life_table_hash_extended(packed, 7) = life_table_hash_extended(plain, 7)) AS hash,
       bool_and(record_image_eq(ROW(kpi_life_packed(packed)), ROW(packed))) AS once,
       bool_or(record_image_eq(ROW(packed), ROW(plain))) AS not_packed
  FROM pack;
-- sizes by hand: a header of 1 byte (4 from 127 on), 1 of the version, and the bits; none: 1 + 1 + 33; 1,024 seconds:
-- 1 + 21 of their number, 33 of the tick, 3 * 6, 33 of the first, 1,023 distances of 1, 1,024 counts of 1
SELECT pg_column_size(plain) AS plain, pg_column_size(packed) AS packed, 1 + 1 + ceil((1 + 1 + 33) / 8.0) AS by_hand
  FROM pack WHERE subjects(plain) = 0;
SELECT pg_column_size(packed) AS packed, 4 + 1 + ceil((1 + 21 + 33 + 18 + 33 + 1023 + 1024) / 8.0) AS by_hand
  FROM pack WHERE longest_time(plain) = '1024 s';
SELECT count(*) FROM pack WHERE pg_column_size(packed) >= pg_column_size(plain);
-- each function, aggregate and operator says the same of both, alone and with another value, or has the same error
CREATE FUNCTION pg_temp.answer(query text, a life_table, b life_table) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  result text;
BEGIN
  EXECUTE query INTO result USING a, b;
  RETURN result;
EXCEPTION WHEN OTHERS THEN
  RETURN SQLSTATE || SQLERRM;
END $$;
CREATE TEMP TABLE call AS
WITH given(type, value) AS (VALUES ('interval', '''1 hour'''), ('double precision', '0.5'), ('boolean', 'true'),
                                   ('bigint', '7'), ('timestamp with time zone', '''2025-01-01 00:00Z''')),
part AS (SELECT p.oid::regprocedure::text AS called, p.prokind, p.proretset, p.proname,
                string_agg(CASE WHEN a.type = 'life_table'::regtype THEN '$' || a.turn
                                ELSE g.value || '::' || g.type END, ', ' ORDER BY a.i) AS arguments
           FROM pg_proc p,
                LATERAL (SELECT t AS type, i, row_number() OVER (PARTITION BY t ORDER BY i) AS turn
                           FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS u(t, i)) a
                LEFT JOIN given g ON g.type::regtype = a.type
          WHERE 'life_table'::regtype = ANY (p.proargtypes::oid[]) AND p.pronamespace = 'public'::regnamespace
          GROUP BY p.oid HAVING bool_and(a.type = 'life_table'::regtype OR g.type IS NOT NULL))
SELECT called, format(CASE WHEN prokind = 'a' THEN 'SELECT %s(x)::text FROM unnest(ARRAY[$1, $2]) AS x'
                           WHEN proretset THEN 'SELECT string_agg(f::text, '';'') FROM %s(%s) f'
                           ELSE 'SELECT %s(%s)::text' END, proname, arguments) AS query
  FROM part
UNION ALL SELECT 'sum of one', 'SELECT sum(x)::text FROM unnest(ARRAY[$1]) AS x'
UNION ALL SELECT o.oprname, format('SELECT ($1 %s $2)::text', o.oprname) FROM pg_operator o
           WHERE o.oprleft = 'life_table'::regtype AND o.oprright = 'life_table'::regtype;
SELECT count(*) > 40 AS many FROM call;
SELECT DISTINCT c.called AS differs
  FROM call c, pack a, pack b,
       LATERAL (SELECT pg_temp.answer(c.query, a.plain, b.plain) AS plain) p
 WHERE b.n IN (5, 16, 20) AND (b.n = 5 OR c.query ~ '\$2')
   AND (p.plain IS DISTINCT FROM pg_temp.answer(c.query, a.packed, b.packed)
        OR p.plain IS DISTINCT FROM pg_temp.answer(c.query, a.packed, b.plain)
        OR p.plain IS DISTINCT FROM pg_temp.answer(c.query, a.plain, b.packed));
-- a function that counts may be given a packed state
CREATE FUNCTION pg_temp.packing(life_table, interval, boolean) RETURNS life_table LANGUAGE sql STRICT
  AS $$ SELECT kpi_life_packed($1) $$;
CREATE AGGREGATE pg_temp.moving(interval, boolean) (
  sfunc = life_table_accum_duration, stype = life_table, initcond = 'exact:{}', msfunc = life_table_accum_duration,
  mstype = life_table, minitcond = 'exact:{}', minvfunc = pg_temp.packing);
SELECT pg_temp.moving(i * interval '1 s', true) OVER (ORDER BY i ROWS 1 PRECEDING) FROM generate_series(1, 4) i;
-- bytes of a broken disk: a shorter value is an error, and so is what is no table; nothing else is read, or written
CREATE TEMP TABLE damaged (value bytea, cut boolean, n serial);
CREATE TEMP TABLE byte AS SELECT packed AS value FROM pack WHERE n IN (1, 4, 5, 12, 15, 16, 17, 20);
UPDATE pg_attribute SET atttypid = 'bytea'::regtype WHERE attrelid = 'byte'::regclass AND attname = 'value';
INSERT INTO damaged SELECT substr(value, 1, i), true FROM byte, generate_series(1, length(value) - 1) i WHERE i < 300;
INSERT INTO damaged SELECT set_bit(value, i, 1 - get_bit(value, i)), false
  FROM byte, generate_series(8, length(value) * 8 - 1) i WHERE i < 1000;
UPDATE pg_attribute SET atttypid = 'life_table'::regtype WHERE attrelid = 'damaged'::regclass AND attname = 'value';
SELECT pg_temp.error_of('SELECT sum(value) FROM damaged WHERE cut');
SELECT cut, count(*) > 300 AS many, bool_or(answer !~ '^(XX001|22003)') AS some_are_tables
  FROM damaged, LATERAL (SELECT pg_temp.answer('SELECT life_table_hash($1)', value, NULL) AS answer) a
 GROUP BY cut ORDER BY cut;
SELECT count(pg_temp.answer(c.query, d.value, p.plain)) > 300 AS answered
  FROM damaged d, call c, pack p
 WHERE d.n % 11 = 0 AND NOT d.cut AND c.called ~ '^(life_table_plus|logrank_test)' AND p.n = 5;
DROP TABLE pack, call, damaged, byte;
