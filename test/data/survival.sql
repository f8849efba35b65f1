-- lines: gehan gehan.dat
-- load: lung R_lung.csv
-- load: veteran R_veteran.csv
-- load: ovarian R_ovarian.csv
-- load: colon R_colon.csv
-- load: leukemia R_leukemia.csv
-- load: rossi rossi.csv
-- load: waltons waltons_dataset.csv
-- load: larynx larynx.csv
-- load: kidney kidney_transplant.csv
-- plan: 509
--
-- Survival times of the literature: patients, prisoners, flies, kidneys.  Figures with
-- up to eight digits are published; bounds of medians and figures with more digits are
-- from R's survival 3.5-3 with conf.type = "log-log" (the published bounds of medians
-- are on the log scale, R's default, except for lung).  Cox models and tests of
-- more than two groups are not in the extension.

-- Times are days, whatever they were: weeks of gehan and rossi, months, years of larynx.
CREATE TEMP TABLE subject AS
SELECT data, arm, make_interval(secs => 86400 * time::float8) AS time, ended FROM (
	SELECT 'lung' AS data, unnest(ARRAY['all', 'sex ' || sex]) AS arm, time, status = '2' AS ended FROM lung
	UNION ALL SELECT 'gehan', 'group ' || split_part(line, ' ', 1), split_part(line, ' ', 2),
		split_part(line, ' ', 3) = '1' FROM gehan
	UNION ALL SELECT 'veteran', unnest(ARRAY['trt ' || trt, celltype]), time, status = '1' FROM veteran
	UNION ALL SELECT 'ovarian', 'rx ' || rx, futime, fustat = '1' FROM ovarian
	UNION ALL SELECT CASE etype WHEN '1' THEN 'colon recurrence' ELSE 'colon death' END, rx, time, status = '1'
	FROM colon
	UNION ALL SELECT 'leukemia', x, time, status = '1' FROM leukemia
	UNION ALL SELECT 'rossi', unnest(ARRAY['all', 'fin ' || fin]), week, arrest = '1' FROM rossi
	UNION ALL SELECT 'waltons', "group", t, e = '1' FROM waltons
	UNION ALL SELECT 'kidney', 'all', time, death = '1' FROM kidney
	UNION ALL SELECT 'larynx',
		unnest(ARRAY['all', 'stage ' || 1 + stage_ii::int + 2 * stage_iii::int + 3 * stage_iv::int]), time, death = '1'
	FROM larynx
) s;
CREATE TEMP TABLE life AS
SELECT data, arm, life_table(time, ended) AS t FROM subject GROUP BY data, arm;

-- times in days; a NULL is written "never"
CREATE FUNCTION tap.days(VARIADIC times interval[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT string_agg(coalesce((extract(epoch FROM t) / 86400)::float8::text, 'never'), ' ' ORDER BY i)
	FROM unnest(times) WITH ORDINALITY AS u (t, i)
$$;
CREATE FUNCTION tap.days_of(t interval) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
	SELECT extract(epoch FROM t) / 86400
$$;
-- The standard error of a percentage, from the width of its log-log bounds: it equals the
-- published error of the survival, by Greenwood.
CREATE FUNCTION tap.greenwood(i kpi_interval) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
	SELECT s * -ln(s) * ln(ln((i).lower / 100) / ln((i).upper / 100)) / 2 / 1.959963984540054
	FROM (SELECT (i).estimate / 100 AS s) e
$$;

-- Counts, the median with its bounds, and the times by which 25, 50, 75 and 90 % had
-- ended: the first time with S(t) <= 1 - q.  R publishes the middle of the interval
-- where S(t) is just 1 - q: 24.5 and 52.5 for trt 2 of veteran, 985 for Lev+5FU of colon
-- (and 8.95 for stage 3 of larynx).
WITH truth (data, arm, n, ended, median, quantiles) AS (VALUES
	('lung', 'all', 228, 165, '310 284 361', '170 310 550 735'),
	('lung', 'sex 1', 138, 112, '270 210 306', '144 270 457 689'),
	('lung', 'sex 2', 90, 53, '426 345 524', '226 426 687 765'),
	('gehan', 'group 1', 21, 21, '8 4 11', '4 8 12 17'),
	('gehan', 'group 2', 21, 9, '23 13 never', '13 23 never never'),
	('veteran', 'trt 1', 69, 64, '103 54 126', '27 103 162 287'),
	('veteran', 'trt 2', 68, 64, '52 43 90', '24 52 140 378'),
	('veteran', 'squamous', 35, 31, '118 44 242', '33 118 357 587'),
	('veteran', 'smallcell', 48, 45, '51 24 61', '20 51 99 153'),
	('veteran', 'adeno', 27, 26, '51 24 90', '19 51 92 140'),
	('veteran', 'large', 27, 26, '156 100 216', '53 156 231 340'),
	('ovarian', 'rx 1', 13, 7, '638 156 never', '268 638 never never'),
	('ovarian', 'rx 2', 13, 5, 'never 464 never', '475 never never never'),
	('colon death', 'Obs', 315, 168, '2083 1548 2552', '760 2083 never never'),
	('colon death', 'Lev', 310, 161, '2152 1509 never', '755 2152 never never'),
	('colon death', 'Lev+5FU', 304, 123, 'never 2725 never', '977 never never never'),
	('colon recurrence', 'Obs', 315, 177, '1236 772 2035', '308 1236 never never'),
	('colon recurrence', 'Lev', 310, 172, '1183 742 2018', '335 1183 never never'),
	('colon recurrence', 'Lev+5FU', 304, 119, 'never never never', '591 never never never'),
	('leukemia', 'Maintained', 11, 7, '31 13 never', '18 31 48 never'),
	('leukemia', 'Nonmaintained', 12, 11, '23 5 33', '8 23 33 43'),
	('rossi', 'all', 432, 114, 'never never never', '50 never never never'),
	('rossi', 'fin 0', 216, 66, 'never never never', '44 never never never'),
	('rossi', 'fin 1', 216, 48, 'never never never', 'never never never never'),
	('waltons', 'miR-137', 34, 34, '26 19 29', '15 26 29 43'),
	('waltons', 'control', 129, 122, '58 56 60', '51 58 63 69'),
	('kidney', 'all', 863, 140, 'never never never', '2795 never never never'),
	('larynx', 'all', 90, 50, '6 3.8 7', '2 6 never never'),
	('larynx', 'stage 1', 33, 15, '6.5 4.3 never', '4 6.5 never never'),
	('larynx', 'stage 2', 17, 7, '7 3.6 never', '3.6 7 never never'),
	('larynx', 'stage 3', 27, 17, '5 1.6 7.8', '1.3 5 7.8 never'),
	('larynx', 'stage 4', 13, 11, '1.5 0.4 3.6', '0.8 1.5 3.6 never'))
SELECT ok_is(label || 'subjects, events, censored', ARRAY[subjects(t), events(t), censored(t)],
		ARRAY[n, ended, n - ended]::bigint[]),
	ok_is(label || 'median', days((m).estimate, (m).lower, (m).upper), median),
	ok_is(label || 'quantiles',
		days(time_quantile(t, 0.25), median_time(t), time_quantile(t, 0.75), time_quantile(t, 0.9)), quantiles)
FROM truth FULL JOIN life USING (data, arm)
CROSS JOIN LATERAL (SELECT format('%s %s, ', data, arm) AS label, median_time_interval(t) AS m) AS s
ORDER BY data, arm;
-- wider and narrower bounds of lung
SELECT ok_is('lung all, median, confidence ' || confidence, days((m).estimate, (m).lower, (m).upper), want)
FROM life, (VALUES (0.9, '310 285 353'), (0.99, '310 268 364')) AS w (confidence, want),
	median_time_interval(t, confidence) AS m
WHERE data = 'lung' AND arm = 'all' ORDER BY confidence;

-- Survival at a time with its standard error, as published, and with log-log bounds.
WITH truth (data, arm, day, survival, error, lower, upper) AS (VALUES
	('lung', 'all', 100, 0.8639690, 0.02271023, 81.22223198, 90.23101805),
	('lung', 'all', 180, 0.7216707, 0.02981242, 65.83045284, 77.53146907),
	('lung', 'all', 365, 0.4092416, 0.03582364, 33.87142691, 47.83807676),
	('lung', 'all', 730, 0.1156931, 0.02829820, 6.763215149, 17.78251997),
	('gehan', 'group 2', 6, 0.857143, 0.07636035, 61.97179553, 95.15517476),
	('gehan', 'group 2', 10, 0.752941, 0.09634965, 50.31995108, 88.93618352),
	('gehan', 'group 2', 16, 0.627451, 0.11405387, 36.7510856, 80.49121895),
	('gehan', 'group 2', 22, 0.537815, 0.12823375, 26.77789368, 74.67907176),
	('gehan', 'group 1', 6, 0.571429, 0.10798985, 33.79769539, 74.92407099),
	('gehan', 'group 1', 10, 0.380952, 0.10597117, 18.30665488, 57.77886777),
	('gehan', 'group 1', 16, 0.142857, 0.076360355, 3.565735519, 32.11615747),
	('gehan', 'group 1', 22, 0.047619, 0.046471432, 0.3324463043, 19.70449057),
	('rossi', 'all', 10, 0.9652778, 0.008808218, 94.3064598, 97.89209971),
	('rossi', 'all', 26, 0.8750000, 0.015911721, 83.99754058, 90.28037957),
	('rossi', 'all', 52, 0.7361111, 0.021205102, 69.18597158, 77.50631834),
	('kidney', 'all', 365, 0.9197039, 0.009575898, 89.86934701, 93.65112864),
	('kidney', 'all', 730, 0.8918796, 0.011217462, 86.76802115, 91.18793659),
	('kidney', 'all', 1825, 0.8235291, 0.015191014, 79.14444868, 85.11482039),
	('waltons', 'control', 30, 0.9844350851, 0.010920319, 93.91992059, 99.60845049),
	('waltons', 'control', 50, 0.7650764585, 0.037527584, 68.15132309, 82.94379926),
	('larynx', 'all', 1, 0.8444444444, 0.038203843, 75.15192602, 90.47710246),
	('larynx', 'all', 5, 0.5312602336, 0.055032608, 41.81542704, 63.20195495))
SELECT ok_printed(label || 'survival', retention_at(t, at) / 100, survival),
	ok_printed(label || 'standard error', greenwood(i), error),
	ok_near(label || 'estimate', (i).estimate, retention_at(t, at), 1e-15),
	ok_near(label || 'lower', (i).lower, w.lower),
	ok_near(label || 'upper', (i).upper, w.upper),
	ok_near(label || 'ended', churn_at(t, at), 100 - retention_at(t, at), 1e-13),
	ok_is(label || 'resolved and lost', resolved_within(t, at), churn_at(t, at))
FROM truth w LEFT JOIN life USING (data, arm)
CROSS JOIN LATERAL (SELECT format('%s %s, day %s, ', data, arm, day) AS label, make_interval(days => day) AS at) AS s
CROSS JOIN LATERAL retention_interval(t, at) AS i
ORDER BY data, arm, day;

-- 6-MP, the curve that every textbook prints: a row for each of the 16 weeks, and from
-- 23 on it stays where it is.
WITH curve AS (SELECT row_number() OVER () AS i, c.* FROM life, life_curve(t) AS c
	WHERE data = 'gehan' AND arm = 'group 2')
SELECT ok_is('gehan group 2, curve',
		string_agg(format('%s:%s-%s-%s', days(at), at_risk, events, censored), ' ' ORDER BY i),
		'6:21-3-1 7:17-1-0 9:16-0-1 10:15-1-1 11:13-0-1 13:12-1-0 16:11-1-0 17:10-0-1 '
		'19:9-0-1 20:8-0-1 22:7-1-0 23:6-1-0 25:5-0-1 32:4-0-2 34:2-0-1 35:1-0-1'),
	ok_near('gehan group 2, curve at week 16', max(survival) FILTER (WHERE at = '16 days'), 62.74509804),
	ok_near('gehan group 2, curve, lower', max(lower) FILTER (WHERE at = '16 days'), 36.7510856),
	ok_near('gehan group 2, curve, upper', max(upper) FILTER (WHERE at = '16 days'), 80.49121895),
	ok_is('gehan group 2, the last of the curve',
		(SELECT retention_at(t, '35 days') FROM life WHERE data = 'gehan' AND arm = 'group 2'),
		min(survival))
FROM curve;

-- Restricted means.  R's horizon is the longest time of all arms, and R draws the curve
-- of a shorter arm on to it; here that is an error.  The arm's own last time follows.
WITH truth (data, arm, horizon, mean, error) AS (VALUES
	('lung', 'all', 1022, 376.27475, 19.70779),
	('lung', 'sex 1', 1022, 326.0841, 22.91156),
	('veteran', 'trt 1', 999, 123.9282, 14.84352),
	('veteran', 'trt 2', 999, 142.0613, 26.81071),
	('ovarian', 'rx 2', 1227, 888.5983, 115.3327),
	('colon death', 'Lev', 3329, 2014.279, 74.79065),
	('leukemia', 'Maintained', 161, 52.64545, 19.828603),
	('leukemia', 'Nonmaintained', 161, 22.70833, 4.180942),
	('waltons', 'control', 75, 56.62806, 0.9541388),
	('waltons', 'miR-137', 75, 25.70588, 2.2570648),
	('kidney', 'all', 3434, 2841.66077, 44.81519),
	('lung', 'sex 2', 965, 455.9040875, 32.91741569),
	('lung', 'sex 1', 965, 324.0484191, 22.29793923),
	('gehan', 'group 1', 23, 8.666666667, 1.377390041),
	('gehan', 'group 2', 35, 23.28739496, 2.827467623),
	('ovarian', 'rx 1', 1106, 649.6, 120.1387726),
	('ovarian', 'rx 2', 1106, 820.3418803, 97.50429716),
	('colon death', 'Obs', 3214, 1966.737947, 68.56983164),
	('colon death', 'Lev+5FU', 3309, 2319.992954, 71.32617277),
	('colon death', 'Obs', 3000, 1879.483158, 62.45045168),
	('colon death', 'Lev+5FU', 3000, 2146.756291, 62.55866754),
	('colon recurrence', 'Lev', 3329, 1752.636984, 81.85540304),
	('rossi', 'fin 0', 52, 44.83333333, 0.9176715405),
	('rossi', 'fin 1', 52, 46.875, 0.7933248959),
	('larynx', 'all', 10, 5.54016812, 0.406431424))
SELECT ok_printed(label, days_of(restricted_mean_time(t, until)), mean),
	ok_printed(label || ', lower', days_of(i.estimate - i.lower) / t_events(t, until), error),
	-- kept within the horizon: 1 of 50 bounds
	CASE WHEN i.upper = until THEN ok_is(label || ', upper', mean + t_events(t, until) * error > horizon, true)
		ELSE ok_printed(label || ', upper', days_of(i.upper - i.estimate) / t_events(t, until), error) END
FROM truth LEFT JOIN life USING (data, arm)
CROSS JOIN LATERAL (SELECT format('%s %s, mean of %s days', data, arm, horizon) AS label,
	make_interval(days => horizon) AS until) AS s
CROSS JOIN LATERAL restricted_mean_interval(t, until) AS i
ORDER BY data, arm, horizon;
SELECT ok_error(format('%s %s, mean past the last time', data, arm),
	format('SELECT restricted_mean_time(%L::life_table, %L)', t, make_interval(days => horizon)), '22023',
	'^nobody was followed up to the horizon')
FROM (VALUES ('lung', 'sex 2', 1022), ('ovarian', 'rx 1', 1227), ('colon death', 'Obs', 3329),
	('colon death', 'Lev+5FU', 3329), ('rossi', 'all', 53), ('gehan', 'group 2', 36)) AS w (data, arm, horizon)
LEFT JOIN life USING (data, arm) ORDER BY data, arm;
SELECT ok_near('lung, means of 965 days, difference in hours', (d).difference, 24 * (324.0484191 - 455.9040875)),
	ok_near('lung, means of 965 days, lower', (d).lower, w.lower),
	ok_near('lung, means of 965 days, upper', (d).upper, w.upper),
	ok_near('lung, means of 965 days, z', (d).statistic, -3.316397751),
	ok_near('lung, means of 965 days, p', (d).p_value, w.p_value)
FROM life a, life b, restricted_mean_test(a.t, b.t, '965 days') AS d,
	-- Welch over R's means and standard errors, each with its events
	events_before(a.t, '965 days') AS n, events_before(b.t, '965 days') AS m,
	mean_test(24 * 324.0484191, 24 * 22.29793923 * sqrt(n), n, 24 * 455.9040875, 24 * 32.91741569 * sqrt(m), m) AS w
WHERE (a.data, a.arm, b.data, b.arm) = ('lung', 'sex 1', 'lung', 'sex 2');

-- Log-rank tests: as published, then with more digits, and pairs of sets that have more
-- than two groups.
SELECT ok_printed(format('%s, chi-square as published', w.data), (logrank_test(a.t, b.t)).statistic, published)
FROM (VALUES ('lung', 'sex 1', 'sex 2', 10.3), ('gehan', 'group 1', 'group 2', 16.79),
	('veteran', 'trt 1', 'trt 2', 0.00823), ('ovarian', 'rx 1', 'rx 2', 1.06),
	('leukemia', 'Maintained', 'Nonmaintained', 3.4), ('rossi', 'fin 0', 'fin 1', 3.84),
	('waltons', 'miR-137', 'control', 122)) AS w (data, current, baseline, published)
LEFT JOIN life a ON (a.data, a.arm) = (w.data, current) LEFT JOIN life b ON (b.data, b.arm) = (w.data, baseline)
ORDER BY w.data;
WITH truth (data, current, baseline, chi_square, p_value) AS (VALUES
	('lung', 'sex 1', 'sex 2', 10.3267419549, 0.00131116452),
	('gehan', 'group 1', 'group 2', 16.7929409892, 4.168809109e-05),
	('veteran', 'trt 1', 'trt 2', 0.00822734320235, 0.9277272333),
	('ovarian', 'rx 1', 'rx 2', 1.06273986129, 0.302591117),
	('leukemia', 'Maintained', 'Nonmaintained', 3.39638869898, 0.06533932204),
	('rossi', 'fin 0', 'fin 1', 3.83756957655, 0.05011611741),
	('waltons', 'miR-137', 'control', 122.249125573, 2.035983222e-28),
	('veteran', 'adeno', 'large', 17.6693215293, 2.628316878e-05),
	('veteran', 'adeno', 'smallcell', 0.096843191971, 0.7556513287),
	('veteran', 'adeno', 'squamous', 12.0454836411, 0.0005191801493),
	('veteran', 'large', 'smallcell', 9.37090414818, 0.002204567519),
	('veteran', 'large', 'squamous', 0.822593978656, 0.3644228375),
	('veteran', 'smallcell', 'squamous', 11.57367392, 0.000668921225),
	('colon death', 'Obs', 'Lev', 0.0569691403083, 0.8113521052),
	('colon death', 'Obs', 'Lev+5FU', 9.96566573328, 0.001594864982),
	('colon death', 'Lev', 'Lev+5FU', 8.2070702869, 0.004172747069),
	('colon recurrence', 'Obs', 'Lev', 0.0226052105828, 0.8804882559),
	('colon recurrence', 'Obs', 'Lev+5FU', 19.0651527299, 1.263306839e-05),
	('colon recurrence', 'Lev', 'Lev+5FU', 17.7132019001, 2.568378904e-05),
	('larynx', 'stage 1', 'stage 2', 0.0283326503552, 0.8663291385),
	('larynx', 'stage 1', 'stage 3', 3.06351092337, 0.08006849057),
	('larynx', 'stage 1', 'stage 4', 23.4004545778, 1.315474479e-06),
	('larynx', 'stage 2', 'stage 3', 1.46834324231, 0.2256072748),
	('larynx', 'stage 2', 'stage 4', 11.5462087058, 0.0006788755075),
	('larynx', 'stage 3', 'stage 4', 5.1973863616, 0.02262087624))
SELECT ok_near(label || 'chi-square', (d).statistic, chi_square),
	ok_near(label || 'p', (d).p_value, w.p_value),
	ok_near(label || 'chi-square the other way round', (o).statistic, (d).statistic, 1e-12),
	ok_near(label || 'p the other way round', (o).p_value, (d).p_value, 1e-12),
	-- in hours, where both have a median
	ok_is(label || 'difference of medians', coalesce((d).difference::text, 'none'),
		coalesce((extract(epoch FROM median_time(a.t) - median_time(b.t)) / 3600)::float8::text, 'none'))
FROM truth w LEFT JOIN life a ON (a.data, a.arm) = (w.data, current)
LEFT JOIN life b ON (b.data, b.arm) = (w.data, baseline)
CROSS JOIN LATERAL (SELECT format('%s, %s and %s, ', w.data, current, baseline) AS label) AS s
CROSS JOIN LATERAL logrank_test(a.t, b.t) AS d CROSS JOIN LATERAL logrank_test(b.t, a.t) AS o
ORDER BY w.data, current, baseline;

-- Events per unit of time under observation with exact Poisson bounds (R: poisson.test).
WITH truth (data, arm, per, rate, lower, upper) AS (VALUES
	('lung', 'all', '365 days'::interval, 0.8653887604, 0.7383807238, 1.007972209),
	('gehan', 'group 1', '1 day', 0.1153846154, 0.07142489552, 0.1763776414),
	('gehan', 'group 2', '1 day', 0.02506963788, 0.01146343481, 0.04758998176),
	('rossi', 'all', '52 days', 0.2992579131, 0.2468508755, 0.3595001679),
	('kidney', 'all', '365 days', 0.04291387747, 0.03609994189, 0.05064005838))
SELECT ok_near(label || 'hazard rate', hazard_rate(t, per), rate),
	ok_near(label || 'hazard, lower', (h).lower, w.lower),
	ok_near(label || 'hazard, upper', (h).upper, w.upper),
	ok_is(label || 'hazard, subjects', (h).responses, subjects(t))
FROM truth w LEFT JOIN life USING (data, arm)
CROSS JOIN LATERAL (SELECT format('%s %s, ', data, arm) AS label) AS s CROSS JOIN LATERAL hazard_interval(t, per) AS h
ORDER BY data, arm;

-- Parts, added up, are the whole, bit for bit.
WITH lung AS (SELECT arm, t FROM life WHERE data = 'lung')
SELECT ok_is('lung, sum of both sexes', (SELECT sum(t) FROM lung WHERE arm <> 'all'), t),
	ok_is('lung, sex 2 + sex 1', (SELECT a.t + b.t FROM lung a, lung b WHERE (a.arm, b.arm) = ('sex 2', 'sex 1')), t),
	ok_is('lung, of its text form', t::text::life_table, t)
FROM lung WHERE arm = 'all';
SELECT ok_is(data || ', all arms together', sum(t),
		(SELECT life_table(time, ended) FROM subject s WHERE s.data = l.data))
FROM life l GROUP BY data ORDER BY data;
