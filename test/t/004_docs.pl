# Every SQL block of README.md, docs/*.md and docs/views/*.md runs, page by page, in a
# database of its own; a ```text block after it is its output.  A line
# <!-- include: FILE --> runs that script there.  The version is the same everywhere.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('docs');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', "timezone = 'UTC'");
$node->start;

# The blocks of a page in order: [ line, language, text ].
sub blocks
{
	my $page = shift;
	open(my $in, '<', $page) or die "$page: $!";
	my (@blocks, $block);
	while (<$in>)
	{
		if ($block && /^```\s*$/) { push @blocks, $block; undef $block }
		elsif ($block) { $block->[2] .= $_ }
		elsif (/^```(\w*)/) { $block = [ $., $1, '' ] }
		elsif (/^<!-- include: (\S+) -->$/) { push @blocks, [ $., 'sql', "\\i $1\n" ] }
	}
	return @blocks;
}

# without blanks at line ends and at the end
sub plain { my $text = shift; $text =~ s/[ \t]+$//mg; $text =~ s/\n+\z//; return $text }

for my $page ('README.md', sort(glob('docs/*.md'), glob('docs/views/*.md')))
{
	my @blocks = blocks($page);
	my $db = 'page_' . ($page =~ s/\W/_/gr);
	$node->safe_psql('postgres', qq{CREATE DATABASE "$db"});
	# a session per page: blocks build on each other
	my $script = "\\pset footer off\n";
	my %expected;
	for my $n (0 .. $#blocks)
	{
		my ($line, $language, $text) = @{ $blocks[$n] };
		next unless $language eq 'sql';
		$script .= "\\echo \@$line\n$text\n";
		$expected{$line} = $n < $#blocks && $blocks[ $n + 1 ][1] eq 'text' ? plain($blocks[ $n + 1 ][2]) : undef;
	}
	next unless %expected;
	my $file = PostgreSQL::Test::Utils::tempdir() . "/$db.sql";
	open(my $out, '>', $file) or die "$file: $!";
	print $out $script;
	close $out;
	my $got = `psql -X -q -d '@{[ $node->connstr($db) ]}' -f '$file' 2>&1`;
	my %output = map { /^(\d+)\n(.*)\z/s ? ($1, plain($2)) : () } split(/^@/m, $got);
	for my $line (sort { $a <=> $b } keys %expected)
	{
		my $output = $output{$line} // 'did not run';
		my $want = $expected{$line};
		my $name = "$page line $line";
		$output =~ s/^psql:\S+: //mg;
		if ($output =~ /ERROR:|FATAL:|did not run/ && ($want // '') !~ /ERROR:/) { fail($name); diag($output) }
		elsif (defined $want) { is($output, $want, "$name prints what it says") }
		else { pass("$name runs") }
	}
	# the page of a view lists its columns, types and comments
	next unless $page =~ m{^docs/views/(\w+)\.md};
	my $columns = $node->safe_psql($db, "SELECT format('| `%s` | %s | %s |', attname, format_type(atttypid, NULL),
		col_description(attrelid, attnum))
		FROM pg_attribute WHERE attrelid = 'bi.$1'::regclass AND attnum > 0 ORDER BY attnum");
	is(join("\n", PostgreSQL::Test::Utils::slurp_file($page) =~ /^(\| `.*)$/mg), $columns, "$page has the columns");
}

# the version stands in the control file; PGXN's META.json repeats it
my $read = sub { open(my $in, '<', shift) or die $!; local $/; return <$in> };
my ($version) = $read->('recovery_kpi.control') =~ /default_version = '(.*)'/;
my @repeated = $read->('META.json') =~ /"version": "(\d+\.\d+\.\d+)"/g;
is_deeply([ grep { $_ ne $version && $_ ne '1.0.0' } @repeated ], [], "META.json is of version $version");
like($read->('CHANGELOG.md'), qr/^## \Q$version\E/m, 'and the changelog knows it');

$node->stop;
done_testing();
