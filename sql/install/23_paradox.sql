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
'Are customers whose failure was put right more satisfied than those who never had one? All differences are recovered - never failed. mean_difference in points of the scale with its bounds and p (Welch 1947), hedges_g the same in standard deviations, unbiased; top_difference in percentage points of those from satisfied_from on (NULL: yes, else the top two points) with Newcombe''s bounds. paradox is true only if the lower bound of the mean difference is above 0, NULL if there is no test. Error 22023: different scales, a wrong satisfied_from or confidence.';
