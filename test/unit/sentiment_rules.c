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

/* A negation ends with its sentence, and does not turn a smiley or an emoji. */
static void
test_reach(void)
{
	sum("no seat? good", 2);
	sum("not it. good", 2);
	sum("not it\n\ngood", 2);
	sum("not it<br>good", 2);
	sum("not it\ngood", 2 * -0.74);
	sum("not it, good", 2 * -0.74);
	sum("not e.g. good", 2 * -0.74);
	sum("not again :-(", -1.5);
	sum("no :)", 3);
	sum("<b>not</b> good", 2 * -0.74);
}

/* The rules of a lexicon with marks and settings. */
static void
test_service(void)
{
	sentiment_lexicon_start(&lexicon, 16, 32, allocate, 1);
	add_term(&lexicon, "good", 2);
	add_term(&lexicon, "<turn> great", 3);
	add_term(&lexicon, "late", -1);
	add_term(&lexicon, "<turn> <courtesy> thanks for", 2);
	add_term(&lexicon, "<courtesy> thanks", 2);
	add_term(&lexicon, "<ask> can you", 0);
	add_term(&lexicon, "lost <my> <bag>", -2);
	add_term(&lexicon, "<closing> best", 3);
	add_term(&lexicon, "<start> well", 0);
	add_term(&lexicon, "well <end>", 1.5);
	add_term(&lexicon, "<not>", -0.8);
	add_term(&lexicon, "<question>", 0);
	add_term(&lexicon, "<filler>", 0);
	/* a class, and a filler inside a term */
	sum("lost our luggage", -2);
	sum("lost even the bags", -2);
	sum("lost some bags", 0);
	/* places */
	sum("well it is so", 0);
	sum("it fits well", 1.5);
	sum("it fits well with it", 0);
	/* praise in a question or a request is none */
	sum("is it good? yes", 0);
	sum("can you find a good seat", 0);
	sum("it is good. can you", 2);
	/* a negation that turns no word */
	sum("it did not come", -0.8);
	sum("it did not come?", 0);
	sum("it is not good", 2 * -0.74);
	sum("no seat. no bag.", -1.6);
	/* courtesy */
	sum("thanks", 2);
	sum("thanks. can you come", 0);
	sum("late thanks", -1);
	/* praise that turns */
	sum("great, late", 3 * -0.5 - 1);
	sum("great day, late", 3 - 1);
	sum("thanks for the late bag", 2 * -0.5 - 1);
	sum("thanks for the good bag", 4);
	/* the valence without the mark counts */
	truth("a marked term without its mark", add_term(&lexicon, "great", 2) == SENTIMENT_ADDED);
	truth("a marked term twice", add_term(&lexicon, "<turn> great", 2) == SENTIMENT_TWICE);
	truth("the other one twice", add_term(&lexicon, "great", 2) == SENTIMENT_TWICE);
	sum("great day", 2);
	sum("great, late", 2 * -0.5 - 1);
	/* closings */
	sum("best, ann", 0);
	sum("the best, ann", 3);
	small_lexicon_start();
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
	test_reach();
	test_service();
}
