-- paired: the same customers before and after

CREATE FUNCTION paired_tally_in(cstring) RETURNS paired_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'paired_tally_in';
COMMENT ON FUNCTION paired_tally_in(cstring) IS
'Text form of a paired tally: lowest..highest:{{count,...},...}.';

CREATE FUNCTION paired_tally_out(paired_tally) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_out';
COMMENT ON FUNCTION paired_tally_out(paired_tally) IS
'Text form of a paired tally.';

CREATE FUNCTION paired_tally_recv(internal) RETURNS paired_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'paired_tally_recv';
COMMENT ON FUNCTION paired_tally_recv(internal) IS
'Binary form of a paired tally: format 1, scale, counts.';

CREATE FUNCTION paired_tally_send(paired_tally) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_send';
COMMENT ON FUNCTION paired_tally_send(paired_tally) IS
'Binary form of a paired tally.';

CREATE TYPE paired_tally (
	input = paired_tally_in, output = paired_tally_out, receive = paired_tally_recv, send = paired_tally_send,
	internallength = variable, alignment = double, storage = extended, category = 'k'
);
COMMENT ON TYPE paired_tally IS
'How many customers gave each pair of scores, before and after, on a whole-number scale of at most 101 points. Written lowest..highest:{{count,...},...}, for each score before the counts of the scores after: 0..1:{{5,20},{3,40}} says that 20 went from no to yes and 3 from yes to no. Add them up with + or sum(); read them with rate_test(), csat_test(), nps_test(), ces_test(), win_back_rate() and the like. Every difference is after - before.';

-- operators

CREATE FUNCTION paired_tally_plus(paired_tally, paired_tally) RETURNS paired_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_plus';
COMMENT ON FUNCTION paired_tally_plus(paired_tally, paired_tally) IS
'The pairs of both paired tallies. Errors: 22023 different scales, 22003 a count beyond 2^63-1.';

CREATE FUNCTION paired_tally_minus(paired_tally, paired_tally) RETURNS paired_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_minus';
COMMENT ON FUNCTION paired_tally_minus(paired_tally, paired_tally) IS
'The first paired tally without the pairs of the second. Errors: 22023 different scales, 22003 a count below 0.';

CREATE OPERATOR + (leftarg = paired_tally, rightarg = paired_tally, function = paired_tally_plus, commutator = +);
COMMENT ON OPERATOR + (paired_tally, paired_tally) IS 'The pairs of both paired tallies.';

CREATE OPERATOR - (leftarg = paired_tally, rightarg = paired_tally, function = paired_tally_minus);
COMMENT ON OPERATOR - (paired_tally, paired_tally) IS 'The first paired tally without the pairs of the second.';

#for type | c | one | many: paired_tally | tally | paired tally | paired tallies
#include order.inc
#end

-- casts; to_json, to_jsonb and json_agg look for the one to json

#for json: jsonb; json
CREATE FUNCTION paired_tally_to_<json>(paired_tally) RETURNS <json>
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_to_<json>';
COMMENT ON FUNCTION paired_tally_to_<json>(paired_tally) IS
'A paired tally as {"scale":[lowest,highest],"counts":[[...],...]}.';

CREATE CAST (paired_tally AS <json>) WITH FUNCTION paired_tally_to_<json>(paired_tally);
COMMENT ON CAST (paired_tally AS <json>) IS 'A paired tally as {"scale":[lowest,highest],"counts":[[...],...]}.';
#end

-- readers

CREATE FUNCTION pairs(pairs paired_tally) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'pairs';
COMMENT ON FUNCTION pairs(paired_tally) IS
'Number of pairs in a paired tally; 0 if it is empty. Error 22003: more than 2^63-1 pairs.';

CREATE FUNCTION before(pairs paired_tally) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'before';
COMMENT ON FUNCTION before(paired_tally) IS
'The scores before, as a tally.';

CREATE FUNCTION after(pairs paired_tally) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'after';
COMMENT ON FUNCTION after(paired_tally) IS
'The scores after, as a tally.';

CREATE FUNCTION win_back_rate(pairs paired_tally, satisfied_from integer DEFAULT NULL) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'win_back_rate';
COMMENT ON FUNCTION win_back_rate(paired_tally, integer) IS
'% satisfied after, of the customers dissatisfied before, 0..100. Satisfied: scores from satisfied_from on (NULL: yes of yes and no, else as in csat). NULL if nobody was dissatisfied before. Error 22023: satisfied_from outside the scale, or missing on another scale of fewer than 5 points.';

CREATE FUNCTION lost_rate(pairs paired_tally, satisfied_from integer DEFAULT NULL) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'lost_rate';
COMMENT ON FUNCTION lost_rate(paired_tally, integer) IS
'% dissatisfied after, of the customers satisfied before, 0..100; satisfied_from and errors as in win_back_rate. NULL if nobody was satisfied before.';

CREATE FUNCTION rate_test(pairs paired_tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_test_paired';
COMMENT ON FUNCTION rate_test(paired_tally, double precision) IS
'Did a yes/no rate of the same customers change? difference = after - before in percentage points, bounds of Newcombe (1998b, paired, method 10); statistic = signed z of McNemar''s test, positive when more were won than lost; p its mid-p (Fagerland et al. 2013), asymptotic above 10,000 customers who changed. If nobody changed, the statistic is NULL and p is 1; without pairs everything is NULL. Errors 22023: confidence not between 0 and 1, a scale other than 0..1.';

CREATE FUNCTION csat_test(
	pairs paired_tally, confidence double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL
) RETURNS kpi_test
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_test_paired';
COMMENT ON FUNCTION csat_test(paired_tally, double precision, integer) IS
'Did Customer Satisfaction of the same customers change? difference = after - before in percentage points; bounds, statistic and p as in rate_test(pairs); satisfied_from as in csat.';

CREATE FUNCTION nps_test(pairs paired_tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_test_paired';
COMMENT ON FUNCTION nps_test(paired_tally, double precision) IS
'Did the NPS of the same customers change? difference = after - before in points, -200..200; bounds, t and p of Student''s paired t on -1 (detractor), 0, 1 (promoter). A single pair has no bounds. If all pairs changed alike, the bounds equal the difference, and t and p are NULL. Errors 22023: confidence not between 0 and 1, a scale other than 0..10.';

CREATE FUNCTION ces_test(pairs paired_tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_test_paired';
COMMENT ON FUNCTION ces_test(paired_tally, double precision) IS
'Did the mean score of the same customers change? difference = after - before in points of the scale; bounds, t and p by the method adjusted: Student''s paired t with one pseudo-pair, whose two answers are half at each end of the scale. Without pairs the figures are NULL. Error 22023: confidence not between 0 and 1.';

#since 0.2.0
CREATE FUNCTION ces_test(pairs paired_tally, confidence double precision, method text) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_test_paired';
COMMENT ON FUNCTION ces_test(paired_tally, double precision, text) IS
'Did the mean score of the same customers change? difference = after - before in points of the scale. Methods: adjusted, as without a method; t, Student''s paired t: a single pair has no bounds, and if all pairs changed alike the bounds equal the difference, and t and p are NULL. Errors 22023: confidence not between 0 and 1, unknown method.';

CREATE FUNCTION ces_test(pairs paired_tally, method text) RETURNS kpi_test
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN method ~* '^([-+.0-9]|nan|inf)'::text THEN ces_test(pairs, method::double precision)
	ELSE ces_test(pairs, 0.95::double precision, method) END;
COMMENT ON FUNCTION ces_test(paired_tally, text) IS
'ces_test of pairs with 95 % bounds by this method; a number is taken for the confidence.';
#end

-- Two untyped literals could be a paired tally and a confidence.  PostgreSQL prefers
-- functions of text, if there are any.

CREATE FUNCTION rate_test(current text, baseline text, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_test_text';
COMMENT ON FUNCTION rate_test(text, text, double precision) IS
'rate_test of two tallies in text form; difference = current - baseline.';

CREATE FUNCTION csat_test(
	current text, baseline text, confidence double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL
) RETURNS kpi_test
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_test_text';
COMMENT ON FUNCTION csat_test(text, text, double precision, integer) IS
'csat_test of two tallies in text form; difference = current - baseline.';

CREATE FUNCTION nps_test(current text, baseline text, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_test_text';
COMMENT ON FUNCTION nps_test(text, text, double precision) IS
'nps_test of two tallies in text form; difference = current - baseline.';

CREATE FUNCTION ces_test(current text, baseline text, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_test_text';
COMMENT ON FUNCTION ces_test(text, text, double precision) IS
'ces_test of two tallies in text form; difference = current - baseline.';

#since 0.2.0
CREATE FUNCTION ces_test(current text, baseline text, confidence double precision, method text) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_test_text';
COMMENT ON FUNCTION ces_test(text, text, double precision, text) IS
'ces_test of two tallies in text form; difference = current - baseline.';

#for type: tally; text
CREATE FUNCTION ces_test(current <type>, baseline <type>, method text) RETURNS kpi_test
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN method ~* '^([-+.0-9]|nan|inf)'::text THEN ces_test(current, baseline, method::double precision)
	ELSE ces_test(current, baseline, 0.95::double precision, method) END;
COMMENT ON FUNCTION ces_test(<type>, <type>, text) IS
'ces_test with 95 % bounds by this method; a number is taken for the confidence.';
#end
#end

-- transition functions

#for type | c: smallint | int2; integer | int4; double precision | float8
CREATE FUNCTION paired_accum_<c>(paired_tally, <type>, <type>, integer, integer) RETURNS paired_tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'paired_accum_<c>';
COMMENT ON FUNCTION paired_accum_<c>(paired_tally, <type>, <type>, integer, integer) IS
'Transition function of paired_tally(before, after, lo, hi).';

CREATE FUNCTION paired_accum_<c>_inv(paired_tally, <type>, <type>, integer, integer) RETURNS paired_tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'paired_accum_<c>_inv';
COMMENT ON FUNCTION paired_accum_<c>_inv(paired_tally, <type>, <type>, integer, integer) IS
'Inverse transition function of paired_tally(before, after, lo, hi).';
#end

-- aggregates

#for type | c: smallint | int2; integer | int4; double precision | float8
CREATE AGGREGATE paired_tally(before <type>, after <type>, lo integer, hi integer) (
	sfunc = paired_accum_<c>, stype = paired_tally, sspace = 984,
	msfunc = paired_accum_<c>, minvfunc = paired_accum_<c>_inv, mstype = paired_tally, msspace = 984,
	combinefunc = paired_tally_plus, parallel = safe
);
COMMENT ON AGGREGATE paired_tally(<type>, <type>, integer, integer) IS
'Paired tally of the scores of the same customers before and after, on the scale lo..hi, which must be the same in all rows. Rows with only one of the two scores are ignored; no rows give NULL. Errors: 22003 a score off the scale or not a whole number, 22023 an invalid or changing scale.';
#end

CREATE AGGREGATE sum(paired_tally) (
	sfunc = paired_tally_plus, stype = paired_tally, sspace = 984,
	msfunc = paired_tally_plus, minvfunc = paired_tally_minus, mstype = paired_tally, msspace = 984,
	combinefunc = paired_tally_plus, parallel = safe
);
COMMENT ON AGGREGATE sum(paired_tally) IS
'Sum of paired tallies, exact in any order and in moving windows. NULLs are ignored; no rows give NULL. Errors: 22023 different scales, 22003 a count beyond 2^63-1.';
