# stored.sh: what released versions wrote; sourced by the items that read it.

# Versions whose install script is kept, oldest first.
released() {
	(cd "$TOP/sql/upgrade" && ls recovery_kpi--*.sql) | sed -n 's/^recovery_kpi--\([0-9.]*\)\.sql$/\1/p' | sort -V
}

# load_stored VERSION: its values into tables of the current database (stored.sql).
load_stored() {
	local type file=$WORK/trust/stored.binary
	sql -c 'CREATE TABLE line (fields text)' \
		-c "\\copy line FROM '$TOP/test/trust/stored_$1.txt' (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')" \
		-f "$TOP/test/trust/stored.sql" || return
	for type in $(sql -c 'SELECT DISTINCT type FROM written'); do
		printf '%s\n' "SELECT copy_file('$type') AS lo \\gset" "\\lo_export :lo '$file'" "SELECT lo_unlink(:lo)" |
			sql > /dev/null &&
			sql -c "\\copy sent_$type FROM '$file' (FORMAT binary)" || return
	done
}
