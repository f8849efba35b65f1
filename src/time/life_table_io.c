/*
 * life_table_io.c: text and binary forms of life tables.
 *
 * Durations are written in seconds:
 *
 *   exact:{duration:events/censored,...}
 *   bucketed:shortest..longest/of censored:grain/of censored:time/of censored:split
 *     {lowest:events/censored,...}
 */
#include "postgres.h"

#include "common/int.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "life_table.h"

PG_FUNCTION_INFO_V1(life_table_in);
PG_FUNCTION_INFO_V1(life_table_out);
PG_FUNCTION_INFO_V1(life_table_recv);
PG_FUNCTION_INFO_V1(life_table_send);

/* "0:1/0," is the shortest possible entry */
#define LIFE_ENTRY_CHARS	6

static const TextForm life_text = {
	"life_table", "number out of range for a life table",
	"Example, durations in seconds: exact:{90.5:2/0,3600:1/1}"
};

/* --- text ------------------------------------------------------------------------------ */

/* Seconds with up to six decimals. */
static void
life_append_time(StringInfo out, int64 seconds, int64 micros)
{
	appendStringInfo(out, INT64_FORMAT, seconds);
	if (micros != 0)
	{
		appendStringInfo(out, ".%06d", (int) micros);
		while (out->data[out->len - 1] == '0')
			out->data[--out->len] = '\0';
	}
}

static void
life_append_micros(StringInfo out, int64 time)
{
	life_append_time(out, time / USECS_PER_SEC, time % USECS_PER_SEC);
}

static bool
life_parse_time(const char **at, LifeSum *time, bool *fits)
{
	int64		unit = USECS_PER_SEC / 10;
	bool		negative = (*at)[strspn(*at, " \t\n\r")] == '-';

	time->micros = 0;
	if (!summary_parse_number(at, &time->seconds, fits))
		return false;
	if (**at != '.' || (*at)[1] < '0' || (*at)[1] > '9')
		return true;
	for ((*at)++; **at >= '0' && **at <= '9'; (*at)++)
	{
		if (unit == 0)
			return false;
		time->micros += (**at - '0') * unit;
		unit /= 10;
	}
	return !negative;
}

/* Read the same as microseconds in 64 bits. */
static bool
life_parse_micros(const char **at, int64 *micros, bool *fits)
{
	LifeSum		time;

	if (!life_parse_time(at, &time, fits))
		return false;
	if (*fits && (pg_mul_s64_overflow(time.seconds, USECS_PER_SEC, micros) ||
				  pg_add_s64_overflow(*micros, time.micros, micros)))
		*fits = false;
	return true;
}

/* Read shortest..longest/of censored:grain/of censored:time of events/of censored: */
static bool
life_parse_head(const char **at, LifeTable *head, bool *fits)
{
	return life_parse_micros(at, &head->shortest, fits) && *fits &&
		summary_parse_sign(at, "..") &&
		life_parse_micros(at, &head->longest, fits) && *fits &&
		summary_parse_sign(at, "/") &&
		life_parse_micros(at, &head->longest_censored, fits) && *fits &&
		summary_parse_sign(at, ":") &&
		life_parse_micros(at, &head->grain, fits) && *fits &&
		summary_parse_sign(at, "/") &&
		life_parse_micros(at, &head->censored_grain, fits) && *fits &&
		summary_parse_sign(at, ":") &&
		life_parse_time(at, &head->event_time, fits) && *fits &&
		summary_parse_sign(at, "/") &&
		life_parse_time(at, &head->censored_time, fits) && *fits &&
		summary_parse_sign(at, ":");
}

/*
 * Text form; buckets of version 0.1.0 lack "split".  Error 22P02 if it is not one, 22003
 * for numbers out of range.
 */
Datum
life_table_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct Node *escontext = (struct Node *) fcinfo->context;
	const char *at = text;
	Size		room = Min(strlen(text) / (LIFE_ENTRY_CHARS - 1) + 1, LIFE_MAX_BUCKETS);
	LifeEntry  *entries = palloc(room * sizeof(LifeEntry));
	LifeTable	head = {0};
	Size		size = 0;
	bool		fits = true;
	bool		good;

	if (summary_parse_sign(&at, "bucketed"))
	{
		head.form = LIFE_BUCKETS;
		good = summary_parse_sign(&at, ":") && life_parse_head(&at, &head, &fits);
		if (good && summary_parse_sign(&at, "split"))
			head.layout = LIFE_SPLIT;
	}
	else
		good = summary_parse_sign(&at, "exact") && summary_parse_sign(&at, ":");
	good = good && summary_parse_sign(&at, "{");
	if (good && (head.form == LIFE_BUCKETS || !summary_parse_sign(&at, "}")))
	{
		do
		{
			LifeEntry  *entry = &entries[size];

			CHECK_FOR_INTERRUPTS();
			good = size++ < room &&
				life_parse_micros(&at, &entry->time, &fits) && fits &&
				summary_parse_sign(&at, ":") &&
				summary_parse_number(&at, &entry->events, &fits) && fits &&
				summary_parse_sign(&at, "/") &&
				summary_parse_number(&at, &entry->censored, &fits) && fits;
		} while (good && summary_parse_sign(&at, ","));
		good = good && summary_parse_sign(&at, "}");
	}
	if (!summary_text_whole(&life_text, text, at, good, fits, escontext))
		return (Datum) 0;
	PG_RETURN_POINTER(life_table_make(&head, entries, (int) size,
									  ERRCODE_INVALID_TEXT_REPRESENTATION, escontext));
}

/* Text form, durations in seconds. */
Datum
life_table_out(PG_FUNCTION_ARGS)
{
	LifeTable  *table = life_table_sorted(PG_GETARG_LIFE_TABLE(0));
	StringInfoData out;
	int			i;

	initStringInfo(&out);
	if (table->form == LIFE_BUCKETS)
	{
		appendStringInfoString(&out, "bucketed:");
		life_append_micros(&out, table->shortest);
		appendStringInfoString(&out, "..");
		life_append_micros(&out, table->longest);
		appendStringInfoChar(&out, '/');
		life_append_micros(&out, table->longest_censored);
		appendStringInfoChar(&out, ':');
		life_append_micros(&out, table->grain);
		appendStringInfoChar(&out, '/');
		life_append_micros(&out, table->censored_grain);
		appendStringInfoChar(&out, ':');
		life_append_time(&out, table->event_time.seconds, table->event_time.micros);
		appendStringInfoChar(&out, '/');
		life_append_time(&out, table->censored_time.seconds, table->censored_time.micros);
	}
	else
		appendStringInfoString(&out, "exact");
	appendStringInfoString(&out, table->layout == LIFE_SPLIT ? ":split{" : ":{");
	for (i = 0; i < table->size; i++)
	{
		const LifeEntry *entry = &table->entries[i];

		if (i > 0)
			appendStringInfoChar(&out, ',');
		life_append_micros(&out, entry->time);
		appendStringInfo(&out, ":" INT64_FORMAT "/" INT64_FORMAT, entry->events, entry->censored);
	}
	appendStringInfoChar(&out, '}');
	PG_RETURN_CSTRING(out.data);
}

/* --- binary -------------------------------------------------------------------------------- */

/*
 * Version, form and number of entries; nine numbers of buckets; entries; network order.
 * The form is 0 for exact tables, 1 for buckets of version 0.1.0, 2 for split ones.
 */
#define LIFE_BINARY_HEADER	(1 + 1 + 4)
#define LIFE_BINARY_BUCKETS (9 * 8)
#define LIFE_BINARY_ENTRY	(3 * 8)

/* Binary form; error 22P03 if it is not one, 22003 for numbers out of range. */
Datum
life_table_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	int			rest = in->len - in->cursor - LIFE_BINARY_HEADER;
	LifeTable	head = {0};
	LifeEntry  *entries;
	int			version = 0;
	int			form = 0;
	int			size = 0;
	int			i;

	if (rest >= 0)
	{
		version = pq_getmsgbyte(in);
		form = pq_getmsgbyte(in);
		size = (int) pq_getmsgint(in, 4);
	}
	head.form = form == 0 ? LIFE_EXACT : LIFE_BUCKETS;
	head.layout = form == LIFE_BUCKETS + LIFE_SPLIT ? LIFE_SPLIT : LIFE_SMOOTH;
	if (head.form == LIFE_BUCKETS)
		rest -= LIFE_BINARY_BUCKETS;
	if (version != LIFE_VERSION || form > LIFE_BUCKETS + LIFE_SPLIT ||
		size < (int) head.form || size > LIFE_MAX_BUCKETS || rest != size * LIFE_BINARY_ENTRY)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of a life table: "
						"format %d, form %d, %d entries, %d bytes in all",
						version, form, size, in->len),
				 errdetail("Format %d has %d bytes, %d more if bucketed, "
						   "and %d for each of at most %d entries.",
						   LIFE_VERSION, LIFE_BINARY_HEADER, LIFE_BINARY_BUCKETS, LIFE_BINARY_ENTRY,
						   LIFE_MAX_BUCKETS)));
	if (head.form == LIFE_BUCKETS)
	{
		head.shortest = pq_getmsgint64(in);
		head.longest = pq_getmsgint64(in);
		head.longest_censored = pq_getmsgint64(in);
		head.grain = pq_getmsgint64(in);
		head.censored_grain = pq_getmsgint64(in);
		head.event_time.seconds = pq_getmsgint64(in);
		head.event_time.micros = pq_getmsgint64(in);
		head.censored_time.seconds = pq_getmsgint64(in);
		head.censored_time.micros = pq_getmsgint64(in);
	}
	if (head.event_time.micros < 0 || head.event_time.micros >= USECS_PER_SEC ||
		head.censored_time.micros < 0 || head.censored_time.micros >= USECS_PER_SEC)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("fraction of a second out of range in a life table")));
	entries = palloc(Max(size, 1) * sizeof(LifeEntry));
	for (i = 0; i < size; i++)
	{
		entries[i].time = pq_getmsgint64(in);
		entries[i].events = pq_getmsgint64(in);
		entries[i].censored = pq_getmsgint64(in);
	}
	PG_RETURN_POINTER(life_table_make(&head, entries, size,
									  ERRCODE_INVALID_BINARY_REPRESENTATION, NULL));
}

/* Binary form. */
Datum
life_table_send(PG_FUNCTION_ARGS)
{
	LifeTable  *table = life_table_sorted(PG_GETARG_LIFE_TABLE(0));
	StringInfoData out;
	int			i;

	pq_begintypsend(&out);
	pq_sendint8(&out, LIFE_VERSION);
	pq_sendint8(&out, table->form + table->layout);
	pq_sendint32(&out, table->size);
	if (table->form == LIFE_BUCKETS)
	{
		pq_sendint64(&out, table->shortest);
		pq_sendint64(&out, table->longest);
		pq_sendint64(&out, table->longest_censored);
		pq_sendint64(&out, table->grain);
		pq_sendint64(&out, table->censored_grain);
		pq_sendint64(&out, table->event_time.seconds);
		pq_sendint64(&out, table->event_time.micros);
		pq_sendint64(&out, table->censored_time.seconds);
		pq_sendint64(&out, table->censored_time.micros);
	}
	for (i = 0; i < table->size; i++)
	{
		pq_sendint64(&out, table->entries[i].time);
		pq_sendint64(&out, table->entries[i].events);
		pq_sendint64(&out, table->entries[i].censored);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
