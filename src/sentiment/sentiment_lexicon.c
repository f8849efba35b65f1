/*
 * sentiment_lexicon.c: a lexicon with the words of the rules, found by hashing.
 *
 * The rules' own words (negations, boosters, dampeners) come from the paper and from
 * the program that its authors published.  They are part of the method, with any
 * lexicon.  The memory is taken at the start, sized by the number of terms and words,
 * so adding a term cannot fail.
 */
#include <string.h>

#include "sentiment.h"

#define BOOST	0.293

static const char *const negations[] = {
	"aint", "ain't", "arent", "aren't", "cannot", "cant", "can't", "couldnt", "couldn't",
	"darent", "daren't", "despite", "didnt", "didn't", "doesnt", "doesn't", "dont", "don't",
	"hadnt", "hadn't", "hasnt", "hasn't", "havent", "haven't", "isnt", "isn't", "mightnt",
	"mightn't", "mustnt", "mustn't", "neednt", "needn't", "neither", "never", "none", "nope",
	"nor", "not", "nothing", "nowhere", "oughtnt", "oughtn't", "rarely", "seldom", "shant",
	"shan't", "shouldnt", "shouldn't", "uhuh", "uh-uh", "wasnt", "wasn't", "werent", "weren't",
	"without", "wont", "won't", "wouldnt", "wouldn't"
};

static const char *const boosters[] = {
	"absolutely", "amazingly", "awfully", "completely", "considerable", "considerably",
	"decidedly", "deeply", "effing", "enormous", "enormously", "entirely", "especially",
	"exceptional", "exceptionally", "extreme", "extremely", "fabulously", "flipping", "flippin",
	"frackin", "fracking", "fricking", "frickin", "frigging", "friggin", "fully", "fuckin",
	"fucking", "fuggin", "fugging", "greatly", "hella", "highly", "hugely", "incredible",
	"incredibly", "intensely", "major", "majorly", "more", "most", "particularly", "purely",
	"quite", "really", "remarkably", "so", "substantially", "thoroughly", "total", "totally",
	"tremendous", "tremendously", "uber", "unbelievably", "unusually", "utter", "utterly", "very"
};

static const char *const dampeners[] = {
	"almost", "barely", "hardly", "kinda", "kindof", "kind-of", "less", "little", "marginal",
	"marginally", "occasional", "occasionally", "partly", "scarce", "scarcely", "slight",
	"slightly", "somewhat", "sorta", "sortof", "sort-of"
};

static const struct
{
	const char *text;
	SentimentRole role;
}			roles[] = {
	{"at", ROLE_AT}, {"but", ROLE_BUT}, {"doubt", ROLE_DOUBT}, {"kind", ROLE_KIND},
	{"least", ROLE_LEAST}, {"never", ROLE_NEVER}, {"no", ROLE_NO}, {"nor", ROLE_NOR},
	{"of", ROLE_OF}, {"or", ROLE_OR}, {"so", ROLE_SO}, {"this", ROLE_THIS},
	{"very", ROLE_VERY}, {"without", ROLE_WITHOUT}
};

const SentimentPhrase sentiment_phrases[] = {
	{"the shit", 3.0}, {"the bomb", 3.0}, {"bad ass", 1.5}, {"bus stop", 0.0}, {"yeah right", -2.0},
	{"kiss of death", -1.5}, {"to die for", 3.0}, {"beating heart", 3.1}, {"broken heart", -2.9},
	{"just enough", -BOOST}, {"kind of", -BOOST}, {"sort of", -BOOST}, {NULL, 0.0}
};

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))
#define SPECIAL_WORDS	64		/* more words than the special phrases have */
#define RULE_WORDS \
	(COUNT(negations) + COUNT(boosters) + COUNT(dampeners) + COUNT(roles) + SPECIAL_WORDS)

/* The hash FNV-1a, put in the public domain by its authors Fowler, Noll and Vo. */
uint32_t
sentiment_hash(const char *text, size_t length)
{
	uint32_t	hash = 2166136261u;

	while (length-- > 0)
		hash = (hash ^ (unsigned char) *text++) * 16777619u;
	return hash;
}

/* The place of a word among the lexicon's words, 0 if it is not there. */
uint32_t
sentiment_find(const SentimentLexicon *lexicon, const char *text, size_t length, uint32_t hash)
{
	uint32_t	slot = hash & lexicon->slot_mask;
	uint32_t	word;

	while ((word = lexicon->slots[slot]) != 0)
	{
		const SentimentWord *known = &lexicon->words[word];

		if (known->hash == hash && known->length == length &&
			memcmp(known->text, text, length) == 0)
			return word;
		slot = (slot + 1) & lexicon->slot_mask;
	}
	return 0;
}

/* The same, but a missing word is added.  The caller has checked its length. */
static SentimentWord *
sentiment_word(SentimentLexicon *lexicon, const char *text, size_t length)
{
	uint32_t	hash = sentiment_hash(text, length);
	uint32_t	place = sentiment_find(lexicon, text, length, hash);
	uint32_t	slot = hash & lexicon->slot_mask;
	SentimentWord *word;

	if (place != 0)
		return &lexicon->words[place];
	while (lexicon->slots[slot] != 0)
		slot = (slot + 1) & lexicon->slot_mask;
	lexicon->slots[slot] = ++lexicon->count;
	word = &lexicon->words[lexicon->count];
	word->text = lexicon->alloc(length + 1);
	memcpy(word->text, text, length);
	word->text[length] = '\0';
	word->length = (uint32_t) length;
	word->hash = hash;
	return word;
}

/* The edge from a node by a word, or the empty slot where it would be. */
static SentimentEdge *
sentiment_edge(const SentimentLexicon *lexicon, uint32_t from, uint32_t word)
{
	uint32_t	slot = (from * 2654435761u ^ word * 2246822519u) & lexicon->edge_mask;

	while (lexicon->edges[slot].to != 0 &&
		   !(lexicon->edges[slot].from == from && lexicon->edges[slot].word == word))
		slot = (slot + 1) & lexicon->edge_mask;
	return &lexicon->edges[slot];
}

/* The node that a further word leads to; 0 if no term continues with it. */
uint32_t
sentiment_step(const SentimentLexicon *lexicon, uint32_t from, uint32_t word)
{
	return sentiment_edge(lexicon, from, word)->to;
}

/* A power of two with room to spare, so that searches end soon. */
static uint32_t
sentiment_slots(size_t entries)
{
	uint32_t	slots = 64;

	while (slots < entries * 2)
		slots *= 2;
	return slots;
}

/* The number of words of a term, for sentiment_lexicon_start; 0 if it is too long. */
size_t
sentiment_term_words(const char *term, size_t length)
{
	const char *end = term + length;
	size_t		count = 0;

	if (length > SENTIMENT_TERM_BYTES)
		return 0;
	for (term = sentiment_skip_blanks(term, end, NULL); term < end; count++)
		term = sentiment_skip_blanks(sentiment_word_end(term, end, NULL), end, NULL);
	return count;
}

/*
 * Start a lexicon with the words of the rules and room for this number of terms,
 * which have term_words words in all.  alloc returns zeroed memory or does not
 * return.
 */
void
sentiment_lexicon_start(SentimentLexicon *lexicon, size_t terms, size_t term_words,
						SentimentAlloc alloc)
{
	/* a term of several words is also a word */
	size_t		words = RULE_WORDS + terms + term_words;
	size_t		i;

	memset(lexicon, 0, sizeof(*lexicon));
	lexicon->alloc = alloc;
	lexicon->words = alloc((words + 1) * sizeof(SentimentWord));
	lexicon->slot_mask = sentiment_slots(words) - 1;
	lexicon->slots = alloc(((size_t) lexicon->slot_mask + 1) * sizeof(uint32_t));
	lexicon->edge_mask = sentiment_slots(term_words) - 1;
	lexicon->edges = alloc(((size_t) lexicon->edge_mask + 1) * sizeof(SentimentEdge));
	lexicon->phrases = alloc((term_words + 1) * sizeof(uint32_t));

	for (i = 0; i < COUNT(negations); i++)
		sentiment_word(lexicon, negations[i], strlen(negations[i]))->negates = true;
	for (i = 0; i < COUNT(boosters); i++)
		sentiment_word(lexicon, boosters[i], strlen(boosters[i]))->boost = BOOST;
	for (i = 0; i < COUNT(dampeners); i++)
		sentiment_word(lexicon, dampeners[i], strlen(dampeners[i]))->boost = -BOOST;
	for (i = 0; i < COUNT(roles); i++)
		sentiment_word(lexicon, roles[i].text, strlen(roles[i].text))->role = roles[i].role;
	for (i = 0; sentiment_phrases[i].text != NULL; i++)
	{
		const char *at = sentiment_phrases[i].text;
		size_t		length;

		/*
		 * all words must be known; the last one is marked, so that the phrase is looked
		 * for there
		 */
		for (; *(at += strspn(at, " ")) != '\0'; at += length)
		{
			length = strcspn(at, " ");
			sentiment_word(lexicon, at, length)->special |= at[length] == '\0';
		}
	}
}

/* One word of a term as it is read from a text: stripped, in lower case. */
static size_t
sentiment_term_word(const char **at, const char *end, char *to)
{
	const char *from = *at;
	const char *stop = sentiment_word_end(from, end, NULL);
	bool		ignored;

	*at = sentiment_skip_blanks(stop, end, NULL);
	sentiment_strip(&from, &stop, NULL);
	return sentiment_fold(from, stop, to, SENTIMENT_TERM_BYTES, &ignored, &ignored, NULL);
}

/* Add a term of one or several words, in any case of letters; tells whether it was added. */
SentimentAdded
sentiment_lexicon_add(SentimentLexicon *lexicon, const char *term, size_t length, double valence)
{
	const char *end = term + length;
	const char *at;
	char		words[SENTIMENT_TERM_WORDS][SENTIMENT_TERM_BYTES + 1];
	size_t		lengths[SENTIMENT_TERM_WORDS];
	char		whole[SENTIMENT_TERM_WORDS * (SENTIMENT_TERM_BYTES + 1)];
	size_t		size = 0;
	int			count = 0;
	int			i;
	SentimentWord *word;

	if (length > SENTIMENT_TERM_BYTES)
		return SENTIMENT_LONG;
	at = sentiment_skip_blanks(term, end, NULL);
	if (at == end)
		return SENTIMENT_EMPTY;
	while (at < end)
	{
		if (count == SENTIMENT_TERM_WORDS)
			return SENTIMENT_LONG;
		lengths[count] = sentiment_term_word(&at, end, words[count]);
		if (lengths[count] > 0)
			count++;
	}
	if (count == 0)
		return SENTIMENT_EMPTY;
	for (i = 0; i < count; i++)
	{
		if (i > 0)
			whole[size++] = ' ';
		memcpy(whole + size, words[i], lengths[i]);
		size += lengths[i];
	}
	word = sentiment_word(lexicon, whole, size);
	if (word->term)
		return SENTIMENT_TWICE;
	word->term = true;
	word->valence = valence;
	if (count > 1)
	{
		uint32_t	node = 0;

		for (i = 0; i < count; i++)
		{
			SentimentWord *part = sentiment_word(lexicon, words[i], lengths[i]);
			SentimentEdge *edge = sentiment_edge(lexicon, node, (uint32_t) (part - lexicon->words));

			if (i == 0)
				part->begins = true;
			if (edge->to == 0)
			{
				edge->from = node;
				edge->word = (uint32_t) (part - lexicon->words);
				edge->to = ++lexicon->nodes;
			}
			node = edge->to;
		}
		lexicon->phrases[node] = (uint32_t) (word - lexicon->words);
	}
	return SENTIMENT_ADDED;
}
