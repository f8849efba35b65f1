# test/meta.pl: what is wrong with META.json, by PGXN's specification 1.0.0, and with what
# repeats the version of recovery_kpi.control.
use strict;
use warnings;
use JSON::PP;

sub slurp { my $file = shift; open(my $in, '<', $file) or die "$file: $!\n"; local $/; return <$in> }

my ($version) = slurp('recovery_kpi.control') =~ /^default_version = '(.*)'/m;
my $meta = eval { decode_json(slurp('META.json')) } or do { print "META.json: $@"; exit };

for (qw(name version abstract maintainer license provides meta-spec))
{
	print "META.json: no $_\n" unless defined $meta->{$_} && $meta->{$_} ne '';
}
my %known = map { $_ => 1 } qw(name version abstract maintainer license provides meta-spec description generated_by
	tags no_index prereqs release_status resources);
print "META.json: unknown key $_\n" for grep { !$known{$_} && !/^x_/i } sort keys %$meta;
print "META.json: meta-spec\n" unless ($meta->{'meta-spec'}{version} // '') eq '1.0.0';
print "META.json: license $meta->{license}\n" unless $meta->{license} eq 'postgresql';
print "META.json: release_status $meta->{release_status}\n" unless $meta->{release_status} =~ /^(un)?stable$|^testing$/;
print "META.json: a tag is longer than 255\n" if grep { length > 255 } @{ $meta->{tags} };

# every extension that a control file describes is provided, and nothing else
my @controls = map { s/\.control$//r } glob('*.control');
print "META.json: provides " . join(' ', sort keys %{ $meta->{provides} }) . ", not @controls\n"
	unless join(' ', sort keys %{ $meta->{provides} }) eq join(' ', sort @controls);
for my $name (sort keys %{ $meta->{provides} })
{
	my $extension = $meta->{provides}{$name};
	print "META.json: $name is of version $extension->{version}\n" unless $extension->{version} eq $version;
	for (qw(file docfile)) { print "META.json: no file $extension->{$_}\n" unless -e $extension->{$_} }
}
# what the control file requires is a prerequisite, with a version of numbers
my ($requires) = slurp('recovery_kpi.control') =~ /^requires = '(.*)'/m;
my $needs = $meta->{prereqs}{runtime}{requires};
for ('PostgreSQL', split(/,\s*/, $requires))
{
	print "META.json: does not require $_\n" unless defined $needs->{$_} && $needs->{$_} =~ /^(0|\d+\.\d+\.\d+)$/;
}

my %repeats = ('META.json' => $meta->{version},
	'packaging/rpm/recovery_kpi.spec' => (slurp('packaging/rpm/recovery_kpi.spec') =~ /^Version:\s*(\S+)/m)[0],
	'dbt/dbt_project.yml' => (slurp('dbt/dbt_project.yml') =~ /^version: "(.*)"/m)[0],
	'CHANGELOG.md' => (slurp('CHANGELOG.md') =~ /^## (\d\S*)/m)[0]);
for (sort keys %repeats) { print "$_: version $repeats{$_}, not $version\n" unless $repeats{$_} eq $version }
