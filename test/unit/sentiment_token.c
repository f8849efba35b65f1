/*
 * sentiment_token.c: how a text is cut into tokens.
 */
#include "small_lexicon.h"

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

static void
test_tokens(void)
{
	near("words", tokens_of("A tale, of ...  two\tcities\n"), 6, 0);
	near("wide blanks", tokens_of("a\xc2\xa0" "b\xe2\x80\x83" "c\xe3\x80\x80" "d"), 4, 0);
	near("no words", tokens_of(" \n\t "), 0, 0);
	near("a cut", tokens_of("late.Never again"), 3, 0);
	near("no cut in numbers, short forms and addresses",
		 tokens_of("3.50 e.g. www.example.com/slow,bad ann@example.com http://example.com/a"), 5,
			0);
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

/* A word folded must be that, and have so many bytes. */
static void
folded(const char *word, const char *want, bool capitals, bool negates)
{
	char		to[16];
	bool		are_capitals;
	bool		does_negate;
	size_t		length = sentiment_fold(word, word + strlen(word), to, sizeof(to),
										&are_capitals, &does_negate, NULL);

	truth(word, length == strlen(want) && memcmp(to, want, length) == 0 &&
		  are_capitals == capitals && does_negate == negates);
}

static void
stripped(const char *word, const char *want)
{
	const char *from = word;
	const char *end = word + strlen(word);

	sentiment_strip(&from, &end, NULL);
	truth(word, (size_t) (end - from) == strlen(want) && memcmp(from, want, end - from) == 0);
}

static void
test_words(void)
{
	folded("Good", "good", false, false);
	folded("GOOD", "good", true, false);
	folded("DON\xe2\x80\x99T", "don't", true, true);
	folded("isn't", "isn't", false, true);
	folded("\xc3\x84RGER", "\xc3\xa4rger", true, false);
	folded("123", "123", false, false);
	folded("too-long-for-the-room", "", false, false);
	stripped("(\"good\")", "good");
	stripped("good...", "good");
	/* two signs or fewer may be an emoticon */
	stripped(":)", ":)");
	stripped("...", "...");
}

void
test_sentiment_token(void)
{
	small_lexicon_start();
	test_words();
	test_tokens();
}
