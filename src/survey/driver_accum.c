/*
 * driver_accum.c: the transition functions of driver_model(outcome, factors), where
 * these are an array, and of driver_model(outcome, factor1, factor2, ...).
 *
 * A row costs one call.  An array without NULLs is read where it lies: behind its
 * header come its dimensions and then the numbers, which in a stored array are not
 * aligned, so they are copied as bytes; no full form of the array is made.  Factors
 * that are arguments need no array at all, whose making takes PostgreSQL longer than
 * all that is done here.  What follows is the same to the last bit.
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/array.h"

#include "driver.h"

PG_FUNCTION_INFO_V1(driver_model_accum);
PG_FUNCTION_INFO_V1(driver_model_accum_columns);

/* What lies behind the length word of an array of one dimension. */
typedef struct DriverArray
{
	int32		dimensions;
	int32		data_offset;	/* 0 if there are no NULLs */
	Oid			element_type;
	int32		length;
} DriverArray;

/* Factors that can be arguments, by the aggregates there are. */
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
			 errdetail("It is 1 to %d.", DRIVER_MAX_FACTORS)));
}

static void pg_attribute_cold
driver_length_error(int length, int others)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("number of factors is %d, and %d in rows before", length, others),
			 errdetail("All rows have the same factors, in the same order."),
			 errhint("Put NULL for a factor that is not known: the row is then left out.")));
}

/* A value that cannot be used: of the outcome, 0, or of a factor. */
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
 * The factors of a row as they lie in their array, unaligned, and how many; 0 if one
 * of them is NULL.
 */
static pg_attribute_always_inline int
driver_read(Datum array, const char **numbers)
{
	struct varlena *packed = (struct varlena *) DatumGetPointer(array);
	const char *at;
	DriverArray head;

	/* to VARATT_IS_SHORT a pointer to a value outside of the row is short too */
	if (unlikely(VARATT_IS_EXTENDED(packed) && (VARATT_IS_COMPRESSED(packed) || VARATT_IS_EXTERNAL(packed))))
		packed = PG_DETOAST_DATUM_PACKED(array);
	at = VARDATA_ANY(packed);
	/* an array without a dimension ends before its length */
	if (unlikely(VARSIZE_ANY_EXHDR(packed) < sizeof(head)))
		driver_array_error(0, 0);
	memcpy(&head, at, sizeof(head));
	*numbers = at + DRIVER_NUMBERS;
	if (unlikely(head.data_offset != 0))
	{
		/* it has room to say which numbers are NULL */
		ArrayType  *full = DatumGetArrayTypeP(array);

		if (array_contains_nulls(full))
			return 0;
		*numbers = ARR_DATA_PTR(full);
	}
	if (unlikely(head.dimensions != 1 || head.length < 1 || head.length > DRIVER_MAX_FACTORS))
		driver_array_error(head.dimensions, head.length);
	return head.length;
}

/* The values of a row, of which the factors lie in an array: the outcome, argument 1, first. */
static pg_attribute_always_inline void
driver_array_values(FunctionCallInfo fcinfo, const char *numbers, int factors, double *values)
{
	values[0] = PG_GETARG_FLOAT8(1);
	memcpy(values + 1, numbers, factors * sizeof(double));
}

/* The values of a row that are arguments; false if one of them is NULL. */
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

/* Values of a row of which one cannot be used, or so it seemed. */
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

/* Can the values be used?  One test will do: NaN and infinity stay in a sum. */
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

/* The open state of the first complete row, whose values are the means. */
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
 * A row for a state without a block, as it is outside aggregates: a block of its own.
 * Not inline, as its room on the stack would cost every row.
 */
static pg_noinline void pg_attribute_cold
driver_add_alone(DriverModel *state, const double *values)
{
	double		block[DRIVER_SUMS(DRIVER_MAX_VARIABLES)] = {0};

	driver_block_put(block, state->sums, driver_variables(state), values);
	driver_block_close(block, state->sums, (double) state->rows, driver_variables(state));
}

/* One row more in a state; the inner loop of everything. */
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
	driver_block_put((double *) &state->sums[DRIVER_SUMS(factors + 1)], state->sums, factors + 1, values);
	if (++state->block_rows == DRIVER_BLOCK)
		driver_model_close(state);
}

/* --- factors in an array ------------------------------------------------------- */

/* The state after a first row, or NULL if it is not complete. */
static Datum pg_attribute_cold
driver_array_begin(FunctionCallInfo fcinfo)
{
	double		values[DRIVER_MAX_VARIABLES];
	const char *numbers;
	int			factors = 0;

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
		factors = driver_read(PG_GETARG_DATUM(2), &numbers);
	if (factors == 0)
		PG_RETURN_NULL();
	driver_array_values(fcinfo, numbers, factors, values);
	PG_RETURN_POINTER(driver_begin(fcinfo, values, factors));
}

/* A row of any length; not inline, for the stack again. */
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
	if (unlikely(PG_ARGISNULL(1) || PG_ARGISNULL(2)))
		PG_RETURN_POINTER(state);
	factors = driver_read(PG_GETARG_DATUM(2), &numbers);
	if (unlikely(factors != state->factors))
	{
		if (factors == 0)
			PG_RETURN_POINTER(state);
		driver_length_error(factors, state->factors);
	}
	/* speed, effectiveness, compensation: three are common, and faster if known to be */
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

/* A row of so many factors, known where this is put in line. */
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
