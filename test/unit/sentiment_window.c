/*
 * sentiment_window.c: going over a text, however long it is.
 */
#include <stdio.h>

#include "small_lexicon.h"

static int	interrupts;

static void
interrupted(void)
{
	interrupts++;
}

/* A long text can be stopped on the way, whether in one word or in many. */
static void
test_interrupts(void)
{
	static const char *const pieces[] = {
		"a", "A", " ", "-", "!", ".", "a.", "ab.", "ab...", "\xc3\xa9", "\xff", "\xf0\x9f\x91\x8d",
			"\xef\xb8\x8f",
		"n't", "aa ", "GOOD ", "\xe2\x80\x94", "\xc2\xa0"
	};
	const int	length = 400000;
	char	   *text = malloc(length + 2);
	size_t		i;

	for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
	{
		int			size = (int) strlen(pieces[i]);
		int			used = 2;
		char		what[80];
		SentimentScores scores;

		memcpy(text, "aa", 2);
		for (; used + size <= length; used += size)
			memcpy(text + used, pieces[i], size);
		/* every 4096 bytes of a long word, every few hundred words of at most 5 bytes */
		interrupts = 0;
		sentiment_score(&lexicon, text, used, interrupted, &scores);
		snprintf(what, sizeof(what), "a text of many \"%s\" can be stopped", pieces[i]);
		truth(what, interrupts >= length / 4096 / 5 - 1);
	}
	free(text);
}

/* Capitals stand out only if a word anywhere in the text is not in capitals. */
static void
test_capitals(void)
{
	sum("GOOD A B C D E F G H I J K L M", 2);
	sum("GOOD A B C D E F G H I J K L m", 2.733);
	sum("a B C D E F G H I J K L M GOOD", 2.733);
}

void
test_sentiment_window(void)
{
	small_lexicon_start();
	test_capitals();
	test_interrupts();
}
