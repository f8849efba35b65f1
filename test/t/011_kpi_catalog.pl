# A user's own targets survive changes of the shipped rows, and dump and restore in both formats,
# by the superuser and by the owner.  The catalogue works in a schema of any name, with nothing
# on the path, and after a move to another schema.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('kpi_catalog');
$node->init;
$node->start;
$node->safe_psql('postgres', q{CREATE ROLE "Odd installer" LOGIN; CREATE ROLE manager LOGIN; CREATE ROLE reader LOGIN;
	CREATE ROLE auditor LOGIN; CREATE DATABASE shop OWNER "Odd installer"});
my $as = sub { my ($role, $db, $sql) = @_; return $node->psql($db, $sql, extra_params => [ '-U', $role ]) };
my ($rc, $out, $err);

# Installed without superuser, in a schema of an odd name.
my $odd = '"Odd ""Schema"""';
($rc, undef, $err) = $as->('Odd installer', 'shop',
	"CREATE SCHEMA $odd; CREATE EXTENSION recovery_kpi SCHEMA $odd; GRANT USAGE ON SCHEMA $odd TO manager, reader,
	auditor");
is($rc, 0, 'installed without superuser') or diag($err);
($rc, $out, $err) = $as->('reader', 'shop', "SET search_path = ''; SELECT count(*), $odd.kpi_status('crs', 78),
	$odd.kpi_status('churn_rate', 3.1) FROM $odd.kpi_catalog");
is($out, '30|watch|off target', 'everybody reads, with nothing on the path') or diag($err);
($rc, undef, $err) = $as->('reader', 'shop', "SET search_path = ''; SELECT $odd.kpi_status('CRS', 78)");
like($err, qr/unknown KPI: "CRS"/, 'errors reach the caller as well');
($rc, undef, $err) = $as->('reader', 'shop', "UPDATE $odd.kpi_catalog SET target = 90");
like($err, qr/permission denied for view kpi_catalog/, 'but does not write');
($rc, undef, $err) = $as->('Odd installer', 'shop',
	"SET search_path = ''; UPDATE $odd.kpi_catalog SET target = 90, warning = 85 WHERE kpi = 'crs';
	UPDATE $odd.kpi_catalog SET target = 650.1234567890124 WHERE kpi = 'clv';
	GRANT INSERT, UPDATE, DELETE ON $odd.kpi_target TO manager;
		GRANT UPDATE (target, warning) ON $odd.kpi_catalog TO manager");
is($rc, 0, 'the installer sets targets, and lets others') or diag($err);
($rc, undef, $err) = $as->('manager', 'shop',
	"SET search_path = ''; UPDATE $odd.kpi_catalog SET target = 3, warning = NULL WHERE kpi = 'reopen_rate';
	INSERT INTO $odd.kpi_target VALUES ('of a later version', 1, 2)");
is($rc, 0, 'the manager does') or diag($err);
($rc, undef, $err) = $as->('manager', 'shop',
	"SET search_path = ''; UPDATE $odd.kpi_catalog SET warning = 91 WHERE kpi = 'crs'");
like($err, qr/warning 91 of KPI "crs" is above its target 90/, 'within what makes sense');

$node->safe_psql('shop', "GRANT INSERT, UPDATE, DELETE ON $odd.kpi_target TO auditor;
	GRANT UPDATE (target, warning) ON $odd.kpi_catalog TO auditor");

# An update of the extension rewrites the shipped rows: where the user has set figures they stay,
# elsewhere the new ones count.
$node->safe_psql('shop', "UPDATE $odd.kpi_definition SET target = target + 1, warning = warning + 1;
	UPDATE $odd.kpi_description SET definition = 'of an update'");
is($node->safe_psql('shop', "SELECT kpi, target, warning FROM $odd.kpi_catalog
	WHERE kpi IN ('crs', 'csat', 'clv', 'reopen_rate') ORDER BY kpi"),
	"clv|650.1234567890124|\ncrs|90|85\ncsat|81|76\nreopen_rate|3|",
		'own targets outlive a change of the shipped rows');

# Dump and restore: custom and plain, by the superuser and by the owner of the
# database.  What comes back is the user's; the shipped rows are the script's.
my $figures = "SELECT kpi, float8send(target), float8send(warning) FROM $odd.kpi_target ORDER BY kpi";
my $before = $node->safe_psql('shop', $figures);
my $folder = $node->backup_dir;
mkdir $folder unless -d $folder;
$node->command_ok([ 'pg_dump', '-Fc', '-f', "$folder/custom", '-d', $node->connstr('shop') ], 'pg_dump, custom');
$node->command_ok([ 'pg_dump', '-f', "$folder/plain", '-d', $node->connstr('shop') ], 'pg_dump, plain');
my $dump = slurp_file("$folder/plain");
like($dump, qr/^COPY .*kpi_target/m, 'the dump has the targets');
unlike($dump, qr/of an update/, 'and not the shipped rows');
for my $how ([ 'custom', 'postgres' ], [ 'plain', 'postgres' ], [ 'custom', 'Odd installer' ],
	[ 'plain', 'Odd installer' ])
{
	my ($format, $role) = @$how;
	my $db = "restored_$format" . ($role eq 'postgres' ? '' : '_by_owner');
	my $connstr = $node->connstr($db) . ($role eq 'postgres' ? '' : " user='$role'");
	$node->safe_psql('postgres', qq{CREATE DATABASE $db OWNER "Odd installer"});
	if ($format eq 'custom') { $node->command_ok([ 'pg_restore', '--exit-on-error', '-d', $connstr, "$folder/custom" ],
		"restored: @$how") }
	else { $node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $connstr, '-f', "$folder/plain" ],
		"restored: @$how") }
	is($node->safe_psql($db, $figures), $before, 'the same targets');
	is($node->safe_psql($db, "SELECT count(*), count(*) FILTER (WHERE definition = 'of an update'),
		$odd.kpi_status('csat', 80), $odd.kpi_status('crs', 84) FROM $odd.kpi_catalog"),
		'30|0|on target|off target', 'and shipped rows of the script');
	# PostgreSQL dumps no owner of an extension: restored by a superuser it is the
	# superuser's, and what the former owner granted is gone.
	for my $may ('auditor', $role eq 'postgres' ? () : 'manager')
	{
		($rc, undef, $err) = $as->($may, $db, "UPDATE $odd.kpi_catalog SET target = 2 WHERE kpi = 'reopen_rate'");
		is($rc, 0, "the $may still may") or diag($err);
	}
	($rc) = $as->('reader', $db, "UPDATE $odd.kpi_catalog SET target = 2 WHERE kpi = 'reopen_rate'");
	isnt($rc, 0, 'the reader still may not');
}

# Moved to another schema, in a session that used it before.
$node->safe_psql('postgres', 'CREATE SCHEMA here; CREATE SCHEMA "there, else";
	CREATE EXTENSION recovery_kpi SCHEMA here');
is($node->safe_psql('postgres', q{SET search_path = here; CREATE VIEW public.asked AS SELECT kpi_status('crs', 76);
	SELECT * FROM public.asked; UPDATE kpi_catalog SET target = 70, warning = 60 WHERE kpi = 'fcr';
	ALTER EXTENSION recovery_kpi SET SCHEMA "there, else"; SELECT * FROM public.asked; SET search_path = '';
		UPDATE "there, else".kpi_catalog SET target = 77, warning = 77 WHERE kpi = 'crs'; SELECT * FROM public.asked;
	SELECT "there, else".kpi_status('fcr', 61)}), "watch\nwatch\noff target\nwatch", 'moved, and still at work');
($rc, undef, $err) = $node->psql('postgres', q{UPDATE "there, else".kpi_catalog SET warning = 99 WHERE kpi = 'crs'});
like($err, qr/warning 99 of KPI "crs" is above its target 77/, 'checks too');

# Dropped whole.
($rc, undef, $err) = $as->('Odd installer', 'shop', 'DROP EXTENSION recovery_kpi');
is($rc, 0, 'dropped by the role that installed it') or diag($err);
is($node->safe_psql('shop', q{SELECT count(*) FROM pg_class WHERE relname ~ '^kpi_'}), 0, 'nothing left');

$node->stop;
done_testing();
