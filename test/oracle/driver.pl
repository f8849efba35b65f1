# What drives an outcome.  A whole weight repeats its row that many times, which does not
# change coefficients, R squared and relative weights.
use strict;
use warnings;

# The rows of a data file: a sub select of the named columns as x1, x2 and so on.
sub data_rows
{
	my ($file, @columns) = @_;
	open(my $in, '<', $file) or die "$file: $!";
	chomp(my @lines = grep { /\S/ } <$in>);
	s/\r$//, s/"//g for @lines;
	my %place;
	my @names = split /,/, shift @lines;
	@place{@names} = 0 .. $#names;
	die "$file has no $_" for grep { !defined $place{$_} } @columns;
	return map {
		my @f = split /,/, $_, -1;
		[ map { length && $_ ne 'NA' ? $_ : undef } @f[ @place{@columns} ] ]
	} @lines;
}

# A model of rows of an outcome and its factors, each as often as its weight says.
sub model_of
{
	my ($rows, $weights) = @_;
	my $n = 0;
	my $values = join ', ', map {
		my ($y, @x) = map { $_ // 'NULL' } @$_;
		'(' . ($weights ? $weights->[ $n++ ] : 1) . ", $y, ARRAY[" . join(',', @x) . ']::float8[])'
	} @$rows;
	return "(SELECT driver_model(y, x) AS m, var_samp(y) AS variance"
	  . " FROM (VALUES $values) v(w, y, x), generate_series(1, w))";
}

# The rows of a case and their weights: a file, or lists in the case itself.
sub case_rows
{
	my ($i, $folder) = @_;
	my @rows;
	if ($i->{dataset})
	{
		@rows = data_rows("$folder/$i->{dataset}", $i->{outcome}, @{ $i->{predictors} });
	}
	else
	{
		my $y = $i->{y} // $i->{outcome};
		my @x = ref $i->{x} ? (ref $i->{x}[0] ? @{ $i->{x} } : $i->{x})
		  : map { $i->{$_} } sort { substr($a, 1) <=> substr($b, 1) } grep { /^x\d+$/ } keys %$i;
		@x = @{ $i->{predictors} } if !@x && ref $i->{predictors} && ref $i->{predictors}[0];
		return if !ref $y || !@x;
		@rows = map { my $r = $_; [ map { $_->[$r] } $y, @x ] } 0 .. $#$y;
	}
	my $weights = $i->{weights} or return \@rows;
	$weights = [ map { $1 + $_ % $2 } 1 .. @rows ]
	  if !ref $weights && $weights =~ /^(\d+) \+ \(row_number % (\d+)\), rows from 1$/;
	return if !ref $weights || grep { $_ !~ /^\d+$/ } @$weights;
	return (\@rows, $weights);
}

my %factor = (r_y => 'correlation', coef => 'coefficient', beta_std => 'std_beta', vif => 'vif',
	relative_weight => 'relative_weight', relative_weight_pct => 'share',
	std_error => 'std_error', t => 't_statistic', p => 'p_value');
my %fit = (intercept => 'intercept', r2 => 'r_squared', adj_r2 => 'adjusted_r_squared',
	F => 'f_statistic', p_F => 'p_value', sigma => 'sqrt(variance * (1 - adjusted_r_squared))',
	df => 'responses - k - 1', n => 'responses');
my $importance_columns = 'factor, correlation, coefficient, std_error, std_beta, t_statistic, p_value, vif,'
  . ' relative_weight, share, nr';

return (
	driver => sub {
		my ($m, $i, $expected, $folder) = @_;
		if ($m eq 'relative_weights_from_correlations')
		{
			# correlations are the cross-products of standardised variables
			my @r = @{ $i->{r_xx} };
			my $text = join ',', '{1}', map {
				my $row = $_;
				'{' . join(',', $i->{r_xy}[$row], @{ $r[$row] }[ 0 .. $row ]) . '}'
			} 0 .. $#r;
			my $model = "'1000:{" . join(',', (0) x (@r + 1)) . "}:{$text}'::driver_model";
			return ("(SELECT jsonb_agg(relative_weight ORDER BY nr) AS w, jsonb_agg(std_beta ORDER BY nr) AS b,"
					. " (driver_fit($model)).r_squared AS r2"
					. " FROM driver_importance($model) WITH ORDINALITY AS f($importance_columns)) r",
				{ relative_weight => 'w', beta_std => 'b', r2 => 'r2' });
		}
		if ($m eq 'pearson_fisher_z')
		{
			my @rows = $i->{dataset} ? data_rows("$folder/$i->{dataset}", @$i{qw(y x)})
			  : map { [ $i->{y}[$_], $i->{x}[$_] ] } 0 .. $#{ $i->{x} };
			return ("(SELECT (driver_importance(m)).*, responses(m) - 2 AS df FROM " . model_of(\@rows) . ' s) r',
				{ r => 'correlation', t => 't_statistic', p => 'p_value', df => 'df' });
		}
		return unless $m eq 'ols_relative_weights';
		my ($rows, $weights) = case_rows($i, $folder) or return;
		my %wanted = map { $_ => 1 }
		  $weights ? qw(r_y intercept coef r2 beta_std vif relative_weight relative_weight_pct)
		  : (keys %factor, keys %fit);
		# the extension still gives these if nothing can be computed
		delete @wanted{qw(n df)} if $expected->{error} || $expected->{error_or_null};
		my $lists = join ', ',
		  map { "jsonb_agg($factor{$_} ORDER BY nr) FILTER (WHERE $factor{$_} IS NOT NULL) AS list_$_" }
		  sort keys %factor;
		my %figure = (%fit, map { $_ => "list_$_" } keys %factor);
		return ('(SELECT (driver_fit(m)).*, variance, f.* FROM ' . model_of($rows, $weights)
				. " s, LATERAL (SELECT count(*) AS k, $lists"
				. " FROM driver_importance(m) WITH ORDINALITY AS f($importance_columns)) f) r",
			{ map { $_ => $figure{$_} } grep { $wanted{$_} } keys %figure });
	});
