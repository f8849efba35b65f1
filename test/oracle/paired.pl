# Before and after on the same customers, and recovered against never failed.  The
# reference counts first - second; the extension after - before.
use strict;
use warnings;

# a=good/good, b=good/bad, c=bad/good, d=bad/bad, first measurement first
sub change_tally
{
	my ($i, $swap) = @_;
	my ($b, $c) = $swap ? ($i->{c}, $i->{b}) : ($i->{b}, $i->{c});
	return sprintf("'0..1:{{%s,%s},{%s,%s}}'::paired_tally", map { sprintf '%.0f', $_ // 0 } $i->{d}, $c, $b, $i->{a});
}

# Pairs of numbers as a paired tally of whole ones: (FROM item, factor).  The
# difference asked for is the first less the second.
sub value_pairs
{
	my ($i) = @_;
	my ($first, $second) = map { [ map { defined $_ ? $_ : 'NULL' } @{ $_ } ] } @$i{qw(a b)};
	my ($factor, $min, $max) = whole_scale(@$i{qw(a b)}) or return;
	my $scaled = sub { join(',', map { $_ eq 'NULL' ? $_ : sprintf('%.0f', $_ * $factor) } @{ $_[0] }) };
	return ("(SELECT paired_tally(b, a, $min, $max) FROM unnest(ARRAY["
			. $scaled->($second) . "]::int[], ARRAY[" . $scaled->($first) . "]::int[]) v(b, a))", $factor);
}

return (
	rate_diff_paired => sub {
		my ($m, $i) = @_;
		return unless $m eq 'newcombe_paired';
		# the other way round too: the first measurement is after
		return ("(SELECT r.*, - s.upper AS mirrored_lower FROM rate_test(" . change_tally($i, 1)
				. ", $i->{conf}) r, rate_test(" . change_tally($i, 0) . ", $i->{conf}) s) r",
			{ estimate => 'difference / 100', upper => 'upper / 100',
				lower => 'CASE WHEN abs(lower - mirrored_lower) < 1e-9 THEN lower / 100 END' });
	},
	rate_diff_paired_test => sub {
		my ($m, $i) = @_;
		return unless $m eq 'mcnemar';
		my $changed = $i->{b} + $i->{c};
		my %figures = (chisq => 'statistic ^ 2', z => 'statistic');
		$figures{ $changed > 10000 ? 'p' : 'p_midp' } = 'p_value';
		return ("rate_test(" . change_tally({ a => 1, d => 1, %$i }, 1) . ") r", \%figures);
	},
	before_after => sub {
		my ($m, $i) = @_;
		my %figures = (diff => 'difference / f', t => 'statistic', p => 'p_value',
			lower => 'lower / f', upper => 'upper / f');
		if ($m eq 'paired_t')
		{
			my ($pairs, $factor) = value_pairs($i) or return;
			return ("(SELECT r.*, ${factor}::float8 AS f, pairs(p) AS n"
					. " FROM (SELECT $pairs AS p OFFSET 0) v, ces_test(p, $i->{conf}, 't') r) r", { %figures, n => 'n' });
		}
		return unless $m eq 'welch_t';
		my ($factor, $min, $max) = whole_scale(@$i{qw(a b)}) or return;
		my $tallies = join(', ', map { value_tally($_, $factor, $min, $max) } @$i{qw(a b)});
		return ("(SELECT ${factor}::float8 AS f, r.*, p.hedges_g FROM ces_test($tallies, $i->{conf}, 'welch') r,"
				. " recovery_paradox($tallies, $i->{conf}, $max) p) r",
			{ %figures, hedges_g_exact => 'hedges_g' });
	},
	nps_diff => sub {
		my ($m, $i) = @_;
		return unless $m eq 'paired_t' && ref $i->{a} eq 'ARRAY';
		my %figures = (diff => 'difference / f', t => 'statistic', z => 'statistic', p => 'p_value',
			lower => 'lower / f', upper => 'upper / f');
		# classes -1, 0, 1, or the answers themselves
		my $classes = !grep { defined && abs($_) > 1 } map { @$_ } @$i{qw(a b)};
		my $conf = $i->{conf} // 0.95;
		my $pairs = sprintf("(SELECT paired_tally(b, a, %s) FROM unnest(ARRAY[%s]::int[], ARRAY[%s]::int[]) v(b, a))",
			$classes ? '-1, 1' : '0, 10', map { join(',', map { $_ // 'NULL' } @$_) } @$i{qw(b a)});
		my ($f, $test) = $classes ? (1, "ces_test($pairs, $conf, 't')") : (100, "nps_test($pairs, $conf)");
		return ("(SELECT r.*, ${f}::float8 AS f FROM $test r) r", \%figures);
	},
	service_recovery_paradox => sub {
		my ($m, $i) = @_;
		return unless $m eq 'welch_t';
		my ($lo, $hi) = @{ $i->{scale} }[ 0, -1 ];
		my ($r, $n) = map { "tally($lo, $hi, ARRAY[" . join(',', @$_) . "]::bigint[])" }
		  @$i{qw(counts_recovered counts_never_failed)};
		# bounds and p of the paradox have a pseudo-answer: test/simulate judges them
		return ("(SELECT r.mean_difference, r.hedges_g, r.paradox, t.* FROM recovery_paradox($r, $n, $i->{conf}) r,"
				. " ces_test($r, $n, $i->{conf}, 'welch') t) r",
			{ diff => 'mean_difference', t => 'statistic', p => 'p_value', lower => 'lower', upper => 'upper',
				hedges_g_exact => 'hedges_g', se => 'mean_difference / statistic', paradox => 'paradox::int' });
	});
