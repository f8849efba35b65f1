/*
 * clv.c: the type clv_model.
 *
 * The parameters of BG/NBD and of gamma-gamma, their log-likelihoods and the number
 * of customers.  A model that could not be fitted, or was not given, is missing.
 *
 * Text: (r,alpha,a,b,p,q,gamma,log_likelihood,spend_log_likelihood,customers), with
 * nothing between the commas for what is missing.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/float.h"

#include "clv.h"

PG_FUNCTION_INFO_V1(clv_model);
PG_FUNCTION_INFO_V1(clv_model_in);
PG_FUNCTION_INFO_V1(clv_model_out);
PG_FUNCTION_INFO_V1(clv_model_recv);
PG_FUNCTION_INFO_V1(clv_model_send);
PG_FUNCTION_INFO_V1(clv_parameters);

/* The figures before customers, side by side, in the order of the text form. */
#define CLV_FIGURES		(BGNBD_PARAMETERS + GAMMA_GAMMA_PARAMETERS + 2)
#define CLV_LIKELIHOOD	(BGNBD_PARAMETERS + GAMMA_GAMMA_PARAMETERS)

/* Shapes beyond it say that all customers are alike; units are less restricted. */
#define CLV_MAX_SHAPE	1e9
#define CLV_MAX_UNIT	1e30

/* --- making and reading values ------------------------------------------------------ */

static double *
clv_figures(const ClvModel *model)
{
	return (double *) &model->purchases;
}

/* A stored or passed value in either form; not to be written to. */
void *
clv_detoast(Datum value)
{
	return summary_detoast(value, CLV_VERSION, "model of customer value");
}

/* The same, fitted. */
ClvModel *
clv_model_detoast(Datum value)
{
	ClvModel   *model = clv_detoast(value);

	return unlikely(model->form == CLV_HISTORIES) ? clv_fitted((ClvHistories *) model) : model;
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

bool
clv_purchases_possible(const ClvModel *figures)
{
	return clv_part_possible(&figures->purchases.r, BGNBD_PARAMETERS, 1);
}

bool
clv_spend_possible(const ClvModel *figures)
{
	return clv_part_possible(&figures->spend.p, GAMMA_GAMMA_PARAMETERS, 2);
}

/*
 * The one validator: every way into the type ends here.  Of the figures given only
 * parameters, likelihoods and customers are read.  NULL after a soft error.
 */
ClvModel *
clv_model_make(const ClvModel *figures, struct Node *escontext)
{
	ClvModel   *model;
	int			i;

	if (!clv_purchases_possible(figures) || !clv_spend_possible(figures))
		ereturn(escontext, NULL,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("impossible parameters of a model of customer value: r %s, alpha %s, a %s, b %s, p %s, q %s, gamma %s",
						summary_print(figures->purchases.r), summary_print(figures->purchases.alpha),
						summary_print(figures->purchases.a), summary_print(figures->purchases.b),
						summary_print(figures->spend.p), summary_print(figures->spend.q),
						summary_print(figures->spend.gamma)),
				 errdetail("They are above 0: %g to %g, alpha and gamma %g to %g. Either all of r, alpha, a, b or none are missing, and so of p, q, gamma.",
						   1.0 / CLV_MAX_SHAPE, CLV_MAX_SHAPE, 1.0 / CLV_MAX_UNIT, CLV_MAX_UNIT)));
	if (isinf(figures->log_likelihood) || isinf(figures->spend_log_likelihood) ||
		(!clv_has_purchases(figures) && !isnan(figures->log_likelihood)) ||
		(!clv_has_spend(figures) && !isnan(figures->spend_log_likelihood)) || figures->customers < 0)
		ereturn(escontext, NULL,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("impossible fit of a model of customer value: log-likelihoods %s and %s, " INT64_FORMAT " customers",
						summary_print(figures->log_likelihood), summary_print(figures->spend_log_likelihood),
						figures->customers),
				 errdetail("Log-likelihoods are finite, and missing without parameters; customers are 0 or more.")));
	model = palloc0(sizeof(ClvModel));
	SET_VARSIZE(model, sizeof(ClvModel));
	model->version = CLV_VERSION;
	/* what is missing is one NaN, of the many there are: equal models have equal bytes */
	for (i = 0; i < CLV_FIGURES; i++)
		clv_figures(model)[i] = isnan(clv_figures(figures)[i]) ? get_float8_nan() : clv_figures(figures)[i];
	model->customers = figures->customers;
	return model;
}

/*
 * clv_model(r, alpha, a, b, p, q, gamma): called with NULLs, as one of the two parts
 * may be missing; NULL if neither is whole, or one is there in part.
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
	if (purchases % BGNBD_PARAMETERS != 0 || spend % GAMMA_GAMMA_PARAMETERS != 0 || purchases + spend == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(clv_model_make(&figures, NULL));
}

/* clv_parameters(clv_model): a row of all there is. */
Datum
clv_parameters(PG_FUNCTION_ARGS)
{
	const ClvModel *model = PG_GETARG_CLV_MODEL(0);
	Datum		values[CLV_FIGURES + 1];
	bool		nulls[CLV_FIGURES + 1] = {false};

	summary_figures(clv_figures(model), CLV_FIGURES, values, nulls);
	values[CLV_FIGURES] = Int64GetDatum(model->customers);
	return summary_tuple(fcinfo, values, nulls);
}

/* --- text and binary forms ------------------------------------------------------------ */

Datum
clv_model_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct Node *escontext = (struct Node *) fcinfo->context;
	const char *at = text;
	ClvModel	figures = {0};
	bool		fits = true;
	bool		good = summary_parse_sign(&at, "(");
	int			i;

	for (i = 0; good && i < CLV_FIGURES; i++)
	{
		double	   *figure = &clv_figures(&figures)[i];

		*figure = get_float8_nan();
		if (summary_parse_sign(&at, ","))
			continue;
		good = summary_parse_double(&at, figure, "clv_model", escontext) && summary_parse_sign(&at, ",");
	}
	good = good && summary_parse_number(&at, &figures.customers, &fits) && fits && summary_parse_sign(&at, ")");
	at += strspn(at, " \t\n\r");
	if (!good || *at != '\0')
	{
		if (SOFT_ERROR_OCCURRED(escontext))
			return (Datum) 0;
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type clv_model: \"%s\"", summary_shown(text)),
				 errdetail("A model of customer value is written (r,alpha,a,b,p,q,gamma,log_likelihood,spend_log_likelihood,customers)."),
				 errhint("Example: (0.243,4.414,0.793,2.426,6.25,3.74,15.44,,,0)")));
	}
	PG_RETURN_POINTER(clv_model_make(&figures, escontext));
}

Datum
clv_model_out(PG_FUNCTION_ARGS)
{
	const ClvModel *model = PG_GETARG_CLV_MODEL(0);
	StringInfoData out;
	int			i;

	initStringInfo(&out);
	appendStringInfoChar(&out, '(');
	for (i = 0; i < CLV_FIGURES; i++)
	{
		if (!isnan(clv_figures(model)[i]))
			summary_append_double(&out, clv_figures(model)[i]);
		appendStringInfoChar(&out, ',');
	}
	appendStringInfo(&out, INT64_FORMAT ")", model->customers);
	PG_RETURN_CSTRING(out.data);
}

/* version, figures and customers, in network order */
#define CLV_BINARY_SIZE	(1 + CLV_FIGURES * 8 + 8)

Datum
clv_model_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	int			size = in->len - in->cursor;
	int			version = size > 0 ? pq_getmsgbyte(in) : 0;
	ClvModel	figures = {0};
	int			i;

	if (version != CLV_VERSION || size != CLV_BINARY_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of a model of customer value: format %d, %d bytes in all", version, size),
				 errdetail("Format %d has %d bytes.", CLV_VERSION, CLV_BINARY_SIZE)));
	for (i = 0; i < CLV_FIGURES; i++)
		clv_figures(&figures)[i] = pq_getmsgfloat8(in);
	figures.customers = pq_getmsgint64(in);
	PG_RETURN_POINTER(clv_model_make(&figures, NULL));
}

Datum
clv_model_send(PG_FUNCTION_ARGS)
{
	const ClvModel *model = PG_GETARG_CLV_MODEL(0);
	StringInfoData out;
	int			i;

	pq_begintypsend(&out);
	pq_sendint8(&out, CLV_VERSION);
	for (i = 0; i < CLV_FIGURES; i++)
		pq_sendfloat8(&out, clv_figures(model)[i]);
	pq_sendint64(&out, model->customers);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
