/*
 * unit.h: what a unit test says.  Each call prints a line, "ok" or "not ok".
 *
 * test/unit/NAME.c tests the file of that name in src/stats or src/sentiment; its
 * function is test_NAME(void), and nothing else needs to name it.
 *
 * Expected values come from R 4.2.2 (qnorm, pt, qt, pbeta, qbeta, dbinom, dhyper,
 * binom.test, fisher.test, t.test), from mpmath at 40 digits where R loses some, from
 * the paper named, or from the formula beside them.
 */
#ifndef UNIT_H
#define UNIT_H

#include <stdbool.h>

#define PI		3.14159265358979323846264338328
#define EULER	0.57721566490153286060651209008

extern void near(const char *name, double got, double want, double relative);
extern void truth(const char *name, bool holds);

#endif
