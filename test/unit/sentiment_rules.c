/*
 * sentiment_rules.c: the rules over a small lexicon.
 */
#include "small_lexicon.h"

static void
test_rules(void)
{
	sum("good", 2);
	sum("not good", 2 * -0.74);
	sum("not at all good", 2 * -0.74);
	sum("not once in years good", 2);
	sum("very good", 2.293);
	sum("very, oh good", 2 + 0.293 * 0.95);
	sum("very oh my good", 2 + 0.293 * 0.9);
	sum("VERY good", 2 + 0.293 + 0.733);
	sum("GOOD agent", 2.733);
	sum("GOOD AGENT", 2);
	sum("GOOD bad", 2.733 - 2);
	sum("it was so so good", 1.25 * (2.293 + 0.293 * 0.95));
	sum("never so good", 1.25 * 2.293);
	sum("without a doubt good", 2);
	sum("the least good", 2 * -0.74);
	sum("at least good", 2);
	sum("good but bad", 1 - 3);
	sum("good! good!", 4 + 2 * 0.292);
	sum("bad!!!!!!", -2 - 4 * 0.292);
	sum("bad???", -2 - 3 * 0.18);
	sum("bad?????", -2.96);
	sum("it was to die for good", 3);
	sum("only kind of good", 2 - 0.293);
}

/* A word of valence v counts |v| + 1 to its side, a word without valence 1. */
static void
test_shares(void)
{
	SentimentScores scores = scores_of("good x");

	near("positive", scores.positive, 0.75, 0);
	near("neutral", scores.neutral, 0.25, 0);
	near("negative", scores.negative, 0, 0);
	scores = scores_of("good bad waste of time");
	near("3 of 3 + 3 + 4", scores.positive, 0.3, 0);
	near("3 + 4 of 3 + 3 + 4", scores.negative, 0.7, 0);
	scores = scores_of("");
	truth("an empty text has no shares", scores.positive == 0 && scores.neutral == 0 &&
		  scores.negative == 0 && scores.compound == 0);
}

void
test_sentiment_rules(void)
{
	small_lexicon_start();
	test_shares();
	test_rules();
}
