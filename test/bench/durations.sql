-- durations.sql: the cases that life.sql reads (psql variable rows): seconds over 90
-- days, one in ten still open, in 10,000 groups.  Stored in the order of a hash.

SET work_mem = '2GB';
SET client_min_messages = warning;
DROP TABLE IF EXISTS durations, durations_grouped;

CREATE UNLOGGED TABLE durations (
	d interval NOT NULL,
	seconds float8 NOT NULL,
	observed boolean NOT NULL,
	start timestamptz NOT NULL,
	finish timestamptz,
	g int NOT NULL
);

INSERT INTO durations
SELECT s * interval '1 second', s, o, at, CASE WHEN o THEN at + s * interval '1 second' END, g
FROM (
	SELECT hashint8extended(i, 1) & 9223372036854775807 AS h1, hashint8extended(i, 2) & 1023 AS h2,
		(hashint8extended(i, 4) & 1048575)::int % 10000 AS g, i
	FROM generate_series(0, :rows - 1) AS i
) AS r, LATERAL (
	SELECT (h1 % 7776000)::float8 AS s, h2 >= 102 AS o,
		timestamptz '2025-01-01 00:00Z' + i % 31536000 * interval '1 second' AS at
) AS v
ORDER BY hashint8extended(i, 3);

-- a hundred cases in each of 10,000 groups
CREATE UNLOGGED TABLE durations_grouped AS
SELECT d, observed, (row_number() OVER () % 10000)::int AS g FROM (SELECT * FROM durations LIMIT 1000000) AS r;

VACUUM ANALYZE durations;
VACUUM ANALYZE durations_grouped;
