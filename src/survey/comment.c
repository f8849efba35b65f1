/*
 * comment.c: sentiment of comments as SQL functions.
 *
 * The rules are in sentiment_rules.c, over UTF-8.  Texts of a database in another
 * encoding are converted; in SQL_ASCII, which does not say what its bytes mean, they
 * are read as UTF-8 where possible.
 */
#include "postgres.h"

#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "base/summary.h"
#include "sentiment/sentiment.h"

PG_FUNCTION_INFO_V1(sentiment);
PG_FUNCTION_INFO_V1(sentiment_with);
PG_FUNCTION_INFO_V1(sentiment_scores);
PG_FUNCTION_INFO_V1(sentiment_scores_with);
PG_FUNCTION_INFO_V1(sentiment_lexicon);

#define SENTIMENT_WORDS_MAX		1000000 /* in all: keeps memory far below a gigabyte */

/* --- texts ------------------------------------------------------------------------- */

/* Are the database's texts in the encoding that the rules read? */
static bool
sentiment_plain_encoding(void)
{
	return GetDatabaseEncoding() == PG_UTF8 || GetDatabaseEncoding() == PG_SQL_ASCII;
}

/* Bytes of the database's encoding as UTF-8. */
static const char *
sentiment_utf8(const char *bytes, int length, size_t *utf8_length)
{
	char	   *converted;

	*utf8_length = length;
	if (sentiment_plain_encoding())
		return bytes;
	converted = pg_server_to_any(bytes, length, PG_UTF8);
	if (converted != bytes)
		*utf8_length = strlen(converted);
	return converted;
}

static void
sentiment_interrupt(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* The scores of the text in argument 0; its words are counted only if asked for. */
static SentimentScores
sentiment_scores_of(FunctionCallInfo fcinfo, const SentimentLexicon *lexicon, bool counted)
{
	text	   *given = PG_GETARG_TEXT_PP(0);
	size_t		length;
	const char *bytes = sentiment_utf8(VARDATA_ANY(given), VARSIZE_ANY_EXHDR(given), &length);
	SentimentScores scores;

	sentiment_score(lexicon, bytes, length, sentiment_interrupt, &scores);
	if (counted)
		sentiment_count_read(lexicon, bytes, length, sentiment_interrupt, &scores);
	return scores;
}

/* --- lexicons ------------------------------------------------------------------------- */

static void *
sentiment_alloc(size_t size)
{
	return palloc0(size);
}

/*
 * Where the words of the caller's lexicon lie depends on a number that nobody can know,
 * so that no lexicon is slow to build.  What is found does not depend on it.
 */
static uint64
sentiment_seed(void)
{
	static uint64 seed = 0;

	if (seed == 0 && !pg_strong_random(&seed, sizeof(seed)))
		ereport(ERROR,
				(errcode(ERRCODE_INTERNAL_ERROR),
				 errmsg("could not generate a random number for a sentiment lexicon")));
	return seed;
}

/* The built-in lexicon, prepared once in a session. */
static const SentimentLexicon *
sentiment_own_lexicon(void)
{
	static SentimentLexicon *own = NULL;
	SentimentLexicon *lexicon;
	MemoryContext caller;
	MemoryContext context;
	size_t		words = 0;
	uint32		i;

	if (likely(own != NULL))
		return own;
	for (i = 0; i < sentiment_builtin_count; i++)
		words += sentiment_term_words(sentiment_builtin[i].term, strlen(sentiment_builtin[i].term));
	context = AllocSetContextCreate(CurrentMemoryContext, "sentiment lexicon",
									ALLOCSET_DEFAULT_SIZES);
	caller = MemoryContextSwitchTo(context);
	lexicon = palloc0(sizeof(SentimentLexicon));
	sentiment_lexicon_start(lexicon, sentiment_builtin_count, words, sentiment_alloc, 0);
	for (i = 0; i < sentiment_builtin_count; i++)
		sentiment_lexicon_add(lexicon, sentiment_builtin[i].term, strlen(sentiment_builtin[i].term),
							  sentiment_builtin[i].valence);
	MemoryContextSwitchTo(caller);
	MemoryContextSetParent(context, TopMemoryContext);
	own = lexicon;
	return own;
}

static void
sentiment_not_a_lexicon(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("a sentiment lexicon is a JSON object"),
			 errdetail("Each key is a term, each value its valence, -4 to 4."),
			 errhint("Write it like {\"refunded\": 1.5, \"no reply\": -2}.")));
}

/* The valence of a term, -4 to 4; an error otherwise. */
static double
sentiment_valence(const char *term, const JsonbValue *value)
{
	double		valence;

	if (value->type != jbvNumeric)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("valence of \"%s\" in a sentiment lexicon is not a number", term),
				 errdetail("A valence is a number from -4 to 4.")));
	valence = DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
												 NumericGetDatum(value->val.numeric)));
	if (!(fabs(valence) <= SENTIMENT_VALENCE_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("valence %s of \"%s\" in a sentiment lexicon is outside -4..4",
						summary_print(valence), term)));
	return valence;
}

static void
sentiment_too_long(const char *term)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("term \"%s\" in a sentiment lexicon is too long", summary_shown(term)),
			 errdetail("A term has at most %d words and %d bytes.",
					   SENTIMENT_TERM_WORDS, SENTIMENT_TERM_BYTES)));
}

/* Add a term of the caller's lexicon; an error if it is wrong. */
static void
sentiment_add(SentimentLexicon *lexicon, const char *term, const JsonbValue *value)
{
	size_t		length;
	const char *utf8 = sentiment_utf8(term, strlen(term), &length);

	/* before a message shows the whole term */
	if (length > SENTIMENT_TERM_BYTES)
		sentiment_too_long(term);
	switch (sentiment_lexicon_add(lexicon, utf8, length, sentiment_valence(term, value)))
	{
		case SENTIMENT_ADDED:
			return;
		case SENTIMENT_EMPTY:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("term \"%s\" in a sentiment lexicon is empty", term)));
			break;
		case SENTIMENT_LONG:
			sentiment_too_long(term);
			break;
		case SENTIMENT_TWICE:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("term \"%s\" is twice in a sentiment lexicon", term),
					 errdetail("Capital and small letters count as the same, "
							   "and punctuation around words does not count.")));
	}
}

/* The next term of a JSON object as text; NULL at its end. */
static char *
sentiment_next_term(JsonbIterator **at, JsonbValue *value)
{
	JsonbValue	key;

	CHECK_FOR_INTERRUPTS();
	if (JsonbIteratorNext(at, &key, false) != WJB_KEY)
		return NULL;
	JsonbIteratorNext(at, value, true);
	return pnstrdup(key.val.string.val, key.val.string.len);
}

/* The caller's lexicon, in the current memory context. */
static SentimentLexicon *
sentiment_lexicon_of(Jsonb *json)
{
	SentimentLexicon *lexicon = palloc0(sizeof(SentimentLexicon));
	JsonbIterator *at;
	JsonbValue	value;
	char	   *term;
	size_t		words = 0;

	if (!JB_ROOT_IS_OBJECT(json))
		sentiment_not_a_lexicon();
	at = JsonbIteratorInit(&json->root);
	JsonbIteratorNext(&at, &value, false);
	while ((term = sentiment_next_term(&at, &value)) != NULL)
	{
		size_t		length;
		const char *utf8 = sentiment_utf8(term, strlen(term), &length);

		words += sentiment_term_words(utf8, length);
	}
	if (words > SENTIMENT_WORDS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a sentiment lexicon has more than %d words", SENTIMENT_WORDS_MAX)));
	sentiment_lexicon_start(lexicon, JB_ROOT_COUNT(json), words, sentiment_alloc,
							sentiment_seed());
	at = JsonbIteratorInit(&json->root);
	JsonbIteratorNext(&at, &value, false);
	while ((term = sentiment_next_term(&at, &value)) != NULL)
		sentiment_add(lexicon, term, &value);
	return lexicon;
}

/* The cache of a call site: the lexicon it was given last, recognised by its bytes as passed. */
typedef struct SentimentCache
{
	MemoryContext context;		/* of the key and the lexicon; NULL if there is none yet */
	struct varlena *key;
	SentimentLexicon *lexicon;
} SentimentCache;

/* The lexicon in argument 1. */
static const SentimentLexicon *
sentiment_given_lexicon(FunctionCallInfo fcinfo)
{
	SentimentCache *cache = fcinfo->flinfo->fn_extra;
	struct varlena *key = (struct varlena *) PG_GETARG_POINTER(1);
	SentimentCache made;
	MemoryContext caller;

	/* a pointer to a value stored elsewhere does not identify the value */
	if (unlikely(VARATT_IS_EXTERNAL(key)))
		key = PG_DETOAST_DATUM(PG_GETARG_DATUM(1));
	if (unlikely(cache == NULL))
	{
		cache = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(SentimentCache));
		fcinfo->flinfo->fn_extra = cache;
	}
	if (likely(cache->context != NULL && VARSIZE_ANY(cache->key) == VARSIZE_ANY(key) &&
			   memcmp(cache->key, key, VARSIZE_ANY(key)) == 0))
		return cache->lexicon;

	/* moved to the call site's context only when nothing can fail any more */
	made.context = AllocSetContextCreate(CurrentMemoryContext, "sentiment lexicon",
										 ALLOCSET_DEFAULT_SIZES);
	caller = MemoryContextSwitchTo(made.context);
	made.key = palloc(VARSIZE_ANY(key));
	memcpy(made.key, key, VARSIZE_ANY(key));
	made.lexicon = sentiment_lexicon_of(DatumGetJsonbP(PointerGetDatum(key)));
	MemoryContextSwitchTo(caller);
	MemoryContextSetParent(made.context, fcinfo->flinfo->fn_mcxt);
	if (cache->context != NULL)
		MemoryContextDelete(cache->context);
	*cache = made;
	return cache->lexicon;
}

/* --- SQL functions ---------------------------------------------------------------------- */

/* sentiment(text): -1..1 by the built-in lexicon. */
Datum
sentiment(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(sentiment_scores_of(fcinfo, sentiment_own_lexicon(), false).compound);
}

/* sentiment(text, lexicon): the same by the caller's lexicon. */
Datum
sentiment_with(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(sentiment_scores_of(fcinfo, sentiment_given_lexicon(fcinfo), false).compound);
}

static Datum
sentiment_scores_row(FunctionCallInfo fcinfo, const SentimentLexicon *lexicon)
{
	/* a definition of 0.1.0 has no column for the last one, which is then left out */
	static const RowShape shape = {5, 4, {FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID}};
	SentimentScores scores = sentiment_scores_of(fcinfo, lexicon, true);
	const double figures[] = {
		scores.positive, scores.neutral, scores.negative, scores.compound,
		scores.words == 0 ? NAN :
		rint((double) scores.read / (double) scores.words * 1000.0) / 1000.0
	};
	Datum		values[lengthof(figures)];
	bool		nulls[lengthof(figures)];

	summary_figures(figures, lengthof(figures), values, nulls);
	return summary_tuple(fcinfo, &shape, values, nulls);
}

/*
 * sentiment_scores(text): the shares of positive, neutral and negative, 0..1, the
 * sentiment, and the share of words that are known English, NULL without words.
 */
Datum
sentiment_scores(PG_FUNCTION_ARGS)
{
	return sentiment_scores_row(fcinfo, sentiment_own_lexicon());
}

/* sentiment_scores(text, lexicon): the same by the caller's lexicon. */
Datum
sentiment_scores_with(PG_FUNCTION_ARGS)
{
	return sentiment_scores_row(fcinfo, sentiment_given_lexicon(fcinfo));
}

static bool
sentiment_is_ascii(const char *term)
{
	for (; *term != '\0'; term++)
	{
		if (IS_HIGHBIT_SET(*term))
			return false;
	}
	return true;
}

/* sentiment_lexicon(): the built-in lexicon; emoji only where the encoding has them. */
Datum
sentiment_lexicon(PG_FUNCTION_ARGS)
{
	static const RowShape shape = {2, 2, {TEXTOID, FLOAT8OID}};
	ReturnSetInfo *result = summary_rows(fcinfo, &shape);
	uint32		i;

	for (i = 0; i < sentiment_builtin_count; i++)
	{
		const SentimentTerm *entry = &sentiment_builtin[i];
		Datum		values[2];
		bool		nulls[2] = {false};

		if (!sentiment_plain_encoding() && !sentiment_is_ascii(entry->term))
			continue;
		values[0] = CStringGetTextDatum(entry->term);
		values[1] = Float8GetDatum(entry->valence);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
