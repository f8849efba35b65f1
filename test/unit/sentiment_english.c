/*
 * sentiment_english.c: which words are known English.
 */
#include "small_lexicon.h"

static void
share(const char *text, int64_t words, int64_t read)
{
	SentimentScores scores;

	sentiment_count_read(&lexicon, text, strlen(text), NULL, &scores);
	truth(text, scores.words == words && scores.read == read);
}

void
test_sentiment_english(void)
{
	static const char *const known[] = {
		"the", "was", "flight", "unacceptable", "walks", "walked", "walking", "making", "stopped",
		"tries", "tried", "customer's", "quickly", "don't", "bigger", "nicest"
	};
	static const char *const other[] = {"der", "bagage", "xs", "s", "", "tschuess", "qing"};
	size_t		i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		truth(known[i], sentiment_is_english(known[i], strlen(known[i])));
	for (i = 0; i < sizeof(other) / sizeof(other[0]); i++)
		truth(other[i], !sentiment_is_english(other[i], strlen(other[i])));
	small_lexicon_start();
	share("The train was late.", 4, 4);
	share("Der Zug kam zu sp\xc3\xa4t", 5, 0);
	/* numbers, smileys, handles, hashtags and addresses are no words */
	share("4711 :) @united #travel http://example.com/late ann@example.com", 0, 0);
	share("late.Never again", 3, 3);
	share("", 0, 0);
}
