-- load: sep_2013 complaints_2013_sep_1k.csv
-- load: nov_2014 complaints_2014_nov_snapshot.csv
-- plan: 62
--
-- Complaints with the consumer's verdict on the company's answer, "disputed" Yes or No:
-- the nearest public thing to satisfaction with a recovery.  The snapshot of 2014 was
-- taken while most verdicts were still open (blank), so that only Yes occurs there.

-- disputed of both files; NULL = no verdict yet
CREATE VIEW complaint AS
SELECT 2013 AS year, product, company_response_to_consumer AS response, timely_response = 'Yes' AS timely,
	consumer_disputed = 'No' AS satisfied FROM sep_2013
UNION ALL SELECT 2014, product, company_response, timely_response = 'Yes', consumer_disputed = 'No' FROM nov_2014;

SELECT ok_is('rows ' || year, count(*), rows)
FROM (VALUES (2013, 1000), (2014, 8340)) AS w (year, rows) FULL JOIN complaint USING (year)
GROUP BY year, rows ORDER BY year;

-- Customer Recovery Satisfaction: every way to write "answered rows only" gives the same.
SELECT ok_rate('CRS 2013', crs(satisfied), rate_tally(satisfied), 78.9, 789, 1000),
	ok_near('CRS 2013 of answered rows', crs(satisfied, satisfied IS NOT NULL), 78.9),
	ok_near('CRS 2013 of the tally', crs(rate_tally(satisfied)), 78.9),
	ok_near('CRS 2013 of scores', crs(CASE WHEN satisfied THEN 5 ELSE 1 END), 78.9),
	ok_near('CRS 2013 of scores of answered rows',
		crs(CASE WHEN satisfied THEN 5 ELSE 1 END, satisfied IS NOT NULL), 78.9),
	ok_rate('disputed share 2013', rate(NOT satisfied), rate_tally(NOT satisfied), 21.1, 211, 1000),
	ok_rate('response rate 2013', rate(satisfied IS NOT NULL), rate_tally(satisfied IS NOT NULL), 100, 1000, 1000)
FROM complaint WHERE year = 2013;

SELECT ok_near('CRS interval 2013, estimate', (w).estimate, 78.9),
	ok_is('CRS interval 2013, answers', (w).responses, 1000),
	ok_printed('CRS Wilson 2013, lower', (w).lower / 100, 0.76262951),
	ok_printed('CRS Wilson 2013, upper', (w).upper / 100, 0.81315863)
FROM (SELECT rate_interval(rate_tally(satisfied)) AS w FROM complaint WHERE year = 2013) s;

-- By what the company did.
WITH by_response AS (
	SELECT response, crs(satisfied, satisfied IS NOT NULL) AS crs, rate_tally(satisfied) AS t
	FROM complaint WHERE year = 2013 GROUP BY response
)
SELECT ok_rate('CRS 2013, ' || response, r.crs, t, w.crs, yes, n)
FROM (VALUES ('Closed', 73.68421053, 14, 19),
	('Closed with explanation', 75.99451303, 554, 729),
	('Closed with monetary relief', 89.36170213, 84, 94),
	('Closed with non-monetary relief', 86.62420382, 136, 157),
	('Untimely response', 100, 1, 1)) AS w (response, crs, yes, n)
FULL JOIN by_response r USING (response) ORDER BY response;

-- Does relief help?  The truth prints Pearson's chi-square, the test is its N-1 form.
WITH arm AS (
	SELECT rate_tally(satisfied) FILTER (WHERE response LIKE '%monetary relief') AS relief,
		rate_tally(satisfied) FILTER (WHERE response NOT LIKE '%monetary relief') AS none
	FROM complaint WHERE year = 2013
)
SELECT ok_rate('CRS with relief', crs(relief), relief, 87.64940239, 220, 251),
	ok_rate('CRS without relief', crs(none), none, 75.96795728, 569, 749),
	ok_printed('relief against none', (d).difference, 11.681445),
	ok_printed('relief against none, chi-square', (d).statistic ^ 2 * 1000 / (1000 - 1), 15.409524),
	ok_is('relief against none, sign', sign((d).statistic), 1.0),
	-- p of a chi-square of 15.39: 0.0000873
	ok_is('relief against none, p', (d).p_value BETWEEN 0.00008 AND 0.00009, true),
	ok_is('relief against none, bounds', 0 < (d).lower AND (d).lower < 11.68 AND 11.69 < (d).upper, true),
	ok_printed('odds ratio from the counts',
		(counts(relief))[2] * (counts(none))[1] / ((counts(relief))[1] * (counts(none))[2])::float8, 2.2450252),
	ok_near('none against relief', (rate_test(none, relief)).statistic, -(d).statistic, 1e-12)
FROM arm CROSS JOIN LATERAL rate_test(relief, none) AS d;

-- The same as recovered against not, with mean and effect size of yes and no.
SELECT ok_printed('relief, top difference', p.top_difference, 11.681445),
	ok_near('relief, mean difference', p.mean_difference, 220 / 251.0 - 569 / 749.0, 1e-12),
	ok_is('relief, shown', p.paradox, true),
	ok_is('relief, bounds of the mean', 0 < p.lower AND p.upper < 0.2, true),
	ok_near('relief, Hedges'' g', p.hedges_g,
		p.mean_difference / sqrt((251 * (220 / 251.0) * (31 / 251.0) + 749 * (569 / 749.0) * (180 / 749.0)) / 998)
		* (1 - 3 / (4 * 998 - 1.0)), 1e-6)
FROM recovery_paradox('0..1:{31,220}', '0..1:{180,569}') p;

-- The snapshot: a blank is not a verdict.  Without the blanks every answer is
-- dissatisfied; the truth reads blanks as "not disputed yet" among closed cases.
SELECT ok_rate('CRS 2014 of answered cases', crs(satisfied), rate_tally(satisfied), 0, 0, 1047),
	ok_rate('disputed so far among closed', rate(satisfied IS NOT NULL) FILTER (WHERE response <> 'In progress'),
		rate_tally(satisfied IS NOT NULL) FILTER (WHERE response <> 'In progress'), 15.90943626, 1047, 6581),
	ok_rate('resolution rate 2014', resolution_rate(response <> 'In progress'),
		rate_tally(response <> 'In progress'), 78.9088729, 6581, 8340),
	ok_near('resolution rate 2014 of the tally', resolution_rate(rate_tally(response <> 'In progress')), 78.9088729)
FROM complaint WHERE year = 2014;

WITH yearly AS (
	SELECT year, rate(timely) AS timely, rate_tally(timely) AS t, rate_tally(response = 'Untimely response') AS late
	FROM complaint GROUP BY year
)
SELECT ok_rate('timely share ' || year, y.timely, t, w.timely, yes, n),
	ok_is('untimely responses ' || year, (counts(y.late))[2], w.late)
FROM (VALUES (2013, 98.4, 984, 1000, 1), (2014, 98.06954436, 8179, 8340, 97)) AS w (year, timely, yes, n, late)
FULL JOIN yearly y USING (year) ORDER BY year;

-- Tallies of parts, added up, are the tally of the whole: bit for bit.
SELECT ok_is('CRS of tallies by product', (SELECT crs(sum(t)) FROM (
		SELECT rate_tally(satisfied) AS t FROM complaint GROUP BY year, product) s), crs(satisfied)),
	ok_is('timely share of tallies by response', (SELECT rate(sum(t)) FROM (
		SELECT rate_tally(timely) AS t FROM complaint GROUP BY response) s), rate(timely)),
	ok_is('the whole less one year is the other',
		(SELECT rate_tally(satisfied) - rate_tally(satisfied) FILTER (WHERE year = 2014)
		FROM complaint), '0..1:{211,789}')
FROM complaint;

-- Few answers: 202 companies with 1 to 99 complaints each differ no more than by chance, so every company
-- has the share of all; issues and states do differ.  R: moments, qbeta, pbeta.
CREATE TEMP TABLE part AS
SELECT kind, name, rate_tally(consumer_disputed = 'No') AS t
FROM sep_2013, LATERAL (VALUES ('company', company), ('issue', issue), ('state', state)) v (kind, name)
GROUP BY kind, name;
CREATE TEMP TABLE prior AS SELECT kind, rate_prior(t) AS p FROM part GROUP BY kind;
SELECT ok_is('companies', (p).segments, 202),
	ok_is('no more than chance', (p).alpha IS NULL AND (p).beta IS NULL, true),
	ok_is('their complaints', (p).responses, 1000),
	ok_is('of a company that never satisfied', shrunken_interval('0..1:{1,0}', p),
		(78.9, (rate_interval('0..1:{211,789}')).lower, (rate_interval('0..1:{211,789}')).upper, 1)::kpi_interval)
FROM prior WHERE kind = 'company';
SELECT ok_is(w.kind || 's', (p).segments, w.k),
	ok_near('rho of ' || w.kind || 's', 1 / (1 + (p).alpha + (p).beta), rho),
	ok_near('alpha of ' || w.kind || 's', (p).alpha, alpha)
FROM prior JOIN (VALUES ('issue', 56, 0.0288996598493, 26.5123593971), ('state', 51, 0.0130585693674, 59.6310948664))
	w (kind, k, rho, alpha) USING (kind) ORDER BY 1;
SELECT ok_near(name, estimate, share), ok_near(name || ', lower', lower, low), ok_near(name || ', above 80 %',
	probability_above(t, p, 80), above)
FROM part JOIN prior USING (kind) JOIN (VALUES
	('Loan modification,collection,foreclosure', 75.0284553837, 69.0097587067, 0.0415437178241),
	('Wrong amount charged or received', 79.5097828228, 64.7946657961, 0.504816488787),
	('WY', 77.8696788769, 67.988134903, 0.341970966318)) w (name, share, low, above) USING (name),
	shrunken_interval(t, p) ORDER BY name;
