\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
SELECT suppress(71.5, 30, 30), suppress(71.5, 29, 30), suppress(NULL, 30, 30), suppress(71.5, NULL, 30),
       suppress(71.5, 0, 0);
SELECT pg_temp.error_of('SELECT suppress(' || a || ')') FROM unnest(ARRAY['1, -1, 30', '1, 1, -30']) a;
SELECT sparkline(i) FROM (SELECT i FROM generate_series(1, 8) i ORDER BY i) r;
SELECT sparkline(v ORDER BY i), sparkline(v ORDER BY i DESC)
  FROM (VALUES (1, 65.0), (2, 70), (3, NULL), (4, 80), (5, 72.5)) r(i, v);
SELECT sparkline(5.0), sparkline(v) FROM (VALUES (7.0), (7.0), (NULL)) r(v);
SELECT sparkline(v), sparkline(ARRAY[NULL, NULL]::float8[]) || '|', sparkline('{}'::float8[]), sparkline(NULL::float8[])
  FROM (SELECT 1.0 AS v WHERE false) r;
SELECT sparkline(ARRAY[-1.7976931348623157e308, 0, 1.7976931348623157e308]);
SELECT sparkline(ARRAY[0, 5e-324]), sparkline(ARRAY[1, 1 + 2.3e-16, 1]);
SELECT length(sparkline(i % 1000)) FROM generate_series(1, 100000) i;
SELECT array_agg(s ORDER BY i) FROM (SELECT i, sparkline(i) OVER (ORDER BY i) AS s FROM generate_series(1, 5) i) w;
SELECT pg_temp.error_of('SELECT sparkline(' || a || ')')
  FROM unnest(ARRAY['''NaN''::float8', '''-Infinity''::float8']) a;
-- intervals as text: missing bounds, one missing, no estimate, rounding as round(numeric) does
SELECT format_interval(nps_interval(19, 8, 9)), format_interval(nps_interval(19, 8, 9), 0),
       format_interval(nps_interval(19, 8, 9), digits => 3), format_interval(nps_interval(0, 0, 0)),
       format_interval(46.25, 39.5, 52.44), format_interval(46.25, NULL, NULL), format_interval(46.25, 39.5, NULL),
       format_interval(46.25, NULL, 52.44), format_interval(NULL, 1, 2), format_interval(1, 2, 3, NULL);
SELECT format_interval('(46.25,,,9)'), format_interval(NULL::kpi_interval),
       format_interval('(1,2,3,4)'::kpi_interval, NULL),
       format_interval(-0.04, -12.5, 12.5, 0), format_interval('NaN', 1, 2),
       format_interval(1, '-Infinity', 'Infinity'), length(format_interval(1e308, 1, 1)),
       format_interval(0.1, 0.2, 1.0 / 3, 15);
SELECT format_interval(i.estimate, i.lower, i.upper) = format_interval(i) FROM rate_interval(1, 3) i;
SELECT pg_temp.error_of('SELECT format_interval(1, 2, 3, ' || a || ')') FROM unnest(ARRAY['-1', '16']) a;
