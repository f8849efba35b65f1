-- business_table.sql: the spans of business.sql (psql variable spans: how many).

SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS recovery_kpi;
DROP TABLE IF EXISTS spans, few_spans, calendars, hours;
CREATE FUNCTION pg_temp.dice(i bigint, n int) RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$ SELECT abs(hashint8extended(i, n) / 2) $$;

-- Starts within five years; spans up to one year and up to ten, to the second.
CREATE UNLOGGED TABLE spans (
	id int NOT NULL,
	customer int NOT NULL,
	start timestamptz NOT NULL,
	one_year timestamptz NOT NULL,
	ten_years timestamptz NOT NULL
);
INSERT INTO spans
SELECT i, pg_temp.dice(i, 1) % 50, start,
	start + pg_temp.dice(i, 2) % (365 * 86400) * interval '1 second',
	start + pg_temp.dice(i, 3) % (3652 * 86400::bigint) * interval '1 second'
FROM generate_series(1, :spans) AS i,
	LATERAL (SELECT timestamptz '2020-01-01 00:00Z'
		+ pg_temp.dice(i, 4) % (1826 * 86400) * interval '1 second' AS start) AS s;

CREATE UNLOGGED TABLE few_spans (LIKE spans);
INSERT INTO few_spans SELECT * FROM spans WHERE id <= 2000;

-- Fifty customers with different opening minutes.
CREATE UNLOGGED TABLE calendars AS
SELECT i AS customer,
	format('Europe/Berlin; mon-fri 09:%s-17:00; sat 10:00-14:00; 2024-12-24 09:00-12:00; 2024-12-25 closed',
	lpad(i::text, 2, '0'))::business_calendar AS calendar FROM generate_series(0, 49) AS i;

-- The same calendar as a table, for plain SQL; a date without hours is closed.
CREATE UNLOGGED TABLE hours (weekday int, date date, opens interval, closes interval);
INSERT INTO hours SELECT i, NULL, '9:00', '17:00' FROM generate_series(1, 5) AS i
UNION ALL VALUES (6, NULL, '10:00'::interval, '14:00'::interval),
	(NULL, '2024-12-24'::date, '9:00', '12:00'), (NULL, '2024-12-25', NULL, NULL);

VACUUM ANALYZE spans;
VACUUM ANALYZE few_spans;
VACUUM ANALYZE calendars;
VACUUM ANALYZE hours;
