/*
 * driver_accum.c: the transition function of driver_model(outcome, factors).
 *
 * A row costs one call.  An array without NULLs is read where it lies: behind its
 * header come its dimensions and then the numbers, which in a stored array are not
 * aligned, so they are copied as bytes; no full form of the array is made.
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/array.h"

#include "driver.h"

PG_FUNCTION_INFO_V1(driver_model_accum);

/* What lies behind the length word of an array of one dimension. */
typedef struct DriverArray
{
	int32		dimensions;
	int32		data_offset;	/* 0 if there are no NULLs */
	Oid			element_type;
	int32		length;
} DriverArray;

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
			 errmsg("%d factors in an array", dimensions == 0 ? 0 : length),
			 errdetail("There are 1 to %d.", DRIVER_MAX_FACTORS)));
}

static void pg_attribute_cold
driver_length_error(int length, int others)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%d factors in an array, after rows with %d", length, others),
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

static inline double
driver_in_range(double value, int factor)
{
	if (unlikely(!(fabs(value) <= DRIVER_LARGEST)))
		driver_value_error(value, factor);
	return value;
}

/* The numbers of an array that can have NULLs, and how many; 0 if it does. */
static int pg_attribute_cold
driver_read_nulls(Datum array, double *values)
{
	ArrayType  *full = DatumGetArrayTypeP(array);
	int			i;

	if (array_contains_nulls(full))
		return 0;
	if (ARR_NDIM(full) != 1 || ARR_DIMS(full)[0] > DRIVER_MAX_FACTORS)
		driver_array_error(ARR_NDIM(full), ARR_NDIM(full) == 0 ? 0 : ARR_DIMS(full)[0]);
	for (i = 0; i < ARR_DIMS(full)[0]; i++)
		values[i] = driver_in_range(((double *) ARR_DATA_PTR(full))[i], i + 1);
	return ARR_DIMS(full)[0];
}

/* The factors of a row, and how many; 0 if one of them is NULL. */
static pg_attribute_always_inline int
driver_read(Datum array, double *values)
{
	struct varlena *packed = PG_DETOAST_DATUM_PACKED(array);
	const char *at = VARDATA_ANY(packed);
	DriverArray head;
	int			i;

	/* an array without a dimension ends before its length */
	if (unlikely(VARSIZE_ANY_EXHDR(packed) < sizeof(head)))
		driver_array_error(0, 0);
	memcpy(&head, at, sizeof(head));
	if (unlikely(head.data_offset != 0))
		return driver_read_nulls(array, values);
	if (unlikely(head.dimensions != 1 || head.length < 1 || head.length > DRIVER_MAX_FACTORS))
		driver_array_error(head.dimensions, head.length);
	at += DRIVER_NUMBERS;
	for (i = 0; i < head.length; i++, at += sizeof(double))
	{
		double		value;

		memcpy(&value, at, sizeof(value));
		values[i] = driver_in_range(value, i + 1);
	}
	return head.length;
}

/* (driver_model, outcome, factors) -> driver_model, called with NULLs too. */
Datum
driver_model_accum(PG_FUNCTION_ARGS)
{
	double		values[DRIVER_MAX_VARIABLES];
	int			factors = 0;
	DriverModel *state;

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
		factors = driver_read(PG_GETARG_DATUM(2), values + 1);
	if (unlikely(PG_ARGISNULL(0)))
	{
		if (factors == 0)
			PG_RETURN_NULL();
		state = driver_model_allocate(factors);
	}
	else
		state = summary_state(fcinfo);
	if (unlikely(factors == 0))
		PG_RETURN_POINTER(state);
	if (unlikely(factors != state->factors))
		driver_length_error(factors, state->factors);
	values[0] = driver_in_range(PG_GETARG_FLOAT8(1), 0);
	if (unlikely(pg_add_s64_overflow(state->rows, 1, &state->rows)))
		driver_rows_error();
	driver_put(state->sums, factors + 1, values, (double) state->rows);
	PG_RETURN_POINTER(state);
}
