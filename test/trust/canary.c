/*
 * canary.c: three defects on purpose.  A tool that watches a server must report them,
 * else no report about the extension proves nothing.
 */
#include "postgres.h"

#include <limits.h>
#include <stdlib.h>

#include "fmgr.h"

PG_MODULE_MAGIC;
PG_FUNCTION_INFO_V1(canary);

/* 1: an integer overflow; 2: a read after the end of a block of malloc; 3: of palloc. */
Datum
canary(PG_FUNCTION_ARGS)
{
	int32		kind = PG_GETARG_INT32(0);
	volatile int32 number = INT_MAX;
	volatile char *block;

	if (kind == 1)
		PG_RETURN_INT32(number + kind);
	block = kind == 2 ? malloc(16) : palloc(16);
	if (block == NULL)
		PG_RETURN_NULL();
	PG_RETURN_INT32(block[16] == 'x');
}
