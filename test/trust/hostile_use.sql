-- hostile_use.sql: a superuser uses the extension, with nothing on the path, where types of
-- pg_temp come first, so that types have their whole names; and first on sources and a target
-- that belong to somebody else.  With LIVE=no in the environment
-- without rollups in schemas of others.
\getenv live LIVE
SELECT shared.create_kpi_views('tgt', 'src');
SELECT shared.create_kpi_views('tgt', 'src', 'week', 'Asia/Tokyo', '2026-01-01 00:00Z');
SELECT shared.drop_kpi_views('tgt');
SELECT shared.create_kpi_views('fresh', 'src');
SELECT shared.drop_kpi_views('fresh');
-- schemas of hostile names, if they are there
SELECT shared.create_kpi_views(nspname::pg_catalog.text, nspname::pg_catalog.text),
	shared.drop_kpi_views(nspname::pg_catalog.text) FROM pg_catalog.pg_namespace WHERE nspname LIKE '%SUPERUSER%';
-- its own, over which the views are read as well
SELECT shared.create_kpi_views('good_bi', 'good');
SELECT shared.create_kpi_views('good_bi', 'good', 'month', 'UTC', pg_catalog.now());
SELECT shared.create_kpi_rollup('good_store', 'good');
SELECT shared.create_kpi_views('good_live', 'good_store');
SELECT shared.refresh_kpi_rollup('good_store'), shared.touch_kpi_rollup('good_store', 'purchase', NULL, NULL);
SELECT pg_catalog.count(x) FROM good_live.kpi_by_period AS x;
SELECT pg_catalog.count(x) FROM shared.check_kpi_rollup('good_store') AS x;
SELECT shared.announce_kpi_signals('good_live', 'good_store');
SELECT shared.drop_kpi_views('good_live'), shared.drop_kpi_rollup('good_store');
-- sources and schemas of others: refused
SELECT shared.create_kpi_rollup('our_store', 'src');
SELECT shared.create_kpi_rollup('tgt', 'good');
\if :live
-- in a schema in which others may create, before and after (kept_store: hostile_live.sql); it writes, and so do
-- triggers, whatever is on the path
SELECT shared.create_kpi_rollup('open_store', 'good');
SELECT shared.create_kpi_views('open_bi', 'open_store');
SELECT shared.refresh_kpi_rollup('open_store', 50);
SET search_path = open_store, kept_store, own, tgt;
INSERT INTO good.purchase VALUES (1, '2026-01-05 12:00Z', 3);
UPDATE good.recovery_case SET resolved_at = '2026-01-06 12:00Z', channel = 'mail' WHERE case_id = 3;
DELETE FROM good.survey_response WHERE response_id = 4;
TRUNCATE good.follow_up;
SET search_path = '';
SELECT shared.refresh_kpi_rollup('open_store'), shared.touch_kpi_rollup('open_store', 'customer', NULL, NULL);
SELECT shared.refresh_kpi_rollup('kept_store'), shared.touch_kpi_rollup('kept_store', 'customer', NULL, NULL);
SELECT shared.announce_kpi_signals('open_bi', 'open_store'), shared.announce_kpi_signals('open_bi', 'kept_store');
SELECT waiting FROM open_store.kpi_rollup_status;
SELECT waiting FROM kept_store.kpi_rollup_status;
SELECT 'live ' || pg_catalog.count(x) FROM (SELECT kpi FROM shared.check_kpi_rollup('open_store')
	UNION ALL SELECT kpi FROM shared.check_kpi_rollup('kept_store')
	UNION ALL (SELECT kpi FROM open_bi.kpi_by_period LIMIT 1)) AS x;
SELECT shared.create_kpi_rollup('kept_store', 'good');
-- what another role says is a rollup
SELECT shared.create_kpi_views('plot_bi', 'plot');
SELECT shared.refresh_kpi_rollup('plot');
SELECT shared.touch_kpi_rollup('plot', 'purchase', NULL, NULL);
SELECT pg_catalog.count(x) FROM shared.check_kpi_rollup('plot') AS x;
SELECT shared.announce_kpi_signals('good_bi', 'plot');
SELECT shared.announce_kpi_signals('plot', 'open_store');
SELECT shared.create_kpi_rollup('plot', 'good');
SELECT shared.drop_kpi_rollup('plot');
\endif
SELECT pg_catalog.format('SELECT pg_catalog.count(x) FROM %I.%I AS x', nspname, relname) FROM pg_catalog.pg_class c
	JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'good_bi' AND c.relkind = 'v' \gexec
SELECT 'read ' || pg_catalog.count(*) FROM pg_catalog.pg_class c
	WHERE c.relnamespace = 'good_bi'::pg_catalog.regnamespace AND c.relkind = 'v';
-- targets and status
SELECT shared.kpi_status('crs'::pg_catalog.text, 80::double precision), shared.kpi_verdict(1::double precision,
	'higher'::pg_catalog.text, 2::double precision, 1::double precision);
UPDATE shared.kpi_catalog SET target = 90, warning = 85 WHERE kpi = 'crs';
INSERT INTO shared.kpi_target VALUES ('csat', 80, 70);
DELETE FROM shared.kpi_target;
-- types, aggregates and readers, with arguments of their types
SELECT shared.nps(5), shared.csat(5::double precision), shared.suppress(1::double precision, 5::bigint, 3::bigint),
	shared.period_start('day'::pg_catalog.text, pg_catalog.now(), 'UTC'::pg_catalog.text);
SELECT shared.csat_interval(shared.csat_tally(5), 0.95::double precision, NULL::integer, 'wilson'::pg_catalog.text),
	shared.mean(shared.nps_tally(4)), shared.sum('0..1:{1,2}'::shared.tally),
	'0..1:{1,2}'::shared.tally OPERATOR(shared.+) '0..1:{1,2}'::shared.tally,
		'0..1:{1,2}'::shared.tally OPERATOR(shared.=) '0..1:{1,2}'::shared.tally;
SELECT t FROM (VALUES ('0..1:{1,2}'::shared.tally), ('0..1:{1,3}')) AS v (t) GROUP BY t;
SELECT shared.sparkline(x ORDER BY x), shared.sentiment('very good'::pg_catalog.text),
	shared.life_table('1 day'::interval, true) FROM (VALUES (1::double precision), (2)) AS v (x);
SELECT shared.kpi_fact_interval('csat'::pg_catalog.text, NULL::double precision,
	ROW('1..5:{1,2,3,4,5}', NULL, NULL, NULL, NULL, NULL)::shared.kpi_fact, 0::double precision);
