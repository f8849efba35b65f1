-- test/trust/tables.sql: raw answers, and a table with a column of every summary type:
-- one row a day, then the smallest and the largest values there are.

CREATE TABLE answers AS
SELECT i, '2025-01-01'::date + i % 60 AS day, r % 11 AS score, r / 11 % 5 + 1 AS before, r / 55 % 5 + 1 AS after,
    r % 3 = 0 AS satisfied, 0.25 + r % 8 AS weight, (r % 97) * 1.37 AS amount, r % 400 AS customer,
    '2025-01-01 08:00+00'::timestamptz + i % 60 * interval '1 day' + (r / 7 % 36000) * interval '1 second' AS started,
    CASE WHEN r % 5 > 0 THEN '2025-01-02 08:00+00'::timestamptz + i % 60 * interval '1 day' + (r / 3 % 900000)
    	* interval '1.7 second' END AS finished,
    ARRAY[r % 7, r / 7 % 5, r / 35 % 9]::float8[] AS factors,
    (ARRAY['Great service, thank you!', 'still WAITING for my refund', 'Not bad at all', 'ok', '',
    	'The worst, never again :('])[r % 6 + 1] AS words
  FROM (SELECT i, abs(hashint8(i)) AS r FROM generate_series(1, 20000) i) rows;

CREATE FUNCTION pg_temp.history_of(int) RETURNS purchase_history LANGUAGE sql AS
$$SELECT purchase_history(started, amount, '2025-06-01') FROM answers WHERE customer = $1$$;

CREATE TABLE summaries AS
SELECT day, nps_tally(score) AS t, paired_tally(before, after, 1, 5) AS p, weighted_tally(score, 0, 10, weight) AS w,
    life_table(started, finished, '2025-06-01') AS l, pg_temp.history_of(day - '2025-01-01') AS h,
    (SELECT clv_model(h) FROM (SELECT purchase_history(started, amount, '2025-06-01') AS h FROM answers b
      WHERE b.i % 60 <> min(a.i % 60) GROUP BY customer) c) AS m,
    driver_model(score + factors[1], factors) AS d,
    ('Europe/Berlin; mon-fri 0' || extract(day FROM day)::int % 10 || ':30-17:00, 22:00-00:30; ' || day
    	|| ' closed')::business_calendar AS c,
    (SELECT clustered_tally(t) FROM (SELECT nps_tally(score) AS t FROM answers b WHERE b.day = a.day
      GROUP BY customer) k) AS k,
    status_clock(words, started, i) AS s
  FROM answers a GROUP BY day;

INSERT INTO summaries (day) VALUES ('2025-12-01');
INSERT INTO summaries SELECT '2025-12-02', nps_tally(score), paired_tally(before, after, 1, 5),
	weighted_tally(score, 0, 10, weight),
    life_table(started, finished, '2025-06-01'), purchase_history(started, amount, '2025-06-01'), NULL,
    	driver_model(score, factors),
    'UTC; mon-sun 00:00-24:00', '{}', '{}' FROM answers WHERE false;
INSERT INTO summaries
SELECT '2025-12-03', t, p, w, l, '(2000000,999999,1000000,1e30)'::purchase_history, m, d, c, k, s
  FROM (SELECT tally(0, 100, array_agg(9223372036854775807 / 102 - i)) AS t FROM generate_series(0, 100) i) t,
    (SELECT paired_tally(i % 101, i / 101 % 101, 0, 100) AS p FROM generate_series(0, 20401) i) p,
    (SELECT weighted_tally(i % 101, 0, 100, 1 + 1e6 * i) AS w FROM generate_series(0, 20401) i) w,
    (SELECT clustered_tally(tally(0, 100, (SELECT array_agg(i::bigint * j * 1000003 % 100000007)
    	FROM generate_series(1, 101) j))) AS k FROM generate_series(0, 20) i) k,
    (SELECT life_table(interval '1 microsecond' * exp(i * 0.0011), i % 3 > 0) AS l FROM generate_series(0, 30000) i) l,
    (SELECT m FROM summaries WHERE day = '2025-01-05') m,
    (SELECT driver_model(sin(i * i), (SELECT array_agg(cos(i * j + j * j)) FROM generate_series(1, 32) j)) AS d
    	FROM generate_series(1, 2000) i) d,
    (SELECT ('America/New_York; mon-sun ' || h || string_agg('; ' || to_char('2020-01-01'::date + i, 'YYYY-MM-DD')
    	|| ' ' || h, ''))::business_calendar AS c
       FROM generate_series(1, 4000) i, (SELECT string_agg(to_char(j, 'FM00') || ':10-' || to_char(j, 'FM00') || ':50',
       	', ') AS h FROM generate_series(0, 23) j) h
       GROUP BY h) c,
    (SELECT status_clock('status ' || i % 100, '2000-01-01 00:00Z'::timestamptz + i * i * interval '0.000001 second', -i)
       AS s FROM generate_series(1, 20000) i) s;

CREATE VIEW monthly AS
SELECT period_start('month', day) AS month, sum(t) AS t, sum(p) AS p, sum(w) AS w, sum(l) AS l, sum(d) AS d,
    sum(k) AS k, sum(s) AS s,
    nps(sum(t)) AS nps, median_time(sum(l)) AS median, (nps_interval(sum(t))).lower AS lower
  FROM summaries WHERE day < '2025-12-01' GROUP BY 1;

-- what every value is, in text and in binary: equal on another server if nothing was lost
CREATE VIEW checksums AS
SELECT day, md5(concat_ws('|', t, p, w, l, h, m, d, c, k, s)) AS texts,
    md5(concat_ws('|', tally_send(t), paired_tally_send(p), weighted_tally_send(w), life_table_send(l),
      purchase_history_send(h), clv_model_send(m), driver_model_send(d), business_calendar_send(c),
      clustered_tally_send(k), status_clock_send(s))) AS bytes
  FROM summaries;
