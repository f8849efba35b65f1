#since 0.2.0
-- figure: intervals and tests for figures that are already computed

CREATE FUNCTION mean_interval(
	mean double precision, stddev double precision, responses bigint, confidence double precision DEFAULT 0.95
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'mean_interval';
COMMENT ON FUNCTION mean_interval(double precision, double precision, bigint, double precision) IS
'Student t bounds of a mean from avg(), stddev() (of the sample) and count(), in their unit. A deviation of at most 1e-14 of the mean is the rounding of equal values and counts as 0. The bounds are NULL for a single value or a NULL deviation; without values the estimate is NULL too. NULL responses or confidence give NULL. Errors: 22003 a negative number or deviation, NaN or Infinity; 22023 a confidence outside 0..1.';

CREATE FUNCTION mean_test(mean double precision, stddev double precision, responses bigint,
	baseline_mean double precision, baseline_stddev double precision, baseline_responses bigint,
	confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'mean_test';
COMMENT ON FUNCTION mean_test(
	double precision, double precision, bigint, double precision, double precision, bigint, double precision
) IS
'Is the change of a mean real? difference = mean - baseline_mean in their unit; bounds, t and p of Welch (1947), from avg(), stddev() and count() of both. Both need two values, else all but the difference is NULL; without any variance t and p are NULL. A deviation of at most 1e-14 of its mean is the rounding of equal values and counts as 0. A NULL number of values or confidence gives NULL. Errors as in mean_interval.';

CREATE FUNCTION count_interval(
	events bigint, exposure double precision, confidence double precision DEFAULT 0.95
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'count_interval';
COMMENT ON FUNCTION count_interval(bigint, double precision, double precision) IS
'Events per unit of exposure (complaints per customer, per day) with exact Poisson bounds (Garwood 1936); responses is the number of events. NULL without exposure. Errors: 22003 a negative number or exposure, NaN or Infinity; 22023 a confidence outside 0..1.';

CREATE FUNCTION count_test(
	events bigint, exposure double precision, baseline_events bigint, baseline_exposure double precision,
	confidence double precision DEFAULT 0.95
) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'count_test';
COMMENT ON FUNCTION count_test(bigint, double precision, bigint, double precision, double precision) IS
'Is the change of a rate of events real? difference = events / exposure - baseline_events / baseline_exposure; statistic = score z; p is exact, given the sum of both numbers of events (Przyborowski & Wilenski 1940); bounds from the sum of the squared distances to the bounds of both (Zou & Donner 2008). NULL if one has no exposure; p is 1 if there are no events in either. Errors as in count_interval.';
