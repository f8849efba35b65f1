# The dbt package: its models, tests and hooks, rendered by test/dbt/render.py, over tables as
# Fivetran's connectors write them.  They hold the cases of docs/mapping.md, so the scorecards
# must be those printed there.  dbt itself is not run: neither Debian nor npm has it.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $python = '/usr/bin/python3';
plan(skip_all => "$0: install python3-jinja2 python3-yaml")
	if system("$python -c 'import jinja2, yaml' > /dev/null 2>&1");
$ENV{PYTHONDONTWRITEBYTECODE} = 1;

my $node = PostgreSQL::Test::Cluster->new('dbt');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', "timezone = 'UTC'");
$node->start;

# psql FILE or text on a database; what it prints
sub psql
{
	my ($db, $text) = @_;
	my ($out, $err);
	IPC::Run::run([ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr($db) ], '<', \$text, '>', \$out,
		'2>', \$err) or return "$out\n$err";
	return $out;
}

# The script for these variables, cut at its marks: models, tests, hooks.
sub render
{
	my ($script, $err);
	IPC::Run::run([ $python, 'test/dbt/render.py', 'dbt', 'analytics', @_ ], '>', \$script, '2>', \$err) or die $err;
	return $script =~ /^(.*?)(^\\echo tests\n.*?)(^\\echo on-run-end\n.*)\z/ms;
}

my %scorecard = (
	# docs/mapping.md, "A help desk, Zendesk-like"
	zendesk => "crs|2025-04-01|64.71|17\nfcr|2025-03-01|42.86|21\nfirst_response_time|2025-04-01|0.90|23",
	# "A CRM, Salesforce-like", where 53.125 is printed with four digits
	salesforce => "crs|2025-04-01|53.13|32\nreopen_rate|2025-03-01|10.00|30\nresolution_time|2025-04-01|72.00|34");
my %as_of = (zendesk => '2025-05-10 00:00Z', salesforce => '2025-05-20 00:00Z');

for my $desk (sort keys %scorecard)
{
	$node->safe_psql('postgres', "CREATE DATABASE $desk");
	# the extension in a schema of its own that is not on the path
	psql($desk, 'CREATE SCHEMA ext; CREATE EXTENSION recovery_kpi SCHEMA ext');
	is(psql($desk, PostgreSQL::Test::Utils::slurp_file("test/dbt/$desk.sql")), '', "$desk: tables");
	my ($models, $tests, $hooks) = render("recovery_kpi_$desk=true", 'recovery_kpi_schema=ext');
	# what the README writes for Zendesk, and in the zone of docs/mapping.md
	$hooks =~ s/Europe\/Berlin/UTC/;
	$hooks =~ s/_zendesk_kpi/_${desk}_kpi/;
	$hooks =~ s/2025-05-10 00:00Z/$as_of{$desk}/ or fail('the README has a hook with as_of');
	my @models = $models =~ /^\\echo model (\w+)$/mg;
	cmp_ok(scalar(@models), '>=', 2, "$desk: " . scalar(@models) . ' models');
	is(psql($desk, $models), join('', map { "model $_\n" } @models), "$desk: the models are built");
	my $results = psql($desk, $tests);
	like($results, qr/^tests\n(\w+ \w+ \w+\|0\n){2,}\z/, "$desk: its tests find nothing") or diag($results);
	like(psql($desk, $hooks), qr/^on-run-end\n\d+\n\z/, "$desk: the views are made");
	my $figures = q{SELECT kpi, period_start, round(value::numeric, 2), responses FROM kpi.kpi_scorecard
		WHERE kpi IN ('crs', 'fcr', 'first_response_time', 'reopen_rate', 'resolution_time') ORDER BY 1};
	my @wanted = split(/\n/, $scorecard{$desk});
	my %got = map { /^(\w+)/ ? ($1 => $_) : () } split(/\n/, psql($desk, $figures));
	is($got{ (split(/\|/))[0] }, $_, "$desk: " . (split(/\|/))[0] . ' as docs/mapping.md has it') for @wanted;

	# a second run drops the views with the models, and the hook makes them again
	psql($desk, $models);
	is(psql($desk, "SELECT count(*) FROM pg_views WHERE schemaname = 'kpi' AND viewname = 'kpi_scorecard'"), "0\n",
		"$desk: a second run takes the views along");
	psql($desk, $hooks);
	is(psql($desk, "SELECT count(*) FROM pg_views WHERE schemaname = 'kpi' AND viewname = 'kpi_scorecard'"), "1\n",
		"$desk: and the hook makes them again");

	# the tests find what they are for
	psql($desk, "CREATE SCHEMA bad; CREATE TABLE bad.answer AS
		SELECT * FROM (VALUES (1, 5.0), (1, 4.5), (2, 6), (NULL, 0), (3, NULL)) a (case_id, csat)");
	my ($bad) = $tests;
	$bad =~ s/from "analytics_\w+"\."\w+"/from bad.answer/g;
	$bad =~ s/\bnps\b/csat/g;
	my %found = map { /^(\w+) \w+ \w+\|(\d+)$/ ? ($1 => $2) : () } split(/\n/, psql($desk, $bad));
	# twice case 1, and no case; for csat 4.5, 6 and 0 of 1..5, for nps only 4.5 of 0..10
	is($found{one_row_per_case}, 2, "$desk: one_row_per_case finds doubles and none");
	is($found{score_in_scale}, $desk eq 'zendesk' ? 3 : 1, "$desk: score_in_scale finds what is off the scale");
}

# a schema, a tag or a name with a quote in it stays a literal
my ($models) = render('recovery_kpi_zendesk=true', q{recovery_kpi_failure_tag="it's_"});
like($models, qr/'it''s_'/, 'quotes are doubled');

# the hook of a rollup: with the function there, only the store is missing
my ($hook, $err);
IPC::Run::run([ $python, 'test/dbt/render.py', 'dbt', 'analytics', 'recovery_kpi_schema=ext',
	q{render={{ recovery_kpi.touch_kpi_rollup('no_store', 'survey_response', "date '2025-01-02'") }}} ],
	'>', \$hook, '2>', \$err) or die $err;
like($hook, qr/^\s*select ext\.touch_kpi_rollup\('no_store',\s+'survey_response', \(date '2025-01-02'\)::date,/,
	'the hook of a rollup is rendered');
SKIP:
{
	skip "$0: this version has no touch_kpi_rollup", 1
		if psql('zendesk', q{SELECT count(*) FROM pg_proc WHERE proname = 'touch_kpi_rollup'}) eq "0\n";
	my $said = psql('zendesk', $hook);
	ok($said =~ /no_store/ && $said !~ /function \S+ does not exist/, 'and understood: no_store is no store')
		or diag($said);
}

$node->stop;
done_testing();
