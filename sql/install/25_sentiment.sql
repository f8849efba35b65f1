-- sentiment: the tone of what customers write, by the published VADER rules

CREATE FUNCTION sentiment(comment text) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment';
COMMENT ON FUNCTION sentiment(text) IS
'How positive an English text is, -1 to 1 with four decimals, by the rules of VADER (Hutto & Gilbert 2014) over the extension''s own lexicon of service words. 0 for a text without words, or without any that the lexicon knows; NULL for NULL.';

CREATE FUNCTION sentiment(comment text, lexicon jsonb) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment_with';
COMMENT ON FUNCTION sentiment(text, jsonb) IS
'As sentiment(comment), but with the caller''s lexicon alone: {"term": valence} with valences from -4 to 4. Terms may have several words. Errors: 22023 not an object of numbers, or an empty, too long or repeated term; 22003 a valence outside -4..4.';

CREATE FUNCTION sentiment_scores(
	comment text, OUT positive double precision, OUT neutral double precision, OUT negative double precision,
	OUT compound double precision
)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment_scores';
COMMENT ON FUNCTION sentiment_scores(text) IS
'The shares of a text that are positive, neutral and negative, 0 to 1 with three decimals (all 0 for a text without words), and compound, which is sentiment(text).';

CREATE FUNCTION sentiment_scores(
	comment text, lexicon jsonb, OUT positive double precision, OUT neutral double precision,
	OUT negative double precision, OUT compound double precision
)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment_scores_with';
COMMENT ON FUNCTION sentiment_scores(text, jsonb) IS
'As sentiment_scores(comment), but with the caller''s lexicon; compound is sentiment(text, lexicon). Errors as in sentiment(text, lexicon).';

CREATE FUNCTION sentiment_class(compound double precision) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment_class';
COMMENT ON FUNCTION sentiment_class(double precision) IS
'positive from 0.05 up, negative from -0.05 down, neutral between. Error 22003: a value outside -1..1, or NaN.';

CREATE FUNCTION sentiment_lexicon(OUT term text, OUT valence double precision) RETURNS SETOF record
LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 4000 AS 'MODULE_PATHNAME', 'sentiment_lexicon';
COMMENT ON FUNCTION sentiment_lexicon() IS
'The built-in lexicon, a row per term: lower case, valence -4 to 4. In a database whose encoding is neither UTF8 nor SQL_ASCII, terms with characters other than ASCII are left out.';
