-- status_table.sql: the log of status.sql, a row per update of a case (psql variable cases:
-- how many), and the hours of its office as a table, for plain SQL.

SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS recovery_kpi;
DROP TABLE IF EXISTS case_log, office_hours, week_number;
CREATE FUNCTION pg_temp.dice(i bigint, n int) RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$ SELECT abs(hashint8extended(i, n) / 2) $$;

-- Four to nine events of a case within some weeks, in whole minutes, a fifth of them at the time
-- of the one before; rows lie in the order of time, as a log is written.
CREATE UNLOGGED TABLE case_log AS
SELECT id, status, at, sequence
FROM (SELECT id, k AS sequence,
		CASE WHEN k = 0 THEN 'New' WHEN k = events THEN 'Closed' WHEN k = events - 1 THEN 'Resolved'
			ELSE (ARRAY['Active', 'Active', 'Awaiting User Info', 'Awaiting Vendor'])
				[1 + pg_temp.dice(id * 16 + k, 1) % 4] END AS status,
		timestamptz '2025-01-01 00:00Z' + interval '1 minute' * (pg_temp.dice(id, 2) % 500000
			+ sum(CASE WHEN k > 0 AND pg_temp.dice(id * 16 + k, 3) % 5 > 0
				THEN pg_temp.dice(id * 16 + k, 4) % (1 << (2 + pg_temp.dice(id * 16 + k, 5) % 13)::int) ELSE 0 END)
				OVER (PARTITION BY id ORDER BY k)) AS at
	FROM (SELECT id, 3 + pg_temp.dice(id, 6) % 6 AS events FROM generate_series(1, :cases) AS id) AS c,
		LATERAL generate_series(0, events) AS k) AS e
ORDER BY at;

CREATE UNLOGGED TABLE office_hours AS
SELECT day * interval '1 day' + interval '8 hours' AS opens, day * interval '1 day' + interval '18 hours' AS closes
FROM generate_series(0, 4) AS day;
CREATE UNLOGGED TABLE week_number AS SELECT i AS week FROM generate_series(0, 207) AS i;

VACUUM ANALYZE case_log;
VACUUM ANALYZE office_hours;
VACUUM ANALYZE week_number;
