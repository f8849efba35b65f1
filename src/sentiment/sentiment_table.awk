# sentiment_table.awk: a list of terms and valences, of code points and names, or of
# words, as the elements of a C array.  Stops at a line that is neither.

BEGIN { FS = "\t" }

# a string of C; signs are escaped one by one, as awks differ in what gsub does to them
function quoted(text,    i, sign, string)
{
	for (i = 1; i <= length(text); i++) {
		sign = substr(text, i, 1)
		string = string (index("\\\"?", sign) ? "\\" sign : sign)
	}
	return "\"" string "\""
}

NF == 2 && $2 ~ /^-?[0-4](\.[0-9]+)?$/ { printf "\t{%s, %s},\n", quoted($1), $2; next }
NF == 2 && $1 ~ /^[0-9A-F]+$/ { printf "\t{0x%s, %s},\n", $1, quoted($2); next }
NF == 1 && $1 ~ /^[a-z']+$/ { printf "\t%s,\n", quoted($1); next }
{ printf "%s:%d: not a term and a valence: %s\n", FILENAME, FNR, $0 > "/dev/stderr"; exit failed = 1 }
END { exit failed }
