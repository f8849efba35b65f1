/*
 * unit.h: a TAP line per comparison.  Expected values come from R 4.2.2 (qnorm,
 * pt, qt, pbeta, qbeta, dbinom, dhyper, binom.test, fisher.test, t.test), from
 * mpmath at 40 digits where R loses some, or from the paper named.
 */
#ifndef UNIT_H
#define UNIT_H

#include <stdbool.h>

extern void near(const char *name, double got, double want, double relative);
extern void truth(const char *name, bool holds);

extern void test_special(void);
extern void test_stats(void);
extern void test_life(void);
extern void test_paired(void);
extern void test_driver(void);
extern void test_clv(void);
extern void test_sentiment(void);

#endif
