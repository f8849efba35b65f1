# Keeping a rollup fresh with pg_cron: the recipe of docs/live.md, over the data of that page.  The rollup is refreshed
# and an event is announced by jobs, every minute, with nobody else at work.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

chomp(my $share = `pg_config --sharedir`);
my ($major) = `pg_config --version` =~ /(\d+)/;
plan(skip_all => "$0: install postgresql-$major-cron") unless -e "$share/extension/pg_cron.control";

# The page: what it runs before the recipe, and the recipe, settings and statements.
my ($before, $recipe) = PostgreSQL::Test::Utils::slurp_file('docs/live.md')
	=~ /\A(.*?)^## Keeping it fresh\n(.*?)^## /ms or die 'docs/live.md has no such section';
my ($settings) = $recipe =~ /^```ini\n(.*?)^```/ms;
my ($jobs) = $recipe =~ /^```\n(CREATE EXTENSION pg_cron.*?)^```/ms;
ok($settings && $jobs, 'the page has settings and statements') or BAIL_OUT('no recipe in docs/live.md');

my $node = PostgreSQL::Test::Cluster->new('cron');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', "timezone = 'UTC'\n$settings");
$node->start;
sub ask { return $node->safe_psql('postgres', shift) }
ask("SET client_min_messages = warning;\n" . join("\n", $before =~ /^```sql\n(.*?)^```/msg));
is(ask('SELECT waiting FROM store.kpi_rollup_status'), '0', 'the rollup of the page is fresh');
is(ask('SELECT count(*) FROM store.kpi_event'), '0', 'and nothing is announced yet');

# A change waits for the job, and then does so no more.
ask($jobs);
is(ask('SELECT count(*) FROM cron.job'), '2', 'two jobs');
ask("INSERT INTO shop.survey_response VALUES (2001, '2025-02-04 12:00Z', 1, 'web')");
ask('CREATE TABLE stored AS SELECT refreshed_at FROM store.kpi_rollup_status');
ok($node->poll_query_until('postgres', 'SELECT k.waiting = 0 AND k.refreshed_at > s.refreshed_at
	FROM store.kpi_rollup_status AS k, stored AS s'), 'a job refreshes the rollup');
is(ask("SELECT count(*) FROM check_kpi_rollup('store')"), '0', 'which is right');
is(ask('SELECT count(*) FROM (TABLE bi.kpi_by_segment EXCEPT ALL TABLE raw.kpi_by_segment) AS d'), '0',
	'and so are the views');

ok($node->poll_query_until('postgres', 'SELECT count(*) = 1 FROM store.kpi_event'), 'a job announces an event');
is(ask('SELECT kind, kpi FROM store.kpi_event'), 'target missed|csat', 'that of the page');
my $runs = "SELECT count(*) FROM cron.job_run_details AS r JOIN cron.job AS j USING (jobid)
	WHERE j.command LIKE '%announce%' AND r.status = 'succeeded'";
ok($node->poll_query_until('postgres', "SELECT ($runs) >= 1"), 'its run is written down');
is(ask("SELECT count(*) FROM cron.job_run_details WHERE status = 'failed'"), '0', 'no run failed');
$node->stop;
done_testing();
