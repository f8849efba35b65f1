#!/usr/bin/perl
# Runs reference values of the statistics (a JSON list of cases, each with inputs,
# expected figures and tolerance) against the extension and prints a TAP line per
# figure.  Shares are 0..1 and NPS -1..1 there, percentages here.  Cases of methods
# that the extension does not offer are left out, and counted at the end.
use strict;
use warnings;
use File::Basename;
use File::Spec;
use JSON::PP;

my $file = shift or die "usage: oracle.pl cases.json\n";
open(my $in, '<', $file) or die "$file: $!\n";
my $cases = JSON::PP->new->decode(do { local $/; <$in> });

# --- inputs as SQL --------------------------------------------------------------

sub share_tally { my ($x, $n) = @_; return sprintf("tally(0, 1, ARRAY[%d::bigint - %d, %d])", $n, $x, $x) }

sub nps_tally
{
	my $i = shift;
	return sprintf("tally(0, 10, ARRAY[%d,0,0,0,0,0,0,%d,0,0,%d]::bigint[])",
		$i->{detractors}, $i->{passives}, $i->{promoters});
}

# A tally of numbers with at most one decimal, scaled up to whole ones.
sub value_tally
{
	my ($values, $factor, $min, $max) = @_;
	my @scaled = map { sprintf('%.0f', $_ * $factor) } grep { defined } @$values;
	return sprintf("(SELECT tally(v, %d, %d) FROM unnest(ARRAY[%s]::int[]) v)", $min, $max, join(',', @scaled));
}

# The factor that makes all values whole, and their range; nothing if they do not
# fit the 101 points of a tally.
sub whole_scale
{
	my @values = grep { defined } map { @$_ } @_;
	for my $factor (1, 10)
	{
		next if grep { abs($_ * $factor - sprintf('%.0f', $_ * $factor)) > 1e-6 } @values;
		my ($min, $max) = (sort { $a <=> $b } map { sprintf('%.0f', $_ * $factor) } @values)[ 0, -1 ];
		return ($factor, $min, $max) if $max - $min <= 100;
	}
	return;
}

my %rate_method = (wilson => 'wilson', clopper_pearson => 'exact', jeffreys => 'jeffreys', wald => 'wald');
my %nps_method = (adjusted_wald_3T => 'adjusted', score => 'score', wald => 'wald');

# Each returns (FROM item, { expected figure => SQL expression }) or nothing.
my %plan = (
	rate => sub {
		my ($m, $i) = @_;
		return ("(SELECT csat(v, 1, $i->{scale_max}, $i->{good_from}) AS k FROM unnest(ARRAY["
				. join(',', map { $_ // 'NULL' } @{ $i->{ratings} }) . "]::int[]) v) r", { estimate => 'k / 100' })
			if $m eq 'csat_from_scale';
		return unless $rate_method{$m};
		return ("rate_interval(" . share_tally($i->{x}, $i->{n}) . ", $i->{conf}, '$rate_method{$m}') r",
			{ estimate => 'estimate / 100', lower => 'lower / 100', upper => 'upper / 100' });
	},
	rate_test => sub {
		my ($m, $i) = @_;
		return unless $m eq 'score_z';
		return ("target_test(" . share_tally($i->{x}, $i->{n}) . ", $i->{p0} * 100) r", { z => 'statistic' });
	},
	rate_diff => sub {
		my ($m, $i) = @_;
		return unless $m eq 'newcombe';
		return ("rate_test(" . share_tally($i->{x1}, $i->{n1}) . ", " . share_tally($i->{x2}, $i->{n2})
				. ", $i->{conf}) r",
			{ estimate => 'difference / 100', lower => 'lower / 100', upper => 'upper / 100' });
	},
	rate_diff_test => sub {
		my ($m, $i) = @_;
		return unless $m eq 'pooled_z_and_n1';
		my $total = $i->{n1} + $i->{n2};
		return ("rate_test(" . share_tally($i->{x1}, $i->{n1}) . ", " . share_tally($i->{x2}, $i->{n2}) . ") r",
			{ z => "statistic * sqrt($total.0 / ($total - 1))", chisq => "statistic ^ 2 * $total / ($total - 1)",
				chisq_n1 => 'statistic ^ 2', p_n1 => 'p_value' });
	},
	nps => sub {
		my ($m, $i) = @_;
		return ("(SELECT nps(v) AS k, responses(nps_tally(v)) AS n FROM unnest(ARRAY["
				. join(',', map { $_ // 'NULL' } @{ $i->{ratings} }) . "]::numeric[]) v) r",
			{ nps => 'k / 100', n => 'n' })
			if $m eq 'nps_from_ratings';
		return unless $nps_method{$m};
		return ("nps_interval(" . nps_tally($i) . ", $i->{conf}, '$nps_method{$m}') r",
			{ nps => 'estimate / 100', n => 'responses', lower => 'lower / 100', upper => 'upper / 100' });
	},
	nps_diff => sub {
		my ($m, $i) = @_;
		return unless $m eq 'adjusted_wald_3T';
		return ("nps_test(" . nps_tally($i->{a}) . ", " . nps_tally($i->{b}) . ", $i->{conf}) r",
			{ diff => 'difference / 100', z => 'statistic', p => 'p_value',
				lower => 'lower / 100', upper => 'upper / 100' });
	},
	ces => sub {
		my ($m, $i) = @_;
		my ($factor, $min, $max) = whole_scale($i->{values}) or return;
		return ("(SELECT (ces_interval(t, $i->{conf}, 't')).*, mean(t) AS mean, stddev(t) AS sd FROM "
				. value_tally($i->{values}, $factor, $min, $max) . " s(t)) r",
			{ n => 'responses', mean => "mean / $factor", sd => "sd / $factor",
				lower => "lower / $factor", upper => "upper / $factor" });
	},
	mean => sub {
		my ($m, $i) = @_;
		return unless defined $i->{pair};
		my @values = ($i->{first}, (@{ $i->{pair} }) x $i->{repeat});
		my ($factor, $min, $max) = whole_scale(\@values) or return;
		return ("(SELECT mean(t) AS mean, stddev(t) AS sd FROM "
				. value_tally(\@values, $factor, $min, $max) . " s(t)) r",
			{ mean => "mean / $factor", sd => "sd / $factor" });
	});

my $folder = dirname($file);

# Later families have files of their own, each a list of kpi => sub; a kpi that is
# known already is also looked up there, if the plan here does not know the method.
for my $part (sort glob(File::Spec->rel2abs(dirname($0)) . '/oracle/*.pl'))
{
	my %more = do $part;
	die "$part: " . ($@ || $! || 'no plans') if !%more;
	while (my ($kpi, $make) = each %more)
	{
		my $known = $plan{$kpi};
		$plan{$kpi} = sub { my @p = $known ? $known->(@_) : (); return @p ? @p : $make->(@_) };
	}
}

# An expected figure: of a name, or of a name and a place in its list.
sub expected_figure
{
	my ($expected, $key) = @_;
	my ($name, $place) = split /\./, $key;
	my $list = ref $expected eq 'HASH' && exists $expected->{$name} ? $expected->{$name} : return;
	return defined $place ? (ref $list ? \$list->[$place] : undef) : \$expected->{$name};
}

# --- one psql session for all -----------------------------------------------------

my @asked;
my $left = 0;
my $sql = "CREATE EXTENSION IF NOT EXISTS recovery_kpi;\nSET extra_float_digits = 3;\n";
for my $case (@$cases)
{
	my $make = $plan{ $case->{kpi} };
	my ($from, $figures) = $make ? $make->($case->{method}, $case->{inputs}, $case->{expected}, $folder) : ();
	if (!$from) { $left++; next }
	my @keys = grep { expected_figure($case->{expected}, $_) } sort keys %$figures;
	my @values = @keys ? @{$figures}{@keys} : values %$figures;
	$sql .= "\\echo \@$case->{id}\nSELECT " . join(', ', map { "to_jsonb($_)" } @values) . " FROM $from;\n";
	push @asked, [ $case, @keys ];
}
my $script = "/tmp/oracle.$$.sql";
open(my $out, '>', $script) or die "$script: $!\n";
print $out $sql;
close $out;
my (%answer, $id);
open(my $psql, '-|', "psql -XqAt -P null=NULL -f $script 2>&1") or die "psql: $!\n";
while (<$psql>)
{
	chomp;
	if (/^@(.*)/) { $id = $1 }
	elsif (/ERROR: /) { $answer{$id} = [ 'ERROR', $_ ] }
	elsif (defined $id && !$answer{$id}) { $answer{$id} = [ split /\|/ ] }
}
close $psql;
unlink $script;

my $number = 0;
sub same
{
	my ($is, $want, $abs, $rel) = @_;
	return !defined $is || $is eq 'NULL' if !defined $want;
	return $is =~ /^-?[0-9.]/ && abs($is - $want) <= $abs + $rel * abs($want);
}

sub report { my ($good, $name) = @_; printf("%sok %d - %s\n", $good ? '' : 'not ', ++$number, $name) }

for (@asked)
{
	my ($case, @keys) = @$_;
	my $got = $answer{ $case->{id} } // ['nothing'];
	if ($case->{expected}{error} || $case->{expected}{error_or_null})
	{
		my $null = $case->{expected}{error_or_null} && !grep { $_ ne 'NULL' } @$got;
		report($got->[0] eq 'ERROR' || $null, "$case->{id}: error");
		next;
	}
	my ($abs, $rel) = @{ $case->{tolerance} }{qw(abs rel)};
	$rel = 1e-10 if $rel < 1e-10;
	for my $k (0 .. $#keys)
	{
		my ($want, $is) = (${ expected_figure($case->{expected}, $keys[$k]) }, $got->[$k] // 'nothing');
		my @is = $is =~ /^\[/ ? @{ JSON::PP->new->decode($is) } : ($is);
		my @want = ref $want ? @$want : ($want);
		my $good = @is == @want && !grep { !same($is[$_], $want[$_], $abs, $rel) } 0 .. $#want;
		report($good, "$case->{id}: $keys[$k]"
				. ($good ? '' : ": got $is, want " . (ref $want ? "@want" : $want // 'NULL')));
	}
}
print "# $left cases of other methods or later families left out\n";
print "1..$number\n";
exit 0;
