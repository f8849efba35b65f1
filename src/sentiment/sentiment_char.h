/*
 * sentiment_char.h: the characters of UTF-8 as the sentiment rules see them.  Letters
 * are Latin, Greek and Cyrillic, the same under every locale.
 */
#ifndef RECOVERY_KPI_SENTIMENT_CHAR_H
#define RECOVERY_KPI_SENTIMENT_CHAR_H

#include "sentiment.h"

#define SENTIMENT_STRETCH	4096	/* bytes between two calls of interrupt */

/* The end of the stretch of SENTIMENT_STRETCH bytes that begins here. */
static inline const char *
sentiment_stretch(const char *at, const char *end)
{
	return end - at > SENTIMENT_STRETCH ? at + SENTIMENT_STRETCH : end;
}

/*
 * Is there more before the end?  A word, or blanks, may be as long as a text can be,
 * so the caller gets a chance to stop after each stretch.
 */
static inline bool
sentiment_more(const char *at, const char **stretch, const char *end, SentimentInterrupt interrupt)
{
	if (at < *stretch)
		return true;
	if (at >= end)
		return false;
	if (interrupt != NULL)
		interrupt();
	*stretch = sentiment_stretch(at, end);
	return true;
}

/*
 * The character at a place before end, with its number of bytes in *size; a stray byte
 * is 0x110000.
 */
static inline uint32_t
sentiment_char(const char *at, const char *end, int *size)
{
	const unsigned char *s = (const unsigned char *) at;
	uint32_t	code;
	int			more;
	int			i;

	*size = 1;
	if (s[0] < 0x80)
		return s[0] == '&' || s[0] == '<' ? sentiment_markup(at, end, size) : s[0];
	if (s[0] < 0xC2 || s[0] > 0xF4)
		return 0x110000;
	more = s[0] < 0xE0 ? 1 : s[0] < 0xF0 ? 2 : 3;
	if (end - at <= more)
		return 0x110000;
	code = s[0] & (0x3F >> more);
	for (i = 1; i <= more; i++)
	{
		if ((s[i] & 0xC0) != 0x80)
			return 0x110000;
		code = code << 6 | (s[i] & 0x3F);
	}
	*size = more + 1;
	return code;
}

static inline bool
sentiment_is_blank(uint32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
	return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) ||
		c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* A capital letter as its small letter; other characters unchanged. */
static inline uint32_t
sentiment_lower(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
	if (c >= 0xC0 && c <= 0xDE)
		return c == 0xD7 ? c : c + 0x20;
	if (c >= 0x100 && c <= 0x17F)
	{
		if (c == 0x130 || c == 0x131 || c == 0x138 || c == 0x149 || c == 0x17F)
			return c;
		if (c == 0x178)
			return 0xFF;
		/* pairs, the capital first: capitals are even except in two ranges */
		return (c & 1) == (uint32_t) ((c >= 0x139 && c <= 0x148) || c >= 0x179) ? c + 1 : c;
	}
	if (c >= 0x391 && c <= 0x3A9)
		return c == 0x3A2 ? c : c + 0x20;
	if (c >= 0x400 && c <= 0x42F)
		return c < 0x410 ? c + 0x50 : c + 0x20;
	return c;
}

/* Small letters that have a capital, of the same alphabets. */
static inline bool
sentiment_is_small(uint32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z';
	if (c >= 0xDF && c <= 0xFF)
		return c != 0xF7;
	return (c >= 0x100 && c <= 0x17F && sentiment_lower(c) == c) ||
		(c >= 0x3AC && c <= 0x3CE) || (c >= 0x430 && c <= 0x45F);
}

static inline bool
sentiment_is_letter(uint32_t c)
{
	return sentiment_is_small(sentiment_lower(c));
}

/*
 * Punctuation around words: ASCII as published, and the signs that phones and editors
 * replace it by.
 */
static inline bool
sentiment_is_punctuation(uint32_t c)
{
	if (c < 0x80)
		return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') ||
			(c >= '[' && c <= '`') || (c >= '{' && c <= '~');
	return c == 0xA1 || c == 0xAB || c == 0xBB || c == 0xBF ||
		(c >= 0x2013 && c <= 0x201F) || c == 0x2026 || c == 0xB4 || c == 0x2032;
}

/* The signs that are written for an apostrophe. */
static inline bool
sentiment_is_apostrophe(uint32_t c)
{
	return c == '\'' || c == '`' || c == 0xB4 || (c >= 0x2018 && c <= 0x201B && c != 0x201A) ||
		c == 0x2032 || c == 0x02BC || c == 0xFF07;
}

/* Signs that are not seen: a byte order mark, soft hyphens, marks of direction. */
#define SENTIMENT_UNSEEN	0xFEFF

static inline bool
sentiment_is_unseen(uint32_t c)
{
	return c == SENTIMENT_UNSEEN || c == 0xAD || c == 0x200C || c == 0x200E || c == 0x200F ||
		(c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064);
}

/*
 * Punctuation inside words, where a blank was forgotten; hyphens and apostrophes belong
 * to words.
 */
static inline bool
sentiment_is_cut(uint32_t c)
{
	return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == '/' ||
		c == '(' || c == ')' || c == '"' || c == '&' || c == 0x2013 || c == 0x2014 || c == 0x2026;
}

/* Signs that only change how the sign before them looks. */
static inline bool
sentiment_is_modifier(uint32_t c)
{
	return c == 0x200D || c == 0xFE0E || c == 0xFE0F || (c >= 0x1F3FB && c <= 0x1F3FF);
}

static inline bool
sentiment_is_emoji(uint32_t c)
{
	return (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) ||
		c == 0x2B50 || c == 0x2B55 || c == 0x2639 || c == 0x203C || c == 0x2049;
}

/* Write a character; returns its number of bytes. */
static inline size_t
sentiment_put(uint32_t c, char *to)
{
	if (c < 0x80)
	{
		to[0] = (char) c;
		return 1;
	}
	if (c < 0x800)
	{
		to[0] = (char) (0xC0 | c >> 6);
		to[1] = (char) (0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000)
	{
		to[0] = (char) (0xE0 | c >> 12);
		to[1] = (char) (0x80 | (c >> 6 & 0x3F));
		to[2] = (char) (0x80 | (c & 0x3F));
		return 3;
	}
	to[0] = (char) (0xF0 | c >> 18);
	to[1] = (char) (0x80 | (c >> 12 & 0x3F));
	to[2] = (char) (0x80 | (c >> 6 & 0x3F));
	to[3] = (char) (0x80 | (c & 0x3F));
	return 4;
}

#endif
