/*
 * stats_refund.c: refunds by hand, and against a pile of single cents.
 */
#include <math.h>

#include "stats/stats_clv.h"
#include "unit.h"

#define MOST	60

/* Days 1, 2, ... with these amounts; returns how many are left in days. */
static size_t
kept(const double *amounts, size_t count, PurchaseDay *days)
{
	size_t		i;

	for (i = 0; i < count; i++)
	{
		days[i].day = (int32_t) i + 1;
		days[i].largest = (float) fabs(amounts[i]);
		days[i].sum = amounts[i];
		days[i].rest = 0.0;
	}
	return purchase_days_refund(days, count);
}

#define KEPT(days, ...) \
	kept((const double[]) {__VA_ARGS__}, \
		 sizeof((const double[]) {__VA_ARGS__}) / sizeof(double), days)

static void
test_by_hand(void)
{
	PurchaseDay days[MOST];

	truth("40, 30, -35: the 30 and 5 of the 40",
		  KEPT(days, 40, 30, -35) == 1 && days[0].day == 1 && days[0].sum == 35);
	truth("a part of the newest",
		  KEPT(days, 40, 30, -29) == 2 && days[0].sum == 40 &&
		  days[1].day == 2 && days[1].sum == 1);
	truth("the newest, exactly", KEPT(days, 40, 30, -30) == 1 && days[0].sum == 40);
	truth("all of it", KEPT(days, 40, 30, -70) == 0);
	truth("more than all of it, which later purchases do not pay",
		  KEPT(days, 40, 30, -100, 20) == 1 && days[0].day == 4 && days[0].sum == 20);
	truth("before any purchase", KEPT(days, -5, 40) == 1 && days[0].day == 2 && days[0].sum == 40);
	truth("nothing but refunds", KEPT(days, -5, -6) == 0);
	truth("two in a row", KEPT(days, 40, 30, -20, -20) == 1 && days[0].sum == 30);
	truth("only what came before", KEPT(days, 10, 20, -25, 30, -10) == 2 &&
		  days[0].day == 1 && days[0].sum == 5 && days[1].day == 4 && days[1].sum == 20);
	truth("a day for nothing is none", KEPT(days, 0, 7, 0, -0.0) == 1 && days[0].day == 2);
	truth("no days", purchase_days_refund(days, 0) == 0);

	/* 0.1 + 0.2 is 0.30000000000000004 */
	truth("cents are paid back", KEPT(days, 0.1, 0.2, -0.3) == 0);
	truth("cents of two days", KEPT(days, 0.7, 0.1, 0.2, -0.3) == 1 && days[0].sum == 0.7);
	truth("rounding is not taken off the purchase before",
		  KEPT(days, 40, 0.01, 999999.99, -1e6) == 1 && days[0].sum == 40 && days[0].rest == 0);
	truth("a billionth is nothing", KEPT(days, 1e9, -1e9 + 0.5) == 0);
	truth("the largest and the smallest amounts",
		  KEPT(days, 1e30, 1e30, -1e30) == 1 && days[0].sum == 1e30 &&
		  KEPT(days, 5e-324, 5e-324, -5e-324) == 1);
}

static void
test_days(void)
{
	PurchaseDay days[] = {
		{1, 5, 5, 0}, {1, 7, -7, 0},
		{2, 0.1f, 0.1, 0}, {2, 0.2f, 0.2, 0}, {2, 0.3f, -0.3, 0}, {4, 1, 1, 0}
	};
	PurchaseDay money[] = {{1, 9, 0.1, 0}, {2, 9, 0.2, 0}, {3, 9, 0.3, 0}};

	truth("entries of a day become one", purchase_days_join(days, 6) == 3 &&
		  days[0].day == 1 && days[0].sum == -2 && days[0].largest == 7 &&
		  days[1].day == 2 && days[2].day == 4 && days[2].sum == 1);
	/* 0.1 + 0.2 - 0.3 of the decimals' nearest doubles, by exact fractions: 2^-55 */
	near("without loss", days[1].sum + days[1].rest, 0x1p-55, 0);
	near("a mean", purchase_days_mean(money, 3), 0.2, 2e-16);
	near("of no days", purchase_days_mean(money, 0), 0, 0);
}

static uint64_t seed = 1;

/* A number from 0 to below range. */
static int
any(int range)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (int) ((seed >> 33) % (uint64_t) range);
}

/* Every cent that was paid lies on a pile; a refund takes cents from its top. */
static void
test_pile(void)
{
	static int	pile[MOST * 100];
	PurchaseDay days[MOST];
	double		amounts[MOST];
	int			wrong = 0,
				emptied = 0,
				tries;

	for (tries = 0; tries < 2000; tries++)
	{
		int			count = 1 + any(MOST - 1),
					refunds = any(10),
					top = 0,
					at = 0,
					i;
		size_t		left,
					k;

		for (i = 0; i < count; i++)
		{
			int			cents = any(100) * (any(10) < refunds ? -1 : 1);

			amounts[i] = cents / 100.0;
			for (; cents > 0; cents--)
				pile[top++] = i + 1;
			for (; cents < 0 && top > 0; cents++)
				top--;
		}
		left = kept(amounts, (size_t) count, days);
		for (k = 0; k < left; k++)
		{
			int			cents = 0;

			for (; at < top && pile[at] == days[k].day; at++)
				cents++;
			wrong += cents == 0 || fabs(days[k].sum * 100.0 - cents) > 1e-9;
		}
		wrong += at != top;
		emptied += left == 0;
	}
	truth("as a pile of cents", wrong == 0);
	truth("which was empty now and then, but not often", emptied > 50 && emptied < 1000);
}

void
test_stats_refund(void)
{
	test_by_hand();
	test_days();
	test_pile();
}
