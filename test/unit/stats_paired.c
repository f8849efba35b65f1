/*
 * stats_paired.c: pairs and effect sizes against papers and R; edges by hand.
 */
#include <math.h>

#include "stats/stats.h"
#include "unit.h"

static Comparison
change(double both, double lost, double gained, double neither)
{
	Change		c = {both, lost, gained, neither};
	Comparison	out;

	change_comparison(c, 0.95, &out);
	return out;
}

static void
test_changes(void)
{
	Comparison	c;

	/* Newcombe (1998b) table III, method 10, read from after to before */
	c = change(36, 2, 12, 0);
	near("newcombe 36/12/2/0 lower", c.lower, 0.05692958400323881, 1e-10);
	near("newcombe 36/12/2/0 upper", c.upper, 0.3404276029749407, 1e-10);
	near("its mid-p", c.p_value, 0.00738525390625, 1e-12);
	near("its z", c.statistic, 10 / sqrt(14.0), 1e-14);
	c = change(20, 12, 2, 16);
	near("newcombe 20/12/2/16 mirrored", c.lower, -0.32920699540014053, 1e-10);
	near("z of more lost than gained", c.statistic, -10 / sqrt(14.0), 1e-14);
	c = change(28, 0, 0, 26);
	near("the correlation is corrected", c.upper, 0.03515582018111078, 1e-10);
	near("nobody changed: p", c.p_value, 1.0, 0.0);
	truth("nobody changed: no statistic", isnan(c.statistic));
	c = change(0, 0, 30, 0);
	near("all won: upper", c.upper, 1.0, 0.0);
	near("all won: lower", c.lower, 0.8394678198623838, 1e-10);
	c = change(10, 5, 5, 3);
	near("as many won as lost", c.p_value, 0.876953125, 1e-12);
	near("as many won as lost: z", c.statistic, 0.0, 0.0);
	near("one changed", change(0, 0, 1, 0).p_value, 0.5, 1e-12);
	near("one pair, lower", change(0, 0, 1, 0).lower, -0.122108720681942, 1e-10);
	near("mid-p of 2,700", change(0, 1500, 1200, 0).p_value, 7.549691966763606e-09, 1e-10);
	near("mid-p of 10,000", change(9, 5200, 4800, 9).p_value, 6.32621868073027e-05, 1e-10);
	near("asymptotic p of 11,800", change(10, 5800, 6000, 20).p_value, 0.0655996921470719, 1e-10);
	near("asymptotic lower", change(10, 5800, 6000, 20).lower, -0.00109098697748652, 1e-9);
	near("a far tail of 10,000", change(0, 4000, 6000, 0).p_value, 1.44978270960949e-89, 1e-11);
	near("bounds of a million million", change(4e11, 1.1e11, 1e11, 3.9e11).lower,
		 -0.010000897954439193, 1e-10);
	truth("of 9e18 pairs", change(4e18, 1e18, 1e18 + 1e12, 3e18).upper < 1e-5);
	c = change(0, 0, 0, 0);
	truth("no pairs, nothing", isnan(c.lower) && isnan(c.p_value));
}

static void
test_differences(void)
{
	/* Student's sleep data in tenths: after - before of 10 pairs, 0 to 46 */
	const int64_t sleep[] = {
		1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0,
		1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
	};
	const int64_t shift[] = {0, 0, 3};
	const int64_t one[] = {0, 1};
	Comparison	c;

	difference_comparison(count_moments(sleep, 47, 0), 0.95, &c);
	near("sleep t", c.statistic, 4.062127683382036, 1e-12);
	near("sleep p", c.p_value, 0.002832890197384273, 1e-10);
	near("sleep lower", c.lower, 7.00114236723017580, 1e-11);
	difference_comparison(count_moments(shift, 3, -1), 0.95, &c);
	truth("all changed alike: bounds, no test", c.lower == 1 && c.upper == 1 && isnan(c.p_value) &&
		  isnan(c.statistic));
	truth("one pair: nothing", !difference_comparison(count_moments(one, 2, 0), 0.95, &c) &&
		  isnan(c.lower));
}

static void
test_effects(void)
{
	const int64_t recovered[] = {5, 4, 6, 9, 22, 38, 46};
	const int64_t spared[] = {4, 6, 14, 40, 88, 120, 78};
	const int64_t failed[] = {22, 18, 14, 10, 7, 3, 1};
	const int64_t two[] = {1, 1};
	const int64_t one[] = {1, 0};
	Moments		n = count_moments(spared, 7, 1);

	near("hedges g", hedges_g(count_moments(recovered, 7, 1), n), 0.0698334604212359, 1e-12);
	near("hedges g of a large effect", hedges_g(count_moments(failed, 7, 1), n),
		 -2.1388585976286927, 1e-12);
	/* J(2) = 1 / sqrt(pi); both deviations are 1 / sqrt(2) */
	near("smallest groups", hedges_g(count_moments(two, 2, 1), count_moments(two, 2, 0)),
		 sqrt(2 / PI), 1e-14);
	truth("one value has no effect size", isnan(hedges_g(count_moments(one, 2, 0), n)));
	{
		Moments		a = {1e12, 5.0, 1.0};
		Moments		b = {1e12, 4.0, 1.0};

		near("many values need no correction", hedges_g(a, b), 1.0, 1e-12);
		b.variance = a.variance = 0.0;
		truth("no variance, no effect size", isnan(hedges_g(a, b)));
	}
}

static void
test_margins(void)
{
	const Change change = {5, 2, 3, 10};
	Share		before = change_before(change);
	Share		after = change_after(change);

	truth("good before: both and lost", before.good == 7 && before.n == 20);
	truth("good after: both and gained", after.good == 8 && after.n == 20);
}

void
test_stats_paired(void)
{
	test_margins();
	test_changes();
	test_differences();
	test_effects();
}
