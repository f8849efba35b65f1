# Sessions that make the same views, and readers that hold some views and then read others in
# any order: nobody waits in a circle, lock_timeout is honoured, and two sessions may make views
# in a schema that neither has found.
use strict;
use warnings;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('kpi_locks');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', "timezone = 'UTC'\nclient_min_messages = warning");
$node->start;
my $timeout = IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default);

# a psql that statements are sent to one by one; background_psql differs between versions
sub session
{
	my $s = { in => '', out => '', err => '' };
	$s->{run} = IPC::Run::start([ 'psql', '-XqAt', '-d', $node->connstr('postgres') ],
		'<', \$s->{in}, '>', \$s->{out}, '2>', \$s->{err}, $timeout);
	return $s;
}

sub begin { my ($s, $sql) = @_; $s->{in} .= "$sql;\n\\echo .\n"; $s->{run}->pump_nb; return }

# what the statement that was begun printed
sub result
{
	my $s = shift;
	$s->{run}->pump until $s->{out} =~ /^\.\n/m;
	$s->{out} =~ s/\A(.*?)\n?^\.\n//ms;
	return $1;
}
sub ask { my ($s, $sql) = @_; begin($s, $sql); return result($s) }

# somebody waits for a lock, of this type
sub until_waits { my $type = shift; return $node->poll_query_until('postgres',
	"SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype ~ '^($type)\$')"); }

my $make = sub { "SELECT create_kpi_views('bi', 'shop', as_of => '2025-12-15 00:00Z', period => '$_[0]')" };
$node->safe_psql('postgres', slurp_file('docs/views/example.sql'));
my @views = split /\n/, $node->safe_psql('postgres',
	q{SELECT relname FROM pg_class WHERE relnamespace = 'bi'::regnamespace AND relkind = 'v' ORDER BY 1});
cmp_ok(scalar(@views), '>=', 9, 'there are views');

#
# two readers take the views in opposite orders, while two sessions make them
#
my @reader = map { session() } 1, 2;
my @maker = map { session() } 1, 2;
my $read = sub { "SELECT 'read ' || count(*) * 0 FROM bi.$_[0]" };
like(ask($reader[0], 'BEGIN; ' . $read->($views[0])), qr/^read 0$/m, 'a reader has the first view');
like(ask($reader[1], 'BEGIN; ' . $read->($views[-1])), qr/^read 0$/m, 'another one the last');
begin($maker[0], $make->('week'));
ok(until_waits('relation'), 'a session makes the views');
begin($maker[1], $make->('month'));
ok(until_waits('advisory'), 'and another one');
for my $n (1 .. $#views)
{
	begin($reader[0], $read->($views[$n]));
	begin($reader[1], $read->($views[ $#views - $n ]));
	is(join(' ', map { result($_) } @reader), 'read 0 read 0', "readers go on with the views $n from both ends");
}
is(join(' ', map { $_->{out} } @maker), ' ', 'those who make them wait for the readers');
ask($_, 'COMMIT') for @reader;
is(join(' ', map { result($_) } @maker), scalar(@views) . ' ' . scalar(@views), 'then both make them');
is(join('', map { $_->{err} } @reader, @maker), '', 'without an error');
like($node->safe_psql('postgres', "SELECT obj_description('bi.kpi_trend'::regclass)"), qr/Period: month/,
	'one after the other');

#
# lock_timeout ends the wait, and only then
#
ask($reader[0], 'BEGIN; ' . $read->('voice'));
ask($maker[0], "SET lock_timeout = '200ms'; " . $make->('week'));
like($maker[0]{err}, qr/canceling statement due to lock timeout/, 'lock_timeout ends the wait');
like($node->safe_psql('postgres', "SELECT obj_description('bi.kpi_trend'::regclass)"), qr/Period: month/,
	'and the views are as before');
$maker[0]{err} = '';
begin($maker[0], "SET lock_timeout = '2min'; BEGIN; " . $make->('week') . '; SHOW lock_timeout');
ok(until_waits('relation'), 'a longer one does not');
ask($reader[0], 'COMMIT');
is(result($maker[0]), scalar(@views) . "\n2min", 'and stays what it was');
is($maker[0]{err}, '', 'without an error');

# another one that makes views waits for the end of the transaction, no longer than it wants to
ask($maker[1], "SET lock_timeout = '200ms'; " . $make->('month'));
like($maker[1]{err}, qr/canceling statement due to lock timeout/, 'so does the wait for another session');
$maker[1]{err} = '';
begin($maker[1], 'SET lock_timeout = 0; ' . $make->('month'));
ok(until_waits('advisory'), 'without one it waits');
ask($maker[0], 'ROLLBACK');
is(result($maker[1]), scalar(@views), 'and makes the views when the other is done');

#
# in a schema that is not there yet
#
ask($maker[0], "BEGIN; SELECT create_kpi_views('new', 'shop')");
begin($maker[1], "SELECT create_kpi_views('new', 'shop', 'week')");
ok(until_waits('advisory|transactionid'), 'two sessions make views in a new schema');
ask($maker[0], 'COMMIT');
is(result($maker[1]), scalar(@views), 'and both do');
is(join('', map { $_->{err} } @maker), '', 'without an error');

#
# who drops the views takes them all at once, too
#
ask($reader[0], 'BEGIN; ' . $read->($views[-1]));
begin($maker[0], "SELECT drop_kpi_views('bi')");
ok(until_waits('relation'), 'a session drops the views');
is(join(' ', map { ask($reader[0], $read->($_)) } @views), join(' ', map { 'read 0' } @views),
	'the reader who has the last one reads them all');
begin($maker[1], $make->('month'));
ok(until_waits('advisory'), 'who makes them waits for the one who drops them');
ask($reader[0], 'COMMIT');
is(join(' ', map { result($_) } @maker), scalar(@views) . ' ' . scalar(@views), 'then they are dropped, and made');
is(join('', map { $_->{err} } @reader, @maker), '', 'without an error');

$_->{in} .= "\\q\n" for @reader, @maker;
$_->{run}->finish for @reader, @maker;
$node->stop;
done_testing();
