# test/links.pl PAGE...: each link of these pages that leads nowhere, as "page:line target".
# A link is to a page, a file or a folder of the tree, or to a heading by its anchor; links to
# other hosts are not followed.  Pages below docs that no page links to are told too.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Spec;

my (%anchors, %linked);

# The lines of a page without its code.
sub lines_of
{
	open(my $in, '<:encoding(UTF-8)', shift) or return;
	my ($code, @lines) = (0);
	while (<$in>)
	{
		if (/^\s*```/) { $code = !$code; $_ = '' }
		$_ = '' if $code;
		s/`[^`]*`/my $t = $&; $t =~ tr!\[\]()!!d; $t/ge;
		push @lines, $_;
	}
	return @lines;
}

# The anchors of a page, made of its headings as GitHub makes them.
sub anchors_of
{
	my $page = shift;
	return $anchors{$page} if $anchors{$page};
	my (%seen, %there);
	for (lines_of($page))
	{
		next unless /^#{1,6}\s+(.*?)\s*#*\s*$/;
		my $anchor = lc($1);
		$anchor =~ s/\[([^\]]*)\]\([^)]*\)/$1/g;
		$anchor =~ s/[^\w\- ]//g;
		$anchor =~ tr/ /-/;
		my $n = $seen{$anchor}++;
		$there{ $n ? "$anchor-$n" : $anchor } = 1;
	}
	return $anchors{$page} = \%there;
}

sub plain { my @p; for (split m{/}, shift) { $_ eq '..' ? pop @p : $_ eq '.' ? () : push @p, $_ } return join('/', @p) }

for my $page (@ARGV)
{
	my $number = 0;
	for my $line (lines_of($page))
	{
		$number++;
		for my $target ($line =~ /\]\(([^)\s]+)\)/g)
		{
			next if $target =~ /^(https?|mailto):/;
			my ($path, $anchor) = $target =~ /^([^#]*)#?(.*)$/;
			my $file = $path eq '' ? $page : plain(File::Spec->catfile(dirname($page), $path));
			$linked{$file} = 1 if $file ne $page;
			print "$page:$number $target: no such file\n" unless -e $file;
			print "$page:$number $target: no such heading\n"
				if $anchor ne '' && -f $file && !anchors_of($file)->{$anchor};
		}
	}
}
for (grep { m{^docs/} && !$linked{$_} } @ARGV) { print "$_: no page links to it\n" }
