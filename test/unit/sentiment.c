/*
 * sentiment.c: the tokens and rules of sentiment over a lexicon of four terms.  Each
 * sum is written as the rules make it; the lists in src are checked too.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sentiment/sentiment.h"
#include "unit.h"

static void *
allocate(size_t size)
{
	return calloc(1, size);
}

static SentimentLexicon lexicon;

static SentimentScores
scores_of(const char *text)
{
	SentimentScores scores;

	sentiment_score(&lexicon, text, strlen(text), NULL, &scores);
	return scores;
}

/* Is the compound of the text that of a sum? */
static void
sum(const char *text, double sum)
{
	double		want = rint(sum / sqrt(sum * sum + 15) * 10000) / 10000;

	near(text, scores_of(text).compound, want, 1e-12);
}

static int
tokens_of(const char *text)
{
	SentimentReader reader;
	SentimentToken token;
	int			count = 0;

	sentiment_reader_start(&reader, &lexicon, text, strlen(text), NULL);
	while (sentiment_read(&reader, &token))
		count++;
	return count;
}

static SentimentAdded
add(const char *term, double valence)
{
	return sentiment_lexicon_add(&lexicon, term, strlen(term), valence);
}

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

static void
test_tokens(void)
{
	near("words", tokens_of("A tale, of ...  two\tcities\n"), 6, 0);
	near("wide blanks", tokens_of("a\xc2\xa0" "b\xe2\x80\x83" "c\xe3\x80\x80" "d"), 4, 0);
	near("no words", tokens_of(" \n\t "), 0, 0);
	near("a cut", tokens_of("late.Never again"), 3, 0);
	near("no cut in numbers, short forms and addresses",
		 tokens_of("3.50 e.g. www.example.com/slow,bad ann@example.com http://example.com/a"), 5, 0);
	near("emoji stand by themselves", tokens_of("ok\xf0\x9f\x98\x80\xf0\x9f\x98\x80yes"), 6, 0);
	near("stray bytes", tokens_of("\xff\xc3 \x80 \xf0\x9f"), 3, 0);
	sum("bad.Good,good", 2);
	sum("(\"Good\")", 2);
	sum("\xe2\x80\x9cgood\xe2\x80\xa6\xe2\x80\x9d", 2);
	sum("it isn\xe2\x80\x99t good", 2 * -0.74);
	sum("\xc3\x84RGERLICH \xc3\xa4rgerlich", -3 - 3 - 0.733);
	sum(":) :-( x", 1.5);
	sum("thanks:)", 0);
	sum("a Waste of  TIME.", -3);
	sum("not a waste of time", -3 * -0.74);
	sum("waste of", 0);
	sum("waste of waste of time", -3);
	near("a term of three words counts once", scores_of("waste of time spent").neutral, 0.2, 0);
}

static void
test_lexicon(void)
{
	char		term[400];
	bool		sorted = true;
	bool		bounded = true;
	bool		added = true;
	SentimentLexicon whole;
	size_t		words = 0;
	uint32_t	i;

	truth("a term twice", add("GOOD", 1) == SENTIMENT_TWICE);
	truth("an empty term", add(" \t", 1) == SENTIMENT_EMPTY);
	truth("a term of many words", add("a b c d e f g h i", 1) == SENTIMENT_LONG);
	memset(term, 'x', sizeof(term) - 1);
	term[sizeof(term) - 1] = '\0';
	truth("a long term", add(term, 1) == SENTIMENT_LONG);
	truth("the name of an emoji", strcmp(sentiment_emoji_name(0x1F44D), "thumbs up") == 0);
	truth("no name", sentiment_emoji_name(0x41) == NULL && sentiment_emoji_name(0x110000) == NULL);

	/* the lists in src */
	for (i = 0; i < sentiment_builtin_count; i++)
		words += sentiment_term_words(sentiment_builtin[i].term, strlen(sentiment_builtin[i].term));
	sentiment_lexicon_start(&whole, sentiment_builtin_count, words, allocate);
	for (i = 0; i < sentiment_builtin_count; i++)
	{
		const SentimentTerm *entry = &sentiment_builtin[i];

		sorted = sorted && (i == 0 || strcmp(entry[-1].term, entry->term) < 0);
		bounded = bounded && fabs(entry->valence) <= SENTIMENT_VALENCE_MAX;
		if (sentiment_lexicon_add(&whole, entry->term, strlen(entry->term), entry->valence) != SENTIMENT_ADDED)
		{
			added = false;
			printf("# not added: %s\n", entry->term);
		}
	}
	truth("the built-in lexicon has 3000 terms", sentiment_builtin_count >= 3000);
	truth("it is sorted, none twice", sorted);
	truth("within -4 and 4", bounded);
	truth("each term can be found in a text", added);
}

static int	interrupts;

static void
interrupted(void)
{
	interrupts++;
}

/* However long a text is, and wherever its length is, it can be stopped on the way. */
static void
test_interrupts(void)
{
	static const char *const pieces[] = {
		"a", "A", " ", "-", "!", ".", "a.", "ab.", "ab...", "\xc3\xa9", "\xff", "\xf0\x9f\x91\x8d", "\xef\xb8\x8f",
		"n't", "aa ", "GOOD ", "\xe2\x80\x94", "\xc2\xa0"
	};
	const int	length = 400000;
	char	   *text = malloc(length + 2);
	size_t		i;

	for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
	{
		int			size = (int) strlen(pieces[i]);
		int			used = 2;
		char		what[80];
		SentimentScores scores;

		memcpy(text, "aa", 2);
		for (; used + size <= length; used += size)
			memcpy(text + used, pieces[i], size);
		/* a chance every 4096 bytes of a long word and every few hundred words, of 5 bytes at most */
		interrupts = 0;
		sentiment_score(&lexicon, text, used, interrupted, &scores);
		snprintf(what, sizeof(what), "a text of many \"%s\" can be stopped", pieces[i]);
		truth(what, interrupts >= length / 4096 / 5 - 1);
	}
	free(text);
	truth("a term that is too long is not looked at", sentiment_term_words("a b", 128) == 0);
}

void
test_sentiment(void)
{
	sentiment_lexicon_start(&lexicon, 16, 32, allocate);
	add("good", 2);
	add("bad", -2);
	add("waste of time", -3);
	add("\xc3\xa4rgerlich", -3);
	add(":)", 3);
	add(":-(", -1.5);
	test_rules();
	test_tokens();
	test_lexicon();
	test_interrupts();
}
