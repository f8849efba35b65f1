/*
 * stats_life.h: survival statistics of a life table as pure functions.
 *
 * Times are whole microseconds, survival is a proportion (0..1).  What does not
 * exist is NAN, or LIFE_NEVER for a time; see stats.h for the rest.
 */
#ifndef RECOVERY_KPI_STATS_LIFE_H
#define RECOVERY_KPI_STATS_LIFE_H

#include "stats.h"

#define LIFE_NEVER	(-1)

/*
 * How many subjects ended (events) or were still open (censored) after a time of
 * from..to.  Exact durations have from = to.  In a wider span the events are evenly
 * spread over the times from, from + grain, and so on, up to to.
 */
typedef struct LifeSpan
{
	int64_t		from;
	int64_t		to;
	int64_t		events;
	int64_t		censored;
	double		early;			/* share of the censored that leave before the events */
} LifeSpan;

/* Spans in order of time; the longest duration is in the last. */
typedef struct LifeCurve
{
	const LifeSpan *spans;
	int			count;
	int64_t		subjects;
	int64_t		longest;
	int64_t		grain;
	bool		ends;			/* the longest duration is of an event alone */
} LifeCurve;

/* Survival past a time. */
typedef struct LifeSurvival
{
	double		share;			/* NAN without subjects, and past the last open one */
	double		greenwood;		/* Greenwood's sum */
	double		at_risk;		/* just before the time */
	double		subjects;
} LifeSurvival;

/* A restricted mean. */
typedef struct LifeMean
{
	double		mean;
	double		variance;
	double		events;			/* before the horizon */
} LifeMean;

/*
 * A walk along a curve.  After each step the fields describe the span passed: how
 * many were at risk before it, and survival and Greenwood's sum before and after.
 */
typedef struct LifeWalk
{
	const LifeCurve *curve;
	int			next;
	int64_t		from;
	int64_t		to;
	int64_t		at_risk;
	double		before;
	double		after;
	double		greenwood_before;
	double		greenwood_after;
	/* survival is base times the share left of these subjects */
	double		base;
	double		base_subjects;
	int64_t		left;
} LifeWalk;

extern void life_walk(LifeWalk *walk, const LifeCurve *curve);
extern bool life_step(LifeWalk *walk);
extern bool loglog_interval(double survival, double greenwood, double confidence, Bounds *out);
extern double life_passed(const LifeSpan *span, int64_t grain, int64_t time);
extern LifeSurvival life_survival_past(const LifeCurve *curve, int64_t time);
extern bool life_interval(LifeSurvival survival, double confidence, Bounds *out);
extern double life_survival(const LifeCurve *curve, int64_t time, double confidence, Bounds *out);
extern bool life_survival_comparison(const LifeCurve *current, const LifeCurve *baseline,
									 int64_t time, double confidence, Comparison *out);
extern int64_t life_quantile(const LifeCurve *curve, double q);
extern bool life_quantile_interval(const LifeCurve *curve, double q, double confidence,
								   int64_t *lower, int64_t *upper);
extern bool life_restricted_mean(const LifeCurve *curve, int64_t horizon, LifeMean *out);
extern bool life_mean_interval(LifeMean mean, double confidence, Bounds *out);
extern bool life_mean_comparison(LifeMean current, LifeMean baseline, double confidence,
								 Comparison *out);
extern bool life_logrank(const LifeCurve *current, const LifeCurve *baseline, Comparison *out);

#endif
