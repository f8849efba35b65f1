/*
 * tally.c: the type tally, its text and binary forms, operators and readers.
 *
 * A tally is one 64-bit count for each point of a scale lo..hi of at most 101
 * points.  Counts are exact integers, so merging, splitting and taking away
 * commute, and the results of parallel, partitioned and moving-window plans are
 * the same bit for bit.  Text form: 1..5:{3,0,4,10,12}.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "common/int.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "catalog/pg_type.h"

#include "tally.h"

PG_FUNCTION_INFO_V1(tally_in);
PG_FUNCTION_INFO_V1(tally_out);
PG_FUNCTION_INFO_V1(tally_recv);
PG_FUNCTION_INFO_V1(tally_send);
PG_FUNCTION_INFO_V1(tally);
PG_FUNCTION_INFO_V1(tally_plus);
PG_FUNCTION_INFO_V1(tally_minus);

/* --- making and reading values -------------------------------------------- */

/*
 * The one validator: every way into the type ends here.  Returns NULL after a
 * soft error.  sqlstate is that of a wrong shape: 22P02 in text, 22P03 in
 * binary, 22023 in arguments.
 */
Tally *
tally_make(int64 lo, int64 hi, const int64 *counts, int ncounts,
		   int sqlstate, struct Node *escontext)
{
	Tally	   *tally;
	Size		size;
	int			i;

	if (lo < PG_INT32_MIN || hi > PG_INT32_MAX || lo > hi || hi - lo >= TALLY_MAX_POINTS)
		ereturn(escontext, NULL,
				(errcode(sqlstate),
				 errmsg("invalid scale " INT64_FORMAT ".." INT64_FORMAT " of a tally", lo, hi),
				 errdetail("A scale is lowest..highest, whole numbers, with at most %d points.",
						   TALLY_MAX_POINTS)));
	if (ncounts != hi - lo + 1)
		ereturn(escontext, NULL,
				(errcode(sqlstate),
				 errmsg("tally of the scale " INT64_FORMAT ".." INT64_FORMAT " needs %d counts, not %d",
						lo, hi, (int) (hi - lo + 1), ncounts)));
	for (i = 0; i < ncounts; i++)
	{
		if (counts[i] < 0)
			ereturn(escontext, NULL,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("negative count " INT64_FORMAT " of score " INT64_FORMAT " in a tally",
							counts[i], lo + i),
					 errdetail("Counts lie between 0 and " INT64_FORMAT ".", PG_INT64_MAX)));
	}
	size = offsetof(Tally, counts) + ncounts * sizeof(int64);
	tally = palloc0(size);
	SET_VARSIZE(tally, size);
	tally->version = TALLY_VERSION;
	tally->lo = (int32) lo;
	tally->hi = (int32) hi;
	memcpy(tally->counts, counts, ncounts * sizeof(int64));
	return tally;
}

/* A stored or passed value, in full form; not to be written to. */
Tally *
tally_detoast(Datum value)
{
	Tally	   *tally = (Tally *) PG_DETOAST_DATUM(value);

	if (unlikely(tally->version != TALLY_VERSION))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("tally of unknown format %d", tally->version),
				 errhint("It was written by a newer recovery_kpi, or is damaged.")));
	return tally;
}

/* Answers with a score of from..to, which must lie on the scale. */
int64
tally_sum(const Tally *tally, int64 from, int64 to)
{
	int64		sum = 0;
	int64		i;

	for (i = from - tally->lo; i <= to - tally->lo; i++)
	{
		if (pg_add_s64_overflow(sum, tally->counts[i], &sum))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("tally holds more than " INT64_FORMAT " answers", PG_INT64_MAX)));
	}
	return sum;
}

int64
tally_responses(const Tally *tally)
{
	return tally_sum(tally, tally->lo, tally->hi);
}

/* Answers of from..to as a share for the statistics. */
Share
tally_share(const Tally *tally, int64 from, int64 to)
{
	Share		share;

	share.n = (double) tally_responses(tally);
	share.good = (double) tally_sum(tally, from, to);
	return share;
}

/* The same in percent; NAN without answers. */
double
tally_percent(const Tally *tally, int64 from, int64 to)
{
	return share_percent(tally_share(tally, from, to));
}

void
tally_same_scale(const Tally *a, const Tally *b)
{
	if (unlikely(a->lo != b->lo || a->hi != b->hi))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("tallies of different scales: %d..%d and %d..%d",
						a->lo, a->hi, b->lo, b->hi),
				 errhint("Group by survey, so that only answers on one scale meet.")));
}

void
tally_require_scale(const Tally *tally, int lo, int hi, const char *kpi, const char *hint)
{
	if (tally->lo != lo || tally->hi != hi)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s needs a tally of the scale %d..%d, not %d..%d",
						kpi, lo, hi, tally->lo, tally->hi),
				 errhint("%s", hint)));
}

/* --- text ------------------------------------------------------------------ */

/* Text form lo..hi:{count,...}; blanks between the pieces are allowed. */
Datum
tally_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct Node *escontext = (struct Node *) fcinfo->context;
	const char *at = text;
	int64		bounds[2] = {0, 0};
	int64		counts[TALLY_MAX_POINTS];
	int			ncounts = 0;
	bool		fits[2] = {true, true};
	bool		good;

	good = summary_parse_number(&at, &bounds[0], &fits[0]) &&
		summary_parse_sign(&at, "..") &&
		summary_parse_number(&at, &bounds[1], &fits[1]) &&
		summary_parse_sign(&at, ":") && summary_parse_sign(&at, "{") &&
		fits[0] && fits[1];
	while (good)
	{
		const char *number = at;

		good = ncounts < TALLY_MAX_POINTS &&
			summary_parse_number(&at, &counts[ncounts], &fits[0]);
		if (good && !fits[0])
			ereturn(escontext, (Datum) 0,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("count \"%.*s\" is out of range for a tally", (int) (at - number), number),
					 errdetail("Counts lie between 0 and " INT64_FORMAT ".", PG_INT64_MAX)));
		ncounts++;
		if (!summary_parse_sign(&at, ","))
			break;
	}
	good = good && summary_parse_sign(&at, "}");
	at += strspn(at, " \t\n\r");
	if (!good || *at != '\0')
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type tally: \"%s\"", text),
				 errdetail("A tally is written lowest..highest:{count,...} with one count for each of at most %d points.",
						   TALLY_MAX_POINTS),
				 errhint("Example: 1..5:{3,0,4,10,12}")));
	PG_RETURN_POINTER(tally_make(bounds[0], bounds[1], counts, ncounts,
								 ERRCODE_INVALID_TEXT_REPRESENTATION, escontext));
}

/* The counts as a list in square or curly brackets. */
void
tally_append_counts(StringInfo out, const Tally *tally, char open, char close)
{
	int			i;

	for (i = 0; i < tally_points(tally); i++)
	{
		appendStringInfoChar(out, i == 0 ? open : ',');
		appendStringInfo(out, INT64_FORMAT, tally->counts[i]);
	}
	appendStringInfoChar(out, close);
}

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

Datum
tally_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	int			rest = in->len - in->cursor - TALLY_BINARY_HEADER;
	int			ncounts = rest / (int) sizeof(int64);
	int			version = 0;
	int64		lo,
				hi;
	int64		counts[TALLY_MAX_POINTS];
	int			i;

	if (rest >= 0)
		version = pq_getmsgbyte(in);
	if (version != TALLY_VERSION || rest % sizeof(int64) != 0 || ncounts > TALLY_MAX_POINTS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of a tally: format %d, %d bytes in all", version, in->len),
				 errdetail("Format %d has %d bytes and up to %d counts of 8 bytes.",
						   TALLY_VERSION, TALLY_BINARY_HEADER, TALLY_MAX_POINTS)));
	lo = (int32) pq_getmsgint(in, 4);
	hi = (int32) pq_getmsgint(in, 4);
	for (i = 0; i < ncounts; i++)
		counts[i] = pq_getmsgint64(in);
	PG_RETURN_POINTER(tally_make(lo, hi, counts, ncounts,
								 ERRCODE_INVALID_BINARY_REPRESENTATION, NULL));
}

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
	for (i = 0; i < tally_points(tally); i++)
		pq_sendint64(&out, tally->counts[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* --- constructor and arithmetic ---------------------------------------------- */

/* tally(lo, hi, counts) */
Datum
tally(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(2);
	int			ncounts = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));

	if (ARR_NDIM(array) > 1 || array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("counts of a tally must be a one-dimensional array without NULL")));
	PG_RETURN_POINTER(tally_make(PG_GETARG_INT32(0), PG_GETARG_INT32(1),
								 (int64 *) ARR_DATA_PTR(array), ncounts,
								 ERRCODE_INVALID_PARAMETER_VALUE, NULL));
}

/*
 * a + b: the operator, the transition of sum(tally) and the combine function of
 * every aggregate whose state is a tally.
 */
Datum
tally_plus(PG_FUNCTION_ARGS)
{
	Tally	   *sum = summary_state(fcinfo);
	Tally	   *more = PG_GETARG_TALLY(1);
	int			i;

	tally_same_scale(sum, more);
	for (i = 0; i < tally_points(sum); i++)
	{
		if (unlikely(pg_add_s64_overflow(sum->counts[i], more->counts[i], &sum->counts[i])))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("count of score " INT64_FORMAT " is out of range", (int64) sum->lo + i),
					 errdetail("Counts lie between 0 and " INT64_FORMAT ".", PG_INT64_MAX)));
	}
	PG_RETURN_POINTER(sum);
}

/* a - b: the operator, and the inverse transition of sum(tally). */
Datum
tally_minus(PG_FUNCTION_ARGS)
{
	Tally	   *rest = summary_state(fcinfo);
	Tally	   *less = PG_GETARG_TALLY(1);
	int			i;

	tally_same_scale(rest, less);
	for (i = 0; i < tally_points(rest); i++)
	{
		if (unlikely(rest->counts[i] < less->counts[i]))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("count of score " INT64_FORMAT " would fall to " INT64_FORMAT,
							(int64) rest->lo + i, rest->counts[i] - less->counts[i]),
					 errdetail("A tally can only lose answers it holds.")));
		rest->counts[i] -= less->counts[i];
	}
	PG_RETURN_POINTER(rest);
}
