-- The demo's data: fourteen months of a made-up online retailer.
--
-- Months 1-3 are normal.  In months 4-6 deliveries are late, payments fail and wrong
-- items are sent; customers feel it until month 8.  A recovery programme starts with
-- month 9: one contact owner, compensation rules, call-backs.
--
-- Every number comes from a hash of a row's key, so the figures are the same on every
-- run, whatever the plan or the PostgreSQL version.  The year has no season: summer
-- and winter can be compared.

\set as_of '2026-03-01 00:00:00+00'
\set customers 100000
SET timezone = 'UTC';

-- --- dice ------------------------------------------------------------------------

-- A uniform number in [0,1) for this key; each use in this file has a number of its own.
CREATE FUNCTION pg_temp.uniform(key bigint, use integer) RETURNS double precision
IMMUTABLE PARALLEL SAFE
RETURN ((hashint8extended(key, use) >> 11) & 9007199254740991)::double precision / 9007199254740992;

-- A bell-shaped number of mean 0 and deviation 1: the sum of three uniform numbers.
CREATE FUNCTION pg_temp.bell(key bigint, use integer) RETURNS double precision
IMMUTABLE PARALLEL SAFE
RETURN ((hashint8extended(key, use) & 2097151)
	+ ((hashint8extended(key, use) >> 21) & 2097151)
	+ ((hashint8extended(key, use) >> 42) & 2097151))::double precision / 1048576 - 3;

-- A score: the customer's place on an open-ended scale, cut off at the ends of the score's scale.
CREATE FUNCTION pg_temp.score(value double precision, lo integer, hi integer) RETURNS smallint
IMMUTABLE PARALLEL SAFE
RETURN least(greatest(round(value), lo), hi)::smallint;

-- --- the course of events ----------------------------------------------------------

-- The one place for the dates: reports and checks read them from here.
CREATE TABLE story AS
SELECT as_of,
	as_of - interval '14 months' AS starts_at,
	as_of - interval '6 months' AS programme_at,
	as_of - interval '9 months' AS before_from,
	as_of - interval '3 months' AS now_from
FROM (SELECT timestamptz :'as_of' AS as_of) AS given;
COMMENT ON TABLE story IS
'The dates of the demo, one row: data from starts_at to as_of, the recovery programme from programme_at; the quarter before it begins at before_from, the last quarter at now_from.';

CREATE TEMP TABLE course (
	month int PRIMARY KEY,
	failures float8,	-- share of purchases that go wrong and become a case
	trouble float8,		-- 0..1: how much of that is late, unpaid or wrong
	slow float8,		-- resolution times, 1 = normal
	first_contact float8,	-- share of cases that one contact can solve
	generous float8,	-- share of cases with compensation
	mood float8,		-- how customers see a case, all else equal
	order_mood float8,	-- how they see an ordinary order
	wins_back float8	-- share of satisfied customers whom a good recovery brings back
);
INSERT INTO course VALUES
(1, 0.0900, 0.0, 1.00, 0.70, 0.45, 0.87, 0.00, 0.10),
(2, 0.0910, 0.0, 1.00, 0.70, 0.45, 0.92, 0.00, 0.10),
(3, 0.0940, 0.1, 1.05, 0.69, 0.45, 0.90, 0.00, 0.10),
(4, 0.1150, 0.6, 1.40, 0.65, 0.42, 0.93, -0.15, 0.08),
(5, 0.1350, 1.0, 1.90, 0.60, 0.40, 0.86, -0.25, 0.06),
(6, 0.1400, 1.0, 2.30, 0.56, 0.40, 0.86, -0.30, 0.05),
(7, 0.1360, 0.8, 2.40, 0.54, 0.40, 0.88, -0.30, 0.05),
(8, 0.1320, 0.7, 2.30, 0.54, 0.40, 0.87, -0.28, 0.05),
(9, 0.1250, 0.5, 1.80, 0.59, 0.60, 0.91, -0.22, 0.07),
(10, 0.1170, 0.3, 1.40, 0.63, 0.66, 0.84, -0.12, 0.09),
(11, 0.1090, 0.2, 1.10, 0.67, 0.68, 0.84, -0.05, 0.11),
(12, 0.1000, 0.1, 0.90, 0.70, 0.70, 0.86, 0.02, 0.13),
(13, 0.0960, 0.1, 0.82, 0.72, 0.70, 0.77, 0.06, 0.13),
(14, 0.0950, 0.0, 0.78, 0.73, 0.70, 0.83, 0.08, 0.13);

-- The days, from thirty before the start: the first cases are about earlier orders.
CREATE TEMP TABLE calendar AS
SELECT day, day_starts, greatest(1, 1 + (extract(year FROM since) * 12 + extract(month FROM since))::int) AS month
FROM story,
	LATERAL generate_series(-30, extract(day FROM as_of - starts_at)::int - 1) AS day,
	LATERAL (SELECT starts_at + day * interval '1 day' AS day_starts) AS a,
	LATERAL (SELECT age(day_starts, starts_at) AS since) AS b;
ANALYZE calendar;

-- --- customers and what they buy -----------------------------------------------------

-- Most were there before; in any month 6 in 1,000 leave for reasons of their own.
CREATE TABLE customer AS
SELECT customer_id,
	date_trunc('second', CASE WHEN uniform < 0.85
		THEN starts_at - uniform / 0.85 * interval '1100 days'
		ELSE starts_at + (uniform - 0.85) / 0.15 * (as_of - starts_at) END) AS joined_at,
	CASE WHEN stays < as_of - starts_at THEN date_trunc('second', starts_at + stays) END AS left_at
FROM story, generate_series(1::bigint, :customers) AS customer_id,
	LATERAL (SELECT pg_temp.uniform(customer_id, 1) AS uniform,
		-ln(1 - pg_temp.uniform(customer_id, 2)) * interval '5000 days' AS stays) AS dice;
UPDATE customer SET left_at = NULL WHERE left_at <= joined_at;
ALTER TABLE customer ADD PRIMARY KEY (customer_id);
ANALYZE customer;

-- A geometric number of orders at uniform times: for each customer a Poisson process, at
-- rates that differ from customer to customer.  Shops sleep from 23:00 to 7:00.
CREATE TEMP TABLE own_purchase AS
SELECT key, customer_id, month, day_starts + hour * interval '1 hour' AS purchased_at
FROM customer
	CROSS JOIN LATERAL generate_series(1, least(60,
		floor(ln(1 - pg_temp.uniform(customer_id, 3)) / ln(4.2 / 5.2))::int)) AS number
	CROSS JOIN LATERAL (SELECT customer_id * 100 + number AS key) AS keys
	CROSS JOIN LATERAL (SELECT
		floor(pg_temp.uniform(key, 4) * (SELECT count(*) FROM calendar))::int - 30 AS day,
		7 + 8 * (pg_temp.uniform(key, 5) + pg_temp.uniform(key, 6)) AS hour) AS dice
	JOIN calendar USING (day)
WHERE day_starts + hour * interval '1 hour' > joined_at
	AND day_starts + hour * interval '1 hour' < coalesce(left_at, 'infinity');
ANALYZE own_purchase;

-- --- what goes wrong -------------------------------------------------------------------

CREATE TEMP TABLE failed AS
WITH kind AS (
	SELECT key, customer_id, purchased_at, course.*,
		pg_temp.uniform(key, 11) AS type_dice, pg_temp.uniform(key, 12) AS channel_dice
	FROM own_purchase JOIN course USING (month)
	WHERE pg_temp.uniform(key, 10) < failures
), place AS (
	SELECT *,
		CASE WHEN type_dice < 0.28 + 0.16 * trouble THEN 'late delivery'
			WHEN type_dice < 0.40 + 0.22 * trouble THEN 'failed payment'
			WHEN type_dice < 0.60 + 0.22 * trouble THEN 'wrong item'
			WHEN type_dice < 0.80 + 0.12 * trouble THEN 'damaged item'
			ELSE 'missing refund' END AS failure_type,
		CASE WHEN channel_dice < 0.345 THEN 'email' WHEN channel_dice < 0.615 THEN 'phone'
			WHEN channel_dice < 0.875 THEN 'chat' WHEN channel_dice < 0.996 THEN 'social'
			ELSE 'store' END AS channel
	FROM kind
), handling AS (
	SELECT *,
		purchased_at + interval '1 hour' * CASE failure_type
			WHEN 'failed payment' THEN 0.1 + 3 * pg_temp.uniform(key, 13)
			WHEN 'late delivery' THEN 24 * (4 + 5 * pg_temp.uniform(key, 13))
			WHEN 'missing refund' THEN 24 * (8 + 8 * pg_temp.uniform(key, 13))
			ELSE 24 * (2 + 4 * pg_temp.uniform(key, 13)) END AS opened_at,
		first_contact + CASE channel WHEN 'store' THEN 0.12 WHEN 'phone' THEN 0.07
			WHEN 'chat' THEN 0.04 WHEN 'email' THEN -0.07 ELSE -0.11 END
			> pg_temp.uniform(key, 14) AS solved_at_once,
		pg_temp.uniform(key, 15) < 0.02 + 0.02 * (slow - 0.7) AS never_solved,
		CASE WHEN pg_temp.uniform(key, 16) > generous THEN 'none'
			WHEN pg_temp.uniform(key, 17) < 0.45 THEN 'voucher'
			WHEN pg_temp.uniform(key, 17) < 0.75 THEN 'refund'
			ELSE 'replacement' END AS compensation
	FROM place
)
SELECT *,
	CASE WHEN solved_at_once AND NOT never_solved THEN 1
		ELSE 2 + least(5, floor(ln(1 - pg_temp.uniform(key, 18)) / ln(0.38))::int) END AS contacts,
	slow * exp(0.8 * pg_temp.bell(key, 19)) * CASE WHEN solved_at_once THEN 0.5 ELSE 1.6 END
		* CASE channel WHEN 'store' THEN 8 WHEN 'phone' THEN 20 WHEN 'chat' THEN 18
			WHEN 'email' THEN 38 ELSE 46 END
		* CASE failure_type WHEN 'failed payment' THEN 0.6 WHEN 'missing refund' THEN 1.4
			ELSE 1.05 END AS hours,
	slow * exp(0.7 * pg_temp.bell(key, 20))
		* CASE channel WHEN 'store' THEN 0.05 WHEN 'phone' THEN 0.1 WHEN 'chat' THEN 0.15
			WHEN 'email' THEN 7 ELSE 3 END AS first_hours
FROM handling;

-- How customers feel about it: above 0 is satisfied.  Time hurts, more than one contact
-- hurts, compensation helps, and a case that is never solved stays a grievance.
CREATE TEMP TABLE raw_case AS
SELECT key, customer_id, purchased_at, month, channel, failure_type, compensation, contacts,
	wins_back, hours, never_solved, feeling,
	date_trunc('second', opened_at) AS opened_at,
	date_trunc('second', opened_at + interval '1 hour' * CASE WHEN never_solved
		THEN 240 ELSE hours END) AS settled_at,
	date_trunc('second', opened_at + interval '1 hour' * least(first_hours, 0.8 * hours)) AS first_response_at,
	date_trunc('second', opened_at + interval '1 hour' * CASE WHEN opened_at >= programme_at
		THEN 24 ELSE 72 END) AS promised_by
FROM story, failed,
	LATERAL (SELECT mood - 0.30 * ln(hours / 24) - 0.25 * least(contacts - 1, 3)
		+ CASE compensation WHEN 'none' THEN -0.15 WHEN 'voucher' THEN 0.15 ELSE 0.22 END
		+ CASE channel WHEN 'phone' THEN 0.08 WHEN 'store' THEN 0.2 WHEN 'social' THEN -0.18 ELSE 0 END
		- CASE WHEN never_solved THEN 1.5 ELSE 0 END
		+ 0.9 * pg_temp.bell(key, 21) AS feeling) AS sum
WHERE opened_at >= starts_at AND opened_at < as_of;

-- Some customers leave after bad service; their later purchases are removed.
UPDATE customer
SET left_at = angry.left_at
FROM (
	SELECT customer_id, min(date_trunc('second', settled_at + pg_temp.uniform(key, 23) * interval '20 days')) AS left_at
	FROM raw_case
	WHERE feeling < -0.5 AND pg_temp.uniform(key, 22) < 0.30
	GROUP BY customer_id
) AS angry, story
WHERE angry.customer_id = customer.customer_id AND angry.left_at < least(as_of, customer.left_at);

DELETE FROM own_purchase USING customer
WHERE own_purchase.customer_id = customer.customer_id AND purchased_at >= left_at;
DELETE FROM raw_case USING customer
WHERE raw_case.customer_id = customer.customer_id AND opened_at >= left_at;

CREATE TEMP TABLE handled_case AS
SELECT row_number() OVER (ORDER BY opened_at, key) AS case_id, customer_id, opened_at,
	CASE WHEN solved THEN settled_at END AS resolved_at,
	contacts,
	CASE WHEN solved AND reopened < as_of THEN reopened END AS reopened_at,
	CASE WHEN first_response_at < as_of THEN first_response_at END AS first_response_at,
	channel, failure_type, compensation, promised_by,
	key, feeling, month, wins_back, hours
FROM story, raw_case,
	LATERAL (SELECT NOT never_solved AND settled_at < as_of AS solved,
		CASE WHEN contacts > 1 AND pg_temp.uniform(key, 24) < 0.12 THEN
			date_trunc('second', settled_at + (1 + 9 * pg_temp.uniform(key, 25)) * interval '1 day')
			END AS reopened) AS state;
CREATE INDEX ON handled_case (customer_id, resolved_at);
ANALYZE handled_case;

-- A good recovery brings some customers back that would not have bought otherwise.
CREATE TABLE purchase AS
SELECT customer_id, date_trunc('second', purchased_at) AS purchased_at,
	round((18 + 30 * exp(0.6 * pg_temp.bell(customer_id, 31) + 0.5 * pg_temp.bell(key, 32)))::numeric, 2) AS amount
FROM (
	SELECT key, customer_id, purchased_at FROM own_purchase
	UNION ALL
	SELECT -key, customer_id, resolved_at + (0.5 + 18 * pg_temp.uniform(key, 34)) * interval '1 day'
	FROM handled_case
	WHERE resolved_at IS NOT NULL AND pg_temp.uniform(key, 33) < wins_back * CASE WHEN feeling > 0 THEN 1 ELSE 0.2 END
) AS bought JOIN customer USING (customer_id), story
WHERE purchased_at >= starts_at AND purchased_at < least(as_of, left_at);
CREATE INDEX ON purchase (customer_id, purchased_at);

-- After a good recovery customers tell friends about the shop; a few refer friends anyway.
CREATE TABLE referral AS
SELECT customer_id, date_trunc('second', referred_at) AS referred_at
FROM (
	SELECT customer_id, resolved_at + 20 * pg_temp.uniform(key, 42) * interval '1 day' AS referred_at
	FROM handled_case
	WHERE pg_temp.uniform(key, 41) < CASE WHEN feeling > 0.6 THEN 0.04 WHEN feeling > 0 THEN 0.02 END
	UNION ALL
	SELECT customer_id, purchased_at + 20 * pg_temp.uniform(key, 42) * interval '1 day'
	FROM own_purchase WHERE pg_temp.uniform(key, 41) < 0.015
) AS told JOIN customer USING (customer_id), story
WHERE referred_at >= starts_at AND referred_at < least(as_of, left_at);

-- --- what they answer --------------------------------------------------------------------

\ir comments.sql

-- After a case very pleased or very angry customers answer more often.  One ordinary
-- order in nine has an answer, too; a good or bad recovery in the last four months still
-- affects it.
CREATE TABLE survey_response AS
WITH answered AS (
	SELECT key, customer_id, case_id, feeling, contacts, hours, compensation, failure_type,
		coalesce(resolved_at, opened_at + interval '10 days')
			+ (0.02 + 2.5 * pg_temp.uniform(key, 51)) * interval '1 day' AS responded_at
	FROM handled_case
	WHERE pg_temp.uniform(key, 50) < 0.40 + 0.06 * abs(feeling)
	UNION ALL
	SELECT key, customer_id, NULL, 0.95 + order_mood + 0.9 * pg_temp.bell(customer_id, 53)
			+ 0.7 * pg_temp.bell(key, 54) + coalesce(0.35 * last.feeling - 0.15, 0),
		NULL, NULL, NULL, NULL, purchased_at + (3 + 7 * pg_temp.uniform(key, 51)) * interval '1 day'
	FROM own_purchase JOIN course USING (month)
		LEFT JOIN LATERAL (
			SELECT feeling FROM handled_case
			WHERE customer_id = own_purchase.customer_id
				AND resolved_at BETWEEN purchased_at - interval '120 days' AND purchased_at
			ORDER BY resolved_at DESC LIMIT 1) AS last ON true
	WHERE pg_temp.uniform(key, 52) < 0.11 AND pg_temp.uniform(key, 10) >= failures
), scored AS (
	SELECT answered.*,
		CASE WHEN feeling > 1 THEN 5 WHEN feeling > 0 THEN 4 WHEN feeling > -0.45 THEN 3
			WHEN feeling > -1.1 THEN 2 ELSE 1 END::smallint AS satisfied
	FROM answered, story
	WHERE responded_at >= starts_at AND responded_at < as_of
), numbered AS (
	SELECT *, row_number() OVER (ORDER BY responded_at, key) AS response_id FROM scored
)
SELECT response_id, customer_id, case_id,
	date_trunc('second', responded_at) AS responded_at,
	CASE WHEN pg_temp.uniform(key, 61) > 0.02 THEN satisfied END AS csat,
	CASE WHEN pg_temp.uniform(key, 62) > 0.06 THEN
		pg_temp.score(7.1 + 1.5 * feeling + 0.9 * pg_temp.bell(key, 71), 0, 10) END AS nps,
	CASE WHEN case_id IS NOT NULL AND pg_temp.uniform(key, 63) > 0.05 THEN
		pg_temp.score(5.3 + 0.45 * feeling - 0.5 * (contacts - 1) + 0.9 * pg_temp.bell(key, 72), 1, 7) END AS ces,
	expected, CASE WHEN expected IS NOT NULL THEN
		pg_temp.score(3.7 + 0.75 * feeling + 0.4 * pg_temp.bell(key, 74), 1, 5) END AS perceived,
	CASE WHEN pg_temp.uniform(key, 65) > 0.04 THEN
		pg_temp.score(4.1 - 0.8 * ln(hours / 20) + 0.5 * pg_temp.bell(key, 75), 1, 5) END AS speed,
	CASE WHEN pg_temp.uniform(key, 66) > 0.04 THEN
		pg_temp.score(4.2 - 0.6 * (contacts - 1) + 0.3 * feeling + 0.5 * pg_temp.bell(key, 76), 1, 5)
		END AS effectiveness,
	CASE WHEN pg_temp.uniform(key, 67) > 0.04 THEN
		pg_temp.score(CASE compensation WHEN 'none' THEN 2.4 ELSE 3.7 END
			+ 0.2 * feeling + 0.7 * pg_temp.bell(key, 77), 1, 5) END AS compensation_value,
	words AS comment
FROM numbered
	CROSS JOIN LATERAL (SELECT CASE WHEN case_id IS NOT NULL AND pg_temp.uniform(key, 64) > 0.05 THEN
		pg_temp.score(3.9 + 0.6 * pg_temp.bell(key, 73), 1, 5) END AS expected) AS hope
	LEFT JOIN comment_text ON pg_temp.uniform(key, 68) < CASE WHEN case_id IS NULL THEN 0.06 ELSE 0.18 END
		AND about = CASE WHEN case_id IS NULL THEN 'order' ELSE 'case' END AND score = satisfied
		AND number = 1 + floor(pg_temp.uniform(key, 69) * CASE WHEN case_id IS NULL THEN 3 ELSE 8 END);

-- --- the tables of a user -------------------------------------------------------------------

CREATE TABLE recovery_case AS
SELECT case_id, customer_id, opened_at, resolved_at, contacts, reopened_at, first_response_at,
	channel, failure_type, compensation, promised_by, (ARRAY['north', 'south', 'west'])[(agent + 3) / 4] AS team,
	'agent ' || agent AS agent
FROM handled_case, LATERAL (SELECT 1 + floor(12 * pg_temp.uniform(key, 80))::int AS agent) AS desk;
ALTER TABLE recovery_case
	ADD PRIMARY KEY (case_id), ADD FOREIGN KEY (customer_id) REFERENCES customer;
CREATE INDEX ON recovery_case (customer_id, opened_at);
ALTER TABLE survey_response
	ADD PRIMARY KEY (response_id), ADD FOREIGN KEY (customer_id) REFERENCES customer,
	ADD FOREIGN KEY (case_id) REFERENCES recovery_case;
ALTER TABLE purchase
	ADD PRIMARY KEY (customer_id, purchased_at), ADD FOREIGN KEY (customer_id) REFERENCES customer;
ALTER TABLE referral
	ADD PRIMARY KEY (customer_id, referred_at), ADD FOREIGN KEY (customer_id) REFERENCES customer;

COMMENT ON TABLE customer IS 'Customers of the shop, one row each.';
COMMENT ON COLUMN customer.left_at IS 'When the account was closed; NULL: still a customer.';
COMMENT ON TABLE purchase IS 'Orders; no customer has two in the same second.';
COMMENT ON COLUMN purchase.amount IS 'Euro.';
COMMENT ON TABLE referral IS 'When a customer brought in a friend.';
COMMENT ON TABLE recovery_case IS 'Complaints: an order that went wrong, and what was done about it.';
COMMENT ON COLUMN recovery_case.resolved_at IS 'When the case was solved for the first time; NULL: still open.';
COMMENT ON COLUMN recovery_case.contacts IS 'How often the customer had to get in touch, so far.';
COMMENT ON COLUMN recovery_case.reopened_at IS 'When the trouble came back; NULL: it did not.';
COMMENT ON COLUMN recovery_case.promised_by IS 'When the customer was told the case would be solved.';
COMMENT ON COLUMN recovery_case.team IS 'Three teams of four agents; they are equally good.';
COMMENT ON COLUMN recovery_case.agent IS 'Who handled it.';
COMMENT ON TABLE survey_response IS 'Answers to the survey after a case or an order; a question left out is NULL.';
COMMENT ON COLUMN survey_response.case_id IS 'The case it is about; NULL: about an ordinary order.';
COMMENT ON COLUMN survey_response.csat IS 'How satisfied are you? 1 (not at all) to 5 (very).';
COMMENT ON COLUMN survey_response.nps IS 'How likely are you to recommend us? 0 to 10.';
COMMENT ON COLUMN survey_response.ces IS 'They made it easy to solve my problem: 1 (disagree) to 7 (agree).';
COMMENT ON COLUMN survey_response.expected IS 'How good a solution did you expect? 1 to 5.';
COMMENT ON COLUMN survey_response.perceived IS 'How good was the solution? 1 to 5.';
COMMENT ON COLUMN survey_response.speed IS 'How content are you with the speed? 1 to 5.';
COMMENT ON COLUMN survey_response.effectiveness IS 'How well was the problem solved? 1 to 5.';
COMMENT ON COLUMN survey_response.compensation_value IS 'How fair was the compensation? 1 to 5.';
COMMENT ON CONSTRAINT customer_pkey ON customer IS 'One row per customer.';
COMMENT ON CONSTRAINT purchase_pkey ON purchase IS 'One order per customer and second.';
COMMENT ON CONSTRAINT referral_pkey ON referral IS 'One referral per customer and second.';
COMMENT ON CONSTRAINT recovery_case_pkey ON recovery_case IS 'One row per case, numbered by the time of opening.';
COMMENT ON CONSTRAINT survey_response_pkey ON survey_response IS 'One row per answered survey, numbered by time.';

\ir events.sql
\ir contact.sql

VACUUM (ANALYZE) customer, purchase, referral, recovery_case, survey_response, case_event, survey_invitation, follow_up;
