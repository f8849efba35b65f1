# Survey weights.
use strict;
use warnings;

# A weighted tally of the scores (1 for all, if none are given) on the scale lo..hi.
sub weighted_tally
{
	my ($i, $lo, $hi) = @_;
	my $weights = $i->{weights};
	my $scores = $i->{score} // $i->{scores} // $i->{values} // $i->{y} // $i->{ratings} // [ (1) x @$weights ];
	my @lists = map { 'ARRAY[' . join(',', map { $_ // 'NULL' } @$_) . ']::float8[]' } $scores, $weights;
	return sprintf("(SELECT weighted_tally(s, %d, %d, w) FROM unnest(%s, %s) v(s, w))", $lo, $hi, @lists);
}

# The scale of the scores given, at least lo..hi.
sub scale_of
{
	my ($i, $lo, $hi) = @_;
	for (grep { defined } map { @$_ } grep { ref eq 'ARRAY' } @$i{qw(score scores values y ratings)})
	{
		($lo, $hi) = ($_ < $lo ? $_ : $lo, $_ > $hi ? $_ : $hi);
	}
	return ($lo, $hi);
}

# Figures of a mean from the linearised interval: its half width divided by the critical
# value of an interval of known error with the same number of answers.
return (
	weights => sub {
		my ($m, $i) = @_;
		return unless $m eq 'kish';
		my $wt = weighted_tally($i, 0, 1);
		# without rows there is no tally
		return ("(SELECT coalesce(responses(t), 0) AS n, effective_responses(t) AS n_eff FROM (SELECT $wt) w(t)) r",
			{ n => 'n', n_eff => 'n_eff', deff => 'n / n_eff' });
	},
	rate_weighted => sub {
		my ($m, $i) = @_;
		my ($wt, $conf) = (weighted_tally($i, 0, 1), $i->{conf} // 0.95);
		return ("(SELECT rate(t) AS k, effective_responses(t) AS n_eff, responses(t) AS n, "
				. "(rate_interval(t, $conf)).*, (rate_interval(t, 0.2, 'wald')).upper AS near "
				. "FROM (SELECT $wt) w(t)) r",
			{ (map { $_ => 'k / 100' } qw(estimate rate p mean)), n => 'n', n_eff => 'n_eff', deff => 'n / n_eff',
				(map { $_ => 'lower / 100' } qw(lower wilson_lower)),
				(map { $_ => 'upper / 100' } qw(upper wilson_upper)),
				se => '(near - k) / 100 / 0.25334710313579972' });
	},
	nps_weighted => sub {
		my ($m, $i) = @_;
		my ($lo, $hi) = scale_of($i, -1, 1);
		# classes -1, 0, 1 become answers 0, 8, 10
		my $class = $lo == -1 && $hi == 1;
		my $conf = $i->{conf} // 0.95;
		my $scores = $i;
		if ($class)
		{
			my @answers = map { defined $_ ? (0, 8, 10)[ $_ + 1 ] : undef } @{ $i->{score} // $i->{scores} };
			$scores = { %$i, score => \@answers };
		}
		my $wt = weighted_tally($scores, 0, 10);
		return ("(SELECT nps(t) AS k, effective_responses(t) AS n_eff, "
				. "share(t, 9, 10) AS promoters, share(t, 0, 6) AS detractors, (nps_interval(t, $conf)).*, "
				. "(nps_interval(t, $conf, 'wald')).lower AS l, (nps_interval(t, $conf, 'wald')).upper AS u, "
				. "(nps_interval(t, 0.2, 'wald')).upper AS near FROM (SELECT $wt) w(t)) r",
			{ nps => 'k / 100', n_eff => 'n_eff',
				promoter_share => 'promoters / 100', detractor_share => 'detractors / 100',
				aw_lower => 'lower / 100', aw_upper => 'upper / 100',
				lower_linearised => 'l / 100', upper_linearised => 'u / 100',
				se => '(near - k) / 100 / 0.25334710313579972' });
	},
	ces_weighted => sub {
		my ($m, $i) = @_;
		my ($lo, $hi) = scale_of($i, 1, 7);
		my ($wt, $conf) = (weighted_tally($i, $lo, $hi), $i->{conf} // 0.95);
		return ("(SELECT mean(t) AS mean, effective_responses(t) AS n_eff, responses(t) AS n, "
				. "(ces_interval(t, $conf, 't')).lower, (ces_interval(t, $conf, 't')).upper FROM (SELECT $wt) w(t)) r",
			{ (map { $_ => 'mean' } qw(mean ces estimate)), n => 'n', n_eff => 'n_eff', deff => 'n / n_eff',
				(map { $_ => 'lower' } qw(lower t_lower)), (map { $_ => 'upper' } qw(upper t_upper)) });
	});
