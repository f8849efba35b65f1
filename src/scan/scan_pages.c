/*
 * scan_pages.c: the pages of a table, and the tuples on them.
 *
 * Pages come from PostgreSQL's own scan of the table, which prunes them, checks what is
 * visible, reports to SERIALIZABLE, reads ahead and shares out blocks to workers.  It is
 * asked for the first row of a page only; the visible rows after it are taken from the
 * scan's list, under the pin that it holds.  A table that is not ordinary heap, or a
 * snapshot without such lists, is read row by row.
 */
#include "postgres.h"

#include "access/heapam.h"
#include "access/htup_details.h"
#include "access/tableam.h"
#include "access/tupmacs.h"
#include "executor/executor.h"
#include "executor/instrument.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "pgstat.h"
#include "storage/bufmgr.h"

#include "scan_batch.h"

/* So many tuples ahead are fetched from memory. */
#define SCAN_AHEAD	6

/* --- taking a tuple apart ---------------------------------------------------------------- */

/* Fill in the table's attributes up to the last one that is needed. */
static void
scan_attributes_init(ScanTable *table, TupleDesc tupdesc)
{
	int			offset = 0;
	int			i;

	table->attributes = palloc0(Max(table->attribute_count, 1) * sizeof(ScanAttribute));
	for (i = 0; i < table->attribute_count; i++)
	{
		Form_pg_attribute attr = TupleDescAttr(tupdesc, i);
		ScanAttribute *attribute = &table->attributes[i];

		attribute->length = attr->attlen;
		attribute->by_value = attr->attbyval;
		attribute->alignment = (uint8) att_align_nominal(1, attr->attalign);
		attribute->offset = -1;
		if (offset >= 0 && attr->attlen == -1 &&
			offset == (int) att_align_nominal(offset, attr->attalign))
		{
			/* here a text begins, whether it needs to be aligned or not */
			attribute->offset = offset;
			offset = -1;
			continue;
		}
		if (offset < 0 || attr->attlen <= 0)
		{
			offset = -1;
			continue;
		}
		offset = att_align_nominal(offset, attr->attalign);
		attribute->offset = offset;
		offset += attr->attlen;
		table->fixed_count = i + 1;
		table->fixed_end = offset;
	}
}

/* The walks for rows one by one. */
static void
scan_walks_init(ScanTable *table, const bool *needed, const bool *tested)
{
	ScanWalk   *walks[] = {&table->where, &table->rest};
	bool	   *either = palloc0(Max(table->attribute_count, 1) * sizeof(bool));
	int			end = 0;
	int			i,
				j;

	table->values = palloc0(Max(table->attribute_count, 1) * sizeof(Datum));
	table->nulls = palloc0(Max(table->attribute_count, 1) * sizeof(bool));
	for (i = 0; i < table->attribute_count; i++)
	{
		either[i] = needed[i] || tested[i];
		if (tested[i])
			end = i + 1;
	}
	scan_walk_make(&table->where, table->attributes, 0, end, either);
	scan_walk_make(&table->rest, table->attributes, end, table->attribute_count, either);
	for (i = 0; i < (int) lengthof(walks); i++)
	{
		for (j = 0; j < walks[i]->count; j++)
		{
			ScanStep   *step = &walks[i]->steps[j];

			if (!either[step->attribute])
				continue;
			step->values = &table->values[step->attribute];
			step->nulls = &table->nulls[step->attribute];
			step->has_nulls = &table->has_nulls;
		}
	}
}

/* The values of a walk through a tuple that has all attributes that are needed. */
static inline uint32
scan_deform(const ScanWalk *walk, HeapTupleHeader tuple, uint32 offset)
{
	return (tuple->t_infomask & HEAP_HASNULL) != 0 ? scan_walk(walk, tuple, true, offset, 0) :
		scan_walk(walk, tuple, false, offset, 0);
}

/* --- rows and pages ---------------------------------------------------------------------- */

/* The row in the scan's slot: false if the WHERE clause leaves it out. */
static bool
scan_slot_row(ScanNode *node, ScanTable *table)
{
	ScanState  *scan = &table->scan->ss;
	ExprContext *econtext = scan->ps.ps_ExprContext;
	TupleTableSlot *slot = scan->ss_ScanTupleSlot;

	ResetExprContext(econtext);
	econtext->ecxt_scantuple = slot;
	if (!ExecQual(scan->ps.qual, econtext))
	{
		InstrCountFiltered1(scan, 1);
		return false;
	}
	slot_getsomeattrs(slot, table->attribute_count);
	scan_row(node, table, slot->tts_values, slot->tts_isnull, econtext);
	return true;
}

/* The rest of the page whose first row the scan has just returned. */
static double
scan_heap_page(ScanNode *node, ScanTable *table, HeapScanDesc scan)
{
	TupleTableSlot *slot = table->scan->ss.ss_ScanTupleSlot;
	ExprContext *econtext = table->scan->ss.ps.ps_ExprContext;
	Page		page = BufferGetPage(scan->rs_cbuf);
	int			begin = scan->rs_cindex;
	int			first = begin;
	int			count = scan->rs_ntuples;
	double		rows = 0;
	int			passed;
	int			i;

	node->pages_read++;
	if (PageIsAllVisible(page))
		node->pages_visible++;
	ResetExprContext(econtext);
	if (table->in_batch &&
		scan_batch_page(node, table, page, &scan->rs_vistuples[first], count - first, &passed))
	{
		InstrCountFiltered1(&table->scan->ss, count - first - passed);
		rows = passed;
		first = count;
	}
	for (i = first; i < count; i++)
	{
		ItemId		item = PageGetItemId(page, scan->rs_vistuples[i]);
		HeapTupleHeader tuple = (HeapTupleHeader) PageGetItem(page, item);

		/* waiting for memory is half of the time otherwise */
		if (i + SCAN_AHEAD < count)
			scan_fetch(page, PageGetItemId(page, scan->rs_vistuples[i + SCAN_AHEAD]));
		/* values that were stored compressed or outside of the row */
		if (unlikely(!CurrentMemoryContext->isReset))
			MemoryContextReset(CurrentMemoryContext);
		if (likely(table->raw && HeapTupleHeaderGetNatts(tuple) >= table->attribute_count))
		{
			uint32		offset = scan_deform(&table->where, tuple, 0);

			if (!scan_tests_pass(&table->tests, table->values, table->nulls))
			{
				InstrCountFiltered1(&table->scan->ss, 1);
				continue;
			}
			(void) scan_deform(&table->rest, tuple, offset);
			scan_row(node, table, table->values, table->nulls, econtext);
			rows++;
			continue;
		}
		/* the tuple of the scan, as if it had been asked for the next row */
		scan->rs_ctup.t_data = tuple;
		scan->rs_ctup.t_len = ItemIdGetLength(item);
		ItemPointerSetOffsetNumber(&scan->rs_ctup.t_self, scan->rs_vistuples[i]);
		scan->rs_cindex = i;
		ExecStoreBufferHeapTuple(&scan->rs_ctup, slot, scan->rs_cbuf);
		rows += scan_slot_row(node, table);
	}
	scan->rs_cindex = count - 1;
	/* the counter of rows read; the first one is counted by the scan */
	pgstat_count_index_tuples(scan->rs_base.rs_rd, count - 1 - begin);
	return rows;
}

/*
 * Count the rows of the next page; false if there is none.  Adds the rows that the WHERE
 * clause lets pass to *rows.
 */
bool
scan_table_page(ScanNode *node, ScanTable *table, double *rows)
{
	ScanState  *scan = &table->scan->ss;
	TupleTableSlot *slot = scan->ss_ScanTupleSlot;
	MemoryContext old;

	CHECK_FOR_INTERRUPTS();
	/* as in a sequential scan; in a parallel plan the scan has begun already */
	if (scan->ss_currentScanDesc == NULL)
		scan->ss_currentScanDesc = begin_table_scan(scan->ss_currentRelation,
													scan->ps.state->es_snapshot);
	if (!table_scan_getnextslot(scan->ss_currentScanDesc, ForwardScanDirection, slot))
	{
		scan_batch_end(node, table);
		return false;
	}
	old = MemoryContextSwitchTo(scan->ps.ps_ExprContext->ecxt_per_tuple_memory);
	if (table->pages && (scan->ss_currentScanDesc->rs_flags & SO_ALLOW_PAGEMODE) != 0)
		*rows += scan_heap_page(node, table, (HeapScanDesc) scan->ss_currentScanDesc);
	else
		*rows += scan_slot_row(node, table);
	MemoryContextSwitchTo(old);
	return true;
}

/* --- preparation ------------------------------------------------------------------------- */

/* Where the value of an expression comes from; a constant goes into *constant at once. */
static ScanSource
scan_source(Expr *expression, PlanState *parent, NullableDatum *constant, bool *needed)
{
	ScanSource	source = {-1, NULL};

	if (IsA(expression, Var))
	{
		source.column = ((Var *) expression)->varattno - 1;
		needed[source.column] = true;
	}
	else if (IsA(expression, Const))
	{
		constant->value = ((Const *) expression)->constvalue;
		constant->isnull = ((Const *) expression)->constisnull;
	}
	else
		source.expression = ExecInitExpr(expression, parent);
	return source;
}

/*
 * Prepare to read a table.  The target list of its scan has keys, then of each transition
 * its filter, if the plan says that there is one, and its arguments.
 */
void
scan_table_init(ScanNode *node, ScanTable *table, SeqScanState *scan)
{
	CustomScan *plan = (CustomScan *) node->css.ss.ps.plan;
	List	   *shapes = list_nth(plan->custom_private, SCAN_PRIVATE_INPUTS);
	List	   *columns = scan->ss.ps.plan->targetlist;
	Relation	relation = scan->ss.ss_currentRelation;
	TupleDesc	tupdesc = RelationGetDescr(relation);
	bool	   *needed = palloc0(tupdesc->natts * sizeof(bool));
	bool	   *tested = palloc0(tupdesc->natts * sizeof(bool));
	int			next = 0;
	int			i,
				j;

	table->scan = scan;
	table->pages = relation->rd_tableam == GetHeapamTableAmRoutine();
	table->raw = scan_tests_make(scan->ss.ps.plan->qual, (PlanState *) scan, &table->tests,
								 tested);
	table->key_columns = palloc(Max(node->groups.key_count, 1) * sizeof(int));
	for (i = 0; i < node->groups.key_count; i++)
	{
		Expr	   *key = ((TargetEntry *) list_nth(columns, next++))->expr;

		if (IsA(key, FuncExpr))
			key = lsecond(((FuncExpr *) key)->args);
		table->key_columns[i] = castNode(Var, key)->varattno - 1;
		needed[table->key_columns[i]] = true;
	}
	table->inputs = palloc0(node->transition_count * sizeof(ScanInput));
	for (i = 0; i < node->transition_count; i++)
	{
		ScanTransition *transition = &node->transitions[i];
		ScanInput  *input = &table->inputs[i];

		if (list_nth_int(shapes, 2 * i))
		{
			Expr	   *filter = ((TargetEntry *) list_nth(columns, next++))->expr;

			if (!scan_tests_make(make_ands_implicit(filter), (PlanState *) scan, &input->tests,
								 needed))
			{
				input->filter = ExecInitExpr(filter, (PlanState *) scan);
				table->raw = false;
			}
		}
		input->arguments = palloc(Max(transition->arguments, 1) * sizeof(ScanSource));
		for (j = 0; j < transition->arguments; j++)
		{
			Expr	   *argument = ((TargetEntry *) list_nth(columns, next++))->expr;

			input->arguments[j] = scan_source(argument, (PlanState *) scan,
											  &transition->call->args[j + 1], needed);
			if (input->arguments[j].expression != NULL)
				table->raw = false;
		}
	}
	for (i = 0; i < tupdesc->natts; i++)
	{
		if (needed[i] || tested[i])
			table->attribute_count = i + 1;
	}
	scan_attributes_init(table, tupdesc);
	scan_walks_init(table, needed, tested);
	table->tested = tested;
	table->used = needed;
	table->in_batch = scan_batch_can(node, table);
}
