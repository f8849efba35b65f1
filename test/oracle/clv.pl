# Customer value: BG/NBD, gamma-gamma and the formula for contracts.
use strict;
use warnings;

sub sql_number { my ($v) = @_; return defined $v ? "$v\::float8" : 'NULL::float8' }

# A model of the parameters of a case, alpha in other units if a factor is given.
sub clv_model_sql
{
	my ($bgnbd, $spend, $factor) = @_;
	my %p = (%{ $bgnbd // {} }, %{ $spend // {} });
	$p{gamma} //= $p{v};
	$p{alpha} *= $factor if $factor;
	return 'clv_model(' . join(', ', map { sql_number($p{$_}) } qw(r alpha a b p q gamma)) . ')';
}

# The histories of a case as rows h in order i: single figures hold for all of a list.
sub histories_sql
{
	my ($i, $factor) = @_;
	my %list = map { my $v = $i->{$_} // 0; $_ => ref $v ? $v : [$v] } qw(x t_x T m);
	my ($count) = sort { $b <=> $a } map { scalar @$_ } values %list;
	my @rows = map {
		my $k = $_;
		my %v = map { $_ => $list{$_}[ @{ $list{$_} } > 1 ? $k : 0 ] } keys %list;
		sprintf('(%d, purchase_history(%d, %s, %s, %s))',
			$k, $v{x}, $v{t_x} * $factor, $v{T} * $factor, $v{x} > 0 ? $v{m} : 0)
	} 0 .. $count - 1;
	return '(VALUES ' . join(', ', @rows) . ') v(i, h)';
}

# A figure of each history: a list if the case has one.
sub figure_of
{
	my ($expression, $i) = @_;
	my $list = "array_agg($expression ORDER BY i)";
	return (grep { ref $i->{$_} } qw(x t_x T m)) ? $list : "($list)[1]";
}

# The model fitted to a data set; without amounts they are not known.
sub fitted_sql
{
	my ($i, $folder) = @_;
	my @rows = csv_rows("$folder/$i->{dataset}");
	my $list = sub {
		my @names = @_;
		'ARRAY[' . join(',', map { my $r = $_; (grep { defined } map { $r->{$_} } @names)[0] // 'NULL' } @rows) . ']'
	};
	return '(SELECT (clv_parameters(clv_model(purchase_history(x, t, a, z)))).* FROM unnest('
	  . join(', ', $list->(qw(frequency x)) . '::int[]', map { $list->(@$_) . '::float8[]' }
			[qw(recency t_x)], [qw(T age)], [qw(monetary_value monetary zbar m)]) . ') u(x, t, a, z)) r';
}

return (
	clv => sub {
		my ($m, $i, $expected, $folder) = @_;
		my $params = $i->{params} // {};
		if ($m eq 'margin_multiple' || $m eq 'simple')
		{
			my $first = $i->{first_now} || $m eq 'simple' ? " + $i->{margin}" : '';
			my $retention = $i->{retention} // "1 - $i->{churn}";
			my $discount = $i->{discount} // 0;
			return ("(SELECT clv($i->{margin}, $retention, $discount)$first AS clv) r", { clv => 'clv' });
		}
		return (fitted_sql($i, $folder), { map { $_ => $_ } qw(r alpha a b p q gamma log_likelihood) })
			if $m eq 'bgnbd_fit';
		return (fitted_sql($i, $folder),
			{ (map { $_ => $_ } qw(p q gamma)), v => 'gamma',
				log_likelihood => 'spend_log_likelihood', n => 'customers' })
			if $m =~ /^(gamma_gamma|gg)_fit$/ && $i->{dataset};
		if ($m eq 'bgnbd_conditional_expectation' || $m eq 'bgnbd_p_alive')
		{
			my $model = clv_model_sql($params);
			my $horizon = $i->{t} // 0;
			return (histories_sql($i, 1), { expected => figure_of("expected_purchases($model, h, $horizon)", $i),
				(map { $_ => figure_of("probability_alive($model, h)", $i) } qw(p_alive alive)) });
		}
		if ($m eq 'bgnbd_expectation')
		{
			my $model = clv_model_sql($params);
			return ("(SELECT array_agg(expected_purchases($model, '(0,0,0,0)', t) ORDER BY i) AS e FROM unnest(ARRAY["
					. join(',', @{ $i->{times} }) . "]::float8[]) WITH ORDINALITY u(t, i)) r", { expected => 'e' });
		}
		if ($m =~ /^(gamma_gamma|gg)_(mean|conditional|conditional_mean|conditional_expectation|spend)$/)
		{
			my $model = clv_model_sql(undef, $params);
			my %one = (t_x => 1, T => 2,
				m => $i->{m} // $i->{monetary} // $i->{zbar} // 0, x => $i->{x} // $i->{frequency} // 0);
			$one{t_x} = [ map { $_ > 0 } @{ $one{x} } ] if ref $one{x};
			$one{t_x} = 0 if !ref $one{x} && $one{x} == 0;
			return (histories_sql(\%one, 1),
				{ map { $_ => figure_of("expected_spend($model, h)", \%one) } qw(mean spend expected) });
		}
		if ($m eq 'bgnbd_gg_dcf')
		{
			# a month has 4.345 weeks here; other units are made weeks
			my $factor = 4.345 / ($i->{units_per_month} // 4.345);
			my $model = clv_model_sql($i->{bgnbd}, $i->{gamma_gamma}, $factor);
			return (histories_sql($i, $factor),
				{ clv => figure_of("clv($model, h, $i->{months}, $i->{monthly_discount})", $i) });
		}
		return;
	});
