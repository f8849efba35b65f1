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
	/* a word drawn out is the word */
	sum("goooood", 2);
	sum("baaad", -2);
	sum("gooood waaaste of time", 2 - 3);
	/* a term does not go on in the next sentence */
	sum("waste. of time", 0);
	near("a term of three words counts once", scores_of("waste of time spent").neutral, 0.2, 0);
}

/* A word read must be that, folded and stripped, and its letters all capital or not. */
static void
reads(const char *word, const char *want, bool capitals, bool negates)
{
	SentimentRead read;
	const char *end = sentiment_read_word(word, word + strlen(word), &read, NULL);

	truth(word, *end == '\0' && read.length == strlen(want) &&
		  memcmp(read.text, want, read.length) == 0 && read.capitals == capitals &&
		  read.negates == negates);
}

static void
test_words(void)
{
	char		longest[200];

	reads("Good", "good", false, false);
	reads("GOOD", "good", true, false);
	reads("DON\xe2\x80\x99T", "don't", true, true);
	reads("isn't", "isn't", false, true);
	/* the signs that are typed for an apostrophe */
	reads("isn\xc2\xb4t", "isn't", false, true);
	reads("isn`t", "isn't", false, true);
	reads("isn\xe2\x80\xb2t", "isn't", false, true);
	reads("isn\xef\xbc\x87t", "isn't", false, true);
	reads("isn\xe2\x80\x9bt", "isn't", false, true);
	reads("isn&#39;t", "isn't", false, true);
	reads("isn&#x27;t", "isn't", false, true);
	reads("isn&rsquo;t", "isn't", false, true);
	/* what is no entity and no tag stays */
	reads("a&b;c", "a&b;c", false, false);
	reads("&#0;", "&#0;", false, false);
	reads("<none>", "none", false, false);
	reads("<3", "<3", false, false);
	reads("<b>go</b>od", "good", false, false);
	/* a byte order mark, before and inside */
	reads("\xef\xbb\xbfgo\xef\xbb\xbfod", "good", false, false);
	reads("\xc3\x84RGER", "\xc3\xa4rger", true, false);
	reads("123", "123", false, false);
	reads("(\"good\")", "good", false, false);
	reads("good...", "good", false, false);
	/* two signs or fewer may be an emoticon */
	reads(":)", ":)", false, false);
	reads("...", "...", false, false);
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	reads(longest, "", false, false);
	longest[SENTIMENT_TERM_BYTES] = '\0';
	reads(longest, longest, false, false);
	memset(longest, '!', 100);
	memcpy(longest + 100, "good", 5);
	reads(longest, "good", false, false);
}

void
test_sentiment_token(void)
{
	small_lexicon_start();
	test_words();
	test_tokens();
}
