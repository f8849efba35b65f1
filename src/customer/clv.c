/*
 * clv.c: the type clv_model.
 *
 * The parameters of BG/NBD and of gamma-gamma, their log-likelihoods and the number
 * of customers.  A model that could not be fitted, or was not given, is missing.
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

/*
 * The one validator: every way into the type ends here.  Only parameters, likelihoods
 * and customers of the given figures are read.  NULL after a soft error.
 */
ClvModel *
clv_model_make(const ClvModel *figures, struct Node *escontext)
{
	ClvModel   *model;
	int			i;

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
	model = palloc0(sizeof(ClvModel));
	SET_VARSIZE(model, sizeof(ClvModel));
	model->version = CLV_VERSION;
	/* missing values are one NaN and zeros have no sign, so that equal models have equal bytes */
	for (i = 0; i < CLV_FIGURES; i++)
		clv_figures(model)[i] = isnan(clv_figures(figures)[i]) ? get_float8_nan() :
			clv_figures(figures)[i] + 0.0;
	model->customers = figures->customers;
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
