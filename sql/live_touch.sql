\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
SET client_min_messages = warning;
SET timezone = 'UTC';
--
-- What the triggers of a rollup note in its log.
--
CREATE ROLE touch_writer;
CREATE SCHEMA note;
CREATE TABLE note.recovery_case (case_id int PRIMARY KEY, customer_id varchar(9), opened_at timestamptz,
  promised_by timestamptz);
CREATE TABLE note.purchase (customer_id char(5), purchased_at timestamptz, amount int);
SELECT create_kpi_rollup('note_store', 'note') > 0 AS made;
TRUNCATE note_store.kpi_touched;
-- up to 200 rows of a statement one by one, old and new; of more the first and last time of each day, and those of the
-- future one by one
INSERT INTO note.purchase SELECT 'a', '2025-06-01 00:00Z'::timestamptz + i * interval '1 hour', 1
  FROM generate_series(1, 201) AS i
 UNION ALL VALUES ('b', 'infinity'::timestamptz, 1), ('c', NULL, 1), ('d', '1969-12-31 23:59:59Z', 1),
       ('e', '-infinity', 1);
SELECT many, kept, concat('<', customer_id, '>') AS key, times FROM note_store.kpi_touched ORDER BY times;
TRUNCATE note_store.kpi_touched;
UPDATE note.purchase SET purchased_at = purchased_at - interval '100 days' WHERE purchased_at < '2025-06-09 08:00Z'
    AND purchased_at >= '2025-06-01 00:00Z';
SELECT many, kept, count(*), count(DISTINCT times[1]), min(times[1]), max(times[1]) FROM note_store.kpi_touched
 GROUP BY 1, 2 ORDER BY 2;
TRUNCATE note_store.kpi_touched;
DELETE FROM note.purchase WHERE purchased_at > '2025-06-01 00:00Z' OR purchased_at < '1970-01-01' OR customer_id = 'c';
SELECT many, kept, concat('<', customer_id, '>') AS key, times FROM note_store.kpi_touched ORDER BY times;
TRUNCATE note_store.kpi_touched;
DELETE FROM note.purchase WHERE amount = 2;
INSERT INTO note.recovery_case SELECT i, NULL, '2025-06-01 00:00Z'::timestamptz + i * interval '1 second',
       CASE i WHEN 7 THEN '2025-06-03 12:00Z' WHEN 8 THEN now() + interval '1 hour' END::timestamptz
  FROM generate_series(1, 202) AS i;
UPDATE note.recovery_case SET promised_by = '2025-06-02 00:00Z' WHERE case_id IN (9, 10);
TRUNCATE note.purchase;
SELECT relation, many, kept, case_id, times, due FROM note_store.kpi_touched ORDER BY relation, many, case_id, kept;
TRUNCATE note_store.kpi_touched;
-- where the rollup or the source is not as it was
CREATE INDEX ON note_store.kpi_touched (customer_id);
CREATE FUNCTION pg_temp.seen() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.kept := NULL; RETURN NEW; END';
CREATE TRIGGER sees BEFORE INSERT ON note_store.kpi_touched FOR EACH ROW WHEN (NEW.customer_id = 'seen')
  EXECUTE FUNCTION pg_temp.seen();
INSERT INTO note.purchase VALUES ('ab', '2026-01-01 00:00Z', 1), (NULL, '-infinity', 1), ('ab', NULL, 1);
SELECT pg_temp.error_of($$INSERT INTO note.purchase VALUES ('seen')$$);	-- the owner of the log decides what is in it
ALTER TABLE note.purchase RENAME customer_id TO buyer;
UPDATE note.purchase SET amount = 2 WHERE amount = 3;
UPDATE note.purchase SET amount = 2;
SET enable_seqscan = off;
SELECT many, kept, concat('<', customer_id, '>') AS key, times FROM note_store.kpi_touched
 ORDER BY customer_id, many, times;
RESET enable_seqscan;
SELECT pg_temp.error_of('SELECT kpi_touch()');
CREATE TRIGGER each_row AFTER INSERT ON note.purchase FOR EACH ROW
  EXECUTE FUNCTION kpi_touch('note_store', 'purchase', '', 'a,b,c,d,e,f,g', '');
SELECT pg_temp.error_of($$INSERT INTO note.purchase VALUES ('x')$$);
DROP TRIGGER each_row ON note.purchase;
-- more names than an entry has columns
CREATE TRIGGER many_names AFTER INSERT ON note.purchase REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION kpi_touch('note_store', 'all', 'buyer,buyer,buyer,buyer,buyer,buyer', 'purchased_at,,,,,,,,', '');
INSERT INTO note.purchase VALUES ('x');
SELECT relation, many, kept, times FROM note_store.kpi_touched WHERE relation = 'all';
DROP TRIGGER many_names ON note.purchase;
GRANT USAGE ON SCHEMA note TO touch_writer;
GRANT INSERT ON note.purchase TO touch_writer;
REVOKE INSERT ON note_store.kpi_touched FROM PUBLIC;
SET ROLE touch_writer;
SELECT pg_temp.error_of($$INSERT INTO note.purchase VALUES ('x')$$);
RESET ROLE;
DROP SCHEMA note_store CASCADE;
INSERT INTO note.purchase VALUES ('x', now(), 1);
CREATE SCHEMA note_store AUTHORIZATION touch_writer;
SET ROLE touch_writer;
CREATE TABLE note_store.kpi_touched (relation text, many boolean, kept boolean, times timestamptz[], due timestamptz,
  customer_id int);
CREATE TRIGGER sees BEFORE INSERT ON note_store.kpi_touched FOR EACH ROW EXECUTE FUNCTION pg_temp.seen();
RESET ROLE;
SELECT pg_temp.error_of($$INSERT INTO note.purchase VALUES ('x')$$);
TABLE note_store.kpi_touched;
GRANT TRIGGER ON note.purchase TO touch_writer;
INSERT INTO note.purchase VALUES ('x', '2026-01-01 00:00Z', 1);
TABLE note_store.kpi_touched;
ALTER TABLE note_store.kpi_touched ALTER many TYPE text;
SELECT pg_temp.error_of($$INSERT INTO note.purchase VALUES ('x')$$);
DROP SCHEMA note_store, note CASCADE;
DROP ROLE touch_writer;
