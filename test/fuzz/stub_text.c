/*
 * stub_text.c: strings, and numbers in text.
 */
#include "stub.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/float.h"

#undef vsnprintf

/* --- strings ----------------------------------------------------------------------------- */

char *
psprintf(const char *format,...)
{
	va_list		args;
	int			length;
	char	   *text;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	text = palloc(length + 1);
	va_start(args, format);
	vsnprintf(text, length + 1, format, args);
	va_end(args);
	return text;
}

void
initStringInfo(StringInfo str)
{
	str->maxlen = 1024;
	str->data = palloc(str->maxlen);
	str->data[0] = '\0';
	str->len = str->cursor = 0;
}

void
resetStringInfo(StringInfo out)
{
	out->data[0] = '\0';
	out->len = out->cursor = 0;
}

void
enlargeStringInfo(StringInfo str, int needed)
{
	int			size = str->maxlen;

	if (needed < 0 || (Size) needed >= MaxAllocSize - (Size) str->len)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("out of memory")));
	while (size < str->len + needed + 1)
		size *= 2;
	if (size > str->maxlen)
		str->data = repalloc(str->data, size);
	str->maxlen = size;
}

void
appendBinaryStringInfo(StringInfo str, const char *data, int size)
{
	enlargeStringInfo(str, size);
	memcpy(str->data + str->len, data, size);
	str->len += size;
	str->data[str->len] = '\0';
}

void
appendStringInfoString(StringInfo str, const char *text)
{
	appendBinaryStringInfo(str, text, strlen(text));
}

void
appendStringInfoChar(StringInfo str, char ch)
{
	appendBinaryStringInfo(str, &ch, 1);
}

void
appendStringInfo(StringInfo str, const char *format,...)
{
	char		text[4096];
	va_list		args;
	int			length;

	va_start(args, format);
	length = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (length >= (int) sizeof(text))
		defect("a piece of text longer than expected");
	appendBinaryStringInfo(str, text, length);
}

/* --- numbers and texts ------------------------------------------------------------------------ */

double
float8in_internal(char *number, char **end, const char *type, const char *all FLOAT8IN_CONTEXT)
{
	double		value;

	errno = 0;
	value = strtod(number, end);
	if (*end == number)
		ereport(ERROR, (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
						errmsg("invalid input syntax for type %s: \"%s\"", type, all)));
	if (errno == ERANGE && (value == 0.0 || isinf(value)))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						errmsg("\"%s\" is out of range for type double precision", all)));
	*end += strspn(*end, " \t\n\r\v\f");
	return value;
}

char *
float8out_internal(double value)
{
	return psprintf("%.17g", value);
}

int
GetDatabaseEncoding(void)
{
	return PG_UTF8;
}

char *
pg_any_to_server(const char *s, int length, int encoding)
{
	return unconstify(char *, s);
}

char *
pg_server_to_any(const char *s, int length, int encoding)
{
	return unconstify(char *, s);
}

/* How many bytes of whole characters are within the limit. */
int
pg_mbcliplen(const char *s, int length, int limit)
{
	if (length <= limit)
		return length;
	while (limit > 0 && (s[limit] & 0xc0) == 0x80)
		limit--;
	return limit;
}

/* Order of numbers; NaN equals NaN and comes last. */
int
float8_cmp_internal(float8 a, float8 b)
{
	if (isnan(a) || isnan(b))
		return (isnan(a) != 0) - (isnan(b) != 0);
	return (a > b) - (a < b);
}
