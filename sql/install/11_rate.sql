-- rate: yes/no rates, and the KPIs that are such rates

CREATE FUNCTION rate_accum(tally, boolean) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_accum';
COMMENT ON FUNCTION rate_accum(tally, boolean) IS
'Transition function: adds one answer to a 0..1 tally.';

CREATE FUNCTION rate_accum_inv(tally, boolean) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_accum_inv';
COMMENT ON FUNCTION rate_accum_inv(tally, boolean) IS
'Inverse transition function of rate_accum.';

CREATE FUNCTION contacts_accum(tally, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'contacts_accum';
COMMENT ON FUNCTION contacts_accum(tally, double precision) IS
'Transition function: adds one case, yes if it took 1 contact, to a 0..1 tally.';

CREATE FUNCTION contacts_accum_inv(tally, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'contacts_accum_inv';
COMMENT ON FUNCTION contacts_accum_inv(tally, double precision) IS
'Inverse transition function of contacts_accum.';

CREATE FUNCTION occurrences_accum(tally, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'occurrences_accum';
COMMENT ON FUNCTION occurrences_accum(tally, double precision) IS
'Transition function: adds one customer, yes with at least 1 event, to a 0..1 tally.';

CREATE FUNCTION occurrences_accum_inv(tally, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'occurrences_accum_inv';
COMMENT ON FUNCTION occurrences_accum_inv(tally, double precision) IS
'Inverse transition function of occurrences_accum.';

CREATE FUNCTION expectation_accum(tally, double precision, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'expectation_accum';
COMMENT ON FUNCTION expectation_accum(tally, double precision, double precision) IS
'Transition function: adds one answer, yes if perceived is at least expected, to a 0..1 tally.';

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
'Tally 0..1:{no,yes} of a boolean. NULL is ignored; no rows give an empty tally.';

#for kpi | answer | what:
#	rate | answer | % true;
#	resolution_rate | resolved | Resolution rate: % of cases resolved;
#	resolution_quality | met | Resolution quality: % of answers whose resolution met expectations;
#	fcr | resolved_at_first_contact | First contact resolution: % of cases resolved with the first contact;
#	retention_rate | kept | Retention rate: % of customers kept;
#	churn_rate | lost | Churn rate: % of customers lost;
#	repeat_rate | came_back | Repeat rate: % of customers with at least one later purchase;
#	referral_rate | referred | Referral rate: % of customers with at least one referral
CREATE FUNCTION <kpi>(tally tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate';
COMMENT ON FUNCTION <kpi>(tally) IS
'<what>, 0..100, from a yes/no tally; NULL without answers. Error 22023: a scale other than 0..1.';

CREATE AGGREGATE <kpi>(<answer> boolean) (
	sfunc = rate_accum, stype = tally, sspace = 32, finalfunc = <kpi>, initcond = '0..1:{0,0}',
	msfunc = rate_accum, minvfunc = rate_accum_inv, mstype = tally, msspace = 32, mfinalfunc = <kpi>,
	minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE <kpi>(boolean) IS
'<what>, 0..100. NULL is ignored; no answers give NULL.';
#end

CREATE AGGREGATE fcr(contacts double precision) (
	sfunc = contacts_accum, stype = tally, sspace = 32, finalfunc = fcr, initcond = '0..1:{0,0}',
	msfunc = contacts_accum, minvfunc = contacts_accum_inv, mstype = tally, msspace = 32, mfinalfunc = fcr,
	minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE fcr(double precision) IS
'First contact resolution: % of cases with exactly 1 contact, 0..100. NULL is ignored; no cases give NULL. Error 22003: fewer than 1 contact, or not a whole number.';

CREATE AGGREGATE repeat_rate(later_purchases double precision) (
	sfunc = occurrences_accum, stype = tally, sspace = 32, finalfunc = repeat_rate, initcond = '0..1:{0,0}',
	msfunc = occurrences_accum, minvfunc = occurrences_accum_inv, mstype = tally, msspace = 32,
	mfinalfunc = repeat_rate, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE repeat_rate(double precision) IS
'Repeat rate of the number of later purchases, without the first one: % of customers with at least one, 0..100. The count(*) of all purchases belongs into repeat_rate_of. NULL is ignored; no customers give NULL. Error 22003: a negative number, or not a whole one.';

CREATE AGGREGATE referral_rate(referrals double precision) (
	sfunc = occurrences_accum, stype = tally, sspace = 32, finalfunc = referral_rate, initcond = '0..1:{0,0}',
	msfunc = occurrences_accum, minvfunc = occurrences_accum_inv, mstype = tally, msspace = 32,
	mfinalfunc = referral_rate, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE referral_rate(double precision) IS
'Referral rate: % of customers with at least one referral, 0..100. NULL is ignored; no customers give NULL. Error 22003: a negative number, or not a whole one.';

CREATE AGGREGATE resolution_quality(expected double precision, perceived double precision) (
	sfunc = expectation_accum, stype = tally, sspace = 32, finalfunc = resolution_quality, initcond = '0..1:{0,0}',
	msfunc = expectation_accum, minvfunc = expectation_accum_inv, mstype = tally, msspace = 32,
	mfinalfunc = resolution_quality, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE resolution_quality(double precision, double precision) IS
'Resolution quality: % of answers with a perceived score of at least the expected one, 0..100. Rows with a NULL are ignored; no rows give NULL. Error 22003: NaN or Infinity.';

#since 0.2.0
CREATE FUNCTION total_accum(tally, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'total_accum';
COMMENT ON FUNCTION total_accum(tally, double precision) IS
'Transition function: adds one customer, yes with at least 2 purchases in all, to a 0..1 tally.';

CREATE FUNCTION total_accum_inv(tally, double precision) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'total_accum_inv';
COMMENT ON FUNCTION total_accum_inv(tally, double precision) IS
'Inverse transition function of total_accum.';

CREATE AGGREGATE repeat_rate_of(total_purchases double precision) (
	sfunc = total_accum, stype = tally, sspace = 32, finalfunc = repeat_rate, initcond = '0..1:{0,0}',
	msfunc = total_accum, minvfunc = total_accum_inv, mstype = tally, msspace = 32,
	mfinalfunc = repeat_rate, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE repeat_rate_of(double precision) IS
'Repeat rate of the number of all purchases of a customer, such as count(*): % of customers with 2 or more, 0..100. NULL is ignored; no customers give NULL. Error 22003: fewer than 1 purchase, or not a whole number.';

CREATE AGGREGATE fcr_tally(contacts double precision) (
	sfunc = contacts_accum, stype = tally, sspace = 32, initcond = '0..1:{0,0}',
	msfunc = contacts_accum, minvfunc = contacts_accum_inv, mstype = tally, msspace = 32, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE fcr_tally(double precision) IS
'Tally 0..1:{no,yes} of cases with exactly 1 contact; read it with fcr(), rate_interval() and rate_test(). NULL is ignored; no cases give an empty tally. Error 22003: fewer than 1 contact, or not a whole number.';

CREATE AGGREGATE resolution_quality_tally(expected double precision, perceived double precision) (
	sfunc = expectation_accum, stype = tally, sspace = 32, initcond = '0..1:{0,0}',
	msfunc = expectation_accum, minvfunc = expectation_accum_inv, mstype = tally, msspace = 32,
	minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE resolution_quality_tally(double precision, double precision) IS
'Tally 0..1:{no,yes} of resolutions perceived at least as expected; read it with resolution_quality(), rate_interval() and rate_test(). Rows with a NULL are ignored; no rows give an empty tally. Error 22003: NaN or Infinity.';
#end

-- intervals and tests

CREATE FUNCTION rate_interval(
	tally tally, confidence double precision DEFAULT 0.95, method text DEFAULT 'wilson'
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_interval';
COMMENT ON FUNCTION rate_interval(tally, double precision, text) IS
'A yes/no rate in percent with confidence bounds. Methods: wilson (Wilson 1927), exact (Clopper & Pearson 1934), jeffreys, wald. Without answers the estimate and the bounds are NULL. Errors 22023: confidence not between 0 and 1, unknown method, a scale other than 0..1.';

#since 0.2.0
CREATE FUNCTION rate_interval(
	yes bigint, total bigint, confidence double precision DEFAULT 0.95, method text DEFAULT 'wilson'
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_interval_counts';
COMMENT ON FUNCTION rate_interval(bigint, bigint, double precision, text) IS
'A rate in percent with confidence bounds from the number of yes and of all answers; methods as in rate_interval(tally). A total of 0 gives NULL figures. Errors: 22003 a negative number; 22023 more yes than answers, a confidence not between 0 and 1, an unknown method.';

CREATE FUNCTION rate_test(
	yes bigint, total bigint, baseline_yes bigint, baseline_total bigint, confidence double precision DEFAULT 0.95
) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_test_counts';
COMMENT ON FUNCTION rate_test(bigint, bigint, bigint, bigint, double precision) IS
'Is the change of a rate real? From the numbers of yes and of all answers, current and baseline; bounds, statistic and p as in rate_test of two tallies. A total of 0 gives NULL figures. Errors: 22003 a negative number; 22023 more yes than answers, a confidence not between 0 and 1.';

-- An untyped literal could be a tally or a boolean to count.  PostgreSQL prefers text.
CREATE FUNCTION rate_interval(
	tally text, confidence double precision DEFAULT 0.95, method text DEFAULT 'wilson'
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_interval_text';
COMMENT ON FUNCTION rate_interval(text, double precision, text) IS
'rate_interval of a tally in text form.';

CREATE FUNCTION rate_interval_final(tally) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_interval';
COMMENT ON FUNCTION rate_interval_final(tally) IS
'Final function of the aggregate rate_interval: 95 % bounds by Wilson''s method.';

CREATE AGGREGATE rate_interval(answer boolean) (
	sfunc = rate_accum, stype = tally, sspace = 32, finalfunc = rate_interval_final, initcond = '0..1:{0,0}',
	msfunc = rate_accum, minvfunc = rate_accum_inv, mstype = tally, msspace = 32,
	mfinalfunc = rate_interval_final, minitcond = '0..1:{0,0}',
	combinefunc = tally_plus, parallel = safe
);
COMMENT ON AGGREGATE rate_interval(boolean) IS
'% true with 95 % bounds by Wilson''s method. NULL is ignored; no answers give NULL figures and 0 responses. For another confidence or method: rate_interval(rate_tally(answer), confidence, method).';
#end

CREATE FUNCTION rate_test(current tally, baseline tally, confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_test';
COMMENT ON FUNCTION rate_test(tally, tally, double precision) IS
'Is the change of a yes/no rate real? difference = current - baseline in percentage points, Newcombe (1998) bounds; statistic and p of the N-1 chi-square (Campbell 2007) as a signed z, Fisher''s exact p where the smallest expected count is below 1. p is NULL if both tallies are all yes or all no; everything is NULL if one is empty. Errors 22023: confidence not between 0 and 1, a scale other than 0..1.';

CREATE FUNCTION target_test(
	tally tally, target double precision, satisfied_from integer DEFAULT NULL,
	confidence double precision DEFAULT 0.95
) RETURNS kpi_test
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'target_test';
COMMENT ON FUNCTION target_test(tally, double precision, integer, double precision) IS
'Does a share differ from its target? Both are in percent (80, not 0.8). difference = share - target with Wilson bounds; statistic = score z; p = exact binomial p. The share is the yes answers of a yes/no tally, else the scores from satisfied_from on (NULL: as in csat); it is not a Net Promoter Score. Everything is NULL without answers. Errors 22023: a target outside 0..100, an invalid satisfied_from or confidence.';
