# docs/reference.md is what `make reference` would write now, and has every function of the
# extension; the page that it names for a function tells of that function.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('reference');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;
$ENV{PGHOST} = $node->host;
$ENV{PGPORT} = $node->port;
$ENV{PGDATABASE} = 'postgres';
my ($made, $err);
ok(IPC::Run::run([ 'test/reference/make' ], '>', \$made, '2>', \$err), 'the page can be made') or diag($err);
my $page = PostgreSQL::Test::Utils::slurp_file('docs/reference.md');
is($page, $made, 'docs/reference.md is fresh; else run make reference');

my %there = map { $_ => 1 } $page =~ /`(\w+)[(`]/g;
my @names = split(/\n/, $node->safe_psql('postgres', q{SELECT DISTINCT proname FROM pg_proc
	JOIN pg_depend ON classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e'
	WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'recovery_kpi') ORDER BY 1}));
cmp_ok(scalar(@names), '>', 200, scalar(@names) . ' names of functions');
is(join(' ', grep { !$there{$_} } @names), '', 'each of them is in it');

# The page of a family has its functions, in its text or its SQL.
my ($family, $text, @missing);
for (split(/\n/, $page))
{
	if (m{^## \[.*\]\((\w+)\.md\)}) { $family = $1; $text = PostgreSQL::Test::Utils::slurp_file("docs/$family.md") }
	elsif (/^## /) { undef $family }
	elsif ($family && /^\| `(\w+)\(/ && $text !~ /\b$1\b/) { push @missing, "$1 on $family.md" }
}
is(join(', ', @missing), '', 'and the page of a function tells of it');

$node->stop;
done_testing();
