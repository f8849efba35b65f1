/*
 * sentiment_lexicon.c: a lexicon with the words of the rules, and its terms.
 *
 * The rules' own words (negations, boosters, dampeners) come from the paper and from
 * the program that its authors published.  They are part of the method, with any
 * lexicon.  The memory is taken at the start, sized by the number of terms and words,
 * so adding a term cannot fail.
 */
#include <string.h>

#include "sentiment_char.h"

#define BOOST	SENTIMENT_BOOST

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
	(COUNT(negations) + COUNT(boosters) + COUNT(dampeners) + COUNT(roles) + SPECIAL_WORDS + \
	 sentiment_class_words)

/*
 * The number of words of a term of several words, at least as many as it has, for
 * sentiment_lexicon_start; 0 for a term of one word, and one that is too long.
 */
size_t
sentiment_term_words(const char *term, size_t length)
{
	size_t		count = 0;
	size_t		i;
	bool		inside = false;

	if (length > SENTIMENT_TERM_BYTES)
		return 0;
	for (i = 0; i < length; i++)
	{
		unsigned char c = (unsigned char) term[i];
		bool		blank = c <= ' ';

		/* a word begins after a blank; at worst at each other sign that is not plain, too */
		count += !blank && (!inside || c >= 0xC0 || c == '&' || c == '>');
		inside = !blank;
	}
	return count > 1 ? count : 0;
}

/*
 * Start a lexicon with the words of the rules and room for this number of terms,
 * of which those of several words have term_words words in all.  alloc returns zeroed
 * memory or does not return.  The seed should be one that the giver of the terms does
 * not know.
 */
void
sentiment_lexicon_start(SentimentLexicon *lexicon, size_t terms, size_t term_words,
						SentimentAlloc alloc, uint64_t seed)
{
	/* a term of several words is also a word */
	size_t		words = RULE_WORDS + terms + term_words;
	size_t		i;

	memset(lexicon, 0, sizeof(*lexicon));
	lexicon->alloc = alloc;
	sentiment_seeds(lexicon, seed);
	lexicon->words = alloc((words + 1) * sizeof(SentimentWord));
	lexicon->slot_mask = sentiment_slots(words) - 1;
	lexicon->slots = alloc(((size_t) lexicon->slot_mask + 1) * sizeof(uint32_t));
	lexicon->edge_mask = sentiment_slots(term_words) - 1;
	lexicon->edges = alloc(((size_t) lexicon->edge_mask + 1) * sizeof(SentimentEdge));
	lexicon->phrases = alloc((term_words + 1) * sizeof(uint32_t));

	sentiment_classes_start(lexicon);
	for (i = 0; i < COUNT(negations); i++)
	{
		SentimentWord *word = sentiment_word(lexicon, negations[i], strlen(negations[i]));

		word->negates = true;
		word->class = CLASS_NOT;
	}
	for (i = 0; i < COUNT(boosters); i++)
		sentiment_word(lexicon, boosters[i], strlen(boosters[i]))->boost = 1;
	for (i = 0; i < COUNT(dampeners); i++)
		sentiment_word(lexicon, dampeners[i], strlen(dampeners[i]))->boost = -1;
	for (i = 0; i < COUNT(roles); i++)
	{
		SentimentWord *word = sentiment_word(lexicon, roles[i].text, strlen(roles[i].text));

		word->role = (uint8_t) roles[i].role;
	}
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

/* Is a word a smiley: of signs, with a letter or digit at most, or like o_o? */
static bool
sentiment_is_smiley(const char *text, size_t length)
{
	const unsigned char *s = (const unsigned char *) text;
	size_t		signs = 0;
	size_t		i;
	int			size;

	if (length > 0 && sentiment_is_emoji(sentiment_char(text, text + length, &size)))
		return true;
	for (i = 0; i < length; i++)
	{
		if (s[i] >= 0x80 || s[i] == ' ' || s[i] == '%' || s[i] == '+')
			return false;
		signs += sentiment_is_punctuation(s[i]);
	}
	return signs > 0 && (length - signs <= 1 ||
						 (length == 3 && signs == 1 && s[0] == s[2] && s[0] >= 'a'));
}

/* The words of a term as they are read from a text, its marks, and its class words. */
typedef struct SentimentParts
{
	char		words[SENTIMENT_TERM_WORDS][SENTIMENT_TERM_BYTES + 1];
	size_t		lengths[SENTIMENT_TERM_WORDS];
	uint32_t	classes[SENTIMENT_TERM_WORDS];	/* the word of the class that stands there, or 0 */
	int			count;
	uint8_t		marks;
} SentimentParts;

/* Take a term apart; false if it has too many words. */
static bool
sentiment_parts(const SentimentLexicon *lexicon, const char *at, const char *end,
				SentimentParts *parts)
{
	SentimentRead read;
	SentimentGap ignored;

	parts->count = 0;
	parts->marks = 0;
	while (at < end)
	{
		const char *from = at;
		const char *stop = *at == '<' ? memchr(at, '>', (size_t) (end - at)) : NULL;
		bool		bracket = stop != NULL && (++stop == end || *stop == ' ');
		size_t		size = bracket ? (size_t) (stop - from) : 0;
		uint8_t		mark = bracket && parts->count == 0 ? sentiment_mark_named(from, size) : 0;
		uint32_t	class = bracket ? sentiment_class_named(lexicon, from, size) : 0;

		if (mark == 0 && class == 0)
			stop = sentiment_read_word(at, end, &read, NULL);
		at = sentiment_skip_blanks(stop, end, &ignored, NULL);
		if (mark != 0)
		{
			parts->marks |= mark;
			continue;
		}
		if (class == 0 && read.length == 0)
			continue;
		if (parts->count == SENTIMENT_TERM_WORDS)
			return false;
		parts->classes[parts->count] = class;
		parts->lengths[parts->count] = class != 0 ? size : read.length;
		memcpy(parts->words[parts->count++], class != 0 ? from : read.text,
			   class != 0 ? size : read.length);
	}
	return true;
}

/* Lead from word to word to the word that stands for the whole term. */
static void
sentiment_path(SentimentLexicon *lexicon, const SentimentParts *parts, const SentimentWord *whole)
{
	uint32_t	node = 0;
	int			i;

	for (i = 0; i < parts->count; i++)
	{
		SentimentWord *part = parts->classes[i] != 0 ? &lexicon->words[parts->classes[i]] :
			sentiment_word(lexicon, parts->words[i], parts->lengths[i]);
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
	lexicon->phrases[node] = (uint32_t) (whole - lexicon->words);
}

/* Add a term of one or several words, in any case of letters; tells whether it was added. */
SentimentAdded
sentiment_lexicon_add(SentimentLexicon *lexicon, const char *term, size_t length, double valence)
{
	const char *end = term + length;
	SentimentGap ignored;
	SentimentParts parts;
	char		whole[SENTIMENT_WHOLE_BYTES];
	size_t		size = 0;
	int			i;
	SentimentWord *word;

	if (length > SENTIMENT_TERM_BYTES)
		return SENTIMENT_LONG;
	term = sentiment_skip_blanks(term, end, &ignored, NULL);
	if (term == end)
		return SENTIMENT_EMPTY;
	if (!sentiment_parts(lexicon, term, end, &parts))
		return SENTIMENT_LONG;
	if (parts.count == 0)
		return SENTIMENT_EMPTY;
	for (i = 0; i < parts.count; i++)
	{
		if (i > 0)
			whole[size++] = ' ';
		memcpy(whole + size, parts.words[i], parts.lengths[i]);
		size += parts.lengths[i];
	}
	word = sentiment_word(lexicon, whole, size);
	/* with a mark it is another entry: the valence of the one without counts if there is one */
	if (parts.marks == 0 ? (word->marks & SENTIMENT_PLAIN) != 0 :
		(word->marks & ~SENTIMENT_PLAIN) != 0)
		return SENTIMENT_TWICE;
	if (parts.marks == 0 || !word->term)
		word->valence = valence;
	word->term = true;
	word->marks |= parts.marks == 0 ? SENTIMENT_PLAIN : parts.marks;
	word->phrase = parts.count > 1;
	word->sign = parts.count == 1 && sentiment_is_smiley(whole, size);
	lexicon->service = lexicon->service || parts.marks != 0;
	if (parts.count == 1 && parts.classes[0] != 0)
	{
		/* a class alone is a setting, or nothing */
		sentiment_setting(lexicon, (SentimentClass) word->class, valence);
		word->valence = 0.0;
		word->term = false;
	}
	else if (parts.count > 1)
		sentiment_path(lexicon, &parts, word);
	return SENTIMENT_ADDED;
}
