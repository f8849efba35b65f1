/*
 * stats_share.c: intervals and tests of shares against papers and R; edges by hand.
 */
#include <math.h>

#include "stats/stats.h"
#include "unit.h"

static Share
share_of(double good, double n)
{
	Share		share = {good, n};

	return share;
}

typedef bool (*ShareInterval) (Share, double, Bounds *);

static void
share_bounds(const char *name, ShareInterval method, double good, double n,
			 double lower, double upper)
{
	Bounds		bounds;

	method(share_of(good, n), 0.95, &bounds);
	near(name, bounds.lower, lower, 1e-10);
	near(name, bounds.upper, upper, 1e-10);
}

static void
test_share_intervals(void)
{
	Bounds		bounds;

	near("critical value", confidence_z(0.95), 1.959963984540054, 1e-14);
	near("of 99 %", confidence_z(0.99), 2.5758293035489004, 1e-14);
	/* Newcombe (1998) table I, digits by mpmath */
	share_bounds("wilson 81 of 263", wilson_interval, 81, 263,
				 0.2552885198782742, 0.36620957698280004);
	share_bounds("wilson none", wilson_interval, 0, 1, 0.0, 0.7934506856227626);
	share_bounds("wilson all", wilson_interval, 1, 1, 0.2065493143772374, 1.0);
	share_bounds("wilson all but one", wilson_interval, 999999, 1e6,
				 0.9999943350881957, 0.9999998234754233);
	share_bounds("exact 81 of 263", exact_interval, 81, 263,
				 0.25273674558527115, 0.36762192260135135);
	share_bounds("exact none", exact_interval, 0, 10, 0.0, 0.30849710781876083);
	share_bounds("exact all", exact_interval, 10, 10, 0.6915028921812392, 1.0);
	share_bounds("jeffreys 1 of 29", jeffreys_interval, 1, 29,
				 0.0037461736490570735, 0.15007768600223176);
	share_bounds("jeffreys none", jeffreys_interval, 0, 1, 0.0, 0.8532536836904249);
	share_bounds("jeffreys 9 of 10", jeffreys_interval, 9, 10,
				 0.6186852289333836, 0.98898832623683886);
	share_bounds("wald 81 of 263", wald_interval, 81, 263,
				 0.25219012621310716, 0.36377945553594226);
	share_bounds("wald has no width at the end", wald_interval, 10, 10, 1.0, 1.0);
	{
		/* 2^53 - 1 answers: an upper bound fell below the share by rounding */
		static const double good[] = {1.0, 3.0, 4503599627370496.0, 9007199254740990.0};
		Bounds		bounds;
		int			i;

		for (i = 0; i < 4; i++)
		{
			Share		share = {good[i], 9007199254740991.0};

			wilson_interval(share, 0.95, &bounds);
			truth("wilson of very many holds the share",
				  bounds.lower <= share.good / share.n && share.good / share.n <= bounds.upper);
		}
	}
	share_bounds("no answers, no bounds", wilson_interval, 0, 0, NAN, NAN);
	share_bounds("no answers, no exact bounds", exact_interval, 0, 0, NAN, NAN);
	share_bounds("no answers, no jeffreys bounds", jeffreys_interval, 0, 0, NAN, NAN);
	share_bounds("no answers, no wald bounds", wald_interval, 0, 0, NAN, NAN);
	exact_interval(share_of(4.5e18, 9e18), 0.95, &bounds);
	truth("exact of 9e18 answers ends at once", bounds.lower < 0.5 && bounds.upper > 0.5);
}

static void
test_share_comparisons(void)
{
	Comparison	c;

	share_comparison(share_of(56, 70), share_of(48, 80), 0.95, &c);
	near("newcombe 1998b (a) lower", c.lower, 0.05243147240236488, 1e-10);
	near("newcombe 1998b (a) upper", c.upper, 0.33387265403690597, 1e-10);
	share_comparison(share_of(7, 34), share_of(1, 34), 0.95, &c);
	near("N-1 chi-square", c.statistic * c.statistic, 5.025, 1e-12);
	near("its p", c.p_value, 0.02498392561695889, 1e-10);
	share_comparison(share_of(1, 34), share_of(7, 34), 0.95, &c);
	truth("the sign is current minus baseline", c.statistic < 0 && c.upper < 0);
	share_comparison(share_of(0, 20), share_of(0, 30), 0.95, &c);
	near("nobody in both: no test", c.p_value, NAN, 0);
	near("nobody in both: bounds", c.upper, 0.16112515805281938, 1e-10);
	share_comparison(share_of(0, 0), share_of(3, 9), 0.95, &c);
	near("one side empty", c.lower, NAN, 0);

	/* smallest expected count below 1: fisher.test */
	share_comparison(share_of(1, 10), share_of(0, 11), 0.95, &c);
	near("fisher 1 of 10, 0 of 11", c.p_value, 0.47619047619047628, 1e-10);
	share_comparison(share_of(3, 3), share_of(0, 1000), 0.95, &c);
	near("fisher 3 of 3, 0 of 1000", c.p_value, 5.9641494618002287e-09, 1e-10);
	share_comparison(share_of(0, 1000), share_of(3, 3), 0.95, &c);
	near("fisher, groups exchanged", c.p_value, 5.9641494618002287e-09, 1e-10);
	share_comparison(share_of(997, 1000), share_of(0, 3), 0.95, &c);
	near("fisher of the rare no", c.p_value, 1.1928298923600457e-07, 1e-10);
	share_comparison(share_of(1, 2e18), share_of(0, 3e18), 0.95, &c);
	near("fisher of 5e18 answers", c.p_value, 0.4, 1e-10);
}

static void
target(const char *name, double good, double n, double target, double p)
{
	Comparison	c;

	target_comparison(share_of(good, n), target, 0.95, &c);
	near(name, c.p_value, p, 1e-10);
}

static void
test_targets(void)
{
	Comparison	c;

	target_comparison(share_of(13, 16), 0.5, 0.95, &c);
	near("score z of 13 in 16", c.statistic, 2.5, 1e-14);
	target("binom.test 13 of 16", 13, 16, 0.5, 0.021270751953125003);
	target("binom.test 82 of 100 against 80 %", 82, 100, 0.8, 0.70805386580897678);
	target("binom.test none", 0, 5, 0.2, 0.59040000000000026);
	target("binom.test all", 5, 5, 0.2, 0.00032000000000000008);
	target("binom.test low", 7, 1000, 0.02, 0.0014173621199110881);
	target("binom.test Mendel", 682, 925, 0.75, 0.38249155957485192);
	target("binom.test at the mode", 3, 10, 0.3, 1.0);
	target("binom.test many", 51000, 100000, 0.5, 2.5887160383468902e-10);
	target("target 0 met", 0, 9, 0.0, 1.0);
	target("target 0 missed", 1, 9, 0.0, 0.0);
	target("target 1 met", 9, 9, 1.0, 1.0);
	target("no answers", 0, 0, 0.8, NAN);
	target("9e18 answers end at once", 4.5e18, 9e18, 0.6, 0.0);
}

void
test_stats_share(void)
{
	test_share_intervals();
	test_share_comparisons();
	test_targets();
}
