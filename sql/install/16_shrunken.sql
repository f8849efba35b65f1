#since 0.2.0
-- shrunken: few answers; shares of segments, shrunk towards what all segments have in common

CREATE FUNCTION rate_prior_accum(bigint[], tally) RETURNS bigint[]
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_prior_accum';
COMMENT ON FUNCTION rate_prior_accum(bigint[], tally) IS
'Transition function of rate_prior(tally).';

CREATE FUNCTION rate_prior_accum(bigint[], tally, integer) RETURNS bigint[]
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_prior_accum';
COMMENT ON FUNCTION rate_prior_accum(bigint[], tally, integer) IS
'Transition function of rate_prior(tally, satisfied_from).';

CREATE FUNCTION rate_prior_merge(bigint[], bigint[]) RETURNS bigint[]
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_prior_merge';
COMMENT ON FUNCTION rate_prior_merge(bigint[], bigint[]) IS
'Combine function of rate_prior.';

CREATE FUNCTION rate_prior_final(bigint[]) RETURNS rate_prior
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_prior_final';
COMMENT ON FUNCTION rate_prior_final(bigint[]) IS
'Final function of rate_prior.';

#for arguments | types | yes:
#	tally tally | tally | yes of yes and no, else the top two points of the scale as in csat;
#	tally tally, satisfied_from integer | tally, integer | scores from satisfied_from on (NULL: as without it)
CREATE AGGREGATE rate_prior(<arguments>) (
	sfunc = rate_prior_accum, stype = bigint[], sspace = 104, finalfunc = rate_prior_final,
	initcond = '{0,0,0,0,0,0,0,0,0,0}', combinefunc = rate_prior_merge, parallel = safe
);
COMMENT ON AGGREGATE rate_prior(<types>) IS
'What the shares of segments have in common, from one tally of each (agent, store, company): a beta-binomial prior by moments (Kleinman 1973). Counted as yes: <yes>. Segments without answers and NULLs do not count. NULL for fewer than 3 segments, or if no segment has a second answer. alpha and beta are NULL if the segments differ no more than by chance, and 0 if all answers within each segment are the same. Bit for bit the same in any order. Errors: 22023 different scales or satisfied_from, 22003 more than 2^63-1 answers.';
#end

CREATE FUNCTION shrunken_interval(
	tally tally, prior rate_prior, confidence double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'shrunken_interval';
COMMENT ON FUNCTION shrunken_interval(tally, rate_prior, double precision, integer) IS
'The share of a segment with few answers, in percent, shrunk towards that of all: mean and equal-tailed bounds of the posterior, Beta(x + alpha, n - x + beta) for x yes of n answers. It is not the KPI of the segment: show both. If the prior has no alpha and beta every segment has the pooled share, with Wilson''s bounds of all answers. satisfied_from: NULL takes that of the prior. Without answers the estimate and the bounds are NULL; a NULL tally, prior or confidence gives NULL. Bounds are NULL too for a segment of only yes or only no under a prior of 0. Errors: 22023 confidence not between 0 and 1, a satisfied_from off the scale; 22003 an impossible prior.';

CREATE FUNCTION probability_above(
	tally tally, prior rate_prior, target double precision, satisfied_from integer DEFAULT NULL
) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'probability_above';
COMMENT ON FUNCTION probability_above(tally, rate_prior, double precision, integer) IS
'The probability, 0..1, that the share of a segment is above the target in percent: that of the posterior of shrunken_interval. If the prior has no alpha and beta it is that of the pooled share (normal, as Wilson''s bounds). NULL where shrunken_interval has no bounds. Errors: 22023 a target outside 0..100, a satisfied_from off the scale; 22003 an impossible prior.';
