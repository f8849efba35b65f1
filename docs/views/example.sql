-- The data of the pages in this folder: a made-up shop's year 2025, and the views over it.
-- In October the chat team is short of people, and cases take four times as long there.
CREATE EXTENSION IF NOT EXISTS recovery_kpi;
CREATE SCHEMA shop;
SET search_path = shop, public;

-- random: fixed numbers from 0 to 99 that look like chance
CREATE TABLE recovery_case AS
SELECT i AS case_id, i * 7 % 150 + 1 AS customer_id, opened_at,
       CASE WHEN random < 97 THEN opened_at + hours * interval '1 hour' END AS resolved_at,
       CASE WHEN hours < 60 THEN 1 ELSE 2 + i % 2 END AS contacts,
       CASE WHEN random IN (7, 19, 55)
              THEN opened_at + hours * interval '1 hour' + interval '3 days' END AS reopened_at,
       opened_at + hours * interval '3 minutes' AS first_response_at, opened_at + interval '7 days' AS promised_by, channel,
       (ARRAY['late', 'wrong item'])[random % 2 + 1] AS failure_type,
       (ARRAY['none', 'refund', 'voucher'])[i * 5 % 11 % 3 + 1] AS compensation
  FROM (SELECT i, timestamptz '2025-01-01 08:00Z' + i * interval '26 hours' AS opened_at,
               (ARRAY['phone', 'chat', 'Café', NULL, 'chat'])[i * i * 3 % 13 % 5 + 1] AS channel,
               (i * i * 31 + i * 17) % 1009 % 100 AS random
          FROM generate_series(1, 330) i) c,
       LATERAL (SELECT 1 + random * random / 45
                           * CASE WHEN channel = 'chat' AND opened_at >= '2025-10-01' AND opened_at < '2025-11-01'
                                  THEN 4 ELSE 1 END AS hours) h;

CREATE VIEW first_case AS
SELECT DISTINCT ON (customer_id) customer_id, opened_at,
       coalesce(resolved_at > opened_at + interval '7 days', true) AS late
  FROM recovery_case ORDER BY customer_id, opened_at;

CREATE TABLE customer AS
SELECT i AS customer_id, timestamptz '2024-06-01 00:00Z' + i * interval '30 hours' AS joined_at,
       CASE WHEN random < CASE WHEN late THEN 60 WHEN late IS NULL THEN 25 ELSE 20 END
              THEN coalesce(opened_at, '2025-02-01 00:00Z') + interval '9 days'
                + i * 13 % 200 * interval '1 day' END AS left_at
  FROM (SELECT i, (i * i * 37 + i * 11) % 1013 % 100 AS random FROM generate_series(1, 240) i) c
  LEFT JOIN first_case ON customer_id = i;

CREATE TABLE purchase AS
SELECT customer_id, purchased_at, (8 + customer_id * 11 % 30 + n * 7 % 9)::numeric(10,2) AS amount
  FROM customer, generate_series(0, 1 + customer_id * 29 % 17) n,
       LATERAL (SELECT joined_at + (n * (12 + customer_id * 17 % 50) + n * customer_id % 5) * interval '1 day'
                       AS purchased_at) p
 WHERE purchased_at < least(left_at, '2026-01-01 00:00Z');

CREATE TABLE referral AS
SELECT customer_id, opened_at + interval '20 days' AS referred_at FROM recovery_case WHERE case_id % 17 = 0;

-- two of three closed cases answer the survey
CREATE TABLE survey_response AS
SELECT case_id AS response_id, customer_id, case_id, resolved_at + interval '1 day' AS responded_at, score AS csat,
       least(2 * score + case_id % 2, 10) AS nps, least(score + 2, 7) AS ces, 3 AS expected, score AS perceived, speed,
       effectiveness,
       CASE compensation WHEN 'none' THEN 1 WHEN 'voucher' THEN 3 ELSE 5 END - case_id % 2 AS compensation_value,
       CASE WHEN case_id % 4 = 0 THEN NULL WHEN score >= 4 THEN 'Great service, thank you!'
            WHEN score = 3 THEN 'The parcel came on Monday.' ELSE 'Terrible, nobody helped.' END AS comment
  FROM recovery_case,
       LATERAL (SELECT greatest(5 - extract(epoch FROM resolved_at - opened_at)::int / 3600 / 50, 1) AS speed,
                       5 - case_id * case_id % 13 % 5 AS effectiveness) r,
       LATERAL (SELECT least(greatest(round((speed * 3 + effectiveness + case_id * 13 % 6) / 4.0)::int, 1),
                             5) AS score) s
 WHERE case_id % 3 > 0 AND resolved_at IS NOT NULL;
-- and about ordinary orders: once before the first failure, once after it, or at any time without one
INSERT INTO survey_response (response_id, customer_id, responded_at, csat, nps)
SELECT 1000 + 2 * i + after, i,
       coalesce(opened_at + CASE after WHEN 0 THEN interval '-2 days' ELSE interval '12 days' END, '2025-03-01')
         + after * (i % 140) * interval '1 day',
       least(1 + level / 20, 5), least(6 + level / 22, 10)
  FROM (SELECT i, after, opened_at,
               (i * i * 41 + i * 7) % 1019 % 100 * 7 / 10
                 + CASE WHEN after = 0 OR late IS NULL THEN 30 WHEN late THEN 5 ELSE 42 END AS level
          FROM generate_series(1, 240) i CROSS JOIN generate_series(0, 1) after LEFT JOIN first_case ON customer_id = i
         WHERE after = 1 OR late IS NOT NULL) a;

SELECT create_kpi_views('bi', 'shop', 'month', 'Europe/Berlin', as_of => '2025-12-15 00:00+01');
SET search_path = bi, public;
SET extra_float_digits = -11;   -- this session prints four digits
