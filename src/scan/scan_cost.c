/*
 * scan_cost.c: what the planner is told of the scan's costs.
 *
 * Pages cost what they cost in a sequential scan.  The rest was measured in tables in memory,
 * in units of what the same tables cost in the plain plan.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "optimizer/prep.h"
#include "utils/selfuncs.h"

#include "scan.h"

/*
 * What the scan takes of the plain plan's price of a row, if it goes column by column or has no
 * expression to ask, and if it has; and of an operator, for a key, an aggregate or a condition.
 */
#define SCAN_COST_ROW		0.3
#define SCAN_COST_SLOT		0.6
#define SCAN_COST_STEP		0.3

/* Of period_start the planner takes every instant for a period of its own. */
#define SCAN_PERIODS		1000.0

/* The number of groups of so many rows. */
double
scan_group_count(PlannerInfo *root, const ScanQuery *query, double rows)
{
	List	   *plain = NIL;
	double		groups = 1.0;
	ListCell   *lc;

	foreach(lc, query->keys)
	{
		if (IsA(lfirst(lc), FuncExpr))
			groups *= Min(SCAN_PERIODS, estimate_num_groups(root, list_make1(lfirst(lc)),
															rows, NULL, NULL));
		else
			plain = lappend(plain, lfirst(lc));
	}
	if (plain != NIL)
		groups *= estimate_num_groups(root, plain, rows, NULL, NULL);
	return clamp_row_est(Min(groups, rows));
}

/* Memory for so many groups. */
double
scan_group_memory(const ScanQuery *query, double groups)
{
	double		size = sizeof(ScanGroup) + 2 * sizeof(ScanSlot) +
		sizeof(ScanKeyValue) * list_length(query->keys);
	ListCell   *lc;

	foreach(lc, query->transitions)
	{
		AggTransInfo *transition = lfirst(lc);

		size += transition->initValueIsNull ? sizeof(Tally) + 11 * sizeof(int64) :
			transition->transtypeByVal ? sizeof(int64) :
			VARSIZE_ANY(DatumGetPointer(transition->initValue));
		size += sizeof(int64);
	}
	return size * groups;
}

/* Is a condition a test of one column, as those of scan_tests.c are?  A guess, for the price. */
static bool
scan_cost_test(Node *condition)
{
	Node	   *column = NULL;

	if (IsA(condition, OpExpr) || IsA(condition, ScalarArrayOpExpr))
	{
		List	   *arguments = IsA(condition, OpExpr) ? ((OpExpr *) condition)->args :
			((ScalarArrayOpExpr *) condition)->args;

		if (list_length(arguments) != 2)
			return false;
		column = strip_implicit_coercions(linitial(arguments));
		return IsA(column, Var) ? !contain_var_clause(lsecond(arguments)) :
			IsA(condition, OpExpr) && !contain_var_clause(column) &&
			IsA(strip_implicit_coercions(lsecond(arguments)), Var);
	}
	if (IsA(condition, NullTest))
		column = (Node *) ((NullTest *) condition)->arg;
	else if (is_notclause(condition))
		column = (Node *) get_notclausearg(condition);
	return IsA(column == NULL ? condition : column, Var);
}

/* The price of a row of a table: of reading and testing it. */
static double
scan_cost_row(const RelOptInfo *rel)
{
	ListCell   *lc;

	foreach(lc, rel->baserestrictinfo)
	{
		if (!scan_cost_test((Node *) ((RestrictInfo *) lfirst(lc))->clause))
			return SCAN_COST_SLOT * cpu_tuple_cost + rel->baserestrictcost.per_tuple;
	}
	return SCAN_COST_ROW * cpu_tuple_cost +
		SCAN_COST_STEP * cpu_operator_cost * list_length(rel->baserestrictinfo);
}

/* Fill in rows and costs from those of the scans below. */
void
scan_cost(PlannerInfo *root, ScanPath *path, const ScanTables *tables, double groups)
{
	Path	   *total = &path->custom.path;
	int			keys = list_length(path->query->keys);
	int			steps = keys + list_length(path->query->transitions);
	AggClauseCosts finals = {0};
	ListCell   *lc,
			   *lc2,
			   *lc3;

	total->startup_cost = 0;
	forthree(lc, path->custom.custom_paths, lc2, tables->rels, lc3, tables->columns)
	{
		Path	   *scan = lfirst(lc);
		RelOptInfo *rel = lfirst(lc2);
		double		tuples = rel->tuples * (scan->rows / Max(rel->rows, 1.0));
		QualCost	inputs;

		/* rows of a path are rounded up, tuples are not */
		tuples = Min(tuples, rel->tuples);
		/* a key is a column or a period of one, which is a step */
		cost_qual_eval(&inputs, list_copy_tail(lfirst(lc3), keys), root);
		total->startup_cost += scan->total_cost + tuples * (scan_cost_row(rel) - cpu_tuple_cost -
															rel->baserestrictcost.per_tuple) +
			inputs.startup + inputs.per_tuple * scan->rows +
			SCAN_COST_STEP * cpu_operator_cost * steps * scan->rows;
		add_disabled_nodes(total, scan);
	}
	if (!path->partial)
		get_agg_clause_costs(root, AGGSPLIT_SIMPLE, &finals);
	total->rows = groups;
	total->total_cost = total->startup_cost + finals.finalCost.startup +
		(finals.finalCost.per_tuple + cpu_tuple_cost) * groups;
}
