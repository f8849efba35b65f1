/*
 * stats_life_test.c: tests of two life tables: the log-rank test, survival past a
 * time, and differences with a known variance.
 */
#include <math.h>
#include <stddef.h>
#include "special.h"
#include "stats_life.h"

/*
 * Log-rank test of two curves (Mantel 1966) with the hypergeometric variance;
 * spans of both that start together are one time.  The statistic is chi-square
 * with one degree of freedom.
 */
bool
life_logrank(const LifeCurve *current, const LifeCurve *baseline, Comparison *out)
{
	double		n1 = (double) current->subjects,
				n2 = (double) baseline->subjects;
	double		excess = 0.0,
				variance = 0.0;
	int			i = 0,
				j = 0;

	*out = no_comparison;
	while (i < current->count && j < baseline->count)
	{
		const LifeSpan *a = &current->spans[i];
		const LifeSpan *b = &baseline->spans[j];
		double		d1 = 0.0,
					d2 = 0.0,
					gone1 = 0.0,
					gone2 = 0.0,
					n = n1 + n2,
					d;

		if (a->from <= b->from)
		{
			d1 = (double) a->events;
			gone1 = d1 + (double) a->censored;
			i++;
		}
		if (b->from <= a->from)
		{
			d2 = (double) b->events;
			gone2 = d2 + (double) b->censored;
			j++;
		}
		d = d1 + d2;
		excess += d1 - d * (n1 / n);
		if (n > 1.0)
			variance += d * (n1 / n) * (n2 / n) * ((n - d) / (n - 1.0));
		n1 -= gone1;
		n2 -= gone2;
	}
	/* once one of them is empty, nothing more can differ */
	if (!(variance > 0.0))
		return false;
	out->statistic = excess * excess / variance;
	out->p_value = normal_two_sided(excess / sqrt(variance));
	return true;
}

/* A difference with a known variance: normal bounds, z and p; NAN and false if not finite. */
bool
normal_comparison(double difference, double variance, double confidence, Comparison *out)
{
	double		half = confidence_z(confidence) * sqrt(variance);

	*out = no_comparison;
	if (!isfinite(difference) || !isfinite(variance))
		return false;
	out->lower = difference - half;
	out->upper = difference + half;
	if (variance > 0.0)
	{
		out->statistic = difference / sqrt(variance);
		out->p_value = normal_two_sided(out->statistic);
	}
	return true;
}

/*
 * Difference of the survival of two curves past a time, current - baseline: z on the
 * scale of ln(-ln S) (Klein, Logan, Harhoff & Andersen 2007), on the scale of S where
 * one of them is 0 or 1.  Bounds square and add the distances of each S to its own
 * bounds.
 */
bool
life_survival_comparison(const LifeCurve *current, const LifeCurve *baseline, int64_t time,
						 double confidence, Comparison *out)
{
	double		g1,
				g2;
	double		s1 = life_survival_past(current, time, &g1);
	double		s2 = life_survival_past(baseline, time, &g2);
	Bounds		b1,
				b2;
	double		difference,
				variance;

	*out = no_comparison;
	if (isnan(s1) || isnan(s2))
		return false;
	if (s1 > 0.0 && s1 < 1.0 && s2 > 0.0 && s2 < 1.0)
	{
		difference = log(-log(s2)) - log(-log(s1));
		variance = g1 / (log(s1) * log(s1)) + g2 / (log(s2) * log(s2));
	}
	else
	{
		difference = s1 - s2;
		variance = (s1 > 0.0 ? s1 * s1 * g1 : 0.0) + (s2 > 0.0 ? s2 * s2 * g2 : 0.0);
	}
	normal_comparison(difference, variance, confidence, out);
	loglog_interval(s1, g1, confidence, &b1);
	loglog_interval(s2, g2, confidence, &b2);
	out->lower = s1 - s2 - hypot(s1 - b1.lower, b2.upper - s2);
	out->upper = s1 - s2 + hypot(b1.upper - s1, s2 - b2.lower);
	return true;
}
