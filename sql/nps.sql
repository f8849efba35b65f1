\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
-- 4 promoters, 3 passives, 3 detractors of 10: 40 - 30 = 10
SELECT nps(s), nps(s::smallint), nps(s::float8), nps(s::bigint), nps(nps_tally(s))
  FROM unnest(ARRAY[10,10,9,9,8,8,7,6,3,0,NULL]) s;
SELECT nps(s), nps_interval(nps_tally(s)) FROM (SELECT 1 AS s WHERE false) r;
SELECT nps(s) FROM (VALUES (NULL::int)) r(s);
SELECT nps(NULL::tally), nps_interval(NULL), nps_test(NULL, '0..10:{0,0,0,0,0,0,0,0,0,0,1}');
SELECT nps(6), nps(7), nps(8), nps(9);
SELECT pg_temp.error_of('SELECT nps(' || a || ')')
  FROM unnest(ARRAY['11', '-1', '6.5', '''NaN''::float8', '''1..5:{0,0,0,0,0}''::tally']) a;
-- if all answers are of one kind the result is exactly 100, whatever their number
SELECT nps('0..10:{3002399751580330,0,0,0,0,0,0,0,0,0,0}'::tally), csat('1..5:{0,0,0,0,360287970189643}'::tally),
       rate('0..1:{0,9223372036854775807}'::tally), (rate_interval('0..1:{0,360287970189643}')).estimate <= 100;
-- against the usual way, over groups
SELECT bool_and(nps = usual), count(*)
  FROM (SELECT nps(s),
               100.0::float8 * (count(*) FILTER (WHERE s >= 9) - count(*) FILTER (WHERE s <= 6)) / count(s) AS usual
          FROM (SELECT i % 37 AS g, nullif((i * 7919) % 12, 11) AS s FROM generate_series(1, 5000) i) r GROUP BY g) c;
--
-- intervals: Rocks' adjusted Wald (3,T) and score interval, values by R and mpmath
-- (19 promoters, 8 passives, 9 detractors)
--
CREATE TEMP TABLE v AS SELECT '0..10:{0,0,0,0,0,0,9,0,8,0,19}'::tally AS t;
SELECT nps_interval(t) FROM v;
SELECT nps_interval(t, method => 'score') FROM v;
SELECT nps_interval(t, 0.95, 'wald') FROM v;
SELECT (nps_interval(t, 0.8)).lower > (nps_interval(t, 0.99)).lower FROM v;
-- a single promoter: the adjusted bounds alone would miss the NPS
SELECT nps_interval('0..10:{0,0,0,0,0,0,0,0,0,0,1}');
SELECT nps_interval('0..10:{10,0,0,0,0,0,0,0,0,0,0}', method => 'score');
SELECT pg_temp.error_of('SELECT nps_interval(t, ' || a || ') FROM v')
  FROM unnest(ARRAY['0', '1', '95', '-0.5', '''NaN''', '0.95, ''wilson''', '0.95, ''''']) a;
SELECT nps_interval(t, NULL) FROM v;
--
-- tests: Lewis & Sauro's z on adjusted scores; the sign is current minus baseline
--
SELECT nps_test('0..10:{0,0,0,0,0,0,7,13,0,0,16}', '0..10:{0,0,0,0,0,0,15,14,0,0,7}');
SELECT difference, upper < 0, statistic
  FROM nps_test('0..10:{0,0,0,0,0,0,15,14,0,0,7}', '0..10:{0,0,0,0,0,0,7,13,0,0,16}');
SELECT nps_test('0..10:{0,0,0,0,0,0,0,0,0,0,10}', '0..10:{10,0,0,0,0,0,0,0,0,0,0}');
SELECT nps_test('0..10:{0,0,0,0,0,0,0,0,0,0,0}', '0..10:{10,0,0,0,0,0,0,0,0,0,0}');
SELECT pg_temp.error_of('SELECT nps_test(' || a || ')')
  FROM unnest(ARRAY['''0..1:{1,2}'', ''0..10:{10,0,0,0,0,0,0,0,0,0,0}''',
                    '''0..10:{10,0,0,0,0,0,0,0,0,0,0}'', ''0..10:{10,0,0,0,0,0,0,0,0,0,0}'', 1']) a;
-- rolling
SELECT array_agg(n ORDER BY i)
  FROM (SELECT i, nps(s) OVER (ORDER BY i ROWS 1 PRECEDING) AS n
          FROM unnest(ARRAY[10,0,7,NULL,9]) WITH ORDINALITY r(s, i)) w;
--
-- of counts, as of the tally: 19 promoters, 8 passives, 9 detractors
--
SELECT nps_interval(19, 8, 9) = nps_interval(t), nps_interval(19, 8, 9, 0.9) = nps_interval(t, 0.9),
       nps_interval(19, 8, 9, 0.9, 'score') = nps_interval(t, 0.9, 'score'), nps_interval(0, 0, 0),
       nps_interval(19, NULL, 9),
       nps_interval(19::smallint, 8::bigint, 9, method => 'wald') = nps_interval(t, 0.95, 'wald')
  FROM v;
SELECT nps_interval(9223372036854775807, 0, 0);
SELECT pg_temp.error_of('SELECT nps_interval(' || a || ')')
  FROM unnest(ARRAY['-1, 8, 9', '19, -8, 9', '19, 8, -9', '9223372036854775807, 1, 0', '19, 8, 9, 95',
                    '19, 8, 9, 0.95, ''wilson''']) a;
-- the aggregates, as the functions of the tally; they share one state
SELECT nps_interval(s) = nps_interval(nps_tally(s)), nps_interval(s::smallint) = nps_interval(nps_tally(s)),
       nps_interval(s::float8) = nps_interval(nps_tally(s)), nps_interval(s::bigint) = nps_interval(nps_tally(s)),
       nps_interval(s::numeric) = nps_interval(nps_tally(s)), nps_interval(s) FILTER (WHERE s > 10)
  FROM unnest(ARRAY[10,10,9,9,8,8,7,6,3,0,NULL]) s;
SELECT pg_temp.error_of('SELECT nps_interval(11)');
SELECT bool_and(moving = anew), count(*) FROM (
  SELECT nps_interval(s) OVER (ORDER BY i ROWS 9 PRECEDING) AS moving,
         (SELECT nps_interval(nps_tally(x * 7919 % 11)) FROM generate_series(greatest(i - 9, 1), i) x) AS anew
    FROM (SELECT i, i * 7919 % 11 AS s FROM generate_series(1, 200) i) r) c;
-- an untyped literal is a tally, as it was before there were aggregates
SELECT nps_interval('0..10:{0,0,0,0,0,0,9,0,8,0,19}') = nps_interval(t),
       nps_interval('0..10:{0,0,0,0,0,0,9,0,8,0,19}', 0.9, 'score') = nps_interval(t, 0.9, 'score'),
       nps_interval('0..10:{0,0,0,0,0,0,9,0,8,0,19}', '0.9') = nps_interval(t, 0.9), nps_interval(NULL, NULL, NULL)
  FROM v;
--
-- scores of a scale 1..5: all are detractors, which a warning says once in a statement
--
SELECT g, nps(s) FROM generate_series(1, 3) g, generate_series(1, 5) s, generate_series(1, 10) GROUP BY g ORDER BY g;
SELECT nps_interval(s), nps('0..10:{0,0,0,0,0,30,0,0,0,0,0}'::tally)
  FROM generate_series(1, 5) s, generate_series(1, 6);
SELECT nps(weighted_tally(s, 0, 10, 1)) FROM generate_series(1, 5) s, generate_series(1, 6);
-- not for fewer than 30 answers, nor with one above 5
SELECT nps('0..10:{0,0,0,0,0,29,0,0,0,0,0}'::tally), nps('0..10:{0,0,0,0,0,99,1,0,0,0,0}'::tally);
