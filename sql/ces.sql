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
-- adjusted: R, with the pseudo-answer written out as half an answer 1 and half an answer 7:
-- v <- c(x, 1, 7); k <- c(rep(1, n), .5, .5); m <- sum(k * v) / (n + 1); s2 <- sum(k * (v - m)^2) / n;
-- m + qt(c(.025, .975), n) * sqrt(s2 / (n + 1)); the test is Welch's on m, s2 / (n + 1) and n
--
SELECT ces_interval(ces_tally(s)) FROM unnest(ARRAY[5,6,7,3,4,6,7,7,2,5,6,6,1,7,5]) s;
SELECT ces_test('1..7:{1,1,1,1,3,4,4}', '1..7:{2,3,4,2,1,0,0}');
SELECT difference, upper < 0, statistic FROM ces_test('1..7:{2,3,4,2,1,0,0}', '1..7:{1,1,1,1,3,4,4}');
-- one answer is the scale; equal answers are not certain, and their bounds stay on the scale
SELECT ces_interval('1..7:{0,0,0,0,0,1,0}'), ces_interval('1..7:{0,0,0,0,0,12,0}'),
       ces_interval('1..7:{0,0,0,0,0,0,0}'), ces_interval('1..7:{0,0,0,0,0,0,5}'), ces_interval('3..3:{4}');
SELECT ces_test('1..7:{0,0,0,0,0,1,0}', '1..7:{0,0,0,5,5,0,0}'),
       ces_test('1..7:{0,0,0,0,0,5,0}', '1..7:{0,0,0,5,0,0,0}'),
       ces_test('1..7:{0,0,0,0,0,0,0}', '1..7:{0,0,0,5,5,0,0}'), ces_test('3..3:{4}', '3..3:{5}');
SELECT ces_test('1..7:{0,0,0,0,0,3,0}', '1..7:{0,0,0,2,2,0,0}');
-- ten of a group in which 70 % give a 7, all of them 7, against a hundred: R's t.test finds a difference
SELECT p_value < 0.05 AS found FROM ces_test('1..7:{0,0,0,0,0,0,10}', '1..7:{1,2,3,4,7,13,70}');
SELECT p_value < 0.05 AS found FROM ces_test('1..7:{0,0,0,0,0,0,10}', '1..7:{1,2,3,4,7,13,70}', 0.95, 'welch');
--
-- the methods t and welch: t.test of R: 5 6 7 3 4 6 7 7 2 5 6 6 1 7 5 against 3 2 4 3 1 5 2 3 4 2 3 1
--
SELECT ces_interval(ces_tally(s), 0.95, 't') FROM unnest(ARRAY[5,6,7,3,4,6,7,7,2,5,6,6,1,7,5]) s;
SELECT ces_test('1..7:{1,1,1,1,3,4,4}', '1..7:{2,3,4,2,1,0,0}', 0.95, 'welch');
-- one answer: a mean without bounds; equal answers: bounds without width, no test
SELECT ces_interval('1..7:{0,0,0,0,0,1,0}', 0.95, 't'), ces_interval('1..7:{0,0,0,0,0,12,0}', 0.95, 't'),
       ces_interval('1..7:{0,0,0,0,0,0,0}', 0.95, 't');
SELECT ces_test('1..7:{0,0,0,0,0,1,0}', '1..7:{0,0,0,5,5,0,0}', 0.95, 'welch'),
       ces_test('1..7:{0,0,0,0,0,5,0}', '1..7:{0,0,0,5,0,0,0}', 0.95, 'welch'),
       ces_test('1..7:{0,0,0,0,0,0,0}', '1..7:{0,0,0,5,5,0,0}', 0.95, 'welch');
-- one side without variance is a test like any other: R t.test(c(6,6,6), c(4,5,4,5))
SELECT ces_test('1..7:{0,0,0,0,0,3,0}', '1..7:{0,0,0,2,2,0,0}', method => 'welch');
--
-- every way to call it: tallies, literals, a method alone, an untyped confidence, NULL
--
SELECT c.*, pg_temp.error_of(format('SELECT ces_interval(%s, 0.9, %L)', t, method)) AS error,
       pg_temp.error_of(format('SELECT ces_interval(%s, method => %L)', t, method)) AS method_alone
  FROM (VALUES ('''1..7:{1,1,1,1,3,4,4}'''), ('''1..7:{1,1,1,1,3,4,4}''::tally')) v(t),
       unnest(ARRAY['t', 'Adjusted', 'welch', '']) method, LATERAL (VALUES (t, method)) c;
SELECT ces_interval(t, '0.9') = ces_interval(t, 0.9),
       ces_interval('1..7:{1,2,3,4,5,6,7}', '0.9') = ces_interval(t, 0.9),
       ces_interval(t, method => 'adjusted') = ces_interval(t),
       ces_interval(t, method => 't') = ces_interval(t, 0.95, 't'),
       ces_interval('1..7:{1,2,3,4,5,6,7}', confidence => 0.9) = ces_interval(t, 0.9), ces_interval(NULL),
       ces_interval(t, NULL), ces_interval(t, 0.95, NULL), ces_interval(NULL, NULL), ces_interval(NULL, NULL, NULL)
  FROM (SELECT '1..7:{1,2,3,4,5,6,7}'::tally) v(t);
SELECT ces_test(t, t, '0.9') = ces_test(t, t, 0.9), ces_test('1..7:{1,2,3,4,5,6,7}', t, 0.9) = ces_test(t, t, 0.9),
       ces_test('1..7:{1,2,3,4,5,6,7}', '1..7:{1,2,3,4,5,6,7}', '0.9') = ces_test(t, t, 0.9),
       ces_test('1..7:{1,2,3,4,5,6,7}', '1..7:{1,2,3,4,5,6,7}', method => 'welch') = ces_test(t, t, 0.95, 'welch'),
       ces_test(t, t, method => 'welch') = ces_test(t, t, 0.95, 'welch'),
       ces_test(NULL, NULL), ces_test(NULL, NULL, NULL), ces_test(NULL, NULL, NULL, NULL)
  FROM (SELECT '1..7:{1,2,3,4,5,6,7}'::tally) v(t);
SELECT pg_temp.error_of('SELECT ces_' || a)
  FROM unnest(ARRAY['interval(''1..7:{1,2,3,4,5,6,7}'', ''2'')', 'interval(''1..7:{1,2,3,4,5,6,7}'', ''NaN'')',
                    'test(''0..1:{1,2}'', ''0..1:{1,2}'', method => ''t'')']) a;
-- the aggregate, as the function of the tally; its scale is 1..7
SELECT ces_interval(s) = ces_interval(ces_tally(s)), ces_interval(s::smallint) = ces_interval(ces_tally(s)),
       ces_interval(s::numeric) = ces_interval(ces_tally(s)), ces_interval(s) FILTER (WHERE s > 7)
  FROM unnest(ARRAY[1,2,3,4,5,6,7,7,7,NULL]) s;
SELECT pg_temp.error_of('SELECT ces_interval(8)');
SELECT i, ces_interval(s) OVER (ORDER BY i ROWS 1 PRECEDING) FROM unnest(ARRAY[7,1,NULL,NULL]) WITH ORDINALITY r(s, i);
SELECT array_agg(n ORDER BY i)
  FROM (SELECT i, ces(s) OVER (ORDER BY i ROWS 1 PRECEDING) AS n
          FROM unnest(ARRAY[7,1,NULL,NULL,4]) WITH ORDINALITY r(s, i)) w;
