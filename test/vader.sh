# vader.sh: included by what measures itself against the npm package vader-sentiment.
# vader_install FOLDER: into that folder, never into the checkout; false, with a line
# that says so, where there is no npm or no such package.
vader_install() {
	command -v node > /dev/null && command -v npm > /dev/null ||
		{ echo "# vader-sentiment: no node or npm on this machine, left out"; return 1; }
	mkdir -p "$1"
	cp "$(dirname "${BASH_SOURCE[0]}")/vader.mjs" "$1/"
	echo '{"private": true}' > "$1/package.json"
	(cd "$1" && npm install --no-audit --no-fund --cache "$1/cache" vader-sentiment@1.1.3) > "$1/npm.log" 2>&1 ||
		{ echo "# vader-sentiment: npm cannot install it, left out"; return 1; }
}
