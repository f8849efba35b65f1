/*
 * effect.c: parts of a change, comparisons within strata, differences in differences,
 * breaks of series: how often bounds hold the truth, and how often a test raises an alarm where nothing
 * happened.
 *
 * Answers on 1..7 are read as yes from 6 on, as promoters from 6 on and detractors up to
 * 4, or as scores.
 */
#include <stdio.h>
#include <string.h>

#include "simulate.h"
#include "stats/stats_effect.h"
#include "stats/stats_series.h"

#define MOST_SEGMENTS	4
#define GROUPS			4

static const char *const measure_names[] = {"rate", "nps", "mean"};

static Reading
reading_of(Measure measure)
{
	switch (measure)
	{
		case MEASURE_SHARE:
			return (Reading) {measure, 0.0, 1.0};
		case MEASURE_NPS:
			return (Reading) {measure, -1.0, 1.0};
		default:
			return (Reading) {measure, 0.0, 6.0};
	}
}

static double
read_as(Measure measure, int score)
{
	switch (measure)
	{
		case MEASURE_SHARE:
			return score >= 6;
		case MEASURE_NPS:
			return (score >= 6) - (score <= 4);
		default:
			return score - 1.0;
	}
}

/* The true mean of what is read. */
static double
truth_of(const Answers *shape, Measure measure)
{
	double		mean = 0.0;
	int			score;

	for (score = 1; score <= 7; score++)
		mean += read_as(measure, score) * shape->share[score - 1];
	return mean;
}

/* Add an answer; here squares are sums of squares until answered_close. */
static void
answered_add(Answered *a, double value)
{
	a->n += 1.0;
	a->sum += value;
	a->squares += value * value;
}

static void
answered_close(Answered *a)
{
	if (a->n > 0.0)
		a->squares -= a->sum * a->sum / a->n;
	if (a->squares < 1e-9)
		a->squares = 0.0;
}

static Answered
answered_sample(const Answers *shape, Measure measure, int n)
{
	Answered	a = {0.0, 0.0, 0.0};

	while (n-- > 0)
		answered_add(&a, read_as(measure, answer(shape)));
	answered_close(&a);
	return a;
}

/* --- change_parts ---------------------------------------------------------------------- */

/* Two periods: answers, and for each segment its share and its shape in both. */
typedef struct Periods
{
	const char *name;
	int			answers[2];
	int			segments;
	double		share[2][MOST_SEGMENTS];
	int			shape[2][MOST_SEGMENTS];
} Periods;

static const Periods periods[] = {
	{"four segments, 1000 and 500", {1000, 500}, 4, {{.4, .3, .2, .1}, {.3, .3, .2, .2}},
	{{0, 1, 2, 0}, {0, 2, 1, 0}}},
	{"four segments, 200 and 200", {200, 200}, 4, {{.4, .3, .2, .1}, {.3, .3, .2, .2}},
	{{0, 1, 3, 0}, {0, 1, 3, 3}}},
	{"two segments, 100 and 400", {100, 400}, 2, {{.9, .1}, {.5, .5}}, {{1, 0}, {0, 1}}},
	{"one segment, 100 and 100", {100, 100}, 1, {{1.0}, {1.0}}, {{1}, {0}}},
};

static void
no_pause(void)
{
}

static int
segment_of(const double *share, int segments)
{
	double		rest = uniform();
	int			i;

	for (i = 0; i < segments - 1; i++)
	{
		rest -= share[i];
		if (rest < 0.0)
			break;
	}
	return i;
}

/* The parts in the true change. */
static void
parts_truth(const Periods *p, Measure measure, double *part)
{
	double		all[2] = {0.0, 0.0};
	int			i,
				t;

	for (t = 0; t < 2; t++)
		for (i = 0; i < p->segments; i++)
			all[t] += p->share[t][i] * truth_of(&shapes[p->shape[t][i]], measure);
	for (i = 0; i < p->segments; i++)
		part[i] = p->share[0][i] * truth_of(&shapes[p->shape[0][i]], measure) -
			p->share[1][i] * truth_of(&shapes[p->shape[1][i]], measure) -
			(p->share[0][i] - p->share[1][i]) * (all[0] + all[1]) / 2.0;
}

static void
parts_cells(const Periods *p, Measure measure)
{
	int			held[MOST_SEGMENTS] = {0};
	double		part[MOST_SEGMENTS];
	int			i,
				k,
				t;

	parts_truth(p, measure, part);
	for (k = 0; k < samples; k++)
	{
		ChangePart	parts[MOST_SEGMENTS];
		ChangePart *sorted[MOST_SEGMENTS];

		memset(parts, 0, sizeof(parts));
		for (t = 0; t < 2; t++)
			for (i = 0; i < p->answers[t]; i++)
			{
				int			s = segment_of(p->share[t], p->segments);

				answered_add(t == 0 ? &parts[s].current : &parts[s].baseline,
							 read_as(measure, answer(&shapes[p->shape[t][s]])));
			}
		for (i = 0; i < p->segments; i++)
		{
			answered_close(&parts[i].current);
			answered_close(&parts[i].baseline);
		}
		change_parts_fill(parts, sorted, p->segments, reading_of(measure), 0.95, no_pause);
		for (i = 0; i < p->segments; i++)
			held[i] += parts[i].bounds.lower <= part[i] && part[i] <= parts[i].bounds.upper;
	}
	for (i = 0; i < p->segments; i++)
		cell(held[i], 0.93, 0.97, "change_parts covers, %s, %s, number %d",
			 measure_names[measure], p->name, i + 1);
}

/* --- adjusted_test ---------------------------------------------------------------------- */

/* Strata of this number, and the answers of both groups in each. */
typedef struct Strata
{
	int			strata;
	int			current;
	int			baseline;
} Strata;

static const Strata strata[] = {
	{3, 50, 50}, {4, 20, 400}, {5, 10, 40}, {10, 10, 10}, {20, 3, 12}, {50, 1, 3}, {100, 1, 1}
};

/*
 * Sums over strata: answers of one shape after the other, so that strata differ, or of a
 * given one.
 */
static void
strata_sums(const Strata *s, Measure measure, const Answers *shape, double *sums)
{
	double		terms[ADJUSTED_SUMS];
	int			i,
				k;

	memset(sums, 0, ADJUSTED_SUMS * sizeof(double));
	for (k = 0; k < s->strata; k++)
	{
		const Answers *its = shape == NULL ? &shapes[k % 2 == 0 ? 0 : 3] : shape;

		adjusted_stratum(answered_sample(its, measure, s->current),
						 answered_sample(its, measure, s->baseline), reading_of(measure), terms);
		for (i = 0; i < ADJUSTED_SUMS; i++)
			sums[i] += terms[i];
	}
}

static void
adjusted_cells(const Strata *s, Measure measure, const Answers *shape, double low, double high)
{
	double		sums[ADJUSTED_SUMS];
	Comparison	comparison;
	int			alarms = 0,
				held = 0;
	int			i;

	for (i = 0; i < samples; i++)
	{
		strata_sums(s, measure, shape, sums);
		adjusted_comparison(sums, reading_of(measure), 0.95, &comparison);
		alarms += comparison.p_value < 0.05;
		held += comparison.lower <= 0.0 && comparison.upper >= 0.0;
	}
	cell(alarms, low, high, "adjusted_test alarms, %s, %s, %d strata of %d and %d",
		 measure_names[measure], shape == NULL ? "strata differ" : shape->name, s->strata,
		 s->current, s->baseline);
	cell(held, 1.0 - high, 1.0 - low, "adjusted_test covers, %s, %s, %d strata of %d and %d",
		 measure_names[measure], shape == NULL ? "strata differ" : shape->name, s->strata,
		 s->current, s->baseline);
}

/* Answers of which this share is yes. */
static Answered
share_sample(int n, double share)
{
	Answered	a = {n, 0.0, 0.0};

	while (n-- > 0)
		a.sum += uniform() < share;
	return a;
}

/* No difference of shares, in strata of one size: Sato's variance is a little small for few. */
static void
adjusted_size_cell(const Strata *s, double share, double high)
{
	double		sums[ADJUSTED_SUMS],
				terms[ADJUSTED_SUMS];
	Comparison	comparison;
	int			alarms = 0;
	int			i,
				j,
				k;

	for (i = 0; i < samples; i++)
	{
		memset(sums, 0, sizeof(sums));
		for (k = 0; k < s->strata; k++)
		{
			Answered	current = share_sample(s->current, share);
			Answered	baseline = share_sample(s->baseline, share);

			adjusted_stratum(current, baseline, reading_of(MEASURE_SHARE), terms);
			for (j = 0; j < ADJUSTED_SUMS; j++)
				sums[j] += terms[j];
		}
		adjusted_comparison(sums, reading_of(MEASURE_SHARE), 0.95, &comparison);
		alarms += comparison.p_value < 0.05;
	}
	cell(alarms, 0.035, high, "adjusted_test alarms, rate of %g, %d strata of %d and %d", share,
		 s->strata, s->current, s->baseline);
}

/*
 * What docs/effect.md says of it.  With groups of one size it depends on the answers of a
 * group in all strata; with others on the yes and no of the smaller group.
 */
static void
adjusted_size_cells(void)
{
	static const int numbers[] = {2, 5, 20};
	static const int sizes[] = {5, 10, 20, 50, 100};
	static const double shares[] = {0.1, 0.5, 0.9};
	static const Strata unequal[] = {{5, 40, 400}, {2, 100, 1000}, {20, 10, 100}};
	static const Strata few = {10, 5, 50};
	int			i,
				j,
				k;

	for (i = 0; i < (int) (sizeof(numbers) / sizeof(*numbers)); i++)
		for (j = 0; j < (int) (sizeof(sizes) / sizeof(*sizes)); j++)
		{
			Strata		equal = {numbers[i], sizes[j], sizes[j]};
			int			answers = numbers[i] * sizes[j];

			for (k = 0; k < (int) (sizeof(shares) / sizeof(*shares)); k++)
				adjusted_size_cell(&equal, shares[k], answers >= 200 ? 0.055 :
								   answers >= 50 ? 0.063 : answers >= 20 ? 0.07 : 0.1);
		}
	for (i = 0; i < (int) (sizeof(unequal) / sizeof(*unequal)); i++)
	{
		adjusted_size_cell(&unequal[i], 0.02, 0.1);
		adjusted_size_cell(&unequal[i], 0.1, 0.06);
		adjusted_size_cell(&unequal[i], 0.5, 0.055);
		adjusted_size_cell(&unequal[i], 0.9, 0.06);
	}
	adjusted_size_cell(&few, 0.02, 0.37);
	adjusted_size_cell(&few, 0.1, 0.085);
}

/* A true difference of shares: .8 against .6 in half of the strata, .5 against .3. */
static void
adjusted_difference_cell(const Strata *s)
{
	double		sums[ADJUSTED_SUMS],
				terms[ADJUSTED_SUMS];
	Comparison	comparison;
	int			held = 0;
	int			i,
				j,
				k;

	for (i = 0; i < samples; i++)
	{
		memset(sums, 0, sizeof(sums));
		for (k = 0; k < s->strata; k++)
		{
			double		base = k % 2 == 0 ? 0.6 : 0.3;
			Answered	current = share_sample(s->current, base + 0.2);
			Answered	baseline = share_sample(s->baseline, base);

			adjusted_stratum(current, baseline, reading_of(MEASURE_SHARE), terms);
			for (j = 0; j < ADJUSTED_SUMS; j++)
				sums[j] += terms[j];
		}
		adjusted_comparison(sums, reading_of(MEASURE_SHARE), 0.95, &comparison);
		held += comparison.lower <= 0.2 && comparison.upper >= 0.2;
	}
	cell(held, 0.93, 0.97, "adjusted_test covers 20 points, rate, %d strata of %d and %d",
		 s->strata, s->current, s->baseline);
}

/* Amounts: normal, twice the deviation in the current group. */
static void
adjusted_amounts_cell(const Strata *s)
{
	Comparison	comparison;
	int			alarms = 0;
	int			i,
				j,
				k;

	for (i = 0; i < samples; i++)
	{
		double		sums[ADJUSTED_SUMS] = {0.0};
		double		terms[ADJUSTED_SUMS];

		for (k = 0; k < s->strata; k++)
		{
			GivenMean	given[2];
			int			g;

			for (g = 0; g < 2; g++)
			{
				int			n = g == 0 ? s->current : s->baseline;
				double		sum = 0.0,
							squares = 0.0;

				for (j = 0; j < n; j++)
				{
					double		value = normal() * (g == 0 ? 2.0 : 1.0);

					sum += value;
					squares += value * value;
				}
				given[g] = (GivenMean) {n, sum / n, sqrt((squares - sum * sum / n) / (n - 1.0))};
			}
			adjusted_given(given[0], given[1], terms);
			for (j = 0; j < ADJUSTED_SUMS; j++)
				sums[j] += terms[j];
		}
		adjusted_given_comparison(sums, 0.95, &comparison);
		alarms += comparison.p_value < 0.05;
	}
	cell(alarms, 0.035, 0.055, "adjusted_test alarms, amounts, %d strata of %d and %d",
		 s->strata, s->current, s->baseline);
}

/* --- effect_test ------------------------------------------------------------------------ */

static const int group_sizes[][GROUPS] = {
	{20, 30, 50, 40}, {50, 50, 200, 200}, {200, 200, 200, 200}
};

/* Nothing happened: shapes differ between treated and control, but not in time. */
static void
effect_cells(const int *sizes, Measure measure, int treated, int control, double low, double high)
{
	int			alarms = 0,
				held = 0;
	int			i,
				k;

	for (k = 0; k < samples; k++)
	{
		Share		shares[GROUPS];
		Promotion	promotions[GROUPS];
		Moments		moments[GROUPS];
		Comparison	comparison;

		for (i = 0; i < GROUPS; i++)
		{
			Answered	a = answered_sample(&shapes[i < 2 ? treated : control], measure, sizes[i]);

			shares[i] = (Share) {a.sum, a.n};
			/* sum = P - D and squares = P + D - sum^2 / n */
			promotions[i].n = a.n;
			promotions[i].promoters = (a.squares + a.sum * a.sum / a.n + a.sum) / 2.0;
			promotions[i].detractors = promotions[i].promoters - a.sum;
			moments[i] = (Moments) {a.n, a.sum / a.n, a.squares / (a.n - 1.0)};
		}
		if (measure == MEASURE_SHARE)
			share_effect(shares, 0.95, &comparison);
		else if (measure == MEASURE_NPS)
			nps_effect(promotions, 0.95, &comparison);
		else
			bounded_effect(moments, 0.0, 6.0, 0.95, &comparison);
		alarms += comparison.p_value < 0.05;
		held += comparison.lower <= 0.0 && comparison.upper >= 0.0;
	}
	cell(alarms, low, high, "effect_test alarms, %s, %s and %s, %d to %d", measure_names[measure],
		 shapes[treated].name, shapes[control].name, sizes[0], sizes[3]);
	cell(held, 0.93, measure == MEASURE_MEAN && sizes[0] < 50 ? 0.985 : 0.97,
		 "effect_test covers, %s, %s and %s, %d to %d", measure_names[measure],
		 shapes[treated].name, shapes[control].name, sizes[0], sizes[3]);
}

/* Half of the customers answer the same twice. */
static void
effect_pairs_cells(int treated, int control)
{
	const int	n[2] = {treated, control};
	int			shares = 0,
				means = 0,
				scores = 0;
	int			i,
				j,
				k;

	for (k = 0; k < samples; k++)
	{
		Change		change[2];
		Answered	differences[2],
					promotions[2];
		Moments		m[2],
					p[2];
		Comparison	comparison;

		memset(change, 0, sizeof(change));
		memset(differences, 0, sizeof(differences));
		memset(promotions, 0, sizeof(promotions));
		for (i = 0; i < 2; i++)
		{
			for (j = 0; j < n[i]; j++)
			{
				int			before = answer(&shapes[i == 0 ? 0 : 3]);
				int			after = uniform() < 0.5 ? before : answer(&shapes[i == 0 ? 0 : 3]);

				change[i].both += before >= 6 && after >= 6;
				change[i].lost += before >= 6 && after < 6;
				change[i].gained += before < 6 && after >= 6;
				change[i].neither += before < 6 && after < 6;
				answered_add(&differences[i], after - before);
				answered_add(&promotions[i], read_as(MEASURE_NPS, after) -
							 read_as(MEASURE_NPS, before));
			}
			answered_close(&differences[i]);
			answered_close(&promotions[i]);
			m[i] = (Moments) {n[i], differences[i].sum / n[i], differences[i].squares / (n[i] - 1)};
			p[i] = (Moments) {n[i], promotions[i].sum / n[i], promotions[i].squares / (n[i] - 1)};
		}
		change_effect(change[0], change[1], 0.95, &comparison);
		shares += comparison.p_value < 0.05;
		bounded_difference_effect(m[0], m[1], 6.0, 0.95, &comparison);
		means += comparison.p_value < 0.05;
		welch_comparison(p[0], p[1], 0.95, &comparison);
		scores += comparison.p_value < 0.05;
	}
	cell(shares, 0.035, 0.055, "effect_test of pairs alarms, rate, %d and %d", treated, control);
	cell(scores, 0.035, 0.055, "effect_test of pairs alarms, nps, %d and %d", treated, control);
	/* the pseudo-pair is careful with few */
	cell(means, treated < 50 ? 0.02 : 0.035, 0.055, "effect_test of pairs alarms, mean, %d and %d",
		 treated, control);
}

/* --- series_break ----------------------------------------------------------------------- */

#define MOST_PERIODS	120

/* No break and independent errors: what is known of p in short series. */
static void
series_cells(int count, double most)
{
	static double scratch[SERIES_SCRATCH(MOST_PERIODS, 1)];
	double		values[MOST_PERIODS];
	Series		series = {values, count, count / 2, 1, -1};
	SeriesBreak found;
	int			levels = 0,
				slopes = 0;
	int			i,
				k;

	for (k = 0; k < samples; k++)
	{
		for (i = 0; i < count; i++)
			values[i] = normal();
		series_break_fit(&series, 0.95, scratch, no_pause, &found);
		levels += found.level.p_value < 0.05;
		slopes += found.slope.p_value < 0.05;
	}
	cell(levels, 0.05, most, "series_break alarms, level, %d periods", count);
	cell(slopes, 0.05, most, "series_break alarms, slope, %d periods", count);
}

/* --- all --------------------------------------------------------------------------------- */

void
simulate_effect(void)
{
	Measure		measure;
	int			i;

	for (measure = MEASURE_SHARE; measure <= MEASURE_MEAN; measure++)
	{
		for (i = 0; i < (int) (sizeof(periods) / sizeof(*periods)); i++)
			parts_cells(&periods[i], measure);
		for (i = 0; i < (int) (sizeof(strata) / sizeof(*strata)); i++)
		{
			/* Sato's variance, which is that published, is a little small with small groups */
			double		high = measure == MEASURE_SHARE && i > 0 ? 0.065 : 0.055;

			adjusted_cells(&strata[i], measure, NULL, 0.035, high);
			/* pseudo-answers are careful where most answers are the best, and groups small */
			adjusted_cells(&strata[i], measure, &shapes[1], 0.025, high);
		}
		for (i = 0; i < (int) (sizeof(group_sizes) / sizeof(*group_sizes)); i++)
			effect_cells(group_sizes[i], measure, 0, 3,
						 measure == MEASURE_MEAN && i == 0 ? 0.025 : 0.035, 0.055);
		effect_cells(group_sizes[2], measure, 1, 0, 0.035, 0.055);
	}
	for (i = 0; i < (int) (sizeof(strata) / sizeof(*strata)); i++)
	{
		adjusted_difference_cell(&strata[i]);
		if (strata[i].current > 2)
			adjusted_amounts_cell(&strata[i]);
	}
	adjusted_size_cells();
	effect_pairs_cells(30, 60);
	effect_pairs_cells(100, 400);
	series_cells(12, 0.31);
	series_cells(24, 0.20);
	series_cells(48, 0.15);
	series_cells(120, 0.10);
}
