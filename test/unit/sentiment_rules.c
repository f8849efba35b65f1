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

void
test_sentiment_rules(void)
{
	small_lexicon_start();
	test_rules();
}
