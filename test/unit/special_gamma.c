/*
 * special_gamma.c: the gamma law and the digamma function against R and mpmath.
 */
#include <math.h>

#include "stats/special.h"
#include "unit.h"

/* R: pgamma and qgamma */
static void
test_gamma(void)
{
	/* closed forms */
	near("gamma 1 is exponential", gamma_lower_tail(1, 0.7), -expm1(-0.7), 1e-14);
	near("gamma 1/2 is the error function", gamma_lower_tail(0.5, 2.3), erf(sqrt(2.3)), 1e-14);
	near("gamma 3 is three Poisson terms", gamma_upper_tail(3, 4), 13 * exp(-4), 1e-14);
	near("gamma quantile, 1", gamma_quantile(0.025, 1, true), -log(0.025), 1e-14);
	near("gamma quantile, 1, from below", gamma_quantile(0.025, 1, false), -log1p(-0.025), 1e-14);
	near("gamma below", gamma_lower_tail(2.5, 3.2), 0.73078120101289645, 1e-13);
	near("gamma above", gamma_upper_tail(2.5, 3.2), 0.26921879898710360, 1e-13);
	near("gamma small shape", gamma_lower_tail(0.3, 1e-5), 0.035235360615562573, 1e-13);
	near("gamma far above", gamma_upper_tail(100, 200), 1.8438936497115737e-15, 1e-12);
	near("gamma far below", gamma_lower_tail(1e6, 0.97e6), 4.9209087785911586e-202, 1e-11);
	near("gamma at the switch", gamma_lower_tail(1e8, 99990000), 0.15865525352814380, 1e-8);
	near("gamma quantile, tiny", gamma_quantile(1e-12, 0.5, false), 7.8539816339744886e-25, 1e-12);
	near("gamma quantile, 365", gamma_quantile(0.005, 365, false), 317.66795058543511, 1e-13);
	near("gamma quantile, 1e9", gamma_quantile(0.025, 1e9, true), 1000061980.4503779, 1e-12);
}

/* Closed forms: Gamma(n) = (n - 1)!, Gamma(x + 1) = x Gamma(x). */
static void
test_log_gamma(void)
{
	near("log of 4!", log_gamma(5), log(24), 1e-15);
	near("log Gamma of a half", log_gamma(0.5), log(PI) / 2, 1e-15);
	near("rise by 2 from 3", log_gamma_rise(3, 2), log(12), 1e-15);
	near("rise by 3 from 20", log_gamma_rise(20, 3), log(20 * 21 * 22), 1e-14);
	near("rise by 1 from 10^15", log_gamma_rise(1e15, 1), log(1e15), 1e-15);
}

/* Closed forms: digamma(x + 1) = digamma(x) + 1 / x, and Gauss's of 1/4. */
static void
test_digamma(void)
{
	near("digamma of a quarter", digamma(0.25), -EULER - PI / 2 - 3 * log(2), 1e-14);
	near("digamma's rise by 2 from 2", digamma_rise(2, 2), 1 / 2.0 + 1 / 3.0, 1e-14);
	near("digamma's rise by 2 from 50", digamma_rise(50, 2), 1 / 50.0 + 1 / 51.0, 1e-14);
	near("digamma's rise by 1 from 10^12", digamma_rise(1e12, 1), 1e-12, 1e-14);
	near("digamma", digamma(0.001), -1000.5755719318103, 1e-15);
	near("digamma of a half", digamma(0.5), -1.96351002602142348, 1e-15);
	near("digamma of one", digamma(1), -0.577215664901532861, 1e-14);
	near("digamma", digamma(3.7), 1.16715353936151139, 1e-14);
	near("digamma", digamma(12), 2.44266167997581202, 1e-15);
	near("digamma of a million", digamma(1e6), 13.8155100579641908, 1e-15);
}

void
test_special_gamma(void)
{
	test_gamma();
	test_log_gamma();
	test_digamma();
}
