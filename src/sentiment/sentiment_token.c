/*
 * sentiment_token.c: the tokens of a text.
 *
 * As published: words stand between blanks, and the punctuation around them is
 * stripped.  If two letters or fewer would be left (":D", "XD") it is kept, so that
 * emoticons are found.  Emoji are words of their own, or the words of their names.
 * Added here, because customers write so: typographic apostrophes and quotes count as
 * plain ones, and a word with punctuation inside that is not a term ("late.Never",
 * "slow/rude") is cut there if there are letters on both sides.
 */
#include <string.h>

#include "sentiment_char.h"

/*
 * Where to cut a word: the end of the left part and the start of the right part, with
 * at least two letters on each side.  Addresses stay whole.
 */
static bool
sentiment_cut(const char *from, const char *end, const char **left_end, const char **right,
			  SentimentInterrupt interrupt)
{
	const char *at;
	const char *stretch = sentiment_stretch(from, end);
	int			letters = 0;
	int			size;

	for (at = from; sentiment_more(at, &stretch, end, interrupt); at += size)
	{
		uint32_t	c = sentiment_char(at, end, &size);

		if (sentiment_is_letter(c))
		{
			letters++;
			continue;
		}
		if (letters >= 2 && sentiment_is_cut(c))
		{
			const char *next = at;
			int			first,
						second;

			while (sentiment_more(next, &stretch, end, interrupt) &&
				   sentiment_is_cut(sentiment_char(next, end, &size)))
				next += size;
			if (next < end && sentiment_is_letter(sentiment_char(next, end, &first)) &&
				next + first < end &&
				sentiment_is_letter(sentiment_char(next + first, end, &second)))
			{
				*left_end = at;
				*right = next;
				return true;
			}
			size = 0;			/* the loop continues at next */
			at = next;
		}
		letters = 0;
	}
	return false;
}

static bool
sentiment_is_address(const char *from, const char *end)
{
	size_t		length = (size_t) (end - from);
	const char *colon = memchr(from, ':', length);

	return memchr(from, '@', length) != NULL ||
		(length > 4 && memcmp(from, "www.", 4) == 0) ||
		(colon != NULL && end - colon > 2 && colon[1] == '/' && colon[2] == '/');
}

/* --- the reader -------------------------------------------------------------------------- */

/* Start to read the tokens of a text. */
void
sentiment_reader_start(SentimentReader *reader, const SentimentLexicon *lexicon,
					   const char *text, size_t length, SentimentInterrupt interrupt)
{
	memset(reader, 0, sizeof(*reader));
	reader->interrupt = interrupt;
	reader->lexicon = lexicon;
	reader->at = text;
	reader->end = text + length;
}

/* Make a token of a stripped word. */
static void
sentiment_token(const SentimentReader *reader, const char *from, const char *end,
				SentimentToken *token)
{
	const SentimentLexicon *lexicon = reader->lexicon;
	char		lower[SENTIMENT_TERM_BYTES + 1];
	size_t		length = sentiment_fold(from, end, lower, SENTIMENT_TERM_BYTES,
										&token->capitals, &token->negates,
										reader->interrupt);

	token->word = length == 0 ? 0 :
		sentiment_find(lexicon, lower, length, sentiment_hash(lower, length));
	if (token->word != 0 && lexicon->words[token->word].negates)
		token->negates = true;
}

/* The next token of a text; false at its end. */
bool
sentiment_read(SentimentReader *reader, SentimentToken *token)
{
	const char *from;
	const char *end;
	const char *left_end;
	const char *right;
	int			size;
	uint32_t	c;
	bool		cut = reader->piece != NULL;

	if (reader->name != NULL)
	{
		from = reader->name;
		end = from + strcspn(from, " ");
		reader->name = *end == '\0' ? NULL : end + 1;
		sentiment_token(reader, from, end, token);
		return true;
	}
	if (cut)
	{
		from = reader->piece;
		end = reader->piece_end;
		reader->piece = NULL;
	}
	else
	{
		from = sentiment_skip_blanks(reader->at, reader->end, reader->interrupt);
		if (from == reader->end)
			return false;
		end = sentiment_word_end(from, reader->end, reader->interrupt);
		reader->at = end;
		c = sentiment_char(from, end, &size);
		sentiment_strip(&from, &end, reader->interrupt);
		sentiment_token(reader, from, end, token);
		if (token->word != 0)
			return true;
		if (sentiment_is_emoji(c))
		{
			/* not a term: its name is read instead */
			reader->name = sentiment_emoji_name(c);
			return reader->name == NULL || sentiment_read(reader, token);
		}
		if (end - from < 5 || sentiment_is_address(from, end))
			return true;
	}
	if (sentiment_cut(from, end, &left_end, &right, reader->interrupt))
	{
		reader->piece = right;
		reader->piece_end = end;
		sentiment_token(reader, from, left_end, token);
	}
	else if (cut)
		sentiment_token(reader, from, end, token);
	return true;
}
