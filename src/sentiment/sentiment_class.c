/*
 * sentiment_class.c: classes of words in the terms of a lexicon, marks and settings.
 *
 * What the rules for service messages need to know is in the lexicon, not in the
 * program: a lexicon without marks and settings is read by the published rules alone.
 *
 * "lost <my> <bag>"	a class stands for each of its words
 * "<start> well"		a place: the sentence begins here, "<end>": it ends here
 * "<ask> can you"		a mark, before the words
 * "<not>"				a setting: the whole term, its valence the value
 */
#include <string.h>

#include "sentiment.h"

static const struct
{
	SentimentClass class;
	const char *name;
	const char *words;			/* with blanks between */
}			classes[] = {
	{CLASS_MY, "<my>", "my our his her the a an this that your their its mine"},
	{CLASS_NUMBER, "<number>", "one two three four five six seven eight nine ten eleven twelve "
	"fifteen twenty thirty forty fifty sixty hundred several many few couple multiple countless "
	"numerous"},
	{CLASS_HOURS, "<hours>", "minute minutes min mins hour hours hr hrs day days week weeks month "
	"months year years yrs wks"},
	{CLASS_BAG, "<bag>", "bag bags luggage baggage suitcase suitcases parcel parcels package "
	"packages shipment"},
	{CLASS_FLIGHT, "<flight>", "flight flights flt plane planes connection connections train "
	"trains appointment appointments reservation reservations booking bookings order orders trip "
	"delivery"},
	{CLASS_IS, "<is>", "is are was were be been being am got gets"},
	{CLASS_NOT, "<not>", ""},	/* the negations */
	{CLASS_CALL, "<call>", "call calls phone phones email emails mail mails tweet tweets message "
	"messages msg dm dms text texts letter letters question questions ticket tickets request "
	"requests inquiry complaint complaints"},
	{CLASS_FILLER, "<filler>", "even yet still ever just actually really already also now "
	"currently literally simply completely totally"},
	{CLASS_YOU, "<you>", "you u ya yall i we he she they it someone anyone somebody anybody "
	"people"},
	{CLASS_THANKS, "<thanks>", "thanks thx thnx thanx thankyou ty tks"},
	{CLASS_GREAT, "<great>", "great good nice awesome excellent amazing wonderful fantastic "
	"lovely brilliant fabulous terrific superb outstanding incredible"},
	{CLASS_START, "<start>", ""}, {CLASS_END, "<end>", ""}, {CLASS_QUESTION, "<question>", ""}
};

static const struct
{
	const char *name;
	uint8_t		mark;
}			marks[] = {
	{"<ask>", SENTIMENT_ASK}, {"<turn>", SENTIMENT_TURN}, {"<courtesy>", SENTIMENT_COURTESY},
	{"<closing>", SENTIMENT_CLOSING}
};

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

const size_t sentiment_class_words = 256;	/* more than there are, with the classes */

/* Put the classes and their words into a lexicon. */
void
sentiment_classes_start(SentimentLexicon *lexicon)
{
	size_t		i;

	for (i = 0; i < COUNT(classes); i++)
	{
		const char *at = classes[i].words;
		size_t		length;

		lexicon->classes[classes[i].class] =
			(uint32_t) (sentiment_word(lexicon, classes[i].name, strlen(classes[i].name)) -
						lexicon->words);
		lexicon->words[lexicon->classes[classes[i].class]].class = (uint8_t) classes[i].class;
		for (; *(at += strspn(at, " ")) != '\0'; at += length)
		{
			length = strcspn(at, " ");
			sentiment_word(lexicon, at, length)->class = (uint8_t) classes[i].class;
		}
	}
	lexicon->asked = 1.0;
}

static bool
is_named(const char *known, const char *name, size_t length)
{
	return strlen(known) == length && memcmp(known, name, length) == 0;
}

/* The word that stands for a class in terms; 0 if there is none of this name. */
uint32_t
sentiment_class_named(const SentimentLexicon *lexicon, const char *name, size_t length)
{
	size_t		i;

	for (i = 0; i < COUNT(classes); i++)
	{
		if (is_named(classes[i].name, name, length))
			return lexicon->classes[classes[i].class];
	}
	return 0;
}

/* The mark of this name; 0 if there is none. */
uint8_t
sentiment_mark_named(const char *name, size_t length)
{
	size_t		i;

	for (i = 0; i < COUNT(marks); i++)
	{
		if (is_named(marks[i].name, name, length))
			return marks[i].mark;
	}
	return 0;
}

/*
 * Settings.  <question>: this part of the praise in a question or request is kept, 0 to
 * 1; the others are <not> and <filler>, see SentimentLexicon.
 */
bool
sentiment_setting(SentimentLexicon *lexicon, SentimentClass class, double valence)
{
	switch (class)
	{
		case CLASS_QUESTION:
			lexicon->asked = valence < 0.0 ? 0.0 : valence > 1.0 ? 1.0 : valence;
			break;
		case CLASS_NOT:
			lexicon->refused = valence;
			break;
		case CLASS_FILLER:
			lexicon->fills = true;
			break;
		default:
			return false;
	}
	lexicon->service = true;
	return true;
}
