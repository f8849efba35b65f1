\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- text form
--
SELECT '0..1:{{5,20},{3,40}}'::paired_tally,
       ' -1 .. 1 : { {0,1, 2},{3,4,5 } ,{ 6,7,9223372036854775807}} '::paired_tally, '7..7:{{3}}'::paired_tally;
SELECT left(s, 40), pg_temp.error_of(format('SELECT %L::paired_tally', s))
  FROM unnest(ARRAY['', '0..1', '0..1:{}', '0..1:{{}}', '0..1:{1,2,3,4}', '0..1:{{1,2},{3}}', '0..1:{{1,2,3},{4}}',
                    '0..3:{{1,2},{3,4}}', '0..3:{{1,2,3,4}}', '0..1:{{1,2},{3,4},{5,6}}', '0..1:{{1,2},{3,4}} x',
                    '0..1:{{1,2},{3,4}', '0..1:{{1,2}{3,4}}', '0..1:{{1,2},{3,-4}}', '0..1:{{1,2},{3,4.5}}',
                    '0..1:{{1,9223372036854775808},{3,4}}', '1..0:{{1}}', '0..101:{{1}}', '0..1:{1,2}']) s;
SELECT scale_min(before(p)), scale_max(after(p)), pairs(p), length(p::text)
  FROM (SELECT paired_tally(i % 101, i * 7 % 101, 0, 100) AS p FROM generate_series(1, 5000) i) v;
SELECT encode(paired_tally_send('0..1:{{1,2},{258,9223372036854775807}}'), 'hex');
SELECT '0..1:{{5,20},{3,40}}'::paired_tally::jsonb, to_json('0..1:{{5,20},{3,40}}'::paired_tally);
--
-- building: all score types; a NULL on either side is no pair
--
CREATE TEMP TABLE nps_twice AS
SELECT b, a
  FROM unnest(ARRAY[3,6,7,8,9,10,2,5,9,0,8,10,NULL,7,NULL], ARRAY[8,9,7,10,10,10,7,4,6,9,9,8,9,NULL,NULL]) r(b, a);
SELECT paired_tally(b, a, 0, 10) AS p, paired_tally(b::smallint, a::smallint, 0, 10) = paired_tally(b, a, 0, 10),
       paired_tally(b::float8, a::float8, 0, 10) = paired_tally(b, a, 0, 10),
       paired_tally(b::bigint, a::numeric, 0, 10) = paired_tally(b, a, 0, 10)
  FROM nps_twice \gx
-- the marginals are the tallies of the customers that answered twice
SELECT before(p) = t, after(p) = u, pairs(p), responses(t)
  FROM (SELECT paired_tally(b, a, 0, 10) AS p, nps_tally(b) FILTER (WHERE a IS NOT NULL) AS t,
               nps_tally(a) FILTER (WHERE b IS NOT NULL) AS u
          FROM nps_twice) v;
SELECT paired_tally(b, a, 1, 5), sum(NULL::paired_tally) FROM (SELECT 1 AS b, 1 AS a WHERE false) r;
SELECT paired_tally(b, a, 1, 2), pairs(paired_tally(b, a, 1, 2)) FROM (VALUES (NULL::int, 1), (2, NULL)) r(b, a);
SELECT paired_tally(1, 2, 1, 2), sum('0..1:{{5,20},{3,40}}'::paired_tally), before('0..1:{{5,20},{3,40}}'),
       after('0..1:{{5,20},{3,40}}'), pairs('0..1:{{5,20},{3,40}}');
SELECT a, pg_temp.error_of('SELECT ' || a)
  FROM unnest(ARRAY[
         'paired_tally(11, 5, 0, 10)', 'paired_tally(5, -1, 0, 10)', 'paired_tally(6.5, 5, 0, 10)',
         'paired_tally(5, ''NaN''::float8, 0, 10)', 'paired_tally(5, 2147483647, 0, 10)', 'paired_tally(3, 3, 5, 1)',
         'paired_tally(3, 3, 1, NULL)', 'paired_tally(3, 3, 0, 101)',
         'paired_tally(x, x, 1, x) FROM generate_series(4, 5) x',
         'sum(p) FROM (VALUES (''0..1:{{1,2},{3,4}}''::paired_tally), (''0..0:{{1}}'')) v(p)',
         'sum(p) FROM (VALUES (''0..1:{{1,2},{3,9223372036854775807}}''::paired_tally), (''0..1:{{1,2},{3,4}}'')) v(p)',
         'paired_accum_int4(''0..0:{{9223372036854775807}}'', 0, 0, 0, 0)',
         'paired_accum_int4_inv(''0..0:{{0}}'', 0, 0, 0, 0)', 'pairs(''0..1:{{9223372036854775807,1},{0,0}}'')',
         'before(''0..1:{{9223372036854775807,1},{0,0}}'')', 'after(''0..1:{{9223372036854775807,0},{1,0}}'')',
         'rate_test(''0..1:{{9223372036854775807,1},{0,0}}''::paired_tally)']) a;
-- outside an aggregate a transition function changes a copy
SELECT p, paired_accum_int4(p, 0, 1, 0, 1), p FROM (SELECT '0..1:{{5,20},{3,40}}'::paired_tally OFFSET 0) v(p);
--
-- operators, DISTINCT, GROUP BY, moving windows
--
SELECT '0..1:{{1,2},{3,4}}'::paired_tally + '0..1:{{10,20},{30,40}}',
       '0..1:{{10,20},{30,40}}'::paired_tally - '0..1:{{1,2},{3,4}}',
       pg_temp.error_of('SELECT ''0..1:{{1,2},{3,4}}''::paired_tally - ''0..1:{{1,2},{4,4}}''');
SELECT a = b, a <> b, a < b, a <= b, a > b, a >= b, paired_tally_cmp(a, b), paired_tally_hash(a) = paired_tally_hash(b),
       paired_tally_hash_extended(a, 7) = paired_tally_hash_extended(b, 7)
  FROM (VALUES ('0..1:{{1,2},{3,4}}'::paired_tally, '0..1:{{1,2},{3,4}}'::paired_tally),
               ('0..1:{{1,2},{3,4}}', '0..1:{{1,2},{3,5}}'), ('0..1:{{1,2},{3,4}}', '0..0:{{1}}')) v(a, b);
SELECT count(*), count(DISTINCT p), min(n)
  FROM (SELECT p, count(*) AS n
          FROM (SELECT paired_tally(i % 3, i % 2, 0, 2) AS p FROM generate_series(1, 600) i GROUP BY i) r GROUP BY p) g;
SELECT i, sum(p) OVER (ORDER BY i ROWS 1 PRECEDING), paired_tally(i % 2, 1, 0, 1) OVER (ORDER BY i ROWS 1 PRECEDING)
  FROM (VALUES (1, '0..1:{{1,2},{3,4}}'::paired_tally), (2, NULL), (3, '0..1:{{10,20},{30,40}}')) v(i, p);
-- 984 bytes for 0..10
SELECT pg_column_size(paired_tally(5, 5, 0, 10)), pg_column_size(paired_tally(5, 5, 0, 100));
CREATE TEMP TABLE stored AS
SELECT i, paired_tally(i % 11, (i + 1) % 11, 0, 10) AS p FROM generate_series(1, 100) i GROUP BY i;
INSERT INTO stored SELECT 0, paired_tally(i % 101, i * i % 101, 0, 100) FROM generate_series(1, 10000) i;
SELECT pairs(sum(p)), nps_test(sum(p)) IS NOT NULL, bool_and(p = p::text::paired_tally) FROM stored WHERE i > 0;
SELECT pairs(p), p = p::text::paired_tally FROM stored WHERE i = 0;
--
-- rates: Newcombe (1998b) table III, method 10, 36 both, 12 won, 2 lost; after - before.
-- McNemar's mid-p by R: 2 * pbinom(2, 14, 0.5) - dbinom(2, 14, 0.5)
--
SELECT rate_test('0..1:{{0,12},{2,36}}'::paired_tally);
SELECT difference, lower, upper, statistic, p_value FROM rate_test('0..1:{{0,2},{12,36}}'::paired_tally);
-- the difference equals the rate after minus the rate before
SELECT difference = rate(after(p)) - rate(before(p)), difference > 0, statistic > 0, lower > 0
  FROM (SELECT '0..1:{{0,12},{2,36}}'::paired_tally) v(p), rate_test(p);
-- Fagerland et al. (2014), airway before and after stem cells: 1, 7, 1, 12
SELECT rate_test('0..1:{{12,7},{1,1}}'::paired_tally);
-- lower confidence: bounds nearer together
SELECT (rate_test(p, 0.8)).lower > (rate_test(p)).lower, (rate_test(p, 0.8)).p_value = (rate_test(p)).p_value
  FROM (SELECT '0..1:{{12,7},{1,1}}'::paired_tally) v(p);
-- nobody changed: no statistic, p 1; one pair; as many won as lost; all won; no pairs
SELECT rate_test('0..1:{{24,0},{0,30}}'::paired_tally), rate_test('0..1:{{0,0},{0,54}}'::paired_tally);
SELECT rate_test('0..1:{{0,1},{0,0}}'::paired_tally), rate_test('0..1:{{3,5},{5,10}}'::paired_tally),
       rate_test('0..1:{{0,30},{0,0}}'::paired_tally), rate_test('0..1:{{0,0},{0,0}}'::paired_tally),
       rate_test(NULL::paired_tally);
-- mid-p up to 10,000 changes, asymptotic above: R 6.32621868073027e-05 and 0.0655996921470719
SELECT p_value
  FROM unnest(ARRAY['0..1:{{9,5200},{4800,9}}', '0..1:{{20,6000},{5800,10}}']::paired_tally[]) p, rate_test(p);
-- scores: satisfied_from must be given or have a default
SELECT csat_test(p), csat_test(p, satisfied_from => 5), csat_test(p, 0.9, 4), csat_test(p, NULL)
  FROM (SELECT '1..5:{{1,0,0,2,1},{0,2,0,3,0},{1,0,3,1,1},{0,1,0,5,2},{0,0,1,1,9}}'::paired_tally) v(p);
SELECT csat_test(p) IS NOT DISTINCT FROM rate_test(paired_tally((b >= 4)::int, (a >= 4)::int, 0, 1))
  FROM (SELECT paired_tally(b, a, 1, 5) AS p, array_agg(b) AS bs, array_agg(a) AS s
          FROM (SELECT i * i % 5 + 1 AS b, i % 5 + 1 AS a FROM generate_series(1, 97) i) r) v,
       unnest(bs, s) u(b, a) GROUP BY p;
SELECT win_back_rate('0..1:{{5,20},{3,40}}'), lost_rate('0..1:{{5,20},{3,40}}'), win_back_rate(p), lost_rate(p),
       win_back_rate(p, 5), lost_rate(p, 5)
  FROM (SELECT '1..5:{{1,0,0,2,1},{0,2,0,3,0},{1,0,3,1,1},{0,1,0,5,2},{0,0,1,1,9}}'::paired_tally) v(p);
-- all were satisfied before: no customer to win back
SELECT win_back_rate('0..1:{{0,0},{3,40}}'), lost_rate('0..1:{{3,40},{0,0}}'), win_back_rate(NULL), lost_rate(NULL, 3);
--
-- NPS and means: t.test(a, b, paired = TRUE) of R, NPS on -1, 0, 1
--
SELECT nps_test(paired_tally(b, a, 0, 10)), nps_test(paired_tally(a, b, 0, 10)) FROM nps_twice;
SELECT ces_test(paired_tally(b, a, 0, 10), 0.95, 't'), ces_test(paired_tally(b, a, 0, 10), 0.9, 't') FROM nps_twice;
SELECT abs(difference - (nps(after(p)) - nps(before(p)))) < 1e-12
  FROM (SELECT paired_tally(b, a, 0, 10) AS p FROM nps_twice) v, nps_test(p);
-- Student's sleep data in tenths of an hour: t 4.0621, p 0.002833, bounds 7.001142 and 24.598858
SELECT ces_test(paired_tally(b, a, -16, 55), 0.95, 't')
  FROM unnest(ARRAY[7,-16,-2,-12,-1,34,37,8,0,20], ARRAY[19,8,11,1,-1,44,55,16,46,34]) r(b, a);
-- all changed alike; nobody changed; one pair; none
SELECT ces_test('1..3:{{0,2,0},{0,0,3},{0,0,0}}'::paired_tally, method => 't'),
       ces_test('1..3:{{4,0,0},{0,0,0},{0,0,5}}'::paired_tally, method => 't'),
       ces_test('1..3:{{0,0,1},{0,0,0},{0,0,0}}'::paired_tally, method => 't'),
       ces_test('1..1:{{0}}'::paired_tally, method => 't');
-- adjusted: R, with the pseudo-pair on a scale w wide written out: v <- c(d, -w, 0, 0, w);
-- k <- c(rep(1, n), rep(.25, 4)); m <- sum(k * v) / (n + 1); s2 <- sum(k * (v - m)^2) / n; n degrees
SELECT ces_test(paired_tally(b, a, -16, 55))
  FROM unnest(ARRAY[7,-16,-2,-12,-1,34,37,8,0,20], ARRAY[19,8,11,1,-1,44,55,16,46,34]) r(b, a);
SELECT ces_test('1..3:{{0,2,0},{0,0,3},{0,0,0}}'::paired_tally),
       ces_test('1..3:{{4,0,0},{0,0,0},{0,0,5}}'::paired_tally),
       ces_test('1..3:{{0,0,1},{0,0,0},{0,0,0}}'::paired_tally), ces_test('1..1:{{0}}'::paired_tally),
       ces_test('1..1:{{3}}'::paired_tally);
SELECT ces_test(p, 0.9) = ces_test(p, '0.9'), ces_test(p, method => 'adjusted') = ces_test(p),
       ces_test(p, 0.95, 't') = ces_test(p, method => 't'), ces_test(p, NULL), ces_test(p, 0.95, NULL),
       pg_temp.error_of(format('SELECT ces_test(%L::paired_tally, 0.95, ''welch'')', p))
  FROM (SELECT '1..3:{{0,2,0},{0,0,3},{0,0,0}}'::paired_tally) v(p);
SELECT nps_test(paired_tally(0, 10, 0, 10)), nps_test(paired_tally(b, 10, 0, 10)) FROM generate_series(3, 5) b;
-- counts near the largest: a result, and at once
SELECT difference, upper - lower < 1e-6, statistic > 1e8, p_value
  FROM ces_test('1..2:{{0,4000000000000000000},{1000000000000000000,4000000000000000000}}'::paired_tally);
SELECT pg_temp.error_of('SELECT ' || a)
  FROM unnest(ARRAY[
         'rate_test(''1..2:{{1,2},{3,4}}''::paired_tally)', 'rate_test(''0..1:{{1,2},{3,4}}''::paired_tally, 95)',
         'csat_test(''0..1:{{1,2},{3,4}}''::paired_tally)', 'csat_test(''0..1:{{1,2},{3,4}}''::paired_tally, 0.95, 2)',
         'csat_test(''0..1:{{1,2},{3,4}}''::paired_tally, 0)', 'nps_test(''0..1:{{1,2},{3,4}}''::paired_tally)',
         'ces_test(''0..1:{{1,2},{3,4}}''::paired_tally, ''NaN'')', 'win_back_rate(''1..2:{{1,2},{3,4}}'')',
         'win_back_rate(''0..1:{{1,2},{3,4}}'', 2)', 'lost_rate(''1..2:{{1,2},{3,4}}'', 0)']) a;
--
-- two literals are two tallies, one is a paired tally; text in a column is read too
--
SELECT rate_test('0..1:{27,7}', '0..1:{33,1}') = rate_test('0..1:{27,7}'::tally, '0..1:{33,1}'::tally),
       rate_test('0..1:{{0,12},{2,36}}') = rate_test('0..1:{{0,12},{2,36}}'::paired_tally),
       rate_test('0..1:{27,7}', '0..1:{33,1}', 0.9) IS NOT NULL;
SELECT (csat_test(t, '1..5:{0,0,14,56,0}')).difference, (csat_test(t, '1..5:{0,0,14,56,0}', 0.95, 5)).difference,
       (ces_test(t, '1..5:{0,0,0,0,1}')).difference
  FROM (VALUES ('1..5:{32,0,0,0,48}'), ('1..5:{0,0,0,0,1}'), (NULL)) v(t);
SELECT nps_test('0..10:{0,0,0,0,0,0,7,13,0,0,16}', '0..10:{0,0,0,0,0,0,15,14,0,0,7}')
         = nps_test('0..10:{0,0,0,0,0,0,7,13,0,0,16}'::tally, '0..10:{0,0,0,0,0,0,15,14,0,0,7}'),
       nps_test(NULL, '0..10:{0,0,0,0,0,0,15,14,0,0,7}'), pg_temp.error_of('SELECT nps_test(''x'', ''0..1:{1,2}'')');
-- counts that are not a list
SELECT pg_temp.error_of($$SELECT '0..1:5'::paired_tally$$);
