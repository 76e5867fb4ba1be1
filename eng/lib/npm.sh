# Programs from npm, each in its own folder under eng/npm with a committed lock. Sourced by eng/setup.

# The copy of the lock inside node_modules says what is installed: npm ci removes it with the rest before it begins.
npm_is_current() { cmp -s "$1/package-lock.json" "$1/node_modules/.ptune-lock"; }

npm_install() {
  local log=$1 folder=$2 name=${2##*/}
  # No install scripts: what these packages would build is optional, and a download should not run programs.
  step "installing $name (npm)" "$log" : npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel error ||
    fail "$(npm_reason "$log" "could not install $name from npm")"
  # A folder may say what of its packages no test reads: some are hundreds of megabytes.
  local pattern
  if [[ -f $folder/unneeded ]]; then
    while read -r pattern; do rm -rf "$folder"/node_modules/$pattern; done <"$folder/unneeded"
  fi
  cp "$folder/package-lock.json" "$folder/node_modules/.ptune-lock"
}

npm_reason() {
  local log=$1 what=$2
  if grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH' "$log"; then
    what="$what: the registry could not be reached"
  elif grep -q ENOSPC "$log"; then
    what="$what: the disk is full"
  fi
  printf '%s\n' "$what" "$(grep -E '^npm (error|ERR!)' "$log" | head -n 5 | sed 's/^/  /')" "  log: $log"
}
