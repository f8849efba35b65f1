/*
 * sentiment_markup.c: entities and tags of HTML, as what they show.
 *
 * Comments come from web forms and mail, with &rsquo; for an apostrophe and <br> for a
 * new line.  An entity is read as its character, a tag that begins a new line as the
 * end of a paragraph, any other tag as nothing.  Only names of HTML are tags: "<3" and
 * "<none>" stay as they are.
 */
#include <string.h>

#include "sentiment_char.h"

#define ENTITY_BYTES	10		/* the longest that is looked for, without & and ; */
#define TAG_BYTES		1024	/* the longest tag with its attributes */

static const struct
{
	const char *name;
	uint32_t	code;
}			entities[] = {
	{"amp", '&'}, {"apos", '\''}, {"bull", 0x2022}, {"excl", '!'}, {"gt", '>'},
	{"hearts", 0x2665}, {"hellip", 0x2026}, {"laquo", 0xAB}, {"ldquo", 0x201C},
	{"lsquo", 0x2018}, {"lt", '<'}, {"mdash", 0x2014}, {"nbsp", 0xA0}, {"ndash", 0x2013},
	{"quest", '?'}, {"quot", '"'}, {"raquo", 0xBB}, {"rdquo", 0x201D}, {"rsquo", 0x2019},
	{"sbquo", 0x201A}, {"shy", 0xAD}, {"acute", 0xB4}, {"prime", 0x2032}, {"commat", '@'},
	{"period", '.'}, {"comma", ','}, {"lpar", '('}, {"rpar", ')'}, {"NewLine", '\n'}
};

/* Tags inside a line; and tags that begin a new one. */
static const char *const inside[] = {
	"a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "img", "ins", "mark", "q",
	"s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "wbr"
};
static const char *const lines[] = {
	"blockquote", "body", "br", "center", "div", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr",
	"html", "li", "ol", "p", "pre", "table", "tbody", "td", "th", "thead", "title", "tr", "ul"
};

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

static inline bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The character of &#39; or &#x27; between # and ;, or of its last digits; 0 if it is none. */
static uint32_t
number_code(const char *at, const char *stop)
{
	bool		hex = at < stop && (*at == 'x' || *at == 'X');
	uint32_t	code = 0;

	at += hex;
	if (at == stop)
		return 0;
	for (; at < stop; at++)
	{
		char		low = *at | 0x20;

		if (!is_digit(*at) && !(hex && low >= 'a' && low <= 'f'))
			return 0;
		code = code * (hex ? 16 : 10) + (uint32_t) (is_digit(*at) ? *at - '0' : low - 'a' + 10);
		if (code > 0x10FFFF)
			return 0;
	}
	return code >= 0xD800 && code <= 0xDFFF ? 0 : code;
}

static uint32_t
entity(const char *at, const char *end, int *size)
{
	const char *stop = at + 1;
	size_t		length;
	size_t		i;
	uint32_t	code = 0;

	while (stop < end && stop - at <= ENTITY_BYTES && (is_letter(*stop) || is_digit(*stop) ||
														*stop == '#'))
		stop++;
	if (stop == end || *stop != ';')
		return '&';
	length = (size_t) (stop - at - 1);
	if (length > 1 && at[1] == '#')
		code = number_code(at + 2, stop);
	else
	{
		for (i = 0; i < COUNT(entities) && code == 0; i++)
		{
			if (strlen(entities[i].name) == length && memcmp(entities[i].name, at + 1, length) == 0)
				code = entities[i].code;
		}
	}
	if (code == 0)
		return '&';
	*size = (int) (stop + 1 - at);
	return code;
}

static bool
named(const char *const names[], size_t count, const char *at, size_t length)
{
	size_t		i,
				k;

	for (i = 0; i < count; i++)
	{
		for (k = 0; k < length && (at[k] | 0x20) == names[i][k]; k++)
			continue;
		if (k == length && names[i][k] == '\0')
			return true;
	}
	return false;
}

static uint32_t
tag(const char *at, const char *end, int *size)
{
	const char *name = at + 1;
	const char *stop;
	bool		is_line;

	if (name < end && *name == '/')
		name++;
	for (stop = name; stop < end && stop - name <= ENTITY_BYTES && (is_letter(*stop) ||
																  is_digit(*stop)); stop++)
		continue;
	if (stop == name || !is_letter(*name) || stop == end ||
		!(*stop == '>' || *stop == '/' || *stop == ' ' || *stop == '\n' || *stop == '\t'))
		return '<';
	is_line = named(lines, COUNT(lines), name, (size_t) (stop - name));
	if (!is_line && !named(inside, COUNT(inside), name, (size_t) (stop - name)))
		return '<';
	while (stop < end && *stop != '>' && *stop != '<' && stop - at < TAG_BYTES)
		stop++;
	if (stop == end || *stop != '>')
		return '<';
	*size = (int) (stop + 1 - at);
	return is_line ? 0x2029 : SENTIMENT_UNSEEN;
}

/* The character that an & or < at a place stands for, with its number of bytes. */
uint32_t
sentiment_markup(const char *at, const char *end, int *size)
{
	*size = 1;
	return *at == '&' ? entity(at, end, size) : tag(at, end, size);
}
