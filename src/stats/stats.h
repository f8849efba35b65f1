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

/* n values with this mean and standard deviation, as somebody else computed them */
typedef struct GivenMean
{
	double		n;
	double		mean;
	double		deviation;		/* of the sample; NAN for fewer than two values */
} GivenMean;

/* a number of events, and the customers, days or hours in which they happened */
typedef struct Events
{
	double		events;
	double		exposure;
} Events;

/* pairs by whether they were good before and after */
typedef struct Change
{
	double		both;
	double		lost;			/* good before only */
	double		gained;			/* good after only */
	double		neither;
} Change;

/* sums over the answers with one score; what rounding lost is in the rests */
typedef struct WeightedPoint
{
	double		weight;
	double		weight_rest;
	double		square;			/* sum of the squares of the weights */
	double		square_rest;
	int64_t		count;			/* answers with a weight above 0 */
} WeightedPoint;

/* moments of n weighted answers, worth effective_n unweighted ones */
typedef struct WeightedMoments
{
	double		n;
	double		effective_n;
	double		mean;
	double		error;			/* standard error of the mean, linearised */
} WeightedMoments;

/*
 * Add to a sum, keeping what rounding loses (Kahan): the error does not grow
 * with the number of terms, whatever their order.
 */
static inline void
add_exactly(double *sum, double *rest, double term)
{
	double		more = term + *rest;
	double		total = *sum + more;

	*rest = more - (total - *sum);
	*sum = total;
}

/* Knuth's two-sum: a + b = sum + rest, exactly. */
static inline void
two_sum(double a, double b, double *sum, double *rest)
{
	double		total = a + b;
	double		part = total - a;

	*rest = (a - (total - part)) + (b - part);
	*sum = total;
}

/*
 * Add to a sum of twice the digits, sum + rest.  Exact, and so the same in any order,
 * as long as all terms and sums are within a factor of about 10^15 of each other.
 */
static inline void
add_twofold(double *sum, double *rest, double term)
{
	double		error;

	two_sum(*sum, term, sum, &error);
	two_sum(*sum, *rest + error, sum, rest);
}

/* Add the weights of more to point. */
static inline void
weighted_join(WeightedPoint *point, const WeightedPoint *more)
{
	add_exactly(&point->weight, &point->weight_rest, more->weight);
	add_exactly(&point->weight, &point->weight_rest, more->weight_rest);
	add_exactly(&point->square, &point->square_rest, more->square);
	add_exactly(&point->square, &point->square_rest, more->square_rest);
	point->count += more->count;
}

static const Bounds no_bounds = {NAN, NAN};
static const Comparison no_comparison = {NAN, NAN, NAN, NAN};

static inline double
clamp(double x, double low, double high)
{
	return x < low ? low : (x > high ? high : x);
}

/* Good answers in percent, exactly 100 if all are good; NAN without answers. */
static inline double
share_percent(Share share)
{
	if (share.good == share.n && share.n > 0.0)
		return 100.0;
	return clamp(100.0 * share.good / share.n, 0.0, 100.0);
}

/* Variance of one answer, good being 1 and bad 0. */
static inline double
share_variance(Share share)
{
	return share.good / share.n * ((share.n - share.good) / share.n);
}

/* The Net Promoter Score, -100..100; NAN without answers. */
static inline double
promotion_percent(Promotion p)
{
	double		net = p.promoters - p.detractors;

	if (fabs(net) == p.n && p.n > 0.0)
		return net > 0.0 ? 100.0 : -100.0;
	return clamp(100.0 * net / p.n, -100.0, 100.0);
}

extern double confidence_z(double confidence);

extern bool wilson_bounds(Share share, double z, Bounds *out);
extern bool wilson_interval(Share share, double confidence, Bounds *out);
extern bool exact_interval(Share share, double confidence, Bounds *out);
extern bool jeffreys_interval(Share share, double confidence, Bounds *out);
extern bool wald_interval(Share share, double confidence, Bounds *out);
extern bool share_comparison(Share current, Share baseline, double confidence, Comparison *out);
extern bool target_comparison(Share share, double target, double confidence, Comparison *out);

extern double net_promotion(Promotion p);
extern double promotion_variance(Promotion p);
extern Promotion promotion_adjusted(Promotion p);
extern bool nps_adjusted_bounds(Promotion p, double z, Bounds *out);
extern bool nps_adjusted_interval(Promotion p, double confidence, Bounds *out);
extern bool nps_score_interval(Promotion p, double confidence, Bounds *out);
extern bool nps_wald_interval(Promotion p, double confidence, Bounds *out);
extern bool nps_comparison(Promotion current, Promotion baseline, double confidence,
						   Comparison *out);

extern Moments count_moments(const int64_t *counts, int points, double lo);
extern bool moments_interval(Moments m, double confidence, Bounds *out);
extern bool welch_comparison(Moments current, Moments baseline, double confidence, Comparison *out);
extern double given_variance(GivenMean given);
extern bool given_interval(GivenMean given, double confidence, Bounds *out);
extern bool given_comparison(GivenMean current, GivenMean baseline, double confidence,
							 Comparison *out);

extern Moments bounded_answers(Moments m, double lo, double hi);
extern Moments bounded_pair(Moments difference, double width);
extern void bounded_limits(Moments a, double df, double raw, double lo, double hi,
						   double confidence, Bounds *out);
extern bool bounded_interval(Moments m, double lo, double hi, double confidence, Bounds *out);
extern bool bounded_comparison(Moments current, Moments baseline, double lo, double hi,
							   double confidence, Comparison *out);
extern bool bounded_difference(Moments difference, double width, double confidence,
							   Comparison *out);
extern bool bounded_weighted_interval(WeightedMoments m, double lo, double hi,
									  double confidence, Bounds *out);

extern bool poisson_interval(double events, double confidence, Bounds *out);
extern bool poisson_comparison(Events current, Events baseline, double confidence, Comparison *out);

extern Share change_before(Change change);
extern Share change_after(Change change);
extern bool change_comparison(Change change, double confidence, Comparison *out);
extern bool difference_comparison(Moments difference, double confidence, Comparison *out);
extern double hedges_g(Moments current, Moments baseline);

extern double weighted_total(const WeightedPoint *points, int from, int to);
extern WeightedMoments weighted_moments(const WeightedPoint *points, int count, double lo);
extern bool weighted_mean_interval(WeightedMoments m, double confidence, Bounds *out);
extern double weighted_deviation(const WeightedPoint *points, int count);
extern bool linearised_interval(WeightedMoments m, double low, double high, double confidence,
								Bounds *out);

extern bool laney_chart(const Share *points, int count, double *center, double *sigma_z);
extern double xmr_sigma(double moving_range);

/* Limits of a chart that is final lie this many standard deviations from its centre. */
#define CONTROL_SIGMAS	3.0

extern double prediction_sigmas(double points);
extern bool laney_limits(double center, double sigma_z, double n, double sigmas, Bounds *out);
extern bool sigma_limits(double center, double sigma, double sigmas, Bounds *out);

#endif
