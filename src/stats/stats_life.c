/*
 * stats_life.c: Kaplan-Meier survival, its quantiles and restricted mean, the
 * log-rank test and rates of events over exposure.
 *
 * Pure C, no postgres.h.  Events come before censorings of the same time.  A
 * span of several times (a bucket) is treated as the actuarial life table does:
 * its events and censorings are evenly spread over them, so that a censored
 * subject is at risk for part of the events.  With one time every formula
 * below is the exact one.
 */
#include <math.h>
#include <stddef.h>

#include "special.h"
#include "stats_life.h"

/* A survival this close above a level counts as having reached it. */
#define LEVEL_TOLERANCE	1e-12

/* --- the curve ---------------------------------------------------------------- */

/* Start a walk before the first span: all subjects at risk, survival 1. */
void
life_walk(LifeWalk *walk, const LifeCurve *curve)
{
	walk->curve = curve;
	walk->next = 0;
	walk->from = walk->to = 0;
	walk->at_risk = walk->left = curve->subjects;
	walk->before = walk->after = walk->base = 1.0;
	walk->greenwood_before = walk->greenwood_after = 0.0;
	walk->base_subjects = (double) curve->subjects;
}

/* The number of times in a span. */
static double
span_width(const LifeWalk *walk)
{
	return (double) ((walk->to - walk->from) / walk->curve->grain) + 1.0;
}

/* The share of a span's events that come at or before a time. */
double
life_passed(const LifeSpan *span, int64_t grain, int64_t time)
{
	if (time < span->from)
		return 0.0;
	return time >= span->to ? 1.0 : ((double) ((time - span->from) / grain) + 1.0) /
		((double) ((span->to - span->from) / grain) + 1.0);
}

/*
 * The next span.  As long as nobody is censored the factors of the product
 * telescope: survival is the share left, without rounding errors adding up.
 */
bool
life_step(LifeWalk *walk)
{
	const LifeCurve *curve = walk->curve;
	const LifeSpan *span = &curve->spans[walk->next];
	double		events,
				censored,
				risk;

	if (walk->next == curve->count)
		return false;
	walk->next++;
	events = (double) span->events;
	censored = (double) span->censored;
	walk->from = span->from;
	walk->to = span->to;
	walk->at_risk = walk->left;
	walk->left -= span->events + span->censored;
	walk->before = walk->after;
	walk->greenwood_before = walk->greenwood_after;

	risk = (double) walk->at_risk - censored * span->early;
	if (events > 0.0)
	{
		walk->after = risk == (double) walk->at_risk ?
			walk->base * ((risk - events) / walk->base_subjects) :
			walk->before * ((risk - events) / risk);
		/* counts beyond 2^53 are rounded: the curve does not rise for that */
		walk->after = curve->ends && walk->next == curve->count ? 0.0 :
			clamp(walk->after, 0.0, walk->before);
		walk->greenwood_after += events / risk / (risk - events);
	}
	if (censored > 0.0)
	{
		walk->base = walk->after;
		walk->base_subjects = (double) walk->left;
	}
	return true;
}

/* The share of the events of the span passed last that come at or before a time. */
static double
span_passed(const LifeWalk *walk, int64_t time)
{
	return life_passed(&walk->curve->spans[walk->next - 1], walk->curve->grain, time);
}

/* The first time by which the given share of a span's events has come. */
static int64_t
span_reached(const LifeWalk *walk, double share)
{
	double		steps = ceil(share * (1.0 - LEVEL_TOLERANCE) * span_width(walk)) - 1.0;

	if (!(steps > 0.0))
		return walk->from;
	return steps >= span_width(walk) - 1.0 ? walk->to :
		walk->from + (int64_t) steps * walk->curve->grain;
}

/*
 * Bounds of survival on the scale of ln(-ln S), which keeps them within 0..1
 * (Kalbfleisch & Prentice 1980; Borgan & Liestol 1990 on small samples).  They say
 * nothing where survival is 0 (NAN and false) or 1 (both 1): see life_interval.
 */
bool
loglog_interval(double survival, double greenwood, double confidence, Bounds *out)
{
	double		spread;

	*out = no_bounds;
	if (!(survival > 0.0))
		return false;
	if (survival >= 1.0)
	{
		out->lower = out->upper = 1.0;
		return true;
	}
	spread = confidence_z(confidence) * sqrt(greenwood) / -log(survival);
	out->lower = pow(survival, exp(spread));
	out->upper = pow(survival, exp(-spread));
	return true;
}

/*
 * Kaplan-Meier survival past a time.  After the longest duration it is known only if
 * everybody has ended: an open subject may have ended the next moment.
 */
LifeSurvival
life_survival_past(const LifeCurve *curve, int64_t time)
{
	LifeSurvival survival = {
		curve->subjects > 0 ? 1.0 : NAN, 0.0, (double) curve->subjects, (double) curve->subjects
	};
	LifeWalk	walk;

	life_walk(&walk, curve);
	while (life_step(&walk) && walk.from <= time)
	{
		double		passed = span_passed(&walk, time);

		survival.share = passed == 1.0 ? walk.after :
			walk.before + passed * (walk.after - walk.before);
		survival.greenwood = passed == 1.0 ? walk.greenwood_after :
			walk.greenwood_before + passed * (walk.greenwood_after - walk.greenwood_before);
		survival.at_risk = (double) walk.at_risk -
			span_passed(&walk, time - 1) * (double) (walk.at_risk - walk.left);
	}
	if (time > curve->longest && survival.share > 0.0)
		survival.share = NAN;
	return survival;
}

/*
 * Bounds of survival: log-log.  Where nobody has ended yet, or everybody has, Greenwood's
 * variance is 0 and there is no such interval.  There Wilson's is taken, of those at risk
 * just before the time, all of them still there, or of all subjects, none of them there.
 */
bool
life_interval(LifeSurvival survival, double confidence, Bounds *out)
{
	if (survival.share >= 1.0)
		return wilson_interval((Share) {survival.at_risk, survival.at_risk}, confidence, out);
	if (survival.share == 0.0)
		return wilson_interval((Share) {0.0, survival.subjects}, confidence, out);
	return loglog_interval(survival.share, survival.greenwood, confidence, out);
}

/* Kaplan-Meier survival past a time, with its bounds if wanted; NAN if it is unknown. */
double
life_survival(const LifeCurve *curve, int64_t time, double confidence, Bounds *out)
{
	LifeSurvival survival = life_survival_past(curve, time);

	if (out)
		life_interval(survival, confidence, out);
	return survival.share;
}

/* --- times --------------------------------------------------------------------- */

/* Does a curve that falls from before to after reach the level, and when? */
static bool
level_crossed(const LifeWalk *walk, double before, double after, double level, int64_t *time)
{
	if (!(after <= level + LEVEL_TOLERANCE))
		return false;
	*time = span_reached(walk, before > after ? (before - level) / (before - after) : 1.0);
	return true;
}

/*
 * The first time with survival at most 1 - q, LIFE_NEVER if the curve does not
 * come down that far.  Without censoring it is the type 1 quantile; q = 0 is the
 * first event.
 */
int64_t
life_quantile(const LifeCurve *curve, double q)
{
	LifeWalk	walk;
	int64_t		time;

	life_walk(&walk, curve);
	while (life_step(&walk))
	{
		if (curve->spans[walk.next - 1].events > 0 &&
			level_crossed(&walk, walk.before, walk.after, 1.0 - q, &time))
			return time;
	}
	return LIFE_NEVER;
}

/*
 * What tells without a logarithm of a logarithm that a bound is still above a level: the bounds
 * are exp(-h exp(s)) and exp(-h exp(-s)), with the cumulative hazard h and the spread s.
 */
typedef struct LevelAhead
{
	double		z;
	double		hazard;			/* at which survival has come down to the level */
} LevelAhead;

/* Far more than the rounding of a hazard, far less than its steps. */
#define HAZARD_TOLERANCE	1e-9

static LevelAhead
level_ahead(double level, double confidence)
{
	return (LevelAhead) {
		confidence_z(confidence), -log(level + LEVEL_TOLERANCE) - HAZARD_TOLERANCE
	};
}

/*
 * Are the bounds of this survival surely above the level, the upper one, and the lower one too
 * unless it is not asked for?  False where it is not sure.  exp(s) is at most 1 / (1 - s).
 */
static bool
level_is_ahead(const LevelAhead *ahead, double survival, double greenwood, bool lower)
{
	double		hazard,
				spread;

	if (!(survival > 0.0 && survival < 1.0))
		return false;
	hazard = -log(survival);
	spread = ahead->z * sqrt(greenwood) / hazard;
	return hazard < ahead->hazard * (1.0 + spread) &&
		(!lower || hazard < ahead->hazard * (1.0 - spread));
}

/*
 * Brookmeyer & Crowley (1982): the times where the interval of survival covers
 * 1 - q.  It begins where the lower bound comes down to it, and ends where the
 * upper bound does.  The first and the last time (q = 0 and 1) have no bounds: how far a
 * sample is from them nobody knows.  Only steps that may reach the level need their bounds.
 */
bool
life_quantile_interval(const LifeCurve *curve, double q, double confidence,
					   int64_t *lower, int64_t *upper)
{
	LevelAhead	ahead;
	LifeWalk	walk;
	double		survival = 1.0, /* before the step, and its variance */
				greenwood = 0.0;
	Bounds		before,
				after;

	*lower = *upper = LIFE_NEVER;
	if (q <= 0.0 || q >= 1.0)
		return false;
	ahead = level_ahead(1.0 - q, confidence);
	life_walk(&walk, curve);
	while (*upper == LIFE_NEVER && life_step(&walk))
	{
		if (walk.after == walk.before)
			continue;
		if (!level_is_ahead(&ahead, walk.after, walk.greenwood_after, *lower == LIFE_NEVER))
		{
			loglog_interval(survival, greenwood, confidence, &before);
			loglog_interval(walk.after, walk.greenwood_after, confidence, &after);
			if (*lower == LIFE_NEVER)
				level_crossed(&walk, before.lower, after.lower, 1.0 - q, lower);
			level_crossed(&walk, before.upper, after.upper, 1.0 - q, upper);
		}
		survival = walk.after;
		greenwood = walk.greenwood_after;
	}
	return *lower != LIFE_NEVER;
}

/* Area under the curve from the start of a span to a time within it. */
static double
span_area(const LifeWalk *walk, int64_t time)
{
	double		grain = (double) walk->curve->grain;
	double		length = (double) (time - walk->from);
	double		steps = floor(length / grain);
	double		rest = length - steps * grain;

	return walk->before * length - (walk->before - walk->after) / span_width(walk) *
		(steps + 1.0) * (grain * steps / 2.0 + rest);
}

/*
 * Area under the curve up to the horizon; NAN if the curve ends before it with
 * subjects left.  Given that area as total, also the variance of the mean: the sum
 * over all events of the squared area to come, times Greenwood's term.
 */
static double
life_area(const LifeCurve *curve, int64_t horizon, double total, double *variance)
{
	LifeWalk	walk;
	double		area = 0.0;
	int64_t		at = 0;
	double		survival = 1.0;

	if (variance)
		*variance = 0.0;
	life_walk(&walk, curve);
	while (at < horizon && life_step(&walk) && walk.from < horizon)
	{
		int64_t		end = walk.to < horizon ? walk.to : horizon;
		double		inside = span_area(&walk, end);

		area += walk.before * (double) (walk.from - at);
		/* if nobody is left after an event there is no area to come */
		if (variance && walk.after < walk.before && walk.after > 0.0)
		{
			double		to_come = total - area - 0.5 * inside;

			*variance += to_come * to_come * span_passed(&walk, end) *
				(walk.greenwood_after - walk.greenwood_before);
		}
		area += inside;
		at = end;
		survival = walk.after;
	}
	if (at < horizon && survival > 0.0)
	{
		if (curve->longest < horizon)
			return NAN;
		area += survival * (double) (horizon - at);
	}
	return area;
}

/*
 * Restricted mean survival time up to the horizon and its variance (Uno et al. 2014);
 * false if the curve ends before the horizon with subjects left.
 */
bool
life_restricted_mean(const LifeCurve *curve, int64_t horizon, LifeMean *out)
{
	int			i;

	*out = (LifeMean) {NAN, NAN, 0.0};
	if (curve->subjects > 0)
		out->mean = life_area(curve, horizon, 0.0, NULL);
	if (isnan(out->mean))
		return false;
	life_area(curve, horizon, out->mean, &out->variance);
	for (i = 0; i < curve->count && curve->spans[i].from < horizon; i++)
		out->events += (double) curve->spans[i].events *
			life_passed(&curve->spans[i], curve->grain, horizon - 1);
	return true;
}

/*
 * Bounds of a restricted mean with the quantile of t, events - 1 degrees of freedom: only
 * events tell how durations vary, and without censoring these are the n - 1 degrees of a
 * mean.  NAN and false with fewer than two events, or without variance.
 */
bool
life_mean_interval(LifeMean mean, double confidence, Bounds *out)
{
	double		half;

	*out = no_bounds;
	if (!(mean.events >= 2.0 && mean.variance > 0.0))
		return false;
	half = t_quantile((1.0 - confidence) / 2.0, mean.events - 1.0) * sqrt(mean.variance);
	out->lower = mean.mean - half;
	out->upper = mean.mean + half;
	return true;
}
