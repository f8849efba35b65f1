#since 0.2.0
-- kpi_views: what a KPI of a period is computed from, and how

-- Every KPI of a period, or of a part of it, can be computed from this.  Each field adds up.
CREATE TYPE kpi_fact AS (
	answers tally, life life_table, events bigint, exposure double precision, total numeric, squares numeric
);
COMMENT ON TYPE kpi_fact IS
'What a KPI of a period is computed from: answers (scores, or yes and no); life, the durations; events and exposure, the number of events and what they happened in; total and squares, the sum of amounts and of their squares. Each KPI needs only some of these.';

CREATE FUNCTION kpi_deviation(events bigint, total numeric, squares numeric) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN events > 1::bigint AND total - total = 0::numeric AND squares - squares = 0::numeric THEN
	pg_catalog.sqrt(((events::numeric * squares - total * total)
		/ (events::numeric * (events::numeric - 1::numeric)))::double precision) END;
COMMENT ON FUNCTION kpi_deviation(bigint, numeric, numeric) IS
'Sample standard deviation from the number of values, their total and the sum of their squares, in exact numeric arithmetic. NULL below two values, and if a sum is not finite.';

CREATE FUNCTION kpi_figure(kpi text, fact kpi_fact, discount double precision) RETURNS kpi_interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT i FROM (SELECT CASE
		WHEN $1 IN ('crs', 'csat')
			THEN csat_interval(($2).answers, 0.95::double precision, NULL::integer, 'wilson'::text)
		WHEN $1 = 'nps' THEN nps_interval(($2).answers, 0.95::double precision, 'adjusted'::text)
		WHEN $1 = 'ces' THEN ces_interval(($2).answers, 0.95::double precision)
		WHEN $1 IN ('resolution_time', 'first_response_time') THEN (
			SELECT ROW(extract(epoch FROM t.estimate)::double precision / 3600::double precision,
				extract(epoch FROM t.lower)::double precision / 3600::double precision,
				extract(epoch FROM t.upper)::double precision / 3600::double precision,
				subjects(($2).life))::kpi_interval
			FROM median_time_interval(($2).life, 0.95::double precision) AS t)
		WHEN $1 = 'resolution_rate' THEN (
			SELECT ROW(resolved_within(($2).life, '720:00:00'::interval), 100::double precision - r.upper,
				100::double precision - r.lower, r.responses)::kpi_interval
			FROM retention_interval(($2).life, '720:00:00'::interval, 0.95::double precision) AS r)
		WHEN $1 = 'complaint_rate' THEN (
			SELECT ROW(c.estimate * 100::double precision, c.lower * 100::double precision,
				c.upper * 100::double precision, ($2).exposure::bigint)::kpi_interval
			FROM count_interval(($2).events, ($2).exposure, 0.95::double precision) AS c)
		WHEN $1 = 'sentiment' THEN mean_interval(
			(($2).total / nullif(($2).events, 0::bigint)::numeric)::double precision,
			kpi_deviation(($2).events, ($2).total, ($2).squares), ($2).events, 0.95::double precision)
		WHEN $1 = 'clv' THEN (
			SELECT ROW(v.estimate, CASE WHEN v.estimate IS NOT NULL THEN least(v.lower, v.upper) END,
				CASE WHEN v.estimate IS NOT NULL THEN greatest(v.lower, v.upper) END,
				($2).exposure::bigint)::kpi_interval
			FROM (SELECT ($2).total::double precision / nullif(($2).exposure, 0::double precision) AS margin) AS m,
				rate_interval(($2).answers, 0.95::double precision, 'wilson'::text) AS r,
				LATERAL (SELECT clv(m.margin, r.estimate / 100::double precision, $3) AS estimate,
					clv(m.margin, r.lower / 100::double precision, $3) AS lower,
					clv(m.margin, r.upper / 100::double precision, $3) AS upper) AS v)
		ELSE rate_interval(($2).answers, 0.95::double precision, 'wilson'::text) END AS i) AS figure;
END;
COMMENT ON FUNCTION kpi_figure(text, kpi_fact, double precision) IS
'The value of a KPI of the catalogue with 95 % bounds, in the unit of the KPI, and the number of answers it comes from. An unknown KPI is read as a yes/no rate. discount is the discount of one period; only clv uses it. A value that does not exist is NULL. The views of create_kpi_views get their figures from this function.';

CREATE FUNCTION kpi_change(kpi text, current kpi_fact, baseline kpi_fact, length double precision) RETURNS kpi_test
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE
		WHEN $1 IN ('crs', 'csat') THEN csat_test(($2).answers, ($3).answers, 0.95::double precision, NULL::integer)
		WHEN $1 = 'nps' THEN nps_test(($2).answers, ($3).answers, 0.95::double precision)
		WHEN $1 = 'ces' THEN ces_test(($2).answers, ($3).answers, 0.95::double precision)
		WHEN $1 IN ('resolution_time', 'first_response_time') THEN logrank_test(($2).life, ($3).life)
		WHEN $1 = 'resolution_rate' THEN (
			SELECT ROW(-t.difference, -t.upper, -t.lower, -t.statistic, t.p_value)::kpi_test
			FROM retention_test(($2).life, ($3).life, '720:00:00'::interval, 0.95::double precision) AS t)
		WHEN $1 = 'complaint_rate'
			THEN count_test(($2).events, ($2).exposure * $4, ($3).events, ($3).exposure, 0.95::double precision)
		WHEN $1 = 'sentiment' THEN mean_test(
			(($2).total / nullif(($2).events, 0::bigint)::numeric)::double precision,
			kpi_deviation(($2).events, ($2).total, ($2).squares), ($2).events,
			(($3).total / nullif(($3).events, 0::bigint)::numeric)::double precision,
			kpi_deviation(($3).events, ($3).total, ($3).squares), ($3).events,
			0.95::double precision)
		WHEN $1 <> 'clv' THEN rate_test(($2).answers, ($3).answers, 0.95::double precision)
	END;
END;
COMMENT ON FUNCTION kpi_change(text, kpi_fact, kpi_fact, double precision) IS
'Is the change of a KPI real? The test of its kind: csat_test, nps_test, ces_test or rate_test; the log-rank test for durations, retention_test at 30 days for resolution_rate; the exact test of two counts per customer and day for complaint_rate; Welch for sentiment. length is the length of the current period divided by that of the baseline, so that complaint_rate does not take a short month for a fall. NULL for clv, and if one side is NULL.';
