\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- text and binary forms of a purchase history
--
SELECT '(2,30.43,38.86,22.35)'::purchase_history, ' ( 0 , 0,1e1 ,-0) '::purchase_history,
       purchase_history(3, 1, 2, NULL), purchase_history(0, 0, 0, 0);
SELECT s, pg_temp.error_of(format('SELECT %L::purchase_history', s))
  FROM unnest(ARRAY['', '(', '(1,2,3,4', '(1,2,3)', '(1,2,3,4,5)', '(1,2,3,4)x', '(1.5,2,3,4)', '(x,2,3,4)',
                    '(1,NaN,3,4)', '(1,2,inf,4)', '(1,2,1e999,4)', '(-1,2,3,4)', '(2147483648,2,3,4)',
                    '(99999999999999999999,2,3,4)', '(1,-2,3,4)', '(1,4,3,4)', '(1,2,-3,4)', '(1,2,1e10,4)',
                    '(1,2,3,-4)', '(1,2,3,1e31)', '(0,2,3,0)', '(0,0,3,4)']) s;
SELECT encode(purchase_history_send('(2,30.5,38.25,-0)'), 'hex'), frequency(h), recency(h), age(h), monetary(h),
       monetary(purchase_history(2, 1, 3, 7))
  FROM (SELECT '(2,30.5,38.25,0)'::purchase_history) v(h);
SELECT purchase_history(NULL, 1, 2, 3), purchase_history(1, NULL, 2, 3), purchase_history(1, 1, NULL, 3),
       frequency(NULL), monetary(NULL);
SELECT pg_temp.error_of('SELECT purchase_history(' || a || ')')
  FROM unnest(ARRAY['-1, 1, 2, 3', '1, ''NaN'', 2, 3', '1, 1, ''Infinity'', 3', '1, 1, 2, ''Infinity''',
                    '0, 1, 2, NULL', '0, 0, 2, 5']) a;
-- equality, order and hashes
CREATE TEMP TABLE v AS
SELECT h
  FROM unnest(ARRAY['(1,2,3,4)', '(0,0,3,0)', '(1,2,3,5)', '(1,1,3,4)', '(2,1,3,4)', '(1,2,4,4)', '(1,2,3,4)',
                    '(0,-0,3,-0)', NULL]::purchase_history[]) h;
SELECT h, count(*) FROM v GROUP BY h ORDER BY h;
SET enable_hashagg = off;
SELECT count(DISTINCT h), min(a.c) FROM v, LATERAL (SELECT count(*) AS c FROM v w WHERE w.h = v.h) a;
RESET enable_hashagg;
SELECT bool_and((a.h < b.h) = (purchase_history_cmp(a.h, b.h) < 0)
                AND (a.h <= b.h) = (purchase_history_cmp(a.h, b.h) <= 0) AND (a.h > b.h) = (b.h < a.h)
                AND (a.h >= b.h) = (b.h <= a.h) AND (a.h <> b.h) = NOT (a.h = b.h)
                AND (a.h <> b.h
                     OR (purchase_history_hash(a.h) = purchase_history_hash(b.h)
                         AND purchase_history_hash_extended(a.h, 7) = purchase_history_hash_extended(b.h, 7)))),
       count(*)
  FROM v a, v b WHERE a.h IS NOT NULL AND b.h IS NOT NULL;
--
-- from purchases: first 1 January, last 20th, 28 days until as_of; (8 + 4 + 12) / 2 each of the repeats
--
CREATE TEMP TABLE purchase AS
SELECT *
  FROM (VALUES (1, timestamptz '2025-01-01 00:00Z', 5.0), (2, '2025-01-08 10:00Z', 8),
               (3, '2025-01-08 23:59:59.999999Z', 4), (4, '2025-01-20 00:00Z', 12),
               (5, '2025-01-29 12:00:00.000001Z', 99)) p(i, at, amount);
SELECT purchase_history(at, amount, '2025-01-29 12:00Z') = purchase_history(2, 19 / 7.0, 28 / 7.0, 12),
       frequency(purchase_history(at, amount, '2025-01-29 12:00:00.000001Z')),
       purchase_history(at, amount, '2025-01-01 00:00Z'), purchase_history(at, amount, '2024-12-31 23:59Z')
  FROM purchase;
-- days are UTC days, whatever the session's time zone
SET timezone = 'Pacific/Auckland';
SELECT purchase_history(at, amount, '2025-01-29 12:00Z') = purchase_history(2, 19 / 7.0, 28 / 7.0, 12) FROM purchase;
SET timezone = 'UTC';
SELECT purchase_history(at, 1, '1970-01-15'), purchase_history(at, 1, '0045-01-01 BC')
  FROM unnest(ARRAY['0044-03-15 BC', '1969-12-31 23:59:59Z', '1970-01-01', '1999-12-31',
                    '2000-01-01']::timestamptz[]) at;
-- refunds reduce the amount of their day; a day with an amount of 0 or less is no purchase, even the first day; what
-- exceeds a day is taken off the days before it, and 500 exceed them all
CREATE TEMP TABLE refund (n text, at timestamptz, amount float8);
INSERT INTO refund
SELECT n, at, amount FROM purchase, unnest(ARRAY['refund', 'day undone', 'first undone', 'too much back']) n;
INSERT INTO refund SELECT 'never paid', at, -amount FROM purchase;
INSERT INTO refund
  VALUES ('refund', '2025-01-08 12:00Z', -2), ('day undone', '2025-01-08 12:00Z', -12),
         ('first undone', '2025-01-01 12:00Z', -5), ('too much back', '2025-01-21 12:00Z', -500),
         ('free', '2025-01-20 12:00Z', 0), ('rest of cents', '2025-01-20 12:00Z', 0.1),
         ('rest of cents', '2025-01-20 12:00Z', 0.2), ('rest of cents', '2025-01-20 12:00Z', -0.3),
         ('cents', '2025-01-20 12:00Z', 0.1), ('cents', '2025-01-20 12:00Z', 0.2),
         ('cents', '2025-01-20 12:00Z', -0.29);
SELECT n, frequency(h), recency(h), age(h), monetary(h)
  FROM (SELECT n, purchase_history(at, amount, '2025-01-29 00:00Z') AS h FROM refund GROUP BY n) r ORDER BY n;
-- on later days: off the purchases before, newest first; a purchase that is returned was none; by hand. 40, 30, -35
-- leaves 35 of the first day: no repeats, and no mean of them
CREATE TEMP TABLE later AS
SELECT n, timestamptz '2025-01-01 12:00Z' + (d - 1) * interval '7 days' AS at, a::float8 AS amount
  FROM (VALUES ('the newest and a part', '{40,30,-35}'::numeric[]), ('a part', '{40,30,-10}'),
               ('the newest', '{40,30,-30}'), ('two refunds', '{40,30,20,-15,-10}'), ('all returned', '{40,30,-70}'),
               ('first returned', '{40,-40,30,20}'), ('too much', '{40,30,-100}'), ('nothing before', '{-35,40,30}'),
               ('too much, then bought', '{40,30,-100,25,15}'), ('between', '{10,20,-25,30,-10}'),
               ('cents', '{5,0.1,0.2,-0.3}'), ('large', '{40,0.01,999999.99,-1000000}')) v(n, l),
       unnest(l) WITH ORDINALITY u(a, d);
SELECT n, purchase_history(at, amount, '2025-02-05 12:00Z') FROM later GROUP BY n ORDER BY n;
-- as of the day before it, a refund is not known; with the order's date it is part of its day
SELECT purchase_history(at, amount, '2025-01-14'), purchase_history(CASE WHEN amount > 0 THEN at ELSE '2025-01-08' END,
       amount, '2025-02-05 12:00Z')
  FROM later WHERE n = 'a part';
-- the same to the byte in any order of rows
SELECT count(DISTINCT purchase_history_send(h)), min(frequency(h)) > 300, count(*)
  FROM (SELECT seed,
               purchase_history(timestamptz '2024-01-01 00:00Z' + i % 700 * interval '1 day',
                                (hashint4(i) & 8191 - 2000) / 100.0, '2026-01-01' ORDER BY hashint4(i + seed)) AS h
          FROM generate_series(1, 2000) i, generate_series(1, 20) seed GROUP BY seed) r;
-- nothing, NULLs, one; as_of
SELECT purchase_history(at, amount, '2025-01-29'), purchase_history(at, NULL, '2025-01-29'),
       purchase_history(NULL, amount, '2025-01-29')
  FROM purchase WHERE i < 1;
SELECT purchase_history(at, NULL, '2025-01-29'), purchase_history(NULL, amount, NULL),
       purchase_history(at, CASE WHEN i <> 2 THEN amount END, '2025-01-29') = purchase_history(2, 19 / 7.0, 4, 8)
  FROM purchase;
SELECT a, pg_temp.error_of('SELECT purchase_history(' || a || ') FROM purchase')
  FROM unnest(ARRAY['at, amount, NULL', 'at, amount, at', '''infinity'', amount, ''2025-01-29''',
                    'at, amount, ''infinity''', '''-infinity'', amount, ''2025-01-29''', 'at, ''NaN'', ''2025-01-29''',
                    'at, ''-Infinity'', ''2025-01-29''', 'at, 2e30, ''2025-01-29''']) a;
-- money is added up exactly: in every order, in parts, over many days
SELECT count(DISTINCT h), min(frequency(h)), min(age(h)) * 7, round(min(monetary(h))::numeric, 9)
  FROM (SELECT seed,
               purchase_history(timestamptz '2010-01-01 00:00Z' + i / 3 * interval '1 day' + seed * interval '1 minute',
                                  CASE i % 3 WHEN 0 THEN 1e6 + 0.1 WHEN 1 THEN 0.2 ELSE -1e6 END,
                                  timestamptz '2010-01-01' + interval '3100 days' ORDER BY hashint4(i + seed)) AS h
          FROM generate_series(0, 8999) i, generate_series(1, 9) seed GROUP BY seed) r;
-- running windows: the final function leaves the state as it is
SELECT array_agg(h ORDER BY i)
  FROM (SELECT i, frequency(purchase_history(at, amount, '2025-01-30') OVER (ORDER BY i)) AS h FROM purchase) r;
-- with a FILTER, which may leave nothing
SELECT purchase_history(at, amount, '2025-01-30') FILTER (WHERE i > 3),
       purchase_history(at, amount, '2025-01-30') FILTER (WHERE i > 9)
  FROM purchase;
-- the transition functions of version 0.1.0: outside an aggregate a history is complete and accepts no more rows
SELECT purchase_history_accum(NULL, '2025-01-01', 5, '2025-01-15'),
       purchase_history_accum(NULL, '2025-01-01', -5, '2025-01-15'),
       purchase_history_accum(NULL, NULL, -5, '2025-01-15');
SELECT pg_temp.error_of(s)
  FROM unnest(ARRAY['SELECT purchase_history_accum(''(0,0,2,0)'', ''2025-01-01'', 5, ''2025-01-15'')',
                    'SELECT purchase_history_merge(''(0,0,2,0)'', ''(0,0,2,0)'')',
                    'SELECT purchase_history_final(''(0,0,2,0)'')']) s;
--
-- models: text form, parameters, errors
--
SELECT '(0.243,4.414,0.793,2.426,6.25,3.74,15.44,-9582.4,-4055.9,2357)'::clv_model,
       '( ,, , ,6.25 ,3.74,15.44,,, 0 )'::clv_model, '(,,,,,,,,,0)'::clv_model;
SELECT s, pg_temp.error_of(format('SELECT %L::clv_model', s))
  FROM unnest(ARRAY['', '(', '(,,,,,,,,,)', '(,,,,,,,,0)', '(,,,,,,,,,,0)', '(,,,,,,,,,0)x', '(1,1,1,1,1,1,1,,,x)',
                    '(1,1,1,1,1,1,1,,,1.5)', '(1,1,1,,1,1,1,,,1)', '(1,1,1,1,1,,1,,,1)', '(0,1,1,1,1,1,1,,,1)',
                    '(1,-1,1,1,1,1,1,,,1)', '(1e10,1,1,1,1,1,1,,,1)', '(1,1,1,1,1,1,1e31,,,1)', '(1,1,1,inf,1,1,1,,,1)',
                    '(1,1,1,1e999,1,1,1,,,1)', '(1,1,1,1,1,1,1,,,-1)', '(,,,,1,1,1,-5,,1)', '(1,1,1,1,,,,,-5,1)']) s;
SELECT clv_model(0.243, 4.414, 0.793, 2.426, 6.25, 3.74, 15.44), clv_model(NULL, NULL, NULL, NULL, 6.25, 3.74, 15.44),
       clv_model(0.243, 4.414, 0.793, 2.426, NULL, NULL, NULL), clv_model(NULL, NULL, NULL, NULL, NULL, NULL, NULL),
       clv_model(1, 1, 1, NULL, 1, 1, 1), clv_model(1, 1, 1, 1, 1, 1, NULL),
       clv_parameters(clv_model(0.243, 4.414, 0.793, 2.426, NULL, NULL, NULL));
SELECT pg_temp.error_of('SELECT clv_model(' || a || ')')
  FROM unnest(ARRAY['0, 1, 1, 1, 1, 1, 1', '1, 1, 1, 1, 1, 1, ''NaN''', '1, 1, 1, 1, -1, 1, 1',
                    '1, ''Infinity'', 1, 1, 1, 1, 1']) a;
SELECT encode(clv_model_send('(1,2,3,4,,,,-5,,6)'), 'hex');
-- equality, order and hashes: a missing figure equals a missing one and comes last; zeros have no sign
CREATE TEMP TABLE w AS
SELECT m
  FROM unnest(ARRAY['(1,2,3,4,,,,-5,,6)', '(1,2,3,4,5,6,7,-8,-9,10)', '(1,2,3,4,5,6,7,-8,-9,11)', '(,,,,,,,,,0)',
                    '(1,2,3,4,,,,-5,,6)', '(1,2,3,4,,,,,,6)', '(2,1,3,4,5,6,7,-8,-9,10)', '(1,2,3,4,,,,-0,,6)',
                    '(1,2,3,4,,,,0,,6)', '(,,,,5,6,7,,-9,1)', NULL]::clv_model[]) m;
SELECT m, count(*) FROM w GROUP BY m ORDER BY m;
SET enable_hashagg = off;
SELECT count(DISTINCT m), sum(a.c) FROM w, LATERAL (SELECT count(*) AS c FROM w x WHERE x.m = w.m) a;
RESET enable_hashagg;
SELECT bool_and((a.m < b.m) = (clv_model_cmp(a.m, b.m) < 0) AND (a.m <= b.m) = (clv_model_cmp(a.m, b.m) <= 0)
                AND (a.m > b.m) = (b.m < a.m) AND (a.m >= b.m) = (b.m <= a.m) AND (a.m <> b.m) = NOT (a.m = b.m)
                AND (a.m = b.m) = (clv_model_send(a.m) = clv_model_send(b.m))
                AND (a.m = b.m) = (clv_model_hash(a.m) = clv_model_hash(b.m))
                AND (a.m = b.m) = (clv_model_hash_extended(a.m, 7) = clv_model_hash_extended(b.m, 7))),
       count(*)
  FROM w a, w b WHERE a.m IS NOT NULL AND b.m IS NOT NULL;
SELECT pg_temp.error_of('CREATE UNIQUE INDEX ON w (m) WHERE m > ''(1,2,3,4,,,,0,,6)'' '),
       pg_temp.error_of('CREATE UNIQUE INDEX ON w (m)');
--
-- predictions of a model, against mpmath's hyp2f1 at 60 digits
--
CREATE TEMP TABLE m AS SELECT clv_model(0.243, 4.414, 0.793, 2.426, 6.25, 3.74, 15.44) AS m;
SELECT probability_alive(m, '(2,30.43,38.86,22.35)'), expected_purchases(m, '(2,30.43,38.86,22.35)', 39),
       expected_spend(m, '(2,30.43,38.86,22.35)'), clv(m, '(2,30.43,38.86,22.35)', 12, 0.01),
       clv(m, '(7,29.43,38.86,73.74)', 30, 0.02)
  FROM m \gx
-- one purchase: alive for certain, by construction; the spend of a mean customer; a new customer
SELECT probability_alive(m, h), expected_purchases(m, h, 39), expected_spend(m, h), clv(m, h, 12, 0.01),
       expected_purchases(m, '(0,0,0,0)', 10000)
  FROM m, (SELECT purchase_history(0, 0, 38.86, NULL)) v(h);
-- the largest inputs: 10,000 purchases in 5,000 weeks, 10,000 weeks ahead; hardly alive; a = 1 and a + b = 1
SELECT expected_purchases(m, '(10000,5000,5000,5)', 10000) / probability_alive(m, '(10000,5000,5000,5)'),
       probability_alive(m, '(1000,10,100,5)'), expected_purchases(m, '(1000,10,100,5)', 52),
       probability_alive(m, '(3,1e-6,1e6,5)')
  FROM m;
SELECT a, b,
       expected_purchases(clv_model(r, alpha, a, b, NULL, NULL, NULL), purchase_history(x, x, t, NULL), h)
         / probability_alive(clv_model(r, alpha, a, b, NULL, NULL, NULL), purchase_history(x, x, t, NULL))
  FROM (VALUES (0.5, 2, 1, 2, 3, 5, 10), (0.5, 2, 1.0000001, 2, 3, 5, 10), (0.3, 4, 0.4, 0.6, 0, 10, 52),
               (0.3, 4, 0.2, 0.5, 0, 10, 52)) v(r, alpha, a, b, x, t, h);
-- missing figures are NULL: no mean for q <= 1, unknown amounts, half a model
SELECT expected_spend(clv_model(NULL, NULL, NULL, NULL, 6.25, q, 15.44), h)
  FROM unnest(ARRAY[1.1, 1, 0.9]) q, unnest(ARRAY['(0,0,9,0)', '(2,3,9,7)', '(2,3,9,0)']::purchase_history[]) h
 ORDER BY q DESC, h;
SELECT probability_alive(m, h), expected_purchases(m, h, 5), expected_spend(m, h), clv(m, h, 12, 0.01)
  FROM (VALUES (clv_model(NULL, NULL, NULL, NULL, 6.25, 3.74, 15.44)),
               (clv_model(0.243, 4.414, 0.793, 2.426, NULL, NULL, NULL)), ('(,,,,,,,,,5)')) v(m),
       (SELECT '(2,3,9,7)'::purchase_history) w(h);
SELECT expected_purchases(m, '(2,3,9,7)', 0), clv(m, '(2,3,9,7)', 0, 0.01),
       clv(m, '(2,3,9,7)', 1, 0) = expected_purchases(m, '(2,3,9,7)', 4.345) * expected_spend(m, '(2,3,9,7)')
  FROM m;
SELECT pg_temp.error_of('SELECT ' || a || ' FROM m')
  FROM unnest(ARRAY['expected_purchases(m, ''(2,3,9,7)'', -1)', 'expected_purchases(m, ''(2,3,9,7)'', ''NaN'')',
                    'expected_purchases(m, ''(2,3,9,7)'', ''Infinity'')', 'clv(m, ''(2,3,9,7)'', -1, 0.01)',
                    'clv(m, ''(2,3,9,7)'', 12001, 0.01)', 'clv(m, ''(2,3,9,7)'', 12, -0.01)',
                    'clv(m, ''(2,3,9,7)'', 12, ''NaN'')', 'clv(1, 1.1, 0.1)', 'clv(1, -0.1, 0.1)', 'clv(1, 0.9, -0.1)',
                    'clv(''NaN'', 0.9, 0.1)', 'clv(1, ''NaN'', 0.1)', 'clv(1, 0.9, ''Infinity'')']) a;
-- under contract: Gupta & Lehmann's multiples, 50 a month at 5 % churn, a contract that never ends
SELECT clv(1, 0.6, 0.12), clv(1, 0.9, 0.14), clv(50, 0.95, 0) + 50, clv(-5, 0.5, 0), clv(100, 0, 0.1), clv(100, 1, 0.1),
       clv(100, 1, 0), clv(0, 0.5, 0);
--
-- fits: R's optim on the same likelihoods; to six digits, the likelihood to ten
--
CREATE TEMP TABLE customer AS
SELECT i, purchase_history(x, t, a, z) AS h
  FROM unnest(array[0,0,0,1,2,5,1,0,3,12,2,4], array[0,0,0,4,12,30,20,0,9,37,31,33],
              array[39,20,30,38,39,38,30,25,39,38,35,36],
              array[0,0,0,20,35,12,50,0,27,31,18,44]) WITH ORDINALITY v(x, t, a, z, i);
SELECT round(r::numeric, 6), round(alpha::numeric, 5), round(a::numeric, 5), round(b::numeric, 4),
       round(log_likelihood::numeric, 8), customers
  FROM (SELECT clv_model(h) AS m FROM customer) v, clv_parameters(m);
SELECT round(p::numeric, 5), round(q::numeric, 5), round(gamma::numeric, 4), round(spend_log_likelihood::numeric, 8)
  FROM (SELECT clv_model(purchase_history(x, x, 20, z)) AS m
          FROM unnest(array[1,2,5,1,3,12,2,4,1,6], array[20,55,12,90,27,31,18,44,8,130]) v(x, z)) v,
       clv_parameters(m);
-- the model is the same in any order, in parts, or compressed
SELECT count(DISTINCT m::text)
  FROM (SELECT clv_model(h ORDER BY hashint8(i + seed)) AS m FROM customer, generate_series(1, 5) seed GROUP BY seed) r;
SELECT round(((clv_parameters(m)).log_likelihood / 1000)::numeric, 8), (clv_parameters(m)).customers
  FROM (SELECT clv_model(h ORDER BY k * 37 % 1000) AS m FROM customer, generate_series(1, 1000) k) r;
-- each customer always spends the same amount: R has -31.5741577968 in the limit of an infinite p
SELECT p > 10000, round(spend_log_likelihood::numeric, 5), round(expected_spend(m, '(5,30,38,12)')::numeric, 3)
  FROM (SELECT clv_model(h) AS m FROM customer) v, clv_parameters(m);
-- a part that cannot be fitted is NULL: one customer, no repeats, no time, equal amounts; NULLs are not customers
SELECT n, r IS NOT NULL AS bought, p IS NOT NULL AS spent, customers,
       round(probability_alive(m, '(3,10,10,20)')::numeric, 4) AS alive
  FROM (SELECT n, clv_model(h) AS m
          FROM (VALUES ('same amounts', '(3,5,10,20)'), ('same amounts', '(2,6,10,20)'), ('no repeats', '(0,0,10,0)'),
                       ('no repeats', '(0,0,20,0)'), ('no time', '(0,0,0,0)'), ('no time', '(0,0,0,0)'),
                       ('nobody', NULL), ('one', '(1,2,3,4)'), ('one', NULL), ('all stay', '(3,10,10,20)'),
                       ('all stay', '(4,10,10,21)'), ('all stay', '(5,10,10,20)')) v(n, t),
               LATERAL (SELECT t::purchase_history AS h) c GROUP BY n) f
  LEFT JOIN clv_parameters(m) ON true ORDER BY n;
SELECT clv_model(h) FROM customer WHERE i < 0;
-- running windows: each final call fits again and leaves the state as it is
SELECT array_agg((clv_parameters(m)).customers ORDER BY i)
  FROM (SELECT i, clv_model(h) OVER (ORDER BY i) AS m FROM customer) r;
SELECT clv_model(h) FILTER (WHERE i > 99), (clv_parameters(clv_model(h) FILTER (WHERE i > 9))).customers FROM customer;
-- the transition functions of version 0.1.0: outside an aggregate a model is fitted and accepts no more rows
SELECT clv_model_accum(NULL, '(1,2,3,4)'), clv_model_accum(NULL, NULL);
SELECT pg_temp.error_of(s)
  FROM unnest(ARRAY[
         'SELECT clv_model_accum(''(,,,,,,,,,5)'', ''(0,0,2,0)'')', 'SELECT clv_model_accum(''(,,,,,,,,,5)'', NULL)',
         'SELECT clv_model_merge(''(,,,,,,,,,5)'', ''(,,,,,,,,,5)'')', 'SELECT clv_model_final(''(,,,,,,,,,5)'')']) s;
-- an aggregate without the final function: readers accept the state, too
CREATE AGGREGATE pg_temp.days(timestamptz, float8, timestamptz)
  (sfunc = purchase_history_accum, stype = purchase_history);
CREATE AGGREGATE pg_temp.histories(purchase_history) (sfunc = clv_model_accum, stype = clv_model);
SELECT pg_temp.days(at, amount, '2025-01-29 12:00Z'), frequency(pg_temp.days(at, amount, '2025-01-29 12:00Z')),
       pg_temp.error_of($$SELECT age(pg_temp.days(at, -amount, '2025-01-29')) FROM purchase$$)
  FROM purchase;
SELECT pg_temp.histories(h)::text = clv_model(h)::text,
       round(probability_alive(pg_temp.histories(h), '(2,30,38,1)')::numeric, 6)
         = round(probability_alive(clv_model(h), '(2,30,38,1)')::numeric, 6)
  FROM customer;
-- and what such an aggregate stored: read, compared and hashed as the history or model it is
CREATE TEMP TABLE old AS
SELECT pg_temp.days(timestamptz '2020-01-01 00:00Z' + i * interval '1 day', 1 + i, '2025-01-29') AS h,
       purchase_history(timestamptz '2020-01-01 00:00Z' + i * interval '1 day', 1 + i, '2025-01-29') AS want,
       pg_temp.histories(purchase_history(1 + i % 40, 30 + i / 1000.0, 60, 1 + i % 7)) AS m,
       clv_model(purchase_history(1 + i % 40, 30 + i / 1000.0, 60, 1 + i % 7)) AS wanted
  FROM generate_series(1, 1000) i;
SELECT h, h = want, purchase_history_hash(h) = purchase_history_hash(want), h IN (SELECT want FROM old),
       pg_column_size(h) > pg_column_size(want), m = wanted, clv_model_hash(m) = clv_model_hash(wanted),
       m::text = wanted::text, pg_column_size(m) > pg_column_size(wanted)
  FROM old;
-- a missing figure is one value, whatever kind of NaN came in; the text form has no NaN
SELECT encode(clv_model_send(m), 'hex') FROM (VALUES ('(,,,,5.5,34,4,,,87)'::clv_model)) v(m);
SELECT s, pg_temp.error_of(format('SELECT %L::clv_model', s))
  FROM unnest(ARRAY['(,,,,5.5,34,4,,NaN,87)', '(,,,,5.5,34,4,,-NaN,87)', '(,,,,5.5,34,4,,-Infinity,87)',
                    '(,,,,0x1p3,34,4,,,87)', '(,,,,+,34,4,,,87)', '(,,,,-.e5,34,4,,,87)', '(,,,,.5,34,4,,,-1)']) s;
-- a part whose unit is out of range is missing, the other part is not
SELECT r IS NULL, p IS NULL, customers FROM (SELECT clv_model(purchase_history(x, x, 20, z * 1e-32)) AS m
  FROM unnest(ARRAY[1,2,5,1,3,12,2,4,1,6], ARRAY[20,55,12,90,27,31,18,44,8,130]) v(x, z)) f, clv_parameters(m);
--
-- how sure: standard errors by R, numDeriv's hessian of the same likelihoods at the fit; the delta method by its grad
--
CREATE TEMP TABLE sure AS SELECT clv_model(purchase_history(x, t, a, z)) AS m
  FROM unnest(array[1,2,5,1,3,12,2,4,1,6,0,0,0], array[4,12,30,20,9,37,31,33,2,25,0,0,0],
              array[38,39,38,30,39,38,35,36,20,38,39,25,30],
              array[20,55,12,90,27,31,18,44,8,130,0,0,0]) v(x, t, a, z);
SELECT round(r_std_error::numeric, 6), round(alpha_std_error::numeric, 5), round(a_std_error::numeric, 5),
       round(b_std_error::numeric, 4), round(p_std_error::numeric, 4), round(q_std_error::numeric, 4),
       round(gamma_std_error::numeric, 2), customers FROM sure, clv_parameters(m);
SELECT h, round((v).estimate::numeric, 5), round((v).lower::numeric, 4), round((v).upper::numeric, 4), (v).responses
  FROM sure, unnest(ARRAY['(2,30,38,25)', '(0,0,38,0)', '(9,20,38,60)']::purchase_history[]) h,
       LATERAL clv_interval(m, h, 12, 0.01) v;
SELECT (clv_interval(m, h, 12, 0.01)).estimate = clv(m, h, 12, 0.01),
       (clv_interval(m, h, 12, 0.01, 0.5)).upper < (clv_interval(m, h, 12, 0.01, 0.95)).upper,
       clv_interval(m, h, 0, 0.01), clv_interval(m, NULL, 12, 0.01), clv_interval(m, '(3,1,2,0)', 12, 0.01)
  FROM sure, (VALUES ('(2,30,38,25)'::purchase_history)) v(h);
-- four times the customers, half the error, to the digits that the fit has
SELECT round((4 * (a).responses / (b).responses)::numeric, 9) AS one,
       round((((a).upper - (a).estimate) / ((b).upper - (b).estimate))::numeric, 5)
  FROM (SELECT clv_interval(m, '(2,30,38,25)', 12, 0.01) AS a FROM sure) x,
       (SELECT clv_interval(clv_model(purchase_history(x, t, a, z)), '(2,30,38,25)', 12, 0.01) AS b
          FROM unnest(array[1,2,5,1,3,12,2,4,1,6,0,0,0], array[4,12,30,20,9,37,31,33,2,25,0,0,0],
                      array[38,39,38,30,39,38,35,36,20,38,39,25,30],
                      array[20,55,12,90,27,31,18,44,8,130,0,0,0]) v(x, t, a, z), generate_series(1, 4)) y;
-- no errors: given parameters, a model as 0.1.0 stored it, customers who do not differ in when they stop
SELECT clv_interval('(0.243,4.414,0.793,2.426,6.25,3.74,15.44,-9.5,-4.1,23)', '(2,30,38,25)', 12, 0.01) IS NULL,
       (v).estimate > 0, (v).lower, (v).upper, (v).responses
  FROM clv_interval('(0.243,4.414,0.793,2.426,6.25,3.74,15.44,-9.5,-4.1,23)', '(2,30,38,25)', 12, 0.01) v;
SELECT n, r IS NOT NULL AS fitted, r_std_error IS NULL AS unsure, p_std_error > 0 AS spend_sure,
       clv(m, '(2,3,10,20)', 12, 0.01) > 0 AS worth, (clv_interval(m, '(2,3,10,20)', 12, 0.01)).upper AS bound
  FROM (SELECT n, clv_model(h) AS m
          FROM (VALUES ('all stay', '(3,10,10,20)'), ('all stay', '(4,10,10,31)'), ('all stay', '(5,10,10,12)'),
                       ('all stay', '(5,10,10,40)'), ('all stay', '(2,10,10,8)')) v(n, t),
               LATERAL (SELECT t::purchase_history AS h) c GROUP BY n) f, clv_parameters(m);
SELECT pg_temp.error_of('SELECT clv_interval(m, ''(2,30,38,25)'', ' || a || ') FROM sure')
  FROM unnest(ARRAY['-1, 0.01', '12001, 0', '12, -1', '12, 0.01, 0', '12, 0.01, 95']) a;
-- errors in text and binary: exact; either part may be missing; both missing is the former form
SELECT m::text::clv_model = m, clv_model_send(m::text::clv_model) = clv_model_send(m), length(clv_model_send(m)),
       get_byte(clv_model_send(m), 0), pg_column_size(m), clv_model_hash(m::text::clv_model) = clv_model_hash(m)
  FROM sure;
SELECT s::clv_model, length(clv_model_send(s::clv_model)), s::clv_model = '(1,2,3,4,,,,,,5)'
  FROM unnest(ARRAY['(1,2,3,4,,,,,,5,{4,0,1,0,0,1,0,0,0,1},{})', '(1,2,3,4,,,,,,5 , { } , { } )',
                    '(1,2,3,4,,,,,,5)']) s;
SELECT '(,,,,6,3,15,,,5,{},{4,-1,1,0,0,1})'::clv_model, p_std_error, q_std_error, gamma_std_error, r_std_error
  FROM clv_parameters('(,,,,6,3,15,,,5,{},{4,-1,1,0,0,1})');
SELECT m, count(*) FROM unnest(ARRAY['(1,2,3,4,,,,,,5,{4,0,1,0,0,1,0,0,0,1},{})', '(1,2,3,4,,,,,,5)',
  '(1,2,3,4,,,,,,5,{4,0,1,0,0,1,0,0,0,1},{})', '(1,2,3,4,,,,,,5,{4,0,1,0,0,1,0,0,0,2},{})']::clv_model[]) m
  GROUP BY m ORDER BY m;
SELECT s, pg_temp.error_of(format('SELECT %L::clv_model', s)) FROM unnest(ARRAY[
  '(1,2,3,4,,,,,,5,{4,0,1,0,0,1,0,0,0,1})', '(1,2,3,4,,,,,,5,{4,0,1,0,0,1,0,0,0},{})',
  '(1,2,3,4,,,,,,5,{4,0,1,0,0,1,0,0,0,1,1},{})', '(1,2,3,4,,,,,,5,{4,0,1,0,0,1,0,0,0,x},{})', '(1,2,3,4,,,,,,5,,)',
  '(1,2,3,4,,,,,,5,{4,0,1,0,0,1,0,0,0,1},{}', '(1,2,3,4,,,,,,5,{4,0,1,0,0,1,0,0,0,0},{})',
  '(1,2,3,4,,,,,,5,{4,3,1,0,0,1,0,0,0,1},{})', '(1,2,3,4,,,,,,5,{4,0,-1,0,0,1,0,0,0,1},{})',
  '(1,2,3,4,,,,,,5,{1e13,0,1,0,0,1,0,0,0,1},{})', '(1,2,3,4,,,,,,5,{},{1,0,1,0,0,1})',
  '(,,,,6,3,15,,,5,{4,0,1,0,0,1,0,0,0,1},{})']) s;
