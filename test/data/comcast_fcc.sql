-- load: complaint comcast_complaints.csv
-- plan: 57
--
-- Complaints about a cable company: resolution rate by channel, state and month.  Dates
-- are day-month-year text beside a local time of day.

-- at: the local time, taken to be New York's
CREATE VIEW ticket AS
SELECT received_via, state, status, status IN ('Solved', 'Closed') AS resolved,
	filing_on_behalf_of_someone = 'Yes' AS on_behalf,
	to_date(date, 'DD-MM-YYYY') AS day, to_date(date_month_year, 'DD-Mon-YY') AS other_day,
	to_date(date, 'DD-MM-YYYY')::timestamp AT TIME ZONE 'UTC' AS midnight,
	(to_date(date, 'DD-MM-YYYY') + time::time) AT TIME ZONE 'America/New_York' AS at
FROM complaint;

SELECT ok_is('rows', count(*), 2224),
	ok_rate('resolution rate', resolution_rate(resolved), rate_tally(resolved), 76.75359712, 1707, 2224),
	ok_near('resolution rate of the tally', resolution_rate(rate_tally(resolved)), 76.75359712),
	ok_rate('solved only', resolution_rate(status = 'Solved'), rate_tally(status = 'Solved'), 43.75, 973, 2224),
	ok_is('statuses', ARRAY[(counts(rate_tally(status = 'Closed')))[2], (counts(rate_tally(status = 'Open')))[2],
		(counts(rate_tally(status = 'Solved')))[2], (counts(rate_tally(status = 'Pending')))[2]], '{734,363,973,154}'),
	ok_is('both date columns agree', rate_tally(day = other_day), '0..1:{0,2224}')
FROM ticket;

WITH one AS (SELECT rate_tally(resolved) AS t FROM ticket)
SELECT ok_near('interval, estimate', (w).estimate, 76.75359712),
	ok_is('interval, cases', (w).responses, 2224),
	ok_printed('Wilson, lower', (w).lower / 100, 0.74952845),
	ok_printed('Wilson, upper', (w).upper / 100, 0.78462087),
	ok_near('against 80 %', (d).difference, 76.75359712 - 80),
	ok_printed('against 80 %, lower', ((d).lower + 80) / 100, 0.74952845),
	ok_printed('against 80 %, upper', ((d).upper + 80) / 100, 0.78462087),
	ok_near('against 80 %, statistic', (d).statistic, (76.75359712 - 80) / sqrt(80 * 20 / 2224.0))
FROM one CROSS JOIN LATERAL rate_interval(t) AS w CROSS JOIN LATERAL target_test(t, 80) AS d;

WITH by_channel AS (
	SELECT received_via AS channel, resolution_rate(resolved) AS rate, rate_tally(resolved) AS t FROM ticket GROUP BY 1
)
SELECT ok_rate('resolution rate, ' || channel, c.rate, t, w.rate, yes, n)
FROM (VALUES ('Customer Care Call', 77.21179625, 864, 1119), ('Internet', 76.28959276, 843, 1105))
	AS w (channel, rate, yes, n)
FULL JOIN by_channel c USING (channel) ORDER BY channel;

WITH arm AS (
	SELECT rate_tally(resolved) FILTER (WHERE on_behalf) AS other,
		rate_tally(resolved) FILTER (WHERE NOT on_behalf) AS self
	FROM ticket
)
SELECT ok_rate('resolution rate, on behalf of someone', resolution_rate(other), other, 73.39901478, 149, 203),
	ok_rate('resolution rate, for oneself', resolution_rate(self), self, 77.09054923, 1558, 2021),
	ok_near('on behalf against for oneself', (d).difference, 73.39901478 - 77.09054923),
	ok_near('on behalf against for oneself, statistic', (d).statistic,
		-sqrt((2224 - 1) * (149.0 * (2021 - 1558) - 1558.0 * (203 - 149)) ^ 2 / (203.0 * 2021 * 1707 * 517)))
FROM arm CROSS JOIN LATERAL rate_test(other, self) AS d;

-- The five states with most complaints; a sixth or another one would have no truth.
WITH top AS (
	SELECT state, resolution_rate(resolved) AS rate, rate_tally(resolved) AS t FROM ticket
	GROUP BY state ORDER BY responses(rate_tally(resolved)) DESC LIMIT 5
)
SELECT ok_rate('resolution rate, ' || state, s.rate, t, w.rate, yes, n)
FROM (VALUES ('Georgia', 72.22222222, 208, 288), ('Florida', 83.75, 201, 240), ('California', 72.27272727, 159, 220),
	('Illinois', 82.31707317, 135, 164), ('Tennessee', 67.13286713, 96, 143)) AS w (state, rate, yes, n)
FULL JOIN top s USING (state) ORDER BY state;

-- By month; the truth of the rates has four decimals.
CREATE TEMP TABLE monthly AS
SELECT period_start('month', midnight, 'UTC') AS month, resolution_rate(resolved) AS rate, rate_tally(resolved) AS t
FROM ticket GROUP BY 1;
SELECT ok_is('complaints ' || month, responses(t), n),
	ok_printed('resolution rate ' || month, m.rate, w.rate)
FROM (VALUES ('2015-01-01'::date, 55, 90.9091), ('2015-02-01', 59, 93.2203), ('2015-03-01', 45, 84.4444),
	('2015-04-01', 375, 97.3333), ('2015-05-01', 317, 71.9243), ('2015-06-01', 1046, 64.0535),
	('2015-07-01', 49, 87.7551), ('2015-08-01', 67, 94.0299), ('2015-09-01', 55, 90.9091),
	('2015-10-01', 53, 94.3396), ('2015-11-01', 38, 94.7368), ('2015-12-01', 65, 90.7692)) AS w (month, n, rate)
FULL JOIN monthly m USING (month) ORDER BY month;
-- April was the best, June the worst month
SELECT ok_is('the year in a line', length(s) = 12 AND substr(s, 4, 1) = '█' AND strpos(s, '▁') = 6, true)
FROM (SELECT sparkline(rate ORDER BY month) AS s FROM monthly) m;

-- In the zone in which the time was taken, every period is that of the date: all units,
-- all hours, summer and winter.
SELECT ok_is(format('start of %s in its own zone', unit), rate_tally(period_start(unit, at, 'America/New_York')
	= date_trunc(unit, day::timestamp)::date), '0..1:{0,2224}')
FROM ticket, unnest(ARRAY['day', 'week', 'month', 'quarter', 'year']) WITH ORDINALITY AS u (unit, i) GROUP BY unit, i
ORDER BY i;

-- Tallies of parts, added up, are the tally of the whole: bit for bit.
SELECT ok_is('resolution rate of tallies by month', (SELECT resolution_rate(sum(t)) FROM monthly),
		resolution_rate(resolved)),
	ok_is('resolution rate of tallies by state and day', (SELECT resolution_rate(sum(t)) FROM (
		SELECT rate_tally(resolved) AS t FROM ticket GROUP BY state, day) s), resolution_rate(resolved))
FROM ticket;
