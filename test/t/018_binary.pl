# The binary forms of clustered tallies, status clocks and models with standard errors: a good one is
# read as it was written; damaged ones are refused with an SQLSTATE of their own, or are a value that
# reads back as itself.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use BinaryCopy 'read_binary';

my $node = PostgreSQL::Test::Cluster->new('binary');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\ntimezone = 'UTC'\nextra_float_digits = 3");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION recovery_kpi');
sub copy_binary { return read_binary($node, @_) }

# each byte of a good value, turned, gives an error for users or a value that reads back as itself
sub damage
{
	my ($type, $good) = @_;
	my ($survivors, $broken) = (0, '');
	for my $position (0 .. length($good) - 1)
	{
		my $damaged = $good;
		substr($damaged, $position, 1) ^= "\x81";
		my $answer = copy_binary($type, $damaged);
		next if $answer =~ /^(22P03|22003|22008|22021|22023)$/;
		$survivors++;
		(my $quoted = $answer) =~ s/'/''/g;
		my ($rc, $same, $error) = $node->psql('postgres', "SELECT '$quoted'::${type}::text = '$quoted'");
		$broken .= "position $position: $answer\n$error\n" if $same ne 't' || $answer =~ /nan|inf/i;
	}
	is($broken, '', "damaged bytes of a $type are refused or are a value");
	cmp_ok($survivors, '>', 0, 'and some are a value');
}

# --- clustered_tally: format, scale, customers, counts, products --------------------------------

my $head = sub { pack('C l> l> q>', @_) };
my $cells = pack('q>*', 1, 3, 1, 2, 5);
is(copy_binary('clustered_tally', $head->(1, 0, 1, 2) . $cells), '0..1:2:{1,3}:{{1},{2,5}}', 'good clusters are read');
is(copy_binary('clustered_tally', $head->(1, 0, -1, 0)), '{}', 'an empty one too');
is(copy_binary('clustered_tally', $_->[1]), $_->[2] // '22P03', "clusters refused: $_->[0]") for (
	[ 'empty', '' ],
	[ 'half a head', substr($head->(1, 0, 1, 2), 0, 9) ],
	[ 'unknown format', $head->(2, 0, 1, 2) . $cells ],
	[ 'a cell too few', $head->(1, 0, 1, 2) . substr($cells, 8) ],
	[ 'a byte too many', $head->(1, 0, 1, 2) . "$cells\0" ],
	[ 'scale reversed', $head->(1, 1, 0, 2) . $cells ],
	[ 'widest scale', $head->(1, -2147483648, 2147483647, 2) . $cells ],
	[ 'negative count', $head->(1, 0, 1, 2) . pack('q>*', -1, 3, 1, 2, 5), '22003' ]);
damage('clustered_tally', $head->(1, 0, 1, 2) . $cells);

# --- status_clock: format, sequenced, statuses, events; names; times, statuses, numbers ---------

# 9,557 days after 2000-01-01
my $nine = ((26 * 365 + 7 + 31 + 28 + 1) * 24 + 9) * 3600 * 1_000_000;
my $clock = sub {
	my ($format, $sequenced, $names, @events) = @_;
	return pack('C C n N', $format, $sequenced, scalar @$names, scalar @events)
		. join('', map { pack('N/a', $_) } @$names)
		. join('', map { pack('q> n', @$_) . (@$_ > 2 ? pack('q>', $_->[2]) : '') } @events);
};
my @two = ([ $nine, 0 ], [ $nine + 1_800_000_000, 1 ]);
my $good = $clock->(1, 0, [ 'a', 'b' ], @two);
is(copy_binary('status_clock', $good), '{2026-03-02T09:00:00Z "a",2026-03-02T09:30:00Z "b"}', 'a good clock is read');
is(copy_binary('status_clock', $clock->(1, 1, ['a'], [ $nine, 0, 7 ])), '{2026-03-02T09:00:00Z#7 "a"}',
	'one with numbers too');
is(copy_binary('status_clock', $clock->(1, 0, [])), '{}', 'an empty one too');
is(copy_binary('status_clock', $_->[1]), $_->[2] // '22P03', "clock refused: $_->[0]") for (
	[ 'empty', '' ],
	[ 'half a head', substr($good, 0, 7) ],
	[ 'unknown format', $clock->(2, 0, [ 'a', 'b' ], @two) ],
	[ 'unknown flag', $clock->(1, 2, [ 'a', 'b' ], @two) ],
	[ 'numbers of nothing', $clock->(1, 1, []) ],
	[ 'more statuses than events', $clock->(1, 0, [ 'a', 'b' ], [ $nine, 0 ]) ],
	[ 'names that are not there', pack('C C n N', 1, 0, 2, 2) . pack('N', 1) ],
	[ 'a name longer than all', pack('C C n N', 1, 0, 1, 1) . pack('N', 99) . 'abcd' ],
	[ 'a byte too few', substr($good, 0, -1) ],
	[ 'a byte too many', "$good\0" ],
	[ 'status without name', $clock->(1, 0, [ 'a', 'b' ], [ $nine, 0 ], [ $nine + 1, 2 ]) ],
	[ 'not in order', $clock->(1, 0, [ 'a', 'b' ], reverse @two) ],
	[ 'twice', $clock->(1, 0, ['a'], [ $nine, 0 ], [ $nine, 0 ]) ],
	[ 'a name twice', $clock->(1, 0, [ 'a', 'a' ], @two) ],
	[ 'a name not used', $clock->(1, 0, [ 'a', 'b' ], [ $nine, 0 ], [ $nine + 1, 0 ]) ],
	[ 'infinite', $clock->(1, 0, ['a'], [ 9223372036854775807, 0 ]), '22008' ]);
damage('status_clock', $good);

# --- clv_model with standard errors: format 2, figures, customers, errors -----------------------

my $model = q{(1,2,3,4,,,,,,5,{4,0,1,0,0,1,0,0,0,1},{})};
my $sent = $node->safe_psql('postgres', "SELECT encode(clv_model_send('$model'), 'hex')");
is(copy_binary('clv_model', pack('H*', $sent)), $model, 'a model with errors is read as it was written');
is(copy_binary('clv_model', pack('H*', "01" . substr($sent, 2))), '22P03', 'as format 1 it has bytes too many');
is(copy_binary('clv_model', pack('H*', substr($sent, 0, -2))), '22P03', 'a byte less is no model');
damage('clv_model', pack('H*', $sent));

$node->stop;
done_testing();
