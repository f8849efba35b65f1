/*
 * stats_bounded.c: intervals and tests for means of answers on a bounded scale.
 *
 * Pure C, no postgres.h.  Answers pile up at an end of the scale.  Then Student's
 * interval is too narrow, and Welch's test of a small group against a large one finds
 * differences that are not there up to five times as often as it should.  The remedy
 * is one pseudo-answer in each group, half of it at each end of the scale.  It enters
 * the variance, the degrees of freedom and the centre of the bounds; the estimate
 * stays the raw mean, and bounds are widened to hold it.  One answer has bounds, and
 * so have answers that are all equal.  test/simulate shows coverage and false alarms.
 */
#include <math.h>

#include "special.h"
#include "stats.h"

/*
 * The moments with a pseudo-answer of this mean and mean square deviation.  Degrees
 * of freedom are n afterwards, one less than the answers there are then.
 */
static Moments
bounded_moments(Moments m, double center, double spread)
{
	double		squares = m.n > 1.0 ? m.variance * (m.n - 1.0) : 0.0;
	double		shift = (center - m.mean) / (m.n + 1.0);
	Moments		a = {m.n + 1.0, m.mean + shift, NAN};

	/* the answers lie a shift away from their new mean, the pseudo-answer n shifts */
	a.variance = (squares + (m.n + m.n * m.n) * shift * shift + spread) / m.n;
	return a;
}

/* Half an answer at each end of the scale. */
Moments
bounded_answers(Moments m, double lo, double hi)
{
	return bounded_moments(m, 0.5 * (lo + hi), 0.25 * (hi - lo) * (hi - lo));
}

/* Bounds of a mean within the scale, widened to hold the raw mean. */
void
bounded_limits(Moments a, double df, double raw, double lo, double hi, double confidence,
			   Bounds *out)
{
	double		half = t_quantile((1.0 - confidence) / 2.0, df) * sqrt(a.variance / a.n);

	out->lower = fmin(raw, fmax(lo, a.mean - half));
	out->upper = fmax(raw, fmin(hi, a.mean + half));
}

/* Interval of the mean of answers on lo..hi. */
bool
bounded_interval(Moments m, double lo, double hi, double confidence, Bounds *out)
{
	*out = no_bounds;
	if (!(m.n > 0.0))
		return false;
	bounded_limits(bounded_answers(m, lo, hi), m.n, m.mean, lo, hi, confidence, out);
	return true;
}

/*
 * Difference of two independent means of answers on lo..hi: Welch (1947) over both
 * groups with their pseudo-answers.
 */
bool
bounded_comparison(Moments current, Moments baseline, double lo, double hi, double confidence,
				   Comparison *out)
{
	double		difference = current.mean - baseline.mean;

	*out = no_comparison;
	if (!(current.n > 0.0 && baseline.n > 0.0 && hi > lo))
		return false;
	welch_comparison(bounded_answers(current, lo, hi), bounded_answers(baseline, lo, hi),
					 confidence, out);
	out->lower = fmin(difference, fmax(lo - hi, out->lower));
	out->upper = fmax(difference, fmin(hi - lo, out->upper));
	return true;
}

/*
 * Differences of pairs of answers on a scale of this width, with a pseudo-pair.  Both of
 * its answers are half at each end, independently: its difference is a quarter at each
 * end and half at 0.
 */
Moments
bounded_pair(Moments difference, double width)
{
	return bounded_moments(difference, 0.0, 0.5 * width * width);
}

/* Mean difference of pairs of answers on a scale of this width, against 0. */
bool
bounded_difference(Moments difference, double width, double confidence, Comparison *out)
{
	Moments		a = bounded_pair(difference, width);
	Bounds		bounds;

	*out = no_comparison;
	if (!(difference.n > 0.0 && width > 0.0))
		return false;
	bounded_limits(a, difference.n, difference.mean, -width, width, confidence, &bounds);
	out->lower = bounds.lower;
	out->upper = bounds.upper;
	out->statistic = a.mean / sqrt(a.variance / a.n);
	out->p_value = t_two_sided(out->statistic, difference.n);
	return true;
}

/*
 * Interval of a weighted mean: the pseudo-answer joins the effective answers, whose
 * variance is that of the linearised error.  With equal weights it is bounded_interval.
 */
bool
bounded_weighted_interval(WeightedMoments m, double lo, double hi, double confidence, Bounds *out)
{
	Moments		effective = {m.effective_n, m.mean, 0.0};

	*out = no_bounds;
	if (!(m.n > 0.0 && m.effective_n > 0.0))
		return false;
	if (m.n > 1.0)
		effective.variance = m.error * m.error * m.effective_n;
	bounded_limits(bounded_answers(effective, lo, hi), m.effective_n, m.mean, lo, hi, confidence,
				   out);
	return true;
}
