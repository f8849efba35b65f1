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
	scan->lexicon = lexicon;
	scan->interrupt = interrupt;
	scan->queued = 0;
	scan->known = 0;
	scan->starts = true;
	scan->plain = scan->all_capitals = false;
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

/* The longest term that begins with the queue: its word, and how many tokens it takes. */
typedef struct Match
{
	uint32_t	word;
	int			tokens;
	bool		anchored;		/* it ends with <end> */
} Match;

static void
match_end(const SentimentScan *scan, uint32_t node, int tokens, Match *match)
{
	uint32_t	to = sentiment_step(scan->lexicon, node, scan->lexicon->classes[CLASS_END]);

	if (to != 0 && scan->lexicon->phrases[to] != 0 && tokens >= match->tokens)
		*match = (Match) {scan->lexicon->phrases[to], tokens, true};
}

/*
 * Follow the terms from a node that so many tokens of the queue led to.  A word is
 * followed as itself and as one of its class; a filler may be left out.  A term does not
 * go on behind the end of a sentence.
 */
static void
match_from(SentimentScan *scan, uint32_t node, int tokens, Match *match)
{
	const SentimentLexicon *lexicon = scan->lexicon;
	uint32_t	word;
	uint32_t	class;
	uint32_t	as_word;
	uint32_t	as_class = 0;

	if (lexicon->phrases[node] != 0 && tokens > match->tokens)
		*match = (Match) {lexicon->phrases[node], tokens, false};
	if (tokens > 0 && (scan->queue[tokens - 1].ends || !scan_queue(scan, tokens + 1)))
	{
		if (lexicon->service)
			match_end(scan, node, tokens, match);
		return;
	}
	if (tokens == SENTIMENT_TERM_WORDS)
		return;
	word = scan->queue[tokens].word;
	if (word == 0)
		return;
	class = lexicon->words[word].class;
	as_word = sentiment_step(lexicon, node, word);
	if (as_word != 0)
		match_from(scan, as_word, tokens + 1, match);
	if (class != CLASS_NONE && lexicon->classes[class] != word)
		as_class = sentiment_step(lexicon, node, lexicon->classes[class]);
	if (as_class != 0)
		match_from(scan, as_class, tokens + 1, match);
	if (class == CLASS_FILLER && lexicon->fills && tokens > 0 && as_word == 0 &&
		node != 0 && tokens + 1 < SENTIMENT_TERM_WORDS)
		match_from(scan, node, tokens + 1, match);
}

/* The term that begins with the queue, of several words; else its first word. */
static void
match_term(SentimentScan *scan, SentimentToken *token, int *taken)
{
	const SentimentLexicon *lexicon = scan->lexicon;
	const SentimentWord *word = &lexicon->words[token->word];
	const SentimentWord *start = &lexicon->words[lexicon->classes[CLASS_START]];
	Match		match = {0, 0, false};
	int			i;

	if (scan->starts && start->begins)
		match_from(scan, sentiment_step(lexicon, 0, lexicon->classes[CLASS_START]), 0, &match);
	if (word->begins ||
		(word->class != CLASS_NONE && lexicon->words[lexicon->classes[word->class]].begins))
	{
		Match		plain = {0, 0, false};

		/* of two that are as long the one that knows the place */
		match_from(scan, 0, 0, &plain);
		if (plain.tokens > match.tokens)
			match = plain;
	}
	if (match.tokens == 0)
		return;
	*taken = match.tokens;
	token->word = match.word;
	token->negates = false;
	for (i = 1; i < match.tokens; i++)
		token->capitals = token->capitals && scan->queue[i].capitals;
	token->sign = false;
	token->pause = scan->queue[match.tokens - 1].pause;
	token->ends = scan->queue[match.tokens - 1].ends;
	token->question = scan->queue[match.tokens - 1].question;
}

/*
 * Put one more token into the ring: the longest term that begins here, or a word; false
 * at the end.
 */
bool
sentiment_scan_token(SentimentScan *scan)
{
	SentimentToken token;
	int			taken = 1;

	if (!scan_queue(scan, 1))
		return false;
	token = scan->queue[0];
	if (token.word != 0)
		match_term(scan, &token, &taken);
	token.first = scan->starts;
	scan->starts = token.ends || (scan->starts && token.handle);
	scan->queued -= taken;
	if (scan->queued > 0)
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
	if (!scan_see(scan, place)->capitals || scan->all_capitals)
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
