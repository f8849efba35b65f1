# The programs of docs/drivers.md run, in the order of the page, and print what the page says.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('drivers');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', "listen_addresses = '127.0.0.1'\ntimezone = 'UTC'");
$node->start;
my $port = $node->port;
@ENV{qw(PGHOST PGPORT PGDATABASE)} = ('127.0.0.1', $port, 'postgres');
$ENV{PGUSER} = $node->safe_psql('postgres', 'SELECT current_user');
$ENV{PYTHONDONTWRITEBYTECODE} = 1;
# a date must not shift
$ENV{TZ} = 'America/Los_Angeles';
# Debian's modules of Node.js, or those of npm's registry in a folder of their own
$ENV{NODE_PATH} = '/usr/share/nodejs';
my $modules = PostgreSQL::Test::Utils::tempdir();
if (system(q{node -e 'require("pg")' > /dev/null 2>&1}) && !system(q{command -v npm > /dev/null 2>&1}))
{
	system("cd '$modules' && HOME='$modules' timeout 60 npm install --no-audit --no-fund --ignore-scripts pg\@8 "
		. "> /dev/null 2>&1");
	$ENV{NODE_PATH} = "$modules/node_modules";
}

my $page = PostgreSQL::Test::Utils::slurp_file('docs/drivers.md');
my $jar = '/usr/share/java/postgresql.jar';
my $python = '/usr/bin/python3';
my $folder = PostgreSQL::Test::Utils::tempdir();
# what runs a block, by its heading: how it is seen, what to install, the file, the command
my %runner = (
	'psycopg 3' => [ "$python -c 'import psycopg'", 'python3-psycopg', 'a.py', $python ],
	'psycopg2' => [ "$python -c 'import psycopg2'", 'python3-psycopg2', 'b.py', $python ],
	'SQLAlchemy' => [ "$python -c 'import sqlalchemy, psycopg2'", 'python3-sqlalchemy python3-psycopg2', 'c.py', $python ],
	'JDBC' => [ "test -e $jar && java --list-modules | grep -q jdk.compiler",
		'default-jdk-headless libpostgresql-jdbc-java', 'Kpi.java', 'java', '-XX:TieredStopAtLevel=1', '-cp', $jar ],
	'node-postgres' => [ q{node -e 'require("pg")'}, 'nodejs and node-pg, or npm', 'e.cjs', 'node' ]);

my ($setup) = $page =~ /```sql\n(.*?)```/s;
$node->safe_psql('postgres', $setup);
my $ran = 0;
while ($page =~ /^## ([^\n]+)\n(.*?)(?=^## |\z)/msg)
{
	my ($name, $text) = ($1, $2);
	my ($code, $output) = $text =~ /```(?:python|java|javascript)\n(.*?)```\n```text\n(.*?)```/s or next;
	my ($there, $packages, $file, @command) = @{ $runner{$name} or BAIL_OUT("no runner for $name") };
	SKIP:
	{
		skip "$0: $name: install $packages", 1 if system("{ $there; } > /dev/null 2>&1");
		open(my $out, '>', "$folder/$file") or die $!;
		print $out $code;
		close $out;
		my ($got, $err);
		push @command, "$folder/$file";
		push @command, "jdbc:postgresql://127.0.0.1:$port/postgres?user=$ENV{PGUSER}" if $name eq 'JDBC';
		IPC::Run::run(\@command, '>', \$got, '2>', \$err);
		is($got, $output, "$name prints what the page says") or diag($err);
	}
	$ran++;
}
is($ran, scalar(keys %runner), 'every driver has an example with its output');

$node->stop;
done_testing();
