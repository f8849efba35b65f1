# packaging/lib.sh: what the scripts of packaging share; sourced, not run.
# shellcheck shell=bash

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
say() { printf '%s\n' "$*" >&2; }
die() { say "recovery_kpi: $*"; exit 1; }

# The version stands in the control file only; what repeats it is compared with it.
version=$(sed -n "s/^default_version = '\(.*\)'/\1/p" recovery_kpi.control)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || die "no version in recovery_kpi.control"

# archive REVISION FOLDER: the zip of a release, as PGXN takes it; prints its name.
archive() {
	local file="$2/recovery_kpi-$version.zip"
	git archive --format=zip --prefix="recovery_kpi-$version/" -o "$file" "$1" || return
	echo "$file"
}
