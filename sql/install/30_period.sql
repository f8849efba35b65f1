-- period: calendar periods of timestamps, and windows after an event

CREATE FUNCTION period_start(unit text, at timestamp with time zone, timezone text) RETURNS date
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'period_start';
COMMENT ON FUNCTION period_start(text, timestamp with time zone, text) IS
'First day of the day, week (Monday), month, quarter, half (year) or year that the time lies in, in that time zone (a full name of pg_timezone_names). For a timestamp without time zone, say first in which zone it is: at AT TIME ZONE ''UTC''. NULL for infinite times. Errors: 22023 unknown unit or zone, 22008 a time before the year 1. IMMUTABLE as long as the time zone data do not change.';

-- a date is the same in every zone: without these functions it would be cast to a time in the
-- zone of the session
CREATE FUNCTION period_start(unit text, day date) RETURNS date
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'period_start_date';
COMMENT ON FUNCTION period_start(text, date) IS
'First day of the day, week (Monday), month, quarter, half (year) or year that a date lies in. NULL for infinite dates. Errors: 22023 unknown unit, 22008 a date before the year 1.';

CREATE FUNCTION period_start(unit text, day date, timezone text) RETURNS date
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'period_start_date';
COMMENT ON FUNCTION period_start(text, date, text) IS
'The same as period_start(unit, day): a date lies in the same period in every time zone.';

#since 0.2.0
-- not strict: begins may be NULL
CREATE FUNCTION period_start(unit text, at timestamp with time zone, timezone text, begins integer) RETURNS date
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'period_start_begins';
COMMENT ON FUNCTION period_start(text, timestamp with time zone, text, integer) IS
'The same as period_start(unit, at, timezone) with weeks and years of your own: begins is the ISO weekday on which a week begins (1 Monday to 7 Sunday), or the month in which a year begins, whose quarters and halves follow (1 January to 12 December; 4 is April). A year that begins in April 2025 has the first day 2025-04-01. NULL and 1 are the usual Monday and January; day and month take nothing else. NULL if another argument is NULL. Errors: those of period_start, and 22023 begins out of its range.';

CREATE FUNCTION period_start(unit text, day date, timezone text, begins integer) RETURNS date
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'period_start_date_begins';
COMMENT ON FUNCTION period_start(text, date, text, integer) IS
'The same as period_start(unit, day, begins): a date lies in the same period in every time zone.';

CREATE FUNCTION period_start(unit text, day date, begins integer) RETURNS date
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'period_start_date_begins';
COMMENT ON FUNCTION period_start(text, date, integer) IS
'The same as period_start(unit, day) with weeks and years of your own: begins is the ISO weekday on which a week begins (1 Monday to 7 Sunday), or the month in which a year begins (1 January to 12 December), whose quarters and halves follow. NULL and 1 are the usual Monday and January; day and month take nothing else. Errors: those of period_start, and 22023 begins out of its range.';
#end

CREATE FUNCTION within_window(
	start timestamp with time zone, event timestamp with time zone, span interval, as_of timestamp with time zone
) RETURNS boolean
LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'within_window';
COMMENT ON FUNCTION within_window(
	timestamp with time zone, timestamp with time zone, interval, timestamp with time zone
) IS
'Did the event come in (start, start + span]? true if it did, by as_of; false once the window has passed without it; NULL while the window is open, or if start is NULL, infinite or after as_of. An event at start itself does not count. A young case can already be true but not yet false, so leave young cases out of rates: FILTER (WHERE start + span <= as_of). Error 22003: a negative span.';
