# Installed without superuser, in any schema, and used under any search_path; an update that
# a planted object stops leaves the first version at work.  Item 17 of trust plants objects
# that would strike.  Objects made for one PostgreSQL are not linked for another.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('install');
$node->init;
$node->start;
$node->safe_psql('postgres',
	'CREATE ROLE installer LOGIN; CREATE ROLE reader LOGIN; GRANT CREATE ON DATABASE postgres TO installer');
my $as = sub { my ($role, $sql) = @_; return $node->psql('postgres', $sql, extra_params => [ '-U', $role ]) };

for my $schema ('kpi', '"Odd ""Schema"""')
{
	my ($rc, $out, $err) = $as->('installer', "CREATE SCHEMA $schema; CREATE EXTENSION recovery_kpi SCHEMA $schema;
		GRANT USAGE ON SCHEMA $schema TO reader");
	is($rc, 0, "installed without superuser in $schema") or diag($err);
	(undef, $out, $err) = $as->('reader', "SET search_path = pg_temp;
		SELECT $schema.nps(s), $schema.csat($schema.csat_tally(s)),
			($schema.nps_interval($schema.nps_tally(s))).responses FROM generate_series(1, 5) s");
	is($out, '-100|40|5', "used in $schema with nothing on the path") or diag($err);
	(undef, $out, $err) = $as->('installer', "ALTER EXTENSION recovery_kpi SET SCHEMA public");
	like($err, qr/permission denied/, 'not moved into a schema without the right to create there');
	($rc, undef, $err) = $as->('installer', "DROP EXTENSION recovery_kpi; DROP SCHEMA $schema");
	is($rc, 0, 'dropped whole') or diag($err);
}
is($node->safe_psql('postgres', q{SELECT count(*) FROM pg_proc WHERE probin LIKE '%recovery_kpi%'}), 0, 'nothing left');

# what the first version did not have can be planted in its schema
my ($first) = map { /--([\d.]+)\.sql$/ ? $1 : () } sort glob('sql/upgrade/*.sql');
$node->safe_psql('postgres', "CREATE SCHEMA shared; CREATE EXTENSION recovery_kpi SCHEMA shared VERSION '$first';
	CREATE TYPE shared.kpi_fact AS (answers text)");
my ($rc, undef, $err) = $node->psql('postgres', 'ALTER EXTENSION recovery_kpi UPDATE');
like($err, qr/type "kpi_fact" already exists/, 'a type of the same name stops the update');
is($node->safe_psql('postgres', q{SELECT max(extversion), shared.nps(5) FROM pg_extension
	WHERE extname = 'recovery_kpi'}),
	"$first|-100", 'which leaves the first version at work');

$node->stop;

# make -t makes objects that are empty, and make -q says whether any would be made anew
delete @ENV{qw(MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL)};
my $tree = PostgreSQL::Test::Utils::tempdir();
system('cp', '-r', 'Makefile', 'recovery_kpi.control', 'src', $tree) == 0 or die 'no copy of the tree';
my $config = $ENV{PG_CONFIG} || 'pg_config';
my $other = "$tree/pg_config";
open(my $script, '>', $other) or die "$other: $!";
print $script qq{#!/bin/sh\ncase \$1 in --version) echo PostgreSQL 99.9;; *) exec '$config' "\$@";; esac\n};
close $script;
chmod 0755, $other;
my $make = sub { return system('make', '-s', '-C', $tree, 'recovery_kpi.so', 'with_llvm=no', @_) >> 8 };
is($make->('-t', "PG_CONFIG=$config"), 0, 'objects of a PostgreSQL');
is($make->('-q', "PG_CONFIG=$config"), 0, 'stay for the same one');
is($make->('-q', "PG_CONFIG=$other"), 1, 'are made anew for another one');
is($make->('-q', "PG_CONFIG=$config", 'SCAN=no'), 1, 'and without the scan');

done_testing();
