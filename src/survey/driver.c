/*
 * driver.c: the type driver_model, its text and binary forms and its sum.
 *
 * The number of rows, the means of an outcome and its factors, and the lower triangle
 * of their cross-products about these means.  A linear regression needs no more than
 * that, and it can be merged.  Means and cross-products are kept together with what
 * rounding lost, so that models agree to about 1e-15 of the deviations in any order
 * of rows and any plan, however many rows there are.
 *
 * Text: 3:{2,5}:{{2},{3,6}}, the rows, the means, and a row of cross-products for
 * each variable, the outcome first; what rounding lost follows as in 0.6+1.1e-17.
 */
#include "postgres.h"

#include <float.h>

#include "common/int.h"
#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/float.h"

#include "driver.h"

PG_FUNCTION_INFO_V1(driver_model_in);
PG_FUNCTION_INFO_V1(driver_model_out);
PG_FUNCTION_INFO_V1(driver_model_recv);
PG_FUNCTION_INFO_V1(driver_model_send);
PG_FUNCTION_INFO_V1(driver_model_plus);
PG_FUNCTION_INFO_V1(driver_model_final);

/* --- making and reading values -------------------------------------------- */

/* A model without rows, which is not yet a value of the type; an open one has an empty block. */
DriverModel *
driver_model_allocate(int factors, bool open)
{
	Size		size = offsetof(DriverModel, sums) +
		DRIVER_SUMS(factors + 1) * (sizeof(ExactSum) + (open ? sizeof(double) : 0));
	DriverModel *model = palloc0(size);

	SET_VARSIZE(model, size);
	model->version = DRIVER_VERSION;
	model->factors = factors;
	model->open = open;
	return model;
}

/* A copy of a model, without a block: its rows are added to the sums. */
static DriverModel *
driver_model_closed(const DriverModel *model)
{
	DriverModel *closed = driver_model_allocate(model->factors, false);
	int			sums = DRIVER_SUMS(driver_variables(model));
	double		block[DRIVER_SUMS(DRIVER_MAX_VARIABLES)];

	closed->rows = model->rows;
	memcpy(closed->sums, model->sums, sums * sizeof(ExactSum));
	memcpy(block, &model->sums[sums], sums * sizeof(double));
	if (model->block_rows > 0)
		driver_block_close(block, closed->sums, (double) closed->rows, driver_variables(closed));
	return closed;
}

/* A stored or passed value in full and closed, not to be written to. */
DriverModel *
driver_model_detoast(Datum value)
{
	DriverModel *model = summary_detoast(value, DRIVER_VERSION, "driver model");

	return unlikely(model->open) ? driver_model_closed(model) : model;
}

/* Is this a sum within the limit, with what rounding lost of it? */
static bool
driver_is_sum(const ExactSum *sum, double limit)
{
	return fabs(sum->sum) <= limit && fabs(sum->rest) <= fabs(sum->sum) * 0x1p-51;
}

/*
 * Could these be the sums of rows of values in range?  Then their mean squares,
 * mean^2 + cross-product / rows, are in range too, also after two models are added,
 * and |c_ij|^2 <= c_ii c_jj (Cauchy-Schwarz), up to rounding.  A single row does not
 * vary.  Squares that are not 0 stay far above the subnormal numbers, whose rounding
 * would break Cauchy-Schwarz when two models are added.
 */
static bool
driver_is_possible(const DriverModel *model)
{
	const double slack = 1.0 + 1e-6;
	int			variables = driver_variables(model);
	double		deviations[DRIVER_MAX_VARIABLES];
	int			i,
				j;

	for (i = 0; i < variables; i++)
	{
		const ExactSum *mean = &model->sums[i];
		const ExactSum *square = &model->sums[DRIVER_CROSS(variables, i, i)];

		if (!driver_is_sum(mean, DRIVER_LARGEST) ||
			!driver_is_sum(square, DBL_MAX) || square->sum < 0.0 ||
			(square->sum > 0.0 && square->sum < DRIVER_LEAST_SQUARE) ||
			mean->sum * mean->sum + square->sum / model->rows >
			DRIVER_LARGEST * DRIVER_LARGEST * slack ||
			(model->rows == 1 && square->sum > 0.0))
			return false;
		deviations[i] = sqrt(square->sum);
		for (j = 0; j < i; j++)
		{
			if (!driver_is_sum(&model->sums[DRIVER_CROSS(variables, i, j)],
							   deviations[i] * deviations[j] * slack))
				return false;
		}
	}
	return true;
}

/* The one validator: every way into the type ends here.  NULL after a soft error. */
static DriverModel *
driver_check(DriverModel *model, struct Node *escontext)
{
	if (model->rows < 1)
		ereturn(escontext, NULL,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("driver model has " INT64_FORMAT " rows", model->rows),
				 errdetail("A driver model has at least 1 row; without rows it is NULL.")));
	if (!driver_is_possible(model))
		ereturn(escontext, NULL,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("impossible means or cross-products of a driver model, "
						"factors: %d, rows: " INT64_FORMAT,
						model->factors, model->rows),
				 errdetail("Means and squares are in range, and squares are 0 or at least 2^-950 "
						   "(0 if there is one row).  A cross-product is at most the square "
						   "root of the product of its two squares.  What rounding lost is "
						   "at most 2^-51 of its sum.")));
	return model;
}

/* --- text ------------------------------------------------------------------ */

/*
 * Read {sum,...}, each with what rounding lost of it, if anything; how many, 0 if wrong
 * or too many.
 */
static int
driver_parse_sums(const char **at, ExactSum *sums, int most, struct Node *escontext)
{
	int			count = 0;

	do
	{
		if (count == most || !summary_parse_sign(at, count == 0 ? "{" : ",") ||
			!summary_parse_double(at, &sums[count].sum, "driver_model", escontext))
			return 0;
		if ((**at == '+' || **at == '-') &&
			!summary_parse_double(at, &sums[count].rest, "driver_model", escontext))
			return 0;
		count++;
		*at += strspn(*at, " \t\n\r");
	} while (**at == ',');
	return summary_parse_sign(at, "}") ? count : 0;
}

/* Read rows:{mean,...}:{{square},{product,square},...}; NULL if it is not that. */
static DriverModel *
driver_parse(const char *at, struct Node *escontext)
{
	ExactSum	means[DRIVER_MAX_VARIABLES] = {{0}};
	int64		rows;
	bool		fits;
	int			variables,
				i;
	DriverModel *model;

	if (!summary_parse_number(&at, &rows, &fits) || !fits || !summary_parse_sign(&at, ":"))
		return NULL;
	variables = driver_parse_sums(&at, means, DRIVER_MAX_VARIABLES, escontext);
	if (variables < 2 || !summary_parse_sign(&at, ":"))
		return NULL;
	model = driver_model_allocate(variables - 1, false);
	model->rows = rows;
	for (i = 0; i < variables; i++)
	{
		model->sums[i] = means[i];
		if (!summary_parse_sign(&at, i == 0 ? "{" : ",") ||
			driver_parse_sums(&at, &model->sums[DRIVER_CROSS(variables, i, 0)], i + 1,
							  escontext) != i + 1)
			return NULL;
	}
	if (!summary_parse_sign(&at, "}"))
		return NULL;
	at += strspn(at, " \t\n\r");
	return *at == '\0' ? model : NULL;
}

/* Text form; error 22P02 if it is not one, 22003 for impossible figures. */
Datum
driver_model_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct Node *escontext = (struct Node *) fcinfo->context;
	DriverModel *model = driver_parse(text, escontext);

	if (SOFT_ERROR_OCCURRED(escontext))
		return (Datum) 0;
	if (model == NULL)
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type driver_model: \"%s\"", summary_shown(text)),
				 errdetail("A driver model is written "
						   "rows:{mean,...}:{{square},{product,square},...}, "
						   "of an outcome and 1 to %d factors.",
						   DRIVER_MAX_FACTORS),
				 errhint("Example: 3:{2,5}:{{2},{3,6}}")));
	PG_RETURN_POINTER(driver_check(model, escontext));
}

/* Append {sum,...} in the fewest digits that read back exactly, whatever the settings. */
static void
driver_append_sums(StringInfo out, const ExactSum *sums, int count)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];
	int			i;

	for (i = 0; i < count; i++)
	{
		double_to_shortest_decimal_buf(sums[i].sum, digits);
		appendStringInfo(out, "%c%s", i == 0 ? '{' : ',', digits);
		if (sums[i].rest == 0.0)
			continue;
		double_to_shortest_decimal_buf(sums[i].rest, digits);
		appendStringInfo(out, "%s%s", sums[i].rest > 0.0 ? "+" : "", digits);
	}
	appendStringInfoChar(out, '}');
}

/* Text form. */
Datum
driver_model_out(PG_FUNCTION_ARGS)
{
	DriverModel *model = PG_GETARG_DRIVER_MODEL(0);
	int			variables = driver_variables(model);
	StringInfoData out;
	int			i;

	initStringInfo(&out);
	appendStringInfo(&out, INT64_FORMAT ":", model->rows);
	driver_append_sums(&out, model->sums, variables);
	for (i = 0; i < variables; i++)
	{
		appendStringInfoString(&out, i == 0 ? ":{" : ",");
		driver_append_sums(&out, &model->sums[DRIVER_CROSS(variables, i, 0)], i + 1);
	}
	appendStringInfoChar(&out, '}');
	PG_RETURN_CSTRING(out.data);
}

/* --- binary ------------------------------------------------------------------ */

/* version, factors, rows, then the sums, all in network order */
#define DRIVER_BINARY_HEADER	(1 + 1 + 8)
#define DRIVER_BINARY_SUM		(2 * 8)

/* Binary form; error 22P03 if it is not one, 22003 for impossible figures. */
Datum
driver_model_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	int			rest = in->len - in->cursor - DRIVER_BINARY_HEADER;
	int			version = 0,
				factors = 0;
	DriverModel *model;
	int			i;

	if (rest >= 0)
	{
		version = pq_getmsgbyte(in);
		factors = pq_getmsgbyte(in);
	}
	if (version != DRIVER_VERSION || factors < 1 || factors > DRIVER_MAX_FACTORS ||
		rest != DRIVER_SUMS(factors + 1) * DRIVER_BINARY_SUM)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of a driver model: "
						"format %d, %d factors, %d bytes in all",
						version, factors, in->len),
				 errdetail("Format %d has %d bytes and %d for each mean and cross-product, "
						   "of 1 to %d factors.",
						   DRIVER_VERSION, DRIVER_BINARY_HEADER, DRIVER_BINARY_SUM,
						   DRIVER_MAX_FACTORS)));
	model = driver_model_allocate(factors, false);
	model->rows = pq_getmsgint64(in);
	for (i = 0; i < DRIVER_SUMS(factors + 1); i++)
	{
		model->sums[i].sum = pq_getmsgfloat8(in);
		model->sums[i].rest = pq_getmsgfloat8(in);
	}
	PG_RETURN_POINTER(driver_check(model, NULL));
}

/* Binary form. */
Datum
driver_model_send(PG_FUNCTION_ARGS)
{
	DriverModel *model = PG_GETARG_DRIVER_MODEL(0);
	StringInfoData out;
	int			i;

	pq_begintypsend(&out);
	pq_sendint8(&out, DRIVER_VERSION);
	pq_sendint8(&out, model->factors);
	pq_sendint64(&out, model->rows);
	for (i = 0; i < DRIVER_SUMS(driver_variables(model)); i++)
	{
		pq_sendfloat8(&out, model->sums[i].sum);
		/* zeros are sent without a sign, as in text */
		pq_sendfloat8(&out, model->sums[i].rest + 0.0);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* --- sums ---------------------------------------------------------------------- */

/* Raise the error for more rows than a 64-bit number counts. */
void
driver_rows_error(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("a driver model cannot hold more than " INT64_FORMAT " rows", PG_INT64_MAX)));
}

/* Add the sums of a closed model: the lesser of the two to the other, so that a + b is b + a. */
static void
driver_add_sums(DriverModel *sum, const DriverModel *more)
{
	int			variables = driver_variables(sum);
	Size		size = DRIVER_SUMS(variables) * sizeof(ExactSum);
	ExactSum   *lesser;

	if (sum->rows > more->rows ||
		(sum->rows == more->rows && driver_sums_order(sum->sums, more->sums, variables) >= 0))
	{
		driver_join(sum->sums, (double) sum->rows, more->sums, (double) more->rows, variables);
		return;
	}
	lesser = palloc(size);
	memcpy(lesser, sum->sums, size);
	memcpy(sum->sums, more->sums, size);
	driver_join(sum->sums, (double) more->rows, lesser, (double) sum->rows, variables);
	pfree(lesser);
}

/*
 * a + b: the operator, the transition of sum(driver_model) and the combine
 * function of the aggregates driver_model.
 */
Datum
driver_model_plus(PG_FUNCTION_ARGS)
{
	DriverModel *sum = summary_sum_state(fcinfo, DRIVER_VERSION);
	DriverModel *more = PG_GETARG_DRIVER_MODEL(1);
	int64		rows;

	if (sum->factors != more->factors)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("driver models of %d and %d factors cannot be added",
						sum->factors, more->factors)));
	if (unlikely(pg_add_s64_overflow(sum->rows, more->rows, &rows)))
		driver_rows_error();
	if (sum->block_rows > 0)
		driver_model_close(sum);
	driver_add_sums(sum, more);
	sum->rows = rows;
	PG_RETURN_POINTER(sum);
}

/* The final function of the aggregates driver_model: the state, closed. */
Datum
driver_model_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(PG_GETARG_DRIVER_MODEL(0));
}
