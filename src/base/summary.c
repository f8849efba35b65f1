/*
 * summary.c: what all summary types and their readers share.
 */
#include "postgres.h"

#include "common/int.h"
#include "common/shortest_dec.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/float.h"

#include "summary.h"

/* Text of a double precision value for messages, as SQL prints it. */
char *
summary_print(double value)
{
	return float8out_internal(value);
}

/*
 * A stored or passed value in full, not to be written to.  All types have the number
 * of their format after the length; an unknown number is an error.
 */
void *
summary_detoast(Datum value, int version, const char *type)
{
	Summary    *summary = (Summary *) PG_DETOAST_DATUM(value);

	if (unlikely(summary->version != version))
		summary_unknown_format(summary, type);
	return summary;
}

/* Raise the error that a value has a format this version does not know. */
void
summary_unknown_format(const Summary *summary, const char *type)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("%s of unknown format %d", type, summary->version),
			 errhint("It was written by a newer recovery_kpi, or is damaged.")));
}

/* A private, full copy of a variable-length value. */
void *
summary_copy(Datum value)
{
	return PG_DETOAST_DATUM_COPY(value);
}

/* --- internal states of aggregates ------------------------------------------- */

/* The memory in which the state of the calling aggregate lives. */
MemoryContext
summary_memory(FunctionCallInfo fcinfo)
{
	MemoryContext memory;

	if (!AggCheckCallContext(fcinfo, &memory))
		elog(ERROR, "function of an aggregate called outside of one");
	return memory;
}

/* Raise the error that bytes are not a state. */
void
summary_serial_error(const char *type)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid partial result of an aggregate: %s", type),
			 errhint("All servers and workers must have the same version of recovery_kpi.")));
}

/*
 * Read a state that comes as bytes, in argument 0 of a deserial function: the version is
 * checked, and that the rest of the header is there.
 */
void
summary_serial(FunctionCallInfo fcinfo, StringInfo in, int version, int header, const char *type)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);

	in->data = VARDATA_ANY(bytes);
	in->len = VARSIZE_ANY_EXHDR(bytes);
	in->maxlen = 0;
	in->cursor = 0;
	if (in->len < header || pq_getmsgbyte(in) != version)
		summary_serial_error(type);
}

/* --- figures ------------------------------------------------------------------- */

/* A figure as an SQL value: one that does not exist is NULL, never NaN or Infinity. */
Datum
summary_number(FunctionCallInfo fcinfo, double value)
{
	if (!isfinite(value))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

/*
 * The confidence level in an argument, above 0 and below 1; error 22023 otherwise.  A
 * function without this argument, such as the last step of an aggregate, takes 0.95.
 */
double
summary_confidence(FunctionCallInfo fcinfo, int argno)
{
	double		confidence = argno < PG_NARGS() ? PG_GETARG_FLOAT8(argno) : 0.95;

	if (!(confidence > 0.0 && confidence < 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence %s is not between 0 and 1", summary_print(confidence)),
				 errhint("Write 95 %% as 0.95.")));
	return confidence;
}

/* A percentage, 0..100; error 22023 otherwise. */
double
summary_percentage(double value, const char *what)
{
	if (!(value >= 0.0 && value <= 100.0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s is not a percentage between 0 and 100", what,
						summary_print(value))));
	return value;
}

/* Raise an error for a count below 0. */
void
summary_require_count(int64 count, const char *what)
{
	if (count < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("negative number of %s: " INT64_FORMAT, what, count),
				 errdetail("Counts lie between 0 and " INT64_FORMAT ".", PG_INT64_MAX)));
}

/* The index of the name that was given, in any case of letters; error 22023 if unknown. */
int
summary_choice(const char *given, const char *what, const char *const *names, int count)
{
	StringInfoData list;
	int			i;

	for (i = 0; i < count; i++)
	{
		if (pg_strcasecmp(given, names[i]) == 0)
			return i;
	}
	initStringInfo(&list);
	for (i = 0; i < count; i++)
		appendStringInfo(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown %s: \"%s\"", what, summary_shown(given)),
			 errhint("Known ones: %s.", list.data)));
}

/* --- text forms ------------------------------------------------------------- */

/*
 * Read a whole number at *at, after blanks, and move *at past it.  False if there is
 * no number; *fits says whether it fits into 64 bits.
 */
bool
summary_parse_number(const char **at, int64 *number, bool *fits)
{
	bool		negative;
	int64		value = 0;

	*fits = true;
	*at += strspn(*at, " \t\n\r");
	negative = **at == '-';
	if (negative)
		(*at)++;
	if (**at < '0' || **at > '9')
		return false;
	for (; **at >= '0' && **at <= '9'; (*at)++)
	{
		CHECK_FOR_INTERRUPTS();	/* a text can hold very many leading zeros */
		/* gathered as a negative number, whose range is the larger one */
		if (pg_mul_s64_overflow(value, 10, &value) ||
			pg_sub_s64_overflow(value, **at - '0', &value))
			*fits = false;
	}
	if (!negative && value == PG_INT64_MIN)
		*fits = false;
	if (*fits)
		*number = negative ? value : -value;
	return true;
}

/* Read a fixed piece of the text form at *at, after blanks; false if it is not there. */
bool
summary_parse_sign(const char **at, const char *sign)
{
	*at += strspn(*at, " \t\n\r");
	if (strncmp(*at, sign, strlen(sign)) != 0)
		return false;
	*at += strlen(sign);
	return true;
}

/* More than the exact value of any double precision number needs. */
#define SUMMARY_MAX_DIGITS	2000

/*
 * Read a number with decimals at *at, after blanks, and move *at past it.  Its range
 * is checked later.  False if there is no number, and after a soft error for one too
 * large.
 */
bool
summary_parse_double(const char **at, double *number, const char *type, struct Node *escontext)
{
	char		token[SUMMARY_MAX_DIGITS + 1];
	const char *digit = token;
	char	   *end;
	int			length;

	*at += strspn(*at, " \t\n\r");
	/* float8in cannot be interrupted, and would accept NaN, Infinity and 0x1p3 */
	for (length = 0;
		 (*at)[length] != '\0' && strchr("+-.0123456789eE", (*at)[length]) != NULL;
		 length++)
	{
		if (length == SUMMARY_MAX_DIGITS)
			return false;
		token[length] = (*at)[length];
	}
	token[length] = '\0';
	digit += *digit == '+' || *digit == '-';
	digit += *digit == '.';
	if (*digit < '0' || *digit > '9')
		return false;
	*number = float8in_soft(token, &end, type, token, escontext);
	if (SOFT_ERROR_OCCURRED(escontext))
		return false;
	*at += end - token;
	return true;
}

/* Append a number in the fewest digits that read back exactly, whatever the settings. */
void
summary_append_double(StringInfo out, double number)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	double_to_shortest_decimal_buf(number, digits);
	appendStringInfoString(out, digits);
}

/* The text, or the first SUMMARY_SHOWN bytes of a longer one, for messages. */
const char *
summary_shown(const char *text)
{
	int			shown = pg_mbcliplen(text, strlen(text), SUMMARY_SHOWN);

	return text[shown] == '\0' ? text : psprintf("%.*s...", shown, text);
}

/* bytes of a wrong text form that an error shows */
#define SUMMARY_TEXT_SHOWN	80

static const char *
summary_text_shown(const char *text)
{
	return pnstrdup(text, pg_mbcliplen(text, strlen(text), SUMMARY_TEXT_SHOWN));
}

/*
 * The end of a reader of text forms: has it read the whole text, up to *at and blanks after
 * it?  Errors 22003 for a number that does not fit and 22P02 for what is not the form; false
 * after a soft one.
 */
bool
summary_text_whole(const TextForm *form, const char *text, const char *at, bool good, bool fits,
				   struct Node *escontext)
{
	at += strspn(at, " \t\n\r");
	if (!fits)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s before \"%s\"", form->out_of_range, summary_text_shown(at))));
	if (!good || *at != '\0')
		ereturn(escontext, false,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", form->type,
						summary_text_shown(text)),
				 errdetail("It fails at \"%s\".", summary_text_shown(at)),
				 errhint("%s", form->hint)));
	return true;
}
