-- table.sql: the answers all comparisons read (psql variable rows).
--
-- Everything follows from the row's number and hashes of it, so that every run,
-- and DuckDB, sees the same table.

SET work_mem = '2GB';
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS recovery_kpi;
DROP TABLE IF EXISTS responses_cold, responses_narrow, responses_wide, responses, responses_by_time, one_percent,
	customers;

CREATE UNLOGGED TABLE responses (
	nps int,
	csat int,
	ces int,
	responded_at timestamptz NOT NULL,
	channel_id int NOT NULL,
	channel text NOT NULL,
	g int NOT NULL
);

-- A number from 0 to 1048575 for row i; another seed is another column.
CREATE FUNCTION pg_temp.dice(i bigint, seed bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS 'SELECT hashint8extended(i, seed) & 1048575';

-- Scores have the shape surveys give them: most people choose the upper half.
-- Times are evenly spread over 14 months, no two the same, so that windows over
-- them have one answer.  Rows are stored in the order of a hash: neither times
-- nor groups come in order.
--
-- INSERT rather than CREATE TABLE AS: it leaves the pages in shared buffers.
INSERT INTO responses
SELECT CASE WHEN pg_temp.dice(i, 1) % 100 >= 3
		THEN ('{0,0,1,2,3,3,4,5,5,6,6,7,7,7,7,8,8,8,8,8,8,9,9,9,9,9,10,10,10,10,10,10}'::int[])
			[1 + pg_temp.dice(i, 2) % 32] END,
	CASE WHEN pg_temp.dice(i, 3) % 100 >= 3
		THEN ('{1,1,2,3,3,4,4,4,4,4,4,5,5,5,5,5}'::int[])[1 + pg_temp.dice(i, 4) % 16] END,
	CASE WHEN pg_temp.dice(i, 5) % 100 >= 3
		THEN ('{1,2,2,3,3,4,4,5,5,5,6,6,6,6,7,7}'::int[])[1 + pg_temp.dice(i, 6) % 16] END,
	timestamptz '2024-01-01 00:00 Europe/Berlin'
		+ i * (extract(epoch FROM timestamptz '2025-03-01 00:00 Europe/Berlin'
			- timestamptz '2024-01-01 00:00 Europe/Berlin') * 1000000 / :rows)::bigint
		* interval '1 microsecond',
	pg_temp.dice(i, 7) % 5,
	('{web,phone,store,email,chat}'::text[])[1 + pg_temp.dice(i, 7) % 5],
	i % greatest(:rows / 10, 1)
FROM generate_series(0, :rows - 1) AS i
ORDER BY hashint8extended(i, 8);

-- The same rows in the order in which they came in.
CREATE UNLOGGED TABLE responses_by_time (LIKE responses);
INSERT INTO responses_by_time SELECT * FROM responses ORDER BY responded_at;

CREATE UNLOGGED TABLE one_percent (LIKE responses);
INSERT INTO one_percent SELECT * FROM responses WHERE g % 100 = 7;

-- The same with many columns, most of them empty, and a text before the columns asked for.
CREATE UNLOGGED TABLE responses_wide AS
SELECT 'answer ' || g % 1000 AS name, NULL::text AS w1, NULL::int AS w2, NULL::date AS w3, NULL::numeric AS w4,
	NULL::text AS w5, NULL::int AS w6, NULL::date AS w7, NULL::text AS w8, NULL::int AS w9, NULL::text AS w10,
	NULL::int AS w11, NULL::text AS w12, NULL::int AS w13, NULL::text AS w14, NULL::int AS w15, r.*,
	NULL::text AS v1, NULL::int AS v2, NULL::text AS v3, NULL::int AS v4, NULL::text AS v5, NULL::int AS v6,
	NULL::text AS v7, NULL::int AS v8, NULL::text AS v9, NULL::int AS v10, NULL::text AS v11, NULL::int AS v12,
	NULL::text AS v13, NULL::int AS v14, NULL::text AS v15, NULL::int AS v16, NULL::text AS v17
FROM responses AS r WHERE g % 10 = 3;

-- A million of them, to be moved to another tablespace and back: that takes a table out of shared
-- buffers.
SET allow_in_place_tablespaces = on;
DROP TABLESPACE IF EXISTS aside;
CREATE TABLESPACE aside LOCATION '';
CREATE UNLOGGED TABLE responses_cold AS SELECT * FROM responses WHERE g % greatest(:rows / 1000000, 1) = 0;

CREATE UNLOGGED TABLE responses_narrow AS SELECT nps::smallint, channel_id::smallint FROM responses;

-- The same customers before and after, and the weight of an answer.
CREATE UNLOGGED TABLE customers (before int, after int, weight double precision);
INSERT INTO customers
SELECT CASE WHEN pg_temp.dice(i, 9) % 100 >= 3 THEN (pg_temp.dice(i, 10) % 11)::int END,
	CASE WHEN pg_temp.dice(i, 11) % 100 >= 3
		THEN (least(10, pg_temp.dice(i, 10) % 11 + pg_temp.dice(i, 12) % 4))::int END,
	0.2 + pg_temp.dice(i, 13) % 1000 / 400.0
FROM generate_series(0, :rows - 1) AS i;

-- Of an expression the planner knows nothing: it takes every time for a group of
-- its own, and a parallel plan then sorts all rows instead of aggregating in the
-- workers.  Both sides get the statistics that cure this.
CREATE STATISTICS month_period ON (period_start('month', responded_at, 'Europe/Berlin')) FROM responses;
CREATE STATISTICS month_trunc ON (date_trunc('month', responded_at, 'Europe/Berlin')) FROM responses;
CREATE STATISTICS month_period_utc ON (period_start('month', responded_at, 'UTC')) FROM responses;
CREATE STATISTICS month_trunc_session ON (date_trunc('month', responded_at)) FROM responses;
CREATE STATISTICS day_period ON (period_start('day', responded_at, 'Europe/Berlin')) FROM responses;
CREATE STATISTICS day_trunc ON (date_trunc('day', responded_at, 'Europe/Berlin')) FROM responses;
CREATE STATISTICS by_time_period ON (period_start('month', responded_at, 'Europe/Berlin')) FROM responses_by_time;
CREATE STATISTICS by_time_trunc ON (date_trunc('month', responded_at, 'Europe/Berlin')) FROM responses_by_time;

VACUUM ANALYZE responses;
VACUUM ANALYZE responses_by_time;
VACUUM ANALYZE responses_wide;
VACUUM ANALYZE responses_cold;
VACUUM ANALYZE responses_narrow;
VACUUM ANALYZE one_percent;
VACUUM ANALYZE customers;
