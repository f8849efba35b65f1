-- status.sql: how long cases were in three sets of statuses, in open hours.  One clock and
-- three readers against lead() and business_time(), and against what packages for dbt do:
-- for each measure the spans of its statuses, joined to the weeks they may touch, and each
-- week to the hours of the office.  The table is made by status_table.sql.

--= Time in three sets of statuses, open hours
--: ours: status_clock, three readers
SELECT id, extract(epoch FROM time_in(clock, '{New,Active}', 'Europe/Berlin; mon-fri 08:00-18:00', as_of)),
	extract(epoch FROM time_in(clock, '{Awaiting User Info}', 'Europe/Berlin; mon-fri 08:00-18:00', as_of)),
	extract(epoch FROM time_in(clock, '{New,Active,Awaiting Vendor}', 'Europe/Berlin; mon-fri 08:00-18:00', as_of))
FROM (SELECT id, status_clock(status, at, sequence) AS clock, max(at) AS as_of FROM case_log GROUP BY id) AS c;
--: rival: lead() and business_time [bar 1.50]
SELECT id, coalesce(sum(extract(epoch FROM open)) FILTER (WHERE status IN ('New', 'Active')), 0),
	coalesce(sum(extract(epoch FROM open)) FILTER (WHERE status = 'Awaiting User Info'), 0),
	coalesce(sum(extract(epoch FROM open)) FILTER (WHERE status IN ('New', 'Active', 'Awaiting Vendor')), 0)
FROM (SELECT id, status, business_time('Europe/Berlin; mon-fri 08:00-18:00', at,
		lead(at, 1, at) OVER (PARTITION BY id ORDER BY at, sequence)) AS open FROM case_log) AS s
GROUP BY id;
--: rival: week by week [bar 0.03]
WITH span AS (
	SELECT id, status, at AT TIME ZONE 'Europe/Berlin' AS start,
		lead(at, 1, at) OVER (PARTITION BY id ORDER BY at, sequence) AT TIME ZONE 'Europe/Berlin' AS finish
	FROM case_log),
measure AS (
	SELECT 1 AS measure, * FROM span WHERE status IN ('New', 'Active')
	UNION ALL SELECT 2, * FROM span WHERE status = 'Awaiting User Info'
	UNION ALL SELECT 3, * FROM span WHERE status IN ('New', 'Active', 'Awaiting Vendor')),
weekly AS (
	SELECT measure, id, start, finish, date_trunc('week', start) + week * interval '1 week' AS monday
	FROM measure CROSS JOIN week_number
	WHERE floor(extract(epoch FROM finish - date_trunc('week', start)) / 604800) >= week),
worked AS (
	SELECT measure, id, extract(epoch FROM least(finish, monday + closes) - greatest(start, monday + opens)) AS open
	FROM weekly JOIN office_hours ON monday + opens < finish AND monday + closes > start)
SELECT id, coalesce(sum(open) FILTER (WHERE measure = 1), 0), coalesce(sum(open) FILTER (WHERE measure = 2), 0),
	coalesce(sum(open) FILTER (WHERE measure = 3), 0)
FROM (SELECT DISTINCT id FROM case_log) AS c LEFT JOIN worked USING (id) GROUP BY id;
--: rival: lead() alone, around the clock [other answers]
SELECT id, sum(extract(epoch FROM finish - at)) FILTER (WHERE status IN ('New', 'Active')),
	sum(extract(epoch FROM finish - at)) FILTER (WHERE status = 'Awaiting User Info'),
	sum(extract(epoch FROM finish - at)) FILTER (WHERE status IN ('New', 'Active', 'Awaiting Vendor'))
FROM (SELECT *, lead(at, 1, at) OVER (PARTITION BY id ORDER BY at, sequence) AS finish FROM case_log) AS s
GROUP BY id;

--= Time in three sets of statuses, around the clock
--: ours: status_clock, three readers
SELECT id, extract(epoch FROM time_in(clock, '{New,Active}', NULL, as_of)),
	extract(epoch FROM time_in(clock, '{Awaiting User Info}', NULL, as_of)),
	extract(epoch FROM time_in(clock, '{New,Active,Awaiting Vendor}', NULL, as_of))
FROM (SELECT id, status_clock(status, at, sequence) AS clock, max(at) AS as_of FROM case_log GROUP BY id) AS c;
--: rival: lead() alone
SELECT id, coalesce(sum(extract(epoch FROM finish - at)) FILTER (WHERE status IN ('New', 'Active')), 0),
	coalesce(sum(extract(epoch FROM finish - at)) FILTER (WHERE status = 'Awaiting User Info'), 0),
	coalesce(sum(extract(epoch FROM finish - at)) FILTER (WHERE status IN ('New', 'Active', 'Awaiting Vendor')), 0)
FROM (SELECT *, lead(at, 1, at) OVER (PARTITION BY id ORDER BY at, sequence) AS finish FROM case_log) AS s
GROUP BY id;
