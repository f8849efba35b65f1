/*
 * scan_groups.c: the groups of a scan, and their memory.
 *
 * A table of slots with open addressing, the hash beside the group, so that rows of
 * other groups are told apart without touching these.  Memory comes in chunks and is
 * given back all at once.
 */
#include "postgres.h"

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
		ScanTransition *transition = &node->transitions[i];

		transition->offset = size;
		size += MAXALIGN(transition->size);
		if (transition->in_batch)
		{
			transition->cells = transition->offset +
				(transition->kind == SCAN_COUNT ? 0 : offsetof(Tally, counts));
			size += sizeof(int64);
		}
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
	group->words = true;
	for (i = 0; i < groups->key_count; i++)
	{
		const ScanGroupKey *key = &groups->keys[i];

		group->keys[i] = keys[i];
		if (keys[i].shape != SCAN_NULL && key->kind != SCAN_KEY_WORD)
		{
			const char *value = DatumGetPointer(keys[i].value);
			Size		size = key->kind == SCAN_KEY_FIXED ? (Size) key->length :
				VARSIZE_ANY(value);
			char	   *copy = scan_alloc(groups, size);

			memcpy(copy, value, size);
			group->keys[i].value = PointerGetDatum(copy);
			group->words &= keys[i].shape <= SCAN_KEY_SHORT;
		}
	}
	*groups->last = group;
	groups->last = &group->next;
	groups->count++;
	scan_slot_fill(groups, group);
	return group;
}

/* Do two long values have the same bytes? */
static bool
scan_same_bytes(const ScanGroupKey *key, Datum a, Datum b, Size length)
{
	if (key->kind == SCAN_KEY_FIXED)
		return memcmp(DatumGetPointer(a), DatumGetPointer(b), length) == 0;
	return memcmp(VARDATA_ANY(DatumGetPointer(a)), VARDATA_ANY(DatumGetPointer(b)), length) == 0;
}

/* Do the keys of a group have these values? */
static bool
scan_same_keys(const ScanGroups *groups, const ScanGroup *group, const ScanKeyValue *keys)
{
	int			i;

	for (i = 0; i < groups->key_count; i++)
	{
		const ScanKeyValue *a = &group->keys[i];
		const ScanKeyValue *b = &keys[i];

		if (a->word != b->word || a->shape != b->shape)
			return false;
		if (a->shape > SCAN_KEY_SHORT && a->shape != SCAN_NULL &&
			!scan_same_bytes(&groups->keys[i], a->value, b->value, a->shape))
			return false;
	}
	return true;
}

/*
 * The group of these keys, made if it is not there yet.  The rows of groups that are left to
 * another pass are all counted in one.
 */
ScanGroup *
scan_group_find(ScanGroups *groups, uint64 hash, const ScanKeyValue *keys)
{
	uint64		at;

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
