/*
 * scan.h: the custom scan that replaces an aggregation over a table.
 *
 * A KPI query spends most of its time between the executor's nodes.  Here one node
 * reads the pages of the table, finds the group of each row and counts the answer in
 * the group's tally.  What it cannot do exactly as the plain plan does, it leaves to
 * the plain plan: scan_query.c decides that, and nothing else.
 *
 * Plan time: scan_init.c (hook, setting), scan_query.c (may it?), scan_path.c (paths),
 * scan_cost.c, scan_plan.c.  Run time: scan_exec.c (the node), scan_pages.c (pages),
 * scan_walk.c (tuples), scan_batch.c (the rows of a page, column by column), scan_rows.c (row
 * by row), scan_groups.c (the groups).
 */
#ifndef RECOVERY_KPI_SCAN_H
#define RECOVERY_KPI_SCAN_H

#include "access/relscan.h"
#include "nodes/execnodes.h"
#include "nodes/extensible.h"
#include "nodes/pathnodes.h"

#include "base/compat.h"
#include "survey/tally.h"

#include "scan_walk.h"

#define SCAN_MAX_KEYS	16

extern bool scan_enabled;
extern const CustomScanMethods scan_methods;

/* --- what a transition function does -------------------------------------------- */

/*
 * The good case of a transition function is done in line; a kind says how.  Whatever is
 * not the good case (a score off the scale, a fraction, an overflow) is left to the
 * function itself, which raises the error.
 */
typedef enum ScanKind
{
	SCAN_NONE,					/* not ours */
	SCAN_COUNT,					/* count(*), and count(column) */
	SCAN_INT2,					/* the score is a point of the state's scale */
	SCAN_INT4,
	SCAN_FLOAT8,
	SCAN_BOOL,
	SCAN_SCALE_INT2,			/* the same, the scale in constant arguments */
	SCAN_SCALE_INT4,
	SCAN_SCALE_FLOAT8,
	SCAN_CALL					/* always call the function */
} ScanKind;

extern ScanKind scan_kind(PGFunction function);
extern bool scan_scale_given(ScanKind kind);
extern bool scan_is_period(PGFunction function);

/* --- plan time ------------------------------------------------------------------- */

/* A query that this node can run. */
typedef struct ScanQuery
{
	List	   *keys;			/* grouping expressions */
	List	   *aggrefs;		/* each aggregate once */
	List	   *finals;			/* their final functions, an OID list */
	List	   *numbers;		/* numbers of the transition states they need, in order */
	List	   *transitions;	/* AggTransInfo of each of these */
	List	   *having;			/* conditions of HAVING */
	bool		combines;		/* all can be done in parts */
} ScanQuery;

typedef struct ScanPath
{
	CustomPath	custom;
	ScanQuery  *query;
	List	   *columns;		/* of each table: the list of what is needed of a row */
	bool		partial;		/* returns states, not results */
} ScanPath;

/* The tables to read. */
typedef struct ScanTables
{
	List	   *rels;
	List	   *columns;		/* of each: what is needed of a row, the keys first */
} ScanTables;

extern bool scan_any_of_ours(PlannerInfo *root);
extern ScanQuery *scan_query(PlannerInfo *root, RelOptInfo *input, RelOptInfo *output,
							 List *having);
extern bool scan_plain_expression(Node *node);
extern void scan_add_paths(PlannerInfo *root, RelOptInfo *input, RelOptInfo *output,
						   ScanQuery *query, GroupPathExtraData *extra);
extern double scan_group_count(PlannerInfo *root, const ScanQuery *query, double rows);
extern double scan_group_memory(const ScanQuery *query, double groups);
extern void scan_cost(PlannerInfo *root, ScanPath *path, const ScanTables *tables, double groups);
extern Plan *scan_plan(PlannerInfo *root, RelOptInfo *rel, struct CustomPath *best_path,
					   List *tlist, List *clauses, List *custom_plans);

/* The lists in a plan's custom_private. */
enum
{
	SCAN_PRIVATE_SHAPE,			/* integers: partial states?, number of keys */
	SCAN_PRIVATE_FUNCTIONS,		/* OIDs: transition functions */
	SCAN_PRIVATE_COLLATIONS,	/* OIDs: their collations */
	SCAN_PRIVATE_INPUTS,		/* integers: has a filter?, number of arguments, of each */
	SCAN_PRIVATE_STARTS,		/* constants: the empty states */
	SCAN_PRIVATE_STATES,		/* integers: the state of each aggregate */
	SCAN_PRIVATE_FINALS			/* OIDs: final functions, or 0 */
};

/* --- run time -------------------------------------------------------------------- */

/* Where a value of a row comes from. */
typedef struct ScanSource
{
	int			column;			/* from 0; -1: an expression or a constant */
	ExprState  *expression;		/* NULL: a constant, which is in place already */
} ScanSource;

/* A condition of one column, tested without an expression: see scan_tests.c. */
typedef enum ScanTestKind
{
	SCAN_TEST_NULL,				/* the column is NULL, or is not */
	SCAN_TEST_BOOL,				/* it is true, or false */
	SCAN_TEST_CALL				/* a built-in operator of it and a constant gives true */
} ScanTestKind;

/* How a condition is tested on all rows of a page; none of these can raise an error. */
typedef enum ScanFast
{
	SCAN_FAST_NONE,				/* not at all */
	SCAN_FAST_NULL,
	SCAN_FAST_RANGE,			/* a whole number in, or not in, a range */
	SCAN_FAST_TEXT				/* these bytes, or others */
} ScanFast;

/* A constant that a column is compared with. */
typedef struct ScanChoice
{
	Datum		value;
	int64		from;			/* the numbers that fit: from ... from + span */
	uint64		span;
	const char *bytes;			/* or the text that fits */
	uint32		length;
} ScanChoice;

typedef struct ScanTest
{
	ScanTestKind kind;
	ScanFast	fast;
	int			column;
	bool		wanted;
	bool		outside;		/* what does not fit passes */
	int			argument;		/* of the call: the column */
	FunctionCallInfo call;
	int			choice_count;	/* one of them must pass; of NULL there are none */
	ScanChoice *choices;
	OpExpr	   *operator;		/* of one constant that is known only at run time, */
	ExprState  *later;			/* ... this is it, */
	ExprContext *econtext;
	bool		known;			/* ... and now it is known */
} ScanTest;

typedef struct ScanTests
{
	int			count;
	ScanTest   *tests;
} ScanTests;

/* What a transition takes from a row of one table. */
typedef struct ScanInput
{
	ScanTests	tests;			/* its filter, if it can be tested so */
	ExprState  *filter;			/* else this, or NULL */
	ScanSource *arguments;
} ScanInput;

/* A transition function and the place of its state in a group. */
typedef struct ScanTransition
{
	ScanKind	kind;
	bool		strict;
	bool		late;			/* there is no state before the first row */
	int			arguments;
	int			offset;			/* of the state */
	int			size;
	bool		in_batch;		/* can be counted by scan_batch_counts.c, */
	int			cells;			/* ... and the offset of its counters, one more than points */
	int32		lo;				/* of the scale, for the kinds done in line */
	uint32		span;
	void	   *start;			/* the empty state; an int64 for a count */
	FmgrInfo	function;
	FunctionCallInfo call;
} ScanTransition;

/* An aggregate: what is made of a state. */
typedef struct ScanOutput
{
	int			state;
	bool		has_final;
	FmgrInfo	final;
	FunctionCallInfo call;
} ScanOutput;

typedef enum ScanKeyKind
{
	SCAN_KEY_WORD,				/* passed by value */
	SCAN_KEY_FIXED,				/* of a fixed number of bytes */
	SCAN_KEY_TEXT				/* of variable length */
} ScanKeyKind;

/* A grouping key, the same in all tables. */
typedef struct ScanGroupKey
{
	ScanKeyKind kind;
	int			length;
	FunctionCallInfo period;	/* of period_start, or NULL */
	struct ScanPeriods *periods;	/* the periods that are known */
} ScanGroupKey;

/*
 * The value of a key.  The word tells most values apart: it is the value, or the bytes
 * of a short one, or else a hash of them.
 */
typedef struct ScanKeyValue
{
	uint64		word;
	uint64		shape;			/* the length of its bytes, 0 if passed by value; or NULL */
	Datum		value;
} ScanKeyValue;

#define SCAN_KEY_SHORT	8		/* so many bytes are a word */
#define SCAN_NULL		(UINT64CONST(1) << 32)	/* the shape of NULL */

/* A group: its keys, then flags, then its states at the offsets of the transitions. */
typedef struct ScanGroup
{
	uint64		hash;
	bool		words;			/* each key is in its word */
	struct ScanGroup *next;		/* in the order in which they were found */
	ScanKeyValue keys[FLEXIBLE_ARRAY_MEMBER];
} ScanGroup;

typedef struct ScanSlot
{
	uint64		hash;
	ScanGroup  *group;
} ScanSlot;

/* All groups of a pass: a table of slots with open addressing. */
typedef struct ScanGroups
{
	MemoryContext memory;
	int			key_count;
	ScanGroupKey *keys;
	int			seen;			/* offset of the flags: state has begun */
	int			size;			/* of a group */
	char	   *empty;			/* a group to copy */
	ScanSlot   *slots;
	uint64		mask;
	uint64		count;
	ScanGroup  *first;
	ScanGroup **last;
	char	   *chunk;			/* memory for the next groups */
	Size		chunk_left;
	Size		used;
	uint64		from;			/* this pass takes the hashes from ... to */
	uint64		to;
	ScanGroup  *others;			/* counts the rows of all other groups, for their errors */
} ScanGroups;

/* A table, or a partition. */
typedef struct ScanTable
{
	SeqScanState *scan;			/* opens the relation, and holds the WHERE clause */
	bool		pages;			/* ordinary heap: take whole pages */
	bool		raw;			/* no expression looks at the row */
	ScanTests	tests;			/* the WHERE clause of a raw one */
	bool	   *tested;			/* columns for the WHERE clause, */
	bool	   *used;			/* ... and for the rest */
	bool		in_batch;		/* pages can be counted column by column, */
	struct ScanBatch *batch;	/* ... here, once there is a page */
	int			attribute_count;	/* up to the last one that is needed */
	int			fixed_count;	/* so many have an offset */
	int			fixed_end;
	ScanAttribute *attributes;
	ScanWalk	where;			/* to the columns of the WHERE clause, for rows one by one, */
	ScanWalk	rest;			/* ... and on to the others */
	Datum	   *values;
	bool	   *nulls;
	bool		has_nulls;
	int		   *key_columns;
	ScanInput  *inputs;
} ScanTable;

typedef struct ScanNode
{
	CustomScanState css;
	bool		partial;
	int			table_count;
	ScanTable  *tables;
	int			table;			/* now being read */
	int			transition_count;
	ScanTransition *transitions;
	int			output_count;
	ScanOutput *outputs;
	struct AggState *caller;	/* what transition functions see as their caller */
	ScanGroups	groups;
	ScanGroup  *next;			/* to be returned */
	bool		filled;			/* groups hold a result */
	bool		done;			/* ... and it is the last one */
	Size		limit;			/* of memory */
	uint64		pages_read;
	uint64		pages_visible;
	uint64		groups_made;
	Size		memory_used;
	int			passes;
} ScanNode;

extern void scan_begin(CustomScanState *css, EState *estate, int eflags);
extern void scan_groups_init(ScanGroups *groups, const ScanNode *node);
extern void scan_groups_reset(ScanGroups *groups);
extern ScanGroup *scan_group_find(ScanGroups *groups, uint64 hash, const ScanKeyValue *keys);
extern void scan_row(ScanNode *node, ScanTable *table, const Datum *values, const bool *nulls,
					 ExprContext *econtext);
extern void scan_table_init(ScanNode *node, ScanTable *table, SeqScanState *scan);
extern bool scan_table_page(ScanNode *node, ScanTable *table, double *rows);

extern bool scan_tests_make(List *conditions, PlanState *parent, ScanTests *tests, bool *needed);
extern void scan_tests_forget(ScanTests *tests);
extern void scan_test_know(ScanTest *test);

/* Does an operator of this value and one of the constants give true? */
static inline bool
scan_test_call(ScanTest *test, Datum value)
{
	NullableDatum *other = &test->call->args[1 - test->argument];
	int			i;

	test->call->args[test->argument].value = value;
	for (i = 0; i < test->choice_count; i++)
	{
		other->value = test->choices[i].value;
		test->call->isnull = false;
		if (DatumGetBool(test->call->flinfo->fn_addr(test->call)) && !test->call->isnull)
			return true;
	}
	return false;
}

/* Do all conditions give true? */
static inline bool
scan_tests_pass(const ScanTests *tests, const Datum *values, const bool *nulls)
{
	int			i;

	for (i = 0; i < tests->count; i++)
	{
		ScanTest   *test = &tests->tests[i];
		bool		isnull = nulls[test->column];

		/* even if the column is NULL: it may be an error */
		if (unlikely(test->later != NULL && !test->known))
			scan_test_know(test);
		if (test->kind == SCAN_TEST_NULL)
		{
			if (isnull != test->wanted)
				return false;
		}
		else if (isnull)
			return false;
		else if (test->kind == SCAN_TEST_CALL)
		{
			if (!scan_test_call(test, values[test->column]))
				return false;
		}
		else if (DatumGetBool(values[test->column]) != test->wanted)
			return false;
	}
	return true;
}

static inline bool *
scan_group_seen(const ScanGroups *groups, ScanGroup *group)
{
	return (bool *) group + groups->seen;
}

#endif
