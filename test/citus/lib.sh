# test/citus/lib.sh: what the tests with engines share: nodes on loopback, and the SQL of docs/engines.md.

as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
sql() { "$BIN/psql" -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }

ports=()
for port in $(seq 54441 54499); do
	(exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null || ports+=("$port")
	[ ${#ports[@]} -lt 3 ] || break
done
export PGHOST=127.0.0.1 PGUSER=postgres PGDATABASE=postgres

# make_node I [line of postgresql.conf ...]: makes and starts a server on the port of that number.
make_node() {
	local data=$WORK/node_$1 port=${ports[$1]}
	shift
	as "$BIN/initdb" -N -A trust -U postgres -E UTF8 --locale=C.UTF-8 -D "$data" > "$data.initdb.log"
	printf '%s\n' "unix_socket_directories = '$WORK/sock'" "port = $port" "listen_addresses = '127.0.0.1'" \
		'fsync = off' 'jit = off' "timezone = 'UTC'" "$@" | as tee -a "$data/postgresql.conf" > /dev/null
	as "$BIN/pg_ctl" -D "$data" -l "$data.log" -w -s start
}

# stop I ...: stops these servers.
stop() {
	local i
	for i in "$@"; do as "$BIN/pg_ctl" -D "$WORK/node_$i" -m immediate -s stop 2> /dev/null || true; done
}

# page_blocks SECTION: the SQL of a section of the page, which only an engine can run.
page_blocks() { sed -n "/^## $1\$/,/^## /p" docs/engines.md | sed -n '/^```$/,/^```$/{/^```$/!p}'; }
