/*
 * stats_clv_fit.c: BG/NBD and gamma-gamma by maximum likelihood.
 *
 * Both are fitted in the logarithms of their parameters, from several starts, by the
 * mean log-likelihood of the customers.  Histories come sorted, equal ones as one
 * entry: the gamma functions, which depend on the number of purchases alone, are
 * computed once for each such number, and the result does not depend on the order of
 * the histories.
 *
 * Pure C, no postgres.h; the caller brings the memory.
 */
#include <math.h>
#include <string.h>

#include "special.h"
#include "stats.h"
#include "stats_clv.h"
#include "stats_optimum.h"

/*
 * A parameter may be up to WALL powers of e away from 1 (alpha from the mean age,
 * gamma from the mean amount).  Beyond NEAR it is on its way to 0 or to infinity.
 */
#define WALL	20.0
#define NEAR	14.0
/* Penalty on the likelihood for each squared power of e, where it has to be held back. */
#define HOLD	1e-9

#define PAUSE_EVERY	65536

/* Below this curvature the likelihood tells nothing: logarithms are uncertain by 1000s. */
#define FLAT	1e-7

/* What the objectives need. */
typedef struct ClvData
{
	const ClvEntry *entries;
	size_t		count;
	double		customers;		/* customers counted: all, or those with a mean amount */
	double		scale;			/* the unit of alpha or gamma */
	double		constant;		/* the part of the likelihood without parameters */
	Pause		pause;
} ClvData;

/* --- entries ---------------------------------------------------------------------- */

static int
order_of(double a, double b)
{
	return (a > b) - (a < b);
}

/* Order of two entries by frequency, recency, age and amount: negative, 0 or positive. */
int
clv_entry_order(const ClvEntry *a, const ClvEntry *b)
{
	int			order = (a->frequency > b->frequency) - (a->frequency < b->frequency);

	if (order == 0)
		order = order_of(a->recency, b->recency);
	if (order == 0)
		order = order_of(a->age, b->age);
	if (order == 0)
		order = order_of(a->monetary, b->monetary);
	return order;
}

/* Merge sorted entries that are equal; returns how many are left. */
size_t
clv_entries_merge(ClvEntry *entries, size_t count)
{
	size_t		kept = 0;
	size_t		i;

	for (i = 0; i < count; i++)
	{
		if (kept > 0 && clv_entry_order(&entries[kept - 1], &entries[i]) == 0 &&
			entries[i].customers <= UINT32_MAX - entries[kept - 1].customers)
			entries[kept - 1].customers += entries[i].customers;
		else
			entries[kept++] = entries[i];
	}
	return kept;
}

/* Parameters from their logarithms; false beyond the wall. */
static bool
within_wall(const double *point, int dimension, double *parameters)
{
	int			i;

	for (i = 0; i < dimension; i++)
	{
		if (!(fabs(point[i]) <= WALL))
			return false;
		parameters[i] = exp(point[i]);
	}
	return true;
}

/* An objective with a penalty, so that it does not go far for next to no gain. */
typedef struct Held
{
	Objective	objective;
	ClvData    *data;
	int			dimension;
} Held;

static double
held_objective(const double *point, double *gradient, void *pointer)
{
	const Held *held = pointer;
	double		value = held->objective(point, gradient, held->data);
	int			i;

	for (i = 0; isfinite(value) && i < held->dimension; i++)
	{
		value += HOLD * point[i] * point[i];
		gradient[i] += 2.0 * HOLD * point[i];
	}
	return value;
}

/*
 * The best fit from several starts, to full accuracy.  Where customers do not differ
 * in something, such as when they stop, the likelihood rises for ever, by less and
 * less, on the way to infinite parameters.  With the penalty it has a maximum, below
 * the limit by a negligible 3e-8 for each customer.  False if it rises without limit.
 */
static bool
fit(Objective objective, ClvData *data, int dimension, const double *starts, int count,
	double *best, double *value)
{
	Held		held = {objective, data, dimension};
	double		exact[OPTIMUM_MAX_DIMENSION],
				gradient[OPTIMUM_MAX_DIMENSION];
	double		lowest = INFINITY;
	int			i;

	for (i = 0; i < count; i++)
	{
		double		point[OPTIMUM_MAX_DIMENSION];
		double		level;

		memcpy(point, starts + i * dimension, dimension * sizeof(double));
		level = descend(objective, data, dimension, NEAR, point);
		if (!(level < lowest))
			continue;
		lowest = level;
		memcpy(best, point, dimension * sizeof(double));
	}
	if (!isfinite(lowest))
		return false;
	memcpy(exact, best, dimension * sizeof(double));
	if (polish(objective, data, dimension, NEAR, FLAT, exact, value))
	{
		memcpy(best, exact, dimension * sizeof(double));
		return true;
	}
	descend(held_objective, &held, dimension, WALL, best);
	if (!polish(held_objective, &held, dimension, WALL, HOLD, best, value))
		return false;
	*value = objective(best, gradient, data);
	return true;
}

/* --- gamma-gamma -------------------------------------------------------------------- */

/*
 * Minus the mean log-likelihood.  That of x purchases of mean z is
 *
 *   log Gamma(px+q) - log Gamma(px) - log Gamma(q) - log z
 *     - px log(1 + gamma / (x z)) - q log(1 + x z / gamma)
 */
static double
gamma_gamma_objective(const double *point, double *gradient, void *pointer)
{
	const ClvData *data = pointer;
	double		parameters[GAMMA_GAMMA_PARAMETERS];
	double		q,
				gamma,
				sum = data->constant,
				by_p = 0.0,
				by_q = 0.0,
				by_gamma = 0.0;
	size_t		i = 0;

	if (!within_wall(point, GAMMA_GAMMA_PARAMETERS, parameters))
		return INFINITY;
	q = parameters[1];
	gamma = parameters[2] * data->scale;
	while (i < data->count)
	{
		double		x = data->entries[i].frequency;
		double		px = parameters[0] * x;
		double		n = 0.0,
					below = 0.0,
					above = 0.0;

		for (; i < data->count && data->entries[i].frequency == x; i++)
		{
			double		customers = data->entries[i].customers;
			double		total = x * data->entries[i].monetary;

			if (i % PAUSE_EVERY == 0)
				data->pause();
			if (!(total > 0.0))
				continue;
			n += customers;
			below += customers * log1p(gamma / total);
			above += customers * log1p(total / gamma);
			by_gamma += customers * (q * total - px * gamma) / (gamma + total);
		}
		if (n == 0.0)
			continue;
		sum += n * (log_gamma_rise(fmax(px, q), fmin(px, q)) - log_gamma(fmin(px, q))) -
			px * below - q * above;
		by_p += px * (n * digamma_rise(px, q) - below);
		by_q += q * (n * digamma_rise(q, px) - above);
	}
	gradient[0] = -by_p / data->customers;
	gradient[1] = -by_q / data->customers;
	gradient[2] = -by_gamma / data->customers;
	return -sum / data->customers;
}

/*
 * Fit gamma-gamma to sorted entries; entries without repeat purchases or amounts are
 * left out.  False if it cannot be fitted.
 */
bool
gamma_gamma_fit(const ClvEntry *entries, size_t count, Pause pause,
				GammaGamma *model, double *log_likelihood)
{
	static const double starts[][GAMMA_GAMMA_PARAMETERS] = {
		{1.0, 1.0, 1.0}, {0.0, 2.0, 2.0}, {3.0, 1.0, -2.0}, {2.0, 3.0, 0.0}
	};
	ClvData		data = {entries, count, 0.0, 0.0, 0.0, pause};
	double		best[GAMMA_GAMMA_PARAMETERS];
	double		total = 0.0,
				logs = 0.0;
	double		value;
	size_t		i;

	for (i = 0; i < count; i++)
	{
		if (entries[i].frequency == 0 || !(entries[i].monetary > 0.0))
			continue;
		data.customers += entries[i].customers;
		total += entries[i].customers * entries[i].monetary;
		logs += entries[i].customers * log(entries[i].monetary);
	}
	if (data.customers < 2.0)
		return false;
	data.scale = total / data.customers;
	data.constant = -logs;
	if (!fit(gamma_gamma_objective, &data, GAMMA_GAMMA_PARAMETERS, starts[0],
			 sizeof(starts) / sizeof(starts[0]), best, &value))
		return false;
	model->p = exp(best[0]);
	model->q = exp(best[1]);
	model->gamma = exp(best[2]) * data.scale;
	*log_likelihood = -value * data.customers;
	return true;
}

/* --- BG/NBD --------------------------------------------------------------------------- */

/*
 * Minus the mean log-likelihood.  That of x purchases, the last at t_x, by T is
 *
 *   log Gamma(r+x) - log Gamma(r) - r log(1 + T/alpha) - x log(alpha+T)
 *     + log Gamma(a+b) + log Gamma(b+x) - log Gamma(b) - log Gamma(a+b+x)
 *     + log(1 + [x > 0] a / (b+x-1) ((alpha+T) / (alpha+t_x))^(r+x))
 */
static double
bgnbd_objective(const double *point, double *gradient, void *pointer)
{
	const ClvData *data = pointer;
	double		parameters[BGNBD_PARAMETERS];
	double		r,
				alpha,
				a,
				b,
				sum = data->constant,
				by_r = 0.0,
				by_alpha = 0.0,
				by_a = 0.0,
				by_b = 0.0;
	size_t		i = 0;

	if (!within_wall(point, BGNBD_PARAMETERS, parameters))
		return INFINITY;
	r = parameters[0];
	alpha = parameters[1] * data->scale;
	a = parameters[2];
	b = parameters[3];
	while (i < data->count)
	{
		double		x = data->entries[i].frequency;
		double		chance = x > 0.0 ? log(a / (b + x - 1.0)) : 0.0;
		double		n = 0.0,
					stopped = 0.0,	/* customers who stopped, by their odds */
					time = 0.0,
					level = 0.0;

		for (; i < data->count && data->entries[i].frequency == x; i++)
		{
			const ClvEntry *entry = &data->entries[i];
			double		customers = entry->customers;
			double		end = alpha + entry->age;
			double		since = entry->age - entry->recency;
			double		late = log1p(entry->age / alpha);

			if (i % PAUSE_EVERY == 0)
				data->pause();
			n += customers;
			time += customers * late;
			by_alpha += customers * (r * entry->age - x * alpha) / end;
			if (x > 0.0)
			{
				double		last = alpha + entry->recency;
				double		silent = log1p(since / last);
				double		odds = chance + (r + x) * silent;
				double		small = exp(-fabs(odds));
				double		share = customers * (odds > 0.0 ? 1.0 : small) / (1.0 + small);

				level += customers * (fmax(odds, 0.0) + log1p(small));
				stopped += share;
				by_r += share * r * silent;
				by_alpha -= share * (r + x) * alpha * since / (last * end);
			}
		}
		sum += level - r * time - x * (time + n * point[1]) +
			n * (log_gamma_rise(r, x) + log_gamma_rise(b, x) - log_gamma_rise(a + b, x));
		by_r += r * (n * digamma_rise(r, x) - time);
		by_a += stopped - a * n * digamma_rise(a + b, x);
		by_b += b * n * (digamma_rise(b, x) - digamma_rise(a + b, x));
		if (x > 0.0)
			by_b -= stopped * b / (b + x - 1.0);
	}
	gradient[0] = -by_r / data->customers;
	gradient[1] = -by_alpha / data->customers;
	gradient[2] = -by_a / data->customers;
	gradient[3] = -by_b / data->customers;
	return -sum / data->customers;
}

/*
 * Fit BG/NBD to sorted entries, merging those that differ only in the amount, which
 * is lost.  False if it cannot be fitted, for example without repeat purchases.
 */
bool
bgnbd_fit(ClvEntry *entries, size_t count, Pause pause, Bgnbd *model, double *log_likelihood)
{
	/* r and the mean probability of stopping; alpha follows from the mean rate */
	static const double guesses[][3] = {
		{0.25, 1.0, 3.0}, {1.0, 0.5, 5.0}, {3.0, 1.0, 1.0}, {0.7, 0.05, 2.0}
	};
	double		starts[sizeof(guesses) / sizeof(guesses[0])][BGNBD_PARAMETERS];
	ClvData		data = {entries, 0, 0.0, 0.0, 0.0, pause};
	double		best[BGNBD_PARAMETERS];
	double		age = 0.0,
				repeats = 0.0;
	double		value;
	size_t		i;

	for (i = 0; i < count; i++)
	{
		entries[i].monetary = 0.0;
		data.customers += entries[i].customers;
		age += entries[i].customers * entries[i].age;
		repeats += (double) entries[i].customers * entries[i].frequency;
	}
	if (data.customers < 2.0 || !(repeats > 0.0) || !(age > 0.0))
		return false;
	data.count = clv_entries_merge(entries, count);
	data.scale = age / data.customers;
	data.constant = -repeats * log(data.scale);
	for (i = 0; i < sizeof(guesses) / sizeof(guesses[0]); i++)
	{
		starts[i][0] = log(guesses[i][0]);
		starts[i][1] = clamp(log(guesses[i][0] / (repeats / data.customers)), -NEAR, NEAR);
		starts[i][2] = log(guesses[i][1]);
		starts[i][3] = log(guesses[i][2]);
	}
	if (!fit(bgnbd_objective, &data, BGNBD_PARAMETERS, starts[0],
			 sizeof(guesses) / sizeof(guesses[0]), best, &value))
		return false;
	model->r = exp(best[0]);
	model->alpha = exp(best[1]) * data.scale;
	model->a = exp(best[2]);
	model->b = exp(best[3]);
	*log_likelihood = -value * data.customers;
	return true;
}
