/*
 * scan_plan.c: the plan that is made from a path of the scan.
 */
#include "postgres.h"

#include "nodes/makefuncs.h"
#include "optimizer/cost.h"
#include "optimizer/planner.h"

#include "scan.h"

/*
 * The conditions of HAVING, the cheap ones first, as PostgreSQL orders them: then the first
 * one that raises an error is the same.
 */
static List *
scan_having(PlannerInfo *root, List *having)
{
	List	   *ordered = NIL;
	List	   *costs = NIL;
	ListCell   *lc;

	foreach(lc, having)
	{
		QualCost	cost;
		Cost	   *price = palloc(sizeof(Cost));
		int			place = list_length(ordered);

		cost_qual_eval_node(&cost, lfirst(lc), root);
		*price = cost.per_tuple;
		while (place > 0 && *price < *(Cost *) list_nth(costs, place - 1))
			place--;
		ordered = list_insert_nth(ordered, place, copyObject((Expr *) lfirst(lc)));
		costs = list_insert_nth(costs, place, price);
	}
	return ordered;
}

/* A target list of these expressions. */
static List *
scan_target_list(List *expressions)
{
	List	   *list = NIL;
	ListCell   *lc;

	foreach(lc, expressions)
		list = lappend(list, makeTargetEntry(copyObject((Expr *) lfirst(lc)),
											 list_length(list) + 1, NULL, false));
	return list;
}

/* What the node must know of the query when it runs. */
static List *
scan_private(const ScanQuery *query, bool partial)
{
	List	   *functions = NIL,
			   *collations = NIL,
			   *inputs = NIL,
			   *starts = NIL,
			   *states = NIL;
	ListCell   *lc,
			   *lc2;

	forboth(lc, query->transitions, lc2, query->numbers)
	{
		AggTransInfo *transition = lfirst(lc);
		Oid			collation = InvalidOid;
		ListCell   *lc3;

		foreach(lc3, query->aggrefs)
		{
			if (((Aggref *) lfirst(lc3))->aggtransno == lfirst_int(lc2))
				collation = ((Aggref *) lfirst(lc3))->inputcollid;
		}
		functions = lappend_oid(functions, transition->transfn_oid);
		collations = lappend_oid(collations, collation);
		inputs = lappend_int(inputs, transition->aggfilter != NULL);
		inputs = lappend_int(inputs, list_length(transition->args));
		starts = lappend(starts, makeConst(transition->aggtranstype, -1, InvalidOid,
										   transition->transtypeLen, transition->initValue,
										   transition->initValueIsNull,
										   transition->transtypeByVal));
	}
	foreach(lc, query->aggrefs)
	{
		int			state = 0;

		while (list_nth_int(query->numbers, state) != ((Aggref *) lfirst(lc))->aggtransno)
			state++;
		states = lappend_int(states, state);
	}
	return lappend(lappend(list_make5(list_make2_int(partial, list_length(query->keys)),
									  functions, collations, inputs, starts), states),
				   query->finals);
}

/* Make the plan of a path. */
Plan *
scan_plan(PlannerInfo *root, RelOptInfo *rel pg_attribute_unused(),
		  struct CustomPath *best_path, List *tlist, List *clauses pg_attribute_unused(),
		  List *custom_plans)
{
	ScanPath   *path = (ScanPath *) best_path;
	CustomScan *plan = makeNode(CustomScan);
	List	   *outputs = list_copy(path->query->keys);
	ListCell   *lc,
			   *lc2;

	forboth(lc, custom_plans, lc2, path->columns)
		((Plan *) lfirst(lc))->targetlist = scan_target_list(lfirst(lc2));
	foreach(lc, path->query->aggrefs)
	{
		Aggref	   *aggref = copyObject((Aggref *) lfirst(lc));

		if (path->partial)
			mark_partial_aggref(aggref, AGGSPLIT_INITIAL_SERIAL);
		outputs = lappend(outputs, aggref);
	}
	plan->scan.plan.targetlist = tlist;
	plan->scan.plan.qual = path->partial ? NIL : scan_having(root, path->query->having);
	plan->flags = best_path->flags;
	plan->custom_plans = custom_plans;
	plan->custom_scan_tlist = scan_target_list(outputs);
	plan->custom_private = scan_private(path->query, path->partial);
	plan->methods = &scan_methods;
	return &plan->scan.plan;
}
