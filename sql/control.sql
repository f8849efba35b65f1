\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- Laney's p' chart: 50,000 answers a day, centre 82.125; by mpmath sigma z 17.733008736337738,
-- 3-sigma limits 73.00952305248591 and 91.24047694751409; prediction limits of 8 points by R:
-- qt(0.99865, 0.62 * 7) * sqrt(1 + 1/8) = 6.52402667548 sigma, so 62.30179507823 and 101.948, which is 100
--
CREATE TEMP TABLE daily AS
SELECT i AS day, tally(0, 1, ARRAY[50000 - d, d]) AS t
  FROM unnest(ARRAY[41000, 40500, 42100, 39800, 41700, 40100, 42500, 40800]) WITH ORDINALITY r(d, i);
SELECT control_chart(t ORDER BY day), control_chart(t, 1 ORDER BY day), control_chart(t, NULL ORDER BY day) FROM daily;
SELECT day, rate(t), s.*, p.*
  FROM daily, (SELECT control_chart(t ORDER BY day) AS c FROM daily) b, control_limits(c, t, 'sigma') s,
       control_limits(c, t, 'prediction') p
 ORDER BY day;
-- a point far out gives a signal; a point with fewer answers has wider limits
SELECT control_limits(c, '0..1:{15000,35000}', 'Sigma'), control_limits(c, '0..1:{3,7}', 'sigma')
  FROM (SELECT control_chart(t ORDER BY day) AS c FROM daily) b;
-- the order counts, and the baseline is a FILTER
SELECT (control_chart(t ORDER BY rate(t))).sigma_z < 10, (control_chart(t ORDER BY day) FILTER (WHERE day <= 4)).points,
       (control_chart(t ORDER BY day) FILTER (WHERE day <= 4)).center
  FROM daily;
-- without a method the limits are those of prediction; the multiple of sigma by R: for k = 3, 6, 12, 24 points
-- qt(0.99865, 0.62 * (k - 1)) * sqrt(1 + 1/k) = 99.61564294720138, 9.52601601331978, 4.77355332480684,
-- 3.69683843506665; half the distance of the limits around 50 % of 250,000 answers in units of 0.1 %, and around 0
SELECT k, (l.upper - l.lower) / 0.2 AS shares, x.upper AS single, control_limits(ROW(50, 1, k, 1), t) = l AS the_same
  FROM unnest(ARRAY[0, 1, 2, 3, 6, 12, 24, 1000000]) k, (VALUES ('0..1:{125000,125000}'::tally)) v(t),
       control_limits(ROW(50, 1, k, 1), t, 'prediction') l, xmr_limits(ROW(0, 1, -3, 3, k)) x;
SELECT control_limits(ROW(50, 1, NULL, 1), '0..1:{5,5}'), control_limits(ROW(50, 1, NULL, 1), '0..1:{5,5}', 'sigma'),
       control_limits(ROW(50, 1, 9, 1), '0..1:{5,5}', NULL);
-- three equal months, 5 of 100 each: sigma_z is 0, and 1 for limits: 5 +- 3 sqrt(5 * 95 / 100) = 5 +- 6.538348
SELECT c, control_limits(c, '0..1:{88,12}', 'sigma'), control_limits(c, '0..1:{89,11}', 'sigma'),
       control_limits(c, '0..1:{80,20}')
  FROM (SELECT control_chart('0..1:{95,5}'::tally ORDER BY i) AS c FROM generate_series(1, 3) i) b;
SELECT control_limits(ROW(5, z, 24, 1), '0..1:{95,5}') FROM unnest(ARRAY[0, 0.99, 1, 2]) z;
-- the same by plain SQL
SELECT abs((c).sigma_z - sigma) < 1e-12
  FROM (SELECT control_chart(t ORDER BY day) AS c FROM daily) b,
       (SELECT avg(abs(z - before)) / (2 / sqrt(pi())) AS sigma
          FROM (SELECT z, lag(z) OVER (ORDER BY day) AS before
                  FROM (SELECT day, (rate(t) / 100 - p) / sqrt(p * (1 - p) / responses(t)) AS z
                          FROM daily, (SELECT rate(sum(t)) / 100 AS p FROM daily) m) r) s) u;
-- scores: the top two points, or from satisfied_from up; the chart keeps satisfied_from
SELECT control_chart(t ORDER BY i), control_chart(t, 5 ORDER BY i)
  FROM (VALUES (1, '1..5:{1,2,3,4,5}'::tally), (2, '1..5:{2,2,2,2,2}'), (3, '1..5:{0,1,2,3,9}')) v(i, t);
SELECT control_limits(control_chart(t, 5 ORDER BY i), '1..5:{0,0,0,10,0}')
  FROM (VALUES (1, '1..5:{1,2,3,4,5}'::tally), (2, '1..5:{2,2,2,2,2}'), (3, '1..5:{0,1,2,3,9}')) v(i, t);
-- without answers there is no point, and no moving range across the gap: only 6 and 7 of 50 are neighbours,
-- 0.02 / sqrt(0.12 * 0.88 / 50) * sqrt(pi) / 2 = 0.385678
SELECT control_chart(t ORDER BY i), control_chart(t ORDER BY i) FILTER (WHERE i < 4)
  FROM (VALUES (1, '0..1:{45,5}'::tally), (2, '0..1:{0,0}'), (3, '0..1:{44,6}'), (4, '0..1:{43,7}')) v(i, t);
SELECT control_chart(t ORDER BY i)
  FROM (VALUES (1, '0..1:{45,5}'::tally), (2, NULL), (3, '0..1:{44,6}'), (4, '0..1:{43,7}')) v(i, t);
-- nothing; only NULL; one point; no answers; all yes
SELECT control_chart(t ORDER BY i) FROM (SELECT 1 AS i, '0..1:{1,1}'::tally AS t WHERE false) r;
SELECT control_chart(t), control_limits(control_chart(t), '0..1:{1,1}') FROM (VALUES (NULL::tally)) v(t);
SELECT control_chart(t), control_limits(control_chart(t), '0..1:{1,1}') FROM (VALUES ('0..1:{45,5}'::tally)) v(t);
SELECT control_chart(t), control_limits(control_chart(t), '0..1:{1,1}')
  FROM (VALUES ('0..1:{0,0}'::tally), ('0..1:{0,0}')) v(t);
SELECT control_chart(t), control_limits(control_chart(t), '0..1:{1,1}')
  FROM (VALUES ('0..1:{0,9}'::tally), ('0..1:{0,7}')) v(t);
SELECT control_limits(c, '0..1:{0,0}'), control_limits(c, NULL), control_limits(NULL, '0..1:{1,1}'),
       control_limits(ROW(50, 1, 9, NULL), '0..1:{50,50}')
  FROM (SELECT control_chart(t ORDER BY day) AS c FROM daily) b;
SELECT array_agg((c).points), array_agg(round((c).sigma_z::numeric, 3))
  FROM (SELECT control_chart(t) OVER (ORDER BY day) AS c FROM daily) w;
SELECT a, pg_temp.error_of('SELECT ' || a)
  FROM unnest(ARRAY[
         'control_chart(t ORDER BY i) FROM (VALUES (1, ''0..1:{1,1}''::tally), (2, ''0..2:{1,1,1}'')) v(i, t)',
         'control_chart(t, i ORDER BY i) FROM (VALUES (0, ''0..1:{1,1}''::tally), (1, ''0..1:{1,1}'')) v(i, t)',
         'control_chart(''0..2:{1,1,1}''::tally)', 'control_chart(''0..2:{1,1,1}''::tally, 3)',
         'control_chart(''0..1:{1,1}''::tally) FROM generate_series(1, 100001)',
         'control_limits(ROW(50, 1, 9, 5), ''0..1:{50,50}'')', 'control_limits(ROW(101, 1, 9, 1), ''0..1:{50,50}'')',
         'control_limits(ROW(50, -1, 9, 1), ''0..1:{50,50}'')', 'control_limits(ROW(50, 1, -9, 1), ''0..1:{50,50}'')',
         'control_limits(ROW(50, 1, 9, 1), ''0..1:{50,50}'', ''three'')',
         'control_limits(ROW(50, ''Infinity'', 9, 1), ''0..1:{50,50}'')',
         'control_limits(ROW(50, ''NaN'', 9, 1), ''0..1:{50,50}'')']) a;
--
-- single values: centre, mean moving range times sqrt(pi) / 2, 3 of them to each side
--
SELECT xmr_chart(v ORDER BY i) FROM unnest(ARRAY[10, 11, 9, 10, 10, 11, 9, 10, 20, 21, 19, 20]) WITH ORDINALITY r(v, i);
SELECT xmr_chart(v ORDER BY i), xmr_chart(v ORDER BY i DESC) = xmr_chart(v ORDER BY i),
       (xmr_chart(v ORDER BY i) FILTER (WHERE i > 1)).*
  FROM (VALUES (1, 3.0), (2, 7)) r(i, v);
SELECT xmr_chart(v ORDER BY i) FROM unnest(ARRAY[0.1, 0.1, 0.1]) WITH ORDINALITY r(v, i);
-- limits by prediction and by the chart; by R 13.333333 -+ qt(0.99865, 0.62 * 11) * sqrt(1 + 1/12) * 1.772454
SELECT p.*, s.*
  FROM (SELECT xmr_chart(v ORDER BY i) AS c
          FROM unnest(ARRAY[10, 11, 9, 10, 10, 11, 9, 10, 20, 21, 19, 20]) WITH ORDINALITY r(v, i)) x,
       xmr_limits(c) p, xmr_limits(c, 'sigma') s;
-- no sigma; no points, as 0.1.0 stored charts; nothing; NULL; too large
SELECT x, xmr_limits(x), xmr_limits(x, 'SIGMA'), xmr_limits(x, NULL)
  FROM (VALUES ('(5,,,,1)'::xmr_chart), ('(5,1,2,8,)'), ('(,,,,0)'), (NULL), ('(0,1e308,-3,3,9)')) v(x);
SELECT a, pg_temp.error_of('SELECT ' || a)
  FROM unnest(ARRAY['xmr_limits(''(5,-1,2,8,9)'')', 'xmr_limits(''(NaN,1,2,8,9)'')', 'xmr_limits(''(5,1,2,8,-1)'')',
                    'xmr_limits(''(5,1,2,8,9)'', ''wide'')']) a;
-- the type as it was in 0.1.0: the library makes and reads four columns
CREATE TYPE pg_temp.old_chart AS (center float8, sigma float8, lower float8, upper float8);
CREATE FUNCTION pg_temp.old_final(internal) RETURNS pg_temp.old_chart LANGUAGE C IMMUTABLE
  AS '$libdir/recovery_kpi', 'xmr_chart_final';
CREATE AGGREGATE pg_temp.old_xmr_chart(float8) (
  sfunc = xmr_chart_accum, stype = internal, finalfunc = pg_temp.old_final);
CREATE FUNCTION pg_temp.old_limits(pg_temp.old_chart, text, OUT lower float8, OUT upper float8)
  LANGUAGE C IMMUTABLE STRICT AS '$libdir/recovery_kpi', 'xmr_limits';
SELECT x, pg_temp.old_limits(x, 'sigma'), pg_temp.old_limits(x, 'prediction')
  FROM (SELECT pg_temp.old_xmr_chart(v ORDER BY i) AS x FROM (VALUES (1, 3.0), (2, 7)) r(i, v)) c;
-- no range across a gap: 3, 7, nothing, 100, 101 have the ranges 4 and 1
SELECT xmr_chart(v ORDER BY i), sqrt(pi()) / 2 * 2.5 AS sigma
  FROM unnest(ARRAY[3, 7, NULL, 100, 101]) WITH ORDINALITY r(v, i);
SELECT xmr_chart(v) FROM (SELECT 1 AS v WHERE false) r;
SELECT xmr_chart(v), xmr_chart(w) FROM (VALUES (NULL::int, 5), (NULL, NULL), (NULL, 6)) r(v, w);
SELECT array_agg((x).center), array_agg(round((x).sigma::numeric, 3))
  FROM (SELECT xmr_chart(v) OVER (ORDER BY i) AS x FROM unnest(ARRAY[3, 7, NULL, 100, 101]) WITH ORDINALITY r(v, i)) w;
SELECT a, pg_temp.error_of('SELECT ' || a)
  FROM unnest(ARRAY['xmr_chart(''NaN''::float8)', 'xmr_chart(''Infinity''::float8)',
                    'xmr_chart(v) FROM unnest(ARRAY[-1.7e308, 1.7e308]::float8[]) v']) a;
SELECT (xmr_chart(v ORDER BY i)).center FROM unnest(ARRAY[1.7e308, 1.7e308]::float8[]) WITH ORDINALITY r(v, i);
--
-- ewma: Montgomery's table 9.10 begins 9.945, 9.7495, 9.70355, 9.8992 from a target of 10;
-- without a start, the first value is the start
--
SELECT v, ewma(v, 0.1, 10) OVER w, ewma(v, 0.1) OVER w, ewma(v, 1.0) OVER w
  FROM unnest(ARRAY[9.45, 7.99, 9.29, NULL, 11.66]) WITH ORDINALITY r(v, i) WINDOW w AS (ORDER BY i);
SELECT ewma(v, 0.1, 10 ORDER BY i), ewma(v, 0.1, NULL ORDER BY i) = ewma(v, 0.1 ORDER BY i), ewma(v, NULL ORDER BY i),
       ewma(NULL, 0.1)
  FROM unnest(ARRAY[9.45, 7.99, 9.29, 11.66]) WITH ORDINALITY r(v, i);
SELECT ewma(v, 0.1) FROM (SELECT 1 AS v WHERE false) r;
-- between the largest numbers, never beyond
SELECT ewma(v, 0.3 ORDER BY i)
  FROM unnest(ARRAY[1.7976931348623157e308, 1.7976931348623157e308, 1.7976931348623157e308]) WITH ORDINALITY r(v, i);
-- moving frames are computed again
SELECT array_agg(round(e::numeric, 4) ORDER BY i)
  FROM (SELECT i, ewma(v, 0.5) OVER (ORDER BY i ROWS 1 PRECEDING) AS e
          FROM unnest(ARRAY[1, 3, NULL, 8, 4]) WITH ORDINALITY r(v, i)) w;
SELECT a, pg_temp.error_of('SELECT ' || a)
  FROM unnest(ARRAY['ewma(1, 0)', 'ewma(1, 1.1)', 'ewma(1, -0.1)', 'ewma(1, ''NaN'')', 'ewma(NULL, 2)',
                    'ewma(''NaN'', 0.5)', 'ewma(''-Infinity'', 0.5)', 'ewma(1, 0.5, ''NaN'')',
                    'ewma_accum(''NaN'', 1, 0.5)', 'ewma_accum(''-Infinity'', NULL, 0.5)',
                    'ewma_accum(''Infinity'', 1, 0.5, 2)']) a;
