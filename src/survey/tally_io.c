/*
 * tally_io.c: the text and binary forms of tallies and paired tallies.
 *
 * Text: 1..5:{3,0,4,10,12}, and for pairs a list for each score before:
 * 0..1:{{5,20},{3,40}}.  Binary: version, lo, hi, counts, in network order.  Both
 * types are read and written by the same functions.
 */
#include "postgres.h"

#include "common/int.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"

#include "tally.h"

PG_FUNCTION_INFO_V1(tally_in);
PG_FUNCTION_INFO_V1(tally_out);
PG_FUNCTION_INFO_V1(tally_recv);
PG_FUNCTION_INFO_V1(tally_send);
PG_FUNCTION_INFO_V1(paired_tally_in);
PG_FUNCTION_INFO_V1(paired_tally_recv);

/* --- text ------------------------------------------------------------------ */

/* Read the scale and the colon, lo..hi:, which begin the text of every kind of tally. */
bool
tally_parse_scale(const char **at, int64 *lo, int64 *hi)
{
	bool		fits[2] = {true, true};

	return summary_parse_number(at, lo, &fits[0]) &&
		summary_parse_sign(at, "..") &&
		summary_parse_number(at, hi, &fits[1]) &&
		summary_parse_sign(at, ":") &&
		fits[0] && fits[1];
}

/*
 * Read a list of counts in these brackets, {count,...}, at *at and append it to the
 * counts.  False if it is not such a list or is too long.  If a count does not fit into
 * 64 bits, *misfit is its text.
 */
bool
tally_parse_counts(const char **at, const char *brackets, int64 *counts, int *ncounts, int limit,
				   const char **misfit)
{
	bool		fits = true;

	if (!summary_parse_sign(at, (char[]) {brackets[0], '\0'}))
		return false;
	do
	{
		const char *number = *at;

		if (*ncounts >= limit || !summary_parse_number(at, &counts[*ncounts], &fits))
			return false;
		if (!fits)
		{
			*misfit = number;
			return false;
		}
		(*ncounts)++;
	} while (summary_parse_sign(at, ","));
	return summary_parse_sign(at, &brackets[1]);
}

/* Raise the error for a misfit that was read up to at, if there is one. */
bool
tally_counts_fit(const char *misfit, const char *at, struct Node *escontext)
{
	if (misfit != NULL)
	{
		misfit += strspn(misfit, " \t\n\r");
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("count \"%.*s\" is out of range for a tally",
						(int) Min(at - misfit, SUMMARY_SHOWN), misfit),
				 errdetail("Counts lie between 0 and " INT64_FORMAT ".", PG_INT64_MAX)));
	}
	return true;
}

/* The same for pairs: {{count,...},...}, with as many lists as each list has counts. */
static bool
tally_parse_pairs(const char **at, int64 *counts, int *ncounts, int limit, const char **misfit)
{
	int			rows = 0;
	int			length = 0;

	if (!summary_parse_sign(at, "{"))
		return false;
	do
	{
		if (!tally_parse_counts(at, "{}", counts, ncounts, limit, misfit))
			return false;
		if (++rows == 1)
			length = *ncounts;
		if (*ncounts != rows * length)
			return false;
	} while (summary_parse_sign(at, ","));
	return rows == length && summary_parse_sign(at, "}");
}

static Datum
tally_parse(char *text, bool paired, struct Node *escontext)
{
	const char *at = text;
	const char *misfit = NULL;
	int			limit = paired ? TALLY_MAX_POINTS * TALLY_MAX_POINTS : TALLY_MAX_POINTS;
	int64	   *counts = palloc(limit * sizeof(int64));
	int			ncounts = 0;
	int64		lo = 0,
				hi = 0;
	Tally	   *tally;
	bool		good;

	good = tally_parse_scale(&at, &lo, &hi) &&
		(paired ? tally_parse_pairs(&at, counts, &ncounts, limit, &misfit) :
		 tally_parse_counts(&at, "{}", counts, &ncounts, limit, &misfit));
	if (!tally_counts_fit(misfit, at, escontext))
		return (Datum) 0;
	at += strspn(at, " \t\n\r");
	if (!good || *at != '\0')
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"",
						paired ? "paired_tally" : "tally", summary_shown(text)),
				 paired ?
				 errdetail("A paired tally is written lowest..highest:{{count,...},...}: "
						   "for each score before, counts of the scores after, at most %d points.",
						   TALLY_MAX_POINTS) :
				 errdetail("A tally is written lowest..highest:{count,...} "
						   "with one count for each of at most %d points.",
						   TALLY_MAX_POINTS),
				 errhint("Example: %s", paired ? "0..1:{{5,20},{3,40}}" : "1..5:{3,0,4,10,12}")));
	tally = tally_make(lo, hi, paired, counts, ncounts,
					   ERRCODE_INVALID_TEXT_REPRESENTATION, escontext);
	pfree(counts);
	PG_RETURN_POINTER(tally);
}

/* Text form lo..hi:{count,...}; blanks between the pieces are allowed. */
Datum
tally_in(PG_FUNCTION_ARGS)
{
	return tally_parse(PG_GETARG_CSTRING(0), false, (struct Node *) fcinfo->context);
}

/* Text form lo..hi:{{count,...},...} */
Datum
paired_tally_in(PG_FUNCTION_ARGS)
{
	return tally_parse(PG_GETARG_CSTRING(0), true, (struct Node *) fcinfo->context);
}

/* Append the counts as a list in square or curly brackets. */
void
tally_append_counts(StringInfo out, const Tally *tally, char open, char close)
{
	int			points = tally_points(tally);
	int			i;

	if (tally->paired)
		appendStringInfoChar(out, open);
	for (i = 0; i < tally_cells(tally); i++)
	{
		if (i > 0)
			appendStringInfoChar(out, ',');
		if (i % points == 0)
			appendStringInfoChar(out, open);
		appendStringInfo(out, INT64_FORMAT, tally->counts[i]);
		if (i % points == points - 1)
			appendStringInfoChar(out, close);
	}
	if (tally->paired)
		appendStringInfoChar(out, close);
}

/* Text form of a tally or paired tally. */
Datum
tally_out(PG_FUNCTION_ARGS)
{
	Tally	   *tally = PG_GETARG_TALLY(0);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "%d..%d:", tally->lo, tally->hi);
	tally_append_counts(&out, tally, '{', '}');
	PG_RETURN_CSTRING(out.data);
}

/* --- binary ------------------------------------------------------------------ */

/* version, lo, hi, then the counts, all in network order */
#define TALLY_BINARY_HEADER (1 + 4 + 4)

static Datum
tally_receive(StringInfo in, bool paired)
{
	int			rest = in->len - in->cursor - TALLY_BINARY_HEADER;
	int			limit = paired ? TALLY_MAX_POINTS * TALLY_MAX_POINTS : TALLY_MAX_POINTS;
	int			ncounts = rest / (int) sizeof(int64);
	int			version = 0;
	int64		lo,
				hi;
	int64	   *counts;
	Tally	   *tally;
	int			i;

	if (rest >= 0)
		version = pq_getmsgbyte(in);
	if (version != TALLY_VERSION || rest % sizeof(int64) != 0 || ncounts > limit)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of a tally: format %d, %d bytes in all",
						version, in->len),
				 errdetail("Format %d has %d bytes and up to %d counts of 8 bytes.",
						   TALLY_VERSION, TALLY_BINARY_HEADER, limit)));
	lo = (int32) pq_getmsgint(in, 4);
	hi = (int32) pq_getmsgint(in, 4);
	counts = palloc(Max(ncounts, 1) * sizeof(int64));
	for (i = 0; i < ncounts; i++)
		counts[i] = pq_getmsgint64(in);
	tally = tally_make(lo, hi, paired, counts, ncounts,
					   ERRCODE_INVALID_BINARY_REPRESENTATION, NULL);
	pfree(counts);
	PG_RETURN_POINTER(tally);
}

/* Binary form; error 22P03 if it is not one. */
Datum
tally_recv(PG_FUNCTION_ARGS)
{
	return tally_receive((StringInfo) PG_GETARG_POINTER(0), false);
}

/* Binary form of pairs; error 22P03 if it is not one. */
Datum
paired_tally_recv(PG_FUNCTION_ARGS)
{
	return tally_receive((StringInfo) PG_GETARG_POINTER(0), true);
}

/* Binary form of a tally or paired tally. */
Datum
tally_send(PG_FUNCTION_ARGS)
{
	Tally	   *tally = PG_GETARG_TALLY(0);
	StringInfoData out;
	int			i;

	pq_begintypsend(&out);
	pq_sendint8(&out, TALLY_VERSION);
	pq_sendint32(&out, tally->lo);
	pq_sendint32(&out, tally->hi);
	for (i = 0; i < tally_cells(tally); i++)
		pq_sendint64(&out, tally->counts[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
