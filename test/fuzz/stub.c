/*
 * stub.c: memory and errors of the fuzz targets.
 *
 * Every palloc is a malloc of exactly that size with nothing after it, so that the
 * address sanitizer sees a byte too many; the bookkeeping in front of it is poisoned.
 * What an input allocated is freed after it.
 */
#include "stub.h"

#include <sanitizer/asan_interface.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>

#include "windowapi.h"

#undef snprintf
#undef vsnprintf
#undef fprintf
#undef vfprintf

/* --- memory --------------------------------------------------------------------------- */

/* A memory context is a list of chunks; freed when it is deleted or the run ends. */
typedef struct Chunk
{
	struct Chunk *next;
	struct Chunk *before;
	struct Context *context;
	size_t		size;
} Chunk;

typedef struct Context
{
	Chunk		chunks;			/* head of a ring */
	struct Context *parent;
	struct Context *next;		/* all but the top one */
	size_t		allocated;
} Context;

static Context top;
static Context run;
static Context *others;

MemoryContext TopMemoryContext = (MemoryContext) &top;
MemoryContext run_context = (MemoryContext) &run;
MemoryContext CurrentMemoryContext = (MemoryContext) &run;

volatile sig_atomic_t InterruptPending = 0;

void
ProcessInterrupts(void)
{
}

static void
context_start(Context *context)
{
	context->chunks.next = context->chunks.before = &context->chunks;
}

static void
chunk_free(Chunk *chunk)
{
	ASAN_UNPOISON_MEMORY_REGION(chunk, sizeof(Chunk));
	ASAN_UNPOISON_MEMORY_REGION(chunk->next, sizeof(Chunk));
	ASAN_UNPOISON_MEMORY_REGION(chunk->before, sizeof(Chunk));
	chunk->context->allocated -= chunk->size;
	chunk->next->before = chunk->before;
	chunk->before->next = chunk->next;
	if (chunk->next != &chunk->context->chunks)
		ASAN_POISON_MEMORY_REGION(chunk->next, sizeof(Chunk));
	if (chunk->before != &chunk->context->chunks)
		ASAN_POISON_MEMORY_REGION(chunk->before, sizeof(Chunk));
	free(chunk);
}

static void
context_empty(Context *context)
{
	while (context->chunks.next != &context->chunks)
		chunk_free(context->chunks.next);
}

void
memory_begin(void)
{
	if (top.chunks.next == NULL)
	{
		context_start(&top);
		context_start(&run);
	}
	CurrentMemoryContext = run_context;
}

/* Free all but what lives below the top context. */
void
memory_end(void)
{
	Context   **at = &others;

	context_empty(&run);
	while (*at != NULL)
	{
		Context    *context = *at;

		if (context->parent == &top)
		{
			at = &context->next;
			continue;
		}
		context_empty(context);
		*at = context->next;
		free(context);
	}
}

MemoryContext
AllocSetContextCreateInternal(MemoryContext parent, const char *name, Size least, Size first,
							  Size most)
{
	Context    *context = calloc(1, sizeof(Context));

	context_start(context);
	context->parent = (Context *) parent;
	context->next = others;
	others = context;
	return (MemoryContext) context;
}

void
MemoryContextSetParent(MemoryContext context, MemoryContext parent)
{
	((Context *) context)->parent = (Context *) parent;
}

Size
MemoryContextMemAllocated(MemoryContext context, bool recurse)
{
	return ((Context *) context)->allocated;
}

void
MemoryContextDelete(MemoryContext context)
{
	Context   **at = &others;

	while (*at != (Context *) context)
	{
		if (*at == NULL)
			defect("deletes what is not a memory context");
		at = &(*at)->next;
	}
	*at = (*at)->next;
	context_empty((Context *) context);
	free(context);
}

static void *
chunk_make(Context *context, size_t size, size_t limit, bool zero)
{
	Chunk	   *chunk;

	if (size > limit)
		ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR),
						errmsg("invalid memory alloc request size %zu", size)));
	chunk = malloc(sizeof(Chunk) + size);
	if (chunk == NULL)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
	chunk->size = size;
	chunk->context = context;
	context->allocated += size;
	chunk->before = &context->chunks;
	chunk->next = context->chunks.next;
	if (chunk->next != &context->chunks)
		ASAN_UNPOISON_MEMORY_REGION(chunk->next, sizeof(Chunk));
	chunk->next->before = chunk;
	if (chunk->next != &context->chunks)
		ASAN_POISON_MEMORY_REGION(chunk->next, sizeof(Chunk));
	context->chunks.next = chunk;
	memset(chunk + 1, zero ? 0 : 0x7f, size);
	ASAN_POISON_MEMORY_REGION(chunk, sizeof(Chunk));
	return chunk + 1;
}

void *
palloc(Size size)
{
	return chunk_make((Context *) CurrentMemoryContext, size, MaxAllocSize, false);
}

void *
palloc0(Size size)
{
	return chunk_make((Context *) CurrentMemoryContext, size, MaxAllocSize, true);
}

void *
palloc_extended(Size size, int flags)
{
	return chunk_make((Context *) CurrentMemoryContext, size,
					  flags & MCXT_ALLOC_HUGE ? MaxAllocHugeSize : MaxAllocSize,
					  flags & MCXT_ALLOC_ZERO);
}

void *
MemoryContextAlloc(MemoryContext context, Size size)
{
	return chunk_make((Context *) context, size, MaxAllocSize, false);
}

void *
MemoryContextAllocZero(MemoryContext context, Size size)
{
	return chunk_make((Context *) context, size, MaxAllocSize, true);
}

void
pfree(void *pointer)
{
	chunk_free((Chunk *) pointer - 1);
}

void *
repalloc(void *pointer, Size size)
{
	Chunk	   *chunk = (Chunk *) pointer - 1;
	Context    *context;
	size_t		old;
	void	   *moved;

	ASAN_UNPOISON_MEMORY_REGION(chunk, sizeof(Chunk));
	context = chunk->context;
	old = chunk->size;
	moved = chunk_make(context, size, MaxAllocSize, false);
	memcpy(moved, pointer, Min(size, old));
	chunk_free(chunk);
	return moved;
}

char *
pnstrdup(const char *in, Size length)
{
	size_t		size = strnlen(in, length);
	char	   *copy = palloc(size + 1);

	memcpy(copy, in, size);
	copy[size] = '\0';
	return copy;
}

char *
pstrdup(const char *in)
{
	return pnstrdup(in, strlen(in));
}

/* --- errors ------------------------------------------------------------------------------ */

sigjmp_buf *error_place;
int			error_sqlstate;
char		error_message[1024];

void
defect(const char *format,...)
{
	va_list		args;

	va_start(args, format);
	fprintf(stderr, "defect: ");
	vfprintf(stderr, format, args);
	fprintf(stderr, "\n");
	va_end(args);
	abort();
}

bool
errstart(int elevel, const char *domain)
{
	if (elevel < ERROR)
		return false;
	error_sqlstate = ERRCODE_INTERNAL_ERROR;
	error_message[0] = '\0';
	return true;
}

bool
errstart_cold(int elevel, const char *domain)
{
	return errstart(elevel, domain);
}

int
errcode(int sqlstate)
{
	error_sqlstate = sqlstate;
	return 0;
}

/* Messages are made, so that what they show is read. */
#define MESSAGE(buffer) \
	do { \
		va_list		args; \
		va_start(args, format); \
		vsnprintf(buffer, sizeof(buffer), format, args); \
		va_end(args); \
	} while (0)

int
errmsg(const char *format,...)
{
	MESSAGE(error_message);
	return 0;
}

int
errmsg_internal(const char *format,...)
{
	MESSAGE(error_message);
	return 0;
}

int
errdetail(const char *format,...)
{
	char		text[4096];

	MESSAGE(text);
	return 0;
}

int
errhint(const char *format,...)
{
	char		text[4096];

	MESSAGE(text);
	return 0;
}

void
errfinish(const char *file, int line, const char *function)
{
	if (error_place == NULL)
		defect("error outside a call: %s", error_message);
	siglongjmp(*error_place, 1);
}

/* --- windows: only SQL calls window functions ---------------------------------------------- */

void
MemoryContextReset(MemoryContext context)
{
}

void *
WinGetPartitionLocalMemory(WindowObject window, Size size)
{
	return palloc0(size);
}

int64
WinGetCurrentPosition(WindowObject window)
{
	return 0;
}

int64
WinGetPartitionRowCount(WindowObject window)
{
	return 0;
}

Datum
WinGetFuncArgInPartition(WindowObject window, int argno, int row, int seek, bool mark,
						 bool *isnull, bool *isout)
{
	*isnull = *isout = true;
	return (Datum) 0;
}

Datum
WinGetFuncArgCurrent(WindowObject window, int argno, bool *isnull)
{
	*isnull = true;
	return (Datum) 0;
}
