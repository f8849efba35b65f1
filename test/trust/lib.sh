# test/trust/lib.sh: what the items of trust share; sourced by them, not an item.

ITEM=${0##*/}
ITEM=${ITEM%%_*}

# result FIGURE pass|fail, skip REASON: the last line and the end of an item.
result() {
	echo "$ITEM $NAME | $1 | $2"
	[ "$2" = pass ]
	exit
}

skip() {
	echo "$ITEM $NAME | skipped: $*"
	exit 0
}

# Servers and compilers run as the postgres user when the run is root's.
as() {
	if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }

# A database of the item's own with the extension in it, the current one from now on.
fresh_database() {
	psql -X -q -d postgres -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1" > /dev/null 2>&1
	export PGDATABASE=$1
	sql -c 'CREATE EXTENSION recovery_kpi'
}

# When the server's processes started: a crash of one of them ends all but the first, which
# starts them again.
started() { sql -d postgres -c "SELECT backend_start FROM pg_stat_activity WHERE backend_type = 'checkpointer'"; }

# Backends that died of a signal so far, as the server's log tells.
died() { grep -cE 'was terminated by signal|terminating any other active' "$WORK/server.log"; }
