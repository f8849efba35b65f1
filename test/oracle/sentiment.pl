# Sentiment: the rules over the lexicon of the case, and the classes.
use strict;
use warnings;
use JSON::PP;

sub text_sql { my $text = shift; $text =~ s/'/''/g; utf8::encode($text); return "'$text'" }

# Terms of the lexicon with their valences as jsonb.
sub lexicon_sql
{
	my $terms = shift // {};
	return text_sql(JSON::PP->new->canonical->encode($terms)) . '::jsonb';
}

return (
	sentiment => sub {
		my ($m, $i, $expected) = @_;
		if ($m eq 'class')
		{
			my @values = ref $i->{compound} ? @{ $i->{compound} } : ($i->{compound});
			my @want = ref $expected->{class} ? @{ $expected->{class} } : ($expected->{class});
			return unless @want == @values;
			# 1 where the class is the one wanted
			my $same = join(',',
				map { "(sentiment_class($values[$_]) = " . text_sql($want[$_]) . ')::int' } 0 .. $#values);
			$expected->{right} = [ (1) x @values ];
			return ("(SELECT ARRAY[$same] AS c) r", { right => 'c' });
		}
		return unless defined $i->{text};
		my $lexicon = $i->{lexicon} // $i->{lexicon_hits} // {};
		return ('sentiment_scores(' . text_sql($i->{text}) . ', ' . lexicon_sql($lexicon) . ') r',
			{ compound => 'compound', pos => 'positive', neu => 'neutral', neg => 'negative' });
	});
