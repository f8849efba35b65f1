\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- R's survey::rake of its data apiclus1: schools by type and by whether they met the target of the whole school, with
-- the sums of their scores; population 4421 755 1018 and 1072 5122.  R: weights / their mean, mean 641.2303209268,
-- Kish's effective number 174.0111585511.
--
CREATE TEMP TABLE school AS SELECT i, jsonb_build_object('type', type, 'met', met) AS cell, n, scores FROM (VALUES
  (1, 'E', false, 12, 7156), (2, 'E', true, 132, 86281), (3, 'H', false, 3, 1978), (4, 'H', true, 11, 6682),
  (5, 'M', false, 8, 4851), (6, 'M', true, 17, 10935)) v(i, type, met, n, scores);
CREATE TEMP TABLE target AS SELECT jsonb_build_object('type', jsonb_build_object('E', 4421 / 6194.0, 'H', 755 / 6194.0,
  'M', 1018 / 6194.0), 'met', jsonb_build_object('false', 1072 / 6194.0, 'true', 5122 / 6194.0)) AS t;
CREATE TEMP TABLE raked AS SELECT w.* FROM target, (SELECT array_agg(cell ORDER BY i) AS cells,
  array_agg(n::bigint ORDER BY i) AS responses FROM school) s, rake_weights(cells, responses, t) w;
ANALYZE school, target, raked;
SELECT cell, round(weight::numeric, 8) FROM raked;
SELECT round((sum(scores * weight) / sum(n * weight))::numeric, 7) AS mean,
  round((sum(n * weight) / sum(n))::numeric, 12) AS mean_weight,
  round((sum(n * weight) ^ 2 / sum(n * weight ^ 2))::numeric, 7) AS kish FROM raked JOIN school USING (cell);
-- every margin as its target
SELECT cell ->> 'type', abs(sum(n * weight) / 183 - min((t -> 'type' ->> (cell ->> 'type'))::float8)) <= 1e-10
  FROM raked JOIN school USING (cell), target GROUP BY 1 ORDER BY 1;
SELECT cell ->> 'met', abs(sum(n * weight) / 183 - min((t -> 'met' ->> (cell ->> 'met'))::float8)) <= 1e-10
  FROM raked JOIN school USING (cell), target GROUP BY 1 ORDER BY 1;
-- one dimension, by hand: 3 of 10 answers for half of the customers, 5 / 3 and 5 / 7; a third for each of three
SELECT * FROM rake_weights(ARRAY['{"r": "n"}', '{"r": "s"}']::jsonb[], ARRAY[3, 7], '{"r": {"n": 0.5, "s": 0.5}}');
SELECT weight FROM rake_weights(ARRAY['{"r": "a"}', '{"r": "b"}', '{"r": "c"}']::jsonb[], ARRAY[1, 1, 2],
  '{"r": {"a": 0.333333, "b": 0.333333, "c": 0.333333}}');
-- independent margins: a product of two factors; numbers, booleans and other keys in cells
CREATE TEMP TABLE grid AS SELECT ARRAY['{"r": "n", "a": 1, "x": [1]}', '{"a": 2, "r": "n"}',
  '{"r": "s", "a": 1, "y": null}', '{"r": "s", "a": 2}']::jsonb[] AS cells, ARRAY[20, 20, 30, 30]::bigint[] AS n;
SELECT cell, weight, (CASE cell ->> 'r' WHEN 'n' THEN 0.5 / 0.4 ELSE 0.5 / 0.6 END
  * CASE cell ->> 'a' WHEN '1' THEN 0.2 / 0.5 ELSE 0.8 / 0.5 END)::float8 AS product
  FROM grid, rake_weights(cells, n, '{"r": {"n": 0.5, "s": 0.5}, "a": {"1": 0.2, "2": 0.8}}');
-- the same cell twice has one weight; a cell without responses has none; a target of 0 takes all weight away
SELECT * FROM rake_weights(ARRAY['{"r": "n"}', '{"r": "n"}', '{"r": "s"}', '{"r": "s"}', '{"r": "w"}']::jsonb[],
  ARRAY[1, 2, 7, 0, 5], '{"r": {"n": 0.5, "s": 0.5, "w": 0, "e": 0}}');
-- a cap: no weight above it, the margins are still met
SELECT cell, round(weight::numeric, 7)
  FROM grid, rake_weights(cells, ARRAY[10, 20, 30, 40], '{"r": {"n": 0.5, "s": 0.5}, "a": {"1": 0.3, "2": 0.7}}')
  ORDER BY weight DESC LIMIT 1;
SELECT max(weight) <= 1.7 + 1e-9, abs(sum(weight * m) - 100) < 1e-9,
  abs(sum(weight * m) FILTER (WHERE cell ->> 'r' = 'n') - 50) < 1.1e-8,
  abs(sum(weight * m) FILTER (WHERE cell ->> 'a' = '1') - 30) < 1.1e-8
  FROM grid, rake_weights(cells, ARRAY[10, 20, 30, 40], '{"r": {"n": 0.5, "s": 0.5}, "a": {"1": 0.3, "2": 0.7}}', 1.7)
    WITH ORDINALITY w(cell, weight, i), unnest(ARRAY[10, 20, 30, 40]) WITH ORDINALITY u(m, j) WHERE i = j;
-- weights go into a weighted tally: a third of the 3, two sevenths of the 7
SELECT responses(t), rate(t) FROM (SELECT weighted_tally(yes, 0, 1, weight) AS t
  FROM rake_weights(ARRAY['{"r": "n"}', '{"r": "s"}']::jsonb[], ARRAY[3, 7], '{"r": {"n": 0.5, "s": 0.5}}') w
  JOIN (SELECT CASE WHEN i < 4 THEN 'n' ELSE 's' END AS r, (i % 3 = 0)::int AS yes FROM generate_series(1, 10) i) a
    ON w.cell ->> 'r' = a.r) s;
-- NULL: no rows
SELECT count(*) FROM rake_weights(NULL, ARRAY[3, 7], '{"r": {"n": 0.5, "s": 0.5}}');
SELECT count(*) FROM grid, rake_weights(cells, NULL, '{"r": {"n": 0.5, "s": 0.5}}');
SELECT count(*) FROM grid, rake_weights(cells, n, NULL);
SELECT x, pg_temp.error_of(format('SELECT rake_weights(%s)', x)) FROM unnest(ARRAY[
  -- arrays
  '''{}'', ''{1}'', ''{"r": {"n": 1}}''', '''{}'', ''{}'', ''{"r": {"n": 1}}''',
  'ARRAY[''{"r": "n"}'', NULL]::jsonb[], ''{1,2}'', ''{"r": {"n": 1}}''',
  'ARRAY[''{"r": "n"}''::jsonb], ''{NULL}'', ''{"r": {"n": 1}}''',
  'ARRAY[ARRAY[''{"r": "n"}''::jsonb]], ''{1}'', ''{"r": {"n": 1}}''',
  'ARRAY[''{"r": "n"}''::jsonb], ''{-1}'', ''{"r": {"n": 1}}''',
  'ARRAY[''{"r": "n"}''::jsonb], ''{0}'', ''{"r": {"n": 1}}''',
  -- cells
  'ARRAY[''"n"''::jsonb], ''{1}'', ''{"r": {"n": 1}}''', 'ARRAY[''{"a": "n"}''::jsonb], ''{1}'', ''{"r": {"n": 1}}''',
  'ARRAY[''{"r": null}''::jsonb], ''{1}'', ''{"r": {"n": 1}}''',
  'ARRAY[''{"r": ["n"]}''::jsonb], ''{1}'', ''{"r": {"n": 1}}''',
  'ARRAY[''{"r": "w"}''::jsonb], ''{1}'', ''{"r": {"n": 1}}''',
  -- targets
  'ARRAY[''{"r": "n"}''::jsonb], ''{1}'', ''{}''', 'ARRAY[''{"r": "n"}''::jsonb], ''{1}'', ''[1]''',
  'ARRAY[''{"r": "n"}''::jsonb], ''{1}'', ''{"r": 1}''', 'ARRAY[''{"r": "n"}''::jsonb], ''{1}'', ''{"r": {"n": "1"}}''',
  'ARRAY[''{"r": "n"}''::jsonb], ''{1}'', ''{"r": {"n": {"m": 1}}}''',
  'ARRAY[''{"r": "n"}''::jsonb], ''{1}'', ''{"r": {}}''',
  'ARRAY[''{"r": "n"}''::jsonb], ''{1}'', ''{"r": {"n": 40}}''',
  'ARRAY[''{"r": "n"}''::jsonb], ''{1}'', ''{"r": {"n": -0.4}}''',
  'ARRAY[''{"r": "n"}''::jsonb], ''{1}'', ''{"r": {"n": 0.4, "s": 0.5}}''',
  -- groups that nobody answered for, and cells that cannot reach their targets
  'ARRAY[''{"r": "n"}''::jsonb], ''{1}'', ''{"r": {"n": 0.4, "s": 0.6}}''',
  'ARRAY[''{"r": "n", "a": 1}'', ''{"r": "s", "a": 2}'']::jsonb[], ''{1,1}'',
    ''{"r": {"n": 0.4, "s": 0.6}, "a": {"1": 0.5, "2": 0.5}}''',
  'ARRAY[''{"r": "n", "a": 1}'', ''{"r": "s", "a": 2}'']::jsonb[], ''{1,1}'',
    ''{"r": {"n": 0, "s": 1}, "a": {"1": 0.5, "2": 0.5}}''',
  -- caps
  'ARRAY[''{"r": "n"}'', ''{"r": "s"}'']::jsonb[], ''{3,7}'', ''{"r": {"n": 0.5, "s": 0.5}}'', 1.6',
  'ARRAY[''{"r": "n"}''::jsonb], ''{1}'', ''{"r": {"n": 1}}'', 1',
  'ARRAY[''{"r": "n"}''::jsonb], ''{1}'', ''{"r": {"n": 1}}'', ''NaN''']) x;
