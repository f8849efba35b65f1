/*
 * clustered.h: answers in clusters, as many from one customer.
 */
#ifndef RECOVERY_KPI_CLUSTERED_H
#define RECOVERY_KPI_CLUSTERED_H

#include "stats/stats_cluster.h"
#include "tally.h"

#define CLUSTERED_VERSION	1
#define CLUSTERED_MAX_CELLS	(TALLY_MAX_POINTS + TALLY_MAX_POINTS * (TALLY_MAX_POINTS + 1) / 2)

/* Without a cluster there is no scale either, so that nothing is one value. */
#define CLUSTERED_NO_LO		0
#define CLUSTERED_NO_HI		(-1)

/*
 * On disk and in memory alike; unused bytes are zero.  The cells are a count for
 * each point of the scale, then for each pair of points i >= j the sum over the
 * clusters of the product of both counts: (0,0), (1,0), (1,1), (2,0) and so on.
 * A scale of eleven points takes 640 bytes.
 */
typedef struct Clustered
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;
	uint8		unused[3];
	int32		lo;
	int32		hi;
	int64		clusters;		/* with an answer; 0 without a scale */
	int64		cells[FLEXIBLE_ARRAY_MEMBER];
} Clustered;

#define PG_GETARG_CLUSTERED(n)	clustered_detoast(PG_GETARG_DATUM(n))

static inline int
clustered_points(const Clustered *ct)
{
	return ct->hi - ct->lo + 1;
}

/* Cells of so many points, counts and products. */
static inline int
clustered_cells_of(int points)
{
	return points + points * (points + 1) / 2;
}

static inline int
clustered_cells(const Clustered *ct)
{
	return clustered_cells_of(clustered_points(ct));
}

/* The product of points i >= j. */
static inline int64 *
clustered_product(Clustered *ct, int i, int j)
{
	return &ct->cells[clustered_points(ct) + i * (i + 1) / 2 + j];
}

/* Is it of no clusters, so that it fits every scale? */
static inline bool
clustered_is_void(const Clustered *ct)
{
	return clustered_points(ct) == 0;
}

extern Clustered *clustered_detoast(Datum value);
extern Clustered *clustered_empty(int32 lo, int32 hi);
extern void clustered_settle(Clustered *ct);
extern bool clustered_check(const Clustered *ct, int sqlstate, struct Node *escontext);
extern int64 clustered_responses(const Clustered *ct);
extern Tally *clustered_answers(const Clustered *ct);

#endif
