# The same random tables aggregated in several plans: each must give what the first one gives.
package Plans;
use strict;
use warnings;
use Exporter 'import';
use Test::More;
our @EXPORT_OK = qw(compare_plans near $serial $parallel);

our $serial = 'SET max_parallel_workers_per_gather = 0;';
our $parallel = 'SET max_parallel_workers_per_gather = 2; SET parallel_leader_participation = off;'
	. ' SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;';

# compare_plans(node, tables, table_sql, agree, [ name, settings, query ], ...): table_sql(seed) gives
# the SQL that makes the table "data", agree(want, got) tells whether two rows of columns are the same.
# Returns the rows of the first plan.
sub compare_plans
{
	my ($node, $tables, $table_sql, $agree, @plans) = @_;
	my $script = "SET client_min_messages = warning;\n";
	for my $seed (1 .. $tables)
	{
		$script .= $table_sql->($seed) . "ANALYZE data;\n";
		$script .= "\\echo \@$seed $_->[0]\n$_->[1]\n$_->[2];\n" for @plans;
	}
	my ($rc, $out, $err) = $node->psql('postgres', $script);
	is($rc, 0, "$tables tables ran") or diag($err);
	unlike($out, qr/nan|inf/i, 'nothing is NaN or Infinity');

	my (%result, $key);
	for (split /\n/, $out)
	{
		if (/^@(.*)/) { $key = $1; $result{$key} = [] }
		else { push @{ $result{$key} }, [ split /\|/, $_, -1 ] }
	}
	my ($first, @others) = map { $_->[0] } @plans;
	my ($different, @rows) = (0);
	for my $seed (1 .. $tables)
	{
		my $want = $result{"$seed $first"};
		push @rows, @$want;
		for my $plan (@others)
		{
			my $got = $result{"$seed $plan"};
			my @faults = @$got == @$want ? grep { !$agree->($want->[$_], $got->[$_]) } 0 .. $#$want : 'number';
			next unless @faults;
			diag("table $seed, $plan, row $_:\n", explain($want->[$_], $got->[$_])) for $different++ < 3 ? $faults[0]
				: ();
		}
	}
	is($different, 0, "all plans agree on $tables tables");
	cmp_ok(scalar(@rows), '>=', $tables, 'there were groups to compare: ' . @rows);
	return @rows;
}

# Two numbers as text are the same, or differ by 1e-12 times the scale: relative above 1, absolute below.
sub near
{
	my ($x, $y, $scale) = @_;
	return 1 if $x eq $y;
	return 0 if $x eq '' || $y eq '' || "$x$y" =~ /[^0-9.e+-]/;
	return abs($x - $y) <= 1e-12 * ($scale // 1) * (abs($x) > 1 ? abs($x) : 1);
}

1;
