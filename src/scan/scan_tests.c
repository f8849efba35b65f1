/*
 * scan_tests.c: conditions that need no expression.
 *
 * Most conditions compare one column with a constant, or with what is the same for all rows:
 * a parameter, or now() - interval '30 days'.  These call the operator's own function on the
 * column's value; other forms are left to PostgreSQL's expressions.  A
 * list is taken as a whole or not at all, so conditions keep their order.  Comparisons of
 * whole numbers and of texts are known here too, so that a page can be tested at once.
 */
#include "postgres.h"

#include "access/transam.h"
#include "executor/executor.h"
#include "nodes/nodeFuncs.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"

#include "scan.h"

/* --- comparisons that are known ---------------------------------------------------------- */

typedef enum ScanOrder
{
	SCAN_EQ, SCAN_NE, SCAN_LT, SCAN_LE, SCAN_GE, SCAN_GT
} ScanOrder;

#define SCAN_ORDERS(type) \
	{F_##type##EQ, SCAN_EQ}, {F_##type##NE, SCAN_NE}, {F_##type##LT, SCAN_LT}, \
	{F_##type##LE, SCAN_LE}, {F_##type##GE, SCAN_GE}, {F_##type##GT, SCAN_GT}

/* How these functions compare two whole numbers. */
static bool
scan_order(Oid function, ScanOrder *order)
{
	static const struct
	{
		Oid			function;
		ScanOrder	order;
	}			known[] = {
		SCAN_ORDERS(INT2), SCAN_ORDERS(INT4), SCAN_ORDERS(INT8), SCAN_ORDERS(INT24),
		SCAN_ORDERS(INT42), SCAN_ORDERS(INT28), SCAN_ORDERS(INT82), SCAN_ORDERS(INT48),
		SCAN_ORDERS(INT84), SCAN_ORDERS(DATE_), SCAN_ORDERS(TIMESTAMP_),
		SCAN_ORDERS(TIMESTAMPTZ_)
	};
	int			i;

	for (i = 0; i < (int) lengthof(known); i++)
	{
		if (known[i].function == function)
		{
			*order = known[i].order;
			return true;
		}
	}
	return false;
}

/* How a built-in operator's test of a column and constants can be done on whole pages. */
static ScanFast
scan_test_fast(const OpExpr *operator)
{
	ScanOrder	order;

	if (scan_order(operator->opfuncid, &order))
		return SCAN_FAST_RANGE;
	if ((operator->opfuncid == F_TEXTEQ || operator->opfuncid == F_TEXTNE) &&
		OidIsValid(operator->inputcollid) && get_collation_isdeterministic(operator->inputcollid))
		return SCAN_FAST_TEXT;
	return SCAN_FAST_NONE;
}

/* The numbers for which "number order constant" is true, as a range. */
static void
scan_choice_range(ScanTest *test, ScanChoice *choice, ScanOrder order, int64 constant)
{
	int64		to = constant;

	choice->from = constant;
	/* > is the opposite of <=, and so on, so that no limit is beyond the numbers */
	test->outside = order == SCAN_NE || order == SCAN_LT || order == SCAN_GT;
	if (order == SCAN_LE || order == SCAN_GT)
		choice->from = PG_INT64_MIN;
	else if (order == SCAN_GE || order == SCAN_LT)
		to = PG_INT64_MAX;
	choice->span = (uint64) to - (uint64) choice->from;
}

/* One constant of a test, which is not NULL, of a type of this length. */
static void
scan_choice(ScanTest *test, ScanChoice *choice, const OpExpr *operator, Datum value, int length)
{
	static const ScanOrder commuted[] = {
		SCAN_EQ, SCAN_NE, SCAN_GT, SCAN_GE, SCAN_LE, SCAN_LT
	};
	ScanOrder	order;

	choice->value = value;
	if (test->fast == SCAN_FAST_RANGE && scan_order(operator->opfuncid, &order))
		scan_choice_range(test, choice, test->argument == 0 ? order : commuted[order],
						  length == sizeof(int64) ? DatumGetInt64(value) :
						  length == sizeof(int32) ? DatumGetInt32(value) : DatumGetInt16(value));
	else if (test->fast == SCAN_FAST_TEXT)
	{
		text	   *bytes = DatumGetTextPP(value);

		test->outside = operator->opfuncid == F_TEXTNE;
		choice->bytes = VARDATA_ANY(bytes);
		choice->length = VARSIZE_ANY_EXHDR(bytes);
	}
}

/* --- constants that are known at run time ------------------------------------------------ */

static bool
scan_foreign_function(Oid function, void *context pg_attribute_unused())
{
	return function >= FirstNormalObjectId;
}

static bool
scan_unsteady_walker(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, Var) || IsA(node, SubPlan) || IsA(node, AlternativeSubPlan) ||
		IsA(node, CoerceToDomain) || check_functions_in_node(node, scan_foreign_function, context))
		return true;
	return expression_tree_walker(node, scan_unsteady_walker, context);
}

/*
 * Find out the constant of a test.  This is done for the first row that is tested, so that an
 * error comes when it comes in the plain plan.
 */
void
scan_test_know(ScanTest *test)
{
	Oid			type = exprType(list_nth(test->operator->args, 1 - test->argument));
	Datum		value;
	bool		isnull;
	int16		length;
	bool		by_value;

	value = ExecEvalExprSwitchContext(test->later, test->econtext, &isnull);
	test->known = true;
	test->choice_count = isnull ? 0 : 1;
	if (isnull)
		return;
	get_typlenbyval(type, &length, &by_value);
	if (!by_value)
	{
		MemoryContext old = MemoryContextSwitchTo(test->econtext->ecxt_per_query_memory);

		value = length == -1 ? PointerGetDatum(PG_DETOAST_DATUM_COPY(value)) :
			datumCopy(value, by_value, length);
		MemoryContextSwitchTo(old);
	}
	scan_choice(test, test->choices, test->operator, value, length);
}

/* Before the scan runs again, with other parameters. */
void
scan_tests_forget(ScanTests *tests)
{
	int			i;

	for (i = 0; i < tests->count; i++)
		tests->tests[i].known = false;
}

/* --- conditions -------------------------------------------------------------------------- */

/* The column that an expression is, perhaps under another name of its type; -1: none. */
static int
scan_test_column(Node *node)
{
	while (IsA(node, RelabelType))
		node = (Node *) ((RelabelType *) node)->arg;
	return IsA(node, Var) ? ((Var *) node)->varattno - 1 : -1;
}

/* A strict built-in function of a column and something else, ready to be called. */
static bool
scan_test_function(OpExpr *operator, ScanTest *test)
{
	FmgrInfo   *function;
	Oid			id = operator->opfuncid;

	if (list_length(operator->args) != 2 || operator->opretset || !OidIsValid(id) ||
		id >= FirstNormalObjectId || operator->opresulttype != BOOLOID)
		return false;
	test->argument = scan_test_column(linitial(operator->args)) >= 0 ? 0 : 1;
	test->column = scan_test_column(list_nth(operator->args, test->argument));
	if (test->column < 0)
		return false;
	function = palloc(sizeof(FmgrInfo));
	fmgr_info(id, function);
	if (!function->fn_strict)
		return false;
	fmgr_info_set_expr((Node *) operator, function);
	test->kind = SCAN_TEST_CALL;
	test->fast = scan_test_fast(operator);
	test->call = palloc0(SizeForFunctionCallInfo(2));
	InitFunctionCallInfoData(*test->call, function, 2, operator->inputcollid, NULL, NULL);
	return true;
}

/* Column operator constant, or the other way round. */
static bool
scan_test_operator(OpExpr *operator, PlanState *parent, ScanTest *test)
{
	Expr	   *other;

	if (!scan_test_function(operator, test))
		return false;
	other = list_nth(operator->args, 1 - test->argument);
	test->choices = palloc0(sizeof(ScanChoice));
	if (IsA(other, Const))
	{
		const Const *constant = (Const *) other;

		test->choice_count = constant->constisnull ? 0 : 1;
		if (!constant->constisnull)
			scan_choice(test, test->choices, operator, constant->constvalue, constant->constlen);
		return true;
	}
	if (scan_unsteady_walker((Node *) other, NULL))
		return false;
	test->operator = operator;
	test->later = ExecInitExpr(other, parent);
	test->econtext = parent->ps_ExprContext;
	return true;
}

/* Column = ANY (constants), which is how IN is written. */
static bool
scan_test_any(ScalarArrayOpExpr *any, ScanTest *test)
{
	OpExpr	   *operator = makeNode(OpExpr);
	Const	   *constant = lsecond(any->args);
	ScanOrder	order = SCAN_EQ;
	int16		length;
	bool		by_value;
	char		align;
	Datum	   *values;
	bool	   *nulls;
	int			count,
				i;

	/* an operator that can be written so, for one value of the array */
	operator->opfuncid = any->opfuncid;
	operator->opresulttype = BOOLOID;
	operator->inputcollid = any->inputcollid;
	operator->args = any->args;
	if (!any->useOr || !IsA(constant, Const) || constant->constisnull ||
		!scan_test_function(operator, test) || test->argument != 0 ||
		test->fast == SCAN_FAST_NONE || any->opfuncid == F_TEXTNE ||
		(test->fast == SCAN_FAST_RANGE && (!scan_order(any->opfuncid, &order) || order != SCAN_EQ)))
		return false;
	/* these functions do not look at their expression */
	test->call->flinfo->fn_expr = NULL;
	get_typlenbyvalalign(get_element_type(constant->consttype), &length, &by_value, &align);
	deconstruct_array(DatumGetArrayTypeP(constant->constvalue),
					  get_element_type(constant->consttype), length, by_value, align,
					  &values, &nulls, &count);
	test->choices = palloc0(Max(count, 1) * sizeof(ScanChoice));
	for (i = 0; i < count; i++)
	{
		if (!nulls[i])
			scan_choice(test, &test->choices[test->choice_count++], operator, values[i], length);
	}
	return true;
}

/* One condition. */
static bool
scan_test(Node *node, PlanState *parent, ScanTest *test)
{
	test->wanted = true;
	if (IsA(node, OpExpr))
		return scan_test_operator((OpExpr *) node, parent, test);
	if (IsA(node, ScalarArrayOpExpr))
		return scan_test_any((ScalarArrayOpExpr *) node, test);
	if (IsA(node, NullTest))
	{
		NullTest   *null = (NullTest *) node;

		test->kind = SCAN_TEST_NULL;
		test->fast = SCAN_FAST_NULL;
		test->wanted = null->nulltesttype == IS_NULL;
		test->column = scan_test_column((Node *) null->arg);
		return test->column >= 0 && !null->argisrow;
	}
	if (IsA(node, BoolExpr) && ((BoolExpr *) node)->boolop == NOT_EXPR)
	{
		test->wanted = false;
		node = linitial(((BoolExpr *) node)->args);
	}
	test->kind = SCAN_TEST_BOOL;
	test->fast = SCAN_FAST_RANGE;
	test->column = scan_test_column(node);
	test->choice_count = 1;
	test->choices = palloc0(sizeof(ScanChoice));
	test->choices->from = test->wanted;
	return test->column >= 0;
}

/* Make tests of all these conditions, and note the columns they need; false if one is none. */
bool
scan_tests_make(List *conditions, PlanState *parent, ScanTests *tests, bool *needed)
{
	ListCell   *lc;
	int			i;

	tests->count = 0;
	tests->tests = palloc0(Max(list_length(conditions), 1) * sizeof(ScanTest));
	foreach(lc, conditions)
	{
		if (!scan_test(lfirst(lc), parent, &tests->tests[tests->count++]))
		{
			tests->count = 0;
			return false;
		}
	}
	for (i = 0; i < tests->count; i++)
		needed[tests->tests[i].column] = true;
	return true;
}
