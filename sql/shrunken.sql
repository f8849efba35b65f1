\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
CREATE FUNCTION pg_temp.near(a double precision, b double precision) RETURNS boolean LANGUAGE sql AS
  'SELECT a IS NOT DISTINCT FROM b OR abs(a - b) <= 1e-11 * abs(b)';
--
-- Efron & Morris (1977): hits of eighteen players in their first 45 times at bat.  R: rho 0.00271011277288, alpha
-- 97.675916107, beta 270.312418994; qbeta: 28.0094875025 (23.7878644393 .. 32.4328375819) for 18 hits; pbeta.
--
CREATE TEMP TABLE player AS SELECT i, h, tally(0, 1, ARRAY[45 - h, h]) AS t
  FROM unnest(ARRAY[18,17,16,15,14,14,13,12,11,11,10,10,10,10,10,9,8,7]::bigint[]) WITH ORDINALITY u(h, i);
CREATE TEMP TABLE batting AS SELECT rate_prior(t) AS prior FROM player;
SELECT (prior).*, 1 / (1 + (prior).alpha + (prior).beta) AS rho FROM batting;
SELECT h, shrunken_interval(t, prior), probability_above(t, prior, 30) FROM player, batting WHERE i IN (1, 18);
SELECT shrunken_interval(t, prior, 0.8) FROM player, batting WHERE i = 1;
-- agents, by hand: 132 of 165 answers are 80 %, and S = 0.12 + 0.9 + 0.5 + 0.4 + 0.8 + 1.28 + 0.4 = 4.4
CREATE TEMP TABLE agent AS SELECT n, x, tally(0, 1, ARRAY[n - x, x]) AS t
  FROM (VALUES (3, 3), (38, 40), (45, 50), (28, 40), (12, 20), (0, 2), (6, 10)) v(x, n);
CREATE TEMP TABLE team AS SELECT rate_prior(t) AS prior FROM agent;
SELECT (prior).alpha, (prior).beta, round((4.4 - 6 * 0.16) / ((165 - 6213 / 165.0 - 6) * 0.16), 12) AS rho FROM team;
SELECT x, n, rate(t), (shrunken_interval(t, prior)).*, probability_above(t, prior, 80) FROM agent, team
  ORDER BY estimate DESC;
-- the moments in plain SQL, of random segments: exact numerics; and the same of scores with a satisfied_from
CREATE TEMP TABLE segment AS SELECT i, tally(1, 5, ARRAY[a, b, c, d, e]) AS t
  FROM (SELECT i, hashint8(i)::bigint & 7 AS a, hashint8(i + 1000)::bigint & 3 AS b,
      hashint8(i + 2000)::bigint & 15 AS c, hashint8(i + 3000)::bigint & 31 AS d,
      (hashint8(i + 4000)::bigint & 63) * (i % 3) AS e
    FROM generate_series(1, 200) i) r;
CREATE FUNCTION pg_temp.moments(satisfied int, OUT alpha numeric, OUT beta numeric) LANGUAGE sql AS $$
  WITH s AS (SELECT responses(t)::numeric AS n, (SELECT sum(c) FROM unnest((counts(t))[satisfied:]) c) AS x
    FROM segment),
  m AS (SELECT count(*) AS k, sum(n) AS n, sum(x) / sum(n) AS p, sum(n * n) AS nn FROM s WHERE n > 0),
  r AS (SELECT p, ((SELECT sum(s.n * (s.x / s.n - p) ^ 2) FROM s WHERE s.n > 0) - (k - 1) * p * (1 - p))
    / ((n - nn / n - (k - 1)) * p * (1 - p)) AS rho FROM m)
  SELECT p * (1 - rho) / rho, (1 - p) * (1 - rho) / rho FROM r $$;
SELECT s, pg_temp.near((q).alpha, m.alpha::float8), pg_temp.near((q).beta, m.beta::float8), (q).segments, (q).responses,
    (q).satisfied_from
  FROM generate_series(2, 5) s, pg_temp.moments(s) m, LATERAL (SELECT rate_prior(t, s) AS q FROM segment) p ORDER BY s;
-- top two points by default; the readers take satisfied_from of the prior unless they are told another
SELECT a = b, a = c, shrunken_interval('1..5:{0,0,1,0,3}', a) = shrunken_interval('1..5:{0,0,1,0,3}', a, 0.95, 4),
    shrunken_interval('1..5:{0,0,1,0,3}', d) = shrunken_interval('0..1:{0,4}', d, satisfied_from => 1),
    shrunken_interval('1..5:{0,0,1,0,3}', d, 0.95, 4) = shrunken_interval('0..1:{1,3}', d, 0.95, 1),
    probability_above('1..5:{0,0,1,0,3}', d, 70) = probability_above('0..1:{0,4}', d, 70, 1)
  FROM (SELECT rate_prior(t) AS a, rate_prior(t, NULL) AS b, rate_prior(t, 4) AS c, rate_prior(t, 3) AS d
    FROM segment) p;
--
-- what segments do not tell: fewer than three, one answer each; no more than chance; nothing in common
--
CREATE FUNCTION pg_temp.prior(VARIADIC tallies tally[]) RETURNS rate_prior LANGUAGE sql AS
  'SELECT rate_prior(t) FROM unnest(tallies) t';
SELECT pg_temp.prior('0..1:{1,5}', '0..1:{3,5}'), pg_temp.prior('0..1:{1,5}', '0..1:{3,5}', '0..1:{0,0}', NULL),
  pg_temp.prior('0..1:{0,1}', '0..1:{1,0}', '0..1:{0,1}', '0..1:{0,1}');
SELECT rate_prior(t), shrunken_interval('0..1:{1,2}', rate_prior(t)), probability_above('0..1:{1,2}', rate_prior(t), 50)
  FROM (SELECT NULL::tally AS t WHERE false) n;
-- chance alone: 3, 4 and 5 of 10; each has the 12 of 30 of all, with Wilson's bounds, whose tail is the probability
SELECT p, shrunken_interval('0..1:{7,3}', p), rate_interval('0..1:{18,12}'), probability_above('0..1:{7,3}', p,
    (rate_interval('0..1:{18,12}')).lower) FROM pg_temp.prior('0..1:{7,3}', '0..1:{6,4}', '0..1:{5,5}') p;
-- no variance at all
SELECT p, shrunken_interval('0..1:{0,3}', p), probability_above('0..1:{0,3}', p, 100),
    probability_above('0..1:{0,3}', p, 0)
  FROM pg_temp.prior('0..1:{0,3}', '0..1:{0,4}', '0..1:{0,1}') p;
SELECT p, shrunken_interval('0..1:{3,0}', p) FROM pg_temp.prior('0..1:{3,0}', '0..1:{1,0}', '0..1:{1,0}') p;
-- all answers within each are the same: each keeps its share, without bounds; a mixed one has Beta(x, n - x)'s
SELECT p, shrunken_interval('0..1:{0,2}', p), shrunken_interval('0..1:{2,0}', p),
    shrunken_interval('0..1:{1,1}', p, 0.9),
    probability_above('0..1:{0,2}', p, 50), probability_above('0..1:{1,1}', p, 25)
  FROM pg_temp.prior('0..1:{0,2}', '0..1:{3,0}', '0..1:{0,4}') p;
-- no answers, NULL
SELECT shrunken_interval('0..1:{0,0}', prior), probability_above('0..1:{0,0}', prior, 80),
    shrunken_interval(NULL, prior), shrunken_interval('0..1:{1,2}', NULL), shrunken_interval('0..1:{1,2}', prior, NULL),
    probability_above(NULL, prior, 80), probability_above('0..1:{1,2}', NULL, 80),
    probability_above('0..1:{1,2}', prior, NULL), probability_above('0..1:{1,2}', prior, 0),
    probability_above('0..1:{1,2}', prior, 100) FROM team;
-- a prior of one's own: worth 20 answers, 80 % of them yes, and 3 no; R: qbeta of 16 and 7
SELECT shrunken_interval('0..1:{3,0}', (16, 4, NULL, NULL, NULL, NULL)::rate_prior);
-- very many answers: by the normal distribution; very few: R's qbeta; the mean lies beyond the 97.5 % of 0.05 and 4
SELECT shrunken_interval('0..1:{4000000000000000000,5000000000000000000}', (16, 4, NULL, NULL, NULL, 1)::rate_prior),
    shrunken_interval('0..1:{1,0}', (0.05, 3, 9, 1, 2, 1)::rate_prior),
    shrunken_interval('0..1:{0,1}', (1e300, 1e300, 9, 1, 2, 1)::rate_prior);
--
-- a call site keeps the prior and bounds: priors and confidences in turn, then twice more shares than it keeps with one
-- prior; the probabilities above the bounds, found anew each time, are those of the confidence
--
CREATE TEMP TABLE few AS SELECT n, x, tally(0, 1, ARRAY[n - x, x]) AS t FROM generate_series(1, 140) n,
    generate_series(0, n) x;
SELECT pass, count(*), bool_and(abs(probability_above(t, p, (i).upper) - (1 - c) / 2) < 1e-9) AS upper,
    bool_and(abs(probability_above(t, p, (i).lower) - (1 + c) / 2) < 1e-9) AS lower
  FROM (SELECT pass, t, p, c, shrunken_interval(t, p, c) AS i
    FROM (SELECT pass, t, CASE WHEN pass = 1 AND x % 2 = 0 THEN '(16,4,,,,1)' ELSE '(2,7,,,,1)' END::rate_prior AS p,
        CASE WHEN pass = 1 AND n % 3 = 0 THEN 0.5 ELSE 0.95 END AS c
      FROM few, generate_series(1, 3) pass ORDER BY pass, n, x OFFSET 0) s OFFSET 0) r GROUP BY pass ORDER BY pass;
--
-- exact: the same bytes in any order, in parts, in parallel, of sums beyond 2^64
--
CREATE TEMP TABLE large AS SELECT i, tally(0, 1, ARRAY[(i * 7919 % 104729) * 1000003 * i,
    (i * 104723 % 7907) * 1000033 * i]) AS t FROM generate_series(1::bigint, 300) i;
SELECT count(*), count(DISTINCT p::text), min((p).segments), min((p).responses) FROM (
  SELECT rate_prior(t ORDER BY hashint8extended(i, seed)) AS p FROM large, generate_series(1, 30) seed GROUP BY seed) r;
CREATE AGGREGATE pg_temp.state(tally)
  (sfunc = rate_prior_accum, stype = bigint[], initcond = '{0,0,0,0,0,0,0,0,0,0}');
CREATE TEMP TABLE part AS SELECT seed, abs(hashint8extended(i, seed) % 3) AS part,
    pg_temp.state(t ORDER BY hashint8extended(i, -seed)) AS s FROM large, generate_series(1, 20) seed GROUP BY 1, 2;
SELECT count(DISTINCT rate_prior_final(merged)::text),
    bool_and(rate_prior_final(merged)::text = (SELECT rate_prior(t)::text FROM large))
  FROM (SELECT rate_prior_merge(rate_prior_merge(a.s, b.s), rate_prior_merge('{0,0,0,0,0,0,0,0,0,0}', c.s)) AS merged
    FROM part a JOIN part b USING (seed) JOIN part c USING (seed) WHERE a.part = 0 AND b.part = 1 AND c.part = 2) r;
-- exact numerics of the same
CREATE TEMP VIEW exact AS SELECT responses(t)::numeric AS n, (counts(t))[2]::numeric AS x FROM large;
SELECT pg_temp.near((p).alpha, (q * (1 - rho) / rho)::float8), round(rho, 9)
  FROM (SELECT rate_prior(t) AS p FROM large) l,
  (SELECT q, ((SELECT sum(n * (x / n - q) ^ 2) FROM exact) - (k - 1) * q * (1 - q))
      / ((n - nn / n - (k - 1)) * q * (1 - q)) AS rho
    FROM (SELECT count(*) AS k, sum(n) AS n, sum(x) / sum(n) AS q, sum(n * n) AS nn FROM exact) m) r;
CREATE TABLE shrunken_parallel AS SELECT i, t FROM large, generate_series(1, 20);
ANALYZE shrunken_parallel;
SELECT rate_prior(t)::text AS serial FROM shrunken_parallel \gset
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 3;
EXPLAIN (COSTS off) SELECT rate_prior(t) FROM shrunken_parallel;
SELECT rate_prior(t)::text = :'serial' FROM shrunken_parallel;
DROP TABLE shrunken_parallel;
-- in a window each frame begins anew
SELECT i, (rate_prior(t) OVER (ORDER BY i ROWS 4 PRECEDING)).segments FROM player ORDER BY i LIMIT 6;
--
-- errors
--
SELECT x, pg_temp.error_of('SELECT ' || x) FROM unnest(ARRAY[
  'rate_prior(t) FROM (VALUES (''0..1:{1,2}''::tally), (''1..5:{1,0,0,0,2}'')) v(t)',
  'rate_prior(t, s) FROM (VALUES (''1..5:{1,0,0,0,2}''::tally, 4), (''1..5:{1,0,0,0,2}'', 5)) v(t, s)',
  'rate_prior(''1..5:{1,0,0,0,2}''::tally, 6)', 'rate_prior(''1..3:{1,0,2}''::tally)',
  'rate_prior(t) FROM (VALUES (''0..1:{9223372036854775807,0}''::tally), (''0..1:{0,1}'')) v(t)',
  'rate_prior_merge(''{1,0,9223372036854775807,0,0,0,0,0,1,1}'', ''{1,0,1,0,0,0,0,0,1,1}'')',
  'rate_prior_accum(''{1,2}'', ''0..1:{1,2}'')', 'rate_prior_accum(''{1,2,1,0,0,0,0,0,1,1}'', ''0..1:{1,2}'')',
  'rate_prior_final(''{-1,0,0,0,0,0,0,0,0,0}'')', 'rate_prior_final(''{}'')',
  'shrunken_interval(''0..1:{1,2}'', (16, 4, 9, 1, 2, 1)::rate_prior, 95)',
  'shrunken_interval(''0..1:{1,2}'', (16, -4, 9, 1, 2, 1)::rate_prior)',
  'shrunken_interval(''0..1:{1,2}'', (''NaN'', 4, 9, 1, 2, 1)::rate_prior)',
  'shrunken_interval(''0..1:{1,2}'', (16, ''Infinity'', 9, 1, 2, 1)::rate_prior)',
  'shrunken_interval(''0..1:{1,2}'', (16, NULL, 9, 1, 2, 1)::rate_prior)',
  'shrunken_interval(''0..1:{1,2}'', (NULL, NULL, 9, 3, 2, 1)::rate_prior)',
  'shrunken_interval(''0..1:{1,2}'', (16, 4, 9, 1, 2, 5)::rate_prior)',
  'shrunken_interval(''0..1:{1,2}'', (16, 4, 9, 1, 2, 1)::rate_prior, 0.95, 2)',
  'shrunken_interval(''1..3:{1,2,0}'', (16, 4, 9, 1, 2, NULL)::rate_prior)',
  'probability_above(''0..1:{1,2}'', (16, 4, 9, 1, 2, 1)::rate_prior, 101)',
  'probability_above(''0..1:{1,2}'', (16, 4, 9, 1, 2, 1)::rate_prior, ''NaN'')']) x;
-- a prior without anything in it says nothing
SELECT shrunken_interval('0..1:{1,2}', (NULL, NULL, NULL, NULL, NULL, NULL)::rate_prior),
  probability_above('0..1:{1,2}', (NULL, NULL, 3, NULL, NULL, NULL)::rate_prior, 50);
