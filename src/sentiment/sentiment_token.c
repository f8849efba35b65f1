/*
 * sentiment_token.c: the tokens of a text.
 *
 * As published: words are what stands between blanks, without the punctuation around
 * them, unless two letters or fewer were left (":D", "XD"): those keep it, so that
 * emoticons are found.  Emoji are words of their own, or the words of their names.
 * Added here, as customers write so: typographic apostrophes and quotes are taken
 * for plain ones, and a word with punctuation inside that is no term ("late.Never",
 * "slow/rude") is cut there if there are letters on both sides.
 */
#include <string.h>

#include "sentiment_char.h"

/* --- pieces of a text ----------------------------------------------------------------- */

const char *
sentiment_skip_blanks(const char *at, const char *end, SentimentInterrupt interrupt)
{
	const char *stretch = sentiment_stretch(at, end);
	int			size;

	while (sentiment_more(at, &stretch, end, interrupt) && sentiment_is_blank(sentiment_char(at, end, &size)))
		at += size;
	return at;
}

/* The end of the word that begins here: at a blank, or at an emoji; an emoji is one itself. */
const char *
sentiment_word_end(const char *at, const char *end, SentimentInterrupt interrupt)
{
	const char *from = at;
	const char *stretch = sentiment_stretch(at, end);
	bool		emoji = false;
	int			size;

	while (sentiment_more(at, &stretch, end, interrupt))
	{
		uint32_t	c;

		/* most signs are plain ones */
		if ((unsigned char) *at < 0x80)
		{
			if (emoji || sentiment_is_blank((unsigned char) *at))
				break;
			at++;
			continue;
		}
		c = sentiment_char(at, end, &size);
		if (emoji ? !sentiment_is_modifier(c) :
			sentiment_is_blank(c) || (sentiment_is_emoji(c) && at > from))
			break;
		emoji = emoji || sentiment_is_emoji(c);
		at += size;
	}
	return at;
}

/* Take the punctuation off both ends of a word, if more than two signs are left. */
void
sentiment_strip(const char **from, const char **end, SentimentInterrupt interrupt)
{
	const char *first = *from;
	const char *last = *end;
	const char *stretch = sentiment_stretch(first, last);
	const char *at;
	int			size;
	int			left = 0;

	while (sentiment_more(first, &stretch, last, interrupt) && sentiment_is_punctuation(sentiment_char(first, last, &size)))
		first += size;
	for (stretch = last; last > first;)
	{
		const char *before = last - 1;

		if (stretch - last > SENTIMENT_STRETCH)
		{
			if (interrupt != NULL)
				interrupt();
			stretch = last;
		}
		while (before > first && last - before < 4 && ((unsigned char) *before & 0xC0) == 0x80)
			before--;
		if (!sentiment_is_punctuation(sentiment_char(before, last, &size)) || before + size != last)
			break;
		last = before;
	}
	for (at = first; at < last && left <= 2; at += size, left++)
		sentiment_char(at, last, &size);
	if (left > 2)
	{
		*from = first;
		*end = last;
	}
}

/*
 * A word in lower case, with plain apostrophes; the bytes of it, or 0 if it does not
 * fit: then it is no term.  Says also whether its letters are all capital, and whether
 * it has n't in it.
 */
size_t
sentiment_fold(const char *from, const char *end, char *to, size_t room, bool *capitals, bool *negates,
			   SentimentInterrupt interrupt)
{
	const char *stretch = sentiment_stretch(from, end);
	size_t		length = 0;
	bool		fits = true;
	bool		small = false;
	bool		large = false;
	uint32_t	before = 0;
	uint32_t	last = 0;
	int			size;

	*negates = false;
	for (; sentiment_more(from, &stretch, end, interrupt); from += size)
	{
		uint32_t	c = sentiment_char(from, end, &size);
		uint32_t	lower;

		if (sentiment_is_modifier(c))
			continue;
		if (c == 0x2018 || c == 0x2019 || c == 0x02BC)
			c = '\'';
		lower = sentiment_lower(c);
		if (lower != c)
			large = true;
		else if (sentiment_is_small(c))
			small = true;
		if (lower == 't' && last == '\'' && before == 'n')
			*negates = true;
		before = last;
		last = lower;
		if (length + 4 > room)
		{
			fits = false;
			/* nothing more to learn of a word that is too long */
			if (small && *negates)
				break;
		}
		else if (c == 0x110000)
			to[length++] = *from;
		else
			length += sentiment_put(lower, to + length);
	}
	*capitals = large && !small;
	return fits ? length : 0;
}

/*
 * Where to cut a word: the end of the left part and the begin of the right one, with
 * two letters at least on either side.  Addresses stay whole.
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
				next + first < end && sentiment_is_letter(sentiment_char(next + first, end, &second)))
			{
				*left_end = at;
				*right = next;
				return true;
			}
			size = 0;			/* the loop goes on at next */
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

void
sentiment_reader_start(SentimentReader *reader, const SentimentLexicon *lexicon, const char *text, size_t length,
					   SentimentInterrupt interrupt)
{
	memset(reader, 0, sizeof(*reader));
	reader->interrupt = interrupt;
	reader->lexicon = lexicon;
	reader->at = text;
	reader->end = text + length;
}

/* Make a token of a stripped word. */
static void
sentiment_token(const SentimentReader *reader, const char *from, const char *end, SentimentToken *token)
{
	const SentimentLexicon *lexicon = reader->lexicon;
	char		lower[SENTIMENT_TERM_BYTES + 1];
	size_t		length = sentiment_fold(from, end, lower, SENTIMENT_TERM_BYTES, &token->capitals, &token->negates,
										reader->interrupt);

	token->word = length == 0 ? 0 : sentiment_find(lexicon, lower, length, sentiment_hash(lower, length));
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
			/* no term itself: its name is read instead */
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
