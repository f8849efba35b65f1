/*
 * scan_init.c: the setting recovery_kpi.scan, and the planner's hook.
 *
 * _PG_init runs when the library is loaded: at the start of a session that preloads
 * it, else with the first call of a function of the extension.  The hook adds paths
 * from the next statement on.
 */
#include "postgres.h"

#include "optimizer/planner.h"
#include "utils/guc.h"

#include "scan.h"

extern PGDLLEXPORT void _PG_init(void);

bool		scan_enabled = true;

static create_upper_paths_hook_type scan_previous_hook = NULL;

/*
 * Offer a path for an aggregation over one table.  Queries without our aggregates are
 * left after a look at their transition functions.
 */
static void
scan_upper_paths(PlannerInfo *root, UpperRelationKind stage, RelOptInfo *input_rel,
				 RelOptInfo *output_rel, void *extra)
{
	GroupPathExtraData *group = extra;
	ScanQuery  *query;

	if (scan_previous_hook)
		scan_previous_hook(root, stage, input_rel, output_rel, extra);
	if (stage != UPPERREL_GROUP_AGG || !scan_enabled || root->aggtransinfos == NIL ||
		input_rel->reloptkind != RELOPT_BASEREL || input_rel->rtekind != RTE_RELATION ||
		!scan_any_of_ours(root))
		return;
	query = scan_query(root, input_rel, output_rel, (List *) group->havingQual);
	if (query != NULL)
		scan_add_paths(root, input_rel, output_rel, query, group);
}

void
_PG_init(void)
{
	DefineCustomBoolVariable("recovery_kpi.scan",
							 "Lets KPIs of a table be computed by a scan of their own.",
							 "The answers are the same with and without; only the time differs.",
							 &scan_enabled, true, PGC_USERSET, 0, NULL, NULL, NULL);
	MarkGUCPrefixReserved("recovery_kpi");
	RegisterCustomScanMethods(&scan_methods);
	scan_previous_hook = create_upper_paths_hook;
	create_upper_paths_hook = scan_upper_paths;
}
