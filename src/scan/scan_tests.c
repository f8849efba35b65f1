/*
 * scan_tests.c: conditions that need no expression.
 *
 * Most conditions compare one column with a constant.  These call the operator's own
 * function on the column's value; other forms are left to PostgreSQL's expressions.  A
 * list is taken as a whole or not at all, so conditions keep their order.
 */
#include "postgres.h"

#include "access/transam.h"
#include "nodes/nodeFuncs.h"

#include "scan.h"

/* The column that an expression is, perhaps under another name of its type; -1: none. */
static int
scan_test_column(Node *node)
{
	while (IsA(node, RelabelType))
		node = (Node *) ((RelabelType *) node)->arg;
	return IsA(node, Var) ? ((Var *) node)->varattno - 1 : -1;
}

/* Column operator constant, or the other way round. */
static bool
scan_test_operator(OpExpr *operator, ScanTest *test)
{
	FmgrInfo   *function;
	Node	   *other;
	Oid			id = operator->opfuncid;

	if (list_length(operator->args) != 2 || operator->opretset || !OidIsValid(id) ||
		id >= FirstNormalObjectId || operator->opresulttype != BOOLOID)
		return false;
	test->argument = scan_test_column(linitial(operator->args)) >= 0 ? 0 : 1;
	test->column = scan_test_column(list_nth(operator->args, test->argument));
	other = list_nth(operator->args, 1 - test->argument);
	if (test->column < 0 || !IsA(other, Const) || ((Const *) other)->constisnull)
		return false;
	function = palloc(sizeof(FmgrInfo));
	fmgr_info(id, function);
	if (!function->fn_strict)
		return false;
	fmgr_info_set_expr((Node *) operator, function);
	test->kind = SCAN_TEST_CALL;
	test->wanted = true;
	test->call = palloc0(SizeForFunctionCallInfo(2));
	InitFunctionCallInfoData(*test->call, function, 2, operator->inputcollid, NULL, NULL);
	test->call->args[1 - test->argument].value = ((Const *) other)->constvalue;
	return true;
}

/* One condition. */
static bool
scan_test(Node *node, ScanTest *test)
{
	test->wanted = true;
	if (IsA(node, OpExpr))
		return scan_test_operator((OpExpr *) node, test);
	if (IsA(node, NullTest))
	{
		NullTest   *null = (NullTest *) node;

		test->kind = SCAN_TEST_NULL;
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
	test->column = scan_test_column(node);
	return test->column >= 0;
}

/* Make tests of all these conditions, and note the columns they need; false if one is none. */
bool
scan_tests_make(List *conditions, ScanTests *tests, bool *needed)
{
	ListCell   *lc;
	int			i;

	tests->count = 0;
	tests->tests = palloc0(Max(list_length(conditions), 1) * sizeof(ScanTest));
	foreach(lc, conditions)
	{
		if (!scan_test(lfirst(lc), &tests->tests[tests->count++]))
		{
			tests->count = 0;
			return false;
		}
	}
	for (i = 0; i < tests->count; i++)
		needed[tests->tests[i].column] = true;
	return true;
}
