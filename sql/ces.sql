\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
SELECT ces(s), ces(s::smallint), ces(s::float8), ces(ces_tally(s)), ces_easy(s), ces_easy(s::smallint),
       ces_easy(s::numeric), ces_easy(ces_tally(s))
  FROM unnest(ARRAY[1,2,3,4,5,6,7,7,7,NULL]) s;
SELECT ces(s), ces_easy(s), ces_interval(ces_tally(s)) FROM (SELECT 1 AS s WHERE false) r;
SELECT ces(NULL::int), ces_easy(NULL::int), ces(NULL::tally), ces_easy(NULL::tally);
-- a survey on 1..5 has a mean; ces_easy needs to be told which answers mean easy
SELECT ces('1..5:{0,1,2,3,4}'::tally), ces_easy('1..5:{0,1,2,3,4}'::tally, 4, 5),
       ces_easy('1..5:{0,1,2,3,4}'::tally, 1, 2);
SELECT pg_temp.error_of('SELECT ' || a)
  FROM unnest(ARRAY['ces(8)', 'ces(0)', 'ces_easy(7.5)', 'ces_easy(''1..5:{0,0,0,0,0}''::tally)',
                    'ces_easy(''1..5:{0,0,0,0,0}''::tally, 4, 6)', 'ces_interval(''1..5:{0,0,0,0,0}''::tally, 1.5)',
                    'ces_test(''1..5:{0,0,0,0,0}'', ''1..7:{0,0,0,0,0,0,0}'')']) a;
--
-- t.test of R: 5 6 7 3 4 6 7 7 2 5 6 6 1 7 5 against 3 2 4 3 1 5 2 3 4 2 3 1
--
SELECT ces_interval(ces_tally(s)) FROM unnest(ARRAY[5,6,7,3,4,6,7,7,2,5,6,6,1,7,5]) s;
SELECT ces_test('1..7:{1,1,1,1,3,4,4}', '1..7:{2,3,4,2,1,0,0}');
SELECT difference, upper < 0, statistic FROM ces_test('1..7:{2,3,4,2,1,0,0}', '1..7:{1,1,1,1,3,4,4}');
-- one answer: a mean without bounds; equal answers: bounds without width, no test
SELECT ces_interval('1..7:{0,0,0,0,0,1,0}'), ces_interval('1..7:{0,0,0,0,0,12,0}'),
       ces_interval('1..7:{0,0,0,0,0,0,0}');
SELECT ces_test('1..7:{0,0,0,0,0,1,0}', '1..7:{0,0,0,5,5,0,0}'),
       ces_test('1..7:{0,0,0,0,0,5,0}', '1..7:{0,0,0,5,0,0,0}'),
       ces_test('1..7:{0,0,0,0,0,0,0}', '1..7:{0,0,0,5,5,0,0}');
-- one side without variance is a test like any other: R t.test(c(6,6,6), c(4,5,4,5))
SELECT ces_test('1..7:{0,0,0,0,0,3,0}', '1..7:{0,0,0,2,2,0,0}');
SELECT array_agg(n ORDER BY i)
  FROM (SELECT i, ces(s) OVER (ORDER BY i ROWS 1 PRECEDING) AS n
          FROM unnest(ARRAY[7,1,NULL,NULL,4]) WITH ORDINALITY r(s, i)) w;
