-- lines: master CDNOW_master.txt
-- lines: sample CDNOW_sample.txt
-- load: summary cdnow_customers_summary.csv
-- load: spending cdnow_customers_summary_with_transactions.csv
-- plan: 86
--
-- CDNOW: customers with their first purchase of CDs in the first quarter of 1997, and all
-- their purchases until June 1998; the sample is every tenth customer.  Parameters and
-- likelihoods of Fader, Hardie & Lee (2005) and Fader & Hardie (2013), more digits from
-- R, expected purchases with scipy's hyp2f1.  Some orders cost nothing: the papers count
-- them, so they are a cent here, as a day of 0 is no purchase.

CREATE TEMP TABLE purchase AS
SELECT part, customer, to_date(day, 'YYYYMMDD') AT TIME ZONE 'UTC' AS at, dollars::float8 AS dollars,
	greatest(dollars::float8, 0.01) AS paid
FROM (
	SELECT 'master' AS part, w[1] AS customer, w[2] AS day, w[4] AS dollars
	FROM master, regexp_split_to_array(btrim(line), '\s+') w WHERE line ~ '\d'
	UNION ALL SELECT 'sample', w[2], w[3], w[5] FROM sample, regexp_split_to_array(btrim(line), '\s+') w
	WHERE line ~ '\d'
) p;
CREATE TEMP TABLE history AS
SELECT part, customer, purchase_history(at, paid, '1998-06-30') AS whole, purchase_history(at, paid, '1997-09-30') AS h
FROM purchase GROUP BY part, customer;
CREATE TEMP TABLE model AS SELECT part, clv_model(h) AS m FROM history GROUP BY part;

-- the files
SELECT ok_is(part || ': purchases', count(*), n), ok_is(part || ': customers', count(DISTINCT customer), customers),
	ok_is(part || ': for nothing', count(*) FILTER (WHERE dollars = 0), free),
	ok_printed(part || ': dollars', sum(dollars), total)
FROM purchase
JOIN (VALUES ('master', 69659, 23570, 80, 2500315.63), ('sample', 6919, 2357, 8, 244091.94))
	t (part, n, customers, free, total) USING (part)
GROUP BY part, n, customers, free, total;

-- histories: customers that came again, on another day
SELECT ok_is(part || ': customers', count(*), customers),
	ok_is(part || ': came again', count(*) FILTER (WHERE frequency(whole) > 0), again),
	ok_near(part || ': repeat rate', repeat_rate(frequency(whole)), rate)
FROM history JOIN (VALUES ('master', 23570, 11516, 48.85871871), ('sample', 2357, 1139, 48.32414086))
	t (part, customers, again, rate) USING (part)
GROUP BY part, customers, again, rate;
-- by the end of September: the published summary, in weeks of two decimals
SELECT ok_is('repeats', sum(frequency(h)), 2457), ok_is('came once', count(*) FILTER (WHERE frequency(h) = 0), 1411)
FROM history WHERE part = 'sample';
SELECT ok_is('histories as published', count(*), 2357) FROM history
JOIN spending s ON part = 'sample' AND id::int = customer::int
	AND frequency(h) = x::int AND abs(recency(h) - t_x::float8) < 0.0051 AND abs(age(h) - t::float8) < 0.0051
	AND abs(coalesce(monetary(h), 0) - zbar::float8) < 0.0051;

-- fitted to the published summaries
CREATE TEMP TABLE fitted AS
SELECT * FROM (SELECT clv_model(purchase_history(frequency::int, recency::float8, t::float8, NULL)) AS m
	FROM summary) s, clv_parameters(m);
SELECT ok_near('r', r, 0.2425929, 1e-6), ok_near('alpha', alpha, 4.4135314, 1e-6), ok_near('a', a, 0.7928861, 1e-6),
	ok_near('b', b, 2.4257530, 1e-6),
	ok_printed('log-likelihood', log_likelihood, -9582.42556), ok_is('customers', customers, 2357),
	ok_is('no amounts, no gamma-gamma', p IS NULL AND spend_log_likelihood IS NULL, true),
	ok_printed('r of the paper', r, 0.243), ok_printed('alpha of the paper', alpha, 4.414),
	ok_printed('a of the paper', a, 0.793), ok_printed('b of the paper', b, 2.426),
	ok_printed('1.226 in the next 39 weeks', expected_purchases(m, '(2,30.43,38.86,0)', 39), 1.226),
	ok_near('more digits', expected_purchases(m, '(2,30.43,38.86,0)', 39), 1.2259104, 1e-7),
	ok_near('alive', probability_alive(m, '(2,30.43,38.86,0)'), 0.7266091, 1e-7)
FROM fitted;
SELECT ok_printed('of a new customer, in ' || t || ' weeks', expected_purchases(m, '(0,0,0,0)', t), e)
FROM fitted, (VALUES (4, 0.1957662), (13, 0.5336399), (39, 1.1950163), (52, 1.4440208)) v (t, e);
SELECT ok_near('expected of all', sum(expected_purchases(m, h, 39)), 1653.42323, 1e-7),
	ok_printed('mean probability to be alive', avg(probability_alive(m, h)), 0.8134393)
FROM fitted, (SELECT purchase_history(frequency::int, recency::float8, t::float8, NULL) AS h FROM summary) s;
WITH g AS (SELECT *
	FROM (SELECT clv_model(purchase_history(x::int, t_x::float8, t::float8, zbar::float8)) AS m FROM spending) s,
	clv_parameters(m))
SELECT ok_near('p', p, 6.248798, 1e-6), ok_near('q', q, 3.744589, 1e-6), ok_near('gamma', gamma, 15.447764, 2e-6),
	ok_printed('log-likelihood of amounts', spend_log_likelihood, -4055.92324),
	ok_printed('log-likelihood of purchases', log_likelihood, -9582.42556),
	ok_printed('p of the note', p, 6.25), ok_printed('q of the note', q, 3.74),
	ok_printed('spend of all', expected_spend(m, '(0,0,9,0)'), 35.17100),
	ok_printed('of customers that came again',
		(SELECT avg(expected_spend(m, purchase_history(x::int, t_x::float8, t::float8, zbar::float8))) FROM spending
			WHERE x::int > 0), 35.37520)
FROM g;

-- fitted to the purchases: BTYD has -9582.429 for exact days, the note gamma = 15.44
SELECT ok_printed('r', r, 0.243), ok_printed('alpha', alpha, 4.414), ok_printed('a', a, 0.793),
	ok_printed('b', b, 2.426),
	ok_near('r in R', r, 0.2425945, 1e-5), ok_near('alpha in R', alpha, 4.4136019, 1e-5),
	ok_near('a in R', a, 0.7929199, 1e-5), ok_near('b in R', b, 2.4258881, 1e-5),
	ok_printed('log-likelihood', log_likelihood, -9582.429), ok_printed('p', p, 6.25), ok_printed('q', q, 3.74),
	ok_printed('gamma', gamma, 15.44),
	ok_is('customers', customers, 2357)
FROM model, clv_parameters(m) WHERE part = 'sample';
SELECT ok_is('master: customers', customers, 23570),
	ok_is('master: like its sample',
		abs(r / 0.243 - 1) < 0.1 AND abs(alpha / 4.414 - 1) < 0.1 AND abs(a / b - 0.327) < 0.05 AND q > 1, true)
FROM model, clv_parameters(m) WHERE part = 'master';

-- the outcome: distinct days with a purchase in the 39 weeks after September
WITH after AS (
	SELECT part, customer, count(DISTINCT at) AS bought FROM purchase WHERE at > '1997-09-30' GROUP BY part, customer
), class AS (
	SELECT least(frequency(h), 7) AS x, count(*) AS customers, coalesce(sum(bought), 0) AS bought,
		sum(expected_purchases(m, h, 39)) AS expected
	FROM history JOIN model USING (part) LEFT JOIN after USING (part, customer) WHERE part = 'sample' GROUP BY 1
)
SELECT ok_is('customers with ' || x || ' repeats', customers, n), ok_is('their purchases', bought, actual),
	ok_near('expected', expected, want, 1e-4)
FROM class JOIN (VALUES (0, 1411, 334, 317.5981), (1, 439, 306, 229.6540), (2, 214, 298, 223.4444),
	(3, 100, 156, 152.0279), (4, 62, 157, 134.1597), (5, 38, 112, 100.8462), (6, 29, 112, 101.6172),
	(7, 64, 407, 394.0604)) t (x, n, actual, want) USING (x) ORDER BY x;
SELECT ok_near('expected of all', sum(expected_purchases(m, h, 39)), 1653.4078, 1e-6) FROM history
JOIN model USING (part) WHERE part = 'sample';
