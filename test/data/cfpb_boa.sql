-- load: complaint complaints.csv.gz
-- plan: 63
--
-- Complaints about one bank over six years.  Cases in progress have a blank timely
-- response: it becomes NULL, which must leave the row out and not count as No.

-- relief of closed cases, NULL for open cases
CREATE VIEW closed AS
SELECT product, submitted_via, state, date_submitted::date AS submitted, date_received::date AS received,
	date_submitted::timestamp AT TIME ZONE 'UTC' AS submitted_at,
	company_response_to_consumer AS response,
	company_response_to_consumer <> 'In progress' AS resolved,
	CASE WHEN company_response_to_consumer <> 'In progress'
		THEN company_response_to_consumer LIKE '%monetary relief' END AS relief,
	CASE WHEN company_response_to_consumer <> 'In progress'
		THEN company_response_to_consumer = 'Closed with monetary relief' END AS monetary,
	timely_response = 'Yes' AS timely
FROM complaint;

SELECT ok_is('rows', count(*), 62516), ok_is('complaints', count(DISTINCT complaint_id), 62516) FROM complaint;

SELECT ok_rate('resolution rate', resolution_rate(resolved), rate_tally(resolved), 97.61021179, 61022, 62516),
	ok_rate('relief rate among closed', rate(relief), rate_tally(relief), 32.72590213, 19970, 61022),
	ok_rate('monetary relief rate among closed', rate(monetary), rate_tally(monetary), 24.08475632, 14697, 61022),
	ok_near('monetary relief rate, open cases left out by FILTER',
		rate(response = 'Closed with monetary relief') FILTER (WHERE resolved), 24.08475632),
	ok_rate('timely share, blanks left out', rate(timely), rate_tally(timely), 96.06207597, 58619, 61022),
	ok_rate('the wrong timely share takes a No for each blank',
		rate(coalesce(timely, false)), rate_tally(coalesce(timely, false)), 93.7663958, 58619, 62516),
	ok_rate('sent on the same day', rate(received = submitted), rate_tally(received = submitted),
		79.39407512, 49634, 62516)
FROM closed;

WITH by_response AS (SELECT response, responses(rate_tally(resolved)) AS n FROM closed GROUP BY response)
SELECT ok_is('cases ' || response, r.n, w.n)
FROM (VALUES ('Closed with explanation', 41044), ('Closed with monetary relief', 14697),
	('Closed with non-monetary relief', 5273), ('In progress', 1494), ('Closed', 8)) AS w (response, n)
FULL JOIN by_response r USING (response) ORDER BY response;

-- Against a target the bounds are Wilson's minus the target, the statistic is
-- (p - target) / sqrt(target (100 - target) / n), in percent.
WITH one AS (SELECT rate_tally(timely) AS t FROM closed)
SELECT ok_near('timely interval, estimate', (w).estimate, 96.06207597),
	ok_is('timely interval, answers', (w).responses, 61022),
	ok_printed('timely Wilson, lower', (w).lower / 100, 0.95904837),
	ok_printed('timely Wilson, upper', (w).upper / 100, 0.96213516),
	ok_near('timely against 95 %', (d).difference, 96.06207597 - 95),
	ok_printed('timely against 95 %, lower', ((d).lower + 95) / 100, 0.95904837),
	ok_printed('timely against 95 %, upper', ((d).upper + 95) / 100, 0.96213516),
	ok_near('timely against 95 %, statistic', (d).statistic, (96.06207597 - 95) / sqrt(95 * 5 / 61022.0)),
	ok_near('timely against 97 %', (target_test(t, 97)).difference, 96.06207597 - 97)
FROM one CROSS JOIN LATERAL rate_interval(t) AS w CROSS JOIN LATERAL target_test(t, 95) AS d;

-- Monetary relief by product; the truth has closed cases only.
WITH by_product AS (SELECT product, rate(monetary) AS rate, rate_tally(monetary) AS t FROM closed GROUP BY product)
SELECT ok_rate('monetary relief, ' || product, p.rate, t, w.rate, yes, n)
FROM (VALUES ('Checking or savings account', 33.30152672, 8027, 24104),
	('Credit card or prepaid card', 30.39594552, 4798, 15785),
	('Credit reporting, credit repair services, or other personal consumer reports', 3.630319149, 273, 7520),
	('Mortgage', 11.4416476, 750, 6555),
	('Money transfer, virtual currency, or money service', 18.73522459, 634, 3384),
	('Debt collection', 4.131001116, 111, 2687),
	('Vehicle loan or lease', 9.886547812, 61, 617),
	('Payday loan, title loan, or personal loan', 12.68882175, 42, 331),
	('Student loan', 2.564102564, 1, 39)) AS w (product, rate, yes, n)
FULL JOIN by_product p USING (product) ORDER BY product;

-- By year of submission, in one pass: cases, monetary relief, timely share.
CREATE TEMP TABLE yearly AS
SELECT period_start('year', submitted_at, 'UTC') AS year, rate_tally(resolved) AS resolved,
	rate(monetary) AS relief, rate_tally(monetary) AS relief_t, rate(timely) AS timely, rate_tally(timely) AS timely_t
FROM closed GROUP BY 1;
SELECT ok_is('cases ' || w.year, responses(resolved), cases),
	ok_rate('monetary relief ' || w.year, y.relief, relief_t, w.relief, relief_yes, relief_n),
	ok_rate('timely share ' || w.year, y.timely, timely_t, w.timely, timely_yes, timely_n)
FROM (VALUES (2017, 5394, 22.50648869, 1214, 5394, 99.83314794, 5385, 5394),
	(2018, 7872, 25.30487805, 1992, 7872, 99.84756098, 7860, 7872),
	(2019, 7075, 24.50883392, 1734, 7075, 99.90106007, 7068, 7075),
	(2020, 8942, 25.32990382, 2265, 8942, 99.30664281, 8880, 8942),
	(2021, 11149, 25.23096242, 2813, 11149, 89.0214369, 9925, 11149),
	(2022, 12953, 23.51578785, 3046, 12953, 95.62263568, 12386, 12953),
	(2023, 9131, 21.38274191, 1633, 7637, 93.16485531, 7115, 7637))
	AS w (year, cases, relief, relief_yes, relief_n, timely, timely_yes, timely_n)
FULL JOIN yearly y ON y.year = make_date(w.year, 1, 1) ORDER BY w.year;
SELECT ok_near('timely share 2022 against 2021', (rate_test(c.timely_t, b.timely_t)).difference,
		95.62263568 - 89.0214369)
FROM yearly c, yearly b WHERE c.year = '2022-01-01' AND b.year = '2021-01-01';

-- Tallies of parts, added up, are the tally of the whole: bit for bit.
SELECT ok_is('timely share of tallies by month', (SELECT rate(sum(t)) FROM (
		SELECT rate_tally(timely) AS t FROM closed GROUP BY period_start('month', submitted_at, 'UTC')) s),
	rate(timely)),
	ok_is('resolution rate of tallies by state', (SELECT resolution_rate(sum(t)) FROM (
		SELECT rate_tally(resolved) AS t FROM closed GROUP BY state, submitted_via) s), resolution_rate(resolved))
FROM closed;
-- a year's tally from its quarters, kept in a table
CREATE TEMP TABLE quarterly AS
SELECT period_start('quarter', submitted_at, 'UTC') AS quarter, rate_tally(timely) AS t FROM closed GROUP BY 1;
SELECT ok_is('timely tallies of quarters make the year ' || extract(year FROM year), sum(t), timely_t)
FROM yearly LEFT JOIN quarterly ON date_trunc('year', quarter) = year GROUP BY year, timely_t ORDER BY year;
