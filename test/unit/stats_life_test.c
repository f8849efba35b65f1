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
}

void
test_stats_life_test(void)
{
	test_comparisons();
}
