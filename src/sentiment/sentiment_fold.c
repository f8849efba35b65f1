/*
 * sentiment_fold.c: reads the words of a text, folded to lower case and without the
 * punctuation around them, in one pass.
 */
#include <string.h>

#include "sentiment_char.h"

/* Kinds of ASCII characters; the kind of capital letters is what makes them small. */
#define BLANK	0x01
#define PUNCT	0x02
#define SMALL	0x04
#define DIGIT	0x08
#define CUT		0x10
#define LARGE	0x20
#define MARKUP	0x40
#define WIDE	0x80			/* a byte of a longer character */

#define B4(k)	k, k, k, k
#define B8(k)	B4(k), B4(k)
#define B16(k)	B8(k), B8(k)
#define B32(k)	B16(k), B16(k)

static const uint8_t kinds[256] = {
	/* 00 - 1F: tab to carriage return, and the four separators, are blanks */
	B8(0), 0, BLANK, BLANK, BLANK, BLANK, BLANK, 0, 0, B8(0), B4(0), B4(BLANK),
	/* blank ! " # $ % & ' ( ) * + , - . / */
	BLANK, PUNCT | CUT, PUNCT | CUT, PUNCT, PUNCT, PUNCT, PUNCT | CUT | MARKUP, PUNCT,
	PUNCT | CUT, PUNCT | CUT, PUNCT, PUNCT, PUNCT | CUT, PUNCT, PUNCT | CUT, PUNCT | CUT,
	/* 0 - 9 : ; < = > ? */
	B8(DIGIT), DIGIT, DIGIT, PUNCT | CUT, PUNCT | CUT, PUNCT | MARKUP, PUNCT, PUNCT, PUNCT | CUT,
	/* @ A - Z [ \ ] ^ _ */
	PUNCT, B8(LARGE), B16(LARGE), LARGE, LARGE, PUNCT, PUNCT, PUNCT, PUNCT, PUNCT,
	/* ` a - z { | } ~ */
	PUNCT, B8(SMALL), B16(SMALL), SMALL, SMALL, PUNCT, PUNCT, PUNCT, PUNCT, 0,
	B32(WIDE), B32(WIDE), B32(WIDE), B32(WIDE)
};

/*
 * The first byte that is not part of a blank, or the end.  A paragraph ends with an
 * empty line, or a tag that begins a line.
 */
const char *
sentiment_skip_blanks(const char *at, const char *end, SentimentGap *gap,
					  SentimentInterrupt interrupt)
{
	const char *stretch = sentiment_stretch(at, end);
	int			size;

	*gap = GAP_WORD;
	while (sentiment_more(at, &stretch, end, interrupt))
	{
		uint32_t	c;

		if (*at == ' ')
		{
			at++;
			continue;
		}
		c = sentiment_char(at, end, &size);
		if (!sentiment_is_blank(c) && !(sentiment_is_unseen(c)))
			break;
		if (c == 0x2029 || (c == '\n' && *gap == GAP_LINE))
			*gap = GAP_PARAGRAPH;
		else if (c == '\n' && *gap == GAP_WORD)
			*gap = GAP_LINE;
		at += size;
	}
	return at;
}

/* What is known while a word is read; places are counted in bytes of the folded word. */
typedef struct Fold
{
	SentimentRead *read;
	size_t		length;			/* so far, also where the room is full */
	size_t		begins;			/* the first sign that is no punctuation */
	size_t		last;			/* behind the last such sign */
	size_t		cut;			/* the first punctuation inside that a word can be cut at */
	size_t		stop;			/* behind the last . ! ? */
	size_t		asks;			/* behind the last ? */
	uint8_t		seen;			/* kinds of letters */
	bool		wide;
	bool		emoji;
} Fold;

static inline void
fold_put(Fold *fold, uint32_t c)
{
	char		bytes[4];
	size_t		size = sentiment_put(c, bytes);

	if (fold->length + size <= SENTIMENT_ROOM)
		memcpy(fold->read->room + fold->length, bytes, size);
	fold->length += size;
}

/* A sign that is not a letter or digit of ASCII; false if the word ends before it. */
static bool
fold_sign(Fold *fold, const char *at, const char *end, int *size)
{
	SentimentRead *read = fold->read;
	uint32_t	c = sentiment_char(at, end, size);
	uint32_t	lower;

	if (sentiment_is_blank(c))
		return false;
	if (fold->emoji)
		return sentiment_is_modifier(c);
	if (sentiment_is_modifier(c) || sentiment_is_unseen(c))
		return true;
	if (sentiment_is_emoji(c))
	{
		if (fold->length > 0)
			return false;
		fold->emoji = fold->wide = true;
		read->first = c;
		read->from = at;
		fold_put(fold, c);
		fold->last = fold->length;
		return true;
	}
	if (fold->length == 0)
		read->first = c;
	if (sentiment_is_apostrophe(c))
	{
		/* n't, where the letters are plain */
		if (fold->length > 0 && fold->length <= SENTIMENT_ROOM && at + *size < end &&
			(at[*size] | 0x20) == 't' && read->room[fold->length - 1] == 'n')
			read->negates = true;
		c = '\'';
	}
	if (!sentiment_is_punctuation(c))
	{
		if (read->from == NULL)
		{
			read->from = at;
			fold->begins = fold->length;
		}
		if (c == 0x110000)
		{
			if (fold->length < SENTIMENT_ROOM)
				read->room[fold->length] = *at;
			fold->length++;
		}
		else
		{
			lower = sentiment_lower(c);
			if (lower != c)
				fold->seen |= LARGE;
			else if (sentiment_is_small(c))
				fold->seen |= SMALL;
			fold_put(fold, lower);
		}
		fold->wide = true;
		fold->last = fold->length;
		return true;
	}
	if (c == '!')
		read->exclamations++;
	else if (c == '?')
		read->questions++;
	else if (c == '@')
		read->at = true;
	/* of many signs before a word a few are enough to know a smiley by */
	if (read->from == NULL && fold->length >= 8)
		return true;
	if (fold->cut == 0 && read->from != NULL && sentiment_is_cut(c))
		fold->cut = fold->length;
	fold->wide = fold->wide || c >= 0x80;
	fold_put(fold, c);
	if (c == '.' || c == '!' || c == '?' || c == 0x2026)
		fold->stop = fold->length;
	if (c == '?')
		fold->asks = fold->length;
	return true;
}

/* Are more than two signs left of a word without the punctuation around it? */
static bool
fold_strips(const Fold *fold)
{
	size_t		left = fold->last - fold->begins;
	size_t		i;

	if (fold->wide && left <= 12)
	{
		for (i = fold->begins; i < fold->last && i < SENTIMENT_ROOM; i++)
			left -= ((unsigned char) fold->read->room[i] & 0xC0) == 0x80;
	}
	return left > 2;
}

/* Read the word that begins here; returns its end.  An emoji is a word of its own. */
const char *
sentiment_read_word(const char *at, const char *end, SentimentRead *read,
					SentimentInterrupt interrupt)
{
	const char *stretch = sentiment_stretch(at, end);
	Fold		fold = {0};
	size_t		from = 0;
	size_t		length;
	int			size;

	fold.read = read;
	read->from = NULL;
	read->first = (unsigned char) *at;
	read->negates = read->at = false;
	read->exclamations = read->questions = 0;
	while (sentiment_more(at, &stretch, end, interrupt))
	{
		uint8_t		kind = kinds[(unsigned char) *at];

		if (kind & (SMALL | LARGE | DIGIT))
		{
			if (fold.emoji)
				break;
			if (read->from == NULL)
			{
				read->from = at;
				fold.begins = fold.length;
			}
			do
			{
				fold.seen |= kind;
				if (fold.length < SENTIMENT_ROOM)
					read->room[fold.length] = *at | (kind & LARGE);
				fold.length++;
				at++;
			} while (at < stretch &&
					 (kind = kinds[(unsigned char) *at]) & (SMALL | LARGE | DIGIT));
			fold.last = fold.length;
			continue;
		}
		if (kind == BLANK)
			break;
		if (kind == 0)
		{
			/* a control character: part of a word, as any other sign */
			if (fold.emoji)
				break;
			if (read->from == NULL)
			{
				read->from = at;
				fold.begins = fold.length;
			}
			if (fold.length < SENTIMENT_ROOM)
				read->room[fold.length] = *at;
			fold.last = ++fold.length;
			at++;
			continue;
		}
		if (!fold_sign(&fold, at, end, &size))
			break;
		at += size;
	}
	if (fold.last > fold.begins && fold_strips(&fold))
	{
		from = fold.begins;
		length = fold.last - fold.begins;
	}
	else
		length = fold.length;
	read->text = read->room + from;
	read->length = from + length <= SENTIMENT_TERM_BYTES ? length : 0;
	if (read->length > 0)
		memset(read->room + from + length, 0, 8);
	read->capitals = (fold.seen & (LARGE | SMALL)) == LARGE;
	read->letters = (fold.seen & (LARGE | SMALL)) != 0;
	read->pause = fold.length > fold.last;
	read->ends = fold.stop > fold.last || (fold.stop > 0 && fold.last == 0);
	read->question = fold.asks > fold.last || (fold.asks > 0 && fold.last == 0);
	read->cut = fold.cut > fold.begins && fold.cut < fold.last;
	return at;
}
