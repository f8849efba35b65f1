# A rollup that goes on: a first build in steps through a crash, a standby that reads it, a dump that is restored, and
# an update of the extension.  Each time views over the rollup say what views over the raw tables say.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use IPC::Run;

my $node = PostgreSQL::Test::Cluster->new('live_store');
$node->init(allows_streaming => 1);
$node->append_conf('postgresql.conf', "jit = off\nclient_min_messages = warning\ntimezone = 'UTC'\n"
	. 'max_standby_streaming_delay = -1');
$node->start;
sub ask { my ($sql, $at, $db) = @_; return ($at // $node)->safe_psql($db // 'postgres', $sql) }

# how many figures there are, and what differs, in one snapshot
sub differ
{
	my ($at, $db) = @_;
	my @sides = map { my $schema = $_; join(' UNION ALL ', map { "SELECT '$_' AS view, x::text FROM $schema.$_ AS x" }
		qw(kpi_by_period kpi_by_segment kpi_scorecard)) } qw(raw bi);
	my $answer = ask("WITH raw AS MATERIALIZED ($sides[0]), bi AS MATERIALIZED ($sides[1])
		SELECT (SELECT count(*) > 500 FROM raw), count(*), min(d.x) FROM ((TABLE raw EXCEPT ALL TABLE bi)
			UNION ALL (TABLE bi EXCEPT ALL TABLE raw)) AS d", $at, $db);
	return $answer eq 't|0|' ? 'equal' : $answer;
}

ask("CREATE EXTENSION recovery_kpi;\n" . slurp_file('test/live/shop.sql'));
ask("SELECT create_kpi_views('raw', 'shop', timezone => 'Europe/Berlin', dimensions => '{channel,team}'),
	create_kpi_rollup('store', 'shop', 'Europe/Berlin', '{channel,team}')");
ask("SELECT create_kpi_views('bi', 'store')");

# --- in steps, through a crash ---------------------------------------------------------

cmp_ok(ask("SELECT refresh_kpi_rollup('store', 60)"), '>=', 60, 'a first step');
my $state = "SELECT unbuilt_before, stored_days, first_day FROM store.kpi_rollup_status";
my $before = ask($state);
like($before, qr/^\d{4}/, 'leaves days over');
my $psql = IPC::Run::start([ 'psql', '-XqAt', '-d', $node->connstr('postgres'),
	'-c', "BEGIN; SELECT refresh_kpi_rollup('store', 60)", '-c', 'SELECT pg_sleep(600)' ],
	'<', \undef, '>&', \my $said);
$node->poll_query_until('postgres', "SELECT count(*) = 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)'")
	or die 'the second step did not end';
$node->stop('immediate');
eval { $psql->finish };
$node->start;
is(ask($state), $before, 'a step that a crash ends is undone, those before stay');
is(differ(), 'equal', 'and all is exact');

# --- a standby -------------------------------------------------------------------------

$node->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('live_standby');
$standby->init_from_backup($node, 'base', has_streaming => 1);
$standby->start;
ask("INSERT INTO shop.survey_response (response_id, case_id, customer_id, responded_at, csat)
	SELECT 9000 + i, i, i, now() - i * interval '1 day', 1 FROM generate_series(1, 20) AS i;
	UPDATE shop.recovery_case SET opened_at = opened_at - interval '3 days', channel = 'letter'
		WHERE case_id % 50 = 0");
$node->wait_for_catchup($standby);
is(differ($standby), 'equal', 'a standby computes what is noted and what is left over');
ask("SELECT refresh_kpi_rollup('store', 60)");
ask("DELETE FROM shop.purchase WHERE customer_id = 5");
$node->wait_for_catchup($standby);
is(differ($standby), 'equal', 'and reads what is stored');
my ($rc, undef, $err) = $standby->psql('postgres', "SELECT refresh_kpi_rollup('store')");
like($err, qr/read-only|recovery/, 'it does not store');
is(ask("SELECT count(*) FROM check_kpi_rollup('store')", $standby), '0', 'it can check');
$standby->stop;

# --- two refreshes ---------------------------------------------------------------------------

# The one that began first comes last: what came in between stays counted.
my $there = $node->connstr('postgres');
is(ask(qq{BEGIN;
	SELECT now() IS NULL;
	\\! psql -XAtq -d "$there" -c "INSERT INTO shop.purchase VALUES (7, clock_timestamp(), 31)"
	\\! psql -XAtq -d "$there" -c "SELECT refresh_kpi_rollup('store', 30) > 0"
	SELECT refresh_kpi_rollup('store');
	COMMIT}), "f\nt\n0", 'a refresh that began before the latest one does nothing');
is(differ(), 'equal', 'and all is exact');

# --- a dump, in the middle of a build ------------------------------------------------------

for my $format ('plain', 'custom')
{
	my $file = $node->backup_dir . "/dump.$format";
	ask("CREATE DATABASE $format TEMPLATE template0");
	command_ok([ 'pg_dump', '-F', $format, '-f', $file, $node->connstr('postgres') ], "dumped, $format");
	command_ok($format eq 'plain'
		? [ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-f', $file, '-o', "$file.log", $node->connstr($format) ]
		: [ 'pg_restore', '-e', '-d', $node->connstr($format), $file ], 'and restored');
	is(ask($state, $node, $format), ask($state), "$format: what is stored");
	is(ask("SELECT count(*) FROM check_kpi_rollup('store')", $node, $format), '0', "$format: is right");
	is(differ($node, $format), 'equal', "$format: the views are exact");
	ask("UPDATE shop.recovery_case SET resolved_at = resolved_at + interval '40 days' WHERE case_id = 100;
		INSERT INTO shop.purchase VALUES (7, now() - interval '70 days', 30)", $node, $format);
	is(differ($node, $format), 'equal', "$format: triggers note what is written");
	ask("SELECT refresh_kpi_rollup('store')", $node, $format);
	is(ask("SELECT unbuilt_before IS NULL FROM store.kpi_rollup_status", $node, $format), 't',
		"$format: the build is ended");
	# and what waits are the rows whose time has not come, each of them
	is(ask("SELECT count(*) FILTER (WHERE t.many OR x.at IS NULL), count(DISTINCT t.case_id)
			FILTER (WHERE t.relation = 'recovery_case') = (SELECT count(*) FROM shop.recovery_case
				WHERE greatest(opened_at, resolved_at, first_response_at) > now())
		FROM store.kpi_touched AS t CROSS JOIN LATERAL (SELECT max(u.at) FILTER (WHERE u.at > now()) AS at
			FROM unnest(t.times) AS u (at)) AS x", $node, $format), '0|t', "$format: the future waits");
	is(differ($node, $format), 'equal', "$format: and exact");
}

# --- updates of the extension ------------------------------------------------------------

# A script that changes how a KPI is counted, as one of a later version may.  It goes beside those of the extension.
my $folder = `pg_config --sharedir`;
chomp $folder;
my ($version) = ask("SELECT extversion FROM pg_extension WHERE extname = 'recovery_kpi'");
my @scripts = ("$folder/extension/recovery_kpi--$version--same.sql", "$folder/extension/recovery_kpi--same--other.sql");
SKIP:
{
	skip "$folder is not ours to write to", 6 unless -w "$folder/extension";
	append_to_file($scripts[0], "COMMENT ON FUNCTION refresh_kpi_rollup(text, integer) IS 'Refreshes.';\n");
	append_to_file($scripts[1], "UPDATE kpi_definition SET counted = 'l.reopened OR l.returned'
		WHERE kpi = 'reopen_rate';\n");
	ask("ALTER EXTENSION recovery_kpi UPDATE TO 'same'");
	ask("INSERT INTO shop.referral VALUES (4, now() - interval '50 days')");
	ask("SELECT refresh_kpi_rollup('store')");
	is(differ(), 'equal', 'an update that changes no KPI changes nothing for a rollup');
	ask("ALTER EXTENSION recovery_kpi UPDATE TO 'other'");
	ask("INSERT INTO shop.referral VALUES (5, now() - interval '50 days')");
	is(differ(), 'equal', 'after one that does the views say what they said, and writers write');
	($rc, undef, $err) = $node->psql('postgres', "SELECT refresh_kpi_rollup('store')");
	like($err, qr/does not fit its sources any more.*Run create_kpi_rollup/s, 'a refresh says what is to be done');
	ask("SELECT create_kpi_rollup('store', 'shop', 'Europe/Berlin', '{channel,team}'),
		create_kpi_views('raw', 'shop', timezone => 'Europe/Berlin', dimensions => '{channel,team}')");
	ask("SELECT create_kpi_views('bi', 'store')");
	is(differ(), 'equal', 'made again it is exact, empty');
	ask("SELECT refresh_kpi_rollup('store')");
	is(differ(), 'equal', 'and full');
	is(ask("SELECT count(*) FROM check_kpi_rollup('store')"), '0', 'and right');
}
unlink @scripts;

$node->stop;
done_testing();
