#since 0.2.0
-- live: the outbox

CREATE FUNCTION kpi_event_tables(store_schema text) RETURNS void
LANGUAGE plpgsql STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
BEGIN
	IF to_regclass(format('%I.kpi_event', store_schema)) IS NULL THEN
		EXECUTE format('CREATE TABLE %I.kpi_event (event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, '
			'announced_at timestamptz NOT NULL, kind text NOT NULL, kpi text, period_start date, case_id text, '
			'customer_id text, value double precision, reference double precision, message text NOT NULL)',
				store_schema);
		EXECUTE format('COMMENT ON TABLE %I.kpi_event IS %L', store_schema,
			'What people should hear of, once each, in order of event_id. Take events by DELETE ... RETURNING.');
	END IF;
	IF to_regclass(format('%I.kpi_announced', store_schema)) IS NULL THEN
		EXECUTE format('CREATE TABLE %I.kpi_announced (subject text PRIMARY KEY, announced_at timestamptz NOT NULL)',
			store_schema);
		EXECUTE format('COMMENT ON TABLE %I.kpi_announced IS %L', store_schema,
			'What was put into kpi_event already, so that nobody hears of it twice.');
	END IF;
END $$;
COMMENT ON FUNCTION kpi_event_tables(text) IS
'Makes the tables of the outbox, kpi_event and kpi_announced, where they are not there.';
