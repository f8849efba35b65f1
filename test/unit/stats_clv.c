/*
 * stats_clv.c: customer value against the papers and mpmath's hyp2f1 at 50 digits; edges by hand.
 */
#include <math.h>

#include "stats/stats_clv.h"
#include "unit.h"

static void
no_pause(void)
{
}

/* The series, where it is not too long, and the integral must both give it. */
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
	const Bgnbd fitted = {
		0.24259290720553836, 4.413531561279733, 0.792886148131692, 2.425753436671432
	};
	const Bgnbd few = {0.3, 4, 0.2, 0.5};
	const Bgnbd one = {0.5, 2, 1, 2};
	const Bgnbd near_one = {0.5, 2, 1.0000001, 2};
	const Bgnbd zero = {0.3, 4, 0.4, 0.6};
	const Bgnbd large = {50, 100, 30, 900};
	const Bgnbd tiny = {1e-3, 1e-3, 1e-3, 1e-3};
	const Bgnbd stop = {5, 1, 200, 3};
	const Bgnbd ends[] = {
		{1e-9, 1e-30, 1e-9, 1e-9}, {1e9, 1e-30, 1e9, 1e9},
		{1e9, 1e30, 1e9, 1e-9}, {1e-9, 1e30, 1e-9, 1e9}
	};
	int			good = 0,
				i,
				j;

	/* Fader, Hardie & Lee (2005), and Hardie's spreadsheet */
	near("1.226 in the paper's note", bgnbd_alive(&fitted, 2, 30.43, 38.86) *
		 bgnbd_purchases(&fitted, 2, 38.86, 39), 1.2259104521240018, 1e-14);
	near("0.7266 alive", bgnbd_alive(&fitted, 2, 30.43, 38.86), 0.7266091515528487, 1e-14);
	near("1.0437 of a new customer in 32 weeks", bgnbd_purchases(&fitted, 0, 0, 32),
		 1.0437372296802716, 1e-13);
	purchases("of two repeats", paper, 2, 38.86, 39, 1.68739930580531302);
	purchases("of no repeats", paper, 0, 38.86, 39, 0.195098052011262639);
	purchases("of a new one, in 10,000 weeks", paper, 0, 0, 10000, 15.0679133150551784);
	purchases("of 10,000 by 5,000, in 10,000 weeks", paper, 10000, 5000, 10000,
			  12329.3463898210351);
	purchases("of 300 by 20", paper, 300, 20, 10000, 3606.88135740555658);
	purchases("a + b - 1 below 0", few, 0, 10, 52, 0.820589619144244732);
	purchases("a + b - 1 = 0", zero, 0, 10, 52, 0.705257115033316623);
	purchases("a near 1", near_one, 3, 5, 10, 3.41730733586655883);
	purchases("a = 1", one, 3, 5, 10, 3.41730744062446752);
	purchases("large parameters", large, 40, 80, 26, 10.6934584962195013);
	purchases("small parameters", tiny, 0, 0, 10000, 4924.99664889045601);
	purchases("customers that stop at once", stop, 2, 7, 60, 1.02512525446447882);
	near("nothing in no time", bgnbd_purchases(&paper, 3, 9, 0), 0, 0);
	for (i = 0; i < 4; i++)
	{
		for (j = 0; j < 8; j++)
		{
			double		bought = bgnbd_purchases(&ends[i], j & 1 ? 2147483647.0 : 0,
												 j & 2 ? 1e9 : 0, j & 4 ? 1e9 : 1e-9);

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

	near("spend after two of 22.35", gamma_gamma_spend(&spend, 2, 22.35),
		 24.6637139107611549, 1e-14);
	near("spend of all", gamma_gamma_spend(&spend, 0, 0), 35.218978102189781, 1e-14);
	truth("no mean for q = 1", isnan(gamma_gamma_spend(&heavy, 0, 0)) &&
		  isnan(gamma_gamma_spend(&heavy, 2, 9)));
	truth("amounts not known", isnan(gamma_gamma_spend(&spend, 2, 0)));
	near("a year's value", bgnbd_alive(&paper, 2, 30.43, 38.86) *
		 gamma_gamma_spend(&spend, 2, 22.35) *
		 bgnbd_discounted(&paper, 2, 38.86, 12, 0.01, no_pause), 36.289211125599216, 1e-13);
	near("of one who came once", gamma_gamma_spend(&spend, 0, 0) *
		 bgnbd_discounted(&paper, 0, 38.86, 12, 0.01, no_pause), 8.3690043589204615, 1e-13);
	near("30 months", bgnbd_alive(&paper, 7, 29.43, 38.86) * gamma_gamma_spend(&spend, 7, 73.74) *
		 bgnbd_discounted(&paper, 7, 38.86, 30, 0.02, no_pause), 453.863767721885158, 1e-13);
	near("a month without discount", bgnbd_discounted(&paper, 7, 38.86, 1, 0, no_pause),
		 bgnbd_purchases(&paper, 7, 38.86, 4.345), 1e-15);
	near("no months", bgnbd_discounted(&paper, 7, 38.86, 0, 0.01, no_pause), 0, 0);
	/* Gupta & Lehmann (2003): 60 % kept at 12 % is 1.15 margins */
	near("margin multiple", margin_value(1, 0.6, 0.12), 0.6 / 0.52, 1e-15);
	near("all lost", margin_value(7, 0, 0.1), 0, 0);
	truth("nobody lost, no discount", isnan(margin_value(7, 1, 0)));
}

void
test_stats_clv(void)
{
	test_purchases();
	test_value();
}
