#since 0.2.0
-- kpi_views: what a KPI of a period is computed from, and how

-- Every KPI of a period, or of a part of it, can be computed from this.  Each field adds up.
CREATE TYPE kpi_fact AS (
	answers tally, life life_table, events bigint, exposure double precision, total numeric, squares numeric
);
COMMENT ON TYPE kpi_fact IS
'What a KPI of a period is computed from: answers (scores, or yes and no); life, the durations; events and exposure, the number of events and what they happened in; total and squares, the sum of amounts and of their squares. Each KPI needs only some of these.';

-- How rows are added up: SQL of the fields of kpi_fact, over the column counted of kpi_definition.
CREATE TABLE kpi_fact_kind (
	fact text PRIMARY KEY,
	meaning text NOT NULL,
	answers text,
	life text,
	events text,
	total text,
	squares text,
	flow boolean NOT NULL,
	parts text
);
GRANT SELECT ON kpi_fact_kind TO PUBLIC;
COMMENT ON TABLE kpi_fact_kind IS
'The kinds of facts that a KPI may be computed from, and the aggregate of each field of kpi_fact; kpi_fact_interval and kpi_fact_test read them.';
COMMENT ON COLUMN kpi_fact_kind.fact IS 'The kind, as in kpi_definition.';
COMMENT ON COLUMN kpi_fact_kind.meaning IS 'What the figure is.';
#for field: answers; life; events; total; squares
COMMENT ON COLUMN kpi_fact_kind.<field> IS 'SQL of the field <field> of kpi_fact, with {counted} for what the KPI counts and {filter} after its aggregate; NULL if it needs none.';
#end
COMMENT ON COLUMN kpi_fact_kind.parts IS 'Its name in change_parts; NULL if its changes have no parts.';
COMMENT ON COLUMN kpi_fact_kind.flow IS 'true if a period in which nothing happened counts as 0.';

INSERT INTO kpi_fact_kind VALUES
('rate', 'percentage of true', '{home}.rate_tally({counted}){filter}', NULL, NULL, NULL, NULL, false, 'rate'),
('csat', 'percentage of satisfied scores', '{home}.csat_tally({counted}){filter}', NULL, NULL, NULL, NULL, false,
	'csat'),
('nps', 'promoters minus detractors', '{home}.nps_tally({counted}){filter}', NULL, NULL, NULL, NULL, false, 'nps'),
('ces', 'mean of scores of 1 to 7', '{home}.ces_tally({counted}){filter}', NULL, NULL, NULL, NULL, false, 'mean'),
('mean', 'mean of whole numbers', NULL, NULL, 'count({counted}){filter}', 'sum({counted}){filter}::numeric',
	'sum(({counted}) * ({counted})){filter}::numeric', false, NULL),
('time', 'quantile of durations in hours, with open ones counted as open', NULL,
	'{home}.life_table({counted}){filter}', NULL, NULL, NULL, false, NULL),
('count', 'number of rows', NULL, NULL, 'count(*){filter}', NULL, NULL, true, NULL),
('level', 'running sum of steps up and down', NULL, NULL, 'sum({counted}){filter}::bigint', NULL, NULL, true, NULL),
('per_100', 'number of rows per 100 customers', NULL, NULL, 'count(*){filter}', NULL, NULL, true, NULL),
('share', 'percentage of true, counted already', '{counted}', NULL, NULL, NULL, NULL, false, NULL),
('value', 'lifetime value, from customers kept and what they spent', '{counted}', NULL, NULL, 'l.spent', NULL, false,
	NULL);

CREATE FUNCTION kpi_deviation(events bigint, total numeric, squares numeric) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN events > 1::bigint AND total - total = 0::numeric AND squares - squares = 0::numeric THEN
	pg_catalog.sqrt(((events::numeric * squares - total * total)
		/ (events::numeric * (events::numeric - 1::numeric)))::double precision) END;
COMMENT ON FUNCTION kpi_deviation(bigint, numeric, numeric) IS
'Sample standard deviation from the number of values, their total and the sum of their squares, in exact numeric arithmetic. NULL below two values, and if a sum is not finite.';

CREATE FUNCTION kpi_hours_interval(life life_table, quantile double precision) RETURNS kpi_interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT ROW(extract(epoch FROM t.estimate)::double precision / 3600::double precision,
		extract(epoch FROM t.lower)::double precision / 3600::double precision,
		extract(epoch FROM t.upper)::double precision / 3600::double precision, subjects(life))::kpi_interval
	FROM time_quantile_interval(life, quantile, 0.95::double precision) AS t);
COMMENT ON FUNCTION kpi_hours_interval(life_table, double precision) IS
'A quantile of durations in hours with 95 % bounds, and the number of subjects.';

CREATE FUNCTION kpi_events_interval(events bigint, exposure double precision, scale integer, responses bigint)
RETURNS kpi_interval LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT ROW(c.estimate * scale::double precision, c.lower * scale::double precision,
		c.upper * scale::double precision, $4)::kpi_interval
	FROM count_interval(events, exposure, 0.95::double precision) AS c);
COMMENT ON FUNCTION kpi_events_interval(bigint, double precision, integer, bigint) IS
'scale times the rate of events over an exposure with 95 % bounds, and the number of answers given.';

CREATE FUNCTION kpi_value_interval(
	answers tally, total numeric, exposure double precision, discount double precision
) RETURNS kpi_interval LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT ROW(v.estimate, CASE WHEN v.estimate IS NOT NULL THEN least(v.lower, v.upper) END,
		CASE WHEN v.estimate IS NOT NULL THEN greatest(v.lower, v.upper) END, exposure::bigint)::kpi_interval
	FROM (SELECT total::double precision / nullif(exposure, 0::double precision) AS margin) AS m,
		rate_interval(answers, 0.95::double precision, 'wilson'::text) AS r,
		LATERAL (SELECT clv(m.margin, r.estimate / 100::double precision, discount) AS estimate,
			clv(m.margin, r.lower / 100::double precision, discount) AS lower,
			clv(m.margin, r.upper / 100::double precision, discount) AS upper) AS v);
COMMENT ON FUNCTION kpi_value_interval(tally, numeric, double precision, double precision) IS
'The lifetime value of customers kept and lost (answers), who spent the total, with bounds from the 95 % bounds of the share that is kept; and the number of customers (exposure).';

-- An expression without FROM: the planner puts it in the place of the call, and only the KPIs that
-- need a query of their own begin one.
CREATE FUNCTION kpi_fact_interval(kind text, argument double precision, fact kpi_fact, discount double precision)
RETURNS kpi_interval LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE kind
	WHEN 'csat'::text THEN csat_interval((fact).answers, 0.95::double precision, NULL::integer, 'wilson'::text)
	WHEN 'nps'::text THEN nps_interval((fact).answers, 0.95::double precision, 'adjusted'::text)
	WHEN 'ces'::text THEN ces_interval((fact).answers, 0.95::double precision)
	WHEN 'mean'::text THEN mean_interval(
		((fact).total / nullif((fact).events, 0::bigint)::numeric)::double precision / argument,
		kpi_deviation((fact).events, (fact).total, (fact).squares) / argument, (fact).events, 0.95::double precision)
	WHEN 'time'::text THEN kpi_hours_interval((fact).life, argument)
	WHEN 'count'::text THEN kpi_events_interval((fact).events, 1::double precision, 1, (fact).events)
	WHEN 'level'::text THEN ROW((fact).events::double precision, NULL, NULL, (fact).events)::kpi_interval
	WHEN 'per_100'::text
		THEN kpi_events_interval((fact).events, (fact).exposure, 100, (fact).exposure::bigint)
	WHEN 'value'::text THEN kpi_value_interval((fact).answers, (fact).total, (fact).exposure, discount)
	ELSE rate_interval((fact).answers, 0.95::double precision, 'wilson'::text) END;
COMMENT ON FUNCTION kpi_fact_interval(text, double precision, kpi_fact, double precision) IS
'The figure of a KPI with 95 % bounds, and the number of answers, cases or customers that it comes from. kind and argument are those of kpi_definition; another kind is read as a yes/no rate. discount is the discount of one period; only the kind value uses it. A value that does not exist is NULL; a level has no bounds. The views of create_kpi_views get their figures from this function.';

CREATE FUNCTION kpi_fact_known(kind text, fact kpi_fact) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE kind
	WHEN 'mean'::text THEN (fact).events > 0::bigint
	WHEN 'time'::text THEN subjects((fact).life) > 0::bigint
	WHEN 'count'::text THEN (fact).events IS NOT NULL
	WHEN 'level'::text THEN (fact).events IS NOT NULL
	WHEN 'per_100'::text THEN (fact).exposure > 0::double precision
	WHEN 'value'::text THEN (fact).exposure > 0::double precision
	ELSE responses((fact).answers) > 0::bigint END;
COMMENT ON FUNCTION kpi_fact_known(text, kpi_fact) IS
'Is there a figure, or are there answers, cases or customers that it would come from? NULL or false if not. It is what kpi_fact_interval says, without the bounds, which take most of its time.';

CREATE FUNCTION kpi_fact_test(
	kind text, argument double precision, current kpi_fact, baseline kpi_fact, length double precision
) RETURNS kpi_test LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE $1
		WHEN 'csat'::text
			THEN csat_test(($3).answers, ($4).answers, 0.95::double precision, NULL::integer)
		WHEN 'nps'::text THEN nps_test(($3).answers, ($4).answers, 0.95::double precision)
		WHEN 'ces'::text THEN ces_test(($3).answers, ($4).answers, 0.95::double precision)
		WHEN 'mean'::text THEN mean_test(
			(($3).total / nullif(($3).events, 0::bigint)::numeric)::double precision / $2,
			kpi_deviation(($3).events, ($3).total, ($3).squares) / $2, ($3).events,
			(($4).total / nullif(($4).events, 0::bigint)::numeric)::double precision / $2,
			kpi_deviation(($4).events, ($4).total, ($4).squares) / $2, ($4).events,
			0.95::double precision)
		WHEN 'time'::text THEN logrank_test(($3).life, ($4).life)
		WHEN 'count'::text
			THEN count_test(($3).events, $5, ($4).events, 1::double precision, 0.95::double precision)
		WHEN 'per_100'::text
			THEN count_test(($3).events, ($3).exposure * $5, ($4).events, ($4).exposure, 0.95::double precision)
		WHEN 'level'::text THEN NULL
		WHEN 'value'::text THEN NULL
		ELSE rate_test(($3).answers, ($4).answers, 0.95::double precision)
	END;
END;
COMMENT ON FUNCTION kpi_fact_test(text, double precision, kpi_fact, kpi_fact, double precision) IS
'Is the change of a KPI real? The test of its kind: csat_test, nps_test, ces_test or rate_test; the log-rank test for times; Welch for means; the exact test of two counts per day, or per customer and day. length is the length of the current period divided by that of the baseline, so that a short month is not taken for a fall. kind and argument are those of kpi_definition. NULL for the kinds level and value, and if one side is NULL.';
