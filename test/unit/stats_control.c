/*
 * stats_control.c: control charts against papers and R; edges by hand.
 */
#include <math.h>

#include "stats/stats.h"
#include "unit.h"

static void
test_charts(void)
{
	/* Laney's case: binomial limits would flag nearly every day */
	const double days[] = {41000, 40500, 42100, 39800, 41700, 40100, 42500, 40800};
	const double steps[] = {5, 0, 6, 7};
	Share		points[8];
	double		center,
				sigma;
	Bounds		bounds;
	int			i;

	for (i = 0; i < 8; i++)
	{
		points[i].good = days[i];
		points[i].n = 50000;
	}
	laney_chart(points, 8, &center, &sigma);
	near("centre", center, 0.82125, 1e-14);
	near("sigma z", sigma, 17.733008736337738, 1e-12);
	laney_limits(center, sigma, 50000, 3, &bounds);
	near("laney lower", bounds.lower, 0.7300952305248591, 1e-12);
	near("laney upper", bounds.upper, 0.9124047694751408, 1e-12);
	laney_limits(center, 1e9, 50000, 3, &bounds);
	truth("limits are shares", bounds.lower == 0 && bounds.upper == 1);
	truth("no answers, no limits",
		  !laney_limits(center, sigma, 0, 3, &bounds) && isnan(bounds.lower));
	truth("no sigma, no limits", !laney_limits(center, NAN, 9, 3, &bounds) && isnan(bounds.upper));
	for (i = 0; i < 4; i++)
	{
		points[i].good = steps[i];
		points[i].n = i == 1 ? 0 : 50;
	}
	laney_chart(points, 4, &center, &sigma);
	near("a point without answers does not count", center, 0.12, 1e-14);
	/* only 6 and 7 are neighbours: 0.02 / sqrt(0.12 * 0.88 / 50) / 1.128379 */
	near("no range across it", sigma,
		 0.02 / sqrt(0.12 * 0.88 / 50) * sqrt(PI) / 2, 1e-12);
	laney_chart(points, 3, &center, &sigma);
	truth("no neighbours, no sigma", isnan(sigma) && center > 0);
	points[0].good = points[2].good = points[3].good = 50;
	laney_chart(points, 4, &center, &sigma);
	truth("all are good", center == 1 && isnan(sigma));
	truth("no points", !laney_chart(points, 0, &center, &sigma) && isnan(center));

	sigma = xmr_sigma(2);
	sigma_limits(13.333333333333334, sigma, CONTROL_SIGMAS, &bounds);
	near("xmr sigma", sigma, 1.772453850905516, 1e-14);
	near("xmr lower", bounds.lower, 8.015971780616786, 1e-14);
	near("xmr upper", bounds.upper, 18.65069488604988, 1e-14);
}

/*
 * Shares 0.4, 0.6, 0.4 of 24 answers each: neighbours differ by 0.2, in z by 0.2 / sqrt(p (1 -
 * p) / 24), with the centre p = 33.6 / 72.
 */
static void
test_by_hand(void)
{
	const Share points[] = {{9.6, 24}, {14.4, 24}, {9.6, 24}};
	const double p = 33.6 / 72;
	double		center,
				sigma;
	Bounds		bounds;

	truth("three points", laney_chart(points, 3, &center, &sigma));
	near("their centre", center, p, 1e-15);
	near("their sigma z", sigma, 0.2 / sqrt(p * (1 - p) / 24) * sqrt(PI) / 2, 1e-14);
	truth("limits of a p chart", laney_limits(0.5, 1, 100, 3, &bounds));
	near("3 sqrt(0.5 0.5 / 100) below", bounds.lower, 0.35, 1e-15);
	near("and above", bounds.upper, 0.65, 1e-15);
	truth("half a sigma z", laney_limits(0.5, 0.5, 100, 3, &bounds));
	near("half the distance", bounds.lower, 0.425, 1e-15);
	truth("no moving range, no limits",
		  isnan(xmr_sigma(NAN)) && !sigma_limits(5, NAN, 3, &bounds) && isnan(bounds.lower));
	truth("values that do not move", xmr_sigma(0) == 0 && sigma_limits(5, 0, 3, &bounds) &&
		  bounds.lower == 5 && bounds.upper == 5);
}

/* R: qt(0.99865, 0.62 * (k - 1)) * sqrt(1 + 1 / k) */
static void
test_prediction(void)
{
	near("2 points", prediction_sigmas(2), 7998.88595597161, 1e-11);
	near("3 points", prediction_sigmas(3), 99.61564294720138, 1e-11);
	near("12 points", prediction_sigmas(12), 4.77355332480684, 1e-11);
	near("24 points", prediction_sigmas(24), 3.69683843506665, 1e-11);
	near("a million points", prediction_sigmas(1e6), 2.99999058927, 1e-11);
	near("as many as there are", prediction_sigmas(0x1p63), 2.999976992703, 1e-11);
	truth("one point, none, no number",
		  isnan(prediction_sigmas(1)) && isnan(prediction_sigmas(0)) &&
		  isnan(prediction_sigmas(NAN)));
}

void
test_stats_control(void)
{
	test_prediction();
	test_by_hand();
	test_charts();
}
