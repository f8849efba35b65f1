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
#define SENTIMENT_BOOST			0.293	/* what a booster adds */
#define SENTIMENT_TERM_BYTES	127	/* the longest term */
#define SENTIMENT_TERM_WORDS	8	/* the most words of a term */
/* the bytes of the words of a term, with blanks between */
#define SENTIMENT_WHOLE_BYTES	(SENTIMENT_TERM_WORDS * (SENTIMENT_TERM_BYTES + 1))

/* Words with a role of their own in the rules. */
typedef enum SentimentRole
{
	ROLE_NONE, ROLE_AT, ROLE_BUT, ROLE_DOUBT, ROLE_KIND, ROLE_LEAST, ROLE_NEVER, ROLE_NO,
	ROLE_NOR, ROLE_OF, ROLE_OR, ROLE_SO, ROLE_THIS, ROLE_VERY, ROLE_WITHOUT
} SentimentRole;

/*
 * Classes of words: a term "lost <my> <bag>" stands for each word of the class.  A word
 * is in one class at most.  The last ones are places and a setting, not words.
 */
typedef enum SentimentClass
{
	CLASS_NONE, CLASS_MY, CLASS_NUMBER, CLASS_HOURS, CLASS_BAG, CLASS_FLIGHT, CLASS_IS,
	CLASS_NOT, CLASS_CALL, CLASS_FILLER, CLASS_YOU, CLASS_THANKS, CLASS_GREAT, CLASS_START,
	CLASS_END, CLASS_QUESTION, CLASSES
} SentimentClass;

/* What a term does beside its valence: marks before its words in a lexicon, "<ask> can you". */
#define SENTIMENT_ASK		1	/* its sentence is a request or a question */
#define SENTIMENT_TURN		2	/* praise that what is said after it can turn into irony */
#define SENTIMENT_COURTESY	4	/* is praise only where nothing is asked for or wrong */
#define SENTIMENT_PLAIN		16	/* not a mark: the term stands in the lexicon without one, too */
#define SENTIMENT_CLOSING	8	/* says nothing where it begins a line and a comma follows */

/* What is known about a word, or about a term of several words. */
typedef struct SentimentWord
{
	char	   *text;			/* lower case, ended by a zero */
	double		valence;		/* if it is a term */
	uint32_t	hash;
	uint16_t	length;
	int8_t		boost;			/* 1 for boosters, -1 for dampeners, else 0 */
	bool		term;			/* in the lexicon */
	bool		negates;
	bool		special;		/* the last word of a special phrase of the rules */
	bool		begins;			/* the first word of a term of several */
	bool		sign;			/* an emoji or a smiley: no negation turns it */
	bool		phrase;			/* a term of several words */
	uint8_t		marks;
	uint8_t		class;			/* a SentimentClass */
	uint8_t		role;			/* a SentimentRole */
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
	uint64_t	seed;			/* of the hashes: these two change where words lie, and */
	uint64_t	factor;			/* nothing else; the factor is odd */
	SentimentWord *words;		/* 1 .. count; 0 stands for any other word */
	uint32_t	count;
	uint32_t   *slots;			/* a power of two, places in words */
	uint32_t	slot_mask;
	SentimentEdge *edges;
	uint32_t	edge_mask;
	uint32_t	nodes;
	uint32_t   *phrases;		/* for each node the word it stands for, or 0 */
	uint32_t	classes[CLASSES];	/* the word that stands for a class */
	bool		service;		/* it has marks or settings: the rules of sentiment_sum.c hold */
	bool		fills;			/* setting <filler>: fillers may stand inside terms */
	double		asked;			/* setting <question>: the part of praise that a question keeps */
	double		refused;		/* setting <not>: the valence of a negation that turns no word */
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
									SentimentAlloc alloc, uint64_t seed);
extern size_t sentiment_term_words(const char *term, size_t length);
extern SentimentAdded sentiment_lexicon_add(SentimentLexicon *lexicon, const char *term,
											size_t length, double valence);

/* sentiment_hash.c */
extern void sentiment_seeds(SentimentLexicon *lexicon, uint64_t seed);
extern uint32_t sentiment_find(const SentimentLexicon *lexicon, const char *text, size_t length);
extern SentimentWord *sentiment_word(SentimentLexicon *lexicon, const char *text, size_t length);
extern SentimentEdge *sentiment_edge(const SentimentLexicon *lexicon, uint32_t from, uint32_t word);
extern uint32_t sentiment_step(const SentimentLexicon *lexicon, uint32_t from, uint32_t word);
extern uint32_t sentiment_slots(size_t entries);

/* sentiment_class.c */
extern void sentiment_classes_start(SentimentLexicon *lexicon);
extern uint32_t sentiment_class_named(const SentimentLexicon *lexicon, const char *name,
									  size_t length);
extern uint8_t sentiment_mark_named(const char *name, size_t length);
extern bool sentiment_setting(SentimentLexicon *lexicon, SentimentClass class, double valence);
extern const size_t sentiment_class_words;


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
	bool		sign;			/* an emoji, or a smiley */
	bool		pause;			/* punctuation follows */
	bool		ends;			/* the last one of its sentence */
	bool		question;		/* and the sentence ends with a question mark */
	bool		line;			/* the first one of its line */
	bool		first;			/* the first one of its sentence, but for handles */
	bool		used;			/* a negation that a word was turned by */
	bool		handle;			/* an @handle: stands outside the sentence */
} SentimentToken;

/* What blanks between two words end. */
typedef enum SentimentGap
{
	GAP_WORD, GAP_LINE, GAP_PARAGRAPH
} SentimentGap;

#define SENTIMENT_ROOM	(SENTIMENT_TERM_BYTES + 1)

/* A word as it was read: folded to lower case, without the punctuation around it. */
typedef struct SentimentRead
{
	char		room[SENTIMENT_ROOM + 8];	/* zeros behind the word, for the hash */
	const char *text;			/* in the room */
	size_t		length;			/* 0: too long to be a term */
	const char *from;			/* its first sign in the text that is no punctuation */
	uint32_t	first;			/* the first character of all */
	bool		capitals;
	bool		negates;		/* contains n't */
	bool		letters;
	bool		pause;
	bool		ends;
	bool		question;
	bool		cut;			/* punctuation inside, where it may be cut */
	bool		at;				/* an @ */
	int			exclamations;	/* ! and ? among its signs */
	int			questions;
} SentimentRead;

/* The position of a reader in the text, and the rest of the word it is in. */
typedef struct SentimentReader
{
	const SentimentLexicon *lexicon;
	const char *at;				/* next byte to look at */
	const char *end;
	const char *piece;			/* rest of a word that was cut */
	const char *piece_end;
	const char *name;			/* rest of an emoji's name */
	int			exclamations;	/* in the text so far */
	int			questions;
	SentimentGap gap;			/* the last blanks */
	SentimentRead read;
	SentimentInterrupt interrupt;
} SentimentReader;

/* sentiment_fold.c */
extern const char *sentiment_skip_blanks(const char *at, const char *end, SentimentGap *gap,
										 SentimentInterrupt interrupt);
extern const char *sentiment_read_word(const char *at, const char *end, SentimentRead *read,
									   SentimentInterrupt interrupt);

/* sentiment_markup.c */
extern uint32_t sentiment_markup(const char *at, const char *end, int *size);

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
	int64_t		words;			/* words with a letter, if counted */
	int64_t		read;			/* those of them that are known English */
} SentimentScores;

/* sentiment_rules.c */
extern void sentiment_score(const SentimentLexicon *lexicon, const char *text, size_t length,
							SentimentInterrupt interrupt, SentimentScores *scores);

/* sentiment_english.c */
extern bool sentiment_is_english(const char *word, size_t length);
extern void sentiment_count_read(const SentimentLexicon *lexicon, const char *text, size_t length,
								 SentimentInterrupt interrupt, SentimentScores *scores);

#endif
