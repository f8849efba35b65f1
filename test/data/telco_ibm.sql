-- load: classic Telco-Customer-Churn.csv
-- load: status Telco_customer_churn_status.csv
-- load: services Telco_customer_churn_services.csv
-- plan: 59
--
-- Customers of an invented telephone company (so no behaviour to learn from, but known
-- figures): churn, satisfaction, referrals, and refunds as compensation.

CREATE VIEW customer AS
SELECT customer_id, contract, satisfaction_score::int AS score, churn_value = '1' AS churned,
	customer_status, number_of_referrals::int AS referrals, referred_a_friend = 'Yes' AS referred,
	total_refunds::numeric > 0 AS refunded
FROM status FULL JOIN services USING (customer_id);

-- The classic file.
SELECT ok_is('rows', count(*), 7043), ok_is('customers', count(DISTINCT customerid), 7043),
	ok_rate('churn rate', churn_rate(churn = 'Yes'), rate_tally(churn = 'Yes'), 26.53698708, 1869, 7043),
	ok_rate('retention rate', retention_rate(churn = 'No'), rate_tally(churn = 'No'), 73.46301292, 5174, 7043),
	ok_near('churn rate of the tally', churn_rate(rate_tally(churn = 'Yes')), 26.53698708),
	ok_near('retention rate of the tally', retention_rate(rate_tally(churn = 'No')), 73.46301292),
	-- (end - new) / start: customers of one month or less were not there at the start
	ok_rate('retention rate of those there at the start', retention_rate(churn = 'No') FILTER (WHERE tenure::int > 1),
		rate_tally(churn = 'No') FILTER (WHERE tenure::int > 1), 76.80324038, 5174 - 244, 6419)
FROM classic;
SELECT ok_near('churn interval, estimate', (w).estimate, 26.53698708),
	ok_is('churn interval, customers', (w).responses, 7043),
	ok_printed('churn Wilson, lower', (w).lower / 100, 0.25518811),
	ok_printed('churn Wilson, upper', (w).upper / 100, 0.27580744)
FROM (SELECT rate_interval(rate_tally(churn = 'Yes')) AS w FROM classic) s;

WITH by_contract AS (
	SELECT contract, churn_rate(churn = 'Yes') AS churn, rate_tally(churn = 'Yes') AS t FROM classic GROUP BY contract
)
SELECT ok_rate('churn, contract ' || contract, c.churn, t, w.churn, yes, n)
FROM (VALUES ('Month-to-month', 42.70967742, 1655, 3875), ('One year', 11.26951799, 166, 1473),
	('Two year', 2.831858407, 48, 1695)) AS w (contract, churn, yes, n)
FULL JOIN by_contract c USING (contract) ORDER BY contract;

-- 11 customers of tenure 0 have a single blank for their total: text, not NULL.
SELECT ok_error('total charges with a blank', 'SELECT rate(totalcharges::numeric > 0) FROM classic', '22P02'),
	ok_rate('blank totals', rate(totalcharges = ' '), rate_tally(totalcharges = ' '), 100 * 11 / 7043.0, 11, 7043),
	ok_is('blank totals are those of tenure 0', rate_tally((totalcharges = ' ') = (tenure = '0')), '0..1:{0,7043}')
FROM classic;

-- Satisfaction.
SELECT ok_is('customers of both files', count(*), 7043),
	ok_is('satisfaction counts', counts(csat_tally(score)), '{922,518,2665,1789,1149}'),
	ok_near('CSAT', csat(score), 41.71517819),
	ok_near('CSAT of the tally', csat(csat_tally(score)), 41.71517819),
	ok_near('CSAT with all its arguments', csat(score, 1, 5, 4), 41.71517819),
	ok_near('CSAT of the tally from 4', csat(tally(score, 1, 5), 4), 41.71517819),
	ok_near('CSAT interval, estimate', (csat_interval(csat_tally(score))).estimate, 41.71517819),
	ok_rate('CSAT as a rate', rate(score >= 4), rate_tally(score >= 4), 41.71517819, 2938, 7043),
	ok_near('3 counted as satisfied', csat(csat_tally(score), 3), 100 * (2665 + 1789 + 1149) / 7043.0),
	ok_near('mean satisfaction', mean(csat_tally(score)), 3.244924038),
	ok_rate('churn rate of the extended files', churn_rate(churned), rate_tally(churned), 26.53698708, 1869, 7043),
	ok_is('customer status', ARRAY[(counts(rate_tally(customer_status = 'Churned')))[2],
		(counts(rate_tally(customer_status = 'Stayed')))[2],
		(counts(rate_tally(customer_status = 'Joined')))[2]], '{1869,4720,454}')
FROM customer;

-- Only the middle score has customers of both kinds; its truth has four decimals.
WITH by_score AS (SELECT score, churn_rate(churned) AS churn, rate_tally(churned) AS t FROM customer GROUP BY score)
SELECT ok_printed('churn at score ' || score, s.churn, w.churn),
	ok_is(format('churn at score %s, customers', score), responses(t), n)
FROM (VALUES (1, 100.0000, 922), (2, 100.0000, 518), (3, 16.0976, 2665),
	(4, 0.0000, 1789), (5, 0.0000, 1149)) AS w (score, churn, n)
FULL JOIN by_score s USING (score) ORDER BY score;

-- Referrals: as numbers and as yes/no.
SELECT ok_rate('referral rate of numbers', referral_rate(referrals), rate_tally(referred), 45.74755076, 3222, 7043),
	ok_rate('referral rate of yes/no', referral_rate(referred), rate_tally(referrals > 0), 45.74755076, 3222, 7043),
	ok_near('referral rate of the tally', referral_rate(rate_tally(referred)), 45.74755076),
	ok_is('both agree', rate_tally(referred = (referrals > 0)), '0..1:{0,7043}'),
	ok_near('referrals per customer', mean(tally(referrals, 0, 11)), 1.951867102),
	ok_near('referrals per referrer', mean(tally(referrals, 0, 11) FILTER (WHERE referred)), 4.266604593),
	ok_error('11 referrals on a scale to 10', 'SELECT tally(referrals, 0, 10) FROM customer', '22003', '^score 11 '),
	ok_error('referrals taken for a score', 'SELECT csat(referrals) FROM customer', '22003', '1\.\.5')
FROM customer;

-- Refunds and referrals against churn: who was compensated leaves less often.
WITH arm AS (
	SELECT rate_tally(churned) FILTER (WHERE refunded) AS refund, rate_tally(churned) FILTER (WHERE NOT refunded) AS none,
		rate_tally(churned) FILTER (WHERE referrals > 0) AS referrer, rate_tally(churned) FILTER (WHERE referrals = 0) AS other,
		rate(refunded) AS share, rate_tally(refunded) AS share_t
	FROM customer
)
SELECT ok_rate('customers with a refund', share, share_t, 7.454209854, 525, 7043),
	ok_rate('churn with a refund', churn_rate(refund), refund, 20.38095238, 107, 525),
	ok_rate('churn without a refund', churn_rate(none), none, 27.03283216, 1762, 6518),
	ok_rate('churn with referrals', churn_rate(referrer), referrer, 19.36685289, 624, 3222),
	ok_rate('churn without referrals', churn_rate(other), other, 32.58309343, 1245, 3821),
	ok_near('refund against none', (d).difference, 20.38095238 - 27.03283216),
	-- N-1 chi-square of the published counts, signed
	ok_near('refund against none, statistic', (d).statistic,
		-sqrt((7043 - 1) * (107.0 * (6518 - 1762) - 1762.0 * (525 - 107)) ^ 2 / (525.0 * 6518 * 1869 * 5174))),
	ok_is('refund against none, bounds below 0', (d).upper < 0 AND (d).lower < (d).difference, true),
	ok_near('referrals against none', (rate_test(referrer, other)).difference, 19.36685289 - 32.58309343)
FROM arm CROSS JOIN LATERAL rate_test(refund, none) AS d;

-- Tallies of parts, added up, are the tally of the whole: bit for bit.
SELECT ok_is('CSAT of tallies by contract', (SELECT csat(sum(t)) FROM (
		SELECT csat_tally(score) AS t FROM customer GROUP BY contract) s), csat(score)),
	ok_is('mean of tallies by referrals', (SELECT mean(sum(t)) FROM (
		SELECT csat_tally(score) AS t FROM customer GROUP BY referrals) s), mean(csat_tally(score))),
	ok_is('churn of tallies by score', (SELECT churn_rate(sum(t)) FROM (
		SELECT rate_tally(churned) AS t FROM customer GROUP BY score) s), churn_rate(churned))
FROM customer;
