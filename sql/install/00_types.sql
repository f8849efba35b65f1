-- types: made first, so that a planted type of the same name stops the script

CREATE TYPE tally;

CREATE TYPE life_table;

CREATE TYPE business_calendar;

CREATE TYPE kpi_interval AS (
	estimate double precision,
	lower double precision,
	upper double precision,
	responses bigint
);
COMMENT ON TYPE kpi_interval IS
'A KPI with its confidence bounds, in the unit of the KPI, and the number of answers behind it. Without answers estimate and bounds are NULL and responses is 0.';

CREATE TYPE kpi_test AS (
	difference double precision,
	lower double precision,
	upper double precision,
	statistic double precision,
	p_value double precision
);
COMMENT ON TYPE kpi_test IS
'A comparison: difference = current - baseline with its confidence bounds, in the unit of the KPI; the test statistic (positive when current is larger) and the two-sided p-value, 0..1. What cannot be computed is NULL.';

CREATE TYPE kpi_time_interval AS (
	estimate interval,
	lower interval,
	upper interval
);
COMMENT ON TYPE kpi_time_interval IS
'A time with its confidence bounds. What is not reached is NULL.';
