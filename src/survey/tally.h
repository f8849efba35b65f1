/*
 * tally.h: the number of answers for each point of a whole-number scale.
 */
#ifndef RECOVERY_KPI_TALLY_H
#define RECOVERY_KPI_TALLY_H

#include "lib/stringinfo.h"

#include "base/summary.h"

#define TALLY_VERSION		1
#define TALLY_MAX_POINTS	101

/*
 * The SQL types tally and paired_tally, the same on disk and in memory.  The header
 * is 16 bytes, so a scale of eleven points takes 104 bytes, and 984 for pairs; unused
 * bytes are zero.
 */
typedef struct Tally
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;
	uint8		paired;			/* 0: a count for each point; 1: for each pair of points */
	uint8		unused[2];
	int32		lo;
	int32		hi;
	int64		counts[FLEXIBLE_ARRAY_MEMBER];	/* of pairs: a row for each score before */
} Tally;

#define PG_GETARG_TALLY(n)	tally_detoast(PG_GETARG_DATUM(n))

static inline int
tally_points(const Tally *tally)
{
	return tally->hi - tally->lo + 1;
}

static inline int
tally_cells(const Tally *tally)
{
	int			points = tally_points(tally);

	return tally->paired ? points * points : points;
}

extern Tally *tally_detoast(Datum value);
extern bool tally_check_scale(int64 lo, int64 hi, int sqlstate, struct Node *escontext);
extern Tally *tally_make(int64 lo, int64 hi, bool paired, const int64 *counts, int ncounts,
						 int sqlstate, struct Node *escontext);
extern Tally *tally_empty(int32 lo, int32 hi, bool paired);
extern void tally_append_counts(StringInfo out, const Tally *tally, char open, char close);
extern int64 tally_responses(const Tally *tally);
extern int64 tally_sum(const Tally *tally, int64 from, int64 to);
extern double tally_percent(const Tally *tally, int64 from, int64 to);
extern Moments tally_moments(const Tally *tally);
extern Share tally_share(const Tally *tally, int64 from, int64 to);
extern void scale_require(int32 have_lo, int32 have_hi, int lo, int hi, const char *kpi,
						  const char *hint);
extern void scale_require_part(int32 lo, int32 hi, int32 from, int32 to);
extern void scale_require_same(int32 lo, int32 hi, int32 other_lo, int32 other_hi);
extern void tally_same_scale(const Tally *a, const Tally *b);

/*
 * Two SQL functions from one C function: a transition function (step 1: one answer
 * more) and its exact inverse for moving windows (step -1: one answer less).
 */
#define TALLY_ACCUM_PAIR(name, accumulate) \
	PG_FUNCTION_INFO_V1(name); \
	PG_FUNCTION_INFO_V1(name##_inv); \
	Datum name(PG_FUNCTION_ARGS) { return accumulate(fcinfo, 1); } \
	Datum name##_inv(PG_FUNCTION_ARGS) { return accumulate(fcinfo, -1); }

/* text and binary, tally_io.c */
extern bool tally_parse_scale(const char **at, int64 *lo, int64 *hi);
extern bool tally_parse_counts(const char **at, const char *brackets, int64 *counts, int *ncounts,
							   int limit, const char **misfit);
extern bool tally_counts_fit(const char *misfit, const char *at, struct Node *escontext);

/* accumulation, tally_accum.c */
extern void tally_scale_arguments(FunctionCallInfo fcinfo, int argno, int32 *lo, int32 *hi)
			pg_attribute_cold;
pg_noreturn extern void tally_scale_changed(int32 lo, int32 hi, int32 old_lo, int32 old_hi)
			pg_attribute_cold;
extern Tally *tally_scale_begin(FunctionCallInfo fcinfo, int argno, bool paired) pg_attribute_cold;
extern void tally_count(Tally *tally, int32 score, int step);
extern int32 tally_score_float8(double score, int32 lo, int32 hi);
pg_noreturn extern void tally_scale_error(double score, int32 lo, int32 hi) pg_attribute_cold;
pg_noreturn extern void tally_count_error(const char *cell, int32 lo, int32 hi) pg_attribute_cold;

/*
 * The state of an aggregate whose rows give the scale in the arguments argno and
 * argno + 1.  The first row makes an empty state, even if its score is NULL; all rows
 * must give the same scale.  All rows but the first take the short way.
 */
static pg_attribute_always_inline Tally *
tally_scale_state(FunctionCallInfo fcinfo, int argno, bool paired)
{
	Tally	   *state;

	if (unlikely(PG_ARGISNULL(0) || PG_ARGISNULL(argno) || PG_ARGISNULL(argno + 1)))
		return tally_scale_begin(fcinfo, argno, paired);
	state = summary_state(fcinfo, TALLY_VERSION);
	if (unlikely(state->lo != PG_GETARG_INT32(argno) || state->hi != PG_GETARG_INT32(argno + 1)))
		tally_scale_changed(PG_GETARG_INT32(argno), PG_GETARG_INT32(argno + 1),
							state->lo, state->hi);
	return state;
}

#endif
