/*
 * driver.h: an outcome and the factors that may drive it.
 */
#ifndef RECOVERY_KPI_DRIVER_H
#define RECOVERY_KPI_DRIVER_H

#include "stats_driver.h"
#include "summary.h"

#define DRIVER_VERSION	1

/* On disk and in memory alike; unused bytes are zero. */
typedef struct DriverModel
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;
	uint8		factors;		/* 1 .. DRIVER_MAX_FACTORS */
	uint8		unused[2];
	int64		rows;			/* at least 1 */
	ExactSum	sums[FLEXIBLE_ARRAY_MEMBER];	/* DRIVER_SUMS(factors + 1) */
} DriverModel;

#define PG_GETARG_DRIVER_MODEL(n)	driver_model_detoast(PG_GETARG_DATUM(n))

static inline int
driver_variables(const DriverModel *model)
{
	return model->factors + 1;
}

extern DriverModel *driver_model_detoast(Datum value);
extern DriverModel *driver_model_allocate(int factors);
pg_noreturn extern void driver_rows_error(void) pg_attribute_cold;

#endif
