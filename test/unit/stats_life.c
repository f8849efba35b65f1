/*
 * stats_life.c: life tables against R's survival 3.5-3 (survfit), and spans against the
 * exact durations they stand for.
 */
#include <math.h>
#include <stddef.h>

#include "life_curve.h"
#include "unit.h"

/* Miller (1981), maintained chemotherapy; R: survfit(conf.type = "log-log", conf.int = 0.9) */
static void
test_leukemia(void)
{
	static const LifeSpan spans[] = {
		{9, 9, 1, 0, 0.0}, {13, 13, 1, 1, 0.0}, {18, 18, 1, 0, 0.0}, {23, 23, 1, 0, 0.0},
		{28, 28, 0, 1, 0.0}, {31, 31, 1, 0, 0.0}, {34, 34, 1, 0, 0.0}, {45, 45, 0, 1, 0.0},
		{48, 48, 1, 0, 0.0}, {161, 161, 0, 1, 0.0}
	};
	LifeCurve	curve = curve_of(spans, 10);
	Bounds		bounds;
	int64_t		lower,
				upper;
	LifeMean	mean;

	/* Wilson's lower bound of n of n is n / (n + z^2) */
	near("S before the first event", life_survival(&curve, 8, 0.9, &bounds), 1.0, 0.0);
	near("its lower bound", bounds.lower, 11.0 / (11.0 + 1.6448536269514722 * 1.6448536269514722),
		 1e-15);
	near("its upper bound", bounds.upper, 1.0, 0.0);
	near("S(23)", life_survival(&curve, 23, 0.9, &bounds), 0.61363636363636354, 1e-15);
	near("S(23) lower", bounds.lower, 0.323455510894704645, 1e-13);
	near("S(23) upper", bounds.upper, 0.80953443637459876, 1e-13);
	near("S(50)", life_survival(&curve, 50, 0.9, &bounds), 0.18409090909090908, 1e-15);
	near("S(50) upper", bounds.upper, 0.47116618252922959, 1e-13);
	near("S(161)", life_survival(&curve, 161, 0.9, NULL), 0.18409090909090908, 1e-15);
	near("S past the end is unknown", life_survival(&curve, 162, 0.9, &bounds), NAN, 0.0);
	near("and has no bounds", bounds.lower, NAN, 0.0);
	truth("median", life_quantile(&curve, 0.5) == 31);
	truth("upper quartile", life_quantile(&curve, 0.75) == 48);
	truth("never", life_quantile(&curve, 0.9) == LIFE_NEVER);
	life_quantile_interval(&curve, 0.5, 0.95, &lower, &upper);
	truth("median from", lower == 13);
	truth("median to", upper == LIFE_NEVER);
	/* R: at 23 the lower bound is 0.2658, at 31 0.1673 */
	life_quantile_interval(&curve, 0.75, 0.95, &lower, &upper);
	truth("upper quartile from", lower == 31 && upper == LIFE_NEVER);
	truth("no bounds of the first and the last time",
		  !life_quantile_interval(&curve, 0.0, 0.95, &lower, &upper) &&
		  !life_quantile_interval(&curve, 1.0, 0.95, &lower, &upper) && upper == LIFE_NEVER);
	truth("mean to 50", life_restricted_mean(&curve, 50, &mean));
	near("rmean", mean.mean, 32.2113636363636360, 1e-15);
	near("se(rmean)", sqrt(mean.variance), 4.6762565168881922, 1e-14);
	near("events before 50", mean.events, 7.0, 0.0);
	life_restricted_mean(&curve, 48, &mean);
	near("events before 48", mean.events, 6.0, 0.0);
	truth("no mean past the end", !life_restricted_mean(&curve, 162, &mean) && isnan(mean.mean));
}

/* All ended, all open, nobody: nothing divides by zero. */
static void
test_edges(void)
{
	static const LifeSpan events[] = {{1, 1, 3, 0, 0.0}, {2, 2, 2, 0, 0.0}, {3, 3, 1, 0, 0.0}};
	static const LifeSpan open[] = {{5, 5, 0, 4, 0.0}};
	LifeCurve	curve = curve_of(events, 3);
	Bounds		bounds;
	int64_t		lower,
				upper;
	LifeMean	mean;

	near("exactly a half", life_survival(&curve, 1, 0.95, NULL), 0.5, 0.0);
	truth("is the median", life_quantile(&curve, 0.5) == 1);
	truth("first and last", life_quantile(&curve, 0.0) == 1 && life_quantile(&curve, 1.0) == 3);
	/* Wilson's upper bound of 0 of n is z^2 / (n + z^2) */
	near("nobody left", life_survival(&curve, 3, 0.95, &bounds), 0.0, 0.0);
	near("lower bound", bounds.lower, 0.0, 0.0);
	near("upper bound", bounds.upper, 3.8414588206941254 / (6.0 + 3.8414588206941254), 1e-15);
	near("and for ever", life_survival(&curve, 1000, 0.95, &bounds), 0.0, 0.0);
	truth("mean past the last event", life_restricted_mean(&curve, 100, &mean));
	near("is the mean", mean.mean, 10.0 / 6.0, 1e-15);
	near("with its variance", mean.variance, (3 * 1.0 + 2 * 4.0 + 9.0 - 100.0 / 6.0) / 36.0, 1e-14);
	/* t with 5 degrees: 2.5705818356363146 (R: qt(0.975, 5)) */
	truth("bounds", life_mean_interval(mean, 0.95, &bounds));
	near("by t", bounds.upper, mean.mean + 2.5705818356363146 * sqrt(mean.variance), 1e-13);
	life_restricted_mean(&curve, 2, &mean);
	near("three events", mean.events, 3.0, 0.0);
	life_restricted_mean(&curve, 1, &mean);
	truth("no event, no bounds", mean.mean == 1.0 && mean.events == 0.0 &&
		  !life_mean_interval(mean, 0.95, &bounds) && isnan(bounds.upper));
	mean.events = 1.0;
	mean.variance = 1.0;
	truth("nor of one event", !life_mean_interval(mean, 0.95, &bounds));
	mean.events = 3.0;
	mean.variance = 0.0;
	truth("nor of equal times", !life_mean_interval(mean, 0.95, &bounds));

	curve = curve_of(open, 1);
	near("all open", life_survival(&curve, 5, 0.95, &bounds), 1.0, 0.0);
	near("four of four", bounds.lower, 4.0 / (4.0 + 3.8414588206941254), 1e-15);
	near("nobody knows", life_survival(&curve, 6, 0.95, &bounds), NAN, 0.0);
	truth("no median", life_quantile(&curve, 0.5) == LIFE_NEVER &&
		  life_quantile(&curve, 0.0) == LIFE_NEVER);
	truth("and no bounds of it", !life_quantile_interval(&curve, 0.5, 0.95, &lower, &upper));
	truth("mean up to the end", life_restricted_mean(&curve, 5, &mean) && mean.mean == 5.0 &&
		  mean.variance == 0.0);

	curve = curve_of(open, 0);
	near("nobody", life_survival(&curve, 9, 0.95, &bounds), NAN, 0.0);
	truth("no mean", !life_restricted_mean(&curve, 5, &mean));
}

/* ln(-ln 1/e) = 0, and a spread of ln 2 doubles and halves the exponent. */
static void
test_bounds(void)
{
	const double greenwood = pow(log(2) / confidence_z(0.95), 2);
	Bounds		bounds;

	truth("bounds of 1/e", loglog_interval(exp(-1), greenwood, 0.95, &bounds));
	near("lower", bounds.lower, exp(-2), 1e-14);
	near("upper", bounds.upper, exp(-0.5), 1e-14);
	truth("no bounds of 0", !loglog_interval(0, INFINITY, 0.95, &bounds) && isnan(bounds.lower));
	truth("before the first event", loglog_interval(1, 0, 0.95, &bounds) &&
		  bounds.lower == 1 && bounds.upper == 1);
}

/* Of six at risk three end, one is censored, one ends, one is censored. */
static void
test_walk(void)
{
	static const LifeSpan spans[] = {
		{1, 1, 3, 0, 0.0}, {2, 2, 0, 1, 0.0}, {3, 3, 1, 0, 0.0}, {4, 4, 0, 1, 0.0}
	};
	LifeCurve	curve = curve_of(spans, 4);
	LifeWalk	walk;
	LifeSurvival survival;

	life_walk(&walk, &curve);
	truth("the first step", life_step(&walk) && walk.from == 1 && walk.at_risk == 6);
	near("survival before it", walk.before, 1, 0);
	near("survival after it", walk.after, 0.5, 1e-15);
	near("Greenwood's 3 / (6 3)", walk.greenwood_after, 1 / 6.0, 1e-15);
	truth("a step without events", life_step(&walk) && walk.at_risk == 3 &&
		  walk.after == walk.before);
	truth("the next", life_step(&walk) && walk.at_risk == 2);
	near("leaves half of half", walk.after, 0.25, 1e-15);
	near("and adds 1 / (2 1)", walk.greenwood_after, 1 / 6.0 + 1 / 2.0, 1e-15);
	truth("the last step", life_step(&walk) && walk.at_risk == 1 && !life_step(&walk));
	survival = life_survival_past(&curve, 2);
	near("survival past a time", survival.share, 0.5, 1e-15);
	near("with its sum", survival.greenwood, 1 / 6.0, 1e-15);
	truth("of all", survival.at_risk == 3 && survival.subjects == 6);
	near("at risk between two times", life_survival_past(&curve, 5).at_risk, 0, 0);
}

/*
 * A span gives the figures of the durations it stands for: ten events spread over ten
 * microseconds, between exact ones.
 */
static void
test_spans(void)
{
	static const LifeSpan wide[] = {
		{5, 5, 3, 2, 0.0}, {10, 19, 10, 0, 0.0}, {1000, 1000, 2, 1, 0.0}
	};
	LifeSpan	single[12] = {{5, 5, 3, 2, 0.0}};
	LifeCurve	a = curve_of(wide, 3);
	LifeCurve	b;
	Bounds		x,
				y;
	LifeMean	mean[2];
	int64_t		t;
	double		q;
	bool		good = true;

	for (t = 10; t < 20; t++)
		single[t - 9] = (LifeSpan) {t, t, 1, 0, 0.0};
	single[11] = wide[2];
	b = curve_of(single, 12);
	for (t = 0; t < 50; t++)
		good = good &&
			fabs(life_survival(&a, t, 0.95, &x) - life_survival(&b, t, 0.95, &y)) < 1e-15;
	truth("the same survival at all times", good);
	for (q = 0.0, good = true; q < 1.0; q += 0.01)
		good = good && life_quantile(&a, q) == life_quantile(&b, q);
	truth("the same quantiles", good);
	for (t = 1, good = true; t <= 1000; t++)
		good = good && life_restricted_mean(&a, t, &mean[0]) &&
			life_restricted_mean(&b, t, &mean[1]) && fabs(mean[0].mean - mean[1].mean) < 1e-11 &&
			fabs(mean[0].events - mean[1].events) < 1e-12;
	truth("the same means", good);
	/* the variance puts the events of a span in its middle, so it must be narrow */
	near("nearly the same variance", mean[0].variance, mean[1].variance, 0.02);

	/* the same in units of a thousand */
	for (t = 0; t < 12; t++)
	{
		single[t].from *= 1000;
		single[t].to *= 1000;
	}
	a = curve_of((LifeSpan[]) {{5000, 5000, 3, 2, 0.0}, {10000, 19000, 10, 0, 0.0},
							   {1000000, 1000000, 2, 1, 0.0}}, 3);
	a.grain = 1000;
	b = curve_of(single, 12);
	for (t = 0, good = true; t < 40000; t += 77)
		good = good &&
			fabs(life_survival(&a, t, 0.95, &x) - life_survival(&b, t, 0.95, &y)) < 1e-15 &&
			life_restricted_mean(&a, t, &mean[0]) == life_restricted_mean(&b, t, &mean[1]) &&
			fabs(mean[0].mean - mean[1].mean) < 1e-9;
	truth("the same survival and means with a grain", good);
	for (q = 0.0, good = true; q < 1.0; q += 0.01)
		good = good && life_quantile(&a, q) == life_quantile(&b, q);
	truth("the same quantiles with a grain", good);

	/* censored subjects of a span leave while its events come */
	b = curve_of((LifeSpan[]) {{0, 1000000, 50, 50, 0.5}}, 1);
	near("actuarial", life_survival(&b, 1000000, 0.95, NULL), 1.0 - 50.0 / 75.0, 1e-5);
}

void
test_stats_life(void)
{
	test_leukemia();
	test_edges();
	test_bounds();
	test_walk();
	test_spans();
}
