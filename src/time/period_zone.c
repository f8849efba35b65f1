/*
 * period_zone.c: which names of time zones are accepted.
 */
#include "postgres.h"

#include "pgtime.h"

#include "base/summary.h"
#include "period.h"

/*
 * Is this the name of a zone, not a rule in POSIX form, which pg_tzset accepts too?
 * "Mars/Olympus5" is such a rule, and "UTC+2" is one that means two hours west.
 * Rules need digits, and few names of zones have digits: Etc/GMT-14 to Etc/GMT+12,
 * the old American names and spellings of GMT+0.  The machine's localtime is not a
 * name either.
 */
static bool
period_zone_named(const char *name)
{
	static const char *const with_digits[] = {
		"EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "GMT0", "GMT+0", "GMT-0",
		"Etc/GMT0", "Etc/GMT-0"
	};
	int			i;

	if (pg_strcasecmp(name, "localtime") == 0 || pg_strcasecmp(name, "posixrules") == 0)
		return false;
	if (strpbrk(name, "0123456789") == NULL)
		return true;
	for (i = 0; i < (int) lengthof(with_digits); i++)
	{
		if (pg_strcasecmp(name, with_digits[i]) == 0)
			return true;
	}
	for (i = -14; i <= 12; i++)
	{
		if (pg_strcasecmp(name, psprintf("Etc/GMT%+d", i)) == 0)
			return true;
	}
	return false;
}

/*
 * The zone with this full name, or NULL.  Abbreviations are not accepted: they depend
 * on a setting, and period_start is IMMUTABLE.
 */
pg_tz *
period_zone_find(const char *name)
{
	pg_tz	   *zone = period_zone_named(name) ? pg_tzset(name) : NULL;

	return zone != NULL && pg_tz_acceptable(zone) ? zone : NULL;
}

/* The zone with this full name; error 22023 if there is none. */
pg_tz *
period_zone(const char *name)
{
	pg_tz	   *zone = period_zone_find(name);

	if (zone == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("time zone \"%s\" not recognized", summary_shown(name)),
				 errhint("Use a full name of pg_timezone_names, such as Europe/Berlin or UTC.")));
	return zone;
}
