/*
 * clustered_io.c: the text and binary forms of clustered tallies, and JSON.
 *
 * Text: lowest..highest:clusters:{count,...}:{{product},{product,product},...}, the
 * products of each score with itself and those below it; {} without a cluster.
 * Binary: version, lo, hi, clusters, cells, in network order.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "clustered.h"

PG_FUNCTION_INFO_V1(clustered_tally_in);
PG_FUNCTION_INFO_V1(clustered_tally_out);
PG_FUNCTION_INFO_V1(clustered_tally_recv);
PG_FUNCTION_INFO_V1(clustered_tally_send);
PG_FUNCTION_INFO_V1(clustered_tally_to_jsonb);

/* --- text ------------------------------------------------------------------ */

/* {number,...}, exactly so many, at *at; *fits is false if one is no 64-bit number. */
static bool
clustered_parse_list(const char **at, int64 *numbers, int count, bool *fits)
{
	int			i;

	for (i = 0; i < count; i++)
	{
		if (!summary_parse_sign(at, i == 0 ? "{" : ",") ||
			!summary_parse_number(at, &numbers[i], fits) || !*fits)
			return false;
	}
	return summary_parse_sign(at, "}");
}

/* What follows the scale. */
static bool
clustered_parse_cells(const char **at, Clustered *ct, bool *fits)
{
	int			i;

	if (!summary_parse_number(at, &ct->clusters, fits) || !*fits ||
		!summary_parse_sign(at, ":") ||
		!clustered_parse_list(at, ct->cells, clustered_points(ct), fits) ||
		!summary_parse_sign(at, ":"))
		return false;
	for (i = 0; i < clustered_points(ct); i++)
	{
		if (!summary_parse_sign(at, i == 0 ? "{" : ",") ||
			!clustered_parse_list(at, clustered_product(ct, i, 0), i + 1, fits))
			return false;
	}
	return summary_parse_sign(at, "}");
}

Datum
clustered_tally_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct Node *escontext = (struct Node *) fcinfo->context;
	const char *at = text;
	Clustered  *ct = NULL;
	bool		good,
				fits = true;
	int64		lo,
				hi;

	if (summary_parse_sign(&at, "{"))
	{
		ct = clustered_empty(CLUSTERED_NO_LO, CLUSTERED_NO_HI);
		good = summary_parse_sign(&at, "}");
	}
	else if (tally_parse_scale(&at, &lo, &hi))
	{
		if (!tally_check_scale(lo, hi, ERRCODE_INVALID_TEXT_REPRESENTATION, escontext))
			return (Datum) 0;
		ct = clustered_empty((int32) lo, (int32) hi);
		good = clustered_parse_cells(&at, ct, &fits);
	}
	else
		good = false;
	if (!fits)
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number out of range for a clustered tally: \"%s\"", summary_shown(text)),
				 errdetail("Clusters, counts and products of counts go up to " INT64_FORMAT ".",
						   PG_INT64_MAX)));
	at += strspn(at, " \t\n\r");
	if (!good || *at != '\0')
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type clustered_tally: \"%s\"",
						summary_shown(text)),
				 errdetail("A clustered tally is written lowest..highest:clusters:{count,...}:"
						   "{{product},{product,product},...}, of at most %d points.",
						   TALLY_MAX_POINTS),
				 errhint("Example: 0..1:2:{1,3}:{{1},{2,5}}")));
	clustered_settle(ct);
	if (!clustered_check(ct, ERRCODE_INVALID_TEXT_REPRESENTATION, escontext))
		return (Datum) 0;
	PG_RETURN_POINTER(ct);
}

/* Numbers as a list between these two. */
static void
clustered_append_list(StringInfo out, const int64 *numbers, int count, char open, char close)
{
	int			i;

	appendStringInfoChar(out, open);
	for (i = 0; i < count; i++)
		appendStringInfo(out, i == 0 ? INT64_FORMAT : "," INT64_FORMAT, numbers[i]);
	appendStringInfoChar(out, close);
}

static void
clustered_append_products(StringInfo out, Clustered *ct, char open, char close)
{
	int			i;

	appendStringInfoChar(out, open);
	for (i = 0; i < clustered_points(ct); i++)
	{
		if (i > 0)
			appendStringInfoChar(out, ',');
		clustered_append_list(out, clustered_product(ct, i, 0), i + 1, open, close);
	}
	appendStringInfoChar(out, close);
}

Datum
clustered_tally_out(PG_FUNCTION_ARGS)
{
	Clustered  *ct = PG_GETARG_CLUSTERED(0);
	StringInfoData out;

	initStringInfo(&out);
	if (clustered_is_void(ct))
		appendStringInfoString(&out, "{}");
	else
	{
		appendStringInfo(&out, "%d..%d:" INT64_FORMAT ":", ct->lo, ct->hi, ct->clusters);
		clustered_append_list(&out, ct->cells, clustered_points(ct), '{', '}');
		appendStringInfoChar(&out, ':');
		clustered_append_products(&out, ct, '{', '}');
	}
	PG_RETURN_CSTRING(out.data);
}

/* {"scale":[lo,hi],"clusters":k,"counts":[...],"products":[[...],...]} */
Datum
clustered_tally_to_jsonb(PG_FUNCTION_ARGS)
{
	Clustered  *ct = PG_GETARG_CLUSTERED(0);
	StringInfoData out;

	initStringInfo(&out);
	if (clustered_is_void(ct))
		appendStringInfoString(&out, "{\"scale\":null,");
	else
		appendStringInfo(&out, "{\"scale\":[%d,%d],", ct->lo, ct->hi);
	appendStringInfo(&out, "\"clusters\":" INT64_FORMAT ",\"counts\":", ct->clusters);
	clustered_append_list(&out, ct->cells, clustered_points(ct), '[', ']');
	appendStringInfoString(&out, ",\"products\":");
	clustered_append_products(&out, ct, '[', ']');
	appendStringInfoChar(&out, '}');
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(out.data));
}

/* --- binary ------------------------------------------------------------------ */

/* version, lo, hi, clusters, then the cells, all in network order */
#define CLUSTERED_BINARY_HEADER (1 + 4 + 4 + 8)

Datum
clustered_tally_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	int			rest = in->len - in->cursor - CLUSTERED_BINARY_HEADER;
	int			version = 0;
	int32		lo,
				hi;
	Clustered  *ct;
	int			i;

	if (rest >= 0)
		version = pq_getmsgbyte(in);
	if (version != CLUSTERED_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of a clustered tally: format %d, %d bytes in all",
						version, in->len),
				 errdetail("Format %d has %d bytes, and 8 for each count and each product.",
						   CLUSTERED_VERSION, CLUSTERED_BINARY_HEADER)));
	lo = (int32) pq_getmsgint(in, 4);
	hi = (int32) pq_getmsgint(in, 4);
	if (lo != CLUSTERED_NO_LO || hi != CLUSTERED_NO_HI)
		tally_check_scale(lo, hi, ERRCODE_INVALID_BINARY_REPRESENTATION, NULL);
	ct = clustered_empty(lo, hi);
	if (rest != clustered_cells(ct) * (int) sizeof(int64))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("clustered tally of the scale %d..%d needs %d bytes of cells, not %d",
						lo, hi, clustered_cells(ct) * (int) sizeof(int64), rest)));
	ct->clusters = pq_getmsgint64(in);
	for (i = 0; i < clustered_cells(ct); i++)
		ct->cells[i] = pq_getmsgint64(in);
	clustered_settle(ct);
	clustered_check(ct, ERRCODE_INVALID_BINARY_REPRESENTATION, NULL);
	PG_RETURN_POINTER(ct);
}

Datum
clustered_tally_send(PG_FUNCTION_ARGS)
{
	Clustered  *ct = PG_GETARG_CLUSTERED(0);
	StringInfoData out;
	int			i;

	pq_begintypsend(&out);
	pq_sendint8(&out, CLUSTERED_VERSION);
	pq_sendint32(&out, ct->lo);
	pq_sendint32(&out, ct->hi);
	pq_sendint64(&out, ct->clusters);
	for (i = 0; i < clustered_cells(ct); i++)
		pq_sendint64(&out, ct->cells[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
