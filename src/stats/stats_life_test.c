/*
 * stats_life_test.c: tests of two life tables: the log-rank test, survival past a
 * time, and restricted means.
 */
#include <math.h>
#include <stddef.h>

#include "special.h"
#include "stats_life.h"

/* --- log-rank ---------------------------------------------------------------------- */

/* In a part of a span of several times no side loses more than one in so many of those at risk. */
#define RANK_STEPS	32

/* One of the two curves of a log-rank test. */
typedef struct RankSide
{
	const LifeCurve *curve;
	int			next;			/* the next span */
	double		left;			/* subjects at risk before it */
	const LifeSpan *span;		/* the present span; NULL if only the other curve has one */
	double		passed;			/* share of its events that have come */
	/* of a step */
	double		events;
	double		times;			/* at which they come */
	double		at_risk;		/* on average over them */
} RankSide;

typedef struct RankSums
{
	double		excess;
	double		variance;
} RankSums;

/*
 * The share of a span's censored subjects that have left when this share of its events has
 * come; on average it is span->early.  At a single time they leave after all events.
 */
static double
rank_early(const LifeSpan *span, double passed)
{
	double		early = span->events > 0 ? span->early : span->from < span->to ? 0.5 : 0.0;

	return early <= 0.5 ? 2.0 * early * passed : 1.0 - 2.0 * (1.0 - early) * (1.0 - passed);
}

/* The events of a side up to a time, and how many are at risk before they begin. */
static void
rank_advance(RankSide *side, int64_t time)
{
	double		share,
				before = side->passed;
	const LifeSpan *span = side->span;

	side->events = 0.0;
	side->times = INFINITY;
	side->at_risk = side->left;
	if (span == NULL)
		return;
	side->passed = life_passed(span, side->curve->grain, time);
	share = side->passed - before;
	side->events = (double) span->events * share;
	if (side->events > 0.0)
		side->times = share * ((double) ((span->to - span->from) / side->curve->grain) + 1.0);
	side->at_risk -= (double) span->events * before +
		(double) span->censored * rank_early(span, before + share / 2.0);
}

/*
 * Add the events of a step: as many at each of its times, and at different times if there
 * are more times than events.  Those at risk become fewer from one to the next.
 */
static void
rank_add(const RankSide *a, const RankSide *b, RankSums *sums)
{
	double		d = a->events + b->events;
	double		times = fmax(fmin(fmin(a->times, b->times), d), 1.0);
	double		n1 = a->at_risk - a->events * (1.0 - 1.0 / times) / 2.0;
	double		n2 = b->at_risk - b->events * (1.0 - 1.0 / times) / 2.0;
	double		n = n1 + n2;

	if (!(d > 0.0 && n > 0.0))
		return;
	sums->excess += a->events - d * (n1 / n);
	if (n > 1.0)
		sums->variance += d * (n1 / n) * (n2 / n) *
			((n - fmin(fmax(d / times, 1.0), n)) / (n - 1.0));
}

/* The share of those at risk who leave in the present span of a side. */
static double
rank_loss(const RankSide *side)
{
	if (side->span == NULL || !(side->left > 0.0))
		return 0.0;
	return ((double) side->span->events + (double) side->span->censored) / side->left;
}

/* Parts into which the times from..to of the present spans are divided. */
static int
rank_steps(const RankSide *a, const RankSide *b, int64_t from, int64_t to)
{
	if (from == to)
		return 0;
	if (a->span && b->span && (a->span->from != b->span->from || a->span->to != b->span->to))
		return RANK_STEPS;
	return (int) clamp(ceil(RANK_STEPS * fmax(rank_loss(a), rank_loss(b))), 1.0, RANK_STEPS);
}

/* Add the present spans of both sides, which overlap, or of one. */
static void
rank_spans(RankSide *a, RankSide *b, RankSums *sums)
{
	int64_t		from = a->span ? a->span->from : b->span->from;
	int64_t		to = a->span ? a->span->to : b->span->to;
	int			steps,
				i;

	if (a->span && b->span)
	{
		from = a->span->from < b->span->from ? a->span->from : b->span->from;
		to = a->span->to > b->span->to ? a->span->to : b->span->to;
	}
	steps = rank_steps(a, b, from, to);
	for (i = 0; i <= steps; i++)
	{
		int64_t		time = i == steps ? to : from + (to - from) / steps * i +
			(to - from) % steps * i / steps;

		rank_advance(a, time);
		rank_advance(b, time);
		rank_add(a, b, sums);
	}
}

/* Take the next span of a side that begins by a time. */
static void
rank_take(RankSide *side, int64_t until)
{
	bool		more = side->next < side->curve->count;

	side->passed = 0.0;
	side->span = more && side->curve->spans[side->next].from <= until ?
		&side->curve->spans[side->next++] : NULL;
}

/* The subjects of the present span leave. */
static void
rank_leave(RankSide *side)
{
	if (side->span)
		side->left -= (double) side->span->events + (double) side->span->censored;
}

/*
 * Log-rank test of two curves (Mantel 1966) with the hypergeometric variance.  The
 * statistic is chi-square with one degree of freedom.  Spans of one time are exact.  The
 * spans of several times must be of the same buckets in both curves, so that one overlaps
 * at most one of the other.  Within them events are no ties: those of both curves are
 * evenly spread over their times, and so interleave, while the numbers at risk fall.
 */
bool
life_logrank(const LifeCurve *current, const LifeCurve *baseline, Comparison *out)
{
	RankSide	a = {.curve = current, .left = (double) current->subjects};
	RankSide	b = {.curve = baseline, .left = (double) baseline->subjects};
	RankSums	sums = {0.0, 0.0};

	*out = no_comparison;
	/* once one of them is empty, nothing more can differ */
	while (a.next < current->count && b.next < baseline->count)
	{
		const LifeSpan *x = &current->spans[a.next];
		const LifeSpan *y = &baseline->spans[b.next];

		rank_take(&a, x->from <= y->from ? x->from : y->to);
		rank_take(&b, y->from <= x->from ? y->from : x->to);
		rank_spans(&a, &b, &sums);
		rank_leave(&a);
		rank_leave(&b);
	}
	if (!(sums.variance > 0.0))
		return false;
	out->statistic = sums.excess * sums.excess / sums.variance;
	out->p_value = normal_two_sided(sums.excess / sqrt(sums.variance));
	return true;
}

/* --- survival past a time ----------------------------------------------------------- */

/* The number of subjects, all of them followed, that would tell as much. */
static double
life_effective(LifeSurvival s)
{
	if (s.share >= 1.0)
		return s.at_risk;
	return s.share == 0.0 ? s.subjects : (1.0 - s.share) / s.share / s.greenwood;
}

/*
 * Difference of the survival of two curves past a time, current - baseline: z on the
 * scale of ln(-ln S) (Klein, Logan, Harhoff & Andersen 2007).  Where one S is 0 or 1 there
 * is no such scale, and its own variance is 0.  There z is that of two shares, with the
 * variance of the share of both together.  Bounds square and add the distances of each S
 * to its own bounds.  NAN and false if one S is unknown.
 */
bool
life_survival_comparison(const LifeCurve *current, const LifeCurve *baseline, int64_t time,
						 double confidence, Comparison *out)
{
	LifeSurvival a = life_survival_past(current, time);
	LifeSurvival b = life_survival_past(baseline, time);
	double		s1 = a.share,
				s2 = b.share;
	Bounds		b1,
				b2;

	*out = no_comparison;
	if (isnan(s1) || isnan(s2))
		return false;
	if (s1 > 0.0 && s1 < 1.0 && s2 > 0.0 && s2 < 1.0)
		out->statistic = (log(-log(s2)) - log(-log(s1))) /
			sqrt(a.greenwood / (log(s1) * log(s1)) + b.greenwood / (log(s2) * log(s2)));
	else
	{
		double		n1 = life_effective(a),
					n2 = life_effective(b);
		double		p = (n1 * s1 + n2 * s2) / (n1 + n2);

		if (p > 0.0 && p < 1.0)
			out->statistic = (s1 - s2) / sqrt(p * (1.0 - p) * (1.0 / n1 + 1.0 / n2));
	}
	if (!isnan(out->statistic))
		out->p_value = normal_two_sided(out->statistic);
	life_interval(a, confidence, &b1);
	life_interval(b, confidence, &b2);
	out->lower = clamp(s1 - s2 - hypot(s1 - b1.lower, b2.upper - s2), -1.0, 1.0);
	out->upper = clamp(s1 - s2 + hypot(b1.upper - s1, s2 - b2.lower), -1.0, 1.0);
	return true;
}

/* --- restricted means ------------------------------------------------------------------ */

/*
 * Difference of two restricted means, current - baseline: t with the degrees of freedom of
 * Welch (1947) and Satterthwaite (1946), from events - 1 of each.  NAN and false if one has
 * fewer than two events, or neither has a variance.
 */
bool
life_mean_comparison(LifeMean current, LifeMean baseline, double confidence, Comparison *out)
{
	double		v1 = current.variance,
				v2 = baseline.variance;
	double		total = v1 + v2,
				degrees,
				half;

	*out = no_comparison;
	if (!(current.events >= 2.0 && baseline.events >= 2.0 && total > 0.0))
		return false;
	degrees = 1.0 / ((v1 / total) * (v1 / total) / (current.events - 1.0) +
					 (v2 / total) * (v2 / total) / (baseline.events - 1.0));
	half = t_quantile((1.0 - confidence) / 2.0, degrees) * sqrt(total);
	out->lower = current.mean - baseline.mean - half;
	out->upper = current.mean - baseline.mean + half;
	out->statistic = (current.mean - baseline.mean) / sqrt(total);
	out->p_value = t_two_sided(out->statistic, degrees);
	return true;
}
