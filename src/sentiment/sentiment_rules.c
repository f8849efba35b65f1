/*
 * sentiment_rules.c: the published VADER rules.
 *
 * Hutto & Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of
 * Social Media Text", ICWSM 2014.  Where the paper leaves the order of operations
 * open, it is the order of the program that its authors published.  Two oddities of
 * that program are kept: "so" or "this" before a word with three words before it
 * strengthens like "never so", and special phrases are looked for only at such words.
 * One is not: in that program equal values before and after a "but" are mixed up.
 */
#include <math.h>
#include <string.h>

#include "sentiment_window.h"

#define CAPITALS		0.733
#define NEGATION		(-0.74)
#define NEVER_SO		1.25
#define EXCLAMATION		0.292
#define QUESTION		0.18
#define QUESTIONS		0.96
#define MARKS_MAX		4
#define ALPHA			15.0

/*
 * The sums over the words, added in their order, so that they cancel out exactly as
 * in the published program.  In the shares a positive or negative word counts its
 * value plus one, as a neutral word counts one.
 */
typedef struct SentimentSums
{
	double		sum;
	double		positive;
	double		negative;
	int64_t		positives;
	int64_t		negatives;
	int64_t		neutrals;
} SentimentSums;

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

/* The value after a negation at this distance before the word. */
static double
negated(const SentimentScan *scan, int64_t place, int distance, double value)
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
	return scan_at(scan, place - distance)->negates ? value * NEGATION : value;
}

/* What a booster or dampener at this distance before the word adds. */
static double
boost(SentimentScan *scan, int64_t place, int distance, double value)
{
	static const double decay[] = {1.0, 1.0, 0.95, 0.9};
	double		added = scan_word(scan, place - distance)->boost;

	if (added == 0.0)
		return 0.0;
	if (value < 0.0)
		added = -added;
	if (sentiment_scan_stands_out(scan, place - distance))
		added += value > 0.0 ? CAPITALS : -CAPITALS;
	return added * decay[distance];
}

/* The value of the word at a place, given the words around it. */
static double
word_value(SentimentScan *scan, int64_t place)
{
	const SentimentWord *word = scan_word(scan, place);
	SentimentRole next = scan_role(scan, place - 1);
	SentimentRole second = scan_role(scan, place - 2);
	double		value = word->valence;
	int			distance;

	if (!word->term || word->boost != 0.0 ||
		(word->role == ROLE_KIND && scan_role(scan, place + 1) == ROLE_OF))
		return 0.0;
	/* "no" before a term negates the term and has no value itself */
	if (word->role == ROLE_NO && place + 1 < scan->known && scan_word(scan, place + 1)->term)
		value = 0.0;
	if (next == ROLE_NO || second == ROLE_NO ||
		(scan_role(scan, place - 3) == ROLE_NO && (next == ROLE_OR || next == ROLE_NOR)))
		value = word->valence * NEGATION;
	if (sentiment_scan_stands_out(scan, place))
		value += value > 0.0 ? CAPITALS : -CAPITALS;
	for (distance = 1; distance <= BEFORE; distance++)
	{
		if (place < distance || scan_word(scan, place - distance)->term)
			continue;
		value += boost(scan, place, distance, value);
		value = negated(scan, place, distance, value);
		if (distance == BEFORE)
			value = special_phrases(scan, place, value);
	}
	/* "the least good", but not "at least good" */
	if (next == ROLE_LEAST && !scan_word(scan, place - 1)->term &&
		second != ROLE_AT && second != ROLE_VERY)
		value *= NEGATION;
	return value;
}

/* --- the text -------------------------------------------------------------------------------- */

/* How often a mark is in the text, at most 4. */
static int
marks(const char *text, size_t length, char mark)
{
	const char *end = text + length;
	int			count = 0;

	while (count < MARKS_MAX && length > 0 && (text = memchr(text, mark, length)) != NULL)
	{
		count++;
		length = (size_t) (end - ++text);
	}
	return count;
}

static void
sums_add(SentimentSums *sums, double value)
{
	sums->sum += value;
	if (value > 0.0)
	{
		sums->positive += value + 1.0;
		sums->positives++;
	}
	else if (value < 0.0)
	{
		sums->negative += 1.0 - value;
		sums->negatives++;
	}
	else
		sums->neutrals++;
}

static double
rounded(double value, double unit)
{
	/* adding zero turns -0 into 0 */
	return rint(value * unit) / unit + 0.0;
}

/* The shares and the compound, from the sums and the emphasis of the punctuation. */
static void
sums_scores(const SentimentSums *sums, double emphasis, SentimentScores *scores)
{
	double		sum = sums->sum;
	double		positive = sums->positive;
	double		negative = sums->negative;
	double		total;

	memset(scores, 0, sizeof(*scores));
	if (sums->positives + sums->negatives + sums->neutrals == 0)
		return;
	if (sum > 0.0)
		sum += emphasis;
	else if (sum < 0.0)
		sum -= emphasis;
	if (positive > negative)
		positive += emphasis;
	else if (positive < negative)
		negative += emphasis;
	total = positive + negative + (double) sums->neutrals;
	scores->positive = rounded(positive / total, 1000.0);
	scores->negative = rounded(negative / total, 1000.0);
	scores->neutral = rounded((double) sums->neutrals / total, 1000.0);
	scores->compound = rounded(sum / sqrt(sum * sum + ALPHA), 10000.0);
}

/* The shares (0..1) and the compound (-1..1) of a text in UTF-8. */
void
sentiment_score(const SentimentLexicon *lexicon, const char *text, size_t length,
				SentimentInterrupt interrupt, SentimentScores *scores)
{
	SentimentScan scan;
	SentimentSums sums = {0};
	double		weight = 1.0;
	int			questions;
	int64_t		place;

	sentiment_scan_start(&scan, lexicon, text, length, interrupt);
	for (place = 0;; place++)
	{
		while (scan.known <= place + BEHIND && sentiment_scan_token(&scan))
			continue;
		if (place == scan.known)
			break;
		scan_interrupt(&scan, place);
		if (scan_role(&scan, place) == ROLE_BUT && weight == 1.0)
		{
			/* words before the first "but" count half, words after it one and a half times */
			sums.sum *= 0.5;
			sums.positive = (sums.positive + (double) sums.positives) * 0.5;
			sums.negative = (sums.negative + (double) sums.negatives) * 0.5;
			sums_add(&sums, word_value(&scan, place));
			weight = 1.5;
		}
		else
			sums_add(&sums, word_value(&scan, place) * weight);
	}
	questions = marks(text, length, '?');
	sums_scores(&sums, marks(text, length, '!') * EXCLAMATION +
				(questions < 2 ? 0.0 : questions < MARKS_MAX ? questions * QUESTION : QUESTIONS),
				scores);
}
