/*
 * parse_score.c: a score as survey tools export it, out of text.
 *
 * A score is a whole number, written as such (9, 9.0) or out of the highest (9/10), and
 * it may have a label after a sign (9 - Very likely, 5 (very satisfied)).  Nothing else
 * is guessed: a number somewhere in a text is not taken for its score.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "base/summary.h"

PG_FUNCTION_INFO_V1(parse_score);

/* Texts that stand for no answer, in small letters. */
static const char *const score_absent[] = {
	"", "-", "--", "---", ".", "?", "n/a", "#n/a", "<na>", "na", "n.a.", "n. a.", "nan", "null",
	"none", "no answer", "no response", "no opinion", "not answered", "not applicable", "not sure",
	"don't know", "dont know", "do not know", "i don't know", "i dont know", "i do not know", "dk",
	"unknown", "unsure", "missing", "blank", "skipped", "refused", "declined to answer",
	"prefer not to say", "prefer not to answer", "rather not say"
};

/* No text of the list is longer. */
#define SCORE_ABSENT_LENGTH 32

/* Digits of a score; more cannot be an integer. */
#define SCORE_DIGITS	10

/* Signs beyond ASCII, and what they are read as; in UTF-8. */
static const struct
{
	const char *bytes;
	const char *plain;
}			score_signs[] = {
	{"\xc2\xa0", " "},			/* no-break space */
	{"\xe2\x80\xaf", " "},		/* narrow no-break space */
	{"\xe3\x80\x80", " "},		/* ideographic space */
	{"\xef\xbb\xbf", " "},		/* byte order mark */
	{"\xe2\x80\x8b", " "},		/* zero width space */
	{"\xe2\x80\x98", "'"},		/* quotation marks */
	{"\xe2\x80\x99", "'"},
	{"\xc2\xb4", "'"},
	{"\xe2\x80\x90", "-"},		/* hyphens, dashes, minus */
	{"\xe2\x80\x91", "-"},
	{"\xe2\x80\x92", "-"},
	{"\xe2\x80\x93", "-"},
	{"\xe2\x80\x94", "-"},
	{"\xe2\x88\x92", "-"}
};

/* The text with plain signs, one blank for several and none at its ends. */
static char *
score_plain(const char *text, int length)
{
	char	   *plain;
	char	   *at;
	const char *end;

	if (GetDatabaseEncoding() != PG_SQL_ASCII)
	{
		const char *utf8 = pg_server_to_any(text, length, PG_UTF8);

		if (utf8 != text)
			length = strlen(utf8);
		text = utf8;
	}
	at = plain = palloc(length + 1);
	end = text + length;
	while (text < end)
	{
		char		sign = *text;
		int			bytes = 1;
		int			i;

		CHECK_FOR_INTERRUPTS();
		/* all of these begin with a byte beyond ASCII */
		for (i = 0; IS_HIGHBIT_SET(sign) && i < (int) lengthof(score_signs); i++)
		{
			int			size = strlen(score_signs[i].bytes);

			if (size <= end - text && memcmp(text, score_signs[i].bytes, size) == 0)
			{
				sign = *score_signs[i].plain;
				bytes = size;
				break;
			}
		}
		text += bytes;
		if (sign == '\t' || sign == '\n' || sign == '\r' || sign == '\v' || sign == '\f')
			sign = ' ';
		if (sign != ' ' || (at > plain && at[-1] != ' '))
			*at++ = sign;
	}
	if (at > plain && at[-1] == ' ')
		at--;
	*at = '\0';
	return plain;
}

static bool
score_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Does it stand for no answer? */
static bool
score_is_absent(const char *plain)
{
	int			i;

	if (score_digit(*plain))
		return false;
	for (i = 0; i < (int) lengthof(score_absent); i++)
	{
		if (strlen(plain) <= SCORE_ABSENT_LENGTH && pg_strcasecmp(plain, score_absent[i]) == 0)
			return true;
	}
	return false;
}

static void
score_skip_blank(const char **at)
{
	*at += **at == ' ';
}

/*
 * Read a whole number at *at, which may have a sign and decimals that are zero; false if
 * there is none, or if it is too large.
 */
static bool
score_parse_number(const char **at, int64 *number)
{
	const char *c = *at;
	bool		negative = *c == '-';
	int			digits = 0;
	int			zeros = 0;

	*number = 0;
	if (*c == '-' || *c == '+')
		c++;
	for (; score_digit(*c); c++)
	{
		digits += digits > 0 || *c != '0';	/* zeros in front are no digits */
		if (digits > SCORE_DIGITS)
			return false;
		*number = 10 * *number + (*c - '0');
		zeros++;
	}
	if (zeros == 0)
		return false;
	if (negative)
		*number = -*number;
	if ((*c == '.' || *c == ',') && c[1] == '0')
	{
		const char *decimal = c + 1;

		while (*decimal == '0')
			decimal++;
		/* 1,000 may be a thousand */
		if (score_digit(*decimal) || (*c == ',' && decimal - c > 3))
			return false;
		c = decimal;
	}
	*at = c;
	return true;
}

/* Read "/10", "of 10" or "out of 10" at *at: the highest score; *out_of is 0 without one. */
static bool
score_parse_out_of(const char **at, int64 *out_of)
{
	static const char *const words[] = {"/", "out of ", "of "};
	const char *c = *at;
	int			i;

	*out_of = 0;
	score_skip_blank(&c);
	for (i = 0; i < (int) lengthof(words); i++)
	{
		if (pg_strncasecmp(c, words[i], strlen(words[i])) == 0)
		{
			c += strlen(words[i]);
			score_skip_blank(&c);
			if (!score_digit(*c) || !score_parse_number(&c, out_of) || *out_of == 0)
				return false;
			*at = c;
			break;
		}
	}
	return true;
}

/*
 * Is the rest nothing, the unit of a score, or a label after a sign?  A label does not
 * begin with a digit: 9 - 10 is a range, 9:30 a time.
 */
static bool
score_is_label(const char *rest)
{
	static const char *const units[] = {"star", "stars", "point", "points"};
	int			i;

	score_skip_blank(&rest);
	for (i = 0; i < (int) lengthof(units); i++)
	{
		if (pg_strcasecmp(rest, units[i]) == 0)
			return true;
	}
	if (*rest == '\0' || strcmp(rest, ".") == 0)
		return true;
	if (strchr("-:=.()[", *rest) == NULL)
		return false;
	do
		rest++;
	while (*rest == ' ' || *rest == '-');
	return *rest != '\0' && !score_digit(*rest) && strchr(".,:/", *rest) == NULL;
}

/* Raise the error for a text that is not a score from lowest to highest. */
static void
score_refuse(const char *shown, const char *range)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("not a score%s: \"%s\"", range, summary_shown(shown)),
			 errdetail("Scores are whole numbers such as \"9\", \"9.0\", \"9/10\" "
					   "or \"9 - Very likely\"."),
			 errhint("Change such texts before, or leave them out with FILTER (WHERE ...).")));
}

/*
 * parse_score(text, lo, hi): NULL for texts that say there is no answer; error 22P02 for
 * any other text that is not a score, is outside lo..hi, or is out of another number than
 * hi; error 22023 if lo is above hi.  Called with NULLs: without lo or hi there is no such
 * bound.
 */
Datum
parse_score(PG_FUNCTION_ARGS)
{
	text	   *given;
	char	   *plain;
	const char *at;
	int64		lo = PG_ARGISNULL(1) ? PG_INT32_MIN : PG_GETARG_INT32(1);
	int64		hi = PG_ARGISNULL(2) ? PG_INT32_MAX : PG_GETARG_INT32(2);
	int64		score;
	int64		out_of;
	const char *range = "";

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (lo > hi)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid scale " INT64_FORMAT ".." INT64_FORMAT, lo, hi)));
	given = PG_GETARG_TEXT_PP(0);
	plain = score_plain(VARDATA_ANY(given), VARSIZE_ANY_EXHDR(given));
	if (score_is_absent(plain))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
		range = psprintf(" from " INT64_FORMAT " to " INT64_FORMAT, lo, hi);
	else if (!PG_ARGISNULL(1))
		range = psprintf(" of at least " INT64_FORMAT, lo);
	else if (!PG_ARGISNULL(2))
		range = psprintf(" of at most " INT64_FORMAT, hi);
	at = plain;
	if (!score_parse_number(&at, &score) || score < lo || score > hi ||
		!score_parse_out_of(&at, &out_of) || !score_is_label(at) ||
		(out_of != 0 && (score > out_of || (!PG_ARGISNULL(2) && out_of != hi))))
		score_refuse(text_to_cstring(given), range);
	PG_RETURN_INT32((int32) score);
}
