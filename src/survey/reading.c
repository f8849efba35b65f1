/*
 * reading.c: tallies read as the KPI that an argument names.
 *
 * Whatever the KPI, each answer is read as a number, and the KPI is the mean of these:
 * good as 1 and bad as 0; promoters as 1, passives as 0 and detractors as -1; or the score
 * itself, as its distance from the lowest.
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/builtins.h"

#include "nps.h"
#include "rate.h"
#include "reading.h"
#include "satisfied.h"

/* The KPI that a text argument names; error 22023 if unknown. */
ReadingKpi
reading_kpi(FunctionCallInfo fcinfo, int argno)
{
	static const char *const names[] = {"rate", "csat", "nps", "mean"};

	return summary_choice(text_to_cstring(PG_GETARG_TEXT_PP(argno)), "KPI", names,
						  lengthof(names));
}

/*
 * How tallies of a scale are read; error 22023 if the scale does not fit the KPI.
 * satisfied_from is argument from_argno if the function has it; only csat reads it.
 */
TallyReading
reading_begin(FunctionCallInfo fcinfo, ReadingKpi kpi, int from_argno, int32 lo, int32 hi)
{
	TallyReading r = {kpi, lo, hi, 0};

	switch (kpi)
	{
		case READING_RATE:
			rate_require_scale(lo, hi);
			r.from = 1;
			break;
		case READING_CSAT:
			r.from = csat_satisfied_from(fcinfo, from_argno, lo, hi);
			break;
		case READING_NPS:
			nps_require_scale(lo, hi);
			break;
		case READING_MEAN:
			break;
	}
	return r;
}

/* What an answer is read as. */
Reading
reading_measure(const TallyReading *r)
{
	switch (r->kpi)
	{
		case READING_NPS:
			return (Reading) {MEASURE_NPS, -1.0, 1.0};
		case READING_MEAN:
			return (Reading) {MEASURE_MEAN, 0.0, (double) r->hi - r->lo};
		default:
			return (Reading) {MEASURE_SHARE, 0.0, 1.0};
	}
}

/* What a difference is multiplied by to be one of the KPI: 100 for percentages. */
double
reading_unit(const TallyReading *r)
{
	return r->kpi == READING_MEAN ? 1.0 : 100.0;
}

/* The KPI of answers that are read; NAN without answers. */
double
reading_value(const TallyReading *r, Answered a)
{
	if (r->kpi == READING_MEAN)
		return r->lo + a.sum / a.n;
	return 100.0 * a.sum / a.n;
}

/* The answers of a tally as they are read; error 22023 if its scale is another one. */
Answered
reading_answered(const TallyReading *r, const Tally *tally)
{
	Answered	a = {0.0, 0.0, 0.0};

	scale_require_same(r->lo, r->hi, tally->lo, tally->hi);
	if (r->kpi == READING_MEAN)
	{
		Moments		m = count_moments(tally->counts, tally_points(tally), 0.0);

		a.n = (double) tally_responses(tally);
		a.sum = a.n > 0.0 ? m.mean * a.n : 0.0;
		a.squares = a.n > 1.0 ? m.variance * (a.n - 1.0) : 0.0;
	}
	else if (r->kpi == READING_NPS)
	{
		Promotion	p = nps_promotion(tally);

		a.n = p.n;
		a.sum = p.promoters - p.detractors;
		a.squares = a.n > 0.0 ? promotion_variance(p) * a.n : 0.0;
	}
	else
	{
		Share		share = tally_share(tally, r->from, tally->hi);

		a.n = share.n;
		a.sum = share.good;
		a.squares = a.n > 0.0 ? share.good * ((share.n - share.good) / share.n) : 0.0;
	}
	return a;
}

/* The sum of what the answers of a tally are read as, exactly; error 22003 if out of range. */
int64
reading_sum(const TallyReading *r, const Tally *tally)
{
	int64		sum = 0;
	int			i;

	for (i = 0; i < tally_points(tally); i++)
	{
		int64		value = r->kpi == READING_MEAN ? i :
			r->kpi == READING_NPS ? nps_class(tally->lo + i) : tally->lo + i >= r->from;

		if (pg_mul_s64_overflow(value, tally->counts[i], &value) ||
			pg_add_s64_overflow(sum, value, &sum))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("sum of the scores of a tally is out of range"),
					 errdetail("It goes up to " INT64_FORMAT ".", PG_INT64_MAX)));
	}
	return sum;
}
