-- nps: Net Promoter Score

CREATE FUNCTION nps(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps';
COMMENT ON FUNCTION nps(tally) IS
'Net Promoter Score of a tally 0..10: % of 9-10 minus % of 0-6, -100..100; NULL without answers. A WARNING, once in a statement, if none of 30 or more answers is above 5: these are probably scores of another scale. Error 22023: another scale.';

#for type | c: smallint | int2; integer | int4; double precision | float8
CREATE AGGREGATE nps(score <type>) (
	sfunc = tally_accum_<c>, stype = tally, sspace = 104, finalfunc = nps, initcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	msfunc = tally_accum_<c>, minvfunc = tally_accum_<c>_inv, mstype = tally, msspace = 104, mfinalfunc = nps,
	minitcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE nps(<type>) IS
'Net Promoter Score: % of promoters (9, 10) minus % of detractors (0 to 6), -100..100; 7 and 8 are passive. NULL is ignored; no answers give NULL. A WARNING, once in a statement, if none of 30 or more answers is above 5: these are probably scores of another scale. Error 22003: a score outside 0..10 or not a whole number.';
#end

CREATE FUNCTION nps_interval(
	tally tally, confidence double precision DEFAULT 0.95, method text DEFAULT 'adjusted'
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_interval';
COMMENT ON FUNCTION nps_interval(tally, double precision, text) IS
'Net Promoter Score with confidence bounds, -100..100. Methods: adjusted (adjusted Wald (3,T), Rocks 2016, widened to contain the NPS), score (Tango 1998), wald. Without answers the estimate and the bounds are NULL. Errors 22023: confidence not between 0 and 1, unknown method, a scale other than 0..10.';

CREATE FUNCTION nps_test(current tally, baseline tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_test';
COMMENT ON FUNCTION nps_test(tally, tally, double precision) IS
'Is the change of NPS real? difference = current - baseline in points, -200..200; bounds, statistic (z) and p from the (3,T)-adjusted scores (Lewis & Sauro 2021). With a handful of answers the raw difference can lie outside these bounds. Everything is NULL if one tally is empty. Errors 22023: confidence not between 0 and 1, a scale other than 0..10.';

#since 0.2.0
CREATE FUNCTION nps_interval(
	promoters bigint, passives bigint, detractors bigint,
	confidence double precision DEFAULT 0.95, method text DEFAULT 'adjusted'
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_interval_counts';
COMMENT ON FUNCTION nps_interval(bigint, bigint, bigint, double precision, text) IS
'Net Promoter Score with confidence bounds, -100..100, from the numbers of promoters, passives and detractors; methods as in nps_interval(tally). No answers give NULL figures. Errors: 22003 a negative number, or more than 2^63-1 answers; 22023 confidence not between 0 and 1, unknown method.';

-- An untyped literal could be a tally or a score to count.  PostgreSQL prefers text.
CREATE FUNCTION nps_interval(
	tally text, confidence double precision DEFAULT 0.95, method text DEFAULT 'adjusted'
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_interval_text';
COMMENT ON FUNCTION nps_interval(text, double precision, text) IS
'nps_interval of a tally in text form.';

CREATE FUNCTION nps_interval_final(tally) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_interval';
COMMENT ON FUNCTION nps_interval_final(tally) IS
'Final function of the aggregates nps_interval: 95 % bounds by the method adjusted.';

#for type | c: smallint | int2; integer | int4; double precision | float8
CREATE AGGREGATE nps_interval(score <type>) (
	sfunc = tally_accum_<c>, stype = tally, sspace = 104, finalfunc = nps_interval_final,
	initcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	msfunc = tally_accum_<c>, minvfunc = tally_accum_<c>_inv, mstype = tally, msspace = 104,
	mfinalfunc = nps_interval_final, minitcond = '0..10:{0,0,0,0,0,0,0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE nps_interval(<type>) IS
'Net Promoter Score of scores 0..10 with 95 % bounds by the method adjusted, -100..100. NULL is ignored; no answers give NULL figures and 0 responses. For another confidence or method: nps_interval(nps_tally(score), confidence, method). Error 22003: a score outside 0..10 or not a whole number.';
#end
