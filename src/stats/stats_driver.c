/*
 * stats_driver.c: ordinary least squares and relative importance from means and
 * cross-products.
 *
 * All is computed on correlations: centred and scaled, Longley's data keep ten
 * digits.  The plain normal equations lose most of them.
 *
 * Pure C, no postgres.h.
 */
#include <math.h>

#include "special.h"
#include "stats_driver.h"

/* Coefficients of a combination below this are rounding only. */
#define COMBINATION		1e-6

/*
 * Cross-products are right to 16 digits, and coefficients lose as many of them as the
 * VIF has: beyond this fewer than six would be right, and they are not given.
 */
#define LARGEST_VIF		1e9

/* From this number of degrees of freedom on, F is a chi-square with one correction term. */
#define F_ASYMPTOTIC	1e10

/* The factors that vary, each by its place among all factors, and what is known of them. */
typedef struct Regression
{
	int			count;
	int			factor[DRIVER_MAX_FACTORS];
	Matrix		r;				/* correlations among them */
	double		r_outcome[DRIVER_MAX_FACTORS];	/* and with the outcome */
	bool		combined[DRIVER_MAX_FACTORS];	/* part of an exact combination */
	int			rank;
	int			kept[DRIVER_MAX_FACTORS];	/* the independent ones, rank of them */
	Matrix		root;			/* Cholesky root of the kept ones' correlations */
	Matrix		inverse;		/* of the root */
} Regression;

/*
 * Add the rows of a block to the sums; n counts them already.  With s the sum of the
 * distances and P the sum of their products, the means move by s / n and the
 * cross-products grow by P - s s' / n (Welford 1962 is a block of one row, Youngs &
 * Cramer 1971).  The rows that the means come from stay in the sums, so the
 * subtraction costs at most a factor of DRIVER_BLOCK + 1 in accuracy.  After that no
 * error grows with the number of rows, since the sums keep what rounding loses.
 */
void
driver_block_close(double *block, ExactSum *sums, double n, int variables)
{
	double	   *product = block + variables;
	ExactSum   *cross = sums + variables;
	int			i,
				j;

	for (i = 0; i < variables; i++)
	{
		if (product[i * (i + 1) / 2 + i] < DRIVER_SMALLEST)
			block[i] = NAN;		/* does not vary */
	}
	for (i = 0; i < variables; i++)
	{
		double		move = block[i] / n;

		if (!isnan(move))
			exact_add(&sums[i], move);
		for (j = 0; j <= i; j++, cross++, product++)
		{
			if (!isnan(move) && !isnan(block[j]))
				exact_add(cross, *product - move * block[j]);
			*product = 0.0;
		}
	}
	for (i = 0; i < variables; i++)
		block[i] = 0.0;
}

/*
 * Add the sums of other rows (Chan, Golub & LeVeque 1983): as if both had been
 * read one after the other, up to rounding.
 */
void
driver_join(ExactSum *sums, double n, const ExactSum *more, double more_n, int variables)
{
	double		distance[DRIVER_MAX_VARIABLES];
	ExactSum   *cross = sums + variables;
	const ExactSum *more_cross = more + variables;
	double		part = more_n / (n + more_n);
	int			i,
				j;

	for (i = 0; i < variables; i++)
	{
		distance[i] = (more[i].sum - sums[i].sum) + (more[i].rest - sums[i].rest);
		if (distance[i] * distance[i] < DRIVER_SMALLEST)
			distance[i] = 0.0;
		exact_add(&sums[i], distance[i] * part);
	}
	for (i = 0; i < variables; i++)
	{
		double		scaled = distance[i] * part * n;

		for (j = 0; j <= i; j++, cross++, more_cross++)
		{
			exact_add(cross, more_cross->sum);
			exact_add(cross, more_cross->rest);
			exact_add(cross, scaled * distance[j]);
		}
	}
}

/* -1, 0 or 1: an order of sums, in which -0 is 0. */
int
driver_sums_order(const ExactSum *a, const ExactSum *b, int variables)
{
	int			i;

	for (i = 0; i < DRIVER_SUMS(variables); i++)
	{
		if (a[i].sum != b[i].sum)
			return a[i].sum < b[i].sum ? -1 : 1;
		if (a[i].rest != b[i].rest)
			return a[i].rest < b[i].rest ? -1 : 1;
	}
	return 0;
}

/* --- correlations -------------------------------------------------------------------- */

static double
driver_deviation(const ExactSum *sums, int variables, int i)
{
	return sqrt(sums[DRIVER_CROSS(variables, i, i)].sum);
}

/* Pearson's correlation of variables i and j <= i, both of which vary. */
static double
driver_correlation(const ExactSum *sums, int variables, int i, int j)
{
	double		r = sums[DRIVER_CROSS(variables, i, j)].sum /
		driver_deviation(sums, variables, i) / driver_deviation(sums, variables, j);

	return clamp(r, -1.0, 1.0);
}

/* Start with the factors that vary; a constant one is left out, as in R's lm. */
static void
regression_begin(Regression *m, const ExactSum *sums, int factors)
{
	int			variables = factors + 1;
	bool		outcome_varies = driver_deviation(sums, variables, 0) > 0.0;
	int			i,
				j;

	m->count = 0;
	for (i = 1; i <= factors; i++)
	{
		if (driver_deviation(sums, variables, i) > 0.0)
			m->factor[m->count++] = i;
	}
	for (i = 0; i < m->count; i++)
	{
		for (j = 0; j < i; j++)
			m->r[i][j] = m->r[j][i] =
				driver_correlation(sums, variables, m->factor[i], m->factor[j]);
		m->r[i][i] = 1.0;
		m->r_outcome[i] = outcome_varies ?
			driver_correlation(sums, variables, m->factor[i], 0) : NAN;
		m->combined[i] = false;
	}
}

/* --- least squares ---------------------------------------------------------------------- */

/*
 * Mark a factor that is a combination of kept ones, and the kept ones that are part
 * of it: they have no coefficients of their own.  row is what the root would get.
 */
static void
regression_combine(Regression *m, int factor, const double *row)
{
	double		weight[DRIVER_MAX_FACTORS];
	int			i,
				k;

	m->combined[factor] = true;
	for (i = m->rank - 1; i >= 0; i--)
	{
		weight[i] = row[i];
		for (k = i + 1; k < m->rank; k++)
			weight[i] -= m->root[k][i] * weight[k];
		weight[i] /= m->root[i][i];
		if (fabs(weight[i]) > COMBINATION)
			m->combined[m->kept[i]] = true;
	}
}

/* Cholesky's root of the correlations, of independent factors only, and its inverse. */
static void
regression_factorise(Regression *m)
{
	int			i,
				j,
				k;

	m->rank = 0;
	for (i = 0; i < m->count; i++)
	{
		double	   *row = m->root[m->rank];
		double		rest = 1.0;

		for (j = 0; j < m->rank; j++)
		{
			row[j] = m->r[i][m->kept[j]];
			for (k = 0; k < j; k++)
				row[j] -= row[k] * m->root[j][k];
			row[j] /= m->root[j][j];
			rest -= row[j] * row[j];
		}
		if (rest < DRIVER_COLLINEAR)
			regression_combine(m, i, row);
		else
		{
			row[m->rank] = sqrt(rest);
			m->kept[m->rank++] = i;
		}
	}
	for (i = 0; i < m->rank; i++)
	{
		m->inverse[i][i] = 1.0 / m->root[i][i];
		for (j = 0; j < i; j++)
		{
			double		sum = 0.0;

			for (k = j; k < i; k++)
				sum += m->root[i][k] * m->inverse[k][j];
			m->inverse[i][j] = -sum / m->root[i][i];
		}
	}
}

/*
 * Mark factors that are nearly a combination of others, and those that are part of it.
 * Row i of the inverse of the correlations has the factor's VIF and, divided by it, its
 * coefficients on the others.
 */
static void
regression_mark_near(Regression *m)
{
	double		row[DRIVER_MAX_FACTORS];
	int			i,
				j,
				k;

	for (i = 0; i < m->rank; i++)
	{
		for (j = 0; j < m->rank; j++)
		{
			row[j] = 0.0;
			for (k = i > j ? i : j; k < m->rank; k++)
				row[j] += m->inverse[k][i] * m->inverse[k][j];
		}
		for (j = 0; j < m->rank && row[i] > LARGEST_VIF; j++)
		{
			if (fabs(row[j]) > COMBINATION * row[i])
				m->combined[m->kept[j]] = true;
		}
	}
}

/* --- all figures --------------------------------------------------------------------- */

/*
 * P(F >= f) of a model with this number of factors that explains r_squared and leaves
 * df degrees of freedom.  It is an incomplete beta function, taken of the smaller of
 * the explained and the unexplained part, which has more digits.
 */
double
f_upper_tail(double r_squared, double unexplained, double factors, double df)
{
	if (df >= F_ASYMPTOTIC)
		return gamma_upper_tail(factors / 2.0,
								-(df + factors / 2.0 - 1.0) / 2.0 * log1p(-r_squared));
	if (unexplained < 0.5)
		return beta_lower_tail(df / 2.0, factors / 2.0, unexplained);
	return beta_upper_tail(factors / 2.0, df / 2.0, r_squared);
}

/* All figures but the correlation of number i of the kept factors. */
static void
regression_figures(const Regression *m, int i, double beta, double scale, double unexplained,
				   double df, DriverFactor *out)
{
	int			k;

	out->vif = 0.0;
	for (k = i; k < m->rank; k++)
		out->vif += m->inverse[k][i] * m->inverse[k][i];
	if (!(scale > 0.0))
		return;
	out->std_beta = beta;
	out->coefficient = beta * scale;
	out->std_error = scale * sqrt(unexplained * out->vif / df);
	if (!(unexplained > 0.0))
		return;
	out->t_statistic = out->coefficient / out->std_error;
	out->p_value = t_two_sided(out->t_statistic, df);
}

/*
 * All figures of a model of n rows; NAN where one does not exist.  With fewer than
 * factors + 2 rows no degree of freedom is left and there are no figures.  If the
 * outcome does not vary, only the VIFs exist.  A factor that does not vary has no
 * figures, and the others are computed without it.  Factors that are a combination of
 * each other, or nearly so, have only their correlations, relative weights and shares.
 * If the outcome is explained entirely, nothing is left to test.
 */
void
driver_regression(const ExactSum *sums, double n, int factors, DriverFactor *out, DriverFit *fit)
{
	static const DriverFactor no_factor = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
	static const DriverFit no_fit = {NAN, NAN, NAN, NAN, NAN};
	int			variables = factors + 1;
	Regression	m;
	double		along[DRIVER_MAX_FACTORS],
				weight[DRIVER_MAX_FACTORS];
	double		r_squared = 0.0,
				all_weights = 0.0;
	double		unexplained;
	double		deviation = driver_deviation(sums, variables, 0);
	double		df;
	int			i,
				k;

	*fit = no_fit;
	for (i = 0; i < factors; i++)
		out[i] = no_factor;
	if (n < factors + 2.0)
		return;
	regression_begin(&m, sums, factors);
	regression_factorise(&m);
	regression_mark_near(&m);
	if (m.rank == 0)
		return;
	df = n - m.rank - 1.0;
	for (i = 0; i < m.rank; i++)
	{
		along[i] = 0.0;
		for (k = 0; k <= i; k++)
			along[i] += m.inverse[i][k] * m.r_outcome[m.kept[k]];
		r_squared += along[i] * along[i];
	}
	unexplained = 1.0 - r_squared;
	if (unexplained < DRIVER_COLLINEAR)
	{
		unexplained = 0.0;
		r_squared = 1.0;
	}
	fit->r_squared = r_squared;
	fit->adjusted_r_squared = 1.0 - unexplained * ((n - 1.0) / df);
	fit->intercept = sums[0].sum;
	if (unexplained > 0.0)
	{
		fit->f_statistic = r_squared / m.rank / (unexplained / df);
		fit->p_value = f_upper_tail(r_squared, unexplained, m.rank, df);
	}
	relative_weights(m.r, m.r_outcome, m.count, weight);
	for (i = 0; i < m.count; i++)
		all_weights += weight[i];
	for (i = 0; i < m.count; i++)
	{
		DriverFactor *f = &out[m.factor[i] - 1];

		f->correlation = m.r_outcome[i];
		f->relative_weight = weight[i];
		f->share = weight[i] / all_weights;
	}
	for (i = 0; i < m.rank; i++)
	{
		int			factor = m.factor[m.kept[i]];
		double		beta = 0.0;

		if (m.combined[m.kept[i]])
		{
			fit->intercept = NAN;
			continue;
		}
		for (k = i; k < m.rank; k++)
			beta += m.inverse[k][i] * along[k];
		regression_figures(&m, i, beta, deviation / driver_deviation(sums, variables, factor),
						   unexplained, df, &out[factor - 1]);
		fit->intercept -= out[factor - 1].coefficient * sums[factor].sum;
	}
}
