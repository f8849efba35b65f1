\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- text form
--
SELECT '1..5:{3,0,4,10,12}'::tally;
SELECT ' -3 .. 3 : { 0, 1,2 ,3,4,5, 6 } '::tally;
SELECT '7..7:{9223372036854775807}'::tally;
SELECT length(('0..100:{' || repeat('1,', 100) || '1}')::tally::text);
SELECT s, pg_temp.error_of(format('SELECT %L::tally', s)) FROM unnest(ARRAY[
  '', '1..5', '1..5:{}', '1..5:{1,2,3,4}', '1..5:{1,2,3,4,5,6}', '5..1:{1}', '1..5:{1,2,3,4,5} x',
  '1..5:{1,2,3,4,5', '1..5:1,2,3,4,5', '1-5:{1,2,3,4,5}', '1..5:{1,2,,4,5}', '1..5:{1,2,3,4,-5}', '1..5:{1,2,3,4,5.0}',
  '1..5:{1,2,3,4,9223372036854775808}', '1..5:{1,2,3,4,-9223372036854775809}', '2147483647..2147483648:{1,2}',
  '99999999999999999999..5:{1}', '1..5:{1,2,3,4,NaN}', '0..101:{' || repeat('0,', 101) || '0}',
  '-2147483648..2147483647:{1}']) s;
--
-- binary form: a value reads back as it was written; wrong input is refused
--
SELECT encode(tally_send('-1..1:{1,258,9223372036854775807}'), 'hex');
CREATE TEMP TABLE there (t tally);
INSERT INTO there VALUES ('1..5:{3,0,4,10,12}'), (('0..100:{' || repeat('123456789,', 100) || '1}')::tally), (NULL);
--
-- constructor and readers
--
SELECT tally(0, 10, ARRAY[1,0,0,0,0,0,2,3,4,5,6]), tally(0, 1, ARRAY[10, 30]::bigint[]);
SELECT pg_temp.error_of('SELECT tally(' || a || ')')
  FROM unnest(ARRAY['1, 5, ARRAY[1,2,3,4]', '5, 1, ARRAY[1]', '0, 101, array_fill(0, ARRAY[102])', '0, 1, ARRAY[1,-1]',
                    '0, 1, ARRAY[1,NULL]', '0, 1, ''{{1},{2}}''::bigint[]', '0, 1, ''{}''::bigint[]',
                    '-2147483648, 2147483647, ARRAY[1]']) a;
SELECT responses(t), counts(t), scale_min(t), scale_max(t), mean(t), stddev(t), share(t, 4, 5), share(t, 1, 1), t::jsonb
  FROM (VALUES ('1..5:{3,0,4,10,12}'::tally), ('1..5:{0,0,0,0,0}'), ('1..5:{0,0,1,0,0}'), (NULL)) v(t);
-- mean and deviation against avg and stddev_samp
SELECT abs(mean(tally(x, -7, 50)) - avg(x)) < 1e-12, abs(stddev(tally(x, -7, 50)) - stddev_samp(x)) < 1e-12
  FROM (SELECT (i * i % 100 * 7919) % 58 - 7 AS x FROM generate_series(1, 1000) i) r;
-- equal answers have exactly their own mean, and no deviation
SELECT mean(t), stddev(t) FROM (SELECT '1..7:{0,0,0,0,0,0,9223372036854775807}'::tally) v(t);
-- NIST NumAcc3, in tenths: mean 1000000.2, standard deviation 0.1
SELECT mean(t) / 10, stddev(t) / 10 FROM (SELECT tally(x, 10000001, 10000003) AS t
  FROM (SELECT 10000002 AS x UNION ALL SELECT 10000001 + 2 * (i % 2) FROM generate_series(1, 1000) i) s) t;
SELECT pg_temp.error_of('SELECT share(''1..5:{1,1,1,1,1}'', ' || a || ')') FROM unnest(ARRAY['0, 3', '4, 6', '3, 2']) a;
SELECT pg_temp.error_of('SELECT responses(''0..1:{9223372036854775807,1}'')');
--
-- operators
--
SELECT '0..1:{1,2}'::tally + '0..1:{10,20}', '0..1:{10,20}'::tally - '0..1:{1,2}', '0..1:{1,2}'::tally - '0..1:{1,2}';
SELECT pg_temp.error_of('SELECT ' || e) FROM unnest(ARRAY[
  '''0..1:{1,2}''::tally + ''0..2:{1,2,3}''', '''0..1:{1,2}''::tally - ''1..2:{1,2}''',
  '''0..1:{1,2}''::tally - ''0..1:{1,3}''', '''0..1:{1,9223372036854775807}''::tally + ''0..1:{0,1}''']) e;
SELECT a, b, a = b, a <> b, a < b, a <= b, a > b, a >= b, tally_cmp(a, b), tally_hash(a) = tally_hash(b),
       tally_hash_extended(a, 7) = tally_hash_extended(b, 7)
  FROM (VALUES ('0..1:{1,2}'::tally, '0..1:{1,2}'::tally), ('0..1:{1,2}', '0..1:{1,3}'), ('0..1:{2,1}', '0..1:{1,3}'),
               ('0..1:{1,2}', '0..2:{1,2,0}'), ('1..2:{1,2}', '0..1:{1,2}')) v(a, b);
SELECT count(*), count(DISTINCT t), min(n) FROM (SELECT t, count(*) AS n
  FROM (SELECT tally(0, 1, ARRAY[i % 3, i % 2]) AS t FROM generate_series(1, 600) i) r GROUP BY t) g;
SET enable_hashagg = off;
SELECT DISTINCT tally(0, 1, ARRAY[i % 2, 5]) FROM generate_series(1, 6) i;
RESET enable_hashagg;
SELECT to_jsonb(t), json_agg(t) FROM (SELECT '0..1:{1,2}'::tally AS t) v GROUP BY t;
--
-- building: all score types, NULLs, no rows, all NULL, one row
--
SELECT nps_tally(s), csat_tally((s / 2)::smallint) FILTER (WHERE s > 1),
       ces_tally(s::float8) FILTER (WHERE s BETWEEN 1 AND 7), tally(s, 0, 20),
       tally(s::smallint, 0, 20) = tally(s, 0, 20), tally(s::numeric, 0, 20) = tally(s, 0, 20)
  FROM (SELECT generate_series(0, 10) AS s UNION ALL SELECT NULL) r;
SELECT nps_tally(s), csat_tally(s), ces_tally(s), rate_tally(s > 1), tally(s, 1, 3), sum(tally(0, 1, ARRAY[1, s]))
  FROM (SELECT 1 AS s WHERE false) r;
SELECT nps_tally(s), csat_tally(s), ces_tally(s), rate_tally(s > 1), tally(s, 1, 3), sum(NULL::tally)
  FROM (VALUES (NULL::int), (NULL)) r(s);
SELECT nps_tally(5), csat_tally(5.0), ces_tally(-0.0 + 1), rate_tally(true), tally(-5, -5, -5),
       sum('0..1:{1,2}'::tally);
SELECT sum(t) FROM (VALUES ('0..1:{1,2}'::tally), (NULL), ('0..1:{10,20}')) v(t);
SELECT sum(t), responses(sum(t)) FROM there WHERE scale_max(t) = 100;
SELECT a, pg_temp.error_of('SELECT ' || a)
  FROM unnest(ARRAY[
         'nps_tally(11)', 'nps_tally(-1)', 'nps_tally(2147483647)', 'nps_tally(6.5)', 'nps_tally(''NaN''::float8)',
         'nps_tally(''Infinity''::float8)', 'nps_tally(''-Infinity''::float8)', 'nps_tally(1e300::float8)',
         'csat_tally(0)', 'csat_tally(6::smallint)', 'csat_tally(6::bigint)', 'ces_tally(8)', 'ces_tally(1e-9)',
         'tally(3, 5, 1)', 'tally(3, 1, NULL)', 'tally(3, 0, 101)', 'tally(NULL::int, 5, 1)',
         'tally(-2147483648, 2147483547, 2147483647)', 'tally(x, 1, x) FROM generate_series(4, 5) x',
         'sum(t) FROM (VALUES (''0..1:{1,2}''::tally), (''1..5:{0,0,0,0,0}'')) v(t)',
         'sum(t) FROM (VALUES (''0..1:{1,9223372036854775807}''::tally), (''0..1:{1,2}'')) v(t)',
         'tally_accum_int4(''0..1:{1,9223372036854775807}'', 1)', 'tally_accum_int4_inv(''0..1:{0,1}'', 0)']) a;
-- outside an aggregate a transition function changes a copy
SELECT t, tally_accum_int4(t, 1), tally_accum_float8_inv(t, 0), t FROM (SELECT '0..1:{1,2}'::tally OFFSET 0) v(t);
--
-- moving windows: the inverse gives the same as a new count
--
SELECT bool_and(moving = anew), count(*) FROM (
  SELECT nps_tally(s) OVER w AS moving, tally(s, 0, 10) OVER w AS general, csat_tally(s % 5 + 1) OVER w,
         (SELECT nps_tally(x.s) FROM (SELECT i, nullif((i * 7919) % 12, 11) AS s FROM generate_series(1, 300) i) x
           WHERE x.i BETWEEN r.i - 10 AND r.i - 3) AS anew
    FROM (SELECT i, nullif((i * 7919) % 12, 11) AS s FROM generate_series(1, 300) i) r
  WINDOW w AS (ORDER BY i ROWS BETWEEN 10 PRECEDING AND 3 PRECEDING)) c
 WHERE general IS NULL OR general = anew;
SELECT i, sum(t) OVER (ORDER BY i ROWS 1 PRECEDING), sum(t) OVER (ORDER BY i ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING)
  FROM (VALUES (1, '0..1:{1,2}'::tally), (2, NULL), (3, '0..1:{10,20}'), (4, '0..1:{100,200}')) v(i, t);
--
-- stored small, with a short header, and compressed or outside the row when large
--
SELECT pg_column_size(nps_tally(5)) AS bytes_of_eleven_points, pg_column_size('0..1:{0,0}'::tally);
CREATE TEMP TABLE stored AS SELECT i, tally(0, 10, ARRAY[i,0,0,0,0,0,0,0,0,0,2*i]) AS t FROM generate_series(1, 100) i;
SELECT sum(t), nps(sum(t)), bool_and(t = t::text::tally) FROM stored;
CREATE TEMP TABLE wide AS
SELECT tally(0, 100, array_agg((i * 1234567890123)::bigint)) AS a FROM generate_series(1, 101) i;
ALTER TABLE wide ALTER a SET STORAGE external, ADD b text;
UPDATE wide SET a = tally(0, 100, counts(a)), b = repeat(md5('x'), 250);
SELECT responses(sum(a)), count(DISTINCT a) FROM wide;
-- one group of many, many groups of one
SELECT responses(nps_tally(i % 11)) FROM generate_series(1, 1000000) i;
SELECT count(*), sum(responses(t)) FROM (SELECT nps_tally(i % 11) AS t FROM generate_series(1, 20000) i GROUP BY i) g;
-- zeros before a number may be many
SELECT ('0..1:{' || repeat('0', 100000) || '1,2}')::tally;
-- a message shows only the beginning of input that it does not understand
SELECT length(pg_temp.error_of(format($$SELECT %L::tally$$, repeat('x', 100000)))) < 400;
SELECT length(pg_temp.error_of(format($$SELECT %L::tally$$, '0..0:{' || repeat('9', 100000) || '}'))) < 400;
-- a value in a format of a later version can be neither added to nor read
CREATE TEMP TABLE later AS SELECT nps_tally(9) AS t;
CREATE FUNCTION pg_temp.retype(type regtype) RETURNS void LANGUAGE sql
  AS $$ UPDATE pg_attribute SET atttypid = type WHERE attrelid = 'later'::regclass AND attname = 't' $$;
SELECT pg_temp.retype('bytea') \g /dev/null
UPDATE later SET t = set_byte(t, 0, 2);
SELECT pg_temp.retype('tally') \g /dev/null
SELECT a, pg_temp.error_of('SELECT ' || a || ' FROM later')
  FROM unnest(ARRAY['nps(t)', '(SELECT sum(l.t) FROM generate_series(1, 2), later l)',
                    't + ''0..10:{0,0,0,0,0,0,0,0,0,0,1}''::tally', '''0..10:{0,0,0,0,0,0,0,0,0,0,1}''::tally + t']) a;
--
-- scores of another scale: the hint speaks of the scale first
--
SELECT pg_temp.error_of('SELECT ' || a) FROM unnest(ARRAY['csat(4.5)', 'nps(72)', 'csat(0)', 'csat(1e9::float8)']) a;
-- half points as it says: 3 of 5 answers are 4 or more, and 1 of 2 if the rows are left out
SELECT csat(tally(2 * s, 2, 10), 8), csat(s) FILTER (WHERE s = trunc(s)) FROM unnest(ARRAY[4.5, 5, 3.5, 3, 4.5]) s;
--
-- jsonb is the same tally again
--
SELECT bool_and(t = t::jsonb::tally), count(*) FROM (SELECT t FROM there WHERE t IS NOT NULL UNION ALL
  SELECT unnest(ARRAY['-3..3:{0,1,2,3,4,5,6}', '7..7:{9223372036854775807}', '0..1:{0,0}',
                      '-2147483648..-2147483647:{1,2}', '2147483647..2147483647:{1}']::tally[])) v;
SELECT '{"counts": [3,0,4,10,12], "scale": [1,5]}'::jsonb::tally, '{"scale":[0,1],"counts":[1,2]}'::jsonb::tally,
       NULL::jsonb::tally;
SELECT j, pg_temp.error_of(format('SELECT %L::jsonb::tally', j)) FROM unnest(ARRAY[
  '{}', '[]', 'null', '1', '"1..5:{3,0,4,10,12}"', '{"scale":[1,5]}', '{"counts":[1,2]}', '{"scale":[0,1],"counts":[1]}',
  '{"scale":[0,1],"counts":[1,2,3]}', '{"scale":[0,1],"counts":[]}', '{"scale":[0,1],"counts":[1,-2]}',
  '{"scale":[0,1],"counts":[1,2.5]}', '{"scale":[0,1],"counts":[1,"2"]}', '{"scale":[0,1],"counts":[1,null]}',
  '{"scale":[0,1],"counts":[1,9223372036854775808]}', '{"scale":[0,1],"counts":[1,1e30]}',
  '{"scale":[1,0],"counts":[1,2]}', '{"scale":[0,101],"counts":[1,2]}', '{"scale":[0,1,2],"counts":[1,2]}',
  '{"scale":[0,99999999999999999999],"counts":[1,2]}', '{"scale":[0,1],"counts":[1,2],"note":1}',
  '{"scale":[0,1],"counts":[[1,2],[3,4]]}', '{"scale":{"lo":0},"counts":[1,2]}', '[{"scale":[0,1],"counts":[1,2]}]']) j;
SELECT pg_temp.error_of(format('SELECT %L::jsonb::tally', '{"scale":[0,1],"counts":[' || repeat('0,', 100000) || '1]}'))
  LIKE '22P02 | jsonb is not a tally%';
