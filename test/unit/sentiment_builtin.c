/*
 * sentiment_builtin.c: the extension's own lexicon and the names of emoji.
 */
#include <math.h>
#include <stdio.h>

#include "small_lexicon.h"

void
test_sentiment_builtin(void)
{
	bool		sorted = true;
	bool		bounded = true;
	bool		added = true;
	SentimentLexicon whole;
	size_t		words = 0;
	uint32_t	i;

	truth("the name of an emoji", strcmp(sentiment_emoji_name(0x1F44D), "thumbs up") == 0);
	truth("no name", sentiment_emoji_name(0x41) == NULL && sentiment_emoji_name(0x110000) == NULL);

	for (i = 0; i < sentiment_builtin_count; i++)
	{
		const char *term = sentiment_builtin[i].term;

		words += sentiment_term_words(term, strlen(term));
	}
	sentiment_lexicon_start(&whole, sentiment_builtin_count, words, allocate);
	for (i = 0; i < sentiment_builtin_count; i++)
	{
		const SentimentTerm *entry = &sentiment_builtin[i];

		sorted = sorted && (i == 0 || strcmp(entry[-1].term, entry->term) < 0);
		bounded = bounded && fabs(entry->valence) <= SENTIMENT_VALENCE_MAX;
		if (add_term(&whole, entry->term, entry->valence) != SENTIMENT_ADDED)
		{
			added = false;
			printf("# not added: %s\n", entry->term);
		}
	}
	truth("the lexicon has 3000 terms", sentiment_builtin_count >= 3000);
	truth("it is sorted, without duplicates", sorted);
	truth("its valences are within -4 and 4", bounded);
	truth("each term can be found in a text", added);
}
