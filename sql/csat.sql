\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
-- 6 of 10 are 4 or 5; 3 counts as an answer, NULL does not
SELECT csat(s), csat(s::smallint), csat(s::float8), csat(s::bigint), csat(csat_tally(s)), csat(csat_tally(s), 3),
       csat(csat_tally(s), NULL), crs(s), crs(s::smallint), crs(s::numeric), crs(csat_tally(s)), csat(s, 1, 5, 4),
       csat(s, 1, 5, 5), csat(s, 1, 5, NULL)
  FROM unnest(ARRAY[5,4,3,3,2,1,5,4,4,5,NULL,NULL]) s;
-- top two of longer scales; shorter ones have no default
SELECT csat('1..7:{0,0,0,0,1,1,2}'::tally), csat('0..10:{0,0,0,0,0,0,0,0,1,1,2}'::tally),
       csat('1..3:{1,1,2}'::tally, 3), csat('0..1:{1,3}'::tally, 1);
-- rows may bring scales of their own
SELECT csat(s, 1, top, top - 1) FROM (VALUES (5, 5), (5, 7), (7, 7), (1, 3), (NULL, 5)) r(s, top);
SELECT csat(s), csat(csat_tally(s)), csat(s, 1, 5, 4), crs(s), crs(s > 1), crs(s, true), crs(s > 1, true),
       csat_interval(csat_tally(s))
  FROM (SELECT 1 AS s WHERE false) r;
SELECT csat(NULL::int), crs(NULL::bool), crs(NULL::int), csat(NULL::tally), csat(NULL::tally, 4), crs(NULL::tally),
       csat_interval(NULL), csat(NULL::int, 1, 5, 4);
SELECT pg_temp.error_of('SELECT ' || a)
  FROM unnest(ARRAY['csat(0)', 'csat(6)', 'csat(4.5)', 'csat(''1..3:{0,0,0}''::tally)', 'csat(''0..1:{0,0}''::tally)',
                    'csat(''1..5:{0,0,0,0,0}''::tally, 6)', 'csat(''1..5:{0,0,0,0,0}''::tally, 0)', 'csat(6, 1, 5, 4)',
                    'csat(3.5, 1, 5, 4)', 'csat(3, 1, 5, 6)', 'csat(3, 5, 1, 3)', 'csat(3, 1, 3, NULL)',
                    'csat(3, NULL, 5, 4)', 'crs(''1..3:{0,0,0}''::tally)', 'crs(9, true)', 'crs(6)']) a;
--
-- CRS: only answers about a recovery count; a row that does not count is not checked
--
SELECT crs(ok), crs(ok, recovery), crs(score, recovery), crs(rate_tally(ok) FILTER (WHERE recovery))
  FROM (VALUES (true, 5, true), (true, 4, true), (false, 3, true), (true, 5, true), (false, 1, false), (true, 5, NULL),
               (NULL, NULL, true)) r(ok, score, recovery);
SELECT crs(99, false), crs(false, NULL);
--
-- intervals: 412 of 500, Wilson, Clopper-Pearson, Jeffreys and Wald by mpmath
--
CREATE TEMP TABLE v AS SELECT '1..5:{20,30,38,200,212}'::tally AS t;
SELECT csat_interval(t) FROM v;
SELECT csat_interval(t, method => 'exact') FROM v;
SELECT csat_interval(t, 0.95, NULL, 'jeffreys') FROM v;
SELECT csat_interval(t, method => 'wald') FROM v;
SELECT csat_interval(t, 0.95, 5) FROM v;
SELECT csat_interval(t, NULL), csat_interval(t, 0.95, 4, NULL) FROM v;
SELECT pg_temp.error_of('SELECT csat_interval(t, ' || a || ') FROM v')
  FROM unnest(ARRAY['0', '1', '95', '0.95, 6', '0.95, 4, ''clopper''']) a;
-- the same for CRS, and for yes/no tallies
SELECT crs_interval(t), crs_interval(t, 0.95, 'exact'), crs_interval('0..1:{88,412}') FROM v;
SELECT crs_interval('1..5:{0,0,0,0,0}'), crs_interval(NULL), pg_temp.error_of('SELECT crs_interval(''1..3:{1,2,3}'')'),
       pg_temp.error_of('SELECT crs_interval(''0..1:{1,2}'', 0)');
SELECT crs_test('0..1:{14,56}', '0..1:{32,48}'), crs_test('1..5:{0,0,14,56,0}', '1..5:{32,0,0,0,48}'),
       crs_test('0..1:{0,0}', '0..1:{1,2}');
SELECT pg_temp.error_of('SELECT crs_test(''1..5:{0,0,0,0,0}'', ''0..1:{0,0}'')');
--
-- tests: 56 of 70 against 48 of 80, Newcombe (1998) example (a)
--
SELECT csat_test('1..5:{0,0,14,56,0}', '1..5:{32,0,0,0,48}');
SELECT csat_test('1..5:{0,0,14,56,0}', '1..5:{32,0,0,0,48}', 0.95, 5);
SELECT csat_test('1..5:{0,0,0,0,0}', '1..5:{32,0,0,0,48}'), csat_test(NULL, '1..5:{32,0,0,0,48}'),
       csat_test('1..5:{0,0,0,0,3}', '1..5:{0,0,0,0,48}');
SELECT pg_temp.error_of('SELECT csat_test(''1..5:{0,0,0,0,0}'', ''1..7:{0,0,0,0,0,0,0}'')');
SELECT array_agg(n ORDER BY i), array_agg(c ORDER BY i), array_agg(g ORDER BY i), array_agg(b ORDER BY i) FROM (
  SELECT i, csat(s) OVER w AS n, crs(s, i > 1) OVER w AS c, csat(s, 1, 5, 5) OVER w AS g, crs(s > 3, i > 1) OVER w AS b
  FROM unnest(ARRAY[5,1,NULL,NULL,4]) WITH ORDINALITY r(s, i) WINDOW w AS (ORDER BY i ROWS 1 PRECEDING)) w;
--
-- the aggregates with bounds, as the functions of the tally; untyped literals and NULL as before
--
SELECT csat_interval(s) = csat_interval(csat_tally(s)), csat_interval(s::smallint) = csat_interval(csat_tally(s)),
       csat_interval(s::numeric) = csat_interval(csat_tally(s)), crs_interval(s) = crs_interval(csat_tally(s)),
       crs_interval(s::smallint) = crs_interval(csat_tally(s)), crs_interval(s::float8) = crs_interval(csat_tally(s)),
       crs_interval(s > 3) = crs_interval(rate_tally(s > 3)), csat_interval(s) FILTER (WHERE s > 5),
       crs_interval(s) FILTER (WHERE s > 5), crs_interval(s > 3) FILTER (WHERE s > 5)
  FROM unnest(ARRAY[5,4,3,3,2,1,5,4,4,5,NULL,NULL]) s;
SELECT csat_interval('1..5:{20,30,38,200,212}') = csat_interval('1..5:{20,30,38,200,212}'::tally),
       csat_interval('1..5:{20,30,38,200,212}', 0.9, 5, 'exact')
         = csat_interval('1..5:{20,30,38,200,212}'::tally, 0.9, 5, 'exact'),
       csat_interval('1..5:{20,30,38,200,212}', satisfied_from => 5)
         = csat_interval('1..5:{20,30,38,200,212}'::tally, 0.95, 5),
       crs_interval('0..1:{88,412}') = crs_interval('0..1:{88,412}'::tally),
       crs_interval('0..1:{88,412}', 0.9, 'wald') = crs_interval('0..1:{88,412}'::tally, 0.9, 'wald'),
       csat_interval(NULL), csat_interval(NULL, NULL, NULL, NULL), crs_interval(NULL), crs_interval(NULL, NULL, NULL);
SELECT pg_temp.error_of('SELECT ' || a)
  FROM unnest(ARRAY['csat_interval(6)', 'crs_interval(0)', 'csat_interval(''x'')']) a;
SELECT i, csat_interval(s) OVER w = csat_interval(csat_tally(s) OVER w) AS csat, crs_interval(s > 3) OVER w AS crs
  FROM unnest(ARRAY[5,1,NULL,4]) WITH ORDINALITY r(s, i) WINDOW w AS (ORDER BY i ROWS 1 PRECEDING);
