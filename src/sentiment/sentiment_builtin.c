/*
 * sentiment_builtin.c: the extension's own lexicon and the names of emoji, generated
 * by make from sentiment_lexicon.txt and sentiment_emoji.txt.  The terms and their
 * valences were written for this project; the names of emoji come from Unicode.
 */
#include "sentiment.h"

const SentimentTerm sentiment_builtin[] = {
#include "sentiment_lexicon.inc"
};
const uint32_t sentiment_builtin_count = sizeof(sentiment_builtin) / sizeof(sentiment_builtin[0]);

static const struct
{
	uint32_t	codepoint;
	const char *name;
}			emoji[] = {
#include "sentiment_emoji.inc"
};

/* The name of an emoji in lower case; NULL if it has no known name. */
const char *
sentiment_emoji_name(uint32_t codepoint)
{
	size_t		low = 0;
	size_t		high = sizeof(emoji) / sizeof(emoji[0]);

	while (low < high)
	{
		size_t		middle = (low + high) / 2;

		if (emoji[middle].codepoint < codepoint)
			low = middle + 1;
		else
			high = middle;
	}
	return low < sizeof(emoji) / sizeof(emoji[0]) && emoji[low].codepoint == codepoint ?
		emoji[low].name : NULL;
}
