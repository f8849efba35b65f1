/*
 * stats_adjust_p.c: Benjamini & Hochberg's (1995) p-values by R's p.adjust; edges by hand.
 */
#include <math.h>
#include <string.h>

#include "stats/stats_adjust_p.h"
#include "unit.h"

#define TRIALS	15

static const double trials[TRIALS] = {
	.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528,
	.7590, 1
};

static void
test_method(const char *name, PAdjustment method, const double *want, int count)
{
	double		p[TRIALS];
	int			i;

	memcpy(p, trials, sizeof(p));
	adjust_sorted_p(p, TRIALS, method);
	for (i = 0; i < TRIALS; i++)
		near(name, p[i], i < count ? want[i] : 1.0, 1e-11);
}

void
test_stats_adjust_p(void)
{
	const double holm[] = {.0015, .0056, .0247, .1140, .2211, .2780, .2780, .2780, .3213};
	const double bh[] = {
		.0015, .003, .0095, .035625, .0603, .447 / 7, .447 / 7, .0645, .0765, .486,
		6.393 / 11, .714875, 9.792 / 13, 11.385 / 14
	};
	const double by[] = {
		.00497734348984, .00995468697969, .03152317543568, .11821190788378, .20008920829171,
		.21189262285334, .21189262285334, .21402577006327, .25384451798202
	};
	const double bonferroni[] = {.0015, .006, .0285, .1425, .3015, .417, .447, .516, .6885};
	double		ties[] = {0, .02, .02, .02, 1};
	double		alone = 0.04;

	test_method("holm", P_HOLM, holm, 9);
	test_method("bonferroni", P_BONFERRONI, bonferroni, 9);
	test_method("by", P_BY, by, 9);
	test_method("bh", P_BH, bh, 14);
	adjust_sorted_p(ties, 5, P_HOLM);
	truth("ties: 4 times the first of them", ties[0] == 0 && ties[1] == .08 && ties[2] == .08 &&
		  ties[3] == .08 && ties[4] == 1);
	adjust_sorted_p(&alone, 1, P_BY);
	near("one test", alone, 0.04, 0);
	adjust_sorted_p(NULL, 0, P_BH);
}
