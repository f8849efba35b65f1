\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- a mean: R, 5 + qt(c(.025, .975), 9) * 2 / sqrt(10): 3.56928618806 6.43071381194
--
SELECT * FROM mean_interval(5, 2, 10);
-- the same as ces_interval of the answers it comes from
SELECT a.*, (a.*)::text = (b.*)::text AS same
  FROM (SELECT avg(s::float8) AS m, stddev(s::float8) AS d, count(s) AS n, ces_tally(s) AS t
          FROM unnest('{1,4,7,7,5}'::int[]) s) x,
       mean_interval(m, d, n) a, ces_interval(t, 0.95, 't') b;
-- nothing, one, no variance, NULLs
SELECT n, i.*
  FROM (VALUES (NULL::float8, NULL::float8, 0::bigint), (3, NULL, 1), (3, 0, 1), (3, 0, 5), (3, NULL, 5),
               (3, 1, NULL)) v(m, d, n),
       mean_interval(m, d, n) i;
SELECT mean_interval(3, 1, 5, NULL);
SELECT pg_temp.error_of($$SELECT mean_interval(3, 1, 5, 95)$$);
SELECT pg_temp.error_of($$SELECT mean_interval(3, -1, 5)$$);
SELECT pg_temp.error_of($$SELECT mean_interval('NaN', 1, 5)$$);
SELECT pg_temp.error_of($$SELECT mean_interval(3, 'Infinity', 5)$$);
SELECT pg_temp.error_of($$SELECT mean_interval(3, 1, -5)$$);
-- Welch, the same as ces_test of the answers
SELECT t.*, (t.*)::text = (c.*)::text AS same
  FROM (SELECT avg(s::float8) AS m, stddev(s::float8) AS d, count(s) AS n, ces_tally(s) AS t
          FROM unnest('{1,4,7,7,5}'::int[]) s) a,
       (SELECT avg(s::float8) AS m, stddev(s::float8) AS d, count(s) AS n, ces_tally(s) AS t
          FROM unnest('{2,2,3,6}'::int[]) s) b,
       mean_test(a.m, a.d, a.n, b.m, b.d, b.n) t, ces_test(a.t, b.t, 0.95, 'welch') c;
SELECT * FROM mean_test(3, 1, 10, NULL, NULL, 0);
SELECT * FROM mean_test(3, 1, 10, 4, NULL, 1);
SELECT * FROM mean_test(3, 0, 10, 4, 0, 10);
SELECT mean_test(3, 0, NULL, 4, 0, 10), mean_test(3, 0, 10, 4, 0, 10, NULL);
-- equal values have a deviation by rounding, no reason for a p of 1.5e-15
SELECT mean_test(0.04, 7.3e-18, 10, 0.04, 1e-17, 12);
SELECT mean_interval(0.04, 4e-16, 10), mean_interval(0.04, 4.1e-16, 10) = mean_interval(0.04, 4e-16, 10) AS same;
-- 3 +- 1 of 10 and 4 +- 1 of 10, in units up to the largest: R, t -sqrt(5), 18 degrees, p 0.0382496145161
SELECT unit, t.statistic, t.p_value, t.difference / unit, t.lower / unit, t.upper / unit,
       i.lower / unit, i.upper / unit
  FROM unnest(ARRAY[1, 1e-300, 1e160, 1e300, 3e307]::float8[]) unit,
       mean_test(3 * unit, unit, 10, 4 * unit, unit, 10) t, mean_interval(3 * unit, unit, 10) i;
-- a deviation beside which the means vanish, and a difference that is no double
SELECT mean_interval(5, 1e300, 10), mean_test(1, 1e300, 10, 2, 1, 10);
SELECT mean_test(1e308, 1e300, 10, -1e308, 1e300, 10);
--
-- events and exposure: R, poisson.test(10, 200)$conf.int: 0.0239769434807 0.0919517802101
--
SELECT * FROM count_interval(10, 200);
-- no events: the upper bound is -ln(0.025) / 100 = 0.0368887945411; and no exposure
SELECT * FROM count_interval(0, 100);
SELECT * FROM count_interval(0, 0);
SELECT * FROM count_interval(3, 0);
-- a life table gives the same for events and time
SELECT (i.estimate, i.lower, i.upper)::text = (h.estimate, h.lower, h.upper)::text AS same
  FROM count_interval(3, 12, 0.9) i, hazard_interval('exact:{14400:3/0}', '1 hour', 0.9) h;
SELECT pg_temp.error_of($$SELECT count_interval(-1, 100)$$);
SELECT pg_temp.error_of($$SELECT count_interval(1, -100)$$);
SELECT pg_temp.error_of($$SELECT count_interval(1, 'NaN')$$);
SELECT pg_temp.error_of($$SELECT count_interval(1, 10, 0)$$);
-- R, poisson.test(c(10, 20), c(200, 210))$p.value: 0.101732785627; its bounds are for the ratio, the bounds here
-- square and add (R: -0.103251556418 0.0107414208799)
SELECT * FROM count_test(10, 200, 20, 210);
-- with the two sides swapped all signs turn
SELECT * FROM count_test(20, 210, 10, 200);
-- nothing happened, in one or in both; no exposure in one
SELECT * FROM count_test(0, 100, 9, 100);
SELECT * FROM count_test(0, 100, 0, 100);
SELECT * FROM count_test(1, 0, 5, 100);
-- 5 of 5 in one half of the exposure: p = 2 / 2^5
SELECT p_value FROM count_test(5, 1, 0, 1);
SELECT pg_temp.error_of($$SELECT count_test(1, 10, 1, 'Infinity')$$);
-- a customer value that does not exist has no bounds: all kept and no discount, 1000 / (1 + 0 - 1)
SELECT r.kept, kpi_fact_interval('value', NULL, ROW(r.kept, NULL, NULL, 5, 1000, NULL)::kpi_fact, discount)
  FROM (VALUES ('0..1:{0,5}'::tally, 0::float8), ('0..1:{0,5}', 0.1), ('0..1:{2,3}', 0),
               ('0..1:{0,0}', 0.1)) r(kept, discount);
