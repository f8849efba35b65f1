# test/trust/server.sh: servers of an item's own; sourced after lib.sh, not an item.
#
# Some items need another server than the scratch one: built with assertions, run under a
# sanitizer, a primary with its standby.  Servers that take minutes to build are kept in
# $TRUST_CACHE, by version, for the next item and run.

[ "$(id -u)" = 0 ] && cache=/var/cache || cache=$HOME/.cache
TRUST_CACHE=${TRUST_CACHE:-${XDG_CACHE_HOME:-$cache}/recovery_kpi}
own_servers=()

# need COMMAND:PACKAGE...: install what is missing, as root on Debian, else skip the item.
need() {
	local p missing=()
	for p in "$@"; do
		case $p in
		/*) compgen -G "${p%:*}" > /dev/null || missing+=("${p##*:}") ;;
		*) command -v "${p%:*}" > /dev/null || missing+=("${p##*:}") ;;
		esac
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	[ "$(id -u)" = 0 ] && command -v apt-get > /dev/null || skip "not installed: ${missing[*]}"
	local install=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${missing[@]}")
	"${install[@]}" > "$WORK/apt.log" 2>&1 || { apt-get -qq update && "${install[@]}"; } > "$WORK/apt.log" 2>&1 ||
		{ tail -n 3 "$WORK/apt.log"; skip "apt-get could not install ${missing[*]}"; }
}

# own_folder NAME: an empty folder that the servers' user may write to.
own_folder() {
	local dir=$WORK/own_$ITEM/$1
	rm -rf "$dir"
	mkdir -p "$dir"
	chmod 755 "$WORK/own_$ITEM" "$dir"
	[ "$(id -u)" != 0 ] || chown postgres: "$WORK/own_$ITEM" "$dir"
	echo "$dir"
}

# --- PostgreSQL from source ------------------------------------------------------

# apt-get on lists of sources of its own: the configuration of the machine stays as it is.
source_apt() {
	local dir=$1
	shift
	apt-get -q -o Dir::State="$dir" -o Dir::State::lists="$dir/lists" -o Dir::State::status="$dir/status" \
		-o Dir::Cache="$dir/cache" -o Dir::Etc::sourcelist="$dir/sources.list" -o Dir::Etc::sourceparts="$dir/parts" \
		-o Dir::Etc::preferencesparts="$dir/parts" -o APT::Sandbox::User=root "$@"
}

# postgres_source MAJOR SUITE: the path of the newest source archive that can be had.
postgres_source() {
	local major=$1 suite=$2 dir=$WORK/apt_$1 mirror security version found
	found=$(compgen -G "$TRUST_CACHE/postgresql-${major}_*.orig.tar.*" | sort -V | tail -n 1)
	[ -z "$found" ] || { echo "$found"; return; }
	command -v apt-get > /dev/null || return 1
	mirror=$(apt-get indextargets --format '$(REPO_URI) $(LABEL)' 'Created-By: Packages' |
		awk '$2 == "Debian" { print $1; exit }')
	security=$(apt-get indextargets --format '$(REPO_URI) $(LABEL)' 'Created-By: Packages' |
		awk '$2 == "Debian-Security" { print $1; exit }')
	[ -n "$mirror" ] || return 1
	mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial" "$dir/parts"
	: > "$dir/status"
	{
		echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
		[ -z "$security" ] ||
			echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $security $suite-security main"
	} > "$dir/sources.list"
	source_apt "$dir" update > "$dir/log" 2>&1 || return 1
	# a mirror may list sources that it does not hold: the newest one that it gives
	for version in $(apt-cache -o Dir::State="$dir" -o Dir::State::lists="$dir/lists" -o Dir::Cache="$dir/cache" \
		-o Dir::State::status="$dir/status" -o Dir::Etc::sourcelist="$dir/sources.list" \
			-o Dir::Etc::sourceparts="$dir/parts" \
		showsrc --only-source "postgresql-$major" 2>/dev/null | sed -n 's/^Version: //p' | sort -Vr); do
		(cd "$dir" && source_apt "$dir" source --download-only "postgresql-$major=$version") >> "$dir/log" 2>&1 ||
			continue
		found=$(compgen -G "$dir/postgresql-${major}_*.orig.tar.*" | sort -V | tail -n 1)
		[ -n "$found" ] || continue
		mv "$found" "$TRUST_CACHE/"
		echo "$TRUST_CACHE/${found##*/}"
		return
	done
	return 1
}

# built_server MAJOR SUITE KIND: a server built from source, its pg_config in $built.  KIND is
# cassert (assertions, and what valgrind must be told about memory contexts) or plain,
# which is not optimized, to be built sooner.
built_server() {
	local major=$1 kind=$3 archive prefix build flags=(CFLAGS=-O0)
	local packages=(/usr/bin/gcc:gcc /usr/bin/make:make /usr/bin/bzip2:bzip2 /usr/bin/perl:perl)
	[ "$kind" != cassert ] || packages+=(/usr/include/valgrind/memcheck.h:valgrind)
	# from 17 on the archive comes without what bison and flex make
	[ "$major" -lt 17 ] || packages+=(/usr/bin/bison:bison /usr/bin/flex:flex)
	need "${packages[@]}"
	mkdir -p "$TRUST_CACHE"
	chmod 755 "$TRUST_CACHE"
	[ "$(id -u)" != 0 ] || chown postgres: "$TRUST_CACHE"
	exec 8> "$TRUST_CACHE/lock-$major-$kind"
	flock 8
	archive=$(postgres_source "$major" "$2") || return 1
	prefix=${archive##*/postgresql-"$major"_}
	prefix=$TRUST_CACHE/${prefix%.orig.tar.*}-$kind
	if [ ! -e "$prefix/complete_with_amcheck" ]; then
		build=$prefix-build
		rm -rf "$prefix" "$build"
		as mkdir "$build"
		as tar -C "$build" --strip-components=1 -xf "$archive"
		[ "$kind" != cassert ] || flags=(--enable-cassert CPPFLAGS=-DUSE_VALGRIND --enable-debug \
			CFLAGS='-O1 -g -fno-omit-frame-pointer')
		(
			cd "$build"
			as nice ./configure --prefix="$prefix" --without-readline --without-zlib --without-icu "${flags[@]}"
			as nice make -s -j2 && as make -s install && as make -s -C contrib/amcheck install &&
				as cp src/tools/valgrind.supp "$prefix/"
		) > "$WORK/build_$major.log" 2>&1 8>&- || { tail -n 5 "$WORK/build_$major.log" >&2; return 1; }
		as touch "$prefix/complete_with_amcheck"
		rm -rf "$build"
	fi
	flock -u 8
	built=$prefix/bin/pg_config
}

# --- the extension beside a server's binaries --------------------------------------

# staged PG_CONFIG ROOT [word for make ...]: build a copy of the sources and stage it in
# ROOT beside a copy of the server's binaries, which find their folders from where they
# are.  Prints the staged bindir.
staged() {
	local config=$1 root=$2 bindir lib share f
	shift 2
	bindir=$("$config" --bindir) lib=$("$config" --pkglibdir) share=$("$config" --sharedir)
	as mkdir -p "$root$bindir" "$root$lib" "$root$share/extension" "$root/src"
	tar -C "$TOP" --exclude=./.git --exclude='*.o' --exclude='*.bc' --exclude='*.so' --exclude=node_modules -cf - . |
		as tar -C "$root/src" --no-same-owner -xf -
	as cp "$bindir"/* "$root$bindir/"
	for f in "$lib"/* "$share"/* "$share"/extension/*; do
		case ${f##*/} in recovery_kpi*|extension|bitcode) ;; *) as ln -s "$f" "$root$f" ;; esac
	done
	if ! { as make -s -j2 -C "$root/src" PG_CONFIG="$config" with_llvm=no "$@" all &&
		as make -s -C "$root/src" PG_CONFIG="$config" with_llvm=no "$@" DESTDIR="$root" install
			} > "$WORK/stage_$ITEM.log" 2>&1; then
		tail -n 5 "$WORK/stage_$ITEM.log" >&2
		return 1
	fi
	echo "$root$bindir"
}

# --- a server of the item's own -----------------------------------------------------

free_port() {
	local port
	for port in $(seq "$1" "$(($1 + 99))"); do
		(exec 3<> "/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
	done
}

# own_cluster BINDIR DATA PORT [line of postgresql.conf ...]: initialise it.
own_cluster() {
	local bindir=$1 data=$2 port=$3
	shift 3
	as "$bindir/initdb" -N -A trust -U postgres -E UTF8 --locale=C.UTF-8 -D "$data" > "$WORK/initdb_$ITEM.log" ||
		return 1
	printf '%s\n' "unix_socket_directories = '${data%/*}'" "port = $port" "listen_addresses = ''" 'fsync = off' \
		"timezone = 'UTC'" 'max_worker_processes = 16' "$@" | as tee -a "$data/postgresql.conf" > /dev/null
}

# own_start BINDIR DATA [COMMAND ...]: start it, by the command if there is one (a
# postgres under a tool), and be the client of it from now on.
own_start() {
	local bindir=$1 data=$2 i
	shift 2
	own_servers+=("$bindir $data")
	PGHOST=${data%/*} PGPORT=$(sed -n 's/^port = //p' "$data/postgresql.conf" | tail -n 1)
	export PGHOST PGPORT PGUSER=postgres PGDATABASE=postgres
	cd "$PGHOST"				# readable for the servers' user
	if [ $# = 0 ]; then
		as "$bindir/pg_ctl" -D "$data" -l "$PGHOST/server.log" -w -s start
		return
	fi
	as "$@" -D "$data" > "$PGHOST/server.log" 2>&1 &
	for i in $(seq 600); do
		! "$bindir/pg_isready" -q || return 0
		kill -0 $! 2>/dev/null || break
		sleep 0.5
	done
	tail -n 5 "$PGHOST/server.log"
	return 1
}

own_stop() {
	local one rc=$?
	for one in "${own_servers[@]}"; do
		[ ! -e "${one#* }/postmaster.pid" ] || as "${one% *}/pg_ctl" -D "${one#* }" -m fast -s -t 300 stop ||
			as "${one% *}/pg_ctl" -D "${one#* }" -m immediate -s stop
	done
	own_servers=()
	return $rc
}
trap own_stop EXIT
trap 'exit 130' INT TERM

# regress BINDIR FOLDER CONFIG FAMILY...: the regression tests against the server that is
# running, from a copy of their own, two at a time, each in a database that no other uses
# meanwhile, for REGRESS_LIMIT seconds at most.
regress() {
	local bindir=$1 dir=$2 program slot
	program=$(dirname "$("$3" --pgxs)")/../../src/test/regress/pg_regress
	shift 3
	[ -d "$dir" ] || as mkdir -p "$dir"
	tar -C "$TOP" -cf - sql expected test/helpers.sql test/live | as tar -C "$dir" --no-same-owner -xf -
	for slot in 0 1; do sql -d postgres -c "CREATE DATABASE contrib_regression_$slot" || return 1; done
	(cd "$dir" && printf '%s\n' "$@" |
		as timeout "${REGRESS_LIMIT:-600}" xargs -n 1 -P 2 --process-slot-var=SLOT sh -c \
		'"$0" --bindir="$1" --inputdir=. --outputdir="out_$2" --use-existing \
			--dbname="contrib_regression_$SLOT" "$2" > "$2.log" 2>&1
		rc=$?; cat "$2.log"; exit $rc' "$program" "$bindir")
}
