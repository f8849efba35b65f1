/*
 * stub.h: what the fuzz targets have in place of a server: memory of exact sizes,
 * errors by longjmp, and the few functions of PostgreSQL that the types call.
 */
#ifndef FUZZ_STUB_H
#define FUZZ_STUB_H

#include "postgres.h"

#include <setjmp.h>

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "nodes/nodes.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "base/compat.h"

/* Signatures that changed with 16. */
#if PG_VERSION_NUM >= 160000
#define MESSAGE_BYTES		const void
#define FLOAT8IN_CONTEXT	, struct Node *context
#else
#define MESSAGE_BYTES		const char
#define FLOAT8IN_CONTEXT
#endif

/* --- memory and errors, stub.c ------------------------------------------------------ */

extern MemoryContext run_context;	/* emptied after every input */

extern void memory_begin(void);
extern void memory_end(void);

/* Where errors go, and the SQLSTATE of the last one; there must always be a place. */
extern sigjmp_buf *error_place;
extern int	error_sqlstate;
extern char error_message[1024];

/* A defect: say what it is and abort, so that libFuzzer keeps the input. */
pg_noreturn extern void defect(const char *format,...);

/* --- choices taken from the input, stub_data.c ------------------------------------------ */

extern void choices_set(const uint8 *bytes, size_t size);
extern uint32 choose(uint32 below);

/* What a function's row holds: a letter a column as in functions.sql. */
typedef struct Shape
{
	const char *columns;
} Shape;

extern const Shape *row_shape;		/* of the function being called */
extern Node *aggregate_node;		/* a context that says "in an aggregate" */

extern void check_datum(char type, Datum value, const char *where);
extern struct varlena *make_varlena(const void *bytes, size_t size);

#endif
