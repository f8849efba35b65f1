#since 0.2.0
-- sample_size: how many answers find a change, and what change so many answers find

CREATE FUNCTION responses_needed(
	kpi text, expected double precision, change double precision, power double precision DEFAULT 0.8,
	confidence double precision DEFAULT 0.95, deviation double precision DEFAULT NULL
) RETURNS bigint
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'responses_needed';
COMMENT ON FUNCTION responses_needed(
	text, double precision, double precision, double precision, double precision, double precision
) IS
'Answers in each of two groups that find a change, rounded up: a two-sided test at this confidence finds it with the probability power. kpi: rate or csat, in percent, as R''s power.prop.test; nps, in points; mean, in points of its scale. deviation is the standard deviation of one answer: a mean needs it; for an NPS it is 100 * sqrt(promoters + detractors - NPS^2) of shares, and without it the largest there can be is taken; a share has none. Any other NULL gives NULL. Errors: 22023 an unknown kpi, expected or expected + change off its scale, a change of 0, a power or confidence not between 0 and 1, a wrong or missing deviation; 22003 more than 2^63-1 answers.';

CREATE FUNCTION detectable_change(
	kpi text, expected double precision, responses bigint, power double precision DEFAULT 0.8,
	confidence double precision DEFAULT 0.95, deviation double precision DEFAULT NULL
) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'detectable_change';
COMMENT ON FUNCTION detectable_change(
	text, double precision, bigint, double precision, double precision, double precision
) IS
'The smallest rise that so many answers in each of two groups find, in percentage points or points of the KPI; arguments and method as in responses_needed. For a fall of a share from 80 % ask for the rise from 20 %. NULL if not even a rise to the top of the scale is found, and without responses. Errors 22023 as in responses_needed; 22003 a negative number of responses.';
