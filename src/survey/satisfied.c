/*
 * satisfied.c: the lowest score that counts as satisfied, for every KPI that needs
 * it.
 */
#include "postgres.h"

#include "satisfied.h"

/* From this number of points on, the default for satisfied is the top two. */
#define CSAT_TOP_TWO_POINTS 5

/* Raise an error if the lowest satisfied score is not on the scale. */
void
csat_check_satisfied_from(int32 from, int32 lo, int32 hi)
{
	if (from < lo || from > hi)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("satisfied_from %d is outside the scale %d..%d", from, lo, hi)));
}

/*
 * The lowest score that counts as satisfied on the scale lo..hi: argument argno if
 * the function has it and it is not NULL, else the second-highest score.  Error 22023
 * if it is off the scale, or if a short scale has no default.
 */
int
csat_satisfied_from(FunctionCallInfo fcinfo, int argno, int32 lo, int32 hi)
{
	int32		from;

	if (argno >= PG_NARGS() || PG_ARGISNULL(argno))
	{
		if ((int64) hi - lo + 1 < CSAT_TOP_TWO_POINTS)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("no default satisfied_from for the scale %d..%d", lo, hi),
					 errdetail("The top two points are the default "
							   "on scales of at least %d points.",
							   CSAT_TOP_TWO_POINTS),
					 errhint("%s", argno < PG_NARGS() ?
							 "Give the lowest satisfied score as satisfied_from." :
							 "csat(), csat_interval() and csat_test() take "
							 "the lowest satisfied score as satisfied_from.")));
		return hi - 1;
	}
	from = PG_GETARG_INT32(argno);
	csat_check_satisfied_from(from, lo, hi);
	return from;
}

/* The same, but on the scale 0..1 of no and yes the default is yes. */
int
crs_satisfied_from(FunctionCallInfo fcinfo, int argno, int32 lo, int32 hi)
{
	if (lo == 0 && hi == 1 && (argno >= PG_NARGS() || PG_ARGISNULL(argno)))
		return 1;
	return csat_satisfied_from(fcinfo, argno, lo, hi);
}
