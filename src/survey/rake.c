/*
 * rake.c: rake_weights, survey weights that give a sample the margins of its population.
 *
 * Cells and targets come as jsonb: {"region": "north", "age": "young"}, and for each
 * dimension the shares of its groups, {"region": {"north": 0.4, "south": 0.6}}.  jsonb
 * keeps the keys of an object sorted, so a group is found by bisection.
 */
#include "postgres.h"

#include "catalog/pg_type_d.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"
#include "utils/tuplestore.h"

#include "base/summary.h"
#include "stats/stats_rake.h"

PG_FUNCTION_INFO_V1(rake_weights);

/* A piece of text inside of a jsonb value. */
typedef struct RakeName
{
	const char *text;
	int			length;
} RakeName;

/* The targets: names of dimensions and of groups, the latter through all dimensions. */
typedef struct RakeTargets
{
	int			dimensions;
	int			groups;
	int			room;			/* for groups */
	RakeName   *dimension;
	RakeName   *group;
	int		   *first;			/* the first group of each dimension, and one beyond the last */
	double	   *target;
} RakeTargets;

/* Targets of a dimension may add up to that much more or less than 1: rounded ones do. */
#define RAKE_SUM_ERROR	1e-5

static void
rake_pause(void)
{
	CHECK_FOR_INTERRUPTS();
}

static RakeName
rake_name(const JsonbValue *value)
{
	RakeName	name = {value->val.string.val, value->val.string.len};

	return name;
}

/* A name as text, for messages. */
static const char *
rake_print(RakeName name)
{
	return summary_shown(pnstrdup(name.text, name.length));
}

/* The order of the keys of a jsonb object. */
static int
rake_order(RakeName a, RakeName b)
{
	return a.length != b.length ? (a.length > b.length) - (a.length < b.length) :
		memcmp(a.text, b.text, a.length);
}

/* --- targets ------------------------------------------------------------------------- */

pg_noreturn static void
rake_not_targets(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("targets of rake_weights are no shares of groups"),
			 errdetail("Each dimension has an object of its groups and their shares, 0 to 1."),
			 errhint("Write them like {\"region\": {\"north\": 0.4, \"south\": 0.6}, "
					 "\"age\": {\"young\": 0.3, \"old\": 0.7}}.")));
}

/* The share of a group, 0..1. */
static double
rake_target(RakeName dimension, RakeName group, const JsonbValue *value)
{
	double		target;

	if (value->type != jbvNumeric)
		rake_not_targets();
	target = DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
												NumericGetDatum(value->val.numeric)));
	if (!(target >= 0.0 && target <= 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("target %s of %s %s is not a share between 0 and 1",
						summary_print(target), rake_print(dimension), rake_print(group)),
				 errhint("Write 40 %% as 0.4.")));
	return target;
}

/* The groups of one dimension; its key has been read. */
static void
rake_read_dimension(RakeTargets *targets, JsonbIterator **at)
{
	RakeName	dimension = targets->dimension[targets->dimensions];
	int			first = targets->groups;
	double		sum = 0.0;
	JsonbValue	value;
	int			i;

	if (JsonbIteratorNext(at, &value, false) != WJB_BEGIN_OBJECT)
		rake_not_targets();
	while (JsonbIteratorNext(at, &value, false) == WJB_KEY)
	{
		if (targets->groups == targets->room)
		{
			targets->room *= 2;
			targets->group = repalloc(targets->group, targets->room * sizeof(RakeName));
			targets->target = repalloc(targets->target, targets->room * sizeof(double));
		}
		targets->group[targets->groups] = rake_name(&value);
		if (JsonbIteratorNext(at, &value, false) != WJB_VALUE)
			rake_not_targets();
		targets->target[targets->groups] =
			rake_target(dimension, targets->group[targets->groups], &value);
		sum += targets->target[targets->groups++];
	}
	if (!(fabs(sum - 1.0) <= RAKE_SUM_ERROR))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("targets of %s add up to %s, not to 1", rake_print(dimension),
						summary_print(sum)),
				 errhint("Give every group a target, and divide counts by their sum.")));
	for (i = first; i < targets->groups; i++)
		targets->target[i] /= sum;
	targets->first[++targets->dimensions] = targets->groups;
}

static RakeTargets
rake_read_targets(Jsonb *json)
{
	RakeTargets targets = {0};
	JsonbIterator *at;
	JsonbValue	value;

	if (!JB_ROOT_IS_OBJECT(json) || JB_ROOT_COUNT(json) == 0)
		rake_not_targets();
	targets.room = 16;
	targets.dimension = palloc(JB_ROOT_COUNT(json) * sizeof(RakeName));
	targets.first = palloc0((JB_ROOT_COUNT(json) + 1) * sizeof(int));
	targets.group = palloc(targets.room * sizeof(RakeName));
	targets.target = palloc(targets.room * sizeof(double));
	at = JsonbIteratorInit(&json->root);
	JsonbIteratorNext(&at, &value, false);
	while (JsonbIteratorNext(&at, &value, false) == WJB_KEY)
	{
		targets.dimension[targets.dimensions] = rake_name(&value);
		rake_read_dimension(&targets, &at);
	}
	return targets;
}

/* The name of a group with its dimension, for messages. */
static const char *
rake_print_group(const RakeTargets *targets, int group)
{
	int			dimension = 0;

	while (group >= targets->first[dimension + 1])
		dimension++;
	return psprintf("%s %s", rake_print(targets->dimension[dimension]),
					rake_print(targets->group[group]));
}

/* --- cells ------------------------------------------------------------------------------ */

/* A scalar value as text; error 22023 for null and what is nested. */
static RakeName
rake_text(RakeName dimension, const JsonbValue *value)
{
	RakeName	name = {NULL, 0};

	if (value->type == jbvString)
		return rake_name(value);
	if (value->type == jbvNumeric)
		name.text = DatumGetCString(DirectFunctionCall1(numeric_out,
														NumericGetDatum(value->val.numeric)));
	else if (value->type == jbvBool)
		name.text = value->val.boolean ? "true" : "false";
	else
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s of a cell is neither text nor a number", rake_print(dimension)),
				 errhint("Give answers without it a group of their own, with its target, "
						 "or leave them out.")));
	name.length = strlen(name.text);
	return name;
}

/* The group of a dimension that has this name; error 22023 if there is none. */
static int
rake_find(const RakeTargets *targets, int dimension, RakeName name)
{
	int			low = targets->first[dimension];
	int			high = targets->first[dimension + 1] - 1;

	while (low <= high)
	{
		int			middle = (low + high) / 2;
		int			order = rake_order(name, targets->group[middle]);

		if (order == 0)
			return middle;
		if (order < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("a cell has the %s %s, which has no target",
					rake_print(targets->dimension[dimension]), rake_print(name)),
			 errhint("Give it a target, or leave its answers out.")));
}

/* The groups of a cell, one for each dimension; its other keys do not matter. */
static void
rake_read_cell(const RakeTargets *targets, Jsonb *json, int *group)
{
	JsonbIterator *at;
	JsonbValue	value;
	int			i;

	if (!JB_ROOT_IS_OBJECT(json))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a cell of rake_weights is not an object"),
				 errhint("Write it like {\"region\": \"north\", \"age\": \"young\"}.")));
	for (i = 0; i < targets->dimensions; i++)
		group[i] = -1;
	at = JsonbIteratorInit(&json->root);
	JsonbIteratorNext(&at, &value, false);
	while (JsonbIteratorNext(&at, &value, false) == WJB_KEY)
	{
		RakeName	key = rake_name(&value);

		JsonbIteratorNext(&at, &value, true);
		for (i = 0; i < targets->dimensions; i++)
		{
			if (rake_order(key, targets->dimension[i]) == 0)
				group[i] = rake_find(targets, i, rake_text(key, &value));
		}
	}
	for (i = 0; i < targets->dimensions; i++)
	{
		if (group[i] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a cell has no %s: %s", rake_print(targets->dimension[i]),
							summary_shown(JsonbToCString(NULL, &json->root, VARSIZE(json))))));
	}
}

/* The elements of an array without NULL; error 22023 for others. */
static Datum *
rake_elements(FunctionCallInfo fcinfo, int argno, const char *what, int *count)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argno);
	bool		numbers = ARR_ELEMTYPE(array) == INT8OID;
	Datum	   *elements;
	bool	   *nulls;

	if (ARR_NDIM(array) > 1 || array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s of rake_weights must be a one-dimensional array without NULL", what)));
	deconstruct_array(array, ARR_ELEMTYPE(array), numbers ? 8 : -1, numbers, numbers ? 'd' : 'i',
					  &elements, &nulls, count);
	return elements;
}

/* Raise the error of what is not done. */
static void
rake_complain(const RakeTargets *targets, const Rake *rake, RakeResult result, int group)
{
	if (result == RAKE_EMPTY)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s has the target %s, but no answers to weigh",
						rake_print_group(targets, group),
						summary_print(targets->target[group])),
				 errhint("Join it with another group, in the cells and in the targets.")));
	if (result == RAKE_APART)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s comes to %s after %d rounds, its target is %s",
						rake_print_group(targets, group), summary_print(rake->shares[group]),
						RAKE_ROUNDS, summary_print(targets->target[group])),
				 errdetail("No weights of these cells reach all targets%s.",
						   isfinite(rake->cap) ? " below this cap" : ""),
				 errhint("Join small groups%s.",
						 isfinite(rake->cap) ? ", or raise the cap" : "")));
}

/* --- the function -------------------------------------------------------------------- */

/* The largest weight in argument 3, INFINITY for NULL. */
static double
rake_cap(FunctionCallInfo fcinfo)
{
	double		cap = PG_ARGISNULL(3) ? INFINITY : PG_GETARG_FLOAT8(3);

	if (!(cap > 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cap %s is not above 1", summary_print(cap)),
				 errdetail("The mean of the weights is 1.")));
	return cap;
}

/* rake_weights(cells, responses, targets, cap): a row for each cell; called with NULLs. */
Datum
rake_weights(PG_FUNCTION_ARGS)
{
	static const RowShape shape = {2, 2, {JSONBOID, FLOAT8OID}};
	ReturnSetInfo *result = summary_rows(fcinfo, &shape);
	RakeTargets targets;
	Rake		rake;
	RakeResult	outcome;
	Datum	   *cells,
			   *counts;
	double	   *responses;
	int		   *groups;
	int			ncounts,
				group,
				i;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	cells = rake_elements(fcinfo, 0, "cells", &rake.cells);
	counts = rake_elements(fcinfo, 1, "responses", &ncounts);
	if (ncounts != rake.cells)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%d cells, but %d numbers of responses", rake.cells, ncounts)));
	targets = rake_read_targets(PG_GETARG_JSONB_P(2));
	rake.cap = rake_cap(fcinfo);
	responses = palloc_extended(rake.cells * sizeof(double) + 1, MCXT_ALLOC_HUGE);
	groups = palloc_extended((Size) rake.cells * targets.dimensions * sizeof(int) + 1,
							 MCXT_ALLOC_HUGE);
	for (i = 0; i < rake.cells; i++)
	{
		CHECK_FOR_INTERRUPTS();
		summary_require_count(DatumGetInt64(counts[i]), "responses of a cell");
		responses[i] = (double) DatumGetInt64(counts[i]);
		rake_read_cell(&targets, DatumGetJsonbP(cells[i]), groups + (Size) i * targets.dimensions);
	}
	rake.dimensions = targets.dimensions;
	rake.first = targets.first;
	rake.group = groups;
	rake.responses = responses;
	rake.targets = targets.target;
	rake.weights = palloc_extended(rake.cells * sizeof(double) + 1, MCXT_ALLOC_HUGE);
	rake.shares = palloc(targets.groups * sizeof(double));
	outcome = rake_fit(&rake, rake_pause, &group);
	rake_complain(&targets, &rake, outcome, group);
	for (i = 0; i < rake.cells; i++)
	{
		Datum		values[2] = {cells[i], Float8GetDatum(rake.weights[i])};
		bool		nulls[2] = {false, responses[i] == 0.0};

		CHECK_FOR_INTERRUPTS();
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
