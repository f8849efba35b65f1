/*
 * scan_batch.h: the rows of a page, column by column.
 *
 * Steps over all rows of a page, each of them simple, are several times as fast as all
 * steps for one row after the other.  The order of rows does not matter as long as no
 * step can raise an error, so a page with anything out of the ordinary is left to
 * scan_rows.c before its first row is counted.
 */
#ifndef RECOVERY_KPI_SCAN_BATCH_H
#define RECOVERY_KPI_SCAN_BATCH_H

#include "access/htup_details.h"
#include "common/hashfn.h"
#include "storage/bufpage.h"

#include "time/period.h"

#include "scan.h"

#define SCAN_ROWS		MaxHeapTuplesPerPage

/* The values of a column in the rows of a page; of NULL it is 0. */
typedef struct ScanColumn
{
	int			number;			/* of the attribute, from 0 */
	bool		has_nulls;		/* else nulls says nothing */
	Datum		values[SCAN_ROWS];
	bool		nulls[SCAN_ROWS];
} ScanColumn;

/* Some columns. */
typedef struct ScanColumns
{
	int			count;
	ScanColumn **columns;
	bool		varies;			/* one has no fixed place */
	ScanWalk	tail;			/* to those without a fixed place in a row without NULLs */
	ScanWalk	sparse;			/* to all in a row with NULLs */
} ScanColumns;

typedef struct ScanBatch
{
	MemoryContext memory;
	int			rows;
	HeapTupleHeader tuples[SCAN_ROWS];
	const char *data[SCAN_ROWS];	/* of a tuple with NULLs: all zeros */
	const char *zeros;
	int			null_count;
	uint16		null_rows[SCAN_ROWS];	/* those with NULLs */
	ScanColumn **columns;		/* by number; NULL if not needed */
	ScanColumns tested;			/* by the WHERE clause */
	ScanColumns used;			/* otherwise */
	ScanGroup  *groups[SCAN_ROWS];
	uint64	   *words;			/* of the keys: SCAN_ROWS each */
	uint64	   *shapes;
	uint8	   *points;			/* of the transitions: SCAN_ROWS each */
	uint8		fits[SCAN_ROWS];	/* a constant of a condition */
	uint8		pass[SCAN_ROWS];	/* conditions */
	bool		skip[SCAN_ROWS];
} ScanBatch;

/* Periods that are known, as the cache of period_start has them; see there. */
#define SCAN_PIECES		512
#define SCAN_SLOTS		1024

typedef struct ScanPeriods
{
	bool		begun;			/* period_start has been called, so its constants are valid */
	int			shift;
	int			count;
	uint16		slots[SCAN_SLOTS];
	PeriodPiece pieces[SCAN_PIECES];
} ScanPeriods;

extern bool scan_batch_can(const ScanNode *node, const ScanTable *table);
extern void scan_batch_end(const ScanNode *node, ScanTable *table);
extern bool scan_batch_page(ScanNode *node, ScanTable *table, Page page,
							const OffsetNumber *items, int count, int *passed);
extern bool scan_batch_groups(ScanNode *node, ScanTable *table);
extern bool scan_batch_tests(const ScanTests *tests, ScanBatch *batch, uint8 *pass);
extern bool scan_batch_points(ScanNode *node, ScanTable *table);
extern void scan_batch_count(ScanNode *node, ScanTable *table);

/* --- words and hashes of keys -------------------------------------------------------- */

/* Mix the value of a key into a hash (the step of MurmurHash3's finalizer). */
static inline uint64
scan_mix(uint64 hash, uint64 word, uint64 shape)
{
	hash ^= word + shape;
	hash *= UINT64CONST(0xff51afd7ed558ccd);
	return hash ^ (hash >> 32);
}

static inline uint64
scan_mix_end(uint64 hash)
{
	hash *= UINT64CONST(0xc4ceb9fe1a85ec53);
	return hash ^ (hash >> 32);
}

/*
 * The word of bytes.  Of SCAN_KEY_SHORT bytes or fewer it holds every one, so that two
 * of the same length and word are the same.
 */
static inline uint64
scan_word(const char *bytes, uint32 length)
{
	uint64		word = 0;

	if (length > SCAN_KEY_SHORT)
		return hash_bytes_extended((const unsigned char *) bytes, (int) length, 0);
	memcpy(&word, bytes, length);
	return word;
}

/* The same for bytes inside a tuple: the eight that end with them are all readable. */
static inline uint64
scan_word_inside(const char *bytes, uint32 length)
{
	uint64		word;
	uint32		other = (SCAN_KEY_SHORT - length) * BITS_PER_BYTE;

	if (unlikely(length > SCAN_KEY_SHORT))
		return hash_bytes_extended((const unsigned char *) bytes, (int) length, 0);
	memcpy(&word, bytes + length - SCAN_KEY_SHORT, sizeof(word));
#ifdef WORDS_BIGENDIAN
	word <<= other & 63;
#else
	word >>= other & 63;
#endif
	return length == 0 ? 0 : word;
}

/* The bytes of a text that is stored in full in its row; NULL if it is not. */
static inline const char *
scan_text(const char *value, uint32 *length)
{
	if (likely(VARATT_IS_1B(value)))
	{
		*length = VARSIZE_1B(value) - VARHDRSZ_SHORT;
		return VARATT_IS_1B_E(value) ? NULL : VARDATA_1B(value);
	}
	*length = VARSIZE_4B(value) - VARHDRSZ;
	return VARATT_IS_4B_C(value) ? NULL : VARDATA_4B(value);
}

#endif
