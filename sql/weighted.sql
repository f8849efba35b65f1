\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- text form: the rounding error of a sum follows it; digits do not depend on settings
--
SELECT '0..1:{(2.5,3.25,2),(1,1,1)}'::weighted_tally, ' -1 .. 0 : { ( 1e-3 , 1e-6,1) , (0,0 , 0)} '::weighted_tally;
SELECT weighted_tally(1, 1, 1, w),
       weighted_tally(1, 1, 1, w)::text::weighted_tally::text = weighted_tally(1, 1, 1, w)::text
  FROM unnest(ARRAY[0.1, 0.2, 0.7]) w;
SELECT weighted_tally(1, 1, 2, w * 1e200), weighted_tally(1, 1, 2, w * 1e-200) FROM unnest(ARRAY[1, 2]) w;
SELECT left(s, 50), pg_temp.error_of(format('SELECT %L::weighted_tally', s))
  FROM unnest(ARRAY['', '0..1', '0..1:{}', '0..1:{(1,1,1)}', '0..1:{(1,1,1),(1,1,1),(1,1,1)}', '0..1:{(1,1,1),(1,1)}',
                    '0..1:{(1,1,1),(1,1,1)} x', '0..1:{(1,1,1),(1,1,1)', '0..1:{1,1,1}', '0..0:{(-1,1,1)}',
                    '0..0:{(1,-1,1)}', '0..0:{(1,1,-1)}', '0..0:{(1,1,1.5)}', '0..0:{(1,1,9223372036854775808)}',
                    '0..0:{(NaN,1,1)}', '0..0:{(1,Infinity,1)}', '0..0:{(+inf,1,1)}', '0..0:{(1e300,1,1)}',
                    '0..0:{(1e999,1,1)}', '0..0:{(1,1e300,1)}', '0..0:{(1,1,0)}', '0..0:{(1+1,1,1)}',
                    '0..0:{(1-nan,1,1)}', '0..0:{(1,1+x,1)}', '0..0:{(1,1,1)}*2^5', '0..0:{(0,0,0)}*2^800',
                    '1..0:{(1,1,1)}', '0..101:{(1,1,1)}', '99999999999..5:{(1,1,1)}']) s;
SELECT encode(weighted_tally_send('0..0:{(2.5,3.25+1e-17,2)}'), 'hex');
-- a rounding error of zero has no sign, in binary and in text
SELECT weighted_tally_send('0..0:{(2.5-0,3.25-0,2)}') = weighted_tally_send('0..0:{(2.5,3.25,2)}');
-- equality, order and hashes: by scale, unit and all sums; zeros have no sign, what rounding lost counts
CREATE TEMP TABLE e AS
SELECT t
  FROM unnest(ARRAY['0..0:{(2.5,3.25,2)}', '0..0:{(2.5-0,3.25-0,2)}', '0..0:{(2.5,3.25,3)}', '0..0:{(2.5,3.5,2)}',
                    '0..0:{(2.5+1e-17,3.25,2)}', '0..0:{(2.5,3.25+1e-17,2)}', '0..1:{(0,0,0),(0,0,0)}',
                    '-1..0:{(0,0,0),(1,1,1)}', '0..1:{(-0,-0,0),(0,0,0)}', '0..0:{(2.5,3.25,2)}*2^800',
                    '0..0:{(2.5,3.25,2)}*2^-800', NULL]::weighted_tally[]) t;
SELECT replace(min(t::text), '-0', '0'), count(*) FROM e GROUP BY t ORDER BY t;
SET enable_hashagg = off;
SELECT count(DISTINCT t), sum(a.c) FROM e, LATERAL (SELECT count(*) AS c FROM e x WHERE x.t = e.t) a;
RESET enable_hashagg;
SELECT bool_and((a.t < b.t) = (weighted_tally_cmp(a.t, b.t) < 0) AND (a.t <= b.t) = (weighted_tally_cmp(a.t, b.t) <= 0)
                AND (a.t > b.t) = (b.t < a.t) AND (a.t >= b.t) = (b.t <= a.t) AND (a.t <> b.t) = NOT (a.t = b.t)
                AND (a.t = b.t) = (weighted_tally_hash(a.t) = weighted_tally_hash(b.t))
                AND (a.t = b.t) = (weighted_tally_hash_extended(a.t, 7) = weighted_tally_hash_extended(b.t, 7))),
       count(*)
  FROM e a, e b WHERE a.t IS NOT NULL AND b.t IS NOT NULL;
--
-- R's survey::svymean by its formula: seven answers, one of weight 0, one NULL, one without a weight
--
CREATE TEMP TABLE answer AS
SELECT s, w FROM unnest(ARRAY[5,4,4,3,2,5,1,4,NULL,3], ARRAY[1,2,0.5,1.5,1,0.25,2,0,7,NULL]::float8[]) r(s, w);
CREATE TEMP TABLE v AS SELECT weighted_tally(s, 1, 5, w) AS t FROM answer;
SELECT t, responses(t), effective_responses(t), scale_min(t), scale_max(t), mean(t), ces(t), stddev(t) FROM v \gx
SELECT share(t, 1, 2), share(t, 1, 5), csat(t), csat(t, 5), csat(t, NULL), crs(t), ces_easy(t, 4, 5) FROM v;
SELECT ces_interval(t, 0.95, 't'), ces_interval(t, 0.8, 't'),
       ces_interval(t, method => 't') = ces_interval(t, 0.95, 't'),
       pg_temp.error_of('SELECT ces_interval(t, 0.95, ''welch'') FROM v') FROM v;
-- adjusted: R, m <- (n * 3 + 3) / (n + 1); s2 <- ((n - 1) * n * e^2 + n / (n + 1) * (3 - 3)^2 + (5 - 1)^2 / 4) / n;
-- 3 + qt(c(.025, .975), n) * sqrt(s2 / (n + 1)), n the effective number of answers, e the linearised error
SELECT ces_interval(t), ces_interval(t, 0.8), ces_interval(t, '0.8') = ces_interval(t, 0.8) FROM v;
-- Wilson, Clopper-Pearson and Jeffreys on 5.418 answers by qbeta, Wald with the linearised error
SELECT m, csat_interval(t, method => m), csat_interval(t, 0.95, 4, m) = crs_interval(t, 0.95, m)
  FROM v, unnest(ARRAY['wilson', 'exact', 'jeffreys', 'wald']) m;
SELECT csat_interval(t, NULL), csat_interval(t, 0.95, 4, NULL), csat(NULL::weighted_tally),
       csat(NULL::weighted_tally, 4), nps(NULL::weighted_tally), csat_interval(NULL::weighted_tally)
  FROM v;
-- NPS, R: 0 with a linearised error of 32.637362467481848 and 8.7808417997097 answers
SELECT nps(t), nps_interval(t), nps_interval(t, 0.95, 'score') IS NOT NULL, nps_interval(t, method => 'wald'),
       effective_responses(t)
  FROM (SELECT weighted_tally(s, 0, 10, w) AS t
          FROM unnest(ARRAY[10,10,0,7,9,2,9,8,10,4], ARRAY[1.2,0.8,1.5,0.7,1.1,2,0.9,1.3,0.5,1]) r(s, w)) n;
-- Kish (1965): a hundred answers, half of them with twice the weight
SELECT effective_responses(weighted_tally(1, 0, 1, 1 + i % 2)) FROM generate_series(1, 100) i;
SELECT rate(weighted_tally(1, 0, 1, 2.0)), rate_interval(weighted_tally(1, 0, 1, 2.0)),
       ces_easy(weighted_tally(6, 1, 7, 1.5)),
       weighted_tally(3::smallint, 1, 5, 1)::text = weighted_tally(3.0, 1, 5, 1)::text;
--
-- equal weights give the unweighted result, whatever they are
--
CREATE TEMP VIEW equal AS
SELECT u, csat_tally(s) AS a, weighted_tally(s, 1, 5, u) AS b, nps_tally(2 * s) AS c,
       weighted_tally(2 * s, 0, 10, u) AS d, rate_tally(s > 3) AS e, weighted_tally((s > 3)::int, 0, 1, u) AS f
  FROM (SELECT (i * i) % 5 + 1 AS s FROM generate_series(1, 83) i) r,
       unnest(ARRAY[1, 0.1, 3, 1e-300, 1e300]::float8[]) u GROUP BY u;
CREATE FUNCTION pg_temp.near(a double precision, b double precision) RETURNS boolean LANGUAGE sql
  AS 'SELECT a IS NOT DISTINCT FROM b OR abs(a - b) <= 1e-12 * abs(b)';
SELECT u, responses(b) = responses(a), pg_temp.near(effective_responses(b), responses(a)),
       pg_temp.near(mean(b), mean(a)), pg_temp.near(stddev(b), stddev(a)), pg_temp.near(csat(b), csat(a)),
       pg_temp.near(nps(d), nps(c)), pg_temp.near(rate(f), rate(e)),
       pg_temp.near((ces_interval(b)).lower, (ces_interval(a)).lower),
       pg_temp.near((csat_interval(b)).upper, (csat_interval(a)).upper),
       pg_temp.near((csat_interval(b, method => 'exact')).lower, (csat_interval(a, method => 'exact')).lower),
       pg_temp.near((nps_interval(d)).lower, (nps_interval(c)).lower),
       pg_temp.near((nps_interval(d, 0.9, 'score')).upper, (nps_interval(c, 0.9, 'score')).upper),
       pg_temp.near((rate_interval(f, 0.9, 'jeffreys')).upper, (rate_interval(e, 0.9, 'jeffreys')).upper)
  FROM equal ORDER BY u;
SELECT csat(b) = csat(a), nps(d) = nps(c), csat_interval(b) = csat_interval(a), nps_interval(d) = nps_interval(c),
       rate_interval(f, 0.95, 'exact') = rate_interval(e, 0.95, 'exact')
  FROM equal WHERE u = 1;
-- scaling all weights changes nothing, from the smallest to the largest numbers
SELECT factor, responses(t), pg_temp.near(effective_responses(t), 8.780841799709725), abs(nps(t)) < 1e-12,
       pg_temp.near((nps_interval(t)).upper, 49.02750624642777),
       pg_temp.near((nps_interval(t, method => 'wald')).upper, 63.96805498664371),
       t::text::weighted_tally::text = t::text
  FROM (SELECT factor, weighted_tally(s, 0, 10, w * factor) AS t
          FROM unnest(ARRAY[10,10,0,7,9,2,9,8,10,4], ARRAY[1.2,0.8,1.5,0.7,1.1,2,0.9,1.3,0.5,1]) r(s, w),
               unnest(ARRAY[1, 1e-3, 1e6, 1e-150, 1e150, 1e-290, 8e307]::float8[]) factor GROUP BY factor) n
 ORDER BY factor;
-- weights of all sizes together, in every order and merged
SELECT count(DISTINCT round(effective_responses(t)::numeric, 9)), count(DISTINCT round(mean(t)::numeric, 9)),
       min(responses(t))
  FROM (SELECT weighted_tally(s, 1, 5, w ORDER BY hashint4(seed + i::int)) AS t
          FROM unnest(ARRAY[1,2,3,4,5,3], ARRAY[1e-300, 1e300, 2e300, 1, 1e150, 0]) WITH ORDINALITY r(s, w, i),
               generate_series(1, 30) seed
         GROUP BY seed
        UNION ALL
        SELECT sum(t ORDER BY hashint4(seed + i::int))
          FROM (SELECT i, seed, weighted_tally(s, 1, 5, w) AS t
                  FROM unnest(ARRAY[1,2,3,4,5,3], ARRAY[1e-300, 1e300, 2e300, 1, 1e150, 0]) WITH ORDINALITY r(s, w, i),
                       generate_series(1, 30) seed GROUP BY i, seed) p GROUP BY seed) x;
--
-- edge cases: no rows, all NULL, all of weight 0, one answer, all alike
--
SELECT weighted_tally(s, 1, 5, 1), sum(weighted_tally) FROM (SELECT 1 AS s, NULL::weighted_tally WHERE false) r;
SELECT t, responses(t), effective_responses(t), mean(t), stddev(t), csat(t), csat_interval(t),
       csat_interval(t, method => 'wald'), ces_interval(t)
  FROM (SELECT weighted_tally(NULL::int, 1, 5, 1)
        UNION ALL SELECT weighted_tally(4, 1, 5, NULL)
        UNION ALL SELECT weighted_tally(4, 1, 5, 0)
        UNION ALL SELECT weighted_tally(4, 1, 5, 0.3)
        UNION ALL SELECT weighted_tally(4, 1, 5, w) FROM unnest(ARRAY[0.3, 0.1, 0.7]) w) x(t);
SELECT nps_interval(weighted_tally(10, 0, 10, w)), nps_interval(weighted_tally(10, 0, 10, w), method => 'score')
  FROM unnest(ARRAY[0.3, 0.1, 0.7]) w;
SELECT a, pg_temp.error_of('SELECT ' || a)
  FROM unnest(ARRAY[
         'weighted_tally(3, 1, 5, -1)', 'weighted_tally(3, 1, 5, ''NaN'')', 'weighted_tally(3, 1, 5, ''Infinity'')',
         'weighted_tally(3, 1, 5, ''-Infinity'')', 'weighted_tally(6, 1, 5, 1)', 'weighted_tally(6, 1, 5, 0)',
         'weighted_tally(3.5, 1, 5, 1)', 'weighted_tally(''NaN''::float8, 1, 5, 1)', 'weighted_tally(3, 5, 1, 1)',
         'weighted_tally(3, NULL, 5, 1)', 'weighted_tally(3, 0, 101, 1)',
         'weighted_tally(x, 1, x, 1) FROM generate_series(4, 5) x',
         'sum(t) FROM (VALUES (''0..0:{(1,1,1)}''::weighted_tally), (''0..1:{(1,1,1),(1,1,1)}'')) v(t)',
         '''0..0:{(1,1,9223372036854775807)}''::weighted_tally + ''0..0:{(1,1,1)}''',
         'weighted_accum_int4(''0..0:{(1,1,9223372036854775807)}'', 0, 0, 0, 1)',
         'responses(''0..1:{(1,1,9223372036854775807),(1,1,1)}''::weighted_tally)',
         'csat_interval(''0..4:{(1,1,9223372036854775807),(1,1,1),(0,0,0),(0,0,0),(0,0,0)}''::weighted_tally)',
         'nps(''0..0:{(1,1,1)}''::weighted_tally)', 'nps_interval(''0..0:{(1,1,1)}''::weighted_tally)',
         'rate(''0..0:{(1,1,1)}''::weighted_tally)', 'rate_interval(''0..0:{(1,1,1)}''::weighted_tally)',
         'csat(''0..0:{(1,1,1)}''::weighted_tally)', 'csat(''0..0:{(1,1,1)}''::weighted_tally, 1)',
         'crs(''0..0:{(1,1,1)}''::weighted_tally)', 'ces_easy(''0..0:{(1,1,1)}''::weighted_tally)',
         'share(''0..0:{(1,1,1)}''::weighted_tally, 0, 1)', 'ces_interval(''0..0:{(1,1,1)}''::weighted_tally, 2)',
         'csat_interval(''0..0:{(1,1,1)}''::weighted_tally, 0.95, 0, ''clopper'')',
         'nps_interval(weighted_tally(1, 0, 10, 1), 0.95, ''wilson'')']) a;
--
-- sums: in another order the last digits may differ; outside an aggregate states are copies; windows count again
--
SELECT t, weighted_accum_int4(t, 1, 0, 1, 2), t + '0..1:{(1,1,1),(0,0,0)}', t
  FROM (SELECT '0..1:{(2.5,3.25,2),(1,1,1)}'::weighted_tally OFFSET 0) x(t);
SELECT i, mean(weighted_tally(i, 1, 5, 0.1 * i) OVER (ORDER BY i ROWS 1 PRECEDING)),
       responses(sum(t) OVER (ORDER BY i ROWS 1 PRECEDING))
  FROM (SELECT i, CASE WHEN i <> 3 THEN weighted_tally(i, 1, 5, i) END AS t FROM generate_series(1, 5) i GROUP BY i) x;
SELECT pg_column_size(weighted_tally(5, 0, 10, 1));
-- ten million tenths would be 999999.99984 when simply added up
SELECT weighted_tally(1, 1, 1, 0.1) FROM generate_series(1, 1000000) i;
-- a number may have more digits than it needs, up to 2,000
SELECT ('1..1:{(1.' || repeat('0', 1998) || ',1,1)}')::weighted_tally;
SELECT left(pg_temp.error_of(format('SELECT %L::weighted_tally', '1..1:{(1.' || repeat('0', 1999) || ',1,1)}')), 60);
-- a sum that could not be read back is refused
SELECT pg_temp.error_of($$SELECT w + w FROM (SELECT '0..0:{(4e139,1e250,1)}'::weighted_tally) x(w)$$);
SELECT (w + w)::text::weighted_tally FROM (SELECT '0..0:{(2e139,1e250,1)}'::weighted_tally) x(w);
-- a + b is b + a, to the last bit
SELECT count(*), bool_and(a + b = b + a) FROM (
  SELECT weighted_tally((i * 7 % 11) % 5 + 1, 1, 5, 1 / (1 + (i * i * k) % 97)::float8) FILTER (WHERE i % 2 = 0) AS a,
         weighted_tally((i * 3 % 11) % 5 + 1, 1, 5, 1e3 / (1 + (i * k) % 89)::float8) FILTER (WHERE i % 2 = 1) AS b
    FROM generate_series(1, 40) i, generate_series(1, 200) k GROUP BY k) s;
--
-- tests of two, against R: Kish's effective numbers 8.7808417997097 and 9.4479004665630 in Newcombe's bounds, the
-- N - 1 chi-square and the (3,T)-adjusted NPS; pseudo-answers and linearised errors in Welch's test
--
CREATE TEMP TABLE two AS SELECT
  (SELECT weighted_tally(s, 0, 10, w) FROM unnest(ARRAY[10,10,0,7,9,2,9,8,10,4],
    ARRAY[1.2,0.8,1.5,0.7,1.1,2,0.9,1.3,0.5,1]) r(s, w)) AS a,
  (SELECT weighted_tally(s, 0, 10, w) FROM unnest(ARRAY[3,6,9,5,2,8,10,1,7,6,6,0],
    ARRAY[1,0.5,2,1.5,0.8,1.2,0.4,1,1,2.5,0.7,0.9]) r(s, w)) AS b;
SELECT csat_test(a, b), csat_test(a, b, 0.9, 7) FROM two;
SELECT nps_test(a, b) FROM two;
SELECT ces_test(a, b), ces_test(a, b, method => 'welch') FROM two;
SELECT (ces_test(a, b)).difference = mean(a) - mean(b), (nps_test(a, b)).difference = nps(a) - nps(b),
  (csat_test(a, b)).statistic = -(csat_test(b, a)).statistic FROM two;
-- with equal weights, here seven, they are those of plain answers; Fisher's exact p too
SELECT bool_and(abs((x).lower - (y).lower) < 1e-10 AND abs((x).upper - (y).upper) < 1e-10
    AND abs((x).statistic - (y).statistic) < 1e-12 AND abs((x).p_value - (y).p_value) < 1e-12), count(*)
  FROM (SELECT weighted_tally(i % 11, 0, 10, 7) AS a, weighted_tally(i * i % 11, 0, 10, 7) AS b, nps_tally(i % 11) AS c,
      nps_tally(i * i % 11) AS d, weighted_tally((i % 3 = 0)::int, 0, 1, 7) AS e, weighted_tally(0, 0, 1, 7) AS f,
      rate_tally(i % 3 = 0) AS g, rate_tally(false) AS h FROM generate_series(1, 30) i) v,
    LATERAL (VALUES (nps_test(a, b), nps_test(c, d)), (csat_test(a, b), csat_test(c, d)),
      (ces_test(a, b), ces_test(c, d)), (csat_test(a, b, 0.8, 4), csat_test(c, d, 0.8, 4)),
      (rate_test(e, f), rate_test(g, h)),
      (rate_test(e, f + '0..1:{(7,49,1),(0,0,0)}'), rate_test(g, h + '0..1:{1,0}')),
      (ces_test(a, b, 0.9, 'welch'), ces_test(c, d, 0.9, 'welch'))) t(x, y) WHERE (y).p_value < 2;
-- 1 of 10 with weights of 3 against 0 of 11 with weights of 5: fisher.test of R gives 0.47619047619
SELECT rate_test('0..1:{(27,81,9),(3,9,1)}'::weighted_tally, '0..1:{(55,275,11),(0,0,0)}');
-- all the same, one answer, none, NULL
SELECT rate_test(y, y), rate_test(y, n), ces_test(y, y), rate_test(y, e), ces_test(e, y), ces_test(y, y, 0.95, 'welch')
  FROM (VALUES ('0..1:{(0,0,0),(9,27,3)}'::weighted_tally, '0..1:{(2,4,1),(0,0,0)}'::weighted_tally,
    '0..1:{(0,0,0),(0,0,0)}'::weighted_tally)) v(y, n, e);
SELECT csat_test(a, NULL), csat_test(NULL, a), csat_test(a, a, NULL), nps_test(a, NULL), csat_test(a, b, 0.95, NULL)
  = csat_test(a, b) FROM two;
CREATE TEMP TABLE odd AS SELECT '0..0:{(1,1,1)}'::weighted_tally AS c, '0..1:{(1,1,1),(1,1,1)}'::weighted_tally AS d,
  '0..1:{(1,1,9223372036854775807),(1,1,1)}'::weighted_tally AS f;
SELECT x, pg_temp.error_of(format('SELECT %s FROM odd', x)) FROM unnest(ARRAY['rate_test(c, d)', 'rate_test(d, c)',
  'csat_test(c, d)', 'csat_test(d, d)', 'csat_test(d, d, 0.95, 2)', 'ces_test(c, d)', 'nps_test(d, d)',
  'rate_test(d, d, 95)', 'ces_test(d, d, 0.95, ''t'')', 'rate_test(f, d)', 'csat_test(d, f, 0.95, 1)']) x;
