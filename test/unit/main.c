/* main.c: runs the unit tests of the pure mathematics, without a server. */
#include <math.h>
#include <stdio.h>

#include "unit.h"

static int	tests = 0;
static int	failures = 0;

static void
report(const char *name, bool holds)
{
	tests++;
	failures += !holds;
	printf("%sok %d - %s\n", holds ? "" : "not ", tests, name);
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

int
main(void)
{
	test_special();
	test_stats();
	test_life();
	test_paired();
	test_driver();
	test_clv();
	test_sentiment();
	printf("1..%d\n", tests);
	return failures != 0;
}
