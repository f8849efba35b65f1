# The questions and charts of docs/bi_tools.md, in the form in which Metabase and Superset send
# them, through their drivers: JDBC, and SQLAlchemy with psycopg2.  What the page prints must be
# what psql says to the same text with literals; the drivers must get the same rows.  Neither
# tool is run: their templates are filled in here, as their documentation says.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('bi_tools');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
# not UTC: the settings of the page must make it that where it matters
$node->append_conf('postgresql.conf', "listen_addresses = '127.0.0.1'\ntimezone = 'Europe/Berlin'");
$node->start;
my $port = $node->port;
$ENV{PYTHONDONTWRITEBYTECODE} = 1;
$ENV{TZ} = 'America/Los_Angeles';

# psql on a text, as the role of the page; its output
sub psql
{
	my ($text, @more) = @_;
	local $ENV{PGOPTIONS} = '-c timezone=UTC -c extra_float_digits=-11';
	my ($out, $err);
	IPC::Run::run([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-P', 'footer=off', @more, '-d',
		$node->connstr('postgres') . ' user=docs_tool' ], '<', \$text, '>', \$out, '2>', \$err) or return "$out$err";
	$out =~ s/[ \t]+$//mg;
	$out =~ s/\n+\z/\n/;
	return $out;
}

# the rows of psql as the drivers print them
sub rows_of
{
	my $sql = shift;
	local $ENV{PGOPTIONS} = '-c timezone=UTC';
	my ($out, $err);
	IPC::Run::run([ 'psql', '-XqAt', '-F', "\t", '-v', 'ON_ERROR_STOP=1', '-d',
		$node->connstr('postgres') . ' user=docs_tool' ], '<', \$sql, '>', \$out, '2>', \$err) or return "$out$err";
	return canonical($out);
}

# numbers to ten digits, midnight in UTC by its name
sub canonical
{
	my $text = shift;
	$text =~ s/(?<![^\t\n])(-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)(?=[\t\n])/sprintf('%.10g', $1)/ge;
	$text =~ s/\+00(?=[\t\n])/ UTC/g;
	return $text;
}

my $page = PostgreSQL::Test::Utils::slurp_file('docs/bi_tools.md');
my %part = map { /^(\w+)/ ? ($1, $_) : () } split(/^## /m, $page);
my ($role) = $part{First} =~ /```sql\n(.*?)```/s;
$node->command_ok([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('postgres'), '-f',
	'docs/views/example.sql', '-c', $role ], 'the example, and the role of the page');

# The blocks of a part: what they are given, language, text, output if there is one.
sub blocks
{
	my ($text, @blocks) = shift;
	while ($text =~ /(?:^<!-- with: ([^\n]*) -->\n)?^```(\w+)\n(.*?)^```\n(?:^```text\n(.*?)^```\n)?/msg)
	{
		my %with = map { split(/=/, $_, 2) } split(/ /, $1 // '');
		push @blocks, { with => \%with, language => $2, text => $3, output => $4 };
	}
	return @blocks;
}

# A question with its variables: text with literals, text with ?, and the parameters.
# As Metabase: [[ ]] with a variable that is not set is left out; a field filter is a condition.
sub fill
{
	my ($text, %with) = @_;
	my $set = sub { my $clause = shift; return !grep { !exists $with{$_} } $clause =~ /\{\{(\w+)\}\}/g };
	$text =~ s/\[\[(.*?)\]\]/$set->($1) ? $1 : ''/gse;
	my ($literal, @parameters) = ($text);
	my $value = sub {
		my ($name, $plain) = @_;
		my $given = $with{$name} // die "$name is not set";
		if ($given =~ /^(.+)\.\.(.+)$/)
		{
			my ($from, $to) = ($1, $node->safe_psql('postgres', "SELECT date '$2' + 1"));
			my $column = '"shop"."survey_response"."responded_at"';
			return "($column >= timestamp with time zone '$from 00:00:00.000Z'"
				. " AND $column < timestamp with time zone '$to 00:00:00.000Z')";
		}
		return "'$given'" if $plain;
		push @parameters, ($given =~ /^\d{4}-\d\d-\d\d$/ ? 'date' : 'text') . "=$given";
		return '?';
	};
	$literal =~ s/\{\{(\w+)\}\}/$value->($1, 1)/ge;
	$text =~ s/\{\{(\w+)\}\}/$value->($1, 0)/ge;
	return ($literal, $text, @parameters);
}

my $python = '/usr/bin/python3';
my $jar = '/usr/share/java/postgresql.jar';
my @java = ('java', '-XX:TieredStopAtLevel=1', '-cp', $jar, 'test/clients/Question.java',
	"jdbc:postgresql://127.0.0.1:$port/postgres?user=docs_tool");

sub output_of
{
	my ($out, $err);
	IPC::Run::run(\@_, '>', \$out, '2>', \$err) or return $err;
	return canonical($out);
}

#
# Metabase
#
my $metabase = 0;
for my $block (blocks($part{Metabase}))
{
	my ($literal, $text, @parameters) = fill($block->{text}, %{ $block->{with} });
	$text =~ s/;\s*\z//;
	my $name = "Metabase, question " . ++$metabase;
	is(psql("$literal;"), $block->{output}, "$name prints what the page says") if $block->{language} eq 'metabase';
	unlike($block->{text}, qr/;\s*\z/, "$name: no semicolon") if $block->{language} eq 'metabase';
	SKIP:
	{
		skip "$0: $name: install default-jdk-headless libpostgresql-jdbc-java", 2
			if system("{ test -e $jar && java --list-modules | grep -q jdk.compiler; } > /dev/null 2>&1");
		my $rows = rows_of("$literal;");
		cmp_ok(($rows =~ tr/\n//), '>=', 3, "$name has rows") or diag($rows);
		is(output_of(@java, "-- Metabase:: userID: 1 queryType: native\n$text", @parameters), $rows, "$name by JDBC");
		# as the source of another question
		is(output_of(@java, qq{SELECT "source".* FROM ($text) AS "source" LIMIT 1048575}, @parameters), $rows,
			"$name as a source");
		# without what may be left out
		my ($least, $open, @few) = fill($block->{text}, map { ($_ => $block->{with}{$_}) }
			grep { $block->{text} !~ /\[\[[^\]]*\{\{$_\}\}/ } keys %{ $block->{with} });
		$open =~ s/;\s*\z//;
		is(output_of(@java, $open, @few), rows_of($least =~ s/;?\s*\z/;/r), "$name without filters");
	}
}
is($metabase, 3, 'three questions for Metabase');

#
# Superset
#
my ($parameters) = $part{Superset} =~ /```json\n(.*?)\n```/s;
my @charts = grep { $_->{language} ne 'json' } blocks($part{Superset});
# the metrics of the page, by the heading of their table
my %metrics;
while ($part{Superset} =~ /^\| (metric[^|]*?) \| SQL expression \|\n\|[-|]+\n((?:\|.*\n)+)/mg)
{
	my $table = $1;
	$metrics{$table} = [ map { [ /^\| `(\w+)` \| `(.*)` \|$/ ] } split(/\n/, $2) ];
}
is(join(' ', map { scalar @{ $metrics{$_} } } sort keys %metrics), '4 5', 'two tables of metrics');
my @select = map { "$_->[1] AS \"$_->[0]\"" } @{ $metrics{'metric of stored tallies'} };
my ($sends, $dataset, $table, $jinja) = @charts;
my ($from, $to) = @{ $table->{with} }{qw(from to)};
my $days = "SELECT channel AS channel, " . join(', ', @select) . "\n  FROM (\n$dataset->{text}) AS virtual_table\n"
	. " WHERE day >= TO_DATE('$from', 'YYYY-MM-DD') AND day < TO_DATE('$to', 'YYYY-MM-DD')\n"
	. " GROUP BY channel ORDER BY nps DESC LIMIT 1000;\n";
my $figures = 'SELECT period_start, ' . join(', ', map { "$_->[1] AS \"$_->[0]\"" } @{ $metrics{metric} })
	. "\n  FROM bi.kpi_by_period WHERE kpi IN ('crs') GROUP BY period_start ORDER BY period_start LIMIT 1000;\n";
is(psql($days), $table->{text}, 'Superset: metrics of tallies give what the page says');
like($sends->{text}, qr/MAX\(lower\)/, 'Superset: the chart has the metrics of the table');

SKIP:
{
	skip "$0: Superset: install python3-sqlalchemy python3-psycopg2 python3-jinja2", 1
		if system("$python -c 'import sqlalchemy, psycopg2, jinja2' > /dev/null 2>&1");
	my @chart = ($python, 'test/clients/chart.py');
	my $url = "postgresql+psycopg2://docs_tool\@127.0.0.1:$port/postgres";
	my @with = map { "$_=$jinja->{with}{$_}" } sort keys %{ $jinja->{with} };
	my $filtered = output_of(@chart, 'render', $jinja->{text}, @with);
	like($filtered, qr/channel IN \('chat', 'phone'\)/, 'Superset: the filter is in the text');
	is(psql("$filtered;"), $jinja->{output}, 'Superset: with a filter it prints what the page says');
	my $all = output_of(@chart, 'render', $jinja->{text});
	unlike($all, qr/IN \(/, 'Superset: no filter, no condition');
	for ([ 'the chart', $sends->{text} ], [ 'metrics of a view', $figures ], [ 'metrics of tallies', $days ],
		[ 'a filtered dataset', "SELECT month AS month, MAX(nps) AS nps FROM (\n$filtered\n) AS virtual_table "
			. "GROUP BY month ORDER BY month LIMIT 1000" ], [ 'the dataset without a filter', $all ])
	{
		my ($name, $sql) = @$_;
		my $rows = rows_of("$sql;");
		cmp_ok(($rows =~ tr/\n//), '>=', 3, "Superset: $name has rows") or diag($rows);
		is(output_of(@chart, 'run', $url, $parameters, $sql =~ s/;\s*\z//r), $rows, "Superset: $name by SQLAlchemy");
	}
	like(output_of(@chart, 'run', $url, $parameters, $sends->{text} =~ s/;\s*\z//r), qr/^2025-09-01 00:00:00 UTC\t/,
		'Superset: a month begins at midnight in UTC');
	like(output_of(@chart, 'run', $url, '{}', $sends->{text} =~ s/;\s*\z//r), qr/^2025-09-01 00:00:00 UTC\+02:00\t/,
		'and not without the parameters of the page');
}

$node->stop;
done_testing();
