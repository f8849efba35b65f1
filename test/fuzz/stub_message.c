/*
 * stub_message.c: the binary forms' messages, and days and time zones.
 */
#include "stub.h"

#include "access/xact.h"
#include "common/int.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "pgtime.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

/* --- messages ------------------------------------------------------------------------------- */

void
pq_copymsgbytes(StringInfo in, char *to, int size)
{
	if (size < 0 || size > in->len - in->cursor)
		ereport(ERROR, (errcode(ERRCODE_PROTOCOL_VIOLATION),
						errmsg("insufficient data left in message")));
	memcpy(to, in->data + in->cursor, size);
	in->cursor += size;
}

int
pq_getmsgbyte(StringInfo in)
{
	unsigned char byte;

	pq_copymsgbytes(in, (char *) &byte, 1);
	return byte;
}

unsigned int
pq_getmsgint(StringInfo in, int size)
{
	unsigned char bytes[4];
	unsigned int number = 0;
	int			i;

	pq_copymsgbytes(in, (char *) bytes, size);
	for (i = 0; i < size; i++)
		number = number << 8 | bytes[i];
	return number;
}

int64
pq_getmsgint64(StringInfo in)
{
	uint64		high = pq_getmsgint(in, 4);

	return (int64) (high << 32 | pq_getmsgint(in, 4));
}

float8
pq_getmsgfloat8(StringInfo in)
{
	int64		bits = pq_getmsgint64(in);
	double		value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

float4
pq_getmsgfloat4(StringInfo in)
{
	uint32		bits = pq_getmsgint(in, 4);
	float		value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

/* Texts are in the encoding of the server, and without a zero byte. */
char *
pq_getmsgtext(StringInfo in, int size, int *length)
{
	char	   *text = palloc(size + 1);

	pq_copymsgbytes(in, text, size);
	text[size] = '\0';
	*length = size;
	if (strlen(text) < (size_t) size)
		ereport(ERROR, (errcode(ERRCODE_CHARACTER_NOT_IN_REPERTOIRE),
						errmsg("invalid byte sequence")));
	return text;
}

char *
pg_server_to_client(const char *text, int size)
{
	return unconstify(char *, text);
}

void
pq_sendfloat4(StringInfo out, float4 value)
{
	uint32		bits;

	memcpy(&bits, &value, sizeof(bits));
	pq_sendint32(out, bits);
}

void
pq_sendbytes(StringInfo out, MESSAGE_BYTES *bytes, int size)
{
	appendBinaryStringInfo(out, bytes, size);
}

void
pq_sendfloat8(StringInfo out, float8 value)
{
	int64		bits;

	memcpy(&bits, &value, sizeof(bits));
	pq_sendint64(out, bits);
}

void
pq_begintypsend(StringInfo out)
{
	initStringInfo(out);
	appendBinaryStringInfo(out, "\0\0\0\0", 4);
}

bytea *
pq_endtypsend(StringInfo out)
{
	bytea	   *result = (bytea *) out->data;

	SET_VARSIZE(result, out->len);
	return result;
}

/* --- days: the arithmetic of PostgreSQL ------------------------------------------------------- */

const int	day_tab[2][13] = {
	{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0},
	{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0}
};

/* Days since 1970-01-01 of the Gregorian calendar, counted in eras of 400 years. */
int
date2j(int year, int month, int day)
{
	int			y = year - (month <= 2);
	int			era = (y >= 0 ? y : y - 399) / 400;
	int			of_era = y - era * 400;
	int			of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468 +
		UNIX_EPOCH_JDATE;
}

void
j2date(int julian, int *year, int *month, int *day)
{
	int			z = julian - UNIX_EPOCH_JDATE + 719468;
	int			era = (z >= 0 ? z : z - 146096) / 146097;
	int			of_era = z - era * 146097;
	int			y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int			of_year = of_era - (365 * y + y / 4 - y / 100);
	int			m = (5 * of_year + 2) / 153;

	*day = of_year - (153 * m + 2) / 5 + 1;
	*month = m + (m < 10 ? 3 : -9);
	*year = y + era * 400 + (*month <= 2);
}

int
j2day(int julian)
{
	julian = (julian + 1) % 7;
	return julian < 0 ? julian + 7 : julian;
}

/* --- time zones: a few, with rules as simple as they can be ----------------------------------- */

struct pg_tz
{
	const char *name;
	int			winter;
	int			summer;			/* from 31 March to 27 October, 01:00 UTC, from 1980 on */
	pg_time_t	jump;			/* once a day more, as where the date line moved; 0 never */
};

static pg_tz zones[] = {
	{"UTC", 0, 0, 0},
	{"Europe/Berlin", 3600, 7200, 0},
	{"America/St_Johns", -12600, -9000, 0},
	{"Asia/Kolkata", 19800, 19800, 0},
	{"Pacific/Apia", -39600, -39600, 1325239200}
};

pg_tz *
pg_tzset(const char *name)
{
	int			i;

	for (i = 0; i < (int) lengthof(zones); i++)
	{
		if (pg_strcasecmp(zones[i].name, name) == 0)
			return &zones[i];
	}
	return NULL;
}

bool
pg_tz_acceptable(pg_tz *zone)
{
	return true;
}

const char *
pg_get_timezone_name(pg_tz *zone)
{
	return zone->name;
}

static pg_time_t
zone_change(int year, bool autumn)
{
	return (pg_time_t) (date2j(year, autumn ? 10 : 3, autumn ? 27 : 31) - UNIX_EPOCH_JDATE) *
		SECS_PER_DAY + SECS_PER_HOUR;
}

static int
zone_year(pg_time_t at)
{
	int			year,
				month,
				day;

	j2date((int) ((at - (at % SECS_PER_DAY < 0 ? SECS_PER_DAY : 0)) / SECS_PER_DAY) +
		   UNIX_EPOCH_JDATE,
		   &year, &month, &day);
	return year;
}

static long int
zone_offset(const pg_tz *zone, pg_time_t at)
{
	int			year = zone_year(at);
	bool		summer = year >= 1980 && at >= zone_change(year, false) &&
		at < zone_change(year, true);

	return (summer ? zone->summer : zone->winter) +
		(zone->jump != 0 && at >= zone->jump ? SECS_PER_DAY : 0);
}

struct pg_tm *
pg_localtime(const pg_time_t *at, const pg_tz *zone)
{
	static struct pg_tm tm;

	tm.tm_gmtoff = zone_offset(zone, *at);
	return &tm;
}

int
pg_next_dst_boundary(const pg_time_t *at, long int *before, int *is_dst, pg_time_t *border,
					 long int *after, int *is_dst_after, const pg_tz *zone)
{
	int			year = Max(zone_year(*at), 1980);

	*before = zone_offset(zone, *at);
	*is_dst = *is_dst_after = 0;
	if (zone->jump != 0 && *at < zone->jump)
		*border = zone->jump;
	else if (zone->winter == zone->summer)
		return 0;
	else if (*at < zone_change(year, false))
		*border = zone_change(year, false);
	else if (*at < zone_change(year, true))
		*border = zone_change(year, true);
	else
		*border = zone_change(year + 1, false);
	*after = zone_offset(zone, *border);
	return 1;
}

/* Local time as it is shown. */
int
timestamp2tm(Timestamp at, int *tz, struct pg_tm *tm, fsec_t *fsec, const char **tzn, pg_tz *zone)
{
	int64		days = at / USECS_PER_DAY - (at % USECS_PER_DAY < 0);
	int			second = (int) ((at - days * USECS_PER_DAY) / USECS_PER_SEC);

	j2date((int) days + POSTGRES_EPOCH_JDATE, &tm->tm_year, &tm->tm_mon, &tm->tm_mday);
	tm->tm_hour = second / SECS_PER_HOUR;
	tm->tm_min = second % SECS_PER_HOUR / SECS_PER_MINUTE;
	tm->tm_sec = second % SECS_PER_MINUTE;
	*fsec = (fsec_t) ((at - days * USECS_PER_DAY) % USECS_PER_SEC);
	return 0;
}

/* Seconds west of UTC of a local time, by the offset half a day before. */
int
DetermineTimeZoneOffset(struct pg_tm *tm, pg_tz *zone)
{
	pg_time_t	local = (pg_time_t) (date2j(tm->tm_year, tm->tm_mon, tm->tm_mday) -
									 UNIX_EPOCH_JDATE) * SECS_PER_DAY +
		tm->tm_hour * SECS_PER_HOUR + tm->tm_min * SECS_PER_MINUTE + tm->tm_sec;

	return (int) -zone_offset(zone, local - zone_offset(zone, local - SECS_PER_DAY / 2));
}

/* --- times in text; months as 30 days --------------------------------------------------------- */

const char *
timestamptz_to_str(TimestampTz at)
{
	return psprintf(INT64_FORMAT, at);
}

Datum
interval_out(PG_FUNCTION_ARGS)
{
	Interval   *span = PG_GETARG_INTERVAL_P(0);

	PG_RETURN_CSTRING(psprintf("%d %d " INT64_FORMAT, span->month, span->day, span->time));
}

Datum
date_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(psprintf("%d", PG_GETARG_DATEADT(0)));
}

Datum
timestamptz_pl_interval(PG_FUNCTION_ARGS)
{
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(0);
	Interval   *span = PG_GETARG_INTERVAL_P(1);
	int64		days = (int64) span->month * DAYS_PER_MONTH + span->day;

	if (pg_mul_s64_overflow(days, USECS_PER_DAY, &days) ||
		pg_add_s64_overflow(days, span->time, &days) ||
		pg_add_s64_overflow(days, at, &at) || !IS_VALID_TIMESTAMP(at))
		ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
						errmsg("timestamp out of range")));
	PG_RETURN_TIMESTAMPTZ(at);
}

/* The year 2026. */
TimestampTz
GetCurrentTransactionStartTimestamp(void)
{
	return INT64CONST(820000000000000);
}

/* No statement: a warning once in a statement comes once. */
TimestampTz
GetCurrentStatementStartTimestamp(void)
{
	return 1;
}
