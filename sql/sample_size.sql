\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- shares: R's power.prop.test, 905.365777964 76.706928452 293.151285506 151.868862117 2054.062487715 5.951838369
--
SELECT responses_needed('rate', 80, 5), responses_needed('csat', 50, 25, 0.9), responses_needed('rate', 80, -10),
  responses_needed('rate', 0, 5), responses_needed('rate', 80, 5, 0.95, 0.99), responses_needed('rate', 30, 70);
-- a fall is as hard as the rise from the other side
SELECT responses_needed('rate', 20, -5) = responses_needed('rate', 80, 5), responses_needed('RATE', 85, -5);
-- the other way round, in points: 4.998345014477, 22.122661855435, none, 16.961110800138
SELECT detectable_change('rate', 80, 906), detectable_change('csat', 50, 100, 0.9), detectable_change('rate', 95, 30),
  detectable_change('rate', 2, 50);
--
-- means: 2 (z + z)^2 s^2 / d^2 = 341.862317318; back: 0.299502057887
--
SELECT responses_needed('mean', 5, 0.3, deviation => 1.4), responses_needed('mean', 5, -0.3, deviation => 1.4),
  detectable_change('mean', 5, 343, deviation => 1.4), responses_needed('mean', -1e6, 1e300, deviation => 1);
-- NPS: 1004.656605997 with a deviation of 80, back 43.641282722; at worst
-- (z + z)^2 ((1 - .3^2) + (1 - .4^2)) / .1^2 = 1373.553953511, back 9.998412968851
SELECT responses_needed('nps', 30, 10, deviation => 80), responses_needed('nps', 30, 10),
  detectable_change('nps', 30, 1374), detectable_change('nps', 30, 100, 0.9, 0.99, 80);
-- nobody is passive: the deviation at worst is that of one NPS, 100 sqrt(1 - .3^2)
SELECT round((responses_needed('nps', 30, 1e-3, deviation => 100 * sqrt(0.91))
  / responses_needed('nps', 30, 1e-3)::float8)::numeric, 5);
-- what one finds, the other needs
SELECT bool_and(responses_needed(k, e, detectable_change(k, e, n, p, c, d), p, c, d) = n), count(*)
  FROM (VALUES ('rate', 80, NULL), ('csat', 0, NULL), ('nps', -20, NULL), ('nps', 50, 70), ('mean', 4, 1.3)) v(k, e, d),
    unnest(ARRAY[50, 387, 10000, 123456789]) n, unnest(ARRAY[0.3, 0.5, 0.8, 0.99]) p, unnest(ARRAY[0.8, 0.95, 0.999]) c
  WHERE detectable_change(k, e, n, p, c, d) IS NOT NULL;
-- chance alone is enough; nobody answers; a change beyond the scale
SELECT responses_needed('mean', 5, 1, 0.01, 0.5, 2), detectable_change('mean', 5, 10, 0.01, 0.5, 2),
  detectable_change('rate', 80, 0), detectable_change('nps', 90, 20), detectable_change('rate', 100, 1000);
SELECT responses_needed(NULL, 80, 5), responses_needed('rate', NULL, 5), responses_needed('rate', 80, NULL),
  responses_needed('rate', 80, 5, NULL), responses_needed('rate', 80, 5, 0.8, NULL),
  detectable_change('rate', 80, NULL);
SELECT x, pg_temp.error_of('SELECT ' || x) FROM unnest(ARRAY['responses_needed(''ces'', 5, 1)',
  'responses_needed(''rate'', 101, -5)', 'responses_needed(''rate'', 80, 25)', 'responses_needed(''rate'', 80, -85)',
  'responses_needed(''rate'', 80, 0)', 'responses_needed(''rate'', ''NaN'', 5)',
  'responses_needed(''rate'', 80, ''NaN'')',
  'responses_needed(''rate'', 80, 5, 80)', 'responses_needed(''rate'', 80, 5, 0.8, 95)',
  'responses_needed(''rate'', 80, 5, deviation => 40)', 'responses_needed(''nps'', -101, 5)',
  'responses_needed(''nps'', 60, 50)', 'responses_needed(''nps'', 30, 5, deviation => 101)',
  'responses_needed(''mean'', 5, 1)', 'responses_needed(''mean'', 5, 1, deviation => 0)',
  'responses_needed(''mean'', ''Infinity'', 1, deviation => 1)',
  'responses_needed(''mean'', 5, ''Infinity'', deviation => 1)',
  'responses_needed(''rate'', 80, 1e-9)', 'responses_needed(''mean'', 5, 1e-200, deviation => 1)',
  'detectable_change(''rate'', 80, -1)', 'detectable_change(''median'', 80, 1)',
  'detectable_change(''mean'', 80, 1)']) x;
