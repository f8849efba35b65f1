\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
CREATE FUNCTION pg_temp.near(a double precision, b double precision) RETURNS boolean LANGUAGE sql
  AS 'SELECT a IS NOT DISTINCT FROM b OR abs(a - b) <= 1e-12 * abs(b)';
--
-- text form: rows, means, cross-products; the rounding error of a number follows it; digits do not depend on settings
--
SELECT '3:{2,5}:{{2},{3,6}}'::driver_model, ' 3 : { 2.0 ,5e0} : { { 2 } , {-3,6}} '::driver_model,
       '9:{0.1+1e-18,0}:{{0.3-1e-17},{0,0}}'::driver_model;
SELECT m, m::text::driver_model::text = m::text
  FROM (SELECT driver_model(y, ARRAY[y * y, 1 / y]) AS m FROM unnest(ARRAY[0.1, 0.2, 0.7]) y) x;
SELECT left(s, 50), pg_temp.error_of(format('SELECT %L::driver_model', s))
  FROM unnest(ARRAY['', '3', '3:{2,5}', '3:{2,5}:{{2},{3,6}', '3:{2,5}:{{2},{3,6}} x', '3:{2,5}:{{2},{3}}',
                    '3:{2,5}:{{2},{3,6,7}}', '3:{2,5}:{{2}}', '3:{2,5}:{{2},{3,6},{1,2,3}}', '3:{2}:{{2}}', '3:{}:{}',
                    '3:{2,5}:{2,3,6}', '3.5:{2,5}:{{2},{3,6}}', '3:{2,x}:{{2},{3,6}}', '3:{2,5-}:{{2},{3,6}}',
                    '9223372036854775808:{2,5}:{{2},{3,6}}', '3:{1e999,5}:{{2},{3,6}}', '0:{2,5}:{{0},{0,0}}',
                    '-1:{2,5}:{{2},{3,6}}', '3:{2,5}:{{-2},{3,6}}', '3:{2,5}:{{2},{3,-6}}', '3:{2,5}:{{2},{3.5,6}}',
                    '3:{2,5}:{{2},{-3.5,6}}', '3:{2,5}:{{0},{1,6}}', '1:{2,5}:{{2},{3,6}}', '3:{2+1,5}:{{2},{3,6}}',
                    '3:{2,5}:{{2+1e-9},{3,6}}', '3:{2,5}:{{2},{3,6-nan}}', '3:{-Infinity,5}:{{2},{3,6}}',
                    '3:{2,5}:{{2},{3,+inf}}', '3:{1e121,5}:{{2},{3,6}}', '3:{2,5}:{{1e300},{3,6}}',
                    -- subnormal squares: their rounding would break Cauchy-Schwarz in a sum
                    '9:{2,5}:{{4e-317},{4e-317,4e-317}}']) s;
SELECT pg_temp.error_of(format('SELECT %L::driver_model', format('2:{%s}:{%s}',
         array_to_string(array_fill(0, ARRAY[v]), ','),
         (SELECT string_agg('{' || array_to_string(array_fill(0, ARRAY[i]), ',') || '}', ',')
            FROM generate_series(1, v) i))))
         ~ '22P02 .*32 factors' AS refused
  FROM unnest(ARRAY[33, 34]) v;
SELECT encode(driver_model_send('3:{2,5}:{{2},{3,6+1e-17}}'), 'hex');
-- a rounding error of zero has no sign, in binary and in text
SELECT driver_model_send('3:{2-0,5}:{{2},{3-0,6}}') = driver_model_send('3:{2,5}:{{2},{3,6}}');
-- equality, order and hashes: by factors, rows and all sums; zeros have no sign, what rounding lost counts
CREATE TEMP TABLE e AS
SELECT m
  FROM unnest(ARRAY['3:{2,5}:{{2},{3,6}}', '3:{2-0,5}:{{2},{3-0,6}}', '3:{2+1e-17,5}:{{2},{3,6}}',
                    '4:{2,5}:{{2},{3,6}}', '3:{2,5}:{{2},{3,7}}', '3:{2,5}:{{2},{3,6+1e-17}}', '3:{0,5}:{{2},{0,6}}', '3:{-0,5}:{{2},{-0,6}}',
                    '3:{2,5,1}:{{2},{3,6},{0,0,1}}', '2:{9,9,9}:{{0},{0,0},{0,0,0}}', NULL]::driver_model[]) m;
SELECT replace(min(m::text), '-0', '0'), count(*) FROM e GROUP BY m ORDER BY m;
SET enable_hashagg = off;
SELECT count(DISTINCT m), sum(a.c) FROM e, LATERAL (SELECT count(*) AS c FROM e x WHERE x.m = e.m) a;
RESET enable_hashagg;
SELECT bool_and((a.m < b.m) = (driver_model_cmp(a.m, b.m) < 0) AND (a.m <= b.m) = (driver_model_cmp(a.m, b.m) <= 0)
                AND (a.m > b.m) = (b.m < a.m) AND (a.m >= b.m) = (b.m <= a.m) AND (a.m <> b.m) = NOT (a.m = b.m)
                AND (a.m = b.m) = (driver_model_hash(a.m) = driver_model_hash(b.m))
                AND (a.m = b.m) = (driver_model_hash_extended(a.m, 7) = driver_model_hash_extended(b.m, 7))),
       count(*)
  FROM e a, e b WHERE a.m IS NOT NULL AND b.m IS NOT NULL;
-- an aggregate without the final function has a block of rows: equal to the closed value
CREATE AGGREGATE pg_temp.open_model(float8, float8[]) (sfunc = driver_model_accum, stype = driver_model);
SELECT pg_temp.open_model(y, f) = driver_model(y, f),
       driver_model_hash(pg_temp.open_model(y, f)) = driver_model_hash(driver_model(y, f))
  FROM (SELECT i AS y, ARRAY[i * i % 7]::float8[] AS f FROM generate_series(1, 9) i) r;
--
-- R's lm, cor, summary and relative weights by eigen: thirty rows, and three that are left out
--
CREATE TEMP TABLE answer AS
SELECT i, 2 * x1 - 0.5 * x2 + 0.1 * x3 + i * 29 % 5 AS y, x1, x2, x3
  FROM (SELECT i, x1, x2, i * 13 % 17 - x2 AS x3
          FROM (SELECT i, (i * 37 % 11)::float8 AS x1, i * i % 7 + i * 37 % 11 / 4.0::float8 AS x2
                  FROM generate_series(1, 30) i) a) b;
INSERT INTO answer VALUES (31, NULL, 1, 2, 3), (32, 5, NULL, 2, 3), (33, 5, 1, 2, NULL);
CREATE TEMP VIEW v AS SELECT driver_model(y, ARRAY[x1, x2, x3]) AS m FROM answer;
SELECT f.* FROM v, driver_importance(m, ARRAY['speed', 'effect', NULL]) f \gx
SELECT f.*, responses(m) FROM v, driver_fit(m) f;
SELECT abs(w - (driver_fit(m)).r_squared) < 1e-14, abs(s - 100) < 1e-12
  FROM v, LATERAL (SELECT sum(relative_weight), sum(share) FROM driver_importance(m)) f(w, s);
-- one factor: PostgreSQL's own regression, over the same rows; Pearson's t
SELECT pg_temp.near(correlation, c), pg_temp.near(coefficient, s), pg_temp.near(std_beta, c), vif,
       pg_temp.near(relative_weight, r2), share, pg_temp.near(t_statistic, c * sqrt(28 / (1 - r2))),
       pg_temp.near(r_squared, r2), pg_temp.near(intercept, i), pg_temp.near(f_statistic, t_statistic ^ 2),
       pg_temp.near(f.p_value, d.p_value)
  FROM (SELECT driver_model(y, ARRAY[x2]) AS m, corr(y, x2) AS c, regr_slope(y, x2) AS s, regr_intercept(y, x2) AS i,
               regr_r2(y, x2) AS r2
          FROM answer WHERE i <= 30) x,
       driver_importance(m) d, driver_fit(m) f;
-- the model itself: means and squares as PostgreSQL has them
SELECT pg_temp.near(n[1], avg(y)), pg_temp.near(n[2], avg(x2)), pg_temp.near(n[3], regr_syy(y, x2)),
       pg_temp.near(n[4], regr_sxy(y, x2)), pg_temp.near(n[5], regr_sxx(y, x2))
  FROM answer,
       (SELECT array_agg(split_part(t, '~', 1)::float8 ORDER BY i)
          FROM (SELECT driver_model(y, ARRAY[x2])::text AS m FROM answer WHERE i <= 30) x,
               regexp_split_to_table(regexp_replace(regexp_replace(m, '^\d+:', ''), '(\d)([+-]\d)', '\1~\2', 'g'),
                                     '[^0-9.e~+-]+') WITH ORDINALITY r(t, i)
         WHERE t <> '') p(n)
 WHERE i <= 30 GROUP BY n;
-- factors of a known correlation: 0.55 = b1 + 0.5 b2, 0.65 = 0.5 b1 + b2 by hand; for two factors,
-- Johnson's weights equal the weights of Lindeman, Merenda and Gold
SELECT factor, correlation, coefficient, vif, relative_weight, pg_temp.near(relative_weight, lmg)
  FROM driver_importance('100:{0,0,0}:{{1},{0.55,1},{0.65,0.5,1}}') WITH ORDINALITY f(
         factor, correlation, coefficient, std_error, std_beta, t_statistic, p_value, vif, relative_weight, share, n),
       LATERAL (SELECT (correlation ^ 2 + (r2 - CASE n WHEN 1 THEN 0.65 ELSE 0.55 END ^ 2)) / 2 AS lmg
                  FROM (SELECT (0.55 ^ 2 + 0.65 ^ 2 - 2 * 0.5 * 0.55 * 0.65) / 0.75 AS r2) s) l;
-- far from 0, and in other units, the figures are the same
CREATE TEMP VIEW whole AS
SELECT unit, shift,
       driver_model(round(y * 10) + 3 * shift,
                    ARRAY[x1 * unit, (4 * x2 - shift) * unit, (4 * x3 + 2 * shift) * unit]) AS m
  FROM answer, unnest(ARRAY[1, 0.25, 2::float8 ^ 300, 2::float8 ^ -300]) unit, unnest(ARRAY[0, 1e6, 1e15]) shift
 GROUP BY unit, shift;
SELECT b.unit, b.shift,
       bool_and(pg_temp.near(x.t_statistic, z.t_statistic) AND pg_temp.near(x.relative_weight, z.relative_weight)
                AND pg_temp.near(x.coefficient, z.coefficient * b.unit) AND pg_temp.near(x.vif, z.vif))
  FROM whole a, driver_importance(a.m) x, whole b, driver_importance(b.m) z
 WHERE a.unit = 1 AND a.shift = 0 AND x.factor = z.factor GROUP BY b.unit, b.shift ORDER BY b.unit, b.shift;
--
-- edge cases: no rows, NULLs only, too few rows, nothing varies, combinations, explained entirely
--
SELECT driver_model(y, ARRAY[x1]), sum(driver_model) FROM (SELECT 1 AS y, 1 AS x1, NULL::driver_model WHERE false) r;
SELECT driver_model(NULL, ARRAY[1.0]), driver_model(1, NULL), driver_model(1, ARRAY[1, NULL]::float8[]),
       sum(NULL::driver_model), responses(NULL::driver_model), driver_fit(NULL);
SELECT count(*) FROM driver_importance(NULL);
SELECT n, f, driver_fit(m)
  FROM (SELECT n, driver_model(y, ARRAY[x1, x2]) AS m FROM answer, generate_series(1, 4) n WHERE i <= n GROUP BY n) x,
       driver_importance(m) f ORDER BY n, f.factor;
-- a factor that does not vary is left out, as lm does
SELECT f FROM (SELECT driver_model(y, ARRAY[x1, 7.1, x2, x3]) AS m FROM answer) x, driver_importance(m) f;
SELECT driver_fit(driver_model(y, ARRAY[x1, 7.1, x2, x3])) = (SELECT driver_fit(m) FROM v),
       driver_fit(driver_model(y, ARRAY[0.1, 7.1]))
  FROM answer;
-- combinations of each other: x1 and 2 x1 + 3; x3 as without one of them, its weight by the pseudoinverse
SELECT f FROM (SELECT driver_model(y, ARRAY[x1, 2 * x1 + 3, x3]) AS m FROM answer) x, driver_importance(m) f;
SELECT driver_fit(driver_model(y, ARRAY[x1, 2 * x1 + 3, x3])), driver_fit(driver_model(y, ARRAY[x1, x3])) FROM answer;
-- the outcome does not vary; the outcome is one of its factors
SELECT f, driver_fit(m) FROM (SELECT driver_model(3, ARRAY[x1, x2]) AS m FROM answer) x, driver_importance(m) f;
SELECT f.factor, f.coefficient, f.std_error, f.t_statistic, f.p_value, f.share, (driver_fit(m)).r_squared,
       abs((driver_fit(m)).intercept) < 1e-12, (driver_fit(m)).p_value
  FROM (SELECT driver_model(2 * x1 + x3, ARRAY[x1, x3]) AS m FROM answer WHERE i <= 30) x, driver_importance(m) f;
SELECT factor, round(coefficient::numeric, 12), std_error, p_value, vif
  FROM (SELECT driver_model(y, ARRAY[x1, y]) AS m FROM answer) x, driver_importance(m) f;
-- arrays of all kinds: from a table, with other bounds, with a NULL bitmap, of integers, compressed, 32 numbers
CREATE TEMP TABLE arrays AS
SELECT i, y, ARRAY[x1, x2, x3] AS x, ARRAY[x1::int, x2::int] AS n, array_fill(x1, ARRAY[32]) AS wide FROM answer
 WHERE i <= 30;
SELECT driver_model(y, x)::text = (SELECT m::text FROM v) AS stored,
       driver_model(y, ('[0:2]=' || x::text)::float8[])::text = (SELECT m::text FROM v) AS bounds,
       driver_model(y, (x || ARRAY[NULL]::float8[])[1:3])::text = (SELECT m::text FROM v) AS sliced,
       driver_model(y, n)::text = driver_model(y, n::float8[])::text AS whole,
       (driver_fit(driver_model(y, wide))).responses, pg_column_size(driver_model(y, wide))
  FROM arrays;
--
-- factors as columns: bit for bit the same as the array of them, for every number of rows in a block, without NULLs
--
CREATE FUNCTION pg_temp.same(a driver_model, b driver_model) RETURNS boolean LANGUAGE sql
  AS 'SELECT driver_model_send(a) = driver_model_send(b)';
SELECT count(*), bool_and(pg_temp.same(m2, a2)) AS two, bool_and(pg_temp.same(m3, a3)) AS three,
       bool_and(pg_temp.same(m4, a4)) AS four, bool_and(pg_temp.same(m5, a5)) AS five,
       bool_and(pg_temp.same(m6, a6)) AS six, max(responses(m2)), max(responses(m3)), max(responses(m6))
  FROM (SELECT n, driver_model(y, x1, x2) AS m2, driver_model(y, ARRAY[x1, x2]) AS a2,
               driver_model(y, x1, x2, x3) AS m3, driver_model(y, ARRAY[x1, x2, x3]) AS a3,
               driver_model(y, x1, x2, x3, 1 / i) AS m4, driver_model(y, ARRAY[x1, x2, x3, 1 / i]) AS a4,
               driver_model(y, x1, x2, x3, 1 / i, sqrt(i)) AS m5,
               driver_model(y, ARRAY[x1, x2, x3, 1 / i, sqrt(i)]) AS a5,
               driver_model(y, x1, x2, x3, 1 / i, sqrt(i), x1 * x3) AS m6,
               driver_model(y, ARRAY[x1, x2, x3, 1 / i, sqrt(i), x1 * x3]) AS a6
          FROM (SELECT i::float8, y, x1, x2, x3 FROM answer) a, generate_series(1, 33) n WHERE i <= n GROUP BY n) x;
-- smallint, integer, bigint, numeric and real, and what has no type yet; whole arrays as before
SELECT pg_temp.same(driver_model(i::smallint, i % 5, i % 3 / 4.0, i::bigint, (i % 7)::real),
                    driver_model(i, ARRAY[i % 5, i % 3 / 4.0, i, i % 7]::float8[])) AS kinds,
       pg_temp.same(driver_model(i, i % 5, i % 3), driver_model(i, ARRAY[i % 5, i % 3])) AS whole
  FROM answer;
SELECT driver_model(1, 2, 3), driver_model('1', '2', '3'), driver_model(1, '{2,3}'), driver_model(1, ARRAY[2, 3]),
       driver_model(1, ARRAY[2.0, 3]);
-- NULL anywhere, in a first row too, leaves a row out, whatever else is in it
SELECT driver_model(NULL, 1, 2), driver_model(1, NULL, 2), driver_model(1, 2, NULL), driver_model(1, 'NaN', NULL),
       driver_model(1, ARRAY['NaN', NULL]::float8[]), driver_model(1, 2, 3, 4, 5, 6, NULL);
SELECT driver_model(y, a, b), driver_model(y, ARRAY[a, b])
  FROM (VALUES (1::float8, NULL::float8, 'NaN'::float8), (NULL, 1, 2), (2, 3, 4), (5, 6, NULL), (4, 3, 2)) v(y, a, b);
SELECT driver_model(y, a, b) FROM (SELECT 1 AS y, 2 AS a, 3 AS b WHERE false) r;
-- values at the limit are accepted
SELECT responses(driver_model(x, -x, x)), responses(driver_model(x, ARRAY[-x, x, x])),
       responses(driver_model(x, ARRAY[x, -x, x, x]))
  FROM unnest(ARRAY[2::float8 ^ 400, 0, -(2::float8 ^ 400)]) x;
-- windows count again; outside an aggregate states are copies
SELECT bool_and(pg_temp.same(m, a)), max(responses(m))
  FROM (SELECT driver_model(y, x1, x2, x3) OVER w AS m, driver_model(y, ARRAY[x1, x2, x3]) OVER w AS a FROM answer
        WINDOW w AS (ORDER BY i ROWS 19 PRECEDING)) x;
SELECT m, driver_model_accum_columns(m, 4, 1, 2), driver_model_accum(m, 4, '{1,2}'),
       driver_model_accum_columns(m, NULL, 1, 2), driver_model_accum_columns(NULL, 4, 1, 2), m
  FROM (SELECT '3:{2,5,0}:{{2},{3,6},{0,0,0}}'::driver_model OFFSET 0) x(m);
--
-- errors
--
SELECT a, pg_temp.error_of('SELECT ' || a)
  FROM unnest(ARRAY[
         'driver_model(''NaN'', ARRAY[1.0])', 'driver_model(1, ARRAY[1, ''Infinity''::float8])',
         'driver_model(1, ARRAY[''-Infinity''::float8])', 'driver_model(1e121, ARRAY[1.0])',
         'driver_model(1, ARRAY[0, -1e121]::float8[])', 'driver_model(1, ''{}'')',
         'driver_model(1, array_fill(1::float8, ARRAY[33]))', 'driver_model(1, ''{{1,2},{3,4}}'')',
         'driver_model(1, array_fill(1::float8, ARRAY[x])) FROM generate_series(2, 3) x',
         'driver_model(1, CASE WHEN x > 2 THEN ''{1,2}'' ELSE ''{1,NULL,3}''::float8[] END) '
           'FROM generate_series(1, 3) x',
         'driver_model(1, (x || ARRAY[NULL]::float8[])[1:array_length(x, 1)]) '
           'FROM (VALUES (''{1,2,3}''::float8[]), (''{1,NULL}''), (''{1,2}'')) v(x)',
         '''3:{2,5}:{{2},{3,6}}''::driver_model + ''3:{2,5,5}:{{2},{3,6},{0,0,0}}''',
         'sum(m) FROM (VALUES (''3:{2,5}:{{2},{3,6}}''::driver_model), (''3:{2,5,5}:{{2},{3,6},{0,0,0}}'')) v(m)',
         '''9223372036854775807:{2,5}:{{2},{3,6}}''::driver_model + ''1:{2,5}:{{0},{0,0}}''',
         'driver_model_accum(''9223372036854775807:{2,5}:{{2},{3,6}}'', 1, ''{1}'')', 'driver_model(''NaN'', 1, 2)',
         'driver_model(1, 2, ''-Infinity'')', 'driver_model(1, 2, 3, 4, 5, 6, x) FROM unnest(ARRAY[7, 1e121]) x',
         'driver_model_accum_columns(''3:{2,5}:{{2},{3,6}}'', 1, 2, 3)',
         'driver_model_accum_columns(''9223372036854775807:{2,5,5}:{{2},{3,6},{0,0,0}}'', 1, 1, 1)',
         'driver_importance(''3:{2,5}:{{2},{3,6}}'', ''{a,b}'')', 'driver_importance(''3:{2,5}:{{2},{3,6}}'', ''{}'')',
         'driver_importance(''3:{2,5}:{{2},{3,6}}'', ''{{a}}'')']) a;
--
-- sums: outside an aggregate states are copies; windows count again; single rows and rows in blocks give the same
--
SELECT m, driver_model_accum(m, 4, '{1}'), m + '1:{4,1}:{{0},{0,0}}', driver_model_accum(NULL, 4, '{1}'),
       driver_model_accum(m, NULL, '{1}'), driver_model_accum(NULL, 4, NULL), m
  FROM (SELECT '3:{2,5}:{{2},{3,6}}'::driver_model OFFSET 0) x(m);
SELECT i, driver_model(i, ARRAY[i * i]) OVER (ORDER BY i ROWS 1 PRECEDING),
       responses(sum(m) OVER (ORDER BY i ROWS 1 PRECEDING))
  FROM (SELECT i, CASE WHEN i <> 3 THEN driver_model(i, ARRAY[i, 1]) END AS m FROM generate_series(1, 5) i
         GROUP BY i) x;
SELECT bool_and(pg_temp.near(a.coefficient, b.coefficient) AND pg_temp.near(a.vif, b.vif)), min(responses(n))
  FROM v,
       (SELECT sum(m ORDER BY i % 7)
          FROM (SELECT i, driver_model(y, ARRAY[x1, x2, x3]) AS m FROM answer GROUP BY i) r) s(n),
       driver_importance(m) a, driver_importance(n) b
 WHERE a.factor = b.factor;
SELECT pg_column_size(driver_model(1, ARRAY[1, 2, 3])), pg_column_size(driver_model(i, ARRAY[1, 2, 3]))
  FROM generate_series(1, 100) i;
-- a million rows around 1e9, where a plain sum of squares would lose all digits: 10 and 2 values,
-- squares and products by hand
SELECT left(m::text, 20), pg_temp.near(f.coefficient, 1), pg_temp.near(f.correlation, sqrt(0.25 / 8.25))
  FROM (SELECT driver_model(1e9 + i % 10, ARRAY[1e9 + i % 2]) AS m FROM generate_series(1, 1000000) i) x,
       driver_importance(m) f;
-- a spread at the level of rounding errors does not count as variation
SELECT f.factor, f.correlation
  FROM (SELECT driver_model(i % 3, ARRAY[i * 1e-140, i * 1e-130]) AS m FROM generate_series(1, 40) i) x,
       driver_importance(m) f;
-- a rounding error is a number
SELECT pg_temp.error_of($$SELECT '3:{2+x,5}:{{2},{3,6}}'::driver_model$$);
-- factors in arrays that are stored compressed, or outside of the row
CREATE TEMP TABLE packed (y float8, factors float8[], filler text) WITH (toast_tuple_target = 128);
ALTER TABLE packed ALTER filler SET STORAGE PLAIN;
INSERT INTO packed SELECT i, array_fill(i % 3, ARRAY[16]), repeat('-', 2100) FROM generate_series(1, 9) i;
SELECT count(pg_column_compression(factors)) > 0,
       driver_model(y, factors)::text = driver_model(y, array_fill(y::int % 3, ARRAY[16])::float8[])::text
  FROM packed;
-- a number of thousands of digits is refused: reading it could not be interrupted
SELECT left(pg_temp.error_of(format($$SELECT %L::driver_model$$, '1:{' || repeat('0', 3000) || '1,2}:{{0},{0,0}}')),
            60);
--
-- nearly collinear factors: a polynomial of degree 8 loses too many digits for coefficients (VIF 2e10, by exact
-- fractions they were wrong by 1e-5), yet has weights, and shares add up to 100
--
SELECT count(coefficient) AS coefficients, count(vif) AS vifs, count(relative_weight) AS weights,
       round(sum(share)::numeric, 9) AS shares
  FROM (SELECT driver_model(x ^ 8 + x + (x::int * 7919 % 13) * 1e6, ARRAY[x, x^2, x^3, x^4, x^5, x^6, x^7, x^8]) AS m
          FROM generate_series(1, 20) i, LATERAL (SELECT i::float8 AS x) v) d, driver_importance(m);
-- degree 4 keeps its coefficients: 1, 2, 3, 4
SELECT round(coefficient::numeric, 6) AS coefficient, share > 0 AS share
  FROM (SELECT driver_model(x + 2 * x^2 + 3 * x^3 + 4 * x^4, ARRAY[x, x^2, x^3, x^4]) AS m
          FROM generate_series(1, 20) i, LATERAL (SELECT i::float8 AS x) v) d, driver_importance(m);
-- an array of the wrong shape is an error, with a NULL in it too
SELECT a, pg_temp.error_of('SELECT driver_model(1, f::float8[]) FROM (VALUES ' || a || ') v(f)')
  FROM unnest(ARRAY['(''{{1,NULL},{3,4}}'')', '(''{1,2}''), (''{1,2,NULL}'')',
                    '(''{1,NULL,3}''), (''{1,2}''), (''{1,NULL,3}'')']) a;
-- a + b is b + a, to the last bit
SELECT count(*), bool_and(a + b = b + a) FROM (
  SELECT driver_model(1 / (1 + (i * k) % 97)::float8, i / 3.0, (i * i * k) % 13 / 7.0) FILTER (WHERE i % 2 = 0) AS a,
         driver_model(1e3 / (1 + (i * k) % 89)::float8, k / 3.0, (i * k) % 11 / 9.0) FILTER (WHERE i % 3 = 1) AS b
    FROM generate_series(1, 40) i, generate_series(1, 200) k GROUP BY k) s;
