/*
 * scan_begin.c: the node of the executor is prepared from its plan.
 */
#include "postgres.h"

#include "catalog/objectaccess.h"
#include "catalog/pg_aggregate.h"
#include "catalog/pg_proc.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "parser/parse_agg.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "scan_batch.h"

/* The empty state of a transition, and the scale of it. */
static void
scan_start(ScanTransition *transition, const Const *start, List *arguments)
{
	Tally	   *tally;

	if (transition->kind == SCAN_COUNT)
	{
		int64	   *count = palloc(sizeof(int64));

		*count = DatumGetInt64(start->constvalue);
		transition->start = count;
		transition->size = sizeof(int64);
		transition->in_batch = *count == 0;
		return;
	}
	if (scan_scale_given(transition->kind))
	{
		transition->late = true;
		tally = tally_empty(DatumGetInt32(castNode(Const, lsecond(arguments))->constvalue),
							DatumGetInt32(castNode(Const, lthird(arguments))->constvalue), false);
	}
	else
		tally = (Tally *) PG_DETOAST_DATUM_COPY(start->constvalue);
	transition->start = tally;
	transition->size = VARSIZE(tally);
	transition->lo = tally->lo;
	transition->span = (uint32) tally->hi - (uint32) tally->lo;
	if (tally->version != TALLY_VERSION || tally->paired ||
		VARSIZE(tally) != offsetof(Tally, counts) + tally_points(tally) * sizeof(int64))
		elog(ERROR, "initial state of an aggregate is not a tally");
	/* counts that begin with 0 and are counted one by one do not overflow */
	transition->in_batch = transition->kind != SCAN_CALL && tally_responses(tally) == 0;
}

/* The right to execute a function, as an aggregation checks it. */
static void
scan_check_right(Oid function, Oid role, ObjectType type)
{
	AclResult	result = function_aclcheck(function, role);

	if (result != ACLCHECK_OK)
		aclcheck_error(result, type, get_func_name(function));
	InvokeFunctionExecuteHook(function);
}

/* The transition functions and empty states; columns is the target list of a scan below. */
static void
scan_transitions_init(ScanNode *node, List *private, List *columns)
{
	List	   *functions = list_nth(private, SCAN_PRIVATE_FUNCTIONS);
	List	   *collations = list_nth(private, SCAN_PRIVATE_COLLATIONS);
	List	   *inputs = list_nth(private, SCAN_PRIVATE_INPUTS);
	List	   *starts = list_nth(private, SCAN_PRIVATE_STARTS);
	int			next = node->groups.key_count;
	int			i;

	node->caller = makeNode(AggState);
	node->transition_count = list_length(functions);
	node->transitions = palloc0(node->transition_count * sizeof(ScanTransition));
	for (i = 0; i < node->transition_count; i++)
	{
		ScanTransition *transition = &node->transitions[i];
		List	   *arguments = NIL;
		int			j;

		transition->arguments = list_nth_int(inputs, 2 * i + 1);
		next += list_nth_int(inputs, 2 * i);
		for (j = 0; j < transition->arguments; j++)
			arguments = lappend(arguments, ((TargetEntry *) list_nth(columns, next++))->expr);
		fmgr_info(list_nth_oid(functions, i), &transition->function);
		transition->strict = transition->function.fn_strict;
		transition->kind = scan_kind(transition->function.fn_addr);
		if (transition->kind == SCAN_NONE)
			transition->kind = SCAN_COUNT;
		transition->call = palloc0(SizeForFunctionCallInfo(transition->arguments + 1));
		InitFunctionCallInfoData(*transition->call, &transition->function,
								 transition->arguments + 1, list_nth_oid(collations, i),
								 (Node *) node->caller, NULL);
		scan_start(transition, list_nth(starts, i), arguments);
	}
}

/* The final functions, and the rights of user and owner. */
static void
scan_outputs_init(ScanNode *node, List *private, List *columns)
{
	List	   *states = list_nth(private, SCAN_PRIVATE_STATES);
	List	   *finals = list_nth(private, SCAN_PRIVATE_FINALS);
	List	   *functions = list_nth(private, SCAN_PRIVATE_FUNCTIONS);
	int			i;

	node->output_count = list_length(states);
	node->outputs = palloc0(node->output_count * sizeof(ScanOutput));
	for (i = 0; i < node->output_count; i++)
	{
		ScanOutput *output = &node->outputs[i];
		TargetEntry *entry = list_nth(columns, node->groups.key_count + i);
		Aggref	   *aggref = castNode(Aggref, entry->expr);
		Oid			final = list_nth_oid(finals, i);
		HeapTuple	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(aggref->aggfnoid));
		Oid			owner;
		Oid			types[FUNC_MAX_ARGS];
		Expr	   *expression;

		if (!HeapTupleIsValid(tuple))
			elog(ERROR, "cache lookup failed for function %u", aggref->aggfnoid);
		owner = ((Form_pg_proc) GETSTRUCT(tuple))->proowner;
		ReleaseSysCache(tuple);
		output->state = list_nth_int(states, i);
		scan_check_right(aggref->aggfnoid, GetUserId(), OBJECT_AGGREGATE);
		scan_check_right(list_nth_oid(functions, output->state), owner, OBJECT_FUNCTION);
		if (!OidIsValid(final) || node->partial)
			continue;
		scan_check_right(final, owner, OBJECT_FUNCTION);
		output->has_final = true;
		get_aggregate_argtypes(aggref, types);
		build_aggregate_finalfn_expr(types, 1, aggref->aggtranstype, aggref->aggtype,
									 aggref->inputcollid, final, &expression);
		fmgr_info(final, &output->final);
		fmgr_info_set_expr((Node *) expression, &output->final);
		output->call = palloc0(SizeForFunctionCallInfo(1));
		InitFunctionCallInfoData(*output->call, &output->final, 1, aggref->inputcollid, NULL, NULL);
	}
}

/* The grouping keys; a call of period_start gets its constants once. */
static void
scan_keys_init(ScanNode *node, List *columns)
{
	int			i;

	node->groups.keys = palloc0(Max(node->groups.key_count, 1) * sizeof(ScanGroupKey));
	for (i = 0; i < node->groups.key_count; i++)
	{
		Node	   *expression = (Node *) ((TargetEntry *) list_nth(columns, i))->expr;
		ScanGroupKey *key = &node->groups.keys[i];
		int16		length;
		bool		by_value;

		get_typlenbyval(exprType(expression), &length, &by_value);
		key->length = length;
		key->kind = by_value ? SCAN_KEY_WORD : length > 0 ? SCAN_KEY_FIXED : SCAN_KEY_TEXT;
		if (IsA(expression, FuncExpr))
		{
			FuncExpr   *function = (FuncExpr *) expression;
			FmgrInfo   *info = palloc(sizeof(FmgrInfo));
			int			count = list_length(function->args);

			fmgr_info(function->funcid, info);
			fmgr_info_set_expr(expression, info);
			key->periods = palloc0(sizeof(ScanPeriods));
			key->periods->shift = exprType(lsecond(function->args)) == DATEOID ? 0 : 36;
			key->period = palloc0(SizeForFunctionCallInfo(count));
			InitFunctionCallInfoData(*key->period, info, count, function->inputcollid, NULL, NULL);
			key->period->args[0].value = castNode(Const, linitial(function->args))->constvalue;
			if (count > 2)
				key->period->args[2].value = castNode(Const, lthird(function->args))->constvalue;
		}
	}
}

void
scan_begin(CustomScanState *css, EState *estate, int eflags)
{
	ScanNode   *node = (ScanNode *) css;
	CustomScan *plan = castNode(CustomScan, css->ss.ps.plan);
	List	   *private = plan->custom_private;
	List	   *shape = list_nth(private, SCAN_PRIVATE_SHAPE);
	List	   *columns = ((Plan *) linitial(plan->custom_plans))->targetlist;
	ListCell   *lc;
	int			i = 0;

	node->partial = linitial_int(shape);
	node->groups.key_count = lsecond_int(shape);
	node->limit = get_hash_memory_limit();
	scan_keys_init(node, columns);
	scan_transitions_init(node, private, columns);
	scan_outputs_init(node, private, plan->custom_scan_tlist);
	scan_groups_init(&node->groups, node);
	node->table_count = list_length(plan->custom_plans);
	node->tables = palloc0(node->table_count * sizeof(ScanTable));
	foreach(lc, plan->custom_plans)
	{
		PlanState  *scan = ExecInitNode(lfirst(lc), estate, eflags);

		css->custom_ps = lappend(css->custom_ps, scan);
		scan_table_init(node, &node->tables[i++], castNode(SeqScanState, scan));
	}
}
