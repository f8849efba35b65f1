-- business.sql: open time between two instants.  Spans of half a year and of five
-- years on average, different in each row, against each other and against plain
-- SQL: a row per day from generate_series, joined to the hours.  That is slow,
-- so it runs over 2,000 rows.  The table is made by business_table.sql.

--= Business time, one-year spans
--: ours: business_time
SELECT sum(extract(epoch FROM business_time(
	'Europe/Berlin; mon-fri 09:00-17:00; sat 10:00-14:00; 2024-12-24 09:00-12:00; 2024-12-25 closed',
	start, one_year)))
FROM spans;
--: rival: finish - start [other answers]
SELECT sum(extract(epoch FROM one_year - start)) FROM spans;

--= Business time, ten-year spans
--: ours: business_time, ten-year spans
SELECT sum(extract(epoch FROM business_time(
	'Europe/Berlin; mon-fri 09:00-17:00; sat 10:00-14:00; 2024-12-24 09:00-12:00; 2024-12-25 closed',
	start, ten_years)))
FROM spans;
--: rival: business_time, one-year spans [bar 1.10, other answers]
SELECT sum(extract(epoch FROM business_time(
	'Europe/Berlin; mon-fri 09:00-17:00; sat 10:00-14:00; 2024-12-24 09:00-12:00; 2024-12-25 closed',
	start, one_year)))
FROM spans;

--= Business time, a calendar per customer
--: ours: business_time, 50 calendars
SELECT sum(extract(epoch FROM business_time(calendar, start, one_year))) FROM spans JOIN calendars USING (customer);
--: rival: business_time, one calendar [other answers]
SELECT sum(extract(epoch FROM business_time(
	'Europe/Berlin; mon-fri 09:00-17:00; sat 10:00-14:00; 2024-12-24 09:00-12:00; 2024-12-25 closed',
	start, one_year)))
FROM spans JOIN calendars USING (customer);

--= Business time of 2,000 rows, one-year spans
--: ours: business_time
SELECT id, extract(epoch FROM business_time(
	'Europe/Berlin; mon-fri 09:00-17:00; sat 10:00-14:00; 2024-12-24 09:00-12:00; 2024-12-25 closed',
	start, one_year))
FROM few_spans;
--: rival: a row per day
SELECT id, coalesce((SELECT sum(extract(epoch FROM least(finish, one_year) - greatest(opening, start)))
	FROM (SELECT (day + h.opens) AT TIME ZONE 'Europe/Berlin' AS opening,
			(day + h.closes) AT TIME ZONE 'Europe/Berlin' AS finish
		FROM generate_series((start AT TIME ZONE 'Europe/Berlin')::date::timestamp,
			one_year AT TIME ZONE 'Europe/Berlin', interval '1 day') AS day
		JOIN hours AS h ON h.weekday = extract(isodow FROM day) OR h.date = day
		WHERE h.date IS NOT NULL OR NOT EXISTS (SELECT FROM hours AS e WHERE e.date = day)) AS days
	WHERE opening < one_year AND finish > start), 0)
FROM few_spans;

--= Due dates of 4 open hours
--: ours: add_business_time
SELECT count(add_business_time(
	'Europe/Berlin; mon-fri 09:00-17:00; sat 10:00-14:00; 2024-12-24 09:00-12:00; 2024-12-25 closed',
	start, '4:00'))
FROM spans;
--: rival: start + interval, in the session's zone [other answers]
SELECT count(start + interval '4:00') FROM spans;
