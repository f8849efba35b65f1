/*
 * driver_read.c: the readers of a driver model: which factors move the outcome, and
 * how well they explain it.
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "driver.h"

PG_FUNCTION_INFO_V1(responses_driver);
PG_FUNCTION_INFO_V1(driver_importance);
PG_FUNCTION_INFO_V1(driver_fit);

#define DRIVER_IMPORTANCE_COLUMNS	10
#define DRIVER_FIT_COLUMNS			6

static const RowShape driver_importance_shape = {
	DRIVER_IMPORTANCE_COLUMNS, DRIVER_IMPORTANCE_COLUMNS,
	{TEXTOID, [1 ... DRIVER_IMPORTANCE_COLUMNS - 1] = FLOAT8OID}
};
static const RowShape driver_fit_shape = {
	DRIVER_FIT_COLUMNS, DRIVER_FIT_COLUMNS,
	{INT8OID, [1 ... DRIVER_FIT_COLUMNS - 1] = FLOAT8OID}
};

static void
driver_regress(const DriverModel *model, DriverFactor *factors, DriverFit *fit)
{
	driver_regression(model->sums, (double) model->rows, model->factors, factors, fit);
}

/* responses(driver_model): the number of complete rows. */
Datum
responses_driver(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_DRIVER_MODEL(0)->rows);
}

/* The names in an argument, one for each factor; a missing one is "factor 1" and so on. */
static void
driver_names(FunctionCallInfo fcinfo, int argno, int factors, Datum *names)
{
	Datum	   *given = NULL;
	bool	   *nulls = NULL;
	int			count = 0,
				i;

	if (!PG_ARGISNULL(argno))
	{
		ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argno);

		deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &given, &nulls, &count);
		if (count != factors || ARR_NDIM(array) != 1)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("number of names is %d, but number of factors is %d", count, factors),
					 errhint("Give a one-dimensional array with one name for each factor, "
							 "in the order of the factors.")));
	}
	for (i = 0; i < factors; i++)
		names[i] = given != NULL && !nulls[i] ? given[i] :
			PointerGetDatum(cstring_to_text(psprintf("factor %d", i + 1)));
}

/*
 * driver_importance(model, names): a row for each factor, figures that do not exist
 * NULL; called with NULLs.
 */
Datum
driver_importance(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = summary_rows(fcinfo, &driver_importance_shape);
	DriverModel *model;
	DriverFactor factors[DRIVER_MAX_FACTORS];
	DriverFit	fit;
	Datum		names[DRIVER_MAX_FACTORS];
	int			i;

	if (PG_ARGISNULL(0))
		return (Datum) 0;
	model = PG_GETARG_DRIVER_MODEL(0);
	driver_names(fcinfo, 1, model->factors, names);
	driver_regress(model, factors, &fit);
	for (i = 0; i < model->factors; i++)
	{
		const DriverFactor *f = &factors[i];
		Datum		values[DRIVER_IMPORTANCE_COLUMNS];
		bool		nulls[DRIVER_IMPORTANCE_COLUMNS] = {false};

		values[0] = names[i];
		summary_figures((double[]) {f->correlation, f->coefficient, f->std_error, f->std_beta,
									f->t_statistic, f->p_value, f->vif, f->relative_weight,
									100.0 * f->share},
						DRIVER_IMPORTANCE_COLUMNS - 1, &values[1], &nulls[1]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* driver_fit(model): one row; figures that do not exist are NULL */
Datum
driver_fit(PG_FUNCTION_ARGS)
{
	DriverModel *model = PG_GETARG_DRIVER_MODEL(0);
	DriverFactor factors[DRIVER_MAX_FACTORS];
	DriverFit	fit;
	Datum		values[DRIVER_FIT_COLUMNS];
	bool		nulls[DRIVER_FIT_COLUMNS] = {false};

	driver_regress(model, factors, &fit);
	values[0] = Int64GetDatum(model->rows);
	summary_figures((double[]) {fit.r_squared, fit.adjusted_r_squared, fit.f_statistic,
								fit.p_value, fit.intercept},
					DRIVER_FIT_COLUMNS - 1, &values[1], &nulls[1]);
	return summary_tuple(fcinfo, &driver_fit_shape, values, nulls);
}
