/*
 * driver_accum.c: the transition functions of driver_model(outcome, factors), with
 * the factors in an array, and of driver_model(outcome, factor1, factor2, ...).
 *
 * A row costs one call.  An array without NULLs is read where it is stored: after its
 * header come its dimensions and then the numbers.  In a stored array they are not
 * aligned, so they are copied as bytes, and the array is not unpacked.  Factors given
 * as arguments need no array, whose construction takes PostgreSQL longer than all the
 * work here.  The results of the two ways are the same to the last bit.
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/array.h"

#include "driver.h"

PG_FUNCTION_INFO_V1(driver_model_accum);
PG_FUNCTION_INFO_V1(driver_model_accum_columns);

/* An array of one dimension, after its length word. */
typedef struct DriverArray
{
	int32		dimensions;
	int32		data_offset;	/* 0 if there are no NULLs */
	Oid			element_type;
	int32		length;
} DriverArray;

/* The most factors given as arguments, as the aggregates are declared. */
#define DRIVER_MAX_COLUMNS	6

#define DRIVER_NUMBERS	(ARR_OVERHEAD_NONULLS(1) - VARHDRSZ)

static void pg_attribute_cold
driver_array_error(int dimensions, int length)
{
	if (dimensions > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("factors in an array of %d dimensions", dimensions),
				 errhint("Give one number for each factor: ARRAY[speed, effectiveness].")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("number of factors in an array is %d", dimensions == 0 ? 0 : length),
			 errdetail("A row has 1 to %d factors.", DRIVER_MAX_FACTORS)));
}

static void pg_attribute_cold
driver_length_error(int length, int others)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("number of factors is %d, but %d in the rows before", length, others),
			 errdetail("All rows have the same factors, in the same order."),
			 errhint("Put NULL for a factor that is not known: the row is then left out.")));
}

/* Raise the error for a value out of range: of the outcome (0) or of this factor. */
static void pg_attribute_cold
driver_value_error(double value, int factor)
{
	const char *which = factor == 0 ? "outcome" : psprintf("factor %d", factor);

	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s is %s", which, summary_print(value)),
			 errdetail("Outcome and factors are finite, between -%s and %s.",
					   summary_print(DRIVER_LARGEST), summary_print(DRIVER_LARGEST)),
			 errhint("Leave such rows out with FILTER (WHERE ...).")));
}

/*
 * The factors of a row where they are stored in their array, unaligned, and how many.
 * If one of them is NULL there are no numbers; the array must have the right shape even
 * so.
 */
static pg_attribute_always_inline int
driver_read(Datum array, const char **numbers)
{
	struct varlena *packed = (struct varlena *) DatumGetPointer(array);
	const char *at;
	DriverArray head;

	/* a pointer to a value outside of the row counts as short for VARATT_IS_SHORT */
	if (unlikely(VARATT_IS_EXTENDED(packed) &&
				 (VARATT_IS_COMPRESSED(packed) || VARATT_IS_EXTERNAL(packed))))
		packed = PG_DETOAST_DATUM_PACKED(array);
	at = VARDATA_ANY(packed);
	/* an array without a dimension ends before its length */
	if (unlikely(VARSIZE_ANY_EXHDR(packed) < sizeof(head)))
		driver_array_error(0, 0);
	memcpy(&head, at, sizeof(head));
	*numbers = at + DRIVER_NUMBERS;
	if (unlikely(head.dimensions != 1 || head.length < 1 || head.length > DRIVER_MAX_FACTORS))
		driver_array_error(head.dimensions, head.length);
	if (unlikely(head.data_offset != 0))
	{
		/* it has a bitmap, so numbers may be NULL */
		ArrayType  *full = DatumGetArrayTypeP(array);

		*numbers = array_contains_nulls(full) ? NULL : ARR_DATA_PTR(full);
	}
	return head.length;
}

/* The values of a row with its factors in an array; the outcome, argument 1, is first. */
static pg_attribute_always_inline void
driver_array_values(FunctionCallInfo fcinfo, const char *numbers, int factors, double *values)
{
	values[0] = PG_GETARG_FLOAT8(1);
	memcpy(values + 1, numbers, factors * sizeof(double));
}

/* The values of a row given as arguments; false if one of them is NULL. */
static pg_attribute_always_inline bool
driver_column_values(FunctionCallInfo fcinfo, int factors, double *values)
{
	bool		null = false;
	int			i;

#pragma GCC unroll 8
	for (i = 0; i <= factors; i++)
	{
		null |= PG_ARGISNULL(i + 1);
		values[i] = PG_GETARG_FLOAT8(i + 1);
	}
	return !null;
}

/* Raise the error for the first value out of range, if there is one. */
static void pg_attribute_cold
driver_search_error(const double *values, int factors)
{
	int			i;

	for (i = 0; i <= factors; i++)
	{
		if (!(fabs(values[i]) <= DRIVER_LARGEST))
			driver_value_error(values[i], i);
	}
}

/*
 * Raise an error if a value is out of range.  One test is enough: NaN and infinity stay
 * in a sum.
 */
static pg_attribute_always_inline void
driver_check_values(const double *values, int factors)
{
	double		total = 0.0;
	int			i;

#pragma GCC unroll 8
	for (i = 0; i <= factors; i++)
		total += fabs(values[i]);
	if (unlikely(!(total <= DRIVER_LARGEST)))
		driver_search_error(values, factors);
}

/* The open state after the first complete row, whose values are the means. */
static DriverModel *pg_attribute_cold
driver_begin(FunctionCallInfo fcinfo, const double *values, int factors)
{
	DriverModel *state;
	int			i;

	driver_check_values(values, factors);
	state = driver_model_allocate(factors, summary_in_aggregate(fcinfo));
	for (i = 0; i <= factors; i++)
		state->sums[i].sum = values[i];
	state->rows = 1;
	return state;
}

/*
 * Add a row to a state without a block, as outside aggregates, by a block of its own.
 * Not inline, as its space on the stack would cost time for every row.
 */
static pg_noinline void pg_attribute_cold
driver_add_alone(DriverModel *state, const double *values)
{
	double		block[DRIVER_SUMS(DRIVER_MAX_VARIABLES)] = {0};

	driver_block_put(block, state->sums, driver_variables(state), values);
	driver_block_close(block, state->sums, (double) state->rows, driver_variables(state));
}

/* Add a row to a state: the inner loop of everything. */
static pg_attribute_always_inline void
driver_add(DriverModel *state, const double *values, int factors)
{
	driver_check_values(values, factors);
	if (unlikely(pg_add_s64_overflow(state->rows, 1, &state->rows)))
		driver_rows_error();
	if (unlikely(!state->open))
	{
		driver_add_alone(state, values);
		return;
	}
	driver_block_put((double *) &state->sums[DRIVER_SUMS(factors + 1)], state->sums,
					 factors + 1, values);
	if (++state->block_rows == DRIVER_BLOCK)
		driver_model_close(state);
}

/* --- factors in an array ------------------------------------------------------- */

/* The state after the first row; NULL if the row is not complete. */
static Datum pg_attribute_cold
driver_array_begin(FunctionCallInfo fcinfo)
{
	double		values[DRIVER_MAX_VARIABLES];
	const char *numbers = NULL;
	int			factors = 0;

	if (!PG_ARGISNULL(2))
		factors = driver_read(PG_GETARG_DATUM(2), &numbers);
	if (PG_ARGISNULL(1) || numbers == NULL)
		PG_RETURN_NULL();
	driver_array_values(fcinfo, numbers, factors, values);
	PG_RETURN_POINTER(driver_begin(fcinfo, values, factors));
}

/* Add a row of any length; not inline, for the same reason. */
static pg_noinline void
driver_add_array(FunctionCallInfo fcinfo, DriverModel *state, const char *numbers)
{
	double		values[DRIVER_MAX_VARIABLES];

	driver_array_values(fcinfo, numbers, state->factors, values);
	driver_add(state, values, state->factors);
}

/* (driver_model, outcome, factors) -> driver_model, called with NULLs too. */
Datum
driver_model_accum(PG_FUNCTION_ARGS)
{
	double		values[1 + 3];
	DriverModel *state;
	const char *numbers;
	int			factors;

	if (unlikely(PG_ARGISNULL(0)))
		return driver_array_begin(fcinfo);
	state = summary_state(fcinfo, DRIVER_VERSION);
	if (unlikely(PG_ARGISNULL(2)))
		PG_RETURN_POINTER(state);
	factors = driver_read(PG_GETARG_DATUM(2), &numbers);
	if (unlikely(factors != state->factors))
		driver_length_error(factors, state->factors);
	if (unlikely(PG_ARGISNULL(1) || numbers == NULL))
		PG_RETURN_POINTER(state);
	/* speed, effectiveness, compensation: three are common, and faster as a constant */
	if (factors == 3)
	{
		driver_array_values(fcinfo, numbers, 3, values);
		driver_add(state, values, 3);
	}
	else
		driver_add_array(fcinfo, state, numbers);
	PG_RETURN_POINTER(state);
}

/* --- factors that are arguments ------------------------------------------------ */

/* Add a row of this number of factors, a constant where this is inlined. */
static pg_attribute_always_inline Datum
driver_accum_columns(FunctionCallInfo fcinfo, int factors)
{
	double		values[1 + DRIVER_MAX_COLUMNS];
	bool		complete = driver_column_values(fcinfo, factors, values);
	DriverModel *state;

	if (unlikely(PG_ARGISNULL(0)))
	{
		if (!complete)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(driver_begin(fcinfo, values, factors));
	}
	state = summary_state(fcinfo, DRIVER_VERSION);
	if (unlikely(!complete))
		PG_RETURN_POINTER(state);
	if (unlikely(factors != state->factors))
		driver_length_error(factors, state->factors);
	driver_add(state, values, factors);
	PG_RETURN_POINTER(state);
}

/* (driver_model, outcome, factor1, factor2, ...) -> driver_model, called with NULLs too. */
Datum
driver_model_accum_columns(PG_FUNCTION_ARGS)
{
	int			factors = PG_NARGS() - 2;

	switch (factors)
	{
		case 2:
			return driver_accum_columns(fcinfo, 2);
		case 3:
			return driver_accum_columns(fcinfo, 3);
		case 4:
			return driver_accum_columns(fcinfo, 4);
		case 5:
			return driver_accum_columns(fcinfo, 5);
		case DRIVER_MAX_COLUMNS:
			return driver_accum_columns(fcinfo, DRIVER_MAX_COLUMNS);
	}
	elog(ERROR, "driver_model_accum_columns of %d factors", factors);
}
