/*
 * stats_clv_error.c: standard errors and the delta method by numDeriv of R, on the same
 * customers.
 */
#include <math.h>
#include <stdlib.h>

#include "stats/stats_clv.h"
#include "unit.h"

static void
no_pause(void)
{
}

static int
entry_order(const void *a, const void *b)
{
	return clv_entry_order(a, b);
}

void
test_stats_clv_error(void)
{
	const int	x[] = {1, 2, 5, 1, 3, 12, 2, 4, 1, 6, 0, 0, 0};
	const int	recency[] = {4, 12, 30, 20, 9, 37, 31, 33, 2, 25, 0, 0, 0};
	const int	age[] = {38, 39, 38, 30, 39, 38, 35, 36, 20, 38, 39, 25, 30};
	const int	mean[] = {20, 55, 12, 90, 27, 31, 18, 44, 8, 130, 0, 0, 0};
	const ClvEntry customers[] = {{2, 1, 30, 38, 25}, {0, 1, 0, 38, 0}, {9, 1, 20, 38, 60}};
	const double values[] = {63.4392568011, 47.6691977337, 77.0950307598};
	const double errors[] = {25.1952272074, 29.6059451452, 135.4770335627};
	const double want[] = {0.748915162029, 8.003186012690, 1.127569548137, 7.282120968575};
	const double spent[] = {4.49170921527, 1.67041282852, 53.00056027736};
	ClvEntry	entries[13];
	Bgnbd		m;
	GammaGamma	g;
	ClvErrors	sure;
	double		ll;
	int			i;

	for (i = 0; i < 13; i++)
		entries[i] = (ClvEntry) {x[i], 1, recency[i], age[i], mean[i]};
	qsort(entries, 13, sizeof(ClvEntry), entry_order);
	truth("gamma-gamma", gamma_gamma_fit(entries, 13, no_pause, &g, &ll, sure.spend));
	truth("bg/nbd", bgnbd_fit(entries, 13, no_pause, &m, &ll, sure.purchases));
	for (i = 0; i < 4; i++)
		near("error of a purchase parameter",
			 clv_parameter_error(sure.purchases, i, ((double *) &m)[i]), want[i], 1e-5);
	for (i = 0; i < 3; i++)
		near("error of a spend parameter", clv_parameter_error(sure.spend, i, ((double *) &g)[i]),
			 spent[i], 1e-5);
	for (i = 0; i < 3; i++)
	{
		near("value", bgnbd_value(&m, &customers[i], 12, 0.01, no_pause) *
			 gamma_gamma_spend(&g, customers[i].frequency, customers[i].monetary), values[i], 1e-6);
		near("its error", clv_value_error(&m, &g, &sure, &customers[i], 12, 0.01, no_pause),
			 errors[i], 1e-5);
	}
	near("no months", clv_value_error(&m, &g, &sure, &customers[0], 0, 0.01, no_pause), 0, 0);
	sure.spend[0] = NAN;
	near("not known", clv_value_error(&m, &g, &sure, &customers[0], 12, 0.01, no_pause), NAN, 0);
	/* nobody ever stopped: the likelihood has no maximum, and no curvature there */
	for (i = 0; i < 10; i++)
		entries[i] = (ClvEntry) {1 + i % 5, 1, 20, 20, 0};
	qsort(entries, 10, sizeof(ClvEntry), entry_order);
	truth("nobody stopped", bgnbd_fit(entries, 10, no_pause, &m, &ll, sure.purchases));
	near("no errors", clv_parameter_error(sure.purchases, 0, m.r), NAN, 0);
}
