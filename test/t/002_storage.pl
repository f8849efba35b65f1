# Summaries join by hash and by merge.  Damaged binary forms of tallies are refused with an
# SQLSTATE of their own, sorting tallies takes little memory, and input functions report soft
# errors.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use BinaryCopy 'read_binary';

my $node = PostgreSQL::Test::Cluster->new('storage');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE SCHEMA kpi; CREATE EXTENSION recovery_kpi SCHEMA kpi');

$node->safe_psql('postgres', q{
	SET search_path = kpi;
	CREATE TABLE public.summaries AS
	SELECT nps_tally(g % 5) AS tally, paired_tally(g % 3, g % 2, 0, 2) AS pairs,
		life_table(g % 9 * interval '1 hour', true) AS life, purchase_history(1 + g % 4, 1, 40, 3) AS history,
		weighted_tally(g % 4, 0, 4, 0.1 + g % 3) AS weighted, driver_model(g % 4, ARRAY[g % 3]) AS drivers,
		clv_model(1 + g % 4, 1, 1, 1, NULL, NULL, NULL) AS model
	FROM generate_series(1, 200) g GROUP BY g});
for my $column (qw(tally pairs life history weighted drivers model))
{
	my $want = $node->safe_psql('postgres',
		"SELECT sum(n * n) FROM (SELECT count(*) AS n FROM summaries GROUP BY $column\::text) g");
	for my $join (qw(hash merge))
	{
		my $settings = join(' ', map { "SET enable_$_ = off;" } 'nestloop', $join eq 'hash' ? 'mergejoin' : 'hashjoin');
		my $query = "SELECT count(*) FROM summaries a JOIN summaries b USING ($column)";
		my $path = 'SET search_path = public, kpi;';
		like($node->safe_psql('postgres', "$path $settings EXPLAIN $query"), qr/$join join/i, "$column: a $join join");
		is($node->safe_psql('postgres', "$path $settings $query"), $want, "$column joins by $join");
	}
}

# A binary COPY of one tally: format, scale, counts.
sub copy_binary { return read_binary($node, 'kpi.tally', @_) }
my $counts = pack('q>*', 3, 0, 4, 10, 12);
is(copy_binary(pack('C l> l>', 1, 1, 5) . $counts), '1..5:{3,0,4,10,12}', 'a good one is read');
my @bad = (
	[ 'empty', '' ],
	[ 'format only', "\1" ],
	[ 'half a scale', pack('C l>', 1, 1) ],
	[ 'no counts', pack('C l> l>', 1, 1, 5) ],
	[ 'unknown format', pack('C l> l>', 2, 1, 5) . $counts ],
	[ 'format 0', pack('C l> l>', 0, 1, 5) . $counts ],
	[ 'a count too few', pack('C l> l>', 1, 1, 6) . $counts ],
	[ 'a count too many', pack('C l> l>', 1, 1, 4) . $counts ],
	[ 'a byte too many', pack('C l> l>', 1, 1, 5) . $counts . "\0" ],
	[ 'a byte too few', pack('C l> l>', 1, 1, 5) . substr($counts, 1) ],
	[ 'scale reversed', pack('C l> l>', 1, 5, 1) . $counts ],
	[ 'the widest scale', pack('C l> l>', 1, -2147483648, 2147483647) . $counts ],
	[ 'scale of 102 points', pack('C l> l>', 1, 0, 101) . pack('q>*', (0) x 102) ],
	[ 'ten thousand counts', pack('C l> l>', 1, 0, 9999) . pack('q>*', (0) x 10000) ]);
is(copy_binary($_->[1]), '22P03', "refused: $_->[0]") for @bad;
is(copy_binary(pack('C l> l>', 1, 1, 5) . pack('q>*', 3, 0, -4, 10, 12)), '22003', 'refused: a negative count');

# each byte of a good value damaged by itself: refused, or a value of that scale
my $good = pack('C l> l>', 1, 1, 5) . $counts;
my $survivors = 0;
for my $position (0 .. length($good) - 1)
{
	my $damaged = $good;
	substr($damaged, $position, 1) ^= "\x81";
	my $answer = copy_binary($damaged);
	next if $answer =~ /^(22P03|22003)$/;
	$survivors++;
	die "position $position: $answer" unless $answer =~ /^1\.\.5:\{[0-9,]+\}$/;
}
cmp_ok($survivors, '>', 0, 'damaged bytes are refused or counts');

# Sorting compares stored, packed tallies in a memory context that lives long.
SKIP: {
	skip "$0: no /proc to read memory from", 1 unless -r '/proc/self/status';
	my $peak = $node->safe_psql('postgres', q{
		SET search_path = public, kpi; SET work_mem = '64MB';
		CREATE TEMP TABLE many AS
		SELECT tally(0, 10, ARRAY[hashint4(i) & 1048575, i & 7, 1, 2, 3, 4, 5, 6, 7, 8, 9]) AS t
		FROM generate_series(1, 100000) i;
		SELECT count(DISTINCT t) > 0 FROM many; CREATE INDEX ON many (t);
		SELECT substring(pg_read_file('/proc/' || pg_backend_pid() || '/status') FROM 'VmHWM:\s*(\d+)')});
	$peak =~ s/.*\n//s;
	cmp_ok($peak, '<', 350_000, "sorting a hundred thousand tallies stays small: $peak kB");
}

SKIP: {
	skip "$0: soft errors came with 16", 2 if $node->pg_version < 16;
	is($node->safe_psql('postgres', q{
		SELECT pg_input_is_valid('1..5:{1,2,3,4,5}', 'kpi.tally'), pg_input_is_valid('1..5:{1,2,3,4}', 'kpi.tally')}),
		't|f', 'soft errors');
	is($node->safe_psql('postgres', q{
		SELECT sql_error_code FROM unnest(ARRAY['x', '5..1:{1}', '0..1:{1,-2}', '0..1:{1,9223372036854775808}']) v,
			pg_input_error_info(v, 'kpi.tally')}),
		"22P02\n22P02\n22003\n22003", 'and their codes');
}

$node->stop;
done_testing();
