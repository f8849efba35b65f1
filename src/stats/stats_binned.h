/*
 * stats_binned.h: sums of doubles that are the same to the last bit whatever the order
 * of their terms and however they were merged.
 *
 * A term is cut into pieces of 32 bits, each a whole multiple of a power 2^(32 i) of its
 * own, and every power has a bin, a 64-bit integer.  Integers add up exactly.  Kept are
 * the bins of the highest power that came and of the two below it; whatever lies below
 * is dropped, from all terms alike, so nothing depends on which came first (Demmel &
 * Nguyen 2013).  At least 65 bits of the largest term are kept.
 */
#ifndef RECOVERY_KPI_STATS_BINNED_H
#define RECOVERY_KPI_STATS_BINNED_H

#include <stdint.h>

#define BINNED_BINS		3
#define BINNED_WIDTH	32

/* A bin holds that many pieces, which lie below 2^32, without overflow. */
#define BINNED_MAX_TERMS	INT32_MAX

/* All zero as long as no term but 0 came. */
typedef struct BinnedSum
{
	int64_t		bins[BINNED_BINS];
	int32_t		top;			/* bins[0] counts multiples of 2^(32 top) */
	int32_t		used;			/* 1 after the first term */
} BinnedSum;

extern void binned_add(BinnedSum *sum, double term);
extern void binned_join(BinnedSum *sum, const BinnedSum *more);
extern double binned_value(const BinnedSum *sum);

#endif
