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

/*
 * Garwood's (1936) bounds solve Poisson tails: exp(-u) sum of u^k / k! = 0.025 at the upper
 * one.  His table has 4.80 and 18.39 for 10 events.  Without events nothing is tested.
 */
static void
test_closed_forms(void)
{
	Bounds		bounds;
	Comparison	comparison;

	poisson_interval(1, 0.95, &bounds);
	near("one event, lower", bounds.lower, -log1p(-0.025), 1e-13);
	near("one event, upper", exp(-bounds.upper) * (1 + bounds.upper), 0.025, 1e-12);
	poisson_interval(2, 0.95, &bounds);
	near("two events, lower", 1 - exp(-bounds.lower) * (1 + bounds.lower), 0.025, 1e-12);
	poisson_interval(10, 0.95, &bounds);
	near("ten events in the table, lower", rint(bounds.lower * 100) / 100, 4.80, 1e-15);
	near("ten events in the table, upper", rint(bounds.upper * 100) / 100, 18.39, 1e-15);

	poisson_comparison((Events) {0, 10}, (Events) {0, 20}, 0.95, &comparison);
	near("no events at all: p", comparison.p_value, 1, 0);
	near("no events at all: no statistic", comparison.statistic, NAN, 0);
	near("no events at all: lower", comparison.lower, log(0.025) / 20, 1e-13);
	near("no events at all: upper", comparison.upper, -log(0.025) / 10, 1e-13);
	/* 4 of 4 with a third of the exposure: z = (4 - 4/3) / sqrt(4 1/3 2/3), p = 3^-4 */
	poisson_comparison((Events) {4, 10}, (Events) {0, 20}, 0.95, &comparison);
	near("four against none: z", comparison.statistic, 2 * sqrt(2), 1e-14);
	near("four against none: p", comparison.p_value, 1 / 81.0, 1e-13);
}

void
test_stats_count(void)
{
	test_closed_forms();
	test_poisson();
}
