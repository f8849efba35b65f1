-- period: calendar periods of timestamps, and windows after an event

CREATE FUNCTION period_start(unit text, at timestamp with time zone, timezone text) RETURNS date
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'period_start';
COMMENT ON FUNCTION period_start(text, timestamp with time zone, text) IS
'First day of the day, week (Monday), month, quarter or year that the time lies in, in that time zone (a full name of pg_timezone_names). Say of a timestamp without time zone what it is first: at AT TIME ZONE ''UTC''. NULL for infinite times. Errors: 22023 unknown unit or zone, 22008 a time before the year 1. IMMUTABLE as far as the time zone data are.';

-- a date is a date in every zone: without these it would be cast to a time in the session's zone
CREATE FUNCTION period_start(unit text, day date) RETURNS date
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'period_start_date';
COMMENT ON FUNCTION period_start(text, date) IS
'First day of the day, week (Monday), month, quarter or year that a date lies in. NULL for infinite dates. Errors: 22023 unknown unit, 22008 a date before the year 1.';

CREATE FUNCTION period_start(unit text, day date, timezone text) RETURNS date
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'period_start_date';
COMMENT ON FUNCTION period_start(text, date, text) IS
'The same as period_start(unit, day): a date lies in the same period in every time zone.';

CREATE FUNCTION within_window(
	start timestamp with time zone, event timestamp with time zone, span interval, as_of timestamp with time zone
) RETURNS boolean
LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'within_window';
COMMENT ON FUNCTION within_window(
	timestamp with time zone, timestamp with time zone, interval, timestamp with time zone
) IS
'Did the event come in (start, start + span]? true if so and not after as_of; false once the window has passed without it; an event at start itself is not after it and does not count; NULL while it is open, or if start is NULL, infinite or after as_of. A yes of a young case is known before its no, so leave young cases out of rates: FILTER (WHERE start + span <= as_of). Error 22003: a negative span.';
