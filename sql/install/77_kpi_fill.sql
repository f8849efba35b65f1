#since 0.2.0
-- kpi_views: from tables to views for BI tools
--
-- These functions run with the caller's rights.  Their search_path is pg_catalog alone.  With
-- the schema of the extension on it, any role that may create objects there could plant
-- functions and operators that match better than the polymorphic or variadic ones of
-- pg_catalog: format(text, text, text) or = (oid, regclass).  So each function looks up the
-- schema, which may be any and may change, and writes it before each object of the extension.
-- Settings that change what SQL text means are set too.

-- One pass from left to right: a value is never searched for names, so that the name of a
-- column, a zone or a schema may hold any text.  Braces around anything else stay.
CREATE FUNCTION kpi_fill(template text, names jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	filled text;
	unknown text;
BEGIN
	SELECT string_agg(m.part[1] || coalesce(names ->> m.part[2], ''), '' ORDER BY m.place),
			min(m.part[2]) FILTER (WHERE m.part[2] <> '' AND names ->> m.part[2] IS NULL)
		INTO filled, unknown
		FROM regexp_matches(template, '(.*?)(?:\{([a-z_]+)\}|$)', 'g') WITH ORDINALITY AS m (part, place);
	IF unknown IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('nothing is known to put in the place of {%s}', unknown);
	END IF;
	RETURN filled;
END $$;
COMMENT ON FUNCTION kpi_fill(text, jsonb) IS
'The template with the value of its key in names for each {key} of letters and underscores. Error 22023: a key that names does not have.';
