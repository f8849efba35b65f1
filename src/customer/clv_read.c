/*
 * clv_read.c: what a model of customer value predicts for a customer.
 */
#include "postgres.h"

#include "clv.h"

PG_FUNCTION_INFO_V1(clv_parameters);
PG_FUNCTION_INFO_V1(probability_alive);
PG_FUNCTION_INFO_V1(expected_purchases);
PG_FUNCTION_INFO_V1(expected_spend);
PG_FUNCTION_INFO_V1(clv);
PG_FUNCTION_INFO_V1(clv_formula);

/* clv_parameters(clv_model): all figures in one row; missing ones are NULL. */
Datum
clv_parameters(PG_FUNCTION_ARGS)
{
	static const RowShape shape = {
		CLV_FIGURES + 1, CLV_FIGURES + 1,
		{[0 ... CLV_FIGURES - 1] = FLOAT8OID, [CLV_FIGURES] = INT8OID}
	};
	const ClvModel *model = PG_GETARG_CLV_MODEL(0);
	Datum		values[CLV_FIGURES + 1];
	bool		nulls[CLV_FIGURES + 1] = {false};

	summary_figures(clv_figures(model), CLV_FIGURES, values, nulls);
	values[CLV_FIGURES] = Int64GetDatum(model->customers);
	return summary_tuple(fcinfo, &shape, values, nulls);
}

/* A number in an argument; error 22003 outside low..high. */
static double
clv_argument(FunctionCallInfo fcinfo, int argno, const char *name, double low, double high)
{
	double		value = PG_GETARG_FLOAT8(argno);

	if (!(value >= low && value <= high))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s %s is not between %g and %g", name, summary_print(value), low, high)));
	return value;
}

static double
clv_alive(const ClvModel *model, const PurchaseHistory *history)
{
	return bgnbd_alive(&model->purchases, history->frequency, history->recency, history->age);
}

static double
clv_spend(const ClvModel *model, const PurchaseHistory *history)
{
	return clv_has_spend(model) ?
		gamma_gamma_spend(&model->spend, history->frequency, history->monetary) : NAN;
}

/* probability_alive(model, history): 0..1; NULL if the model has no purchase parameters. */
Datum
probability_alive(PG_FUNCTION_ARGS)
{
	const ClvModel *model = PG_GETARG_CLV_MODEL(0);

	if (!clv_has_purchases(model))
		PG_RETURN_NULL();
	return summary_number(fcinfo, clv_alive(model, PG_GETARG_PURCHASE_HISTORY(1)));
}

/* expected_purchases(model, history, horizon): purchases within the horizon, in weeks. */
Datum
expected_purchases(PG_FUNCTION_ARGS)
{
	const ClvModel *model = PG_GETARG_CLV_MODEL(0);
	const PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY(1);
	double		horizon = clv_argument(fcinfo, 2, "horizon of weeks", 0.0, PURCHASE_MAX_WEEKS);

	if (!clv_has_purchases(model))
		PG_RETURN_NULL();
	return summary_number(fcinfo, clv_alive(model, history) *
						  bgnbd_purchases(&model->purchases, history->frequency,
										  history->age, horizon));
}

/* expected_spend(model, history): mean amount of a purchase; NULL if it does not exist. */
Datum
expected_spend(PG_FUNCTION_ARGS)
{
	return summary_number(fcinfo, clv_spend(PG_GETARG_CLV_MODEL(0), PG_GETARG_PURCHASE_HISTORY(1)));
}

/* clv(model, history, months, monthly_discount): discounted value, in the unit of the amounts */
Datum
clv(PG_FUNCTION_ARGS)
{
	const ClvModel *model = PG_GETARG_CLV_MODEL(0);
	const PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY(1);
	int32		months = PG_GETARG_INT32(2);
	double		discount = clv_argument(fcinfo, 3, "monthly discount", 0.0, 1e6);
	double		spend = clv_spend(model, history);

	if (months < 0 || months > CLV_MAX_MONTHS)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("months %d is not between 0 and %d", months, CLV_MAX_MONTHS)));
	if (!clv_has_purchases(model) || isnan(spend))
		PG_RETURN_NULL();
	return summary_number(fcinfo, clv_alive(model, history) * spend *
						  bgnbd_discounted(&model->purchases, history->frequency, history->age,
										   months, discount, clv_pause));
}

/* clv(margin, retention, discount): value of a contract, in the unit of the margin */
Datum
clv_formula(PG_FUNCTION_ARGS)
{
	double		margin = clv_argument(fcinfo, 0, "margin",
									  -PURCHASE_MAX_AMOUNT, PURCHASE_MAX_AMOUNT);
	double		retention = clv_argument(fcinfo, 1, "retention", 0.0, 1.0);
	double		discount = clv_argument(fcinfo, 2, "discount", 0.0, 1e6);

	return summary_number(fcinfo, margin_value(margin, retention, discount));
}
