\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
-- recovery_kpi_version: the control file has the version; the library, the objects of this
-- database and the control file agree on it.
SELECT recovery_kpi_version() = default_version AS library, installed_version = default_version AS objects
  FROM pg_available_extensions WHERE name = 'recovery_kpi';
SELECT recovery_kpi_version() ~ '^[0-9]+[.][0-9]+[.][0-9]+$' AS three_numbers;
