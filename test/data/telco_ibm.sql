-- load: classic Telco-Customer-Churn.csv
-- load: status Telco_customer_churn_status.csv
-- load: services Telco_customer_churn_services.csv
-- plan: 132
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
	ok_rate('retention rate of customers at the start', retention_rate(churn = 'No') FILTER (WHERE tenure::int > 1),
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
	ok_is('blank totals have tenure 0', rate_tally((totalcharges = ' ') = (tenure = '0')), '0..1:{0,7043}')
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

-- Refunds and referrals against churn: customers with compensation leave less often.
WITH arm AS (
	SELECT rate_tally(churned) FILTER (WHERE refunded) AS refund,
		rate_tally(churned) FILTER (WHERE NOT refunded) AS none,
		rate_tally(churned) FILTER (WHERE referrals > 0) AS referrer,
		rate_tally(churned) FILTER (WHERE referrals = 0) AS other,
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

-- Tenure: customers that have not left are censored.  Months of a life table have 30 days,
-- in and out, so whole months do not change.  Survival, its errors (S, Greenwood) and means
-- are published; bounds are R's (survival 3.5-3, conf.type = "log-log").
CREATE TEMP TABLE life AS
SELECT coalesce(contract, 'all') AS part, life_table(make_interval(months => tenure::int), churn = 'Yes') AS t
FROM classic GROUP BY GROUPING SETS ((), (contract));
CREATE FUNCTION tap.months(t interval) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
	SELECT extract(epoch FROM t) / (30 * 86400)
$$;
-- The standard error of a survival, from the width of its log-log bounds.
CREATE FUNCTION tap.greenwood(i kpi_interval) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
	SELECT s * -ln(s) * ln(ln((i).lower / 100) / ln((i).upper / 100)) / 2 / 1.959963984540054
	FROM (SELECT (i).estimate / 100 AS s) e
$$;
SELECT ok_is('tenure, counts', ARRAY[subjects(t), events(t), censored(t)], '{7043,1869,5174}'),
	ok_is('tenure, shortest', shortest_time(t), '0'), ok_is('tenure, longest', longest_time(t), '72 months'),
	ok_is('tenure, median never', median_time(t) IS NULL, true),
	ok_is('tenure, 25 %', time_quantile(t, 0.25), '36 months'),
	ok_near('mean of 72 months', months(restricted_mean_time(t, '72 months')), 54.49238711),
	ok_printed('mean of 72 months, standard error',
		months(i.estimate - i.lower) / t_events(t, '72 months'), 0.34775),
	ok_error('mean of 73 months', 'SELECT restricted_mean_time(
			life_table(make_interval(months => tenure::int), churn = ''Yes''), ''73 months'') FROM classic',
		'22023', '^nobody was followed up to the horizon "2190 days"'),
	-- customers lost per customer and month: nothing to do with 26.5 %
	ok_near('monthly churn on exposure', hazard_rate(t, '1 month'), 0.008197727971),
	ok_near('monthly churn on exposure, lower', (hazard_interval(t, '1 month')).lower, 0.007830247216),
	ok_near('monthly churn on exposure, upper', (hazard_interval(t, '1 month')).upper, 0.008578002703)
FROM life, restricted_mean_interval(t, '72 months') AS i WHERE part = 'all';
SELECT ok_near(format('retention at %s months', month), retention_at(t, at), 100 * survival),
	ok_near(format('churn at %s months', month), churn_at(t, at), 100 - 100 * survival),
	ok_printed(format('retention at %s months, standard error', month), greenwood(i), error),
	ok_near(format('retention at %s months, lower', month), (i).lower, w.lower),
	ok_near(format('retention at %s months, upper', month), (i).upper, w.upper)
FROM life, (VALUES (1, 0.9459613197, 0.002696185, 94.04183713, 95.1002121),
	(12, 0.8431995538, 0.004492160, 83.41686858, 85.17833207),
	(24, 0.7887363984, 0.005208964, 77.83129555, 79.87352021),
	(48, 0.7088401843, 0.006320712, 69.62450831, 72.10227332),
	(72, 0.5927901521, 0.009918767, 57.3062891, 61.19362092)) AS w (month, survival, error, lower, upper),
	make_interval(months => month) AS at, retention_interval(t, at) AS i
WHERE part = 'all' ORDER BY month;

-- By contract.
WITH truth (part, n, lost, mean, error, retained_12, retained_48, retained_72, median, lower, upper) AS (VALUES
	('Month-to-month', 3875, 1655, 36.29790, 0.5600052058, 70.30966363, 39.7263779, 12.89519006, 35, 32, 38),
	('One year', 1473, 166, 66.41747, 0.4000605884, 99.08082041, 91.65468042, 56.8145682, NULL, 72, NULL),
	('Two year', 1695, 48, 71.54033, 0.08237492946, 100, 99.5718931, 93.57385806, NULL, NULL, NULL))
SELECT ok_is(part || ', customers and lost ones', ARRAY[subjects(t), events(t)], ARRAY[n, lost]::bigint[]),
	ok_printed(part || ', mean of 72 months', months(restricted_mean_time(t, '72 months')), mean),
	ok_near(part || ', standard error of the mean', months(i.estimate - i.lower) / t_events(t, '72 months'), error),
	ok_near(part || ', retention at 12 months', retention_at(t, '12 months'), retained_12),
	ok_near(part || ', retention at 48 months', retention_at(t, '48 months'), retained_48),
	ok_near(part || ', retention at 72 months', retention_at(t, '72 months'), retained_72),
	ok_is(part || ', median', concat_ws(' ', (m).estimate, (m).lower, (m).upper),
		concat_ws(' ', make_interval(days => 30 * median),
		make_interval(days => 30 * w.lower), make_interval(days => 30 * w.upper)))
FROM truth w LEFT JOIN life USING (part)
CROSS JOIN LATERAL restricted_mean_interval(t, '72 months') AS i CROSS JOIN LATERAL median_time_interval(t) AS m
ORDER BY part;
-- Pairs of contracts; the published 2352.873 is of all three at once.
SELECT ok_near(format('%s and %s, log-rank', a.part, b.part), (d).statistic, chi_square),
	ok_is(format('%s and %s, log-rank, p', a.part, b.part),
		(d).p_value = p OR abs((d).p_value / nullif(p, 0) - 1) < 1e-8, true)
FROM (VALUES ('Month-to-month', 'One year', 926.0645586, 2.117326694e-203),
	('Month-to-month', 'Two year', 1550.510307, 0),
	('One year', 'Two year', 256.2177668, 1.145448332e-57)) AS w (current, baseline, chi_square, p)
LEFT JOIN life a ON a.part = current LEFT JOIN life b ON b.part = baseline
CROSS JOIN LATERAL logrank_test(a.t, b.t) AS d ORDER BY a.part, b.part;
SELECT ok_is('sum of the contracts', (SELECT sum(l.t) FROM life l WHERE part <> 'all'), t) FROM life WHERE part = 'all';

-- Tallies of parts, added up, are the tally of the whole: bit for bit.
SELECT ok_is('CSAT of tallies by contract', (SELECT csat(sum(t)) FROM (
		SELECT csat_tally(score) AS t FROM customer GROUP BY contract) s), csat(score)),
	ok_is('mean of tallies by referrals', (SELECT mean(sum(t)) FROM (
		SELECT csat_tally(score) AS t FROM customer GROUP BY referrals) s), mean(csat_tally(score))),
	ok_is('churn of tallies by score', (SELECT churn_rate(sum(t)) FROM (
		SELECT rate_tally(churned) AS t FROM customer GROUP BY score) s), churn_rate(churned))
FROM customer;

-- Do customers with tech support stay?  Of those with internet, with and without it: by R from the file, crude and
-- within contracts (Mantel & Haenszel, Sato).  There less than half of the difference is left; it is not reversed.
CREATE TEMP TABLE support AS
SELECT contract, rate_tally(churn = 'Yes') FILTER (WHERE techsupport = 'Yes') AS supported,
	rate_tally(churn = 'Yes') FILTER (WHERE techsupport = 'No') AS unsupported
FROM classic GROUP BY contract;
SELECT ok_is('customers with and without tech support', ARRAY[sum(supported), sum(unsupported)],
		'{"0..1:{1734,310}","0..1:{2027,1446}"}'),
	ok_near('churn, crude difference', rate(sum(supported)) - rate(sum(unsupported)),
		15.1663405088 - 41.6354736539, 1e-9),
	ok_near('churn within contracts', (a).difference, -11.3435358387, 1e-9),
	ok_near('churn within contracts, lower', (a).lower, -13.9199152916, 1e-9),
	ok_near('churn within contracts, upper', (a).upper, -8.76715638584, 1e-9),
	ok_near('churn within contracts, z', (a).statistic, -8.62952143025, 1e-9),
	ok_near('churn within contracts, p', (a).p_value, 6.16092080004e-18, 1e-8), ok_is('not reversed', r, false)
FROM support, (SELECT adjusted_test(supported, unsupported, 'rate') AS a,
	change_reversed(supported, unsupported, 'rate') AS r FROM support) s GROUP BY a, r;
-- the weighted mean of the three differences in plain SQL
SELECT ok_near('churn within contracts, in plain SQL', (adjusted_test(supported, unsupported, 'rate')).difference,
	(SELECT 100 * sum(n1 * n0 / (n1 + n0) * (x1 / n1 - x0 / n0)) / sum(n1 * n0 / (n1 + n0))
		FROM (SELECT count(*) FILTER (WHERE techsupport = 'Yes')::float8 AS n1,
			count(*) FILTER (WHERE techsupport = 'No')::float8 AS n0,
			count(*) FILTER (WHERE techsupport = 'Yes' AND churn = 'Yes')::float8 AS x1,
			count(*) FILTER (WHERE techsupport = 'No' AND churn = 'Yes')::float8 AS x0
		FROM classic GROUP BY contract) c))
FROM support;
