/*
 * scan_rows.c: the group of a row is found, and the row added to its states.
 *
 * The states in the order of the plain plan: for each transition its filter, its arguments, then
 * the count.  So the first error is the same.
 */
#include "postgres.h"

#include "executor/executor.h"

#include "scan_batch.h"

/* --- the group of a row ------------------------------------------------------------------ */

/* The value of a key in a row; memory for a value in full is that of the row. */
static inline void
scan_key_value(const ScanGroupKey *key, Datum value, bool isnull, ScanKeyValue *result)
{
	if (key->period != NULL && !isnull)
	{
		key->period->args[1].value = value;
		key->period->isnull = false;
		value = key->period->flinfo->fn_addr(key->period);
		isnull = key->period->isnull;
		key->periods->begun = true;
	}
	if (unlikely(isnull))
	{
		result->word = 0;
		result->shape = SCAN_NULL;
		result->value = (Datum) 0;
		return;
	}
	if (key->kind == SCAN_KEY_WORD)
	{
		result->word = value;
		result->shape = 0;
	}
	else
	{
		const char *bytes = DatumGetPointer(value);

		if (key->kind == SCAN_KEY_FIXED)
			result->shape = key->length;
		else
		{
			if (unlikely(VARATT_IS_COMPRESSED(bytes) || VARATT_IS_EXTERNAL(bytes)))
			{
				value = PointerGetDatum(PG_DETOAST_DATUM(value));
				bytes = DatumGetPointer(value);
			}
			result->shape = VARSIZE_ANY_EXHDR(bytes);
			bytes = VARDATA_ANY(bytes);
		}
		result->word = scan_word(bytes, (uint32) result->shape);
	}
	result->value = value;
}

/* The group of a row. */
static inline ScanGroup *
scan_row_group(ScanNode *node, ScanTable *table, const Datum *values, const bool *nulls)
{
	ScanGroups *groups = &node->groups;
	ScanKeyValue keys[SCAN_MAX_KEYS];
	uint64		hash = 0;
	int			i;

	for (i = 0; i < groups->key_count; i++)
	{
		int			column = table->key_columns[i];

		scan_key_value(&groups->keys[i], values[column], nulls[column], &keys[i]);
		hash = scan_mix(hash, keys[i].word, keys[i].shape);
	}
	return scan_group_find(groups, scan_mix_end(hash), keys);
}

/* --- the answers of a row ---------------------------------------------------------------- */

/* Count by calling the transition function itself; the arguments are in place. */
static pg_noinline void
scan_call(ScanTransition *transition, void *state)
{
	FunctionCallInfo call = transition->call;
	Datum		result;

	call->args[0].value = PointerGetDatum(state);
	call->args[0].isnull = false;
	call->isnull = false;
	result = FunctionCallInvoke(call);
	if (call->isnull || DatumGetPointer(result) != state)
		elog(ERROR, "transition function of a tally did not change it in place");
}

/* Get the arguments of a transition; false if one is NULL and the function is strict. */
static inline bool
scan_arguments(ScanTransition *transition, const ScanInput *input, const Datum *values,
			   const bool *nulls, ExprContext *econtext)
{
	int			i;

	for (i = 0; i < transition->arguments; i++)
	{
		const ScanSource *source = &input->arguments[i];
		NullableDatum *argument = &transition->call->args[i + 1];

		if (source->column >= 0)
		{
			argument->value = values[source->column];
			argument->isnull = nulls[source->column];
		}
		else if (source->expression != NULL)
			argument->value = ExecEvalExprSwitchContext(source->expression, econtext,
														&argument->isnull);
		if (argument->isnull && transition->strict)
			return false;
	}
	return true;
}

/* Is this score a whole number of 32 bits? */
static inline bool
scan_whole(double score, int32 *whole)
{
	if (!(score >= PG_INT32_MIN && score <= PG_INT32_MAX))
		return false;
	*whole = (int32) score;
	return *whole == score;
}

/* Add a row's answer to the state of its group. */
static inline void
scan_advance(ScanTransition *transition, const ScanInput *input, void *state, bool *seen,
			 const Datum *values, const bool *nulls, ExprContext *econtext)
{
	const ScanSource *source = input->arguments;
	Datum		value;
	bool		isnull;
	int32		score = 0;
	bool		good = true;

	if (!scan_tests_pass(&input->tests, values, nulls))
		return;
	if (input->filter != NULL)
	{
		value = ExecEvalExprSwitchContext(input->filter, econtext, &isnull);
		if (isnull || !DatumGetBool(value))
			return;
	}
	if (transition->arguments == 0)		/* count(*) */
	{
		(*(int64 *) state)++;
		return;
	}
	if (transition->kind == SCAN_CALL)
	{
		if (scan_arguments(transition, input, values, nulls, econtext))
			scan_call(transition, state);
		return;
	}
	if (source->column >= 0)
	{
		value = values[source->column];
		isnull = nulls[source->column];
		transition->call->args[1].value = value;
		transition->call->args[1].isnull = isnull;
	}
	else
	{
		scan_arguments(transition, input, values, nulls, econtext);
		value = transition->call->args[1].value;
		isnull = transition->call->args[1].isnull;
	}
	switch (transition->kind)
	{
		case SCAN_COUNT:
			if (!isnull)
				(*(int64 *) state)++;
			return;
		case SCAN_SCALE_INT2:
		case SCAN_SCALE_INT4:
		case SCAN_SCALE_FLOAT8:
			*seen = true;
			break;
		default:
			break;
	}
	if (isnull)
		return;
	switch (transition->kind)
	{
		case SCAN_INT2:
		case SCAN_SCALE_INT2:
			score = DatumGetInt16(value);
			break;
		case SCAN_INT4:
		case SCAN_SCALE_INT4:
			score = DatumGetInt32(value);
			break;
		case SCAN_BOOL:
			score = DatumGetBool(value) ? 1 : 0;
			break;
		default:
			good = scan_whole(DatumGetFloat8(value), &score);
			break;
	}
	{
		uint32		point = (uint32) score - (uint32) transition->lo;
		int64	   *counts = ((Tally *) state)->counts;

		if (likely(good && point <= transition->span && counts[point] < PG_INT64_MAX))
			counts[point]++;
		else
			scan_call(transition, state);
	}
}

/* Find the group of a row and add the row to it. */
void
scan_row(ScanNode *node, ScanTable *table, const Datum *values, const bool *nulls,
		 ExprContext *econtext)
{
	ScanGroups *groups = &node->groups;
	ScanGroup  *group = groups->key_count == 0 ? groups->first :
		scan_row_group(node, table, values, nulls);
	int			i;

	for (i = 0; i < node->transition_count; i++)
		scan_advance(&node->transitions[i], &table->inputs[i],
					 (char *) group + node->transitions[i].offset,
					 scan_group_seen(groups, group) + i, values, nulls, econtext);
}
