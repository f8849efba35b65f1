/*
 * status_clock_read.c: the readers of a status clock: when, how often, how long.
 *
 * Statuses are given as a set: a case is in the set or not, and moves within it do not
 * count.  A reader takes the time as of which the case is read; events after it are not
 * there, and a clock without an event by then gives NULL.
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "status_clock_hours.h"

PG_FUNCTION_INFO_V1(time_in_clock);
PG_FUNCTION_INFO_V1(first_time);
PG_FUNCTION_INFO_V1(last_time);
PG_FUNCTION_INFO_V1(times_in);
PG_FUNCTION_INFO_V1(status_at);
PG_FUNCTION_INFO_V1(clock_spans);

#define STATUS_SPAN_COLUMNS	4

/*
 * time_in(clock, statuses, calendar, as_of): the open time in these statuses; 0 if it never
 * was in one of them.
 */
Datum
time_in_clock(PG_FUNCTION_ARGS)
{
	StatusHours hours;
	StatusWalk	walk;
	StatusSpan	span;
	StatusClock *clock;
	bool	   *in;
	int64		total = 0;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	clock = PG_GETARG_STATUS_CLOCK(0);
	in = status_set(fcinfo, 1, clock);
	status_walk(&walk, clock, status_as_of(fcinfo, 3));
	if (!walk.more)
		PG_RETURN_NULL();
	status_hours(&hours, fcinfo, 2, walk.ahead.at);
	while (status_step(&walk, &span))
	{
		if (in[span.status])
			total = status_hours_sum(total, status_hours_between(&hours, span.start, span.finish));
	}
	PG_RETURN_INTERVAL_P(status_interval(total));
}

/* How a case came into statuses from outside of them. */
typedef struct StatusVisits
{
	bool		read;			/* there is a clock, there are statuses, there are events */
	int64		count;
	TimestampTz first;
	TimestampTz last;
} StatusVisits;

/* Arguments: clock, statuses, as_of. */
static StatusVisits
status_visits(FunctionCallInfo fcinfo)
{
	StatusVisits visits = {false};
	StatusWalk	walk;
	StatusSpan	span;
	StatusClock *clock;
	bool		inside = false;
	bool	   *in;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return visits;
	clock = PG_GETARG_STATUS_CLOCK(0);
	in = status_set(fcinfo, 1, clock);
	status_walk(&walk, clock, status_as_of(fcinfo, 2));
	while (status_step(&walk, &span))
	{
		visits.read = true;
		if (in[span.status] && !inside)
		{
			if (visits.count++ == 0)
				visits.first = span.start;
			visits.last = span.start;
		}
		inside = in[span.status];
	}
	return visits;
}

/* first_time(clock, statuses, as_of): when it came into them first; NULL if never. */
Datum
first_time(PG_FUNCTION_ARGS)
{
	StatusVisits visits = status_visits(fcinfo);

	if (visits.count == 0)
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(visits.first);
}

/* last_time(clock, statuses, as_of): when it came into them last; NULL if never. */
Datum
last_time(PG_FUNCTION_ARGS)
{
	StatusVisits visits = status_visits(fcinfo);

	if (visits.count == 0)
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(visits.last);
}

/* times_in(clock, statuses, as_of): how many times it came into them. */
Datum
times_in(PG_FUNCTION_ARGS)
{
	StatusVisits visits = status_visits(fcinfo);

	if (!visits.read)
		PG_RETURN_NULL();
	PG_RETURN_INT64(visits.count);
}

/* status_at(clock, at): the status at that time; NULL before the first event. */
Datum
status_at(PG_FUNCTION_ARGS)
{
	StatusClock *clock = PG_GETARG_STATUS_CLOCK(0);
	StatusSpan	span = {.status = -1};
	StatusName *name;
	StatusWalk	walk;

	status_walk(&walk, clock, status_as_of(fcinfo, 1));
	while (status_step(&walk, &span))
		;
	if (span.status < 0)
		PG_RETURN_NULL();
	name = &status_names(clock)[span.status];
	PG_RETURN_TEXT_P(cstring_to_text_with_len(name->text, name->length));
}

/* clock_spans(clock, as_of): a row for each event, from it to the next, or to as_of. */
Datum
clock_spans(PG_FUNCTION_ARGS)
{
	static const RowShape shape = {
		STATUS_SPAN_COLUMNS, STATUS_SPAN_COLUMNS, {TEXTOID, TIMESTAMPTZOID, TIMESTAMPTZOID, BOOLOID}
	};
	ReturnSetInfo *result = summary_rows(fcinfo, &shape);
	StatusClock *clock;
	StatusName *names;
	Datum	   *texts;
	StatusWalk	walk;
	StatusSpan	span;
	int			i;

	if (PG_ARGISNULL(0))
		return (Datum) 0;
	clock = PG_GETARG_STATUS_CLOCK(0);
	names = status_names(clock);
	texts = palloc(Max(clock->statuses, 1) * sizeof(Datum));
	for (i = 0; i < clock->statuses; i++)
		texts[i] = PointerGetDatum(cstring_to_text_with_len(names[i].text, names[i].length));
	status_walk(&walk, clock, status_as_of(fcinfo, 1));
	while (status_step(&walk, &span))
	{
		Datum		values[STATUS_SPAN_COLUMNS] = {
			texts[span.status], TimestampTzGetDatum(span.start), TimestampTzGetDatum(span.finish),
			BoolGetDatum(span.open)
		};
		bool		nulls[STATUS_SPAN_COLUMNS] = {false};

		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
