\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- text form: scale, clusters, counts, products of counts; without a cluster {}
--
SELECT '0..1:2:{1,3}:{{1},{2,5}}'::clustered_tally, ' -1 .. 0 : 1 : { 2, 1 } : { {4} , { 2,1 } } '::clustered_tally,
  '{}'::clustered_tally, ' { } '::clustered_tally, '0..1:0:{0,0}:{{0},{0,0}}'::clustered_tally,
  '7..7:3:{9223372036854775807}:{{9223372036854775807}}'::clustered_tally;
SELECT left(s, 40), pg_temp.error_of(format('SELECT %L::clustered_tally', s)) FROM unnest(ARRAY[
  '', '{', '{} x', '{1}', '0..1', '0..1:2', '0..1:2:{1,3}', '0..1:2:{1,3}:{{1},{2,5}} x', '0..1:2:{1,3}:{{1},{2,5}',
  '0..1:2:{1,3}:{{1},{2}}', '0..1:2:{1,3}:{{1}}', '0..1:2:{1,3}:{{1},{2,5},{0,0,0}}', '0..1:2:{1}:{{1},{2,5}}',
  '0..1:2:{1,3,0}:{{1},{2,5}}', '0..1:2:{1,3}:{1,2,5}', '0..1:x:{1,3}:{{1},{2,5}}', '0..1:2:{1,3.5}:{{1},{2,5}}',
  '1..0:0:{}:{}', '0..101:0:{0}:{{0}}', '99999999999..5:0:{0}:{{0}}',
  '0..1:2:{9223372036854775808,3}:{{1},{2,5}}', '0..0:99999999999999999999:{1}:{{1}}',
  '0..0:1:{1}:{{9223372036854775808}}']) s;
-- what no clusters can have: negative numbers, clusters without answers, products that fit no counts
SELECT s, pg_temp.error_of(format('SELECT %L::clustered_tally', s)) FROM unnest(ARRAY[
  '0..1:2:{-1,3}:{{1},{2,5}}', '0..1:-2:{1,3}:{{1},{2,5}}', '0..1:0:{1,3}:{{1},{2,5}}', '0..1:5:{1,3}:{{1},{2,5}}',
  '0..1:1:{0,0}:{{0},{0,0}}', '0..1:2:{1,3}:{{-1},{2,5}}', '0..1:2:{1,3}:{{1},{-2,5}}', '0..1:2:{1,3}:{{1},{4,5}}',
  '0..1:2:{1,3}:{{1},{2,2}}', '0..1:2:{1,3}:{{1},{2,6}}', '0..1:2:{0,3}:{{0},{1,5}}', '0..1:2:{0,3}:{{1},{0,5}}',
  '0..1:1:{9223372036854775807,1}:{{1},{0,1}}']) s;
SELECT encode(clustered_tally_send('0..1:2:{1,3}:{{1},{2,5}}'), 'hex'), encode(clustered_tally_send('{}'), 'hex'),
  clustered_tally_send('0..1:0:{0,0}:{{0},{0,0}}') = clustered_tally_send('{}');
SELECT '0..1:2:{1,3}:{{1},{2,5}}'::clustered_tally::jsonb, '{}'::clustered_tally::jsonb;
SELECT '0..1:2:{1,3}:{{1},{2,5}}'::clustered_tally::tally, '{}'::clustered_tally::tally;
--
-- building: a cluster is a tally with answers; NULL and empty tallies count nowhere
--
CREATE TEMP TABLE answer AS SELECT store, customer, score FROM (VALUES
  ('a', 1, '{10,10,9}'::int[]), ('a', 2, '{3,2}'), ('a', 3, '{7,8,7,9}'), ('a', 4, '{10}'), ('a', 5, '{0,1,0}'),
  ('a', 6, '{9,9}'), ('a', 7, '{6,7}'), ('a', 8, '{10,8,10,9,9}'), ('a', 9, '{5}'), ('a', 10, '{8,8}'),
  ('b', 11, '{10,9,9,8}'), ('b', 12, '{7,7}'), ('b', 13, '{10}'), ('b', 14, '{9,10,9}'), ('b', 15, '{6,5,8}'),
  ('b', 16, '{9,9,9,10}'), ('b', 17, '{2}'), ('b', 18, '{10,10}')) v(store, customer, scores), unnest(scores) score;
CREATE TEMP TABLE customer AS SELECT store, customer, nps_tally(score) AS t FROM answer GROUP BY store, customer;
CREATE TEMP TABLE stores AS SELECT store, clustered_tally(t) AS ct FROM customer GROUP BY store;
SELECT store, ct, clusters(ct), responses(ct) FROM stores ORDER BY store;
SELECT clustered_tally(t), clusters(clustered_tally(t))
  FROM (VALUES ('0..1:{1,2}'::tally), (NULL), ('0..1:{0,0}'), ('0..1:{0,1}')) v(t);
SELECT clustered_tally(t) FROM (VALUES (NULL::tally), ('0..1:{0,0}')) v(t);
SELECT clustered_tally(t), sum(ct) FROM (SELECT NULL::tally AS t, NULL::clustered_tally AS ct) v;
SELECT clustered_tally(t), sum(ct) FROM (SELECT NULL::tally AS t, NULL::clustered_tally AS ct WHERE false) v;
SELECT a, pg_temp.error_of('SELECT ' || a) FROM unnest(ARRAY[
  'clustered_tally(t) FROM (VALUES (''0..1:{1,2}''::tally), (''0..2:{1,2,3}'')) v(t)',
  'sum(t) FROM (VALUES (''0..1:2:{1,3}:{{1},{2,5}}''::clustered_tally), (''0..0:1:{1}:{{1}}'')) v(t)',
  'clustered_tally(''0..0:{3037000500}''::tally)', 'clustered_tally(''0..1:{3037000499,3037000500}''::tally)',
  'clustered_tally(t) FROM (VALUES (''0..0:{3037000499}''::tally), (''0..0:{3037000499}'')) v(t)',
  'clustered_tally(''0..1:{9223372036854775807,1}''::tally)',
  'clustered_accum(''0..1:1:{9223372036854775807,0}:{{9223372036854775807},{0,0}}'', ''0..1:{0,1}'')',
  'clustered_accum(''0..0:1:{9223372036854775807}:{{9223372036854775807}}'', ''0..0:{1}'')',
  'clustered_accum_inv(''0..1:2:{1,3}:{{1},{2,5}}'', ''0..1:{0,2}'')',
  'clustered_accum_inv(''{}'', ''0..1:{0,2}'')',
  'clustered_accum_inv(''0..1:2:{1,3}:{{1},{2,5}}'', ''0..2:{0,2,0}'')']) a;
-- the largest there is; outside an aggregate states are copies
SELECT clustered_tally(t) FROM (VALUES ('0..0:{3037000499}'::tally)) v(t);
SELECT ct, clustered_accum(ct, '0..1:{0,1}'), clustered_accum_inv(ct, '0..1:{1,2}'), ct
  FROM (SELECT '0..1:2:{1,3}:{{1},{2,5}}'::clustered_tally OFFSET 0) v(ct);
--
-- the sums of the errors, from the raw answers in plain SQL
--
CREATE FUNCTION pg_temp.near(a double precision, b double precision) RETURNS boolean LANGUAGE sql AS
  'SELECT a IS NOT DISTINCT FROM b OR abs(a - b) <= 1e-12 * abs(b)';
CREATE TEMP VIEW plain AS SELECT store, kpi, k / (k - 1.0) * sq / n ^ 2 AS variance, one, n
  FROM (SELECT store, kpi, count(*) AS k, sum(m) AS n, sum((s - r * m) ^ 2) AS sq, min(one) AS one
    FROM (SELECT store, kpi, customer, sum(y) AS s, count(*) AS m, min(r) AS r, min(one) AS one
      FROM (SELECT store, kpi, customer, y, avg(y) OVER w AS r,
          CASE kpi WHEN 'ces' THEN var_samp(y) OVER w ELSE var_pop(y) OVER w END AS one
        FROM answer, LATERAL (VALUES ('nps', CASE WHEN score >= 9 THEN 1 WHEN score <= 6 THEN -1 ELSE 0 END::float8),
          ('csat', (score >= 9)::int), ('ces', score)) y(kpi, y)
        WINDOW w AS (PARTITION BY store, kpi)) x GROUP BY store, kpi, customer) x GROUP BY store, kpi) x;
SELECT store, kpi, pg_temp.near(design_effect(ct, kpi), variance * n / one)
  FROM stores JOIN plain USING (store) ORDER BY 1, 2;
--
-- R: standard errors by survey::svymean (NPS of a: 16 with 26.9752808656), then the formulas of the page
--
SELECT store, nps(ct), csat(ct), csat(ct, 7), ces(ct), design_effect(ct, 'nps') FROM stores ORDER BY store;
SELECT store, nps_interval(ct), csat_interval(ct), csat_interval(ct, 0.9, 7), ces_interval(ct)
  FROM stores ORDER BY store;
CREATE TEMP VIEW two AS SELECT a.ct AS a, b.ct AS b FROM stores a, stores b WHERE a.store = 'a' AND b.store = 'b';
SELECT nps_test(b, a), csat_test(b, a), ces_test(b, a) FROM two;
-- estimates are those of the answers without clusters, to the bit
SELECT nps(ct) = nps(ct::tally), csat(ct) = csat(ct::tally), ces(ct) = ces(ct::tally), ct::tally = sum
  FROM stores JOIN (SELECT store, sum(t) FROM customer GROUP BY store) s USING (store);
-- who is satisfied: every lowest score of one value, and yes of yes and no
CREATE TEMP TABLE yes AS SELECT store, clustered_tally(t) AS ct
  FROM (SELECT store, rate_tally(score >= 9) AS t FROM answer GROUP BY store, customer) r GROUP BY store;
SELECT y.ct, rate(y.ct) = csat(s.ct, 9), rate_interval(y.ct) = csat_interval(s.ct, 0.95, 9),
  design_effect(y.ct, 'rate') = design_effect(s.ct, 'csat', 9)
  FROM yes y JOIN stores s USING (store);
SELECT rate_test(y.ct, x.ct) = csat_test(b, a, 0.95, 9) FROM two, yes x, yes y WHERE x.store = 'a' AND y.store = 'b';
SELECT i, csat(b, i), (csat_interval(b, 0.95, i)).lower, (csat_interval(b, 0.95, i)).upper, design_effect(b, 'csat', i)
  FROM two, generate_series(0, 10) i;
-- any scale
SELECT ces(ct), ces(shifted), pg_temp.near(design_effect(ct, 'ces'), design_effect(shifted, 'ces'))
  FROM (SELECT clustered_tally(tally(2147483637, 2147483647, counts(t))) AS shifted, clustered_tally(t) AS ct
    FROM customer) x;
SELECT clusters(ct), responses(ct), length(ct::text), pg_column_size(ct), ct::text::clustered_tally = ct
  FROM (SELECT clustered_tally(t) AS ct
    FROM (SELECT tally(i * i % 101, 0, 100) AS t FROM generate_series(1, 5000) i GROUP BY i % 700) r) x;
--
-- edges
--
-- one answer of each customer, 5, 4, 2, 1, is as good as independent; two of four with pq / 3 for pq / 4
SELECT ces_interval(ct), design_effect(ct, 'mean'), design_effect(ct, 'csat') FROM (SELECT clustered_tally(t) AS ct
  FROM (SELECT csat_tally(s) AS t FROM unnest(ARRAY[5,4,2,1]) s GROUP BY s) r) x;
-- all customers alike: as good as answers of different ones, Wilson's bounds of 8 of 12 with t = 4.30265272975
SELECT design_effect(ct, 'rate'), rate_interval(ct)
  FROM (SELECT clustered_tally(t) AS ct FROM (VALUES ('0..1:{1,2}'::tally), ('0..1:{2,4}'), ('0..1:{1,2}')) v(t)) x;
-- all answers the same: each customer counts as one; Wilson's bound of 3 of 3 is 3 / (3 + t^2)
CREATE TEMP TABLE same AS SELECT clustered_tally(t) AS yes, clustered_tally(tally(0, 1, ARRAY[responses(t), 0])) AS no
  FROM (VALUES ('0..1:{0,20}'::tally), ('0..1:{0,1}'), ('0..1:{0,9}')) v(t);
SELECT design_effect(yes, 'rate'), rate_interval(yes), rate_interval(no), design_effect(yes, 'mean'), ces_interval(yes)
  FROM same;
-- (4 / 5 - 1 / 5) / sqrt(2 * 0.16 / 5) = 2.37, with 4 degrees
SELECT rate_test(yes, yes), rate_test(yes, no), ces_test(yes, yes) FROM same;
-- one customer, and none: an estimate if any, never bounds
CREATE TEMP TABLE few AS SELECT 1 AS n, clustered_tally(t) AS ct FROM customer WHERE customer = 1
  UNION ALL SELECT 2, clustered_tally(t) FROM (SELECT nps_tally(NULL::int) AS t) e;
SELECT n, clusters(ct), responses(ct), nps(ct), csat(ct), csat(ct, 3), ces(ct), nps_interval(ct), csat_interval(ct),
  csat_interval(ct, 0.95, 3), ces_interval(ct), design_effect(ct, 'nps'), design_effect(ct, 'csat'),
  design_effect(ct, 'ces')
  FROM few ORDER BY n;
SELECT rate('{}'::clustered_tally), rate_interval('{}'::clustered_tally), rate_test('{}'::clustered_tally, '{}'),
  design_effect('{}', 'rate');
SELECT n, nps_test(a, ct), nps_test(ct, a), csat_test(a, ct), csat_test(ct, a), ces_test(a, ct), ces_test(ct, a)
  FROM two, few ORDER BY n;
SELECT csat(NULL::clustered_tally), csat(NULL::clustered_tally, 3), csat(a, NULL) = csat(a),
  csat_interval(NULL::clustered_tally), csat_interval(a, NULL), csat_test(a, NULL::clustered_tally),
  csat_test(NULL::clustered_tally, a), csat_test(a, b, NULL), design_effect(NULL, 'nps'), design_effect(a, NULL)
  FROM two;
CREATE TEMP TABLE short AS SELECT '0..0:1:{1}:{{1}}'::clustered_tally AS c,
  '0..1:2:{1,3}:{{1},{2,5}}'::clustered_tally AS d, '{}'::clustered_tally AS e,
  '0..0:1:{3037000499}:{{9223372030926249001}}'::clustered_tally AS f;
SELECT a, pg_temp.error_of(format('SELECT %s FROM short', a)) FROM unnest(ARRAY['nps(c)', 'nps_interval(c)', 'rate(c)',
  'rate_interval(c)', 'csat(c)', 'csat(c, 1)', 'ces_interval(c, 95)', 'design_effect(c, ''nps'')',
  'design_effect(c, ''crs'')', 'csat_test(c, d, 0.95, 0)', 'ces_test(c, d)', 'nps_test(e, c)', 'rate_test(e, e, 1)']) a;
--
-- operators, DISTINCT, GROUP BY, moving windows
--
SELECT a + b = (SELECT clustered_tally(t) FROM customer), a + b - b = a, a + '{}' = a, '{}' + a = a, a - '{}' = a
  FROM two;
SELECT d - d, e - e, e + d - d = e FROM short;
SELECT a, pg_temp.error_of(format('SELECT %s FROM short', a)) FROM unnest(ARRAY['c + d', 'c - d',
  'c - ''0..0:1:{2}:{{4}}''', '''0..0:2:{3}:{{5}}'' - ''0..0:1:{3}:{{9}}''::clustered_tally',
  '''0..0:2:{4}:{{8}}''::clustered_tally - ''0..0:1:{3}:{{9}}''', 'e - c', 'f + f',
  '''0..1:1:{9223372036854775807,0}:{{9223372036854775807},{0,0}}''::clustered_tally + ''0..1:1:{0,1}:{{0},{0,1}}'''
  ]) a;
SELECT a = b, a <> b, a < b, a <= b, a > b, a >= b, clustered_tally_cmp(a, b),
  clustered_tally_hash(a) = clustered_tally_hash(b),
  clustered_tally_hash_extended(a, 7) = clustered_tally_hash_extended(b, 7)
  FROM (VALUES ('0..1:2:{1,3}:{{1},{2,5}}'::clustered_tally, '0..1:2:{1,3}:{{1},{2,5}}'::clustered_tally),
    ('0..1:2:{1,3}:{{1},{2,5}}', '0..1:2:{1,3}:{{1},{0,5}}'), ('0..1:2:{1,3}:{{1},{2,5}}', '0..1:3:{1,3}:{{1},{1,5}}'),
    ('0..1:2:{1,3}:{{1},{2,5}}', '0..0:1:{1}:{{1}}'), ('1..1:1:{1}:{{1}}', '0..0:1:{1}:{{1}}'),
    ('{}', '0..0:0:{0}:{{0}}'), ('{}', '0..0:1:{1}:{{1}}')) v(a, b);
SELECT count(*), count(DISTINCT ct), min(n) FROM (SELECT ct, count(*) AS n
  FROM (SELECT clustered_tally(tally(0, 1, ARRAY[i % 3, i % 2])) AS ct FROM generate_series(1, 600) i GROUP BY i) r
  GROUP BY ct) g;
-- a frame may lose its last cluster, and the scale with it
SELECT i, clustered_tally(t) OVER w, sum(ct) OVER w FROM (VALUES
  (1, '0..1:{1,2}'::tally, '0..1:2:{1,3}:{{1},{2,5}}'::clustered_tally), (2, NULL, NULL), (3, '0..1:{0,0}', '{}'),
  (4, NULL, '{}'), (5, NULL, NULL), (6, NULL, NULL), (7, '0..2:{0,1,0}', '{}'),
  (8, '0..1:{0,0}', '0..1:1:{0,1}:{{0},{0,1}}'), (9, NULL, '{}')) v(i, t, ct) WINDOW w AS (ORDER BY i ROWS 1 PRECEDING);
-- any split of the customers, in any order, adds up to the same bytes
SELECT count(*), count(DISTINCT clustered_tally_send(ct)) FROM (SELECT sum(ct) AS ct FROM (
  SELECT seed, clustered_tally(t ORDER BY hashint4extended(customer, seed)) AS ct
  FROM customer, generate_series(1, 50) seed
  GROUP BY seed, hashint4extended(customer, seed) % 4) p GROUP BY seed) s;
