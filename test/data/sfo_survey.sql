-- load: sfo_2014 sfo_2014.csv
-- load: sfo_2015 sfo_2015.csv
-- load: sfo_2016 sfo_2016.csv
-- load: sfo_2017 sfo_2017.csv
-- plan: 246
--
-- Passengers of an airport, four yearly surveys.  Many scores are codes: 11 on 0..10 and
-- 0 or 6 on 1..5 for blank and not applicable, and the word Blank.  Unfiltered they must
-- raise an error, filtered they must give the known figures.

CREATE VIEW survey AS
SELECT 2014 AS year, intdate, q7all, q14find, q14passthru, q13getrate, q15problem, NULL AS netpro FROM sfo_2014
UNION ALL SELECT 2015, intdate, q7all, q14find, q14passthru, q13getrate, q15problem, NULL FROM sfo_2015
UNION ALL SELECT 2016, intdate, q7all, q14find, q14passthru, q13getrate, q15problem, NULL FROM sfo_2016
UNION ALL SELECT 2017, intdate, q7all, q14find, q14passthru, q13getrate, q15problem, netpro FROM sfo_2017;

-- The same with numbers, and NULL where there is no answer.
CREATE VIEW answer AS
SELECT year, intdate,
	CASE WHEN q7all IN ('1', '2', '3', '4', '5') THEN q7all::int END AS satisfaction,
	CASE WHEN q14find IN ('1', '2', '3', '4', '5') THEN q14find::int END AS find,
	CASE WHEN q14passthru IN ('1', '2', '3', '4', '5') THEN q14passthru::int END AS pass,
	CASE WHEN q13getrate IN ('1', '2', '3', '4', '5') THEN q13getrate::int END AS get,
	CASE q15problem WHEN '1' THEN true WHEN '2' THEN false END AS problem,
	CASE WHEN netpro <> '11' THEN netpro::int END AS recommend
FROM survey;

-- NPS: the code 11 is an error in every type a score can have, never a promoter.
SELECT ok_error('NPS of ' || t || ' with the code 11',
	format('SELECT nps(netpro::%s) FROM sfo_2017', t), '22003', '^score 11 .*0\.\.10.* HINT: .*FILTER')
FROM unnest(ARRAY['smallint', 'int', 'bigint', 'numeric', 'real', 'double precision']) t;
SELECT ok_error('NPS tally with the code 11', 'SELECT nps_tally(netpro::int) FROM sfo_2017', '22003', '^score 11 '),
	ok_error('NPS of a tally 0..11', 'SELECT nps(tally(netpro::int, 0, 11)) FROM sfo_2017', '22023', '0\.\.11'),
	ok_error('NPS of text', 'SELECT nps(netpro) FROM sfo_2017', '42883');
-- the wrong figure must be asked for explicitly, by a scale of its own
SELECT ok_near('the wrong NPS, 11 a promoter, takes a scale of its own', share(t, 9, 11) - share(t, 0, 6), 41.6254417)
FROM (SELECT tally(netpro::int, 0, 11) AS t FROM sfo_2017) s;

-- The empty field is NULL and needs no filter.
SELECT ok_near('NPS of smallint', nps(netpro::smallint) FILTER (WHERE netpro <> '11'), 39.83976693),
	ok_near('NPS of int', nps(netpro::int) FILTER (WHERE netpro <> '11'), 39.83976693),
	ok_near('NPS of bigint', nps(netpro::bigint) FILTER (WHERE netpro::int <= 10), 39.83976693),
	ok_near('NPS of numeric', nps(netpro::numeric) FILTER (WHERE netpro::int <= 10), 39.83976693),
	ok_near('NPS of real', nps(netpro::real) FILTER (WHERE netpro::int <= 10), 39.83976693),
	ok_near('NPS of double precision', nps(netpro::float8) FILTER (WHERE netpro::int <= 10), 39.83976693),
	ok_near('NPS with the code 11 made NULL', nps(nullif(netpro, '11')::int), 39.83976693)
FROM sfo_2017;

SELECT ok_is('NETPRO counts', counts(nps_tally(recommend)), '{17,6,8,19,18,144,130,291,677,564,872}'),
	ok_is('NPS answers', responses(nps_tally(recommend)), 2746),
	ok_near('NPS of the tally', nps(nps_tally(recommend)), 39.83976693),
	ok_near('promoters', share(nps_tally(recommend), 9, 10), 100 * 1436 / 2746.0),
	ok_near('passives', share(nps_tally(recommend), 7, 8), 100 * 968 / 2746.0),
	ok_near('detractors', share(nps_tally(recommend), 0, 6), 100 * 342 / 2746.0),
	ok_near('mean likelihood to recommend', mean(nps_tally(recommend)), 8.339402768)
FROM answer WHERE year = 2017;

-- The standard error is half the width of the Wald interval in units of z.
SELECT ok_near('NPS interval, estimate', (w).estimate, 39.83976693),
	ok_is('NPS interval, answers', (w).responses, 2746),
	ok_printed('NPS Wald, lower', (w).lower, 37.224906),
	ok_printed('NPS Wald, upper', (w).upper, 42.454628),
	ok_near('NPS standard error', ((w).upper - (w).lower) / 2 / 1.959963984540054, 1.33413713)
FROM (SELECT nps_interval(nps_tally(recommend), method => 'wald') AS w FROM answer WHERE year = 2017) s;

-- NPS with and without a problem at the airport; the truth has six decimals here
WITH by_problem AS (
	SELECT nps_tally(recommend) FILTER (WHERE problem) AS hit,
		nps_tally(recommend) FILTER (WHERE NOT problem) AS spared
	FROM answer WHERE year = 2017
), figure AS (
	SELECT *, nps_interval(hit, method => 'wald') AS h, nps_interval(spared, method => 'wald') AS s FROM by_problem
)
SELECT ok_printed('NPS with a problem', nps(hit), 18.770227),
	ok_is('NPS with a problem, answers', responses(hit), 309),
	ok_printed('NPS with a problem, standard error', ((h).upper - (h).lower) / 2 / 1.959963984540054, 4.33117),
	ok_printed('NPS without', nps(spared), 43.648069),
	ok_is('NPS without, answers', responses(spared), 2330),
	ok_printed('NPS without, standard error', ((s).upper - (s).lower) / 2 / 1.959963984540054, 1.40724),
	ok_near('what a problem costs', (nps_test(hit, spared)).difference, 18.770227 - 43.648069, 1e-7)
FROM figure;

-- NPS with the survey's weights; equal ones change nothing.
SELECT ok_near('weighted NPS', nps(w), 40.39843551), ok_is('weighted NPS, answers', responses(w), 2746),
	ok_is('weighted NPS, fewer effective answers', effective_responses(w) < 2746, true),
	ok_near('weighted NPS of weights times a million', nps(w6), 40.39843551),
	ok_near('weighted NPS of weights over a million, bounds', (nps_interval(w_6)).lower,
		(nps_interval(w)).lower, 1e-12),
	ok_near('weighted NPS from sums', nps(w), plain, 1e-12),
	ok_near('effective answers from sums', effective_responses(w), kish, 1e-12),
	ok_near('weighted mean from sums', mean(w), average, 1e-12),
	ok_is('equal weights: the NPS', nps(ones), nps(t)),
	ok_is('equal weights: its interval', nps_interval(ones)::text, nps_interval(t)::text),
	ok_is('equal weights: effective answers', effective_responses(ones), 2746.0)
FROM (SELECT weighted_tally(s, 0, 10, weight) AS w, weighted_tally(s, 0, 10, weight * 1e6) AS w6,
	weighted_tally(s, 0, 10, weight * 1e-6) AS w_6,
	weighted_tally(s, 0, 10, 1) AS ones, nps_tally(s) AS t, sum(weight * s) / sum(weight) AS average,
	sum(weight) ^ 2 / sum(weight ^ 2) AS kish,
	100 * (sum(weight) FILTER (WHERE s >= 9) - sum(weight) FILTER (WHERE s <= 6)) / sum(weight) AS plain
	FROM (SELECT netpro::int AS s, weight::float8 AS weight FROM sfo_2017 WHERE netpro <> '11') r) s;

-- The linearised standard error by its definition.
SELECT ok_near('weighted NPS, standard error', ((i).upper - (i).lower) / 2 / 1.959963984540054,
		100 * sqrt(n / (n - 1.0) * sum((weight * (y - mean)) ^ 2)) / sum(weight), 1e-10)
FROM (SELECT (weight::float8) AS weight, (netpro::int >= 9)::int - (netpro::int <= 6)::int AS y, count(*) OVER () AS n,
	sum(weight::float8 * ((netpro::int >= 9)::int - (netpro::int <= 6)::int)) OVER ()
		/ sum(weight::float8) OVER () AS mean
	FROM sfo_2017 WHERE netpro <> '11') r,
	(SELECT nps_interval(weighted_tally(netpro::int, 0, 10, weight::float8), method => 'wald') AS i FROM sfo_2017
		WHERE netpro <> '11') w
GROUP BY n, i;

-- The same passengers on two questions: pairs.  The marginals are the tallies of all
-- passengers that answered both, and McNemar's statistic comes from the pairs that differ.
SELECT ok_is('pairs of find and pass', pairs(p), n),
	ok_is('find, passengers that answered both', before(p)::text, f::text),
	ok_is('pass, passengers that answered both', after(p)::text, q::text),
	ok_near('pass less find, mean', (ces_test(p)).difference, mean(q) - mean(f), 1e-12),
	ok_near('pass less find, paired t', (ces_test(p, method => 't')).statistic, d / sqrt(v / n), 1e-10),
	ok_near('pass less find, satisfied', (csat_test(p)).difference, csat(q) - csat(f), 1e-10),
	ok_near('pass less find, statistic', (csat_test(p)).statistic, (won - lost) / sqrt(won + lost), 1e-12),
	ok_near('won back', win_back_rate(p), 100.0 * won / (n - (counts(f))[4] - (counts(f))[5]), 1e-12),
	ok_near('lost', lost_rate(p), 100.0 * lost / ((counts(f))[4] + (counts(f))[5]), 1e-12)
FROM (SELECT paired_tally(find, pass, 1, 5) AS p, count(*) AS n, tally(find, 1, 5) AS f, tally(pass, 1, 5) AS q,
	avg(pass - find)::float8 AS d, var_samp(pass - find)::float8 AS v,
	count(*) FILTER (WHERE find < 4 AND pass >= 4)::float8 AS won,
	count(*) FILTER (WHERE find >= 4 AND pass < 4)::float8 AS lost
	FROM answer WHERE find IS NOT NULL AND pass IS NOT NULL) s;

-- CSAT: 0 and 6 are outside the scale, Blank is no number (that error is PostgreSQL's).
SELECT ok_error(format('CSAT %s with the codes 0 and 6', y),
	format('SELECT csat(q7all::int) FROM sfo_%s', y), '22003', '^score [06] .*1\.\.5.* HINT: .*FILTER')
FROM generate_series(2014, 2016) y;
SELECT ok_error('CSAT with the code 0 only',
		'SELECT csat(q7all::int) FILTER (WHERE q7all <> ''6'') FROM sfo_2014', '22003', '^score 0 '),
	ok_error('CSAT with the code 6 only',
		'SELECT csat(q7all::int) FILTER (WHERE q7all <> ''0'') FROM sfo_2014', '22003', '^score 6 '),
	ok_error('CSAT on a scale of its own with the code 0',
		'SELECT csat(q7all::int, 1, 6, 5) FROM sfo_2014', '22003', '^score 0 '),
	ok_error('CSAT tally with the code 6',
		'SELECT csat_tally(q7all::int) FILTER (WHERE q7all <> ''0'') FROM sfo_2015', '22003', '^score 6 '),
	ok_error('CSAT with the word Blank', 'SELECT csat(q7all::int) FROM sfo_2017', '22P02', 'Blank'),
	ok_error('CSAT of float with the word Blank', 'SELECT csat(q7all::float8) FROM sfo_2017', '22P02', 'Blank');
SELECT ok_near('CSAT 2014 filtered', csat(q7all::int) FILTER (WHERE q7all::int BETWEEN 1 AND 5), 78.8569294)
FROM sfo_2014;
SELECT ok_near('CSAT 2015 filtered', csat(q7all::float8) FILTER (WHERE q7all NOT IN ('0', '6')), 80) FROM sfo_2015;
SELECT ok_near('CSAT 2016 filtered', csat(q7all::numeric, 1, 5, 4) FILTER (WHERE q7all NOT IN ('0', '6')), 80.98663926)
FROM sfo_2016;
-- FILTER is evaluated before the cast, so it can keep the word Blank away from the cast
SELECT ok_near('CSAT 2017 filtered', csat(q7all::smallint) FILTER (WHERE q7all <> 'Blank'), 82.06845238) FROM sfo_2017;

WITH yearly AS (
	SELECT year, count(*) AS rows, csat(satisfaction) AS csat, csat_tally(satisfaction) AS t FROM answer GROUP BY year
)
SELECT ok_is('rows ' || year, y.rows, w.rows),
	ok_rate('CSAT ' || year, y.csat, tally(0, 1, ARRAY[responses(t) - c[4] - c[5], c[4] + c[5]]),
		w.csat, w.satisfied, w.n),
	ok_near('CSAT of the tally ' || year, csat(t), w.csat),
	ok_near('CSAT mean ' || year, mean(t), w.mean),
	ok_near('CSAT standard deviation ' || year, stddev(t), w.sd),
	ok_printed('CSAT Wilson, lower, ' || year, (csat_interval(t)).lower / 100, w.lower),
	ok_printed('CSAT Wilson, upper, ' || year, (csat_interval(t)).upper / 100, w.upper)
FROM (VALUES (2014, 2818, 78.8569294, 2111, 2677, 3.995890923, 0.7057723775, 0.77269357, 0.80361801),
	(2015, 2958, 80, 2248, 2810, 4.048042705, 0.7156179282, 0.78480532, 0.81437556),
	(2016, 3087, 80.98663926, 2364, 2919, 4.038026721, 0.7147661787, 0.79522735, 0.82369093),
	(2017, 2831, 82.06845238, 2206, 2688, 4.064360119, 0.6992647793, 0.80572792, 0.83472584))
	AS w (year, rows, csat, satisfied, n, mean, sd, lower, upper)
FULL JOIN yearly y USING (year) CROSS JOIN LATERAL counts(t) AS c ORDER BY year;

-- Ease of three things on 1..5, 5 = easy: mean, top two, bottom two.
WITH ease AS (
	SELECT year, question, tally(score, 1, 5) AS t
	FROM answer CROSS JOIN LATERAL (VALUES ('find', find), ('pass', pass), ('get', get)) AS v (question, score)
	GROUP BY year, question
)
SELECT ok_is(format('ease %s %s, answers', question, year), responses(t), n),
	ok_near(format('ease %s %s, CES', question, year), ces(t), w.mean),
	ok_near(format('ease %s %s, top two', question, year), csat(t), top),
	ok_near(format('ease %s %s, easy', question, year), ces_easy(t, 4, 5), 100.0 * top_n / n),
	ok_near(format('ease %s %s, bottom two', question, year), share(t, 1, 2), bottom),
	ok_is(format('ease %s %s, counts of bottom two', question, year), (counts(t))[1] + (counts(t))[2], bottom_n)
FROM (VALUES (2014, 'find', 2694, 4.390126206, 84.11284336, 2266, 2.858203415, 77),
	(2014, 'pass', 2451, 4.340269278, 82.41534068, 2020, 3.223174215, 79),
	(2014, 'get', 2350, 4.144255319, 74.89361702, 1760, 4.212765957, 99),
	(2015, 'find', 2852, 4.423211781, 85.16830295, 2429, 2.384291725, 68),
	(2015, 'pass', 2508, 4.324960128, 82.45614035, 2068, 4.425837321, 111),
	(2015, 'get', 2503, 4.175789053, 75.78905314, 1897, 4.834198961, 121),
	(2016, 'find', 2907, 4.382868937, 84.10732714, 2445, 2.855177159, 83),
	(2016, 'pass', 2641, 4.176826959, 77.0920106, 2036, 6.171904582, 163),
	(2016, 'get', 2569, 4.165044764, 76.21642663, 1958, 4.359673025, 112),
	(2017, 'find', 2683, 4.413343272, 85.35221767, 2290, 2.087215803, 56),
	(2017, 'pass', 2407, 4.307021188, 82.01080183, 1974, 3.822185293, 92),
	(2017, 'get', 2319, 4.210435533, 77.14532126, 1789, 3.018542475, 70))
	AS w (year, question, n, mean, top, top_n, bottom, bottom_n)
FULL JOIN ease USING (year, question) ORDER BY year, question;
-- ces() itself is the 1..7 scale, on which the code 0 is an error too (but a 6 is not:
-- the reason to tally on the scale of the question)
SELECT ok_error('ease with the code 0', 'SELECT ces(q14find::int) FROM sfo_2014', '22003', '^score 0 .*1\.\.7'),
	ok_error('ease with the code 6',
		'SELECT ces(tally(q14find::int, 1, 5)) FROM sfo_2014 WHERE q14find <> ''0''', '22003', '^score 6 .*1\.\.5');

-- Passengers with a problem, and the effect on CSAT.
WITH yearly AS (
	SELECT year, rate(problem) AS problem, rate_tally(problem) AS t,
		csat(satisfaction) FILTER (WHERE problem) AS hit,
		rate_tally(satisfaction >= 4) FILTER (WHERE problem) AS hit_t,
		csat(satisfaction) FILTER (WHERE NOT problem) AS spared,
		rate_tally(satisfaction >= 4) FILTER (WHERE NOT problem) AS spared_t
	FROM answer GROUP BY year
)
SELECT ok_rate('problem rate ' || year, y.problem, t, w.problem, with_problem, asked),
	ok_rate('CSAT with a problem ' || year, hit, hit_t, w.hit_csat, hit_yes, hit_n),
	ok_rate('CSAT without ' || year, spared, spared_t, w.spared_csat, spared_yes, spared_n),
	ok_near('CSAT lost to a problem ' || year, (rate_test(hit_t, spared_t)).difference, hit_csat - spared_csat)
FROM (VALUES (2014, 9.488233097, 254, 2677, 64.43514644, 154, 239, 80.73434125, 1869, 2315),
	(2015, 11.23277994, 318, 2831, 69.70684039, 214, 307, 81.36230673, 1947, 2393),
	(2016, 11.35190918, 330, 2907, 70.77922078, 218, 308, 82.58038258, 2029, 2457),
	(2017, 11.94921583, 320, 2678, 76.49006623, 231, 302, 83.22295806, 1885, 2265))
	AS w (year, problem, with_problem, asked, hit_csat, hit_yes, hit_n, spared_csat, spared_yes, spared_n)
FULL JOIN yearly y USING (year) ORDER BY year;

-- Passengers with a problem against passengers without: no paradox here.
SELECT ok_near('a problem, mean', p.mean_difference, mean(hit) - mean(spared), 1e-12),
	ok_near('a problem, satisfied ' || year, p.top_difference, want, 1e-7),
	ok_is('a problem is no gain ' || year, p.paradox, false),
	ok_is('a problem, effect ' || year, p.hedges_g < -0.2, true)
FROM (SELECT year, csat_tally(satisfaction) FILTER (WHERE problem) AS hit,
	csat_tally(satisfaction) FILTER (WHERE NOT problem) AS spared FROM answer GROUP BY year) s
JOIN (VALUES (2014, 64.43514644 - 80.73434125), (2017, 76.49006623 - 83.22295806)) w(year, want) USING (year),
	recovery_paradox(hit, spared) p ORDER BY year;

-- From year to year: the difference of the published figures, and the statistic of the
-- N-1 chi-square from the published counts.
SELECT ok_near('CSAT 2017 against 2014', (d).difference, 82.06845238 - 78.8569294),
	ok_near('CSAT 2017 against 2014, statistic', (d).statistic ^ 2,
		(2677 + 2688 - 1) * (2206.0 * (2677 - 2111) - 2111.0 * (2688 - 2206)) ^ 2
		/ (2688.0 * 2677 * (2206 + 2111) * (2677 + 2688 - 2206 - 2111)))
FROM (SELECT csat_test(csat_tally(satisfaction) FILTER (WHERE year = 2017),
	csat_tally(satisfaction) FILTER (WHERE year = 2014)) AS d FROM answer) s;
-- by R on the published counts, means and deviations: the change is real
SELECT ok_is('CSAT 2017 against 2014, bounds', (d).lower > 0 AND (d).upper < 6, true),
	ok_near('CSAT 2017 against 2014, p', (d).p_value, 0.00301356126399, 1e-9),
	ok_near('mean 2017 against 2014', (m).difference, 4.064360119 - 3.995890923, 1e-7),
	ok_near('mean 2017 against 2014, Welch t', (m).statistic,
		(4.064360119 - 3.995890923) / sqrt(0.6992647793 ^ 2 / 2688 + 0.7057723775 ^ 2 / 2677), 1e-7)
FROM (SELECT csat_test(b, a) AS d, ces_test(b, a, method => 'welch') AS m
	FROM (SELECT csat_tally(satisfaction) FILTER (WHERE year = 2017) AS b,
		csat_tally(satisfaction) FILTER (WHERE year = 2014) AS a FROM answer) t) s;
-- a chart of four years: the points of the baseline lie within their own limits
SELECT ok_near('CSAT chart, centre', (c).center, 100.0 * (2111 + 2248 + 2364 + 2206) / (2677 + 2810 + 2919 + 2688)),
	ok_is('CSAT chart, points', (c).points, 4),
	ok_is('CSAT chart, signals',
		(SELECT count(*) FROM (SELECT csat_tally(satisfaction) AS t FROM answer GROUP BY year) y, control_limits(c, t) l
			WHERE out_of_control), 0)
FROM (SELECT control_chart(t ORDER BY year) AS c
	FROM (SELECT year, csat_tally(satisfaction) AS t FROM answer GROUP BY year) y) s;

-- Tallies of parts, added up, are the tally of the whole: bit for bit.
SELECT ok_is('CSAT of tallies by year', (SELECT csat(sum(t)) FROM (
		SELECT csat_tally(satisfaction) AS t FROM answer GROUP BY year) s), csat(satisfaction)),
	ok_is('CSAT of tallies by day', (SELECT csat(sum(t)) FROM (
		SELECT csat_tally(satisfaction) AS t FROM answer GROUP BY year, intdate) s), csat(satisfaction)),
	ok_is('NPS of tallies by day', (SELECT nps(sum(t)) FROM (
		SELECT nps_tally(recommend) AS t FROM answer GROUP BY year, intdate) s), nps(recommend)),
	ok_is('standard deviation of tallies by day', (SELECT stddev(sum(t)) FROM (
		SELECT tally(find, 1, 5) AS t FROM answer GROUP BY year, intdate) s), stddev(tally(find, 1, 5)))
FROM answer;
-- a moving window takes tallies away again
SELECT ok_is('CSAT of two years in a moving window', array_agg(csat ORDER BY year),
	(SELECT array_agg(c ORDER BY y)
		FROM (SELECT y, (SELECT csat(satisfaction) FROM answer WHERE year BETWEEN y - 1 AND y) AS c
		FROM generate_series(2014, 2017) y) s))
FROM (SELECT year, csat(sum(csat_tally(satisfaction)) OVER (ORDER BY year ROWS 1 PRECEDING)) AS csat
	FROM answer GROUP BY year) s;

-- Why did CSAT rise from 2014 to 2017?  By the terminal of the interview; figures by R from the files: parts and their
-- bounds from the covariance of share, value and mean, the adjusted difference with Sato's variance.
CREATE VIEW terminal AS
SELECT year, CASE WHEN area IN ('A', 'G') THEN 'International' WHEN area IN ('B', 'C') THEN 'Terminal 1'
		WHEN area = 'D' THEN 'Terminal 2' ELSE 'Terminal 3' END AS terminal,
	csat_tally(q7all::int) FILTER (WHERE q7all IN ('1', '2', '3', '4', '5')) AS answers
FROM (SELECT 2014 AS year, area, q7all FROM sfo_2014 UNION ALL SELECT 2017, barea, q7all FROM sfo_2017) s
GROUP BY 1, 2;
CREATE VIEW both_years AS
SELECT terminal, n.answers AS now, b.answers AS before
FROM (SELECT * FROM terminal WHERE year = 2017) n
FULL JOIN (SELECT * FROM terminal WHERE year = 2014) b USING (terminal);
SELECT ok_near(segment || ', share', p.current_share, 100.0 * n / 2688),
	ok_near(segment || ', share before', p.baseline_share, 100.0 * n0 / 2677),
	ok_near(segment || ', rate', p.rate_effect, w.rate_effect, 1e-9),
	ok_near(segment || ', mix', p.mix_effect, w.mix_effect, 1e-9),
	ok_near(segment || ', lower', p.lower, w.lower, 1e-9), ok_near(segment || ', upper', p.upper, w.upper, 1e-9),
	ok_near(segment || ', p', p.p_value, w.p, 1e-9)
FROM (SELECT array_agg(terminal) AS s, array_agg(now) AS c, array_agg(before) AS b FROM both_years) a
CROSS JOIN LATERAL change_parts(s, c, b, 'csat') p
FULL JOIN (VALUES
	('International', 1314, 965, 0.352484049069, 0.1002943389933, -0.902602452001, 1.80815922813, 5.12631707019e-01),
	('Terminal 1', 386, 819, 2.191932767239, 0.7741396011729, 1.876468921264, 4.05567581556, 3.81481742609e-07),
	('Terminal 2', 384, 449, -0.766295885420, -0.1586473370237, -1.648482206397, -0.20140423849, 3.66794366663e-02),
	('Terminal 3', 604, 444, 0.707206396186, 0.0104090521552, -0.212963936338, 1.64819483302, 2.61360688343e-01))
	AS w (segment, n, n0, rate_effect, mix_effect, lower, upper, p) USING (segment) ORDER BY segment;
SELECT ok_is('the parts add up',
	abs(sum(rate_effect + mix_effect) - (100.0 * 2206 / 2688 - 100.0 * 2111 / 2677)) < 1e-12, true)
FROM (SELECT array_agg(terminal) AS s, array_agg(now) AS c, array_agg(before) AS b FROM both_years) a,
	change_parts(s, c, b, 'csat');
-- within terminals the rise is smaller than the 3.21 points of all, and still there
SELECT ok_near('CSAT within terminals', (a).difference, 2.2827416039839, 1e-9),
	ok_near('CSAT within terminals, lower', (a).lower, 0.1343528176825, 1e-9),
	ok_near('CSAT within terminals, z', (a).statistic, 2.0825333656307, 1e-9),
	ok_near('CSAT within terminals, p', (a).p_value, 0.0372937785088, 1e-9), ok_is('CSAT is not reversed', r, false),
	ok_near('mean within terminals', (m).difference, 0.05269922295375, 1e-9),
	ok_near('mean within terminals, t', (m).statistic, 2.72839837111319, 1e-9)
FROM (SELECT adjusted_test(now, before, 'csat') AS a, adjusted_test(now, before, 'mean') AS m,
	change_reversed(now, before, 'csat') AS r FROM both_years) s;
