\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
-- 3 of 4; NULL does not count as an answer
SELECT rate(b), resolution_rate(b), resolution_quality(b), fcr(b), retention_rate(b), churn_rate(b), repeat_rate(b),
       referral_rate(b), crs(b)
  FROM unnest(ARRAY[true, true, true, false, NULL]) b;
SELECT rate(t), resolution_rate(t), resolution_quality(t), fcr(t), retention_rate(t), churn_rate(t), repeat_rate(t),
       referral_rate(t), crs(t)
  FROM (SELECT '0..1:{1,3}'::tally) v(t);
SELECT rate(b), fcr(b), rate(rate_tally(b)), rate_interval(rate_tally(b)) FROM (SELECT true AS b WHERE false) r;
SELECT rate(NULL::bool), churn_rate(NULL::tally), fcr(NULL::int), rate_interval(NULL);
-- by numbers of events
SELECT fcr(c), fcr(c::smallint), fcr(c::bigint), fcr(c::numeric) FROM unnest(ARRAY[1, 1, 2, 5, NULL]) c;
SELECT repeat_rate(n), referral_rate(n), referral_rate(n::bigint) FROM unnest(ARRAY[0, 0, 0, 1, 17, NULL]) n;
SELECT resolution_quality(e, p) FROM (VALUES (3, 3), (3, 5), (3, 2.5), (NULL, 5), (1, NULL)) r(e, p);
SELECT pg_temp.error_of('SELECT ' || a)
  FROM unnest(ARRAY['fcr(0)', 'fcr(-1)', 'fcr(1.5)', 'fcr(''NaN''::float8)', 'fcr(''Infinity''::float8)',
                    'repeat_rate(-1)', 'referral_rate(0.5)', 'repeat_rate(''Infinity''::float8)',
                    'resolution_quality(''NaN''::float8, 1)', 'resolution_quality(1, ''Infinity''::float8)',
                    'rate(''1..5:{0,0,0,0,0}''::tally)', 'fcr(''0..10:{0,0,0,0,0,0,0,0,0,0,0}''::tally)']) a;
--
-- intervals: 81 of 263, Newcombe (1998) table I, digits by mpmath
--
SELECT rate_interval('0..1:{182,81}');
SELECT rate_interval('0..1:{182,81}', method => 'exact');
SELECT rate_interval('0..1:{28,1}', 0.95, 'jeffreys');
SELECT rate_interval('0..1:{182,81}', 0.95, 'wald');
SELECT rate_interval('0..1:{10,0}'), rate_interval('0..1:{0,10}', method => 'exact'),
       rate_interval('0..1:{0,10}', method => 'wald');
SELECT rate_interval('0..1:{999999999999,1}'), rate_interval('0..1:{0,9223372036854775807}', method => 'exact');
SELECT (rate_interval('0..1:{4000000000000000000,5000000000000000000}', method => m)).lower BETWEEN 55.55 AND 55.5556
  FROM unnest(ARRAY['wilson','exact','jeffreys','wald']) m;
SELECT pg_temp.error_of('SELECT rate_interval(' || a || ')')
  FROM unnest(ARRAY['''0..1:{1,2}'', 0', '''0..1:{1,2}'', 1', '''0..1:{1,2}'', 95', '''0..1:{1,2}'', ''NaN''',
                    '''0..1:{1,2}'', 0.95, ''wilsen''', '''1..5:{0,0,0,0,0}''', '''0..1:{9223372036854775807,1}''']) a;
--
-- tests: 7 of 34 against 1 of 34 (Perondi; Campbell 2007: N-1 chi-square 5.025, p 0.02498392561695889)
--
SELECT rate_test('0..1:{27,7}', '0..1:{33,1}');
SELECT statistic ^ 2 AS n1_chi_square FROM rate_test('0..1:{27,7}', '0..1:{33,1}');
SELECT difference, lower, upper, statistic < 0 FROM rate_test('0..1:{33,1}', '0..1:{27,7}');
-- Fisher's p where the smallest expected count is below 1: fisher.test of R gives 5.9641494618002287e-09
SELECT p_value FROM rate_test('0..1:{0,3}', '0..1:{1000,0}');
SELECT rate_test('0..1:{0,9}', '0..1:{0,5}'), rate_test('0..1:{9,0}', '0..1:{5,0}'),
       rate_test('0..1:{0,0}', '0..1:{5,1}');
SELECT pg_temp.error_of('SELECT rate_test(''0..1:{1,2}'', ''1..5:{0,0,0,0,0}'')'),
       pg_temp.error_of('SELECT rate_test(''0..1:{1,2}'', ''0..1:{1,2}'', 2)');
--
-- against a target: R, binom.test(13, 16, 0.5) and binom.test(82, 100, 0.8), p 0.021270751953125 and 0.708053865808977
--
SELECT target_test('0..1:{3,13}', 50);
SELECT target_test('1..5:{4,4,10,40,42}', 80), target_test('1..5:{4,4,10,40,42}', 80, 5, 0.9);
SELECT target_test('0..1:{3,0}', 0), target_test('0..1:{3,1}', 100), target_test('0..1:{0,0}', 80),
       target_test(NULL, 80), target_test('0..1:{1,3}', NULL), target_test('0..1:{1,3}', 80, 1);
SELECT pg_temp.error_of('SELECT target_test(' || a || ')')
  FROM unnest(ARRAY['''0..1:{1,2}'', 101', '''0..1:{1,2}'', -0.1', '''0..1:{1,2}'', ''NaN''', '''0..1:{1,2}'', 80, 7',
                    '''1..3:{1,2,3}'', 80', '''0..1:{1,2}'', 80, NULL, 1']) a;
-- rolling
SELECT array_agg(n ORDER BY i), array_agg(q ORDER BY i), array_agg(c ORDER BY i), array_agg(t ORDER BY i)
  FROM (SELECT i, rate(s > 1) OVER w AS n, resolution_quality(3, s) OVER w AS q, fcr(s) OVER w AS c,
               referral_rate(s - 1) OVER w AS t
          FROM unnest(ARRAY[5,1,NULL,NULL,4]) WITH ORDINALITY r(s, i) WINDOW w AS (ORDER BY i ROWS 1 PRECEDING)) w;
--
-- the tallies of contacts and of expectations, as their rates count them
--
SELECT fcr_tally(c), fcr(fcr_tally(c)) = fcr(c) AS same FROM unnest('{1,1,2,NULL,7}'::int[]) c;
SELECT resolution_quality_tally(e, p),
       resolution_quality(resolution_quality_tally(e, p)) = resolution_quality(e, p) AS same
  FROM (VALUES (3, 3), (3, 2), (2, 5.5), (NULL, 1), (1, NULL)) v(e, p);
SELECT fcr_tally(c), resolution_quality_tally(c, c) FROM (VALUES (1.0)) v(c) WHERE false;
SELECT pg_temp.error_of($$SELECT fcr_tally(0)$$);
-- exact bounds without answers, and when none or all said yes: 1 - 0.025^(1/10) by hand
SELECT lower, round(upper::numeric, 4) FROM rate_interval('0..1:{10,0}', 0.95, 'exact');
SELECT round(lower::numeric, 4), upper FROM rate_interval('0..1:{0,10}', 0.95, 'exact');
SELECT * FROM rate_interval('0..1:{0,0}', 0.95, 'exact');
-- a row type that was changed, or a result that is not a row, is an error
BEGIN;
ALTER TYPE kpi_interval ADD ATTRIBUTE note text;
SELECT pg_temp.error_of($$SELECT rate_interval('0..1:{1,2}')$$);
ROLLBACK;
-- the same for types of columns: of each row type that C makes or reads, and of a function's columns
BEGIN;
-- (PostgreSQL refuses to alter a type that a function or a view uses; 16.2 calls that unexpected)
SELECT type, attribute,
       pg_temp.error_of(format('ALTER TYPE %s ALTER ATTRIBUTE %s TYPE text; %s', type, attribute, query))
         ~ ('^(0A000 . cannot alter type|XX000 . unexpected object depending on column: function'
            || '|42804 . column [1-5] of a row type of recovery_kpi is text)') AS refused
  FROM (VALUES ('kpi_test', 'p_value', $$SELECT mean_test(1, 1, 9, 1, 1, 9)$$),
               ('kpi_time_interval', 'lower', $$SELECT median_time_interval('exact:{1:1/0}')$$),
               ('control_chart', 'sigma_z', $$SELECT control_chart('0..1:{1,2}'::tally)$$),
               ('control_chart', 'center', $$SELECT control_limits('(50,1,9,1)'::control_chart, '0..1:{1,2}')$$),
               ('xmr_chart', 'sigma', $$SELECT xmr_chart(1)$$),
               ('xmr_chart', 'center', $$SELECT xmr_limits('(1,1,1,1,9)')$$)) c(type, attribute, query);
ALTER TYPE xmr_chart DROP ATTRIBUTE points;
ALTER TYPE xmr_chart ADD ATTRIBUTE points bigint;
SELECT pg_temp.error_of($$SELECT xmr_chart(1)$$);
ROLLBACK;
-- kpi_interval and kpi_test cannot be altered while SQL functions use their columns
CREATE TYPE pg_temp.other_interval AS (estimate float8, lower float8, upper text, responses bigint);
CREATE TYPE pg_temp.other_test AS (difference float8, lower float8, upper float8, statistic bigint, p_value float8);
CREATE FUNCTION pg_temp.rate_interval(tally, float8, text) RETURNS pg_temp.other_interval LANGUAGE C STRICT
  AS '$libdir/recovery_kpi';
CREATE FUNCTION pg_temp.rate_test(tally, tally, float8) RETURNS pg_temp.other_test LANGUAGE C STRICT
  AS '$libdir/recovery_kpi';
CREATE FUNCTION pg_temp.clv_parameters(clv_model, OUT a text, OUT b text) LANGUAGE C STRICT AS '$libdir/recovery_kpi';
CREATE FUNCTION pg_temp.sentiment_lexicon(OUT a text, OUT b int) RETURNS SETOF record LANGUAGE C STRICT
  AS '$libdir/recovery_kpi';
CREATE FUNCTION pg_temp.life_curve(life_table, float8, OUT a text, OUT b text) RETURNS SETOF record LANGUAGE C STRICT
  AS '$libdir/recovery_kpi';
SELECT a, pg_temp.error_of('SELECT pg_temp.' || a)
  FROM unnest(ARRAY['rate_interval(''0..1:{1,2}'', 0.95, ''wilson'')',
                    'rate_test(''0..1:{1,2}'', ''0..1:{1,2}'', 0.95)',
                    'clv_parameters(''(0.2,4,0.8,2.4,6,3,15,,,0)'')', 'sentiment_lexicon()',
                    'life_curve(''exact:{1:1/0}'', 0.9)']) a;
CREATE FUNCTION pg_temp.no_row(tally, float8, text) RETURNS float8 LANGUAGE C STRICT
  AS '$libdir/recovery_kpi', 'rate_interval';
SELECT pg_temp.error_of($$SELECT pg_temp.no_row('0..1:{1,2}', 0.95, 'wilson')$$);
--
-- of counts, as of the tally
--
SELECT rate_interval(81, 263) = rate_interval('0..1:{182,81}'),
       rate_interval(81, 263, 0.9) = rate_interval('0..1:{182,81}', 0.9),
       rate_interval(81, 263, 0.9, 'exact') = rate_interval('0..1:{182,81}', 0.9, 'exact'),
       rate_interval(81, 263, method => 'wald') = rate_interval('0..1:{182,81}', method => 'wald'),
       rate_test(7, 34, 1, 34) = rate_test('0..1:{27,7}', '0..1:{33,1}'),
       rate_test(7, 34, 1, 34, 0.9) = rate_test('0..1:{27,7}', '0..1:{33,1}', 0.9),
       rate_test(yes => 7, total => 34, baseline_yes => 1, baseline_total => 34)
         = rate_test('0..1:{27,7}', '0..1:{33,1}');
SELECT rate_interval(0, 0), rate_interval(0, 0, method => 'exact'), rate_interval(NULL, 5), rate_interval(5, NULL),
       rate_test(0, 0, 1, 2), rate_test(1, 2, 0, 0), rate_test(1, 2, NULL, 2), rate_interval(0, 3), rate_interval(3, 3);
SELECT pg_temp.error_of('SELECT rate_' || a)
  FROM unnest(ARRAY['interval(6, 5)', 'interval(-1, 5)', 'interval(0, -5)', 'interval(1, 5, 95)',
                    'interval(1, 5, 0.95, ''score'')', 'test(6, 5, 1, 5)', 'test(1, 5, 6, 5)', 'test(1, -5, 1, 5)',
                    'test(1, 5, -1, 5)', 'test(1, 5, 1, 5, 2)']) a;
-- the aggregate, as the function of the tally; untyped literals and NULL as before
SELECT rate_interval(b) = rate_interval(rate_tally(b)), rate_interval(b) FILTER (WHERE b IS NULL)
  FROM unnest(ARRAY[true, true, true, false, NULL]) b;
SELECT i, rate_interval(b) OVER w = rate_interval(rate_tally(b) OVER w) AS same
  FROM unnest(ARRAY[true, NULL, NULL, false, true]) WITH ORDINALITY r(b, i)
WINDOW w AS (ORDER BY i ROWS 1 PRECEDING);
SELECT rate_interval('0..1:{182,81}', '0.9') = rate_interval('0..1:{182,81}'::tally, 0.9), rate_interval(NULL),
       rate_interval(NULL, NULL), rate_test(NULL, NULL), rate_test(NULL, NULL, NULL), rate_test(NULL, NULL, NULL, NULL);
-- bounds hold the estimate, whatever the number of answers, the method and the confidence
SELECT count(*), count(*) FILTER (WHERE lower <= estimate AND estimate <= upper)
  FROM unnest(ARRAY[1, 2, 3, 7, 100, 1000000007, 9000000000000000, 9007199254740991, 9223372036854775807]) n,
       unnest(ARRAY[0, 1, 2, n / 2, n / 3, n - 2, n - 1, n]) x,
       unnest(ARRAY['wilson', 'exact', 'jeffreys', 'wald']) m, unnest(ARRAY[0.0001, 0.5, 0.95, 0.999999]) c,
       rate_interval(x, n, c, m) WHERE x BETWEEN 0 AND n;
SELECT count(*), count(*) FILTER (WHERE lower <= difference AND difference <= upper)
  FROM unnest(ARRAY[1, 7, 1000000007, 9000000000000000, 9223372036854775807]) n,
       unnest(ARRAY[0, 1, n / 3, n - 1, n]) x, unnest(ARRAY[1, 9, 9007199254740991]) k, unnest(ARRAY[0, k / 3, k]) y,
       rate_test(x, n, y, k);
--
-- repeat_rate counts later purchases, repeat_rate_of all of them: 3 of 5 customers bought again
--
SELECT repeat_rate(n - 1), repeat_rate_of(n), repeat_rate_of(n::bigint), repeat_rate_of(n::numeric),
       repeat_rate_of(n) FILTER (WHERE n > 9)
  FROM unnest(ARRAY[1, 2, 1, 5, 2, NULL]) n;
SELECT pg_temp.error_of('SELECT repeat_rate_of(' || a || ')') FROM unnest(ARRAY['0', '-1', '1.5', '''NaN''::float8']) a;
SELECT array_agg(r ORDER BY i) FROM (SELECT i, repeat_rate_of(n) OVER (ORDER BY i ROWS 1 PRECEDING) AS r
  FROM unnest(ARRAY[1, 2, 1, 5, NULL, NULL]) WITH ORDINALITY v(n, i)) w;
