/*
 * effect.c: was it the recovery?  What changed in the treated group, less what changed in
 * a control group over the same time.
 */
#include "postgres.h"

#include "nps.h"
#include "paired.h"
#include "rate.h"
#include "reading.h"
#include "satisfied.h"

PG_FUNCTION_INFO_V1(effect_test);
PG_FUNCTION_INFO_V1(effect_test_paired);

#define EFFECT_GROUPS	4

/* The four groups, as each measure wants them. */
typedef struct EffectGroups
{
	Share		shares[EFFECT_GROUPS];
	Promotion	promotions[EFFECT_GROUPS];
	Moments		moments[EFFECT_GROUPS];
	double		values[EFFECT_GROUPS];	/* the KPIs */
} EffectGroups;

static void
effect_read(FunctionCallInfo fcinfo, const TallyReading *r, EffectGroups *groups)
{
	int			i;

	for (i = 0; i < EFFECT_GROUPS; i++)
	{
		Tally	   *tally = PG_GETARG_TALLY(i);

		scale_require_same(r->lo, r->hi, tally->lo, tally->hi);
		switch (r->kpi)
		{
			case READING_NPS:
				groups->promotions[i] = nps_promotion(tally);
				groups->values[i] = promotion_percent(groups->promotions[i]);
				break;
			case READING_MEAN:
				groups->moments[i] = tally_moments(tally);
				groups->values[i] = groups->moments[i].mean;
				break;
			default:
				groups->shares[i] = tally_share(tally, r->from, tally->hi);
				groups->values[i] = share_percent(groups->shares[i]);
				break;
		}
	}
}

/* A kpi_test whose bounds hold the effect: rounding can put it beyond them. */
static Datum
effect_result(FunctionCallInfo fcinfo, double effect, Comparison comparison, double unit)
{
	comparison.lower *= unit;
	comparison.upper *= unit;
	if (comparison.lower > effect)
		comparison.lower = effect;
	if (comparison.upper < effect)
		comparison.upper = effect;
	return summary_comparison(fcinfo, effect, &comparison, 1.0);
}

/*
 * effect_test(treated_after, treated_before, control_after, control_before, kpi,
 * satisfied_from, confidence): in the KPI's unit; called with NULLs.
 */
Datum
effect_test(PG_FUNCTION_ARGS)
{
	EffectGroups groups;
	TallyReading reading;
	Comparison	comparison;
	double		confidence;
	int			i;

	for (i = 0; i < 7; i++)
	{
		if (i != 5 && PG_ARGISNULL(i))
			PG_RETURN_NULL();
	}
	confidence = summary_confidence(fcinfo, 6);
	reading = reading_begin(fcinfo, reading_kpi(fcinfo, 4), 5, PG_GETARG_TALLY(0)->lo,
							PG_GETARG_TALLY(0)->hi);
	effect_read(fcinfo, &reading, &groups);
	if (reading.kpi == READING_NPS)
		nps_effect(groups.promotions, confidence, &comparison);
	else if (reading.kpi == READING_MEAN)
		bounded_effect(groups.moments, reading.lo, reading.hi, confidence, &comparison);
	else
		share_effect(groups.shares, confidence, &comparison);
	return effect_result(fcinfo, (groups.values[0] - groups.values[1]) -
						 (groups.values[2] - groups.values[3]), comparison,
						 reading_unit(&reading));
}

/* after - before of the satisfied of pairs, in percentage points. */
static double
effect_gain(Change change)
{
	return share_percent(change_after(change)) - share_percent(change_before(change));
}

/*
 * effect_test(treated, control, kpi, satisfied_from, confidence) of pairs, before and
 * after, in the KPI's unit; called with NULLs.
 */
Datum
effect_test_paired(PG_FUNCTION_ARGS)
{
	Tally	   *treated,
			   *control;
	TallyReading reading;
	Comparison	comparison;
	double		confidence,
				effect;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(4))
		PG_RETURN_NULL();
	treated = PG_GETARG_TALLY(0);
	control = PG_GETARG_TALLY(1);
	confidence = summary_confidence(fcinfo, 4);
	reading = reading_begin(fcinfo, reading_kpi(fcinfo, 2), 3, treated->lo, treated->hi);
	tally_same_scale(treated, control);
	if (reading.kpi == READING_NPS || reading.kpi == READING_MEAN)
	{
		bool		nps = reading.kpi == READING_NPS;
		Moments		t = paired_differences(treated, nps ? nps_class : NULL);
		Moments		c = paired_differences(control, nps ? nps_class : NULL);

		if (nps)
			welch_comparison(t, c, confidence, &comparison);
		else
			bounded_difference_effect(t, c, (double) reading.hi - reading.lo, confidence,
									  &comparison);
		effect = reading_unit(&reading) * (t.mean - c.mean);
	}
	else
	{
		Change		t = paired_change(treated, reading.from);
		Change		c = paired_change(control, reading.from);

		change_effect(t, c, confidence, &comparison);
		effect = effect_gain(t) - effect_gain(c);
	}
	return effect_result(fcinfo, effect, comparison, reading_unit(&reading));
}
