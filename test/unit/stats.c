/*
 * stats.c: sums that keep what rounding loses, and percentages, of stats.h; by hand.
 */
#include <math.h>

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
	two_sum(1, 0x1p-80, &sum, &rest);
	truth("two numbers are added exactly", sum == 1 && rest == 0x1p-80);
	two_sum(0x1p-80, 1, &sum, &rest);
	truth("in either order", sum == 1 && rest == 0x1p-80);

	/* each 2^-60 is lost to a plain sum of 1 */
	sum = 1;
	rest = 0;
	for (i = 0; i < 0x100000; i++)
		add_exactly(&sum, &rest, 0x1p-60);
	near("a million parts too small for a plain sum", sum - 1 + rest, 0x1p-40, 1e-15);
}

static void
test_percentages(void)
{
	near("7 of 8", share_percent((Share) {7, 8}), 87.5, 0);
	near("everybody is exactly 100", share_percent((Share) {0.3, 0.3}), 100, 0);
	near("nobody", share_percent((Share) {0, 3}), 0, 0);
	near("share of no answers", share_percent((Share) {0, 0}), NAN, 0);
	near("4 promoters, 3 detractors of 10", promotion_percent((Promotion) {4, 3, 10}), 10, 1e-15);
	near("all promoters", promotion_percent((Promotion) {7, 0, 7}), 100, 0);
	near("all detractors", promotion_percent((Promotion) {0, 3e15, 3e15}), -100, 0);
	near("all passive", promotion_percent((Promotion) {0, 0, 5}), 0, 0);
	near("NPS of no answers", promotion_percent((Promotion) {0, 0, 0}), NAN, 0);
	truth("clamp", clamp(-2, -1, 1) == -1 && clamp(2, -1, 1) == 1 && clamp(0.5, -1, 1) == 0.5);
}

void
test_stats(void)
{
	test_sums();
	test_percentages();
}
