# What the scripts in eng/ and the launchers say, and how. Sourced, never run.
# Everything here goes to stderr: stdout belongs to results.

terminal_live=false
[[ -t 2 && ${TERM:-dumb} != dumb ]] && terminal_live=true

# Colours only where a person looks and has not asked for none (https://no-color.org).
bold= dim= red= green= plain=
if $terminal_live && [[ -z ${NO_COLOR:-} ]]; then
  bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
fi

say() { printf '%s\n' "$*" >&2; }

# fail MESSAGE [CODE]
fail() {
  say "${red}error:${plain} $1"
  exit "${2:-1}"
}

clock_ms() { local now=${EPOCHREALTIME/[.,]/}; printf '%s' "$((now / 1000))"; }

# seconds MILLISECONDS -> 1.2
seconds() { printf '%d.%d' "$(($1 / 1000))" "$(($1 % 1000 / 100))"; }

# bar PERCENT -> [#####.....]  50 %
bar() {
  local filled=$(($1 * 24 / 100)) full='########################' empty='........................'
  printf '[%s%s] %3d %%' "${full:0:filled}" "${empty:filled}" "$1"
}

# Draws until it is ended: a bar while MEASURE (a function) prints a percentage, else a spinner.
draw_progress() {
  local title=$1 measure=$2 start frames='|/-\' i=0 shown percent
  start=$(clock_ms)
  while :; do
    percent=$($measure)
    if [[ $percent =~ ^[0-9]+$ ]]; then shown=$(bar "$percent"); else shown=${frames:i++ % 4:1}; fi
    printf '\r\e[K%s %s %s%s s%s' "$title" "$shown" "$dim" "$((($(clock_ms) - start) / 1000))" "$plain" >&2
    sleep 0.1
  done
}

progress_pid=
end_progress() {
  [[ -n $progress_pid ]] || return 0
  kill "$progress_pid" 2>/dev/null || true
  wait "$progress_pid" 2>/dev/null || true
  progress_pid=
  printf '\r\e[K' >&2
}

# step TITLE LOG MEASURE COMMAND...: runs the command with its output in the log; MEASURE is a function as above, or
# ":". The command stays in the foreground so that Ctrl-C reaches it; what is drawn runs beside it.
step() {
  local title=$1 log=$2 measure=$3 start code=0
  shift 3
  start=$(clock_ms)
  if $terminal_live; then
    draw_progress "$title" "$measure" 9>&- &
    progress_pid=$!
  else
    say "$title ..."
  fi
  # Descriptor 9 is the caller's lock: a compiler server that outlives the command must not keep it.
  "$@" >>"$log" 2>&1 </dev/null 9>&- || code=$?
  end_progress
  ((code == 0)) && say "${green}done${plain} $title ${dim}$(seconds $(($(clock_ms) - start))) s${plain}"
  return "$code"
}
