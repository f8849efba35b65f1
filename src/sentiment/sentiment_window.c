/*
 * sentiment_window.c: a text as the rules read it.
 *
 * A word's value depends on three words before it and two after it, so a ring of
 * tokens is all the memory needed, for a text of any length.
 */
#include <string.h>

#include "sentiment_window.h"

/* Start to scan a text. */
void
sentiment_scan_start(SentimentScan *scan, const SentimentLexicon *lexicon,
					 const char *text, size_t length, SentimentInterrupt interrupt)
{
	memset(scan, 0, sizeof(*scan));
	scan->lexicon = lexicon;
	scan->interrupt = interrupt;
	sentiment_reader_start(&scan->reader, lexicon, text, length, interrupt);
}

/* Fill the queue up to the wanted number of tokens; false if the text has fewer left. */
static bool
scan_queue(SentimentScan *scan, int wanted)
{
	while (scan->queued < wanted)
	{
		SentimentToken *token = &scan->queue[scan->queued];

		if (!sentiment_read(&scan->reader, token))
			return false;
		if (!token->capitals)
			scan->plain = true;
		scan->queued++;
	}
	return true;
}

/*
 * Put one more token into the ring: the longest term that begins here, or a word; false
 * at the end.
 */
bool
sentiment_scan_token(SentimentScan *scan)
{
	const SentimentLexicon *lexicon = scan->lexicon;
	SentimentToken token;
	int			taken = 1;

	if (!scan_queue(scan, 1))
		return false;
	token = scan->queue[0];
	if (lexicon->words[token.word].begins)
	{
		uint32_t	node = sentiment_step(lexicon, 0, token.word);
		bool		capitals = token.capitals;
		int			words = 1;

		while (node != 0 && words < SENTIMENT_TERM_WORDS && scan_queue(scan, words + 1))
		{
			const SentimentToken *next = &scan->queue[words++];

			node = next->word == 0 ? 0 : sentiment_step(lexicon, node, next->word);
			capitals = capitals && next->capitals;
			if (node != 0 && lexicon->phrases[node] != 0)
			{
				token = (SentimentToken) {lexicon->phrases[node], false, capitals};
				taken = words;
			}
		}
	}
	scan->queued -= taken;
	memmove(scan->queue, scan->queue + taken, (size_t) scan->queued * sizeof(SentimentToken));
	scan->ring[scan->known++ % RING] = token;
	return true;
}

/*
 * Does the token stand out by its capitals?  Not if all words are in capitals; to
 * know this the rest of the text is read once.
 */
bool
sentiment_scan_stands_out(SentimentScan *scan, int64_t place)
{
	if (!scan_at(scan, place)->capitals || scan->all_capitals)
		return false;
	if (!scan->plain)
	{
		SentimentReader rest = scan->reader;
		SentimentToken token;
		int64_t		tokens = 0;

		scan->all_capitals = true;
		while (scan->all_capitals && sentiment_read(&rest, &token))
		{
			scan->all_capitals = token.capitals;
			scan_interrupt(scan, ++tokens);
		}
		scan->plain = !scan->all_capitals;
	}
	return scan->plain;
}
