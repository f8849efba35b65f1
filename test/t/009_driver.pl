# The figures of a driver model agree to a relative 1e-12 of what the data can tell over sorted
# rows and as the sum of parts, near 0 and far from it, in large and small units; factors as
# columns and as an array give the same bytes in parallel; damaged binary forms are refused.
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
my $node = PostgreSQL::Test::Cluster->new('driver');
$node->init;
$node->append_conf('postgresql.conf',
	"fsync = off\nmax_worker_processes = 16\nmax_parallel_workers = 8\nextra_float_digits = 3");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION recovery_kpi');

# group, rows, then the figures of each factor and the fit
my $figures = join(', ', map { "coalesce($_\::text, 'none')" }
	qw(correlation std_beta t_statistic vif relative_weight));
my $columns = "g, responses(m),
	(SELECT string_agg(concat_ws('|', $figures), '|' ORDER BY factor) FROM driver_importance(m)),
	(driver_fit(m)).r_squared, (driver_fit(m)).f_statistic";
my $direct = "SELECT $columns FROM (SELECT g, driver_model(y, x) AS m FROM %s GROUP BY g OFFSET 0) s ORDER BY g";
my @plans = (
	[ serial => $serial, sprintf($direct, 'data') ],
	[ ordered => $serial, sprintf($direct, '(SELECT * FROM data ORDER BY y DESC, i OFFSET 0) r') ],
	[ parts => $serial, "SELECT $columns FROM (SELECT g, sum(p) AS m FROM
		(SELECT g, driver_model(y, x) AS p FROM data GROUP BY g, hashint4(i) % 5) parts GROUP BY g OFFSET 0) s
			ORDER BY g" ]);

# Tables of 0 to some thousand rows in 1 to 40 groups; whole scores or not, the first
# factor driving the second, far from 0 or not, in units up to 2^200; with NULLs.
sub table_sql
{
	my $seed = shift;
	my $rows = (0, 1, 2, 7, 60, 500, 3000)[ $seed % 7 ];
	my $groups = (1, 3, 40)[ $seed % 3 ];
	my $null = (0, 100)[ int($seed / 7) % 2 ];
	my $offset = (0, 1000, 1e9)[ int($seed / 2) % 3 ];
	my $unit = ('1', '2::float8 ^ 200', '2::float8 ^ -200')[ int($seed / 5) % 3 ];
	my $dice = sub { "(abs(hashint8extended(i, $seed$_[0]) / 2) % 1000)" };
	my $score = $seed % 2 ? sub { $dice->(@_) . ' % 5' } : sub { $dice->(@_) . ' * 0.001' };
	my @x = map { $score->($_) } 1 .. 3;
	my $or_null = sub { my ($n, $value) = @_; return 'CASE WHEN ' . $dice->($n) . " >= $null THEN $value END" };
	my $y = $or_null->(5, "((0.5 * a + 0.25 * b) / ($unit) + " . $score->(6) . ")::float8 + $offset");
	my $x = $or_null->(7, "ARRAY[a + $offset * ($unit), b * 0.5 - $offset * ($unit), " . $or_null->(8, 'c') . ']');
	return 'DROP TABLE IF EXISTS data; CREATE TABLE data AS SELECT i, (' . $dice->(4)
		. " % $groups)::int AS g, $y AS y, $x AS x
		FROM (SELECT i, (a * ($unit))::float8 AS a, ((a + b) * ($unit))::float8 AS b, (c * ($unit))::float8 AS c
			FROM (SELECT i, ($x[0])::float8 AS a, ($x[1])::float8 AS b, ($x[2])::float8 AS c
				FROM generate_series(1, $rows) i) r) s;\n";
}

# What a few roundings of correlations can do grows with the variance inflation, and
# a t or F of a nearly perfect fit with 1 / (1 - R squared).
sub same
{
	my ($want, $got) = @_;
	return 0 if @$want != @$got;
	my ($vif) = sort { $b <=> $a } map { /^[0-9]/ ? $_ : 1 } map { $want->[ 5 + 5 * $_ ] // 1 } 0 .. 2;
	my $r2 = @$want > 3 && $want->[-2] =~ /^[0-9]/ && $want->[-2] < 1 ? $want->[-2] : 0;
	my $scale = ($vif > 10 ? $vif / 10 : 1) * (1 - $r2 < 0.1 ? 0.1 / (1 - $r2) : 1);
	return !grep { !near($want->[$_], $got->[$_], $scale) } 0 .. $#$want;
}
compare_plans($node, $tables, \&table_sql, \&same, @plans);

# factors as columns: in one query, of which each worker sees the same rows, to the last bit what arrays give
$node->safe_psql('postgres', q{
	CREATE TABLE parted (i int, g int, y float8, x float8[]) PARTITION BY HASH (i);
	CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 0);
	CREATE TABLE parted_1 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 1);
	INSERT INTO parted SELECT i, i % 4, i * 7919 % 12, ARRAY[i * 104729 % 11, i % 5] FROM generate_series(1, 9000) i;
	ANALYZE parted});
my $both = 'SELECT g, driver_model(y * 0.1, x[1], nullif(x[2], 3)) AS m,
	driver_model(y * 0.1, ARRAY[x[1], nullif(x[2], 3)]) AS a FROM parted GROUP BY g';
like($node->safe_psql('postgres', "$parallel EXPLAIN (COSTS OFF) $both"), qr/Partial (Hash|Group)?\s*Aggregate/,
	'workers share columns');
is($node->safe_psql('postgres', "$parallel SELECT count(*), sum(responses(m)),
	bool_and(driver_model_send(m) = driver_model_send(a)) FROM ($both) s"),
	'4|7200|t', 'columns and arrays give the same bytes in parallel');

# --- damaged binary forms ---------------------------------------------------------------

# A binary COPY of one value, and the SQLSTATE or text it gives.
sub copy_binary { return read_binary($node, 'driver_model', @_) }
my $head = sub { pack('C C q>', @_) };
my $sums = sub { pack('d>*', map { ($_, 0) } @_) };
my $good = $head->(1, 1, 3) . $sums->(2, 5, 2, 3, 6);
is(copy_binary($good), '3:{2,5}:{{2},{3,6}}', 'a good one is read');
is(copy_binary($_->[1]), '22P03', "refused: $_->[0]") for (
	[ 'empty', '' ],
	[ 'format only', "\1" ],
	[ 'no sums', $head->(1, 1, 3) ],
	[ 'unknown format', "\2" . substr($good, 1) ],
	[ 'no factors', $head->(1, 0, 3) . $sums->(2, 2) ],
	[ 'another number of factors', "\1\2" . substr($good, 2) ],
	[ '33 factors', $head->(1, 33, 3) . $sums->((0) x (34 + 34 * 35 / 2)) ],
	[ '255 factors', "\1\377" . substr($good, 2) ],
	[ 'a sum too few', substr($good, 0, -16) ],
	[ 'a byte too many', "$good\0" ],
	[ 'a byte too few', substr($good, 0, -1) ]);
is(copy_binary($_->[1]), '22003', "refused: $_->[0]") for (
	[ 'no rows', $head->(1, 1, 0) . $sums->(2, 5, 2, 3, 6) ],
	[ 'negative rows', $head->(1, 1, -3) . $sums->(2, 5, 2, 3, 6) ],
	[ 'NaN', $head->(1, 1, 3) . $sums->('nan', 5, 2, 3, 6) ],
	[ 'infinite', $head->(1, 1, 3) . $sums->(2, 5, 'inf', 3, 6) ],
	[ 'a negative square', $head->(1, 1, 3) . $sums->(2, 5, -2, 3, 6) ],
	[ 'a product too large', $head->(1, 1, 3) . $sums->(2, 5, 2, 3.6, 6) ],
	[ 'a product of a constant', $head->(1, 1, 3) . $sums->(2, 5, 0, 1e-9, 6) ],
	[ 'a single row that varies', $head->(1, 1, 1) . $sums->(2, 5, 2, 3, 6) ],
	[ 'a mean too large', $head->(1, 1, 3) . $sums->(1e121, 5, 2, 3, 6) ],
	[ 'a square too large', $head->(1, 1, 3) . $sums->(2, 5, 1e300, 3, 6) ],
	[ 'a rest too large', $head->(1, 1, 3) . pack('d>*', 2, 1e-9, (5, 0), (2, 0), (3, 0), (6, 0)) ],
	[ 'a rest of NaN', $head->(1, 1, 3) . pack('d>*', 2, 'nan', (5, 0), (2, 0), (3, 0), (6, 0)) ]);

# every single damaged byte of a good value is either refused or gives a value that can be read and reads back as itself
my ($survivors, $broken) = (0, '');
for my $position (0 .. length($good) - 1)
{
	my $damaged = $good;
	substr($damaged, $position, 1) ^= "\x81";
	my $answer = copy_binary($damaged);
	next if $answer =~ /^(22P03|22003)$/;
	$survivors++;
	my $read = $node->safe_psql('postgres', "SELECT m::text = m::text::driver_model::text, driver_fit(m),
		(SELECT string_agg(f::text, ' ') FROM driver_importance(m) f), m + '3:{2,5}:{{2},{3,6}}'
		FROM (SELECT '$answer'::driver_model) v(m)");
	$broken .= "position $position: $answer gives $read\n" if $read !~ /^t/ || $read =~ /nan|inf/i;
}
is($broken, '', "damaged bytes are refused or a model ($survivors)");

SKIP: {
	skip "$0: soft errors came with 16", 1 if $node->pg_version < 16;
	is($node->safe_psql('postgres', q{SELECT string_agg(coalesce(sql_error_code, 'good'), ',' ORDER BY n)
		FROM unnest(ARRAY['3:{2,5}:{{2},{3,6}}', 'x', '3:{2,5}:{{2},{3}}', '3:{2,5-}:{{2},{3,6}}',
		'3:{2,1e999}:{{2},{3,6}}', '0:{2,5}:{{2},{3,6}}', '3:{2,5}:{{2},{9,6}}'])
		WITH ORDINALITY v(t, n), pg_input_error_info(t, 'driver_model')}), 'good,22P02,22P02,22P02,22003,22003,22003',
			'soft errors');
}

$node->stop;
done_testing();
