/*
 * clv_io.c: text and binary forms of models of customer value.
 *
 * Text: (r,alpha,a,b,p,q,gamma,log_likelihood,spend_log_likelihood,customers), with
 * nothing between the commas for a missing value.  If there are errors, covariances of
 * logarithms follow customers: ,{r r,alpha r,alpha alpha,a r,...},{p p,q p,q q,...}), with
 * nothing between the braces if those of one part are missing.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/float.h"

#include "clv.h"

PG_FUNCTION_INFO_V1(clv_model_in);
PG_FUNCTION_INFO_V1(clv_model_out);
PG_FUNCTION_INFO_V1(clv_model_recv);
PG_FUNCTION_INFO_V1(clv_model_send);

/* Read covariances at *at, {number,...} or {}; false if they are not there. */
static bool
clv_parse_covariances(const char **at, double *covariances, int count, struct Node *escontext)
{
	int			i;

	for (i = 0; i < count; i++)
		covariances[i] = get_float8_nan();
	if (!summary_parse_sign(at, ",") || !summary_parse_sign(at, "{"))
		return false;
	if (summary_parse_sign(at, "}"))
		return true;
	for (i = 0; i < count; i++)
	{
		if ((i > 0 && !summary_parse_sign(at, ",")) ||
			!summary_parse_double(at, &covariances[i], "clv_model", escontext))
			return false;
	}
	return summary_parse_sign(at, "}");
}

/* Append covariances, which are all there or all missing. */
static void
clv_append_covariances(StringInfo out, const double *covariances, int count)
{
	int			i;

	appendStringInfoString(out, ",{");
	for (i = 0; i < count && !isnan(covariances[0]); i++)
	{
		if (i > 0)
			appendStringInfoChar(out, ',');
		summary_append_double(out, covariances[i]);
	}
	appendStringInfoChar(out, '}');
}

/* Text form; error 22P02 if it is not one, 22003 for impossible parameters. */
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
		good = summary_parse_double(&at, figure, "clv_model", escontext) &&
			summary_parse_sign(&at, ",");
	}
	good = good && summary_parse_number(&at, &figures.customers, &fits) && fits;
	if (good && !summary_parse_sign(&at, ")"))
	{
		figures.form = CLV_WITH_ERRORS;
		good = clv_parse_covariances(&at, figures.errors.purchases, CLV_PURCHASES_ERRORS,
									 escontext) &&
			clv_parse_covariances(&at, figures.errors.spend, CLV_SPEND_ERRORS, escontext) &&
			summary_parse_sign(&at, ")");
	}
	at += strspn(at, " \t\n\r");
	if (!good || *at != '\0')
	{
		if (SOFT_ERROR_OCCURRED(escontext))
			return (Datum) 0;
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type clv_model: \"%s\"", summary_shown(text)),
				 errdetail("A model of customer value is written (r,alpha,a,b,p,q,gamma,"
						   "log_likelihood,spend_log_likelihood,customers), with the covariances "
						   "of a fit before the last parenthesis."),
				 errhint("Example: (0.243,4.414,0.793,2.426,6.25,3.74,15.44,,,0)")));
	}
	PG_RETURN_POINTER(clv_model_make(&figures, escontext));
}

/* Text form, in the fewest digits that read back exactly. */
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
	appendStringInfo(&out, INT64_FORMAT, model->customers);
	if (model->form == CLV_WITH_ERRORS)
	{
		clv_append_covariances(&out, model->errors.purchases, CLV_PURCHASES_ERRORS);
		clv_append_covariances(&out, model->errors.spend, CLV_SPEND_ERRORS);
	}
	appendStringInfoChar(&out, ')');
	PG_RETURN_CSTRING(out.data);
}

/*
 * Format, figures and customers, in network order; errors after them are format 2.  Format 1
 * is that of version 0.1.0, and of models without errors.
 */
#define CLV_BINARY				1
#define CLV_BINARY_ERRORS		2
#define CLV_BINARY_SIZE			(1 + CLV_FIGURES * 8 + 8)
#define CLV_BINARY_ERRORS_SIZE	(CLV_BINARY_SIZE + CLV_ERRORS * 8)

/* Binary form; error 22P03 if it is not one, 22003 for impossible parameters. */
Datum
clv_model_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	int			size = in->len - in->cursor;
	int			format = size > 0 ? pq_getmsgbyte(in) : 0;
	ClvModel	figures = {0};
	int			i;

	if (!(format == CLV_BINARY && size == CLV_BINARY_SIZE) &&
		!(format == CLV_BINARY_ERRORS && size == CLV_BINARY_ERRORS_SIZE))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of a model of customer value: "
						"format %d, %d bytes in all", format, size),
				 errdetail("Format %d has %d bytes, format %d has %d.", CLV_BINARY,
						   CLV_BINARY_SIZE, CLV_BINARY_ERRORS, CLV_BINARY_ERRORS_SIZE)));
	for (i = 0; i < CLV_FIGURES; i++)
		clv_figures(&figures)[i] = pq_getmsgfloat8(in);
	figures.customers = pq_getmsgint64(in);
	if (format == CLV_BINARY_ERRORS)
	{
		figures.form = CLV_WITH_ERRORS;
		for (i = 0; i < CLV_ERRORS; i++)
			((double *) &figures.errors)[i] = pq_getmsgfloat8(in);
	}
	PG_RETURN_POINTER(clv_model_make(&figures, NULL));
}

/* Binary form. */
Datum
clv_model_send(PG_FUNCTION_ARGS)
{
	const ClvModel *model = PG_GETARG_CLV_MODEL(0);
	bool		errors = model->form == CLV_WITH_ERRORS;
	StringInfoData out;
	int			i;

	pq_begintypsend(&out);
	pq_sendint8(&out, errors ? CLV_BINARY_ERRORS : CLV_BINARY);
	for (i = 0; i < CLV_FIGURES; i++)
		pq_sendfloat8(&out, clv_figure(model, i));
	pq_sendint64(&out, model->customers);
	for (i = 0; errors && i < CLV_ERRORS; i++)
		pq_sendfloat8(&out, clv_figure(model, CLV_FIGURES + i));
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
