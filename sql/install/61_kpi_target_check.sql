#since 0.2.0
-- kpi_catalog: the one check of the user's targets, for the view, direct writes and restores

CREATE FUNCTION kpi_target_check() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	is_higher boolean;
	figure double precision;
BEGIN
	FOREACH figure IN ARRAY ARRAY[NEW.target, NEW.warning] LOOP
		IF figure IN ('NaN', 'Infinity', '-Infinity') THEN
			RAISE EXCEPTION 'target or warning % of KPI "%" is not finite', figure, NEW.kpi
				USING ERRCODE = '22003', HINT = 'Use NULL for none.';
		END IF;
	END LOOP;
	EXECUTE format('SELECT direction = ''higher'' FROM %I.kpi_definition WHERE kpi = $1', TG_TABLE_SCHEMA)
		INTO is_higher USING NEW.kpi;
	IF is_higher IS NULL THEN
		RAISE WARNING 'kpi_target has a row for KPI "%", which this version does not know', NEW.kpi;
	ELSIF is_higher AND NEW.warning > NEW.target THEN
		RAISE EXCEPTION 'warning % of KPI "%" is above its target %', NEW.warning, NEW.kpi, NEW.target
			USING ERRCODE = '22023',
				DETAIL = 'Higher is better: values between warning and target are to be watched.',
				HINT = 'Give a warning of at most the target, or NULL.';
	ELSIF NOT is_higher AND NEW.warning < NEW.target THEN
		RAISE EXCEPTION 'warning % of KPI "%" is below its target %', NEW.warning, NEW.kpi, NEW.target
			USING ERRCODE = '22023',
				DETAIL = 'Lower is better: values between target and warning are to be watched.',
				HINT = 'Give a warning of at least the target, or NULL.';
	END IF;
	RETURN NEW;
END $$;
COMMENT ON FUNCTION kpi_target_check() IS
'Trigger function of kpi_target. Errors: 22003 a target or warning that is NaN or infinite; 22023 a warning better than the target. An unknown KPI gives only a warning, as it may come from the dump of another version.';

CREATE TRIGGER kpi_target_check BEFORE INSERT OR UPDATE ON kpi_target
	FOR EACH ROW EXECUTE FUNCTION kpi_target_check();
COMMENT ON TRIGGER kpi_target_check ON kpi_target IS 'Rejects targets and warnings that are not finite, and a warning better than the target.';
