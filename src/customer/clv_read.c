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
PG_FUNCTION_INFO_V1(clv_interval);
PG_FUNCTION_INFO_V1(clv_formula);

#define CLV_PARAMETERS_COLUMNS	(CLV_FIGURES + 1 + CLV_LIKELIHOOD)

/*
 * clv_parameters(clv_model): all figures in one row, then the standard errors of the
 * parameters, which version 0.1.0 did not have; missing ones are NULL.
 */
Datum
clv_parameters(PG_FUNCTION_ARGS)
{
	static const RowShape shape = {
		CLV_PARAMETERS_COLUMNS, CLV_FIGURES + 1,
		{[0 ... CLV_FIGURES - 1] = FLOAT8OID, [CLV_FIGURES] = INT8OID,
		[CLV_FIGURES + 1 ... CLV_PARAMETERS_COLUMNS - 1] = FLOAT8OID}
	};
	const ClvModel *model = PG_GETARG_CLV_MODEL(0);
	double		errors[CLV_LIKELIHOOD];
	Datum		values[CLV_PARAMETERS_COLUMNS];
	bool		nulls[CLV_PARAMETERS_COLUMNS] = {false};
	int			i;

	for (i = 0; i < CLV_LIKELIHOOD; i++)
	{
		bool		spend = i >= BGNBD_PARAMETERS;

		errors[i] = model->form != CLV_WITH_ERRORS ? NAN :
			clv_parameter_error(spend ? model->errors.spend : model->errors.purchases,
								spend ? i - BGNBD_PARAMETERS : i, clv_figure(model, i));
	}
	summary_figures(clv_figures(model), CLV_FIGURES, values, nulls);
	values[CLV_FIGURES] = Int64GetDatum(model->customers);
	summary_figures(errors, CLV_LIKELIHOOD, values + CLV_FIGURES + 1, nulls + CLV_FIGURES + 1);
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

/* What clv and clv_interval are asked: a customer and a horizon. */
typedef struct ClvQuestion
{
	ClvEntry	history;
	int32		months;
	double		discount;		/* of a month */
} ClvQuestion;

/* The arguments history, months and monthly_discount, from 1 on. */
static ClvQuestion
clv_question(FunctionCallInfo fcinfo)
{
	const PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY(1);
	ClvQuestion question = {
		{history->frequency, 1, history->recency, history->age, history->monetary},
		PG_GETARG_INT32(2), clv_argument(fcinfo, 3, "monthly discount", 0.0, 1e6)
	};

	if (question.months < 0 || question.months > CLV_MAX_MONTHS)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("months %d is not between 0 and %d", question.months, CLV_MAX_MONTHS)));
	return question;
}

/* The discounted value, in the unit of the amounts; NAN if it does not exist. */
static double
clv_value(const ClvModel *model, const ClvQuestion *question)
{
	double		spend = clv_has_spend(model) ?
		gamma_gamma_spend(&model->spend, question->history.frequency,
						  question->history.monetary) : NAN;

	return clv_has_purchases(model) && !isnan(spend) ?
		spend * bgnbd_value(&model->purchases, &question->history, question->months,
							question->discount, clv_pause) : NAN;
}

/* clv(model, history, months, monthly_discount) */
Datum
clv(PG_FUNCTION_ARGS)
{
	ClvQuestion question = clv_question(fcinfo);

	return summary_number(fcinfo, clv_value(PG_GETARG_CLV_MODEL(0), &question));
}

/*
 * clv_interval(model, history, months, monthly_discount, confidence); bounds are NULL if
 * the model does not know its errors.
 */
Datum
clv_interval(PG_FUNCTION_ARGS)
{
	const ClvModel *model = PG_GETARG_CLV_MODEL(0);
	ClvQuestion question = clv_question(fcinfo);
	double		z = confidence_z(summary_confidence(fcinfo, 4));
	double		value = clv_value(model, &question);
	Bounds		bounds = no_bounds;

	if (model->form == CLV_WITH_ERRORS && !isnan(value))
	{
		double		error = clv_value_error(&model->purchases, &model->spend, &model->errors,
											&question.history, question.months,
											question.discount, clv_pause);

		bounds.lower = fmax(value - z * error, isnan(error) ? NAN : 0.0);
		bounds.upper = value + z * error;
	}
	return summary_interval(fcinfo, value, bounds, 1.0, model->customers);
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
