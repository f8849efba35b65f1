-- scan_zoo.sql: tables of every kind for the scan, all with the same column names.

SET client_min_messages = warning;
CREATE TYPE mood AS ENUM ('calm', 'angry', 'gone');
CREATE DOMAIN answer AS integer;
CREATE SEQUENCE zoo_seed;

-- Rows of the zoo: each kind of column, one in ten of them NULL.
CREATE FUNCTION zoo_rows(rows integer) RETURNS TABLE (
	a smallint, b integer, c bigint, ok boolean, d date, ts timestamp, tz timestamptz, u uuid, m mood, t text,
	v varchar, ch "char", o oid, tm time, n numeric, f double precision, s2 smallint, s4 integer,
	s8 double precision, yes boolean, rel boolean, contacts integer, c5 smallint, c7 integer, w answer)
LANGUAGE sql VOLATILE AS $$
	SELECT CASE WHEN r[1] > 0.1 THEN (r[2] * 5)::smallint END,
		CASE WHEN r[3] > 0.1 THEN (r[4] * 40)::integer - 20 END,
		CASE WHEN r[5] > 0.1 THEN (r[6] * 9)::bigint * 10000000000 END,
		CASE WHEN r[7] > 0.1 THEN r[8] > 0.5 END,
		CASE WHEN r[9] > 0.1 THEN date '2024-01-01' + (r[10] * 500)::integer END,
		CASE WHEN r[11] > 0.1 THEN timestamp '2024-01-01' + (r[12] * 20)::integer * interval '1 hour' END,
		CASE WHEN r[13] > 0.1 THEN timestamptz '2024-01-01 00:00+00' + r[14] * interval '500 days' END,
		CASE WHEN r[15] > 0.1 THEN md5((r[16] * 6)::integer::text)::uuid END,
		CASE WHEN r[17] > 0.1 THEN ('{calm,angry,gone}'::mood[])[1 + floor(r[18] * 3)::integer] END,
		CASE WHEN r[19] > 0.1
			THEN ('{web,phone,store,email,chat,"",a channel with a long name}'::text[])
				[1 + floor(r[20] * 7)::integer] END,
		CASE WHEN r[21] > 0.1 THEN repeat('x', (r[22] * 12)::integer) END,
		CASE WHEN r[23] > 0.1 THEN chr(65 + (r[24] * 4)::integer)::"char" END,
		CASE WHEN r[25] > 0.1 THEN (r[26] * 5)::integer::oid END,
		CASE WHEN r[27] > 0.1 THEN time '08:00' + (r[28] * 5)::integer * interval '1 hour' END,
		CASE WHEN r[29] > 0.1 THEN round((r[30] * 5)::numeric, 1) END,
		CASE WHEN r[31] > 0.1 THEN (ARRAY[0, -0.0, 1.5, 'NaN', 'Infinity'])[1 + floor(r[32] * 5)::integer] END,
		CASE WHEN r[33] > 0.1 THEN (r[34] * 10)::smallint END,
		CASE WHEN r[35] > 0.1 THEN (r[36] * 10)::integer END,
		CASE WHEN r[37] > 0.1 THEN (r[38] * 10)::integer END,
		CASE WHEN r[39] > 0.1 THEN r[40] > 0.4 END,
		CASE WHEN r[41] > 0.1 THEN r[42] > 0.4 END,
		CASE WHEN r[43] > 0.1 THEN 1 + (r[44] * 3)::integer END,
		CASE WHEN r[45] > 0.1 THEN 1 + (r[46] * 4)::smallint END,
		CASE WHEN r[47] > 0.1 THEN 1 + (r[48] * 6)::integer END,
		CASE WHEN r[49] > 0.1 THEN (r[50] * 10)::integer END
	FROM (SELECT array_agg(random()) AS r FROM generate_series(1, rows) AS i, generate_series(1,
	50) GROUP BY i) AS dice
$$;

CREATE TABLE zoo_plain AS SELECT * FROM zoo_rows(1200);
CREATE INDEX ON zoo_plain (b);
CREATE INDEX ON zoo_plain (tz);
VACUUM ANALYZE zoo_plain;

CREATE TABLE zoo_empty (LIKE zoo_plain);
CREATE TABLE zoo_one AS SELECT * FROM zoo_rows(1);
CREATE TABLE zoo_nulls (LIKE zoo_plain);
INSERT INTO zoo_nulls (a) SELECT NULL FROM generate_series(1, 60);

-- Old versions of rows, chains of HOT updates, deleted rows, rows of savepoints that were rolled back.
CREATE TABLE zoo_old (LIKE zoo_plain) WITH (fillfactor = 60, autovacuum_enabled = off);
INSERT INTO zoo_old SELECT * FROM zoo_rows(700);
CREATE INDEX ON zoo_old (a);
UPDATE zoo_old SET s4 = 10 - s4 WHERE b % 2 = 0;
UPDATE zoo_old SET a = a + 1 WHERE b % 3 = 0;
DELETE FROM zoo_old WHERE b % 5 = 0;
BEGIN;
SAVEPOINT kept;
INSERT INTO zoo_old SELECT * FROM zoo_rows(90);
RELEASE kept;
SAVEPOINT lost;
INSERT INTO zoo_old SELECT * FROM zoo_rows(90);
DELETE FROM zoo_old WHERE b % 7 = 0;
ROLLBACK TO lost;
UPDATE zoo_old SET c5 = 6 - c5 WHERE b % 7 = 1;
COMMIT;
BEGIN;
UPDATE zoo_old SET s2 = 1;
ROLLBACK;

-- Columns that were dropped, and ones that were added with a default after rows were there.
CREATE TABLE zoo_altered AS SELECT 1 AS gone1, 'x' AS gone2, a, b, c, ok, d, ts, tz, u, m, t, v, ch, o, tm, n, f
	FROM zoo_rows(500);
ALTER TABLE zoo_altered DROP gone1, DROP gone2, ADD s2 smallint DEFAULT 9, ADD s4 integer DEFAULT 10,
	ADD s8 double precision;
INSERT INTO zoo_altered SELECT a, b, c, ok, d, ts, tz, u, m, t, v, ch, o, tm, n, f, s2, s4, s8 FROM zoo_rows(300);
ALTER TABLE zoo_altered DROP t, ADD t text DEFAULT 'a default text that is longer than eight',
	ADD yes boolean DEFAULT true,
	ADD rel boolean, ADD contacts integer DEFAULT 1, ADD c5 smallint DEFAULT 5, ADD c7 integer DEFAULT 4,
	ADD w answer DEFAULT 7;
INSERT INTO zoo_altered (s4, yes, c5, t) SELECT s4, yes, c5, t FROM zoo_rows(200);

-- Values that are compressed, outside of the row, both.
CREATE TABLE zoo_toast (LIKE zoo_plain);
ALTER TABLE zoo_toast ALTER v SET STORAGE external;
INSERT INTO zoo_toast SELECT * FROM zoo_rows(150);
UPDATE zoo_toast SET t = repeat(coalesce(t, 'none'), 2000) WHERE b % 2 = 0;
UPDATE zoo_toast SET v = repeat(v, 3000) WHERE b % 3 = 0;
UPDATE zoo_toast SET t = (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 400) AS i) WHERE b % 4 = 1;

-- Partitions: of other column orders, with dropped columns, empty, by list below, and a default.
CREATE TABLE zoo_part (LIKE zoo_plain) PARTITION BY RANGE (tz);
CREATE TABLE zoo_part_1 PARTITION OF zoo_part FOR VALUES FROM ('2024-01-01') TO ('2024-05-01');
CREATE TABLE zoo_part_2 AS SELECT true AS gone, w, c7, c5, contacts, rel, yes, s8, s4, s2, f, n, tm, o, ch, v, t, m,
	u, tz,
	ts, d, ok, c, b, a FROM zoo_rows(0);
ALTER TABLE zoo_part_2 DROP gone, ADD gone2 text;
ALTER TABLE zoo_part_2 DROP gone2;
ALTER TABLE zoo_part ATTACH PARTITION zoo_part_2 FOR VALUES FROM ('2024-05-01') TO ('2024-09-01');
CREATE TABLE zoo_part_3 PARTITION OF zoo_part FOR VALUES FROM ('2024-09-01') TO ('2025-09-01') PARTITION BY LIST (m);
CREATE TABLE zoo_part_4 PARTITION OF zoo_part_3 FOR VALUES IN ('calm');
CREATE TABLE zoo_part_5 PARTITION OF zoo_part_3 DEFAULT;
CREATE TABLE zoo_part_6 PARTITION OF zoo_part FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
CREATE TABLE zoo_part_7 PARTITION OF zoo_part DEFAULT;
INSERT INTO zoo_part SELECT * FROM zoo_rows(900);

-- Inheritance, and what reads tables under another name.
CREATE TABLE zoo_parent (LIKE zoo_plain);
CREATE TABLE zoo_child (extra text) INHERITS (zoo_parent);
INSERT INTO zoo_parent SELECT * FROM zoo_rows(150);
INSERT INTO zoo_child SELECT r.*, 'more' FROM zoo_rows(150) AS r;
CREATE MATERIALIZED VIEW zoo_matview AS SELECT * FROM zoo_plain;
CREATE VIEW zoo_view WITH (security_barrier) AS SELECT * FROM zoo_plain WHERE b % 2 = 0;

-- Forty columns, most of them NULL, before those that are needed.
CREATE TABLE zoo_wide AS SELECT NULL::text AS w1, NULL::integer AS w2, 'text before the key'::text AS w3,
	NULL::numeric AS w4,
	NULL::boolean AS w5, 'more' AS w6, NULL::bigint AS w7, NULL::date AS w8, NULL::text AS w9, 1 AS w10,
	NULL::text AS w11,
	'x'::"char" AS w12, NULL::jsonb AS w13, ARRAY[1, NULL, 3] AS w14, NULL::interval AS w15,
	r.* FROM zoo_rows(400) AS r;

-- Scores off their scales, fractions, NaN: most aggregates of these raise an error.
CREATE TABLE zoo_bad AS SELECT * FROM zoo_rows(200);
UPDATE zoo_bad SET s4 = 11 WHERE b = 3;
UPDATE zoo_bad SET s8 = 2.5 WHERE b = 4;
UPDATE zoo_bad SET s8 = 'NaN' WHERE b = 5;
UPDATE zoo_bad SET c5 = 0, contacts = 0 WHERE b = 6;
UPDATE zoo_bad SET c7 = -2147483648, s2 = -32768, d = 'infinity', tz = '-infinity' WHERE b = 7;
UPDATE zoo_bad SET d = '0044-03-15 BC', tz = '0044-03-15 BC' WHERE b = 8;

-- Row-level security: who reads as zoo_reader sees half of the rows.
CREATE TABLE zoo_rls AS SELECT * FROM zoo_rows(400);
ALTER TABLE zoo_rls ENABLE ROW LEVEL SECURITY;
CREATE POLICY half ON zoo_rls USING (b % 2 = 0);
GRANT SELECT ON ALL TABLES IN SCHEMA public TO zoo_reader;
ANALYZE;
