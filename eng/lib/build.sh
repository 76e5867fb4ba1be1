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

# The clone's folder as MSBuild can take it: ; separates, % escapes and $, @, *, ? and brackets mean something in its paths. A link has another name.
build_root() {
  local folder link
  if [[ $root != *[!A-Za-z0-9/_.+~\ -]* ]]; then printf '%s' "$root"; return; fi
  folder=$home/.cache/ptune
  [[ $home != "$root"/* ]] && mkdir -p "$folder" 2>/dev/null && [[ -w $folder ]] || folder=$(mktemp -d)
  link=$folder/clone-$(printf '%s' "$root" | cksum | cut -d ' ' -f 1)
  ln -sfn "$root" "$link"
  printf '%s' "$link"
}

# build_path TARGET: its whole path, by such a link.
build_path() { if [[ $1 == /* ]]; then printf '%s' "$1"; else printf '%s/%s' "$(build_root)" "$1"; fi; }
