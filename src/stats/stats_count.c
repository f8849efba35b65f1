/*
 * stats_count.c: counts of events and their exposure, as Poisson counts.
 */
#include "special.h"
#include "stats.h"

/* Exact bounds of the mean of a Poisson count (Garwood 1936). */
bool
poisson_interval(double events, double confidence, Bounds *out)
{
	double		tail = (1.0 - confidence) / 2.0;

	out->lower = events == 0.0 ? 0.0 : gamma_quantile(tail, events, false);
	out->upper = gamma_quantile(tail, events + 1.0, true);
	return true;
}

/*
 * Difference of two rates of events.  Given their sum, the events of one are
 * binomial with its share of the exposure, so the test is that of a share against
 * a target (Przyborowski & Wilenski 1940): score z, exact p.  Bounds square and
 * add the distances of each rate to its exact bounds (Zou & Donner 2008).
 */
bool
poisson_comparison(Events current, Events baseline, double confidence, Comparison *out)
{
	double		r1 = current.events / current.exposure;
	double		r2 = baseline.events / baseline.exposure;
	double		exposed = current.exposure / (current.exposure + baseline.exposure);
	Share		share = {current.events, current.events + baseline.events};
	Bounds		b1,
				b2;

	*out = no_comparison;
	if (!(current.exposure > 0.0 && baseline.exposure > 0.0))
		return false;
	if (share.n > 0.0)
		target_comparison(share, exposed, confidence, out);
	else
		out->p_value = 1.0;
	poisson_interval(current.events, confidence, &b1);
	poisson_interval(baseline.events, confidence, &b2);
	out->lower = r1 - r2 -
		hypot(r1 - b1.lower / current.exposure, b2.upper / baseline.exposure - r2);
	out->upper = r1 - r2 +
		hypot(b1.upper / current.exposure - r1, r2 - b2.lower / baseline.exposure);
	return true;
}
