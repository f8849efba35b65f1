#since 0.2.0
-- kpi_catalog: a value against its target

CREATE FUNCTION kpi_verdict(
	value double precision, direction text, target double precision, warning double precision
) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
	WHEN value IS NULL OR target IS NULL THEN NULL
	WHEN CASE direction WHEN 'higher'::text THEN value >= target ELSE value <= target END THEN 'on target'
	WHEN CASE direction WHEN 'higher'::text THEN value >= warning ELSE value <= warning END THEN 'watch'
	ELSE 'off target' END;
COMMENT ON FUNCTION kpi_verdict(double precision, text, double precision, double precision) IS
'on target, watch or off target: the status of a value against this target and warning, as kpi_status gives it for the target and warning in kpi_catalog. NULL without a value or a target.';

CREATE FUNCTION kpi_status(kpi text, value double precision) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE
			WHEN c.kpi IS NULL
				OR asked.value IN ('NaN'::double precision, 'Infinity'::double precision, '-Infinity'::double precision)
				THEN kpi_status_error(asked.kpi, asked.value, c.kpi IS NOT NULL)
			ELSE kpi_verdict(asked.value, c.direction, c.target, c.warning)
		END
	  FROM (SELECT kpi_status.kpi AS kpi, kpi_status.value AS value) asked
	  LEFT JOIN kpi_catalog c ON c.kpi = asked.kpi;
END;
COMMENT ON FUNCTION kpi_status(text, double precision) IS
'The status of a value against the target and warning in kpi_catalog: on target, watch or off target. A value equal to a limit meets it. Without a warning no value is to be watched. NULL without a value or a target. Errors: 22023 an unknown KPI, 22003 NaN or infinity.';
