/*
 * sentiment_hash.c: the words of a lexicon and the edges between them, found by hashing.
 * The memory is taken when the lexicon is started.
 */
#include <string.h>

#include "sentiment.h"

/*
 * Eight bytes at a time, by odd factors that depend on the seed: who does not know it
 * cannot choose terms that all lie in one place.  Zeros stand behind the text.
 */
static inline uint32_t
sentiment_hash(const SentimentLexicon *lexicon, const char *text, size_t length)
{
	uint64_t	hash = lexicon->seed ^ length;
	uint64_t	factor = lexicon->factor;
	size_t		i;

	for (i = 0; i < length; i += sizeof(uint64_t))
	{
		uint64_t	chunk;

		memcpy(&chunk, text + i, sizeof(chunk));
		hash = (hash ^ chunk) * factor;
		hash ^= hash >> 32;
	}
	return (uint32_t) (hash * factor >> 32);
}

/* A step of the generator SplitMix64 (Steele, Lea & Flood 2014): every seed will do. */
static uint64_t
sentiment_mix(uint64_t seed)
{
	seed += 0x9E3779B97F4A7C15;
	seed = (seed ^ seed >> 30) * 0xBF58476D1CE4E5B9;
	seed = (seed ^ seed >> 27) * 0x94D049BB133111EB;
	return seed ^ seed >> 31;
}

/* Numbers for the hashes, from any seed. */
void
sentiment_seeds(SentimentLexicon *lexicon, uint64_t seed)
{
	lexicon->seed = sentiment_mix(seed);
	lexicon->factor = sentiment_mix(lexicon->seed) | 1;
}

static inline uint32_t
sentiment_find_hashed(const SentimentLexicon *lexicon, const char *text, size_t length,
					  uint32_t hash)
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

/*
 * The place of a word among the lexicon's words, 0 if it is not there.  Eight bytes of
 * zeros must stand behind its text.
 */
uint32_t
sentiment_find(const SentimentLexicon *lexicon, const char *text, size_t length)
{
	return sentiment_find_hashed(lexicon, text, length,
								 sentiment_hash(lexicon, text, length));
}

/* The same, but a missing word is added.  The caller has checked its length. */
SentimentWord *
sentiment_word(SentimentLexicon *lexicon, const char *text, size_t length)
{
	char		padded[SENTIMENT_WHOLE_BYTES + sizeof(uint64_t)];
	uint32_t	hash;
	uint32_t	place;
	uint32_t	slot;
	SentimentWord *word;

	memcpy(padded, text, length);
	memset(padded + length, 0, sizeof(uint64_t));
	hash = sentiment_hash(lexicon, padded, length);
	place = sentiment_find_hashed(lexicon, padded, length, hash);
	if (place != 0)
		return &lexicon->words[place];
	slot = hash & lexicon->slot_mask;
	while (lexicon->slots[slot] != 0)
		slot = (slot + 1) & lexicon->slot_mask;
	lexicon->slots[slot] = ++lexicon->count;
	word = &lexicon->words[lexicon->count];
	word->text = lexicon->alloc(length + 1);
	memcpy(word->text, text, length);
	word->length = (uint16_t) length;
	word->hash = hash;
	return word;
}

/* The edge from a node by a word, or the empty slot where it would be. */
SentimentEdge *
sentiment_edge(const SentimentLexicon *lexicon, uint32_t from, uint32_t word)
{
	uint64_t	hash = ((uint64_t) from << 32 | word) * lexicon->factor;
	uint32_t	slot = (uint32_t) ((hash ^ hash >> 32) * lexicon->factor >> 32);

	slot &= lexicon->edge_mask;
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
uint32_t
sentiment_slots(size_t entries)
{
	uint32_t	slots = 64;

	while (slots < entries * 2)
		slots *= 2;
	return slots;
}
