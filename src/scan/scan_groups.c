/*
 * scan_groups.c: the groups of a scan: finding the one of a row, and making it.
 *
 * A table of slots with open addressing, the hash beside the group, so that rows of
 * other groups are told apart without touching these.  Memory comes in chunks and is
 * given back all at once.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "utils/memutils.h"

#include "scan.h"

#define SCAN_SLOTS		256		/* to begin with */
#define SCAN_CHUNK		(32 * 1024)

static void *
scan_alloc(ScanGroups *groups, Size size)
{
	void	   *result;

	size = MAXALIGN(size);
	if (unlikely(size > groups->chunk_left))
	{
		Size		chunk = Max(size, SCAN_CHUNK);

		groups->chunk = MemoryContextAllocHuge(groups->memory, chunk);
		groups->chunk_left = chunk;
		groups->used += chunk;
	}
	result = groups->chunk;
	groups->chunk += size;
	groups->chunk_left -= size;
	return result;
}

static void
scan_slots_make(ScanGroups *groups, uint64 slots)
{
	groups->slots = MemoryContextAllocExtended(groups->memory, slots * sizeof(ScanSlot),
											   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	groups->used += slots * sizeof(ScanSlot);
	groups->mask = slots - 1;
}

/* A new group, with the states of no rows. */
static ScanGroup *
scan_group_make(ScanGroups *groups, uint64 hash)
{
	ScanGroup  *group = scan_alloc(groups, groups->size);

	memcpy(group, groups->empty, groups->size);
	group->hash = hash;
	return group;
}

/* Forget all groups. */
void
scan_groups_reset(ScanGroups *groups)
{
	MemoryContextReset(groups->memory);
	groups->chunk = NULL;
	groups->chunk_left = 0;
	groups->used = 0;
	groups->count = 0;
	groups->first = NULL;
	groups->last = &groups->first;
	scan_slots_make(groups, SCAN_SLOTS);
	groups->others = scan_group_make(groups, 0);
	if (groups->key_count == 0)
		groups->first = groups->others;
}

/* The layout of a group, whose transitions get their offsets. */
void
scan_groups_init(ScanGroups *groups, const ScanNode *node)
{
	int			i;
	int			size;

	groups->seen = offsetof(ScanGroup, keys) + groups->key_count * sizeof(ScanKeyValue);
	size = MAXALIGN(groups->seen + node->transition_count);
	for (i = 0; i < node->transition_count; i++)
	{
		node->transitions[i].offset = size;
		size += MAXALIGN(node->transitions[i].size);
	}
	groups->size = size;
	groups->empty = palloc0(size);
	for (i = 0; i < node->transition_count; i++)
	{
		const ScanTransition *transition = &node->transitions[i];

		memcpy(groups->empty + transition->offset, transition->start, transition->size);
		*(groups->empty + groups->seen + i) = !transition->late;
	}
	groups->memory = AllocSetContextCreate(CurrentMemoryContext, "KpiScan groups",
										   ALLOCSET_DEFAULT_SIZES);
	groups->from = 0;
	groups->to = PG_UINT64_MAX;
	scan_groups_reset(groups);
}

/* Put a group into the slots, which have room. */
static void
scan_slot_fill(ScanGroups *groups, ScanGroup *group)
{
	uint64		at = group->hash & groups->mask;

	while (groups->slots[at].group != NULL)
		at = (at + 1) & groups->mask;
	groups->slots[at].hash = group->hash;
	groups->slots[at].group = group;
}

/* Twice the slots. */
static void
scan_slots_grow(ScanGroups *groups)
{
	uint64		slots = groups->mask + 1;
	ScanGroup  *group;

	groups->used -= slots * sizeof(ScanSlot);
	pfree(groups->slots);
	scan_slots_make(groups, 2 * slots);
	for (group = groups->first; group != NULL; group = group->next)
		scan_slot_fill(groups, group);
}

/* Make the group of these keys, which get copied. */
static pg_noinline ScanGroup *
scan_group_add(ScanGroups *groups, uint64 hash, const ScanKeyValue *keys)
{
	ScanGroup  *group;
	int			i;

	if (groups->count >= groups->mask / 2)
		scan_slots_grow(groups);
	group = scan_group_make(groups, hash);
	for (i = 0; i < groups->key_count; i++)
	{
		const ScanGroupKey *key = &groups->keys[i];

		group->keys[i] = keys[i];
		if (!keys[i].isnull && key->kind != SCAN_KEY_WORD)
		{
			const char *value = DatumGetPointer(keys[i].value);
			Size		size = key->kind == SCAN_KEY_FIXED ? (Size) key->length :
				VARSIZE_ANY(value);
			char	   *copy = scan_alloc(groups, size);

			memcpy(copy, value, size);
			group->keys[i].value = PointerGetDatum(copy);
		}
	}
	*groups->last = group;
	groups->last = &group->next;
	groups->count++;
	scan_slot_fill(groups, group);
	return group;
}

/* --- the group of a row ----------------------------------------------------------------- */

/* Mix a word into a hash (the step of MurmurHash3's finalizer). */
static inline uint64
scan_mix(uint64 hash, uint64 word)
{
	hash ^= word;
	hash *= UINT64CONST(0xff51afd7ed558ccd);
	return hash ^ (hash >> 32);
}

/*
 * The word of bytes.  Of SCAN_KEY_SHORT bytes or fewer it holds every one, so that two
 * of the same length and word are the same.
 */
static inline uint64
scan_word(const char *bytes, uint32 length)
{
	const unsigned char *b = (const unsigned char *) bytes;
	uint32		low,
				high;

	if (unlikely(length > SCAN_KEY_SHORT))
		return hash_bytes_extended(b, (int) length, 0);
	if (length >= sizeof(uint32))
	{
		memcpy(&low, b, sizeof(uint32));
		memcpy(&high, b + length - sizeof(uint32), sizeof(uint32));
		return (uint64) high << 32 | low;
	}
	return length == 0 ? 0 : (uint64) b[0] << 16 | (uint64) b[length / 2] << 8 | b[length - 1];
}

/* The value of a key in a row; memory for a value in full is that of the row. */
static inline void
scan_key_value(const ScanGroupKey *key, Datum value, bool isnull, ScanKeyValue *result)
{
	if (key->period != NULL && !isnull)
	{
		key->period->args[1].value = value;
		key->period->isnull = false;
		value = key->period->flinfo->fn_addr(key->period);
		isnull = key->period->isnull;
	}
	result->isnull = isnull;
	result->length = 0;
	if (unlikely(isnull))
	{
		result->word = 0;
		result->value = (Datum) 0;
		return;
	}
	if (key->kind == SCAN_KEY_WORD)
		result->word = value;
	else
	{
		const char *bytes = DatumGetPointer(value);

		if (key->kind == SCAN_KEY_FIXED)
			result->length = key->length;
		else
		{
			if (unlikely(VARATT_IS_COMPRESSED(bytes) || VARATT_IS_EXTERNAL(bytes)))
			{
				value = PointerGetDatum(PG_DETOAST_DATUM(value));
				bytes = DatumGetPointer(value);
			}
			result->length = VARSIZE_ANY_EXHDR(bytes);
			bytes = VARDATA_ANY(bytes);
		}
		result->word = scan_word(bytes, result->length);
	}
	result->value = value;
}

/* Do two long values have the same bytes? */
static pg_noinline bool
scan_same_bytes(const ScanGroupKey *key, Datum a, Datum b, uint32 length)
{
	if (key->kind == SCAN_KEY_FIXED)
		return memcmp(DatumGetPointer(a), DatumGetPointer(b), length) == 0;
	return memcmp(VARDATA_ANY(DatumGetPointer(a)), VARDATA_ANY(DatumGetPointer(b)), length) == 0;
}

/* Do the keys of a group have these values? */
static inline bool
scan_same_keys(const ScanGroups *groups, const ScanGroup *group, const ScanKeyValue *keys)
{
	int			i;

	for (i = 0; i < groups->key_count; i++)
	{
		const ScanKeyValue *a = &group->keys[i];
		const ScanKeyValue *b = &keys[i];

		if (a->word != b->word || a->length != b->length || a->isnull != b->isnull)
			return false;
		if (unlikely(a->length > SCAN_KEY_SHORT) &&
			!scan_same_bytes(&groups->keys[i], a->value, b->value, a->length))
			return false;
	}
	return true;
}

/*
 * The group of a row, made if it is not there yet.  The rows of groups that are left to
 * another pass are all counted in one.
 */
ScanGroup *
scan_group_find(ScanNode *node, ScanTable *table, const Datum *values, const bool *nulls)
{
	ScanGroups *groups = &node->groups;
	ScanKeyValue keys[SCAN_MAX_KEYS];
	uint64		hash = groups->key_count;
	uint64		at;
	int			i;

	for (i = 0; i < groups->key_count; i++)
	{
		int			column = table->key_columns[i];

		scan_key_value(&groups->keys[i], values[column], nulls[column], &keys[i]);
		hash = scan_mix(hash, keys[i].word + keys[i].isnull);
	}
	hash = scan_mix(hash, (uint64) groups->key_count << 32);
	if (unlikely(hash < groups->from || hash > groups->to))
		return groups->others;
	for (at = hash & groups->mask; groups->slots[at].group != NULL; at = (at + 1) & groups->mask)
	{
		if (groups->slots[at].hash == hash &&
			scan_same_keys(groups, groups->slots[at].group, keys))
			return groups->slots[at].group;
	}
	return scan_group_add(groups, hash, keys);
}
