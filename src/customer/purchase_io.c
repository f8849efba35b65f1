/*
 * purchase_io.c: text and binary forms of purchase histories.
 *
 * Text: (2,30.43,38.86,22.35).
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"

#include "purchase.h"

PG_FUNCTION_INFO_V1(purchase_history_in);
PG_FUNCTION_INFO_V1(purchase_history_out);
PG_FUNCTION_INFO_V1(purchase_history_recv);
PG_FUNCTION_INFO_V1(purchase_history_send);

/* Text form; error 22P02 if it is not one, 22003 for an impossible history. */
Datum
purchase_history_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct Node *escontext = (struct Node *) fcinfo->context;
	const char *type = "purchase_history";
	const char *at = text;
	int64		frequency = 0;
	double		recency = 0.0,
				age = 0.0,
				monetary = 0.0;
	bool		fits = true;
	bool		good;

	good = summary_parse_sign(&at, "(") &&
		summary_parse_number(&at, &frequency, &fits) && fits &&
		summary_parse_sign(&at, ",") && summary_parse_double(&at, &recency, type, escontext) &&
		summary_parse_sign(&at, ",") && summary_parse_double(&at, &age, type, escontext) &&
		summary_parse_sign(&at, ",") && summary_parse_double(&at, &monetary, type, escontext) &&
		summary_parse_sign(&at, ")");
	at += strspn(at, " \t\n\r");
	if (!good || *at != '\0')
	{
		if (SOFT_ERROR_OCCURRED(escontext))
			return (Datum) 0;
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type purchase_history: \"%s\"",
						summary_shown(text)),
				 errdetail("A purchase history is written (frequency,recency,age,monetary), "
						   "in weeks."),
				 errhint("Example: (2,30.43,38.86,22.35)")));
	}
	PG_RETURN_POINTER(purchase_make(frequency, recency, age, monetary, escontext));
}

/* Text form, in the fewest digits that read back exactly. */
Datum
purchase_history_out(PG_FUNCTION_ARGS)
{
	const PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY(0);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "(%d,", history->frequency);
	summary_append_double(&out, history->recency);
	appendStringInfoChar(&out, ',');
	summary_append_double(&out, history->age);
	appendStringInfoChar(&out, ',');
	summary_append_double(&out, history->monetary);
	appendStringInfoChar(&out, ')');
	PG_RETURN_CSTRING(out.data);
}

/* version, frequency, recency, age and monetary, in network order */
#define PURCHASE_BINARY_SIZE	(1 + 4 + 3 * 8)

/* Binary form; error 22P03 if it is not one, 22003 for an impossible history. */
Datum
purchase_history_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	int			size = in->len - in->cursor;
	int			version = size > 0 ? pq_getmsgbyte(in) : 0;
	int32		frequency;
	double		recency,
				age,
				monetary;

	if (version != PURCHASE_VERSION || size != PURCHASE_BINARY_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of a purchase history: format %d, %d bytes in all",
						version, size),
				 errdetail("Format %d has %d bytes.", PURCHASE_VERSION, PURCHASE_BINARY_SIZE)));
	frequency = (int32) pq_getmsgint(in, 4);
	recency = pq_getmsgfloat8(in);
	age = pq_getmsgfloat8(in);
	monetary = pq_getmsgfloat8(in);
	PG_RETURN_POINTER(purchase_make(frequency, recency, age, monetary, NULL));
}

/* Binary form. */
Datum
purchase_history_send(PG_FUNCTION_ARGS)
{
	const PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY(0);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendint8(&out, PURCHASE_VERSION);
	pq_sendint32(&out, history->frequency);
	pq_sendfloat8(&out, history->recency);
	pq_sendfloat8(&out, history->age);
	pq_sendfloat8(&out, history->monetary);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
