/*
 * sentiment_builtin.c: the extension's own lexicon and the names of emoji.
 */
#include <math.h>
#include <stdio.h>

#include "small_lexicon.h"

/* What customers write, by kinds: -1 negative, 1 positive, 0 neutral. */
static const struct
{
	const char *text;
	int			sign;
}			written[] = {
	{"not again :(", -1},
	{"No queue \xf0\x9f\x91\x8d", 1},
	{"isn&#39;t good", -1},
	{"don&rsquo;t recommend", -1},
	{"<p>good</p>", 1},
	{"<b>not</b> good", -1},
	{"I have no seat? Great.", 1},
	{"isn\xc2\xb4t good", -1},
	{"isn`t good", -1},
	{"isn\xe2\x80\xb2t good", -1},
	{"isn\xef\xbc\x87t good", -1},
	{"isn\xe2\x80\x9bt good", -1},
	{"unsatisfied", -1},
	{"I would not hesitate to recommend this shop", 1},
	{"I can't recommend them enough", 1},
	{"We are far from satisfied", -1},
	{"I am less than satisfied", -1},
	{"Never better", 1},
	{"I am no longer happy with you", -1},
	{"Thanks for nothing", -1},
	{"Yours faithfully", 0},
	{"Best,", 0},
	{"see the manual (item 8)", 0},
	{"a) b)", 0},
	{"the C: drive is full", 0},
	{"goooood", 1},
	{"@united thanks", 1},
	{"@united thank you!", 1},
	{"@united Can you help me with my booking? Thanks", 0},
	{"@united can you please DM me your confirmation number", 0},
	{"@united how do I add my frequent flyer number", 0},
	{"@united Still waiting for my bag", -1},
	{"on hold for an hour", -1},
	{"third time I call about this", -1},
	{"@united great job losing my bag", -1},
	{"@united thanks for the delay", -1},
	{"@united Great, delayed again.", -1},
	{"Great flight, thank you!", 1},
	{"Awesome. Another two hours on the tarmac", -1},
	{"love how you cancelled my flight without telling me", -1},
	{"way to go, you lost my luggage", -1},
	{"@jetblue my flight was delayed 3 hours", -1},
	{"@jetblue do you fly to Cancun in May?", 0},
	{"@jetblue just sent you a DM", 0},
	{"My bag did not arrive", -1},
	{"Two of my bags never showed up", -1},
	{"You hung up on me", -1},
	{"I've been trying to reach someone for two days", -1},
	{"Why is there no one at the counter?", -1},
	{"Are you kidding me?", -1},
	{"is this how you treat customers?", -1},
	{"Thanks for the quick reply!", 1},
	{"Thank you for helping me with my lost bag!", 1},
	{"Thanks, got it", 1},
	{"Love your new app", 1},
	{"http://t.co/abc", 0},
	{"@united http://t.co/x #travel", 0},
	{"I would like to know if it is possible to book with points", 0},
	{"Your crew was amazing today", 1},
	{"flight attendant was very kind and helpful", 1},
	{"sitting on the runway for 2 hours", -1},
	{"no response to my emails", -1},
	{"I paid a fine of 200 euros", -1},
	{"it works well", 1},
	{"Well, I asked for the credit card department", 0},
	{"The interest rate is 5 percent", 0},
	{"Premium economy", 0},
	{"I hope you can help", 0},
	{"Thanks in advance", 0},
	{"Please advise", 0},
	{"Thank you for your time", 0},
	{"nobody cares about customers", -1},
	{"What a joke", -1},
	{"Charged twice and NO reply to my emails!!", -1},
	{"The agent went above and beyond, thank you!", 1},
	{"Late, but the refund came. Good.", 1},
	{"My order number is 4711.", 0},
	{"Not bad at all", 1},
	{"the food was not good", -1},
	{"not only fast but also friendly", 1},
	{"can't wait to fly with you again", 1},
	{"your website is down", -1},
	{"she said my seat was taken and moved me to the back", -1},
	{"Where is my refund?", -1},
	{"When will you fly to Miami again?", 0}
};

static void
test_written(const SentimentLexicon *whole)
{
	size_t		i;

	for (i = 0; i < sizeof(written) / sizeof(written[0]); i++)
	{
		SentimentScores scores;

		sentiment_score(whole, written[i].text, strlen(written[i].text), NULL, &scores);
		truth(written[i].text, (scores.compound >= 0.05) - (scores.compound <= -0.05) ==
			  written[i].sign);
	}
}

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
	sentiment_lexicon_start(&whole, sentiment_builtin_count, words, allocate, 0);
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
	test_written(&whole);
}
