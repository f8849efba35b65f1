/*
 * sentiment.h: sentiment of comments by the published VADER rules (Hutto & Gilbert
 * 2014) over a lexicon.  Nothing here depends on PostgreSQL, so all of it is tested
 * without a server too.  Texts are UTF-8; other bytes count as signs that are not
 * letters, so no text is an error.
 */
#ifndef RECOVERY_KPI_SENTIMENT_H
#define RECOVERY_KPI_SENTIMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SENTIMENT_VALENCE_MAX	4.0
#define SENTIMENT_TERM_BYTES	127	/* the longest term */
#define SENTIMENT_TERM_WORDS	8	/* the most words of a term */

/* Words with a role of their own in the rules. */
typedef enum SentimentRole
{
	ROLE_NONE, ROLE_AT, ROLE_BUT, ROLE_DOUBT, ROLE_KIND, ROLE_LEAST, ROLE_NEVER, ROLE_NO,
	ROLE_NOR, ROLE_OF, ROLE_OR, ROLE_SO, ROLE_THIS, ROLE_VERY, ROLE_WITHOUT
} SentimentRole;

/* What is known about a word, or about a term of several words. */
typedef struct SentimentWord
{
	char	   *text;			/* lower case, ended by a zero */
	uint32_t	length;
	uint32_t	hash;
	double		valence;		/* if it is a term */
	double		boost;			/* for boosters and dampeners, else 0 */
	bool		term;			/* in the lexicon */
	bool		negates;
	bool		special;		/* the last word of a special phrase of the rules */
	bool		begins;			/* the first word of a term of several */
	SentimentRole role;
} SentimentWord;

/* An edge from the node of the words so far (0: no words) by one more word to the next node. */
typedef struct SentimentEdge
{
	uint32_t	from;
	uint32_t	word;
	uint32_t	to;				/* 0: an empty slot */
} SentimentEdge;

typedef void *(*SentimentAlloc) (size_t);

/* Called now and then, so that the caller can stop long work; may be NULL. */
typedef void (*SentimentInterrupt) (void);

/*
 * A lexicon with the words of the rules.  Words are found by hashing, terms of
 * several words by walking from word to word.
 */
typedef struct SentimentLexicon
{
	SentimentAlloc alloc;
	SentimentWord *words;		/* 1 .. count; 0 stands for any other word */
	uint32_t	count;
	uint32_t   *slots;			/* a power of two, places in words */
	uint32_t	slot_mask;
	SentimentEdge *edges;
	uint32_t	edge_mask;
	uint32_t	nodes;
	uint32_t   *phrases;		/* for each node the word it stands for, or 0 */
} SentimentLexicon;

typedef enum SentimentAdded
{
	SENTIMENT_ADDED, SENTIMENT_EMPTY, SENTIMENT_LONG, SENTIMENT_TWICE
} SentimentAdded;

typedef struct SentimentTerm
{
	const char *term;
	double		valence;
} SentimentTerm;

/* sentiment_lexicon.c */
extern void sentiment_lexicon_start(SentimentLexicon *lexicon, size_t terms, size_t term_words,
									SentimentAlloc alloc);
extern size_t sentiment_term_words(const char *term, size_t length);
extern SentimentAdded sentiment_lexicon_add(SentimentLexicon *lexicon, const char *term,
											size_t length, double valence);
extern uint32_t sentiment_find(const SentimentLexicon *lexicon, const char *text, size_t length,
							   uint32_t hash);
extern uint32_t sentiment_step(const SentimentLexicon *lexicon, uint32_t from, uint32_t word);
extern uint32_t sentiment_hash(const char *text, size_t length);

/* Phrases with a value of their own; the last ones dampen, like the words that do. */
typedef struct SentimentPhrase
{
	const char *text;
	double		value;
} SentimentPhrase;

#define SENTIMENT_PHRASE_DAMPENERS	9	/* index of the first dampening phrase */
extern const SentimentPhrase sentiment_phrases[];

/* sentiment_builtin.c: generated from sentiment_lexicon.txt and sentiment_emoji.txt */
extern const SentimentTerm sentiment_builtin[];
extern const uint32_t sentiment_builtin_count;
extern const char *sentiment_emoji_name(uint32_t codepoint);

/* A token of a text: a word, an emoticon, an emoji or a term of several words. */
typedef struct SentimentToken
{
	uint32_t	word;			/* in the lexicon's words; 0: any other */
	bool		negates;		/* a negation, or contains n't */
	bool		capitals;		/* has letters, and all are capital */
} SentimentToken;

/* The position of a reader in the text, and the rest of the word it is in. */
typedef struct SentimentReader
{
	const SentimentLexicon *lexicon;
	const char *at;				/* next byte to look at */
	const char *end;
	const char *piece;			/* rest of a word that was cut */
	const char *piece_end;
	const char *name;			/* rest of an emoji's name */
	SentimentInterrupt interrupt;
} SentimentReader;

/* sentiment_fold.c */
extern size_t sentiment_fold(const char *from, const char *end, char *to, size_t room,
							 bool *capitals, bool *negates, SentimentInterrupt interrupt);
extern const char *sentiment_skip_blanks(const char *at, const char *end,
										 SentimentInterrupt interrupt);
extern const char *sentiment_word_end(const char *at, const char *end,
									  SentimentInterrupt interrupt);
extern void sentiment_strip(const char **from, const char **end, SentimentInterrupt interrupt);

/* sentiment_token.c */
extern void sentiment_reader_start(SentimentReader *reader, const SentimentLexicon *lexicon,
								   const char *text, size_t length, SentimentInterrupt interrupt);
extern bool sentiment_read(SentimentReader *reader, SentimentToken *token);

typedef struct SentimentScores
{
	double		positive;		/* shares, 0..1, three decimals */
	double		neutral;
	double		negative;
	double		compound;		/* -1..1, four decimals */
} SentimentScores;

/* sentiment_rules.c */
extern void sentiment_score(const SentimentLexicon *lexicon, const char *text, size_t length,
							SentimentInterrupt interrupt, SentimentScores *scores);

#endif
