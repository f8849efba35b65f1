-- types: made first, so that a planted type of the same name stops the script

CREATE TYPE tally;
CREATE TYPE paired_tally;
CREATE TYPE weighted_tally;
CREATE TYPE clustered_tally;
CREATE TYPE life_table;
CREATE TYPE business_calendar;
CREATE TYPE driver_model;
CREATE TYPE purchase_history;
CREATE TYPE clv_model;

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
'A comparison: difference = current - baseline, of pairs after - before, with its confidence bounds, in the unit of the KPI; the test statistic (positive when current is larger) and the two-sided p-value, 0..1. What cannot be computed is NULL.';

CREATE TYPE control_chart AS (
	center double precision,
	sigma_z double precision,
	points bigint,
	satisfied_from integer
);
COMMENT ON TYPE control_chart IS
'A control chart of a share: its centre in percent; sigma_z, how much more than by chance of sampling it varies from period to period (1 is a p chart), NULL without two neighbouring points or where all are 0 or 100 %; the number of points; the lowest satisfied score. Read with control_limits().';

CREATE TYPE xmr_chart AS (
	center double precision,
	sigma double precision,
	lower double precision,
	upper double precision
);
COMMENT ON TYPE xmr_chart IS
'A control chart of single values: their mean, the standard deviation from the mean moving range, and the limits 3 of them below and above. Without two neighbouring values only the centre is there.';

CREATE TYPE kpi_time_interval AS (
	estimate interval,
	lower interval,
	upper interval
);
COMMENT ON TYPE kpi_time_interval IS
'A time with its confidence bounds. What is not reached is NULL.';
