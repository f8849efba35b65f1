/*
 * stats_count.c: rates of events against R.
 */
#include <math.h>

#include "stats/stats.h"
#include "unit.h"

static void
test_poisson(void)
{
	Bounds		bounds;
	Comparison	comparison;

	/* R: poisson.test(7)$conf.int */
	poisson_interval(7, 0.95, &bounds);
	near("Poisson lower", bounds.lower, 2.8143630515198663, 1e-13);
	near("Poisson upper", bounds.upper, 14.422675361702378, 1e-13);
	poisson_interval(0, 0.95, &bounds);
	near("no events, lower", bounds.lower, 0.0, 0.0);
	near("no events, upper", bounds.upper, -log(0.025), 1e-14);
	/* R: poisson.test, and qgamma squared and added */
	poisson_comparison((Events) {10, 200}, (Events) {20, 210}, 0.95, &comparison);
	near("two counts, p", comparison.p_value, 0.101732785627, 1e-11);
	near("two counts, lower", comparison.lower, -0.1032515564185, 1e-12);
	near("two counts, upper", comparison.upper, 0.0107414208799, 1e-11);
	poisson_comparison((Events) {0, 100}, (Events) {9, 100}, 0.95, &comparison);
	near("none against nine, p: 2/2^9", comparison.p_value, 0.00390625, 1e-13);
	truth("no exposure, no test",
		  !poisson_comparison((Events) {1, 0}, (Events) {1, 1}, 0.95, &comparison) &&
			isnan(comparison.p_value));
}

void
test_stats_count(void)
{
	test_poisson();
}
