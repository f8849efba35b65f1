/*
 * stats_nps_mean.c: intervals and tests of NPS and of means against papers and R; edges by hand.
 */
#include <math.h>

#include "stats/stats.h"
#include "unit.h"

static Promotion
promotion_of(double promoters, double passives, double detractors)
{
	Promotion	p = {promoters, detractors, promoters + passives + detractors};

	return p;
}

static void
nps_bounds(const char *name, bool (*method) (Promotion, double, Bounds *),
		   Promotion p, double confidence, double lower, double upper)
{
	Bounds		bounds;

	method(p, confidence, &bounds);
	near(name, bounds.lower, lower, 1e-9);
	near(name, bounds.upper, upper, 1e-9);
}

static void
test_nps(void)
{
	Comparison	c;

	nps_bounds("adjusted 19/8/9", nps_adjusted_interval, promotion_of(19, 8, 9), 0.95,
			   -0.004414739263985745, 0.5172352520844986);
	nps_bounds("adjusted, one promoter: widened", nps_adjusted_interval,
			   promotion_of(1, 0, 0), 0.95,
			   -0.48498649420252016, 1.0);
	nps_bounds("score 270/520/210", nps_score_interval, promotion_of(270, 520, 210), 0.95,
			   0.017108153911413248, 0.10268125770370146);
	nps_bounds("score, Tango 1998", nps_score_interval, promotion_of(0, 43, 1), 0.9,
			   -0.09566242639917168, 0.036516938418064006);
	nps_bounds("score, all detractors", nps_score_interval, promotion_of(0, 0, 10), 0.95,
			   -1.0, -0.4449344002742215);
	nps_bounds("score, all promoters", nps_score_interval, promotion_of(10, 0, 0), 0.95,
			   0.4449344002742215, 1.0);
	nps_bounds("score, all passive", nps_score_interval, promotion_of(0, 10, 0), 0.95,
			   -0.2775327998628892, 0.2775327998628892);
	nps_bounds("wald 16/13/7", nps_wald_interval, promotion_of(16, 13, 7), 0.95,
			   0.0019983097407337835, 0.4980016902592662);
	nps_bounds("no answers", nps_score_interval, promotion_of(0, 0, 0), 0.95, NAN, NAN);
	nps_bounds("no answers, adjusted", nps_adjusted_interval, promotion_of(0, 0, 0), 0.95,
			   NAN, NAN);
	nps_bounds("no answers, wald", nps_wald_interval, promotion_of(0, 0, 0), 0.95, NAN, NAN);

	nps_comparison(promotion_of(16, 13, 7), promotion_of(7, 14, 15), 0.95, &c);
	near("nps z", c.statistic, 2.5546714593465376, 1e-10);
	near("nps p", c.p_value, 0.01062880674763092, 1e-10);
	near("nps lower", c.lower, 0.10147350354142767, 1e-10);
	nps_comparison(promotion_of(0, 0, 0), promotion_of(7, 14, 15), 0.95, &c);
	near("nps of nothing", c.p_value, NAN, 0);
}

static void
test_means(void)
{
	const int64_t a[] = {1, 1, 1, 1, 3, 4, 4};
	const int64_t b[] = {2, 3, 4, 2, 1, 0, 0};
	const int64_t same[] = {0, 0, INT64_MAX};
	const int64_t one[] = {0, 1, 0};
	Moments		x = count_moments(a, 7, 1);
	Moments		y = count_moments(b, 7, 1);
	Bounds		bounds;
	Comparison	c;

	near("mean", x.mean, 5.1333333333333337, 1e-15);
	near("standard deviation", sqrt(x.variance), 1.88477610139267, 1e-14);
	moments_interval(x, 0.95, &bounds);
	near("t.test lower", bounds.lower, 4.0895791183994792, 1e-12);
	near("t.test upper", bounds.upper, 6.1770875482671892, 1e-12);
	welch_comparison(x, y, 0.95, &c);
	near("welch t", c.statistic, 3.97260042388739, 1e-12);
	near("welch p", c.p_value, 0.0005624720079352119, 1e-10);
	near("welch lower", c.lower, 1.1452825624063536, 1e-11);
	near("welch upper", c.upper, 3.6213841042603132, 1e-11);
	x = count_moments(same, 3, 5);
	near("equal answers, however many: mean", x.mean, 7.0, 0.0);
	near("equal answers, however many: variance", x.variance, 0.0, 0.0);
	y = count_moments(one, 3, 1);
	near("one answer has a mean", y.mean, 2.0, 0.0);
	truth("one answer has no bounds", !moments_interval(y, 0.95, &bounds) && isnan(bounds.lower));
	truth("one answer has no test", !welch_comparison(x, y, 0.95, &c) && isnan(c.p_value));
	welch_comparison(x, x, 0.95, &c);
	truth("no variance: bounds, no test", c.lower == 0 && c.upper == 0 && isnan(c.p_value));
}

/* Figures of 3 +- 1 of 10 and 4 +- 1 of 10, in any unit: Welch t -1 / sqrt(0.2), 18 degrees. */
static void
test_given(void)
{
	static const double units[] = {1.0, 1e160, 1e300, -1e300, 1e-200};
	GivenMean	equal = {10.0, 0.04, 7.3e-18};
	GivenMean	other = {12.0, 0.05, 1e-17};
	GivenMean	one = {1.0, 3.0, NAN};
	GivenMean	none = {0.0, NAN, NAN};
	Comparison	c;
	Bounds		bounds;
	int			i;

	for (i = 0; i < 5; i++)
	{
		GivenMean	a = {10.0, 3.0 * units[i], fabs(units[i])};
		GivenMean	b = {10.0, 4.0 * units[i], fabs(units[i])};

		given_comparison(a, b, 0.95, &c);
		near("given: t", c.statistic, copysign(sqrt(5.0), -units[i]), 1e-14);
		near("given: p, R", c.p_value, 0.03824961451611384, 1e-10);
		/* qt(0.975, 18) = 2.10092204024104 */
		near("given: half width", (c.upper - c.lower) / fabs(units[i]),
			 2.0 * 2.10092204024104 * sqrt(0.2), 1e-13);
		given_interval(a, 0.95, &bounds);
		/* qt(0.975, 9) = 2.2621571627982 */
		near("given: interval", bounds.upper / units[i] + bounds.lower / units[i], 6.0, 1e-14);
		near("given: interval, half width", (bounds.upper - bounds.lower) / fabs(units[i]),
			 2.0 * 2.2621571627982 / sqrt(10.0), 1e-13);
	}
	given_comparison(equal, other, 0.95, &c);
	truth("rounding of equal values is no deviation", isnan(c.statistic) && isnan(c.p_value));
	near("the difference is certain then", c.lower, 0.04 - 0.05, 1e-15);
	given_interval(equal, 0.95, &bounds);
	truth("nor has it bounds", bounds.lower == 0.04 && bounds.upper == 0.04);
	truth("one value", !given_interval(one, 0.95, &bounds) && isnan(bounds.lower));
	truth("no value", !given_comparison(equal, none, 0.95, &c) && isnan(c.p_value));
}

void
test_stats_nps_mean(void)
{
	test_nps();
	test_means();
	test_given();
}
