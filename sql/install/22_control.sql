-- control: control charts and moving averages; the order of rows matters, so there are no
-- combine functions

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
'Control chart of a share (Laney''s p''), one tally per period in the order of ORDER BY inside the call; FILTER (WHERE ...) picks the baseline. Satisfied: yes of yes and no, else the top two points as in csat. A NULL or empty tally gives no point, and no moving range spans it; no rows give NULL. Errors: 22023 different scales or satisfied_from, 54000 more than 100,000 periods.';

CREATE AGGREGATE control_chart(tally tally, satisfied_from integer) (
	sfunc = control_chart_accum, stype = internal, sspace = 560, finalfunc = control_chart_final, parallel = safe
);
COMMENT ON AGGREGATE control_chart(tally, integer) IS
'Control chart of a share (Laney''s p''), one tally per period in the order of ORDER BY inside the call; FILTER (WHERE ...) picks the baseline. Satisfied: scores from satisfied_from on (NULL: yes of yes and no, else the top two points). A NULL or empty tally gives no point, and no moving range spans it; no rows give NULL. Errors: 22023 different scales or satisfied_from, 54000 more than 100,000 periods.';

CREATE FUNCTION control_limits(
	chart control_chart, tally tally, OUT lower double precision, OUT upper double precision,
	OUT out_of_control boolean
)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'control_limits';
COMMENT ON FUNCTION control_limits(control_chart, tally) IS
'Limits in percent, 0..100, for a share of as many answers as the tally has, and whether the share of the tally lies outside them: prediction limits, as control_limits(chart, tally, method) says.';

#since 0.2.0
CREATE FUNCTION control_limits(
	chart control_chart, tally tally, method text, OUT lower double precision, OUT upper double precision,
	OUT out_of_control boolean
)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'control_limits';
COMMENT ON FUNCTION control_limits(control_chart, tally, text) IS
'Limits in percent, 0..100, for a share of as many answers as the tally has, and whether the share of the tally lies outside them. Method prediction, also without one: for a period that is not among the k points of the chart, t(0.99865, 0.62 (k - 1)) * sqrt(1 + 1/k) sigma from the centre, so that few points do not raise false alarms: at most 0.3 % of periods in control lie outside. Method sigma: 3 sigma, for a chart that is final. sigma is that of the binomial distribution times sigma_z. Prediction takes a sigma_z below 1 as 1; sigma takes only 0 so. NULL without answers, or if the chart has no sigma_z; by prediction also with fewer than 2 points. Errors: 22023 unknown method, or the chart''s satisfied_from is not on the scale; 22003 an impossible chart.';
#end

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
'Control chart of single values (XmR) in the order of ORDER BY inside the call; FILTER (WHERE ...) picks the baseline. A NULL gives no point, and no moving range spans it; no rows give NULL. Error 22003: NaN or Infinity.';

#since 0.2.0
CREATE FUNCTION xmr_limits(
	chart xmr_chart, method text DEFAULT 'prediction', OUT lower double precision, OUT upper double precision
)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'xmr_limits';
COMMENT ON FUNCTION xmr_limits(xmr_chart, text) IS
'Limits in the unit of the values. Method prediction: for a value that is not among the k points of the chart, t(0.99865, 0.62 (k - 1)) * sqrt(1 + 1/k) sigma from the mean, so that few points do not raise false alarms: at most 0.3 % of values in control lie outside. Method sigma: the 3-sigma limits that the chart has, for a chart that is final. NULL if the chart has no sigma; by prediction also with fewer than 2 points, or if it was stored by version 0.1.0, without their number. Errors: 22023 unknown method, 22003 an impossible chart.';
#end

CREATE FUNCTION ewma_accum(double precision, double precision, double precision) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ewma_accum';
COMMENT ON FUNCTION ewma_accum(double precision, double precision, double precision) IS
'Transition function of ewma(value, lambda).';

CREATE FUNCTION ewma_accum(
	double precision, double precision, double precision, double precision
) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ewma_accum';
COMMENT ON FUNCTION ewma_accum(double precision, double precision, double precision, double precision) IS
'Transition function of ewma(value, lambda, start).';

CREATE AGGREGATE ewma(value double precision, lambda double precision) (
	sfunc = ewma_accum, stype = double precision, parallel = safe
);
COMMENT ON AGGREGATE ewma(double precision, double precision) IS
'Exponentially weighted moving average, for OVER (ORDER BY ...): lambda * value + (1 - lambda) * the previous average, beginning with the first value. Rows with a NULL are ignored; no values give NULL. Errors: 22023 lambda not above 0 and at most 1, 22003 NaN or Infinity.';

CREATE AGGREGATE ewma(value double precision, lambda double precision, start double precision) (
	sfunc = ewma_accum, stype = double precision, parallel = safe
);
COMMENT ON AGGREGATE ewma(double precision, double precision, double precision) IS
'As ewma(value, lambda), but beginning with start: the target, or the mean of a baseline.';
