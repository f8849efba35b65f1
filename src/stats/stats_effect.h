/*
 * stats_effect.h: why a KPI changed and whether something changed it: parts of a change,
 * comparisons adjusted for strata, differences in differences.
 *
 * Answers come as a KPI reads them: 1 for good and 0 for bad; 1, 0 and -1 for promoters,
 * passives and detractors; or scores as distances from the lowest of their scale, whose
 * sums and squares are small.  Differences are current - baseline, in these units.  What
 * does not exist is NAN; see stats.h for the rest.
 */
#ifndef RECOVERY_KPI_STATS_EFFECT_H
#define RECOVERY_KPI_STATS_EFFECT_H

#include <stddef.h>

#include "stats.h"
#include "stats_binned.h"

typedef enum Measure
{
	MEASURE_SHARE,
	MEASURE_NPS,
	MEASURE_MEAN
} Measure;

/* What is read, and the lowest and the highest that an answer can be read as. */
typedef struct Reading
{
	Measure		measure;
	double		lo;
	double		hi;
} Reading;

/* n answers as they are read: their sum, and that of their squared distances from the mean */
typedef struct Answered
{
	double		n;
	double		sum;
	double		squares;
} Answered;

/* Called now and then by long loops; it may end them by an error (longjmp). */
typedef void (*EffectPause) (void);

/* --- stats_change.c --------------------------------------------------------------------- */

/* One segment of two periods, and its part in the change. */
typedef struct ChangePart
{
	Answered	current;
	Answered	baseline;
	double		current_share;	/* 0..1; NAN in a period without answers */
	double		baseline_share;
	double		rate;			/* what the change of its value does */
	double		mix;			/* what the change of its share does */
	Bounds		bounds;			/* of rate + mix */
	double		p_value;		/* adjusted by Holm's method over all segments */
} ChangePart;

extern void change_parts_fill(ChangePart *parts, ChangePart **sorted, size_t count,
							  Reading reading, double confidence, EffectPause pause);

/* --- stats_adjusted.c ------------------------------------------------------------------- */

/* What is added up over the strata, see stats_adjusted.c. */
#define ADJUSTED_SUMS	4

extern bool adjusted_stratum(Answered current, Answered baseline, Reading reading,
							 double *terms);
extern bool adjusted_given(GivenMean current, GivenMean baseline, double *terms);
extern double adjusted_difference(const double *sums);
extern bool adjusted_comparison(const double *sums, Reading reading, double confidence,
								Comparison *out);
extern bool adjusted_given_comparison(const double *sums, double confidence, Comparison *out);

/* --- stats_effect.c --------------------------------------------------------------------- */

/* Difference in differences: (treated - treated before) - (control - control before). */
extern bool share_effect(const Share *groups, double confidence, Comparison *out);
extern bool nps_effect(const Promotion *groups, double confidence, Comparison *out);
extern bool bounded_effect(const Moments *groups, double lo, double hi, double confidence,
						   Comparison *out);

/* The same of customers who were asked twice, treated and control. */
extern bool change_effect(Change treated, Change control, double confidence, Comparison *out);
extern bool bounded_difference_effect(Moments treated, Moments control, double width,
									  double confidence, Comparison *out);

#endif
