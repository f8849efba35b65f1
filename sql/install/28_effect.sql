#since 0.2.0
-- effect: was it the recovery?

-- adjusted comparisons: strata in any order, in one pass for test and reversal

CREATE FUNCTION adjusted_accum(bytea, tally, tally, text) RETURNS bytea
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'adjusted_accum';
COMMENT ON FUNCTION adjusted_accum(bytea, tally, tally, text) IS
'Transition function of adjusted_test and change_reversed (current, baseline, kpi).';

CREATE FUNCTION adjusted_accum(bytea, tally, tally, text, integer) RETURNS bytea
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'adjusted_accum';
COMMENT ON FUNCTION adjusted_accum(bytea, tally, tally, text, integer) IS
'Transition function of adjusted_test and change_reversed (current, baseline, kpi, satisfied_from).';

CREATE FUNCTION adjusted_accum_mean(
	bytea, double precision, double precision, bigint, double precision, double precision, bigint
) RETURNS bytea
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'adjusted_accum_mean';
COMMENT ON FUNCTION adjusted_accum_mean(
	bytea, double precision, double precision, bigint, double precision, double precision, bigint
) IS
'Transition function of adjusted_test of amounts.';

CREATE FUNCTION adjusted_combine(bytea, bytea) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'adjusted_combine';
COMMENT ON FUNCTION adjusted_combine(bytea, bytea) IS
'Combine function of adjusted_test and change_reversed: the strata of both states.';

CREATE FUNCTION adjusted_test_final(bytea) RETURNS kpi_test
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'adjusted_test_final';
COMMENT ON FUNCTION adjusted_test_final(bytea) IS
'Final function of adjusted_test.';

CREATE FUNCTION change_reversed_final(bytea) RETURNS boolean
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'change_reversed_final';
COMMENT ON FUNCTION change_reversed_final(bytea) IS
'Final function of change_reversed.';

#for arguments | types:
#	current tally, baseline tally, kpi text | tally, tally, text;
#	current tally, baseline tally, kpi text, satisfied_from integer | tally, tally, text, integer
CREATE AGGREGATE adjusted_test(<arguments>) (
	sfunc = adjusted_accum, stype = bytea, sspace = 208, finalfunc = adjusted_test_final,
	combinefunc = adjusted_combine, parallel = safe
);
COMMENT ON AGGREGATE adjusted_test(<types>) IS
'Are two groups different, compared only within strata? One row is a stratum: what else may differ between the groups (contract, age, earlier purchases). kpi: rate, csat (scores from satisfied_from on, without it or with NULL the top two points; other KPIs do not read it), nps or mean. difference: current - baseline in the KPI''s unit, over the strata with the weights n1 n0 / N of Mantel and Haenszel (1959). Bounds at 95 %, z and two-sided p: of shares with the variance of Sato (1989); of NPS and means with sum(w^2 (v1/n1 + v0/n0)) / sum(w)^2, v the sample variances, and with pseudo-answers (3 for NPS, 1 for means) shared out over the strata by weight. A group of one answer takes the variance of the other one. A stratum where one tally is NULL or empty says nothing; without one that says something the result is NULL. A row with a NULL kpi is left out. The p of shares is a little small for few answers: trust it where each group has 200 in all strata, 20 of them yes and 20 no. Merges, and no order of rows changes a bit. Errors: 22023 unknown kpi, a scale that does not fit it, different scales, kpis or satisfied_from; 22003 more than 2^63-1 answers or points; 54000 more than 2^31-1 strata.';

CREATE AGGREGATE change_reversed(<arguments>) (
	sfunc = adjusted_accum, stype = bytea, sspace = 208, finalfunc = change_reversed_final,
	combinefunc = adjusted_combine, parallel = safe
);
COMMENT ON AGGREGATE change_reversed(<types>) IS
'Simpson''s paradox: is the difference of all answers taken together above 0 and the adjusted one, as adjusted_test gives it, below 0, or the other way round? False if one of them is 0. All answers count for the first, also those in strata where one tally is NULL or empty. kpi: rate, csat (scores from satisfied_from on, without it or with NULL the top two points; other KPIs do not read it), nps or mean. NULL without a stratum that says something. Errors as in adjusted_test.';
#end

CREATE AGGREGATE adjusted_test(mean double precision, stddev double precision, n bigint,
	baseline_mean double precision, baseline_stddev double precision, baseline_n bigint) (
	sfunc = adjusted_accum_mean, stype = bytea, sspace = 208, finalfunc = adjusted_test_final,
	combinefunc = adjusted_combine, parallel = safe
);
COMMENT ON AGGREGATE adjusted_test(
	double precision, double precision, bigint, double precision, double precision, bigint
) IS
'Are amounts of two groups different, compared only within strata? One row is a stratum, from avg(), stddev() (of the sample) and count() of both groups. difference: mean - baseline_mean in their unit, weighted by n1 n0 / N; variance sum(w^2 (s1^2/n1 + s0^2/n0)) / sum(w)^2; bounds at 95 %, t and two-sided p with the degrees of freedom of Welch and Satterthwaite. A group of one amount takes the deviation of the other one. A stratum where one group is empty, or a mean or a deviation is NULL that should exist, says nothing; without one that says something the result is NULL. Without any variance there is no t and no p. A deviation of at most 1e-14 of its mean counts as 0. Merges, and no order of rows changes a bit. Errors: 22003 a negative number or deviation, NaN, or beyond 2^200 (1.6e60); 54000 more than 2^31-1 strata.';

-- difference in differences

CREATE FUNCTION effect_test(
	treated_after tally, treated_before tally, control_after tally, control_before tally, kpi text,
	satisfied_from integer DEFAULT NULL, confidence double precision DEFAULT 0.95
) RETURNS kpi_test
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'effect_test';
COMMENT ON FUNCTION effect_test(tally, tally, tally, tally, text, integer, double precision) IS
'Difference in differences of four groups of different customers: (treated_after - treated_before) - (control_after - control_before), in the KPI''s unit. kpi: rate, csat (satisfied_from as csat; other KPIs do not read it), nps or mean. Shares: bounds from two Newcombe intervals, their distances squared and added; z from four shares with one success and one failure added to each. NPS: (3, T)-adjusted as nps_test. Means: one pseudo-answer in each group as ces_test, t with Welch''s degrees. It assumes that without the treatment both groups would have changed alike. NULL if a group has no answers. Errors 22023: unknown kpi, a scale that does not fit it, different scales, confidence not between 0 and 1.';

-- four untyped literals and a kpi could as well be two pairs, a kpi and two options
CREATE FUNCTION effect_test(
	treated_after text, treated_before text, control_after text, control_before text, kpi text
) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'effect_test_text';
COMMENT ON FUNCTION effect_test(text, text, text, text, text) IS
'effect_test of four tallies given as text, for literals without a cast; satisfied_from and confidence have their defaults.';

CREATE FUNCTION effect_test(
	treated paired_tally, control paired_tally, kpi text, satisfied_from integer DEFAULT NULL,
	confidence double precision DEFAULT 0.95
) RETURNS kpi_test
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'effect_test_paired';
COMMENT ON FUNCTION effect_test(paired_tally, paired_tally, text, integer, double precision) IS
'Difference in differences of customers who were asked before and after: the mean change of the treated less that of the control, in the KPI''s unit. kpi: rate, csat (satisfied_from as csat; other KPIs do not read it), nps or mean. The error is that of the changes of each customer. Shares: bounds from two paired Newcombe intervals, their distances squared and added; z from the variances with one customer gained and one lost added to each group (Bonett & Price 2012). NPS: Welch''s t of the changes on -1, 0, 1. Means: the same with one pseudo-pair in each group, as ces_test of pairs. It assumes that without the treatment both groups would have changed alike. NULL if a group has no pairs. Errors 22023: unknown kpi, a scale that does not fit it, different scales, confidence not between 0 and 1.';

-- break of a series; the order of rows matters, so there is no combine function

CREATE FUNCTION series_break_accum(internal, double precision, boolean) RETURNS internal
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'series_break_accum';
COMMENT ON FUNCTION series_break_accum(internal, double precision, boolean) IS
'Transition function of series_break(value, after).';

CREATE FUNCTION series_break_accum(internal, double precision, boolean, integer, integer) RETURNS internal
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'series_break_accum';
COMMENT ON FUNCTION series_break_accum(internal, double precision, boolean, integer, integer) IS
'Transition function of series_break(value, after, seasons, lags).';

CREATE FUNCTION series_break_final(internal) RETURNS series_break
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'series_break_final';
COMMENT ON FUNCTION series_break_final(internal) IS
'Final function of series_break.';

#for arguments | types:
#	value double precision, after boolean | double precision, boolean;
#	value double precision, after boolean, seasons integer, lags integer | double precision, boolean, integer, integer
CREATE AGGREGATE series_break(<arguments>) (
	sfunc = series_break_accum, stype = internal, sspace = 600, finalfunc = series_break_final, parallel = safe
);
COMMENT ON AGGREGATE series_break(<types>) IS
'Did level and slope of a series change when something began? One row is a period, in the order of ORDER BY inside the call; after says whether it is after the break. Least squares of value ~ 1 + t + after + after * (t - first t after), t = 1, 2, 3, ..., with errors of Newey & West (1987; Bartlett weights, no small-sample factor) and t with n - coefficients degrees of freedom. seasons: the periods of a cycle (12 for months of a year), each with a level of its own; without it, NULL or 1: none. lags: over how many periods errors may be correlated; without it or NULL: floor(4 (n / 100)^(2/9)). A NULL value is a gap: its period counts, so distances in time stay, and it is no point. The errors are made for long series: without a break p is below 0.05 in 9 of 100 series of 120 periods, in 18 of 24 periods. 95 % bounds; without any residuals they are the estimate, and p is NULL. No rows give NULL. Errors 22023: after false again after it was true, no value on one side, fewer values than coefficients + 2, values that do not determine all coefficients, seasons not 1..366 or lags not 0..10000; 22004 a NULL after; 22003 NaN or Infinity; 54000 more than 10,000 periods.';
#end
