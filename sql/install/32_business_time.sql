-- business_time: opening hours, and the open time between two instants

CREATE FUNCTION business_calendar_in(cstring) RETURNS business_calendar
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_in';
COMMENT ON FUNCTION business_calendar_in(cstring) IS
'Text form of a business calendar: zone; days hours; ...';

CREATE FUNCTION business_calendar_out(business_calendar) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_out';
COMMENT ON FUNCTION business_calendar_out(business_calendar) IS
'Text form of a business calendar.';

CREATE FUNCTION business_calendar_recv(internal) RETURNS business_calendar
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_recv';
COMMENT ON FUNCTION business_calendar_recv(internal) IS
'Binary form of a business calendar: format (2 with spans over midnight, else 1), zone, weekdays, dates.';

CREATE FUNCTION business_calendar_send(business_calendar) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_send';
COMMENT ON FUNCTION business_calendar_send(business_calendar) IS
'Binary form of a business calendar.';

CREATE TYPE business_calendar (
	input = business_calendar_in, output = business_calendar_out,
	receive = business_calendar_recv, send = business_calendar_send,
	internallength = variable, alignment = int4, storage = extended
);
COMMENT ON TYPE business_calendar IS
'Opening hours in a time zone: the zone, then weekdays or dates with their hours, separated by semicolons, such as Europe/Berlin; mon-fri 09:00-12:30, 13:30-17:00; sat 10:00-14:00; 2026-12-25 closed. A dated entry replaces the weekday; days that are not named are closed. A span over midnight (fri 22:00-06:00) belongs to the day it begins on, and so does what a date says of it. Read it with business_time(), add_business_time(), working_days(), add_working_days() and is_open().';

-- readers

CREATE FUNCTION business_time(
	calendar business_calendar, start timestamp with time zone, finish timestamp with time zone
) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_time';
COMMENT ON FUNCTION business_time(business_calendar, timestamp with time zone, timestamp with time zone) IS
'Open time from start to finish: the instants at which the local time in the zone of the calendar is within the hours of the local date. In hours, minutes and seconds, never days (extract(epoch FROM ...) gives seconds). NULL if start or finish is NULL or infinite. Errors: 22003 finish before start, 22008 a time before the year 1. IMMUTABLE as long as the time zone data do not change.';

CREATE FUNCTION add_business_time(
	calendar business_calendar, start timestamp with time zone, length interval
) RETURNS timestamp with time zone
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'add_business_time';
COMMENT ON FUNCTION add_business_time(business_calendar, timestamp with time zone, interval) IS
'When a promise is due: the first instant by which the calendar has been open for that length since start, so that business_time(calendar, start, due) = length; start itself if length is 0. A negative length goes backwards from a deadline: the last instant from which that much open time is left, so that business_time(calendar, result, start) = -length. The length is in hours, minutes and seconds. NULL if start is NULL or infinite. Errors: 22023 a length with days or months, 22008 one that is never reached, or a time before the year 1. IMMUTABLE as long as the time zone data do not change.';

#since 0.2.0
CREATE FUNCTION working_days(
	calendar business_calendar, start timestamp with time zone, finish timestamp with time zone
) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'working_days';
COMMENT ON FUNCTION working_days(business_calendar, timestamp with time zone, timestamp with time zone) IS
'Working days from start to finish: the dates with opening hours after the date of start, up to the date of finish, in the zone of the calendar. The same date gives 0, whatever the times. Hours over midnight count for the date on which they begin. NULL if start or finish is NULL or infinite. Errors: 22003 finish before start, 22008 a time before the year 1. IMMUTABLE as long as the time zone data do not change.';

CREATE FUNCTION add_working_days(
	calendar business_calendar, start timestamp with time zone, days integer
) RETURNS timestamp with time zone
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'add_working_days';
COMMENT ON FUNCTION add_working_days(business_calendar, timestamp with time zone, integer) IS
'When a promise of working days is due: at the time of day of start on the days-th date with opening hours after its date, or at closing time of that date if that is earlier. Negative days count back from the date of start; 0 gives start itself. NULL if start is NULL or infinite. Error 22008: a day that is never reached, or a time before the year 1. IMMUTABLE as long as the time zone data do not change.';
#end

CREATE FUNCTION is_open(calendar business_calendar, at timestamp with time zone) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'is_open';
COMMENT ON FUNCTION is_open(business_calendar, timestamp with time zone) IS
'Is the calendar open at that instant? Opening hours include their first moment and exclude their last. NULL if the time is NULL or infinite. Error 22008: a time before the year 1. IMMUTABLE as long as the time zone data do not change.';

-- operators

#for type | c | one | many: business_calendar | business_calendar | business calendar | business calendars
#include order.inc
#end
