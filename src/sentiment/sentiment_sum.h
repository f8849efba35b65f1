/*
 * sentiment_sum.h: the sums over the words of a text, and what service messages need
 * beside the published rules.
 */
#ifndef RECOVERY_KPI_SENTIMENT_SUM_H
#define RECOVERY_KPI_SENTIMENT_SUM_H

#include "sentiment_window.h"

/* Values that are in the sums and may be taken out again: their sum and number. */
typedef struct SentimentPart
{
	double		sum;
	int64_t		count;
} SentimentPart;

/*
 * The sums over the words, added in their order, so that they cancel out exactly as
 * in the published program.  In the shares a positive or negative word counts its
 * value plus one, as a neutral word counts one.
 */
typedef struct SentimentSums
{
	double		sum;
	double		positive;
	double		negative;
	int64_t		positives;
	int64_t		negatives;
	int64_t		neutrals;
	double		weight;			/* 1.5 behind a "but" */
	/* the rules of sentiment_sum.c */
	SentimentPart praise;		/* of this sentence */
	SentimentPart refusal;		/* negations of this sentence that turned no word */
	SentimentPart courtesy;		/* of the text */
	bool		asking;			/* this sentence is a request */
	bool		asked;			/* a sentence was a request or a question */
	double		turn;			/* praise that waits for what follows, 0 if none */
	bool		turn_courtesy;
	int			turn_words;		/* since then */
} SentimentSums;

extern void sentiment_sums_add(SentimentSums *sums, double value);
extern void sentiment_sums_halve(SentimentSums *sums);
extern void sentiment_sums_word(SentimentSums *sums, SentimentScan *scan, int64_t place,
								double value);
extern void sentiment_sums_close(SentimentSums *sums, SentimentScan *scan);
extern void sentiment_sums_scores(const SentimentSums *sums, double emphasis,
								  SentimentScores *scores);

/* sentiment_rules.c */
extern double sentiment_word_value(SentimentScan *scan, int64_t place);

#endif
