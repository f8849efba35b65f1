/*
 * shrunken_read.c: the shares of segments with few answers, shrunk towards what all have
 * in common.
 */
#include "postgres.h"

#include <float.h>

#include "satisfied.h"
#include "shrunken.h"

PG_FUNCTION_INFO_V1(shrunken_interval);
PG_FUNCTION_INFO_V1(probability_above);

/* --- the prior --------------------------------------------------------------------------- */

/* A prior that is given, and its satisfied_from, which may be NULL. */
typedef struct GivenPrior
{
	Prior		prior;
	bool		from_known;
	int32		from;
} GivenPrior;

/* A figure of a prior, NAN for NULL; error 22003 outside 0..most. */
static double
prior_figure(const char *what, bool null, double figure, double most)
{
	if (null)
		return NAN;
	if (!(figure >= 0.0 && figure <= most))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s %s of a rate_prior is out of range", what, summary_print(figure)),
				 errdetail("alpha, beta, yes and responses are finite and at least 0, "
						   "and yes is at most responses.")));
	return figure;
}

/* The prior in argument 1. */
static GivenPrior
prior_read(FunctionCallInfo fcinfo)
{
	Datum		values[PRIOR_COLUMNS];
	bool		nulls[PRIOR_COLUMNS];
	GivenPrior	given;
	Prior	   *prior = &given.prior;

	summary_read_tuple(fcinfo, 1, &prior_shape, values, nulls);
	prior->alpha = prior_figure("alpha", nulls[0], DatumGetFloat8(values[0]), DBL_MAX / 4.0);
	prior->beta = prior_figure("beta", nulls[1], DatumGetFloat8(values[1]), DBL_MAX / 4.0);
	prior->pooled.n = prior_figure("responses", nulls[4], (double) DatumGetInt64(values[4]),
								   DBL_MAX);
	prior->pooled.good = prior_figure("yes", nulls[3], (double) DatumGetInt64(values[3]),
									  isnan(prior->pooled.n) ? DBL_MAX : prior->pooled.n);
	if (isnan(prior->alpha) != isnan(prior->beta))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a rate_prior has alpha or beta, but not both")));
	given.from_known = !nulls[5];
	given.from = nulls[5] ? 0 : DatumGetInt32(values[5]);
	return given;
}

/* --- what a call site keeps ------------------------------------------------------------ */

/*
 * A query reads the tallies of very many segments with one prior, and segments with few
 * answers are often alike.  So a call site keeps the prior, recognised by its bytes as
 * passed, and the bounds found last.  Each segment has one place for its bounds; a place
 * with an older number is free.
 */
typedef struct ShrunkenPlace
{
	Share		share;
	Bounds		bounds;
	uint64		number;
} ShrunkenPlace;

/* Room for the bytes of a prior: header, null bits and columns take 68. */
#define SHRUNKEN_KEY	96
/* So many places there are at first, and at most: 2,560 bytes and 320 kB. */
#define SHRUNKEN_FIRST	64
#define SHRUNKEN_MOST	8192

typedef struct ShrunkenSite
{
	RowType		row;
	Size		length;			/* of the key; 0 if there is no prior yet */
	char		key[SHRUNKEN_KEY];
	GivenPrior	given;
	double		confidence;
	uint64		number;			/* of this prior and confidence, from 1 */
	ShrunkenPlace *places;
	uint32		count;
	uint32		missed;			/* shares that were not there since places were made */
} ShrunkenSite;

/* The call site, with the prior in argument 1. */
static ShrunkenSite *
shrunken_site(FunctionCallInfo fcinfo)
{
	ShrunkenSite *site = fcinfo->flinfo->fn_extra;
	struct varlena *given = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(1));
	Size		length = VARSIZE_ANY_EXHDR(given);

	if (unlikely(site == NULL))
	{
		site = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(ShrunkenSite));
		fcinfo->flinfo->fn_extra = site;
	}
	if (unlikely(site->length != length || memcmp(site->key, VARDATA_ANY(given), length) != 0))
	{
		site->length = 0;
		site->given = prior_read(fcinfo);
		site->number++;
		if (length <= SHRUNKEN_KEY)
		{
			memcpy(site->key, VARDATA_ANY(given), length);
			site->length = length;
		}
	}
	return site;
}

StaticAssertDecl(sizeof(Share) == 2 * sizeof(uint64), "a share is two double precision numbers");

/* The place of a share. */
static inline ShrunkenPlace *
shrunken_place(const ShrunkenSite *site, Share share)
{
	uint64		bits[2];

	memcpy(bits, &share, sizeof(bits));
	/* Fibonacci hashing, as in life_table_state.c */
	bits[0] = (bits[0] * UINT64CONST(0x9E3779B97F4A7C15) + bits[1]) *
		UINT64CONST(0x9E3779B97F4A7C15);
	return &site->places[(bits[0] >> 32) * site->count >> 32];
}

/* More places, all of them free. */
static void
shrunken_enlarge(ShrunkenSite *site, MemoryContext memory)
{
	uint32		count = site->count == 0 ? SHRUNKEN_FIRST : 2 * site->count;
	ShrunkenPlace *places = MemoryContextAllocZero(memory, count * sizeof(ShrunkenPlace));

	if (site->places != NULL)
		pfree(site->places);
	site->places = places;
	site->count = count;
	site->missed = 0;
}

/* The bounds of a segment's share. */
static Bounds
shrunken_bounds_kept(ShrunkenSite *site, MemoryContext memory, Share share, double confidence)
{
	ShrunkenPlace *place;

	if (unlikely(site->confidence != confidence))
	{
		site->confidence = confidence;
		site->number++;
	}
	if (unlikely(site->missed >= site->count && site->count < SHRUNKEN_MOST))
		shrunken_enlarge(site, memory);
	place = shrunken_place(site, share);
	if (place->number != site->number || place->share.n != share.n ||
		place->share.good != share.good)
	{
		shrunken_bounds(site->given.prior, share, confidence, &place->bounds);
		place->share = share;
		place->number = site->number;
		site->missed++;
	}
	return place->bounds;
}

/* --- readers --------------------------------------------------------------------------- */

/* The share of a tally.  satisfied_from, in argument 3, is that of the prior if it is NULL. */
static Share
shrunken_read(FunctionCallInfo fcinfo, const ShrunkenSite *site, const Tally *tally,
			  int64 *responses)
{
	int			from = site->given.from;

	if (PG_ARGISNULL(3) && site->given.from_known)
		csat_check_satisfied_from(from, tally->lo, tally->hi);
	else
		from = crs_satisfied_from(fcinfo, 3, tally->lo, tally->hi);
	*responses = tally_responses(tally);
	return (Share) {(double) tally_sum(tally, from, tally->hi), (double) *responses};
}

/* shrunken_interval(tally, rate_prior, confidence, satisfied_from); called with NULLs. */
Datum
shrunken_interval(PG_FUNCTION_ARGS)
{
	ShrunkenSite *site;
	Share		share;
	Bounds		bounds;
	int64		responses;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	site = shrunken_site(fcinfo);
	share = shrunken_read(fcinfo, site, PG_GETARG_TALLY(0), &responses);
	bounds = shrunken_bounds_kept(site, fcinfo->flinfo->fn_mcxt, share,
								  summary_confidence(fcinfo, 2));
	return summary_interval_kept(fcinfo, &site->row,
								 100.0 * shrunken_share(site->given.prior, share), bounds, 100.0,
								 responses);
}

/* probability_above(tally, rate_prior, target, satisfied_from); called with NULLs. */
Datum
probability_above(PG_FUNCTION_ARGS)
{
	ShrunkenSite *site;
	Share		share;
	double		target;
	int64		responses;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	target = summary_percentage(PG_GETARG_FLOAT8(2), "target");
	site = shrunken_site(fcinfo);
	share = shrunken_read(fcinfo, site, PG_GETARG_TALLY(0), &responses);
	return summary_number(fcinfo, shrunken_above(site->given.prior, share, target / 100.0));
}
