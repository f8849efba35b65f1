/*
 * tally_json.c: tallies and paired tallies as JSON, {"scale":[1,5],"counts":[...]}, and
 * tallies of jsonb.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "tally.h"

PG_FUNCTION_INFO_V1(tally_to_jsonb);
PG_FUNCTION_INFO_V1(tally_to_json);
PG_FUNCTION_INFO_V1(jsonb_to_tally);

static Datum
tally_json(const Tally *tally, PGFunction input)
{
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "{\"scale\":[%d,%d],\"counts\":", tally->lo, tally->hi);
	tally_append_counts(&out, tally, '[', ']');
	appendStringInfoChar(&out, '}');
	return DirectFunctionCall1(input, CStringGetDatum(out.data));
}

/* The tally as jsonb. */
Datum
tally_to_jsonb(PG_FUNCTION_ARGS)
{
	return tally_json(PG_GETARG_TALLY(0), jsonb_in);
}

/* The tally as json. */
Datum
tally_to_json(PG_FUNCTION_ARGS)
{
	return tally_json(PG_GETARG_TALLY(0), json_in);
}

/* Read {"scale": [lo, hi], "counts": at *at. */
static bool
tally_parse_json_scale(const char **at, int64 *lo, int64 *hi)
{
	bool		fits[2] = {true, true};

	return summary_parse_sign(at, "{") &&
		summary_parse_sign(at, "\"scale\"") &&
		summary_parse_sign(at, ":") &&
		summary_parse_sign(at, "[") &&
		summary_parse_number(at, lo, &fits[0]) &&
		summary_parse_sign(at, ",") &&
		summary_parse_number(at, hi, &fits[1]) &&
		summary_parse_sign(at, "]") &&
		summary_parse_sign(at, ",") &&
		summary_parse_sign(at, "\"counts\"") &&
		summary_parse_sign(at, ":") &&
		fits[0] && fits[1];
}

/*
 * The tally of a jsonb value.  jsonb keeps keys in the order of their length, so its
 * text has one form and is read like that of a tally.  Errors: 22P02 unless it is an
 * object of scale and counts in whole numbers, 22003 a negative or too large count.
 */
Datum
jsonb_to_tally(PG_FUNCTION_ARGS)
{
	Jsonb	   *json = PG_GETARG_JSONB_P(0);
	char	   *text = JsonbToCString(NULL, &json->root, VARSIZE(json));
	const char *at = text;
	const char *misfit = NULL;
	int64		counts[TALLY_MAX_POINTS];
	int			ncounts = 0;
	int64		lo = 0,
				hi = 0;
	bool		good = tally_parse_json_scale(&at, &lo, &hi) &&
		tally_parse_counts(&at, "[]", counts, &ncounts, TALLY_MAX_POINTS, &misfit) &&
		summary_parse_sign(&at, "}");

	tally_counts_fit(misfit, at, NULL);
	if (!good)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("jsonb is not a tally: %s", summary_shown(text)),
				 errdetail("A tally is an object of scale, [lowest,highest], and counts, "
						   "a whole number for each of at most %d points; nothing else.",
						   TALLY_MAX_POINTS),
				 errhint("Example: {\"scale\":[1,5],\"counts\":[3,0,4,10,12]}")));
	PG_RETURN_POINTER(tally_make(lo, hi, false, counts, ncounts,
								 ERRCODE_INVALID_TEXT_REPRESENTATION, NULL));
}
