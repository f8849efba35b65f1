\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- what the extension consists of, as the catalogues have it
--
CREATE TEMP VIEW member AS SELECT classid, objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass
  AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'recovery_kpi') AND deptype = 'e';
-- a comment on each object, except arrays and the row types of tables and views (members since PostgreSQL 18)
SELECT pg_describe_object(classid, objid, 0) FROM member
 WHERE obj_description(objid, classid::regclass::name) IS NULL
   AND NOT EXISTS (SELECT FROM pg_type t JOIN pg_type e ON e.typarray = t.oid
                    WHERE classid = 'pg_type'::regclass AND t.oid = objid)
   AND NOT EXISTS (SELECT FROM pg_type t JOIN pg_class c ON c.oid = typrelid
                    WHERE classid = 'pg_type'::regclass AND t.oid = objid AND relkind <> 'c');
-- and a comment on each column of a table or view, and on each trigger
SELECT attrelid::regclass, attname FROM pg_attribute JOIN member ON classid = 'pg_class'::regclass AND objid = attrelid
 WHERE attnum > 0 AND NOT attisdropped AND col_description(attrelid, attnum) IS NULL
UNION ALL
SELECT tgrelid::regclass, tgname FROM pg_trigger JOIN member ON classid = 'pg_class'::regclass AND objid = tgrelid
 WHERE NOT tgisinternal AND obj_description(pg_trigger.oid, 'pg_trigger') IS NULL;
-- views use the rights of the reader; the tables whose rows pg_dump saves
SELECT oid::regclass FROM pg_class JOIN member ON classid = 'pg_class'::regclass AND objid = oid
 WHERE relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (reloptions), false);
SELECT extconfig::regclass[] FROM pg_extension WHERE extname = 'recovery_kpi';
-- functions not in C have a parsed body or look in pg_catalog only; no function runs with the rights of its owner
SELECT p.oid::regprocedure
  FROM pg_proc p JOIN pg_language l ON l.oid = prolang JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid
 WHERE prosecdef
    OR (lanname NOT IN ('c', 'internal') AND prosqlbody IS NULL
        AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (proconfig), false));
-- all parallel safe, and immutable, except: what depends on settings or tables is stable, and triggers write
SELECT p.oid::regprocedure, p.provolatile, p.proparallel
  FROM pg_proc p JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid
 WHERE p.proparallel <> 's' OR p.provolatile <> 'i' ORDER BY p.oid::regprocedure::text COLLATE "C";
-- all aggregates can merge and move, with exceptions: aggregates that need an order do neither; floating-point sums
-- cannot be subtracted, and neither can the extremes of a life table, the days and histories of customers, or events,
-- which count once however often they come; segments of a prior are not a series. States are internal where they are
-- not the value: of aggregates that need an order, and of the days and histories; those of comparisons within strata
-- are bytes
SELECT aggfnoid::regprocedure, aggcombinefn, aggmtransfn, aggtranstype::regtype
  FROM pg_aggregate JOIN member ON classid = 'pg_proc'::regclass AND objid = aggfnoid
 WHERE aggcombinefn = 0 OR aggmtransfn = 0 OR aggminvtransfn = 0
    OR aggtranstype NOT IN ('tally'::regtype, 'paired_tally'::regtype, 'clustered_tally'::regtype)
 ORDER BY aggfnoid::regprocedure::text COLLATE "C";
-- what merges and is internal goes between processes and servers as bytes
SELECT aggfnoid::regprocedure FROM pg_aggregate JOIN member ON classid = 'pg_proc'::regclass AND objid = aggfnoid
 WHERE aggtranstype = 'internal'::regtype AND aggcombinefn <> 0 AND (aggserialfn = 0 OR aggdeserialfn = 0);
-- planners are told what is slow, and how many rows to expect: functions in C that estimate, test or read text have a
-- cost of their own (of booleans and counts, which only add up before, it is the default), and sets a number of rows
SELECT p.oid::regprocedure, p.procost, p.prorows
  FROM pg_proc p JOIN pg_language l ON l.oid = prolang JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid
 WHERE lanname = 'c'
   AND (p.prorows = 1000
        OR p.procost = 1 AND p.prokind = 'f' AND p.prorettype IN ('kpi_interval'::regtype, 'kpi_test'::regtype)
        OR p.procost = 1 AND p.proname IN ('sentiment', 'sentiment_scores', 'clv', 'business_time', 'life_curve'))
 ORDER BY p.oid::regprocedure::text COLLATE "C";
--
-- every function with NULL in each argument, and in all of them: no crash, and NULL is the only answer;
-- SQL cannot call functions with an internal argument
--
-- a value of each type, and its column in the table of answers below
CREATE TEMP TABLE sample (type regtype, value text, answer text);
INSERT INTO sample
  VALUES ('tally', '0..1:{1,2}', 't'), ('paired_tally', '0..1:{{1,2},{3,4}}', 'p'),
         ('weighted_tally', '0..1:{(1.5,1.25,2),(1,1,1)}', 'w'), ('clustered_tally', '0..1:2:{1,3}:{{1},{2,5}}', 'ct'),
         ('life_table', 'exact:{3600:1/0,172800:1/1}', 'l'), ('life_table[]', '{"exact:{3600:1/0}"}', NULL),
         ('business_calendar', 'UTC; mon-fri 09:00-17:00', NULL), ('control_chart', '(50,1,9,1)', NULL),
         ('xmr_chart', '(5,1,2,8,9)', NULL),
         ('purchase_history', '(2,30,38,22)', 'h'), ('clv_model', '(0.2,4,0.8,2.4,6,3,15,,,0)', NULL),
         ('boolean', 't', 'b'), ('smallint', '1', 's2'), ('integer', '1', 's4'), ('double precision', '1', 's8'),
         ('text', 'UTC', '''rate'''), ('interval', '1 day', 'd'), ('timestamptz', '2025-01-01', 'at'),
         ('date', '2025-01-01', NULL), ('bigint[]', '{1,2}', NULL), ('double precision[]', '{1,2}', 'f'),
         ('text[]', '{a,b}', NULL), ('tally[]', '{"0..1:{1,2}","0..1:{2,3}"}', NULL), ('bytea', '\x01', NULL),
         ('bigint', '1', 'i::bigint'), ('driver_model', '9:{2,3,4}:{{5},{1,6},{2,3,7}}', 'm'),
         ('status_clock', '{2025-01-01T00:00:00Z "a"}', 'sc'), ('jsonb[]', '{}', NULL),
         ('jsonb', '{"r": {"n": 1}}', NULL), ('rate_prior', '(16,4,9,12,15,1)', NULL);
CREATE FUNCTION pg_temp.sample_of(t oid) RETURNS text LANGUAGE sql
  AS $$ SELECT coalesce((SELECT value FROM pg_temp.sample WHERE type = t), '1') $$;
CREATE FUNCTION pg_temp.call_with_nulls(f oid, nulls int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text; arguments text;
BEGIN
  SELECT string_agg(CASE WHEN nulls >> (n - 1)::int & 1 = 1 THEN 'NULL'
                         ELSE quote_literal(CASE WHEN t = 'text'::regtype
                                                  AND p.proargnames[n] IN ('current', 'baseline') THEN '0..1:{1,2}'
                                                 ELSE pg_temp.sample_of(t) END) END
                      || '::' || t::regtype, ', ' ORDER BY n)
    INTO arguments FROM pg_proc p, unnest(p.proargtypes) WITH ORDINALITY a(t, n) WHERE p.oid = f;
  EXECUTE format('SELECT %s(%s)::text', f::regproc, arguments) INTO result;
  RETURN coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
  RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
CREATE TEMP VIEW null_call AS
SELECT p.proname, n, pg_temp.call_with_nulls(p.oid, n) AS answer
  FROM pg_proc p JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid,
       generate_series(1, (1 << p.pronargs) - 1) n
 WHERE p.prokind = 'f' AND 'internal'::regtype <> ALL (p.proargtypes) AND p.proname !~ '_in$';
SELECT count(*) > 200 FROM null_call WHERE length(answer) > 0;
-- the exceptions: a NULL satisfied_from means the default, amounts or half a model of customers may be missing, and
-- transition functions accept NULL answers; functions of means, clocks and views have tests of their own
SELECT proname, n, answer FROM null_call
 WHERE answer <> 'NULL'
   AND proname !~ '_accum_scale|csat_accum|(paired|weighted|ewma|history|model|adjusted|prior)_accum|life_table_accum$'
   AND proname !~ '^(times?_in|(first|last)_time|due_at|promise_kept|clock_spans|status_clock_accum_sequence)$'
   AND proname !~ '^mean_(interval|test)|kpi_(views|rollup|signals|plan|verdict|fact_interval|fact_test|walk)$'
   AND proname !~ '^kpi_(fill|source|period_table|dimension|clock_names|cell|segment|view)'
   AND proname !~ '^kpi_(rollup|every|stale|family|place|customer|touch|future|event)_'
 ORDER BY proname COLLATE "C", n, answer COLLATE "C";
--
-- every aggregate by itself: its plan is partial, and its moving window equals a new count
--
CREATE TABLE pg_temp.answers AS
SELECT i, CASE WHEN i % 9 > 0 THEN (i * 31 % 5 + 1)::smallint END AS s2,
       CASE WHEN i % 9 > 0 THEN i * 31 % 5 + 1 END AS s4, CASE WHEN i % 9 > 0 THEN (i * 31 % 5 + 1)::float8 END AS s8,
       CASE WHEN i % 7 > 0 THEN i % 3 = 0 END AS b, tally(0, 1, ARRAY[i % 3, i % 2]) AS t,
       i * 37 % 11 * interval '1 hour' AS d, timestamptz '2025-01-01 00:00Z' AS start,
       CASE WHEN i % 5 > 0 THEN timestamptz '2025-01-01 00:00Z' + i * 41 % 13 * interval '1 hour' END AS finish,
       timestamptz '2025-01-01 08:00Z' AS as_of, timestamptz '2025-01-01 00:00Z' - i * 17 % 13 * interval '1 day' AS at,
       purchase_history(i % 5, i % 5 * 2, 9 + i % 3, (i % 5 > 0)::int * (i % 7 + 1)) AS h,
       ('exact:{' || i % 4 || ':' || i || '/1}')::life_table AS l,
       ('0..1:{{' || i % 3 || ',1},{0,' || i % 2 || '}}')::paired_tally AS p,
       ('0..0:{(' || i * 0.1 || ',' || i * i * 0.01 || ',1)}')::weighted_tally AS w,
       ('0..0:1:{' || i || '}:{{' || i * i || '}}')::clustered_tally AS ct,
       CASE WHEN i % 8 > 0 THEN ARRAY[i * 31 % 7, i * i % 5]::float8[] END AS f,
       'status ' || i * 17 % 13 AS status, status_clock_accum('{}', 'status ' || i % 5,
         timestamptz '2025-01-01 00:00Z' + i * interval '1 hour') AS sc,
       (i + 1 || ':{' || i * 0.1 || ',' || i || '}:{{' || i || '},{0.1,' || i * 2 || '}}')::driver_model AS m
  FROM generate_series(1, 60) i;
CREATE TABLE parallel_answers AS TABLE pg_temp.answers;
-- the aggregates themselves, not the scan in their place
SET recovery_kpi.scan = off;
CREATE FUNCTION pg_temp.call_of(aggregate oid) RETURNS text LANGUAGE sql AS $$
  SELECT p.proname || '(' || string_agg(CASE coalesce(p.proargnames[n], '')
                                             WHEN 'lo' THEN '1' WHEN 'hi' THEN '5'
                                             WHEN 'satisfied_from' THEN CASE WHEN p.pronargs > 2 THEN '4' ELSE '1' END
                                             WHEN 'start' THEN 'start' WHEN 'finish' THEN 'finish'
                                             WHEN 'as_of' THEN 'as_of' WHEN 'status' THEN 'status'
                                             ELSE (SELECT answer FROM pg_temp.sample WHERE type = t) END,
                                        ', ' ORDER BY n) || ')'
  FROM pg_proc p, unnest(p.proargtypes) WITH ORDINALITY a(t, n) WHERE p.oid = aggregate GROUP BY p.proname $$;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE line text; plan text = '';
BEGIN
  FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP plan := plan || line || E'\n'; END LOOP;
  RETURN plan;
END $$;
CREATE FUNCTION pg_temp.moves_right(call text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE good boolean;
BEGIN
  EXECUTE format('SELECT bool_and(m::text IS NOT DISTINCT FROM n::text)
    FROM (SELECT %1$s OVER (ORDER BY i ROWS BETWEEN 5 PRECEDING AND 1 FOLLOWING) AS m,
                 (SELECT %1$s FROM pg_temp.answers x WHERE x.i BETWEEN r.i - 5 AND r.i + 1) AS n
            FROM pg_temp.answers r) c', call) INTO good;
  RETURN good;
END $$;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT count(*) > 60, string_agg(call, ' ') FILTER (WHERE NOT (partial AND moves)) AS wrong
  FROM (SELECT call, pg_temp.plan_of(format('SELECT %s FROM parallel_answers', call)) ~ 'Partial Aggregate' AS partial,
               pg_temp.moves_right(call) AS moves
          FROM (SELECT pg_temp.call_of(aggfnoid) AS call
                  FROM pg_aggregate JOIN member ON classid = 'pg_proc'::regclass AND objid = aggfnoid
                 WHERE aggcombinefn <> 0) a) tried;
-- workers send states as bytes; what is no state of this version is refused
CREATE FUNCTION pg_temp.refusal_of(deserial regproc) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE AGGREGATE pg_temp.other_version(bigint) (sfunc = int8_avg_accum, stype = internal,
    combinefunc = int8_avg_combine, serialfunc = int8_avg_serialize, deserialfunc = %s, finalfunc = numeric_poly_avg,
    parallel = safe)', deserial);
  EXECUTE 'SELECT pg_temp.other_version(i) FROM parallel_answers';
  RETURN 'read';
EXCEPTION WHEN invalid_binary_representation THEN RETURN SQLERRM;
END $$;
SELECT DISTINCT aggdeserialfn::text COLLATE "C" AS deserial, pg_temp.refusal_of(aggdeserialfn)
  FROM pg_aggregate JOIN member ON classid = 'pg_proc'::regclass AND objid = aggfnoid
 WHERE aggdeserialfn <> 0 ORDER BY deserial;
RESET recovery_kpi.scan;
DROP TABLE parallel_answers;
-- a cheap filter runs before a costly one
EXPLAIN (COSTS OFF) SELECT FROM sample WHERE sentiment(value) < 0 AND answer = 't';
