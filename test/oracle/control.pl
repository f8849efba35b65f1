# Control charts and moving averages.
use strict;
use warnings;

# The points as (number, tally of good and bad).
sub control_points
{
	my ($i) = @_;
	my $n = $i->{n};
	my @n = ref $n ? @$n : ($n) x @{ $i->{defects} };
	return "(SELECT i, tally(0, 1, ARRAY[n - d, d]) AS t FROM unnest(ARRAY[" . join(',', @{ $i->{defects} })
	  . "]::bigint[], ARRAY[" . join(',', @n) . "]::bigint[]) WITH ORDINALITY v(d, n, i)) p";
}

sub values_sql
{
	return 'unnest(ARRAY[' . join(',', map { $_ // 'NULL' } @{ $_[0]{values} })
	  . ']::float8[]) WITH ORDINALITY v(x, i)';
}

return (
	control_chart => sub {
		my ($m, $i) = @_;
		if ($m eq 'xmr')
		{
			return ("(SELECT (xmr_chart(x ORDER BY i)).* FROM " . values_sql($i) . ") r",
				{ center => 'center', sigma => 'sigma', lcl => 'lower', ucl => 'upper',
					mr_bar => 'sigma * 2 / sqrt(pi())' });
		}
		if ($m eq 'ewma')
		{
			my $start = defined $i->{mu0} ? ", $i->{mu0}" : '';
			return ("(SELECT array_agg(z ORDER BY i) AS z FROM (SELECT i, "
					. "ewma(x, $i->{lambda}$start) OVER (ORDER BY i) AS z FROM " . values_sql($i) . ") v) r",
				{ z => 'z' });
		}
		my $points = control_points($i);
		my $chart = "(SELECT control_chart(t ORDER BY i) AS c FROM $points) c";
		return ("(SELECT (c).center, (c).sigma_z FROM $chart) r", { center => 'center / 100' }) if $m eq 'p_chart';
		return unless $m eq 'laney_p_prime' || $m eq 'p_and_laney';
		my $limits = "(SELECT min((c).center) AS center, min((c).sigma_z) AS sigma_z,"
		  . " array_agg(lower / 100 ORDER BY i) AS lower, array_agg(upper / 100 ORDER BY i) AS upper,"
		  . " coalesce(array_agg(i ORDER BY i) FILTER (WHERE out_of_control), '{}') AS signals"
		  . " FROM $points, $chart, control_limits(c, t, 'sigma') l) r";
		my %figures = (center => 'center / 100', sigma_z => 'sigma_z');
		# limits of every point, or of one point if all have the same number of answers
		@figures{qw(lcl ucl out_of_control)} = qw(lower upper signals) if $m eq 'laney_p_prime';
		@figures{qw(laney_lcl laney_ucl)} = ('lower[1]', 'upper[1]');
		return ($limits, \%figures);
	});
