/*
 * business_clock_cache.c: the clocks of the calendars that a call site has used.
 *
 * Making a clock costs as much as a hundred rows, so each call site keeps the clocks
 * of the last calendars it was given: one if the calendar is a constant of the query,
 * several if each customer has one.  A calendar is recognised by its bytes as passed
 * (short, compressed or in full), so usually without unpacking it.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "utils/memutils.h"

#include "business_clock_cache.h"

#define BUSINESS_CLOCKS		64
#define BUSINESS_BYTES		(16 * 1024 * 1024)	/* of all entries except the one in use */

typedef struct BusinessEntry
{
	struct varlena *key;		/* the calendar as it was passed; NULL: no entry */
	MemoryContext context;		/* of the whole entry */
	BusinessClock *clock;
} BusinessEntry;

typedef struct BusinessCache
{
	int			last;			/* served last */
	int			next;			/* replaced next */
	uint32		hashes[BUSINESS_CLOCKS];
	BusinessEntry entries[BUSINESS_CLOCKS];
} BusinessCache;

static inline bool
business_entry_is(const BusinessEntry *entry, const struct varlena *key)
{
	return entry->key != NULL && VARSIZE_ANY(entry->key) == VARSIZE_ANY(key) &&
		memcmp(entry->key, key, VARSIZE_ANY(key)) == 0;
}

/* A new entry; its context moves to the parent only when nothing can fail any more. */
static BusinessEntry
business_entry_make(struct varlena *key, MemoryContext parent)
{
	MemoryContext caller;
	BusinessEntry entry;

	entry.context = AllocSetContextCreate(CurrentMemoryContext, "business clock",
										  ALLOCSET_SMALL_SIZES);
	caller = MemoryContextSwitchTo(entry.context);
	entry.key = palloc(VARSIZE_ANY(key));
	memcpy(entry.key, key, VARSIZE_ANY(key));
	entry.clock = business_clock_make(calendar_detoast(PointerGetDatum(key)));
	MemoryContextSwitchTo(caller);
	MemoryContextSetParent(entry.context, parent);
	return entry;
}

static void
business_entry_drop(BusinessEntry *entry)
{
	if (entry->key != NULL)
		MemoryContextDelete(entry->context);
	entry->key = NULL;
}

static Size
business_cache_bytes(const BusinessCache *cache)
{
	Size		bytes = 0;
	int			i;

	for (i = 0; i < BUSINESS_CLOCKS; i++)
	{
		if (cache->entries[i].key != NULL)
			bytes += MemoryContextMemAllocated(cache->entries[i].context, true);
	}
	return bytes;
}

/* Find the entry of a calendar, or make one in place of an old one, and set it as last. */
static void
business_cache_find(BusinessCache *cache, struct varlena *key, MemoryContext parent)
{
	uint32		hash = hash_bytes((const unsigned char *) key, VARSIZE_ANY(key));
	BusinessEntry entry;
	int			i,
				old;

	for (i = 0; i < BUSINESS_CLOCKS; i++)
	{
		if (cache->hashes[i] == hash && business_entry_is(&cache->entries[i], key))
		{
			cache->last = i;
			return;
		}
	}
	entry = business_entry_make(key, parent);
	i = cache->next;
	business_entry_drop(&cache->entries[i]);
	for (old = i + 1;
		 old < i + BUSINESS_CLOCKS && business_cache_bytes(cache) > BUSINESS_BYTES;
		 old++)
		business_entry_drop(&cache->entries[old % BUSINESS_CLOCKS]);
	cache->entries[i] = entry;
	cache->hashes[i] = hash;
	cache->last = i;
	cache->next = (i + 1) % BUSINESS_CLOCKS;
}

/* The clock of the calendar in argument 0, for times from an instant on. */
BusinessClock *
business_clock(FunctionCallInfo fcinfo, TimestampTz from)
{
	BusinessCache *cache = fcinfo->flinfo->fn_extra;
	struct varlena *key = (struct varlena *) PG_GETARG_POINTER(0);
	BusinessClock *clock;

	/* a pointer to a value stored elsewhere does not identify the value */
	if (unlikely(VARATT_IS_EXTERNAL(key)))
		key = PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	if (unlikely(cache == NULL))
	{
		cache = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(BusinessCache));
		fcinfo->flinfo->fn_extra = cache;
	}
	if (unlikely(!business_entry_is(&cache->entries[cache->last], key)))
		business_cache_find(cache, key, fcinfo->flinfo->fn_mcxt);
	clock = cache->entries[cache->last].clock;
	business_clock_reach(clock, from);
	return clock;
}
