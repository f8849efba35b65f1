\echo Use "CREATE EXTENSION recovery_kpi" to load this file. \quit
-- types: made first, so that a planted type of the same name stops the script

CREATE TYPE tally;
CREATE TYPE paired_tally;
CREATE TYPE weighted_tally;
CREATE TYPE life_table;
CREATE TYPE business_calendar;
CREATE TYPE driver_model;
CREATE TYPE purchase_history;
CREATE TYPE clv_model;

CREATE TYPE kpi_interval AS (
	estimate double precision,
	lower double precision,
	upper double precision,
	responses bigint
);
COMMENT ON TYPE kpi_interval IS
'A KPI with its confidence bounds, in the unit of the KPI, and the number of answers behind it. Without answers estimate and bounds are NULL and responses is 0.';

CREATE TYPE kpi_test AS (
	difference double precision,
	lower double precision,
	upper double precision,
	statistic double precision,
	p_value double precision
);
COMMENT ON TYPE kpi_test IS
'A comparison: difference = current - baseline, of pairs after - before, with its confidence bounds, in the unit of the KPI; the test statistic (positive when current is larger) and the two-sided p-value, 0..1. What cannot be computed is NULL.';

CREATE TYPE control_chart AS (
	center double precision,
	sigma_z double precision,
	points bigint,
	satisfied_from integer
);
COMMENT ON TYPE control_chart IS
'A control chart of a share: its centre in percent; sigma_z, how much more than by chance of sampling it varies from period to period (1 is a p chart), NULL without two neighbouring points or where all are 0 or 100 %; the number of points; the lowest satisfied score. Read with control_limits().';

CREATE TYPE xmr_chart AS (
	center double precision,
	sigma double precision,
	lower double precision,
	upper double precision
);
COMMENT ON TYPE xmr_chart IS
'A control chart of single values: their mean, the standard deviation from the mean moving range, and the limits 3 of them below and above. Without two neighbouring values only the centre is there.';

CREATE TYPE kpi_time_interval AS (
	estimate interval,
	lower interval,
	upper interval
);
COMMENT ON TYPE kpi_time_interval IS
'A time with its confidence bounds. What is not reached is NULL.';
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
	-- literals of no known type are tallies, not one of the other kinds
	category = 'k', preferred = true
);
COMMENT ON TYPE tally IS
'How many answers each point of a whole-number scale (at most 101 points) got. Written lowest..highest:{count,...}, such as 1..5:{3,0,4,10,12}; a yes/no tally is 0..1:{no,yes}. Add tallies with + or sum(), read them with nps(), csat(), ces(), rate() and the like.';

-- constructor and readers

CREATE FUNCTION tally(lo integer, hi integer, counts bigint[]) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally';
COMMENT ON FUNCTION tally(integer, integer, bigint[]) IS
'The tally of the scale lo..hi with these counts, lowest score first. Errors: 22023 a wrong scale or number of counts, 22003 a negative count.';

CREATE FUNCTION responses(tally tally) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'responses';
COMMENT ON FUNCTION responses(tally) IS
'Number of answers in a tally; 0 if it is empty. Error 22003 beyond 2^63-1.';

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
'Percentage (0..100) of answers from lo to hi; NULL without answers. Error 22023 if lo..hi is not a part of the scale.';

-- operators

CREATE FUNCTION tally_plus(tally, tally) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_plus';
COMMENT ON FUNCTION tally_plus(tally, tally) IS
'The answers of both tallies. Errors: 22023 different scales, 22003 a count beyond 2^63-1.';

CREATE FUNCTION tally_minus(tally, tally) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_minus';
COMMENT ON FUNCTION tally_minus(tally, tally) IS
'The first tally without the answers of the second. Errors: 22023 different scales, 22003 a count below 0.';

CREATE FUNCTION tally_eq(tally, tally) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_eq';
COMMENT ON FUNCTION tally_eq(tally, tally) IS
'Implementation of the = operator.';

CREATE FUNCTION tally_ne(tally, tally) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_ne';
COMMENT ON FUNCTION tally_ne(tally, tally) IS
'Implementation of the <> operator.';

CREATE FUNCTION tally_lt(tally, tally) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_lt';
COMMENT ON FUNCTION tally_lt(tally, tally) IS
'Implementation of the < operator.';

CREATE FUNCTION tally_le(tally, tally) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_le';
COMMENT ON FUNCTION tally_le(tally, tally) IS
'Implementation of the <= operator.';

CREATE FUNCTION tally_gt(tally, tally) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_gt';
COMMENT ON FUNCTION tally_gt(tally, tally) IS
'Implementation of the > operator.';

CREATE FUNCTION tally_ge(tally, tally) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_ge';
COMMENT ON FUNCTION tally_ge(tally, tally) IS
'Implementation of the >= operator.';

CREATE FUNCTION tally_cmp(tally, tally) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_cmp';
COMMENT ON FUNCTION tally_cmp(tally, tally) IS
'Order of two tallies: -1, 0 or 1. Has no meaning beyond sorting.';

CREATE FUNCTION tally_hash(tally) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_hash';
COMMENT ON FUNCTION tally_hash(tally) IS
'Hash of a tally.';

CREATE FUNCTION tally_hash_extended(tally, bigint) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_hash_extended';
COMMENT ON FUNCTION tally_hash_extended(tally, bigint) IS
'Hash of a tally with a seed.';

CREATE OPERATOR + (leftarg = tally, rightarg = tally, function = tally_plus, commutator = +);
COMMENT ON OPERATOR + (tally, tally) IS 'The answers of both tallies.';

CREATE OPERATOR - (leftarg = tally, rightarg = tally, function = tally_minus);
COMMENT ON OPERATOR - (tally, tally) IS 'The first tally without the answers of the second.';

CREATE OPERATOR = (
	leftarg = tally, rightarg = tally, function = tally_eq,
	commutator = =, negator = <>, restrict = eqsel, join = eqjoinsel, hashes, merges
);
COMMENT ON OPERATOR = (tally, tally) IS 'equal';

CREATE OPERATOR <> (
	leftarg = tally, rightarg = tally, function = tally_ne,
	commutator = <>, negator = =, restrict = neqsel, join = neqjoinsel
);
COMMENT ON OPERATOR <> (tally, tally) IS 'not equal';

CREATE OPERATOR < (
	leftarg = tally, rightarg = tally, function = tally_lt,
	commutator = >, negator = >=, restrict = scalarltsel, join = scalarltjoinsel
);
COMMENT ON OPERATOR < (tally, tally) IS 'less';

CREATE OPERATOR <= (
	leftarg = tally, rightarg = tally, function = tally_le,
	commutator = >=, negator = >, restrict = scalarlesel, join = scalarlejoinsel
);
COMMENT ON OPERATOR <= (tally, tally) IS 'less or equal';

CREATE OPERATOR > (
	leftarg = tally, rightarg = tally, function = tally_gt,
	commutator = <, negator = <=, restrict = scalargtsel, join = scalargtjoinsel
);
COMMENT ON OPERATOR > (tally, tally) IS 'greater';

CREATE OPERATOR >= (
	leftarg = tally, rightarg = tally, function = tally_ge,
	commutator = <=, negator = <, restrict = scalargesel, join = scalargejoinsel
);
COMMENT ON OPERATOR >= (tally, tally) IS 'greater or equal';

CREATE OPERATOR CLASS tally_ops DEFAULT FOR TYPE tally USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 tally_cmp(tally, tally);
COMMENT ON OPERATOR CLASS tally_ops USING btree IS 'Order of tallies, for DISTINCT, GROUP BY and indexes.';
COMMENT ON OPERATOR FAMILY tally_ops USING btree IS 'Order of tallies, for DISTINCT, GROUP BY and indexes.';

CREATE OPERATOR CLASS tally_ops DEFAULT FOR TYPE tally USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 tally_hash(tally),
	FUNCTION 2 tally_hash_extended(tally, bigint);
COMMENT ON OPERATOR CLASS tally_ops USING hash IS 'Hashes of tallies, for DISTINCT, GROUP BY and joins.';
COMMENT ON OPERATOR FAMILY tally_ops USING hash IS 'Hashes of tallies, for DISTINCT, GROUP BY and joins.';

-- casts

CREATE FUNCTION tally_to_jsonb(tally) RETURNS jsonb
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_to_jsonb';
COMMENT ON FUNCTION tally_to_jsonb(tally) IS
'A tally as {"scale":[lowest,highest],"counts":[...]}.';

CREATE CAST (tally AS jsonb) WITH FUNCTION tally_to_jsonb(tally);
-- to_json, to_jsonb and json_agg look for a cast to json
CREATE FUNCTION tally_to_json(tally) RETURNS json
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_to_json';
COMMENT ON FUNCTION tally_to_json(tally) IS
'A tally as {"scale":[lowest,highest],"counts":[...]}.';

CREATE CAST (tally AS json) WITH FUNCTION tally_to_json(tally);
COMMENT ON CAST (tally AS json) IS 'A tally as {"scale":[lowest,highest],"counts":[...]}.';

COMMENT ON CAST (tally AS jsonb) IS 'A tally as {"scale":[lowest,highest],"counts":[...]}.';

-- transition functions: add one answer to a tally, or take it away again

CREATE FUNCTION tally_accum_int2(tally, smallint) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_int2';
COMMENT ON FUNCTION tally_accum_int2(tally, smallint) IS
'Transition function: one score more, on the scale of the tally.';

CREATE FUNCTION tally_accum_int2_inv(tally, smallint) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_int2_inv';
COMMENT ON FUNCTION tally_accum_int2_inv(tally, smallint) IS
'Inverse transition function: one score less.';

CREATE FUNCTION tally_accum_int4(tally, integer) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_int4';
COMMENT ON FUNCTION tally_accum_int4(tally, integer) IS
'Transition function: one score more, on the scale of the tally.';

CREATE FUNCTION tally_accum_int4_inv(tally, integer) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_int4_inv';
COMMENT ON FUNCTION tally_accum_int4_inv(tally, integer) IS
'Inverse transition function: one score less.';

CREATE FUNCTION tally_accum_float8(tally, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_float8';
COMMENT ON FUNCTION tally_accum_float8(tally, double precision) IS
'Transition function: one score more, on the scale of the tally.';

CREATE FUNCTION tally_accum_float8_inv(tally, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_float8_inv';
COMMENT ON FUNCTION tally_accum_float8_inv(tally, double precision) IS
'Inverse transition function: one score less.';

CREATE FUNCTION tally_accum_scale_int2(tally, smallint, integer, integer) RETURNS tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_scale_int2';
COMMENT ON FUNCTION tally_accum_scale_int2(tally, smallint, integer, integer) IS
'Transition function of tally(score, lo, hi).';

CREATE FUNCTION tally_accum_scale_int2_inv(tally, smallint, integer, integer) RETURNS tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_scale_int2_inv';
COMMENT ON FUNCTION tally_accum_scale_int2_inv(tally, smallint, integer, integer) IS
'Inverse transition function of tally(score, lo, hi).';

CREATE FUNCTION tally_accum_scale_int4(tally, integer, integer, integer) RETURNS tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_scale_int4';
COMMENT ON FUNCTION tally_accum_scale_int4(tally, integer, integer, integer) IS
'Transition function of tally(score, lo, hi).';

CREATE FUNCTION tally_accum_scale_int4_inv(tally, integer, integer, integer) RETURNS tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_scale_int4_inv';
COMMENT ON FUNCTION tally_accum_scale_int4_inv(tally, integer, integer, integer) IS
'Inverse transition function of tally(score, lo, hi).';

CREATE FUNCTION tally_accum_scale_float8(tally, double precision, integer, integer) RETURNS tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_scale_float8';
COMMENT ON FUNCTION tally_accum_scale_float8(tally, double precision, integer, integer) IS
'Transition function of tally(score, lo, hi).';

CREATE FUNCTION tally_accum_scale_float8_inv(tally, double precision, integer, integer) RETURNS tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_accum_scale_float8_inv';
COMMENT ON FUNCTION tally_accum_scale_float8_inv(tally, double precision, integer, integer) IS
'Inverse transition function of tally(score, lo, hi).';

-- aggregates that build tallies

CREATE AGGREGATE tally(score smallint, lo integer, hi integer) (
	sfunc = tally_accum_scale_int2, stype = tally, sspace = 104,
	msfunc = tally_accum_scale_int2, minvfunc = tally_accum_scale_int2_inv, mstype = tally, msspace = 104,
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE tally(smallint, integer, integer) IS
'Tally of scores on the scale lo..hi, which must be the same in all rows. NULL scores count nowhere; no rows give NULL. Errors: 22003 a score off the scale or not whole, 22023 a wrong or changing scale.';

CREATE AGGREGATE tally(score integer, lo integer, hi integer) (
	sfunc = tally_accum_scale_int4, stype = tally, sspace = 104,
	msfunc = tally_accum_scale_int4, minvfunc = tally_accum_scale_int4_inv, mstype = tally, msspace = 104,
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE tally(integer, integer, integer) IS
'Tally of scores on the scale lo..hi, which must be the same in all rows. NULL scores count nowhere; no rows give NULL. Errors: 22003 a score off the scale or not whole, 22023 a wrong or changing scale.';

CREATE AGGREGATE tally(score double precision, lo integer, hi integer) (
	sfunc = tally_accum_scale_float8, stype = tally, sspace = 104,
	msfunc = tally_accum_scale_float8, minvfunc = tally_accum_scale_float8_inv, mstype = tally, msspace = 104,
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE tally(double precision, integer, integer) IS
'Tally of scores on the scale lo..hi, which must be the same in all rows. NULL scores count nowhere; no rows give NULL. Errors: 22003 a score off the scale or not whole, 22023 a wrong or changing scale.';

CREATE AGGREGATE nps_tally(score smallint) (
	sfunc = tally_accum_int2, stype = tally, sspace = 104, initcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	msfunc = tally_accum_int2, minvfunc = tally_accum_int2_inv, mstype = tally, msspace = 104, minitcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE nps_tally(smallint) IS
'Tally of scores on the scale 0..10. NULL scores count nowhere; no rows give an empty tally. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE nps_tally(score integer) (
	sfunc = tally_accum_int4, stype = tally, sspace = 104, initcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	msfunc = tally_accum_int4, minvfunc = tally_accum_int4_inv, mstype = tally, msspace = 104, minitcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE nps_tally(integer) IS
'Tally of scores on the scale 0..10. NULL scores count nowhere; no rows give an empty tally. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE nps_tally(score double precision) (
	sfunc = tally_accum_float8, stype = tally, sspace = 104, initcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	msfunc = tally_accum_float8, minvfunc = tally_accum_float8_inv, mstype = tally, msspace = 104, minitcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE nps_tally(double precision) IS
'Tally of scores on the scale 0..10. NULL scores count nowhere; no rows give an empty tally. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE csat_tally(score smallint) (
	sfunc = tally_accum_int2, stype = tally, sspace = 56, initcond = '1..5:{0,0,0,0,0}',
	msfunc = tally_accum_int2, minvfunc = tally_accum_int2_inv, mstype = tally, msspace = 56, minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE csat_tally(smallint) IS
'Tally of scores on the scale 1..5. NULL scores count nowhere; no rows give an empty tally. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE csat_tally(score integer) (
	sfunc = tally_accum_int4, stype = tally, sspace = 56, initcond = '1..5:{0,0,0,0,0}',
	msfunc = tally_accum_int4, minvfunc = tally_accum_int4_inv, mstype = tally, msspace = 56, minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE csat_tally(integer) IS
'Tally of scores on the scale 1..5. NULL scores count nowhere; no rows give an empty tally. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE csat_tally(score double precision) (
	sfunc = tally_accum_float8, stype = tally, sspace = 56, initcond = '1..5:{0,0,0,0,0}',
	msfunc = tally_accum_float8, minvfunc = tally_accum_float8_inv, mstype = tally, msspace = 56, minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE csat_tally(double precision) IS
'Tally of scores on the scale 1..5. NULL scores count nowhere; no rows give an empty tally. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE ces_tally(score smallint) (
	sfunc = tally_accum_int2, stype = tally, sspace = 72, initcond = '1..7:{0,0,0,0,0,0,0}',
	msfunc = tally_accum_int2, minvfunc = tally_accum_int2_inv, mstype = tally, msspace = 72, minitcond = '1..7:{0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE ces_tally(smallint) IS
'Tally of scores on the scale 1..7. NULL scores count nowhere; no rows give an empty tally. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE ces_tally(score integer) (
	sfunc = tally_accum_int4, stype = tally, sspace = 72, initcond = '1..7:{0,0,0,0,0,0,0}',
	msfunc = tally_accum_int4, minvfunc = tally_accum_int4_inv, mstype = tally, msspace = 72, minitcond = '1..7:{0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE ces_tally(integer) IS
'Tally of scores on the scale 1..7. NULL scores count nowhere; no rows give an empty tally. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE ces_tally(score double precision) (
	sfunc = tally_accum_float8, stype = tally, sspace = 72, initcond = '1..7:{0,0,0,0,0,0,0}',
	msfunc = tally_accum_float8, minvfunc = tally_accum_float8_inv, mstype = tally, msspace = 72, minitcond = '1..7:{0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE ces_tally(double precision) IS
'Tally of scores on the scale 1..7. NULL scores count nowhere; no rows give an empty tally. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE sum(tally) (
	sfunc = tally_plus, stype = tally, sspace = 104,
	msfunc = tally_plus, minvfunc = tally_minus, mstype = tally, msspace = 104,
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE sum(tally) IS
'All tallies added up, exactly, in any order and in moving windows. NULLs are left out; no rows give NULL. Errors: 22023 different scales, 22003 a count beyond 2^63-1.';
-- rate: yes/no rates, and the KPIs that are one

CREATE FUNCTION rate_accum(tally, boolean) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_accum';
COMMENT ON FUNCTION rate_accum(tally, boolean) IS
'Transition function: one answer more in a 0..1 tally.';

CREATE FUNCTION rate_accum_inv(tally, boolean) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_accum_inv';
COMMENT ON FUNCTION rate_accum_inv(tally, boolean) IS
'Inverse transition function of rate_accum.';

CREATE FUNCTION contacts_accum(tally, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'contacts_accum';
COMMENT ON FUNCTION contacts_accum(tally, double precision) IS
'Transition function: one case more, by its number of contacts.';

CREATE FUNCTION contacts_accum_inv(tally, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'contacts_accum_inv';
COMMENT ON FUNCTION contacts_accum_inv(tally, double precision) IS
'Inverse transition function of contacts_accum.';

CREATE FUNCTION occurrences_accum(tally, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'occurrences_accum';
COMMENT ON FUNCTION occurrences_accum(tally, double precision) IS
'Transition function: one customer more, by its number of events.';

CREATE FUNCTION occurrences_accum_inv(tally, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'occurrences_accum_inv';
COMMENT ON FUNCTION occurrences_accum_inv(tally, double precision) IS
'Inverse transition function of occurrences_accum.';

CREATE FUNCTION expectation_accum(tally, double precision, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'expectation_accum';
COMMENT ON FUNCTION expectation_accum(tally, double precision, double precision) IS
'Transition function: one answer more, by what was expected and perceived.';

CREATE FUNCTION expectation_accum_inv(tally, double precision, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'expectation_accum_inv';
COMMENT ON FUNCTION expectation_accum_inv(tally, double precision, double precision) IS
'Inverse transition function of expectation_accum.';

CREATE AGGREGATE rate_tally(answer boolean) (
	sfunc = rate_accum, stype = tally, sspace = 32, initcond = '0..1:{0,0}',
	msfunc = rate_accum, minvfunc = rate_accum_inv, mstype = tally, msspace = 32, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE rate_tally(boolean) IS
'Tally 0..1:{no,yes} of a boolean. NULL counts nowhere; no rows give an empty tally.';

CREATE FUNCTION rate(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate';
COMMENT ON FUNCTION rate(tally) IS
'% true, 0..100, of a yes/no tally; NULL without answers. Error 22023 for other scales than 0..1.';

CREATE FUNCTION resolution_rate(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate';
COMMENT ON FUNCTION resolution_rate(tally) IS
'Resolution rate: % of cases resolved, 0..100, of a yes/no tally; NULL without answers. Error 22023 for other scales than 0..1.';

CREATE FUNCTION resolution_quality(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate';
COMMENT ON FUNCTION resolution_quality(tally) IS
'Resolution quality: % whose resolution met expectations, 0..100, of a yes/no tally; NULL without answers. Error 22023 for other scales than 0..1.';

CREATE FUNCTION fcr(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate';
COMMENT ON FUNCTION fcr(tally) IS
'First contact resolution: % of cases resolved with the first contact, 0..100, of a yes/no tally; NULL without answers. Error 22023 for other scales than 0..1.';

CREATE FUNCTION retention_rate(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate';
COMMENT ON FUNCTION retention_rate(tally) IS
'Retention rate: % of customers kept, 0..100, of a yes/no tally; NULL without answers. Error 22023 for other scales than 0..1.';

CREATE FUNCTION churn_rate(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate';
COMMENT ON FUNCTION churn_rate(tally) IS
'Churn rate: % of customers lost, 0..100, of a yes/no tally; NULL without answers. Error 22023 for other scales than 0..1.';

CREATE FUNCTION repeat_rate(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate';
COMMENT ON FUNCTION repeat_rate(tally) IS
'Repeat rate: % of customers with at least one later purchase, 0..100, of a yes/no tally; NULL without answers. Error 22023 for other scales than 0..1.';

CREATE FUNCTION referral_rate(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate';
COMMENT ON FUNCTION referral_rate(tally) IS
'Referral rate: % of customers with at least one referral, 0..100, of a yes/no tally; NULL without answers. Error 22023 for other scales than 0..1.';

CREATE AGGREGATE rate(answer boolean) (
	sfunc = rate_accum, stype = tally, sspace = 32, finalfunc = rate, initcond = '0..1:{0,0}',
	msfunc = rate_accum, minvfunc = rate_accum_inv, mstype = tally, msspace = 32, mfinalfunc = rate, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE rate(boolean) IS
'% true, 0..100. NULL counts nowhere; no answers give NULL.';

CREATE AGGREGATE resolution_rate(resolved boolean) (
	sfunc = rate_accum, stype = tally, sspace = 32, finalfunc = resolution_rate, initcond = '0..1:{0,0}',
	msfunc = rate_accum, minvfunc = rate_accum_inv, mstype = tally, msspace = 32, mfinalfunc = resolution_rate, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE resolution_rate(boolean) IS
'Resolution rate: % of cases resolved, 0..100. NULL counts nowhere; no answers give NULL.';

CREATE AGGREGATE resolution_quality(met boolean) (
	sfunc = rate_accum, stype = tally, sspace = 32, finalfunc = resolution_quality, initcond = '0..1:{0,0}',
	msfunc = rate_accum, minvfunc = rate_accum_inv, mstype = tally, msspace = 32, mfinalfunc = resolution_quality, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE resolution_quality(boolean) IS
'Resolution quality: % whose resolution met expectations, 0..100. NULL counts nowhere; no answers give NULL.';

CREATE AGGREGATE fcr(resolved_at_first_contact boolean) (
	sfunc = rate_accum, stype = tally, sspace = 32, finalfunc = fcr, initcond = '0..1:{0,0}',
	msfunc = rate_accum, minvfunc = rate_accum_inv, mstype = tally, msspace = 32, mfinalfunc = fcr, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE fcr(boolean) IS
'First contact resolution: % of cases resolved with the first contact, 0..100. NULL counts nowhere; no answers give NULL.';

CREATE AGGREGATE retention_rate(kept boolean) (
	sfunc = rate_accum, stype = tally, sspace = 32, finalfunc = retention_rate, initcond = '0..1:{0,0}',
	msfunc = rate_accum, minvfunc = rate_accum_inv, mstype = tally, msspace = 32, mfinalfunc = retention_rate, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE retention_rate(boolean) IS
'Retention rate: % of customers kept, 0..100. NULL counts nowhere; no answers give NULL.';

CREATE AGGREGATE churn_rate(lost boolean) (
	sfunc = rate_accum, stype = tally, sspace = 32, finalfunc = churn_rate, initcond = '0..1:{0,0}',
	msfunc = rate_accum, minvfunc = rate_accum_inv, mstype = tally, msspace = 32, mfinalfunc = churn_rate, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE churn_rate(boolean) IS
'Churn rate: % of customers lost, 0..100. NULL counts nowhere; no answers give NULL.';

CREATE AGGREGATE repeat_rate(came_back boolean) (
	sfunc = rate_accum, stype = tally, sspace = 32, finalfunc = repeat_rate, initcond = '0..1:{0,0}',
	msfunc = rate_accum, minvfunc = rate_accum_inv, mstype = tally, msspace = 32, mfinalfunc = repeat_rate, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE repeat_rate(boolean) IS
'Repeat rate: % of customers with at least one later purchase, 0..100. NULL counts nowhere; no answers give NULL.';

CREATE AGGREGATE referral_rate(referred boolean) (
	sfunc = rate_accum, stype = tally, sspace = 32, finalfunc = referral_rate, initcond = '0..1:{0,0}',
	msfunc = rate_accum, minvfunc = rate_accum_inv, mstype = tally, msspace = 32, mfinalfunc = referral_rate, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE referral_rate(boolean) IS
'Referral rate: % of customers with at least one referral, 0..100. NULL counts nowhere; no answers give NULL.';

CREATE AGGREGATE fcr(contacts double precision) (
	sfunc = contacts_accum, stype = tally, sspace = 32, finalfunc = fcr, initcond = '0..1:{0,0}',
	msfunc = contacts_accum, minvfunc = contacts_accum_inv, mstype = tally, msspace = 32, mfinalfunc = fcr, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE fcr(double precision) IS
'First contact resolution: % of cases with exactly 1 contact, 0..100. NULL counts nowhere; no cases give NULL. Error 22003: fewer than 1 contact, or not a whole number.';

CREATE AGGREGATE repeat_rate(purchases double precision) (
	sfunc = occurrences_accum, stype = tally, sspace = 32, finalfunc = repeat_rate, initcond = '0..1:{0,0}',
	msfunc = occurrences_accum, minvfunc = occurrences_accum_inv, mstype = tally, msspace = 32, mfinalfunc = repeat_rate, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE repeat_rate(double precision) IS
'Repeat rate: % of customers with at least one later purchase, 0..100. NULL counts nowhere; no customers give NULL. Error 22003: a negative number, or not a whole one.';

CREATE AGGREGATE referral_rate(referrals double precision) (
	sfunc = occurrences_accum, stype = tally, sspace = 32, finalfunc = referral_rate, initcond = '0..1:{0,0}',
	msfunc = occurrences_accum, minvfunc = occurrences_accum_inv, mstype = tally, msspace = 32, mfinalfunc = referral_rate, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE referral_rate(double precision) IS
'Referral rate: % of customers with at least one referral, 0..100. NULL counts nowhere; no customers give NULL. Error 22003: a negative number, or not a whole one.';

CREATE AGGREGATE resolution_quality(expected double precision, perceived double precision) (
	sfunc = expectation_accum, stype = tally, sspace = 32, finalfunc = resolution_quality, initcond = '0..1:{0,0}',
	msfunc = expectation_accum, minvfunc = expectation_accum_inv, mstype = tally, msspace = 32, mfinalfunc = resolution_quality, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE resolution_quality(double precision, double precision) IS
'Resolution quality: % whose perceived resolution was at least the expected one, 0..100. Rows with a NULL count nowhere; no rows give NULL. Error 22003: NaN or Infinity.';

-- intervals and tests

CREATE FUNCTION rate_interval(tally tally, confidence double precision DEFAULT 0.95, method text DEFAULT 'wilson') RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_interval';
COMMENT ON FUNCTION rate_interval(tally, double precision, text) IS
'A yes/no rate in percent with confidence bounds. Methods: wilson (Wilson 1927), exact (Clopper & Pearson 1934), jeffreys, wald. Without answers estimate and bounds are NULL. Errors 22023: confidence not between 0 and 1, unknown method, other scales than 0..1.';

CREATE FUNCTION rate_test(current tally, baseline tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_test';
COMMENT ON FUNCTION rate_test(tally, tally, double precision) IS
'Is the change of a yes/no rate real? difference = current - baseline in percentage points, Newcombe (1998) bounds; statistic and p of the N-1 chi-square (Campbell 2007) as a signed z, Fisher''s exact p where the smallest expected count is below 1. p is NULL where both are all yes or all no; all is NULL if one is empty.';

CREATE FUNCTION target_test(tally tally, target double precision, satisfied_from integer DEFAULT NULL, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'target_test';
COMMENT ON FUNCTION target_test(tally, double precision, integer, double precision) IS
'A share against its target, both in percent (80, not 0.8; for an NPS it is no test of the score): difference = share - target with Wilson bounds, score z, exact binomial p. Yes/no tallies as they are; scores from satisfied_from on (NULL: as csat). All NULL without answers. Errors 22023: a target outside 0..100, a wrong satisfied_from or confidence.';
-- csat: Customer Satisfaction and Customer Recovery Satisfaction

CREATE FUNCTION csat_accum(tally, double precision, integer, integer, integer) RETURNS tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_accum';
COMMENT ON FUNCTION csat_accum(tally, double precision, integer, integer, integer) IS
'Transition function of csat(score, lo, hi, satisfied_from).';

CREATE FUNCTION csat_accum_inv(tally, double precision, integer, integer, integer) RETURNS tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_accum_inv';
COMMENT ON FUNCTION csat_accum_inv(tally, double precision, integer, integer, integer) IS
'Inverse transition function of csat(score, lo, hi, satisfied_from).';

CREATE FUNCTION crs_accum(tally, boolean, boolean) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'crs_accum';
COMMENT ON FUNCTION crs_accum(tally, boolean, boolean) IS
'Transition function of crs(satisfied, recovery_related).';

CREATE FUNCTION crs_accum_inv(tally, boolean, boolean) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'crs_accum_inv';
COMMENT ON FUNCTION crs_accum_inv(tally, boolean, boolean) IS
'Inverse transition function of crs(satisfied, recovery_related).';

CREATE FUNCTION crs_score_accum(tally, double precision, boolean) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'crs_score_accum';
COMMENT ON FUNCTION crs_score_accum(tally, double precision, boolean) IS
'Transition function of crs(score, recovery_related).';

CREATE FUNCTION crs_score_accum_inv(tally, double precision, boolean) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'crs_score_accum_inv';
COMMENT ON FUNCTION crs_score_accum_inv(tally, double precision, boolean) IS
'Inverse transition function of crs(score, recovery_related).';

CREATE FUNCTION csat(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat';
COMMENT ON FUNCTION csat(tally) IS
'Customer Satisfaction: % of answers in the top two points of the scale, 0..100; NULL without answers. Error 22023: a scale of fewer than 5 points, which needs satisfied_from.';

CREATE FUNCTION csat(tally tally, satisfied_from integer) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat';
COMMENT ON FUNCTION csat(tally, integer) IS
'Customer Satisfaction: % of answers at or above satisfied_from (NULL: the top two points), 0..100; NULL without answers. Error 22023: satisfied_from outside the scale.';

CREATE FUNCTION crs(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'crs';
COMMENT ON FUNCTION crs(tally) IS
'Customer Recovery Satisfaction of a tally of answers about recoveries: % yes of a yes/no tally, else % in the top two points as csat; 0..100; NULL without answers.';

CREATE AGGREGATE csat(score smallint) (
	sfunc = tally_accum_int2, stype = tally, sspace = 56, finalfunc = csat, initcond = '1..5:{0,0,0,0,0}',
	msfunc = tally_accum_int2, minvfunc = tally_accum_int2_inv, mstype = tally, msspace = 56, mfinalfunc = csat, minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE csat(smallint) IS
'Customer Satisfaction: % of 4 and 5 on the scale 1..5 (top-two-box), 0..100. 3 is an answer, but not a satisfied one. NULL counts nowhere; no answers give NULL. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE csat(score integer) (
	sfunc = tally_accum_int4, stype = tally, sspace = 56, finalfunc = csat, initcond = '1..5:{0,0,0,0,0}',
	msfunc = tally_accum_int4, minvfunc = tally_accum_int4_inv, mstype = tally, msspace = 56, mfinalfunc = csat, minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE csat(integer) IS
'Customer Satisfaction: % of 4 and 5 on the scale 1..5 (top-two-box), 0..100. 3 is an answer, but not a satisfied one. NULL counts nowhere; no answers give NULL. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE csat(score double precision) (
	sfunc = tally_accum_float8, stype = tally, sspace = 56, finalfunc = csat, initcond = '1..5:{0,0,0,0,0}',
	msfunc = tally_accum_float8, minvfunc = tally_accum_float8_inv, mstype = tally, msspace = 56, mfinalfunc = csat, minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE csat(double precision) IS
'Customer Satisfaction: % of 4 and 5 on the scale 1..5 (top-two-box), 0..100. 3 is an answer, but not a satisfied one. NULL counts nowhere; no answers give NULL. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE csat(score double precision, lo integer, hi integer, satisfied_from integer) (
	sfunc = csat_accum, stype = tally, sspace = 32, finalfunc = rate, initcond = '0..1:{0,0}',
	msfunc = csat_accum, minvfunc = csat_accum_inv, mstype = tally, msspace = 32, mfinalfunc = rate, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE csat(double precision, integer, integer, integer) IS
'Customer Satisfaction: % of scores at or above satisfied_from (NULL: the top two points) on the scale lo..hi, 0..100; the scale may differ between rows. NULL scores count nowhere; no answers give NULL. Errors: 22003 a score off the scale or not whole, 22023 a wrong scale or satisfied_from.';

CREATE AGGREGATE crs(satisfied boolean) (
	sfunc = rate_accum, stype = tally, sspace = 32, finalfunc = crs, initcond = '0..1:{0,0}',
	msfunc = rate_accum, minvfunc = rate_accum_inv, mstype = tally, msspace = 32, mfinalfunc = crs, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE crs(boolean) IS
'Customer Recovery Satisfaction: % satisfied of the answers about a recovery, 0..100; a common target is 80. NULL counts nowhere; no answers give NULL.';

CREATE AGGREGATE crs(satisfied boolean, recovery_related boolean) (
	sfunc = crs_accum, stype = tally, sspace = 32, finalfunc = crs, initcond = '0..1:{0,0}',
	msfunc = crs_accum, minvfunc = crs_accum_inv, mstype = tally, msspace = 32, mfinalfunc = crs, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE crs(boolean, boolean) IS
'Customer Recovery Satisfaction: % satisfied of the answers that are about a recovery, 0..100. recovery_related false or NULL leaves the row out; so does a NULL answer; no answers give NULL.';

CREATE AGGREGATE crs(score smallint) (
	sfunc = tally_accum_int2, stype = tally, sspace = 56, finalfunc = crs, initcond = '1..5:{0,0,0,0,0}',
	msfunc = tally_accum_int2, minvfunc = tally_accum_int2_inv, mstype = tally, msspace = 56, mfinalfunc = crs, minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE crs(smallint) IS
'Customer Recovery Satisfaction: % of 4 and 5 on the scale 1..5 among answers about a recovery, 0..100. NULL counts nowhere; no answers give NULL. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE crs(score integer) (
	sfunc = tally_accum_int4, stype = tally, sspace = 56, finalfunc = crs, initcond = '1..5:{0,0,0,0,0}',
	msfunc = tally_accum_int4, minvfunc = tally_accum_int4_inv, mstype = tally, msspace = 56, mfinalfunc = crs, minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE crs(integer) IS
'Customer Recovery Satisfaction: % of 4 and 5 on the scale 1..5 among answers about a recovery, 0..100. NULL counts nowhere; no answers give NULL. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE crs(score double precision) (
	sfunc = tally_accum_float8, stype = tally, sspace = 56, finalfunc = crs, initcond = '1..5:{0,0,0,0,0}',
	msfunc = tally_accum_float8, minvfunc = tally_accum_float8_inv, mstype = tally, msspace = 56, mfinalfunc = crs, minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE crs(double precision) IS
'Customer Recovery Satisfaction: % of 4 and 5 on the scale 1..5 among answers about a recovery, 0..100. NULL counts nowhere; no answers give NULL. Error 22003: a score off the scale or not whole.';

CREATE AGGREGATE crs(score double precision, recovery_related boolean) (
	sfunc = crs_score_accum, stype = tally, sspace = 56, finalfunc = crs, initcond = '1..5:{0,0,0,0,0}',
	msfunc = crs_score_accum, minvfunc = crs_score_accum_inv, mstype = tally, msspace = 56, mfinalfunc = crs, minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE crs(double precision, boolean) IS
'Customer Recovery Satisfaction: % of 4 and 5 on the scale 1..5 among the answers that are about a recovery, 0..100. recovery_related false or NULL leaves the row out; no answers give NULL. Error 22003: a score off the scale or not whole.';

CREATE FUNCTION crs_interval(tally tally, confidence double precision DEFAULT 0.95, method text DEFAULT 'wilson') RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'crs_interval';
COMMENT ON FUNCTION crs_interval(tally, double precision, text) IS
'Customer Recovery Satisfaction in percent with confidence bounds; satisfied as crs(tally), methods as rate_interval. Without answers estimate and bounds are NULL.';

CREATE FUNCTION crs_test(current tally, baseline tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'crs_test';
COMMENT ON FUNCTION crs_test(tally, tally, double precision) IS
'Is the change of Customer Recovery Satisfaction real? difference = current - baseline in percentage points; bounds, statistic and p as rate_test; satisfied as crs(tally). Error 22023: different scales.';

CREATE FUNCTION csat_interval(tally tally, confidence double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL, method text DEFAULT 'wilson') RETURNS kpi_interval
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_interval';
COMMENT ON FUNCTION csat_interval(tally, double precision, integer, text) IS
'Customer Satisfaction in percent with confidence bounds; satisfied_from as csat, methods as rate_interval. Without answers estimate and bounds are NULL.';

CREATE FUNCTION csat_test(current tally, baseline tally, confidence double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL) RETURNS kpi_test
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_test';
COMMENT ON FUNCTION csat_test(tally, tally, double precision, integer) IS
'Is the change of Customer Satisfaction real? difference = current - baseline in percentage points; bounds, statistic and p as rate_test; satisfied_from as csat. Error 22023: different scales.';
-- nps: Net Promoter Score

CREATE FUNCTION nps(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps';
COMMENT ON FUNCTION nps(tally) IS
'Net Promoter Score of a tally 0..10: % of 9-10 minus % of 0-6, -100..100; NULL without answers. Error 22023 for other scales.';

CREATE AGGREGATE nps(score smallint) (
	sfunc = tally_accum_int2, stype = tally, sspace = 104, finalfunc = nps, initcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	msfunc = tally_accum_int2, minvfunc = tally_accum_int2_inv, mstype = tally, msspace = 104, mfinalfunc = nps, minitcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE nps(smallint) IS
'Net Promoter Score: % of promoters (9, 10) minus % of detractors (0 to 6), -100..100; 7 and 8 are passive. NULL counts nowhere; no answers give NULL. Error 22003: a score outside 0..10 or not whole.';

CREATE AGGREGATE nps(score integer) (
	sfunc = tally_accum_int4, stype = tally, sspace = 104, finalfunc = nps, initcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	msfunc = tally_accum_int4, minvfunc = tally_accum_int4_inv, mstype = tally, msspace = 104, mfinalfunc = nps, minitcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE nps(integer) IS
'Net Promoter Score: % of promoters (9, 10) minus % of detractors (0 to 6), -100..100; 7 and 8 are passive. NULL counts nowhere; no answers give NULL. Error 22003: a score outside 0..10 or not whole.';

CREATE AGGREGATE nps(score double precision) (
	sfunc = tally_accum_float8, stype = tally, sspace = 104, finalfunc = nps, initcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	msfunc = tally_accum_float8, minvfunc = tally_accum_float8_inv, mstype = tally, msspace = 104, mfinalfunc = nps, minitcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE nps(double precision) IS
'Net Promoter Score: % of promoters (9, 10) minus % of detractors (0 to 6), -100..100; 7 and 8 are passive. NULL counts nowhere; no answers give NULL. Error 22003: a score outside 0..10 or not whole.';

CREATE FUNCTION nps_interval(tally tally, confidence double precision DEFAULT 0.95, method text DEFAULT 'adjusted') RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_interval';
COMMENT ON FUNCTION nps_interval(tally, double precision, text) IS
'Net Promoter Score with confidence bounds, -100..100. Methods: adjusted (adjusted Wald (3,T), Rocks 2016, widened to hold the NPS), score (Tango 1998), wald. Without answers estimate and bounds are NULL. Errors 22023: confidence not between 0 and 1, unknown method, other scales than 0..10.';

CREATE FUNCTION nps_test(current tally, baseline tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_test';
COMMENT ON FUNCTION nps_test(tally, tally, double precision) IS
'Is the change of NPS real? difference = current - baseline in points, -200..200; bounds, statistic (z) and p on the (3,T)-adjusted scores (Lewis & Sauro 2021), so that with a handful of answers the raw difference can lie outside them. All NULL if one is empty.';
-- ces: Customer Effort Score

CREATE FUNCTION ces(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces';
COMMENT ON FUNCTION ces(tally) IS
'Customer Effort Score: mean on the tally''s own scale (1..7 with 7 = easy in CES 2.0); NULL without answers.';

CREATE FUNCTION ces_easy(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_easy';
COMMENT ON FUNCTION ces_easy(tally) IS
'% of easy answers, 5 to 7 of 1..7, 0..100; NULL without answers. Error 22023 for other scales.';

CREATE FUNCTION ces_easy(tally tally, lo integer, hi integer) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'share';
COMMENT ON FUNCTION ces_easy(tally, integer, integer) IS
'% of answers from lo to hi, 0..100, for scales on which other scores are easy; NULL without answers. Error 22023 if lo..hi is not a part of the scale.';

CREATE AGGREGATE ces(score smallint) (
	sfunc = tally_accum_int2, stype = tally, sspace = 72, finalfunc = ces, initcond = '1..7:{0,0,0,0,0,0,0}',
	msfunc = tally_accum_int2, minvfunc = tally_accum_int2_inv, mstype = tally, msspace = 72, mfinalfunc = ces, minitcond = '1..7:{0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE ces(smallint) IS
'Customer Effort Score: mean of the 1..7 agreement scale (7 = easy). NULL counts nowhere; no answers give NULL. Error 22003: a score outside 1..7 or not whole. For other scales read a tally(score, lo, hi).';

CREATE AGGREGATE ces(score integer) (
	sfunc = tally_accum_int4, stype = tally, sspace = 72, finalfunc = ces, initcond = '1..7:{0,0,0,0,0,0,0}',
	msfunc = tally_accum_int4, minvfunc = tally_accum_int4_inv, mstype = tally, msspace = 72, mfinalfunc = ces, minitcond = '1..7:{0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE ces(integer) IS
'Customer Effort Score: mean of the 1..7 agreement scale (7 = easy). NULL counts nowhere; no answers give NULL. Error 22003: a score outside 1..7 or not whole. For other scales read a tally(score, lo, hi).';

CREATE AGGREGATE ces(score double precision) (
	sfunc = tally_accum_float8, stype = tally, sspace = 72, finalfunc = ces, initcond = '1..7:{0,0,0,0,0,0,0}',
	msfunc = tally_accum_float8, minvfunc = tally_accum_float8_inv, mstype = tally, msspace = 72, mfinalfunc = ces, minitcond = '1..7:{0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE ces(double precision) IS
'Customer Effort Score: mean of the 1..7 agreement scale (7 = easy). NULL counts nowhere; no answers give NULL. Error 22003: a score outside 1..7 or not whole. For other scales read a tally(score, lo, hi).';

CREATE AGGREGATE ces_easy(score smallint) (
	sfunc = tally_accum_int2, stype = tally, sspace = 72, finalfunc = ces_easy, initcond = '1..7:{0,0,0,0,0,0,0}',
	msfunc = tally_accum_int2, minvfunc = tally_accum_int2_inv, mstype = tally, msspace = 72, mfinalfunc = ces_easy, minitcond = '1..7:{0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE ces_easy(smallint) IS
'% of easy answers, 5 to 7 of 1..7, 0..100. NULL counts nowhere; no answers give NULL. Error 22003: a score outside 1..7 or not whole. For other scales read a tally(score, lo, hi).';

CREATE AGGREGATE ces_easy(score integer) (
	sfunc = tally_accum_int4, stype = tally, sspace = 72, finalfunc = ces_easy, initcond = '1..7:{0,0,0,0,0,0,0}',
	msfunc = tally_accum_int4, minvfunc = tally_accum_int4_inv, mstype = tally, msspace = 72, mfinalfunc = ces_easy, minitcond = '1..7:{0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE ces_easy(integer) IS
'% of easy answers, 5 to 7 of 1..7, 0..100. NULL counts nowhere; no answers give NULL. Error 22003: a score outside 1..7 or not whole. For other scales read a tally(score, lo, hi).';

CREATE AGGREGATE ces_easy(score double precision) (
	sfunc = tally_accum_float8, stype = tally, sspace = 72, finalfunc = ces_easy, initcond = '1..7:{0,0,0,0,0,0,0}',
	msfunc = tally_accum_float8, minvfunc = tally_accum_float8_inv, mstype = tally, msspace = 72, mfinalfunc = ces_easy, minitcond = '1..7:{0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE ces_easy(double precision) IS
'% of easy answers, 5 to 7 of 1..7, 0..100. NULL counts nowhere; no answers give NULL. Error 22003: a score outside 1..7 or not whole. For other scales read a tally(score, lo, hi).';

CREATE FUNCTION ces_interval(tally tally, confidence double precision DEFAULT 0.95) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_interval';
COMMENT ON FUNCTION ces_interval(tally, double precision) IS
'Mean score with Student t bounds, in points of the scale; bounds NULL for a single answer, estimate too without answers. Error 22023: confidence not between 0 and 1.';

CREATE FUNCTION ces_test(current tally, baseline tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_test';
COMMENT ON FUNCTION ces_test(tally, tally, double precision) IS
'Is the change of the mean real? difference = current - baseline in points of the scale; bounds, t and p of Welch (1947). Needs two answers in each, else NULL; without any variance the bounds are the difference and t and p NULL. Error 22023: different scales.';
-- period: calendar periods of timestamps, and windows after an event

CREATE FUNCTION period_start(unit text, at timestamp with time zone, timezone text) RETURNS date
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'period_start';
COMMENT ON FUNCTION period_start(text, timestamp with time zone, text) IS
'First day of the day, week (Monday), month, quarter or year that the time lies in, in that time zone (a full name of pg_timezone_names). Say of a timestamp without time zone what it is first: at AT TIME ZONE ''UTC''. NULL for infinite times. Errors: 22023 unknown unit or zone, 22008 a time before the year 1. IMMUTABLE as far as the time zone data are.';

-- a date is a date in every zone: without these it would be cast to a time in the session's zone
CREATE FUNCTION period_start(unit text, day date) RETURNS date
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'period_start_date';
COMMENT ON FUNCTION period_start(text, date) IS
'First day of the day, week (Monday), month, quarter or year that a date lies in. NULL for infinite dates. Errors: 22023 unknown unit, 22008 a date before the year 1.';

CREATE FUNCTION period_start(unit text, day date, timezone text) RETURNS date
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'period_start_date';
COMMENT ON FUNCTION period_start(text, date, text) IS
'The same as period_start(unit, day): a date lies in the same period in every time zone.';

CREATE FUNCTION within_window(start timestamp with time zone, event timestamp with time zone, span interval, as_of timestamp with time zone) RETURNS boolean
LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'within_window';
COMMENT ON FUNCTION within_window(timestamp with time zone, timestamp with time zone, interval, timestamp with time zone) IS
'Did the event come in (start, start + span]? true if so and not after as_of; false once the window has passed without it; an event at start itself is not after it and does not count; NULL while it is open, or if start is NULL, infinite or after as_of. A yes of a young case is known before its no, so leave young cases out of rates: FILTER (WHERE start + span <= as_of). Error 22003: a negative span.';
-- report: what reports need beside the figures

CREATE FUNCTION suppress(value double precision, responses bigint, minimum bigint) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'suppress';
COMMENT ON FUNCTION suppress(double precision, bigint, bigint) IS
'The value, or NULL if fewer than minimum answers stand behind it. NULL in, NULL out. Error 22003: a negative number of answers.';

CREATE FUNCTION sparkline(series double precision[]) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sparkline';
COMMENT ON FUNCTION sparkline(double precision[]) IS
'The values as a line of block characters from the lowest to the highest; a space for NULL, middle height if all are equal; NULL for no values. Error 22003: NaN or Infinity.';

-- The state is a plain array: order matters here, so there is nothing to merge.
CREATE AGGREGATE sparkline(value double precision) (
	sfunc = pg_catalog.array_append, stype = double precision[],
	finalfunc = sparkline, parallel = safe
);
COMMENT ON AGGREGATE sparkline(double precision) IS
'The values, in the order of ORDER BY inside the call, as a line of block characters; a space for NULL, NULL for no rows. Error 22003: NaN or Infinity.';
-- life_table: how long until, with what is still open counted right

CREATE FUNCTION life_table_in(cstring) RETURNS life_table
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_in';
COMMENT ON FUNCTION life_table_in(cstring) IS
'Text form of a life table: exact:{duration:events/censored,...}, durations in seconds.';

CREATE FUNCTION life_table_out(life_table) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_out';
COMMENT ON FUNCTION life_table_out(life_table) IS
'Text form of a life table.';

CREATE FUNCTION life_table_recv(internal) RETURNS life_table
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_recv';
COMMENT ON FUNCTION life_table_recv(internal) IS
'Binary form of a life table: format 1, exact or bucketed, entries.';

CREATE FUNCTION life_table_send(life_table) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_send';
COMMENT ON FUNCTION life_table_send(life_table) IS
'Binary form of a life table.';

CREATE TYPE life_table (
	input = life_table_in, output = life_table_out, receive = life_table_recv, send = life_table_send,
	internallength = variable, alignment = double, storage = extended
);
COMMENT ON TYPE life_table IS
'How many subjects ended (events) and how many were left open (censored) after each duration. Exact to the microsecond up to 1,024 distinct durations; above, durations share buckets no wider than 0.49 %, while counts, sums, the shortest and the longest stay exact. Written exact:{seconds:events/censored,...}. Add them with + or sum(), read them with median_time(), resolved_within(), retention_at() and the like.';

-- readers

CREATE FUNCTION subjects(life_table life_table) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'subjects';
COMMENT ON FUNCTION subjects(life_table) IS
'Number of subjects of a life table, ended or open; 0 if it is empty.';

CREATE FUNCTION events(life_table life_table) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'events';
COMMENT ON FUNCTION events(life_table) IS
'Number of subjects that ended: cases resolved, customers lost.';

CREATE FUNCTION censored(life_table life_table) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'censored';
COMMENT ON FUNCTION censored(life_table) IS
'Number of subjects still open when last seen.';

CREATE FUNCTION shortest_time(life_table life_table) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'shortest_time';
COMMENT ON FUNCTION shortest_time(life_table) IS
'Shortest duration of a life table, ended or open, exact; NULL if it is empty.';

CREATE FUNCTION longest_time(life_table life_table) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'longest_time';
COMMENT ON FUNCTION longest_time(life_table) IS
'Longest duration of a life table, ended or open, exact; NULL if it is empty. Nothing is known beyond it if it is of an open subject.';

CREATE FUNCTION retention_at(life_table life_table, "time" interval) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'retention_at';
COMMENT ON FUNCTION retention_at(life_table, interval) IS
'Percentage (0..100) still there after the time: 100 * S(t), Kaplan-Meier; NULL without subjects. After the longest duration the curve stays where it ended. A month counts as 30 days of 24 hours. Error 22003: a negative time.';

CREATE FUNCTION resolved_within(life_table life_table, "time" interval) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'resolved_within';
COMMENT ON FUNCTION resolved_within(life_table, interval) IS
'Percentage (0..100) ended by the time: 100 * (1 - S(t)), Kaplan-Meier; NULL without subjects. After the longest duration the curve stays where it ended. A month counts as 30 days of 24 hours. Error 22003: a negative time.';

CREATE FUNCTION churn_at(life_table life_table, "time" interval) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'resolved_within';
COMMENT ON FUNCTION churn_at(life_table, interval) IS
'Percentage (0..100) lost by the time: 100 * (1 - S(t)), Kaplan-Meier; NULL without subjects. After the longest duration the curve stays where it ended. A month counts as 30 days of 24 hours. Error 22003: a negative time.';

CREATE FUNCTION retention_interval(life_table life_table, "time" interval, confidence double precision DEFAULT 0.95) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'retention_interval';
COMMENT ON FUNCTION retention_interval(life_table, interval, double precision) IS
'Percentage still there after the time (Kaplan-Meier) with log-log bounds (variance by Greenwood); responses is the number of subjects. Bounds are NULL where nobody is left and 100 before the first event. Errors: 22003 a negative time, 22023 a confidence outside 0..1.';

CREATE FUNCTION time_quantile(life_table life_table, q double precision) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'time_quantile';
COMMENT ON FUNCTION time_quantile(life_table, double precision) IS
'First time by which the share q (0..1) has ended: S(t) <= 1 - q, Kaplan-Meier; NULL if that is never reached. Without open subjects it is percentile_disc; in a bucketed table within 0.5 %. q = 0 gives the first event. Error 22023: q outside 0..1.';

CREATE FUNCTION median_time(life_table life_table) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'median_time';
COMMENT ON FUNCTION median_time(life_table) IS
'First time by which half has ended, Kaplan-Meier: open subjects count as what they are, censored. NULL if half is never reached.';

CREATE FUNCTION median_time_interval(life_table life_table, confidence double precision DEFAULT 0.95) RETURNS kpi_time_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'median_time_interval';
COMMENT ON FUNCTION median_time_interval(life_table, double precision) IS
'Median time with the times where the log-log interval of survival covers one half (Brookmeyer and Crowley 1982); a bound never reached is NULL. Error 22023: a confidence outside 0..1.';

CREATE FUNCTION restricted_mean_time(life_table life_table, horizon interval) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'restricted_mean_time';
COMMENT ON FUNCTION restricted_mean_time(life_table, interval) IS
'Mean time up to the horizon: the area under the Kaplan-Meier curve; NULL without subjects. Errors: 22023 if the horizon is past the longest duration and that one is open, 22003 a negative horizon.';

CREATE FUNCTION restricted_mean_interval(life_table life_table, horizon interval, confidence double precision DEFAULT 0.95) RETURNS kpi_time_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'restricted_mean_interval';
COMMENT ON FUNCTION restricted_mean_interval(life_table, interval, double precision) IS
'Mean time up to the horizon with normal bounds, kept within 0..horizon. Errors: 22023 if the horizon is past the longest duration and that one is open, or a confidence outside 0..1; 22003 a negative horizon.';

CREATE FUNCTION observed_mean_time(life_table life_table) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'observed_mean_time';
COMMENT ON FUNCTION observed_mean_time(life_table) IS
'Mean duration of those that ended only; NULL without events. Biased: what takes long is still open and left out. For comparison with tools that report it; use median_time or restricted_mean_time.';

CREATE FUNCTION hazard_rate(life_table life_table, per interval) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hazard_rate';
COMMENT ON FUNCTION hazard_rate(life_table, interval) IS
'Events per subject and unit of time under observation, ended or open: events / exposure; NULL without exposure. Error 22003: a unit of zero or less.';

CREATE FUNCTION hazard_interval(life_table life_table, per interval, confidence double precision DEFAULT 0.95) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hazard_interval';
COMMENT ON FUNCTION hazard_interval(life_table, interval, double precision) IS
'Events per subject and unit of time under observation, with exact Poisson bounds (Garwood 1936); responses is the number of subjects. NULL without exposure. Errors: 22003 a unit of zero or less, 22023 a confidence outside 0..1.';

CREATE FUNCTION life_curve(
	life_table life_table, confidence double precision DEFAULT 0.95,
	OUT at interval, OUT at_risk bigint, OUT events bigint, OUT censored bigint,
	OUT survival double precision, OUT lower double precision, OUT upper double precision
) RETURNS SETOF record
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 200 AS 'MODULE_PATHNAME', 'life_curve';
COMMENT ON FUNCTION life_curve(life_table, double precision) IS
'The Kaplan-Meier curve: a row for every duration (or bucket, at its end) with the subjects at risk before it, those that ended and those left open at it, and survival past it as a percentage (0..100) with log-log bounds, NULL where nobody is left. No rows if the table is empty. Error 22023: a confidence outside 0..1.';

CREATE FUNCTION logrank_test(current life_table, baseline life_table) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'logrank_test';
COMMENT ON FUNCTION logrank_test(life_table, life_table) IS
'Do the two curves differ (log-rank)? statistic = chi-square with 1 degree of freedom, p_value; difference = median time of current - that of baseline in hours, NULL if one is not reached; no bounds. NULLs where nothing can be compared.';

CREATE FUNCTION restricted_mean_test(current life_table, baseline life_table, horizon interval, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'restricted_mean_test';
COMMENT ON FUNCTION restricted_mean_test(life_table, life_table, interval, double precision) IS
'Difference of mean times up to the horizon, current - baseline, in hours, with normal bounds, z and p. Errors: 22023 if the horizon is past the longest duration of one and that is open, or a confidence outside 0..1; 22003 a negative horizon.';

-- operators

CREATE FUNCTION life_table_plus(life_table, life_table) RETURNS life_table
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_plus';
COMMENT ON FUNCTION life_table_plus(life_table, life_table) IS
'The subjects of both life tables. Error 22003: more than 2^63-1 subjects.';

CREATE FUNCTION life_table_eq(life_table, life_table) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_eq';
COMMENT ON FUNCTION life_table_eq(life_table, life_table) IS
'Implementation of the = operator.';

CREATE FUNCTION life_table_ne(life_table, life_table) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_ne';
COMMENT ON FUNCTION life_table_ne(life_table, life_table) IS
'Implementation of the <> operator.';

CREATE FUNCTION life_table_lt(life_table, life_table) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_lt';
COMMENT ON FUNCTION life_table_lt(life_table, life_table) IS
'Implementation of the < operator.';

CREATE FUNCTION life_table_le(life_table, life_table) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_le';
COMMENT ON FUNCTION life_table_le(life_table, life_table) IS
'Implementation of the <= operator.';

CREATE FUNCTION life_table_gt(life_table, life_table) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_gt';
COMMENT ON FUNCTION life_table_gt(life_table, life_table) IS
'Implementation of the > operator.';

CREATE FUNCTION life_table_ge(life_table, life_table) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_ge';
COMMENT ON FUNCTION life_table_ge(life_table, life_table) IS
'Implementation of the >= operator.';

CREATE FUNCTION life_table_cmp(life_table, life_table) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_cmp';
COMMENT ON FUNCTION life_table_cmp(life_table, life_table) IS
'Order of two life tables: -1, 0 or 1. Has no meaning beyond sorting.';

CREATE FUNCTION life_table_hash(life_table) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_hash';
COMMENT ON FUNCTION life_table_hash(life_table) IS
'Hash of a life table.';

CREATE FUNCTION life_table_hash_extended(life_table, bigint) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_hash_extended';
COMMENT ON FUNCTION life_table_hash_extended(life_table, bigint) IS
'Hash of a life table with a seed.';

CREATE OPERATOR + (leftarg = life_table, rightarg = life_table, function = life_table_plus, commutator = +);
COMMENT ON OPERATOR + (life_table, life_table) IS 'The subjects of both life tables.';

CREATE OPERATOR = (
	leftarg = life_table, rightarg = life_table, function = life_table_eq,
	commutator = =, negator = <>, restrict = eqsel, join = eqjoinsel, hashes, merges
);
COMMENT ON OPERATOR = (life_table, life_table) IS 'equal';

CREATE OPERATOR <> (
	leftarg = life_table, rightarg = life_table, function = life_table_ne,
	commutator = <>, negator = =, restrict = neqsel, join = neqjoinsel
);
COMMENT ON OPERATOR <> (life_table, life_table) IS 'not equal';

CREATE OPERATOR < (
	leftarg = life_table, rightarg = life_table, function = life_table_lt,
	commutator = >, negator = >=, restrict = scalarltsel, join = scalarltjoinsel
);
COMMENT ON OPERATOR < (life_table, life_table) IS 'less';

CREATE OPERATOR <= (
	leftarg = life_table, rightarg = life_table, function = life_table_le,
	commutator = >=, negator = >, restrict = scalarlesel, join = scalarlejoinsel
);
COMMENT ON OPERATOR <= (life_table, life_table) IS 'less or equal';

CREATE OPERATOR > (
	leftarg = life_table, rightarg = life_table, function = life_table_gt,
	commutator = <, negator = <=, restrict = scalargtsel, join = scalargtjoinsel
);
COMMENT ON OPERATOR > (life_table, life_table) IS 'greater';

CREATE OPERATOR >= (
	leftarg = life_table, rightarg = life_table, function = life_table_ge,
	commutator = <=, negator = <, restrict = scalargesel, join = scalargejoinsel
);
COMMENT ON OPERATOR >= (life_table, life_table) IS 'greater or equal';

CREATE OPERATOR CLASS life_table_ops DEFAULT FOR TYPE life_table USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 life_table_cmp(life_table, life_table);
COMMENT ON OPERATOR CLASS life_table_ops USING btree IS 'Order of life tables, for DISTINCT, GROUP BY and indexes.';
COMMENT ON OPERATOR FAMILY life_table_ops USING btree IS 'Order of life tables, for DISTINCT, GROUP BY and indexes.';

CREATE OPERATOR CLASS life_table_ops DEFAULT FOR TYPE life_table USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 life_table_hash(life_table),
	FUNCTION 2 life_table_hash_extended(life_table, bigint);
COMMENT ON OPERATOR CLASS life_table_ops USING hash IS 'Hashes of life tables, for DISTINCT, GROUP BY and joins.';
COMMENT ON OPERATOR FAMILY life_table_ops USING hash IS 'Hashes of life tables, for DISTINCT, GROUP BY and joins.';

-- transition functions: one subject more

CREATE FUNCTION life_table_accum(life_table, timestamptz, timestamptz, timestamptz) RETURNS life_table
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_accum';
COMMENT ON FUNCTION life_table_accum(life_table, timestamptz, timestamptz, timestamptz) IS
'Transition function of life_table(start, finish, as_of).';

CREATE FUNCTION life_table_accum_duration(life_table, interval, boolean) RETURNS life_table
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_accum_duration';
COMMENT ON FUNCTION life_table_accum_duration(life_table, interval, boolean) IS
'Transition function of life_table(duration, observed).';

CREATE FUNCTION life_table_final(life_table) RETURNS life_table
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_final';
COMMENT ON FUNCTION life_table_final(life_table) IS
'Final function: the entries in order of time.';

-- aggregates

CREATE AGGREGATE life_table(start timestamptz, finish timestamptz, as_of timestamptz) (
	sfunc = life_table_accum, stype = life_table, sspace = 2048, finalfunc = life_table_final, initcond = 'exact:{}',
	combinefunc = life_table_plus, parallel = safe
);
COMMENT ON AGGREGATE life_table(timestamptz, timestamptz, timestamptz) IS
'Life table of cases or customers as of a time: finished by as_of they are events, otherwise (finish NULL or later) open and censored at as_of. Rows with start NULL or after as_of are left out; no rows give an empty table. Errors: 22003 finish before start or an infinite time, 22004 as_of NULL.';

CREATE AGGREGATE life_table(duration interval, observed boolean) (
	sfunc = life_table_accum_duration, stype = life_table, sspace = 2048, finalfunc = life_table_final, initcond = 'exact:{}',
	combinefunc = life_table_plus, parallel = safe
);
COMMENT ON AGGREGATE life_table(interval, boolean) IS
'Life table of durations: observed true means that it ended then, false that it was still open (censored). NULL in either leaves the row out; no rows give an empty table. A month counts as 30 days of 24 hours. Error 22003: a negative duration.';

CREATE AGGREGATE sum(life_table) (
	sfunc = life_table_plus, stype = life_table, sspace = 2048, finalfunc = life_table_final,
	combinefunc = life_table_plus, parallel = safe
);
COMMENT ON AGGREGATE sum(life_table) IS
'All life tables added up: the same, bit for bit, as the life table of all rows. NULLs are left out; no rows give NULL. Error 22003: more than 2^63-1 subjects.';

CREATE AGGREGATE resolution_time(start timestamptz, finish timestamptz, as_of timestamptz) (
	sfunc = life_table_accum, stype = life_table, sspace = 2048, finalfunc = median_time, initcond = 'exact:{}',
	combinefunc = life_table_plus, parallel = safe
);
COMMENT ON AGGREGATE resolution_time(timestamptz, timestamptz, timestamptz) IS
'Median time to resolution as of a time, Kaplan-Meier: cases still open count as such. NULL if half of them have not been resolved, and for no rows. Rows with start NULL or after as_of are left out. Errors: 22003 finish before start or an infinite time, 22004 as_of NULL.';
-- business_time: opening hours, and the time between two instants that is open

CREATE FUNCTION business_calendar_in(cstring) RETURNS business_calendar
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_in';
COMMENT ON FUNCTION business_calendar_in(cstring) IS
'Text form of a business calendar: zone; days hours; ...';

CREATE FUNCTION business_calendar_out(business_calendar) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_out';
COMMENT ON FUNCTION business_calendar_out(business_calendar) IS
'Text form of a business calendar.';

CREATE FUNCTION business_calendar_recv(internal) RETURNS business_calendar
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_recv';
COMMENT ON FUNCTION business_calendar_recv(internal) IS
'Binary form of a business calendar: format 1, zone, weekdays, dates.';

CREATE FUNCTION business_calendar_send(business_calendar) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_send';
COMMENT ON FUNCTION business_calendar_send(business_calendar) IS
'Binary form of a business calendar.';

CREATE TYPE business_calendar (
	input = business_calendar_in, output = business_calendar_out,
	receive = business_calendar_recv, send = business_calendar_send,
	internallength = variable, alignment = int4, storage = extended
);
COMMENT ON TYPE business_calendar IS
'Opening hours in a time zone: the zone, then weekdays or dates with their hours, separated by semicolons, such as Europe/Berlin; mon-fri 09:00-12:30, 13:30-17:00; sat 10:00-14:00; 2026-12-25 closed. A dated entry replaces the weekday; days that are not named are closed. Read it with business_time(), add_business_time() and is_open().';

-- readers

CREATE FUNCTION business_time(calendar business_calendar, start timestamp with time zone, finish timestamp with time zone) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_time';
COMMENT ON FUNCTION business_time(business_calendar, timestamp with time zone, timestamp with time zone) IS
'How much of the time from start to finish the calendar is open: the instants at which the clocks of its zone show a time within the hours of the date they show. In hours, minutes and seconds, never days (extract(epoch FROM ...) gives seconds). NULL if start or finish is NULL or infinite. Errors: 22003 finish before start, 22008 a time before the year 1. IMMUTABLE as far as the time zone data are.';

CREATE FUNCTION add_business_time(calendar business_calendar, start timestamp with time zone, length interval) RETURNS timestamp with time zone
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'add_business_time';
COMMENT ON FUNCTION add_business_time(business_calendar, timestamp with time zone, interval) IS
'When a promise falls due: the first instant from start on by which the calendar has been open for that length, so that business_time(calendar, start, due) = length; start itself if length is 0. The length is in hours, minutes and seconds. NULL if start is NULL or infinite. Errors: 22023 a length with days or months, 22003 a negative one, 22008 one that is never reached, or a time before the year 1. IMMUTABLE as far as the time zone data are.';

CREATE FUNCTION is_open(calendar business_calendar, at timestamp with time zone) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'is_open';
COMMENT ON FUNCTION is_open(business_calendar, timestamp with time zone) IS
'Is the calendar open at that instant? Hours begin with their first and end before their last moment. NULL if the time is NULL or infinite. Error 22008: a time before the year 1. IMMUTABLE as far as the time zone data are.';

-- operators

CREATE FUNCTION business_calendar_eq(business_calendar, business_calendar) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_eq';
COMMENT ON FUNCTION business_calendar_eq(business_calendar, business_calendar) IS
'Implementation of the = operator.';

CREATE FUNCTION business_calendar_ne(business_calendar, business_calendar) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_ne';
COMMENT ON FUNCTION business_calendar_ne(business_calendar, business_calendar) IS
'Implementation of the <> operator.';

CREATE FUNCTION business_calendar_lt(business_calendar, business_calendar) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_lt';
COMMENT ON FUNCTION business_calendar_lt(business_calendar, business_calendar) IS
'Implementation of the < operator.';

CREATE FUNCTION business_calendar_le(business_calendar, business_calendar) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_le';
COMMENT ON FUNCTION business_calendar_le(business_calendar, business_calendar) IS
'Implementation of the <= operator.';

CREATE FUNCTION business_calendar_gt(business_calendar, business_calendar) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_gt';
COMMENT ON FUNCTION business_calendar_gt(business_calendar, business_calendar) IS
'Implementation of the > operator.';

CREATE FUNCTION business_calendar_ge(business_calendar, business_calendar) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_ge';
COMMENT ON FUNCTION business_calendar_ge(business_calendar, business_calendar) IS
'Implementation of the >= operator.';

CREATE FUNCTION business_calendar_cmp(business_calendar, business_calendar) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_cmp';
COMMENT ON FUNCTION business_calendar_cmp(business_calendar, business_calendar) IS
'Order of two business calendars: -1, 0 or 1. Has no meaning beyond sorting.';

CREATE FUNCTION business_calendar_hash(business_calendar) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_hash';
COMMENT ON FUNCTION business_calendar_hash(business_calendar) IS
'Hash of a business calendar.';

CREATE FUNCTION business_calendar_hash_extended(business_calendar, bigint) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_calendar_hash_extended';
COMMENT ON FUNCTION business_calendar_hash_extended(business_calendar, bigint) IS
'Hash of a business calendar with a seed.';

CREATE OPERATOR = (
	leftarg = business_calendar, rightarg = business_calendar, function = business_calendar_eq,
	commutator = =, negator = <>, restrict = eqsel, join = eqjoinsel, hashes, merges
);
COMMENT ON OPERATOR = (business_calendar, business_calendar) IS 'equal';

CREATE OPERATOR <> (
	leftarg = business_calendar, rightarg = business_calendar, function = business_calendar_ne,
	commutator = <>, negator = =, restrict = neqsel, join = neqjoinsel
);
COMMENT ON OPERATOR <> (business_calendar, business_calendar) IS 'not equal';

CREATE OPERATOR < (
	leftarg = business_calendar, rightarg = business_calendar, function = business_calendar_lt,
	commutator = >, negator = >=, restrict = scalarltsel, join = scalarltjoinsel
);
COMMENT ON OPERATOR < (business_calendar, business_calendar) IS 'less';

CREATE OPERATOR <= (
	leftarg = business_calendar, rightarg = business_calendar, function = business_calendar_le,
	commutator = >=, negator = >, restrict = scalarlesel, join = scalarlejoinsel
);
COMMENT ON OPERATOR <= (business_calendar, business_calendar) IS 'less or equal';

CREATE OPERATOR > (
	leftarg = business_calendar, rightarg = business_calendar, function = business_calendar_gt,
	commutator = <, negator = <=, restrict = scalargtsel, join = scalargtjoinsel
);
COMMENT ON OPERATOR > (business_calendar, business_calendar) IS 'greater';

CREATE OPERATOR >= (
	leftarg = business_calendar, rightarg = business_calendar, function = business_calendar_ge,
	commutator = <=, negator = <, restrict = scalargesel, join = scalargejoinsel
);
COMMENT ON OPERATOR >= (business_calendar, business_calendar) IS 'greater or equal';

CREATE OPERATOR CLASS business_calendar_ops DEFAULT FOR TYPE business_calendar USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 business_calendar_cmp(business_calendar, business_calendar);
COMMENT ON OPERATOR CLASS business_calendar_ops USING btree IS 'Order of business calendars, for DISTINCT, GROUP BY and indexes.';
COMMENT ON OPERATOR FAMILY business_calendar_ops USING btree IS 'Order of business calendars, for DISTINCT, GROUP BY and indexes.';

CREATE OPERATOR CLASS business_calendar_ops DEFAULT FOR TYPE business_calendar USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 business_calendar_hash(business_calendar),
	FUNCTION 2 business_calendar_hash_extended(business_calendar, bigint);
COMMENT ON OPERATOR CLASS business_calendar_ops USING hash IS 'Hashes of business calendars, for DISTINCT, GROUP BY and joins.';
COMMENT ON OPERATOR FAMILY business_calendar_ops USING hash IS 'Hashes of business calendars, for DISTINCT, GROUP BY and joins.';
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
'How many customers gave each pair of scores, before and after, on a whole-number scale of at most 101 points. Written lowest..highest:{{count,...},...}, for each score before the counts of the scores after: 0..1:{{5,20},{3,40}} says that 20 went from no to yes and 3 from yes to no. Add up with + or sum(), read with rate_test(), csat_test(), nps_test(), ces_test(), win_back_rate() and the like; every difference is after - before.';

-- operators

CREATE FUNCTION paired_tally_plus(paired_tally, paired_tally) RETURNS paired_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_plus';
COMMENT ON FUNCTION paired_tally_plus(paired_tally, paired_tally) IS
'The pairs of both. Errors: 22023 different scales, 22003 a count beyond 2^63-1.';

CREATE FUNCTION paired_tally_minus(paired_tally, paired_tally) RETURNS paired_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_minus';
COMMENT ON FUNCTION paired_tally_minus(paired_tally, paired_tally) IS
'The first without the pairs of the second. Errors: 22023 different scales, 22003 a count below 0.';

CREATE FUNCTION paired_tally_eq(paired_tally, paired_tally) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_eq';
COMMENT ON FUNCTION paired_tally_eq(paired_tally, paired_tally) IS
'Implementation of the = operator.';

CREATE FUNCTION paired_tally_ne(paired_tally, paired_tally) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_ne';
COMMENT ON FUNCTION paired_tally_ne(paired_tally, paired_tally) IS
'Implementation of the <> operator.';

CREATE FUNCTION paired_tally_lt(paired_tally, paired_tally) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_lt';
COMMENT ON FUNCTION paired_tally_lt(paired_tally, paired_tally) IS
'Implementation of the < operator.';

CREATE FUNCTION paired_tally_le(paired_tally, paired_tally) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_le';
COMMENT ON FUNCTION paired_tally_le(paired_tally, paired_tally) IS
'Implementation of the <= operator.';

CREATE FUNCTION paired_tally_gt(paired_tally, paired_tally) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_gt';
COMMENT ON FUNCTION paired_tally_gt(paired_tally, paired_tally) IS
'Implementation of the > operator.';

CREATE FUNCTION paired_tally_ge(paired_tally, paired_tally) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_ge';
COMMENT ON FUNCTION paired_tally_ge(paired_tally, paired_tally) IS
'Implementation of the >= operator.';

CREATE FUNCTION paired_tally_cmp(paired_tally, paired_tally) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_cmp';
COMMENT ON FUNCTION paired_tally_cmp(paired_tally, paired_tally) IS
'Order of two paired tallies: -1, 0 or 1. Has no meaning beyond sorting.';

CREATE FUNCTION paired_tally_hash(paired_tally) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_hash';
COMMENT ON FUNCTION paired_tally_hash(paired_tally) IS
'Hash of a paired tally.';

CREATE FUNCTION paired_tally_hash_extended(paired_tally, bigint) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_hash_extended';
COMMENT ON FUNCTION paired_tally_hash_extended(paired_tally, bigint) IS
'Hash of a paired tally with a seed.';

CREATE OPERATOR + (leftarg = paired_tally, rightarg = paired_tally, function = paired_tally_plus, commutator = +);
COMMENT ON OPERATOR + (paired_tally, paired_tally) IS 'The pairs of both.';

CREATE OPERATOR - (leftarg = paired_tally, rightarg = paired_tally, function = paired_tally_minus);
COMMENT ON OPERATOR - (paired_tally, paired_tally) IS 'The first without the pairs of the second.';

CREATE OPERATOR = (
	leftarg = paired_tally, rightarg = paired_tally, function = paired_tally_eq,
	commutator = =, negator = <>, restrict = eqsel, join = eqjoinsel, hashes, merges
);
COMMENT ON OPERATOR = (paired_tally, paired_tally) IS 'equal';

CREATE OPERATOR <> (
	leftarg = paired_tally, rightarg = paired_tally, function = paired_tally_ne,
	commutator = <>, negator = =, restrict = neqsel, join = neqjoinsel
);
COMMENT ON OPERATOR <> (paired_tally, paired_tally) IS 'not equal';

CREATE OPERATOR < (
	leftarg = paired_tally, rightarg = paired_tally, function = paired_tally_lt,
	commutator = >, negator = >=, restrict = scalarltsel, join = scalarltjoinsel
);
COMMENT ON OPERATOR < (paired_tally, paired_tally) IS 'less';

CREATE OPERATOR <= (
	leftarg = paired_tally, rightarg = paired_tally, function = paired_tally_le,
	commutator = >=, negator = >, restrict = scalarlesel, join = scalarlejoinsel
);
COMMENT ON OPERATOR <= (paired_tally, paired_tally) IS 'less or equal';

CREATE OPERATOR > (
	leftarg = paired_tally, rightarg = paired_tally, function = paired_tally_gt,
	commutator = <, negator = <=, restrict = scalargtsel, join = scalargtjoinsel
);
COMMENT ON OPERATOR > (paired_tally, paired_tally) IS 'greater';

CREATE OPERATOR >= (
	leftarg = paired_tally, rightarg = paired_tally, function = paired_tally_ge,
	commutator = <=, negator = <, restrict = scalargesel, join = scalargejoinsel
);
COMMENT ON OPERATOR >= (paired_tally, paired_tally) IS 'greater or equal';

CREATE OPERATOR CLASS paired_tally_ops DEFAULT FOR TYPE paired_tally USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 paired_tally_cmp(paired_tally, paired_tally);
COMMENT ON OPERATOR CLASS paired_tally_ops USING btree IS 'Order of paired tallies, for DISTINCT, GROUP BY and indexes.';
COMMENT ON OPERATOR FAMILY paired_tally_ops USING btree IS 'Order of paired tallies, for DISTINCT, GROUP BY and indexes.';

CREATE OPERATOR CLASS paired_tally_ops DEFAULT FOR TYPE paired_tally USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 paired_tally_hash(paired_tally),
	FUNCTION 2 paired_tally_hash_extended(paired_tally, bigint);
COMMENT ON OPERATOR CLASS paired_tally_ops USING hash IS 'Hashes of paired tallies, for DISTINCT, GROUP BY and joins.';
COMMENT ON OPERATOR FAMILY paired_tally_ops USING hash IS 'Hashes of paired tallies, for DISTINCT, GROUP BY and joins.';

-- casts

CREATE FUNCTION paired_tally_to_jsonb(paired_tally) RETURNS jsonb
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_to_jsonb';
COMMENT ON FUNCTION paired_tally_to_jsonb(paired_tally) IS
'A paired tally as {"scale":[lowest,highest],"counts":[[...],...]}.';

CREATE FUNCTION paired_tally_to_json(paired_tally) RETURNS json
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tally_to_json';
COMMENT ON FUNCTION paired_tally_to_json(paired_tally) IS
'A paired tally as {"scale":[lowest,highest],"counts":[[...],...]}.';

CREATE CAST (paired_tally AS jsonb) WITH FUNCTION paired_tally_to_jsonb(paired_tally);
COMMENT ON CAST (paired_tally AS jsonb) IS 'A paired tally as {"scale":[lowest,highest],"counts":[[...],...]}.';

CREATE CAST (paired_tally AS json) WITH FUNCTION paired_tally_to_json(paired_tally);
COMMENT ON CAST (paired_tally AS json) IS 'A paired tally as {"scale":[lowest,highest],"counts":[[...],...]}.';

-- readers

CREATE FUNCTION pairs(pairs paired_tally) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'pairs';
COMMENT ON FUNCTION pairs(paired_tally) IS
'Number of pairs in a paired tally; 0 if it is empty. Error 22003 beyond 2^63-1.';

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
'Of those dissatisfied before, % satisfied after, 0..100; satisfied from satisfied_from on (NULL: yes of yes and no, else as csat). NULL if nobody was dissatisfied. Error 22023: satisfied_from outside the scale, or missing on a short one.';

CREATE FUNCTION lost_rate(pairs paired_tally, satisfied_from integer DEFAULT NULL) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'lost_rate';
COMMENT ON FUNCTION lost_rate(paired_tally, integer) IS
'Of those satisfied before, % dissatisfied after, 0..100; satisfied_from as win_back_rate. NULL if nobody was satisfied.';

CREATE FUNCTION rate_test(pairs paired_tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_test_paired';
COMMENT ON FUNCTION rate_test(paired_tally, double precision) IS
'Did a yes/no rate of the same customers change? difference = after - before in percentage points, bounds of Newcombe (1998b, paired, method 10); statistic = signed z of McNemar''s test, positive when more were won than lost; p its mid-p (Fagerland et al. 2013), asymptotic above 10,000 customers who changed. If nobody changed the statistic is NULL and p 1; without pairs all is NULL. Error 22023: other scales than 0..1.';

CREATE FUNCTION csat_test(pairs paired_tally, confidence double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL) RETURNS kpi_test
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_test_paired';
COMMENT ON FUNCTION csat_test(paired_tally, double precision, integer) IS
'Did Customer Satisfaction of the same customers change? difference = after - before in percentage points; bounds, statistic and p as rate_test(pairs); satisfied_from as csat.';

CREATE FUNCTION nps_test(pairs paired_tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_test_paired';
COMMENT ON FUNCTION nps_test(paired_tally, double precision) IS
'Did the NPS of the same customers change? difference = after - before in points, -200..200; bounds, t and p of Student''s paired t on -1 (detractor), 0, 1 (promoter). A single pair has no bounds; if all changed alike the bounds are the difference, t and p NULL. Error 22023: other scales than 0..10.';

CREATE FUNCTION ces_test(pairs paired_tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_test_paired';
COMMENT ON FUNCTION ces_test(paired_tally, double precision) IS
'Did the mean score of the same customers change? difference = after - before in points of the scale; bounds, t and p of Student''s paired t. A single pair has no bounds; if all changed alike the bounds are the difference, t and p NULL.';

-- Two literals could be a paired tally and a confidence; PostgreSQL then takes
-- functions of text, if there are any.

CREATE FUNCTION rate_test(current text, baseline text, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_test_text';
COMMENT ON FUNCTION rate_test(text, text, double precision) IS
'rate_test of two tallies in text form; difference = current - baseline.';

CREATE FUNCTION csat_test(current text, baseline text, confidence double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL) RETURNS kpi_test
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

-- transition functions

CREATE FUNCTION paired_accum_int2(paired_tally, smallint, smallint, integer, integer) RETURNS paired_tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'paired_accum_int2';
COMMENT ON FUNCTION paired_accum_int2(paired_tally, smallint, smallint, integer, integer) IS
'Transition function of paired_tally(before, after, lo, hi).';

CREATE FUNCTION paired_accum_int2_inv(paired_tally, smallint, smallint, integer, integer) RETURNS paired_tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'paired_accum_int2_inv';
COMMENT ON FUNCTION paired_accum_int2_inv(paired_tally, smallint, smallint, integer, integer) IS
'Inverse transition function of paired_tally(before, after, lo, hi).';

CREATE FUNCTION paired_accum_int4(paired_tally, integer, integer, integer, integer) RETURNS paired_tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'paired_accum_int4';
COMMENT ON FUNCTION paired_accum_int4(paired_tally, integer, integer, integer, integer) IS
'Transition function of paired_tally(before, after, lo, hi).';

CREATE FUNCTION paired_accum_int4_inv(paired_tally, integer, integer, integer, integer) RETURNS paired_tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'paired_accum_int4_inv';
COMMENT ON FUNCTION paired_accum_int4_inv(paired_tally, integer, integer, integer, integer) IS
'Inverse transition function of paired_tally(before, after, lo, hi).';

CREATE FUNCTION paired_accum_float8(paired_tally, double precision, double precision, integer, integer) RETURNS paired_tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'paired_accum_float8';
COMMENT ON FUNCTION paired_accum_float8(paired_tally, double precision, double precision, integer, integer) IS
'Transition function of paired_tally(before, after, lo, hi).';

CREATE FUNCTION paired_accum_float8_inv(paired_tally, double precision, double precision, integer, integer) RETURNS paired_tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'paired_accum_float8_inv';
COMMENT ON FUNCTION paired_accum_float8_inv(paired_tally, double precision, double precision, integer, integer) IS
'Inverse transition function of paired_tally(before, after, lo, hi).';

-- aggregates

CREATE AGGREGATE paired_tally(before smallint, after smallint, lo integer, hi integer) (
	sfunc = paired_accum_int2, stype = paired_tally, sspace = 984,
	msfunc = paired_accum_int2, minvfunc = paired_accum_int2_inv, mstype = paired_tally, msspace = 984,
	combinefunc = paired_tally_plus, parallel = safe
);
COMMENT ON AGGREGATE paired_tally(smallint, smallint, integer, integer) IS
'Paired tally of the scores of the same customers before and after, on the scale lo..hi, which must be the same in all rows. Whoever gave only one of the two answers is no pair; no rows give NULL. Errors: 22003 a score off the scale or not whole, 22023 a wrong or changing scale.';

CREATE AGGREGATE paired_tally(before integer, after integer, lo integer, hi integer) (
	sfunc = paired_accum_int4, stype = paired_tally, sspace = 984,
	msfunc = paired_accum_int4, minvfunc = paired_accum_int4_inv, mstype = paired_tally, msspace = 984,
	combinefunc = paired_tally_plus, parallel = safe
);
COMMENT ON AGGREGATE paired_tally(integer, integer, integer, integer) IS
'Paired tally of the scores of the same customers before and after, on the scale lo..hi, which must be the same in all rows. Whoever gave only one of the two answers is no pair; no rows give NULL. Errors: 22003 a score off the scale or not whole, 22023 a wrong or changing scale.';

CREATE AGGREGATE paired_tally(before double precision, after double precision, lo integer, hi integer) (
	sfunc = paired_accum_float8, stype = paired_tally, sspace = 984,
	msfunc = paired_accum_float8, minvfunc = paired_accum_float8_inv, mstype = paired_tally, msspace = 984,
	combinefunc = paired_tally_plus, parallel = safe
);
COMMENT ON AGGREGATE paired_tally(double precision, double precision, integer, integer) IS
'Paired tally of the scores of the same customers before and after, on the scale lo..hi, which must be the same in all rows. Whoever gave only one of the two answers is no pair; no rows give NULL. Errors: 22003 a score off the scale or not whole, 22023 a wrong or changing scale.';

CREATE AGGREGATE sum(paired_tally) (
	sfunc = paired_tally_plus, stype = paired_tally, sspace = 984,
	msfunc = paired_tally_plus, minvfunc = paired_tally_minus, mstype = paired_tally, msspace = 984,
	combinefunc = paired_tally_plus, parallel = safe
);
COMMENT ON AGGREGATE sum(paired_tally) IS
'All paired tallies added up, exactly, in any order and in moving windows. NULLs are left out; no rows give NULL. Errors: 22023 different scales, 22003 a count beyond 2^63-1.';
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
'Answers with survey weights on a whole-number scale of at most 101 points. Written lowest..highest:{(weight,square,count),...}: for each point the sum of the weights, the sum of their squares and the number of answers with a weight above 0. What rounding took from a sum follows it, so that sums agree to 1e-12 in any order. Add up with + or sum(), read with nps(), csat(), ces(), rate() and the like.';

-- sums

CREATE FUNCTION weighted_tally_plus(weighted_tally, weighted_tally) RETURNS weighted_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'weighted_tally_plus';
COMMENT ON FUNCTION weighted_tally_plus(weighted_tally, weighted_tally) IS
'The answers of both. Errors: 22023 different scales, 22003 a count beyond 2^63-1.';

CREATE OPERATOR + (leftarg = weighted_tally, rightarg = weighted_tally, function = weighted_tally_plus, commutator = +);
COMMENT ON OPERATOR + (weighted_tally, weighted_tally) IS 'The answers of both.';

-- readers

CREATE FUNCTION responses(tally weighted_tally) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'responses_weighted';
COMMENT ON FUNCTION responses(weighted_tally) IS
'Number of answers with a weight above 0; 0 if it is empty. The sum of the weights is no number of answers. Error 22003 beyond 2^63-1.';

CREATE FUNCTION effective_responses(tally weighted_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'effective_responses';
COMMENT ON FUNCTION effective_responses(weighted_tally) IS
'Kish''s (1965) effective number of answers, (sum of weights)^2 / sum of squared weights: so many unweighted answers would tell as much. At most responses(), equal to it if all weights are; NULL without answers.';

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
'Standard deviation of the score in the population, estimated: n / (n - 1) times the weighted mean square deviation, under the root. NULL for fewer than two answers.';

CREATE FUNCTION share(tally weighted_tally, lo integer, hi integer) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'share_weighted';
COMMENT ON FUNCTION share(weighted_tally, integer, integer) IS
'Percentage (0..100) of the weight of the answers from lo to hi; NULL without answers. Error 22023 if lo..hi is not a part of the scale.';

CREATE FUNCTION rate(tally weighted_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_weighted';
COMMENT ON FUNCTION rate(weighted_tally) IS
'% yes of weighted yes/no answers, 0..100; NULL without answers. Error 22023 for other scales than 0..1.';

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
'Net Promoter Score, weighted: % of 9-10 minus % of 0-6, -100..100; NULL without answers. Error 22023 for other scales than 0..10.';

CREATE FUNCTION ces(tally weighted_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'mean_weighted';
COMMENT ON FUNCTION ces(weighted_tally) IS
'Customer Effort Score, weighted: mean on the tally''s own scale; NULL without answers.';

CREATE FUNCTION ces_easy(tally weighted_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_easy_weighted';
COMMENT ON FUNCTION ces_easy(weighted_tally) IS
'% of easy answers, weighted, 5 to 7 of 1..7, 0..100; NULL without answers. Error 22023 for other scales.';

CREATE FUNCTION ces_easy(tally weighted_tally, lo integer, hi integer) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'share_weighted';
COMMENT ON FUNCTION ces_easy(weighted_tally, integer, integer) IS
'% of answers from lo to hi, weighted, for scales on which other scores are easy; NULL without answers. Error 22023 if lo..hi is not a part of the scale.';

CREATE FUNCTION rate_interval(tally weighted_tally, confidence double precision DEFAULT 0.95, method text DEFAULT 'wilson') RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_interval_weighted';
COMMENT ON FUNCTION rate_interval(weighted_tally, double precision, text) IS
'A weighted yes/no rate in percent with confidence bounds. Methods: wilson, exact, jeffreys on the effective number of answers (Kish 1965), wald with the linearised standard error. responses counts the answers. Without answers estimate and bounds are NULL. Errors 22023: confidence not between 0 and 1, unknown method, other scales than 0..1.';

CREATE FUNCTION csat_interval(tally weighted_tally, confidence double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL, method text DEFAULT 'wilson') RETURNS kpi_interval
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_interval_weighted';
COMMENT ON FUNCTION csat_interval(weighted_tally, double precision, integer, text) IS
'Weighted Customer Satisfaction in percent with confidence bounds; satisfied_from as csat, methods as rate_interval(weighted_tally).';

CREATE FUNCTION crs_interval(tally weighted_tally, confidence double precision DEFAULT 0.95, method text DEFAULT 'wilson') RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'crs_interval_weighted';
COMMENT ON FUNCTION crs_interval(weighted_tally, double precision, text) IS
'Weighted Customer Recovery Satisfaction in percent with confidence bounds; satisfied as crs(weighted_tally), methods as rate_interval(weighted_tally).';

CREATE FUNCTION nps_interval(tally weighted_tally, confidence double precision DEFAULT 0.95, method text DEFAULT 'adjusted') RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_interval_weighted';
COMMENT ON FUNCTION nps_interval(weighted_tally, double precision, text) IS
'Weighted Net Promoter Score with confidence bounds, -100..100. Methods: adjusted (adjusted Wald (3,T)) and score on the effective number of answers (Kish 1965), wald with the linearised standard error. Without answers estimate and bounds are NULL. Errors 22023: confidence not between 0 and 1, unknown method, other scales than 0..10.';

CREATE FUNCTION ces_interval(tally weighted_tally, confidence double precision DEFAULT 0.95) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_interval_weighted';
COMMENT ON FUNCTION ces_interval(weighted_tally, double precision) IS
'Weighted mean score with Student t bounds (answers - 1 degrees of freedom) on the linearised standard error, in points of the scale; bounds NULL for a single answer. Error 22023: confidence not between 0 and 1.';

-- transition functions

CREATE FUNCTION weighted_accum_int2(weighted_tally, smallint, integer, integer, double precision) RETURNS weighted_tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'weighted_accum_int2';
COMMENT ON FUNCTION weighted_accum_int2(weighted_tally, smallint, integer, integer, double precision) IS
'Transition function of weighted_tally(score, lo, hi, weight).';

CREATE FUNCTION weighted_accum_int4(weighted_tally, integer, integer, integer, double precision) RETURNS weighted_tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'weighted_accum_int4';
COMMENT ON FUNCTION weighted_accum_int4(weighted_tally, integer, integer, integer, double precision) IS
'Transition function of weighted_tally(score, lo, hi, weight).';

CREATE FUNCTION weighted_accum_float8(weighted_tally, double precision, integer, integer, double precision) RETURNS weighted_tally
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'weighted_accum_float8';
COMMENT ON FUNCTION weighted_accum_float8(weighted_tally, double precision, integer, integer, double precision) IS
'Transition function of weighted_tally(score, lo, hi, weight).';

-- aggregates; floating sums cannot be taken away exactly, so moving windows count anew

CREATE AGGREGATE weighted_tally(score smallint, lo integer, hi integer, weight double precision) (
	sfunc = weighted_accum_int2, stype = weighted_tally, sspace = 456,
	combinefunc = weighted_tally_plus, parallel = safe
);
COMMENT ON AGGREGATE weighted_tally(smallint, integer, integer, double precision) IS
'Weighted tally of scores on the scale lo..hi, which must be the same in all rows. Only the proportions of the weights matter. Rows with a NULL or a weight of 0 count nowhere; no rows give NULL. Errors: 22003 a score off the scale or not whole, a negative, NaN or infinite weight; 22023 a wrong or changing scale.';

CREATE AGGREGATE weighted_tally(score integer, lo integer, hi integer, weight double precision) (
	sfunc = weighted_accum_int4, stype = weighted_tally, sspace = 456,
	combinefunc = weighted_tally_plus, parallel = safe
);
COMMENT ON AGGREGATE weighted_tally(integer, integer, integer, double precision) IS
'Weighted tally of scores on the scale lo..hi, which must be the same in all rows. Only the proportions of the weights matter. Rows with a NULL or a weight of 0 count nowhere; no rows give NULL. Errors: 22003 a score off the scale or not whole, a negative, NaN or infinite weight; 22023 a wrong or changing scale.';

CREATE AGGREGATE weighted_tally(score double precision, lo integer, hi integer, weight double precision) (
	sfunc = weighted_accum_float8, stype = weighted_tally, sspace = 456,
	combinefunc = weighted_tally_plus, parallel = safe
);
COMMENT ON AGGREGATE weighted_tally(double precision, integer, integer, double precision) IS
'Weighted tally of scores on the scale lo..hi, which must be the same in all rows. Only the proportions of the weights matter. Rows with a NULL or a weight of 0 count nowhere; no rows give NULL. Errors: 22003 a score off the scale or not whole, a negative, NaN or infinite weight; 22023 a wrong or changing scale.';

CREATE AGGREGATE sum(weighted_tally) (
	sfunc = weighted_tally_plus, stype = weighted_tally, sspace = 456,
	combinefunc = weighted_tally_plus, parallel = safe
);
COMMENT ON AGGREGATE sum(weighted_tally) IS
'All weighted tallies added up; different orders agree to 1e-12. NULLs are left out; no rows give NULL. Errors: 22023 different scales, 22003 a count beyond 2^63-1.';
-- control: control charts and moving averages; order matters here, so there is nothing to merge

CREATE FUNCTION control_chart_accum(internal, tally) RETURNS internal
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'control_chart_accum';
COMMENT ON FUNCTION control_chart_accum(internal, tally) IS
'Transition function of control_chart(tally).';

CREATE FUNCTION control_chart_accum(internal, tally, integer) RETURNS internal
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'control_chart_accum';
COMMENT ON FUNCTION control_chart_accum(internal, tally, integer) IS
'Transition function of control_chart(tally, satisfied_from).';

CREATE FUNCTION control_chart_final(internal) RETURNS control_chart
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'control_chart_final';
COMMENT ON FUNCTION control_chart_final(internal) IS
'Final function of control_chart.';

CREATE AGGREGATE control_chart(tally tally) (
	sfunc = control_chart_accum, stype = internal, sspace = 560, finalfunc = control_chart_final, parallel = safe
);
COMMENT ON AGGREGATE control_chart(tally) IS
'Control chart of a share (Laney''s p''), one tally per period in the order of ORDER BY inside the call; FILTER (WHERE ...) picks the baseline. Satisfied is yes, else the top two points as csat. A NULL or empty tally is no point, and no moving range is taken across it; no rows give NULL. Errors: 22023 different scales or satisfied_from, 54000 more than 100,000 periods.';

CREATE AGGREGATE control_chart(tally tally, satisfied_from integer) (
	sfunc = control_chart_accum, stype = internal, sspace = 560, finalfunc = control_chart_final, parallel = safe
);
COMMENT ON AGGREGATE control_chart(tally, integer) IS
'Control chart of a share (Laney''s p''), one tally per period in the order of ORDER BY inside the call; FILTER (WHERE ...) picks the baseline. Satisfied from satisfied_from on (NULL: yes, else the top two points). A NULL or empty tally is no point, and no moving range is taken across it; no rows give NULL. Errors: 22023 different scales or satisfied_from, 54000 more than 100,000 periods.';

CREATE FUNCTION control_limits(chart control_chart, tally tally, OUT lower double precision, OUT upper double precision, OUT out_of_control boolean)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'control_limits';
COMMENT ON FUNCTION control_limits(control_chart, tally) IS
'The 3 sigma limits of a share of as many answers as the tally holds, in percent, 0..100, and whether its share lies outside them. NULL without answers, or if the chart has no sigma_z. Errors: 22023 the chart''s satisfied_from is not on the scale, 22003 an impossible chart.';

CREATE FUNCTION xmr_chart_accum(internal, double precision) RETURNS internal
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'xmr_chart_accum';
COMMENT ON FUNCTION xmr_chart_accum(internal, double precision) IS
'Transition function of xmr_chart(value).';

CREATE FUNCTION xmr_chart_final(internal) RETURNS xmr_chart
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'xmr_chart_final';
COMMENT ON FUNCTION xmr_chart_final(internal) IS
'Final function of xmr_chart.';

CREATE AGGREGATE xmr_chart(value double precision) (
	sfunc = xmr_chart_accum, stype = internal, sspace = 64, finalfunc = xmr_chart_final, parallel = safe
);
COMMENT ON AGGREGATE xmr_chart(double precision) IS
'Control chart of single values (XmR) in the order of ORDER BY inside the call; FILTER (WHERE ...) picks the baseline. A NULL is no value, and no moving range is taken across it; no rows give NULL. Error 22003: NaN or Infinity.';

CREATE FUNCTION ewma_accum(double precision, double precision, double precision) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ewma_accum';
COMMENT ON FUNCTION ewma_accum(double precision, double precision, double precision) IS
'Transition function of ewma(value, lambda).';

CREATE FUNCTION ewma_accum(double precision, double precision, double precision, double precision) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ewma_accum';
COMMENT ON FUNCTION ewma_accum(double precision, double precision, double precision, double precision) IS
'Transition function of ewma(value, lambda, start).';

CREATE AGGREGATE ewma(value double precision, lambda double precision) (
	sfunc = ewma_accum, stype = double precision, parallel = safe
);
COMMENT ON AGGREGATE ewma(double precision, double precision) IS
'Exponentially weighted moving average, for OVER (ORDER BY ...): lambda * value + (1 - lambda) * the average before, beginning with the first value. Rows with a NULL change nothing; no values give NULL. Errors: 22023 lambda not above 0 and at most 1, 22003 NaN or Infinity.';

CREATE AGGREGATE ewma(value double precision, lambda double precision, start double precision) (
	sfunc = ewma_accum, stype = double precision, parallel = safe
);
COMMENT ON AGGREGATE ewma(double precision, double precision, double precision) IS
'The same, beginning with start: the target, or the mean of a baseline.';
-- paradox: recovered against never failed

CREATE FUNCTION recovery_paradox(recovered tally, never_failed tally, confidence double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL, OUT mean_difference double precision, OUT lower double precision, OUT upper double precision, OUT p_value double precision, OUT hedges_g double precision, OUT top_difference double precision, OUT top_lower double precision, OUT top_upper double precision, OUT paradox boolean)
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'recovery_paradox';
COMMENT ON FUNCTION recovery_paradox(tally, tally, double precision, integer) IS
'Are customers whose failure was put right more satisfied than those who never had one? All differences are recovered - never failed. mean_difference in points of the scale with its bounds and p (Welch 1947), hedges_g the same in standard deviations, unbiased; top_difference in percentage points of those from satisfied_from on (NULL: yes, else the top two points) with Newcombe''s bounds. paradox is true only if the lower bound of the mean difference is above 0, NULL if there is no test. Error 22023: different scales, a wrong satisfied_from or confidence.';
-- clv: purchase histories, BG/NBD and gamma-gamma, customer lifetime value

CREATE FUNCTION purchase_history_in(cstring) RETURNS purchase_history
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_in';
COMMENT ON FUNCTION purchase_history_in(cstring) IS
'Text form of a purchase history: (frequency,recency,age,monetary).';

CREATE FUNCTION purchase_history_out(purchase_history) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_out';
COMMENT ON FUNCTION purchase_history_out(purchase_history) IS
'Text form of a purchase history.';

CREATE FUNCTION purchase_history_recv(internal) RETURNS purchase_history
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_recv';
COMMENT ON FUNCTION purchase_history_recv(internal) IS
'Binary form of a purchase history: format 1, frequency, recency, age, monetary.';

CREATE FUNCTION purchase_history_send(purchase_history) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_send';
COMMENT ON FUNCTION purchase_history_send(purchase_history) IS
'Binary form of a purchase history.';

CREATE TYPE purchase_history (
	input = purchase_history_in, output = purchase_history_out, receive = purchase_history_recv, send = purchase_history_send,
	internallength = variable, alignment = double, storage = extended
);
COMMENT ON TYPE purchase_history IS
'What a customer bought, as models of customer value need it: the number of repeat purchases (frequency), the weeks from the first purchase to the last (recency) and to the end of observation (age), and the mean amount of the repeat purchases (monetary; 0: none, or not known). Written (frequency,recency,age,monetary). Made by the aggregate purchase_history(purchased_at, amount, as_of).';

CREATE FUNCTION clv_model_in(cstring) RETURNS clv_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model_in';
COMMENT ON FUNCTION clv_model_in(cstring) IS
'Text form of a model of customer value: (r,alpha,a,b,p,q,gamma,log_likelihood,spend_log_likelihood,customers).';

CREATE FUNCTION clv_model_out(clv_model) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model_out';
COMMENT ON FUNCTION clv_model_out(clv_model) IS
'Text form of a model of customer value.';

CREATE FUNCTION clv_model_recv(internal) RETURNS clv_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model_recv';
COMMENT ON FUNCTION clv_model_recv(internal) IS
'Binary form of a model of customer value: format 1, parameters, likelihoods, customers.';

CREATE FUNCTION clv_model_send(clv_model) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model_send';
COMMENT ON FUNCTION clv_model_send(clv_model) IS
'Binary form of a model of customer value.';

CREATE TYPE clv_model (
	input = clv_model_in, output = clv_model_out, receive = clv_model_recv, send = clv_model_send,
	internallength = variable, alignment = double, storage = extended
);
COMMENT ON TYPE clv_model IS
'A model of customer value: parameters of BG/NBD (r, alpha, a, b: how often customers buy and when they stop, in weeks) and of gamma-gamma (p, q, gamma: how much they spend), the log-likelihoods of the fit and the number of customers. What could not be fitted is missing. Made by the aggregate clv_model(purchase_history), read with clv_parameters(), probability_alive(), expected_purchases(), expected_spend() and clv().';

-- purchase histories

CREATE FUNCTION purchase_history(frequency integer, recency double precision, age double precision, monetary double precision) RETURNS purchase_history
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history';
COMMENT ON FUNCTION purchase_history(integer, double precision, double precision, double precision) IS
'A purchase history of its figures: repeat purchases, weeks from the first to the last purchase and to the end of observation, mean amount of the repeat purchases. Without repeats recency and monetary are 0 or NULL; a monetary of NULL or 0 is not known. Any other NULL gives NULL. Error 22003: a negative or infinite figure, recency above age.';

CREATE FUNCTION frequency(history purchase_history) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'frequency';
COMMENT ON FUNCTION frequency(purchase_history) IS
'Number of repeat purchases: days with a purchase, without the first.';

CREATE FUNCTION recency(history purchase_history) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'recency';
COMMENT ON FUNCTION recency(purchase_history) IS
'Weeks from the first purchase to the last; 0 without repeat purchases. The longer, the more recent was the last.';

CREATE FUNCTION age(history purchase_history) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'age';
COMMENT ON FUNCTION age(purchase_history) IS
'Weeks from the first purchase to the end of observation.';

CREATE FUNCTION monetary(history purchase_history) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'monetary';
COMMENT ON FUNCTION monetary(purchase_history) IS
'Mean amount of the repeat purchases; NULL without, or if not known.';

CREATE FUNCTION purchase_history_eq(purchase_history, purchase_history) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_eq';
COMMENT ON FUNCTION purchase_history_eq(purchase_history, purchase_history) IS
'Implementation of the = operator.';

CREATE FUNCTION purchase_history_ne(purchase_history, purchase_history) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_ne';
COMMENT ON FUNCTION purchase_history_ne(purchase_history, purchase_history) IS
'Implementation of the <> operator.';

CREATE FUNCTION purchase_history_lt(purchase_history, purchase_history) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_lt';
COMMENT ON FUNCTION purchase_history_lt(purchase_history, purchase_history) IS
'Implementation of the < operator.';

CREATE FUNCTION purchase_history_le(purchase_history, purchase_history) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_le';
COMMENT ON FUNCTION purchase_history_le(purchase_history, purchase_history) IS
'Implementation of the <= operator.';

CREATE FUNCTION purchase_history_gt(purchase_history, purchase_history) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_gt';
COMMENT ON FUNCTION purchase_history_gt(purchase_history, purchase_history) IS
'Implementation of the > operator.';

CREATE FUNCTION purchase_history_ge(purchase_history, purchase_history) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_ge';
COMMENT ON FUNCTION purchase_history_ge(purchase_history, purchase_history) IS
'Implementation of the >= operator.';

CREATE FUNCTION purchase_history_cmp(purchase_history, purchase_history) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_cmp';
COMMENT ON FUNCTION purchase_history_cmp(purchase_history, purchase_history) IS
'Order of two purchase histories, by frequency, recency, age and monetary: -1, 0 or 1.';

CREATE FUNCTION purchase_history_hash(purchase_history) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_hash';
COMMENT ON FUNCTION purchase_history_hash(purchase_history) IS
'Hash of a purchase history.';

CREATE FUNCTION purchase_history_hash_extended(purchase_history, bigint) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_hash_extended';
COMMENT ON FUNCTION purchase_history_hash_extended(purchase_history, bigint) IS
'Hash of a purchase history with a seed.';

CREATE OPERATOR = (
	leftarg = purchase_history, rightarg = purchase_history, function = purchase_history_eq,
	commutator = =, negator = <>, restrict = eqsel, join = eqjoinsel, hashes, merges
);
COMMENT ON OPERATOR = (purchase_history, purchase_history) IS 'equal';

CREATE OPERATOR <> (
	leftarg = purchase_history, rightarg = purchase_history, function = purchase_history_ne,
	commutator = <>, negator = =, restrict = neqsel, join = neqjoinsel
);
COMMENT ON OPERATOR <> (purchase_history, purchase_history) IS 'not equal';

CREATE OPERATOR < (
	leftarg = purchase_history, rightarg = purchase_history, function = purchase_history_lt,
	commutator = >, negator = >=, restrict = scalarltsel, join = scalarltjoinsel
);
COMMENT ON OPERATOR < (purchase_history, purchase_history) IS 'less';

CREATE OPERATOR <= (
	leftarg = purchase_history, rightarg = purchase_history, function = purchase_history_le,
	commutator = >=, negator = >, restrict = scalarlesel, join = scalarlejoinsel
);
COMMENT ON OPERATOR <= (purchase_history, purchase_history) IS 'less or equal';

CREATE OPERATOR > (
	leftarg = purchase_history, rightarg = purchase_history, function = purchase_history_gt,
	commutator = <, negator = <=, restrict = scalargtsel, join = scalargtjoinsel
);
COMMENT ON OPERATOR > (purchase_history, purchase_history) IS 'greater';

CREATE OPERATOR >= (
	leftarg = purchase_history, rightarg = purchase_history, function = purchase_history_ge,
	commutator = <=, negator = <, restrict = scalargesel, join = scalargejoinsel
);
COMMENT ON OPERATOR >= (purchase_history, purchase_history) IS 'greater or equal';

CREATE OPERATOR CLASS purchase_history_ops DEFAULT FOR TYPE purchase_history USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 purchase_history_cmp(purchase_history, purchase_history);
COMMENT ON OPERATOR CLASS purchase_history_ops USING btree IS 'Order of purchase histories, for DISTINCT, GROUP BY and indexes.';
COMMENT ON OPERATOR FAMILY purchase_history_ops USING btree IS 'Order of purchase histories, for DISTINCT, GROUP BY and indexes.';

CREATE OPERATOR CLASS purchase_history_ops DEFAULT FOR TYPE purchase_history USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 purchase_history_hash(purchase_history),
	FUNCTION 2 purchase_history_hash_extended(purchase_history, bigint);
COMMENT ON OPERATOR CLASS purchase_history_ops USING hash IS 'Hashes of purchase histories, for DISTINCT, GROUP BY and joins.';
COMMENT ON OPERATOR FAMILY purchase_history_ops USING hash IS 'Hashes of purchase histories, for DISTINCT, GROUP BY and joins.';

-- what a model says of a customer

CREATE FUNCTION clv_model(
	r double precision, alpha double precision, a double precision, b double precision,
	p double precision, q double precision, gamma double precision
) RETURNS clv_model
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model';
COMMENT ON FUNCTION clv_model(double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
'A model of given parameters, alpha in weeks: r, alpha, a, b of BG/NBD and p, q, gamma of gamma-gamma; all of one of the two may be NULL, any other NULL gives NULL. Error 22003: parameters not above 0.';

CREATE FUNCTION clv_parameters(
	model clv_model,
	OUT r double precision, OUT alpha double precision, OUT a double precision, OUT b double precision,
	OUT p double precision, OUT q double precision, OUT gamma double precision,
	OUT log_likelihood double precision, OUT spend_log_likelihood double precision, OUT customers bigint
) RETURNS record
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_parameters';
COMMENT ON FUNCTION clv_parameters(clv_model) IS
'Parameters and fit of a model of customer value. r, alpha, a, b and log_likelihood are NULL where BG/NBD cannot be fitted: fewer than two customers, no repeat purchases, no time. p, q, gamma and spend_log_likelihood are NULL with fewer than two customers with repeat purchases of known amounts, or amounts that are all the same. Parameters beyond 10,000 say that customers do not differ in it: r of how often they buy, b of when they stop, q of how much they spend; p that each spends the same every time. A model of given parameters has no likelihoods and 0 customers.';

CREATE FUNCTION probability_alive(model clv_model, history purchase_history) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'probability_alive';
COMMENT ON FUNCTION probability_alive(clv_model, purchase_history) IS
'Probability (0..1) that the customer still buys at the end of observation (BG/NBD). 1 without repeat purchases: the model lets nobody stop before the first of those. NULL without BG/NBD parameters.';

CREATE FUNCTION expected_purchases(model clv_model, history purchase_history, horizon_weeks double precision) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'expected_purchases';
COMMENT ON FUNCTION expected_purchases(clv_model, purchase_history, double precision) IS
'Purchases expected within so many weeks after the end of observation (BG/NBD, Fader, Hardie & Lee 2005). Of a new customer: with the history (0,0,0,0). NULL without BG/NBD parameters. Error 22003: a negative or infinite horizon.';

CREATE FUNCTION expected_spend(model clv_model, history purchase_history) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'expected_spend';
COMMENT ON FUNCTION expected_spend(clv_model, purchase_history) IS
'Mean amount expected of each further purchase (gamma-gamma, Fader & Hardie 2013): between that of the customer and that of all, whose mean it is without repeat purchases. NULL without gamma-gamma parameters, for q of 1 or less, as the mean of all does not exist then, and for repeat purchases of unknown amounts.';

CREATE FUNCTION clv(model clv_model, history purchase_history, months integer, monthly_discount double precision) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv';
COMMENT ON FUNCTION clv(clv_model, purchase_history, integer, double precision) IS
'Value of the customer over the coming months: for each month the purchases expected in it times expected_spend, discounted from the end of that month; a month has 4.345 weeks. It is revenue if amounts are; multiply by the margin. NULL where one of the two is. Error 22003: months not in 0..12000, a negative discount.';

CREATE FUNCTION clv(margin double precision, retention double precision, discount double precision) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_formula';
COMMENT ON FUNCTION clv(double precision, double precision, double precision) IS
'Value of a customer under contract who earns a margin each period, kept with the probability retention (0..1): m * r / (1 + i - r), first margin after one period (Gupta & Lehmann 2003); add the margin if the first comes now. All per the same period. NULL for a retention of 1 without discount, which never ends. Errors 22003: retention not in 0..1, a negative discount.';

-- transition functions: a purchase, a customer more

CREATE FUNCTION purchase_history_accum(purchase_history, timestamptz, double precision, timestamptz) RETURNS purchase_history
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_accum';
COMMENT ON FUNCTION purchase_history_accum(purchase_history, timestamptz, double precision, timestamptz) IS
'Transition function of purchase_history(purchased_at, amount, as_of).';

CREATE FUNCTION purchase_history_merge(purchase_history, purchase_history) RETURNS purchase_history
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_merge';
COMMENT ON FUNCTION purchase_history_merge(purchase_history, purchase_history) IS
'Combine function of purchase_history(purchased_at, amount, as_of). Error 22023 for complete histories, which do not have the days any more.';

CREATE FUNCTION purchase_history_final(purchase_history) RETURNS purchase_history
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_final';
COMMENT ON FUNCTION purchase_history_final(purchase_history) IS
'Final function: the figures of the days.';

CREATE FUNCTION clv_model_accum(clv_model, purchase_history) RETURNS clv_model
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model_accum';
COMMENT ON FUNCTION clv_model_accum(clv_model, purchase_history) IS
'Transition function of clv_model(purchase_history).';

CREATE FUNCTION clv_model_merge(clv_model, clv_model) RETURNS clv_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model_merge';
COMMENT ON FUNCTION clv_model_merge(clv_model, clv_model) IS
'Combine function of clv_model(purchase_history). Error 22023 for fitted models, which do not have the histories any more.';

CREATE FUNCTION clv_model_final(clv_model) RETURNS clv_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model_final';
COMMENT ON FUNCTION clv_model_final(clv_model) IS
'Final function: the fit.';

-- aggregates

CREATE AGGREGATE purchase_history(purchased_at timestamptz, amount double precision, as_of timestamptz) (
	sfunc = purchase_history_accum, stype = purchase_history, sspace = 512, finalfunc = purchase_history_final,
	combinefunc = purchase_history_merge, parallel = safe
);
COMMENT ON AGGREGATE purchase_history(timestamptz, double precision, timestamptz) IS
'History of one customer as of a time, which must be the same in all rows. Purchases of the same day of UTC are one, of their sum; those after as_of are left out. Refunds are negative amounts: they reduce the sum of their day, and a day that sums to 0 or less is no purchase. Weeks are whole days / 7. Rows with NULL in purchased_at or amount are left out; no purchases give NULL. The same in any order of rows. Errors: 22003 an infinite time or amount, 22004 as_of NULL, 22023 as_of not the same in all rows.';

CREATE AGGREGATE clv_model(history purchase_history) (
	sfunc = clv_model_accum, stype = clv_model, sspace = 32768, finalfunc = clv_model_final,
	combinefunc = clv_model_merge, parallel = safe
);
COMMENT ON AGGREGATE clv_model(purchase_history) IS
'Model of customer value of the histories of all customers: BG/NBD and gamma-gamma by maximum likelihood. NULLs are left out; no rows give NULL. What cannot be fitted is missing in it, see clv_parameters(). The same, bit for bit, in any order of rows. The fitted model holds no histories: models are not added up, keep the histories and fit to all. Error 54000: more than some 30 million different histories.';
-- sentiment: what customers wrote, by the published VADER rules

CREATE FUNCTION sentiment(comment text) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment';
COMMENT ON FUNCTION sentiment(text) IS
'How positive an English text is, -1 to 1 with four decimals, by the rules of VADER (Hutto & Gilbert 2014) over the extension''s own lexicon of service words. 0 for a text without words, or without any that the lexicon knows; NULL for NULL.';

CREATE FUNCTION sentiment(comment text, lexicon jsonb) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment_with';
COMMENT ON FUNCTION sentiment(text, jsonb) IS
'The same over the caller''s lexicon alone, {"term": valence} with valences from -4 to 4; terms may have several words. Errors: 22023 no object, no number, or an empty, too long or repeated term; 22003 a valence outside -4..4.';

CREATE FUNCTION sentiment_scores(comment text, OUT positive double precision, OUT neutral double precision, OUT negative double precision, OUT compound double precision)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment_scores';
COMMENT ON FUNCTION sentiment_scores(text) IS
'The shares of a text that are positive, neutral and negative, 0 to 1 with three decimals (all 0 for a text without words), and compound, which is sentiment(text).';

CREATE FUNCTION sentiment_scores(comment text, lexicon jsonb, OUT positive double precision, OUT neutral double precision, OUT negative double precision, OUT compound double precision)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment_scores_with';
COMMENT ON FUNCTION sentiment_scores(text, jsonb) IS
'The same over the caller''s lexicon; compound is sentiment(text, lexicon). Errors as there.';

CREATE FUNCTION sentiment_class(compound double precision) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sentiment_class';
COMMENT ON FUNCTION sentiment_class(double precision) IS
'positive from 0.05 on, negative down from -0.05, neutral between. Error 22003: a value outside -1..1, NaN.';

CREATE FUNCTION sentiment_lexicon(OUT term text, OUT valence double precision) RETURNS SETOF record
LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 4000 AS 'MODULE_PATHNAME', 'sentiment_lexicon';
COMMENT ON FUNCTION sentiment_lexicon() IS
'The built-in lexicon, a row per term: lower case, valence -4 to 4. In databases that are neither UTF8 nor SQL_ASCII without the terms that have other signs than ASCII.';
-- driver: which factors move an outcome

CREATE FUNCTION driver_model_in(cstring) RETURNS driver_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_in';
COMMENT ON FUNCTION driver_model_in(cstring) IS
'Text form of a driver model: rows:{mean,...}:{{square},{product,square},...}, the outcome first.';

CREATE FUNCTION driver_model_out(driver_model) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_out';
COMMENT ON FUNCTION driver_model_out(driver_model) IS
'Text form of a driver model.';

CREATE FUNCTION driver_model_recv(internal) RETURNS driver_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_recv';
COMMENT ON FUNCTION driver_model_recv(internal) IS
'Binary form of a driver model: format 1, factors, rows, means, cross-products.';

CREATE FUNCTION driver_model_send(driver_model) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_send';
COMMENT ON FUNCTION driver_model_send(driver_model) IS
'Binary form of a driver model.';

CREATE TYPE driver_model (
	input = driver_model_in, output = driver_model_out, receive = driver_model_recv, send = driver_model_send,
	internallength = variable, alignment = double, storage = extended, category = 'k'
);
COMMENT ON TYPE driver_model IS
'An outcome and 1 to 32 factors that may drive it, as a regression needs them: the number of complete rows, the means and the centred cross-products. Written rows:{mean,...}:{{square},{product,square},...}, the outcome first. What rounding took from a number follows it, so that results agree to some 1e-12 in any order. Add up with + or sum(), read with driver_importance() and driver_fit().';

-- sums

CREATE FUNCTION driver_model_plus(driver_model, driver_model) RETURNS driver_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_plus';
COMMENT ON FUNCTION driver_model_plus(driver_model, driver_model) IS
'The rows of both. Errors: 22023 different numbers of factors, 22003 more than 2^63-1 rows.';

CREATE OPERATOR + (leftarg = driver_model, rightarg = driver_model, function = driver_model_plus, commutator = +);
COMMENT ON OPERATOR + (driver_model, driver_model) IS 'The rows of both.';

-- readers

CREATE FUNCTION responses(model driver_model) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'responses_driver';
COMMENT ON FUNCTION responses(driver_model) IS
'Number of complete rows, those with the outcome and all factors.';

CREATE FUNCTION driver_importance(
	model driver_model, names text[] DEFAULT NULL,
	OUT factor text, OUT correlation double precision, OUT coefficient double precision, OUT std_error double precision,
	OUT std_beta double precision, OUT t_statistic double precision, OUT p_value double precision, OUT vif double precision,
	OUT relative_weight double precision, OUT share double precision
) RETURNS SETOF record
LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 5 AS 'MODULE_PATHNAME', 'driver_importance';
COMMENT ON FUNCTION driver_importance(driver_model, text[]) IS
'A row for each factor, in order, called as in names or factor 1, factor 2 and so on: Pearson''s correlation with the outcome; of the least squares regression on all factors the coefficient, its standard error, the coefficient in standard deviations, t and two-sided p; the variance inflation factor; and the importance, Johnson''s (2000) relative weight, which adds up to R squared, and its share of that in percent. With fewer rows than factors + 2 all are NULL; of a factor that does not vary too, and the others are as without it; a factor that is an exact combination of others, and those, have only the correlation. If the outcome does not vary there are only VIFs, and if it is explained entirely no t and p. A NULL model gives no rows. Error 22023: not a name for each factor.';

CREATE FUNCTION driver_fit(
	model driver_model,
	OUT responses bigint, OUT r_squared double precision, OUT adjusted_r_squared double precision,
	OUT f_statistic double precision, OUT p_value double precision, OUT intercept double precision
)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_fit';
COMMENT ON FUNCTION driver_fit(driver_model) IS
'How well the factors explain the outcome together (least squares): complete rows, R squared (0..1) and adjusted for the number of factors, F with its p, and the intercept. NULL but for the rows if there are fewer than factors + 2, if no factor varies, or the outcome does not; F and p are NULL if it is explained entirely, the intercept if factors are combinations of each other.';

-- aggregates; floating sums cannot be taken away exactly, so moving windows count anew

CREATE FUNCTION driver_model_accum(driver_model, double precision, double precision[]) RETURNS driver_model
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_accum';
COMMENT ON FUNCTION driver_model_accum(driver_model, double precision, double precision[]) IS
'Transition function of driver_model(outcome, factors).';

CREATE FUNCTION driver_model_final(driver_model) RETURNS driver_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_final';
COMMENT ON FUNCTION driver_model_final(driver_model) IS
'Final function of driver_model(outcome, factors).';

CREATE AGGREGATE driver_model(outcome double precision, factors double precision[]) (
	sfunc = driver_model_accum, stype = driver_model, sspace = 352, finalfunc = driver_model_final,
	combinefunc = driver_model_plus, parallel = safe
);
COMMENT ON AGGREGATE driver_model(double precision, double precision[]) IS
'Driver model of an outcome and an array of 1 to 32 factors, the same in all rows. A row with a NULL anywhere is left out; no complete rows give NULL. Errors: 22003 NaN, infinity or a value beyond 2^400 (2.6e120); 22023 arrays of different or wrong length or several dimensions.';

CREATE AGGREGATE sum(driver_model) (
	sfunc = driver_model_plus, stype = driver_model, sspace = 240,
	combinefunc = driver_model_plus, parallel = safe
);
COMMENT ON AGGREGATE sum(driver_model) IS
'All driver models added up; different orders agree to some 1e-12. NULLs are left out; no rows give NULL. Errors: 22023 different numbers of factors, 22003 more than 2^63-1 rows.';
