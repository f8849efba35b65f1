/*
 * stats_prior.c: shares of segments with few answers, shrunk towards that of all.
 *
 * The share of a segment is a draw from Beta(alpha, beta), its answers are draws with
 * that share.  alpha and beta follow from the moments of all segments (Kleinman 1973):
 *
 *   rho = (S - (k - 1) p q) / ((N - sum n^2 / N - (k - 1)) p q)
 *
 * with S = sum n (x/n - p)^2 over k segments with x yes of n answers, N = sum n,
 * p = sum x / N and q = 1 - p; alpha + beta = (1 - rho) / rho.  rho is how much alike
 * two answers of one segment are, as a correlation.
 *
 * S is sum x^2/n - (sum x)^2 / N.  Its quotients are added up as whole numbers of 2^-64,
 * which is exact but for the last digit of each: any order and any merging give the same
 * result bit for bit, and an error of at most k 2^-64.
 *
 * Pure C, no postgres.h.
 */
#include <math.h>

#include "special.h"
#include "stats_prior.h"

/* Below it rho is the rounding of shares that do not differ. */
#define PRIOR_LEAST_RHO	1e-12

/* --- exact sums -------------------------------------------------------------------- */

/* dividend / divisor in units of 2^-64, rounded down; the quotient must be below 2^64. */
static Wide
prior_quotient(Wide dividend, int64_t divisor)
{
	Wide		whole = dividend / (uint64_t) divisor;
	Wide		rest = dividend % (uint64_t) divisor;

	return (whole << 64) + (rest << 64) / (uint64_t) divisor;
}

static Wide
prior_square(int64_t number)
{
	return (Wide) (uint64_t) number * (uint64_t) number;
}

/*
 * Add a segment with answers.  The caller sees to it that all answers together are fewer
 * than 2^63; then no sum overflows.
 */
void
prior_add(PriorSums *sums, int64_t yes, int64_t responses)
{
	sums->segments++;
	sums->yes += yes;
	sums->responses += responses;
	sums->squares += prior_square(responses);
	sums->quotients += prior_quotient(prior_square(yes), responses);
}

/* Add the segments of other sums; the same holds for all answers together. */
void
prior_join(PriorSums *sums, const PriorSums *more)
{
	sums->segments += more->segments;
	sums->yes += more->yes;
	sums->responses += more->responses;
	sums->squares += more->squares;
	sums->quotients += more->quotients;
}

/* Could these be sums? */
bool
prior_possible(const PriorSums *sums)
{
	return sums->segments >= 0 && sums->segments <= sums->responses &&
		sums->yes >= 0 && sums->yes <= sums->responses &&
		sums->squares <= prior_square(sums->responses) &&
		sums->quotients >> 64 <= (Wide) (uint64_t) sums->yes;
}

/* --- the prior ----------------------------------------------------------------------- */

static double
prior_double(Wide units)
{
	return (double) units * 0x1p-64;
}

/*
 * False, and nothing is known, for fewer than three segments and where each of them has a
 * single answer.  Shares that differ no more than by chance, or not at all, have no
 * parameters but a pooled share.  If all answers of each segment are the same, segments
 * have nothing in common, and the parameters are 0.
 */
bool
prior_fit(const PriorSums *sums, Prior *out)
{
	Share		pooled = {(double) sums->yes, (double) sums->responses};
	double		p = pooled.good / pooled.n;
	double		q = (double) (sums->responses - sums->yes) / pooled.n;
	Wide		spread,
				shares,
				all;
	double		between,
				within,
				rho;

	*out = (Prior) {NAN, NAN, {NAN, NAN}};
	if (sums->segments < 3)
		return false;
	out->pooled = pooled;
	if (!(p * q > 0.0))
		return true;
	spread = prior_quotient(sums->squares, sums->responses);
	all = (Wide) (uint64_t) (sums->responses - (sums->segments - 1)) << 64;
	if (all <= spread)
		return false;			/* one answer each */
	shares = prior_quotient(prior_square(sums->yes), sums->responses);
	between = sums->quotients > shares ? prior_double(sums->quotients - shares) : 0.0;
	within = (double) (sums->segments - 1) * p * q;
	rho = (between - within) / (prior_double(all - spread) * p * q);
	if (rho > PRIOR_LEAST_RHO)
	{
		out->alpha = rho < 1.0 ? p * (1.0 - rho) / rho : 0.0;
		out->beta = rho < 1.0 ? q * (1.0 - rho) / rho : 0.0;
	}
	return true;
}

/* --- segments ------------------------------------------------------------------------ */

/*
 * The mean of the posterior, Beta(x + alpha, n - x + beta), or the share of all; NAN for
 * a segment without answers, of which nothing is known but the prior.
 */
double
shrunken_share(Prior prior, Share share)
{
	if (!(share.n > 0.0))
		return NAN;
	if (isnan(prior.alpha))
		return prior.pooled.good / prior.pooled.n;
	return (share.good + prior.alpha) / (share.n + (prior.alpha + prior.beta));
}

/*
 * Equal-tailed bounds of the posterior; Wilson's of the share of all.  A posterior that
 * is certain, of a segment without a no (or a yes) and a prior of 0, has none.
 */
bool
shrunken_bounds(Prior prior, Share share, double confidence, Bounds *out)
{
	double		a = share.good + prior.alpha;
	double		b = share.n - share.good + prior.beta;

	*out = no_bounds;
	if (!(share.n > 0.0))
		return false;
	if (isnan(prior.alpha))
		return wilson_interval(prior.pooled, confidence, out);
	if (!(a > 0.0 && b > 0.0))
		return false;
	beta_interval((1.0 - confidence) / 2.0, a, b, &out->lower, &out->upper);
	return true;
}

/*
 * The probability that the share is above the target, 0..1; NAN where there are no
 * bounds.  That of the share of all is Wilson's, too: a target at his lower 95 % bound
 * has 97.5 %.
 */
double
shrunken_above(Prior prior, Share share, double target)
{
	double		a = share.good + prior.alpha;
	double		b = share.n - share.good + prior.beta;
	double		p = prior.pooled.good / prior.pooled.n;

	if (!(share.n > 0.0) || (!isnan(prior.alpha) && !(a > 0.0 && b > 0.0)))
		return NAN;
	if (!isnan(prior.alpha))
		return target <= 0.0 ? 1.0 : target >= 1.0 ? 0.0 : beta_upper_tail(a, b, target);
	if (target <= 0.0 || target >= 1.0)
		return isnan(p) ? NAN : target <= 0.0;
	return normal_cdf((p - target) / sqrt(target * (1.0 - target) / prior.pooled.n));
}
