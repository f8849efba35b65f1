/*
 * scan_path.c: the paths of the scan.
 *
 * The scan reads one or several tables (the partitions that are left).  Each of them
 * is a sequential scan below it, planned by PostgreSQL: that gives the WHERE clause in
 * the order of its security levels, row-level security included, and the locks.  The
 * target list of that child holds what the scan needs of a row: keys, filters,
 * arguments.
 */
#include "postgres.h"

#include "catalog/pg_am_d.h"
#include "catalog/pg_class.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/appendinfo.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "optimizer/paths.h"
#include "optimizer/planner.h"
#include "optimizer/tlist.h"
#include "parser/parsetree.h"
#include "utils/syscache.h"

#include "scan.h"

/* A plan that needs more passes than this is left to the plain plan. */
#define SCAN_PASSES			4.0

/* --- the tables -------------------------------------------------------------------------- */

/* An ordinary table or materialized view, in ordinary heap? */
static bool
scan_is_heap(Oid relation)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relation));
	Form_pg_class form;
	bool		heap;

	if (!HeapTupleIsValid(tuple))
		return false;
	form = (Form_pg_class) GETSTRUCT(tuple);
	heap = form->relam == HEAP_TABLE_AM_OID &&
		(form->relkind == RELKIND_RELATION || form->relkind == RELKIND_MATVIEW);
	ReleaseSysCache(tuple);
	return heap;
}

/*
 * Does a path take rows from elsewhere than the table itself?  Other extensions may put theirs
 * in the place of PostgreSQL's: TimescaleDB does so where a chunk is compressed, whose rows are
 * in another table.
 */
static bool
scan_elsewhere(const Path *path)
{
	switch (nodeTag(path))
	{
		case T_ProjectionPath:
			return scan_elsewhere(((const ProjectionPath *) path)->subpath);
		case T_GatherPath:
			return scan_elsewhere(((const GatherPath *) path)->subpath);
		case T_GatherMergePath:
			return scan_elsewhere(((const GatherMergePath *) path)->subpath);
		case T_SortPath:
		case T_IncrementalSortPath:
			return scan_elsewhere(((const SortPath *) path)->subpath);
		case T_CustomPath:
		case T_ForeignPath:
		case T_AppendPath:
		case T_MergeAppendPath:
			return true;
		default:
			return false;
	}
}

static bool
scan_param_walker(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, Param))
		return true;
	return expression_tree_walker(node, scan_param_walker, context);
}

/*
 * Could the plain plan leave out partitions when it runs?  It does for conditions on the
 * partition key whose value is known only then, and this scan does not.
 */
static bool
scan_prunes_late(RelOptInfo *rel)
{
	Bitmapset  *keys = NULL;
	ListCell   *lc;
	int			i;

	if (rel->part_scheme == NULL)
		return false;
	for (i = 0; i < rel->part_scheme->partnatts; i++)
		pull_varattnos((Node *) rel->partexprs[i], rel->relid, &keys);
	foreach(lc, rel->baserestrictinfo)
	{
		Node	   *clause = (Node *) ((RestrictInfo *) lfirst(lc))->clause;
		Bitmapset  *used = NULL;

		pull_varattnos(clause, rel->relid, &used);
		if (bms_overlap(keys, used) &&
			(contain_mutable_functions(clause) || scan_param_walker(clause, NULL)))
			return true;
	}
	return false;
}

/* Gather the tables below a relation; false if one of them is not for the scan. */
static bool
scan_gather(PlannerInfo *root, RelOptInfo *rel, List *columns, ScanTables *tables)
{
	RangeTblEntry *rte = planner_rt_fetch(rel->relid, root);
	ListCell   *lc;

	if (rte->rtekind != RTE_RELATION || rte->tablesample != NULL)
		return false;
	if (rte->inh)
	{
		if (scan_prunes_late(rel))
			return false;
		foreach(lc, root->append_rel_list)
		{
			AppendRelInfo *info = lfirst(lc);
			RelOptInfo *child;

			if (info->parent_relid != rel->relid)
				continue;
			child = root->simple_rel_array[info->child_relid];
			if (child == NULL || IS_DUMMY_REL(child))
				continue;
			if (!scan_gather(root, child, (List *)
							 adjust_appendrel_attrs(root, (Node *) columns, 1, &info), tables))
				return false;
		}
		return true;
	}
	if (!scan_is_heap(rte->relid))
		return false;
	foreach(lc, rel->pathlist)
	{
		if (scan_elsewhere(lfirst(lc)))
			return false;
	}
	foreach(lc, rel->baserestrictinfo)
	{
		if (!scan_plain_expression((Node *) ((RestrictInfo *) lfirst(lc))->clause))
			return false;
	}
	tables->rels = lappend(tables->rels, rel);
	tables->columns = lappend(tables->columns, columns);
	return true;
}

/* What is needed of a row: keys, then of each transition its filter and its arguments. */
static List *
scan_columns(const ScanQuery *query)
{
	List	   *columns = list_copy(query->keys);
	ListCell   *lc,
			   *lc2;

	foreach(lc, query->transitions)
	{
		AggTransInfo *transition = lfirst(lc);

		if (transition->aggfilter != NULL)
			columns = lappend(columns, transition->aggfilter);
		foreach(lc2, transition->args)
			columns = lappend(columns, ((TargetEntry *) lfirst(lc2))->expr);
	}
	return columns;
}

/* --- paths ------------------------------------------------------------------------------- */

static const CustomPathMethods scan_path_methods = {
	.CustomName = "KpiScan",
	.PlanCustomPath = scan_plan,
};

/* A path over all tables, with so many workers. */
static ScanPath *
scan_path(PlannerInfo *root, RelOptInfo *parent, PathTarget *target, ScanQuery *query,
		  const ScanTables *tables, int workers, bool parallel_safe, double groups)
{
	ScanPath   *path = (ScanPath *) newNode(sizeof(ScanPath), T_CustomPath);
	ListCell   *lc;

	path->custom.path.pathtype = T_CustomScan;
	path->custom.path.parent = parent;
	path->custom.path.pathtarget = target;
	path->custom.path.parallel_safe = parallel_safe;
	path->custom.path.parallel_workers = workers;
	path->custom.flags = CUSTOMPATH_SUPPORT_PROJECTION;
	path->custom.methods = &scan_path_methods;
	path->query = query;
	path->columns = tables->columns;
	path->partial = workers > 0;
	foreach(lc, tables->rels)
		path->custom.custom_paths = lappend(path->custom.custom_paths,
											create_seqscan_path(root, lfirst(lc), NULL, workers));
	scan_cost(root, path, tables, groups);
	return path;
}

/* What a worker returns: the keys and the states. */
static PathTarget *
scan_partial_target(PlannerInfo *root, const ScanQuery *query)
{
	PathTarget *target = create_empty_pathtarget();
	ListCell   *lc,
			   *lc2;

	forboth(lc, query->keys, lc2, root->parse->groupClause)
		add_column_to_pathtarget(target, lfirst(lc),
								 ((SortGroupClause *) lfirst(lc2))->tleSortGroupRef);
	foreach(lc, query->aggrefs)
	{
		Aggref	   *partial = makeNode(Aggref);

		*partial = *(Aggref *) lfirst(lc);
		mark_partial_aggref(partial, AGGSPLIT_INITIAL_SERIAL);
		add_new_column_to_pathtarget(target, (Expr *) partial);
	}
	return set_pathtarget_cost_width(root, target);
}

/* The workers for a scan of all tables; 0: none. */
static int
scan_workers(RelOptInfo *input, RelOptInfo *output, const ScanQuery *query,
			 const ScanTables *tables)
{
	int			workers = 0;
	ListCell   *lc;

	if (!output->consider_parallel || !input->consider_parallel || !query->combines)
		return 0;
	foreach(lc, tables->rels)
	{
		RelOptInfo *rel = lfirst(lc);

		if (!rel->consider_parallel)
			return 0;
		workers = Max(workers, compute_parallel_worker(rel, rel->pages, -1,
													   max_parallel_workers_per_gather));
	}
	return workers;
}

/* Add a path to the grouped relation, and one with workers. */
void
scan_add_paths(PlannerInfo *root, RelOptInfo *input, RelOptInfo *output, ScanQuery *query,
			   GroupPathExtraData *extra)
{
	ScanTables	tables = {0};
	double		groups;
	int			workers;

	if (!scan_gather(root, input, scan_columns(query), &tables) || tables.rels == NIL)
		return;
	groups = scan_group_count(root, query, input->rows);
	if (scan_group_memory(query, groups) <= SCAN_PASSES * get_hash_memory_limit())
		add_path(output, (Path *)
				 scan_path(root, output, output->reltarget, query, &tables, 0,
						   output->consider_parallel && input->consider_parallel, groups));

	/* the costs of the last step are known only if PostgreSQL has thought of parts too */
	workers = extra->partial_costs_set ? scan_workers(input, output, query, &tables) : 0;
	if (workers > 0)
	{
		RelOptInfo *partial_rel = fetch_upper_rel(root, UPPERREL_PARTIAL_GROUP_AGG,
												  output->relids);
		PathTarget *target = scan_partial_target(root, query);
		ScanPath   *partial = scan_path(root, partial_rel, target, query, &tables, workers,
										true, groups);
		double		rows = groups * workers;
		Path	   *gather = (Path *) create_gather_path(root, partial_rel, (Path *) partial,
														 target, NULL, &rows);

		add_path(output, (Path *)
				 create_agg_path(root, output, gather, output->reltarget,
								 query->keys != NIL ? AGG_HASHED : AGG_PLAIN,
								 AGGSPLIT_FINAL_DESERIAL, root->parse->groupClause,
								 (List *) extra->havingQual, &extra->agg_final_costs, groups));
	}
}
