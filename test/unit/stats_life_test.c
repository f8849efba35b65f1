/*
 * stats_life_test.c: comparisons of life tables against R's survival 3.5-3 (survdiff);
 * edges by hand.
 */
#include <math.h>

#include "life_curve.h"
#include "unit.h"

static void
test_comparisons(void)
{
	static const LifeSpan a[] = {
		{1, 1, 1, 0, 0.0}, {2, 2, 1, 0, 0.0}, {3, 3, 1, 0, 0.0}, {4, 4, 0, 1, 0.0}
	};
	static const LifeSpan b[] = {
		{2, 2, 1, 0, 0.0}, {4, 4, 1, 0, 0.0}, {6, 6, 0, 1, 0.0}, {8, 8, 1, 0, 0.0}
	};
	LifeCurve	current = curve_of(a, 4);
	LifeCurve	baseline = curve_of(b, 4);
	LifeCurve	nobody = curve_of(a, 0);
	Comparison	comparison;

	truth("log-rank", life_logrank(&current, &baseline, &comparison));
	near("chi-square", comparison.statistic, 0.90798439776305273, 1e-14);
	near("p", comparison.p_value, 0.34064978349811598, 1e-13);
	life_logrank(&baseline, &current, &comparison);
	near("either way", comparison.statistic, 0.90798439776305273, 1e-14);
	truth("against nobody", !life_logrank(&current, &nobody, &comparison) &&
		  isnan(comparison.statistic));
	truth("a difference without variance", normal_comparison(2.0, 0.0, 0.95, &comparison));
	near("has bounds", comparison.upper, 2.0, 0.0);
	near("but no p", comparison.p_value, NAN, 0.0);
	truth("no difference", !normal_comparison(NAN, 1.0, 0.95, &comparison));
}

/*
 * Two of four against three of four left no more: S = 1/2 with Greenwood's 2 / (4 2) and S =
 * 1/4 with 3 / (4 1).  ln(-ln S) differ by ln 2, with variance (1/4 + 3/4 / 2^2) / (ln 2)^2.
 */
static void
test_survival(void)
{
	static const LifeSpan a[] = {{1, 1, 2, 0, 0.0}, {5, 5, 0, 2, 0.0}};
	static const LifeSpan b[] = {{1, 1, 3, 0, 0.0}, {5, 5, 0, 1, 0.0}};
	static const LifeSpan open[] = {{5, 5, 0, 4, 0.0}};
	LifeCurve	half = curve_of(a, 2);
	LifeCurve	quarter = curve_of(b, 2);
	LifeCurve	whole = curve_of(open, 1);
	LifeCurve	nobody = curve_of(a, 0);
	Comparison	comparison;
	Bounds		bounds;

	truth("survival", life_survival_comparison(&half, &quarter, 3, 0.95, &comparison));
	near("its z", comparison.statistic, log(2) * log(2) / sqrt(0.4375), 1e-13);
	truth("within its bounds", comparison.lower < 0.25 && comparison.upper > 0.25);
	life_survival_comparison(&quarter, &half, 3, 0.95, &comparison);
	near("the other way", comparison.statistic, -log(2) * log(2) / sqrt(0.4375), 1e-13);

	/* on the scale of S where one is 1: 1/2 with variance 1/4 / 4, z = 2 */
	life_survival_comparison(&whole, &half, 3, 0.95, &comparison);
	near("against nobody lost: z", comparison.statistic, 2, 1e-14);
	near("its p, two tails of 2", comparison.p_value, 0.045500263896358414, 1e-13);
	loglog_interval(0.5, 0.25, 0.95, &bounds);
	near("its upper bound", comparison.upper, 1 - bounds.lower, 1e-14);
	near("its lower bound", comparison.lower, 1 - bounds.upper, 1e-14);
	life_survival_comparison(&whole, &whole, 3, 0.95, &comparison);
	truth("no event in either", comparison.lower == 0 && isnan(comparison.p_value));
	truth("of nobody", !life_survival_comparison(&half, &nobody, 3, 0.95, &comparison) &&
		  isnan(comparison.lower));
}

void
test_stats_life_test(void)
{
	test_comparisons();
	test_survival();
}
