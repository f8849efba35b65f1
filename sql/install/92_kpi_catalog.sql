-- kpi_catalog: what each KPI is, what it tells, and when it is on target
--
-- The shipped rows are in kpi_definition and are replaced by updates of the
-- extension; the user's own figures are in kpi_target, the only table of it that
-- pg_dump saves.  kpi_catalog shows both as one, and writes to the latter.
-- The extension can be moved to another schema: functions in SQL are bound to
-- the tables themselves, triggers look in the schema they were fired in.

CREATE TABLE kpi_definition (
	kpi text PRIMARY KEY,
	ordinal smallint NOT NULL UNIQUE,
	name text NOT NULL UNIQUE,
	unit text NOT NULL,
	direction text NOT NULL CHECK (direction IN ('higher', 'lower')),
	target double precision,
	warning double precision,
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
	change_impact text NOT NULL,
	needs text[] NOT NULL
);
COMMENT ON TABLE kpi_definition IS
'The KPIs as shipped, a row each. Updates of the extension replace them, and pg_dump leaves them out: write your own targets to kpi_catalog or kpi_target.';
COMMENT ON COLUMN kpi_definition.kpi IS 'Key of the KPI, as in the views.';
COMMENT ON COLUMN kpi_definition.ordinal IS 'Place in lists, from 1.';
COMMENT ON COLUMN kpi_definition.name IS 'Name for people.';
COMMENT ON COLUMN kpi_definition.unit IS 'Unit of its values, targets and bounds.';
COMMENT ON COLUMN kpi_definition.direction IS 'Which is better: higher or lower.';
COMMENT ON COLUMN kpi_definition.target IS 'Shipped target; NULL: none.';
COMMENT ON COLUMN kpi_definition.warning IS 'Shipped warning: values between it and the target are to be watched.';
COMMENT ON COLUMN kpi_definition.definition IS 'What it is.';
COMMENT ON COLUMN kpi_definition.business_insights IS 'What it tells those who decide.';
COMMENT ON COLUMN kpi_definition.measurement_approach IS 'What is counted, dated when, with which interval and test.';
COMMENT ON COLUMN kpi_definition.formula IS 'How it is computed, in words and in SQL.';
COMMENT ON COLUMN kpi_definition.trend_analysis IS 'How to read its course over time.';
COMMENT ON COLUMN kpi_definition.diagnostics IS 'Where to look when it moves.';
COMMENT ON COLUMN kpi_definition.tips IS 'Advice for measuring and improving it.';
COMMENT ON COLUMN kpi_definition.visualization IS 'How to draw it.';
COMMENT ON COLUMN kpi_definition.risk_warnings IS 'How it misleads.';
COMMENT ON COLUMN kpi_definition.tools IS 'Functions and views of this extension that serve it.';
COMMENT ON COLUMN kpi_definition.integration IS 'Source columns that feed it, and where help desks and shops keep them.';
COMMENT ON COLUMN kpi_definition.change_impact IS 'What a change of it means for the business.';
COMMENT ON COLUMN kpi_definition.needs IS 'Columns of the sources that may be missing and without which there is no such KPI, as relation.column.';

-- No foreign key: a dump may hold targets of KPIs that another version knows.
CREATE TABLE kpi_target (
	kpi text PRIMARY KEY,
	target double precision,
	warning double precision
);
COMMENT ON TABLE kpi_target IS
'Your own targets. A row here replaces both shipped figures of its KPI, NULL meaning none; without the row they hold again. Saved by pg_dump and kept by updates of the extension.';
COMMENT ON COLUMN kpi_target.kpi IS 'Key of the KPI, as in kpi_catalog.';
COMMENT ON COLUMN kpi_target.target IS 'Target in the unit of the KPI; NULL: none, so no status either.';
COMMENT ON COLUMN kpi_target.warning IS 'Warning, no better than the target; NULL: what misses the target is off target.';

SELECT pg_catalog.pg_extension_config_dump('kpi_target', '');

CREATE VIEW kpi_catalog WITH (security_invoker = true) AS
SELECT d.kpi, d.name, d.unit, d.direction,
       CASE WHEN t.kpi IS NULL THEN d.target ELSE t.target END AS target,
       CASE WHEN t.kpi IS NULL THEN d.warning ELSE t.warning END AS warning,
       d.definition, d.business_insights, d.measurement_approach, d.formula, d.trend_analysis, d.diagnostics,
       d.tips, d.visualization, d.risk_warnings, d.tools, d.integration, d.change_impact
  FROM kpi_definition d LEFT JOIN kpi_target t ON t.kpi = d.kpi
 ORDER BY d.ordinal;
COMMENT ON VIEW kpi_catalog IS
'The KPIs: targets and twelve attributes each. Set your own with UPDATE kpi_catalog SET target = ..., warning = ... WHERE kpi = ...; DELETE FROM kpi_target brings the shipped ones back.';
COMMENT ON COLUMN kpi_catalog.kpi IS 'Key of the KPI, as in the views.';
COMMENT ON COLUMN kpi_catalog.name IS 'Name for people.';
COMMENT ON COLUMN kpi_catalog.unit IS 'Unit of its values, targets and bounds.';
COMMENT ON COLUMN kpi_catalog.direction IS 'Which is better: higher or lower.';
COMMENT ON COLUMN kpi_catalog.target IS 'Target, yours or else the shipped one; NULL: none.';
COMMENT ON COLUMN kpi_catalog.warning IS 'Values between it and the target are to be watched; yours or else the shipped one.';
COMMENT ON COLUMN kpi_catalog.definition IS 'What it is.';
COMMENT ON COLUMN kpi_catalog.business_insights IS 'What it tells those who decide.';
COMMENT ON COLUMN kpi_catalog.measurement_approach IS 'What is counted, dated when, with which interval and test.';
COMMENT ON COLUMN kpi_catalog.formula IS 'How it is computed, in words and in SQL.';
COMMENT ON COLUMN kpi_catalog.trend_analysis IS 'How to read its course over time.';
COMMENT ON COLUMN kpi_catalog.diagnostics IS 'Where to look when it moves.';
COMMENT ON COLUMN kpi_catalog.tips IS 'Advice for measuring and improving it.';
COMMENT ON COLUMN kpi_catalog.visualization IS 'How to draw it.';
COMMENT ON COLUMN kpi_catalog.risk_warnings IS 'How it misleads.';
COMMENT ON COLUMN kpi_catalog.tools IS 'Functions and views of this extension that serve it.';
COMMENT ON COLUMN kpi_catalog.integration IS 'Source columns that feed it, and where help desks and shops keep them.';
COMMENT ON COLUMN kpi_catalog.change_impact IS 'What a change of it means for the business.';

-- The one check of the user's figures, for the view, direct writes and restores.
CREATE FUNCTION kpi_target_check() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	is_higher boolean;
	figure double precision;
BEGIN
	FOREACH figure IN ARRAY ARRAY[NEW.target, NEW.warning] LOOP
		IF figure IN ('NaN', 'Infinity', '-Infinity') THEN
			RAISE EXCEPTION 'target or warning % of KPI "%" is not finite', figure, NEW.kpi
				USING ERRCODE = '22003', HINT = 'NULL means none.';
		END IF;
	END LOOP;
	EXECUTE format('SELECT direction = ''higher'' FROM %I.kpi_definition WHERE kpi = $1', TG_TABLE_SCHEMA) INTO is_higher USING NEW.kpi;
	IF is_higher IS NULL THEN
		RAISE WARNING 'kpi_target has figures of KPI "%", which this version does not know', NEW.kpi;
	ELSIF is_higher AND NEW.warning > NEW.target THEN
		RAISE EXCEPTION 'warning % of KPI "%" is above its target %', NEW.warning, NEW.kpi, NEW.target
			USING ERRCODE = '22023', DETAIL = 'Higher is better: what lies between warning and target is to be watched.', HINT = 'Give a warning of at most the target, or NULL.';
	ELSIF NOT is_higher AND NEW.warning < NEW.target THEN
		RAISE EXCEPTION 'warning % of KPI "%" is below its target %', NEW.warning, NEW.kpi, NEW.target
			USING ERRCODE = '22023', DETAIL = 'Lower is better: what lies between target and warning is to be watched.', HINT = 'Give a warning of at least the target, or NULL.';
	END IF;
	RETURN NEW;
END $$;
COMMENT ON FUNCTION kpi_target_check() IS
'Trigger function of kpi_target. Errors: 22003 a target or warning that is NaN or infinite; 22023 a warning better than the target. A KPI that is not known gives a warning only, as a dump of another version may have it.';

CREATE TRIGGER kpi_target_check BEFORE INSERT OR UPDATE ON kpi_target FOR EACH ROW EXECUTE FUNCTION kpi_target_check();
COMMENT ON TRIGGER kpi_target_check ON kpi_target IS 'Refuses figures that are not finite, and a warning better than the target.';

-- A row that changes nothing writes nothing, so that it does not pin the shipped figures.
CREATE FUNCTION kpi_catalog_update() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	other text;
BEGIN
	SELECT min(n.key) INTO other FROM jsonb_each_text(to_jsonb(NEW)) n JOIN jsonb_each_text(to_jsonb(OLD)) o ON o.key = n.key
	 WHERE n.key <> ALL (ARRAY['target', 'warning']) AND n.value IS DISTINCT FROM o.value;
	IF other IS NOT NULL THEN
		RAISE EXCEPTION 'column "%" of kpi_catalog cannot be changed', other
			USING ERRCODE = '55000', DETAIL = 'It is shipped with the extension, and its updates replace it.', HINT = 'Only target and warning are yours to set.';
	END IF;
	IF NEW.target IS DISTINCT FROM OLD.target OR NEW.warning IS DISTINCT FROM OLD.warning THEN
		EXECUTE format('INSERT INTO %I.kpi_target AS t (kpi, target, warning) VALUES ($1, $2, $3)
			ON CONFLICT (kpi) DO UPDATE SET target = EXCLUDED.target, warning = EXCLUDED.warning', TG_TABLE_SCHEMA) USING NEW.kpi, NEW.target, NEW.warning;
	END IF;
	RETURN NEW;
END $$;
COMMENT ON FUNCTION kpi_catalog_update() IS
'Trigger function of kpi_catalog: writes target and warning to kpi_target with the rights of the caller. Error 55000: a change of another column.';

CREATE TRIGGER kpi_catalog_update INSTEAD OF UPDATE ON kpi_catalog FOR EACH ROW EXECUTE FUNCTION kpi_catalog_update();
COMMENT ON TRIGGER kpi_catalog_update ON kpi_catalog IS 'Writes target and warning to kpi_target.';

-- Not IMMUTABLE: the planner must not call it ahead of time.
CREATE FUNCTION kpi_status_error(kpi text, value double precision, known boolean) RETURNS text LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF NOT known THEN
		RAISE EXCEPTION 'unknown KPI: "%"', kpi USING ERRCODE = '22023', HINT = 'SELECT kpi FROM kpi_catalog lists them.';
	END IF;
	RAISE EXCEPTION 'value % of KPI "%" is not finite', value, kpi USING ERRCODE = '22003', HINT = 'NULL means that there is no value.';
END $$;
COMMENT ON FUNCTION kpi_status_error(text, double precision, boolean) IS
'Raises the errors of kpi_status(): 22023 for a KPI that is not known, else 22003.';

CREATE FUNCTION kpi_verdict(value double precision, direction text, target double precision, warning double precision) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
	WHEN value IS NULL OR target IS NULL THEN NULL
	WHEN CASE direction WHEN 'higher'::text THEN value >= target ELSE value <= target END THEN 'on target'
	WHEN CASE direction WHEN 'higher'::text THEN value >= warning ELSE value <= warning END THEN 'watch'
	ELSE 'off target' END;
COMMENT ON FUNCTION kpi_verdict(double precision, text, double precision, double precision) IS
'on target, watch or off target: a value against these limits, as kpi_status judges it against those of kpi_catalog; NULL without a value or a target.';

CREATE FUNCTION kpi_status(kpi text, value double precision) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE
			WHEN c.kpi IS NULL OR asked.value IN ('NaN'::double precision, 'Infinity'::double precision, '-Infinity'::double precision)
				THEN kpi_status_error(asked.kpi, asked.value, c.kpi IS NOT NULL)
			ELSE kpi_verdict(asked.value, c.direction, c.target, c.warning)
		END
	  FROM (SELECT kpi_status.kpi AS kpi, kpi_status.value AS value) asked LEFT JOIN kpi_catalog c ON c.kpi = asked.kpi;
END;
COMMENT ON FUNCTION kpi_status(text, double precision) IS
'A value against the target and warning of kpi_catalog: on target, watch or off target, the limits themselves being met; without a warning nothing is to be watched. NULL without a value or a target. Errors: 22023 an unknown KPI, 22003 NaN or infinity.';

-- Everybody reads; whoever installed the extension sets targets, and lets others.
GRANT SELECT ON kpi_definition, kpi_target, kpi_catalog TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON kpi_target TO @extowner@ WITH GRANT OPTION;
GRANT UPDATE ON kpi_catalog TO @extowner@ WITH GRANT OPTION;
