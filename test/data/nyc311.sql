-- load: animal animal_complaints_2025.csv
-- load: day day_2022_05_01.csv
-- load: rodents rodents_2018_01.csv
-- plan: 118
--
-- Service requests of a city in three extracts: minutes over ten weeks, two hours of
-- which half is still open, and whole days with requests closed before they were made.
-- Quantiles other than medians, bounds and log-rank tests are from R's survival 3.5-3
-- (conf.type = "log-log").

CREATE TEMP TABLE request AS
SELECT 'animal' AS extract, borough, status, to_timestamp(created_date, 'MM/DD/YYYY HH24:MI') AS created_at,
	to_timestamp(closed_date, 'MM/DD/YYYY HH24:MI') AS closed_at FROM animal
UNION ALL SELECT 'day', borough, status, to_timestamp(created_date, 'MM/DD/YYYY HH12:MI:SS AM'),
	to_timestamp(closed_date, 'MM/DD/YYYY HH12:MI:SS AM') FROM day
UNION ALL SELECT 'rodents', borough, status, to_timestamp(created_date, 'MM/DD/YYYY HH12:MI:SS AM'),
	to_timestamp(closed_date, 'MM/DD/YYYY HH12:MI:SS AM') FROM rodents;
-- open requests are open at the last time in their file
ALTER TABLE request ADD as_of timestamptz;
UPDATE request r SET as_of = (SELECT max(greatest(created_at, closed_at)) FROM request WHERE extract = r.extract);

CREATE FUNCTION tap.hours(t interval) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
	SELECT extract(epoch FROM t) / 3600
$$;

SELECT ok_is(extract || ', rows', count(*), n),
	ok_rate(extract || ', resolution rate of closing times', resolution_rate(closed_at IS NOT NULL),
		rate_tally(closed_at IS NOT NULL), w.rate, closed, n),
	ok_rate(extract || ', resolution rate of statuses', resolution_rate(status = 'Closed'),
		rate_tally(status = 'Closed'), status_rate, status_closed, n),
	ok_is(extract || ', negative and zero durations', ARRAY[count(*) FILTER (WHERE closed_at < created_at),
		count(*) FILTER (WHERE closed_at = created_at)], w.odd::bigint[]),
	ok_is(extract || ', last time', max(as_of), w.last::timestamptz)
FROM (VALUES ('animal', 4969, 94.42543771, 4692, 94.42543771, 4692, '{0,309}', '2025-03-14 01:20'),
	('day', 924, 51.94805195, 480, 51.94805195, 480, '{0,0}', '2022-05-01 02:06:52'),
	('rodents', 155, 59.35483871, 92, 49.03225806, 76, '{16,3}', '2018-01-26 00:00:01'))
	AS w (extract, n, rate, closed, status_rate, status_closed, odd, last)
LEFT JOIN request USING (extract)
GROUP BY extract, n, w.rate, closed, status_rate, status_closed, w.odd, w.last ORDER BY extract;

-- Closed before they were made: an error in every way, until they are left out as the
-- hint says.
SELECT ok_error('negative durations of times',
		'SELECT life_table(created_at, closed_at, as_of) FROM request WHERE extract = ''rodents''',
		'22003', '^finish .* before start .* HINT: .*FILTER \(WHERE finish >= start OR finish IS NULL\)'),
	ok_error('negative durations in one step',
		'SELECT resolution_time(created_at, closed_at, as_of) FROM request WHERE extract = ''rodents''',
		'22003', '^finish .* before start'),
	ok_error('negative durations',
		'SELECT life_table(closed_at - created_at, true) FROM request WHERE extract = ''rodents''',
		'22003', '^duration "-.*" is negative.* HINT: .*FILTER \(WHERE duration >= ''0''\)');
WITH one AS (
	SELECT life_table(created_at, closed_at, as_of) FILTER (WHERE closed_at >= created_at OR closed_at IS NULL) AS t,
		life_table(closed_at - created_at, true) FILTER (WHERE closed_at - created_at >= '0') AS closed,
		resolution_time(created_at, closed_at, as_of)
		FILTER (WHERE closed_at >= created_at OR closed_at IS NULL) AS median
	FROM request WHERE extract = 'rodents'
)
SELECT ok_is('rodents, subjects and events', ARRAY[subjects(t), events(t)], '{139,76}'),
	ok_is('rodents, closed', ARRAY[subjects(closed), censored(closed)], '{76,0}'),
	ok_near('rodents, mean of the closed', hours(observed_mean_time(t)), 37.5414364),
	ok_near('rodents, median of the closed', hours(median_time(closed)), 24),
	ok_near('rodents, 90 % of the closed', hours(time_quantile(closed, 0.9)), 72),
	ok_near('rodents, longest closed', hours(longest_time(closed)), 96.00027778),
	ok_near('rodents, median', hours(median_time(t)), 72), ok_is('rodents, median in one step', median, median_time(t)),
	ok_is('rodents, median, lower', (median_time_interval(t)).lower, '48:00:01'),
	ok_is('rodents, median, upper', (median_time_interval(t)).upper, '96:00:00'),
	ok_is('rodents, 75 % never', time_quantile(t, 0.75) IS NULL, true),
	ok_near('rodents, closed within 24 h', resolved_within(t, '24 hours'), 29.49640288)
FROM one;

-- Two hours of requests, 48 % of them open.  Nothing is known after 2:06:49, the longest
-- time observed: no share closed within 4 h, and no 90 % quantile.
WITH one AS (
	SELECT life_table(created_at, closed_at, as_of) AS t, life_table(closed_at - created_at, true) AS closed,
		percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY closed_at - created_at) AS disc
	FROM request WHERE extract = 'day'
)
SELECT ok_is('day, exact', left(t::text, 6), 'exact:'),
	ok_near('day, mean of the closed', hours(observed_mean_time(t)), 0.6312332176),
	ok_near('day, median of the closed', hours(median_time(closed)), 0.5391666667),
	ok_near('day, 90 % of the closed', hours(time_quantile(closed, 0.9)), 1.209444444),
	ok_is('day, closed as percentile_disc has it', ARRAY[median_time(closed), time_quantile(closed, 0.9)], disc),
	ok_near('day, longest closed', hours(longest_time(closed)), 2.062777778),
	ok_near('day, median', hours(median_time(t)), 0.9786111111),
	ok_is('day, median, lower', (median_time_interval(t)).lower, '3199 s'),
	ok_is('day, median, upper', (median_time_interval(t)).upper, '3842 s'),
	ok_is('day, 75 %', time_quantile(t, 0.75), '7426 s'), ok_is('day, 90 % never', time_quantile(t, 0.9) IS NULL, true),
	ok_near('day, closed within 1 h', resolved_within(t, '1 hour'), 50.87753542),
	ok_is('day, closed within 4 h: nobody was followed so long', resolved_within(t, '4 hours') IS NULL, true),
	ok_near('day, closed within the longest time', resolved_within(t, longest_time(t)), 76.51193037),
	ok_is('day, longest wait', longest_time(t), '2:06:49'),
	ok_near('day, mean of 90 minutes', hours(restricted_mean_time(t, '90 minutes')), 3447.906632 / 3600),
	ok_near('day, mean of 2 hours', hours(restricted_mean_time(t, '2 hours')), 4022.9288 / 3600),
	ok_error('day, mean of 4 hours', 'SELECT restricted_mean_time(life_table(created_at, closed_at, as_of), ''4 hours'')
		FROM request WHERE extract = ''day''', '22023', '^nobody was followed up to the horizon "04:00:00"')
FROM one;

-- 2,306 distinct minutes: in buckets, times within 0.5 %.  Up to 205 minutes a bucket has
-- one minute and shares are exact; from there on it has more and spreads its requests over
-- its width, so a share is off by less than a minute's requests (0.02 points at 24 h).
CREATE TEMP TABLE life AS
SELECT coalesce(borough, 'all') AS part, life_table(created_at, closed_at, as_of) AS t,
	life_table(closed_at - created_at, true) AS closed,
	percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY closed_at - created_at) AS cont,
	percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY closed_at - created_at) AS disc
FROM request WHERE extract = 'animal' GROUP BY GROUPING SETS ((), (borough));
SELECT ok_is('animal, in buckets', left(t::text, 9), 'bucketed:'),
	ok_near('animal, mean of the closed', hours(observed_mean_time(t)), 26.24519039),
	ok_near('animal, mean of the closed only', hours(observed_mean_time(closed)), 26.24519039),
	ok_near('animal, longest closed', hours(longest_time(closed)), 684.4),
	ok_near('animal, median of the closed', hours(median_time(closed)), 4.483333333, 0.005),
	ok_near('animal, 90 % of the closed', hours(time_quantile(closed, 0.9)), 73.08333333, 0.005),
	ok_near('animal, median', hours(median_time(t)), 5.7, 0.005),
	ok_near('animal, median, lower', hours((median_time_interval(t)).lower), 18060 / 3600.0, 0.005),
	ok_near('animal, median, upper', hours((median_time_interval(t)).upper), 22620 / 3600.0, 0.005),
	ok_near('animal, 25 %', hours(time_quantile(t, 0.25)), 4080 / 3600.0, 0.005),
	ok_near('animal, 90 %', hours(time_quantile(t, 0.9)), 103.2, 0.005),
	ok_near('animal, 95 %', hours(time_quantile(t, 0.95)), 815940 / 3600.0, 0.005),
	ok_near('animal, closed within 1 h', resolved_within(t, '1 hour'), 23.10895965),
	ok_near('animal, closed within 4 h', resolved_within(t, '4 hours'), 45.62903641),
	ok_is('animal, closed within 24 h', abs(resolved_within(t, '24 hours') - 67.1524873) < 0.05, true)
FROM life WHERE part = 'all';
-- The boroughs, most of them exact.
WITH truth (part, n, closed, p50, p90, q50, lower, upper, q90, share_4) AS (VALUES
	('BRONX', 705, 661, 6.3333333, 94.683333, 26460, 22440, 31620, 505080, 37.73049645),
	('BROOKLYN', 1654, 1531, 4.35, 93.016667, 20940, 17340, 24780, 533880, 45.3833034),
	('MANHATTAN', 953, 915, 1.6333333, 52.58, 6300, 5520, 7020, 272160, 66.52675761),
	('QUEENS', 1193, 1144, 9.7833333, 59.561667, 44160, 32040, 56160, 255240, 38.26917806),
	('STATEN ISLAND', 463, 440, 20.575, 71.985, 78420, 66780, 87660, 351360, 34.55723542))
SELECT ok_is(part || ', subjects and events', ARRAY[subjects(t), events(t)], ARRAY[n, w.closed]::bigint[]),
	ok_near(part || ', median of the closed as published', hours(cont[1]), p50, 1e-7),
	ok_near(part || ', 90 % of the closed as published', hours(cont[2]), p90, 1e-7),
	ok_near(part || ', median of the closed', hours(median_time(l.closed)), hours(disc[1]), tolerance),
	ok_near(part || ', 90 % of the closed', hours(time_quantile(l.closed, 0.9)), hours(disc[2]), tolerance),
	ok_near(part || ', median', hours(median_time(t)), q50 / 3600.0, tolerance),
	ok_near(part || ', median, lower', hours((median_time_interval(t)).lower), w.lower / 3600.0, tolerance),
	ok_near(part || ', median, upper', hours((median_time_interval(t)).upper), w.upper / 3600.0, tolerance),
	ok_near(part || ', 90 %', hours(time_quantile(t, 0.9)), q90 / 3600.0, tolerance),
	ok_near(part || ', closed within 4 h', resolved_within(t, '4 hours'), share_4)
FROM truth w LEFT JOIN life l USING (part)
CROSS JOIN LATERAL (SELECT CASE WHEN t::text LIKE 'bucketed%' THEN 0.005 ELSE 1e-8 END AS tolerance) AS s ORDER BY part;
SELECT ok_is('Unspecified, one request', ARRAY[median_time(t), time_quantile(t, 0.9), longest_time(t)],
	ARRAY['37:31', '37:31', '37:31']::interval[])
FROM life WHERE part = 'Unspecified';

-- Exact tables against each other, as in R, and a bucketed table against an exact table.
SELECT ok_near(format('%s and %s, log-rank', a.part, b.part), (d).statistic, chi_square, tolerance)
FROM (VALUES ('BRONX', 'MANHATTAN', 56.94935171, 1e-8), ('BROOKLYN', 'QUEENS', 10.93336652, 0.01))
	AS w (current, baseline, chi_square, tolerance)
LEFT JOIN life a ON a.part = current LEFT JOIN life b ON b.part = baseline
CROSS JOIN LATERAL logrank_test(a.t, b.t) AS d ORDER BY a.part;

-- Parts, exact and bucketed, added up, are the table of all rows: bit for bit.
SELECT ok_is('sum of the boroughs', (SELECT sum(l.t) FROM life l WHERE part <> 'all'), t),
	ok_is('of its text form', t::text::life_table, t)
FROM life WHERE part = 'all';
