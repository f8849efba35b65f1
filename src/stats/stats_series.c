/*
 * stats_series.c: segmented regression of an interrupted series, with errors of Newey &
 * West (1987).
 *
 * value ~ 1 + t + after + after (t - first t after) + seasons, by least squares.  Values
 * near in time resemble each other, and plain errors would be too small: those here weigh
 * the correlations up to L periods apart by 1 - l / (L + 1), without a small-sample factor.
 * t has points - coefficients degrees of freedom.
 *
 * The columns are made orthogonal one by one, each twice (Gram & Schmidt; twice is enough,
 * Giraud and others 2005).  Level and slope come last, so that their coefficients are sums
 * of values with weights h that need only the last two columns.  With the residuals u the
 * variance of a coefficient is sum over t and l of w(l) h(t) u(t) h(t-l) u(t-l).  A value that
 * is not known has 0 in all columns: its period counts, and so distances in time stay.
 *
 * Pure C, no postgres.h.
 */
#include <math.h>

#include "special.h"
#include "stats_series.h"

/* A column of which the others leave less than this part is a combination of them. */
#define SERIES_DEPENDENT	1e-9

/* Residuals that are no larger, as a part of the largest value, are rounding. */
#define SERIES_ROUNDING		1e-14

/* floor(4 (n / 100)^(2/9)), the usual choice. */
int
series_default_lags(size_t points)
{
	return (int) floor(4.0 * pow((double) points / 100.0, 2.0 / 9.0));
}

static double
series_product(const double *a, const double *b, size_t count)
{
	double		sum = 0.0;
	size_t		i;

	for (i = 0; i < count; i++)
		sum += a[i] * b[i];
	return sum;
}

/*
 * Take from a column what the first k of q say, twice; the part of the last of them is
 * returned.
 */
static double
series_orthogonalise(const double *q, size_t k, double *column, size_t count, SeriesPause pause)
{
	double		last = 0.0;
	int			turn;
	size_t		i,
				j;

	for (turn = 0; turn < 2; turn++)
	{
		for (j = 0; j < k; j++)
		{
			const double *other = q + j * count;
			double		part = series_product(other, column, count);

			pause();
			for (i = 0; i < count; i++)
				column[i] -= part * other[i];
			if (j == k - 1)
				last += part;
		}
	}
	return last;
}

/* What column j says of period i, which is known. */
static double
series_regressor(const Series *series, size_t j, size_t i)
{
	size_t		seasons = SERIES_COEFFICIENTS(series->seasons) - 2;

	if (j == 0)
		return 1.0;
	if (j == 1)
		return (double) i;
	if (j < seasons)
		return i % series->seasons == j - 1;
	if (i < series->first_after)
		return 0.0;
	return j == seasons ? 1.0 : (double) (i - series->first_after);
}

/*
 * Add column j to the orthonormal ones before it.  Returns its length after that, 0 for a
 * combination of the others; *last is the part of the column before it.
 */
static double
series_column(const Series *series, size_t j, double *q, double *last, SeriesPause pause)
{
	double	   *column = q + j * series->count;
	double		before,
				length;
	size_t		i;

	for (i = 0; i < series->count; i++)
		column[i] = isnan(series->values[i]) ? 0.0 : series_regressor(series, j, i);
	before = sqrt(series_product(column, column, series->count));
	*last = series_orthogonalise(q, j, column, series->count, pause);
	length = sqrt(series_product(column, column, series->count));
	if (!(length > SERIES_DEPENDENT * before))
		return 0.0;
	for (i = 0; i < series->count; i++)
		column[i] /= length;
	return length;
}

/* A coefficient, of which moved is h(t) u(t), with bounds and test. */
static SeriesEffect
series_effect(double estimate, const double *moved, size_t count, int lags, double df,
			  double confidence)
{
	SeriesEffect effect = {estimate, 0.0, {estimate, estimate}, NAN};
	double		variance = series_product(moved, moved, count);
	double		half;
	int			lag;

	for (lag = 1; lag <= lags && (size_t) lag < count; lag++)
		variance += 2.0 * (1.0 - lag / (lags + 1.0)) *
			series_product(moved, moved + lag, count - lag);
	effect.error = sqrt(fmax(variance, 0.0));
	half = t_quantile((1.0 - confidence) / 2.0, df) * effect.error;
	effect.bounds.lower -= half;
	effect.bounds.upper += half;
	if (effect.error > 0.0)
		effect.p_value = t_two_sided(estimate / effect.error, df);
	return effect;
}

/* The effect in the unit of the values, which were divided by this power of two. */
static void
series_rescale(SeriesEffect *effect, int power)
{
	effect->estimate = ldexp(effect->estimate, power);
	effect->error = ldexp(effect->error, power);
	effect->bounds.lower = ldexp(effect->bounds.lower, power);
	effect->bounds.upper = ldexp(effect->bounds.upper, power);
}

/*
 * The values in units in which the largest is about 1; how many are known, and the power
 * of two of the unit.
 */
static size_t
series_values(const Series *series, double *y, int *power)
{
	double		largest = 0.0;
	size_t		points = 0;
	size_t		i;

	for (i = 0; i < series->count; i++)
	{
		if (!isnan(series->values[i]))
		{
			largest = fmax(largest, fabs(series->values[i]));
			points++;
		}
	}
	frexp(largest, power);
	for (i = 0; i < series->count; i++)
		y[i] = isnan(series->values[i]) ? 0.0 : ldexp(series->values[i], -*power);
	return points;
}

/* Change of level and slope; scratch is room for SERIES_SCRATCH numbers. */
SeriesStatus
series_break_fit(const Series *series, double confidence, double *scratch, SeriesPause pause,
				 SeriesBreak *out)
{
	size_t		count = series->count;
	size_t		k = SERIES_COEFFICIENTS(series->seasons);
	double	   *q = scratch;
	double	   *u = q + k * count;
	double	   *moved = u + count;
	const double *q_level = q + (k - 2) * count;
	const double *q_slope = q + (k - 1) * count;
	double		length[2] = {0.0, 0.0};
	double		last = 0.0,
				slope,
				level,
				df;
	int			power;
	size_t		i,
				j;

	out->points = series_values(series, u, &power);
	out->lags = series->lags < 0 ? series_default_lags(out->points) : series->lags;
	if (out->points < k + 2)
		return SERIES_FEW;
	for (j = 0; j < k; j++)
	{
		length[0] = length[1];
		length[1] = series_column(series, j, q, &last, pause);
		if (length[1] == 0.0)
			return SERIES_COLLINEAR;
	}
	slope = series_product(q_slope, u, count) / length[1];
	level = (series_product(q_level, u, count) - last * slope) / length[0];
	series_orthogonalise(q, k, u, count, pause);
	if (series_product(u, u, count) <= SERIES_ROUNDING * SERIES_ROUNDING * (double) out->points)
	{
		for (i = 0; i < count; i++)
			u[i] = 0.0;
	}
	df = (double) (out->points - k);
	for (i = 0; i < count; i++)
		moved[i] = q_slope[i] / length[1] * u[i];
	out->slope = series_effect(slope, moved, count, out->lags, df, confidence);
	for (i = 0; i < count; i++)
		moved[i] = (q_level[i] - last * q_slope[i] / length[1]) / length[0] * u[i];
	out->level = series_effect(level, moved, count, out->lags, df, confidence);
	series_rescale(&out->level, power);
	series_rescale(&out->slope, power);
	return SERIES_GOOD;
}
