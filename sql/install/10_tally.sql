-- tally: how many answers each point of a whole-number scale got

CREATE FUNCTION tally_in(cstring) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_in';
COMMENT ON FUNCTION tally_in(cstring) IS
'Text form of a tally: lowest..highest:{count,...}.';

CREATE FUNCTION tally_out(tally) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_out';
COMMENT ON FUNCTION tally_out(tally) IS
'Text form of a tally.';

CREATE FUNCTION tally_recv(internal) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_recv';
COMMENT ON FUNCTION tally_recv(internal) IS
'Binary form of a tally: format 1, scale, counts.';

CREATE FUNCTION tally_send(tally) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_send';
COMMENT ON FUNCTION tally_send(tally) IS
'Binary form of a tally.';

CREATE TYPE tally (
	input = tally_in, output = tally_out, receive = tally_recv, send = tally_send,
	internallength = variable, alignment = double, storage = extended,
	-- an untyped literal is read as a tally, not as one of the other kinds
	category = 'k', preferred = true
);
COMMENT ON TYPE tally IS
'How many answers there are for each point of a whole-number scale of at most 101 points. Written lowest..highest:{count,...}, such as 1..5:{3,0,4,10,12}; a yes/no tally is 0..1:{no,yes}. Add tallies up with + or sum(); read them with nps(), csat(), ces(), rate() and the like.';

-- constructor and readers

CREATE FUNCTION tally(lo integer, hi integer, counts bigint[]) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally';
COMMENT ON FUNCTION tally(integer, integer, bigint[]) IS
'A tally of the scale lo..hi with these counts, lowest score first. Errors: 22023 an invalid scale or a wrong number of counts, 22003 a negative count.';

CREATE FUNCTION responses(tally tally) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'responses';
COMMENT ON FUNCTION responses(tally) IS
'Number of answers in a tally; 0 if it is empty. Error 22003: more than 2^63-1 answers.';

CREATE FUNCTION counts(tally tally) RETURNS bigint[]
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'counts';
COMMENT ON FUNCTION counts(tally) IS
'The counts of a tally, lowest score first.';

CREATE FUNCTION scale_min(tally tally) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'scale_min';
COMMENT ON FUNCTION scale_min(tally) IS
'Lowest score of the scale of a tally.';

CREATE FUNCTION scale_max(tally tally) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'scale_max';
COMMENT ON FUNCTION scale_max(tally) IS
'Highest score of the scale of a tally.';

CREATE FUNCTION mean(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'mean';
COMMENT ON FUNCTION mean(tally) IS
'Mean score of a tally; NULL without answers.';

CREATE FUNCTION stddev(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'stddev';
COMMENT ON FUNCTION stddev(tally) IS
'Sample standard deviation (n - 1) of the scores of a tally; NULL for fewer than two answers.';

CREATE FUNCTION share(tally tally, lo integer, hi integer) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'share';
COMMENT ON FUNCTION share(tally, integer, integer) IS
'Percentage (0..100) of the answers with scores from lo to hi; NULL without answers. Error 22023: lo..hi is not part of the scale.';

-- operators

CREATE FUNCTION tally_plus(tally, tally) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_plus';
COMMENT ON FUNCTION tally_plus(tally, tally) IS
'The answers of both tallies. Errors: 22023 different scales, 22003 a count beyond 2^63-1.';

CREATE FUNCTION tally_minus(tally, tally) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_minus';
COMMENT ON FUNCTION tally_minus(tally, tally) IS
'The first tally without the answers of the second. Errors: 22023 different scales, 22003 a count below 0.';

CREATE OPERATOR + (leftarg = tally, rightarg = tally, function = tally_plus, commutator = +);
COMMENT ON OPERATOR + (tally, tally) IS 'The answers of both tallies.';

CREATE OPERATOR - (leftarg = tally, rightarg = tally, function = tally_minus);
COMMENT ON OPERATOR - (tally, tally) IS 'The first tally without the answers of the second.';

#for type | c | one | many: tally | tally | tally | tallies
#include order.inc
#end

-- casts; to_json, to_jsonb and json_agg look for the one to json

#for json: jsonb; json
CREATE FUNCTION tally_to_<json>(tally) RETURNS <json>
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_to_<json>';
COMMENT ON FUNCTION tally_to_<json>(tally) IS
'A tally as {"scale":[lowest,highest],"counts":[...]}.';

CREATE CAST (tally AS <json>) WITH FUNCTION tally_to_<json>(tally);
COMMENT ON CAST (tally AS <json>) IS 'A tally as {"scale":[lowest,highest],"counts":[...]}.';
#end

#since 0.2.0
CREATE FUNCTION jsonb_to_tally(jsonb) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'jsonb_to_tally';
COMMENT ON FUNCTION jsonb_to_tally(jsonb) IS
'The tally of {"scale":[lowest,highest],"counts":[...]}, the opposite of tally_to_jsonb. Errors: 22P02 anything else, or a wrong number of counts, 22003 a negative count or one beyond 2^63-1.';

CREATE CAST (jsonb AS tally) WITH FUNCTION jsonb_to_tally(jsonb);
COMMENT ON CAST (jsonb AS tally) IS 'The tally of {"scale":[lowest,highest],"counts":[...]}.';
#end

-- transition functions: add one answer to a tally, or remove it again

#for type | c: smallint | int2; integer | int4; double precision | float8
CREATE FUNCTION tally_accum_<c>(tally, <type>) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_<c>';
COMMENT ON FUNCTION tally_accum_<c>(tally, <type>) IS
'Transition function: adds one score to the tally.';

CREATE FUNCTION tally_accum_<c>_inv(tally, <type>) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_<c>_inv';
COMMENT ON FUNCTION tally_accum_<c>_inv(tally, <type>) IS
'Inverse transition function: removes one score from the tally.';

CREATE FUNCTION tally_accum_scale_<c>(tally, <type>, integer, integer) RETURNS tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_scale_<c>';
COMMENT ON FUNCTION tally_accum_scale_<c>(tally, <type>, integer, integer) IS
'Transition function of tally(score, lo, hi).';

CREATE FUNCTION tally_accum_scale_<c>_inv(tally, <type>, integer, integer) RETURNS tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_scale_<c>_inv';
COMMENT ON FUNCTION tally_accum_scale_<c>_inv(tally, <type>, integer, integer) IS
'Inverse transition function of tally(score, lo, hi).';
#end

-- aggregates that build tallies

#for type | c: smallint | int2; integer | int4; double precision | float8
CREATE AGGREGATE tally(score <type>, lo integer, hi integer) (
	sfunc = tally_accum_scale_<c>, stype = tally, sspace = 104,
	msfunc = tally_accum_scale_<c>, minvfunc = tally_accum_scale_<c>_inv, mstype = tally, msspace = 104,
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE tally(<type>, integer, integer) IS
'Tally of scores on the scale lo..hi, which must be the same in all rows. NULL scores are ignored; no rows give NULL. Errors: 22003 a score off the scale or not a whole number, 22023 an invalid or changing scale.';

CREATE AGGREGATE nps_tally(score <type>) (
	sfunc = tally_accum_<c>, stype = tally, sspace = 104, initcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	msfunc = tally_accum_<c>, minvfunc = tally_accum_<c>_inv, mstype = tally, msspace = 104,
	minitcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE nps_tally(<type>) IS
'Tally of scores on the scale 0..10. NULL scores are ignored; no rows give an empty tally. Error 22003: a score off the scale or not a whole number.';

CREATE AGGREGATE csat_tally(score <type>) (
	sfunc = tally_accum_<c>, stype = tally, sspace = 56, initcond = '1..5:{0,0,0,0,0}',
	msfunc = tally_accum_<c>, minvfunc = tally_accum_<c>_inv, mstype = tally, msspace = 56,
	minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE csat_tally(<type>) IS
'Tally of scores on the scale 1..5. NULL scores are ignored; no rows give an empty tally. Error 22003: a score off the scale or not a whole number.';

CREATE AGGREGATE ces_tally(score <type>) (
	sfunc = tally_accum_<c>, stype = tally, sspace = 72, initcond = '1..7:{0,0,0,0,0,0,0}',
	msfunc = tally_accum_<c>, minvfunc = tally_accum_<c>_inv, mstype = tally, msspace = 72,
	minitcond = '1..7:{0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE ces_tally(<type>) IS
'Tally of scores on the scale 1..7. NULL scores are ignored; no rows give an empty tally. Error 22003: a score off the scale or not a whole number.';
#end

CREATE AGGREGATE sum(tally) (
	sfunc = tally_plus, stype = tally, sspace = 104,
	msfunc = tally_plus, minvfunc = tally_minus, mstype = tally, msspace = 104,
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE sum(tally) IS
'Sum of tallies, exact in any order and in moving windows. NULLs are ignored; no rows give NULL. Errors: 22023 different scales, 22003 a count beyond 2^63-1.';
