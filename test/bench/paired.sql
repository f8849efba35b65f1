-- paired.sql: pairs and weights in one PostgreSQL process.  The form is described
-- in compare.

--= Pairs
--: ours: paired_tally(before, after, 0, 10)
SELECT paired_tally(before, after, 0, 10) FROM customers;
--: rival: count(before), count(after) [bar 1.15, other answers]
SELECT count(before), count(after) FROM customers;
--: rival: a FILTER per class before and after [other answers]
SELECT count(*) FILTER (WHERE before >= 9 AND after >= 9), count(*) FILTER (WHERE before >= 9 AND after <= 8),
	count(*) FILTER (WHERE before <= 8 AND after >= 9), count(*) FILTER (WHERE before <= 8 AND after <= 8)
FROM customers;

--= Pairs, tested
--: ours: csat_test of paired_tally
SELECT csat_test(paired_tally(before, after, 0, 10)) FROM customers;
--: rival: count(before), count(after) [other answers]
SELECT count(before), count(after) FROM customers;

--= Pairs of double precision
--: ours: paired_tally(before::float8, after::float8, 0, 10)
SELECT paired_tally(before::float8, after::float8, 0, 10) FROM customers;
--: rival: count(before::float8), count(after::float8) [other answers]
SELECT count(before::float8), count(after::float8) FROM customers;

--= Weights
--: ours: weighted_tally(after, 0, 10, weight)
SELECT responses(weighted_tally(after, 0, 10, weight)) FROM customers;
--: rival: sum(weight) [bar 1.30, other answers]
SELECT sum(weight) FROM customers;
--: rival: sum(weight), count(after) [other answers]
SELECT sum(weight), count(after) FROM customers;
--: check
SELECT count(after) FROM customers;

--= Weighted NPS
--: ours: nps(weighted_tally(after, 0, 10, weight))
SELECT nps(weighted_tally(after, 0, 10, weight)) FROM customers;
--: rival: sums with FILTER
SELECT 100.0 * (sum(weight) FILTER (WHERE after >= 9) - sum(weight) FILTER (WHERE after <= 6))
	/ sum(weight) FILTER (WHERE after IS NOT NULL)
FROM customers;
