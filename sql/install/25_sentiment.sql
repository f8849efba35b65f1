-- sentiment: the tone of what customers write, by the published VADER rules

CREATE FUNCTION sentiment(comment text) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment';
COMMENT ON FUNCTION sentiment(text) IS
'How positive an English text is, -1 to 1 with four decimals, by the rules of VADER (Hutto & Gilbert 2014) over the extension''s own lexicon of service words. 0 for a text without words, or without any that the lexicon knows; NULL for NULL.';

CREATE FUNCTION sentiment(comment text, lexicon jsonb) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment_with';
COMMENT ON FUNCTION sentiment(text, jsonb) IS
'As sentiment(comment), but with the caller''s lexicon alone: {"term": valence} with valences from -4 to 4. Terms may have several words. Errors: 22023 not an object of numbers, or an empty, too long or repeated term; 22003 a valence outside -4..4.';

#since 0.2.0
CREATE FUNCTION sentiment_scores(
	comment text, OUT positive double precision, OUT neutral double precision, OUT negative double precision,
	OUT compound double precision, OUT read_share double precision
)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment_scores';
COMMENT ON FUNCTION sentiment_scores(text) IS
'The shares of a text that are positive, neutral and negative, 0 to 1 with three decimals (all 0 for a text without words); compound, which is sentiment(text); and read_share, the share of its words that are known English, 0 to 1 with three decimals, NULL for a text without words. Below about 0.5 the text is hardly English, and its sentiment says little. NULL for NULL.';

CREATE FUNCTION sentiment_scores(
	comment text, lexicon jsonb, OUT positive double precision, OUT neutral double precision,
	OUT negative double precision, OUT compound double precision, OUT read_share double precision
)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment_scores_with';
COMMENT ON FUNCTION sentiment_scores(text, jsonb) IS
'As sentiment_scores(comment), but with the caller''s lexicon; compound is sentiment(text, lexicon), and read_share does not depend on the lexicon. Errors as in sentiment(text, lexicon).';

CREATE FUNCTION sentiment_class(
	compound double precision, negative_below double precision DEFAULT -0.05,
	positive_from double precision DEFAULT 0.05
) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment_class';
COMMENT ON FUNCTION sentiment_class(double precision, double precision, double precision) IS
'positive from positive_from up, negative from negative_below down, else neutral; the defaults are the published cuts of VADER. A value that is both is positive. NULL for NULL. Errors: 22003 a value or a cut outside -1..1, or NaN; 22023 negative_below above positive_from.';
#end

CREATE FUNCTION sentiment_lexicon(OUT term text, OUT valence double precision) RETURNS SETOF record
LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 4000 AS 'MODULE_PATHNAME', 'sentiment_lexicon';
COMMENT ON FUNCTION sentiment_lexicon() IS
'The built-in lexicon, a row per term: lower case, valence -4 to 4. Words in <> are classes, places, marks and settings, which the page on sentiment explains; a lexicon of the caller may have them too. In a database whose encoding is neither UTF8 nor SQL_ASCII, terms with characters other than ASCII are left out.';
