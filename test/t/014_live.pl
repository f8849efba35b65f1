# Live: a rollup equals the raw tables in one snapshot, at any moment, while writers write, refreshers refresh, backends
# and the server are killed, and prepared transactions come late.  Twenty seconds; LIVE_SECONDS makes it longer, and
# LIVE_CHECKS how many checks there must be, for which it goes on up to four times as long.  And each event is announced
# and taken once.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use IPC::Run qw(start);
use Time::HiRes qw(time sleep);

my $seconds = $ENV{LIVE_SECONDS} // 20;
my $enough = $ENV{LIVE_CHECKS} // 5;
my $most = $enough > 5 ? 4 : 10;
my $node = PostgreSQL::Test::Cluster->new('live');
$node->init;
$node->append_conf('postgresql.conf', "max_prepared_transactions = 10\ndeadlock_timeout = 100ms\njit = off\n"
	. "restart_after_crash = on\nautovacuum_naptime = 3s");
$node->start;
sub ask { my ($sql, @rest) = @_; return $node->safe_psql('postgres', $sql, @rest) }
ask("SET client_min_messages = warning;\n" . slurp_file('test/live/play.sql'));

# --- the players ---------------------------------------------------------------------

# A psql in the background that calls a procedure; it may be killed.
sub play
{
	my ($call) = @_;
	my $out = '';
	my $handle = start([ 'psql', '-XAtq', '-d', $node->connstr('postgres'), '-c', "SELECT setseed(" . rand() . ")",
		'-c', $call ],
		'<', \undef, '>&', \$out);
	return { handle => $handle, out => \$out, call => $call };
}

my $begun = time;
my $left = sub { my $n = $seconds - (time - $begun); return $n > 0.1 ? $n : 0.1 };
my @calls = ('write', 'write', 'write', 'refresh', 'refresh', 'check', 'check');
my @players = map { play("CALL play.$_($seconds)") } @calls;
my ($kills, $crashes, $prepared, @broken) = (0, 0, 0);
# How many checks there were; undef while the server is not there.
sub checks { my ($rc, $out) = $node->psql('postgres', 'SELECT count(*)
	FROM play.checked'); return $rc == 0 ? $out : undef }

# Who is gone plays on.
sub revive
{
	for my $player (@players)
	{
		next if eval { $player->{handle}->pump_nb; $player->{handle}->pumpable };
		eval { $player->{handle}->finish };
		push @broken, ${ $player->{out} } if ${ $player->{out} } =~ /^ERROR:(?!.*(deadlock|terminat))/m;
		for (1 .. 50) { last if $node->psql('postgres', 'SELECT 1') == 0; sleep(0.1) }
		$player->{call} =~ /play\.(\w+)/;
		%$player = %{ play("CALL play.$1(" . ($left->() > 5 ? $left->() : 5) . ")") };
	}
	return;
}

my $seen = 0;
while ($left->() > 0.1 || ($seen < $enough && time - $begun < $most * $seconds))
{
	# no trouble before something was found out since the last one, and more in a long game
	my $patience = time + 20;
	my $now;
	do { revive(); sleep(0.3 + rand()); $now = checks() } until ($now // 0) > $seen + $enough / 60 || time > $patience;
	$seen = $now // $seen;
	my $luck = rand();
	if ($luck < 0.25)
	{
		# a backend is killed, and the server makes itself anew
		my $pid = eval { ask("SELECT pid FROM pg_stat_activity WHERE query LIKE 'CALL play%'
			ORDER BY random() LIMIT 1") };
		if ($pid) { kill 9, $pid; $kills++ }
	}
	elsif ($luck < 0.4) { eval { $node->stop('immediate'); $crashes++; 1 } and $node->start }
	else
	{
		# a transaction that ends some time after its commit was prepared
		my $source = (qw(keyed loose plain))[rand(3)];
		my $name = "late_" . int(rand(1e9));
		my (undef, undef, $err) = $node->psql('postgres', "SELECT setseed(" . rand() . ");
			SET search_path = $source, pg_catalog; SET lock_timeout = '2s'; BEGIN;
			CALL play.step(" . ($source eq 'loose' ? 'false' : 'true') . ");
			CALL play.step(" . ($source eq 'loose' ? 'false' : 'true') . ");
			PREPARE TRANSACTION '$name'");
		sleep(rand());
		my ($rc) = $node->psql('postgres', (rand() < 0.7 ? 'COMMIT' : 'ROLLBACK') . " PREPARED '$name'");
		$prepared++ if defined $rc && $rc == 0;
	}
}
for my $player (@players)
{
	eval { $player->{handle}->finish };
	push @broken, ${ $player->{out} } if ${ $player->{out} } =~ /^ERROR:(?!.*(deadlock|terminat))/m;
}
for (1 .. 100) { last if $node->psql('postgres', 'SELECT 1') == 0; sleep(0.1) }
ask("ROLLBACK PREPARED '$_'") for split(/\n/, ask("SELECT gid FROM pg_prepared_xacts"));

# --- what they found -----------------------------------------------------------------

my ($checks, $differ, $late, $stored) = split(/\|/, ask("SELECT count(*), count(differing),
	count(*) FILTER (WHERE late),
	count(*) FILTER (WHERE stored > 0) FROM play.checked"));
my $refreshes = ask("SELECT coalesce(sum(n), 0) FROM play.done WHERE what = 'refreshes'");
note("$checks checks, $late of them late, $refreshes refreshes, $kills backends and $crashes servers killed, "
	. "$prepared prepared transactions");
is(join("\n", @broken), '', 'nobody fails');
cmp_ok($checks, '>=', $ENV{LIVE_CHECKS} // 1, 'there were checks');
cmp_ok($stored, '>', 0, 'and something was stored');
is($differ, 0, "rollup and raw tables are equal in $checks checks")
	or diag(ask("SELECT * FROM play.checked WHERE differing IS NOT NULL LIMIT 3"));
for my $source ('keyed', 'loose', 'plain')
{
	is(ask("SELECT count(*) FROM check_kpi_rollup('${source}_store')"), '0', "$source: the store is right");
	ask("SELECT refresh_kpi_rollup('${source}_store')");
	is(ask("SELECT count(*) FROM check_kpi_rollup('${source}_store')"), '0', "$source: and after the last refresh");
}

# --- events --------------------------------------------------------------------------

ask(q{INSERT INTO keyed.recovery_case (case_id, customer_id, opened_at, promised_by)
	SELECT 1000 + i, i, now() - interval '3 days', now() - interval '1 day' FROM generate_series(1, 200) AS i});
my @callers = map { play("SELECT announce_kpi_signals('keyed_bi', 'keyed_store')") } 1 .. 2;
$_->{handle}->finish for @callers;
my $announced = 0;
$announced += ${ $_->{out} } =~ /^(\d+)$/m ? $1 : die ${ $_->{out} } for @callers;
is(ask("SELECT count(*) FROM keyed_store.kpi_event"), $announced, 'two callers announce each event once');
is(ask("SELECT count(DISTINCT case_id) FROM keyed_store.kpi_event WHERE case_id::int > 1000"), '200',
	'and all of them');
is(ask("SELECT announce_kpi_signals('keyed_bi', 'keyed_store')"), '0', 'not again');
my $take = q{DO $$ BEGIN FOR i IN 1 .. 500 LOOP
	WITH taken AS (DELETE FROM keyed_store.kpi_event WHERE event_id = ANY (ARRAY(SELECT event_id
		FROM keyed_store.kpi_event
		ORDER BY event_id LIMIT 1 FOR UPDATE SKIP LOCKED)) RETURNING event_id)
	INSERT INTO play.done SELECT 'event', event_id FROM taken; COMMIT; END LOOP; END $$};
my @takers = map { play($take) } 1 .. 2;
$_->{handle}->finish for @takers;
is(ask("SELECT count(*) - count(DISTINCT n) FROM play.done WHERE what = 'event'"), '0', 'no event is taken twice');
is(ask("SELECT count(*) FROM play.done WHERE what = 'event'"), $announced, 'and each is taken');

$node->stop;
done_testing();
