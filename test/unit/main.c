/*
 * main.c: runs the unit tests of src/stats and src/sentiment, without a server.
 *
 * unit [NAME ...]: the tests of these files, without a name of all.  units.inc is made
 * by test/unit/build: UNIT(NAME) for each NAME.c here.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "unit.h"

#define UNIT(name)	extern void test_##name(void);
#include "units.inc"
#undef UNIT

static const struct
{
	const char *name;
	void		(*test) (void);
}			units[] = {
#define UNIT(name)	{#name, test_##name},
#include "units.inc"
};

#define UNITS	((int) (sizeof(units) / sizeof(units[0])))

static const char *running;
static int	tests = 0;
static int	failures = 0;

static void
report(const char *name, bool holds)
{
	tests++;
	failures += !holds;
	printf("%sok %d - %s: %s\n", holds ? "" : "not ", tests, running, name);
}

/* Equal within a relative error; zero and NAN must be met exactly. */
void
near(const char *name, double got, double want, double relative)
{
	bool		holds = isnan(want) ? isnan(got) : fabs(got - want) <= relative * fabs(want);

	report(name, holds);
	if (!holds)
		printf("# got %.17g, want %.17g, relative error %.3g\n", got, want, (got - want) / want);
}

void
truth(const char *name, bool holds)
{
	report(name, holds);
}

static void
run(int unit)
{
	running = units[unit].name;
	units[unit].test();
}

/* The place of a unit, UNITS if there is no such name. */
static int
unit_of(const char *name)
{
	int			i = 0;

	while (i < UNITS && strcmp(units[i].name, name) != 0)
		i++;
	return i;
}

int
main(int argc, char **argv)
{
	int			i;

	for (i = 1; i < argc; i++)
	{
		if (unit_of(argv[i]) == UNITS)
		{
			fprintf(stderr, "no unit test %s; there are:\n", argv[i]);
			for (i = 0; i < UNITS; i++)
				fprintf(stderr, "  %s\n", units[i].name);
			return 2;
		}
	}
	if (argc > 1)
	{
		for (i = 1; i < argc; i++)
			run(unit_of(argv[i]));
	}
	else
	{
		for (i = 0; i < UNITS; i++)
			run(i);
	}
	printf("1..%d\n", tests);
	return failures != 0;
}
