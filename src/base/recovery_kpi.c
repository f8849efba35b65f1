/*
 * recovery_kpi: customer-recovery KPIs as aggregates and functions of
 * PostgreSQL.  This file makes the shared library a module and tells its
 * version; each family of functions has a file of its own.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "compat.h"

RECOVERY_KPI_MODULE_MAGIC;

/*
 * The version of this library, which the build takes from recovery_kpi.control.  The objects
 * in a database can be older: ALTER EXTENSION recovery_kpi UPDATE was not run yet.
 */
PG_FUNCTION_INFO_V1(recovery_kpi_version);

Datum
recovery_kpi_version(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_TEXT_P(cstring_to_text(RECOVERY_KPI_VERSION));
}
