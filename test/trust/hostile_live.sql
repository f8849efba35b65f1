-- hostile_live.sql: a rollup of the superuser's own, which is there before the attacker plants in
-- its schema.
SELECT shared.create_kpi_rollup('kept_store', 'good'), shared.refresh_kpi_rollup('kept_store');
-- so that the attacker can make tables like its own
GRANT SELECT ON ALL TABLES IN SCHEMA kept_store TO PUBLIC;
