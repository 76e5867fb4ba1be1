# Test suites: finding, running and counting them. Sourced by ./test, which sets $results.

declare -A project_of=() suite_of=() start_of=() limit_of=()
behind=() behind_pid=
took=artifacts/log/suites
total_passed=0 total_failed=0 total_skipped=0

# Suites are what is on disk, so none is forgotten; one that the solution lacks has no program and fails.
find_suites() {
  local project
  while IFS= read -r project; do
    project_of[$(basename "$project" .Tests.csproj)]=$project
  done < <(find tests -name '*.Tests.csproj' | LC_ALL=C sort)
}

# says WORD SUITE: whether its project has the word in a comment.
says() { [[ $2 != format ]] && grep -q "\\b$1\\b" "${project_of[$2]}"; }

# What fills the machine with processes, and looks at their times, says so in its project. The others wait for a good part of their time, for servers
# that start and leases that end.
runs_alone() { says RunsAlone "$1"; }

# What only computes, and for which it makes no difference how long it takes. It runs beside all others, one at a time, and gets what they leave.
runs_behind() { [[ $1 == format ]] || says RunsBehind "$1"; }

# longest_first SUITE...: by what each took the last time; one that never ran here goes first, the one with the most to compile before the others.
longest_first() {
  local suite last
  for suite in "$@"; do
    last=$(awk -v suite="$suite" '$1 == suite { print $2 }' "$took" 2>/dev/null || true)
    printf '%s %s %s\n' "${last:-9999999}" "$(size_of "$suite")" "$suite"
  done | LC_ALL=C sort -k1,1nr -k2,2nr -k3,3 | cut -d ' ' -f 3
}

size_of() { [[ $1 == format ]] && echo 0 || find "$(dirname "${project_of[$1]}")" -name '*.cs' -exec cat {} + | wc -c; }

# run_suites SLOTS SUITE...: one line a suite as it ends. Beside them goes what is in $behind; what of it still runs at the end is waited for by finish_behind.
run_suites() {
  local slots=$1 suite pid code
  shift
  while (($# > 0 || ${#suite_of[@]} > (behind_pid ? 1 : 0))); do
    while (($# > 0 && ${#suite_of[@]} - (behind_pid ? 1 : 0) < slots)); do
      start_suite "$1"
      shift
    done
    start_behind
    code=0
    wait -n -p pid "${!suite_of[@]}" || code=$?
    [[ $pid != "$behind_pid" ]] || behind_pid=
    suite=${suite_of[$pid]}
    unset "suite_of[$pid]"
    end_suite "$suite" "$code"
  done
}

start_behind() {
  [[ -z $behind_pid ]] && ((${#behind[@]} > 0)) || return 0
  # A session of its own: the kernel shares the cores between sessions first, and only within one by its niceness.
  start_suite "${behind[0]}" setsid nice -n 19 bash -c '{ echo 19 >/proc/self/autogroup; } 2>/dev/null || true; exec "$@"' behind
  behind=("${behind[@]:1}") behind_pid=$!
}

# Nobody is left to be disturbed.
finish_behind() {
  local rest=("${behind[@]}")
  behind=() behind_pid=
  run_suites 2 "${rest[@]}"
}

# start_suite SUITE [PREFIX...]: timeout makes a process group of the suite and everything it starts, and ends the whole group.
start_suite() {
  local suite=$1 program command
  shift
  program=artifacts/bin/$suite.Tests/release/Ptune.$suite.Tests
  command=("$program" -noColor -noLogo -noAutoReporters -reporter quiet -result-xml "$results/$suite.xml")
  [[ $suite != format ]] || command=(eng/format --check)
  ! $terminal_live || printf '\r\e[K%s%s ...%s' "$dim" "$suite" "$plain" >&2
  start_of[$suite]=$(clock_ms)
  # One that gets what others leave may take as long as they do.
  limit_of[$suite]=$((${PTUNE_TEST_TIMEOUT:-600} * ($# > 0 ? 3 : 1)))
  # Threads of libtorch that wait by spinning take the cores from the suite beside them.
  PTUNE_TEST_RUN="$$/$suite" OMP_WAIT_POLICY=PASSIVE "$@" timeout --kill-after 10 "${limit_of[$suite]}" env -u PTUNE_SERVER -u PTUNE_HOME "${command[@]}" \
    >"$results/$suite.log" 2>&1 </dev/null &
  suite_of[$!]=$suite
}

# count NAME XML: the sum of an attribute over the assemblies of a result file.
count() {
  grep -o '<assembly [^>]*' "$2" 2>/dev/null | grep -oE " $1=\"[0-9]+\"" | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'
}

end_suite() {
  local suite=$1 code=$2 xml=$results/$1.xml log=$results/$1.log passed=0 failed=0 skipped=0 problem= left
  if [[ $suite == format ]]; then
    ((code == 0)) && passed=1 || failed=1
  elif [[ -s $xml ]]; then
    passed=$(count passed "$xml") skipped=$(count skipped "$xml")
    failed=$(($(count failed "$xml") + $(count errors "$xml")))
  fi
  if ((code == 124 || code == 137)); then
    problem="took longer than ${limit_of[$suite]} s and was stopped"
  elif ((code == 126 || code == 127)); then
    problem='has no program: is it in Orchestrator.sln (eng/solution)?'
  elif ((code != 0 && failed == 0)); then
    problem="crashed with exit code $code"
  elif ((passed + failed + skipped == 0)); then
    problem='ran no test'
  fi
  [[ -z $problem ]] || failed=$((failed + 1))
  left=$(end_leftovers "$$/$suite")
  if [[ -n $left ]]; then
    failed=$((failed + 1))
    problem+="${problem:+; }left running: $left"
  fi

  note_time "$suite"
  total_passed=$((total_passed + passed)) total_failed=$((total_failed + failed)) total_skipped=$((total_skipped + skipped))
  report_suite
}

note_time() {
  mkdir -p "${took%/*}"
  { awk -v suite="$1" '$1 != suite' "$took" 2>/dev/null || true; printf '%s %s\n' "$1" "$(($(clock_ms) - ${start_of[$1]}))"; } >"$took.new"
  mv "$took.new" "$took"
}

report_suite() {
  local mark="${green}ok  ${plain}" counts="$passed passed"
  ((failed == 0)) || mark="${red}FAIL${plain}" counts+=", $failed failed"
  ((skipped == 0)) || counts+=", $skipped skipped"
  ! $terminal_live || printf '\r\e[K' >&2
  printf '%s %-16s %-36s %6s s\n' "$mark" "$suite" "$counts" "$(seconds $(($(clock_ms) - ${start_of[$suite]})))"
  ((failed > 0)) || return 0
  [[ -z $problem ]] || printf '     %s: %s\n' "$suite" "$problem"
  tail -n 200 "$log" | sed 's/^/     /'
}

# Every process that a suite started carries its name in the environment. What outlives the suite is ended, and named.
end_leftovers() {
  local mark=PTUNE_TEST_RUN=$1 tries pids=() pid names=
  for tries in {1..20}; do
    mapfile -t pids < <(grep -lzsxF "$mark" /proc/[0-9]*/environ | cut -d / -f 3)
    ((${#pids[@]} > 0)) || return 0
    sleep 0.1
  done
  for pid in "${pids[@]}"; do
    names+="${names:+, }$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | cut -c 1-80) (pid $pid)"
    kill -KILL "$pid" 2>/dev/null || true
  done
  printf '%s' "$names"
}

# On Ctrl-C: timeout passes the signal on to each suite's group.
stop_suites() {
  local pid
  for pid in "${!suite_of[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  wait
}
