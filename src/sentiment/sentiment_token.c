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

/*
 * A word that is not known, with letters drawn out: "goooood" is "good", "sooo" is "so".
 * Runs of three letters and more become two, then one.
 */
static uint32_t
sentiment_drawn_out(const SentimentLexicon *lexicon, const SentimentRead *read)
{
	char		shorter[SENTIMENT_ROOM + 8];
	size_t		i = 0;
	size_t		kept;
	uint32_t	word = 0;

	while (i + 2 < read->length && !(read->text[i] == read->text[i + 1] &&
									 read->text[i] == read->text[i + 2]))
		i++;
	if (i + 2 >= read->length)
		return 0;
	for (kept = 2; kept > 0 && word == 0; kept--)
	{
		size_t		length = 0;
		size_t		run;

		for (i = 0; i < read->length; i += run)
		{
			for (run = 1; i + run < read->length && read->text[i + run] == read->text[i]; run++)
				continue;
			memset(shorter + length, read->text[i], run > 2 ? kept : run);
			length += run > 2 ? kept : run;
		}
		memset(shorter + length, 0, 8);
		word = sentiment_find(lexicon, shorter, length);
	}
	return word;
}

/* --- the reader -------------------------------------------------------------------------- */

/* Start to read the tokens of a text. */
void
sentiment_reader_start(SentimentReader *reader, const SentimentLexicon *lexicon,
					   const char *text, size_t length, SentimentInterrupt interrupt)
{
	reader->interrupt = interrupt;
	reader->lexicon = lexicon;
	reader->end = text + length;
	reader->at = sentiment_skip_blanks(text, reader->end, &reader->gap, interrupt);
	reader->piece = reader->piece_end = reader->name = NULL;
	reader->exclamations = reader->questions = 0;
}

/* Make a token of the word that was read. */
static void
sentiment_token(const SentimentReader *reader, SentimentToken *token)
{
	const SentimentLexicon *lexicon = reader->lexicon;
	const SentimentRead *read = &reader->read;
	const SentimentWord *word;

	token->word = read->length == 0 ? 0 : sentiment_find(lexicon, read->text, read->length);
	token->capitals = read->capitals;
	token->pause = read->pause;
	/* "e.g." does not end a sentence */
	token->ends = read->ends && !(read->length > 2 && read->text[1] == '.' && read->letters);
	token->question = read->question;
	token->line = token->first = token->used = token->handle = false;
	word = &lexicon->words[token->word];
	token->negates = read->negates || word->negates;
	token->sign = word->sign;
}

/* What a word that is not in the lexicon may be. */
static void
sentiment_unknown(const SentimentReader *reader, SentimentToken *token)
{
	const SentimentLexicon *lexicon = reader->lexicon;
	const SentimentRead *read = &reader->read;

	if (read->length == 0)
		return;
	if (read->text[0] >= '0' && read->text[0] <= '9' && !read->letters)
		token->word = lexicon->classes[CLASS_NUMBER];
	else if (read->letters && !read->at && read->length > 2)
	{
		token->word = sentiment_drawn_out(lexicon, read);
		token->negates = token->negates || lexicon->words[token->word].negates;
	}
}

/* The next token of a text; false at its end. */
bool
sentiment_read(SentimentReader *reader, SentimentToken *token)
{
	SentimentRead *read = &reader->read;
	const char *from;
	const char *end;
	const char *left_end;
	const char *right;
	bool		cut = reader->piece != NULL;
	bool		line;

	if (reader->name != NULL)
	{
		from = reader->name;
		end = from + strcspn(from, " ");
		reader->name = *end == '\0' ? NULL : end + 1;
		sentiment_read_word(from, end, read, reader->interrupt);
		sentiment_token(reader, token);
		token->sign = true;
		token->negates = false;
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
		from = reader->at;
		if (from == reader->end)
			return false;
		end = sentiment_read_word(from, reader->end, read, reader->interrupt);
		line = reader->gap != GAP_WORD;
		reader->at = sentiment_skip_blanks(end, reader->end, &reader->gap, reader->interrupt);
		reader->exclamations += read->exclamations;
		reader->questions += read->questions;
		sentiment_token(reader, token);
		token->line = line;
		if (token->word == 0 && sentiment_is_emoji(read->first))
		{
			/* not a term: its name is read instead */
			token->sign = true;
			reader->name = sentiment_emoji_name(read->first);
			return reader->name == NULL || sentiment_read(reader, token);
		}
		if (reader->gap == GAP_PARAGRAPH)
			token->ends = true;
		if (token->word != 0)
			return true;
		token->handle = read->first == '@' && read->length > 1;
		if (!read->cut || sentiment_is_address(read->from, end))
		{
			sentiment_unknown(reader, token);
			return true;
		}
		from = read->from;
	}
	if (sentiment_cut(from, end, &left_end, &right, reader->interrupt))
	{
		int			size;
		uint32_t	c = sentiment_char(left_end, right, &size);

		reader->piece = right;
		reader->piece_end = end;
		sentiment_read_word(from, left_end, read, reader->interrupt);
		sentiment_token(reader, token);
		token->pause = true;
		token->ends = c == '.' || c == '!' || c == '?' || c == 0x2026;
		token->question = c == '?';
	}
	else if (cut)
	{
		sentiment_read_word(from, end, read, reader->interrupt);
		sentiment_token(reader, token);
		if (reader->gap == GAP_PARAGRAPH)
			token->ends = true;
	}
	if (token->word == 0)
		sentiment_unknown(reader, token);
	return true;
}
