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
'Customer Recovery Satisfaction of a tally of answers about recoveries: % yes of a yes/no tally, else % in the top two points as in csat, 0..100; NULL without answers.';

#for type | c: smallint | int2; integer | int4; double precision | float8
CREATE AGGREGATE csat(score <type>) (
	sfunc = tally_accum_<c>, stype = tally, sspace = 56, finalfunc = csat, initcond = '1..5:{0,0,0,0,0}',
	msfunc = tally_accum_<c>, minvfunc = tally_accum_<c>_inv, mstype = tally, msspace = 56, mfinalfunc = csat,
	minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE csat(<type>) IS
'Customer Satisfaction: % of 4 and 5 on the scale 1..5 (top-two-box), 0..100. A 3 counts as an answer, not as satisfied. NULL is ignored; no answers give NULL. Error 22003: a score off the scale or not a whole number.';
#end

CREATE AGGREGATE csat(score double precision, lo integer, hi integer, satisfied_from integer) (
	sfunc = csat_accum, stype = tally, sspace = 32, finalfunc = rate, initcond = '0..1:{0,0}',
	msfunc = csat_accum, minvfunc = csat_accum_inv, mstype = tally, msspace = 32, mfinalfunc = rate,
	minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE csat(double precision, integer, integer, integer) IS
'Customer Satisfaction: % of scores at or above satisfied_from (NULL: the top two points) on the scale lo..hi, 0..100; the scale may differ between rows. NULL scores are ignored; no answers give NULL. Errors: 22003 a score off the scale or not a whole number, 22023 a wrong scale or satisfied_from.';

CREATE AGGREGATE crs(satisfied boolean) (
	sfunc = rate_accum, stype = tally, sspace = 32, finalfunc = crs, initcond = '0..1:{0,0}',
	msfunc = rate_accum, minvfunc = rate_accum_inv, mstype = tally, msspace = 32, mfinalfunc = crs,
	minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE crs(boolean) IS
'Customer Recovery Satisfaction: % satisfied of the answers about a recovery, 0..100; a common target is 80. NULL is ignored; no answers give NULL.';

CREATE AGGREGATE crs(satisfied boolean, recovery_related boolean) (
	sfunc = crs_accum, stype = tally, sspace = 32, finalfunc = crs, initcond = '0..1:{0,0}',
	msfunc = crs_accum, minvfunc = crs_accum_inv, mstype = tally, msspace = 32, mfinalfunc = crs,
	minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE crs(boolean, boolean) IS
'Customer Recovery Satisfaction: % satisfied of the answers about a recovery, 0..100. Rows with a NULL answer, or with recovery_related false or NULL, are ignored; no answers give NULL.';

#for type | c: smallint | int2; integer | int4; double precision | float8
CREATE AGGREGATE crs(score <type>) (
	sfunc = tally_accum_<c>, stype = tally, sspace = 56, finalfunc = crs, initcond = '1..5:{0,0,0,0,0}',
	msfunc = tally_accum_<c>, minvfunc = tally_accum_<c>_inv, mstype = tally, msspace = 56, mfinalfunc = crs,
	minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE crs(<type>) IS
'Customer Recovery Satisfaction: % of 4 and 5 on the scale 1..5 among answers about a recovery, 0..100. NULL is ignored; no answers give NULL. Error 22003: a score off the scale or not a whole number.';
#end

CREATE AGGREGATE crs(score double precision, recovery_related boolean) (
	sfunc = crs_score_accum, stype = tally, sspace = 56, finalfunc = crs, initcond = '1..5:{0,0,0,0,0}',
	msfunc = crs_score_accum, minvfunc = crs_score_accum_inv, mstype = tally, msspace = 56, mfinalfunc = crs,
	minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE crs(double precision, boolean) IS
'Customer Recovery Satisfaction: % of 4 and 5 on the scale 1..5 among answers about a recovery, 0..100. Rows with a NULL score, or with recovery_related false or NULL, are ignored; no answers give NULL. Error 22003: a score off the scale or not a whole number.';

CREATE FUNCTION crs_interval(
	tally tally, confidence double precision DEFAULT 0.95, method text DEFAULT 'wilson'
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'crs_interval';
COMMENT ON FUNCTION crs_interval(tally, double precision, text) IS
'Customer Recovery Satisfaction in percent with confidence bounds; satisfied as in crs(tally), methods as in rate_interval. Without answers the estimate and the bounds are NULL. Errors 22023: confidence not between 0 and 1, unknown method.';

CREATE FUNCTION crs_test(current tally, baseline tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'crs_test';
COMMENT ON FUNCTION crs_test(tally, tally, double precision) IS
'Is the change of Customer Recovery Satisfaction real? difference = current - baseline in percentage points; bounds, statistic and p as in rate_test; satisfied as in crs(tally). Error 22023: different scales.';

CREATE FUNCTION csat_interval(
	tally tally, confidence double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL,
	method text DEFAULT 'wilson'
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_interval';
COMMENT ON FUNCTION csat_interval(tally, double precision, integer, text) IS
'Customer Satisfaction in percent with confidence bounds; satisfied_from as in csat, methods as in rate_interval. Without answers the estimate and the bounds are NULL. Errors 22023: confidence not between 0 and 1, unknown method, an invalid satisfied_from.';

CREATE FUNCTION csat_test(
	current tally, baseline tally, confidence double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL
) RETURNS kpi_test
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_test';
COMMENT ON FUNCTION csat_test(tally, tally, double precision, integer) IS
'Is the change of Customer Satisfaction real? difference = current - baseline in percentage points; bounds, statistic and p as in rate_test; satisfied_from as in csat. Error 22023: different scales.';

#since 0.2.0
-- An untyped literal could be a tally or a score to count.  PostgreSQL prefers text.
CREATE FUNCTION csat_interval(
	tally text, confidence double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL,
	method text DEFAULT 'wilson'
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_interval_text';
COMMENT ON FUNCTION csat_interval(text, double precision, integer, text) IS
'csat_interval of a tally in text form.';

CREATE FUNCTION crs_interval(
	tally text, confidence double precision DEFAULT 0.95, method text DEFAULT 'wilson'
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'crs_interval_text';
COMMENT ON FUNCTION crs_interval(text, double precision, text) IS
'crs_interval of a tally in text form.';

#for kpi: csat; crs
CREATE FUNCTION <kpi>_interval_final(tally) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', '<kpi>_interval';
COMMENT ON FUNCTION <kpi>_interval_final(tally) IS
'Final function of the aggregates <kpi>_interval: 95 % bounds by Wilson''s method.';
#end

#for kpi | name | type | c:
#	csat | Customer Satisfaction | smallint | int2;
#	csat | Customer Satisfaction | integer | int4;
#	csat | Customer Satisfaction | double precision | float8;
#	crs | Customer Recovery Satisfaction | smallint | int2;
#	crs | Customer Recovery Satisfaction | integer | int4;
#	crs | Customer Recovery Satisfaction | double precision | float8
CREATE AGGREGATE <kpi>_interval(score <type>) (
	sfunc = tally_accum_<c>, stype = tally, sspace = 56, finalfunc = <kpi>_interval_final,
	initcond = '1..5:{0,0,0,0,0}',
	msfunc = tally_accum_<c>, minvfunc = tally_accum_<c>_inv, mstype = tally, msspace = 56,
	mfinalfunc = <kpi>_interval_final, minitcond = '1..5:{0,0,0,0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE <kpi>_interval(<type>) IS
'<name>: % of 4 and 5 on the scale 1..5, with 95 % bounds by Wilson''s method. NULL is ignored; no answers give NULL figures and 0 responses. For another confidence or method: <kpi>_interval(csat_tally(score), ...). Error 22003: a score off the scale or not a whole number.';
#end

CREATE AGGREGATE crs_interval(satisfied boolean) (
	sfunc = rate_accum, stype = tally, sspace = 32, finalfunc = crs_interval_final, initcond = '0..1:{0,0}',
	msfunc = rate_accum, minvfunc = rate_accum_inv, mstype = tally, msspace = 32,
	mfinalfunc = crs_interval_final, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE crs_interval(boolean) IS
'Customer Recovery Satisfaction: % satisfied of the answers about a recovery, with 95 % bounds by Wilson''s method. NULL is ignored; no answers give NULL figures and 0 responses.';
