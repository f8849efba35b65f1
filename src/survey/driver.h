/*
 * driver.h: an outcome and the factors that may drive it.
 */
#ifndef RECOVERY_KPI_DRIVER_H
#define RECOVERY_KPI_DRIVER_H

#include "base/summary.h"
#include "stats/stats_driver.h"

#define DRIVER_VERSION	1

/*
 * On disk and in memory alike; unused bytes are zero.  The state of an aggregate ends
 * in a block of rows that are not in the sums yet.  A value that is read or stored is
 * closed: it has no block.
 */
typedef struct DriverModel
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;
	uint8		factors;		/* 1 .. DRIVER_MAX_FACTORS */
	bool		open;			/* is there a block? */
	uint8		block_rows;		/* rows in it */
	int64		rows;			/* at least 1, the block's rows included */
	ExactSum	sums[FLEXIBLE_ARRAY_MEMBER];	/* DRIVER_SUMS(factors + 1), then as many
											 * doubles of the block */
} DriverModel;

#define PG_GETARG_DRIVER_MODEL(n)	driver_model_detoast(PG_GETARG_DATUM(n))

static inline int
driver_variables(const DriverModel *model)
{
	return model->factors + 1;
}

static inline double *
driver_block(DriverModel *model)
{
	return (double *) &model->sums[DRIVER_SUMS(driver_variables(model))];
}

/* Add the rows of the block to the sums; only for a model that may be written to. */
static inline void
driver_model_close(DriverModel *model)
{
	driver_block_close(driver_block(model), model->sums, (double) model->rows,
					   driver_variables(model));
	model->block_rows = 0;
}

extern DriverModel *driver_model_detoast(Datum value);
extern DriverModel *driver_model_allocate(int factors, bool open);
pg_noreturn extern void driver_rows_error(void) pg_attribute_cold;

#endif
