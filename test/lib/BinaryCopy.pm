# A value in the binary form of its type, sent to the server as clients do it.
package BinaryCopy;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT_OK = ('read_binary');

# read_binary(node, type, bytes): the text of the value if the type's receive function takes
# the bytes, else the SQLSTATE.
sub read_binary
{
	my ($node, $type, $value) = @_;
	my $file = PostgreSQL::Test::Utils::tempdir() . '/value';
	open(my $out, '>:raw', $file) or die "$file: $!";
	print $out "PGCOPY\n\377\r\n\0", pack('N N n N', 0, 0, 1, length $value), $value, pack('n', 0xffff);
	close $out;
	my ($rc, $text, $err) = $node->psql('postgres',
		"CREATE TEMP TABLE one (v $type);
			\\set VERBOSITY verbose\nCOPY one FROM '$file' (FORMAT binary); SELECT v FROM one");
	return $err =~ /ERROR:\s+(\w{5}):/ ? $1 : $text;
}

1;
