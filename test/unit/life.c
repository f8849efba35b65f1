/*
 * life.c: survival statistics against R's survival 3.5-3 (survfit, survdiff), and
 * spans against the exact durations they stand for.
 */
#include <math.h>
#include <stddef.h>

#include "stats/special.h"
#include "stats/stats_life.h"
#include "unit.h"

static LifeCurve
curve_of(const LifeSpan *spans, int count)
{
	LifeCurve	curve = {spans, count, 0, count > 0 ? spans[count - 1].to : 0, 1, false};
	int			i;

	for (i = 0; i < count; i++)
		curve.subjects += spans[i].events + spans[i].censored;
	return curve;
}

/* Miller (1981), maintained chemotherapy; R: survfit(conf.type = "log-log", conf.int = 0.9) */
static void
test_leukemia(void)
{
	static const LifeSpan spans[] = {
		{9, 9, 1, 0, 0.0}, {13, 13, 1, 1, 0.0}, {18, 18, 1, 0, 0.0}, {23, 23, 1, 0, 0.0}, {28, 28, 0, 1, 0.0}, {31, 31, 1, 0, 0.0},
		{34, 34, 1, 0, 0.0}, {45, 45, 0, 1, 0.0}, {48, 48, 1, 0, 0.0}, {161, 161, 0, 1, 0.0}
	};
	LifeCurve	curve = curve_of(spans, 10);
	Bounds		bounds;
	int64_t		lower,
				upper;
	double		mean,
				variance;

	near("S before the first event", life_survival(&curve, 8, 0.9, &bounds), 1.0, 0.0);
	near("its bound", bounds.lower, 1.0, 0.0);
	near("S(23)", life_survival(&curve, 23, 0.9, &bounds), 0.61363636363636354, 1e-15);
	near("S(23) lower", bounds.lower, 0.323455510894704645, 1e-13);
	near("S(23) upper", bounds.upper, 0.80953443637459876, 1e-13);
	near("S(50)", life_survival(&curve, 50, 0.9, &bounds), 0.18409090909090908, 1e-15);
	near("S(50) upper", bounds.upper, 0.47116618252922959, 1e-13);
	near("S past the end stays", life_survival(&curve, 1000, 0.9, NULL), 0.18409090909090908, 1e-15);
	truth("median", life_quantile(&curve, 0.5) == 31);
	truth("upper quartile", life_quantile(&curve, 0.75) == 48);
	truth("never", life_quantile(&curve, 0.9) == LIFE_NEVER);
	life_quantile_interval(&curve, 0.5, 0.95, &lower, &upper);
	truth("median from", lower == 13);
	truth("median to", upper == LIFE_NEVER);
	truth("mean to 50", life_restricted_mean(&curve, 50, &mean, &variance));
	near("rmean", mean, 32.2113636363636360, 1e-15);
	near("se(rmean)", sqrt(variance), 4.6762565168881922, 1e-14);
	truth("no mean past the end", !life_restricted_mean(&curve, 162, &mean, &variance) && isnan(mean));
}

/* all ended, all open, nobody, one: nothing divides by zero */
static void
test_edges(void)
{
	static const LifeSpan events[] = {{1, 1, 3, 0, 0.0}, {2, 2, 2, 0, 0.0}, {3, 3, 1, 0, 0.0}};
	static const LifeSpan open[] = {{5, 5, 0, 4, 0.0}};
	LifeCurve	curve = curve_of(events, 3);
	Bounds		bounds;
	int64_t		lower,
				upper;
	double		mean,
				variance;

	near("exactly a half", life_survival(&curve, 1, 0.95, NULL), 0.5, 0.0);
	truth("is the median", life_quantile(&curve, 0.5) == 1);
	truth("first and last", life_quantile(&curve, 0.0) == 1 && life_quantile(&curve, 1.0) == 3);
	near("nobody left", life_survival(&curve, 3, 0.95, &bounds), 0.0, 0.0);
	near("and no bounds", bounds.upper, NAN, 0.0);
	truth("mean past the last event", life_restricted_mean(&curve, 100, &mean, &variance));
	near("is the mean", mean, 10.0 / 6.0, 1e-15);
	near("with its variance", variance, (3 * 1.0 + 2 * 4.0 + 9.0 - 100.0 / 6.0) / 36.0, 1e-14);

	curve = curve_of(open, 1);
	near("all open", life_survival(&curve, 9, 0.95, &bounds), 1.0, 0.0);
	truth("no median", life_quantile(&curve, 0.5) == LIFE_NEVER && life_quantile(&curve, 0.0) == LIFE_NEVER);
	truth("nor its bounds", !life_quantile_interval(&curve, 0.5, 0.95, &lower, &upper));
	truth("mean up to the end", life_restricted_mean(&curve, 5, &mean, &variance) && mean == 5.0 && variance == 0.0);

	curve = curve_of(open, 0);
	near("nobody", life_survival(&curve, 9, 0.95, &bounds), NAN, 0.0);
	truth("no mean", !life_restricted_mean(&curve, 5, &mean, &variance));
}

/*
 * A span is as good as the durations it stands for: ten events spread over ten
 * microseconds, between exact ones.
 */
static void
test_spans(void)
{
	static const LifeSpan wide[] = {{5, 5, 3, 2, 0.0}, {10, 19, 10, 0, 0.0}, {1000, 1000, 2, 1, 0.0}};
	LifeSpan	single[12] = {{5, 5, 3, 2, 0.0}};
	LifeCurve	a = curve_of(wide, 3);
	LifeCurve	b;
	Bounds		x,
				y;
	double		mean[2],
				variance[2];
	int64_t		t;
	double		q;
	bool		good = true;

	for (t = 10; t < 20; t++)
		single[t - 9] = (LifeSpan) {t, t, 1, 0, 0.0};
	single[11] = wide[2];
	b = curve_of(single, 12);
	for (t = 0; t < 50; t++)
		good = good && fabs(life_survival(&a, t, 0.95, &x) - life_survival(&b, t, 0.95, &y)) < 1e-15;
	truth("the same survival at all times", good);
	for (q = 0.0, good = true; q < 1.0; q += 0.01)
		good = good && life_quantile(&a, q) == life_quantile(&b, q);
	truth("the same quantiles", good);
	for (t = 1, good = true; t <= 1000; t++)
		good = good && life_restricted_mean(&a, t, &mean[0], &variance[0]) &&
			life_restricted_mean(&b, t, &mean[1], &variance[1]) && fabs(mean[0] - mean[1]) < 1e-11;
	truth("the same means", good);
	/* the variance puts the events of a span in its middle, so it must be narrow */
	near("nearly the same variance", variance[0], variance[1], 0.02);

	/* the same in units of a thousand */
	for (t = 0; t < 12; t++)
	{
		single[t].from *= 1000;
		single[t].to *= 1000;
	}
	a = curve_of((LifeSpan[]) {{5000, 5000, 3, 2, 0.0}, {10000, 19000, 10, 0, 0.0}, {1000000, 1000000, 2, 1, 0.0}}, 3);
	a.grain = 1000;
	b = curve_of(single, 12);
	for (t = 0, good = true; t < 40000; t += 77)
		good = good && fabs(life_survival(&a, t, 0.95, &x) - life_survival(&b, t, 0.95, &y)) < 1e-15 &&
			life_restricted_mean(&a, t, &mean[0], &variance[0]) == life_restricted_mean(&b, t, &mean[1], &variance[1]) &&
			fabs(mean[0] - mean[1]) < 1e-9;
	truth("the same survival and means with a grain", good);
	for (q = 0.0, good = true; q < 1.0; q += 0.01)
		good = good && life_quantile(&a, q) == life_quantile(&b, q);
	truth("the same quantiles with a grain", good);

	/* censored subjects of a span leave while its events come */
	b = curve_of((LifeSpan[]) {{0, 1000000, 50, 50, 0.5}}, 1);
	near("actuarial", life_survival(&b, 1000000, 0.95, NULL), 1.0 - 50.0 / 75.0, 1e-5);
}

static void
test_comparisons(void)
{
	static const LifeSpan a[] = {{1, 1, 1, 0, 0.0}, {2, 2, 1, 0, 0.0}, {3, 3, 1, 0, 0.0}, {4, 4, 0, 1, 0.0}};
	static const LifeSpan b[] = {{2, 2, 1, 0, 0.0}, {4, 4, 1, 0, 0.0}, {6, 6, 0, 1, 0.0}, {8, 8, 1, 0, 0.0}};
	LifeCurve	current = curve_of(a, 4);
	LifeCurve	baseline = curve_of(b, 4);
	LifeCurve	nobody = curve_of(a, 0);
	Comparison	comparison;
	Bounds		bounds;

	truth("log-rank", life_logrank(&current, &baseline, &comparison));
	near("chi-square", comparison.statistic, 0.90798439776305273, 1e-14);
	near("p", comparison.p_value, 0.34064978349811598, 1e-13);
	life_logrank(&baseline, &current, &comparison);
	near("either way", comparison.statistic, 0.90798439776305273, 1e-14);
	truth("against nobody", !life_logrank(&current, &nobody, &comparison) && isnan(comparison.statistic));
	truth("a difference without variance", normal_comparison(2.0, 0.0, 0.95, &comparison));
	near("has bounds", comparison.upper, 2.0, 0.0);
	near("but no p", comparison.p_value, NAN, 0.0);

	/* R: poisson.test(7)$conf.int */
	poisson_interval(7, 0.95, &bounds);
	near("Poisson lower", bounds.lower, 2.8143630515198663, 1e-13);
	near("Poisson upper", bounds.upper, 14.422675361702378, 1e-13);
	poisson_interval(0, 0.95, &bounds);
	near("no events, lower", bounds.lower, 0.0, 0.0);
	near("no events, upper", bounds.upper, -log(0.025), 1e-14);
	/* R: poisson.test, and qgamma squared and added */
	poisson_comparison((Events) {10, 200}, (Events) {20, 210}, 0.95, &comparison);
	near("two counts, p", comparison.p_value, 0.101732785627, 1e-11);
	near("two counts, lower", comparison.lower, -0.1032515564185, 1e-12);
	near("two counts, upper", comparison.upper, 0.0107414208799, 1e-11);
	poisson_comparison((Events) {0, 100}, (Events) {9, 100}, 0.95, &comparison);
	near("none against nine, p: 2/2^9", comparison.p_value, 0.00390625, 1e-13);
	truth("no exposure, no test", !poisson_comparison((Events) {1, 0}, (Events) {1, 1}, 0.95, &comparison) && isnan(comparison.p_value));
}

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

void
test_life(void)
{
	test_leukemia();
	test_edges();
	test_spans();
	test_comparisons();
	test_gamma();
}
