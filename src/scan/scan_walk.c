/*
 * scan_walk.c: the steps of a walk through tuples.
 */
#include "postgres.h"

#include "scan_walk.h"

/* So many attributes are a run at most: 2^6 ways to be NULL or not. */
#define SCAN_RUN		6
/* ... each of so many bytes at most. */
#define SCAN_RUN_LENGTH	1024

/* The bytes that these attributes take, by which are there, then by where they begin. */
static const uint16 *
scan_run_bytes(const ScanAttribute *attributes, int count)
{
	uint16	   *bytes = palloc(((Size) 1 << count) * MAXIMUM_ALIGNOF * sizeof(uint16));
	uint32		there,
				begin,
				offset;
	int			i;

	for (there = 0; there < 1U << count; there++)
	{
		for (begin = 0; begin < MAXIMUM_ALIGNOF; begin++)
		{
			offset = begin;
			for (i = 0; i < count; i++)
			{
				if (there & 1U << i)
					offset = TYPEALIGN(attributes[i].alignment, offset) + attributes[i].length;
			}
			bytes[there * MAXIMUM_ALIGNOF + begin] = (uint16) (offset - begin);
		}
	}
	return bytes;
}

/*
 * The walk from an attribute to the one before another, the last one that is needed.  Where the
 * values go is for the caller to fill in; until then none are wanted.
 */
void
scan_walk_make(ScanWalk *walk, const ScanAttribute *attributes, int from, int to,
			   const bool *needed)
{
	int			i = from;

	walk->count = 0;
	walk->steps = palloc0(Max(to - from, 1) * sizeof(ScanStep));
	while (i < to)
	{
		ScanStep   *step = &walk->steps[walk->count++];
		int			first = i;

		while (i < to - 1 && i - first < SCAN_RUN && !needed[i] && attributes[i].length > 0 &&
			   attributes[i].length <= SCAN_RUN_LENGTH)
			i++;
		step->attribute = i;
		step->run_bits = (UINT64CONST(1) << (i - first)) - 1;
		step->bytes = scan_run_bytes(&attributes[first], i - first);
		step->byte = i / BITS_PER_BYTE + 1 - (int) sizeof(uint64);
		step->shift = first - step->byte * BITS_PER_BYTE;
		step->length = attributes[i].length;
		step->by_value = attributes[i].by_value;
		step->alignment = attributes[i].alignment;
		i++;
	}
}
