-- paradox: recovered against never failed

CREATE FUNCTION recovery_paradox(
	recovered tally, never_failed tally, confidence double precision DEFAULT 0.95,
	satisfied_from integer DEFAULT NULL, OUT mean_difference double precision, OUT lower double precision,
	OUT upper double precision, OUT p_value double precision, OUT hedges_g double precision,
	OUT top_difference double precision, OUT top_lower double precision, OUT top_upper double precision,
	OUT paradox boolean
)
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'recovery_paradox';
COMMENT ON FUNCTION recovery_paradox(tally, tally, double precision, integer) IS
'Are customers more satisfied after a failure was put right than customers who never had a failure? All differences are recovered - never failed. mean_difference: in points of the scale, with its bounds lower and upper and its p_value, as ces_test gives them. hedges_g: the same in standard deviations, corrected for bias. top_difference: in percentage points satisfied, scores from satisfied_from on (NULL: yes of yes and no, else the top two points), with Newcombe''s bounds top_lower and top_upper. paradox: true only if lower is above 0, NULL if one of them has no answers. Errors 22023: different scales, an invalid satisfied_from or confidence.';
