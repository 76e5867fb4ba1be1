# The surroundings of a build. Sourced by eng/build, which sets $root.

# MSBuild takes every variable for a property: VERSION, Platform or OutDir of a build server would build something else. So only these reach it.
build_variables='PATH LANG LC_ALL TZ TERM USER LOGNAME Accelerator PTUNE_TEST_RUN DOTNET_ROOT SSL_CERT_FILE SSL_CERT_DIR
  MSBUILDDISABLENODEREUSE DOTNET_CLI_USE_MSBUILD_SERVER UseSharedCompilation
  NUGET_PACKAGES NUGET_HTTP_CACHE_PATH NUGET_PLUGINS_CACHE_PATH NUGET_CERT_REVOCATION_MODE
  http_proxy https_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY'

# Where the build may keep packages and settings: the user's home, or a folder of the clone where there is none.
build_home() {
  # Without HOME, ~ is what the system knows.
  local home=${HOME:-}
  [[ -n $home ]] || home=~
  if [[ -d $home && -w $home ]]; then printf '%s' "$home"; else printf '%s' "$root/artifacts/home"; fi
}

# build_run COMMAND...
build_run() {
  local name kept=("HOME=$home" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false)
  for name in $build_variables; do [[ ! -v $name ]] || kept+=("$name=${!name}"); done
  # Credentials of private feeds have the feed's name in theirs.
  for name in "${!NuGetPackageSourceCredentials_@}"; do kept+=("$name=${!name}"); done
  [[ -z ${TMPDIR:-} || ! -d $TMPDIR || ! -w $TMPDIR ]] || kept+=("TMPDIR=$TMPDIR")
  env -i "${kept[@]}" "$@"
}

# git of this clone, whatever GIT_DIR and its like say and whoever owns it.
build_git() { env -i PATH="$PATH" HOME="$home" git -c safe.directory='*' "$@"; }

# The folder to build in: the clone, or a copy of its sources where its name means something to MSBuild, which takes ; for a separator and % for an
# escape, also in paths. A link would not do: MSBuild looks behind links. What is built stays there too, since .NET takes ; in a program's path for a
# separator; the clone's artifacts/ is a link to it.
build_root() {
  if [[ $root != *[!A-Za-z0-9/_.+~\ -]* ]]; then printf '%s' "$root"; return; fi
  printf '%s/.cache/ptune/clone-%s' "$home" "$(printf '%s' "$root" | cksum | cut -d ' ' -f 1)"
}

# Before anything is written to artifacts/.
build_artifacts() {
  local place
  place=$(build_root)
  [[ $place != "$root" ]] || return 0
  [[ $home != "$root"/* ]] || fail "nothing can be built in a folder of this name ($root), and there is no home folder to build in: move the clone"
  place+=-artifacts
  mkdir -p "$place" || fail "cannot write in $place"
  [[ -L artifacts || ! -d artifacts ]] || { cp --archive artifacts/. "$place" && rm -rf artifacts; }
  ln -sfn "$place" artifacts
}

# Brings the copy up to date; times are kept, so that only what changed is built again.
build_copy() {
  local copy
  copy=$(build_root)
  [[ $copy != "$root" ]] || return 0
  rm -rf "$copy" && mkdir -p "$copy" && ln -s "$copy-artifacts" "$copy/artifacts" && ln -s "$root/.git" "$copy/.git"
  { build_git ls-files -z --cached --others --exclude-standard 2>/dev/null || find . -name .git -prune -o -name node_modules -prune -o -path ./artifacts -prune -o -type f -print0; } |
    xargs -0 cp --archive --parents --target-directory "$copy" --
}

# build_path TARGET: where it is built.
build_path() { if [[ $1 == /* ]]; then printf '%s' "$1"; else printf '%s/%s' "$(build_root)" "$1"; fi; }

# build_end_compiler NAME: ends the compiler server of that name.
build_end_compiler() {
  local processes
  # One look for all: a program started for each process of a busy machine took seconds.
  mapfile -t processes < <(grep -lzsxF -- "-pipename:$1" /proc/[0-9]*/cmdline | cut -d / -f 3)
  ((${#processes[@]} == 0)) || kill "${processes[@]}" 2>/dev/null || true
}
