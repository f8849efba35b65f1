/*
 * stats_power.c: R's power.prop.test; means and NPS by their formulas.
 */
#include <math.h>

#include "stats/stats_power.h"
#include "unit.h"

#define Z975	1.959963984540054
#define Z8		0.8416212335729143

void
test_stats_power(void)
{
	const Power usual = {0.95, 0.8};
	double		sum = (Z975 + Z8) * (Z975 + Z8);

	near("80 to 85", share_responses(0.8, 0.05, usual), 905.365777964225, 1e-12);
	near("85 to 80", share_responses(0.85, -0.05, usual), 905.365777964225, 1e-12);
	near("50 to 75", share_responses(0.5, 0.25, (Power) {0.95, 0.9}), 76.7069284517774, 1e-12);
	near("0 to 5", share_responses(0, 0.05, usual), 151.868862117276, 1e-12);
	near("30 to 100", share_responses(0.3, 0.7, usual), 5.95183836928192, 1e-12);
	near("99 % and 95 %", share_responses(0.8, 0.05, (Power) {0.99, 0.95}), 2054.06248771537,
		 1e-12);
	near("of 906", share_detectable(0.8, 906, usual), 0.0499834501447681, 1e-9);
	near("what is found needs as many", share_responses(0.8, share_detectable(0.8, 906, usual),
														usual), 906, 1e-12);
	near("not even all", share_detectable(0.95, 30, usual), NAN, 0);
	near("no room to rise", share_detectable(1, 1e9, usual), NAN, 0);
	near("mean", mean_responses(0.3, 1.4, usual), 2 * sum * 1.96 / 0.09, 1e-12);
	near("a falling mean", mean_responses(-0.3, 1.4, usual), 2 * sum * 1.96 / 0.09, 1e-12);
	near("mean, back", mean_detectable(1.4, 2 * sum * 1.96 / 0.09, usual), 0.3, 1e-12);
	near("NPS at worst", nps_responses(0.3, 0.1, usual), sum * (2 - 0.09 - 0.16) / 0.01, 1e-12);
	near("NPS, back", nps_detectable(0.3, sum * (2 - 0.09 - 0.16) / 0.01, usual), 0.1, 1e-12);
	near("NPS beyond 100", nps_detectable(0.9, 20, usual), NAN, 0);
	near("chance alone", mean_responses(1, 2, (Power) {0.5, 0.01}), 0, 0);
}
