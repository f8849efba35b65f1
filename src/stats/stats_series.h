/*
 * stats_series.h: a break in a series of values: did level and slope change?
 *
 * What does not exist is NAN; see stats.h for the rest.
 */
#ifndef RECOVERY_KPI_STATS_SERIES_H
#define RECOVERY_KPI_STATS_SERIES_H

#include <stddef.h>

#include "stats.h"

/*
 * The values of the periods 1, 2, 3, ... in order, NAN for one that is not known; from the
 * period with this index (0 is the first) on they are after the break.
 */
typedef struct Series
{
	const double *values;
	size_t		count;
	size_t		first_after;
	int			seasons;		/* periods of a cycle, 1 for none */
	int			lags;			/* of the errors' correlation; negative for the default */
} Series;

/* A coefficient with its bounds. */
typedef struct SeriesEffect
{
	double		estimate;
	double		error;			/* standard error */
	Bounds		bounds;
	double		p_value;
} SeriesEffect;

typedef struct SeriesBreak
{
	SeriesEffect level;
	SeriesEffect slope;
	size_t		points;			/* values that are known */
	int			lags;
} SeriesBreak;

typedef enum SeriesStatus
{
	SERIES_GOOD,
	SERIES_FEW,					/* fewer values than coefficients + 2 */
	SERIES_COLLINEAR			/* a coefficient that the values do not determine */
} SeriesStatus;

/* Called now and then by long loops; it may end them by an error (longjmp). */
typedef void (*SeriesPause) (void);

/* Coefficients: constant, time, level, slope and all seasons but one. */
#define SERIES_COEFFICIENTS(seasons)	((size_t) (seasons) + 3)

/* Numbers of scratch memory that series_break_fit needs. */
#define SERIES_SCRATCH(count, seasons)	((size_t) (count) * (SERIES_COEFFICIENTS(seasons) + 2))

extern int	series_default_lags(size_t points);
extern SeriesStatus series_break_fit(const Series *series, double confidence, double *scratch,
									 SeriesPause pause, SeriesBreak *out);

#endif
