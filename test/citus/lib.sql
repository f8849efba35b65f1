-- lib.sql: what the tests over nodes share.
CREATE FUNCTION verdict(holds boolean, what text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN holds THEN 'ok - ' ELSE 'not ok - ' END || what $$;
-- The rows of a view as text, in an order that does not depend on the plan.  Figures are rounded to nine digits, as
-- sums of floating numbers are; only when they are shown, as Citus sends parts of a query as text.
CREATE FUNCTION rows_of(view text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	rows text[];
BEGIN
	EXECUTE format('CREATE TEMPORARY TABLE row_seen AS SELECT * FROM %s', view);
	PERFORM set_config('extra_float_digits', '-6', true);
	SELECT array_agg(r::text ORDER BY r::text COLLATE "C") INTO rows FROM row_seen AS r;
	PERFORM set_config('extra_float_digits', '1', true);
	DROP TABLE row_seen;
	RETURN coalesce(rows, '{}');
END $$;
-- which views of one schema have other rows than those of the other schema, or fail
CREATE FUNCTION differing_views(one text, other text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	v record;
	differing text := '';
BEGIN
	FOR v IN SELECT relname FROM pg_class WHERE relnamespace = one::regnamespace AND relkind = 'v' ORDER BY 1 LOOP
		BEGIN
			IF rows_of(one || '.' || v.relname) <> rows_of(other || '.' || v.relname) THEN
				differing := concat(differing, ' ', v.relname);
			END IF;
		EXCEPTION WHEN OTHERS THEN
			differing := concat(differing, ' ', v.relname, ' (', SQLERRM, ')');
		END;
	END LOOP;
	RETURN differing;
END $$;
-- what a statement says that is refused
CREATE FUNCTION refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN 'done';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLERRM;
END $$;
