# However a life table is computed it is the same byte for byte: serially, by
# parallel workers, over sorted and shuffled rows, and as the sum of parts; exact,
# in buckets, and around the border of 1,024 durations.  It outlives dump and
# restore, and damaged binary forms are refused.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use BinaryCopy 'read_binary';

my $tables = $ENV{MERGE_TABLES} // 200;
my $node = PostgreSQL::Test::Cluster->new('life');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\nmax_worker_processes = 16\nmax_parallel_workers = 8\ntimezone = 'UTC'");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION recovery_kpi');

# durations kept exact and in buckets, from a start and a finish or as they are
my $columns = q{md5(life_table_send(life_table(d, o))), md5(life_table_send(life_table(start, finish, '2025-06-01'))), resolution_time(start, finish, '2025-06-01'),
  subjects(life_table(d, o)), md5(life_table_send(life_table(d, o) FILTER (WHERE i % 3 = 0))), time_quantile(life_table(d, o), 0.9), retention_at(life_table(d, o), '1 hour')};
my $serial = 'SET max_parallel_workers_per_gather = 0;';
my $parallel = 'SET max_parallel_workers_per_gather = 2; SET parallel_leader_participation = off;';
my @plans = (
	[ serial => $serial, "SELECT g, $columns FROM data GROUP BY g ORDER BY g" ],
	[ parallel => $parallel, "SELECT g, $columns FROM data GROUP BY g ORDER BY g" ],
	[ sorted => "$parallel SET enable_hashagg = off;", "SELECT g, $columns FROM data GROUP BY g ORDER BY g" ],
	[ shuffled => $serial, "SELECT g, $columns FROM (SELECT * FROM data ORDER BY hashint4(i) OFFSET 0) r GROUP BY g ORDER BY g" ],
	[ ordered => $serial, "SELECT g, $columns FROM (SELECT * FROM data ORDER BY d DESC OFFSET 0) r GROUP BY g ORDER BY g" ],
	[ parts => $serial, q{
  SELECT g, md5(life_table_send(sum(l))), md5(life_table_send(sum(t))), median_time(sum(t)), subjects(sum(l)), md5(life_table_send(sum(f))), time_quantile(sum(l), 0.9), retention_at(sum(l), '1 hour')
    FROM (SELECT g, life_table(d, o) AS l, life_table(start, finish, '2025-06-01') AS t, life_table(d, o) FILTER (WHERE i % 3 = 0) AS f
            FROM data GROUP BY g, hashint4(i) % 5) parts GROUP BY g ORDER BY g} ]);

# A third of the tables is exact, a third in buckets, a third has just about 1,024
# durations; from no rows to some thousand, with ties and NULLs.
sub table_sql
{
	my $seed = shift;
	my ($rows, $distinct) = @{ [ [ (0, 1, 2, 60, 2000)[ int($seed / 3) % 5 ], 500 ], [ 4000, 1_000_000 ], [ 2600, 1022 + int($seed / 3) % 6 ] ]->[ $seed % 3 ] };
	my $groups = $seed % 3 == 0 ? (1, 7)[ $seed % 2 ] : 1;
	my $null = (0, 10)[ int($seed / 6) % 2 ];
	my $scale = (1, 1_000_003, 3_600_000_000)[ int($seed / 9) % 3 ];
	my $hash = sub { "abs(hashint8extended(i, $seed$_[0]))" };
	# every duration occurs at least once, where there are rows enough
	return "DROP TABLE IF EXISTS data; CREATE TABLE data WITH (fillfactor = 10) AS SELECT *, timestamptz '2025-01-01' AS start, CASE WHEN o THEN timestamptz '2025-01-01' + d END AS finish"
	  . " FROM (SELECT i, (" . $hash->(1) . " % $groups)::int AS g, CASE WHEN " . $hash->(2) . " % 100 >= $null THEN"
	  . " (CASE WHEN i <= $distinct THEN i ELSE " . $hash->(3) . " % $distinct + 1 END * $scale) * interval '1 microsecond' END AS d, "
	  . $hash->(4) . " % 4 > 0 AS o FROM generate_series(1, $rows) i) r WHERE d IS NULL OR d < '100 days';"
	  . " ALTER TABLE data SET (parallel_workers = 2); ANALYZE data;\n";
}

my $script = "SET client_min_messages = warning; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;\n";
for my $seed (1 .. $tables)
{
	$script .= table_sql($seed) . "\\echo \@$seed form\nSELECT split_part(life_table(d, o)::text, ':', 1) FROM data;\n";
	$script .= "\\echo \@$seed $_->[0]\n$_->[1]\n$_->[2];\nRESET enable_hashagg;\n" for @plans;
}
$script .= table_sql(1) . "\\echo \@plan\n$parallel EXPLAIN (COSTS OFF) SELECT $columns FROM data;\n";
my ($rc, $out, $err) = $node->psql('postgres', $script);
is($rc, 0, "$tables tables ran") or diag($err);
my (%result, $key);
for (split /\n/, $out)
{
	if (/^@(.*)/) { $key = $1; $result{$key} = '' }
	else { $result{$key} .= "$_\n" }
}
like($result{plan}, qr/Partial Aggregate/, 'workers share the work');
my (%forms, $different);
for my $seed (1 .. $tables)
{
	$forms{ $seed % 3 }{ $result{"$seed form"} }++;
	for my $plan (map { $_->[0] } @plans)
	{
		next if $result{"$seed $plan"} eq $result{"$seed serial"};
		diag("table $seed, $plan:\n" . $result{"$seed $plan"} . "serial:\n" . $result{"$seed serial"}) if $different++ < 3;
	}
}
is($different // 0, 0, "all plans agree on $tables tables");
is_deeply([ sort keys %{ $forms{0} } ], ["exact\n"], 'some tables are exact');
is_deeply([ sort keys %{ $forms{1} } ], ["bucketed\n"], 'some are in buckets');
is_deeply([ sort keys %{ $forms{2} } ], [ "bucketed\n", "exact\n" ], 'some just became so');

# --- storage -----------------------------------------------------------------------

$node->safe_psql('postgres', q{CREATE TABLE kept AS SELECT n, life_table(i * interval '1.000001 second', i % 5 > 0) AS l FROM (VALUES (0), (1), (1024), (1025), (30000)) v(n), generate_series(1, n) i GROUP BY n;
  INSERT INTO kept VALUES (0, 'exact:{}'); CREATE UNIQUE INDEX ON kept (l) WHERE n < 1000; CREATE INDEX ON kept USING hash (l)});
my $checksum = q{SELECT string_agg(n || md5(life_table_send(l)) || md5(l::text), ',' ORDER BY n) FROM kept};
my $before = $node->safe_psql('postgres', $checksum);
my $folder = $node->backup_dir;
mkdir $folder unless -d $folder;
$node->restart;
is($node->safe_psql('postgres', $checksum), $before, 'after a restart');
$node->command_ok([ 'pg_dump', '-f', "$folder/dump", '-d', $node->connstr('postgres') ], 'pg_dump');
$node->safe_psql('postgres', 'CREATE DATABASE restored');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', "$folder/dump", '-d', $node->connstr('restored') ], 'restore');
is($node->safe_psql('restored', $checksum), $before, 'after dump and restore');
$node->safe_psql('postgres', "COPY kept TO '$folder/copy' (FORMAT binary); CREATE TABLE copied (LIKE kept); COPY copied FROM '$folder/copy' (FORMAT binary)");
is($node->safe_psql('postgres', 'SELECT count(*) FROM kept JOIN copied USING (n, l)'), 5, 'COPY in binary, and a join');

# --- damaged binary forms -------------------------------------------------------------

sub copy_binary { return read_binary($node, 'life_table', @_) }
sub exact { return pack('C C l>', 1, 0, scalar @_) . join('', map { pack('q>3', @$_) } @_) }
sub bucketed { my @head = splice @_, 0, 9; return pack('C C l> q>9', 1, 1, scalar @_, @head) . join('', map { pack('q>3', @$_) } @_) }
is(copy_binary(exact([ 1000000, 1, 0 ], [ 2500000, 0, 3 ])), 'exact:{1:1/0,2.5:0/3}', 'a good one is read');
is(copy_binary(exact()), 'exact:{}', 'an empty one too');
is(copy_binary(bucketed(5, 6, 6, 1, 6, 0, 11000, 0, 6, [ 5, 1000, 0 ], [ 6, 1000, 1 ])), 'bucketed:0.000005..0.000006/0.000006:0.000001/0.000006:0.011/0.000006:{0.000005:1000/0,0.000006:1000/1}', 'and one in buckets');
my @bad = (
	[ 'empty', '' ], [ 'format only', "\1" ], [ 'no size', "\1\0" ], [ 'unknown format', "\2" . substr(exact([ 1, 1, 0 ]), 1) ], [ 'a log', "\1\2" . substr(exact([ 1, 1, 0 ]), 2) ],
	[ 'a hash table', "\1\3" . substr(exact([ 1, 1, 0 ]), 2) ], [ 'an array', "\1\4" . substr(exact([ 1, 1, 0 ]), 2) ], [ 'negative size', pack('C C l>', 1, 0, -1) ], [ 'two billion entries', pack('C C l>', 1, 0, 2147483647) ],
	[ 'an entry missing', pack('C C l>', 1, 0, 2) . pack('q>3', 1, 1, 0) ], [ 'a byte too many', exact([ 1, 1, 0 ]) . "\0" ], [ 'a byte too few', substr(exact([ 1, 1, 0 ]), 0, -1) ],
	[ 'unsorted', exact([ 2, 1, 0 ], [ 1, 1, 0 ]) ], [ 'twice the same', exact([ 2, 1, 0 ], [ 2, 1, 0 ]) ], [ 'nobody at a time', exact([ 2, 0, 0 ]) ],
	[ '1,025 exact ones', exact(map { [ $_, 1, 0 ] } 1 .. 1025) ], [ 'buckets without a head', "\1\1" . substr(exact([ 1, 2000, 0 ]), 2) ], [ 'no buckets', pack('C C l> q>9', 1, 1, 0, (0) x 9) ],
	[ 'too few for buckets', bucketed(5, 5, 0, 5, 0, 0, 5120, 0, 0, [ 5, 1024, 0 ]) ], [ 'the same bucket twice', bucketed(5, 5, 0, 5, 0, 0, 10000, 0, 0, [ 5, 1000, 0 ], [ 5, 1000, 0 ]) ],
	[ 'inside a bucket', bucketed(10000000, 10000000, 0, 1, 0, 20000, 0, 0, 0, [ 10000000, 2000, 0 ]) ], [ 'extremes elsewhere', bucketed(4, 5, 0, 5, 0, 0, 10000, 0, 0, [ 5, 2000, 0 ]) ],
	[ 'extremes turned round', bucketed(6, 5, 0, 1, 0, 0, 11000, 0, 0, [ 5, 1000, 0 ], [ 6, 1000, 0 ]) ], [ 'time that does not add up', bucketed(5, 5, 0, 5, 0, 0, 20000, 0, 0, [ 5, 2000, 0 ]) ],
	[ 'time of nobody', bucketed(5, 5, 0, 5, 0, 0, 10000, 0, 7, [ 5, 2000, 0 ]) ], [ 'a million microseconds', bucketed(5, 5, 0, 5, 0, 0, 1010000, 0, 0, [ 5, 2000, 0 ]) ],
	[ 'negative microseconds', bucketed(5, 5, 0, 5, 0, 1, -990000, 0, 0, [ 5, 2000, 0 ]) ],
	[ 'a grain that does not fit', bucketed(5, 5, 0, 3, 0, 0, 10000, 0, 0, [ 5, 2000, 0 ]) ], [ 'no grain', bucketed(5, 5, 0, 0, 0, 0, 10000, 0, 0, [ 5, 2000, 0 ]) ], [ 'a negative grain', bucketed(5, 5, 0, -5, 0, 0, 10000, 0, 0, [ 5, 2000, 0 ]) ]);
is(copy_binary($_->[1]), '22P03', "refused: $_->[0]") for @bad;
is(copy_binary($_->[1]), '22003', "refused: $_->[0]") for [ 'a negative time', exact([ -1, 1, 0 ]) ], [ 'a negative count', exact([ 1, -1, 2 ]) ],
	[ 'too many', exact([ 1, 9223372036854775807, 0 ], [ 2, 1, 0 ]) ], [ 'the end of time', exact([ 9223372036854775807, 9223372036854775807, 0 ]) ];

# every single damaged byte of a good value is either refused or gives a value that reads back as itself
for my $good (exact([ 1, 1, 0 ], [ 300, 2, 7 ]), bucketed(5, 6, 6, 1, 6, 0, 11000, 0, 6, [ 5, 1000, 0 ], [ 6, 1000, 1 ]))
{
	my $bad = '';
	for my $position (0 .. length($good) - 1)
	{
		my $damaged = $good;
		substr($damaged, $position, 1) ^= "\x81";
		my $answer = copy_binary($damaged);
		$bad .= "position $position: $answer\n" unless $answer =~ /^(22P03|22003|exact:\{.*\}|bucketed:.*\})$/;
	}
	is($bad, '', 'damaged bytes are refused or give a life table');
}

# the largest state there is: durations over all powers of two
is($node->safe_psql('postgres', q{SELECT pg_column_size(life_table_accum_duration(life_table(d, true), '0', true)) > 150000, subjects(life_table(d, true)) FROM (SELECT power(2, p + f / 205.0) * interval '1 microsecond' AS d
	FROM generate_series(8, 61) p, generate_series(0, 204) f) r}), 't|11070', 'a state over all buckets');
SKIP: {
	skip 'soft errors came with 16', 1 if $node->pg_version < 16;
	is($node->safe_psql('postgres', q{SELECT string_agg(coalesce(sql_error_code, 'good'), ',' ORDER BY n) FROM unnest(ARRAY['exact:{1:1/0}', 'x', 'exact:{2:1/0,1:1/0}', 'exact:{-1:1/0}', 'exact:{1:9223372036854775808/0}'])
		WITH ORDINALITY v(t, n), pg_input_error_info(t, 'life_table')}), 'good,22P02,22P02,22003,22003', 'soft errors');
}

$node->stop;
done_testing();
