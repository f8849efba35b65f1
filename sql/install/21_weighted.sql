-- weighted: answers with survey weights

CREATE FUNCTION weighted_tally_in(cstring) RETURNS weighted_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'weighted_tally_in';
COMMENT ON FUNCTION weighted_tally_in(cstring) IS
'Text form of a weighted tally: lowest..highest:{(weight,square,count),...}.';

CREATE FUNCTION weighted_tally_out(weighted_tally) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'weighted_tally_out';
COMMENT ON FUNCTION weighted_tally_out(weighted_tally) IS
'Text form of a weighted tally.';

CREATE FUNCTION weighted_tally_recv(internal) RETURNS weighted_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'weighted_tally_recv';
COMMENT ON FUNCTION weighted_tally_recv(internal) IS
'Binary form of a weighted tally: format 1, unit, scale, sums.';

CREATE FUNCTION weighted_tally_send(weighted_tally) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'weighted_tally_send';
COMMENT ON FUNCTION weighted_tally_send(weighted_tally) IS
'Binary form of a weighted tally.';

CREATE TYPE weighted_tally (
	input = weighted_tally_in, output = weighted_tally_out, receive = weighted_tally_recv, send = weighted_tally_send,
	internallength = variable, alignment = double, storage = extended, category = 'k'
);
COMMENT ON TYPE weighted_tally IS
'Answers with survey weights on a whole-number scale of at most 101 points. Written lowest..highest:{(weight,square,count),...}: for each point the sum of the weights, the sum of their squares and the number of answers with a weight above 0. Each sum is followed by its rounding error, so that sums agree to 1e-12 in any order. Add them up with + or sum(); read them with nps(), csat(), ces(), rate() and the like.';

-- sums

CREATE FUNCTION weighted_tally_plus(weighted_tally, weighted_tally) RETURNS weighted_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'weighted_tally_plus';
COMMENT ON FUNCTION weighted_tally_plus(weighted_tally, weighted_tally) IS
'The answers of both weighted tallies. Errors: 22023 different scales, 22003 a count beyond 2^63-1.';

CREATE OPERATOR + (leftarg = weighted_tally, rightarg = weighted_tally, function = weighted_tally_plus, commutator = +);
COMMENT ON OPERATOR + (weighted_tally, weighted_tally) IS 'The answers of both weighted tallies.';

#since 0.2.0
#for type | c | one | many: weighted_tally | weighted_tally | weighted tally | weighted tallies
#include order.inc
#end
#end

-- readers

CREATE FUNCTION responses(tally weighted_tally) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'responses_weighted';
COMMENT ON FUNCTION responses(weighted_tally) IS
'Number of answers with a weight above 0, not the sum of the weights; 0 if it is empty. Error 22003: more than 2^63-1 answers.';

CREATE FUNCTION effective_responses(tally weighted_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'effective_responses';
COMMENT ON FUNCTION effective_responses(weighted_tally) IS
'Kish''s (1965) effective number of answers, (sum of weights)^2 / sum of squared weights: this many unweighted answers carry the same information. At most responses(), and equal to it if all weights are equal; NULL without answers.';

CREATE FUNCTION scale_min(tally weighted_tally) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'scale_min_weighted';
COMMENT ON FUNCTION scale_min(weighted_tally) IS
'Lowest score of the scale of a weighted tally.';

CREATE FUNCTION scale_max(tally weighted_tally) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'scale_max_weighted';
COMMENT ON FUNCTION scale_max(weighted_tally) IS
'Highest score of the scale of a weighted tally.';

CREATE FUNCTION mean(tally weighted_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'mean_weighted';
COMMENT ON FUNCTION mean(weighted_tally) IS
'Weighted mean score; NULL without answers.';

CREATE FUNCTION stddev(tally weighted_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'stddev_weighted';
COMMENT ON FUNCTION stddev(weighted_tally) IS
'Estimated standard deviation of the score in the population: the square root of n / (n - 1) times the weighted mean square deviation. NULL for fewer than two answers.';

CREATE FUNCTION share(tally weighted_tally, lo integer, hi integer) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'share_weighted';
COMMENT ON FUNCTION share(weighted_tally, integer, integer) IS
'Percentage (0..100) of the weight in answers with scores from lo to hi; NULL without answers. Error 22023: lo..hi is not part of the scale.';

CREATE FUNCTION rate(tally weighted_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_weighted';
COMMENT ON FUNCTION rate(weighted_tally) IS
'% yes of weighted yes/no answers, 0..100; NULL without answers. Error 22023: a scale other than 0..1.';

CREATE FUNCTION csat(tally weighted_tally) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_weighted';
COMMENT ON FUNCTION csat(weighted_tally) IS
'Customer Satisfaction, weighted: % in the top two points of the scale, 0..100; NULL without answers. Error 22023: a scale of fewer than 5 points, which needs satisfied_from.';

CREATE FUNCTION csat(tally weighted_tally, satisfied_from integer) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_weighted';
COMMENT ON FUNCTION csat(weighted_tally, integer) IS
'Customer Satisfaction, weighted: % at or above satisfied_from (NULL: the top two points), 0..100; NULL without answers. Error 22023: satisfied_from outside the scale.';

CREATE FUNCTION crs(tally weighted_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'crs_weighted';
COMMENT ON FUNCTION crs(weighted_tally) IS
'Customer Recovery Satisfaction of weighted answers about recoveries: % yes of yes and no, else % in the top two points; 0..100; NULL without answers.';

CREATE FUNCTION nps(tally weighted_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_weighted';
COMMENT ON FUNCTION nps(weighted_tally) IS
'Net Promoter Score, weighted: % of 9-10 minus % of 0-6, -100..100; NULL without answers. Error 22023: a scale other than 0..10.';

CREATE FUNCTION ces(tally weighted_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'mean_weighted';
COMMENT ON FUNCTION ces(weighted_tally) IS
'Customer Effort Score, weighted: mean on the tally''s own scale; NULL without answers.';

CREATE FUNCTION ces_easy(tally weighted_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_easy_weighted';
COMMENT ON FUNCTION ces_easy(weighted_tally) IS
'% of easy answers, weighted, 5 to 7 of 1..7, 0..100; NULL without answers. Error 22023: another scale.';

CREATE FUNCTION ces_easy(tally weighted_tally, lo integer, hi integer) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'share_weighted';
COMMENT ON FUNCTION ces_easy(weighted_tally, integer, integer) IS
'% of answers from lo to hi, weighted, 0..100, for scales on which other scores are easy; NULL without answers. Error 22023: lo..hi is not part of the scale.';

CREATE FUNCTION rate_interval(
	tally weighted_tally, confidence double precision DEFAULT 0.95, method text DEFAULT 'wilson'
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_interval_weighted';
COMMENT ON FUNCTION rate_interval(weighted_tally, double precision, text) IS
'A weighted yes/no rate in percent with confidence bounds. Methods: wilson, exact, jeffreys on the effective number of answers (Kish 1965), wald with the linearised standard error. responses counts the answers. Without answers the estimate and the bounds are NULL. Errors 22023: confidence not between 0 and 1, unknown method, a scale other than 0..1.';

CREATE FUNCTION csat_interval(
	tally weighted_tally, confidence double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL,
	method text DEFAULT 'wilson'
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_interval_weighted';
COMMENT ON FUNCTION csat_interval(weighted_tally, double precision, integer, text) IS
'Weighted Customer Satisfaction in percent with confidence bounds; satisfied_from as in csat, methods as in rate_interval(weighted_tally). Without answers the estimate and the bounds are NULL. Errors 22023: confidence not between 0 and 1, unknown method, an invalid satisfied_from.';

CREATE FUNCTION crs_interval(
	tally weighted_tally, confidence double precision DEFAULT 0.95, method text DEFAULT 'wilson'
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'crs_interval_weighted';
COMMENT ON FUNCTION crs_interval(weighted_tally, double precision, text) IS
'Weighted Customer Recovery Satisfaction in percent with confidence bounds; satisfied as in crs(weighted_tally), methods as in rate_interval(weighted_tally). Without answers the estimate and the bounds are NULL. Errors 22023: confidence not between 0 and 1, unknown method.';

CREATE FUNCTION nps_interval(
	tally weighted_tally, confidence double precision DEFAULT 0.95, method text DEFAULT 'adjusted'
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_interval_weighted';
COMMENT ON FUNCTION nps_interval(weighted_tally, double precision, text) IS
'Weighted Net Promoter Score with confidence bounds, -100..100. Methods: adjusted (adjusted Wald (3,T)) and score on the effective number of answers (Kish 1965), wald with the linearised standard error. Without answers the estimate and the bounds are NULL. Errors 22023: confidence not between 0 and 1, unknown method, a scale other than 0..10.';

CREATE FUNCTION ces_interval(tally weighted_tally, confidence double precision DEFAULT 0.95) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_interval_weighted';
COMMENT ON FUNCTION ces_interval(weighted_tally, double precision) IS
'Weighted mean score with bounds in points of the scale by the method adjusted: Student t from the linearised standard error, on the effective number of answers (Kish 1965) and one pseudo-answer, half at each end of the scale. Without answers the figures are NULL. Error 22023: confidence not between 0 and 1.';

#since 0.2.0
CREATE FUNCTION ces_interval(tally weighted_tally, confidence double precision, method text) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_interval_weighted';
COMMENT ON FUNCTION ces_interval(weighted_tally, double precision, text) IS
'Weighted mean score with bounds in points of the scale. Methods: adjusted, as without a method; t, Student t (answers - 1 degrees of freedom) from the linearised standard error, which has no bounds for a single answer. Errors 22023: confidence not between 0 and 1, unknown method.';

CREATE FUNCTION ces_interval(tally weighted_tally, method text) RETURNS kpi_interval
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN method ~* '^([-+.0-9]|nan|inf)'::text THEN ces_interval(tally, method::double precision)
	ELSE ces_interval(tally, 0.95::double precision, method) END;
COMMENT ON FUNCTION ces_interval(weighted_tally, text) IS
'ces_interval of weighted answers with 95 % bounds by this method; a number is taken for the confidence.';
#end

#since 0.2.0
-- tests

CREATE FUNCTION rate_test(
	current weighted_tally, baseline weighted_tally, confidence double precision DEFAULT 0.95
) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_test_weighted';
COMMENT ON FUNCTION rate_test(weighted_tally, weighted_tally, double precision) IS
'Did a weighted yes/no rate change, of different people? difference = current - baseline in percentage points; bounds, statistic and p as in rate_test of two tallies, of as many answers as the effective number of each (Kish 1965); Fisher''s exact p rounds it. p is NULL if both are all yes or all no; everything is NULL if one is empty. Errors 22023: confidence not between 0 and 1, a scale other than 0..1.';

CREATE FUNCTION csat_test(
	current weighted_tally, baseline weighted_tally, confidence double precision DEFAULT 0.95,
	satisfied_from integer DEFAULT NULL
) RETURNS kpi_test
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_test_weighted';
COMMENT ON FUNCTION csat_test(weighted_tally, weighted_tally, double precision, integer) IS
'Did weighted Customer Satisfaction change, of different people? difference = current - baseline in percentage points; bounds, statistic and p as in rate_test of two weighted tallies; satisfied_from as in csat. Errors 22023: different scales, an invalid satisfied_from, confidence not between 0 and 1.';

CREATE FUNCTION nps_test(
	current weighted_tally, baseline weighted_tally, confidence double precision DEFAULT 0.95
) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_test_weighted';
COMMENT ON FUNCTION nps_test(weighted_tally, weighted_tally, double precision) IS
'Did a weighted NPS change, of different people? difference = current - baseline in points, -200..200; bounds, z and p on (3,T)-adjusted scores (Lewis & Sauro 2021) of as many answers as the effective number of each (Kish 1965). Everything is NULL if one is empty. Errors 22023: confidence not between 0 and 1, a scale other than 0..10.';

CREATE FUNCTION ces_test(
	current weighted_tally, baseline weighted_tally, confidence double precision DEFAULT 0.95,
	method text DEFAULT 'adjusted'
) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_test_weighted';
COMMENT ON FUNCTION ces_test(weighted_tally, weighted_tally, double precision, text) IS
'Did a weighted mean score change, of different people? difference = current - baseline in points of the scale. Methods: adjusted, Welch''s test on the effective answers, whose variance gives the linearised standard error, with a pseudo-answer in each group, half at each end of the scale; welch, on the linearised errors with answers - 1 degrees of freedom, which needs two answers in each and some variance. Everything is NULL if one is empty. Errors 22023: different scales, confidence not between 0 and 1, unknown method.';
#end

-- transition functions

#for type | c: smallint | int2; integer | int4; double precision | float8
CREATE FUNCTION weighted_accum_<c>(weighted_tally, <type>, integer, integer, double precision) RETURNS weighted_tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'weighted_accum_<c>';
COMMENT ON FUNCTION weighted_accum_<c>(weighted_tally, <type>, integer, integer, double precision) IS
'Transition function of weighted_tally(score, lo, hi, weight).';
#end

-- aggregates; floating-point sums cannot be subtracted exactly, so moving windows start anew

#for type | c: smallint | int2; integer | int4; double precision | float8
CREATE AGGREGATE weighted_tally(score <type>, lo integer, hi integer, weight double precision) (
	sfunc = weighted_accum_<c>, stype = weighted_tally, sspace = 456,
	combinefunc = weighted_tally_plus, parallel = safe
);
COMMENT ON AGGREGATE weighted_tally(<type>, integer, integer, double precision) IS
'Weighted tally of scores on the scale lo..hi, which must be the same in all rows. Only the proportions of the weights matter. Rows with a NULL or a weight of 0 are ignored; no rows give NULL. Errors: 22003 a score off the scale or not a whole number, a negative, NaN or infinite weight; 22023 an invalid or changing scale.';
#end

CREATE AGGREGATE sum(weighted_tally) (
	sfunc = weighted_tally_plus, stype = weighted_tally, sspace = 456,
	combinefunc = weighted_tally_plus, parallel = safe
);
COMMENT ON AGGREGATE sum(weighted_tally) IS
'Sum of weighted tallies; different orders agree to 1e-12. NULLs are ignored; no rows give NULL. Errors: 22023 different scales, 22003 a count beyond 2^63-1.';
