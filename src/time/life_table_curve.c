/*
 * life_table_curve.c: a life table as a curve over time, for the statistics and
 * as rows.
 */
#include "postgres.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "life_table.h"

PG_FUNCTION_INFO_V1(life_curve);

#define LIFE_CURVE_COLUMNS 7

/* Narrow a stretch to the multiples of a grain in it; unchanged if there are none. */
static void
life_multiples(int64 grain, int64 *from, int64 *to)
{
	int64		last = *to - *to % grain;

	if (last < *from)
		return;
	*from = last - (last - *from) / grain * grain;
	*to = last;
}

/*
 * The share of a bucket's censored subjects that leave before its events, if both are
 * evenly spread over the multiples of their own grain.
 */
static double
life_early(const LifeSpan *span, int64 grain, int64 from, int64 to, int64 censored_grain)
{
	double		middle = ((double) span->from + (double) span->to) / 2.0;
	double		count;

	if (from == to)				/* all censored at one time: the share of the events after it */
	{
		count = (double) ((span->to - span->from) / grain) + 1.0;
		return from < span->from ? 1.0 : from >= span->to ? 0.0 :
			1.0 - ((double) ((from - span->from) / grain) + 1.0) / count;
	}
	count = (double) ((to - from) / censored_grain) + 1.0;
	return clamp((middle - (double) from) / (double) censored_grain / count, 0.0, 1.0);
}

/*
 * The curve of a table.  The events of a bucket are at multiples of the grain, within the
 * extremes.
 */
LifeCurve
life_curve_of(const LifeTable *table)
{
	const LifeTable *sorted = life_table_sorted(table);
	LifeSpan   *spans = palloc0(Max(sorted->size, 1) * sizeof(LifeSpan));
	int64		censored_grain = Max(sorted->censored_grain, 1);
	LifeCurve	curve;
	int			i;

	curve.grain = Max(sorted->grain, 1);
	for (i = 0; i < sorted->size; i++)
	{
		LifeSpan   *span = &spans[i];
		int64		from,
					to;

		span->from = span->to = sorted->entries[i].time;
		span->events = sorted->entries[i].events;
		span->censored = sorted->entries[i].censored;
		if (sorted->form != LIFE_BUCKETS)
			continue;
		span->to = life_bucket_highest(sorted->layout, span->from);
		from = span->from = Max(span->from, sorted->shortest);
		span->to = Min(span->to, sorted->longest);
		to = Min(span->to, sorted->longest_censored);
		if (span->events == 0)
			continue;
		life_multiples(curve.grain, &span->from, &span->to);
		if (span->censored > 0)
		{
			life_multiples(censored_grain, &from, &to);
			span->early = life_early(span, curve.grain, from, to, censored_grain);
		}
	}
	curve.spans = spans;
	curve.count = sorted->size;
	curve.subjects = sorted->events + sorted->censored;
	curve.longest = sorted->longest;
	curve.ends = sorted->events > 0 &&
		(sorted->censored == 0 || sorted->longest_censored < sorted->longest);
	return curve;
}

/* life_curve(table, confidence): one row for each duration or bucket. */
Datum
life_curve(PG_FUNCTION_ARGS)
{
	static const RowShape shape = {
		LIFE_CURVE_COLUMNS, LIFE_CURVE_COLUMNS,
		{INTERVALOID, INT8OID, INT8OID, INT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID}
	};
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));
	double		confidence = summary_confidence(fcinfo, 1);
	ReturnSetInfo *result = summary_rows(fcinfo, &shape);
	LifeWalk	walk;

	life_walk(&walk, &curve);
	while (life_step(&walk))
	{
		const LifeSpan *span = &curve.spans[walk.next - 1];
		Datum		values[LIFE_CURVE_COLUMNS];
		bool		nulls[LIFE_CURVE_COLUMNS] = {false};
		Bounds		bounds;

		CHECK_FOR_INTERRUPTS();
		life_interval((LifeSurvival) {walk.after, walk.greenwood_after, (double) walk.at_risk,
					  (double) curve.subjects}, confidence, &bounds);
		values[0] = IntervalPGetDatum(life_make_interval(walk.to));
		values[1] = Int64GetDatum(walk.at_risk);
		values[2] = Int64GetDatum(span->events);
		values[3] = Int64GetDatum(span->censored);
		summary_figures((double[]) {100.0 * walk.after, 100.0 * bounds.lower, 100.0 * bounds.upper},
						3, &values[4], &nulls[4]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
