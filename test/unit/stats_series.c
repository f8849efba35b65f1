/*
 * stats_series.c: breaks of series, by R (lm and the formula of Newey & West).
 */
#include <math.h>
#include <stdlib.h>

#include "stats/stats_series.h"
#include "unit.h"

#define MOST	32

static void
pause_not(void)
{
}

static SeriesStatus
fit(const double *values, int count, int first_after, int seasons, int lags, SeriesBreak *out)
{
	static double scratch[SERIES_SCRATCH(MOST, 12)];
	Series		series = {values, count, first_after, seasons, lags};

	return series_break_fit(&series, 0.95, scratch, pause_not, out);
}

void
test_stats_series(void)
{
	const double gaps[] = {3, 5, 4, NAN, 6, 8, 7, 9, NAN, 12, 13, 15, 14, 18, NAN, 19, 22};
	double		exact[12],
				huge[17];
	SeriesBreak b;
	int			i;

	truth("a fit", fit(gaps, 17, 8, 1, -1, &b) == SERIES_GOOD);
	near("points", (double) b.points, 14.0, 0.0);
	near("lags", b.lags, 2.0, 0.0);
	near("level", b.level.estimate, 0.907087552114354, 1e-12);
	near("level, lower", b.level.bounds.lower, 0.0616854384911434, 1e-10);
	near("level, p", b.level.p_value, 3.79121593433038e-02, 1e-11);
	near("slope", b.slope.estimate, 0.595195552908477, 1e-12);
	near("slope, upper", b.slope.bounds.upper, 0.779235725297921, 1e-12);
	fit(gaps, 17, 8, 3, 1, &b);
	near("with seasons", b.level.estimate, 1.326488706365503, 1e-12);
	near("and a lag", b.level.bounds.upper, 2.296583928364365, 1e-12);
	near("slope, p", b.slope.p_value, 0.000248179762328982, 1e-10);

	near("default of 100", series_default_lags(100), 4.0, 0.0);
	near("default of 12", series_default_lags(12), 2.0, 0.0);
	near("default of 192", series_default_lags(192), 4.0, 0.0);

	for (i = 0; i < 17; i++)
		huge[i] = gaps[i] * 1e306;
	fit(huge, 17, 8, 1, -1, &b);
	near("large values", b.level.estimate, 0.907087552114354e306, 1e-12);
	for (i = 0; i < 17; i++)
		huge[i] = gaps[i] * 1e-306;
	fit(huge, 17, 8, 1, -1, &b);
	near("small values", b.slope.bounds.upper, 0.779235725297921e-306, 1e-12);

	for (i = 0; i < 12; i++)
		exact[i] = i < 6 ? 2.0 * i : 3.0 * i - 1.0;
	fit(exact, 12, 6, 1, -1, &b);
	near("exact level", b.level.estimate, 5.0, 1e-13);
	truth("no residuals, no test", b.level.error == 0.0 && isnan(b.level.p_value) &&
		  b.level.bounds.lower == b.level.estimate);
	truth("one value after", fit(exact, 12, 11, 1, -1, &b) == SERIES_COLLINEAR);
	truth("one value before", fit(exact, 12, 1, 1, -1, &b) == SERIES_COLLINEAR);
	truth("a season without values", fit((double[]) {1, 2, NAN, 4, 5, NAN, 7, 9, NAN, 1, 2, NAN, 3},
										 13, 6, 3, 0, &b) == SERIES_COLLINEAR);
	truth("too few", fit(exact, 5, 3, 1, -1, &b) == SERIES_FEW);
	truth("enough", fit(exact, 6, 3, 1, -1, &b) == SERIES_GOOD);
	truth("too few for seasons", fit(exact, 12, 6, 8, -1, &b) == SERIES_FEW);
}
