/*
 * stats_refund.c: what a customer's days with purchases and refunds come to.
 *
 * Amounts are added up as sums of twice the digits, which are exact for money, so their
 * order changes nothing.  Sums of decimal fractions are not exactly 0 (0.1 + 0.2 - 0.3
 * is 3e-17): an amount of at most a billionth of the largest in it is nothing.
 *
 * Pure C, no postgres.h.
 */
#include "stats.h"
#include "stats_clv.h"

#define NOTHING	1e-9

/* Add the amounts of an entry to another one. */
void
purchase_day_join(PurchaseDay *day, const PurchaseDay *more)
{
	add_twofold(&day->sum, &day->rest, more->sum);
	add_twofold(&day->sum, &day->rest, more->rest);
	if (more->largest > day->largest)
		day->largest = more->largest;
}

/* Make one entry of all entries of a day; they come in order.  Returns how many are left. */
size_t
purchase_days_join(PurchaseDay *days, size_t count)
{
	size_t		kept = 0;
	size_t		i;

	for (i = 0; i < count; i++)
	{
		if (kept > 0 && days[kept - 1].day == days[i].day)
			purchase_day_join(&days[kept - 1], &days[i]);
		else
			days[kept++] = days[i];
	}
	return kept;
}

/*
 * The purchases that were kept, in place; days come in order, one entry each.  A day
 * that sums to less than nothing is a refund.  It is taken off the purchases before it,
 * newest first; a day that it uses up is no purchase any more.  What is left of it then
 * is dropped.  Returns how many days with a purchase there are.
 */
size_t
purchase_days_refund(PurchaseDay *days, size_t count)
{
	size_t		kept = 0;
	size_t		i;

	for (i = 0; i < count; i++)
	{
		PurchaseDay day = days[i];

		while (day.sum < -NOTHING * day.largest && kept > 0)
		{
			PurchaseDay refund = day;

			day = days[--kept];
			purchase_day_join(&day, &refund);
		}
		if (day.sum > NOTHING * day.largest)
			days[kept++] = day;
	}
	return kept;
}

/* Mean amount of these days; 0 without days. */
double
purchase_days_mean(const PurchaseDay *days, size_t count)
{
	double		sum = 0.0,
				rest = 0.0;
	size_t		i;

	for (i = 0; i < count; i++)
	{
		add_twofold(&sum, &rest, days[i].sum);
		add_twofold(&sum, &rest, days[i].rest);
	}
	return count > 0 ? sum / (double) count : 0.0;
}
