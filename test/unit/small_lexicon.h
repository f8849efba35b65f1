/*
 * small_lexicon.h: a lexicon of six terms for the tests of sentiment, so that each sum
 * can be written as the rules make it.
 */
#ifndef SMALL_LEXICON_H
#define SMALL_LEXICON_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sentiment/sentiment.h"
#include "unit.h"

static inline void *
allocate(size_t size)
{
	return calloc(1, size);
}

static inline SentimentAdded
add_term(SentimentLexicon *lexicon, const char *term, double valence)
{
	return sentiment_lexicon_add(lexicon, term, strlen(term), valence);
}

static SentimentLexicon lexicon;

static inline void
small_lexicon_start(void)
{
	sentiment_lexicon_start(&lexicon, 16, 32, allocate, 7);
	add_term(&lexicon, "good", 2);
	add_term(&lexicon, "bad", -2);
	add_term(&lexicon, "waste of time", -3);
	add_term(&lexicon, "\xc3\xa4rgerlich", -3);
	add_term(&lexicon, ":)", 3);
	add_term(&lexicon, ":-(", -1.5);
}

static inline SentimentScores
scores_of(const char *text)
{
	SentimentScores scores;

	sentiment_score(&lexicon, text, strlen(text), NULL, &scores);
	return scores;
}

/* The compound of the text must be that of a sum of valences. */
static inline void
sum(const char *text, double sum)
{
	double		want = rint(sum / sqrt(sum * sum + 15) * 10000) / 10000;

	near(text, scores_of(text).compound, want, 1e-12);
}

#endif
