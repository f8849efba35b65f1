#since 0.2.0
-- parse_score: scores out of the text that survey tools export

CREATE FUNCTION parse_score(score text, lo integer DEFAULT NULL, hi integer DEFAULT NULL) RETURNS integer
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'parse_score';
COMMENT ON FUNCTION parse_score(text, integer, integer) IS
'A whole-number score out of text: 9, 9.0, 9/10, "9 - Very likely", "5 (very satisfied)", "4 stars"; blanks around it do not matter. NULL for no answer: an empty text, -, N/A, NA, null, none, unknown, don''t know, no answer, prefer not to say and the like, in any case of letters. Errors: 22P02 any other text, a score outside lo..hi (NULL: no bound), or one out of another number than hi; 22023 lo above hi.';
