/*
 * stats_life_test.c: comparisons of life tables against R's survival 3.5-3 (survdiff);
 * edges by hand.
 */
#include <math.h>
#include <stdio.h>

#include "life_curve.h"
#include "unit.h"

static void
test_comparisons(void)
{
	static const LifeSpan a[] = {
		{1, 1, 1, 0, 0.0}, {2, 2, 1, 0, 0.0}, {3, 3, 1, 0, 0.0}, {4, 4, 0, 1, 0.0}
	};
	static const LifeSpan b[] = {
		{2, 2, 1, 0, 0.0}, {4, 4, 1, 0, 0.0}, {6, 6, 0, 1, 0.0}, {8, 8, 1, 0, 0.0}
	};
	LifeCurve	current = curve_of(a, 4);
	LifeCurve	baseline = curve_of(b, 4);
	LifeCurve	nobody = curve_of(a, 0);
	Comparison	comparison;

	truth("log-rank", life_logrank(&current, &baseline, &comparison));
	near("chi-square", comparison.statistic, 0.90798439776305273, 1e-14);
	near("p", comparison.p_value, 0.34064978349811598, 1e-13);
	life_logrank(&baseline, &current, &comparison);
	near("either way", comparison.statistic, 0.90798439776305273, 1e-14);
	truth("against nobody", !life_logrank(&current, &nobody, &comparison) &&
		  isnan(comparison.statistic));
}

/*
 * R, t.test of c(1, 2, 4, 9) and c(3, 3, 5, 6, 8) by hand with the variances of the mean
 * (n - 1)/n of it: as life tables have them.
 */
static void
test_means(void)
{
	const LifeMean a = {4.0, 9.5 / 4.0, 4.0};
	const LifeMean b = {5.0, 3.6 / 5.0, 5.0};
	LifeMean	few = {6.0, 1.0, 1.0};
	LifeMean	equal = {6.0, 0.0, 7.0};
	Comparison	comparison;

	truth("means", life_mean_comparison(a, b, 0.95, &comparison));
	near("t", comparison.statistic, -1.0 / sqrt(9.5 / 4.0 + 0.72), 1e-14);
	near("the middle of the bounds", (comparison.lower + comparison.upper) / 2.0, -1.0, 1e-14);
	truth("one event", !life_mean_comparison(a, few, 0.95, &comparison) &&
		  isnan(comparison.upper) && isnan(comparison.p_value));
	truth("the variance of one", life_mean_comparison(a, equal, 0.95, &comparison));
	/* then the degrees are those of a: R: qt(0.975, 3) */
	near("is of three degrees", comparison.upper, -2.0 + 3.182446305284263 * sqrt(9.5 / 4.0),
		 1e-12);
	truth("no variance", !life_mean_comparison(equal, equal, 0.95, &comparison));
}

/*
 * Two of four against three of four left no more: S = 1/2 with Greenwood's 2 / (4 2) and S =
 * 1/4 with 3 / (4 1).  ln(-ln S) differ by ln 2, with variance (1/4 + 3/4 / 2^2) / (ln 2)^2.
 */
static void
test_survival(void)
{
	static const LifeSpan a[] = {{1, 1, 2, 0, 0.0}, {5, 5, 0, 2, 0.0}};
	static const LifeSpan b[] = {{1, 1, 3, 0, 0.0}, {5, 5, 0, 1, 0.0}};
	static const LifeSpan open[] = {{5, 5, 0, 4, 0.0}};
	static const LifeSpan lost[] = {{1, 1, 4, 0, 0.0}};
	LifeCurve	half = curve_of(a, 2);
	LifeCurve	quarter = curve_of(b, 2);
	LifeCurve	whole = curve_of(open, 1);
	LifeCurve	gone = curve_of(lost, 1);
	LifeCurve	nobody = curve_of(a, 0);
	Comparison	comparison;
	Bounds		bounds;

	truth("survival", life_survival_comparison(&half, &quarter, 3, 0.95, &comparison));
	near("its z", comparison.statistic, log(2) * log(2) / sqrt(0.4375), 1e-13);
	truth("within its bounds", comparison.lower < 0.25 && comparison.upper > 0.25);
	life_survival_comparison(&quarter, &half, 3, 0.95, &comparison);
	near("the other way", comparison.statistic, -log(2) * log(2) / sqrt(0.4375), 1e-13);

	/* where one is 1: four of four against two of four, together 3/4: z = 1/2 / sqrt(3/32) */
	life_survival_comparison(&whole, &half, 3, 0.95, &comparison);
	near("against nobody lost: z", comparison.statistic, 0.5 / sqrt(3 / 32.0), 1e-14);
	near("its p, two tails", comparison.p_value, erfc(0.5 / sqrt(3 / 16.0)), 1e-13);
	loglog_interval(0.5, 0.25, 0.95, &bounds);
	near("its upper bound", comparison.upper, 1 - bounds.lower, 1e-14);
	near("its lower bound", comparison.lower,
		 0.5 - hypot(1 - 4 / (4 + 3.8414588206941254), bounds.upper - 0.5), 1e-14);
	/* all of four against none of four: half of them together, z = 1 / sqrt(1/8) */
	life_survival_comparison(&whole, &gone, 3, 0.95, &comparison);
	near("all against none", comparison.statistic, sqrt(8), 1e-14);
	truth("within 0..1", comparison.lower > 0 && comparison.upper == 1);
	life_survival_comparison(&whole, &whole, 3, 0.95, &comparison);
	near("no event in either", comparison.lower, -comparison.upper, 1e-15);
	near("its bounds", comparison.upper, 1 - 4 / (4 + 3.8414588206941254), 1e-15);
	truth("but no p", isnan(comparison.p_value));
	truth("nobody was followed so long",
		  !life_survival_comparison(&half, &whole, 6, 0.95, &comparison) &&
		  !life_survival_comparison(&gone, &whole, 6, 0.95, &comparison) &&
		  isnan(comparison.upper) && isnan(comparison.statistic));
	truth("nobody is left", life_survival_comparison(&gone, &gone, 6, 0.95, &comparison));
	truth("of nobody", !life_survival_comparison(&half, &nobody, 3, 0.95, &comparison) &&
		  isnan(comparison.lower));
}

/*
 * --- log-rank in buckets against the same durations one by one ---
 *
 * Buckets lose the order of the events in them: a spike of many events needs several
 * buckets, as life tables have them where a day begins.
 */

#define SUBJECTS 3000
#define LONGEST	100000

/* Random numbers, the same in every run: a linear congruential generator (Knuth). */
static double
draw(void)
{
	static uint64_t state = 20261129;

	state = state * 6364136223846793005u + 1442695040888963407u;
	return (double) (state >> 11) / 9007199254740992.0;
}

typedef struct Group
{
	int			events[LONGEST + 1];
	int			censored[LONGEST + 1];
	LifeSpan	single[LONGEST + 1];
	LifeSpan	wide[LONGEST + 1];
} Group;

/*
 * Subjects end with a hazard, those in the spike also at a time of its own, and are last
 * seen at a random time or at the end.
 */
static void
draw_group(Group *group, double hazard, double spike, int64_t spike_from, int64_t spike_to,
		   bool followed)
{
	int			i;

	for (i = 0; i <= LONGEST; i++)
		group->events[i] = group->censored[i] = 0;
	for (i = 0; i < SUBJECTS; i++)
	{
		double		ends = -log(1.0 - draw()) / hazard;
		double		seen = followed ? LONGEST - 1 : 20000.0 + draw() * (LONGEST - 20001);

		if (draw() < spike)
			ends = fmin(ends, (double) spike_from + draw() * (double) (spike_to - spike_from));
		if (ends < seen)
			group->events[(int) ends]++;
		else
			group->censored[(int) seen]++;
	}
}

/* The durations in buckets of a width, or one by one. */
static LifeCurve
group_curve(const Group *group, LifeSpan *spans, int width)
{
	int			count = 0;
	int			i;

	for (i = 0; i <= LONGEST; i++)
	{
		LifeSpan   *span = &spans[count];

		if (i % width == 0)
			*span = (LifeSpan) {i, i + width - 1, 0, 0, width > 1 ? 0.5 : 0.0};
		span->events += group->events[i];
		span->censored += group->censored[i];
		if (i % width == width - 1 || i == LONGEST)
			count += span->events + span->censored > 0;
	}
	return curve_of(spans, count);
}

static void
test_buckets(void)
{
	static Group a,
				b;
	static const struct
	{
		const char *name;
		double		hazard[2],
					spike[2];
		int64_t		from[2],
					to[2];
		bool		followed;
	}			sets[] = {
		{"no difference", {1e-5, 1e-5}, {0, 0}, {0, 0}, {1, 1}, false},
		{"smooth", {1e-5, 1.1e-5}, {0, 0}, {0, 0}, {1, 1}, false},
		{"heavy", {1e-4, 1.1e-4}, {0, 0}, {0, 0}, {1, 1}, true},
		{"a spike in each", {1e-6, 1e-6}, {0.5, 0.45}, {50000, 50000}, {54800, 54800}, false},
		{"one spike is larger", {1e-5, 1e-5}, {0.9, 0.8}, {50000, 50000}, {54800, 54800}, true},
		{"a spike in one", {1e-5, 1.2e-5}, {0.1, 0.0}, {50000, 50000}, {54800, 54800}, false},
		{"spikes in two buckets", {1e-5, 1e-5}, {0.5, 0.5}, {50000, 50400}, {50400, 50800}, true}
	};
	int			k;

	for (k = 0; k < (int) (sizeof(sets) / sizeof(*sets)); k++)
	{
		LifeCurve	x,
					y;
		Comparison	exact,
					wide;

		draw_group(&a, sets[k].hazard[0], sets[k].spike[0], sets[k].from[0], sets[k].to[0],
				   sets[k].followed);
		draw_group(&b, sets[k].hazard[1], sets[k].spike[1], sets[k].from[1], sets[k].to[1],
				   sets[k].followed);
		x = group_curve(&a, a.single, 1);
		y = group_curve(&b, b.single, 1);
		life_logrank(&x, &y, &exact);
		x = group_curve(&a, a.wide, 400);
		y = group_curve(&b, b.wide, 400);
		life_logrank(&x, &y, &wide);
		printf("# %s: %g in buckets, exactly %g\n", sets[k].name, wide.statistic, exact.statistic);
		truth(sets[k].name, fabs(sqrt(wide.statistic) - sqrt(exact.statistic)) <
			  fmax(0.01 * sqrt(exact.statistic), 0.02));
	}

	/* with a grain as wide as the bucket its events are ties */
	for (k = 0; k <= LONGEST; k++)
	{
		a.events[k] = k == 50000 ? 300 : 0;
		b.events[k] = k == 50000 ? 200 : k == 60000 ? 100 : 0;
		a.censored[k] = b.censored[k] = k == 70000 ? 300 : 0;
	}
	{
		LifeCurve	x = group_curve(&a, a.single, 1);
		LifeCurve	y = group_curve(&b, b.single, 1);
		Comparison	exact,
					grain;
		int			i;

		life_logrank(&x, &y, &exact);
		for (i = 0; i < x.count; i++)
			a.single[i].to += 399;
		for (i = 0; i < y.count; i++)
			b.single[i].to += 399;
		x.grain = y.grain = 400;
		life_logrank(&x, &y, &grain);
		near("events of one time are ties", grain.statistic, exact.statistic, 1e-12);
	}
}

void
test_stats_life_test(void)
{
	test_comparisons();
	test_survival();
	test_means();
	test_buckets();
}
