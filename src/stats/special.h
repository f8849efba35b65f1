/*
 * special.h: special functions on plain doubles; links nothing beyond libm.
 */
#ifndef RECOVERY_KPI_SPECIAL_H
#define RECOVERY_KPI_SPECIAL_H

#include <stdbool.h>

#define SQRT_2PI	2.50662827463100050241576528481
#define LN_SMALLEST	(-745.0)	/* the smallest double */

/* P(X <= x) and P(X >= x) of a law of X > 0 with two parameters, and its density times x. */
typedef void (*TailLaw) (double a, double b, double x, double tails[2], double *rise);

extern double normal_quantile(double p);
extern double normal_cdf(double z);
extern double normal_two_sided(double z);
extern double stirling_rest(double z);
extern double deviance(double x, double m);
extern double t_quantile(double tail, double df);
extern double t_two_sided(double t, double df);
extern double tail_root(TailLaw law, double a, double b, double tail, bool upper, double at,
						double high);
extern double beta_lower_tail(double a, double b, double x);
extern double beta_upper_tail(double a, double b, double x);
extern double beta_quantile(double tail, double a, double b, bool upper);
extern void beta_interval(double tail, double a, double b, double *lower, double *upper);
extern double gamma_lower_tail(double a, double x);
extern double gamma_upper_tail(double a, double x);
extern double gamma_quantile(double tail, double a, bool upper);
extern double log_gamma(double x);
extern double log_gamma_rise(double x, double rise);
extern double digamma(double x);
extern double digamma_rise(double x, double rise);
extern double binomial_pmf(double k, double n, double p);
extern double binomial_lower_tail(double k, double n, double p);
extern double binomial_upper_tail(double k, double n, double p);
extern double hypergeometric_pmf(double k, double drawn, double marked, double total);

#endif
