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
	int			size = offsetof(ScanGroup, keys) + groups->key_count * sizeof(Datum);

	groups->nulls = size;
	groups->seen = groups->nulls + groups->key_count;
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
ScanGroup *
scan_group_add(ScanGroups *groups, uint64 hash, const Datum *keys, const bool *nulls)
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
		scan_group_nulls(groups, group)[i] = nulls[i];
		if (!nulls[i] && key->kind != SCAN_KEY_WORD)
		{
			Size		size = key->kind == SCAN_KEY_FIXED ? (Size) key->length :
				VARSIZE_ANY(DatumGetPointer(keys[i]));
			char	   *copy = scan_alloc(groups, size);

			memcpy(copy, DatumGetPointer(keys[i]), size);
			group->keys[i] = PointerGetDatum(copy);
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

/* Mix bytes into a hash; short texts are a word. */
static inline uint64
scan_mix_bytes(uint64 hash, const char *bytes, Size length)
{
	uint64		word = 0;

	if (unlikely(length > sizeof(word)))
		word = hash_bytes_extended((const unsigned char *) bytes, (int) length, 0);
	else
	{
		Size		i;

		for (i = 0; i < length; i++)
			word = word << 8 | (unsigned char) bytes[i];
	}
	return scan_mix(hash, word + length);
}

/* The key of a row that is period_start of a column. */
static inline Datum
scan_period(FunctionCallInfo call, Datum at, bool *isnull)
{
	if (*isnull)
		return (Datum) 0;
	call->args[1].value = at;
	call->isnull = false;
	at = call->flinfo->fn_addr(call);
	*isnull = call->isnull;
	return at;
}

/* Do the keys of a group have these values? */
static inline bool
scan_same_keys(ScanGroups *groups, ScanGroup *group, const Datum *keys, const bool *nulls)
{
	int			i;

	for (i = 0; i < groups->key_count; i++)
	{
		const ScanGroupKey *key = &groups->keys[i];
		const char *a = DatumGetPointer(group->keys[i]);
		const char *b = DatumGetPointer(keys[i]);

		if (scan_group_nulls(groups, group)[i] != nulls[i])
			return false;
		if (nulls[i])
			continue;
		switch (key->kind)
		{
			case SCAN_KEY_WORD:
				if (group->keys[i] != keys[i])
					return false;
				break;
			case SCAN_KEY_FIXED:
				if (memcmp(a, b, key->length) != 0)
					return false;
				break;
			case SCAN_KEY_TEXT:
				if (VARSIZE_ANY_EXHDR(a) != VARSIZE_ANY_EXHDR(b) ||
					memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) != 0)
					return false;
				break;
		}
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
	Datum		keys[SCAN_MAX_KEYS];
	bool		key_nulls[SCAN_MAX_KEYS];
	uint64		hash = 0;
	uint64		at;
	int			i;

	for (i = 0; i < groups->key_count; i++)
	{
		const ScanGroupKey *key = &groups->keys[i];
		int			column = table->key_columns[i];
		Datum		value = values[column];
		bool		isnull = nulls[column];

		if (key->period != NULL)
			value = scan_period(key->period, value, &isnull);
		if (isnull)
		{
			value = (Datum) 0;
			hash = scan_mix(hash, PG_UINT64_MAX);
		}
		else if (key->kind == SCAN_KEY_WORD)
			hash = scan_mix(hash, value);
		else if (key->kind == SCAN_KEY_FIXED)
			hash = scan_mix_bytes(hash, DatumGetPointer(value), key->length);
		else
		{
			const char *text = DatumGetPointer(value);

			if (unlikely(VARATT_IS_COMPRESSED(text) || VARATT_IS_EXTERNAL(text)))
			{
				text = (const char *) PG_DETOAST_DATUM(value);
				value = PointerGetDatum(text);
			}
			hash = scan_mix_bytes(hash, VARDATA_ANY(text), VARSIZE_ANY_EXHDR(text));
		}
		keys[i] = value;
		key_nulls[i] = isnull;
	}
	hash = scan_mix(hash, (uint64) groups->key_count << 32);
	if (unlikely(hash < groups->from || hash > groups->to))
		return groups->others;
	for (at = hash & groups->mask; groups->slots[at].group != NULL; at = (at + 1) & groups->mask)
	{
		if (groups->slots[at].hash == hash &&
			scan_same_keys(groups, groups->slots[at].group, keys, key_nulls))
			return groups->slots[at].group;
	}
	return scan_group_add(groups, hash, keys, key_nulls);
}
