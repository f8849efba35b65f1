/*
 * stats_change.c: parts of a change: R's UCBAdmissions, and the delta method by numerical
 * gradients in R over all cells.
 */
#include <math.h>

#include "stats/stats_effect.h"
#include "unit.h"

#define MOST	6

static int	pauses;

static void
pause_counted(void)
{
	pauses++;
}

/* good of n, as a share is read */
static Answered
good(double good, double n)
{
	return (Answered) {n, good, n > 0.0 ? good * (n - good) / n : 0.0};
}

static const Reading share = {MEASURE_SHARE, 0.0, 1.0};

/* Admissions: men are current, women the baseline; all counts times so many. */
static void
admissions(ChangePart *parts, double times)
{
	static const double men_in[] = {512, 353, 120, 138, 53, 22};
	static const double men[] = {825, 560, 325, 417, 191, 373};
	static const double women_in[] = {89, 17, 202, 131, 94, 24};
	static const double women[] = {108, 25, 593, 375, 393, 341};
	ChangePart *sorted[MOST];
	int			i;

	for (i = 0; i < MOST; i++)
	{
		parts[i].current = good(times * men_in[i], times * men[i]);
		parts[i].baseline = good(times * women_in[i], times * women[i]);
	}
	change_parts_fill(parts, sorted, MOST, share, 0.95, pause_counted);
}

static double
half_width(const ChangePart *part)
{
	return (part->bounds.upper - part->bounds.lower) / 2.0 / confidence_z(0.95);
}

static void
test_admissions(void)
{
	/* METHODS 15 */
	static const double rate[] = {
		-0.03717697003, -0.00550353263672, 0.00634602345573, -0.00330540534538, 0.0054607164907,
		-0.00184931484005
	};
	static const double mix[] = {
		0.0862010557444, 0.0546118188859, 0.00393222508233, 0.00169094962645, 0.0166143240419,
		0.0146235377713
	};
	/* standard errors without pseudo-answers, of a million times as many answers */
	static const double error[] = {
		6.37908562272671e-06, 4.74890523513431e-06, 6.81336994526508e-06, 6.14308422146694e-06,
		5.20825905579828e-06, 4.62729192130437e-06
	};
	ChangePart	parts[MOST],
				many[MOST];
	double		rates = 0.0,
				mixes = 0.0;
	int			i;

	admissions(parts, 1.0);
	admissions(many, 1e6);
	for (i = 0; i < MOST; i++)
	{
		near("rate", parts[i].rate, rate[i], 1e-11);
		near("mix", parts[i].mix, mix[i], 1e-11);
		near("the same of many", many[i].rate + many[i].mix, rate[i] + mix[i], 1e-10);
		near("error of many", half_width(&many[i]), error[i], 1e-5);
		truth("pseudo-answers change little", fabs(half_width(&parts[i]) / error[i] / 1e3 - 1) < 0.05);
		rates += parts[i].rate;
		mixes += parts[i].mix;
	}
	near("all rates", rates, -0.0360284829057, 1e-11);
	near("all mixes", mixes, 0.177673911152, 1e-11);
	near("all", rates + mixes, 0.141645428247, 1e-11);
	/* R: 2 pnorm(-|z|), p.adjust(p, "holm") */
	near("smallest p times 6", parts[1].p_value, 3.18861920505163e-24, 1e-9);
	near("largest p", parts[3].p_value, 0.792617588192055, 1e-11);
	truth("the pause was called", pauses > 0);
}

/* Holm's p: three equal ones of .02 and a larger one, which may not be smaller. */
static void
test_holm(void)
{
	ChangePart	parts[3];
	ChangePart *sorted[3];
	int			i;

	for (i = 0; i < 3; i++)
	{
		parts[i].current = good(i == 2 ? 50 : 60, 100);
		parts[i].baseline = good(50, 100);
	}
	change_parts_fill(parts, sorted, 3, share, 0.95, pause_counted);
	truth("equal changes, equal p", parts[0].p_value == parts[1].p_value);
	truth("p never falls", parts[2].p_value >= parts[1].p_value);
	change_parts_fill(parts, sorted, 1, share, 0.95, pause_counted);
	near("one segment: rate is the change", parts[0].rate, 0.1, 1e-14);
	near("and there is no mix", parts[0].mix, 0.0, 0.0);
}

static void
test_edges(void)
{
	ChangePart	parts[3];
	ChangePart *sorted[3];

	parts[0].current = good(8, 10);
	parts[0].baseline = good(0, 0);
	parts[1].current = good(0, 0);
	parts[1].baseline = good(3, 10);
	parts[2].current = parts[2].baseline = good(0, 0);
	change_parts_fill(parts, sorted, 3, share, 0.95, pause_counted);
	/* shares 0 and 1 of values .8 and .3: (1 - 0)(.8 - .55) and (0 - 1)(.3 - .55) */
	truth("one period only: no rate", parts[0].rate == 0.0 && parts[1].rate == 0.0);
	near("new", parts[0].mix, 0.25, 1e-14);
	near("gone", parts[1].mix, 0.25, 1e-14);
	truth("in no period: no part, no bounds", parts[2].rate == 0.0 && parts[2].mix == 0.0 &&
		  isnan(parts[2].bounds.lower) && isnan(parts[2].p_value));
	parts[0].current = good(0, 0);
	change_parts_fill(parts, sorted, 3, share, 0.95, pause_counted);
	truth("a period without answers", isnan(parts[1].rate) && isnan(parts[1].mix) &&
		  isnan(parts[1].current_share) && parts[1].baseline_share == 1.0);
	change_parts_fill(parts, sorted, 0, share, 0.95, pause_counted);
}

void
test_stats_change(void)
{
	test_admissions();
	test_holm();
	test_edges();
}
