/*
 * stats.c: the sums of stats.h that keep what rounding loses, by hand.
 */
#include "stats/stats.h"
#include "unit.h"

static void
test_sums(void)
{
	double		sum = 0.0,
				rest = 0.0;
	int			i;

	for (i = 0; i < 1000000; i++)
		add_twofold(&sum, &rest, 0.1);
	for (i = 0; i < 1000000; i++)
		add_twofold(&sum, &rest, -0.1);
	truth("a million tenths and back leave nothing", sum == 0 && rest == 0);
	add_twofold(&sum, &rest, 1e15);
	add_twofold(&sum, &rest, 0.01);
	add_twofold(&sum, &rest, -1e15);
	near("a cent from a million millions", sum + rest, 0.01, 0);
}

void
test_stats(void)
{
	test_sums();
}
