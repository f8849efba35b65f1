# Weighted answers agree to 1e-12 over shuffled rows, as the sum of parts and in another unit,
# whatever their weights; a million of them are added up exactly.  Damaged binary forms of
# pairs and weights are refused with an SQLSTATE of their own.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use BinaryCopy 'read_binary';
use Plans qw(compare_plans near $serial $parallel);

my $tables = $ENV{MERGE_TABLES} // 60;
my $node = PostgreSQL::Test::Cluster->new('paired');
$node->init;
$node->append_conf('postgresql.conf',
	"fsync = off\nmax_worker_processes = 16\nmax_parallel_workers = 8\nextra_float_digits = 3");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION recovery_kpi');

# --- weights of any size -------------------------------------------------------------------

my $columns = join(', ', 'g', map { "$_(%1\$s)" } qw(responses effective_responses mean stddev csat nps))
	. join('', map { ", ($_).lower, ($_).upper" } 'ces_interval(%1$s)', 'csat_interval(%1$s)',
		q{nps_interval(%1$s, 0.95, 'score')}, q{nps_interval(%1$s, 0.95, 'wald')});
my $query = sub { my ($tally, $rows) = @_; return sprintf("SELECT $columns FROM $rows GROUP BY g ORDER BY g", $tally) };
my $tally = 'weighted_tally(a, 0, 10, w)';
my @plans = (
	[ serial => $serial, $query->($tally, 'data') ],
	[ units => $serial, $query->('weighted_tally(a::float8, 0, 10, w * 1024)', 'data') ],
	[ shuffled => $serial, $query->($tally, '(SELECT * FROM data ORDER BY hashint4(i) OFFSET 0) r') ],
	[ parts => $serial, $query->('sum(t)', "(SELECT g, $tally AS t FROM data GROUP BY g, hashint4(i) % 5) parts") ]);

# Tables of 0 to some thousand rows in 1 to 40 groups, some with NULLs or nothing else; weights
# equal, spread over three or over six hundred powers of ten, or 0.
sub table_sql
{
	my $seed = shift;
	my $rows = (0, 1, 2, 7, 60, 500, 3000)[ $seed % 7 ];
	my $groups = (1, 3, 40)[ $seed % 3 ];
	my $null = (0, 0.1, 1)[ int($seed / 7) % 3 ];
	my $hash = sub { "abs(hashint8extended(i, $seed$_[0]))" };
	my $weight = ('0.1', '0.05 + ' . $hash->(4) . ' % 997 / 7.0', '10.0::float8 ^ (' . $hash->(4) . ' % 600 - 300)',
		$hash->(4) . ' % 4 / 3.0', '0')[ $seed % 5 ];
	return "DROP TABLE IF EXISTS data; CREATE TABLE data AS SELECT i, (" . $hash->(1) . " % $groups)::int AS g, "
	  . 'CASE WHEN ' . $hash->(73) . " % 1000 >= $null * 1000 THEN (" . $hash->(3) . ' % 11)::int END AS a, '
	  . "($weight)::float8 AS w FROM generate_series(1, $rows) i;\n";
}

sub same
{
	my ($want, $got) = @_;
	return @$want == @$got && !grep { !near($want->[$_], $got->[$_]) } 0 .. $#$want;
}
compare_plans($node, $tables, \&table_sql, \&same, @plans);

# a million weights that a plain sum would get wrong in the tenth digit
my $many = q{SELECT mean(t), effective_responses(t), (ces_interval(t)).upper
	FROM (SELECT weighted_tally(s, 1, 5, w) AS t FROM many) x};
$node->safe_psql('postgres', q{CREATE TABLE many WITH (parallel_workers = 2) AS
	SELECT i % 5 + 1 AS s, CASE WHEN i % 3 = 0 THEN 0.1 ELSE 0.7 END AS w
		FROM generate_series(1, 1000000) i; ANALYZE many});
my ($one, $two) = map { [ split /\|/, $node->safe_psql('postgres', "$_ $many") ] } $serial, $parallel;
# 333,333 weights of 0.1 and 666,667 of 0.7
my ($w, $q) = (333333 * 0.1 + 666667 * 0.7, 333333 * 0.01 + 666667 * 0.49);
cmp_ok(abs($one->[1] / ($w * $w / $q) - 1), '<', 1e-14, 'a million weights are added up exactly');
cmp_ok(abs($one->[$_] / $two->[$_] - 1), '<', 1e-14, "and in parallel: $_") for 0 .. 2;

# --- damaged binary forms --------------------------------------------------------------------

# A binary COPY of one value, and the SQLSTATE or text it gives.
sub copy_binary { return read_binary($node, @_) }
my $head = sub { pack('C l> l>', @_) };
my $pairs = pack('q>*', 5, 20, 3, 40);
is(copy_binary('paired_tally', $head->(1, 0, 1) . $pairs), '0..1:{{5,20},{3,40}}', 'good pairs are read');
is(copy_binary('paired_tally', $_->[1]), '22P03', "pairs refused: $_->[0]") for (
	[ 'empty', '' ],
	[ 'half a scale', pack('C l>', 1, 1) ],
	[ 'no counts', $head->(1, 0, 1) ],
	[ 'unknown format', $head->(2, 0, 1) . $pairs ],
	[ 'as many as points', $head->(1, 0, 1) . pack('q>*', 5, 20) ],
	[ 'a count too many', $head->(1, 0, 1) . $pairs . pack('q>', 1) ],
	[ 'a byte too many', $head->(1, 0, 1) . $pairs . "\0" ],
	[ 'scale reversed', $head->(1, 1, 0) . $pairs ],
	[ 'widest scale', $head->(1, -2147483648, 2147483647) . $pairs ],
	[ 'scale of 102 points', $head->(1, 0, 101) . pack('q>*', (0) x (102 * 102)) ]);
is(copy_binary('paired_tally', $head->(1, 0, 1) . pack('q>*', 5, 20, -3, 40)), '22003',
	'pairs refused: a negative count');

my $whead = sub { pack('C c l> l>', @_) };
my $point = sub { pack('d> d> d> d> q>', @_) };
my $points = $point->(2.5, 0, 3.25, 0, 2) . $point->(1, 0, 1, 0, 1);
is(copy_binary('weighted_tally', $whead->(1, 0, 0, 1) . $points), '0..1:{(2.5,3.25,2),(1,1,1)}',
	'good weights are read');
is(copy_binary('weighted_tally', $_->[1]), '22P03', "weights refused: $_->[0]") for (
	[ 'empty', '' ],
	[ 'half a scale', pack('C c l>', 1, 0, 1) ],
	[ 'no points', $whead->(1, 0, 0, 1) ],
	[ 'unknown format', $whead->(2, 0, 0, 1) . $points ],
	[ 'unknown unit', $whead->(1, 2, 0, 1) . $points ],
	[ 'unit of nothing', $whead->(1, 1, 0, 0) . $point->((0) x 5) ],
	[ 'a point too few', $whead->(1, 0, 0, 2) . $points ],
	[ 'a byte too many', $whead->(1, 0, 0, 1) . $points . "\0" ],
	[ 'scale reversed', $whead->(1, 0, 1, 0) . $points ],
	[ 'widest scale', $whead->(1, 0, -2147483648, 2147483647) . $points ]);
is(copy_binary('weighted_tally', $whead->(1, 0, 0, 0) . $point->(@{ $_->[1] })), '22003', "weights refused: $_->[0]")
	for (
	[ 'NaN', [ 'nan', 0, 1, 0, 1 ] ],
	[ 'infinite', [ 'inf', 0, 1, 0, 1 ] ],
	[ 'negative', [ -1, 0, 1, 0, 1 ] ],
	[ 'a square of NaN', [ 1, 0, 'nan', 0, 1 ] ],
	[ 'a rest of NaN', [ 1, 'nan', 1, 0, 1 ] ],
	[ 'a rest too large', [ 1, 0.5, 1, 0, 1 ] ],
	[ 'negative count', [ 1, 0, 1, 0, -1 ] ],
	[ 'weights of nobody', [ 1, 0, 1, 0, 0 ] ],
	[ 'too large to be added up', [ 1e200, 0, 1, 0, 1 ] ]);

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
	my $read = $node->safe_psql('postgres', "SELECT t::text = t::text::weighted_tally::text,
		concat_ws(',', rate(t), effective_responses(t), rate_interval(t), ces_interval(t), stddev(t))
		FROM (SELECT '$answer'::weighted_tally) v(t)");
	$broken .= "position $position: $answer gives $read\n" if $read !~ /^t/ || $read =~ /nan|inf/i;
}
is($broken, '', "damaged bytes are refused or weights ($survivors)");

SKIP: {
	skip "$0: soft errors came with 16", 2 if $node->pg_version < 16;
	is($node->safe_psql('postgres', q{SELECT pg_input_is_valid('0..1:{{1,2},{3,4}}', 'paired_tally'),
		pg_input_is_valid('0..1:{{1,2},{3}}', 'paired_tally'), pg_input_is_valid('0..0:{(1,1,1)}', 'weighted_tally')}),
		't|f|t', 'soft errors');
	is($node->safe_psql('postgres', q{SELECT string_agg(sql_error_code, ' ')
		FROM unnest(ARRAY['x', '1..0:{(1,1,1)}', '0..0:{(-1,1,1)}', '0..0:{(1e999,1,1)}', '0..0:{(1,1,-1)}',
		'0..0:{(-,1,1)}']) v, pg_input_error_info(v, 'weighted_tally')}),
		'22P02 22P02 22003 22003 22003 22P02', 'and their codes');
}

$node->stop;
done_testing();
