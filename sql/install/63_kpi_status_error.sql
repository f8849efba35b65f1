#since 0.2.0
-- kpi_catalog: not IMMUTABLE, as the planner must not call it ahead of time

CREATE FUNCTION kpi_status_error(kpi text, value double precision, known boolean) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF NOT known THEN
		RAISE EXCEPTION 'unknown KPI: "%"', kpi
			USING ERRCODE = '22023', HINT = 'SELECT kpi FROM kpi_catalog lists them.';
	END IF;
	RAISE EXCEPTION 'value % of KPI "%" is not finite', value, kpi
		USING ERRCODE = '22003', HINT = 'NULL means that there is no value.';
END $$;
COMMENT ON FUNCTION kpi_status_error(text, double precision, boolean) IS
'Raises the errors of kpi_status(): 22023 for an unknown KPI, else 22003.';
