/*
 * stats_driver.c: least squares and relative weights against R 4.2.2 (lm, eigen, pf).
 * However rows are put together, the figures are the same.  Edges by hand.
 */
#include <math.h>
#include <string.h>

#include "stats/stats_driver.h"
#include "unit.h"

#define ROWS	30

typedef struct Model
{
	ExactSum	sums[DRIVER_SUMS(5)];
	double		n;
	int			factors;
	DriverFactor factor[4];
	DriverFit	fit;
} Model;

/* Row i = 1 .. 30: an outcome, three factors, and a fourth of this kind. */
static void
row(int i, int kind, double offset, double *v)
{
	v[1] = i * 37 % 11;
	v[2] = i * i % 7 + v[1] / 4.0;
	v[3] = i * 13 % 17 - v[2];
	v[0] = 2.0 * v[1] - 0.5 * v[2] + 0.1 * v[3] + i * 29 % 5 + offset;
	v[1] += offset;
	v[2] += offset;
	v[3] += offset;
	v[4] = kind == 0 ? 7.1 : 2.0 * v[1] - 0.1 * v[3];
}

/* The sums of rows from..to, by blocks of so many. */
static void
put(Model *m, int factors, int kind, double offset, int from, int to, int size)
{
	double		block[DRIVER_SUMS(5)] = {0};
	double		v[5];
	int			i,
				j;

	memset(m, 0, sizeof(*m));
	m->factors = factors;
	for (i = from; i <= to; i++)
	{
		row(i, kind, offset, v);
		m->n += 1.0;
		if (i == from)
		{
			for (j = 0; j <= factors; j++)
				m->sums[j].sum = v[j];
			continue;
		}
		driver_block_put(block, m->sums, factors + 1, v);
		if ((i - from) % size == 0 || i == to)
			driver_block_close(block, m->sums, m->n, factors + 1);
	}
}

static void
solve(Model *m)
{
	driver_regression(m->sums, m->n, m->factors, m->factor, &m->fit);
}

static void
test_regression(void)
{
	static const double want[3][9] = {
		{
			0.95654678226930656, 1.9468158337611934, 0.11661537519002622,
			1.0833916708166451, 16.694332377603146, 2.0535637302727817e-15,
			1.7928166278123205, 0.78372051789689456, 0.8347006680859543
		},
		{
			0.53243157676697372, -0.54538407459157112, 0.2015672285469178,
			-0.17582252968957035, -2.7057179806618454, 0.011871004326773798,
			1.7975748847423587, 0.15142063756234642, 0.16127038204187932
		},
		{
			-0.051798250247540596, 0.085453045824524093, 0.057516496078323397,
			0.072923633557712517, 1.4857136934794837, 0.14938052563625842,
			1.0255795354557116, 0.0037828778640309948, 0.004028949872165585
		}
	};
	static const char *const names[] = {"correlation", "coefficient", "its error", "beta", "t", "p",
										"vif", "weight", "share"};
	Model		m;
	int			i,
				j;

	put(&m, 3, 0, 0.0, 1, ROWS, 16);
	solve(&m);
	for (i = 0; i < 3; i++)
	{
		for (j = 0; j < 9; j++)
			near(names[j], ((double *) &m.factor[i])[j], want[i][j], 1e-12);
	}
	near("r squared", m.fit.r_squared, 0.93892403332327157, 1e-14);
	near("adjusted", m.fit.adjusted_r_squared, 0.9318768063990337, 1e-14);
	near("F", m.fit.f_statistic, 133.23312040569911, 1e-12);
	near("p of F", m.fit.p_value, 6.6877132613444901e-16, 1e-11);
	near("intercept", m.fit.intercept, 2.4975731054679535, 1e-12);
	near("weights add up to r squared",
		 m.factor[0].relative_weight + m.factor[1].relative_weight + m.factor[2].relative_weight,
		 m.fit.r_squared, 1e-14);
}

/* R's lm without the factor that does not vary; combinations by hand. */
static void
test_degenerate(void)
{
	Model		m;
	int			i;

	put(&m, 4, 0, 0.0, 1, ROWS, 16);
	solve(&m);
	near("beside a constant", m.factor[0].coefficient, 1.9468158337611934, 1e-12);
	near("t beside a constant", m.factor[1].t_statistic, -2.7057179806618454, 1e-12);
	near("intercept beside a constant", m.fit.intercept, 2.4975731054679535, 1e-12);
	truth("a constant has no figures", isnan(m.factor[3].correlation) &&
		  isnan(m.factor[3].coefficient) && isnan(m.factor[3].vif) && isnan(m.factor[3].share));
	put(&m, 4, 1, 0.0, 1, ROWS, 16);
	solve(&m);
	near("beside a combination of others", m.factor[1].coefficient, -0.54538407459157112, 1e-11);
	near("vif beside it", m.factor[1].vif, 1.7975748847423587, 1e-11);
	near("r squared with it", m.fit.r_squared, 0.93892403332327157, 1e-13);
	near("correlation in it", m.factor[2].correlation, -0.051798250247540596, 1e-12);
	truth("no factor of the combination has a coefficient", isnan(m.factor[0].coefficient) &&
		  isnan(m.factor[2].vif) && isnan(m.factor[3].p_value) && isnan(m.fit.intercept));
	near("but weights add up to r squared", m.factor[0].relative_weight +
		 m.factor[1].relative_weight + m.factor[2].relative_weight + m.factor[3].relative_weight,
		 m.fit.r_squared, 1e-13);
	near("and shares to 1", m.factor[0].share + m.factor[1].share + m.factor[2].share +
		 m.factor[3].share, 1.0, 1e-15);
	put(&m, 3, 0, 0.0, 1, 5, 1);
	solve(&m);
	truth("five rows are enough for three factors", !isnan(m.factor[0].p_value));
	put(&m, 3, 0, 0.0, 1, 4, 1);
	solve(&m);
	truth("four rows are not", isnan(m.factor[0].correlation) && isnan(m.factor[0].vif) &&
		  isnan(m.fit.r_squared) && isnan(m.fit.intercept));
	put(&m, 3, 0, 0.0, 1, ROWS, 16);
	memset(&m.sums[DRIVER_CROSS(4, 0, 0)], 0, sizeof(ExactSum));
	for (i = 1; i < 4; i++)
		m.sums[DRIVER_CROSS(4, i, 0)] = (ExactSum) {0, 0};
	solve(&m);
	near("a constant outcome leaves the vif", m.factor[0].vif, 1.7928166278123205, 1e-12);
	truth("and no other figure", isnan(m.factor[0].correlation) && isnan(m.factor[0].coefficient) &&
		  isnan(m.factor[0].share) && isnan(m.fit.r_squared) && isnan(m.fit.f_statistic) &&
		  isnan(m.fit.intercept));
}

/* An outcome that its factor explains entirely. */
static void
test_exact(void)
{
	double		block[DRIVER_SUMS(2)] = {0};
	ExactSum	sums[DRIVER_SUMS(2)] = {{3.0, 0.0}, {1.0, 0.0}};
	DriverFactor factor;
	DriverFit	fit;
	int			i;

	for (i = 2; i <= 10; i++)
	{
		double		v[2] = {1.0 + 2.0 * i, i};

		driver_block_put(block, sums, 2, v);
		driver_block_close(block, sums, i, 2);
	}
	near("sum of squares", sums[DRIVER_CROSS(2, 1, 1)].sum, 82.5, 1e-15);
	driver_regression(sums, 10, 1, &factor, &fit);
	truth("explained entirely", fit.r_squared == 1.0 && factor.std_error == 0.0 &&
		  isnan(factor.t_statistic) && isnan(factor.p_value) && isnan(fit.p_value));
	near("its slope", factor.coefficient, 2.0, 1e-15);
	near("its intercept", fit.intercept, 1.0, 1e-13);
}

/* Far from 0, in blocks of any size, and merged, the figures are the same. */
static void
test_merged(void)
{
	Model		m,
				part;
	int			at;

	put(&m, 3, 0, 1e6, 1, ROWS, 1);
	solve(&m);
	near("far from 0", m.factor[1].coefficient,
		 -0.54538407459157112, 1e-8);	/* digits that the data lose themselves */
	for (at = 1; at < ROWS; at += 7)
	{
		put(&m, 3, 0, 0.0, 1, at, 5);
		put(&part, 3, 0, 0.0, at + 1, ROWS, 16);
		driver_join(m.sums, m.n, part.sums, part.n, 4);
		m.n += part.n;
		solve(&m);
		near("merged coefficient", m.factor[1].coefficient, -0.54538407459157112, 1e-13);
		near("merged weight", m.factor[2].relative_weight, 0.0037828778640309948, 1e-12);
		near("merged intercept", m.fit.intercept, 2.4975731054679535, 1e-13);
	}
}

/* Ten million rows around 1e8: a plain sum of squares would lose all digits. */
static void
test_many(void)
{
	double		block[DRIVER_SUMS(2)] = {0};
	ExactSum	sums[DRIVER_SUMS(2)] = {{1e8, 0.0}, {1e8, 0.0}};
	double		v[2];
	int			i;

	for (i = 1; i < 10000000; i++)
	{
		v[0] = 1e8 + i % 10;
		v[1] = 1e8 + i % 2;
		driver_block_put(block, sums, 2, v);
		if (i % DRIVER_BLOCK == 0 || i == 9999999)
			driver_block_close(block, sums, i + 1.0, 2);
	}
	near("mean", sums[0].sum, 1e8 + 4.5, 1e-16);
	near("squares", sums[DRIVER_CROSS(2, 0, 0)].sum, 8.25e7, 1e-15);
	near("products", sums[DRIVER_CROSS(2, 1, 0)].sum, 2.5e6, 1e-14);
	near("squares of two values", sums[DRIVER_CROSS(2, 1, 1)].sum, 2.5e6, 1e-15);
}

static double
tail(double f, double factors, double df)
{
	return f_upper_tail(factors * f / (df + factors * f), df / (df + factors * f), factors, df);
}

void
test_stats_driver(void)
{
	test_regression();
	test_degenerate();
	test_exact();
	test_merged();
	test_many();
	/* mpmath: F of 3.1 with 3 and many degrees of freedom */
	near("F of a hundred thousand", tail(3.1, 3, 1e5), 0.0255615178713780612, 1e-12);
	near("F of a thousand million", tail(3.1, 3, 1e9), 0.0255570285561908744, 1e-12);
	near("F beyond", tail(3.1, 3, 2e10), 0.0255570281296733784, 1e-12);
	near("nothing explained", f_upper_tail(0.0, 1.0, 3, 26), 1.0, 0.0);
}
