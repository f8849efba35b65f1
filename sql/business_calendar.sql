\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';
--
-- hours over midnight: text and binary form
--
SELECT t, t::business_calendar, get_byte(business_calendar_send(t::business_calendar), 0) AS format,
       t::business_calendar::text::business_calendar = t::business_calendar AS back
  FROM unnest(ARRAY['UTC; fri 22:00-06:00', 'UTC; fri 22:00-00:00', 'UTC; fri 00:00-24:00', 'UTC; fri 24:00-06:00',
                    'UTC; mon-sun 06:00-14:00, 14:00-22:00, 22:00-06:00', 'UTC; fri 22:00-24:00, 24:00-06:00',
                    'UTC; mon 8:00-24:00,24:00-08:00', 'UTC; mon 00:00-24:00, 24:00-23:59:59',
                    'UTC; mon 24:00-06:00, 22:00-24:00, 06:00-22:00; tue 06:00-23:59:59; 9999-12-31 23:00-00:00:01',
                    'UTC; sun 22:00-06:00; mon 06:00-12:00', 'UTC; thu 20:00-08:00; 2026-01-02 closed']) t;
SELECT encode(business_calendar_send('UTC; mon 22:00-06:00; 2000-01-02 23:00-00:30'), 'hex');
SELECT a::business_calendar = b::business_calendar AS eq,
       business_calendar_hash(a::business_calendar) = business_calendar_hash(b::business_calendar) AS hash
  FROM (VALUES ('UTC; fri 22:00-06:00', 'UTC; fri 22:00-24:00, 24:00-06:00'),
               -- the same time is open, but on Saturday it is Saturday's
               ('UTC; fri 22:00-06:00', 'UTC; fri 22:00-24:00; sat 00:00-06:00'),
               ('UTC; fri 22:00-06:00', 'UTC; fri 22:00-06:01')) v(a, b);
-- spans overlap in a day, or from one day into the next; 24 hours or nothing?
SELECT t, pg_temp.error_of(format('SELECT %L::business_calendar', t))
  FROM unnest(ARRAY['UTC; mon 09:00-09:00', 'UTC; mon 24:00-24:00', 'UTC; mon 20:00-06:00, 23:00-24:00',
                    'UTC; mon 22:00-06:00, 20:00-03:00', 'UTC; thu 20:00-08:00; fri 06:00-12:00',
                    'UTC; sun 22:00-06:00; mon 05:59:59-12:00', 'UTC; mon-sun 06:00-24:00, 24:00-06:00:01',
                    'UTC; thu 20:00-08:00; 2026-01-02 06:00-12:00', 'UTC; fri 06:00-12:00; 2026-01-01 20:00-08:00',
                    'UTC; mon 09:00-17:00; 2026-01-01 20:00-08:00; 2026-01-02 07:00-08:00',
                    'UTC; mon 22:00-06:60', 'UTC; mon 22:00-06:00-07:00']) t;
-- spans that touch count as one when they are read, so a day of 24 spans reads back
SELECT c::text::business_calendar = c, c
  FROM (SELECT ('UTC; mon 00:00-00:00:30, ' || string_agg(format('00:%s:00-00:%s:30', i, i), ', ')
                  || ', 00:50-24:00, 24:00-00:49')::business_calendar AS c FROM generate_series(10, 31) i) v;
SELECT left(pg_temp.error_of(format('SELECT %L::business_calendar',
                                    (SELECT 'UTC; mon 24:00-01:00, ' || string_agg(format('%s:00-%s:30', i, i), ',')
                                       FROM generate_series(0, 23) i))), 100);
--
-- a shift belongs to the day it begins on, and so does what a date says of it
--
SELECT what, business_time(c::business_calendar, start, finish) AS open, by_hand,
       business_time(c::business_calendar, start, finish) = by_hand AS right
  FROM (VALUES (1, 'a night', 'UTC; fri 22:00-06:00', '2026-01-02 00:00Z'::timestamptz,
                '2026-01-04 00:00Z'::timestamptz, '8:00'::interval),
               (2, 'a part of it', 'UTC; fri 22:00-06:00', '2026-01-03 05:00Z', '2026-01-03 12:00Z', '1:00'),
               (3, 'a week of nights', 'UTC; mon-sun 22:00-06:00', '2026-01-01 03:00Z', '2026-01-08 03:00Z', '56:00'),
               (4, 'always open in three shifts', 'UTC; mon-sun 06:00-14:00, 14:00-22:00, 22:00-06:00',
                '2026-01-01 03:00Z', '2026-01-08 03:00Z', '168:00'),
               (5, 'Friday the 2nd closed: its night, not the one before',
                'UTC; mon-sun 22:00-06:00; 2026-01-02 closed', '2026-01-01 12:00Z', '2026-01-04 12:00Z', '16:00'),
               (6, 'so the morning of the 2nd is open', 'UTC; mon-sun 22:00-06:00; 2026-01-02 closed',
                '2026-01-02 00:00Z', '2026-01-02 12:00Z', '6:00'),
               (7, 'and that of the 3rd is not', 'UTC; mon-sun 22:00-06:00; 2026-01-02 closed',
                '2026-01-02 12:00Z', '2026-01-03 12:00Z', '0'),
               (8, 'other hours of a date', 'UTC; mon-sun 22:00-06:00; 2026-01-02 20:00-02:00', '2026-01-01 12:00Z',
                '2026-01-04 12:00Z', '22:00'),
               (9, 'a night of two dates in a row',
                'UTC; mon 09:00-10:00; 2026-01-02 20:00-02:00; 2026-01-03 02:00-03:00',
                '2026-01-01 12:00Z', '2026-01-04 12:00Z', '7:00'),
               (10, 'only a date, and Monday after it', 'UTC; mon 09:00-10:00; 2026-01-04 20:00-02:00',
                '2026-01-01 12:00Z', '2026-01-05 12:00Z', '7:00'),
               (11, '24 hours from eight', 'UTC; mon 08:00-24:00, 24:00-08:00', '2026-01-05 00:00Z',
                '2026-01-07 00:00Z', '24:00'),
               (12, 'from the end of Monday', 'UTC; mon 24:00-06:00', '2026-01-05 00:00Z', '2026-01-06 05:00Z', '5:00'),
               (13, 'from Sunday into Monday', 'UTC; sun 22:00-06:00; mon 06:00-07:00', '2026-01-04 00:00Z',
                '2026-01-05 12:00Z', '9:00'),
               (14, 'the first night of the year 1 began before it', 'UTC; mon-sun 22:00-06:00', '0001-01-01 00:00Z',
                '0001-01-02 00:00Z', '8:00'),
               (15, 'the last date runs into the year 10000', 'UTC; 9999-12-31 22:00-06:00', '2026-01-01 00:00Z',
                '12026-01-01 00:00Z', '8:00'),
               (16, 'and the closed one keeps its end', 'UTC; mon-sun 22:00-06:00; 9999-12-31 closed',
                '9999-12-31 00:00Z', '10000-01-02 00:00Z', '8:00'),
               (17, 'spring: 02:00 to 03:00 is left out', 'Europe/Berlin; sat 22:00-06:00', '2025-03-29 00:00Z',
                '2025-03-31 00:00Z', '7:00'),
               (18, 'autumn: it comes twice', 'Europe/Berlin; sat 22:00-06:00', '2025-10-25 00:00Z',
                '2025-10-27 00:00Z', '9:00'),
               (19, 'Samoa has no Friday: the end of Thursday''s night is left out', 'Pacific/Apia; thu 22:00-06:00',
                '2011-12-29 10:00Z', '2012-01-02 10:00Z', '2:00'),
               (20, 'and Saturday begins with the end of Friday''s', 'Pacific/Apia; fri 22:00-06:00',
                '2011-12-29 10:00Z', '2012-01-02 10:00Z', '6:00'),
               (21, 'ten thousand years of Friday nights', 'UTC; fri 22:00-06:00', '2026-12-28 00:00Z',
                '12026-12-28 00:00Z', (521775 * 8) * '1 hour'::interval)) v(n, what, c, start, finish, by_hand)
 ORDER BY n;
--
-- against a count of minutes around the changes of clocks.  Hours are written twice: as text, and as minutes from
-- the midnight that the day begins with; a minute is open if it is in the hours of its date, or 1440 minutes later in
-- those of the date before
--
CREATE TEMP TABLE place AS
SELECT * FROM (VALUES ('Europe/Berlin', '2025-03-30'::date), ('Europe/Berlin', '2025-10-26'),
                      ('Australia/Lord_Howe', '2025-04-06'), ('Australia/Lord_Howe', '2025-10-05'),
                      ('Pacific/Apia', '2011-12-30'), ('Pacific/Apia', '2011-12-29'), ('America/St_Johns',
                       '2006-10-29'),
                      ('America/St_Johns', '2006-10-28'), ('Pacific/Kwajalein', '1993-08-21'),
                      ('America/Sao_Paulo', '2017-10-15'), ('Antarctica/Troll', '2024-10-27'),
                      ('America/Nuuk', '2025-03-29'), ('UTC', '2000-01-01')) v(zone, day);
CREATE TEMP TABLE pattern AS
SELECT * FROM (VALUES ('night', 'mon-sun 22:00-06:00', '{1,2,3,4,5,6,7}'::int[], '{[1320,1800)}'::int4multirange,
                       '{[0,0)}'::int4multirange, 0, '{}'::int4multirange, 'closed', 2,
                       '{[360,420),[1410,1470)}'::int4multirange, '06:00-07:00, 23:30-00:30'),
                      ('weekend', 'mon-fri 23:00-02:30; sat,sun 03:00-24:00, 24:00-03:00', '{1,2,3,4,5}',
                       '{[1380,1590)}', '{[180,1620)}', -1, '{[180,210),[1410,1545)}', '03:00-03:30, 23:30-01:45', 1,
                       '{[1410,1440)}', '23:30-24:00'),
                      ('shifts', 'mon-sun 06:00-14:00, 14:00-22:00, 22:00-06:00', '{1,2,3,4,5,6,7}', '{[360,1800)}',
                       '{}', 0, '{}', 'closed', 1, '{[1440,1500)}', '24:00-01:00'))
         v(name, week, days, on_days, on_others, first, first_hours, first_text, second, second_hours, second_text);
CREATE TEMP TABLE calendar AS
SELECT row_number() OVER () AS n, *,
       format('%s; %s; %s %s; %s %s', zone, week, day + first, first_text, day + second, second_text)
         ::business_calendar AS c
  FROM place, pattern;
-- dates that the zone does not have are no days
CREATE TEMP TABLE date_hours AS
SELECT n, d::date AS date,
       CASE d::date WHEN day + first THEN first_hours WHEN day + second THEN second_hours
            ELSE CASE WHEN extract(isodow FROM d) = ANY (days) THEN on_days ELSE on_others END END AS hours,
       (zone, d::date) NOT IN (('Pacific/Apia', '2011-12-30'), ('Pacific/Kwajalein', '1993-08-21')) AS is_there
  FROM calendar, generate_series(day - interval '16 days', day + interval '16 days', '1 day') d;
ALTER TABLE date_hours ADD PRIMARY KEY (n, date); ANALYZE date_hours;
CREATE TEMP TABLE minute AS
SELECT c.n, c.c, m, coalesce(h.hours @> minute OR b.hours @> minute + 1440) AS open
  FROM calendar c,
       generate_series((day - 1)::timestamp AT TIME ZONE 'UTC', (day + 3)::timestamp AT TIME ZONE 'UTC', '1 minute') m,
       LATERAL (SELECT m AT TIME ZONE zone AS l OFFSET 0) l,
       LATERAL (SELECT (extract(epoch FROM l - l::date) / 60)::int AS minute OFFSET 0) o
  JOIN date_hours h ON true JOIN date_hours b ON true
 WHERE h.n = c.n AND h.date = l::date AND b.n = c.n AND b.date = l::date - 1;
SELECT count(*), count(*) FILTER (WHERE open) > 50000, bool_and(is_open(c, m) = open),
       bool_and(business_time(c, first, m) = before * interval '1 minute')
  FROM (SELECT n, c, m, open, first_value(m) OVER w AS first, sum(open::int) OVER w - open::int AS before
          FROM minute WINDOW w AS (PARTITION BY n ORDER BY m)) r;
--
-- working_days: dates with opening hours after that of start, up to that of finish
--
SELECT what, working_days(c::business_calendar, start, finish) AS days, by_hand
  FROM (VALUES (1, 'the same day', 'UTC; mon-fri 09:00-17:00', '2026-03-02 08:00Z'::timestamptz,
                '2026-03-02 18:00Z'::timestamptz, 0),
               (2, 'the next day, a moment later', 'UTC; mon-fri 09:00-17:00', '2026-03-02 23:59:59Z',
                '2026-03-03 00:00Z', 1),
               (3, 'over a weekend', 'UTC; mon-fri 09:00-17:00', '2026-03-06 18:00Z', '2026-03-09 08:00Z', 1),
               (4, 'from Saturday', 'UTC; mon-fri 09:00-17:00', '2026-03-07 18:00Z', '2026-03-08 08:00Z', 0),
               (5, 'a week', 'UTC; mon-fri 09:00-17:00', '2026-03-04 12:00Z', '2026-03-11 12:00Z', 5),
               (6, 'Christmas',
                'UTC; mon-fri 09:00-17:00; 2026-12-25 closed; 2026-12-26 10:00-12:00; 2026-12-28 closed',
                '2026-12-24 12:00Z', '2026-12-29 12:00Z', 2),
               (7, '2026: 261 weekdays without Thursday 1 January', 'UTC; mon-fri 09:00-17:00', '2026-01-01 00:00Z',
                '2026-12-31 12:00Z', 260),
               (8, 'the date of the zone: in Tokyo it is Monday already', 'Asia/Tokyo; mon-fri 09:00-17:00',
                '2026-03-08 14:00Z', '2026-03-08 16:00Z', 1),
               (9, 'nights count for the day they begin on: Saturday is none', 'UTC; mon-fri 22:00-06:00',
                '2026-03-06 23:00Z', '2026-03-08 05:00Z', 0),
               (10, 'Sunday night is a day before Monday', 'UTC; sun-thu 22:00-06:00', '2026-03-07 12:00Z',
                '2026-03-08 12:00Z', 1),
               (11, 'a shift from 24:00 on begins on its day', 'UTC; fri 24:00-06:00', '2026-03-05 12:00Z',
                '2026-03-06 12:00Z', 1),
               (12, 'Samoa has no Friday 2011-12-30', 'Pacific/Apia; mon-fri 09:00-17:00', '2011-12-29 12:00-10',
                '2012-01-02 12:00+14', 1),
               (13, 'whatever is said of that date', 'Pacific/Apia; 2011-12-30 09:00-17:00', '2011-12-29 12:00-10',
                '2012-01-02 12:00+14', 0),
               (14, 'Newfoundland: a later instant of the date before', 'America/St_Johns; mon-sun 09:00-17:00',
                '2006-10-29 02:30:30Z', '2006-10-29 02:31:00Z', 0),
               (15, 'long ago: 2000 years of 146097 days in 400', 'UTC; mon-sun 09:00-17:00', '0001-01-01 12:00Z',
                '2001-01-01 12:00Z', 146097 * 5),
               (16, '290,000 years', 'UTC; mon-fri 09:00-17:00', '2026-12-28 12:00Z', '292026-12-28 12:00Z',
                290000 / 400 * 20871 * 5)) v(n, what, c, start, finish, by_hand) ORDER BY n;
-- against a count of dates
CREATE TEMP TABLE instant AS
SELECT n, c, zone, at, at AT TIME ZONE zone AS local
  FROM calendar, generate_series((day - 4)::timestamp AT TIME ZONE 'UTC', (day + 4)::timestamp AT TIME ZONE 'UTC',
                                 '397 minutes') at;
SELECT count(*), bool_and(working_days(a.c, a.at, b.at) = days)
  FROM instant a JOIN instant b ON b.n = a.n AND b.at >= a.at,
       LATERAL (SELECT count(*) AS days FROM date_hours h
                 WHERE h.n = a.n AND is_there AND NOT isempty(hours)
                   AND date > a.local::date AND date <= b.local::date) d;
SELECT working_days(NULL, now(), now()), working_days(c, NULL, now()), working_days(c, now(), NULL),
       working_days(c, '-infinity', now()), working_days(c, now(), 'infinity')
  FROM (SELECT 'UTC; mon-fri 09:00-17:00'::business_calendar AS c) v;
SELECT pg_temp.error_of(format('SELECT working_days(''UTC; mon-fri 09:00-17:00'', %L, %L)', start, finish))
  FROM (VALUES ('2026-03-02 12:00+00', '2026-03-02 11:59:59+00'), ('0001-12-31 12:00+00 BC', '2026-03-02 12:00+00'),
               ('4713-11-24 00:00+00 BC', '4713-11-25 00:00+00 BC')) v(start, finish);
--
-- add_working_days: the same time of day, or closing time
--
SELECT what, add_working_days(c::business_calendar, start AT TIME ZONE 'Europe/Berlin', days)
               AT TIME ZONE 'Europe/Berlin' AS due, by_hand
  FROM (VALUES (1, 'two days', 'Europe/Berlin; mon-fri 09:00-17:00', '2026-03-02 11:15:00.123456'::timestamp, 2,
                '2026-03-04 11:15:00.123456'::timestamp),
               (2, 'over the weekend', 'Europe/Berlin; mon-fri 09:00-17:00', '2026-03-05 11:15', 2, '2026-03-09 11:15'),
               (3, 'from Sunday', 'Europe/Berlin; mon-fri 09:00-17:00', '2026-03-08 11:15', 1, '2026-03-09 11:15'),
               (4, 'after closing time', 'Europe/Berlin; mon-fri 09:00-17:00', '2026-03-02 19:00', 1,
                '2026-03-03 17:00'),
               (5, 'Saturday closes at 14:00', 'Europe/Berlin; mon-fri 09:00-17:00; sat 10:00-14:00',
                '2026-03-06 15:00', 1, '2026-03-07 14:00'),
               (6, 'before it opens', 'Europe/Berlin; mon-fri 09:00-17:00', '2026-03-02 07:00', 1, '2026-03-03 07:00'),
               (7, 'at lunch', 'Europe/Berlin; mon-fri 09:00-12:00, 13:00-17:00', '2026-03-02 12:30', 1,
                '2026-03-03 12:30'),
               (8, 'Christmas Eve closes at noon', 'Europe/Berlin; mon-fri 09:00-17:00; 2026-12-24 09:00-12:00',
                '2026-12-23 15:00', 1, '2026-12-24 12:00'),
               (9, 'nights close on the next day', 'Europe/Berlin; mon-fri 22:00-06:00', '2026-03-06 23:30', 1,
                '2026-03-09 23:30'),
               (10, 'until midnight', 'Europe/Berlin; mon-fri 18:00-24:00', '2026-03-06 23:59:59.999999', 1,
                '2026-03-09 23:59:59.999999'),
               (11, 'none: start itself, open or not', 'Europe/Berlin; mon-fri 09:00-17:00', '2026-03-08 19:00', 0,
                '2026-03-08 19:00'),
               (12, 'back', 'Europe/Berlin; mon-fri 09:00-17:00', '2026-03-09 11:15', -1, '2026-03-06 11:15'),
               (13, 'back from Sunday', 'Europe/Berlin; mon-fri 09:00-17:00', '2026-03-08 19:00', -2,
                '2026-03-05 17:00'),
               (14, 'the hour is left out in spring: an hour later', 'Europe/Berlin; mon-sun 00:00-24:00',
                '2025-03-29 02:30', 1, '2025-03-30 03:30'),
               (15, '1,000 days of five a week', 'Europe/Berlin; mon-fri 09:00-17:00', '2026-03-02 11:00', 1000,
                '2029-12-31 11:00')) v(n, what, c, start, days, by_hand) ORDER BY n;
-- against a list of dates
SELECT count(*), bool_and(add_working_days(c, at, sign * k) = due), count(DISTINCT sign * k)
  FROM instant i, generate_series(1, 5) k, unnest(ARRAY[-1, 1]) sign,
       LATERAL (SELECT (date + least(local - local::date, upper(hours) * interval '1 minute')) AT TIME ZONE zone AS due
                  FROM date_hours h WHERE h.n = i.n AND is_there AND NOT isempty(hours)
                   AND sign * (date - local::date) > 0 ORDER BY sign * (date - local::date) OFFSET k - 1 LIMIT 1) d;
SELECT add_working_days(NULL, now(), 1), add_working_days(c, NULL, 1), add_working_days(c, now(), NULL),
       add_working_days(c, 'infinity', 1), add_working_days(c, '-infinity', -1)
  FROM (SELECT 'UTC; mon-fri 09:00-17:00'::business_calendar AS c) v;
SELECT add_working_days('UTC; 2026-12-25 09:00-12:00; 9999-12-31 09:00-12:00', '2026-12-25 10:00Z', 1),
       add_working_days('UTC; 2026-12-25 09:00-12:00; 9999-12-31 09:00-12:00', '9999-12-31 10:00Z', -1),
       add_working_days('UTC; mon-sun 09:00-12:00', '294276-12-30 11:00Z', 1),
       add_working_days('UTC; mon-sun 09:00-12:00', '0001-01-02 11:00Z', -1);
SELECT pg_temp.error_of(format('SELECT add_working_days(%L, %L, %s)', c, start, days))
  FROM (VALUES ('UTC; 2026-12-25 09:00-12:00', '2026-12-25 10:00Z', 1),
               ('UTC; 2026-12-25 09:00-12:00', '2026-12-25 10:00Z', -1),
               ('UTC; mon-sun 09:00-12:00', '294276-12-31 11:00Z', 1),
               ('UTC; mon-sun 09:00-12:00', '0001-01-01 11:00Z', -1),
               ('UTC; mon-sun 09:00-12:00', '2026-12-25 10:00Z', 2147483647),
               ('UTC; mon-sun 09:00-12:00', '2026-12-25 10:00Z', -2147483648),
               ('UTC; mon-sun 09:00-12:00', '0001-12-31 12:00+00 BC', 1)) v(c, start, days);
--
-- add_business_time backwards: the last instant from which that much is left
--
SELECT what, begin AT TIME ZONE 'Europe/Berlin' AS begin, by_hand, business_time(c, begin, deadline) = -length AS back
  FROM (VALUES (1, 'the same day', 'Europe/Berlin; mon-fri 09:00-17:00'::business_calendar,
                '2026-03-02 14:00'::timestamp, '-4:00'::interval, '2026-03-02 10:00'::timestamp),
               (2, 'all of the morning: its opening, not the evening before', 'Europe/Berlin; mon-fri 09:00-17:00',
                '2026-03-03 14:00', '-5:00', '2026-03-03 09:00'),
               (3, 'a moment longer', 'Europe/Berlin; mon-fri 09:00-17:00', '2026-03-03 14:00', '-5:00:00.000001',
                '2026-03-02 16:59:59.999999'),
               (4, 'over the weekend', 'Europe/Berlin; mon-fri 09:00-17:00', '2026-03-09 10:00', '-6:00',
                '2026-03-06 12:00'),
               (5, 'a deadline on Sunday', 'Europe/Berlin; mon-fri 09:00-17:00', '2026-03-08 20:00', '-1:00',
                '2026-03-06 16:00'),
               (6, 'a night', 'Europe/Berlin; mon-fri 22:00-06:00', '2026-03-07 05:00', '-10:00', '2026-03-06 03:00'),
               (7, 'spring: 22:00 to 06:00 is seven hours', 'Europe/Berlin; sat 22:00-06:00', '2025-03-30 12:00',
                '-7:00', '2025-03-29 22:00'),
               (8, 'from 2026 to before 2000, 13800 days of eight hours', 'Europe/Berlin; mon-sun 09:00-17:00',
                '2026-03-02 13:00', '-110400:00', '2026-03-02 13:00'::timestamp - 13800 * interval '1 day'))
         v(n, what, c, deadline_at, length, by_hand),
       LATERAL (SELECT deadline_at AT TIME ZONE 'Europe/Berlin' AS deadline) d,
       LATERAL (SELECT add_business_time(c, deadline, length) AS begin) b ORDER BY n;
-- there and back: the first instant after, the last one before
SELECT count(*), bool_and(business_time(c, begin, at) = length AND begin <= at
                          AND business_time(c, begin + interval '1 microsecond', at) < length),
       bool_and(business_time(c, at, due) = length AND due >= at
                AND business_time(c, at, due - interval '1 microsecond') < length)
  FROM instant, LATERAL (SELECT (1 + abs(hashint4(n::int * 31 + extract(day FROM at)::int)) % 100000) * interval '1.7 s'
                           AS length) l,
       LATERAL (SELECT add_business_time(c, at, -length) AS begin, add_business_time(c, at, length) AS due OFFSET 0) b;
SELECT add_business_time('UTC; mon-sun 00:00-24:00', '0001-01-02 00:00Z', '-24:00'),
       add_business_time('UTC; 2000-01-01 09:00-12:00; 2026-12-25 09:00-12:00', '2026-12-25 10:00Z', '-4:00'),
       at - add_business_time('Europe/Berlin; mon-sun 00:00-24:00', at, '-2562047788:00:54.775807')
  FROM (SELECT '294276-12-31 23:00Z'::timestamptz AS at) v;
SELECT pg_temp.error_of(format('SELECT add_business_time(%L, %L, %L)', c, at, length))
  FROM (VALUES ('UTC; mon-sun 00:00-24:00', '0001-01-02 00:00Z', '-24:00:00.000001'),
               ('UTC; 2026-12-25 09:00-12:00', '2026-12-25 10:00Z', '-1:00:01'),
               ('UTC; mon-sun 00:00-24:00', '0001-12-31 12:00+00 BC', '-1:00'),
               ('UTC; mon-sun 00:00-24:00', '2026-12-25 10:00Z', '-1 day')) v(c, at, length);
--
-- many dates of nights: the morning after each of them is a day of its own
--
SELECT business_time(c, '2020-01-01', '2060-01-01') AS open,
       4000 * interval '4 hours' + (14610 - 4000) * interval '8 hours' AS counted,
       working_days(c, '2019-12-31', '2059-12-31') AS days, c::text::business_calendar = c AS back
  FROM (SELECT ('UTC; mon-sun 22:00-06:00; '
                  || string_agg(d::date || ' 23:00-03:00', '; ' ORDER BY hashint4(i)))::business_calendar AS c
          FROM generate_series(1, 4000) i,
               LATERAL (SELECT '2020-01-01'::timestamp + i * 3 * interval '1 day' AS d) d) v;
