/*
 * stats_clv_fit.c: fits of customer value against likelihoods maximised in R; edges by hand.
 */
#include <math.h>
#include <stdlib.h>

#include "stats/stats_clv.h"
#include "unit.h"

static int	pauses = 0;

static void
count_pause(void)
{
	pauses++;
}

static ClvEntry
entry(int x, double recency, double age, double monetary)
{
	ClvEntry	e = {x, 1, recency, age, monetary};

	return e;
}

static int
entry_order(const void *a, const void *b)
{
	return clv_entry_order(a, b);
}

static void
test_fits(void)
{
	const int	x[] = {0, 0, 0, 1, 2, 5, 1, 0, 3, 12, 2, 4};
	const int	recency[] = {0, 0, 0, 4, 12, 30, 20, 0, 9, 37, 31, 33};
	const int	age[] = {39, 20, 30, 38, 39, 38, 30, 25, 39, 38, 35, 36};
	const int	often[] = {1, 2, 5, 1, 3, 12, 2, 4, 1, 6};
	const int	mean[] = {20, 55, 12, 90, 27, 31, 18, 44, 8, 130};
	ClvEntry	entries[24];
	double		triangle[CLV_PURCHASES_ERRORS];
	Bgnbd		m;
	GammaGamma	g;
	double		ll,
				twice;
	size_t		count;
	int			i;

	/* R: optim, BFGS and Nelder-Mead from four starts */
	for (i = 0; i < 12; i++)
		entries[2 * i] = entries[2 * i + 1] = entry(x[i], recency[i], age[i], i);
	for (i = 0; i < 24; i++)
	{
		if (entries[i].frequency == 0)
			entries[i].monetary = 0;
	}
	qsort(entries, 24, sizeof(ClvEntry), entry_order);
	count = clv_entries_merge(entries, 24);
	truth("equal histories are one entry", count == 12 && entries[11].customers == 2);
	truth("bg/nbd of them", bgnbd_fit(entries, count, count_pause, &m, &twice, triangle));
	near("log-likelihood of each twice", twice, 2 * -100.78040820709, 1e-12);
	near("r", m.r, 0.807624495448, 1e-6);
	near("alpha", m.alpha, 8.813563548607, 1e-6);
	near("a", m.a, 0.447755190466, 1e-5);
	near("b", m.b, 3.069704232749, 1e-5);
	truth("the query could have been cancelled", pauses > 100);
	for (i = 0; i < 12; i++)
		entries[i] = entry(x[i], 7 * recency[i], 7 * age[i], 0);
	qsort(entries, 12, sizeof(ClvEntry), entry_order);
	truth("in days", bgnbd_fit(entries, 12, count_pause, &m, &ll, triangle));
	near("alpha has the unit of time", m.alpha, 7 * 8.813563548607, 1e-6);
	near("and b does not", m.b, 3.069704232749, 1e-5);

	for (i = 0; i < 10; i++)
		entries[i] = entry(often[i], 1, 2, mean[i]);
	qsort(entries, 10, sizeof(ClvEntry), entry_order);
	truth("gamma-gamma", gamma_gamma_fit(entries, 10, count_pause, &g, &ll, triangle));
	near("its log-likelihood", ll, -46.410963623723, 1e-12);
	near("p", g.p, 2.93509575081, 1e-6);
	near("q", g.q, 2.48814959522, 1e-6);
	near("gamma", g.gamma, 23.69895359590, 1e-6);
	for (i = 0; i < 10; i++)
		entries[i].monetary *= 1e-20;
	gamma_gamma_fit(entries, 10, count_pause, &g, &ll, triangle);
	near("gamma has the unit of amounts", g.gamma, 23.69895359590e-20, 1e-6);

	truth("nobody", !bgnbd_fit(entries, 0, count_pause, &m, &ll, triangle) &&
		  !gamma_gamma_fit(entries, 0, count_pause, &g, &ll, triangle));
	truth("one customer", !bgnbd_fit(entries, 1, count_pause, &m, &ll, triangle) &&
		  !gamma_gamma_fit(entries, 1, count_pause, &g, &ll, triangle));
	for (i = 0; i < 10; i++)
		entries[i] = entry(0, 0, 10 + i, 0);
	truth("no repeats", !bgnbd_fit(entries, 10, count_pause, &m, &ll, triangle) &&
		  !gamma_gamma_fit(entries, 10, count_pause, &g, &ll, triangle));
	/* R: the likelihood rises to -31.5741577968 as p does to infinity */
	for (i = 0; i < 7; i++)
		entries[i] = entry((int[]) {1, 2, 5, 1, 3, 12, 2}[i], 1, 2,
						   (int[]) {20, 35, 12, 50, 27, 31, 18}[i]);
	entries[7] = entry(4, 1, 2, 44);
	qsort(entries, 8, sizeof(ClvEntry), entry_order);
	truth("means without variation", gamma_gamma_fit(entries, 8, count_pause, &g, &ll, triangle) &&
		  g.p > 1e4);
	near("their log-likelihood", ll, -31.5741577968, 1e-6);
	near("each has their own mean", gamma_gamma_spend(&g, 5, 12), 12, 1e-3);
	for (i = 0; i < 10; i++)
		entries[i] = entry(3, 5, 10, 20);
	truth("means that do not differ",
		  !gamma_gamma_fit(entries, 10, count_pause, &g, &ll, triangle));
	for (i = 0; i < 10; i++)
		entries[i] = entry(3 + i % 3, 10, 10, 20 + i);
	/* no customer ever stopped: 39 repeats in 100 weeks, hardly more different than by chance */
	truth("no customer ever stopped", bgnbd_fit(entries, 10, count_pause, &m, &ll, triangle));
	near("all are alive", bgnbd_alive(&m, 4, 10, 10), 1, 1e-5);
	near("and buy as before", bgnbd_purchases(&m, 4, 10, 10), 3.9, 1e-3);
	for (i = 0; i < 10; i++)
		entries[i] = entry(2, 0, 0, 20);
	truth("no time", !bgnbd_fit(entries, 10, count_pause, &m, &ll, triangle));

	/* counts that do not fit stay apart */
	entries[0] = entries[1] = entry(1, 2, 3, 4);
	entries[0].customers = UINT32_MAX;
	truth("four thousand million customers", clv_entries_merge(entries, 2) == 2 &&
		  entries[1].customers == 1);
}

void
test_stats_clv_fit(void)
{
	test_fits();
}
