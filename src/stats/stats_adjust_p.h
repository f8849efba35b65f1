/*
 * stats_adjust_p.h: p-values of many tests, adjusted for their number.
 */
#ifndef RECOVERY_KPI_STATS_ADJUST_P_H
#define RECOVERY_KPI_STATS_ADJUST_P_H

#include <stddef.h>

/* holm and bonferroni keep the chance of any false alarm, bh and by the share of them. */
typedef enum PAdjustment
{
	P_HOLM, P_BH, P_BY, P_BONFERRONI
} PAdjustment;

extern double holm_p(double p, size_t i, size_t count, double before);
extern void adjust_sorted_p(double *p, size_t count, PAdjustment method);

#endif
