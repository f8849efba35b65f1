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
-- the message has the session's time zone: one without history, as PST8PDT before 1883 depends on the zone data
SET timezone = 'Etc/GMT+8';
SELECT pg_temp.error_of('SELECT period_start(' || a || ')')
  FROM unnest(ARRAY['''day'', ''0001-12-31 23:59:59.999999+00 BC'', ''UTC''',
                    '''year'', ''0001-01-01 00:30:00+00'', ''America/New_York''',
                    '''day'', ''4713-01-01 00:00:00+00 BC'', ''UTC''', '''hour'', now(), ''UTC''',
                    ''''', now(), ''UTC''', '''day'', now(), ''Mars/Olympus''', '''day'', now(), ''''',
                    '''day'', now(), repeat(''x'', 300)']) a;
RESET timezone;
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
-- half years, and weeks and years that begin elsewhere
--
SELECT begins, period_start('week', '2026-02-10 12:00Z', 'UTC', begins) AS week,
       to_char(period_start('week', '2026-02-10 12:00Z', 'UTC', begins), 'Dy') AS begins_on
  FROM generate_series(1, 7) begins;
SELECT begins, period_start('quarter', at, 'Europe/Berlin', begins), period_start('half', at, 'Europe/Berlin', begins),
       period_start('year', at, 'Europe/Berlin', begins)
  FROM generate_series(1, 12) begins, (SELECT '2026-02-28 23:30Z'::timestamptz AS at) a;
-- against the list of all days on which a period begins: the last one up to the date
CREATE TEMP TABLE first_day AS
SELECT u, b, d::date AS first
  FROM generate_series('1898-01-01'::timestamp, '2155-01-01', '1 day') d,
       (SELECT 'week' AS u, b FROM generate_series(1, 7) b
        UNION ALL SELECT u, b FROM unnest(ARRAY['quarter', 'half', 'year']) u, generate_series(1, 12) b) v
 WHERE CASE u WHEN 'week' THEN extract(isodow FROM d) = b
              ELSE extract(day FROM d) = 1
                   AND (extract(month FROM d)::int - b + 12)
                         % CASE u WHEN 'quarter' THEN 3 WHEN 'half' THEN 6 ELSE 12 END = 0 END;
CREATE INDEX ON first_day (u, b, first);
ANALYZE first_day;
CREATE TEMP TABLE some_time AS
SELECT z, '1900-01-01 00:00Z'::timestamptz + abs(hashint8extended(i, 7) % 8000000000) * interval '1 second' AS at
  FROM zones, generate_series(1, 20) i;
SELECT u, count(*), bool_and(period_start(u, at, z, b) = first), bool_and(period_start(u, local, z, b) = first),
       bool_and(period_start(u, local, b) = first)
  FROM some_time, (SELECT DISTINCT u, b FROM first_day) r,
       LATERAL (SELECT (at AT TIME ZONE z)::date AS local OFFSET 0) l,
       LATERAL (SELECT max(first) AS first FROM first_day f WHERE f.u = r.u AND f.b = r.b AND f.first <= local) f
 GROUP BY u ORDER BY u;
SELECT bool_and(period_start('half', at, z) = least(date_trunc('year', l) + interval '6 months',
                                                    date_trunc('quarter', l) - (extract(quarter FROM l)::int + 1) % 2
                                                      * interval '3 months')::date)
  FROM some_time, LATERAL (SELECT at AT TIME ZONE z AS l) l;
-- NULL and 1 are the usual begin, for days and months the only one
SELECT bool_and(period_start(u, at, z, NULL) = period_start(u, at, z)
                AND period_start(u, at, z, 1) = period_start(u, at, z)
                AND period_start(u, at::date, NULL::int) = period_start(u, at::date)
                AND period_start(u, at::date, z, NULL) = period_start(u, at::date, z))
  FROM some_time, unnest(ARRAY['day', 'week', 'month', 'quarter', 'half', 'year', 'HALF']) u;
SELECT period_start(NULL, now(), 'UTC', 4), period_start('year', NULL, 'UTC', 99), period_start('year', now(), NULL, 4),
       period_start(NULL, date '2026-01-01', 4), period_start('year', NULL::date, 4),
       period_start('year', date '2026-01-01', NULL, 4), period_start('year', 'infinity'::timestamptz, 'UTC', 4),
       period_start('year', '-infinity'::date, 4);
SELECT pg_temp.error_of(format('SELECT period_start(%L, now(), ''UTC'', %s)', u, b)),
       pg_temp.error_of(format('SELECT period_start(%L, date ''2026-01-01'', %s)', u, b))
         = pg_temp.error_of(format('SELECT period_start(%L, date ''2026-01-01'', ''UTC'', %s)', u, b))
  FROM (VALUES ('day', 2), ('week', 0), ('week', 8), ('month', 4), ('quarter', 13), ('half', 0), ('year', 13),
               ('year', -2147483648), ('hour', 1)) v(u, b);
SELECT pg_temp.error_of($$SELECT period_start('year', now(), 'Mars/Olympus', 4)$$),
       pg_temp.error_of($$SELECT period_start('year', date '2026-01-01', 'Mars/Olympus', 4)$$);
-- a year that begins in April 1 BC holds January of the year 1, and nothing before it; the last year has no end
SET timezone = 'Etc/GMT+8';
SELECT at, pg_temp.error_of(format('SELECT period_start(''year'', %L, ''UTC'', 4)', at))
  FROM unnest(ARRAY['0001-03-31 12:00Z', '0001-12-31 23:59Z BC']) at;
RESET timezone;
SELECT i, period_start('year', at, 'UTC', 4)
  FROM (VALUES (1, '0001-03-31 12:00Z'::timestamptz), (2, '0001-04-01 00:00Z'), (3, '294276-12-31 23:59Z'),
               (4, '294276-03-31 23:59Z')) v(i, at) ORDER BY i;
DO $$
DECLARE d date;
BEGIN
  FOR i IN 1 .. 2 LOOP
    -- the second one must not be found in the year of the first
    d := period_start('year', CASE i WHEN 1 THEN '0001-01-31 00:00Z' ELSE '0001-12-01 00:00Z BC' END::timestamptz,
    'UTC', 4);
  END LOOP;
  ASSERT false;
EXCEPTION WHEN datetime_field_overflow THEN NULL;
END $$;
SELECT period_start('week', '0001-01-01 12:00Z', 'UTC', 7), period_start('week', '0001-01-01 12:00Z', 'UTC', 1),
       period_start('year', '294276-12-31 23:30+00', 'Pacific/Kiritimati', 7);
-- one call site, begins in turn
SELECT bool_and(period_start('year', at, 'Europe/Berlin', i % 12 + 1) = first)
  FROM generate_series(1, 2000) i,
       LATERAL (SELECT '2000-06-15 12:00Z'::timestamptz + i * interval '5 days' AS at) a,
       LATERAL (SELECT max(first) AS first FROM first_day WHERE u = 'year' AND b = i % 12 + 1 AND first <= at::date) f;
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
