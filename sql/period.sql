\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
SELECT u, period_start(u, '2025-08-20 23:30:00+00', 'UTC'), period_start(u, '2025-08-31 23:30:00+00', 'Europe/Berlin')
  FROM unnest(ARRAY['day', 'week', 'month', 'quarter', 'year', 'MONTH']) u;
SELECT period_start(NULL, now(), 'UTC'), period_start('day', NULL, 'UTC'), period_start('day', now(), NULL);
-- a date stays the same date in every session's time zone
SET timezone = 'Europe/Berlin';
SELECT u, period_start(u, '2025-06-01'::date), period_start(u, '2025-06-01'::date, 'America/New_York')
  FROM unnest(ARRAY['day', 'week', 'month', 'quarter', 'year']) u;
SELECT period_start('month', 'infinity'::date), period_start('day', '5874897-12-31'::date),
       pg_temp.error_of('SELECT period_start(''day'', ''0001-12-31 BC''::date)');
SELECT u, bool_and(period_start(u, d) = date_trunc(u, d::timestamp)::date)
  FROM unnest(ARRAY['day', 'week', 'month', 'quarter', 'year']) u,
       (SELECT '1900-01-01'::date + i * 7 AS d FROM generate_series(1, 20000) i) r
 GROUP BY u ORDER BY u;
RESET timezone;
-- infinite: NULL; the first possible day; before it: an error; the last possible day
SELECT period_start('month', 'infinity', 'UTC'), period_start('month', '-infinity', 'Europe/Berlin');
SELECT u, period_start(u, '0001-01-01 00:00:00+00', 'UTC'), period_start(u, '294276-12-31 23:59:59.999999+00', 'UTC')
  FROM unnest(ARRAY['day', 'week', 'month', 'quarter', 'year']) u;
SELECT pg_temp.error_of('SELECT period_start(' || a || ')')
  FROM unnest(ARRAY['''day'', ''0001-12-31 23:59:59.999999+00 BC'', ''UTC''',
                    '''year'', ''0001-01-01 00:30:00+00'', ''America/New_York''',
                    '''day'', ''4713-01-01 00:00:00+00 BC'', ''UTC''', '''hour'', now(), ''UTC''',
                    ''''', now(), ''UTC''', '''day'', now(), ''Mars/Olympus''', '''day'', now(), ''''',
                    '''day'', now(), repeat(''x'', 300)']) a;
-- a rule in POSIX form is not the name of a zone; a few names have digits
SELECT pg_temp.error_of(format('SELECT period_start(''day'', ''2025-03-31 23:00+00'', %L)', z))
  FROM unnest(ARRAY['Mars/Olympus5', 'Europe/Berlin1', 'UTC+2', '+02', 'XXX167', 'localtime', 'Etc/GMT+13',
                    'Etc/GMT-15']) z;
SELECT z, period_start('day', '2025-03-31 11:00+00', z)
  FROM unnest(ARRAY['Etc/GMT+12', 'etc/gmt-14', 'Etc/GMT0', 'GMT', 'europe/berlin']) z;
SELECT pg_temp.error_of('SELECT period_start(''day'', ''2025-01-01''::date, ''Mars/Olympus'')');
SELECT period_start('year', '294276-12-31 23:30+00', 'Pacific/Kiritimati'),
       period_start('year', '294276-12-31 23:40+00', 'Pacific/Kiritimati');
--
-- against date_trunc of local time: around every change of clocks, and in random order
--
CREATE TEMP TABLE zones AS
SELECT unnest(ARRAY['UTC', 'Europe/Berlin', 'America/New_York', 'America/St_Johns', 'America/Sao_Paulo',
                    'America/Havana', 'Asia/Kathmandu', 'Pacific/Apia', 'Africa/Cairo', 'Asia/Gaza',
                    'Australia/Lord_Howe', 'Europe/Lisbon', 'Asia/Tehran', 'Antarctica/Troll']) AS z;
CREATE TEMP TABLE units AS SELECT unnest(ARRAY['day', 'week', 'month', 'quarter', 'year']) AS u;
CREATE FUNCTION pg_temp.offset_at(at timestamptz, z text) RETURNS interval LANGUAGE sql STABLE
  AS $$ SELECT (at AT TIME ZONE z) - (at AT TIME ZONE 'UTC') $$;
-- hours in which the offset changes, 1985 to 2030, and the minutes around them
\set QUIET on
CREATE TEMP TABLE changes AS
SELECT z, h FROM zones, generate_series('1985-01-01 00:00+00'::timestamptz, '2030-01-01', '6 hours') h
 WHERE pg_temp.offset_at(h, z) <> pg_temp.offset_at(h + '6 hours', z);
\set QUIET off
SELECT count(*) > 800 FROM changes;
SELECT u, bool_and(period_start(u, at, z) = date_trunc(u, at AT TIME ZONE z)::date)
  FROM units, changes,
       LATERAL (SELECT h + m * interval '17 minutes 29.9 seconds' + (m % 7) * interval '4 hours' AS at
                  FROM generate_series(-30, 60) m) t
 GROUP BY u ORDER BY u;
SELECT u, bool_and(period_start(u, at, 'America/St_Johns') = date_trunc(u, at AT TIME ZONE 'America/St_Johns')::date)
  FROM units,
       (SELECT '1880-01-01'::timestamptz + hashint4(i) * interval '1.1 seconds' AS at
          FROM generate_series(1, 20000) i) t
 GROUP BY u ORDER BY u;
-- a constant unit and zone, more days than the cache keeps, in leaps
SELECT bool_and(period_start('day', at, 'Europe/Berlin') = (at AT TIME ZONE 'Europe/Berlin')::date)
  FROM (SELECT '2000-01-01 00:00+01'::timestamptz + (i * 7919 % 9000) * interval '13 hours' AS at
          FROM generate_series(1, 20000) i) t;
-- Newfoundland, 2006-10-29: 23:01 comes twice around midnight, so a day is not one stretch
SELECT at AT TIME ZONE 'America/St_Johns', period_start('day', at, 'America/St_Johns')
  FROM unnest(ARRAY['2006-10-29 02:29:59+00', '2006-10-29 02:30:30+00', '2006-10-29 02:31:00+00',
                    '2006-10-29 03:30:00+00']::timestamptz[]) at;
-- Samoa has no 2011-12-30
SELECT period_start('day', '2011-12-30 09:59:59+00', 'Pacific/Apia'),
       period_start('day', '2011-12-30 10:00:00+00', 'Pacific/Apia');
-- variables of PL/pgSQL are not constants
DO $$
DECLARE r record; d date;
BEGIN
  FOR r IN SELECT u, z, '2025-03-31 23:00+00'::timestamptz AS at FROM units, zones LOOP
    d := period_start(r.u, r.at, r.z);
    ASSERT d = date_trunc(r.u, r.at AT TIME ZONE r.z)::date, format('%s %s: %s', r.u, r.z, d);
  END LOOP;
  BEGIN
    FOREACH r.z IN ARRAY ARRAY['Asia/Tokyo', 'Mars/Olympus'] LOOP
      d := period_start('day', '2025-03-31 23:00+00', r.z);
    END LOOP;
    ASSERT false;
  EXCEPTION WHEN invalid_parameter_value THEN NULL;
  END;
END $$;
--
-- within_window: true, false, or still open
--
SELECT what, within_window(start, event, span, as_of)
  FROM (VALUES (1, 'in time', '2025-01-01'::timestamptz, '2025-01-10'::timestamptz, '30 days'::interval,
                '2025-06-01'::timestamptz),
               (2, 'at the last moment', '2025-01-01', '2025-01-31', '30 days', '2025-06-01'),
               (3, 'too late', '2025-01-01', '2025-01-31 00:00:01', '30 days', '2025-06-01'),
               (4, 'at the start is not after it', '2025-01-01', '2025-01-01', '30 days', '2025-06-01'),
               (5, 'before the start', '2025-01-01', '2024-12-31', '30 days', '2025-06-01'),
               (6, 'never', '2025-01-01', NULL, '30 days', '2025-06-01'),
               (7, 'not yet', '2025-01-01', NULL, '30 days', '2025-01-30'),
               (8, 'window just over', '2025-01-01', NULL, '30 days', '2025-01-31'),
               (9, 'came after as_of: not known yet', '2025-01-01', '2025-01-20', '30 days', '2025-01-10'),
               (10, 'came, window still open', '2025-01-01', '2025-01-05', '30 days', '2025-01-10'),
               (11, 'too late, but window still open', '2025-01-01', '2025-03-05', '30 days', '2025-01-10'),
               (12, 'starts after as_of', '2025-01-01', '2025-01-05', '30 days', '2024-12-31'),
               (13, 'no start', NULL, '2025-01-05', '30 days', '2025-06-01'),
               (14, 'no span', '2025-01-01', '2025-01-05', NULL, '2025-06-01'),
               (15, 'no as_of', '2025-01-01', '2025-01-05', '30 days', NULL),
               (16, 'empty window', '2025-01-01', '2025-01-01', '0', '2025-06-01'),
               (17, 'infinite start', '-infinity', '2025-01-01', '30 days', '2025-06-01'),
               (18, 'event at the end of time', '2025-01-01', 'infinity', '30 days', '2025-06-01'),
               (19, 'as_of at the end of time', '2025-01-01', NULL, '30 days', 'infinity'),
               (20, 'a calendar month', '2025-01-31', '2025-02-28', '1 month',
                '2025-06-01')) v(n, what, start, event, span, as_of) ORDER BY n;
SELECT pg_temp.error_of($$SELECT within_window('2025-01-01', NULL, '-1 day', '2025-06-01')$$);
SET timezone = 'Europe/Berlin';
-- a day over the change of clocks is 25 hours
SELECT within_window('2025-10-25 12:00', '2025-10-26 11:59', '1 day', '2025-12-01'),
       within_window('2025-10-25 12:00', '2025-10-26 11:59', '24 hours', '2025-12-01');
-- a message shows the beginning of a long unit or zone only
SELECT length(pg_temp.error_of(format($$SELECT period_start(%L, date '2025-01-01')$$, repeat('x', 100000)))) < 400,
       length(pg_temp.error_of(format($$SELECT period_start('day', now(), %L)$$, repeat('x', 100000)))) < 400;
