# Plans of the reference values of life tables, for oracle.pl.  Times have no unit
# there and are days here; time "t/365.25" is years.  Returns plans, each of them
# made from method, inputs, expected figures and folder of the data sets.
use strict;
use warnings;

# The rows of a CSV file without quotes, as hashes.
sub csv_rows
{
	my ($file) = @_;
	open(my $in, '<', $file) or die "$file: $!\n";
	my ($names, @rows) = map { s/[\r\n]+//r } <$in>;
	my @names = split /,/, $names;
	return map { my %row; @row{@names} = split(/,/, $_, -1); \%row } @rows;
}

# Times, events and groups of a case: from its inputs or from its data set.
sub subjects_of
{
	my ($i, $folder) = @_;
	return { %$i, group => $i->{group} // [ (1) x @{ $i->{time} } ] } if ref $i->{time};
	my @rows = csv_rows("$folder/$i->{dataset}");
	my ($time) = ($i->{time} // (exists $rows[0]{time} ? 'time' : 'time_days/365.25')) =~ /^(\w+)/;
	my $event = $i->{event} // 'event';
	my $group = $i->{group} // (grep { exists $rows[0]{$_} } qw(arm grp))[0];
	my $filter = $i->{filter} // '';
	@rows = grep { $_->{$1} eq $2 } @rows if $filter =~ /^(\w+)=(.*)$/;
	@rows = grep { $_->{$group} eq $filter } @rows if $filter && $filter !~ /=/;
	return { time => [ map { $_->{$time} } @rows ], event => [ map { $_->{$event} } @rows ],
		group => [ map { $group ? $_->{$group} : 1 } @rows ] };
}

# The life table of the subjects of one group, or of all.
sub life_table_sql
{
	my ($s, $group) = @_;
	my @rows = grep { !defined $group || $s->{group}[$_] eq $group } 0 .. $#{ $s->{time} };
	my ($times, $events) = map { my $c = $_; join(',', map { $s->{$c}[$_] } @rows) } qw(time event);
	return "(SELECT life_table(t * interval '1 day', e = 1)"
	  . " FROM unnest(ARRAY[$times]::float8[], ARRAY[$events]::int[]) u(t, e))";
}

sub groups_of { my ($s) = @_; my %seen; return sort grep { !$seen{$_}++ } @{ $s->{group} } }

# The number of days in the unit of time of a case.
sub unit_of
{
	my ($i) = @_;
	return $1 if ($i->{time} // '') =~ m{/([\d.]+)$};
	return !$i->{time} && $i->{dataset} =~ /pbc/ ? 365.25 : 1;
}

sub hours { my ($interval, $unit) = @_; return "extract(epoch FROM $interval) / 86400 / $unit" }

return (
	survival => sub {
		my ($m, $i, $expected, $folder) = @_;
		return if $m !~ /^kaplan_meier/ || $i->{entry} || $i->{weights} || $i->{generator};
		my $lt = life_table_sql(subjects_of($i, $folder));
		my %figures = (n => 'subjects(lt)', events => 'events(lt)', median => hours('median_time(lt)', 1),
			'median_ci_loglog.0' => hours('(median_time_interval(lt, conf)).lower', 1),
			'median_ci_loglog.1' => hours('(median_time_interval(lt, conf)).upper', 1));
		my $times = $i->{times} // $expected->{time};
		for my $k (0 .. $#$times)
		{
			my $row = "(SELECT %s FROM life_curve(lt, conf) WHERE at = $times->[$k] * interval '1 day')";
			$figures{"time.$k"} = hours(sprintf($row, 'at'), 1);
			$figures{"n_risk.$k"} = sprintf($row, 'at_risk');
			$figures{"n_event.$k"} = sprintf($row, 'events');
			$figures{"survival.$k"} = "retention_at(lt, $times->[$k] * interval '1 day') / 100";
			# where nobody is left there are no log-log bounds; the extension has Wilson's there
			next unless $expected->{survival}[$k];
			$figures{"lower_loglog.$k"} = sprintf($row, 'lower') . ' / 100';
			$figures{"upper_loglog.$k"} = sprintf($row, 'upper') . ' / 100';
		}
		return ("(SELECT $lt AS lt, $i->{conf}::float8 AS conf) r", \%figures);
	},
	rmst => sub {
		my ($m, $i, $expected, $folder) = @_;
		my $s = subjects_of($i, $folder);
		my $unit = unit_of($i);
		my $conf = $i->{conf} // 0.95;
		my $tau = "$i->{tau} * $unit * interval '1 day'";
		if ($m eq 'rmst_difference')
		{
			my ($baseline, $current) = map { life_table_sql($s, $_) } groups_of($s);
			my $days = "24 / $unit";
			# the reference takes z where the extension takes t: compare the standard error
			return ("restricted_mean_test($current, $baseline, $tau, $conf) r",
				{ diff => "difference / $days", se => "difference / statistic / $days" });
		}
		return unless $m eq 'rmst';
		# the reference takes z where the extension takes t with events - 1 degrees of freedom; that is the half
		# width of mean_interval(0, sqrt(events), events).  One event has no bounds, there a standard error of 0.
		my $events = grep { $s->{event}[$_] && $s->{time}[$_] / $unit < $i->{tau} } 0 .. $#{ $s->{time} };
		my $error = hours('(upper - mean)', $unit) . " / (mean_interval(0, sqrt($events), $events, $conf)).upper";
		my $z = "(mean_interval(0, 1e6, 1000000000000, $conf)).upper";
		return ("(SELECT (restricted_mean_interval(lt, $tau, $conf)).*, restricted_mean_time(lt, $tau) AS mean"
				. " FROM (SELECT " . life_table_sql($s) . " AS lt) l) r",
			{ rmst => hours('mean', $unit), ($events < 2 ? () : (se => $error,
				lower => hours('mean', $unit) . " - $z * $error", upper => hours('mean', $unit) . " + $z * $error")) });
	},
	logrank => sub {
		my ($m, $i, $expected, $folder) = @_;
		return if $m ne 'logrank' || $i->{generator} || ($expected->{df} // 1) != 1;
		my $s = subjects_of($i, $folder);
		my ($baseline, $current) = map { life_table_sql($s, $_) } groups_of($s);
		return ("logrank_test($current, $baseline) r", { chisq => 'statistic', p => 'p_value' });
	},
	hazard_rate => sub {
		my ($m, $i) = @_;
		return unless $m eq 'events_per_time_garwood';
		# all but one event at time 0, so that one subject has all the exposure
		my $text = $i->{events} > 1 ? sprintf('0:%d/0,%f:1/0', $i->{events} - 1, $i->{person_time})
		  : sprintf('%f:%d/%d', $i->{person_time}, $i->{events}, 1 - $i->{events});
		return ("hazard_interval('exact:{$text}', '1 second', $i->{conf}) r",
			{ rate => 'estimate', lower => 'lower', upper => 'upper' });
	},
	quantile => sub {
		my ($m, $i, $expected) = @_;
		return unless $m eq 'type1' && ref $i->{values} eq 'ARRAY';
		my $lt = life_table_sql({ time => $i->{values}, event => [ (1) x @{ $i->{values} } ] });
		return ("(SELECT $lt AS lt) r",
			{ map { ("quantiles.$_" => hours("time_quantile(lt, $i->{probs}[$_])", 1)) } 0 .. $#{ $i->{probs} } });
	} );
