/*
 * scan_walk.h: the way through a tuple to the attributes that are needed.
 *
 * Where an attribute is depends on which of those before it are NULL, and on how long the
 * texts among them are.  A walk goes in steps: each passes over a run of attributes of fixed
 * length, whose bytes are looked up by which of them are there, and stops at one that is
 * needed or has no fixed length.
 */
#ifndef RECOVERY_KPI_SCAN_WALK_H
#define RECOVERY_KPI_SCAN_WALK_H

#include "access/htup_details.h"
#include "access/tupmacs.h"
#include "port/pg_bswap.h"
#include "storage/bufpage.h"

/* An attribute of a tuple, for taking it apart. */
typedef struct ScanAttribute
{
	int16		length;
	bool		by_value;
	uint8		alignment;		/* in bytes */
	int			offset;			/* if no attribute before it is NULL; else -1 */
} ScanAttribute;

/* A step through a tuple: over a run of attributes to the one behind them. */
typedef struct ScanStep
{
	int			attribute;		/* at which it stops */
	int			byte;			/* where to look for their NULLs: see scan_there */
	int			shift;
	uint64		run_bits;		/* a bit for each of the run */
	const uint16 *bytes;		/* that the run takes */
	int16		length;			/* of the attribute */
	bool		by_value;
	uint8		alignment;
	Datum	   *values;			/* where its values go; NULL if it is not needed */
	bool	   *nulls;
	bool	   *has_nulls;
} ScanStep;

typedef struct ScanWalk
{
	int			count;
	ScanStep   *steps;
} ScanWalk;

extern void scan_walk_make(ScanWalk *walk, const ScanAttribute *attributes, int from, int to,
						   const bool *needed);

/* So many bytes of a tuple are fetched from memory ahead, a line of the cache at a time. */
#define SCAN_FETCHED	256
#define SCAN_LINE		64

static inline void
scan_fetch(Page page, ItemId item)
{
	const char *tuple = PageGetItem(page, item);
	uint32		length = Min(ItemIdGetLength(item), SCAN_FETCHED);
	uint32		i;

	for (i = 0; i < length; i += SCAN_LINE)
		__builtin_prefetch(tuple + i);
}

/*
 * The bits of a tuple's NULLs, those before and those from byte + 8 cut off: a bit for each
 * attribute from 8 * byte on, 1 if it is there.  The eight bytes end with the bitmap's own, so
 * they are all inside the tuple.
 */
static inline uint64
scan_there(HeapTupleHeader tuple, int byte)
{
	uint64		bits;

	memcpy(&bits, (const char *) tuple->t_bits + byte, sizeof(bits));
#ifdef WORDS_BIGENDIAN
	bits = pg_bswap64(bits);
#endif
	return bits;
}

/* Is one of the first attributes of a tuple with NULLs NULL? */
static inline bool
scan_lacks(HeapTupleHeader tuple, int attributes)
{
	int			end = attributes;

	while (end > 0)
	{
		int			byte = (end + BITS_PER_BYTE - 1) / BITS_PER_BYTE - (int) sizeof(uint64);
		int			first = Max(byte, 0) * BITS_PER_BYTE;
		uint64		lacking = ~scan_there(tuple, byte);

		/* nothing before the first attribute, nor from the end on */
		lacking >>= first - byte * BITS_PER_BYTE;
		lacking <<= 64 - (end - first);
		if (lacking != 0)
			return true;
		end = first;
	}
	return false;
}

/*
 * Take the values of a walk that begins at an offset, for a row; returns where it ends.  The
 * caller knows whether the tuple has NULLs, as a constant.
 */
static pg_attribute_always_inline uint32
scan_walk(const ScanWalk *walk, HeapTupleHeader tuple, const bool has_nulls, uint32 offset, int row)
{
	const char *data = (const char *) tuple + tuple->t_hoff;
	const ScanStep *step = walk->steps;
	const ScanStep *end = step + walk->count;

	for (; step < end; step++)
	{
		uint64		there = has_nulls ? scan_there(tuple, step->byte) >> step->shift :
			PG_UINT64_MAX;
		uint64		run = there & step->run_bits;

		offset += step->bytes[run * MAXIMUM_ALIGNOF + offset % MAXIMUM_ALIGNOF];
		if (has_nulls && (there & (step->run_bits + 1)) == 0)
		{
			if (step->values != NULL)
			{
				step->values[row] = (Datum) 0;
				step->nulls[row] = true;
				*step->has_nulls = true;
			}
			continue;
		}
		/* a short text is not aligned, and its first byte is not 0 */
		if (step->length != -1 || data[offset] == 0)
			offset = TYPEALIGN(step->alignment, offset);
		if (step->values != NULL)
		{
			step->values[row] = fetch_att(data + offset, step->by_value, step->length);
			step->nulls[row] = false;
		}
		offset = step->length > 0 ? offset + step->length :
			att_addlength_pointer(offset, step->length, data + offset);
	}
	return offset;
}

#endif
