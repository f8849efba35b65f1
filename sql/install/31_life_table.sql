-- life_table: how long something takes; what is still open counts as censored

CREATE FUNCTION life_table_in(cstring) RETURNS life_table
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_in';
COMMENT ON FUNCTION life_table_in(cstring) IS
'Text form of a life table: exact:{duration:events/censored,...}, durations in seconds.';

CREATE FUNCTION life_table_out(life_table) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_out';
COMMENT ON FUNCTION life_table_out(life_table) IS
'Text form of a life table.';

CREATE FUNCTION life_table_recv(internal) RETURNS life_table
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_recv';
COMMENT ON FUNCTION life_table_recv(internal) IS
'Binary form of a life table: format 1, exact or one of two kinds of buckets, entries.';

CREATE FUNCTION life_table_send(life_table) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_send';
COMMENT ON FUNCTION life_table_send(life_table) IS
'Binary form of a life table.';

CREATE TYPE life_table (
	input = life_table_in, output = life_table_out, receive = life_table_recv, send = life_table_send,
	internallength = variable, alignment = double, storage = extended
);
COMMENT ON TYPE life_table IS
'How many subjects ended (events) and how many were left open (censored) after each duration. Exact to the microsecond up to 1,024 distinct durations. With more, durations share buckets no wider than 0.49 %, split at whole minutes (up to 4 hours), hours (10 days) and days (3,660); counts, sums, the shortest and the longest duration stay exact. Written exact:{seconds:events/censored,...}. Add them up with + or sum(); read them with median_time(), resolved_within(), retention_at() and the like.';

-- readers

CREATE FUNCTION subjects(life_table life_table) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'subjects';
COMMENT ON FUNCTION subjects(life_table) IS
'Number of subjects of a life table, ended or open; 0 if it is empty.';

CREATE FUNCTION events(life_table life_table) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'events';
COMMENT ON FUNCTION events(life_table) IS
'Number of subjects that ended: cases resolved, customers lost.';

CREATE FUNCTION censored(life_table life_table) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'censored';
COMMENT ON FUNCTION censored(life_table) IS
'Number of subjects still open when last seen.';

CREATE FUNCTION shortest_time(life_table life_table) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'shortest_time';
COMMENT ON FUNCTION shortest_time(life_table) IS
'Shortest duration of a life table, ended or open, exact; NULL if it is empty.';

CREATE FUNCTION longest_time(life_table life_table) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'longest_time';
COMMENT ON FUNCTION longest_time(life_table) IS
'Longest duration of a life table, ended or open, exact; NULL if it is empty. If it belongs to an open subject, nothing is known beyond it.';

CREATE FUNCTION retention_at(life_table life_table, "time" interval) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'retention_at';
COMMENT ON FUNCTION retention_at(life_table, interval) IS
'Percentage (0..100) still there after the time: 100 * S(t), Kaplan-Meier; NULL without subjects, and after the longest duration if somebody is open there: nobody was followed so long. A month counts as 30 days of 24 hours. Error 22003: a negative time.';

CREATE FUNCTION resolved_within(life_table life_table, "time" interval) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'resolved_within';
COMMENT ON FUNCTION resolved_within(life_table, interval) IS
'Percentage (0..100) ended by the time: 100 * (1 - S(t)), Kaplan-Meier; NULL without subjects, and after the longest duration if somebody is open there: nobody was followed so long. A month counts as 30 days of 24 hours. Error 22003: a negative time.';

CREATE FUNCTION churn_at(life_table life_table, "time" interval) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'resolved_within';
COMMENT ON FUNCTION churn_at(life_table, interval) IS
'Percentage (0..100) lost by the time: 100 * (1 - S(t)), Kaplan-Meier; NULL without subjects, and after the longest duration if somebody is open there: nobody was followed so long. A month counts as 30 days of 24 hours. Error 22003: a negative time.';

CREATE FUNCTION retention_interval(
	life_table life_table, "time" interval, confidence double precision DEFAULT 0.95
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'retention_interval';
COMMENT ON FUNCTION retention_interval(life_table, interval, double precision) IS
'Percentage still there after the time (Kaplan-Meier) with log-log bounds (variance by Greenwood); responses is the number of subjects. At 100 the lower bound is Wilson''s for those at risk just before the time, at 0 the upper bound is Wilson''s for all subjects. NULL without subjects, and after the longest duration if somebody is open there. Errors: 22003 a negative time, 22023 a confidence outside 0..1.';

CREATE FUNCTION time_quantile(life_table life_table, q double precision) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'time_quantile';
COMMENT ON FUNCTION time_quantile(life_table, double precision) IS
'First time by which the share q (0..1) has ended: S(t) <= 1 - q, Kaplan-Meier; NULL if that is never reached. Without open subjects it equals percentile_disc, not percentile_cont; in a bucketed table it is within 0.5 %. q = 0 gives the first event. Error 22023: q outside 0..1.';

#since 0.2.0
CREATE FUNCTION time_quantile_interval(
	life_table life_table, q double precision, confidence double precision DEFAULT 0.95
) RETURNS kpi_time_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'time_quantile_interval';
COMMENT ON FUNCTION time_quantile_interval(life_table, double precision, double precision) IS
'First time by which the share q (0..1) has ended, with the times where the log-log interval of survival covers 1 - q (Brookmeyer and Crowley 1982). NULL is what is never reached, and the bounds of q = 0 and q = 1. Error 22023: q or a confidence outside 0..1.';
#end

CREATE FUNCTION median_time(life_table life_table) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'median_time';
COMMENT ON FUNCTION median_time(life_table) IS
'First time by which half has ended, Kaplan-Meier: open subjects count as censored. NULL if half is never reached.';

CREATE FUNCTION median_time_interval(
	life_table life_table, confidence double precision DEFAULT 0.95
) RETURNS kpi_time_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'median_time_interval';
COMMENT ON FUNCTION median_time_interval(life_table, double precision) IS
'Median time with the times where the log-log interval of survival covers one half (Brookmeyer and Crowley 1982); a bound never reached is NULL. Error 22023: a confidence outside 0..1.';

CREATE FUNCTION restricted_mean_time(life_table life_table, horizon interval) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'restricted_mean_time';
COMMENT ON FUNCTION restricted_mean_time(life_table, interval) IS
'Mean time up to the horizon: the area under the Kaplan-Meier curve; NULL without subjects. Errors: 22023 if the horizon is past the longest duration and that subject is open, 22003 a negative horizon.';

CREATE FUNCTION restricted_mean_interval(
	life_table life_table, horizon interval, confidence double precision DEFAULT 0.95
) RETURNS kpi_time_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'restricted_mean_interval';
COMMENT ON FUNCTION restricted_mean_interval(life_table, interval, double precision) IS
'Mean time up to the horizon with bounds by the quantile of t, events before the horizon - 1 degrees of freedom, kept within 0..horizon. Bounds are NULL with fewer than 2 such events, and if all ended at one time. Errors: 22023 if the horizon is past the longest duration and that subject is open, or a confidence outside 0..1; 22003 a negative horizon.';

CREATE FUNCTION observed_mean_time(life_table life_table) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'observed_mean_time';
COMMENT ON FUNCTION observed_mean_time(life_table) IS
'Mean duration of the subjects that ended; NULL without events. It is biased, as long durations are still open and left out. It serves to compare with tools that report it; otherwise use median_time or restricted_mean_time.';

CREATE FUNCTION hazard_rate(life_table life_table, per interval) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hazard_rate';
COMMENT ON FUNCTION hazard_rate(life_table, interval) IS
'Events per subject and unit of time under observation, ended or open: events / exposure; NULL without exposure. Error 22003: a unit of zero or less.';

CREATE FUNCTION hazard_interval(
	life_table life_table, per interval, confidence double precision DEFAULT 0.95
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hazard_interval';
COMMENT ON FUNCTION hazard_interval(life_table, interval, double precision) IS
'Events per subject and unit of time under observation, with exact Poisson bounds (Garwood 1936); responses is the number of subjects. NULL without exposure. Errors: 22003 a unit of zero or less, 22023 a confidence outside 0..1.';

CREATE FUNCTION life_curve(
	life_table life_table, confidence double precision DEFAULT 0.95,
	OUT at interval, OUT at_risk bigint, OUT events bigint, OUT censored bigint,
	OUT survival double precision, OUT lower double precision, OUT upper double precision
) RETURNS SETOF record
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 200 AS 'MODULE_PATHNAME', 'life_curve';
COMMENT ON FUNCTION life_curve(life_table, double precision) IS
'The Kaplan-Meier curve: a row for every duration (or bucket, at its end) with the number of subjects at risk before it, the numbers that ended and that were left open at it, and survival past it as a percentage (0..100) with the bounds of retention_interval. No rows if the table is empty. Error 22023: a confidence outside 0..1.';

CREATE FUNCTION logrank_test(current life_table, baseline life_table) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'logrank_test';
COMMENT ON FUNCTION logrank_test(life_table, life_table) IS
'Do the two curves differ (log-rank)? statistic = chi-square with 1 degree of freedom, p_value; difference = median time of current - median time of baseline, in hours, NULL if one is not reached; there are no bounds. In bucketed tables the events of a bucket are evenly spread over it. A value that cannot be computed is NULL.';

CREATE FUNCTION restricted_mean_test(
	current life_table, baseline life_table, horizon interval, confidence double precision DEFAULT 0.95
) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'restricted_mean_test';
COMMENT ON FUNCTION restricted_mean_test(life_table, life_table, interval, double precision) IS
'Difference of mean times up to the horizon, current - baseline, in hours, with bounds, t and p by the degrees of freedom of Welch and Satterthwaite, from events before the horizon - 1 of each table. They are NULL if one has fewer than 2 such events. Errors: 22023 if the horizon is past the longest duration of one table and that subject is open, or a confidence outside 0..1; 22003 a negative horizon.';

#since 0.2.0
CREATE FUNCTION retention_test(
	current life_table, baseline life_table, "time" interval, confidence double precision DEFAULT 0.95
) RETURNS kpi_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'retention_test';
COMMENT ON FUNCTION retention_test(life_table, life_table, interval, double precision) IS
'Is the change of the share still there after the time real? difference = current - baseline in percentage points; statistic and p of a z test on the log-log scale (Klein and others 2007), of a z test of two shares where one is 0 or 100; bounds from the sum of the squared distances to the bounds of both (retention_interval). For the share resolved or lost, change the signs. p is NULL if both are 100 or both are 0; everything is NULL if one table is empty or was not followed so long. Errors: 22003 a negative time, 22023 a confidence outside 0..1.';
#end

-- operators

CREATE FUNCTION life_table_plus(life_table, life_table) RETURNS life_table
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_plus';
COMMENT ON FUNCTION life_table_plus(life_table, life_table) IS
'The subjects of both life tables. Error 22003: more than 2^63-1 subjects.';

CREATE OPERATOR + (leftarg = life_table, rightarg = life_table, function = life_table_plus, commutator = +);
COMMENT ON OPERATOR + (life_table, life_table) IS 'The subjects of both life tables.';

#for type | c | one | many: life_table | life_table | life table | life tables
#include order.inc
#end

#since 0.2.0
CREATE FUNCTION kpi_life_packed(life_table) RETURNS life_table
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'kpi_life_packed';
COMMENT ON FUNCTION kpi_life_packed(life_table) IS
'The same life table in fewer bytes, as a rollup stores it; functions and operators read both.';
#end

#since 0.2.0
CREATE FUNCTION kpi_life_open(starts timestamptz[], as_of timestamptz) RETURNS life_table
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'kpi_life_open';
COMMENT ON FUNCTION kpi_life_open(timestamptz[], timestamptz) IS
'The life table of subjects that began at these times and are open at as_of: life_table(start, NULL, as_of) of each. Starts that are NULL or after as_of are not counted; NULL gives NULL, no starts the empty table. Error 22003: an infinite time, or one too far from the other.';
#end

-- transition functions: add one subject

CREATE FUNCTION life_table_accum(life_table, timestamptz, timestamptz, timestamptz) RETURNS life_table
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_accum';
COMMENT ON FUNCTION life_table_accum(life_table, timestamptz, timestamptz, timestamptz) IS
'Transition function of life_table(start, finish, as_of).';

CREATE FUNCTION life_table_accum_duration(life_table, interval, boolean) RETURNS life_table
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_accum_duration';
COMMENT ON FUNCTION life_table_accum_duration(life_table, interval, boolean) IS
'Transition function of life_table(duration, observed).';

CREATE FUNCTION life_table_final(life_table) RETURNS life_table
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'life_table_final';
COMMENT ON FUNCTION life_table_final(life_table) IS
'Final function: sorts the entries by time.';

-- aggregates

CREATE AGGREGATE life_table(start timestamptz, finish timestamptz, as_of timestamptz) (
	sfunc = life_table_accum, stype = life_table, sspace = 2048, finalfunc = life_table_final, initcond = 'exact:{}',
	combinefunc = life_table_plus, parallel = safe
);
COMMENT ON AGGREGATE life_table(timestamptz, timestamptz, timestamptz) IS
'Life table of cases or customers as of a time: with finish by as_of they are events, otherwise (finish NULL or later) open and censored at as_of. Rows with start NULL or after as_of are ignored; no rows give an empty table. Errors: 22003 finish before start or an infinite time, 22004 as_of NULL.';

CREATE AGGREGATE life_table(duration interval, observed boolean) (
	sfunc = life_table_accum_duration, stype = life_table, sspace = 2048, finalfunc = life_table_final,
	initcond = 'exact:{}',
	combinefunc = life_table_plus, parallel = safe
);
COMMENT ON AGGREGATE life_table(interval, boolean) IS
'Life table of durations: observed is true if the subject ended then, false if it was still open (censored). Rows with a NULL are ignored; no rows give an empty table. A month counts as 30 days of 24 hours. Error 22003: a negative duration.';

CREATE AGGREGATE sum(life_table) (
	sfunc = life_table_plus, stype = life_table, sspace = 2048, finalfunc = life_table_final,
	combinefunc = life_table_plus, parallel = safe
);
COMMENT ON AGGREGATE sum(life_table) IS
'Sum of life tables: bit for bit the same as the life table of all rows. NULLs are ignored; no rows give NULL. Error 22003: more than 2^63-1 subjects.';

CREATE AGGREGATE resolution_time(start timestamptz, finish timestamptz, as_of timestamptz) (
	sfunc = life_table_accum, stype = life_table, sspace = 2048, finalfunc = median_time, initcond = 'exact:{}',
	combinefunc = life_table_plus, parallel = safe
);
COMMENT ON AGGREGATE resolution_time(timestamptz, timestamptz, timestamptz) IS
'Median time to resolution as of a time, Kaplan-Meier: cases still open count as censored. NULL if the median is not reached, and for no rows. Rows with start NULL or after as_of are ignored. Errors: 22003 finish before start or an infinite time, 22004 as_of NULL.';
