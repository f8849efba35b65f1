/*
 * stats_cluster.h: answers that come in clusters, as many from one customer.
 *
 * Shares and NPS are proportions, as in stats.h.  What does not exist is NAN.
 */
#ifndef RECOVERY_KPI_STATS_CLUSTER_H
#define RECOVERY_KPI_STATS_CLUSTER_H

#include "stats.h"

/*
 * What a clustered tally holds of k clusters: how many answers each point of the
 * scale got, and for each pair of points i >= j the sum over the clusters of the
 * product of both counts, row by row: (0,0), (1,0), (1,1), (2,0) and so on.
 */
typedef struct ClusterCounts
{
	int64_t		clusters;
	int			points;
	const int64_t *counts;
	const int64_t *products;
} ClusterCounts;

/* n answers in so many clusters, and the variance of their mean that follows */
typedef struct Clustering
{
	double		clusters;
	double		n;
	double		variance;		/* NAN for fewer than two clusters */
} Clustering;

extern Clustering cluster_clustering(const ClusterCounts *counts, const int *values);
extern double cluster_design_effect(Clustering c, double variance);

/* The same shares and means of so many independent answers as tell as much. */
extern Share cluster_share(Share share, Clustering c);
extern Promotion cluster_promotion(Promotion p, Clustering c);
extern Moments cluster_moments(Moments m, Clustering c);

/* Of those: bounds with Student's t of so many degrees of freedom. */
extern bool cluster_share_interval(Share share, double df, double confidence, Bounds *out);
extern bool cluster_nps_interval(Promotion p, double df, double confidence, Bounds *out);
extern bool cluster_mean_interval(Moments m, double df, double lo, double hi,
								  double confidence, Bounds *out);

extern bool cluster_share_comparison(Share current, double df1, Share baseline, double df2,
									 double confidence, Comparison *out);
extern bool cluster_nps_comparison(Promotion current, double df1, Promotion baseline, double df2,
								   double confidence, Comparison *out);
extern bool cluster_mean_comparison(Moments current, double df1, Moments baseline, double df2,
									double lo, double hi, double confidence, Comparison *out);

#endif
