# Copies a script; a line "@include FILE" is replaced by that file of the folder, an
# empty line before it.  A file that is not there or is empty stops make.
$1 == "@include" {
	file = folder "/" $2
	lines = 0
	print ""
	while ((getline line < file) > 0) {
		print line
		lines++
	}
	if (lines == 0) {
		print FILENAME ":" FNR ": nothing to read in " file > "/dev/stderr"
		exit 1
	}
	close(file)
	next
}
{ print }
