#since 0.2.0
-- kpi_catalog: what each KPI is, what it tells, and when it is on target
--
-- The shipped rows are in kpi_definition (what a KPI counts and how) and in kpi_description (what
-- a practitioner should know about it); updates of the extension replace them.  The user's own
-- targets are in kpi_target, the only table of the extension that pg_dump saves.  kpi_catalog
-- shows all as one and writes to kpi_target.  The extension can be moved to another schema:
-- functions in SQL are bound to the tables themselves, and trigger functions look in the schema
-- of the table that fired them.

-- A row here is a KPI: create_kpi_views puts it into every view.
CREATE TABLE kpi_definition (
	kpi text PRIMARY KEY,
	ordinal smallint NOT NULL UNIQUE,
	name text NOT NULL UNIQUE,
	unit text NOT NULL,
	direction text NOT NULL CHECK (direction IN ('higher', 'lower')),
	target double precision,
	warning double precision,
	monthly boolean NOT NULL DEFAULT false,
	list text NOT NULL,
	counted text NOT NULL,
	dated text NOT NULL,
	fact text NOT NULL,
	argument double precision,
	wait interval NOT NULL DEFAULT '0',
	left_out text NOT NULL DEFAULT 'false',
	chart text CHECK (chart IN ('p', 'xmr', 'root', 'quantile')),
	least double precision,
	most double precision,
	segmented boolean NOT NULL DEFAULT true,
	needs text[] NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE kpi_definition IS
'The KPIs as shipped, one row each: what is counted, dated by what, and how it is read. create_kpi_views makes the views from these rows. Updates of the extension replace them, and pg_dump leaves them out: write your own targets to kpi_catalog or kpi_target.';
COMMENT ON COLUMN kpi_definition.ordinal IS 'Place in lists, from 1.';
COMMENT ON COLUMN kpi_definition.target IS 'Shipped target; NULL means none.';
COMMENT ON COLUMN kpi_definition.warning IS 'Shipped warning: values between warning and target are to be watched.';
COMMENT ON COLUMN kpi_definition.monthly IS 'true if the figure depends on the length of the period, so that the shipped target is for months only.';
COMMENT ON COLUMN kpi_definition.list IS 'The list whose rows it counts, a part of kpi_view_part: case_list, answer, and others.';
COMMENT ON COLUMN kpi_definition.counted IS 'What it counts in a row of the list, SQL over l: true or false, a score, a number, or a duration and whether it has ended; NULL if the row is not judged.';
COMMENT ON COLUMN kpi_definition.dated IS 'The column of the list that dates a row.';
COMMENT ON COLUMN kpi_definition.fact IS 'How rows are added up and read, a row of kpi_fact_kind.';
COMMENT ON COLUMN kpi_definition.argument IS 'Of time: the quantile; of mean: how many counted units are one unit of the KPI. NULL elsewhere.';
COMMENT ON COLUMN kpi_definition.wait IS 'How long a row waits for what is counted: a period is complete when it is over for this long.';
COMMENT ON COLUMN kpi_definition.left_out IS 'Which rows cannot be counted, SQL over l: source_check lists the reasons.';
COMMENT ON COLUMN kpi_definition.chart IS 'Its control chart in kpi_trend: p (Laney''s p'' of a share), xmr, root (XmR of cube roots, for times and amounts, which are skewed), or quantile (Laney''s p'' of the share within the centre, read off the distribution of the baseline: for quantiles in a tail); NULL means none.';
COMMENT ON COLUMN kpi_definition.least IS 'Least value that the KPI can have; NULL means no bound.';
COMMENT ON COLUMN kpi_definition.most IS 'Greatest value that the KPI can have; NULL means no bound.';
COMMENT ON COLUMN kpi_definition.segmented IS 'true if it is shown by dimension too.';
COMMENT ON COLUMN kpi_definition.needs IS 'Optional source columns that the KPI needs, as relation.column; with relation.a|relation.b one of them is enough. Without them it is left out.';

CREATE TABLE kpi_description (
	kpi text PRIMARY KEY,
	definition text NOT NULL,
	business_insights text NOT NULL,
	measurement_approach text NOT NULL,
	formula text NOT NULL,
	trend_analysis text NOT NULL,
	diagnostics text NOT NULL,
	tips text NOT NULL,
	visualization text NOT NULL,
	risk_warnings text NOT NULL,
	tools text NOT NULL,
	integration text NOT NULL,
	change_impact text NOT NULL
);
COMMENT ON TABLE kpi_description IS
'What a practitioner should know about each KPI, as shipped. Updates of the extension replace the rows, and pg_dump leaves them out.';

-- No foreign key: a dump may hold targets of KPIs that only another version knows.
CREATE TABLE kpi_target (
	kpi text PRIMARY KEY,
	target double precision,
	warning double precision
);
COMMENT ON TABLE kpi_target IS
'Your own targets. A row here replaces both shipped figures of its KPI; NULL means none. Without the row the shipped figures apply again. pg_dump saves this table, and updates of the extension keep it.';
COMMENT ON COLUMN kpi_target.kpi IS 'Key of the KPI, as in kpi_catalog.';
COMMENT ON COLUMN kpi_target.target IS 'Target in the unit of the KPI; NULL means none, so the KPI has no status.';
COMMENT ON COLUMN kpi_target.warning IS 'Warning in the unit of the KPI, no better than the target; NULL means none: a value that misses the target is off target.';

SELECT pg_catalog.pg_extension_config_dump('kpi_target', '');

CREATE VIEW kpi_catalog WITH (security_invoker = true) AS
SELECT d.kpi, d.name, d.unit, d.direction,
       CASE WHEN t.kpi IS NULL THEN d.target ELSE t.target END AS target,
       CASE WHEN t.kpi IS NULL THEN d.warning ELSE t.warning END AS warning,
       p.definition, p.business_insights, p.measurement_approach, p.formula, p.trend_analysis, p.diagnostics,
       p.tips, p.visualization, p.risk_warnings, p.tools, p.integration, p.change_impact
  FROM kpi_definition d LEFT JOIN kpi_description p ON p.kpi = d.kpi LEFT JOIN kpi_target t ON t.kpi = d.kpi
 ORDER BY d.ordinal;
COMMENT ON VIEW kpi_catalog IS
'The KPIs, one row each: the target and twelve attributes. Set your own target with UPDATE kpi_catalog SET target = ..., warning = ... WHERE kpi = ...; DELETE FROM kpi_target brings the shipped targets back.';
COMMENT ON COLUMN kpi_catalog.target IS 'Target: yours, or else the shipped one; NULL means none.';
COMMENT ON COLUMN kpi_catalog.warning IS 'Warning: yours, or else the shipped one. Values between warning and target are to be watched.';

#for column | meaning:
#	kpi | Key of the KPI, as in the views;
#	name | Name to show;
#	unit | Unit of its values, targets and bounds;
#	direction | Which values are better: higher or lower
COMMENT ON COLUMN kpi_definition.<column> IS '<meaning>.';
COMMENT ON COLUMN kpi_catalog.<column> IS '<meaning>.';
#end
COMMENT ON COLUMN kpi_description.kpi IS 'Key of the KPI.';
#for column | meaning:
#	definition | What it is;
#	business_insights | What it tells decision makers;
#	measurement_approach | What is counted, how it is dated, and which interval and test are used;
#	formula | How it is computed, in words and in SQL;
#	trend_analysis | How to read its trend;
#	diagnostics | Where to look when it moves;
#	tips | Advice for measuring and improving it;
#	visualization | How to draw it;
#	risk_warnings | How it can mislead;
#	tools | Functions and views of this extension for it;
#	integration | Source columns it is computed from, and where help desks and shops keep them;
#	change_impact | What a change means for the business
COMMENT ON COLUMN kpi_description.<column> IS '<meaning>.';
COMMENT ON COLUMN kpi_catalog.<column> IS '<meaning>.';
#end

-- Everybody may read.  The role that installed the extension may set targets, and let others.
GRANT SELECT ON kpi_definition, kpi_description, kpi_target, kpi_catalog TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON kpi_target TO @extowner@ WITH GRANT OPTION;
GRANT UPDATE ON kpi_catalog TO @extowner@ WITH GRANT OPTION;
