#since 0.2.0
-- kpi_catalog: an UPDATE that changes nothing writes nothing, so that the shipped targets
-- stay in effect

CREATE FUNCTION kpi_catalog_update() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	other text;
BEGIN
	SELECT min(n.key) INTO other
	  FROM jsonb_each_text(to_jsonb(NEW)) n JOIN jsonb_each_text(to_jsonb(OLD)) o ON o.key = n.key
	 WHERE n.key <> ALL (ARRAY['target', 'warning']) AND n.value IS DISTINCT FROM o.value;
	IF other IS NOT NULL THEN
		RAISE EXCEPTION 'column "%" of kpi_catalog cannot be changed', other
			USING ERRCODE = '55000',
				DETAIL = 'It is shipped with the extension, and updates of the extension replace it.',
				HINT = 'You can set only target and warning.';
	END IF;
	IF NEW.target IS DISTINCT FROM OLD.target OR NEW.warning IS DISTINCT FROM OLD.warning THEN
		EXECUTE format('INSERT INTO %I.kpi_target AS t (kpi, target, warning) VALUES ($1, $2, $3)
			ON CONFLICT (kpi) DO UPDATE SET target = EXCLUDED.target, warning = EXCLUDED.warning', TG_TABLE_SCHEMA)
			USING NEW.kpi, NEW.target, NEW.warning;
	END IF;
	RETURN NEW;
END $$;
COMMENT ON FUNCTION kpi_catalog_update() IS
'Trigger function of kpi_catalog: writes target and warning to kpi_target with the rights of the caller. Error 55000: a change of another column.';

CREATE TRIGGER kpi_catalog_update INSTEAD OF UPDATE ON kpi_catalog
	FOR EACH ROW EXECUTE FUNCTION kpi_catalog_update();
COMMENT ON TRIGGER kpi_catalog_update ON kpi_catalog IS 'Writes target and warning to kpi_target.';
