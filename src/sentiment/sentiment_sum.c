/*
 * sentiment_sum.c: the sums over the words of a text, and what service messages need
 * beside the published rules.
 *
 * These rules hold where the lexicon has marks or settings (sentiment_class.c), as the
 * built-in one has.  They are about whole sentences:
 *
 * - Praise in a question or in a request is not praise ("Can I get a better seat?").
 * - A negation that turns no word is a refusal ("My bag did not come"), except in a
 *   question or a request.
 * - Courtesy ("Thanks") counts only if nothing is asked for and nothing is wrong.
 * - Praise that opens a sentence, or like "thanks for", turns into its opposite if the
 *   next thing said is bad ("Great, delayed again", "thanks for losing my bag").
 */
#include <math.h>
#include <string.h>

#include "sentiment_sum.h"

#define ALPHA			15.0
#define TURN_WORDS		8		/* how far irony reaches */
#define TURN_LEFT		(-0.5)	/* what is left of praise that turned */
#define WRONG			(-0.5)	/* what outweighs courtesy */

void
sentiment_sums_add(SentimentSums *sums, double value)
{
	value *= sums->weight;
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

static void
part_halve(SentimentPart *part)
{
	part->sum *= 0.5;
}

/* What was said before a "but" counts half. */
void
sentiment_sums_halve(SentimentSums *sums)
{
	sums->sum *= 0.5;
	sums->positive = (sums->positive + (double) sums->positives) * 0.5;
	sums->negative = (sums->negative + (double) sums->negatives) * 0.5;
	part_halve(&sums->praise);
	part_halve(&sums->refusal);
	part_halve(&sums->courtesy);
	sums->turn *= 0.5;
}

/* Add a value that may be taken out again. */
static void
sums_part(SentimentSums *sums, SentimentPart *part, double value)
{
	sentiment_sums_add(sums, value);
	part->sum += value * sums->weight;
	part->count++;
}

/* Take out this share of a part; of 1 its words become neutral. */
static void
sums_take(SentimentSums *sums, SentimentPart *part, double share)
{
	double		sum = part->sum * share;

	sums->sum -= sum;
	if (part->sum > 0.0)
	{
		sums->positive -= sum;
		if (share == 1.0)
		{
			sums->positive -= (double) part->count;
			sums->positives -= part->count;
			sums->neutrals += part->count;
		}
	}
	else if (part->sum < 0.0)
	{
		sums->negative += sum;
		if (share == 1.0)
		{
			sums->negative -= (double) part->count;
			sums->negatives -= part->count;
			sums->neutrals += part->count;
		}
	}
	*part = (SentimentPart) {0};
}

/* The praise that waited has been meant (sign 1), or turned. */
static void
turn_resolve(SentimentSums *sums, bool meant)
{
	double		value = sums->turn / sums->weight;

	sums->turn = 0.0;
	if (!meant)
		sentiment_sums_add(sums, value * TURN_LEFT);
	else
		sums_part(sums, sums->turn_courtesy ? &sums->courtesy : &sums->praise, value);
}

/* A negation at a place that is out of reach of what follows. */
static void
refusal_add(SentimentSums *sums, SentimentScan *scan, int64_t place)
{
	SentimentToken *token;

	if (place < 0)
		return;
	token = scan_at(scan, place);
	if (token->used || token->sign || !(token->negates || scan_role(scan, place) == ROLE_NO) ||
		scan_word(scan, place)->term)
		return;
	token->used = true;
	/* it was counted as a neutral word */
	sums->neutrals--;
	sums_part(sums, &sums->refusal, scan->lexicon->refused);
}

/* The sentence ends; of its praise a question or request keeps a part. */
static void
sentence_close(SentimentSums *sums, bool question, double kept)
{
	if (question || sums->asking)
	{
		sums->asked = true;
		sums_take(sums, &sums->praise, 1.0 - kept);
		sums_take(sums, &sums->refusal, 1.0);
	}
	sums->praise = sums->refusal = (SentimentPart) {0};
	sums->asking = false;
}

/* Add the value of the word at a place. */
void
sentiment_sums_word(SentimentSums *sums, SentimentScan *scan, int64_t place, double value)
{
	const SentimentToken *token = scan_see(scan, place);
	const SentimentWord *word = scan_word(scan, place);
	int			i;

	if (word->marks & SENTIMENT_ASK)
		sums->asking = true;
	/* "Best," */
	if ((word->marks & SENTIMENT_CLOSING) && (token->first || token->line) && token->pause &&
		!token->ends)
		value = 0.0;
	if (sums->turn != 0.0)
	{
		if (value != 0.0 && !token->sign)
			turn_resolve(sums, value > 0.0);
		else if (++sums->turn_words == TURN_WORDS)
			turn_resolve(sums, true);
	}
	if (value > 0.0 && (word->marks & SENTIMENT_TURN) &&
		(word->phrase || (token->first && token->pause)))
	{
		sums->turn = value * sums->weight;
		sums->turn_courtesy = (word->marks & SENTIMENT_COURTESY) != 0;
		sums->turn_words = 0;
	}
	else if (value > 0.0)
		sums_part(sums, word->marks & SENTIMENT_COURTESY ? &sums->courtesy : &sums->praise, value);
	else
		sentiment_sums_add(sums, value);
	if (scan->lexicon->refused != 0.0)
	{
		refusal_add(sums, scan, place - BEFORE);
		for (i = BEFORE - 1; token->ends && i >= 0; i--)
			refusal_add(sums, scan, place - i);
	}
	if (token->ends)
		sentence_close(sums, token->question, scan->lexicon->asked);
}

/* The text ends. */
void
sentiment_sums_close(SentimentSums *sums, SentimentScan *scan)
{
	int			i;

	if (sums->turn != 0.0)
		turn_resolve(sums, true);
	if (scan->lexicon->refused != 0.0)
	{
		for (i = BEFORE; i >= 1; i--)
			refusal_add(sums, scan, scan->known - i);
	}
	sentence_close(sums, false, scan->lexicon->asked);
	if (sums->asked || sums->sum - sums->courtesy.sum <= WRONG)
		sums_take(sums, &sums->courtesy, 1.0);
}

static double
rounded(double value, double unit)
{
	/* adding zero turns -0 into 0 */
	return rint(value * unit) / unit + 0.0;
}

/* The shares and the compound, from the sums and the emphasis of the punctuation. */
void
sentiment_sums_scores(const SentimentSums *sums, double emphasis, SentimentScores *scores)
{
	double		sum = sums->sum;
	double		positive = sums->positive;
	double		negative = sums->negative;
	double		total;

	memset(scores, 0, sizeof(*scores));
	if (sums->positives + sums->negatives + sums->neutrals == 0)
		return;
	/* what was taken out leaves rounding behind */
	if (sums->positives + sums->negatives == 0)
		sum = 0.0;
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
