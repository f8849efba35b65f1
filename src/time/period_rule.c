/*
 * period_rule.c: on which day a calendar period begins.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/datetime.h"

#include "base/summary.h"
#include "period.h"

const char *const period_units[] = {"day", "week", "month", "quarter", "half", "year"};

/*
 * Where the first period of a week or a year begins: an ISO weekday, or a month.  A day
 * and a month begin with themselves, so only 1 is allowed.
 */
static const struct
{
	int			most;
	const char *detail;
}			period_begins[] = {
	{1, "A day begins at midnight."},
	{7, "A week begins on a weekday from 1 (Monday) to 7 (Sunday)."},
	{1, "A month begins on its first day."},
	{12, "Quarters are counted from a month from 1 (January) to 12 (December)."},
	{12, "Halves are counted from a month from 1 (January) to 12 (December)."},
	{12, "A year begins in a month from 1 (January) to 12 (December)."}
};

/* The rule of a unit and of where it begins; error 22023 for an unknown or impossible one. */
PeriodRule
period_rule(text *unit, int32 begins)
{
	PeriodRule	rule;

	rule.unit = (PeriodUnit) summary_choice(text_to_cstring(unit), "unit of a period",
											period_units, lengthof(period_units));
	rule.begins = begins;
	if (begins < 1 || begins > period_begins[rule.unit].most)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("period \"%s\" cannot begin with %d", period_units[rule.unit], begins),
				 errdetail("%s", period_begins[rule.unit].detail),
				 errhint("NULL stands for the usual begin: Monday, or January.")));
	return rule;
}

/* Julian days of the period's first day and of the next period's; next may be NULL. */
void
period_bounds(PeriodRule rule, int day, int *first, int *next)
{
	int			year,
				month,
				mday,
				months = 0;

	switch (rule.unit)
	{
		case PERIOD_DAY:
			*first = day;
			if (next != NULL)
				*next = day + 1;
			return;
		case PERIOD_WEEK:
			*first = day - (j2day(day) + 7 - rule.begins) % 7;
			if (next != NULL)
				*next = *first + 7;
			return;
		case PERIOD_MONTH:
			months = 1;
			break;
		case PERIOD_QUARTER:
			months = 3;
			break;
		case PERIOD_HALF:
			months = 6;
			break;
		case PERIOD_YEAR:
			months = 12;
			break;
	}
	j2date(day, &year, &month, &mday);
	/* back by the months that have passed of this period */
	month -= (month - rule.begins + 12) % months;
	*first = month < 1 ? date2j(year - 1, month + 12, 1) : date2j(year, month, 1);
	month += months;
	if (next != NULL)
		*next = month > 12 ? date2j(year + 1, month - 12, 1) : date2j(year, month, 1);
}
