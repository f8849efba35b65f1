\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';
--
-- text form: what is read, and how it is written
--
SELECT t::business_calendar
  FROM unnest(ARRAY['Europe/Berlin; mon-fri 09:00-17:00; sat 10:00-14:00; 2026-12-25 closed; 2026-12-24 09:00-12:00',
                    '  europe/berlin;MON - FRI 9:00-12:30 , 13:30 - 17:00;Sunday closed',
                    'UTC; mon,wed,fri-sun 08:00-20:00; tue 08:00-12:00', 'UTC; fri-mon 00:00-24:00',
                    'utc; mon-sun 00:00-24:00:00; 0001-01-01 closed; 9999-12-31 closed',
                    'America/New_York; 2026-01-01 23:59:30-24:00', 'Etc/GMT+12; thu-thu 12:00-12:00:01',
                    E'UTC;\n  mon 13:00-17:00, 09:00-12:00, 12:00-13:00, 18:00-19:00;\n\t2024-02-29 closed\n',
                    'UTC; mon 09:00-17:00; tue closed; wed 17:00-18:00,16:00-17:00,09:00-16:00']) t;
SELECT t, pg_temp.error_of(format('SELECT %L::business_calendar', t))
  FROM unnest(ARRAY[
         '', ' ; mon 09:00-17:00', repeat('x', 256) || '; mon 09:00-17:00', 'Mars/Olympus; mon 09:00-17:00',
         'CET+1; mon 09:00-17:00', 'EST5; mon 09:00-17:00', 'localtime; mon 09:00-17:00', 'mon 09:00-17:00', 'UTC',
         'UTC; mon-sun closed; 2026-12-25 closed', 'UTC;', 'UTC; mon 09:00-17:00;', 'UTC; ; mon 09:00-17:00',
         'UTC mon 09:00-17:00', 'UTC; moon 09:00-17:00', 'UTC; mo 09:00-17:00', 'UTC; mondays 09:00-17:00',
         'UTC; mon- 09:00-17:00', 'UTC; mon, 09:00-17:00', 'UTC; mon tue 09:00-17:00', 'UTC; mon09:00-17:00 x',
         'UTC; 09:00-17:00', 'UTC; mon 09:00-17:00; mon closed', 'UTC; mon,mon 09:00-17:00',
         'UTC; mon-wed 09:00-17:00; tue 09:00-12:00', 'UTC; mon closed; sun-mon 09:00-12:00', 'UTC; mon',
         'UTC; mon 9-17', 'UTC; mon 09:00', 'UTC; mon 09:00-', 'UTC; mon 09:00-17:0', 'UTC; mon 09:00-17:000',
         'UTC; mon 009:00-17:00', 'UTC; mon 09:60-17:00', 'UTC; mon 09:00-17:00:60', 'UTC; mon 09:00-25:00',
         'UTC; mon 09:00-24:01', 'UTC; mon 24:00-24:00', 'UTC; mon -1:00-12:00', 'UTC; mon 09:00-17:00-18:00',
         'UTC; mon 09:00 17:00', 'UTC; mon 09:00-17:00 closed', 'UTC; mon closed, 09:00-10:00',
         'UTC; mon closed 2026-01-01', 'UTC; mon 17:00-09:00', 'UTC; mon 22:00-00:00', 'UTC; mon 09:00-09:00',
         'UTC; mon 09:00-12:00, 11:59-13:00', 'UTC; mon 12:00-13:00, 09:00-12:00:01',
         'UTC; mon 09:00-17:00, 10:00-11:00', 'UTC; mon 09:00-17:00, 09:00-17:00', 'UTC; mon 09:00-12:00,',
         'UTC; mon 09:00-17:00, tue 09:00-17:00',
         'UTC; mon 09:00-17:00 trailing garbage of more than sixty bytes, of which the last few äöü are cut off',
         'UTC; mon 09:00-17:00; 2026-02-30 closed', 'UTC; mon 09:00-17:00; 2025-02-29 closed',
         'UTC; mon 09:00-17:00; 2026-13-01 closed', 'UTC; mon 09:00-17:00; 2026-00-10 closed',
         'UTC; mon 09:00-17:00; 2026-10-00 closed', 'UTC; mon 09:00-17:00; 0000-01-01 closed',
         'UTC; mon 09:00-17:00; 10000-01-01 closed', 'UTC; mon 09:00-17:00; 26-01-01 closed',
         'UTC; mon 09:00-17:00; 2026-1-1 closed', 'UTC; mon 09:00-17:00; 2026-12-25',
         'UTC; mon 09:00-17:00; 2026-12-25 closed; 2026-12-26 closed; 2026-12-25 09:00-10:00',
         'UTC; mon 09:00-17:00; 2026-12-25-2026-12-31 closed']) t;
-- the largest allowed number of spans and dates, and one more
SELECT length((SELECT 'UTC; mon ' || string_agg(format('%s:00-%s:30', i, i), ',')
                 FROM generate_series(0, 23) i)::business_calendar::text);
SELECT pg_temp.error_of(format('SELECT %L::business_calendar',
                               (SELECT 'UTC; mon ' || string_agg(format('%s:00-%s:01', i, i), ',') || ', 23:30-23:31'
                                  FROM generate_series(0, 23) i)));
CREATE FUNCTION pg_temp.dated(n int) RETURNS text LANGUAGE sql AS $$
  SELECT 'UTC; mon-sun 09:00-17:00; '
           || string_agg(d::date || ' 09:00-10:00, 11:00-12:00', '; ' ORDER BY hashint4(i))
    FROM generate_series(1, n) i, LATERAL (SELECT '2020-01-01'::timestamp + i * 3 * interval '1 day' AS d) d $$;
SELECT length(c::text), pg_column_size(c), c::text::business_calendar = c,
       business_time(c, '2020-01-01', '2060-01-01') AS mixed,
       ('2060-01-01'::date - '2020-01-01'::date) * interval '8 hours' - 4000 * interval '6 hours' AS counted
  FROM (SELECT pg_temp.dated(4000)::business_calendar AS c) v;
SELECT pg_temp.error_of('SELECT pg_temp.dated(4001)::business_calendar');
-- binary form
SELECT encode(business_calendar_send('UTC; mon 00:00-01:00, 23:59:59-24:00; 2000-01-02 closed'), 'hex');
--
-- calendars are equal when they say the same about every day
--
SELECT a::business_calendar = b::business_calendar AS eq, a::business_calendar <> b::business_calendar AS ne,
       business_calendar_cmp(a::business_calendar, b::business_calendar) AS cmp,
       business_calendar_hash(a::business_calendar) = business_calendar_hash(b::business_calendar) AS hash,
       business_calendar_hash_extended(a::business_calendar, 7)
         = business_calendar_hash_extended(b::business_calendar, 7) AS extended,
       a::business_calendar < b::business_calendar AS lt, a::business_calendar <= b::business_calendar AS le,
       a::business_calendar > b::business_calendar AS gt, a::business_calendar >= b::business_calendar AS ge
  FROM (VALUES ('UTC; mon 09:00-17:00', 'utc; tue closed; mon 12:00-17:00, 9:00-12:00'),
               ('UTC; mon 09:00-17:00', 'UTC; mon 09:00-17:01'), ('UTC; mon 09:00-17:00', 'UTC; tue 09:00-17:00'),
               ('UTC; mon 09:00-17:00', 'Europe/Berlin; mon 09:00-17:00'),
               ('UTC; mon 09:00-17:00; 2026-12-25 closed', 'UTC; mon 09:00-17:00'),
               ('Etc/GMT+1; mon 09:00-17:00', 'Etc/GMT+11; mon 09:00-17:00')) v(a, b);
CREATE TEMP TABLE many AS
SELECT i, format('UTC; mon 09:00-17:%s', lpad((i % 50)::text, 2, '0'))::business_calendar AS c
  FROM generate_series(1, 500) i;
CREATE INDEX ON many (c);
CREATE INDEX ON many USING hash (c);
SELECT count(DISTINCT c) AS sorted, (SELECT count(*) FROM (SELECT c FROM many GROUP BY c) g) AS hashed,
       (SELECT count(*) FROM many a JOIN many b USING (c)) AS joined
  FROM many;
--
-- business_time: figures worked out by hand
--
CREATE FUNCTION pg_temp.berlin(local timestamp) RETURNS timestamptz LANGUAGE sql IMMUTABLE
  AS $$ SELECT local AT TIME ZONE 'Europe/Berlin' $$;
CREATE TEMP TABLE office AS
SELECT 'Europe/Berlin; mon-fri 09:00-17:00; sat 10:00-14:00; 2026-12-25 closed; 2026-12-24 09:00-12:00'
         ::business_calendar AS c;
SELECT what, business_time(c, pg_temp.berlin(start), pg_temp.berlin(finish)) AS open,
       business_time(c, pg_temp.berlin(start), pg_temp.berlin(finish)) = by_hand AS right
  FROM office,
       (VALUES (1, 'within a day', '2026-03-02 10:00'::timestamp, '2026-03-02 12:00'::timestamp, '2:00'::interval),
               (2, 'to the microsecond', '2026-03-02 16:59:59.999999', '2026-03-02 23:00', '0:00:00.000001'),
               (3, 'a whole day', '2026-03-02 00:00', '2026-03-03 00:00', '8:00'),
               (4, 'over a night', '2026-03-02 16:00', '2026-03-03 10:30', '2:30'),
               (5, 'over a weekend', '2026-03-06 16:00', '2026-03-09 10:00', '6:00'),
               (6, 'on a Sunday', '2026-03-08 09:00', '2026-03-08 17:00', '0'),
               (7, 'no time', '2026-03-02 10:00', '2026-03-02 10:00', '0'),
               (8, 'a week', '2026-03-02 10:00', '2026-03-09 10:00', '44:00'),
               (9, 'a week before 2000, and before clocks were set', '1815-06-18 12:00', '1815-06-25 12:00', '44:00'),
               (10, 'the week of Christmas: 3 days, 3 hours, none, Saturday', '2026-12-21 00:00', '2026-12-28 00:00',
                '31:00'),
               (11, 'the 24th after 12:00', '2026-12-24 12:00', '2026-12-26 10:00', '0'),
               (12, 'a year: 261 weekdays, 52 Saturdays, 5 and 8 hours less', '2026-01-01', '2027-01-01', '2283:00'),
               (13, 'ten thousand years: 521775 weeks', '2026-12-28 00:00', '12026-12-28 00:00',
                '22958100:00')) v(n, what, start, finish, by_hand) ORDER BY n;
-- clock changes: an hour that is left out is not open, an hour that comes twice is open twice
SELECT what, business_time(c::business_calendar, start, finish) AS open,
       business_time(c::business_calendar, start, finish) = by_hand AS right
  FROM (VALUES (1, 'spring, always open', 'Europe/Berlin; mon-sun 00:00-24:00', '2025-03-29 23:00+00'::timestamptz,
                '2025-03-30 22:00+00'::timestamptz, '23:00'::interval),
               (2, 'autumn, always open', 'Europe/Berlin; mon-sun 00:00-24:00', '2025-10-25 22:00+00',
                '2025-10-26 23:00+00', '25:00'),
               (3, 'spring, 01:00-04:00', 'Europe/Berlin; sun 01:00-04:00', '2025-03-29 23:00+00',
                '2025-03-30 22:00+00', '2:00'),
               (4, 'autumn, 01:00-04:00', 'Europe/Berlin; sun 01:00-04:00', '2025-10-25 22:00+00',
                '2025-10-26 23:00+00', '4:00'),
               (5, 'spring, only the hour left out', 'Europe/Berlin; sun 02:00-03:00', '2025-03-29 23:00+00',
                '2025-03-30 22:00+00', '0'),
               (6, 'autumn, only the hour that comes twice', 'Europe/Berlin; sun 02:00-03:00', '2025-10-25 22:00+00',
                '2025-10-26 23:00+00', '2:00'),
               (7, 'autumn, up to within its second time', 'Europe/Berlin; sun 02:15-02:45', '2025-10-25 22:00+00',
                '2025-10-26 01:20+00', '0:35'),
               (8, 'summer time of half an hour ends', 'Australia/Lord_Howe; sun 01:00-02:00', '2025-04-05 12:00+00',
                '2025-04-06 12:00+00', '1:30'),
               (9, 'summer time of half an hour begins', 'Australia/Lord_Howe; sun 02:00-03:00', '2025-10-04 12:00+00',
                '2025-10-05 12:00+00', '0:30'),
               (10, 'Samoa has no Friday 2011-12-30', 'Pacific/Apia; fri 00:00-24:00', '2011-12-24 10:00+00',
                '2012-01-05 10:00+00', '0'),
               (11, 'whatever is said of that date', 'Pacific/Apia; 2011-12-30 00:00-24:00', '2011-12-24 10:00+00',
                '2012-01-05 10:00+00', '0'),
               (12, 'and always open is always open', 'Pacific/Apia; mon-sun 00:00-24:00', '2011-12-29 10:00+00',
                '2011-12-31 10:00+00', '48:00'),
               (13, 'Newfoundland, Sunday 00:01 is Saturday 23:01 again', 'America/St_Johns; sat 23:00-24:00',
                '2006-10-28 12:00+00', '2006-10-29 12:00+00', '1:59'),
               (14, 'and the first minute of that Sunday came before it', 'America/St_Johns; 2006-10-29 00:00-00:30',
                '2006-10-28 12:00+00', '2006-10-29 12:00+00', '0:31'),
               (15, 'Kwajalein has no 1993-08-21', 'Pacific/Kwajalein; 1993-08-21 09:00-17:00; 1993-08-22 09:00-17:00',
                '1993-08-20 00:00+00', '1993-08-23 00:00+00', '8:00')) v(n, what, c, start, finish, by_hand) ORDER BY n;
-- a count of seconds around the change of clocks
SELECT count(*), bool_and(business_time(c, start, start + n * interval '1 second') = counted * interval '1 second')
  FROM (SELECT c, n, start,
               count(*) FILTER (WHERE t::time BETWEEN '00:59:58' AND '01:59:59'
                                   OR t::time >= '02:00:07' AND t::time < '02:30:11'
                                   OR t::time >= '02:59:59' AND t::time < '03:00:01')
                 OVER (ORDER BY n) AS counted
          FROM (SELECT 'Europe/Berlin; sun 00:59:58-02:00, 02:00:07-02:30:11, 02:59:59-03:00:01'
                         ::business_calendar AS c,
                       '2025-10-26 00:00 Europe/Berlin'::timestamptz AS start) s,
               generate_series(1, 5 * 3600) n,
               LATERAL (SELECT (start + (n - 1) * interval '1 second') AT TIME ZONE 'Europe/Berlin' AS t) l) r;
-- the result has hours, minutes and seconds, however long
SELECT extract(day FROM b), extract(hour FROM b), extract(epoch FROM b) / 3600, avg(b), sum(b)
  FROM (SELECT business_time(c, '2026-01-01', '2027-01-01') AS b FROM office, generate_series(1, 3)) r GROUP BY b;
-- NULL, infinite, turned round, before the year 1, the ends of time
SELECT business_time(NULL, now(), now()), business_time(c, NULL, now()), business_time(c, now(), NULL),
       business_time(c, '-infinity', now()), business_time(c, now(), 'infinity'),
       business_time(c, 'infinity', '-infinity')
  FROM office;
SELECT pg_temp.error_of(format('SELECT business_time(c, %L, %L) FROM office', start, finish))
  FROM (VALUES ('2026-03-02 12:00+00', '2026-03-02 11:59:59.999999+00'),
               ('0001-12-31 12:00+00 BC', '2026-03-02 12:00+00'),
               ('4713-11-24 00:00+00 BC', '4713-11-25 00:00+00 BC')) v(start, finish);
SELECT business_time(c, '0001-01-01 00:00+00', '0001-01-08 00:00+00') AS first_week,
       business_time(c, '294276-12-25 00:00+00', '294276-12-31 23:59:59.999999+00') AS last_week,
       business_time(c, '0001-01-01 00:00+00', '294276-12-31 23:59:59.999999+00') AS all_time
  FROM office;
-- 44 hours a week, less the hours missing at Christmas; the last day is a Sunday
SELECT ('294276-12-31'::date - '0001-01-01'::date + 1) % 7 AS days_over,
       ('294276-12-31'::date - '0001-01-01'::date + 1) / 7 * 44 - 13 AS all_time;
SELECT extract(epoch FROM business_time(c, '2000-01-01 00:00+00', '294276-12-31 23:59:59.999999+00'))
         = extract(epoch FROM '294276-12-31 23:59:59.999999+00'::timestamptz - '2000-01-01 00:00+00'),
       pg_temp.error_of(
         format('SELECT business_time(%L, ''0001-01-01 00:00+00'', ''294276-12-31 23:59:59.999999+00'')', c))
  FROM (SELECT 'UTC; mon-sun 00:00-24:00'::business_calendar AS c) v;
--
-- add_business_time
--
SELECT what, due AT TIME ZONE 'Europe/Berlin' AS due, due = pg_temp.berlin(by_hand) AS right,
       business_time(c, start, due) = length AS back
  FROM office,
       (VALUES (1, 'the same day', '2026-03-02 10:00'::timestamp, '4:00'::interval, '2026-03-02 14:00'::timestamp),
               (2, 'up to the end of the day', '2026-03-02 10:00', '7:00', '2026-03-02 17:00'),
               (3, 'a moment longer', '2026-03-02 10:00', '7:00:00.000001', '2026-03-03 09:00:00.000001'),
               (4, 'over the weekend', '2026-03-06 16:00', '6:00', '2026-03-09 10:00'),
               (5, 'reported on Sunday', '2026-03-08 20:00', '4:00', '2026-03-09 13:00'),
               (6, 'over Christmas', '2026-12-23 16:00', '8:30', '2026-12-28 09:30'),
               (7, 'nothing: at once', '2026-03-08 20:00', '0', '2026-03-08 20:00'),
               (8, 'a year and more', '2026-01-01 00:00', '2291:00', '2027-01-01 17:00'),
               (9, 'long ago', '1815-06-18 12:00', '44:00', '1815-06-24 14:00')) v(n, what, local, length, by_hand),
       LATERAL (SELECT pg_temp.berlin(local) AS start) s, LATERAL (SELECT add_business_time(c, start, length) AS due) d
 ORDER BY n;
-- the hour that comes twice is used twice: 02:30 and a quarter of an hour; a week later; the second 23:01
SELECT add_business_time('Europe/Berlin; sun 02:00-03:00', '2025-10-26 00:30+00', '0:45'),
       add_business_time('Europe/Berlin; sun 02:00-03:00', '2025-03-30 00:00+00', '0:45'),
       add_business_time('America/St_Johns; sat 23:00-24:00', '2006-10-28 12:00+00', '1:01');
SELECT add_business_time(NULL, now(), '1:00'), add_business_time(c, NULL, '1:00'), add_business_time(c, now(), NULL),
       add_business_time(c, 'infinity', '1:00'), add_business_time(c, '-infinity', '1:00')
  FROM office;
SELECT pg_temp.error_of(format('SELECT add_business_time(%L, %L, %L)', coalesce(calendar, c::text), start, length))
  FROM office,
       (VALUES (NULL, '2026-03-02 12:00+00', '1 day'), (NULL, '2026-03-02 12:00+00', '1 month'),
               (NULL, '2026-03-02 12:00+00', '1 day -24:00'), (NULL, '2026-03-02 12:00+00', '-0:00:01'),
               (NULL, '0001-12-31 12:00+00 BC', '1:00'), (NULL, '2026-03-02 12:00+00', '2000000000 hours'),
               (NULL, '294276-12-31 12:00+00', '40:00'), ('UTC; mon-sun 00:00-24:00', '294276-12-31 23:00+00', '1:00'),
               ('UTC; mon-sun 00:00-24:00', '2026-03-02 12:00+00', '2562047788:00:54.775807'),
               ('UTC; 2026-12-25 09:00-12:00; 2026-12-26 09:00-12:00', '2026-12-25 10:00+00', '5:00:00.000001'),
               ('UTC; 2026-12-25 09:00-12:00', '2027-01-01', '1:00')) v(calendar, start, length);
SELECT add_business_time('UTC; 2026-12-25 09:00-12:00; 9999-12-31 09:00-12:00', '2026-12-25 10:00+00', '5:00'),
       add_business_time('UTC; mon-sun 00:00-24:00', '294276-12-31 22:59:59.999999+00', '1:00'),
       add_business_time('UTC; mon 00:00-00:00:01', '2026-01-01', '24:00');
--
-- is_open: from the first moment to before the last
--
SELECT at, is_open(c, pg_temp.berlin(at))
  FROM office,
       unnest(ARRAY['2026-03-02 08:59:59.999999', '2026-03-02 09:00', '2026-03-02 16:59:59.999999', '2026-03-02 17:00',
                    '2026-03-07 13:00', '2026-03-08 13:00', '2026-12-24 11:00', '2026-12-24 12:00',
                    '2026-12-25 11:00']::timestamp[]) at;
SELECT is_open(c, 'infinity'), is_open(c, NULL), is_open(NULL, now()),
       is_open('UTC; mon-sun 00:00-24:00', '294276-12-31 23:59:59.999999+00'),
       pg_temp.error_of(format('SELECT is_open(%L, ''0001-12-31 12:00+00 BC'')', c))
  FROM office;
--
-- one call site, alternating calendars, and times before and after 2000 in turn
--
SELECT count(*), bool_and(business_time(c, start, start + interval '240 hours') = (k + 1) * interval '10 minutes')
  FROM generate_series(1, 5000) i, LATERAL (SELECT i * 7919 % 150 AS k) k,
       LATERAL (SELECT format('%s; mon-sun 00:00-%s', CASE k % 2 WHEN 0 THEN 'UTC' ELSE 'Asia/Kolkata' END,
                              to_char((k + 1) * interval '1 minute', 'HH24:MI'))::business_calendar AS c) c,
       LATERAL (SELECT CASE i % 3 WHEN 0 THEN '1976-05-05 12:00+00'::timestamptz
                            ELSE '2026-05-05 12:00+00' END AS start) s;
DO $$
DECLARE c business_calendar; b interval;
BEGIN
  FOR i IN 1 .. 200 LOOP
    c := format('UTC; mon-sun 00:00-00:%s', lpad((i % 59 + 1)::text, 2, '0'));
    b := business_time(c, '1999-12-31', '2000-01-02');
    ASSERT b = (i % 59 + 1) * interval '2 minutes', format('%s: %s', c, b);
    BEGIN
      b := business_time('UTC; mon 09:00-17:00', '0001-12-31 BC', now());
      ASSERT false;
    EXCEPTION WHEN datetime_field_overflow THEN NULL;
    END;
  END LOOP;
END $$;
--
-- stored: short, compressed, outside the row; indexed, generated, in parallel
--
CREATE TEMP TABLE stored (n int, c business_calendar);
INSERT INTO stored
SELECT 1, c FROM office
UNION ALL SELECT 2, pg_temp.dated(300)::business_calendar
UNION ALL SELECT 3, pg_temp.dated(4000)::business_calendar;
INSERT INTO stored SELECT n + 3, c FROM stored;
ALTER TABLE stored ALTER c SET STORAGE external;
INSERT INTO stored SELECT n + 3, c::text::business_calendar FROM stored WHERE n > 3;
SELECT n % 3, count(DISTINCT c), count(DISTINCT business_time(c, '2020-01-01', '2026-01-01')),
       min(business_time(c, '2020-01-01', '2026-01-01')), min(add_business_time(c, '2020-01-01', '5000:00'))
  FROM stored GROUP BY 1 ORDER BY 1;
CREATE TABLE business_case (opened_at timestamptz, resolved_at timestamptz, took interval
  GENERATED ALWAYS AS (business_time('Europe/Berlin; mon-fri 09:00-17:00', opened_at, resolved_at)) STORED);
INSERT INTO business_case
SELECT at, at + i % 999 * interval '1 hour'
  FROM generate_series(1, 20000) i, LATERAL (SELECT '2026-01-01'::timestamptz + i * interval '7 minutes' AS at) a;
CREATE INDEX ON business_case (add_business_time('Europe/Berlin; mon-fri 09:00-17:00', opened_at, '16:00'));
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
SELECT sum(took) = sum(business_time('Europe/Berlin; mon-fri 09:00-17:00', opened_at, resolved_at)),
       bool_and(took <= resolved_at - opened_at),
       bool_and((took >= '16:00')
                  = (resolved_at >= add_business_time('Europe/Berlin; mon-fri 09:00-17:00', opened_at, '16:00')))
  FROM business_case;
DROP TABLE business_case;
-- clocks of large calendars are kept up to 16 MB
CREATE TEMP TABLE large AS
SELECT j,
       ('UTC; mon-sun ' || h || string_agg('; ' || to_char('2020-01-01'::date + i + j, 'YYYY-MM-DD') || ' ' || h, ''))
         ::business_calendar AS c
  FROM generate_series(1, 30) j, generate_series(1, 4000) i,
       (SELECT string_agg(to_char(k, 'FM00') || ':10-' || to_char(k, 'FM00') || ':50', ', ') AS h
          FROM generate_series(0, 23) k) h GROUP BY j, h;
SELECT max(business_time(c, '2020-01-01 00:00Z', '2020-01-02 00:00Z')), count(*),
       (SELECT sum(total_bytes) < 24e6 FROM pg_backend_memory_contexts WHERE name = 'business clock')
  FROM large;
