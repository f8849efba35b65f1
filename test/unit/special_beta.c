/*
 * special_beta.c: the beta law, Student's t and binomial tails against R and mpmath.
 */
#include <math.h>

#include "stats/special.h"
#include "unit.h"

static void
test_beta(void)
{
	/* closed forms */
	near("beta 1, 1 is uniform", beta_lower_tail(1, 1, 0.3), 0.3, 1e-14);
	near("beta 7.5, 1 is a power", beta_lower_tail(7.5, 1, 0.3), pow(0.3, 7.5), 1e-13);
	near("beta 1, 7.5 from above", beta_upper_tail(1, 7.5, 0.3), pow(0.7, 7.5), 1e-13);
	near("beta mirrored", beta_lower_tail(2.5, 9, 0.25), beta_upper_tail(9, 2.5, 0.75), 1e-14);
	near("beta quantile of a power", beta_quantile(0.025, 7.5, 1, false),
		 pow(0.025, 1 / 7.5), 1e-13);
	near("beta 2, 3", beta_lower_tail(2, 3, 0.1), 0.0523, 1e-13);
	near("beta upper", beta_upper_tail(2, 3, 0.1), 0.9477, 1e-13);
	near("arcsine", beta_lower_tail(0.5, 0.5, 0.3), 0.36901011956554525, 1e-13);
	near("beta 1e4", beta_lower_tail(1e4, 2e4, 0.33), 0.11020551912741867, 1e-11);
	near("beta 1e6", beta_upper_tail(1e6, 1e6, 0.501), 0.0023388494069315189, 1e-11);
	near("beta lopsided", beta_upper_tail(500, 2, 0.999), 0.090431582708222699, 1e-11);
	near("beta small shape", beta_upper_tail(0.1, 900, 0.01), 1.5735593674027309e-06, 1e-11);
	near("beta quantile 1, 29", beta_quantile(0.025, 1, 29, false), 0.00087264688357992204, 1e-13);
	near("beta quantile 16, 133", beta_quantile(0.025, 16, 133, true), 0.16165049034947898, 1e-12);
	near("beta quantile, shape below 1", beta_quantile(0.5, 0.5, 3, false),
		 0.079032767076173016, 1e-12);
	near("beta quantile far out", beta_quantile(1e-6, 3, 1000, false),
		 1.8235886734791278e-05, 1e-12);

	/* counts far beyond any survey: right, and at once */
	near("beta quantile 1, 1e12", beta_quantile(0.025, 1, 1e12, false),
		 2.5317807984289617e-14, 1e-12);
	near("beta quantile 2, 1e12", beta_quantile(0.025, 2, 1e12, true),
		 5.571643390920593e-12, 1e-12);
	near("beta quantile 1e12, 1", 1 - beta_quantile(0.025, 1e12, 1, false), 3.6888794541e-12, 1e-4);
	near("beta quantile 5e11, 5e11", beta_quantile(0.025, 5e11, 5e11, false),
		 0.49999902001800745, 1e-13);
	near("beta quantile at the switch", beta_quantile(0.025, 2e8, 2e8, true),
		 0.5000489990995267, 1e-13);
	near("beta quantile 1e7, 1e18", beta_quantile(0.025, 1e7, 1e18, true),
		 1.0006198897321485e-11, 1e-12);
	near("beta quantile 1000, 9e18", beta_quantile(0.025, 1000, 9e18, false),
		 1.0433033537863242e-16, 1e-12);
	near("beta quantile 4.5e18, 4.5e18", beta_quantile(0.025, 4.5e18, 4.5e18, true),
		 0.5000000003266605, 1e-13);
}

static void
test_student(void)
{
	near("t tail, 1 df", t_two_sided(1, 1), 0.5, 1e-12);
	near("t tail, 3 df", t_two_sided(-2, 3), 0.13932596855884313, 1e-12);
	near("t tail, 9 df", t_two_sided(5, 9), 0.00073896790980324239, 1e-12);
	near("t far tail, 9 df", t_two_sided(40, 9), 1.8982998449339835e-11, 1e-12);
	near("t next to 0", t_two_sided(1e-8, 5), 0.99999999240786619, 1e-15);
	near("t of 0", t_two_sided(0, 5), 1.0, 0.0);
	/* 1 df is Cauchy's law: 2 / pi * atan(1 / t) */
	near("t far out, 1 df", t_two_sided(1e100, 1), 2e-100 / M_PI, 1e-12);
	near("t whose square is no double", t_two_sided(-1e200, 9), 0.0, 0.0);
	near("t without degrees of freedom", t_two_sided(2, NAN), NAN, 0.0);
	near("no t", t_two_sided(NAN, 5), NAN, 0.0);
	near("t quantile without degrees of freedom", t_quantile(0.025, NAN), NAN, 0.0);
	near("beta tail of no number", beta_lower_tail(NAN, 2, 0.3), NAN, 0.0);
	near("t tail, a million df", t_two_sided(3, 1e6), 0.0026998625414217923, 1e-11);
	near("t far tail, a million df", t_two_sided(12, 1e6), 3.571685124765059e-33, 1e-11);
	near("t tail, fractional df", t_two_sided(1.5, 0.7), 0.44036509701924015, 1e-12);
	near("t at the switch to the normal", t_two_sided(2.5, 1e10) / t_two_sided(2.5, 0.9999e10),
		 1.0, 1e-12);
	/* closed forms */
	near("t tail, 2 df", t_two_sided(3, 2), 1 - 3 / sqrt(11.0), 1e-13);
	near("t quantile, 2 df", t_quantile(0.025, 2), 0.95 / sqrt(2 * 0.025 * 0.975), 1e-13);
	near("t quantile, 1 df", t_quantile(0.025, 1), 12.706204736174707, 1e-12);
	near("t quantile, 2.5 df", t_quantile(0.005, 2.5), 7.1637281389488061, 1e-12);
	near("t quantile, Welch df", t_quantile(0.25, 17.776473516178495), 0.6885413600788487, 1e-12);
	near("t quantile far out", t_quantile(1e-10, 1), 3183098861.8379064, 1e-11);
	near("t quantile, a million df", t_quantile(0.025, 1e6), 1.9599663568141066, 1e-12);
	near("t quantile near the median", t_quantile(0.4, 30), 0.25560536495191277, 1e-12);
	near("t quantile, huge df", t_quantile(0.025, 1e18), 1.9599639845400538, 1e-14);
}

/* Both quantiles at once, against each alone, over shapes of all sizes and R's qbeta. */
static void
test_interval(void)
{
	double		worst = 0.0;
	double		lower,
				upper;
	int			i;

	for (i = 0; i < 4000; i++)
	{
		double		a = exp(i % 63 * 0.25 - 2.0),
					b = exp(i % 61 * 0.25 - 2.0),
					tail = exp(-(i % 7) - 0.8);

		beta_interval(tail, a, b, &lower, &upper);
		worst = fmax(worst, fabs(lower / beta_quantile(tail, a, b, false) - 1.0));
		/* an upper quantile near 0 has the accuracy of 1 */
		worst = fmax(worst, fabs(upper - beta_quantile(tail, a, b, true)));
	}
	truth("both beta quantiles are those of each", worst < 1e-12);
	beta_interval(0.025, 115.675916106987, 297.312418993755, &lower, &upper);
	near("beta interval, lower", lower, 0.237878644392843, 1e-12);
	near("beta interval, upper", upper, 0.324328375818885, 1e-12);
	beta_interval(0.025, 1, 1, &lower, &upper);
	near("uniform, lower", lower, 0.025, 1e-14);
	near("uniform, upper", upper, 0.975, 1e-14);
	beta_interval(0.25, 2, 1, &lower, &upper);
	near("a triangle, lower", lower, 0.5, 1e-14);
	near("a triangle, upper", upper, sqrt(0.75), 1e-14);
}

static void
test_binomial(void)
{
	near("binomial tail", binomial_lower_tail(3, 10, 0.3), 0.6496107184, 1e-12);
	near("binomial upper tail", binomial_upper_tail(4, 10, 0.3), 0.3503892816, 1e-12);
	near("at least one of three coins", binomial_upper_tail(1, 3, 0.5), 0.875, 1e-14);
	near("at most all but one of three", binomial_lower_tail(2, 3, 0.2), 1 - 0.008, 1e-14);
	near("binomial whole", binomial_upper_tail(0, 10, 0.3), 1.0, 0.0);
}

void
test_special_beta(void)
{
	test_beta();
	test_student();
	test_interval();
	test_binomial();
}
