/*
 * paradox.c: the service recovery paradox: are customers whose failure was put right
 * more satisfied than customers without a failure?
 */
#include "postgres.h"

#include "satisfied.h"
#include "tally.h"

PG_FUNCTION_INFO_V1(recovery_paradox);

#define PARADOX_FIGURES	8

/*
 * recovery_paradox(recovered, never_failed, confidence, satisfied_from): differences of
 * the mean and of the satisfied share (percentage points); called with NULLs.
 */
Datum
recovery_paradox(PG_FUNCTION_ARGS)
{
	static const RowShape shape = {
		PARADOX_FIGURES + 1, PARADOX_FIGURES + 1,
		{[0 ... PARADOX_FIGURES - 1] = FLOAT8OID, [PARADOX_FIGURES] = BOOLOID}
	};
	Tally	   *recovered;
	Tally	   *never_failed;
	Moments		m1,
				m2;
	Share		top1,
				top2;
	Comparison	mean,
				top;
	double		confidence;
	double		figures[PARADOX_FIGURES];
	Datum		values[PARADOX_FIGURES + 1];
	bool		nulls[PARADOX_FIGURES + 1];
	int			from;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	recovered = PG_GETARG_TALLY(0);
	never_failed = PG_GETARG_TALLY(1);
	confidence = summary_confidence(fcinfo, 2);
	tally_same_scale(recovered, never_failed);
	from = crs_satisfied_from(fcinfo, 3, recovered->lo, recovered->hi);
	m1 = tally_moments(recovered);
	m2 = tally_moments(never_failed);
	top1 = tally_share(recovered, from, recovered->hi);
	top2 = tally_share(never_failed, from, never_failed->hi);
	bounded_comparison(m1, m2, recovered->lo, recovered->hi, confidence, &mean);
	share_comparison(top1, top2, confidence, &top);

	figures[0] = m1.mean - m2.mean;
	figures[1] = mean.lower;
	figures[2] = mean.upper;
	figures[3] = mean.p_value;
	figures[4] = hedges_g(m1, m2);
	figures[5] = share_percent(top1) - share_percent(top2);
	figures[6] = fmin(top.lower * 100.0, figures[5]);
	figures[7] = fmax(top.upper * 100.0, figures[5]);
	summary_figures(figures, PARADOX_FIGURES, values, nulls);
	/* without a test there is no claim, wherever the bounds are */
	values[PARADOX_FIGURES] = BoolGetDatum(mean.lower > 0.0);
	nulls[PARADOX_FIGURES] = isnan(mean.p_value);
	return summary_tuple(fcinfo, &shape, values, nulls);
}
