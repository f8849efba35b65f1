/*
 * sentiment_lexicon.c: the terms of a lexicon.
 */
#include "small_lexicon.h"

static bool
found(const char *word)
{
	char		padded[32] = {0};

	memcpy(padded, word, strlen(word));
	return sentiment_find(&lexicon, padded, strlen(word)) != 0;
}

/* Where words lie depends on the seed; what a text scores does not. */
static void
test_seeds(void)
{
	uint64_t	seed;

	for (seed = 0; seed < 20; seed++)
	{
		SentimentLexicon seeded;
		SentimentScores scores;

		sentiment_lexicon_start(&seeded, 2, 3, allocate, seed << 60 | seed);
		add_term(&seeded, "good", 2);
		add_term(&seeded, "waste of time", -3);
		sentiment_score(&seeded, "a good waste of time", 20, NULL, &scores);
		near("a seed changes nothing", scores.compound, -0.25, 0);
	}
}

void
test_sentiment_lexicon(void)
{
	char		term[400];

	small_lexicon_start();
	truth("a term twice", add_term(&lexicon, "GOOD", 1) == SENTIMENT_TWICE);
	truth("an empty term", add_term(&lexicon, " \t", 1) == SENTIMENT_EMPTY);
	truth("a term of many words", add_term(&lexicon, "a b c d e f g h i", 1) == SENTIMENT_LONG);
	memset(term, 'x', sizeof(term) - 1);
	term[sizeof(term) - 1] = '\0';
	truth("a long term", add_term(&lexicon, term, 1) == SENTIMENT_LONG);
	truth("a word of the small lexicon", found("good"));
	truth("a word of the rules", found("very"));
	truth("any other word", !found("goods"));
	truth("words of a term", sentiment_term_words(" waste  of time ", 16) == 3);
	truth("a term of one word needs no words more", sentiment_term_words("waste", 5) == 0);
	truth("a term that is too long is not looked at", sentiment_term_words("a b", 128) == 0);
	test_seeds();
}
