/*
 * compat.h: what differs between PostgreSQL's major versions.  Every test of
 * PG_VERSION_NUM in the project stands here.  Tested: 15 to 19.
 */
#ifndef RECOVERY_KPI_COMPAT_H
#define RECOVERY_KPI_COMPAT_H

#include "fmgr.h"

/* Numbers are read before it is known whether they are NULL: they must not be pointers. */
#if SIZEOF_VOID_P < 8
#error "recovery_kpi needs a 64-bit PostgreSQL: double precision passed by value"
#endif

/* The macros of variable-length values left postgres.h in 16. */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/*
 * The library exports the functions that SQL calls, and nothing else: a name of ours must
 * not meet one of another library in the server.  The build hides symbols; what marks those
 * to keep marks nothing before 16.
 */
#if PG_VERSION_NUM < 160000
#undef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))
#undef PG_FUNCTION_INFO_V1
#define PG_FUNCTION_INFO_V1(function) \
	extern PGDLLEXPORT Datum function(PG_FUNCTION_ARGS); \
	extern PGDLLEXPORT const Pg_finfo_record *pg_finfo_##function(void); \
	const Pg_finfo_record *pg_finfo_##function(void) \
	{ \
		static const Pg_finfo_record record = { 1 }; \
		return &record; \
	} \
	extern int no_such_variable
#endif

/*
 * Soft errors of input functions (pg_input_is_valid) came with 16; before it
 * every error is a hard one.
 */
#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#else
#define ereturn(context, result, ...) \
	do { (void) (context); ereport(ERROR, __VA_ARGS__); return result; } while (0)
#define SOFT_ERROR_OCCURRED(context) ((void) (context), false)
#endif

/* So did the last argument of the input function for numbers. */
#if PG_VERSION_NUM >= 160000
#define float8in_soft(num, end, type, orig, context) \
	float8in_internal(num, end, type, orig, context)
#else
#define float8in_soft(num, end, type, orig, context) \
	float8in_internal(num, end, type, orig)
#endif

/* Infinite intervals came with 17. */
#if PG_VERSION_NUM < 170000
#define INTERVAL_NOT_FINITE(interval) ((void) (interval), false)
#endif

/* IGNORE NULLS of window functions came with 19; those that do not know it refuse it. */
#if PG_VERSION_NUM < 190000
#define WinCheckAndInitializeNullTreatment(window, allowed, fcinfo) ((void) (window))
#endif

/* The word before functions that do not return changed with 18. */
#if PG_VERSION_NUM < 180000
#define pg_noreturn __attribute__((noreturn))
#endif

/* One function for all rights came with 16. */
#if PG_VERSION_NUM >= 160000
#define function_aclcheck(function, role) \
	object_aclcheck(ProcedureRelationId, function, role, ACL_EXECUTE)
#else
#define function_aclcheck(function, role) pg_proc_aclcheck(function, role, ACL_EXECUTE)
#endif

/* Functions that print properties in EXPLAIN have a header of their own since 18. */
#if PG_VERSION_NUM >= 180000
#define EXPLAIN_HEADER "commands/explain_format.h"
#else
#define EXPLAIN_HEADER "commands/explain.h"
#endif

/* Paths count what is disabled in them since 18; before, it was a part of their cost. */
#if PG_VERSION_NUM >= 180000
#define add_disabled_nodes(path, from) ((path)->disabled_nodes += (from)->disabled_nodes)
#else
#define add_disabled_nodes(path, from) ((void) (from))
#endif

/* Scans take flags since 19. */
#if PG_VERSION_NUM >= 190000
#define begin_table_scan(rel, snapshot) table_beginscan(rel, snapshot, 0, NULL, SO_NONE)
#else
#define begin_table_scan(rel, snapshot) table_beginscan(rel, snapshot, 0, NULL)
#endif

/* Modules give their name and version since 18. */
#ifdef PG_MODULE_MAGIC_EXT
#define RECOVERY_KPI_MODULE_MAGIC \
	PG_MODULE_MAGIC_EXT(.name = "recovery_kpi", .version = RECOVERY_KPI_VERSION)
#else
#define RECOVERY_KPI_MODULE_MAGIC PG_MODULE_MAGIC
#endif

#endif
