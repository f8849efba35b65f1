/*
 * stats_prior.c: priors of Efron & Morris' (1977) players and of segments by hand; qbeta
 * and pbeta of R; edges.
 */
#include <math.h>

#include "stats/stats_prior.h"
#include "unit.h"

#define SEGMENTS(x, n)	prior_of(x, n, (int) (sizeof(x) / sizeof((x)[0])))

static bool known;

static Prior
prior_of(const int64_t *x, const int64_t *n, int count)
{
	PriorSums	sums = {0};
	Prior		prior;
	int			i;

	for (i = 0; i < count; i++)
		prior_add(&sums, x[i], n[i]);
	known = prior_possible(&sums) && prior_fit(&sums, &prior);
	return prior;
}

static void
test_players(void)
{
	const int64_t hits[] = {18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7};
	int64_t		times[18];
	Prior		prior;
	Bounds		bounds;
	int			i;

	for (i = 0; i < 18; i++)
		times[i] = 45;
	prior = SEGMENTS(hits, times);
	truth("players tell a prior", known);
	near("alpha", prior.alpha, 97.675916107, 1e-11);
	near("beta", prior.beta, 270.312418994, 1e-11);
	near("rho", 1 / (1 + prior.alpha + prior.beta), 0.00271011277287933, 1e-12);
	near("first", shrunken_share(prior, (Share) {18, 45}), 0.280094875025392, 1e-13);
	shrunken_bounds(prior, (Share) {18, 45}, 0.95, &bounds);
	near("first, lower", bounds.lower, 0.237878644392843, 1e-12);
	near("first, upper", bounds.upper, 0.324328375818885, 1e-12);
	near("first above .3", shrunken_above(prior, (Share) {18, 45}, 0.3), 0.1829949336515017, 1e-11);
	near("last above .3", shrunken_above(prior, (Share) {7, 45}, 0.3), 0.0172287634458239, 1e-11);
	near("above 0", shrunken_above(prior, (Share) {7, 45}, 0), 1, 0);
	near("above 1", shrunken_above(prior, (Share) {7, 45}, 1), 0, 0);
	near("no answers", shrunken_share(prior, (Share) {0, 0}), NAN, 0);
	truth("no answers, no bounds", !shrunken_bounds(prior, (Share) {0, 0}, 0.95, &bounds));
}

/* 132 of 165 are 0.8; S = 4.4, so rho = (4.4 - 0.96) / ((165 - 6213/165 - 6) 0.16) */
static void
test_agents(void)
{
	const int64_t x[] = {3, 38, 45, 28, 12, 0, 6};
	const int64_t n[] = {3, 40, 50, 40, 20, 2, 10};
	Prior		prior = SEGMENTS(x, n);
	double		rho = 3.44 / ((165 - 6213 / 165.0 - 6) * 0.16);

	near("alpha by hand", prior.alpha, 0.8 * (1 - rho) / rho, 1e-13);
	near("beta by hand", prior.beta, 0.2 * (1 - rho) / rho, 1e-13);
}

/* Sums do not depend on the order or on what is merged first, and are wide enough. */
static void
test_sums(void)
{
	PriorSums	forth = {0},
				back = {0},
				parts[3] = {{0}},
				large = {0};
	Prior		prior;
	int64_t		i;

	for (i = 1; i <= 1000; i++)
	{
		int64_t		k = 1001 - i;

		prior_add(&forth, i * 7919 % i, i * 1000003);
		prior_add(&back, k * 7919 % k, k * 1000003);
		prior_add(&parts[i % 3], i * 7919 % i, i * 1000003);
	}
	prior_join(&parts[2], &parts[0]);
	prior_join(&parts[2], &parts[1]);
	truth("in any order", forth.quotients == back.quotients && forth.squares == back.squares &&
		  forth.quotients == parts[2].quotients && forth.responses == parts[2].responses &&
		  forth.segments == 1000);
	/* the most there can be: two thirds of 2^63 - 1 are yes, in segments of 0, 1, 1 */
	prior_add(&large, INT64_MAX / 3, INT64_MAX / 3);
	prior_add(&large, INT64_MAX / 3, INT64_MAX / 3);
	prior_add(&large, 0, INT64_MAX / 3);
	truth("very many answers", prior_possible(&large) && prior_fit(&large, &prior));
	near("nothing in common", prior.alpha, 0, 0);
	large.yes = large.responses + 1;
	truth("more yes than answers", !prior_possible(&large));
}

static void
test_edges(void)
{
	const int64_t two[] = {1, 2},
				one[] = {1, 1, 1, 1},
				some[] = {1, 0, 1, 1},
				ten[] = {10, 10, 10},
				alike[] = {3, 4, 5},
				none[] = {0, 0, 0},
				own[] = {2, 0, 4},
				whole[] = {2, 3, 4};
	Prior		prior;
	Bounds		bounds,
				wilson;

	SEGMENTS(two, two);
	truth("two segments", !known);
	SEGMENTS(some, one);
	truth("an answer each", !known);
	prior = SEGMENTS(alike, ten);
	truth("no more than chance", known && isnan(prior.alpha) && isnan(prior.beta));
	near("the share of all", shrunken_share(prior, (Share) {3, 10}), 0.4, 1e-15);
	wilson_interval((Share) {12, 30}, 0.95, &wilson);
	shrunken_bounds(prior, (Share) {3, 10}, 0.95, &bounds);
	near("its bounds are Wilson's", bounds.lower, wilson.lower, 0);
	near("and so is the probability", shrunken_above(prior, (Share) {3, 10}, wilson.lower), 0.975,
		 1e-13);
	prior = SEGMENTS(none, ten);
	truth("no variance", known && isnan(prior.alpha));
	near("none", shrunken_share(prior, (Share) {0, 10}), 0, 0);
	near("above 0", shrunken_above(prior, (Share) {0, 10}, 0), 1, 0);
	prior = SEGMENTS(own, whole);
	truth("nothing in common", known && prior.alpha == 0 && prior.beta == 0);
	near("its own share", shrunken_share(prior, (Share) {2, 2}), 1, 0);
	truth("no bounds of all", !shrunken_bounds(prior, (Share) {2, 2}, 0.95, &bounds));
	near("no probability", shrunken_above(prior, (Share) {0, 3}, 0.5), NAN, 0);
	near("uniform", shrunken_above(prior, (Share) {1, 2}, 0.25), 0.75, 1e-14);
}

void
test_stats_prior(void)
{
	test_players();
	test_agents();
	test_sums();
	test_edges();
}
