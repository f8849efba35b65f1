/*
 * clv.c: customer value against the papers, mpmath's hyp2f1 at 50 digits and
 * likelihoods maximised in R; edges by hand.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/special.h"
#include "stats/stats.h"
#include "stats/stats_clv.h"
#include "stats/stats_optimum.h"
#include "unit.h"

static int	pauses = 0;

static void
count_pause(void)
{
	pauses++;
}

/* Series and integral must both have it, where the series is not too long. */
static void
purchases(const char *name, Bgnbd m, double x, double age, double horizon, double want)
{
	near(name, bgnbd_purchases(&m, x, age, horizon), want, 1e-12);
	near("by the integral", bgnbd_purchases_integral(&m, x, age, horizon), want, 1e-13);
}

static void
test_purchases(void)
{
	const Bgnbd paper = {0.243, 4.414, 0.793, 2.426};
	const Bgnbd fitted = {0.24259290720553836, 4.413531561279733, 0.792886148131692, 2.425753436671432};
	const Bgnbd few = {0.3, 4, 0.2, 0.5};
	const Bgnbd one = {0.5, 2, 1, 2};
	const Bgnbd near_one = {0.5, 2, 1.0000001, 2};
	const Bgnbd zero = {0.3, 4, 0.4, 0.6};
	const Bgnbd large = {50, 100, 30, 900};
	const Bgnbd tiny = {1e-3, 1e-3, 1e-3, 1e-3};
	const Bgnbd stop = {5, 1, 200, 3};
	const Bgnbd ends[] = {{1e-9, 1e-30, 1e-9, 1e-9}, {1e9, 1e-30, 1e9, 1e9}, {1e9, 1e30, 1e9, 1e-9}, {1e-9, 1e30, 1e-9, 1e9}};
	int			good = 0,
				i,
				j;

	/* Fader, Hardie & Lee (2005), and Hardie's spreadsheet */
	near("1.226 in the paper's note", bgnbd_alive(&fitted, 2, 30.43, 38.86) * bgnbd_purchases(&fitted, 2, 38.86, 39), 1.2259104521240018, 1e-14);
	near("0.7266 alive", bgnbd_alive(&fitted, 2, 30.43, 38.86), 0.7266091515528487, 1e-14);
	near("1.0437 of a new customer in 32 weeks", bgnbd_purchases(&fitted, 0, 0, 32), 1.0437372296802716, 1e-13);
	purchases("of two repeats", paper, 2, 38.86, 39, 1.68739930580531302);
	purchases("of none", paper, 0, 38.86, 39, 0.195098052011262639);
	purchases("of a new one, in 10,000 weeks", paper, 0, 0, 10000, 15.0679133150551784);
	purchases("of 10,000 by 5,000, in 10,000 weeks", paper, 10000, 5000, 10000, 12329.3463898210351);
	purchases("of 300 by 20", paper, 300, 20, 10000, 3606.88135740555658);
	purchases("a + b - 1 below 0", few, 0, 10, 52, 0.820589619144244732);
	purchases("a + b - 1 = 0", zero, 0, 10, 52, 0.705257115033316623);
	purchases("a near 1", near_one, 3, 5, 10, 3.41730733586655883);
	purchases("a = 1", one, 3, 5, 10, 3.41730744062446752);
	purchases("large parameters", large, 40, 80, 26, 10.6934584962195013);
	purchases("small parameters", tiny, 0, 0, 10000, 4924.99664889045601);
	purchases("who stop at once", stop, 2, 7, 60, 1.02512525446447882);
	near("nothing in no time", bgnbd_purchases(&paper, 3, 9, 0), 0, 0);
	for (i = 0; i < 4; i++)
	{
		for (j = 0; j < 8; j++)
		{
			double		bought = bgnbd_purchases(&ends[i], j & 1 ? 2147483647.0 : 0, j & 2 ? 1e9 : 0, j & 4 ? 1e9 : 1e-9);

			good += bought >= 0 && isfinite(bought);
		}
	}
	truth("ends of all ranges have an answer", good == 32);

	near("alive", bgnbd_alive(&paper, 2, 30.43, 38.86), 0.726578570080672911, 1e-14);
	near("hardly alive", bgnbd_alive(&paper, 3, 1e-6, 1e6), 2.39841077717530552e-17, 1e-12);
	near("surely alive", bgnbd_alive(&paper, 10000, 4999, 5000), 0.999415360790041379, 1e-14);
	near("beyond the smallest number", bgnbd_alive(&paper, 1000, 10, 100), 0, 0);
	near("no repeats", bgnbd_alive(&paper, 0, 0, 100), 1, 0);
}

static void
test_value(void)
{
	const Bgnbd paper = {0.243, 4.414, 0.793, 2.426};
	const GammaGamma spend = {6.25, 3.74, 15.44};
	const GammaGamma heavy = {6.25, 1, 15.44};

	near("spend after two of 22.35", gamma_gamma_spend(&spend, 2, 22.35), 24.6637139107611549, 1e-14);
	near("spend of all", gamma_gamma_spend(&spend, 0, 0), 35.218978102189781, 1e-14);
	truth("no mean for q = 1", isnan(gamma_gamma_spend(&heavy, 0, 0)) && isnan(gamma_gamma_spend(&heavy, 2, 9)));
	truth("amounts not known", isnan(gamma_gamma_spend(&spend, 2, 0)));
	near("a year's value", bgnbd_alive(&paper, 2, 30.43, 38.86) * gamma_gamma_spend(&spend, 2, 22.35) *
		 bgnbd_discounted(&paper, 2, 38.86, 12, 0.01, count_pause), 36.289211125599216, 1e-13);
	near("of one who came once", gamma_gamma_spend(&spend, 0, 0) * bgnbd_discounted(&paper, 0, 38.86, 12, 0.01, count_pause), 8.3690043589204615, 1e-13);
	near("30 months", bgnbd_alive(&paper, 7, 29.43, 38.86) * gamma_gamma_spend(&spend, 7, 73.74) *
		 bgnbd_discounted(&paper, 7, 38.86, 30, 0.02, count_pause), 453.863767721885158, 1e-13);
	near("a month without discount", bgnbd_discounted(&paper, 7, 38.86, 1, 0, count_pause), bgnbd_purchases(&paper, 7, 38.86, 4.345), 1e-15);
	near("no months", bgnbd_discounted(&paper, 7, 38.86, 0, 0.01, count_pause), 0, 0);
	/* Gupta & Lehmann (2003): 60 % kept at 12 % is 1.15 margins */
	near("margin multiple", margin_value(1, 0.6, 0.12), 0.6 / 0.52, 1e-15);
	near("all lost", margin_value(7, 0, 0.1), 0, 0);
	truth("nobody lost, no discount", isnan(margin_value(7, 1, 0)));
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
	truth("bg/nbd of them", bgnbd_fit(entries, count, count_pause, &m, &twice));
	near("log-likelihood of each twice", twice, 2 * -100.78040820709, 1e-12);
	near("r", m.r, 0.807624495448, 1e-6);
	near("alpha", m.alpha, 8.813563548607, 1e-6);
	near("a", m.a, 0.447755190466, 1e-5);
	near("b", m.b, 3.069704232749, 1e-5);
	truth("the query could have been cancelled", pauses > 100);
	for (i = 0; i < 12; i++)
		entries[i] = entry(x[i], 7 * recency[i], 7 * age[i], 0);
	qsort(entries, 12, sizeof(ClvEntry), entry_order);
	truth("in days", bgnbd_fit(entries, 12, count_pause, &m, &ll));
	near("alpha has the unit of time", m.alpha, 7 * 8.813563548607, 1e-6);
	near("and b does not", m.b, 3.069704232749, 1e-5);

	for (i = 0; i < 10; i++)
		entries[i] = entry(often[i], 1, 2, mean[i]);
	qsort(entries, 10, sizeof(ClvEntry), entry_order);
	truth("gamma-gamma", gamma_gamma_fit(entries, 10, count_pause, &g, &ll));
	near("its log-likelihood", ll, -46.410963623723, 1e-12);
	near("p", g.p, 2.93509575081, 1e-6);
	near("q", g.q, 2.48814959522, 1e-6);
	near("gamma", g.gamma, 23.69895359590, 1e-6);
	for (i = 0; i < 10; i++)
		entries[i].monetary *= 1e-20;
	gamma_gamma_fit(entries, 10, count_pause, &g, &ll);
	near("gamma has the unit of amounts", g.gamma, 23.69895359590e-20, 1e-6);

	truth("nobody", !bgnbd_fit(entries, 0, count_pause, &m, &ll) && !gamma_gamma_fit(entries, 0, count_pause, &g, &ll));
	truth("one customer", !bgnbd_fit(entries, 1, count_pause, &m, &ll) && !gamma_gamma_fit(entries, 1, count_pause, &g, &ll));
	for (i = 0; i < 10; i++)
		entries[i] = entry(0, 0, 10 + i, 0);
	truth("no repeats", !bgnbd_fit(entries, 10, count_pause, &m, &ll) && !gamma_gamma_fit(entries, 10, count_pause, &g, &ll));
	/* R: the likelihood rises to -31.5741577968 as p does to infinity */
	for (i = 0; i < 7; i++)
		entries[i] = entry((int[]) {1, 2, 5, 1, 3, 12, 2}[i], 1, 2, (int[]) {20, 35, 12, 50, 27, 31, 18}[i]);
	entries[7] = entry(4, 1, 2, 44);
	qsort(entries, 8, sizeof(ClvEntry), entry_order);
	truth("means without variation", gamma_gamma_fit(entries, 8, count_pause, &g, &ll) && g.p > 1e4);
	near("their log-likelihood", ll, -31.5741577968, 1e-6);
	near("each has his mean", gamma_gamma_spend(&g, 5, 12), 12, 1e-3);
	for (i = 0; i < 10; i++)
		entries[i] = entry(3, 5, 10, 20);
	truth("means that do not differ", !gamma_gamma_fit(entries, 10, count_pause, &g, &ll));
	for (i = 0; i < 10; i++)
		entries[i] = entry(3 + i % 3, 10, 10, 20 + i);
	/* nobody ever stopped: 39 repeats in 100 weeks, hardly more different than by chance */
	truth("nobody ever stopped", bgnbd_fit(entries, 10, count_pause, &m, &ll));
	near("all are alive", bgnbd_alive(&m, 4, 10, 10), 1, 1e-5);
	near("and buy as before", bgnbd_purchases(&m, 4, 10, 10), 3.9, 1e-3);
	for (i = 0; i < 10; i++)
		entries[i] = entry(2, 0, 0, 20);
	truth("no time", !bgnbd_fit(entries, 10, count_pause, &m, &ll));

	/* counts that do not fit stay apart */
	entries[0] = entries[1] = entry(1, 2, 3, 4);
	entries[0].customers = UINT32_MAX;
	truth("four thousand million customers", clv_entries_merge(entries, 2) == 2 && entries[1].customers == 1);
}

/* Rosenbrock's valley; a slope; a function that is nowhere defined. */
static double
valley(const double *point, double *gradient, void *data)
{
	double		u = point[1] - point[0] * point[0];

	(void) data;
	gradient[0] = -400 * point[0] * u - 2 * (1 - point[0]);
	gradient[1] = 200 * u;
	return 100 * u * u + (1 - point[0]) * (1 - point[0]);
}

static double
slope(const double *point, double *gradient, void *data)
{
	(void) data;
	gradient[0] = -exp(-point[0]);
	return exp(-point[0]);
}

static double
nowhere(const double *point, double *gradient, void *data)
{
	(void) data;
	gradient[0] = point[0];
	return NAN;
}

static void
test_optimum(void)
{
	double		point[2] = {-1.2, 1};
	double		value;

	truth("down the valley", descend(valley, NULL, 2, 9, point) < 1e-9);
	truth("to its end", polish(valley, NULL, 2, 9, 1e-7, point, &value) && value < 1e-28);
	near("there", point[0], 1, 1e-14);
	point[0] = 0;
	descend(slope, NULL, 1, 9, point);
	truth("a slope has no lowest place", !polish(slope, NULL, 1, 9, 1e-7, point, &value));
	truth("nor has nothing", isinf(descend(nowhere, NULL, 1, 9, point)) && !polish(nowhere, NULL, 1, 9, 1e-7, point, &value));
}

static void
test_sums(void)
{
	double		sum = 0.0,
				rest = 0.0;
	int			i;

	near("digamma", digamma(0.001), -1000.5755719318103, 1e-15);
	near("digamma of a half", digamma(0.5), -1.96351002602142348, 1e-15);
	near("digamma of one", digamma(1), -0.577215664901532861, 1e-14);
	near("digamma", digamma(3.7), 1.16715353936151139, 1e-14);
	near("digamma", digamma(12), 2.44266167997581202, 1e-15);
	near("digamma of a million", digamma(1e6), 13.8155100579641908, 1e-15);
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
test_clv(void)
{
	test_purchases();
	test_value();
	test_fits();
	test_optimum();
	test_sums();
}
