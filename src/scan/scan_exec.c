/*
 * scan_exec.c: the node of the executor.
 *
 * All rows are counted, then the groups are returned, as a hash aggregate does it.  When
 * the groups need more memory than hash_mem, a worker's partial states are returned
 * early and begun anew; the others are counted in several passes over the table, each
 * for a range of hashes.
 */
#include "postgres.h"

#include "access/tableam.h"
#include "executor/executor.h"
#include "executor/instrument.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "scan.h"
#include EXPLAIN_HEADER

/* So many groups are always kept: a pass for fewer makes no sense. */
#define SCAN_LEAST_GROUPS	64

/* --- counting ---------------------------------------------------------------------------- */

/* Begin a pass over all tables. */
static void
scan_pass_begin(ScanNode *node)
{
	int			i;

	for (i = 0; i < node->table_count; i++)
	{
		TableScanDesc scan = node->tables[i].scan->ss.ss_currentScanDesc;

		if (node->passes > 0 && scan != NULL)
			table_rescan(scan, NULL);
	}
	node->table = 0;
	node->passes++;
}

/* Is memory full?  One hash, and a few groups, are taken in any case. */
static bool
scan_full(const ScanNode *node)
{
	const ScanGroups *groups = &node->groups;

	return groups->used > node->limit && groups->count >= SCAN_LEAST_GROUPS &&
		(node->partial || groups->from < groups->to);
}

/* Count the rows of a table, from where it was left; false if memory is full before its end. */
static bool
scan_table_rows(ScanNode *node, ScanTable *table)
{
	PlanState  *scan = &table->scan->ss.ps;
	double		rows = 0;
	bool		more;

	if (scan->instrument)
		InstrStartNode(scan->instrument);
	do
		more = scan_table_page(node, table, &rows);
	while (more && !scan_full(node));
	if (scan->instrument)
		InstrStopNode(scan->instrument, rows);
	return !more;
}

/* Make the next groups to return. */
static void
scan_fill(ScanNode *node)
{
	ScanGroups *groups = &node->groups;

	if (node->filled)
		scan_groups_reset(groups);
	if (!node->filled)
		scan_pass_begin(node);
	else if (!node->partial)
	{
		uint64		width = groups->to - groups->from;

		groups->from = groups->to + 1;
		groups->to = PG_UINT64_MAX - groups->from > width ? groups->from + width : PG_UINT64_MAX;
		scan_pass_begin(node);
	}
	while (node->table < node->table_count)
	{
		if (scan_table_rows(node, &node->tables[node->table]))
			node->table++;
		else if (node->partial)
			break;
		else
		{
			/* half the range, from the start */
			groups->to = groups->from + (groups->to - groups->from) / 2;
			scan_groups_reset(groups);
			scan_pass_begin(node);
		}
	}
	node->filled = true;
	node->done = node->table == node->table_count &&
		(node->partial || groups->to == PG_UINT64_MAX);
	node->next = groups->first;
	node->groups_made += groups->key_count == 0 ? 1 : groups->count;
	node->memory_used = Max(node->memory_used, groups->used);
}

/* --- returning --------------------------------------------------------------------------- */

/* The value of an aggregate for a group. */
static Datum
scan_result(ScanNode *node, const ScanOutput *output, ScanGroup *group, bool *isnull)
{
	const ScanTransition *transition = &node->transitions[output->state];
	void	   *state = (char *) group + transition->offset;
	Datum		value = transition->kind == SCAN_COUNT ? Int64GetDatum(*(int64 *) state) :
		PointerGetDatum(state);

	*isnull = !scan_group_seen(&node->groups, group)[output->state];
	if (*isnull)
		value = (Datum) 0;
	if (!output->has_final)
		return value;
	if (*isnull && output->final.fn_strict)
		return value;
	output->call->args[0].value = value;
	output->call->args[0].isnull = *isnull;
	output->call->isnull = false;
	value = FunctionCallInvoke(output->call);
	*isnull = output->call->isnull;
	return value;
}

/* A group as a row of keys and aggregates. */
static void
scan_store(ScanNode *node, ScanGroup *group, TupleTableSlot *slot)
{
	int			keys = node->groups.key_count;
	int			i;

	ExecClearTuple(slot);
	for (i = 0; i < keys; i++)
	{
		slot->tts_values[i] = group->keys[i].value;
		slot->tts_isnull[i] = group->keys[i].shape == SCAN_NULL;
	}
	for (i = 0; i < node->output_count; i++)
		slot->tts_values[keys + i] = scan_result(node, &node->outputs[i], group,
												 &slot->tts_isnull[keys + i]);
	ExecStoreVirtualTuple(slot);
}

static TupleTableSlot *
scan_exec(CustomScanState *css)
{
	ScanNode   *node = (ScanNode *) css;
	PlanState  *state = &css->ss.ps;
	ExprContext *econtext = state->ps_ExprContext;
	TupleTableSlot *slot = css->ss.ss_ScanTupleSlot;

	for (;;)
	{
		MemoryContext old;

		CHECK_FOR_INTERRUPTS();
		ResetExprContext(econtext);
		if (node->next == NULL)
		{
			if (node->done)
				return ExecClearTuple(state->ps_ResultTupleSlot);
			scan_fill(node);
			continue;
		}
		old = MemoryContextSwitchTo(econtext->ecxt_per_tuple_memory);
		scan_store(node, node->next, slot);
		MemoryContextSwitchTo(old);
		node->next = node->next->next;
		econtext->ecxt_scantuple = slot;
		if (!ExecQual(state->qual, econtext))
		{
			InstrCountFiltered1(state, 1);
			continue;
		}
		return state->ps_ProjInfo ? ExecProject(state->ps_ProjInfo) : slot;
	}
}

static void
scan_rescan(CustomScanState *css)
{
	ScanNode   *node = (ScanNode *) css;
	ListCell   *lc;
	int			i,
				j;

	ExecClearTuple(css->ss.ss_ScanTupleSlot);
	ExecClearTuple(css->ss.ps.ps_ResultTupleSlot);
	foreach(lc, css->custom_ps)
	{
		PlanState  *scan = lfirst(lc);

		if (css->ss.ps.chgParam != NULL)
			UpdateChangedParamSet(scan, css->ss.ps.chgParam);
		ExecReScan(scan);
	}
	for (i = 0; i < node->table_count; i++)
	{
		scan_tests_forget(&node->tables[i].tests);
		for (j = 0; j < node->transition_count; j++)
			scan_tests_forget(&node->tables[i].inputs[j].tests);
	}
	node->groups.from = 0;
	node->groups.to = PG_UINT64_MAX;
	scan_groups_reset(&node->groups);
	node->next = NULL;
	node->filled = node->done = false;
	node->passes = 0;
}

static void
scan_end(CustomScanState *css)
{
	ListCell   *lc;

	foreach(lc, css->custom_ps)
		ExecEndNode(lfirst(lc));
	MemoryContextDelete(((ScanNode *) css)->groups.memory);
}

static void
scan_explain(CustomScanState *css, List *ancestors pg_attribute_unused(), ExplainState *es)
{
	ScanNode   *node = (ScanNode *) css;

	/* of a parallel plan only the leader's share is known here */
	if (!es->analyze || node->partial)
		return;
	ExplainPropertyInteger("Pages", NULL, node->pages_read, es);
	ExplainPropertyInteger("All-Visible Pages", NULL, node->pages_visible, es);
	ExplainPropertyInteger("Groups", NULL, node->groups_made, es);
	ExplainPropertyInteger("Passes", NULL, node->passes, es);
	ExplainPropertyInteger("Memory Usage", "kB", (node->memory_used + 1023) / 1024, es);
}

/* --- methods ----------------------------------------------------------------------------- */

static const CustomExecMethods scan_exec_methods = {
	.CustomName = "KpiScan",
	.BeginCustomScan = scan_begin,
	.ExecCustomScan = scan_exec,
	.EndCustomScan = scan_end,
	.ReScanCustomScan = scan_rescan,
	.ExplainCustomScan = scan_explain,
};

static Node *
scan_create_state(CustomScan *plan pg_attribute_unused())
{
	ScanNode   *node = (ScanNode *) newNode(sizeof(ScanNode), T_CustomScanState);

	node->css.methods = &scan_exec_methods;
	return (Node *) node;
}

const CustomScanMethods scan_methods = {
	.CustomName = "KpiScan",
	.CreateCustomScanState = scan_create_state,
};
