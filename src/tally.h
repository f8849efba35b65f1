/*
 * tally.h: how many answers each point of a whole-number scale got.
 */
#ifndef RECOVERY_KPI_TALLY_H
#define RECOVERY_KPI_TALLY_H

#include "lib/stringinfo.h"

#include "summary.h"

#define TALLY_VERSION		1
#define TALLY_MAX_POINTS	101

/*
 * On disk and in memory alike.  The header is 16 bytes, so that a scale of
 * eleven points takes 104; unused bytes are zero.
 */
typedef struct Tally
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;
	uint8		unused[3];
	int32		lo;
	int32		hi;
	int64		counts[FLEXIBLE_ARRAY_MEMBER];
} Tally;

#define PG_GETARG_TALLY(n)	tally_detoast(PG_GETARG_DATUM(n))

static inline int
tally_points(const Tally *tally)
{
	return tally->hi - tally->lo + 1;
}

static inline bool
tally_is_yes_no(const Tally *tally)
{
	return tally->lo == 0 && tally->hi == 1;
}

extern Tally *tally_detoast(Datum value);
extern Tally *tally_make(int64 lo, int64 hi, const int64 *counts, int ncounts,
						 int sqlstate, struct Node *escontext);
extern void tally_append_counts(StringInfo out, const Tally *tally, char open, char close);
extern int64 tally_responses(const Tally *tally);
extern int64 tally_sum(const Tally *tally, int64 from, int64 to);
extern double tally_percent(const Tally *tally, int64 from, int64 to);
extern Moments tally_moments(const Tally *tally);
extern Share tally_share(const Tally *tally, int64 from, int64 to);
extern void tally_same_scale(const Tally *a, const Tally *b);
extern void tally_require_scale(const Tally *tally, int lo, int hi, const char *kpi, const char *hint);

/* satisfied_from in argument argno if there is one, else the default */
extern int	csat_satisfied_from(FunctionCallInfo fcinfo, int argno, int32 lo, int32 hi);

/*
 * Two SQL functions of one C function: a transition function (step 1: an answer
 * more) and its exact inverse for moving windows (step -1: an answer less).
 */
#define TALLY_ACCUM_PAIR(name, accumulate) \
	PG_FUNCTION_INFO_V1(name); \
	PG_FUNCTION_INFO_V1(name##_inv); \
	Datum name(PG_FUNCTION_ARGS) { return accumulate(fcinfo, 1); } \
	Datum name##_inv(PG_FUNCTION_ARGS) { return accumulate(fcinfo, -1); }

/* accumulation, tally_accum.c */
extern void tally_count(Tally *tally, int32 score, int step);
extern int32 tally_score_float8(double score, int32 lo, int32 hi);
pg_noreturn extern void tally_scale_error(double score, int32 lo, int32 hi) pg_attribute_cold;

#endif
