-- types: made first, so that a planted type of the same name stops the script

CREATE TYPE tally;
CREATE TYPE paired_tally;
CREATE TYPE weighted_tally;
#since 0.2.0
CREATE TYPE clustered_tally;
#end
CREATE TYPE life_table;
CREATE TYPE business_calendar;
#since 0.2.0
CREATE TYPE status_clock;
#end
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
'A KPI with its confidence bounds, in the unit of the KPI, and the number of answers it comes from. Without answers the estimate and the bounds are NULL, and responses is 0.';

CREATE TYPE kpi_test AS (
	difference double precision,
	lower double precision,
	upper double precision,
	statistic double precision,
	p_value double precision
);
COMMENT ON TYPE kpi_test IS
'A comparison: the difference (current - baseline; for pairs, after - before) with its confidence bounds, in the unit of the KPI; the test statistic, positive when current is larger; and the two-sided p-value, 0..1. A value that cannot be computed is NULL.';

CREATE TYPE control_chart AS (
	center double precision,
	sigma_z double precision,
	points bigint,
	satisfied_from integer
);
COMMENT ON TYPE control_chart IS
'A control chart of a share. center: the centre in percent. sigma_z: how much more the share varies between periods than sampling alone explains (1 is a p chart); NULL without two neighbouring points, or if all points are 0 or 100 %. points: the number of points. satisfied_from: the lowest satisfied score. Read it with control_limits().';

CREATE TYPE xmr_chart AS (
	center double precision,
	sigma double precision,
	lower double precision,
	upper double precision,
	points bigint
);
COMMENT ON TYPE xmr_chart IS
'A control chart of single values: their mean (center), the standard deviation estimated from the mean moving range (sigma), the control limits 3 sigma below and above the mean, and the number of values (points; NULL in a chart stored by version 0.1.0). Without two neighbouring values sigma and the limits are NULL. For limits from few points read it with xmr_limits().';

CREATE TYPE kpi_time_interval AS (
	estimate interval,
	lower interval,
	upper interval
);
COMMENT ON TYPE kpi_time_interval IS
'A time with its confidence bounds. A time or a bound that is never reached is NULL.';
#since 0.2.0

CREATE TYPE series_break AS (
	level double precision,
	level_lower double precision,
	level_upper double precision,
	level_p double precision,
	slope double precision,
	slope_lower double precision,
	slope_upper double precision,
	slope_p double precision,
	points bigint
);
COMMENT ON TYPE series_break IS
'A break in a series. level: the jump at the first period after it, in the unit of the values; slope: by how much the change from period to period differs after it; each with 95 % bounds and a two-sided p. points: the number of values. A p that cannot be computed is NULL.';
