-- The end of the demo: views for BI tools over the same tables, and their scorecard.

\echo 'All of it for a BI tool: one call makes views over the tables, in built-in types,'
\echo 'with a comment on each view and column.'
\echo

SELECT create_kpi_views('kpi', as_of => :'as_of') AS "views"
\p
\echo
;

\pset title '12. The scorecard: the latest complete month against the one before'
SELECT kpi AS "kpi", to_char(period_start, 'Mon YY') AS "month", round(value::numeric, 2) AS "value",
	round(lower::numeric, 2) || ' - ' || round(upper::numeric, 2) AS "95 % interval",
	target AS "target", status AS "status",
	round(change::numeric, 2) AS "change",
	CASE WHEN p_value < 0.001 THEN '<0.001' ELSE round(p_value::numeric, 3)::text END AS "p"
FROM kpi.kpi_scorecard;
\pset title
\echo 'What needs time has an older month: who was helped in February may still buy within'
\echo 'its 30 days. Times are medians in hours, open cases counted as open; what each KPI'
\echo 'counts, and why: SELECT * FROM kpi_catalog. The views: \\dv+ kpi.*'
\echo
