/*
 * stats_effect.c: difference in differences: what changed in the treated group, less what
 * changed in the control group over the same time.
 *
 * The four groups come in this order: treated after, treated before, control after,
 * control before; the effect is (1st - 2nd) - (3rd - 4th).  Customers who were asked
 * twice come as pairs: the variance of their differences, not that of two groups.
 *
 * Pure C, no postgres.h.
 */
#include <math.h>

#include "special.h"
#include "stats_effect.h"

#define EFFECT_GROUPS	4

/* The signs of the groups in the effect. */
static const double effect_sign[EFFECT_GROUPS] = {1.0, -1.0, -1.0, 1.0};

/*
 * Bounds of treated - control from those of both, as distances from their estimates
 * squared and added (MOVER, Zou & Donner 2008).
 */
static void
effect_mover(double treated, Bounds t, double control, Bounds c, double limit, Comparison *out)
{
	double		effect = treated - control;

	out->lower = clamp(effect - hypot(treated - t.lower, c.upper - control), -limit, limit);
	out->upper = clamp(effect + hypot(t.upper - treated, control - c.lower), -limit, limit);
}

/*
 * Of shares: bounds from two Newcombe intervals; a z of the four shares with one success
 * and one failure added to each, and of their unpooled variances.  With raw shares above
 * these variances, groups of ten raise false alarms in 9 % of cases.
 */
bool
share_effect(const Share *groups, double confidence, Comparison *out)
{
	Comparison	treated,
				control;
	double		effect = 0.0,
				variance = 0.0;
	int			i;

	*out = no_comparison;
	if (!share_comparison(groups[0], groups[1], confidence, &treated) ||
		!share_comparison(groups[2], groups[3], confidence, &control))
		return false;
	for (i = 0; i < EFFECT_GROUPS; i++)
	{
		Share		a = {groups[i].good + 1.0, groups[i].n + 2.0};

		effect += effect_sign[i] * (a.good / a.n);
		variance += share_variance(a) / a.n;
	}
	effect_mover(groups[0].good / groups[0].n - groups[1].good / groups[1].n,
				 (Bounds) {treated.lower, treated.upper},
				 groups[2].good / groups[2].n - groups[3].good / groups[3].n,
				 (Bounds) {control.lower, control.upper}, 2.0, out);
	out->statistic = effect / sqrt(variance);
	out->p_value = normal_two_sided(out->statistic);
	return true;
}

/* Bounds around a centre, widened to hold the raw effect. */
static void
effect_bounds(double center, double half, double raw, double limit, Comparison *out)
{
	out->lower = fmin(raw, fmax(0.0 - limit, center - half));
	out->upper = fmax(raw, fmin(limit, center + half));
}

/* Of NPS: z and bounds on the (3, T)-adjusted scores, as nps_comparison. */
bool
nps_effect(const Promotion *groups, double confidence, Comparison *out)
{
	double		raw = 0.0,
				effect = 0.0,
				variance = 0.0;
	int			i;

	*out = no_comparison;
	for (i = 0; i < EFFECT_GROUPS; i++)
	{
		Promotion	a = promotion_adjusted(groups[i]);

		if (!(groups[i].n > 0.0))
			return false;
		raw += effect_sign[i] * net_promotion(groups[i]);
		effect += effect_sign[i] * net_promotion(a);
		variance += promotion_variance(a) / a.n;
	}
	effect_bounds(effect, confidence_z(confidence) * sqrt(variance), raw, 4.0, out);
	out->statistic = effect / sqrt(variance);
	out->p_value = normal_two_sided(out->statistic);
	return true;
}

/*
 * Of means of answers on lo..hi: the method of bounded_comparison, with the degrees of
 * freedom of Welch (1947) over all four groups.
 */
bool
bounded_effect(const Moments *groups, double lo, double hi, double confidence, Comparison *out)
{
	double		raw = 0.0,
				effect = 0.0,
				variance = 0.0,
				squares = 0.0,
				df;
	int			i;

	*out = no_comparison;
	if (!(hi > lo))
		return false;
	for (i = 0; i < EFFECT_GROUPS; i++)
	{
		Moments		a = bounded_answers(groups[i], lo, hi);
		double		part = a.variance / a.n;

		if (!(groups[i].n > 0.0))
			return false;
		raw += effect_sign[i] * groups[i].mean;
		effect += effect_sign[i] * a.mean;
		variance += part;
		squares += part * part / (a.n - 1.0);
	}
	df = variance * variance / squares;
	effect_bounds(effect, t_quantile((1.0 - confidence) / 2.0, df) * sqrt(variance), raw,
				  2.0 * (hi - lo), out);
	out->statistic = effect / sqrt(variance);
	out->p_value = t_two_sided(out->statistic, df);
	return true;
}

/* --- pairs ------------------------------------------------------------------------------ */

/*
 * Variance of the mean of after - before, with one pair that gained and one that lost
 * added (Bonett & Price 2012).
 */
static double
change_variance(Change change)
{
	double		n = change.both + change.lost + change.gained + change.neither + 2.0;
	Promotion	moved = {change.gained + 1.0, change.lost + 1.0, n};

	return promotion_variance(moved) / n;
}

/* Of shares of the same people: bounds from two of Newcombe's paired intervals. */
bool
change_effect(Change treated, Change control, double confidence, Comparison *out)
{
	Comparison	t,
				c;
	double		difference_t = (treated.gained - treated.lost) / change_before(treated).n;
	double		difference_c = (control.gained - control.lost) / change_before(control).n;

	*out = no_comparison;
	if (!change_comparison(treated, confidence, &t) || !change_comparison(control, confidence, &c))
		return false;
	effect_mover(difference_t, (Bounds) {t.lower, t.upper}, difference_c,
				 (Bounds) {c.lower, c.upper}, 2.0, out);
	out->statistic = (difference_t - difference_c) /
		sqrt(change_variance(treated) + change_variance(control));
	out->p_value = normal_two_sided(out->statistic);
	return true;
}

/* Of means of the same people on a scale of this width, with a pseudo-pair in each group. */
bool
bounded_difference_effect(Moments treated, Moments control, double width, double confidence,
						  Comparison *out)
{
	double		raw = treated.mean - control.mean;

	*out = no_comparison;
	if (!(treated.n > 0.0 && control.n > 0.0 && width > 0.0))
		return false;
	welch_comparison(bounded_pair(treated, width), bounded_pair(control, width), confidence, out);
	out->lower = fmin(raw, fmax(0.0 - 2.0 * width, out->lower));
	out->upper = fmax(raw, fmin(2.0 * width, out->upper));
	return true;
}
