/*
 * clv.c: the type clv_model.
 *
 * The parameters of BG/NBD and of gamma-gamma, their log-likelihoods, the number of
 * customers and how sure the parameters are.  A model that could not be fitted, or was
 * not given, is missing.
 */
#include "postgres.h"

#include "utils/float.h"

#include "clv.h"

PG_FUNCTION_INFO_V1(clv_model);

/* A shape beyond its limit says that all customers are alike; units have a wider range. */
#define CLV_MAX_SHAPE	1e9
#define CLV_MAX_UNIT	1e30

/* A stored or passed value in either form, not to be written to. */
void *
clv_detoast(Datum value)
{
	return summary_detoast(value, CLV_VERSION, "model of customer value");
}

/* Are these parameters all missing, or all within range? */
static bool
clv_part_possible(const double *figures, int count, int unit)
{
	int			missing = 0,
				good = 0;
	int			i;

	for (i = 0; i < count; i++)
	{
		double		most = i == unit ? CLV_MAX_UNIT : CLV_MAX_SHAPE;

		missing += isnan(figures[i]);
		good += figures[i] >= 1.0 / most && figures[i] <= most;
	}
	return missing == count || good == count;
}

/* Are the parameters of BG/NBD all missing, or all within range? */
bool
clv_purchases_possible(const ClvModel *figures)
{
	return clv_part_possible(&figures->purchases.r, BGNBD_PARAMETERS, 1);
}

/* Are the parameters of gamma-gamma all missing, or all within range? */
bool
clv_spend_possible(const ClvModel *figures)
{
	return clv_part_possible(&figures->spend.p, GAMMA_GAMMA_PARAMETERS, 2);
}

/* Standard errors of logarithms beyond it, squared, tell nothing. */
#define CLV_MAX_VARIANCE	1e12
/* What rounding may put a correlation above 1, where figures are hardly told apart. */
#define CLV_ROUNDING		1e-6

/* Are these covariances of so many figures all missing, or possible? */
static bool
clv_covariances_possible(const double *triangle, int dimension)
{
	int			missing = 0;
	int			i,
				j;

	for (i = 0; i < dimension; i++)
	{
		for (j = 0; j <= i; j++)
		{
			double		covariance = triangle[i * (i + 1) / 2 + j];
			double		most = triangle[i * (i + 3) / 2] * triangle[j * (j + 3) / 2];

			if (isnan(covariance))
				missing++;
			else if (!(fabs(covariance) <= CLV_MAX_VARIANCE &&
					   covariance * covariance <= most * (1.0 + CLV_ROUNDING) &&
					   (i != j || covariance > 0.0)))
				return false;
		}
	}
	return missing == 0 || missing == dimension * (dimension + 1) / 2;
}

/* Are the errors of figures possible, and missing where the figures are? */
bool
clv_errors_possible(const ClvModel *figures)
{
	return clv_covariances_possible(figures->errors.purchases, BGNBD_PARAMETERS) &&
		clv_covariances_possible(figures->errors.spend, GAMMA_GAMMA_PARAMETERS) &&
		(clv_has_purchases(figures) || isnan(figures->errors.purchases[0])) &&
		(clv_has_spend(figures) || isnan(figures->errors.spend[0]));
}

/* Missing values are one NaN and zeros have no sign, so that equal models have equal bytes. */
static void
clv_copy(double *to, const double *from, int count)
{
	int			i;

	for (i = 0; i < count; i++)
		to[i] = isnan(from[i]) ? get_float8_nan() : from[i] + 0.0;
}

/*
 * The one validator: every way into the type ends here.  Only parameters, likelihoods
 * and customers of the given figures are read, and errors if their form has them.  NULL
 * after a soft error.
 */
ClvModel *
clv_model_make(const ClvModel *figures, struct Node *escontext)
{
	Size		size = offsetof(ClvModel, errors);
	ClvModel   *model;

	if (!clv_purchases_possible(figures) || !clv_spend_possible(figures))
		ereturn(escontext, NULL,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("impossible parameters of a model of customer value: "
						"r %s, alpha %s, a %s, b %s, p %s, q %s, gamma %s",
						summary_print(figures->purchases.r),
						summary_print(figures->purchases.alpha),
						summary_print(figures->purchases.a), summary_print(figures->purchases.b),
						summary_print(figures->spend.p), summary_print(figures->spend.q),
						summary_print(figures->spend.gamma)),
				 errdetail("r, a, b, p and q are %g to %g, alpha and gamma are %g to %g.  "
						   "r, alpha, a and b are all given or all missing, "
						   "and so are p, q and gamma.",
						   1.0 / CLV_MAX_SHAPE, CLV_MAX_SHAPE, 1.0 / CLV_MAX_UNIT, CLV_MAX_UNIT)));
	if (isinf(figures->log_likelihood) || isinf(figures->spend_log_likelihood) ||
		(!clv_has_purchases(figures) && !isnan(figures->log_likelihood)) ||
		(!clv_has_spend(figures) && !isnan(figures->spend_log_likelihood)) ||
		figures->customers < 0)
		ereturn(escontext, NULL,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("impossible fit of a model of customer value: "
						"log-likelihoods %s and %s, " INT64_FORMAT " customers",
						summary_print(figures->log_likelihood),
						summary_print(figures->spend_log_likelihood),
						figures->customers),
				 errdetail("A log-likelihood is finite, and missing if its parameters are "
						   "missing.  The number of customers is 0 or more.")));
	if (figures->form == CLV_WITH_ERRORS)
	{
		if (!clv_errors_possible(figures))
			ereturn(escontext, NULL,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("impossible errors of a model of customer value"),
					 errdetail("They are the covariances of the logarithms of parameters that "
							   "are there: variances above 0 and up to %g, and covariances "
							   "that fit to them.", CLV_MAX_VARIANCE)));
		if (!isnan(figures->errors.purchases[0]) || !isnan(figures->errors.spend[0]))
			size = sizeof(ClvModel);
	}
	model = palloc0(size);
	SET_VARSIZE(model, size);
	model->version = CLV_VERSION;
	model->form = size == sizeof(ClvModel) ? CLV_WITH_ERRORS : CLV_PARAMETERS;
	clv_copy(clv_figures(model), clv_figures(figures), CLV_FIGURES);
	model->customers = figures->customers;
	if (model->form == CLV_WITH_ERRORS)
		clv_copy((double *) &model->errors, (const double *) &figures->errors, CLV_ERRORS);
	return model;
}

/*
 * clv_model(r, alpha, a, b, p, q, gamma): called with NULLs, as one of the two parts
 * may be missing.  NULL if both are missing or one is incomplete.
 */
Datum
clv_model(PG_FUNCTION_ARGS)
{
	ClvModel	figures = {0};
	int			purchases = 0,
				spend = 0;
	int			i;

	for (i = 0; i < CLV_FIGURES; i++)
	{
		bool		there = i < CLV_LIKELIHOOD && !PG_ARGISNULL(i);

		clv_figures(&figures)[i] = there ? PG_GETARG_FLOAT8(i) : get_float8_nan();
		*(i < BGNBD_PARAMETERS ? &purchases : &spend) += there;
	}
	if (purchases % BGNBD_PARAMETERS != 0 || spend % GAMMA_GAMMA_PARAMETERS != 0 ||
		purchases + spend == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(clv_model_make(&figures, NULL));
}
