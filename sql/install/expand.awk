# Joins the files of sql/install into one script.  A line that begins with # is a directive:
#
#	#for NAME | NAME: VALUE | VALUE; VALUE | VALUE
#		The lines up to #end, once for each row of values, with its values for <NAME>.
#		A directive that ends with : or ; goes on in the next line, after its #.
#	#include FILE
#		The lines of another file of the folder.
#	#since VERSION
#		The lines up to #end, or to the end of the file, are new in this version.
#	#changed VERSION
#		The objects up to #end, or to the end of the file, are made differently since this
#		version, under the same name, with the same arguments and result.
#
# With -v old=VERSION it writes what an update from that version needs: all that is newer,
# CREATE OR REPLACE of what has changed, and the COMMENT statements and the lines of
# ALTER FUNCTION of the rest.  A wrong directive stops make.
#
# Installation never replaces: its CREATE fails at an object that somebody planted.  An update
# may: PostgreSQL lets an extension's script replace only what is the extension's already
# (since 14.5 and 15), and what depends on the object, such as a user's view, stays.

function fail(message) {
	print where ": " message > "/dev/stderr"
	exit 1
}

function read(file,    line, number) {
	while ((getline line < file) > 0) {
		where = file ":" ++number
		take(line)
	}
	if (number == 0) {
		fail("nothing to read in " file)
	}
	close(file)
}

function take(line,    word, rest) {
	if (line !~ /^#/) {
		if (looping) {
			body[++lines] = line
			origin[lines] = where
		} else {
			put(line)
		}
		return
	}
	if (looping && lines == 0 && heading ~ /[:;]$/) {
		heading = heading substr(line, 2)
		return
	}
	word = rest = line
	sub(/ .*/, "", word)
	sub(/^[^ ]* */, "", rest)
	if (word == "#include") {
		read(folder rest)
	} else if (word == "#for" && !looping) {
		looping = 1
		lines = 0
		heading = rest
	} else if (word == "#since" && !looping && since == "" && changed == "") {
		since = rest
	} else if (word == "#changed" && !looping && since == "" && changed == "") {
		changed = rest
	} else if (word == "#end" && looping) {
		looping = 0
		repeat()
	} else if (word == "#end" && since changed != "") {
		since = changed = ""
	} else {
		fail("no directive, or not here: " line)
	}
}

# The body of a #for, once for each row.
function repeat(    names, rows, values, count, row, i, k, line) {
	count = split(substr(heading, 1, index(heading, ":") - 1), names, /[ \t]*[|][ \t]*/)
	row = split(substr(heading, index(heading, ":") + 1), rows, /;/)
	if (count == 0) {
		fail("#for has no names before a colon: " heading)
	}
	for (i = 1; i <= row; i++) {
		gsub(/^[ \t]+|[ \t]+$/, "", rows[i])
		if (split(rows[i], values, /[ \t]*[|][ \t]*/) != count) {
			fail("#for has " count " names, and other values: " rows[i])
		}
		for (k = 1; k <= lines; k++) {
			where = origin[k]
			put(fill(body[k], names, values, count))
		}
	}
}

function fill(line, names, values, count,    i, parts, n, k) {
	for (i = 1; i <= count; i++) {
		n = split(line, parts, "<" names[i] ">")
		line = parts[1]
		for (k = 2; k <= n; k++) {
			line = line values[i] parts[k]
		}
	}
	return line
}

function put(line) {
	if (match(line, /<[a-z_]+>/)) {
		fail("no value for " substr(line, RSTART, RLENGTH))
	}
	if (old == "" || newer(since, old)) {
		print line
		return
	}
	if (newer(changed, old)) {
		sub(/^CREATE /, "CREATE OR REPLACE ", line)
		print line
		return
	}
	if (line ~ /^ALTER FUNCTION .*;$/) {
		print line
		return
	}
	if (line ~ /^COMMENT ON /) {
		comment = 1
	}
	if (comment) {
		print line
	}
	if (line ~ /';$/) {
		comment = 0
	}
}

# Is version a newer than b?
function newer(a, b,    x, y, i) {
	split(a, x, /[.]/)
	split(b, y, /[.]/)
	for (i = 1; i <= 3; i++) {
		if (x[i] + 0 != y[i] + 0) {
			return x[i] + 0 > y[i] + 0
		}
	}
	return 0
}

BEGIN {
	for (file = 1; file < ARGC; file++) {
		where = folder = ARGV[file]
		sub(/[^\/]*$/, "", folder)
		read(ARGV[file])
		if (looping) {
			fail("#for without #end")
		}
		since = changed = ""
	}
}
