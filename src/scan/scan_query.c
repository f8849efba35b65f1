/*
 * scan_query.c: is this a query that the scan gives the very same answer to?
 *
 * One table; grouping keys that are columns whose equality is that of their bytes, or
 * period_start of a column; aggregates whose transition functions are known here by
 * their address in this library.  Anything else keeps the plain plan.
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "access/transam.h"
#include "catalog/pg_aggregate.h"
#include "catalog/pg_language_d.h"
#include "catalog/pg_proc.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/optimizer.h"
#include "optimizer/subselect.h"
#include "optimizer/tlist.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "scan.h"

/* --- functions known by their address ---------------------------------------------------- */

extern Datum tally_accum_int2(PG_FUNCTION_ARGS);
extern Datum tally_accum_int4(PG_FUNCTION_ARGS);
extern Datum tally_accum_float8(PG_FUNCTION_ARGS);
extern Datum tally_accum_scale_int2(PG_FUNCTION_ARGS);
extern Datum tally_accum_scale_int4(PG_FUNCTION_ARGS);
extern Datum tally_accum_scale_float8(PG_FUNCTION_ARGS);
extern Datum rate_accum(PG_FUNCTION_ARGS);
extern Datum contacts_accum(PG_FUNCTION_ARGS);
extern Datum occurrences_accum(PG_FUNCTION_ARGS);
extern Datum total_accum(PG_FUNCTION_ARGS);
extern Datum expectation_accum(PG_FUNCTION_ARGS);
extern Datum crs_accum(PG_FUNCTION_ARGS);
extern Datum crs_score_accum(PG_FUNCTION_ARGS);
extern Datum csat_accum(PG_FUNCTION_ARGS);
extern Datum tally_plus(PG_FUNCTION_ARGS);
extern Datum period_start(PG_FUNCTION_ARGS);
extern Datum period_start_date(PG_FUNCTION_ARGS);

/*
 * All of these count in a tally that is their first argument, change it in place when
 * an aggregate calls them, and ask nothing else of the aggregate.
 */
ScanKind
scan_kind(PGFunction function)
{
	static const struct
	{
		PGFunction	function;
		ScanKind	kind;
	}			known[] = {
		{tally_accum_int4, SCAN_INT4},
		{tally_accum_int2, SCAN_INT2},
		{tally_accum_float8, SCAN_FLOAT8},
		{rate_accum, SCAN_BOOL},
		{tally_accum_scale_int2, SCAN_SCALE_INT2},
		{tally_accum_scale_int4, SCAN_SCALE_INT4},
		{tally_accum_scale_float8, SCAN_SCALE_FLOAT8},
		{contacts_accum, SCAN_CALL},
		{occurrences_accum, SCAN_CALL},
		{total_accum, SCAN_CALL},
		{expectation_accum, SCAN_CALL},
		{crs_accum, SCAN_CALL},
		{crs_score_accum, SCAN_CALL},
		{csat_accum, SCAN_CALL},
	};
	int			i;

	for (i = 0; i < (int) lengthof(known); i++)
	{
		if (known[i].function == function)
			return known[i].kind;
	}
	return SCAN_NONE;
}

/* Is the scale in the arguments after the score? */
bool
scan_scale_given(ScanKind kind)
{
	return kind == SCAN_SCALE_INT2 || kind == SCAN_SCALE_INT4 || kind == SCAN_SCALE_FLOAT8;
}

bool
scan_is_period(PGFunction function)
{
	return function == period_start || function == period_start_date;
}

/*
 * The address of a function.  One with SET or SECURITY DEFINER has another's address here, so it
 * is never taken for ours.
 */
static PGFunction
scan_function(Oid function)
{
	FmgrInfo	info;

	if (function < FirstNormalObjectId)
		return NULL;
	fmgr_info(function, &info);
	return info.fn_addr;
}

static ScanKind
scan_kind_of(const AggTransInfo *transition)
{
	if (transition->transfn_oid == F_INT8INC || transition->transfn_oid == F_INT8INC_ANY)
		return SCAN_COUNT;
	return scan_kind(scan_function(transition->transfn_oid));
}

/*
 * Does the query have an aggregate of ours, and no other but counts?  This runs for each
 * query with aggregates, so what PostgreSQL has built in is told by its number.
 */
bool
scan_any_of_ours(PlannerInfo *root)
{
	ListCell   *lc;
	bool		ours = false;

	foreach(lc, root->aggtransinfos)
	{
		AggTransInfo *transition = lfirst(lc);

		if (transition->transfn_oid >= FirstNormalObjectId)
			ours = true;
		else if (transition->transfn_oid != F_INT8INC &&
				 transition->transfn_oid != F_INT8INC_ANY)
			return false;
	}
	if (!ours)
		return false;
	foreach(lc, root->aggtransinfos)
	{
		if (scan_kind_of(lfirst(lc)) == SCAN_NONE)
			return false;
	}
	return true;
}

/* --- expressions ------------------------------------------------------------------------- */

/*
 * May the scan evaluate this on a row?  Nothing volatile, no system column and no whole
 * row.
 */
bool
scan_plain_expression(Node *node)
{
	List	   *vars;
	ListCell   *lc;

	if (contain_volatile_functions(node))
		return false;
	vars = pull_var_clause(node, PVC_INCLUDE_PLACEHOLDERS);
	foreach(lc, vars)
	{
		Var		   *var = lfirst(lc);

		if (!IsA(var, Var) || var->varattno <= 0 || var->varlevelsup != 0)
			return false;
	}
	return true;
}

/* A constant that is not NULL? */
static bool
scan_known(Node *node)
{
	return IsA(node, Const) && !((Const *) node)->constisnull;
}

/* Is equality of this type that of its bytes? */
static bool
scan_key_type(Oid type, Oid collation)
{
	type = getBaseType(type);
	switch (type)
	{
		case BOOLOID:
		case CHAROID:
		case INT2OID:
		case INT4OID:
		case INT8OID:
		case OIDOID:
		case DATEOID:
		case TIMEOID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID:
		case UUIDOID:
			return true;
		case TEXTOID:
		case VARCHAROID:
			return OidIsValid(collation) && get_collation_isdeterministic(collation);
		default:
			return type_is_enum(type);
	}
}

/* A column, or period_start of a column? */
static bool
scan_key(Node *node, Oid equality)
{
	if (equality >= FirstNormalObjectId || !scan_key_type(exprType(node), exprCollation(node)))
		return false;
	if (IsA(node, FuncExpr))
	{
		FuncExpr   *call = (FuncExpr *) node;

		if (!scan_is_period(scan_function(call->funcid)) || list_length(call->args) < 2 ||
			!scan_known(linitial(call->args)) ||
			(list_length(call->args) > 2 && !scan_known(lthird(call->args))))
			return false;
		node = lsecond(call->args);
	}
	return IsA(node, Var) && scan_plain_expression(node);
}

/* --- aggregates -------------------------------------------------------------------------- */

/* A transition whose arguments and initial state the scan can handle? */
static bool
scan_transition(const AggTransInfo *transition)
{
	ScanKind	kind = scan_kind_of(transition);
	ListCell   *lc;
	int32		lo,
				hi;

	foreach(lc, transition->args)
	{
		Node	   *argument = (Node *) ((TargetEntry *) lfirst(lc))->expr;

		if (!scan_plain_expression(argument) || contain_subplans(argument))
			return false;
	}
	if (transition->aggfilter != NULL &&
		(!scan_plain_expression((Node *) transition->aggfilter) ||
		 contain_subplans((Node *) transition->aggfilter)))
		return false;
	if (!scan_scale_given(kind))
		return !transition->initValueIsNull;

	/* the scale must be the same in all rows, and valid */
	if (!transition->initValueIsNull || list_length(transition->args) != 3 ||
		!scan_known((Node *) ((TargetEntry *) lsecond(transition->args))->expr) ||
		!scan_known((Node *) ((TargetEntry *) lthird(transition->args))->expr))
		return false;
	lo = DatumGetInt32(((Const *) ((TargetEntry *) lsecond(transition->args))->expr)->constvalue);
	hi = DatumGetInt32(((Const *) ((TargetEntry *) lthird(transition->args))->expr)->constvalue);
	return lo <= hi && (int64) hi - lo < TALLY_MAX_POINTS;
}

/*
 * A final function that gets nothing but the state, and is of this library: it does not
 * ask for the aggregate that calls it.
 */
static bool
scan_final(Oid aggregate, Oid final, Oid transition)
{
	HeapTuple	tuple;
	bool		extra;
	Datum		library[2];
	Oid			function[2] = {transition, final};
	bool		same = true;
	int			i;

	tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(aggregate));
	if (!HeapTupleIsValid(tuple))
		return false;
	extra = ((Form_pg_aggregate) GETSTRUCT(tuple))->aggfinalextra;
	ReleaseSysCache(tuple);
	if (!OidIsValid(final))
		return true;
	if (extra)
		return false;
	for (i = 0; i < 2; i++)
	{
		bool		isnull;

		tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function[i]));
		if (!HeapTupleIsValid(tuple))
			return false;
		same &= ((Form_pg_proc) GETSTRUCT(tuple))->prolang == ClanguageId;
		library[i] = SysCacheGetAttr(PROCOID, tuple, Anum_pg_proc_probin, &isnull);
		same &= !isnull;
		if (!isnull)
			library[i] = PointerGetDatum(DatumGetTextPCopy(library[i]));
		ReleaseSysCache(tuple);
		if (!same)
			return false;
	}
	return VARSIZE(DatumGetPointer(library[0])) == VARSIZE(DatumGetPointer(library[1])) &&
		memcmp(DatumGetPointer(library[0]), DatumGetPointer(library[1]),
			   VARSIZE(DatumGetPointer(library[0]))) == 0;
}

/* Add an aggregate to the query; false if it is not one for the scan. */
static bool
scan_add_aggregate(PlannerInfo *root, ScanQuery *query, Aggref *aggref)
{
	AggTransInfo *transition;
	Oid			final;

	if (list_member(query->aggrefs, aggref))
		return true;
	if (aggref->aggkind != AGGKIND_NORMAL || aggref->aggsplit != AGGSPLIT_SIMPLE ||
		aggref->agglevelsup != 0 || aggref->aggdistinct != NIL || aggref->aggorder != NIL ||
		aggref->aggno < 0 || aggref->aggtransno < 0)
		return false;
	transition = list_nth(root->aggtransinfos, aggref->aggtransno);
	final = ((AggInfo *) list_nth(root->agginfos, aggref->aggno))->finalfn_oid;
	if (!scan_transition(transition) ||
		!scan_final(aggref->aggfnoid, final, transition->transfn_oid))
		return false;
	query->aggrefs = lappend(query->aggrefs, aggref);
	query->finals = lappend_oid(query->finals, final);
	if (scan_kind_of(transition) == SCAN_COUNT)
		query->combines &= transition->combinefn_oid == F_INT8PL;
	else
		query->combines &= OidIsValid(transition->combinefn_oid) &&
			scan_function(transition->combinefn_oid) == tally_plus;
	query->numbers = list_append_unique_int(query->numbers, aggref->aggtransno);
	return true;
}

typedef struct ScanTargetContext
{
	PlannerInfo *root;
	ScanQuery  *query;
} ScanTargetContext;

/*
 * Does an expression above the aggregation need anything but keys and aggregates of the
 * scan?  Gathers the aggregates.
 */
static bool
scan_target_walker(Node *node, ScanTargetContext *context)
{
	if (node == NULL || list_member(context->query->keys, node))
		return false;
	if (IsA(node, Aggref))
		return !scan_add_aggregate(context->root, context->query, (Aggref *) node);
	if (IsA(node, Var) || IsA(node, PlaceHolderVar) || IsA(node, GroupingFunc))
		return true;
	return expression_tree_walker(node, scan_target_walker, context);
}

/* The query, if it is one for the scan; else NULL. */
ScanQuery *
scan_query(PlannerInfo *root, RelOptInfo *input, RelOptInfo *output, List *having)
{
	Query	   *parse = root->parse;
	ScanQuery  *query;
	ScanTargetContext context;
	ListCell   *lc;

	if (parse->commandType != CMD_SELECT || parse->groupingSets != NIL || parse->hasTargetSRFs ||
		parse->rowMarks != NIL || root->hasPseudoConstantQuals || root->placeholder_list != NIL ||
		!bms_is_empty(input->lateral_relids) || IS_DUMMY_REL(input))
		return NULL;
	query = palloc0(sizeof(ScanQuery));
	query->having = having;
	query->combines = true;
	/* as written: a key that is known to be constant still makes no group of no rows */
	foreach(lc, parse->groupClause)
	{
		SortGroupClause *clause = lfirst(lc);
		Node	   *key = get_sortgroupclause_expr(clause, root->processed_tlist);

		if (!scan_key(key, clause->eqop))
			return NULL;
		query->keys = list_append_unique(query->keys, key);
	}
	if (list_length(query->keys) > SCAN_MAX_KEYS)
		return NULL;
	/* the last step of a parallel plan looks for a column of each clause */
	if (list_length(query->keys) < list_length(parse->groupClause))
		query->combines = false;
	context.root = root;
	context.query = query;
	if (scan_target_walker((Node *) output->reltarget->exprs, &context) ||
		scan_target_walker((Node *) having, &context) || query->aggrefs == NIL)
		return NULL;
	list_sort(query->numbers, list_int_cmp);
	foreach(lc, query->numbers)
		query->transitions = lappend(query->transitions,
									 list_nth(root->aggtransinfos, lfirst_int(lc)));
	return query;
}
