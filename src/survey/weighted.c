/*
 * weighted.c: the type weighted_tally, its text and binary forms and its sum.
 *
 * For each point of a scale lo..hi the sum of the weights, the sum of their squares
 * and the number of answers.  An answer of weight 0 is not counted.
 *
 * Floating sums depend on the order of their terms.  Each is kept together with what
 * rounding lost (Kahan), so that serial, parallel and merged results agree to about
 * 1e-15, however many rows there are.  Taking answers away would not be exact, so
 * moving windows are counted again.
 *
 * Text: 1..3:{(0,0,0),(2.5,3.25,2),(1,1,1)}, a weight, square and count for each
 * point; what rounding lost follows its sum as in 0.6+1.1e-17; a tally of weights
 * beyond the ordinary range ends in its unit, *2^800 or *2^-800.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"

#include "weighted.h"

PG_FUNCTION_INFO_V1(weighted_tally_in);
PG_FUNCTION_INFO_V1(weighted_tally_out);
PG_FUNCTION_INFO_V1(weighted_tally_recv);
PG_FUNCTION_INFO_V1(weighted_tally_send);
PG_FUNCTION_INFO_V1(weighted_tally_plus);

/* --- making and reading values -------------------------------------------- */

/* An empty tally of weights, on a scale that has been checked. */
Weighted *
weighted_empty(int32 lo, int32 hi)
{
	Size		size = offsetof(Weighted, points) + (hi - lo + 1) * sizeof(WeightedPoint);
	Weighted   *wt = palloc0(size);

	SET_VARSIZE(wt, size);
	wt->version = WEIGHTED_VERSION;
	wt->lo = lo;
	wt->hi = hi;
	return wt;
}

/* Does it hold no answers? */
bool
weighted_is_empty(const Weighted *wt)
{
	int			i;

	for (i = 0; i < weighted_points(wt); i++)
	{
		if (wt->points[i].count != 0)
			return false;
	}
	return true;
}

/* A stored or passed value in full, not to be written to. */
Weighted *
weighted_detoast(Datum value)
{
	return summary_detoast(value, WEIGHTED_VERSION, "weighted tally");
}

/* Could this be a sum of positive terms, with what rounding lost of it? */
static bool
weighted_is_sum(double sum, double rest, double limit)
{
	return sum >= 0.0 && sum < limit && fabs(rest) <= sum * 1e-10;
}

/*
 * The one validator: every way into the type ends here.  NULL after a soft error;
 * sqlstate is the code for a wrong shape.
 */
static Weighted *
weighted_check(Weighted *wt, int sqlstate, struct Node *escontext)
{
	int			i;

	if (wt->unit < -1 || wt->unit > 1 || (wt->unit != 0 && weighted_is_empty(wt)))
		ereturn(escontext, NULL,
				(errcode(sqlstate),
				 errmsg("invalid unit 2^%d of a weighted tally", WEIGHTED_UNIT * wt->unit),
				 errdetail("The unit is 1, 2^%d or 2^-%d, and 1 if there are no answers.",
						   WEIGHTED_UNIT, WEIGHTED_UNIT)));
	for (i = 0; i < weighted_points(wt); i++)
	{
		const WeightedPoint *p = &wt->points[i];

		if (!weighted_is_sum(p->weight, p->weight_rest, WEIGHTED_MAX_SUM) ||
			!weighted_is_sum(p->square, p->square_rest, WEIGHTED_MAX_SQUARE) ||
			p->count < 0 || (p->count == 0 && (p->weight > 0.0 || p->square > 0.0)))
			ereturn(escontext, NULL,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("impossible sums of score %d in a weighted tally: "
							"weight %s, square %s, count " INT64_FORMAT,
							wt->lo + i, summary_print(p->weight),
							summary_print(p->square), p->count),
					 errdetail("Weights, squares and counts are in range and at least 0, and all "
							   "0 if the count is 0.  What rounding lost is at most 1e-10 "
							   "of its sum.")));
	}
	return wt;
}

/* --- text ------------------------------------------------------------------ */

/* Read a sum, and what rounding lost of it, if anything. */
static bool
weighted_parse_sum(const char **at, double *sum, double *rest, struct Node *escontext)
{
	if (!summary_parse_double(at, sum, "weighted_tally", escontext))
		return false;
	return (**at != '+' && **at != '-') ||
		summary_parse_double(at, rest, "weighted_tally", escontext);
}

/* Read (weight,square,count). */
static bool
weighted_parse_point(const char **at, WeightedPoint *p, struct Node *escontext)
{
	bool		fits = true;

	return summary_parse_sign(at, "(") &&
		weighted_parse_sum(at, &p->weight, &p->weight_rest, escontext) &&
		summary_parse_sign(at, ",") &&
		weighted_parse_sum(at, &p->square, &p->square_rest, escontext) &&
		summary_parse_sign(at, ",") &&
		summary_parse_number(at, &p->count, &fits) && fits &&
		summary_parse_sign(at, ")");
}

/* Read {point,...}, exactly as many as the scale has, and the unit if it is not 1. */
static bool
weighted_parse_points(const char **at, Weighted *wt, struct Node *escontext)
{
	int			i;

	for (i = 0; i < weighted_points(wt); i++)
	{
		if (!summary_parse_sign(at, i == 0 ? "{" : ",") ||
			!weighted_parse_point(at, &wt->points[i], escontext))
			return false;
	}
	if (!summary_parse_sign(at, "}"))
		return false;
	if (summary_parse_sign(at, "*2^800"))
		wt->unit = 1;
	else if (summary_parse_sign(at, "*2^-800"))
		wt->unit = -1;
	*at += strspn(*at, " \t\n\r");
	return **at == '\0';
}

/* Text form; error 22P02 if it is not one, 22003 for impossible sums. */
Datum
weighted_tally_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct Node *escontext = (struct Node *) fcinfo->context;
	const char *at = text;
	int64		lo,
				hi;
	Weighted   *wt = NULL;

	if (tally_parse_scale(&at, &lo, &hi))
	{
		if (!tally_check_scale(lo, hi, ERRCODE_INVALID_TEXT_REPRESENTATION, escontext))
			return (Datum) 0;
		wt = weighted_empty((int32) lo, (int32) hi);
	}
	if (wt == NULL || !weighted_parse_points(&at, wt, escontext))
	{
		if (SOFT_ERROR_OCCURRED(escontext))
			return (Datum) 0;
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type weighted_tally: \"%s\"",
						summary_shown(text)),
				 errdetail("A weighted tally is written "
						   "lowest..highest:{(weight,square,count),...}, "
						   "one for each of at most %d points.",
						   TALLY_MAX_POINTS),
				 errhint("Example: 0..1:{(2.5,3.25,2),(1,1,1)}")));
	}
	PG_RETURN_POINTER(weighted_check(wt, ERRCODE_INVALID_TEXT_REPRESENTATION, escontext));
}

/* Append a sum, and what rounding lost of it. */
static void
weighted_append_sum(StringInfo out, double sum, double rest)
{
	summary_append_double(out, sum);
	if (rest == 0.0)
		return;
	if (rest > 0.0)
		appendStringInfoChar(out, '+');
	summary_append_double(out, rest);
}

/* Text form, in the fewest digits that read back exactly. */
Datum
weighted_tally_out(PG_FUNCTION_ARGS)
{
	Weighted   *wt = PG_GETARG_WEIGHTED(0);
	StringInfoData out;
	int			i;

	initStringInfo(&out);
	appendStringInfo(&out, "%d..%d:", wt->lo, wt->hi);
	for (i = 0; i < weighted_points(wt); i++)
	{
		const WeightedPoint *p = &wt->points[i];

		appendStringInfoString(&out, i == 0 ? "{(" : ",(");
		weighted_append_sum(&out, p->weight, p->weight_rest);
		appendStringInfoChar(&out, ',');
		weighted_append_sum(&out, p->square, p->square_rest);
		appendStringInfo(&out, "," INT64_FORMAT ")", p->count);
	}
	appendStringInfoString(&out, wt->unit == 0 ? "}" : (wt->unit > 0 ? "}*2^800" : "}*2^-800"));
	PG_RETURN_CSTRING(out.data);
}

/* --- binary ------------------------------------------------------------------ */

/* version, unit, lo, hi, then the points, all in network order */
#define WEIGHTED_BINARY_HEADER	(1 + 1 + 4 + 4)
#define WEIGHTED_BINARY_POINT	(5 * 8)

/* Binary form; error 22P03 if it is not one, 22003 for impossible sums. */
Datum
weighted_tally_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	int			rest = in->len - in->cursor - WEIGHTED_BINARY_HEADER;
	int			version = 0,
				unit;
	int32		lo,
				hi;
	Weighted   *wt;
	int			i;

	if (rest >= 0)
		version = pq_getmsgbyte(in);
	if (version != WEIGHTED_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of a weighted tally: format %d, %d bytes in all",
						version, in->len),
				 errdetail("Format %d has %d bytes and %d for each point.",
						   WEIGHTED_VERSION, WEIGHTED_BINARY_HEADER, WEIGHTED_BINARY_POINT)));
	unit = (int8) pq_getmsgbyte(in);
	lo = (int32) pq_getmsgint(in, 4);
	hi = (int32) pq_getmsgint(in, 4);
	tally_check_scale(lo, hi, ERRCODE_INVALID_BINARY_REPRESENTATION, NULL);
	wt = weighted_empty(lo, hi);
	if (rest != weighted_points(wt) * WEIGHTED_BINARY_POINT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("weighted tally of the scale %d..%d needs %d bytes of points, not %d",
						lo, hi, weighted_points(wt) * WEIGHTED_BINARY_POINT, rest)));
	wt->unit = unit;
	for (i = 0; i < weighted_points(wt); i++)
	{
		WeightedPoint *p = &wt->points[i];

		p->weight = pq_getmsgfloat8(in);
		p->weight_rest = pq_getmsgfloat8(in);
		p->square = pq_getmsgfloat8(in);
		p->square_rest = pq_getmsgfloat8(in);
		p->count = pq_getmsgint64(in);
	}
	PG_RETURN_POINTER(weighted_check(wt, ERRCODE_INVALID_BINARY_REPRESENTATION, NULL));
}

/* Binary form. */
Datum
weighted_tally_send(PG_FUNCTION_ARGS)
{
	Weighted   *wt = PG_GETARG_WEIGHTED(0);
	StringInfoData out;
	int			i;

	pq_begintypsend(&out);
	pq_sendint8(&out, WEIGHTED_VERSION);
	pq_sendint8(&out, (uint8) wt->unit);
	pq_sendint32(&out, wt->lo);
	pq_sendint32(&out, wt->hi);
	for (i = 0; i < weighted_points(wt); i++)
	{
		const WeightedPoint *p = &wt->points[i];

		pq_sendfloat8(&out, p->weight);
		/* zeros are sent without a sign, as in text */
		pq_sendfloat8(&out, p->weight_rest + 0.0);
		pq_sendfloat8(&out, p->square);
		pq_sendfloat8(&out, p->square_rest + 0.0);
		pq_sendint64(&out, p->count);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* --- sums ---------------------------------------------------------------------- */

/*
 * Convert the sums to a larger unit.  What is lost is too small to matter beside the
 * weight that needs the unit.
 */
void
weighted_rescale(Weighted *wt, int unit)
{
	int			power = WEIGHTED_UNIT * (wt->unit - unit);
	int			i;

	for (i = 0; i < weighted_points(wt); i++)
	{
		WeightedPoint *p = &wt->points[i];

		p->weight = ldexp(p->weight, power);
		p->weight_rest = ldexp(p->weight_rest, power);
		p->square = ldexp(p->square, 2 * power);
		p->square_rest = ldexp(p->square_rest, 2 * power);
	}
	wt->unit = unit;
}

/*
 * a + b: the operator, the transition of sum(weighted_tally) and the combine
 * function of weighted_tally(score, lo, hi, weight).
 */
Datum
weighted_tally_plus(PG_FUNCTION_ARGS)
{
	Weighted   *sum = summary_sum_state(fcinfo, WEIGHTED_VERSION);
	Weighted   *more = PG_GETARG_WEIGHTED(1);
	int			i;

	scale_require_same(sum->lo, sum->hi, more->lo, more->hi);
	if (weighted_is_empty(more))
		PG_RETURN_POINTER(sum);
	if (weighted_is_empty(sum))
		sum->unit = more->unit;
	if (sum->unit < more->unit)
		weighted_rescale(sum, more->unit);
	if (more->unit < sum->unit)
	{
		more = summary_copy(PG_GETARG_DATUM(1));
		weighted_rescale(more, sum->unit);
	}
	for (i = 0; i < weighted_points(sum); i++)
	{
		WeightedPoint *p = &sum->points[i];
		const WeightedPoint *q = &more->points[i];

		if (unlikely(p->count > PG_INT64_MAX - q->count))
			tally_count_error(psprintf("score %d", sum->lo + i), sum->lo, sum->hi);
		weighted_join(p, q);
		if (unlikely(!(p->weight < WEIGHTED_MAX_SUM && p->square < WEIGHTED_MAX_SQUARE)))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("sums of score %d in a weighted tally are out of range: "
							"weight %s, square %s",
							sum->lo + i, summary_print(p->weight), summary_print(p->square)),
					 errdetail("The sum of the weights is below %g, "
							   "the sum of the squares below %g.",
							   WEIGHTED_MAX_SUM, WEIGHTED_MAX_SQUARE)));
	}
	PG_RETURN_POINTER(sum);
}
