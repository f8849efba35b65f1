/*
 * sentiment_english.c: is a word known English?  Known are the commonest words of
 * letters to a company, written down for this project, the words of the built-in
 * lexicon, and what the usual endings make of both.  The caller's lexicon has no say.
 */
#include <string.h>

#include "sentiment.h"

static const char *const common[] = {
#include "sentiment_english.inc"
};

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

/* How a word of a length compares with a text that ends with a zero. */
static inline int
compare(const char *word, size_t length, const char *text)
{
	int			order = strncmp(word, text, length);

	return order != 0 ? order : text[length] == '\0' ? 0 : -1;
}

static bool
is_listed(const char *word, size_t length)
{
	size_t		low = 0;
	size_t		high = COUNT(common);

	while (low < high)
	{
		size_t		middle = (low + high) / 2;
		int			order = compare(word, length, common[middle]);

		if (order == 0)
			return true;
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (low = 0, high = sentiment_builtin_count; low < high;)
	{
		size_t		middle = (low + high) / 2;
		int			order = compare(word, length, sentiment_builtin[middle].term);

		if (order == 0)
			return true;
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* Is a stem listed, as it is or with this letter behind it? */
static bool
is_stem(const char *word, size_t length, char letter)
{
	char		stem[SENTIMENT_TERM_BYTES + 2];

	if (length < 2)
		return false;
	memcpy(stem, word, length);
	stem[length] = letter;
	return is_listed(stem, length + (letter != '\0'));
}

/* Is a word, folded, known English?  It may be a word that is, with an ending. */
bool
sentiment_is_english(const char *word, size_t length)
{
	static const char *const endings[] = {
		"'s", "s", "d", "ed", "es", "ing", "ly", "er", "est", "r", "st"
	};
	size_t		i;

	if (length == 0 || length > SENTIMENT_TERM_BYTES)
		return false;
	if (is_listed(word, length))
		return true;
	for (i = 0; i < COUNT(endings); i++)
	{
		size_t		ending = strlen(endings[i]);
		size_t		stem = length - ending;

		if (length < ending + 2 || memcmp(word + stem, endings[i], ending) != 0)
			continue;
		/* walks; making; stopped; tries, tried */
		if (is_stem(word, stem, '\0'))
			return true;
		if (i < 3)
			continue;
		if (is_stem(word, stem, 'e') ||
			(stem > 3 && word[stem - 1] == word[stem - 2] && is_stem(word, stem - 1, '\0')) ||
			(word[stem - 1] == 'i' && is_stem(word, stem - 1, 'y')))
			return true;
	}
	return false;
}

/*
 * Count the words of a text, and those that are known English.  Numbers, signs, handles,
 * hashtags and addresses say nothing of the language; they are not counted.
 */
void
sentiment_count_read(const SentimentLexicon *lexicon, const char *text, size_t length,
					 SentimentInterrupt interrupt, SentimentScores *scores)
{
	SentimentReader reader;
	SentimentToken token;
	const SentimentRead *read = &reader.read;
	int64_t		tokens = 0;

	scores->words = scores->read = 0;
	sentiment_reader_start(&reader, lexicon, text, length, interrupt);
	while (sentiment_read(&reader, &token))
	{
		if (interrupt != NULL && ++tokens % 256 == 0)
			interrupt();
		if (read->from == NULL || !read->letters || read->at || read->first == '#' || token.sign ||
			read->cut)
			continue;
		scores->words++;
		scores->read += sentiment_is_english(read->text, read->length);
	}
}
