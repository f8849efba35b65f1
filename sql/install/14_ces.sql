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
'Customer Effort Score, the mean, with bounds in points of the scale by the method adjusted: Student t with one pseudo-answer, half at each end of the scale, in the variance and the centre; within the scale, and around the mean. Answers pile up at an end, and without it bounds are too narrow. Without answers the figures are NULL. Error 22023: confidence not between 0 and 1.';

CREATE FUNCTION ces_test(current tally, baseline tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_test';
COMMENT ON FUNCTION ces_test(tally, tally, double precision) IS
'Is the change of the mean real? difference = current - baseline in points of the scale; bounds, t and p by the method adjusted: Welch (1947) with one pseudo-answer in each group, half at each end of the scale. Without it a small group against a large one seems to differ too often when answers pile up at an end. All figures are NULL if a tally is empty. Errors 22023: different scales, confidence not between 0 and 1.';

#since 0.2.0
CREATE FUNCTION ces_interval(tally tally, confidence double precision, method text) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_interval';
COMMENT ON FUNCTION ces_interval(tally, double precision, text) IS
'Customer Effort Score, the mean, with bounds in points of the scale. Methods: adjusted, as without a method; t (Student), which is too narrow near an end of the scale and has no bounds for a single answer. Without answers the figures are NULL. Errors 22023: confidence not between 0 and 1, unknown method.';

CREATE FUNCTION ces_test(
	current tally, baseline tally, confidence double precision, method text
) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_test';
COMMENT ON FUNCTION ces_test(tally, tally, double precision, text) IS
'Is the change of the mean real? difference = current - baseline in points of the scale. Methods: adjusted, as without a method; welch (1947), which needs two answers in each tally, and without any variance has no bounds, t and p. Errors 22023: different scales, confidence not between 0 and 1, unknown method.';

-- An untyped literal could be a tally or a score to count.  PostgreSQL prefers text.
CREATE FUNCTION ces_interval(tally text, confidence double precision DEFAULT 0.95) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_interval_text';
COMMENT ON FUNCTION ces_interval(text, double precision) IS
'ces_interval of a tally in text form.';

CREATE FUNCTION ces_interval(tally text, confidence double precision, method text) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_interval_text';
COMMENT ON FUNCTION ces_interval(text, double precision, text) IS
'ces_interval of a tally in text form.';

-- Released functions keep their arguments, so a method without a confidence needs
-- functions of its own.  An untyped confidence ends here too, as text is preferred.

#for type: tally; text
CREATE FUNCTION ces_interval(tally <type>, method text) RETURNS kpi_interval
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN method ~* '^([-+.0-9]|nan|inf)'::text THEN ces_interval(tally, method::double precision)
	ELSE ces_interval(tally, 0.95::double precision, method) END;
COMMENT ON FUNCTION ces_interval(<type>, text) IS
'ces_interval with 95 % bounds by this method; a number is taken for the confidence.';
#end

CREATE FUNCTION ces_interval_final(tally) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_interval';
COMMENT ON FUNCTION ces_interval_final(tally) IS
'Final function of the aggregates ces_interval: 95 % bounds by the method adjusted.';

#for type | c: smallint | int2; integer | int4; double precision | float8
CREATE AGGREGATE ces_interval(score <type>) (
	sfunc = tally_accum_<c>, stype = tally, sspace = 72, finalfunc = ces_interval_final,
	initcond = '1..7:{0,0,0,0,0,0,0}',
	msfunc = tally_accum_<c>, minvfunc = tally_accum_<c>_inv, mstype = tally, msspace = 72,
	mfinalfunc = ces_interval_final, minitcond = '1..7:{0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE ces_interval(<type>) IS
'Customer Effort Score of scores 1..7, the mean, with 95 % bounds by the method adjusted. NULL is ignored; no answers give NULL figures and 0 responses. For another confidence, method or scale: ces_interval(tally, confidence, method). Error 22003: a score outside 1..7 or not a whole number.';
#end
