/*
 * sentiment_lexicon.c: the terms of a lexicon.
 */
#include "small_lexicon.h"

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
	truth("a word of the small lexicon",
		  sentiment_find(&lexicon, "good", 4, sentiment_hash("good", 4)) != 0);
	truth("a word of the rules",
		  sentiment_find(&lexicon, "very", 4, sentiment_hash("very", 4)) != 0);
	truth("any other word", sentiment_find(&lexicon, "goods", 5, sentiment_hash("goods", 5)) == 0);
	/* the reference vector of its authors: FNV-1a of "foobar", 32 bits */
	truth("the hash", sentiment_hash("foobar", 6) == 0xbf9cf968);
	truth("words of a term", sentiment_term_words(" waste  of time ", 16) == 3);
	truth("a term that is too long is not looked at", sentiment_term_words("a b", 128) == 0);
}
