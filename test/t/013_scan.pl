# Scan: preloaded, beside writers, under SERIALIZABLE, cancelled, on a standby.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('primary');
$node->init(allows_streaming => 1);
$node->append_conf('postgresql.conf', "max_prepared_transactions = 5\nautovacuum = off");
$node->start;

sub ask { my ($sql, @rest) = @_; return $node->safe_psql('postgres', $sql, @rest) }

ask(q{CREATE EXTENSION recovery_kpi;
	CREATE TABLE answers (id integer PRIMARY KEY, channel text, score integer) WITH (fillfactor = 70);
	INSERT INTO answers SELECT i, 'channel ' || i % 5, i % 11 FROM generate_series(1, 20000) AS i;
	ANALYZE answers});
my $query = 'SELECT channel, nps_tally(score), count(*) FROM answers GROUP BY channel ORDER BY channel';
my $off = 'SET recovery_kpi.scan = off;';

# without preloading the first call of a function loads the library; planning nps is such a call
my $explain = "EXPLAIN (COSTS off) $query;";
my $tally = 'EXPLAIN (COSTS off) SELECT tally(score, 0, 10) FROM answers;';
like(ask($explain), qr/KpiScan/, 'the plan of nps loads the library');
unlike(ask($tally), qr/KpiScan/, 'that of tally does not');
like(ask("SELECT responses(tally(score, 0, 10)) FROM answers WHERE id = 1; $tally"), qr/KpiScan/,
	'but its second one has it');
ask(q{ALTER SYSTEM SET session_preload_libraries = 'recovery_kpi'; SELECT pg_reload_conf()});
like(ask($tally), qr/KpiScan/, 'preloaded, in the first one');
is(ask('SHOW recovery_kpi.scan'), 'on', 'the setting is there');
ask("ALTER DATABASE postgres SET recovery_kpi.scan = off");
unlike(ask($explain), qr/KpiScan/, 'a database switches it off');
ask("ALTER DATABASE postgres RESET recovery_kpi.scan");

# rows of a transaction in progress: inserted, updated, deleted, locked
my $before = ask($query);
ask(q{BEGIN;
	INSERT INTO answers SELECT i, 'channel 9', 10 FROM generate_series(20001, 20500) AS i;
	UPDATE answers SET score = 0 WHERE id % 7 = 0;
	DELETE FROM answers WHERE id % 11 = 0;
	SELECT count(*) FROM (SELECT 1 FROM answers WHERE id % 13 = 0 FOR UPDATE) AS locked;
	PREPARE TRANSACTION 'open'});
is(ask($query), $before, 'a transaction in progress changes nothing');
is(ask("$off $query"), $before, 'as in the plain plan');
ask("COMMIT PREPARED 'open'");
my $after = ask($query);
isnt($after, $before, 'its commit does');
is(ask("$off $query"), $after, 'as in the plain plan');

# SERIALIZABLE: of two that read what the other writes, one fails
ask('CREATE TABLE other (score integer); INSERT INTO other SELECT i % 11 FROM generate_series(1, 100) AS i');
for my $scan (qw(on off))
{
	ask("SET recovery_kpi.scan = $scan; BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT nps(score) FROM answers;
		INSERT INTO other VALUES (10); PREPARE TRANSACTION 'reader'");
	is(ask(q{SELECT count(*) FROM pg_locks WHERE mode = 'SIReadLock' AND relation = 'answers'::regclass
		AND locktype = 'relation'}), '1', "scan $scan: the table has a predicate lock");
	my ($rc, $out, $err) = $node->psql('postgres', "SET recovery_kpi.scan = $scan; BEGIN ISOLATION LEVEL SERIALIZABLE;
		SELECT nps(score) FROM other; UPDATE answers SET score = 10 WHERE id = 1; COMMIT", on_error_stop => 1);
	like($err, qr/could not serialize access/, "scan $scan: write skew is found");
	ask("ROLLBACK PREPARED 'reader'");
}

# a snapshot sees the same rows by both ways while others write; what they do keeps the sum
my $script = PostgreSQL::Test::Utils::tempdir() . '/writer.sql';
append_to_file($script, q{\set a random(1, 20000)
\set b random(1, 20000)
BEGIN;
UPDATE answers SET channel = 'channel ' || (:a % 5) WHERE id = :a;
DELETE FROM answers WHERE id = :b;
INSERT INTO answers VALUES (:b, 'channel 1', :b % 11) ON CONFLICT (id) DO NOTHING;
COMMIT;
});
ask('TRUNCATE answers; INSERT INTO answers SELECT i, \'channel 0\', i % 11 FROM generate_series(1, 20000) AS i');
my $writers = IPC::Run::start([ 'pgbench', '-n', '-c', '2', '-T', '8', '-f', $script, '-h', $node->host,
	'-p', $node->port, 'postgres' ], '>', \my $said, '2>&1');
my ($same, $whole, $rounds) = (0, 0, 40);
for (1 .. $rounds)
{
	my $answer = ask("BEGIN ISOLATION LEVEL REPEATABLE READ;
		SELECT md5(string_agg(q::text, ',')) FROM ($query) AS q;
		SELECT pg_sleep(0.02) IS NULL;
		SELECT md5(string_agg(q::text, ',')) FROM ($query) AS q;
		$off SELECT md5(string_agg(q::text, ',')) FROM ($query) AS q;
		RESET recovery_kpi.scan;
		SELECT responses(nps_tally(score)) FROM answers; COMMIT");
	my ($first, undef, $second, $plain, $sum) = split /\n/, $answer;
	$same++ if $first eq $second && $first eq $plain;
	$whole++ if $sum eq '20000';
}
$writers->finish;
is($same, $rounds, 'a snapshot beside writers sees the same, with the scan and without');
is($whole, $rounds, 'and no row is lost or counted twice');
ask('VACUUM answers');
is(ask($query), ask("$off $query"), 'after VACUUM');

# it stops when it is told to
ask('CREATE UNLOGGED TABLE large AS SELECT i % 11 AS score FROM generate_series(1, 300000) AS i');
my (undef, undef, $err) = $node->psql('postgres', q{SET statement_timeout = 20;
	SELECT i, (SELECT nps(score) FROM large WHERE score <> i) FROM generate_series(1, 100000) AS i});
like($err, qr/canceling statement due to statement timeout/, 'cancelled');

# a standby
$node->backup('backup');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'backup', has_streaming => 1);
$standby->start;
ask("UPDATE answers SET score = 10 - score WHERE id % 3 = 0; DELETE FROM answers WHERE id % 17 = 0");
$node->wait_for_catchup($standby, 'replay', $node->lsn('insert'));
like($standby->safe_psql('postgres', $explain), qr/KpiScan/, 'a standby scans');
is($standby->safe_psql('postgres', $query), ask("$off $query"), 'and gives the answer of the primary');
is($standby->safe_psql('postgres', "$off $query"), ask($query), 'as its plain plan does');
done_testing();
