/*
 * sentiment_window.h: a text as the rules read it, a few tokens at a time.
 */
#ifndef RECOVERY_KPI_SENTIMENT_SCAN_H
#define RECOVERY_KPI_SENTIMENT_SCAN_H

#include "sentiment.h"

#define RING			8		/* three before, one, two after, rounded up to a power of two */
#define BEFORE			3
#define BEHIND			2
#define INTERRUPT_EVERY	256		/* tokens, each nearly as long as a stretch at most */

typedef struct SentimentScan
{
	const SentimentLexicon *lexicon;
	SentimentReader reader;
	SentimentToken queue[SENTIMENT_TERM_WORDS + 1];	/* read, and not yet in the ring */
	int			queued;
	bool		starts;			/* the next token is the first of its sentence */
	SentimentToken ring[RING];
	int64_t		known;			/* tokens that have entered the ring */
	SentimentInterrupt interrupt;
	bool		plain;			/* a token that is not in capitals was read */
	bool		all_capitals;	/* there is no such token in the whole text */
} SentimentScan;

extern void sentiment_scan_start(SentimentScan *scan, const SentimentLexicon *lexicon,
								 const char *text, size_t length, SentimentInterrupt interrupt);
extern bool sentiment_scan_token(SentimentScan *scan);
extern bool sentiment_scan_stands_out(SentimentScan *scan, int64_t place);

/* Let the caller stop, every INTERRUPT_EVERY tokens. */
static inline void
scan_interrupt(const SentimentScan *scan, int64_t tokens)
{
	if (scan->interrupt != NULL && tokens % INTERRUPT_EVERY == 0)
		scan->interrupt();
}

static inline SentimentToken *
scan_at(SentimentScan *scan, int64_t place)
{
	return &scan->ring[place % RING];
}

static inline const SentimentToken *
scan_see(const SentimentScan *scan, int64_t place)
{
	return &scan->ring[place % RING];
}

static inline const SentimentWord *
scan_word(const SentimentScan *scan, int64_t place)
{
	return &scan->lexicon->words[scan->ring[place % RING].word];
}

/* The role in the rules of the word at a place, which may be outside the text. */
static inline SentimentRole
scan_role(const SentimentScan *scan, int64_t place)
{
	return place < 0 || place >= scan->known ? ROLE_NONE :
		(SentimentRole) scan_word(scan, place)->role;
}

#endif
