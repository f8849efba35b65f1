-- load: request cases.csv.gz
-- plan: 399
--
-- Cases of a city council in whole days, 341,299 of them, 14,142 still open: closed
-- cases only against Kaplan-Meier.  There are 2,829 distinct durations, so the life
-- table of all is in buckets, and so are most tables of a year or type.  Medians by
-- Kaplan-Meier, their log-log bounds and log-rank tests of parts are from R's survival
-- 3.5-3, taken as the first time with S(t) <= 1 - q.

CREATE TEMP TABLE filed AS
SELECT left(opendate, 4) AS year, complaint_type AS type,
	opendate::timestamptz AS opened_at, closedate::timestamptz AS closed_at, timestamptz '2025-01-09' AS as_of
FROM request;
CREATE TEMP TABLE life AS
SELECT CASE grouping(year, type) WHEN 3 THEN 'all' ELSE coalesce(year, type, 'no type') END AS part, count(*) AS n,
	resolution_rate(closed_at IS NOT NULL) AS rate,
	rate_tally(closed_at IS NOT NULL) AS tally, life_table(opened_at, closed_at, as_of) AS t,
	-- what help desk tools report: closed cases only
	life_table(closed_at - opened_at, true) AS closed,
	percentile_cont(ARRAY[0.5, 0.9, 0.95]) WITHIN GROUP (ORDER BY closed_at - opened_at) AS cont,
	percentile_disc(ARRAY[0.5, 0.9, 0.95]) WITHIN GROUP (ORDER BY closed_at - opened_at) AS disc
FROM filed GROUP BY GROUPING SETS ((), (year), (type));

CREATE FUNCTION tap.days(t interval) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
	SELECT extract(epoch FROM t) / 86400
$$;
-- A time of a bucketed table is within 0.5 %, and exact where a bucket has one day: up
-- to 204 days, as a bucket is at most 1/205 wide.  Never reached is NULL.
CREATE FUNCTION tap.ok_days(label text, got interval, want double precision) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN want IS NULL THEN ok_is(label || ' never reached', got IS NULL, true)
		ELSE ok_near(label, days(got), want, CASE WHEN want < 205 THEN 1e-15 ELSE 0.005 END) END
$$;

SELECT ok_is('rows', count(*), 341299), ok_is('first day', min(opened_at), '2015-01-01'),
	ok_is('last day', max(opened_at), '2025-01-09'), ok_is('last closing', max(closed_at), '2025-01-09'),
	ok_is('negative durations', count(*) FILTER (WHERE closed_at < opened_at), 0),
	ok_is('distinct durations', count(DISTINCT coalesce(closed_at, as_of) - opened_at), 2829)
FROM filed;

SELECT ok_is('in buckets', left(t::text, 9), 'bucketed:'),
	ok_is('subjects', subjects(t), 341299), ok_is('events', events(t), 327157), ok_is('censored', censored(t), 14142),
	ok_rate('resolution rate', rate, tally, 95.85641915, 327157, 341299),
	ok_is('shortest', shortest_time(t), '0'), ok_is('longest', longest_time(t), '3599 days'),
	ok_is('longest closed', longest_time(closed), '3103 days'),
	ok_near('mean of the closed', days(observed_mean_time(t)), 154.705163),
	ok_is('mean of the closed alone', observed_mean_time(closed), observed_mean_time(t)),
	-- nine days, not a week
	ok_days('median of the closed', median_time(closed), 7), ok_days('median', median_time(t), 9),
	ok_days('median, lower', (median_time_interval(t)).lower, 9),
	ok_days('median, upper', (median_time_interval(t)).upper, 9),
	ok_days('75 %', time_quantile(t, 0.75), 99), ok_days('90 %', time_quantile(t, 0.9), 813),
	ok_days('90 % of the closed', time_quantile(closed, 0.9), 425),
	ok_days('95 %', time_quantile(t, 0.95), 1567), ok_days('95 % of the closed', time_quantile(closed, 0.95), 1010),
	ok_near('mean of 30 days', days(restricted_mean_time(t, '30 days')), 14.16504776),
	ok_near('mean of 90 days', days(restricted_mean_time(t, '90 days')), 32.61126991),
	ok_near('mean of 365 days', days(restricted_mean_time(t, '365 days')), 84.6872352, 1e-6),
	ok_near('mean of 3,103 days', days(restricted_mean_time(t, '3103 days')), 221.3453224, 0.0005),
	ok_error('mean of ten years', 'SELECT restricted_mean_time(t, ''3660 days'') FROM life WHERE part = ''all''',
		'22023', 'followed up'),
	-- exposure is kept exactly: 64,711,929 days
	ok_near('closed per case and 30 days', hazard_rate(t, '30 days'), 0.1516677087),
	ok_near('closed per case and 30 days, lower', (hazard_interval(t, '30 days')).lower, 0.1511484355),
	ok_near('closed per case and 30 days, upper', (hazard_interval(t, '30 days')).upper, 0.1521883245)
FROM life WHERE part = 'all';
SELECT ok_is('one-step median', resolution_time(opened_at, closed_at, as_of), '9 days') FROM filed;

-- Closed within a number of days: of all cases, and of cases that are closed by now.
SELECT ok_near(format('closed within %s days', day), resolved_within(t, at), share),
	ok_near(format('closed within %s days, closed cases only', day), resolved_within(life.closed, at), w.closed)
FROM life, (VALUES (0, 34.52749642, 36.02001486), (7, 48.10011377, 50.17927173), (30, 62.35629904, 65.05164187),
	(90, 74.01357844, 77.21277552), (365, 85.12273999, 88.80017851)) AS w (day, share, closed),
	make_interval(days => day) AS at
WHERE part = 'all' ORDER BY day;
SELECT ok_near(format('open after %s days', day), (i).estimate, w.estimate),
	ok_near(format('open after %s days, lower', day), (i).lower, w.lower, 1e-6),
	ok_near(format('open after %s days, upper', day), (i).upper, w.upper, 1e-6)
FROM life, (VALUES (7, 51.89988623, 51.73212014, 52.06736823), (30, 37.64370096, 37.48115049, 37.80623493),
	(365, 14.87726001, 14.75809092, 14.99688441)) AS w (day, estimate, lower, upper),
	retention_interval(t, make_interval(days => day)) AS i
WHERE part = 'all' ORDER BY day;
-- Where buckets have several days, a share is that of a time up to 0.5 % away, in which
-- the exact curve rises by 0.02 to 0.09 points (but for the last); it is nearer than that.
SELECT ok_is(format('closed within %s days, buckets of several days', day),
	abs(resolved_within(t, make_interval(days => day)) - share) < 0.01, true)
FROM life, (VALUES (730, 89.26143787), (1000, 91.76869717), (1095, 92.49319591), (2000, 97.12509227),
	(3000, 99.72972482)) AS w (day, share)
WHERE part = 'all' ORDER BY day;

-- By year and by the largest types.  The published quantiles of closed cases are
-- interpolated (percentile_cont), quantiles of a life table are not (percentile_disc).
CREATE TEMP TABLE truth (part, n, yes, rate, p50, p90, share_0, share_7, share_30, share_90, share_365, q50, q75, q90,
	q95, lower, upper) AS VALUES
	('2015', 48486, 48396, 99.81437941, 9, 417.5, 30.90789094, 46.51239533, 62.93569278, 75.9580085, 88.92257559,
		10, 83, 432, 1450, 9, 10),
	('2016', 51948, 51837, 99.78632479, 8, 886, 34.41325941, 49.004774, 63.46538847, 75.74497574, 86.22276122,
		8, 84, 944, 1920, 8, 9),
	('2017', 49299, 49144, 99.685592, 10, 782, 34.72281385, 47.47155115, 61.23653624, 73.59175643, 84.78670967,
		10, 104, 798, 1731, 9, 11),
	('2018', 44242, 43451, 98.21210614, 11, 508, 33.90895529, 46.28859455, 59.49776231, 71.56096017, 83.50888296,
		12, 134, 827, 1366, 11, 13),
	('2019', 39356, 38497, 97.81735949, 8, 552, 34.93495274, 48.8235593, 64.39170647, 77.15214961, 87.02866145,
		8, 75, 772, 1020, 8, 9),
	('2020', 24482, 23733, 96.94060943, 4, 536, 41.92059472, 54.08463361, 65.73809329, 72.29801487, 82.39114451,
		5, 162, 652, 834, 4, 5),
	('2021', 18820, 18018, 95.73857598, 5, 294, 39.90967056, 51.65249734, 63.78852285, 73.0021254, 89.41551541,
		6, 114, 383, 790, 6, 7),
	('2022', 29861, 25974, 86.98302133, 10, 227, 26.56977328, 41.20424634, 56.3310003, 68.92602391, 82.08700311,
		18, 161, NULL, NULL, 17, 19),
	('2023', 34324, 27742, 80.8239133, 1, 69, 38.49201725, 51.02260809, 64.73021792, 74.99417317, 80.81225964,
		7, 91, NULL, NULL, 7, 7),
	('2024', 477, 362, 75.89098532, 0, 20.9, 39.4129979, 58.07127883, 71.69811321, 75.68134172, 75.89098532,
		5, 69, NULL, NULL, 2, 6),
	('2025', 4, 3, 75, 0, 1.6, 50, 100, 100, 100, 100,
		0, 2, 2, 2, 0, NULL),
	('Housing and Buildings', 81381, 78535, 96.50286922, 16, NULL, 27.94264017, 40.56843735, 55.89879702,
		69.02225335, 82.14264492, 19, 161, 868, 1368, 18, 20),
	('Transportation', 43391, 41984, 96.75739209, 11, NULL, 30.70913323, 44.95402272, 60.69000484,
		75.08008573, 88.35019523, 13, 90, 468, 1143, 12, 13),
	('Finance', 28350, 27841, 98.20458554, 0, NULL, 60.6984127, 70.77248677, 79.10758377, 86.05996473, 93.54850088,
		0, 15, 172, 672, 0, 0),
	('General Welfare', 23219, 22382, 96.39519359, 4, NULL, 39.35570007, 54.79133468, 69.86088979,
		80.39967268, 88.99745559, 5, 50, 432, 1219, 5, 5),
	('Immigration', 18186, 17665, 97.13515891, 0, NULL, 51.7925877, 59.32585505, 67.6069504, 75.62410646, 86.51198616,
		0, 84, 803, 1773, 0, 0),
	('Sanitation', 16038, 15485, 96.55193914, 5, NULL, 38.02219728, 53.22982916, 68.25040529, 80.24691358, 91.11845083,
		6, 55, 304, 916, 5, 6),
	('Public Safety', 13755, 12898, 93.76953835, 14, NULL, 23.11886587, 39.30934206, 57.75354417,
		72.35187205, 83.88245035, 17, 114, 867, 1526, 16, 19),
	('Parks', 13504, 12787, 94.69046209, 19, NULL, 21.24555687, 35.85604265, 55.25029621, 70.94194313, 85.77458531,
		22, 123, 681, 1509, 21, 23),
	('Governmental Operations', 11522, 11085, 96.20725568, 3, NULL, 40.72209686, 54.68873123, 73.29065632,
		81.09426372, 89.55757542, 4, 39, 380, 1027, 3, 5),
	('Legal Services', 9958, 9860, 99.01586664, 0, NULL, 51.13476602, 64.16951195, 72.64510946,
		80.20686885, 89.92327703, 0, 43, 371, 945, 0, 0);
SELECT ok_rate(part || ', resolution rate', l.rate, tally, w.rate, yes, w.n),
	ok_near(part || ', median of the closed as published', days(cont[1]), p50),
	ok_days(part || ', median of the closed', median_time(closed), days(disc[1])),
	ok_days(part || ', 90 % of the closed', time_quantile(closed, 0.9), days(disc[2])),
	ok_near(part || ', closed at once', resolved_within(t, '0'), share_0),
	ok_near(part || ', closed within 7 days', resolved_within(t, '7 days'), share_7),
	ok_near(part || ', closed within 30 days', resolved_within(t, '30 days'), share_30),
	ok_near(part || ', closed within 90 days', resolved_within(t, '90 days'), share_90),
	ok_near(part || ', closed within 365 days', resolved_within(t, '365 days'), share_365),
	ok_days(part || ', median', median_time(t), q50), ok_days(part || ', 75 %', time_quantile(t, 0.75), q75),
	ok_days(part || ', 90 %', time_quantile(t, 0.9), q90), ok_days(part || ', 95 %', time_quantile(t, 0.95), q95),
	ok_days(part || ', median, lower', (median_time_interval(t)).lower, w.lower),
	ok_days(part || ', median, upper', (median_time_interval(t)).upper, w.upper)
FROM truth w LEFT JOIN life l USING (part) ORDER BY part;
SELECT ok_near(part || ', 90 % of the closed as published', days(cont[2]), p90)
FROM truth LEFT JOIN life USING (part) WHERE p90 IS NOT NULL ORDER BY part;

-- Years against each other: z = sqrt(chi-square).  Exact tables give the same as R.  In
-- buckets the days of a bucket are one time: its late events count as early events, when
-- more subjects were at risk, which moves z by up to 0.11 here.
SELECT ok_near(format('%s and %s, log-rank', a.part, b.part), sqrt((d).statistic), sqrt(chi_square), 1e-8)
FROM (VALUES ('2021', '2022', 761.9920041), ('2022', '2023', 26.12110605), ('2023', '2024', 0.105201981))
	AS w (current, baseline, chi_square)
LEFT JOIN life a ON a.part = current LEFT JOIN life b ON b.part = baseline
CROSS JOIN LATERAL logrank_test(a.t, b.t) AS d ORDER BY a.part;
SELECT ok_is(format('%s and %s, log-rank in buckets', a.part, b.part),
		abs(sqrt((d).statistic) - sqrt(chi_square)) < 0.12, true)
FROM (VALUES ('2015', '2016', 29.11146122), ('2016', '2017', 16.00156359), ('2017', '2018', 0.7942715278),
	('2018', '2019', 285.9015153), ('2019', '2020', 0.3552990113), ('2020', '2021', 38.80774415),
	('2019', '2022', 869.6269295), ('2015', '2023', 293.3203381))
	AS w (current, baseline, chi_square)
LEFT JOIN life a ON a.part = current LEFT JOIN life b ON b.part = baseline
CROSS JOIN LATERAL logrank_test(a.t, b.t) AS d ORDER BY a.part, b.part;

-- Parts, exact ones and bucketed ones, added up, are the table of all rows: bit for bit.
SELECT ok_is('sum of the years', (SELECT sum(l.t) FROM life l WHERE part ~ '^20'), t),
	ok_is('sum of the types', (SELECT sum(l.t) FROM life l WHERE part !~ '^20' AND part <> 'all'), t),
	ok_is('sum by office and day',
		(SELECT sum(s.t) FROM (SELECT life_table(opendate::timestamptz, closedate::timestamptz, '2025-01-09') AS t
		FROM request GROUP BY account, closedate) s), t),
	ok_is('of its text form', t::text::life_table, t)
FROM life WHERE part = 'all';
