# The views for BI tools through the drivers of BI tools: JDBC, ODBC, SQLAlchemy.  A reader
# for each in test/clients prints views, columns, types, comments and rows as the driver
# shows them; all must print what psql says (test/clients/expected.sql).
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('clients');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', "listen_addresses = '127.0.0.1'\ntimezone = 'Asia/Tokyo'\nautovacuum = off");
$node->start;
my ($schema, $reader, $kpi, $since, $port) = ('Bi Views', 'bi_reader', 'crs', '2025-08-01', $node->port);
# days must not shift
$ENV{TZ} = 'America/Los_Angeles';
$ENV{PYTHONDONTWRITEBYTECODE} = 1;

# psql runs a script with variables; its lines
sub script
{
	my ($file, %variable) = @_;
	my @command = ('psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('postgres'),
		(map { ('-v', "$_=$variable{$_}") } sort keys %variable), '-f', $file);
	my ($out, $err);
	IPC::Run::run(\@command, '>', \$out, '2>', \$err) or die "$file: $err";
	return split(/\n/, $out);
}

#
# the example of the documentation, in a schema whose name must be quoted; nothing granted
# but that, the views and their sources: not even the schema of the extension
#
script('docs/views/example.sql');
$node->safe_psql('postgres', q{
	CREATE TABLE shop.follow_up AS SELECT response_id, responded_at + interval '1 day' AS contacted_at
		FROM shop.survey_response WHERE csat <= 3 AND response_id % 4 > 0;
	CREATE TABLE shop.case_event AS SELECT case_id, opened_at AS at, 'new' AS status FROM shop.recovery_case
		UNION ALL SELECT case_id, opened_at + interval '90 minutes', 'pending' FROM shop.recovery_case
			WHERE case_id % 2 = 0
		UNION ALL SELECT case_id, resolved_at, 'solved' FROM shop.recovery_case WHERE resolved_at IS NOT NULL;
	-- something for source_check
	INSERT INTO shop.survey_response (response_id, responded_at, csat) VALUES (9001, '2025-11-03', 9)});
$node->safe_psql('postgres', qq{
	SELECT drop_kpi_views('bi'), create_kpi_views('$schema', 'shop', 'month', 'Europe/Berlin', '2025-12-15 00:00+01');
	ANALYZE;	-- the same plans for all: sums of doubles depend on the order of the rows
	CREATE ROLE $reader LOGIN;
	GRANT USAGE ON SCHEMA "$schema" TO $reader;
	GRANT SELECT ON ALL TABLES IN SCHEMA "$schema", shop TO $reader;
	REVOKE ALL ON SCHEMA public FROM PUBLIC});
is($node->safe_psql('postgres', "SELECT nspname, has_schema_privilege('$reader', oid, 'USAGE') FROM pg_namespace
	WHERE nspname IN ('$schema', 'shop', 'public') ORDER BY 1"),
	"$schema|t\npublic|f\nshop|f", 'the reader can use one schema');

#
# nothing in them that a BI tool cannot digest, except that the figure is called value
#
is_deeply([ script('test/clients/lint.sql', schema => $schema) ],
	[ map { "$_.value: a keyword" } qw(kpi_by_period kpi_by_segment kpi_scorecard kpi_trend recovery_effect) ],
		'no faults in the views, but the word value');
$node->safe_psql('postgres', q{CREATE SCHEMA bad; CREATE TYPE bad.mood AS ENUM ('good');
	CREATE VIEW bad.v AS SELECT ARRAY[1] AS list, 'good'::bad.mood AS mood, interval '1 day' AS span,
		1::numeric AS amount, '1..2:{1,1}'::tally AS tally, pg_class AS row, 1 AS "Name", 1 AS "end",
		1::numeric(4,1) AS fine FROM pg_class;
	COMMENT ON VIEW bad.v IS 'Bad.'; COMMENT ON COLUMN bad.v.fine IS 'Fine.'; CREATE VIEW bad.w AS SELECT 1 AS x;
		COMMENT ON COLUMN bad.w.x IS 'x'});
is(join(' / ', grep { !/no comment/ } script('test/clients/lint.sql', schema => 'bad')),
	'v.list: of type integer[] / v.mood: of type bad.mood / v.span: of type interval / v.amount: numeric without scale'
	. ' / v.tally: of type tally / v.row: a keyword / v.row: needs quotes / v.row: of type pg_class'
	. ' / v.Name: needs quotes / v.end: a keyword / v.end: needs quotes / w.x: in a view without comment',
		'what it finds in bad ones');
is(scalar(grep { /no comment/ } script('test/clients/lint.sql', schema => 'bad')), 8, 'and what has no comment');

#
# the readers
#
# What was printed, by view: the lines about it and its columns in order, and its rows.
sub by_view
{
	my (%shape, %rows);
	for (@_)
	{
		my ($what, $view) = split(/\t/);
		push @{ ($what eq 'row' ? \%rows : \%shape)->{$view} }, $_;
	}
	return (\%shape, { map { ($_ => [ sort @{ $rows{$_} } ]) } keys %rows });
}

my @expected = script('test/clients/expected.sql', schema => $schema, kpi => $kpi, since => $since);
my ($shape, $rows) = by_view(@expected);
is(scalar(keys %$shape), 15, 'fifteen views');
is_deeply([ sort(keys %$shape, 'filter') ], [ sort keys %$rows ], 'with rows');
for my $what ("Caf\xc3\xa9", '\\\\N', '\tfalse', '\ttrue', '\t2025-12-01',
	'\t2025-[0-9-]+T[0-9:]+\.000000Z\t', '\tc0[0-9a-f]{14}', '\t3ff0000000000000')
{
	ok(scalar(grep { /^row.*$what/ } @expected), "rows with $what");
}
is(scalar(@{ $rows->{filter} }), 4, 'the filter leaves four complete months');

my $jar = '/usr/share/java/postgresql.jar';
my $python = '/usr/bin/python3';
my @java = ('java', '-XX:TieredStopAtLevel=1', '-cp', $jar, 'test/clients/Jdbc.java');
my $jdbc = "jdbc:postgresql://127.0.0.1:$port/postgres?user=$reader";
my %jdbc = (packages => 'default-jdk-headless libpostgresql-jdbc-java',
	there => "test -e $jar && java --list-modules | grep -q jdk.compiler");
my @clients = (
	{ name => 'JDBC', %jdbc, command => [ @java, $jdbc ] },
	{ name => 'JDBC, binary', %jdbc, command => [ @java, "$jdbc&prepareThreshold=-1" ] },
	{ name => 'ODBC', packages => 'odbc-postgresql python3-pyodbc',
		there => qq{$python -c "import pyodbc; pyodbc.drivers().index('PostgreSQL Unicode')"},
		command => [ $python, 'test/clients/odbc.py',
			"Driver=PostgreSQL Unicode;Server=127.0.0.1;Port=$port;Database=postgres;Uid=$reader;BoolsAsChar=0" ] },
	{ name => 'SQLAlchemy', packages => 'python3-sqlalchemy python3-psycopg2',
		there => "$python -c 'import sqlalchemy, psycopg2'",
		command => [ $python, 'test/clients/alchemy.py', "postgresql+psycopg2://$reader\@127.0.0.1:$port/postgres" ] });

for my $client (@clients)
{
	SKIP:
	{
		skip "$0: $client->{name}: install $client->{packages}", 1 if system("{ $client->{there}; } > /dev/null 2>&1");
		my ($out, $err);
		my $done = IPC::Run::run([ @{ $client->{command} }, $schema, $kpi, $since ], '>', \$out, '2>', \$err);
		ok($done, "$client->{name} reads the views") or diag($err);
		my ($got_shape, $got_rows) = by_view(split(/\n/, $out));
		is_deeply([ sort keys %$got_rows ], [ sort keys %$rows ], "$client->{name} finds them");
		is_deeply($got_shape->{$_}, $shape->{$_}, "$client->{name}: columns, types and comments of $_")
			for sort keys %$shape;
		is_deeply($got_rows->{$_}, $rows->{$_}, "$client->{name}: rows of $_") for sort keys %$rows;
	}
}

$node->stop;
done_testing();
