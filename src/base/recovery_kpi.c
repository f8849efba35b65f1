/*
 * recovery_kpi: customer-recovery KPIs as aggregates and functions of
 * PostgreSQL.  This file makes the shared library a module and does nothing
 * else; each family of functions has a file of its own.
 */
#include "postgres.h"

#include "compat.h"

RECOVERY_KPI_MODULE_MAGIC;
