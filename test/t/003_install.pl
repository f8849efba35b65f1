# Installed by somebody without privileges, in any schema, and used under any
# search_path; objects planted beforehand do not get hold of the installer's rights.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('install');
$node->init;
$node->start;
$node->safe_psql('postgres', q{CREATE ROLE installer LOGIN; CREATE ROLE reader LOGIN; GRANT CREATE ON DATABASE postgres TO installer});
my $as = sub { my ($role, $sql, $db) = @_; return $node->psql($db // 'postgres', $sql, extra_params => [ '-U', $role ]) };

for my $schema ('kpi', '"Odd ""Schema"""')
{
	my ($rc, $out, $err) = $as->('installer', "CREATE SCHEMA $schema; CREATE EXTENSION recovery_kpi SCHEMA $schema; GRANT USAGE ON SCHEMA $schema TO reader");
	is($rc, 0, "installed without superuser in $schema") or diag($err);
	(undef, $out, $err) = $as->('reader', "SET search_path = pg_temp; SELECT $schema.nps(s), $schema.csat($schema.csat_tally(s)), ($schema.nps_interval($schema.nps_tally(s))).responses FROM generate_series(1, 5) s");
	is($out, '-100|40|5', "used in $schema with nothing on the path") or diag($err);
	(undef, $out, $err) = $as->('installer', "ALTER EXTENSION recovery_kpi SET SCHEMA public");
	like($err, qr/permission denied/, 'schema of others stays theirs');
	($rc, undef, $err) = $as->('installer', "DROP EXTENSION recovery_kpi; DROP SCHEMA $schema");
	is($rc, 0, 'dropped without a rest') or diag($err);
}
is($node->safe_psql('postgres', q{SELECT count(*) FROM pg_proc WHERE probin LIKE '%recovery_kpi%'}), 0, 'nothing left');

# What an attacker could plant in a schema where somebody with more rights installs.
my $steal = "LANGUAGE plpgsql AS 'BEGIN ALTER ROLE attacker SUPERUSER; RETURN NULL; END'";
my @plants = (
	q{CREATE TYPE tally AS (x int)}, q{CREATE DOMAIN business_calendar AS text}, q{CREATE DOMAIN tally AS int}, q{CREATE TYPE kpi_interval AS (x int)}, q{CREATE TABLE kpi_test (x int)},
	q{CREATE TABLE kpi_target (kpi text, target double precision, warning double precision)}, q{CREATE VIEW kpi_catalog AS SELECT 'crs'::text AS kpi},
	q{CREATE TYPE paired_tally AS (x int)}, q{CREATE DOMAIN weighted_tally AS text}, q{CREATE TYPE clustered_tally AS (x int)}, q{CREATE TYPE driver_model AS (x int)}, q{CREATE TABLE control_chart (x int)},
	"CREATE FUNCTION rate_test(text, text, double precision) RETURNS int $steal",
	"CREATE FUNCTION sparkline(double precision[]) RETURNS text $steal",
	"CREATE FUNCTION suppress(double precision, bigint, bigint) RETURNS double precision $steal",
	"CREATE FUNCTION period_start(text, timestamptz, text) RETURNS date $steal",
	"CREATE FUNCTION within_window(timestamptz, timestamptz, interval, timestamptz) RETURNS boolean $steal",
	"CREATE FUNCTION array_append(double precision[], double precision) RETURNS double precision[] $steal",
	"CREATE FUNCTION eqsel(internal, oid, internal, integer) RETURNS double precision LANGUAGE internal AS 'eqsel'",
	"CREATE FUNCTION kpi_status_error(text, double precision, boolean) RETURNS text $steal",
	"CREATE FUNCTION kpi_status_error(varchar, double precision, bool) RETURNS text $steal",
	"CREATE FUNCTION kpi_catalog_update() RETURNS trigger $steal",
	"CREATE FUNCTION format(text, name) RETURNS text LANGUAGE plpgsql AS 'BEGIN ALTER ROLE attacker SUPERUSER; RETURN ''SELECT true''; END'",
	"CREATE FUNCTION pg_extension_config_dump(text, text) RETURNS void $steal",
	"CREATE OPERATOR >= (leftarg = double precision, rightarg = double precision, function = float8ge)",
	"CREATE FUNCTION numeric_to_float8(numeric) RETURNS double precision $steal",
	"CREATE OPERATOR = (leftarg = int, rightarg = int, function = int4eq)",
	"CREATE FUNCTION tally(integer, integer, bigint[]) RETURNS text $steal");
my ($escalations, $stops, $installs) = (0, 0, 0);
for my $n (0 .. $#plants)
{
	my $db = "planted_$n";
	$node->safe_psql('postgres', "CREATE DATABASE $db");
	$node->safe_psql('postgres', 'DROP ROLE IF EXISTS attacker; CREATE ROLE attacker LOGIN');
	$node->safe_psql($db, 'CREATE SCHEMA shared; GRANT ALL ON SCHEMA shared TO attacker');
	$as->('attacker', "SET search_path = shared; $plants[$n]", $db);
	my ($rc) = $node->psql($db, 'CREATE EXTENSION recovery_kpi SCHEMA shared');
	if ($rc == 0)
	{
		$installs++;
		$node->psql($db, q{SET search_path = shared, pg_catalog; SELECT sparkline(x ORDER BY x), nps(5), csat(5.0), suppress(1, 5, 3), period_start('day', now(), 'UTC') FROM (VALUES (1.0::float8)) v(x);
			SELECT '0..1:{1,2}'::tally = '0..1:{1,2}', sum(t) FROM (SELECT '0..1:{1,2}'::tally AS t) r GROUP BY t});
		$node->psql($db, "SET search_path = shared, pg_catalog; SELECT kpi_status(kpi, target) FROM kpi_catalog; UPDATE kpi_catalog SET target = 90 WHERE kpi = 'crs'; SELECT kpi_status('x', 1)");
	}
	else { $stops++ }
	$escalations += $node->safe_psql('postgres', q{SELECT count(*) FROM pg_roles WHERE rolname = 'attacker' AND rolsuper});
	$node->safe_psql($db, 'DROP OWNED BY attacker CASCADE');
}
is($escalations, 0, scalar(@plants) . " planted objects, no escalation ($stops stopped the script, $installs did nothing)");
cmp_ok($stops, '>=', 12, 'look-alikes stop the script');

# The same before an update, in the schema of a first version: what that did not have
# can be planted, and what stops the update leaves the version as it was.
my ($first) = map { /--([\d.]+)\.sql$/ ? $1 : () } sort glob('sql/upgrade/*.sql');
my ($planted, $undone) = (0, 0);
($escalations, $stops) = (0, 0);
push @plants, q{CREATE TYPE kpi_fact AS (answers text)}, q{CREATE DOMAIN kpi_definition AS text}, "CREATE FUNCTION mean_interval(double precision, double precision, bigint, double precision) RETURNS int $steal",
	"CREATE FUNCTION csat_interval(tally, double precision, integer, varchar) RETURNS kpi_interval $steal", "CREATE FUNCTION retention_test(life_table, life_table, interval, double precision) RETURNS kpi_test $steal";
for my $n (0 .. $#plants)
{
	my $db = "updated_$n";
	$node->safe_psql('postgres', "CREATE DATABASE $db; DROP ROLE IF EXISTS attacker; CREATE ROLE attacker LOGIN");
	$node->safe_psql($db, "CREATE SCHEMA shared; GRANT ALL ON SCHEMA shared TO attacker; CREATE EXTENSION recovery_kpi SCHEMA shared VERSION '$first'");
	my ($rc) = $as->('attacker', "SET search_path = shared; $plants[$n]", $db);
	if ($rc == 0)
	{
		$planted++;
		($rc) = $node->psql($db, 'ALTER EXTENSION recovery_kpi UPDATE');
		if ($rc != 0)
		{
			$stops++;
			$undone++ if $node->safe_psql($db, "SELECT bool_and(extversion = '$first') AND shared.nps(5) = -100 FROM pg_extension WHERE extname = 'recovery_kpi'") eq 't';
		}
		$node->psql($db, "SET search_path = shared, pg_catalog; SELECT kpi_status(kpi, target) FROM kpi_catalog; UPDATE kpi_catalog SET target = 90 WHERE kpi = 'crs'; SELECT kpi_status('x', 1), mean_interval(1, 1, 5), kpi_figure('csat', ROW('1..5:{1,2,3,4,5}', NULL, 1, 1, 1, 1), 0.1)");
		$escalations += $node->safe_psql('postgres', q{SELECT count(*) FROM pg_roles WHERE rolname = 'attacker' AND rolsuper});
	}
	$node->safe_psql($db, 'DROP OWNED BY attacker CASCADE');
	$node->safe_psql('postgres', "DROP DATABASE $db");
}
is($escalations, 0, "$planted objects planted before an update, no escalation ($stops stopped it)");
cmp_ok($stops, '>=', 8, 'look-alikes stop the update');
is($undone, $stops, 'which leaves the first version at work');

$node->stop;
done_testing();
