#since 0.2.0
-- clustered: answers that come in clusters, as many from one customer

CREATE FUNCTION clustered_tally_in(cstring) RETURNS clustered_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clustered_tally_in';
COMMENT ON FUNCTION clustered_tally_in(cstring) IS
'Text form of a clustered tally: lowest..highest:clusters:{count,...}:{{product},{product,product},...}.';

CREATE FUNCTION clustered_tally_out(clustered_tally) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clustered_tally_out';
COMMENT ON FUNCTION clustered_tally_out(clustered_tally) IS
'Text form of a clustered tally.';

CREATE FUNCTION clustered_tally_recv(internal) RETURNS clustered_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clustered_tally_recv';
COMMENT ON FUNCTION clustered_tally_recv(internal) IS
'Binary form of a clustered tally: format 1, scale, clusters, counts, products.';

CREATE FUNCTION clustered_tally_send(clustered_tally) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clustered_tally_send';
COMMENT ON FUNCTION clustered_tally_send(clustered_tally) IS
'Binary form of a clustered tally.';

CREATE TYPE clustered_tally (
	input = clustered_tally_in, output = clustered_tally_out,
	receive = clustered_tally_recv, send = clustered_tally_send,
	internallength = variable, alignment = double, storage = extended, category = 'k'
);
COMMENT ON TYPE clustered_tally IS
'Answers of customers (stores, agents) who answer often, on a whole-number scale of at most 101 points: how many clusters, a count for each point, and for each pair of points the products of a cluster''s two counts, added up over the clusters. From these whole numbers the error of every KPI follows exactly. Written lowest..highest:clusters:{count,...}:{{product},{product,product},...}, without a cluster {}. A cluster must be complete: add up tallies of different clusters with + or sum(), those of one cluster before. Read it with nps(), csat(), ces(), rate(), their intervals and tests.';

-- operators

CREATE FUNCTION clustered_tally_plus(clustered_tally, clustered_tally) RETURNS clustered_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clustered_tally_plus';
COMMENT ON FUNCTION clustered_tally_plus(clustered_tally, clustered_tally) IS
'The clusters of both, taken for different ones. Errors: 22023 different scales, 22003 a number beyond 2^63-1.';

CREATE FUNCTION clustered_tally_minus(clustered_tally, clustered_tally) RETURNS clustered_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clustered_tally_minus';
COMMENT ON FUNCTION clustered_tally_minus(clustered_tally, clustered_tally) IS
'The first without the clusters of the second. Errors: 22023 different scales, 22003 if the first does not hold them.';

CREATE OPERATOR + (
	leftarg = clustered_tally, rightarg = clustered_tally, function = clustered_tally_plus, commutator = +
);
COMMENT ON OPERATOR + (clustered_tally, clustered_tally) IS 'The clusters of both.';

CREATE OPERATOR - (leftarg = clustered_tally, rightarg = clustered_tally, function = clustered_tally_minus);
COMMENT ON OPERATOR - (clustered_tally, clustered_tally) IS 'The first without the clusters of the second.';

#for type | c | one | many: clustered_tally | clustered_tally | clustered tally | clustered tallies
#include order.inc
#end

-- casts

CREATE FUNCTION clustered_tally_to_tally(clustered_tally) RETURNS tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clustered_tally_to_tally';
COMMENT ON FUNCTION clustered_tally_to_tally(clustered_tally) IS
'The answers of a clustered tally without their clusters, as a tally; NULL without clusters, as there is no scale then.';

CREATE FUNCTION clustered_tally_to_jsonb(clustered_tally) RETURNS jsonb
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clustered_tally_to_jsonb';
COMMENT ON FUNCTION clustered_tally_to_jsonb(clustered_tally) IS
'A clustered tally as {"scale":[lowest,highest],"clusters":k,"counts":[...],"products":[[...],...]}.';

CREATE CAST (clustered_tally AS tally) WITH FUNCTION clustered_tally_to_tally(clustered_tally);
COMMENT ON CAST (clustered_tally AS tally) IS 'The answers without their clusters.';

CREATE CAST (clustered_tally AS jsonb) WITH FUNCTION clustered_tally_to_jsonb(clustered_tally);
COMMENT ON CAST (clustered_tally AS jsonb) IS
'A clustered tally as {"scale":[lowest,highest],"clusters":k,"counts":[...],"products":[[...],...]}.';

-- readers

CREATE FUNCTION responses(tally clustered_tally) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'responses_clustered';
COMMENT ON FUNCTION responses(clustered_tally) IS
'Number of answers of all clusters; 0 if there are none.';

CREATE FUNCTION clusters(tally clustered_tally) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clusters';
COMMENT ON FUNCTION clusters(clustered_tally) IS
'Number of clusters with at least one answer.';

CREATE FUNCTION design_effect(tally clustered_tally, kpi text,
	satisfied_from integer DEFAULT NULL) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'design_effect';
COMMENT ON FUNCTION design_effect(clustered_tally, text, integer) IS
'How many times as many answers are needed as of different customers, to know the KPI as well: answers / effective answers, at least 1. kpi: rate, csat (satisfied_from as csat), nps, ces or mean. Effective answers (Korn & Graubard 1998) are those whose plain variance is the variance by clusters, never more than there are. NULL for fewer than two clusters, or where all answers read the same. Error 22023: unknown kpi, a scale that does not fit it.';

CREATE FUNCTION rate(tally clustered_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_clustered';
COMMENT ON FUNCTION rate(clustered_tally) IS
'% yes of all yes/no answers, 0..100; NULL without answers. Error 22023 for other scales than 0..1.';

CREATE FUNCTION csat(tally clustered_tally) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_clustered';
COMMENT ON FUNCTION csat(clustered_tally) IS
'Customer Satisfaction of all answers: % in the top two points of the scale, 0..100; NULL without answers. Error 22023: a scale of fewer than 5 points, which needs satisfied_from.';

CREATE FUNCTION csat(tally clustered_tally, satisfied_from integer) RETURNS double precision
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_clustered';
COMMENT ON FUNCTION csat(clustered_tally, integer) IS
'Customer Satisfaction of all answers: % at or above satisfied_from (NULL: the top two points), 0..100; NULL without answers. Error 22023: satisfied_from outside the scale.';

CREATE FUNCTION nps(tally clustered_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_clustered';
COMMENT ON FUNCTION nps(clustered_tally) IS
'Net Promoter Score of all answers: % of 9-10 minus % of 0-6, -100..100; NULL without answers. Error 22023 for other scales than 0..10.';

CREATE FUNCTION ces(tally clustered_tally) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_clustered';
COMMENT ON FUNCTION ces(clustered_tally) IS
'Customer Effort Score of all answers: mean on the tally''s own scale; NULL without answers.';

CREATE FUNCTION rate_interval(tally clustered_tally, confidence double precision DEFAULT 0.95) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_interval_clustered';
COMMENT ON FUNCTION rate_interval(clustered_tally, double precision) IS
'A yes/no rate in percent with confidence bounds that know of the clusters: Wilson''s on the effective number of answers (Korn & Graubard 1998), with Student''s t of clusters - 1 degrees of freedom in place of the normal quantile. Where all answers are the same each cluster counts as one answer. Bounds are NULL for fewer than two clusters. Errors 22023: confidence not between 0 and 1, other scales than 0..1.';

CREATE FUNCTION csat_interval(tally clustered_tally, confidence double precision DEFAULT 0.95,
	satisfied_from integer DEFAULT NULL) RETURNS kpi_interval
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_interval_clustered';
COMMENT ON FUNCTION csat_interval(clustered_tally, double precision, integer) IS
'Customer Satisfaction in percent with confidence bounds that know of the clusters; satisfied_from as csat, bounds as rate_interval(clustered_tally).';

CREATE FUNCTION nps_interval(tally clustered_tally, confidence double precision DEFAULT 0.95) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_interval_clustered';
COMMENT ON FUNCTION nps_interval(clustered_tally, double precision) IS
'Net Promoter Score with confidence bounds that know of the clusters, -100..100: adjusted Wald (3,T) on the effective number of answers, with Student''s t of clusters - 1 degrees of freedom. Bounds are NULL for fewer than two clusters. Errors 22023: confidence not between 0 and 1, other scales than 0..10.';

CREATE FUNCTION ces_interval(tally clustered_tally, confidence double precision DEFAULT 0.95) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_interval_clustered';
COMMENT ON FUNCTION ces_interval(clustered_tally, double precision) IS
'Mean score with confidence bounds that know of the clusters, in points of the scale: one pseudo-answer, half of it at each end of the scale, joins the effective answers; Student''s t of clusters - 1 degrees of freedom, within the scale, wide enough to hold the mean. Bounds are NULL for fewer than two clusters. Error 22023: confidence not between 0 and 1.';

-- tests

CREATE FUNCTION rate_test(current clustered_tally, baseline clustered_tally,
	confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rate_test_clustered';
COMMENT ON FUNCTION rate_test(clustered_tally, clustered_tally, double precision) IS
'Did a yes/no rate of different customers change? difference = current - baseline in percentage points; bounds: those of both rate_interval(clustered_tally), squared and added (Newcombe 1998); t and p with a success and a failure added to the effective answers of each (Agresti & Caffo 2000), degrees of freedom of Welch and Satterthwaite on clusters - 1. t and p are NULL where both are all yes or all no; all but the difference for fewer than two clusters in one of them. Errors 22023: confidence not between 0 and 1, other scales than 0..1.';

CREATE FUNCTION csat_test(current clustered_tally, baseline clustered_tally,
	confidence double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL) RETURNS kpi_test
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'csat_test_clustered';
COMMENT ON FUNCTION csat_test(clustered_tally, clustered_tally, double precision, integer) IS
'Did Customer Satisfaction of different customers change? difference = current - baseline in percentage points; bounds, t and p as rate_test(clustered_tally, clustered_tally); satisfied_from as csat.';

CREATE FUNCTION nps_test(current clustered_tally, baseline clustered_tally,
	confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'nps_test_clustered';
COMMENT ON FUNCTION nps_test(clustered_tally, clustered_tally, double precision) IS
'Did the NPS of different customers change? difference = current - baseline in points, -200..200; bounds, t and p on (3,T)-adjusted scores (Lewis & Sauro 2021) of effective answers, degrees of freedom of Welch and Satterthwaite on clusters - 1. All but the difference are NULL for fewer than two clusters in one of them. Errors 22023: confidence not between 0 and 1, other scales than 0..10.';

CREATE FUNCTION ces_test(current clustered_tally, baseline clustered_tally,
	confidence double precision DEFAULT 0.95) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ces_test_clustered';
COMMENT ON FUNCTION ces_test(clustered_tally, clustered_tally, double precision) IS
'Did the mean score of different customers change? difference = current - baseline in points of the scale; bounds, t and p of Welch''s test on the variances by clusters, with the pseudo-answers of ces_interval, degrees of freedom on clusters - 1. All but the difference are NULL for fewer than two clusters in one of them. Errors 22023: confidence not between 0 and 1, different scales.';

-- transition functions

CREATE FUNCTION clustered_accum(clustered_tally, tally) RETURNS clustered_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clustered_accum';
COMMENT ON FUNCTION clustered_accum(clustered_tally, tally) IS
'Transition function of clustered_tally(tally).';

CREATE FUNCTION clustered_accum_inv(clustered_tally, tally) RETURNS clustered_tally
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clustered_accum_inv';
COMMENT ON FUNCTION clustered_accum_inv(clustered_tally, tally) IS
'Inverse transition function of clustered_tally(tally).';

-- aggregates

CREATE AGGREGATE clustered_tally(tally) (
	sfunc = clustered_accum, stype = clustered_tally, sspace = 640, initcond = '{}',
	msfunc = clustered_accum, minvfunc = clustered_accum_inv, mstype = clustered_tally, msspace = 640, minitcond = '{}',
	combinefunc = clustered_tally_plus, parallel = safe
);
COMMENT ON AGGREGATE clustered_tally(tally) IS
'Clustered tally of one tally for each customer (or store, or agent): all answers of a cluster must be in its one tally. Tallies without answers are no clusters, NULLs count nowhere; without any cluster it is {}, has no scale, and its KPIs are NULL. Exact, in any order and in moving windows. Errors: 22023 different scales, 22003 products of counts beyond 2^63-1.';

CREATE AGGREGATE sum(clustered_tally) (
	sfunc = clustered_tally_plus, stype = clustered_tally, sspace = 640,
	msfunc = clustered_tally_plus, minvfunc = clustered_tally_minus, mstype = clustered_tally, msspace = 640,
	combinefunc = clustered_tally_plus, parallel = safe
);
COMMENT ON AGGREGATE sum(clustered_tally) IS
'All clustered tallies added up, exactly, in any order and in moving windows; their clusters are taken for different ones. NULLs are left out; no rows give NULL. Errors: 22023 different scales, 22003 a number beyond 2^63-1.';
