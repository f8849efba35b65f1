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

static void
test_digamma(void)
{
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
	test_digamma();
}
