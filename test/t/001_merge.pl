# However an aggregate is computed, its result is the same byte for byte: serially,
# by parallel workers, over shuffled rows, and as the sum of parts.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $tables = $ENV{MERGE_TABLES} // 200;
my $node = PostgreSQL::Test::Cluster->new('merge');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\nmax_worker_processes = 16\nmax_parallel_workers = 8\nextra_float_digits = 3");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION recovery_kpi');

my $columns = q{
  encode(tally_send(nps_tally(nps)), 'hex'), encode(tally_send(tally(nps::float8, 0, 10)), 'hex'), encode(tally_send(csat_tally(csat)), 'hex'),
  encode(tally_send(rate_tally(ok)), 'hex'), nps(nps), csat(csat), csat(csat, 1, 5, 3), crs(csat, ok), ces_easy(csat), rate(ok), fcr(csat), resolution_quality(csat, nps)};

# rival plan => settings and query
my $serial = 'SET max_parallel_workers_per_gather = 0;';
my $parallel = 'SET max_parallel_workers_per_gather = 2; SET parallel_leader_participation = off;';
my @plans = (
	[ serial => $serial, "SELECT g, $columns FROM data GROUP BY g ORDER BY g" ],
	[ parallel => $parallel, "SELECT g, $columns FROM data GROUP BY g ORDER BY g" ],
	[ sorted => "$parallel SET enable_hashagg = off;", "SELECT g, $columns FROM data GROUP BY g ORDER BY g" ],
	[ shuffled => $serial, "SELECT g, $columns FROM (SELECT * FROM data ORDER BY hashint4(i) OFFSET 0) r GROUP BY g ORDER BY g" ],
	[ parts => $serial, q{
  SELECT g, encode(tally_send(sum(n)), 'hex'), encode(tally_send(sum(m)), 'hex'), encode(tally_send(sum(c)), 'hex'), encode(tally_send(sum(r)), 'hex'),
         nps(sum(n)), csat(sum(c)), csat(sum(c), 3), crs(sum(k)), ces_easy(sum(e)), rate(sum(r)), fcr(sum(f)), resolution_quality(sum(q))
    FROM (SELECT g, nps_tally(nps) AS n, tally(nps, 0, 10) AS m, csat_tally(csat) AS c, rate_tally(ok) AS r, csat_tally(csat) FILTER (WHERE ok) AS k,
                 ces_tally(csat) AS e, rate_tally(csat = 1) AS f, rate_tally(nps >= csat) AS q
            FROM data GROUP BY g, hashint4(i) % 5) parts GROUP BY g ORDER BY g} ]);

# Tables of 0 to some thousand rows in 1 to 40 groups; some columns all NULL.
sub table_sql
{
	my $seed = shift;
	my $rows = (0, 1, 2, 7, 60, 500, 3000)[ $seed % 7 ];
	my $groups = (1, 3, 40)[ $seed % 3 ];
	my $null = (0, 0.1, 1)[ int($seed / 7) % 3 ];
	my $hash = sub { "abs(hashint8extended(i, $seed$_[0]))" };
	my $or_null = sub { "CASE WHEN " . $hash->("7$_[0]") . " % 1000 >= $null * 1000 THEN $_[1] END" };
	return "DROP TABLE IF EXISTS data; CREATE TABLE data WITH (fillfactor = 10) AS SELECT i, (" . $hash->(1) . " % $groups)::int AS g, "
	  . $or_null->(2, '(' . $hash->(2) . ' % 11)::int') . ' AS nps, '
	  . $or_null->(3, '(' . $hash->(3) . ' % 5 + 1)::int') . ' AS csat, '
	  . $or_null->(4, $hash->(4) . ' % 3 = 0') . " AS ok FROM generate_series(1, $rows) i; ALTER TABLE data SET (parallel_workers = 2); ANALYZE data;\n";
}

my $script = "SET client_min_messages = warning; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;\n";
for my $seed (1 .. $tables)
{
	$script .= table_sql($seed);
	for (@plans)
	{
		my ($name, $settings, $query) = @$_;
		$script .= "\\echo \@$seed $name\n$settings\n$query;\nRESET enable_hashagg;\n";
	}
}
$script .= "\\echo \@plan\n$parallel EXPLAIN (COSTS OFF) SELECT $columns FROM data;\n";
my ($rc, $out, $err) = $node->psql('postgres', $script);
is($rc, 0, "$tables tables ran") or diag($err);

my (%result, $key);
for (split /\n/, $out)
{
	if (/^@(.*)/) { $key = $1; $result{$key} = '' }
	else { $result{$key} .= "$_\n" }
}
like($result{plan}, qr/Partial Aggregate/, 'workers share the work');
my ($different, $rows) = (0, 0);
for my $seed (1 .. $tables)
{
	$rows += () = $result{"$seed serial"} =~ /\n/g;
	for my $plan (qw(parallel sorted shuffled parts))
	{
		next if $result{"$seed $plan"} eq $result{"$seed serial"};
		$different++;
		diag("table $seed, $plan:\n" . $result{"$seed $plan"} . "serial:\n" . $result{"$seed serial"}) if $different < 3;
	}
}
is($different, 0, "all plans agree on $tables tables");
cmp_ok($rows, '>', $tables, "and had something to agree on: $rows groups");

# no rows at all, without GROUP BY
is($node->safe_psql('postgres', "TRUNCATE data; SET parallel_setup_cost = 0; SET min_parallel_table_scan_size = 0; $parallel SELECT nps_tally(nps), nps(nps), tally(nps, 0, 10) IS NULL, sum(nps_tally) IS NULL FROM data LEFT JOIN (SELECT nps_tally(nps) FROM data WHERE false GROUP BY i) e ON true"),
	'0..10:{0,0,0,0,0,0,0,0,0,0,0}||t|t', 'nothing, in parallel');

# partitions, merged above or below
$node->safe_psql('postgres', q{
  CREATE TABLE parted (i int, g int, s int) PARTITION BY HASH (i);
  CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 3, REMAINDER 0);
  CREATE TABLE parted_1 PARTITION OF parted FOR VALUES WITH (MODULUS 3, REMAINDER 1);
  CREATE TABLE parted_2 PARTITION OF parted FOR VALUES WITH (MODULUS 3, REMAINDER 2);
  INSERT INTO parted SELECT i, i % 4, nullif(i * 7919 % 12, 11) FROM generate_series(1, 9000) i; ANALYZE parted});
my $want = $node->safe_psql('postgres', 'SELECT g, nps_tally(s), nps(s) FROM parted GROUP BY g ORDER BY g');
is($node->safe_psql('postgres', 'SET enable_partitionwise_aggregate = on; SELECT g, nps_tally(s), nps(s) FROM parted GROUP BY g ORDER BY g'), $want, 'partitionwise');

$node->stop;
done_testing();
