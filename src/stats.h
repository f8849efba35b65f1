/*
 * stats.h: the statistics of the KPIs as pure functions.
 *
 * Shares, NPS and their differences are proportions here (0..1, -1..1); the SQL
 * layer multiplies by 100.  A figure that does not exist is NAN, never 0 and
 * never an infinity; the SQL layer turns it into NULL.  A function that returns
 * false has set everything to NAN.
 */
#ifndef RECOVERY_KPI_STATS_H
#define RECOVERY_KPI_STATS_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Bounds
{
	double		lower;
	double		upper;
} Bounds;

/* Bounds and test of a difference: current - baseline, or share - target. */
typedef struct Comparison
{
	double		lower;
	double		upper;
	double		statistic;
	double		p_value;
} Comparison;

/* good answers of n */
typedef struct Share
{
	double		good;
	double		n;
} Share;

/* promoters, passives and detractors; only the sums matter */
typedef struct Promotion
{
	double		promoters;
	double		detractors;
	double		n;
} Promotion;

/* n values with this mean and sample variance */
typedef struct Moments
{
	double		n;
	double		mean;
	double		variance;
} Moments;

static const Bounds no_bounds = {NAN, NAN};
static const Comparison no_comparison = {NAN, NAN, NAN, NAN};

static inline double
clamp(double x, double low, double high)
{
	return x < low ? low : (x > high ? high : x);
}

/* The percentage of good answers, all of them exactly 100; NAN of none. */
static inline double
share_percent(Share share)
{
	if (share.good == share.n && share.n > 0.0)
		return 100.0;
	return clamp(100.0 * share.good / share.n, 0.0, 100.0);
}

/* The Net Promoter Score, -100..100; NAN of no answers. */
static inline double
promotion_percent(Promotion p)
{
	double		net = p.promoters - p.detractors;

	if (fabs(net) == p.n && p.n > 0.0)
		return net > 0.0 ? 100.0 : -100.0;
	return clamp(100.0 * net / p.n, -100.0, 100.0);
}

extern double confidence_z(double confidence);

extern bool wilson_interval(Share share, double confidence, Bounds *out);
extern bool exact_interval(Share share, double confidence, Bounds *out);
extern bool jeffreys_interval(Share share, double confidence, Bounds *out);
extern bool wald_interval(Share share, double confidence, Bounds *out);
extern bool share_comparison(Share current, Share baseline, double confidence, Comparison *out);
extern bool target_comparison(Share share, double target, double confidence, Comparison *out);

extern bool nps_adjusted_interval(Promotion p, double confidence, Bounds *out);
extern bool nps_score_interval(Promotion p, double confidence, Bounds *out);
extern bool nps_wald_interval(Promotion p, double confidence, Bounds *out);
extern bool nps_comparison(Promotion current, Promotion baseline, double confidence, Comparison *out);

extern Moments count_moments(const int64_t *counts, int points, double lo);
extern bool mean_interval(Moments m, double confidence, Bounds *out);
extern bool welch_comparison(Moments current, Moments baseline, double confidence, Comparison *out);

#endif
