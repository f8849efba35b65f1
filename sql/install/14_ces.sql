-- ces: Customer Effort Score

CREATE FUNCTION ces(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces';
COMMENT ON FUNCTION ces(tally) IS
'Customer Effort Score: mean on the tally''s own scale (1..7 with 7 = easy in CES 2.0); NULL without answers.';

CREATE FUNCTION ces_easy(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_easy';
COMMENT ON FUNCTION ces_easy(tally) IS
'% of easy answers, 5 to 7 of 1..7, 0..100; NULL without answers. Error 22023: another scale.';

CREATE FUNCTION ces_easy(tally tally, lo integer, hi integer) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'share';
COMMENT ON FUNCTION ces_easy(tally, integer, integer) IS
'% of answers from lo to hi, 0..100, for scales on which other scores are easy; NULL without answers. Error 22023: lo..hi is not part of the scale.';

#for type | c: smallint | int2; integer | int4; double precision | float8
CREATE AGGREGATE ces(score <type>) (
	sfunc = tally_accum_<c>, stype = tally, sspace = 72, finalfunc = ces, initcond = '1..7:{0,0,0,0,0,0,0}',
	msfunc = tally_accum_<c>, minvfunc = tally_accum_<c>_inv, mstype = tally, msspace = 72, mfinalfunc = ces,
	minitcond = '1..7:{0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE ces(<type>) IS
'Customer Effort Score: mean of the 1..7 agreement scale (7 = easy). NULL is ignored; no answers give NULL. Error 22003: a score outside 1..7 or not a whole number. For another scale read a tally(score, lo, hi).';

CREATE AGGREGATE ces_easy(score <type>) (
	sfunc = tally_accum_<c>, stype = tally, sspace = 72, finalfunc = ces_easy, initcond = '1..7:{0,0,0,0,0,0,0}',
	msfunc = tally_accum_<c>, minvfunc = tally_accum_<c>_inv, mstype = tally, msspace = 72, mfinalfunc = ces_easy,
	minitcond = '1..7:{0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE ces_easy(<type>) IS
'% of easy answers, 5 to 7 of 1..7, 0..100. NULL is ignored; no answers give NULL. Error 22003: a score outside 1..7 or not a whole number. For another scale read a tally(score, lo, hi).';
#end

CREATE FUNCTION ces_interval(tally tally, confidence double precision DEFAULT 0.95) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_interval';
COMMENT ON FUNCTION ces_interval(tally, double precision) IS
'Customer Effort Score, the mean, with Student t bounds, in points of the scale. The bounds are NULL for a single answer; without answers the estimate is NULL too. Error 22023: confidence not between 0 and 1.';

CREATE FUNCTION ces_test(current tally, baseline tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_test';
COMMENT ON FUNCTION ces_test(tally, tally, double precision) IS
'Is the change of the mean real? difference = current - baseline in points of the scale; bounds, t and p of Welch (1947). Each tally needs two answers, else all but the difference is NULL. Without any variance the bounds equal the difference, and t and p are NULL. Error 22023: different scales.';
