\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- the parts of a change
--
-- Admissions at Berkeley (R's UCBAdmissions): men are current, women the baseline.  The parts are those of METHODS in
-- percent; bounds and p were computed in R from a covariance matrix of share, value and mean of all answers, and
-- agree with the delta method by numerical gradients over the cells
CREATE TEMP TABLE admission AS
SELECT department, tally(0, 1, ARRAY[men - men_in, men_in]) AS men,
  tally(0, 1, ARRAY[women - women_in, women_in]) AS women
  FROM (VALUES ('A', 512, 825, 89, 108), ('B', 353, 560, 17, 25), ('C', 120, 325, 202, 593), ('D', 138, 417, 131, 375),
    ('E', 53, 191, 94, 393), ('F', 22, 373, 24, 341)) v(department, men_in, men, women_in, women);
CREATE TEMP VIEW departments AS SELECT array_agg(department ORDER BY department) AS d,
  array_agg(men ORDER BY department) AS m, array_agg(women ORDER BY department) AS w FROM admission;
SELECT p.* FROM departments, change_parts(d, m, w, 'rate') p;
SELECT sum(rate_effect), sum(mix_effect), sum(rate_effect + mix_effect),
  abs(sum(rate_effect + mix_effect) - (SELECT rate(sum(men)) - rate(sum(women)) FROM admission)) < 1e-12
  FROM departments, change_parts(d, m, w, 'rate');
-- plain SQL: shares, values, and Kitagawa's formula
CREATE FUNCTION pg_temp.near(a double precision, b double precision) RETURNS boolean LANGUAGE sql AS
  'SELECT a IS NOT DISTINCT FROM b OR abs(a - b) <= 1e-12 * greatest(abs(b), 1)';
SELECT segment, pg_temp.near(baseline_share, 100 * w0), pg_temp.near(current_share, 100 * w1),
  baseline_value = rate(women), current_value = rate(men),
  pg_temp.near(rate_effect, (w0 + w1) / 2 * (rate(men) - rate(women))),
  pg_temp.near(mix_effect, (w1 - w0) * ((rate(men) + rate(women)) / 2 - ("all" + "all0") / 2))
  FROM (SELECT *, responses(men) / sum(responses(men)) OVER ()::float8 AS w1,
      responses(women) / sum(responses(women)) OVER ()::float8 AS w0,
      rate(sum(men) OVER ()) AS "all", rate(sum(women) OVER ()) AS "all0" FROM admission) a
  JOIN departments ON true JOIN change_parts(d, m, w, 'rate') ON segment = department ORDER BY segment;
-- swapped periods: all signs turn, p stays
SELECT bool_and(pg_temp.near(p.rate_effect, -q.rate_effect) AND pg_temp.near(p.mix_effect, -q.mix_effect)
  AND pg_temp.near(p.lower, -q.upper) AND pg_temp.near(p.upper, -q.lower) AND pg_temp.near(p.p_value, q.p_value)
  AND (p.baseline_share, p.baseline_value) = (q.current_share, q.current_value))
  FROM departments, change_parts(d, m, w, 'rate') p JOIN change_parts(d, w, m, 'rate') q USING (segment);
-- a segment split into two equal halves changes no total
SELECT pg_temp.near(sum(rate_effect), sum(sum(rate_effect)) OVER () / 2),
  pg_temp.near(sum(mix_effect), sum(sum(mix_effect)) OVER () / 2)
  FROM (VALUES ('{a,b}'::text[], '{"0..1:{20,80}","0..1:{30,10}"}'::tally[],
      '{"0..1:{60,40}","0..1:{5,7}"}'::tally[]),
    ('{a1,a2,b}', '{"0..1:{10,40}","0..1:{10,40}","0..1:{30,10}"}',
      '{"0..1:{30,20}","0..1:{30,20}","0..1:{5,7}"}')) v(s, c, b),
    change_parts(s, c, b, 'rate') GROUP BY s ORDER BY s;
-- by hand, from 60 to 65: chat does (0.5 + 0.75) / 2 * 20 by its value, and 0.25 * (50 - 62.5) by its share
SELECT segment, baseline_share, current_share, baseline_value, current_value, rate_effect, mix_effect
  FROM change_parts('{phone,chat}', '{"0..1:{20,80}","0..1:{120,180}"}', '{"0..1:{20,80}","0..1:{60,40}"}', 'rate');
--
-- the other KPIs, on real scales; figures of R as above
--
CREATE TEMP TABLE five AS SELECT '{a,b,c,d}'::text[] AS s,
  '{"1..5:{3,0,4,10,12}","1..5:{0,1,1,3,9}","1..5:{1,0,0,0,0}",NULL}'::tally[] AS c,
  '{"1..5:{5,4,6,9,8}","1..5:{2,2,5,20,30}","1..5:{0,0,1,2,3}","1..5:{2,1,0,0,1}"}'::tally[] AS b;
CREATE TEMP TABLE eleven AS SELECT '{a,b,c}'::text[] AS s,
  '{"0..10:{1,0,0,1,2,3,4,6,9,12,20}","0..10:{0,0,0,0,0,1,0,1,2,3,6}","0..10:{0,0,0,0,0,0,0,0,0,0,1}"}'::tally[] AS c,
  '{"0..10:{3,1,1,2,4,6,5,8,9,7,9}","0..10:{1,0,1,0,2,2,3,5,8,9,10}","0..10:{0,0,0,0,0,0,0,1,0,0,0}"}'::tally[] AS b;
SELECT p.* FROM five, change_parts(s, c, b, 'csat') p;
SELECT segment, rate_effect, mix_effect, lower, upper, p_value FROM five, change_parts(s, c, b, 'csat', 5);
SELECT p.* FROM five, change_parts(s, c, b, 'mean') p;
SELECT p.* FROM eleven, change_parts(s, c, b, 'nps') p;
CREATE TEMP VIEW total AS SELECT f.*, t1, t0 FROM five f, LATERAL (SELECT sum(x) AS t1 FROM unnest(c) x) x,
  LATERAL (SELECT sum(x) AS t0 FROM unnest(b) x) y;
SELECT kpi, pg_temp.near(sum(rate_effect + mix_effect), min(change)) FROM (
  SELECT 'csat 4' AS kpi, p.*, csat(t1) - csat(t0) AS change FROM total, change_parts(s, c, b, 'csat') p
  UNION ALL SELECT 'csat 5', p.*, csat(t1, 5) - csat(t0, 5) FROM total, change_parts(s, c, b, 'csat', 5) p
  UNION ALL SELECT 'mean', p.*, mean(t1) - mean(t0) FROM total, change_parts(s, c, b, 'mean') p
  UNION ALL SELECT 'nps', p.*, nps(t1) - nps(t0) FROM eleven, LATERAL (SELECT sum(x) AS t1 FROM unnest(c) x) x,
      LATERAL (SELECT sum(x) AS t0 FROM unnest(b) x) y, change_parts(s, c, b, 'nps') p
  ) k GROUP BY kpi ORDER BY kpi;
-- a mean far from 0 loses nothing; a scale of one point has nothing to lose
SELECT bool_and(pg_temp.near(p.rate_effect, q.rate_effect) AND pg_temp.near(p.mix_effect, q.mix_effect)
  AND pg_temp.near(p.upper, q.upper)), max(q.current_value)
  FROM five, change_parts(s, c, b, 'mean') p JOIN LATERAL change_parts(s,
    ARRAY(SELECT tally(2147483643, 2147483647, counts(x)) FROM unnest(c) WITH ORDINALITY u(x, n) ORDER BY n),
    ARRAY(SELECT tally(2147483643, 2147483647, counts(x)) FROM unnest(b) WITH ORDINALITY u(x, n) ORDER BY n),
    'mean') q USING (segment);
SELECT * FROM change_parts('{a}', '{"3..3:{3}"}', '{"3..3:{4}"}', 'mean');
--
-- edges
--
-- NULL is a segment; one in a single period is all mix; one without answers in both has no part
SELECT * FROM change_parts('{NULL,new,gone,never,few}',
  '{"0..1:{20,80}","0..1:{30,10}",NULL,NULL,"0..1:{1,1}"}',
  '{"0..1:{60,40}",NULL,"0..1:{5,7}","0..1:{0,0}","0..1:{2,2}"}', 'rate');
-- a single segment: rate only, from 40 to 80 points; the variances by hand, one success and one failure added
SELECT lower, upper, p_value, pg_temp.near(upper - 40, 195.9963984540054 * sqrt(81 * 21 / 102 ^ 3 * (101 / 102.0) ^ 2
  + 41 * 61 / 102 ^ 3 * (101 / 102.0) ^ 2 + 101 / 102.0 ^ 2 / 100 * 0.2 ^ 2 * 2))
  FROM change_parts('{a}', '{"0..1:{20,80}"}', '{"0..1:{60,40}"}', 'rate');
-- all alike: nothing changed, and it is not certain that nothing did
SELECT * FROM change_parts('{a,b}', '{"0..1:{0,5}","0..1:{0,5}"}', '{"0..1:{0,7}","0..1:{0,3}"}', 'rate');
-- a period without answers; no segments; NULLs
SELECT * FROM change_parts('{a,b}', '{NULL,"0..1:{0,0}"}', '{"0..1:{1,7}","0..1:{2,3}"}', 'rate');
SELECT * FROM change_parts('{a,b}', '{NULL,NULL}', '{NULL,NULL}', 'nps');
SELECT count(*) FROM change_parts('{}', '{}', '{}', 'rate');
SELECT count(*) FROM change_parts(NULL, '{}', '{}', 'rate');
SELECT count(*) FROM change_parts('{a}', '{"0..1:{1,2}"}', '{"0..1:{1,2}"}', NULL);
SELECT count(*) FROM change_parts('{a}', '{"0..1:{1,2}"}', '{"0..1:{1,2}"}', 'rate', NULL, NULL);
SELECT a, pg_temp.error_of(format('SELECT change_parts(%s)', a)) FROM unnest(ARRAY[
  '''{a,b}'', ''{"0..1:{1,2}"}'', ''{"0..1:{1,2}"}'', ''rate''', '''{a}'', ''{"0..1:{1,2}"}'', ''{}'', ''rate''',
  '''{a,a}'', ''{"0..1:{1,2}",NULL}'', ''{"0..1:{1,2}",NULL}'', ''rate''',
  '''{NULL,b,NULL}'', ''{"0..1:{1,2}",NULL,NULL}'', ''{"0..1:{1,2}",NULL,NULL}'', ''rate''',
  '''{{a,b}}'', ''{"0..1:{1,2}",NULL}'', ''{"0..1:{1,2}",NULL}'', ''rate''',
  '''{a,b}'', ''{{"0..1:{1,2}",NULL}}'', ''{"0..1:{1,2}",NULL}'', ''rate''',
  '''{a}'', ''{"0..1:{1,2}"}'', ''{"0..1:{1,2}"}'', ''crs''', '''{a}'', ''{"1..5:{1,2,3,4,5}"}'', ''{NULL}'', ''rate''',
  '''{a}'', ''{"1..5:{1,2,3,4,5}"}'', ''{NULL}'', ''nps''', '''{a}'', ''{"0..1:{1,2}"}'', ''{NULL}'', ''csat''',
  '''{a}'', ''{"1..5:{1,2,3,4,5}"}'', ''{NULL}'', ''csat'', 6', '''{a}'', ''{NULL}'', ''{NULL}'', ''median''',
  '''{a}'', ''{"1..5:{1,2,3,4,5}"}'', ''{"0..1:{1,2}"}'', ''mean''',
  '''{a}'', ''{"0..1:{1,2}"}'', ''{"0..1:{1,2}"}'', ''rate'', NULL, 95',
  'array_fill(NULL::text, ARRAY[1000001]), ''{}'', ''{}'', ''rate''']) a;
-- any order of segments; very many; very large counts
SELECT count(*), pg_temp.near(sum(rate_effect + mix_effect), min(change)), count(DISTINCT segment), max(p_value)
  FROM (SELECT array_agg(i::text) AS s, array_agg(c) AS c, array_agg(b) AS b, rate(sum(c)) - rate(sum(b)) AS change
    FROM (SELECT i, tally(0, 1, ARRAY[i % 7, i % 11]) AS c, tally(0, 1, ARRAY[i % 5, i % 3]) AS b
      FROM generate_series(1, 10000) i) t) x, change_parts(s, c, b, 'rate');
SELECT count(*), bool_and(pg_temp.near(p.rate_effect, q.rate_effect) AND pg_temp.near(p.mix_effect, q.mix_effect)
    AND pg_temp.near(p.lower, q.lower) AND pg_temp.near(p.p_value, q.p_value))
  FROM departments, change_parts(d, m, w, 'rate') p JOIN (SELECT x.*
    FROM (SELECT array_agg(department ORDER BY department DESC) AS d, array_agg(men ORDER BY department DESC) AS m,
      array_agg(women ORDER BY department DESC) AS w FROM admission) y, change_parts(d, m, w, 'rate') x) q
  USING (segment);
SELECT segment, rate_effect, mix_effect, upper - lower < 1e-6 FROM change_parts('{a,b}',
  '{"0..1:{2000000000000000000,2000000000000000000}","0..1:{1000000000000000000,3000000000000000000}"}',
  '{"0..1:{1000000000000000000,3000000000000000000}","0..1:{0,4000000000000000000}"}', 'rate');
