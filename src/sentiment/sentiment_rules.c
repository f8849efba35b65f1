/*
 * sentiment_rules.c: the published VADER rules.
 *
 * Hutto & Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of
 * Social Media Text", ICWSM 2014.  Where the paper leaves the order of operations
 * open, it is the order of the program that its authors published.  Two oddities of
 * that program are kept: "so" or "this" before a word with three words before it
 * strengthens like "never so", and special phrases are looked for only at such words.
 * One is not: in that program equal values before and after a "but" are mixed up.
 *
 * Two things depart from it on purpose: a negation ends with its sentence, and does not
 * turn an emoji or a smiley.
 */
#include <math.h>
#include <string.h>

#include "sentiment_sum.h"

#define CAPITALS		0.733
#define NEGATION		(-0.74)
#define NEVER_SO		1.25
#define EXCLAMATION		0.292
#define QUESTION		0.18
#define QUESTIONS		0.96
#define MARKS_MAX		4

/* --- the value of a word ------------------------------------------------------------------- */

/* Are the words from a place on the words of a phrase? */
static bool
phrase_is(const SentimentScan *scan, const char *phrase, int64_t place)
{
	for (; *phrase != '\0'; place++)
	{
		size_t		length = strcspn(phrase, " ");
		const SentimentWord *word;

		if (place < 0 || place >= scan->known)
			return false;
		word = scan_word(scan, place);
		if (word->length != length || memcmp(word->text, phrase, length) != 0)
			return false;
		phrase += length + strspn(phrase + length, " ");
	}
	return true;
}

static int64_t
phrase_words(const char *phrase)
{
	int64_t		words = 1;

	for (; *phrase != '\0'; phrase++)
		words += *phrase == ' ';
	return words;
}

/* The effect of special phrases around a word that has three words before it. */
static double
special_phrases(const SentimentScan *scan, int64_t place, double value)
{
	/*
	 * in the published order: how far before the word the phrase begins, and its number
	 * of words
	 */
	static const int behind[][2] = {{1, 2}, {2, 3}, {2, 2}, {3, 3}, {3, 2}, {0, 2}, {0, 3}};
	static const int dampening[][2] = {{3, 3}, {3, 2}, {2, 2}};
	bool		found = false;
	bool		any = false;
	int			i,
				k;

	for (i = -BEFORE; i <= BEHIND; i++)
		any = any || (place + i < scan->known && scan_word(scan, place + i)->special);
	if (!any)
		return value;
	for (i = 0; i < (int) (sizeof(behind) / sizeof(behind[0])); i++)
	{
		/* the first phrase that ends before or at the word; then phrases that begin at it */
		if (found && behind[i][0] > 0)
			continue;
		for (k = 0; k < SENTIMENT_PHRASE_DAMPENERS; k++)
		{
			if (phrase_words(sentiment_phrases[k].text) == behind[i][1] &&
				phrase_is(scan, sentiment_phrases[k].text, place - behind[i][0]))
			{
				value = sentiment_phrases[k].value;
				found = true;
			}
		}
	}
	for (i = 0; i < (int) (sizeof(dampening) / sizeof(dampening[0])); i++)
	{
		for (k = SENTIMENT_PHRASE_DAMPENERS; sentiment_phrases[k].text != NULL; k++)
		{
			if (phrase_words(sentiment_phrases[k].text) == dampening[i][1] &&
				phrase_is(scan, sentiment_phrases[k].text, place - dampening[i][0]))
				value += sentiment_phrases[k].value;
		}
	}
	return value;
}

static inline bool
role_is_so(SentimentRole role)
{
	return role == ROLE_SO || role == ROLE_THIS;
}

/*
 * The value after a negation at this distance before the word.  A negation does not
 * reach over the end of a sentence: reach is how many words before are in this one.
 */
static double
negated(SentimentScan *scan, int64_t place, int distance, double value)
{
	SentimentRole far = scan_role(scan, place - distance);
	SentimentRole next = scan_role(scan, place - 1);
	SentimentRole second = scan_role(scan, place - 2);

	if (distance == 2 && far == ROLE_NEVER && role_is_so(next))
		return value * NEVER_SO;
	if (distance == 3 && ((far == ROLE_NEVER && role_is_so(second)) || role_is_so(next)))
		return value * NEVER_SO;
	if (far == ROLE_WITHOUT &&
		((distance >= 2 && next == ROLE_DOUBT) || (distance == 3 && second == ROLE_DOUBT)))
		return value;
	if (!scan_see(scan, place - distance)->negates)
		return value;
	scan_at(scan, place - distance)->used = true;
	return value * NEGATION;
}

/* What a booster or dampener at this distance before the word adds. */
static double
boost(SentimentScan *scan, int64_t place, int distance, double value)
{
	static const double decay[] = {1.0, 1.0, 0.95, 0.9};
	double		added = scan_word(scan, place - distance)->boost * SENTIMENT_BOOST;

	if (added == 0.0)
		return 0.0;
	if (value < 0.0)
		added = -added;
	if (sentiment_scan_stands_out(scan, place - distance))
		added += value > 0.0 ? CAPITALS : -CAPITALS;
	return added * decay[distance];
}

/* How many of the three words before a place are in its sentence. */
static int
reach_of(const SentimentScan *scan, int64_t place)
{
	int			reach = 0;

	while (reach < BEFORE && place > reach && !scan_see(scan, place - 1 - reach)->ends)
		reach++;
	return reach;
}

/* "no" before a term negates it: right before, one word before, or as in "no x or good". */
static bool
refused(SentimentScan *scan, int64_t place, int reach)
{
	SentimentRole next = scan_role(scan, place - 1);
	int			distance;

	if (reach >= 1 && next == ROLE_NO)
		distance = 1;
	else if (reach >= 2 && scan_role(scan, place - 2) == ROLE_NO)
		distance = 2;
	else if (reach >= 3 && scan_role(scan, place - 3) == ROLE_NO &&
			 (next == ROLE_OR || next == ROLE_NOR))
		distance = 3;
	else
		return false;
	scan_at(scan, place - distance)->used = true;
	return true;
}

/* The value of the word at a place, given the words around it. */
double
sentiment_word_value(SentimentScan *scan, int64_t place)
{
	const SentimentWord *word = scan_word(scan, place);
	double		value = word->valence;
	int			reach;
	int			distance;

	if (!word->term || word->boost != 0 ||
		(word->role == ROLE_KIND && scan_role(scan, place + 1) == ROLE_OF))
		return 0.0;
	/* no negation turns an emoji or a smiley, or a term that says nothing */
	reach = value == 0.0 || scan_see(scan, place)->sign ? 0 : reach_of(scan, place);
	/* "no" before a term negates the term and has no value itself */
	if (word->role == ROLE_NO && !scan_see(scan, place)->ends && place + 1 < scan->known &&
		scan_word(scan, place + 1)->term)
		value = 0.0;
	if (reach > 0 && refused(scan, place, reach))
		value = word->valence * NEGATION;
	if (sentiment_scan_stands_out(scan, place))
		value += value > 0.0 ? CAPITALS : -CAPITALS;
	for (distance = 1; distance <= BEFORE; distance++)
	{
		if (place < distance || scan_word(scan, place - distance)->term)
			continue;
		value += boost(scan, place, distance, value);
		if (distance <= reach)
			value = negated(scan, place, distance, value);
		if (distance == BEFORE)
			value = special_phrases(scan, place, value);
	}
	/* "the least good", but not "at least good" */
	if (reach > 0 && scan_role(scan, place - 1) == ROLE_LEAST &&
		!scan_word(scan, place - 1)->term &&
		scan_role(scan, place - 2) != ROLE_AT && scan_role(scan, place - 2) != ROLE_VERY)
		value *= NEGATION;
	return value;
}

/* --- the text -------------------------------------------------------------------------------- */

/* What the punctuation adds: each ! counts, and ? from two on. */
static double
emphasis(const SentimentReader *reader)
{
	int			questions = reader->questions;

	return (reader->exclamations < MARKS_MAX ? reader->exclamations : MARKS_MAX) * EXCLAMATION +
		(questions < 2 ? 0.0 : questions < MARKS_MAX ? questions * QUESTION : QUESTIONS);
}

/* The shares (0..1) and the compound (-1..1) of a text in UTF-8. */
void
sentiment_score(const SentimentLexicon *lexicon, const char *text, size_t length,
				SentimentInterrupt interrupt, SentimentScores *scores)
{
	SentimentScan scan;
	SentimentSums sums = {0};
	int64_t		place;

	sums.weight = 1.0;
	sentiment_scan_start(&scan, lexicon, text, length, interrupt);
	for (place = 0;; place++)
	{
		double		value;

		while (scan.known <= place + BEHIND && sentiment_scan_token(&scan))
			continue;
		if (place == scan.known)
			break;
		scan_interrupt(&scan, place);
		value = sentiment_word_value(&scan, place);
		/* words before the first "but" count half, words after it one and a half times */
		if (scan_role(&scan, place) == ROLE_BUT && sums.weight == 1.0)
		{
			sentiment_sums_halve(&sums);
			sentiment_sums_add(&sums, value);
			sums.weight = 1.5;
		}
		else if (lexicon->service)
			sentiment_sums_word(&sums, &scan, place, value);
		else
			sentiment_sums_add(&sums, value);
	}
	if (lexicon->service)
		sentiment_sums_close(&sums, &scan);
	sentiment_sums_scores(&sums, emphasis(&scan.reader), scores);
}
