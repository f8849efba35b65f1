# Tallies outlive a restart, a dump and a restore, and travel in binary; damaged
# binary forms are refused with an error of their own.
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
$node->safe_psql('postgres', q{
  CREATE SCHEMA kpi; CREATE EXTENSION recovery_kpi SCHEMA kpi; SET search_path = public, kpi;
  CREATE TABLE daily (day date PRIMARY KEY, answers kpi.tally);
  INSERT INTO daily SELECT d, nps_tally(s) FROM generate_series('2025-01-01'::date, '2025-03-31', '1 day') d,
    LATERAL (SELECT abs(hashint8(extract(epoch FROM d)::bigint + i)) % 11 AS s FROM generate_series(1, 50) i) r GROUP BY d;
  INSERT INTO daily VALUES ('2025-04-01', NULL), ('2025-04-02', ('0..100:{' || repeat('123456789012345678,', 100) || '1}')::tally);
  CREATE UNIQUE INDEX ON daily (answers) WHERE day < '2025-01-02'; CREATE INDEX ON daily USING hash (answers);
  CREATE VIEW monthly AS SELECT period_start('month', day, 'UTC') AS month, sum(answers) AS answers, nps(sum(answers)) AS nps
    FROM daily WHERE day < '2025-04-01' GROUP BY 1});
my $checksum = q{SELECT md5(string_agg(day || coalesce(encode(kpi.tally_send(answers), 'hex'), '-'), ',' ORDER BY day)) FROM daily};
my $before = $node->safe_psql('postgres', $checksum);
my $view = $node->safe_psql('postgres', 'SELECT * FROM monthly ORDER BY 1');
like($view, qr/2025-03-01\|0\.\.10:/, 'the view reads');

$node->restart;
is($node->safe_psql('postgres', $checksum), $before, 'after a restart');

my $folder = $node->backup_dir;
mkdir $folder unless -d $folder;
$node->command_ok([ 'pg_dump', '-Fc', '-f', "$folder/dump", '-d', $node->connstr('postgres') ], 'pg_dump');
$node->safe_psql('postgres', 'CREATE DATABASE restored');
$node->command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr('restored'), "$folder/dump" ], 'pg_restore');
is($node->safe_psql('restored', $checksum), $before, 'after dump and restore');
is($node->safe_psql('restored', 'SELECT * FROM monthly ORDER BY 1'), $view, 'and so is the view');
is($node->safe_psql('restored', q{SET search_path = public, kpi; SELECT count(*) FROM daily d JOIN daily e USING (answers)}), 91, 'tallies join');

$node->safe_psql('postgres', "COPY daily TO '$folder/copy' (FORMAT binary); CREATE TABLE copied (LIKE daily); COPY copied FROM '$folder/copy' (FORMAT binary)");
is($node->safe_psql('postgres', 'SET search_path = public, kpi; SELECT count(*) FROM daily d JOIN copied c ON d.day = c.day AND d.answers IS NOT DISTINCT FROM c.answers'), 92, 'COPY in binary');

# A binary COPY of one tally: format, scale, counts.
sub copy_binary { return read_binary($node, 'kpi.tally', @_) }
my $counts = pack('q>*', 3, 0, 4, 10, 12);
is(copy_binary(pack('C l> l>', 1, 1, 5) . $counts), '1..5:{3,0,4,10,12}', 'a good one is read');
my @bad = (
	[ 'empty', '' ], [ 'format only', "\1" ], [ 'half a scale', pack('C l>', 1, 1) ], [ 'no counts', pack('C l> l>', 1, 1, 5) ],
	[ 'unknown format', pack('C l> l>', 2, 1, 5) . $counts ], [ 'format 0', pack('C l> l>', 0, 1, 5) . $counts ],
	[ 'a count too few', pack('C l> l>', 1, 1, 6) . $counts ], [ 'a count too many', pack('C l> l>', 1, 1, 4) . $counts ],
	[ 'a byte too many', pack('C l> l>', 1, 1, 5) . $counts . "\0" ], [ 'a byte too few', pack('C l> l>', 1, 1, 5) . substr($counts, 1) ],
	[ 'scale turned round', pack('C l> l>', 1, 5, 1) . $counts ], [ 'widest scale there is', pack('C l> l>', 1, -2147483648, 2147483647) . $counts ],
	[ 'scale of 102 points', pack('C l> l>', 1, 0, 101) . pack('q>*', (0) x 102) ], [ 'ten thousand counts', pack('C l> l>', 1, 0, 9999) . pack('q>*', (0) x 10000) ]);
is(copy_binary($_->[1]), '22P03', "refused: $_->[0]") for @bad;
is(copy_binary(pack('C l> l>', 1, 1, 5) . pack('q>*', 3, 0, -4, 10, 12)), '22003', 'refused: a negative count');

# every single damaged byte of a good value is either refused or gives a value that reads back as itself
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
	skip 'no /proc to read memory from', 1 unless -r '/proc/self/status';
	my $peak = $node->safe_psql('postgres', q{SET search_path = public, kpi; SET work_mem = '64MB'; CREATE TEMP TABLE many AS
		SELECT tally(0, 10, ARRAY[hashint4(i) & 1048575, i & 7, 1, 2, 3, 4, 5, 6, 7, 8, 9]) AS t FROM generate_series(1, 100000) i;
		SELECT count(DISTINCT t) > 0 FROM many; CREATE INDEX ON many (t);
		SELECT substring(pg_read_file('/proc/' || pg_backend_pid() || '/status') FROM 'VmHWM:\s*(\d+)')});
	$peak =~ s/.*\n//s;
	cmp_ok($peak, '<', 350_000, "sorting a hundred thousand tallies stays small: $peak kB");
}

SKIP: {
	skip 'soft errors came with 16', 2 if $node->pg_version < 16;
	is($node->safe_psql('postgres', q{SELECT pg_input_is_valid('1..5:{1,2,3,4,5}', 'kpi.tally'), pg_input_is_valid('1..5:{1,2,3,4}', 'kpi.tally')}), 't|f', 'soft errors');
	is($node->safe_psql('postgres', q{SELECT sql_error_code FROM unnest(ARRAY['x', '5..1:{1}', '0..1:{1,-2}', '0..1:{1,9223372036854775808}']) v, pg_input_error_info(v, 'kpi.tally')}),
		"22P02\n22P02\n22003\n22003", 'and their codes');
}

$node->stop;
done_testing();
