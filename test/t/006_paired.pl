# Pairs are the same byte for byte however they are computed: serially, by parallel
# workers, over shuffled rows, and as the sum of parts; weighted answers agree to
# 1e-12.  Both outlive dump and restore and travel in binary; damaged binary forms
# are refused with an error of their own.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use BinaryCopy 'read_binary';

my $tables = $ENV{MERGE_TABLES} // 120;
my $node = PostgreSQL::Test::Cluster->new('paired');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\nmax_worker_processes = 16\nmax_parallel_workers = 8\nextra_float_digits = 3");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION recovery_kpi');

# group, what must be the same bytes, what must agree to 1e-12
my $exact = q{g, encode(paired_tally_send(%s), 'hex'), nps_test(%1$s), csat_test(%1$s, 0.9), ces_test(%1$s), win_back_rate(%1$s, 8), lost_rate(%1$s, 8), before(%1$s), responses(%2$s)};
my $near = join ', ', map { "$_(%2\$s)" } qw(effective_responses mean stddev csat nps);
$near .= join '', map { ", ($_).lower, ($_).upper" } 'ces_interval(%2$s)', 'csat_interval(%2$s)', q{nps_interval(%2$s, 0.95, 'score')}, q{nps_interval(%2$s, 0.95, 'wald')};
my $columns = sub { sprintf("$exact, $near", @_) };
my $direct = $columns->('paired_tally(b, a, 0, 10)', 'weighted_tally(a, 0, 10, w)');

my $serial = 'SET max_parallel_workers_per_gather = 0;';
my $parallel = 'SET max_parallel_workers_per_gather = 2; SET parallel_leader_participation = off;';
my @plans = (
	[ serial => $serial, "SELECT $direct FROM data GROUP BY g ORDER BY g" ],
	[ parallel => $parallel, "SELECT $direct FROM data GROUP BY g ORDER BY g" ],
	[ sorted => "$parallel SET enable_hashagg = off;", "SELECT $direct FROM data GROUP BY g ORDER BY g" ],
	[ types => $serial, 'SELECT ' . $columns->('paired_tally(b::smallint, a::smallint, 0, 10)', 'weighted_tally(a::float8, 0, 10, w * 1024)') . ' FROM data GROUP BY g ORDER BY g' ],
	[ shuffled => $serial, "SELECT $direct FROM (SELECT * FROM data ORDER BY hashint4(i) OFFSET 0) r GROUP BY g ORDER BY g" ],
	[ parts => $serial, 'SELECT ' . $columns->('sum(p)', 'sum(t)')
		  . ' FROM (SELECT g, paired_tally(b, a, 0, 10) AS p, weighted_tally(a, 0, 10, w) AS t FROM data GROUP BY g, hashint4(i) % 5) parts GROUP BY g ORDER BY g' ]);

# Tables of 0 to some thousand rows in 1 to 40 groups; some columns all NULL, weights
# equal, spread over three or over six hundred powers of ten, or 0.
sub table_sql
{
	my $seed = shift;
	my $rows = (0, 1, 2, 7, 60, 500, 3000)[ $seed % 7 ];
	my $groups = (1, 3, 40)[ $seed % 3 ];
	my $null = (0, 0.1, 1)[ int($seed / 7) % 3 ];
	my $hash = sub { "abs(hashint8extended(i, $seed$_[0]))" };
	my $or_null = sub { "CASE WHEN " . $hash->("7$_[0]") . " % 1000 >= $null * 1000 THEN $_[1] END" };
	my $weight = ('0.1', '0.05 + ' . $hash->(4) . ' % 997 / 7.0', '10.0::float8 ^ (' . $hash->(4) . ' % 600 - 300)', $hash->(4) . ' % 4 / 3.0', '0')[ $seed % 5 ];
	return "DROP TABLE IF EXISTS data; CREATE TABLE data WITH (fillfactor = 10) AS SELECT i, (" . $hash->(1) . " % $groups)::int AS g, "
	  . $or_null->(2, '(' . $hash->(2) . ' % 11)::int') . ' AS b, ' . $or_null->(3, '(' . $hash->(3) . ' % 11)::int') . ' AS a, '
	  . "($weight)::float8 AS w FROM generate_series(1, $rows) i; ALTER TABLE data SET (parallel_workers = 2); ANALYZE data;\n";
}

my $script = "SET client_min_messages = warning; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;\n";
for my $seed (1 .. $tables)
{
	$script .= table_sql($seed);
	$script .= "\\echo \@$seed $_->[0]\n$_->[1]\n$_->[2];\nRESET enable_hashagg;\n" for @plans;
	$script .= "\\echo \@plan\n$parallel EXPLAIN (COSTS OFF) $plans[1][2];\n" if $seed % 7 == 6;
}
my ($rc, $out, $err) = $node->psql('postgres', $script);
is($rc, 0, "$tables tables ran") or diag($err);

my (%result, $key);
for (split /\n/, $out)
{
	if (/^@(.*)/) { $key = $1; $result{$key} = [] }
	else { push @{ $result{$key} }, [ split /\|/, $_, -1 ] }
}
like(join(' ', map { @$_ } @{ $result{plan} }), qr/Partial (Hash|Group)?\s*Aggregate/, 'workers share the work');

my $same_bytes = 9;
sub agree
{
	my ($x, $y) = @_;
	return 1 if $x eq $y;
	return 0 if $x eq '' || $y eq '' || "$x$y" =~ /[^0-9.e+-]/;
	# figures around 0, such as an NPS, have an absolute error
	return abs($x - $y) <= 1e-12 * (abs($x) > 1 ? abs($x) : 1);
}
my ($different, $rows) = (0, 0);
for my $seed (1 .. $tables)
{
	my $want = $result{"$seed serial"};
	$rows += @$want;
	for my $plan (map { $_->[0] } @plans[ 1 .. $#plans ])
	{
		my $got = $result{"$seed $plan"};
		my $good = @$got == @$want;
		for my $r ($good ? 0 .. $#$want : ())
		{
			for my $c (0 .. $#{ $want->[$r] })
			{
				next if $c < $same_bytes ? $got->[$r][$c] eq $want->[$r][$c] : agree($got->[$r][$c], $want->[$r][$c]);
				$good = 0;
				diag("table $seed, $plan, row $r, column $c: $got->[$r][$c], serially $want->[$r][$c]") if $different < 3;
			}
		}
		$different += !$good;
	}
}
is($different, 0, "all plans agree on $tables tables");
cmp_ok($rows, '>', $tables, "and had something to agree on: $rows groups");
unlike($out, qr/nan|inf/i, 'nothing is NaN or Infinity');

# a million weights that a plain sum would get wrong in the tenth digit
my $many = 'SELECT mean(t), effective_responses(t), (ces_interval(t)).upper FROM (SELECT weighted_tally(s, 1, 5, w) AS t FROM many) x';
$node->safe_psql('postgres', 'CREATE TABLE many WITH (parallel_workers = 2) AS SELECT i % 5 + 1 AS s, CASE WHEN i % 3 = 0 THEN 0.1 ELSE 0.7 END AS w FROM generate_series(1, 1000000) i; ANALYZE many');
my ($one, $two) = map { [ split /\|/, $node->safe_psql('postgres', "SET parallel_setup_cost = 0; $_ $many") ] } $serial, $parallel;
# 333,333 weights of 0.1 and 666,667 of 0.7
my ($w, $q) = (333333 * 0.1 + 666667 * 0.7, 333333 * 0.01 + 666667 * 0.49);
cmp_ok(abs($one->[1] / ($w * $w / $q) - 1), '<', 1e-14, 'a million weights are added up exactly');
cmp_ok(abs($one->[$_] / $two->[$_] - 1), '<', 1e-14, "so they are in parallel: $_") for 0 .. 2;

# partitions, merged above or below
$node->safe_psql('postgres', q{
  CREATE TABLE parted (i int, g int, b int, a int) PARTITION BY HASH (i);
  CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 0);
  CREATE TABLE parted_1 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 1);
  INSERT INTO parted SELECT i, i % 4, nullif(i * 7919 % 12, 11), nullif(i * 104729 % 12, 11) FROM generate_series(1, 9000) i; ANALYZE parted});
my $query = 'SELECT g, paired_tally(b, a, 0, 10), responses(weighted_tally(a, 0, 10, b)) FROM parted GROUP BY g ORDER BY g';
is($node->safe_psql('postgres', "SET enable_partitionwise_aggregate = on; $query"), $node->safe_psql('postgres', $query), 'partitionwise');

# dump and restore, binary COPY
my $folder = $node->backup_dir;
mkdir $folder unless -d $folder;
$node->safe_psql('postgres', q{CREATE TABLE kept AS SELECT g, paired_tally(b, a, 0, 10) AS p, weighted_tally(a, 0, 10, b * 0.1) AS w FROM parted GROUP BY g;
  INSERT INTO kept VALUES (9, NULL, NULL), (10, '0..0:{{9223372036854775807}}', '0..0:{(1e-40+1e-57,1e-80,3)}*2^800');
  INSERT INTO kept SELECT 11, NULL, weighted_tally(5, 0, 100, 1e-300);
  INSERT INTO kept SELECT 12, paired_tally(i % 101, i * i % 101, 0, 100) FROM generate_series(1, 10000) i;
  CREATE INDEX ON kept USING hash (p); CREATE TABLE copied (LIKE kept)});
my $checksum = q{SELECT md5(string_agg(g || coalesce(encode(paired_tally_send(p), 'hex'), '-') || coalesce(encode(weighted_tally_send(w), 'hex'), '-'), ',' ORDER BY g)) FROM };
my $before = $node->safe_psql('postgres', "$checksum kept");
$node->command_ok([ 'pg_dump', '-Fc', '-t', 'kept', '-f', "$folder/dump", '-d', $node->connstr('postgres') ], 'pg_dump');
$node->safe_psql('postgres', 'CREATE DATABASE restored');
$node->safe_psql('restored', 'CREATE EXTENSION recovery_kpi');
$node->command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr('restored'), "$folder/dump" ], 'pg_restore');
is($node->safe_psql('restored', "$checksum kept"), $before, 'after dump and restore');
$node->safe_psql('postgres', "COPY kept TO '$folder/copy' (FORMAT binary); COPY copied FROM '$folder/copy' (FORMAT binary)");
is($node->safe_psql('postgres', "$checksum copied"), $before, 'COPY in binary');

# A binary COPY of one value, and the SQLSTATE or text it gives.
sub copy_binary { return read_binary($node, @_) }
my $head = sub { pack('C l> l>', @_) };
my $pairs = pack('q>*', 5, 20, 3, 40);
is(copy_binary('paired_tally', $head->(1, 0, 1) . $pairs), '0..1:{{5,20},{3,40}}', 'good pairs are read');
is(copy_binary('paired_tally', $_->[1]), '22P03', "pairs refused: $_->[0]") for (
	[ 'empty', '' ], [ 'half a scale', pack('C l>', 1, 1) ], [ 'no counts', $head->(1, 0, 1) ], [ 'unknown format', $head->(2, 0, 1) . $pairs ],
	[ 'as many as points', $head->(1, 0, 1) . pack('q>*', 5, 20) ], [ 'a count too many', $head->(1, 0, 1) . $pairs . pack('q>', 1) ], [ 'a byte too many', $head->(1, 0, 1) . $pairs . "\0" ],
	[ 'scale turned round', $head->(1, 1, 0) . $pairs ], [ 'widest scale', $head->(1, -2147483648, 2147483647) . $pairs ], [ 'scale of 102 points', $head->(1, 0, 101) . pack('q>*', (0) x (102 * 102)) ]);
is(copy_binary('paired_tally', $head->(1, 0, 1) . pack('q>*', 5, 20, -3, 40)), '22003', 'pairs refused: a negative count');

my $whead = sub { pack('C c l> l>', @_) };
my $point = sub { pack('d> d> d> d> q>', @_) };
my $points = $point->(2.5, 0, 3.25, 0, 2) . $point->(1, 0, 1, 0, 1);
is(copy_binary('weighted_tally', $whead->(1, 0, 0, 1) . $points), '0..1:{(2.5,3.25,2),(1,1,1)}', 'good weights are read');
is(copy_binary('weighted_tally', $_->[1]), '22P03', "weights refused: $_->[0]") for (
	[ 'empty', '' ], [ 'half a scale', pack('C c l>', 1, 0, 1) ], [ 'no points', $whead->(1, 0, 0, 1) ], [ 'unknown format', $whead->(2, 0, 0, 1) . $points ], [ 'unknown unit', $whead->(1, 2, 0, 1) . $points ], [ 'unit of nothing', $whead->(1, 1, 0, 0) . $point->((0) x 5) ],
	[ 'a point too few', $whead->(1, 0, 0, 2) . $points ], [ 'a byte too many', $whead->(1, 0, 0, 1) . $points . "\0" ], [ 'scale turned round', $whead->(1, 0, 1, 0) . $points ], [ 'widest scale', $whead->(1, 0, -2147483648, 2147483647) . $points ]);
is(copy_binary('weighted_tally', $whead->(1, 0, 0, 0) . $point->(@{ $_->[1] })), '22003', "weights refused: $_->[0]") for (
	[ 'NaN', [ 'nan', 0, 1, 0, 1 ] ], [ 'infinite', [ 'inf', 0, 1, 0, 1 ] ], [ 'negative', [ -1, 0, 1, 0, 1 ] ], [ 'a square of NaN', [ 1, 0, 'nan', 0, 1 ] ], [ 'a rest of NaN', [ 1, 'nan', 1, 0, 1 ] ], [ 'a rest too large', [ 1, 0.5, 1, 0, 1 ] ],
	[ 'negative count', [ 1, 0, 1, 0, -1 ] ], [ 'weights of nobody', [ 1, 0, 1, 0, 0 ] ], [ 'too large to be added up', [ 1e200, 0, 1, 0, 1 ] ]);

# every single damaged byte of a good value is either refused or gives a value that can be read and reads back as itself
my $good = $whead->(1, 0, 0, 1) . $points;
my ($survivors, $broken) = (0, '');
for my $position (0 .. length($good) - 1)
{
	my $damaged = $good;
	substr($damaged, $position, 1) ^= "\x81";
	my $answer = copy_binary('weighted_tally', $damaged);
	next if $answer =~ /^(22P03|22003)$/;
	$survivors++;
	my $read = $node->safe_psql('postgres', "SELECT t::text = t::text::weighted_tally::text, concat_ws(',', rate(t), effective_responses(t), rate_interval(t), ces_interval(t), stddev(t)) FROM (SELECT '$answer'::weighted_tally) v(t)");
	$broken .= "position $position: $answer gives $read\n" if $read !~ /^t/ || $read =~ /nan|inf/i;
}
is($broken, '', "damaged bytes are refused or weights ($survivors)");

SKIP: {
	skip 'soft errors came with 16', 2 if $node->pg_version < 16;
	is($node->safe_psql('postgres', q{SELECT pg_input_is_valid('0..1:{{1,2},{3,4}}', 'paired_tally'), pg_input_is_valid('0..1:{{1,2},{3}}', 'paired_tally'), pg_input_is_valid('0..0:{(1,1,1)}', 'weighted_tally')}), 't|f|t', 'soft errors');
	is($node->safe_psql('postgres', q{SELECT string_agg(sql_error_code, ' ') FROM unnest(ARRAY['x', '1..0:{(1,1,1)}', '0..0:{(-1,1,1)}', '0..0:{(1e999,1,1)}', '0..0:{(1,1,-1)}', '0..0:{(-,1,1)}']) v, pg_input_error_info(v, 'weighted_tally')}),
		'22P02 22P02 22003 22003 22003 22P02', 'and their codes');
}

$node->stop;
done_testing();
