/*
 * stats_clv.c: how many purchases are to come, and what they are worth.
 *
 * BG/NBD (Fader, Hardie & Lee 2005): customers buy at their own rates, gamma
 * distributed (r, alpha), and after each repeat purchase stop for good with a
 * probability of their own, beta distributed (a, b).  Gamma-gamma (Fader & Hardie
 * 2013): amounts vary about a mean of the customer's own, which does not depend on
 * how often the customer buys.
 *
 * Pure C, no postgres.h.
 */
#include <math.h>

#include "stats.h"
#include "stats_clv.h"

/* The series below is used up to this number of purchases, the integral above it. */
#define SERIES_TERMS	2000
/* The series stops when its rest is below this part of its sum. */
#define SERIES_REST		1e-16
/* Horizons that are computed at once. */
#define SERIES_WIDTH	12
/* exp(-SERIES_EXPONENT) is still well within the range of double precision */
#define SERIES_EXPONENT	600.0
/* Terms below this part of a sum do not change it. */
#define NEGLIGIBLE		1e-17
/* At this distance a logistic curve is at its end, to within e^-LOGISTIC_END. */
#define LOGISTIC_END	40.0

/*
 * The probability that a customer has not stopped: 1 / (1 + a / (b + x - 1) * ((alpha
 * + T) / (alpha + t_x))^(r + x)), in logs, as the power overflows for frequent
 * buyers.  Nobody stops before the first repeat purchase.
 */
double
bgnbd_alive(const Bgnbd *m, double x, double recency, double age)
{
	double		odds;

	if (x == 0.0)
		return 1.0;
	odds = log(m->a / (m->b + x - 1.0)) +
		(m->r + x) * log1p((age - recency) / (m->alpha + recency));
	return odds > 0.0 ? exp(-odds) / (1.0 + exp(-odds)) : 1.0 / (1.0 + exp(odds));
}

/*
 * Purchases expected of a customer who has not stopped, by the series.
 *
 * The paper has (a+b+x-1)/(a-1) [1 - (1-z)^(r+x) 2F1(r+x, b+x; a+b+x-1; z)] with
 * z = t/(alpha+T+t), which is singular at a = 1 and at a+b+x = 1 and loses all
 * digits near it.  Written out it is
 *
 *   sum over n of NB(n) * sum over j < n of (b+x)_j / (a+b+x)_j
 *
 * where NB(n) = (1-z)^(r+x) (r+x)_n / n! z^n is the probability of n purchases if
 * nobody ever stopped, and the inner sum how many of them come before the customer
 * stops.  All terms are positive and nothing is singular.  Several ascending values
 * of s = t / (alpha + T) are computed at once, because the steps of a single one have
 * to wait for each other.  A result that takes too many steps is NAN.
 */
static void
bgnbd_purchases_series(const Bgnbd *m, double x, const double *s, int count, double *sums)
{
	double		power = m->r + x;
	double		kept = m->b + x;
	double		all = m->a + m->b + x;
	double		z[SERIES_WIDTH],
				weights[SERIES_WIDTH];
	double		stay = 1.0,
				bought = 0.0;
	int			first = 0,
				last,
				n,
				i;

	for (last = 0; last < count; last++)
	{
		double		exponent = power * log1p(s[last]);

		if (!(exponent < SERIES_EXPONENT))
			break;
		z[last] = s[last] / (1.0 + s[last]);
		weights[last] = exp(-exponent);
		sums[last] = 0.0;
	}
	for (n = 0; first < last && n < SERIES_TERMS; n++)
	{
		double		growth = (power + n) / (n + 1);

		bought += stay;
		stay *= (kept + n) / (all + n);
		for (i = first; i < last; i++)
		{
			weights[i] *= growth * z[i];
			sums[i] += weights[i] * bought;
		}
		for (; first < last; first++)
		{
			/* the rest is below term * ratio / (1 - ratio)^2 once the ratio is below 1 */
			double		fall = 1.0 - z[first] * (growth > 1.0 ? growth : 1.0);

			if (!(fall > 0.0 && weights[first] * bought <= SERIES_REST * sums[first] * fall * fall))
				break;
		}
	}
	for (i = first; i < count; i++)
		sums[i] = NAN;
}

/*
 * The same as a mean over p, the probability of stopping, which is Beta(a, b + x): (1
 * - (1 + p s)^-(r + x)) / p, weighted.  In v = logit p the integrand falls off
 * exponentially on both sides and is analytic in a strip, so that the trapezoidal
 * rule is as good as exact.  The weights are added up by the same rule, so no gamma
 * function is needed.  Takes a few hundred steps whatever the arguments.
 */
double
bgnbd_purchases_integral(const Bgnbd *m, double x, double age, double horizon)
{
	double		s = horizon / (m->alpha + age);
	double		power = m->r + x;
	double		stop = m->a,
				stay = m->b + x;
	double		width = sqrt(1.0 / stop + 1.0 / stay);
	double		step = fmin(0.18, 0.5 * width);
	double		centre = log(stop / stay);
	double		peak = -stop * log1p(exp(-centre)) - stay * log1p(exp(centre));
	/* to the left of it, all is proportional to e^(a v) */
	double		lowest = log(NEGLIGIBLE / fmax(fmax(power * s, stay), fmax(s, 1.0)));
	double		sum = 0.0,
				weights = 0.0;
	int			side;

	for (side = -1; side <= 1; side += 2)
	{
		double		rate = side < 0 ? stop : stay;
		int			k;

		for (k = side < 0 ? 1 : 0;; k++)
		{
			double		v = centre + side * k * step;
			double		p = 1.0 / (1.0 + exp(-v));
			double		weight = exp(-stop * log1p(exp(-v)) - stay * log1p(exp(v)) - peak);
			double		term = weight * -expm1(-power * log1p(p * s)) / p;

			if (side < 0 ? v < lowest : v > LOGISTIC_END)
			{
				/* a geometric series: this term and all further ones */
				sum += term / -expm1(-rate * step);
				weights += weight / -expm1(-rate * step);
				break;
			}
			sum += term;
			weights += weight;
			if (k > 0 && term <= NEGLIGIBLE * sum * -expm1(-rate * step) &&
				weight <= NEGLIGIBLE * weights * -expm1(-rate * step))
				break;
		}
	}
	return sum / weights;
}

/*
 * Purchases expected within each of ascending horizons, of a customer who has not
 * stopped, after x repeat purchases by this age.
 */
static void
bgnbd_purchases_within(const Bgnbd *m, double x, double age, const double *horizons, int count,
					   double *purchases)
{
	double		s[SERIES_WIDTH];
	int			i;

	for (i = 0; i < count; i++)
		s[i] = horizons[i] / (m->alpha + age);
	bgnbd_purchases_series(m, x, s, count, purchases);
	for (i = 0; i < count; i++)
	{
		if (isnan(purchases[i]))
			purchases[i] = bgnbd_purchases_integral(m, x, age, horizons[i]);
	}
}

/* The same within one horizon; a new customer has x = 0 and age 0. */
double
bgnbd_purchases(const Bgnbd *m, double x, double age, double horizon)
{
	double		purchases;

	if (horizon == 0.0)
		return 0.0;
	bgnbd_purchases_within(m, x, age, &horizon, 1, &purchases);
	return purchases;
}

/*
 * Mean amount expected of a customer with x repeat purchases of this mean; the mean
 * of all customers does not exist for q <= 1.
 */
double
gamma_gamma_spend(const GammaGamma *m, double x, double mean)
{
	if (!(m->q > 1.0) || (x > 0.0 && !(mean > 0.0)))
		return NAN;
	if (x == 0.0)
		return m->p * m->gamma / (m->q - 1.0);
	return m->p * (m->gamma + x * mean) / (m->p * x + m->q - 1.0);
}

/*
 * Purchases expected in the coming months of a customer who has not stopped, each
 * month's discounted from the end of the month.
 */
double
bgnbd_discounted(const Bgnbd *m, double x, double age, int months, double discount, Pause pause)
{
	double		sum = 0.0,
				before = 0.0,
				factor = 1.0;
	int			done,
				i;

	for (done = 0; done < months; done += SERIES_WIDTH)
	{
		double		horizons[SERIES_WIDTH],
					purchases[SERIES_WIDTH];
		int			count = months - done < SERIES_WIDTH ? months - done : SERIES_WIDTH;

		for (i = 0; i < count; i++)
			horizons[i] = (done + i + 1) * CLV_WEEKS_OF_MONTH;
		bgnbd_purchases_within(m, x, age, horizons, count, purchases);
		for (i = 0; i < count; i++)
		{
			factor /= 1.0 + discount;
			/* rounding must not give a month fewer than 0 purchases */
			sum += fmax(purchases[i] - before, 0.0) * factor;
			before = purchases[i];
		}
		pause();
	}
	return sum;
}

/*
 * Value of a contract that earns a margin each period as long as the customer stays,
 * first after one period (Gupta & Lehmann 2003).  NAN if there is neither churn nor
 * discount.
 */
double
margin_value(double margin, double retention, double discount)
{
	double		lost = 1.0 - retention + discount;

	return lost > 0.0 ? margin * retention / lost : NAN;
}
