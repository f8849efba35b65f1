/*
 * sentiment_fold.c: finds the words of a text, strips the punctuation around them and
 * folds them to lower case.
 */
#include "sentiment_char.h"

/* The first byte that is not part of a blank, or the end. */
const char *
sentiment_skip_blanks(const char *at, const char *end, SentimentInterrupt interrupt)
{
	const char *stretch = sentiment_stretch(at, end);
	int			size;

	while (sentiment_more(at, &stretch, end, interrupt) &&
		   sentiment_is_blank(sentiment_char(at, end, &size)))
		at += size;
	return at;
}

/* The end of the word that begins here: a blank or an emoji; an emoji is a word of its own. */
const char *
sentiment_word_end(const char *at, const char *end, SentimentInterrupt interrupt)
{
	const char *from = at;
	const char *stretch = sentiment_stretch(at, end);
	bool		emoji = false;
	int			size;

	while (sentiment_more(at, &stretch, end, interrupt))
	{
		uint32_t	c;

		/* most signs are single bytes */
		if ((unsigned char) *at < 0x80)
		{
			if (emoji || sentiment_is_blank((unsigned char) *at))
				break;
			at++;
			continue;
		}
		c = sentiment_char(at, end, &size);
		if (emoji ? !sentiment_is_modifier(c) :
			sentiment_is_blank(c) || (sentiment_is_emoji(c) && at > from))
			break;
		emoji = emoji || sentiment_is_emoji(c);
		at += size;
	}
	return at;
}

/* Strip the punctuation from both ends of a word, if more than two signs are left. */
void
sentiment_strip(const char **from, const char **end, SentimentInterrupt interrupt)
{
	const char *first = *from;
	const char *last = *end;
	const char *stretch = sentiment_stretch(first, last);
	const char *at;
	int			size;
	int			left = 0;

	while (sentiment_more(first, &stretch, last, interrupt) &&
		   sentiment_is_punctuation(sentiment_char(first, last, &size)))
		first += size;
	for (stretch = last; last > first;)
	{
		const char *before = last - 1;

		if (stretch - last > SENTIMENT_STRETCH)
		{
			if (interrupt != NULL)
				interrupt();
			stretch = last;
		}
		while (before > first && last - before < 4 && ((unsigned char) *before & 0xC0) == 0x80)
			before--;
		if (!sentiment_is_punctuation(sentiment_char(before, last, &size)) || before + size != last)
			break;
		last = before;
	}
	for (at = first; at < last && left <= 2; at += size, left++)
		sentiment_char(at, last, &size);
	if (left > 2)
	{
		*from = first;
		*end = last;
	}
}

/*
 * Write a word in lower case, with plain apostrophes.  Returns its number of bytes,
 * or 0 if it does not fit: then it is not a term.  Also tells whether all its letters
 * are capital, and whether it contains n't.
 */
size_t
sentiment_fold(const char *from, const char *end, char *to, size_t room, bool *capitals,
			   bool *negates, SentimentInterrupt interrupt)
{
	const char *stretch = sentiment_stretch(from, end);
	size_t		length = 0;
	bool		fits = true;
	bool		small = false;
	bool		large = false;
	uint32_t	before = 0;
	uint32_t	last = 0;
	int			size;

	*negates = false;
	for (; sentiment_more(from, &stretch, end, interrupt); from += size)
	{
		uint32_t	c = sentiment_char(from, end, &size);
		uint32_t	lower;

		if (sentiment_is_modifier(c))
			continue;
		if (c == 0x2018 || c == 0x2019 || c == 0x02BC)
			c = '\'';
		lower = sentiment_lower(c);
		if (lower != c)
			large = true;
		else if (sentiment_is_small(c))
			small = true;
		if (lower == 't' && last == '\'' && before == 'n')
			*negates = true;
		before = last;
		last = lower;
		if (length + 4 > room)
		{
			fits = false;
			/* there is nothing more to learn about a word that is too long */
			if (small && *negates)
				break;
		}
		else if (c == 0x110000)
			to[length++] = *from;
		else
			length += sentiment_put(lower, to + length);
	}
	*capitals = large && !small;
	return fits ? length : 0;
}
