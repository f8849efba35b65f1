/*
 * stats_change.c: the parts that segments have in the change of a KPI.
 *
 * Kitagawa (1955), symmetric in both periods.  A segment has the share w of a period's
 * answers and the value m, the period the value M, which is the sum of w m.  Then
 *     rate = (w0 + w1) / 2 (m1 - m0),   mix = (w1 - w0) ((m0 + m1) / 2 - (M0 + M1) / 2)
 * add up, over all segments, to M1 - M0.  A segment without answers in one period takes
 * its value from the other there, so that all it does is mix.
 *
 * Bounds: rate + mix = (w1 m1 - w0 m0) - (w1 - w0) (M0 + M1) / 2.  Each answer of a period
 * belongs to one segment, so shares and values of all segments vary together, M with
 * them.  With the mean of both periods B = (M0 + M1) / 2, one answer y of the current
 * period moves this figure by
 *     1{its segment} (y - B) - (w1 - w0) / 2 y
 * less its mean, divided by the answers; one of the baseline by -1{} (y - B) - (w1 - w0) / 2 y.
 * The variances of these, added up, are the square of the standard error (delta method).
 * The variance of the values within the segment has pseudo-answers, as the KPI's own
 * interval has, and for its variance the share has one more answer in the segment and one
 * outside: a segment of few answers, or of equal ones, is not certain either.
 *
 * Pure C, no postgres.h.
 */
#include <math.h>
#include <stdlib.h>

#include "special.h"
#include "stats_adjust_p.h"
#include "stats_effect.h"

/* Rows between two calls of the pause. */
#define CHANGE_ROWS	4096

/* A period: all answers of all segments. */
typedef struct ChangePeriod
{
	double		n;
	double		mean;
	double		variance;		/* of one answer */
} ChangePeriod;

static void
change_add(ChangePeriod *period, Answered more)
{
	double		n = period->n + more.n;
	double		distance;

	if (!(more.n > 0.0))
		return;
	/* here mean and variance are those so far, the variance times n (Chan 1983) */
	distance = more.sum / more.n - period->mean;
	period->variance += more.squares + distance * distance * (period->n * (more.n / n));
	period->mean += distance * (more.n / n);
	period->n = n;
}

/* Variance of the mean of a segment's answers, with pseudo-answers. */
static double
change_error(Answered a, Reading reading)
{
	double		mean = a.sum / a.n;

	if (reading.measure == MEASURE_SHARE)
	{
		Share		share = {a.sum + 1.0, a.n + 2.0};

		return share_variance(share) / share.n;
	}
	else
	{
		/* one answer, half of it at each end; for NPS three, half of them in the middle */
		double		pseudo = reading.measure == MEASURE_NPS ? 3.0 : 1.0;
		double		half = 0.5 * (reading.hi - reading.lo);
		double		shift = reading.lo + half - mean;
		double		spread = reading.measure == MEASURE_NPS ? 1.5 : half * half;
		double		n = a.n + pseudo;

		return (a.squares + a.n * (pseudo / n) * shift * shift + spread) / n /
			(reading.measure == MEASURE_NPS ? n : a.n);
	}
}

/*
 * The variance that one period brings to rate + mix of a segment with these answers of it.
 * side is 1 for the current period and -1 for the baseline, moved the change of the share,
 * middle the mean of both periods.
 */
static double
change_part_variance(Answered a, ChangePeriod period, double middle, double moved, double side,
					 Reading reading)
{
	double		share = (a.n + 1.0) / (period.n + 2.0);
	double		within = 0.0,
				away = 0.0,
				off = 0.0;

	if (a.n > 0.0)
	{
		/* share times the variance of one answer, over n: share^2 times the mean's */
		within = share * share * change_error(a, reading);
		away = a.sum / a.n - middle;
		off = a.sum / a.n - period.mean;
	}
	return within * (1.0 - side * moved) +
		(share * (1.0 - share) * away * away - side * moved * share * away * off +
		 0.25 * moved * moved * period.variance) / period.n;
}

/* Share, value and effects of a segment, in two periods with answers. */
static void
change_part(ChangePart *part, ChangePeriod current, ChangePeriod baseline, Reading reading,
			double z)
{
	double		w1 = part->current_share;
	double		w0 = part->baseline_share;
	double		m1 = part->current.sum / part->current.n;
	double		m0 = part->baseline.sum / part->baseline.n;
	double		middle = 0.5 * (current.mean + baseline.mean);
	double		variance,
				error;

	if (w1 == 0.0)
		m1 = m0;
	if (w0 == 0.0)
		m0 = m1;
	part->rate = 0.5 * (w0 + w1) * (m1 - m0);
	part->mix = (w1 - w0) * (0.5 * (m0 + m1) - middle);
	if (w1 == 0.0 && w0 == 0.0)
	{
		part->rate = part->mix = 0.0;
		return;
	}
	variance = change_part_variance(part->current, current, middle, w1 - w0, 1.0, reading) +
		change_part_variance(part->baseline, baseline, middle, w1 - w0, -1.0, reading);
	/* shares with answers added do not quite fit the mean of all: the sum could fall below 0 */
	error = sqrt(fmax(variance, 0.0));
	part->bounds.lower = part->rate + part->mix - z * error;
	part->bounds.upper = part->rate + part->mix + z * error;
	if (error > 0.0)
		part->p_value = normal_two_sided((part->rate + part->mix) / error);
}

/* --- Holm's method ------------------------------------------------------------------------ */

static int
change_by_p(const void *a, const void *b)
{
	const ChangePart *x = *(ChangePart *const *) a;
	const ChangePart *y = *(ChangePart *const *) b;

	return (x->p_value > y->p_value) - (x->p_value < y->p_value);
}

/* A segment without p is no test.  sorted is room for count pointers. */
static void
change_holm(ChangePart *parts, ChangePart **sorted, size_t count)
{
	size_t		tests = 0;
	size_t		i;
	double		least = 0.0;

	for (i = 0; i < count; i++)
	{
		if (!isnan(parts[i].p_value))
			sorted[tests++] = &parts[i];
	}
	qsort(sorted, tests, sizeof(ChangePart *), change_by_p);
	for (i = 0; i < tests; i++)
	{
		least = holm_p(sorted[i]->p_value, i, tests, least);
		sorted[i]->p_value = least;
	}
}

/*
 * Shares, effects, bounds and p of all segments, whose answers are filled in.  In a period
 * without answers there are no shares and no effects.  A segment without answers in both
 * has no part, and neither bounds nor p.  sorted is room for count pointers.
 */
void
change_parts_fill(ChangePart *parts, ChangePart **sorted, size_t count, Reading reading,
				  double confidence, EffectPause pause)
{
	ChangePeriod current = {0.0, 0.0, 0.0};
	ChangePeriod baseline = {0.0, 0.0, 0.0};
	double		z = confidence_z(confidence);
	size_t		i;

	for (i = 0; i < count; i++)
	{
		change_add(&current, parts[i].current);
		change_add(&baseline, parts[i].baseline);
	}
	current.variance /= current.n;
	baseline.variance /= baseline.n;
	for (i = 0; i < count; i++)
	{
		ChangePart *part = &parts[i];

		if (i % CHANGE_ROWS == 0)
			pause();
		part->current_share = part->current.n / current.n;
		part->baseline_share = part->baseline.n / baseline.n;
		part->rate = part->mix = part->p_value = NAN;
		part->bounds = no_bounds;
		if (current.n > 0.0 && baseline.n > 0.0)
			change_part(part, current, baseline, reading, z);
	}
	change_holm(parts, sorted, count);
}
