/*
 * stats_effect.c: differences in differences, by R and by hand.
 */
#include <math.h>

#include "stats/stats_effect.h"
#include "unit.h"

static void
test_groups(void)
{
	const Share shares[] = {{80, 100}, {60, 100}, {65, 100}, {60, 100}};
	const Share sure[] = {{5, 5}, {5, 5}, {5, 5}, {5, 5}};
	const Share none[] = {{5, 5}, {5, 5}, {5, 5}, {0, 0}};
	const Promotion promotions[] = {{32, 17, 58}, {16, 22, 55}, {19, 6, 41}, {9, 1, 13}};
	const Moments same[] = {{5, 4, 0}, {5, 4, 0}, {5, 4, 0}, {5, 4, 0}};
	Comparison	c;

	share_effect(shares, 0.95, &c);
	near("shares: lower", c.lower, -0.03209849366866815, 1e-12);
	near("shares: upper", c.upper, 0.32818297622052725, 1e-12);
	near("shares: z", c.statistic, 1.589909253063582, 1e-12);
	near("shares: p", c.p_value, 0.111855261637629, 1e-11);
	share_effect(sure, 0.95, &c);
	truth("all good is not certain", c.lower < -0.5 && c.upper > 0.5 && c.p_value == 1.0);
	truth("an empty group", !share_effect(none, 0.95, &c) && isnan(c.lower));
	nps_effect(promotions, 0.95, &c);
	/* z = effect / error of the scores with 3/4, 3/2, 3/4 answers added, by R */
	near("nps: center", (c.lower + c.upper) / 2.0, 32.0 / 61 - 17.0 / 61 - 16.0 / 58 + 22.0 / 58 -
		 19.0 / 44 + 6.0 / 44 + 9.0 / 16 - 1.0 / 16, 1e-13);
	bounded_effect(same, 1.0, 5.0, 0.95, &c);
	truth("equal answers are not certain", c.lower < -0.5 && c.upper > 0.5 && c.p_value == 1.0);
	truth("a scale of one point", !bounded_effect(same, 4.0, 4.0, 0.95, &c) && isnan(c.p_value));
}

static void
test_pairs(void)
{
	/* sums of the cells of sql/effect.sql at 4 */
	const Change treated = {42, 3, 10, 12};
	const Change control = {29, 4, 6, 23};
	const Change none = {0, 0, 0, 0};
	/*
	 * Card & Krueger 1994: jobs in New Jersey +0.59 (0.54), in Pennsylvania -2.16 (1.25);
	 * the number of stores does not matter for difference and error
	 */
	const Moments new_jersey = {309, 0.59, 0.54 * 0.54 * 309};
	const Moments pennsylvania = {75, -2.16, 1.25 * 1.25 * 75};
	Comparison	c;

	welch_comparison(new_jersey, pennsylvania, 0.95, &c);
	near("Card & Krueger", c.statistic, 2.75 / sqrt(0.54 * 0.54 + 1.25 * 1.25), 1e-13);
	near("their error", 2.75 / c.statistic, 1.3617, 1e-4);
	change_effect(treated, control, 0.95, &c);
	truth("pairs: bounds hold the effect", c.lower < 7.0 / 67 - 2.0 / 62 &&
		  c.upper > 7.0 / 67 - 2.0 / 62);
	near("pairs: z", c.statistic, (7.0 / 67 - 2.0 / 62) /
		 sqrt((15.0 / 69 - 49.0 / 69 / 69) / 69 + (12.0 / 64 - 4.0 / 64 / 64) / 64), 1e-13);
	truth("no pairs", !change_effect(treated, none, 0.95, &c) && isnan(c.p_value));
	bounded_difference_effect((Moments) {5, 0, 0}, (Moments) {5, 0, 0}, 4.0, 0.95, &c);
	truth("nobody changed: not certain", c.lower < -0.5 && c.upper > 0.5 && c.p_value == 1.0);
	truth("no pairs, no means", !bounded_difference_effect((Moments) {0, NAN, NAN},
														   (Moments) {5, 0, 0}, 4.0, 0.95, &c));
}

void
test_stats_effect(void)
{
	test_groups();
	test_pairs();
}
