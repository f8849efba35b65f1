/*
 * purchase.c: the type purchase_history.
 *
 * A customer's history for BG/NBD and gamma-gamma: the number of repeat purchases,
 * the weeks from the first to the last one and to the end of observation, and the
 * mean amount of the repeat purchases.  The last is 0 where there are none or where
 * amounts are not known.
 *
 * Text: (2,30.43,38.86,22.35).
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"

#include "purchase.h"

PG_FUNCTION_INFO_V1(purchase_history);
PG_FUNCTION_INFO_V1(purchase_history_in);
PG_FUNCTION_INFO_V1(purchase_history_out);
PG_FUNCTION_INFO_V1(purchase_history_recv);
PG_FUNCTION_INFO_V1(purchase_history_send);
PG_FUNCTION_INFO_V1(purchase_history_hash);
PG_FUNCTION_INFO_V1(purchase_history_hash_extended);
PG_FUNCTION_INFO_V1(frequency);
PG_FUNCTION_INFO_V1(recency);
PG_FUNCTION_INFO_V1(age);
PG_FUNCTION_INFO_V1(monetary);

/* --- making and reading values ---------------------------------------------------- */

/* A stored or passed value in either form; not to be written to. */
void *
purchase_detoast(Datum value)
{
	return summary_detoast(value, PURCHASE_VERSION, "purchase history");
}

/* The same, complete. */
PurchaseHistory *
purchase_history_detoast(Datum value)
{
	PurchaseHistory *history = purchase_detoast(value);

	if (unlikely(history->form == PURCHASE_DAYS))
	{
		history = purchase_completed((PurchaseDays *) history);
		if (history == NULL)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("purchase history without a purchase")));
	}
	return history;
}

/* The one validator: every way into the type ends here.  NULL after a soft error. */
PurchaseHistory *
purchase_make(int64 frequency, double recency, double age, double monetary,
			  struct Node *escontext)
{
	PurchaseHistory *history;

	if (!(frequency >= 0 && frequency <= PG_INT32_MAX && recency >= 0.0 && recency <= age &&
		  age <= PURCHASE_MAX_WEEKS && monetary >= 0.0 && monetary <= PURCHASE_MAX_AMOUNT))
		ereturn(escontext, NULL,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("impossible purchase history: frequency " INT64_FORMAT ", recency %s, age %s, monetary %s",
						frequency, summary_print(recency), summary_print(age), summary_print(monetary)),
				 errdetail("Frequency is 0 to %d; recency is 0 to age, age at most %g weeks; monetary is 0 to %g.",
						   PG_INT32_MAX, PURCHASE_MAX_WEEKS, PURCHASE_MAX_AMOUNT)));
	if (frequency == 0 && (recency > 0.0 || monetary > 0.0))
		ereturn(escontext, NULL,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("purchase history without repeat purchases, but with recency %s and monetary %s",
						summary_print(recency), summary_print(monetary)),
				 errdetail("Recency is the time from the first to the last purchase, monetary the mean amount of repeat purchases: without these they are 0.")));
	history = palloc0(sizeof(PurchaseHistory));
	SET_VARSIZE(history, sizeof(PurchaseHistory));
	history->version = PURCHASE_VERSION;
	history->frequency = (int32) frequency;
	/* a zero has no sign here, as equal values must have equal hashes */
	history->recency = recency + 0.0;
	history->age = age + 0.0;
	history->monetary = monetary + 0.0;
	return history;
}

/* purchase_history(frequency, recency, age, monetary): monetary may be NULL. */
Datum
purchase_history(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(purchase_make(PG_GETARG_INT32(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
									PG_ARGISNULL(3) ? 0.0 : PG_GETARG_FLOAT8(3), NULL));
}

Datum
frequency(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_PURCHASE_HISTORY(0)->frequency);
}

Datum
recency(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_PURCHASE_HISTORY(0)->recency);
}

Datum
age(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_PURCHASE_HISTORY(0)->age);
}

Datum
monetary(PG_FUNCTION_ARGS)
{
	double		mean = PG_GETARG_PURCHASE_HISTORY(0)->monetary;

	if (mean == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(mean);
}

/* --- text and binary forms -------------------------------------------------------- */

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
				 errmsg("invalid input syntax for type purchase_history: \"%s\"", summary_shown(text)),
				 errdetail("A purchase history is written (frequency,recency,age,monetary), in weeks."),
				 errhint("Example: (2,30.43,38.86,22.35)")));
	}
	PG_RETURN_POINTER(purchase_make(frequency, recency, age, monetary, escontext));
}

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
				 errmsg("invalid binary form of a purchase history: format %d, %d bytes in all", version, size),
				 errdetail("Format %d has %d bytes.", PURCHASE_VERSION, PURCHASE_BINARY_SIZE)));
	frequency = (int32) pq_getmsgint(in, 4);
	recency = pq_getmsgfloat8(in);
	age = pq_getmsgfloat8(in);
	monetary = pq_getmsgfloat8(in);
	PG_RETURN_POINTER(purchase_make(frequency, recency, age, monetary, NULL));
}

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

/* --- equality, order and hashes ------------------------------------------------------ */

static int
purchase_order(double a, double b)
{
	return (a > b) - (a < b);
}

/* By frequency, then recency, age and amount; no figure is NaN. */
static int
purchase_history_compare(const PurchaseHistory *a, const PurchaseHistory *b)
{
	int			order = (a->frequency > b->frequency) - (a->frequency < b->frequency);

	if (order == 0)
		order = purchase_order(a->recency, b->recency);
	if (order == 0)
		order = purchase_order(a->age, b->age);
	if (order == 0)
		order = purchase_order(a->monetary, b->monetary);
	return order;
}

SUMMARY_ORDER(purchase_history, PurchaseHistory, purchase_history_detoast, purchase_history_compare)

/* Hash of all figures; they lie side by side without padding. */
static uint64
purchase_hash_seeded(FunctionCallInfo fcinfo, uint64 seed)
{
	PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY(0);
	uint64		hash = hash_bytes_extended((const unsigned char *) &history->frequency,
										   (int) (sizeof(PurchaseHistory) - offsetof(PurchaseHistory, frequency)), seed);

	PG_FREE_IF_COPY(history, 0);
	return hash;
}

Datum
purchase_history_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) purchase_hash_seeded(fcinfo, 0));
}

Datum
purchase_history_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) purchase_hash_seeded(fcinfo, (uint64) PG_GETARG_INT64(1)));
}
