/*
 * stats_clv_likelihood.c: the likelihoods of BG/NBD and gamma-gamma.
 *
 * Both are means over customers, in the logarithms of the parameters.  Histories come
 * sorted, equal ones as one entry: the gamma functions, which depend on the number of
 * purchases alone, are computed once for each such number, and the result does not
 * depend on the order of the histories.
 *
 * Pure C, no postgres.h; the caller brings the memory.
 */
#include <math.h>

#include "special.h"
#include "stats.h"
#include "stats_clv_likelihood.h"

#define PAUSE_EVERY	65536

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

/* --- gamma-gamma -------------------------------------------------------------------- */

/*
 * What the objective needs of sorted entries; those without repeat purchases or amounts
 * are left out.  False if there are too few.
 */
bool
gamma_gamma_data(const ClvEntry *entries, size_t count, Pause pause, ClvData *data)
{
	double		total = 0.0,
				logs = 0.0;
	size_t		i;

	*data = (ClvData) {.entries = entries, .count = count, .pause = pause};
	for (i = 0; i < count; i++)
	{
		if (entries[i].frequency == 0 || !(entries[i].monetary > 0.0))
			continue;
		data->customers += entries[i].customers;
		total += entries[i].customers * entries[i].monetary;
		logs += entries[i].customers * log(entries[i].monetary);
	}
	data->scale = total / data->customers;
	data->constant = -logs;
	return data->customers >= 2.0;
}

/*
 * Minus the mean log-likelihood.  That of x purchases of mean z is
 *
 *   log Gamma(px+q) - log Gamma(px) - log Gamma(q) - log z
 *     - px log(1 + gamma / (x z)) - q log(1 + x z / gamma)
 */
double
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

/* --- BG/NBD --------------------------------------------------------------------------- */

/*
 * What the objective needs of sorted entries; those that differ only in the amount are
 * merged, which loses it.  False without repeat purchases, or with too few customers.
 */
bool
bgnbd_data(ClvEntry *entries, size_t count, Pause pause, ClvData *data)
{
	double		age = 0.0;
	size_t		i;

	*data = (ClvData) {.entries = entries, .pause = pause};
	for (i = 0; i < count; i++)
	{
		entries[i].monetary = 0.0;
		data->customers += entries[i].customers;
		age += entries[i].customers * entries[i].age;
		data->repeats += (double) entries[i].customers * entries[i].frequency;
	}
	data->count = clv_entries_merge(entries, count);
	data->scale = age / data->customers;
	data->constant = -data->repeats * log(data->scale);
	return data->customers >= 2.0 && data->repeats > 0.0 && age > 0.0;
}

/*
 * Minus the mean log-likelihood.  That of x purchases, the last at t_x, by T is
 *
 *   log Gamma(r+x) - log Gamma(r) - r log(1 + T/alpha) - x log(alpha+T)
 *     + log Gamma(a+b) + log Gamma(b+x) - log Gamma(b) - log Gamma(a+b+x)
 *     + log(1 + [x > 0] a / (b+x-1) ((alpha+T) / (alpha+t_x))^(r+x))
 */
double
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
