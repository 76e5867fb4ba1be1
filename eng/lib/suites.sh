# Test suites: finding, running and counting them. Sourced by ./test, which sets $results.

declare -A project_of=() suite_of=() start_of=()
total_passed=0 total_failed=0 total_skipped=0

# Suites are what is on disk, so none is forgotten; one that the solution lacks has no program and fails.
find_suites() {
  local project
  while IFS= read -r project; do
    project_of[$(basename "$project" .Tests.csproj)]=$project
  done < <(find tests -name '*.Tests.csproj' | LC_ALL=C sort)
}

# What fills the machine by itself says so in its project. The others wait for a good part of their time, for servers that start and leases that end.
runs_alone() { grep -q '\bRunsAlone\b' "${project_of[$1]}"; }

# run_suites SLOTS SUITE...: one line a suite as it ends.
run_suites() {
  local slots=$1 suite pid code
  shift
  while (($# > 0 || ${#suite_of[@]} > 0)); do
    while (($# > 0 && ${#suite_of[@]} < slots)); do
      start_suite "$1"
      shift
    done
    code=0
    wait -n -p pid "${!suite_of[@]}" || code=$?
    suite=${suite_of[$pid]}
    unset "suite_of[$pid]"
    end_suite "$suite" "$code"
  done
}

# timeout makes a process group of the suite and everything it starts, and ends the whole group.
start_suite() {
  local suite=$1 program command
  program=artifacts/bin/$suite.Tests/release/Ptune.$suite.Tests
  command=("$program" -noColor -noLogo -noAutoReporters -reporter quiet -result-xml "$results/$suite.xml")
  [[ $suite != format ]] || command=(eng/format --check)
  ! $terminal_live || printf '\r\e[K%s%s ...%s' "$dim" "$suite" "$plain" >&2
  start_of[$suite]=$(clock_ms)
  PTUNE_TEST_RUN="$$/$suite" timeout --kill-after 10 "${PTUNE_TEST_TIMEOUT:-600}" env -u PTUNE_SERVER -u PTUNE_HOME "${command[@]}" \
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
    problem="took longer than ${PTUNE_TEST_TIMEOUT:-600} s and was stopped"
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

  total_passed=$((total_passed + passed)) total_failed=$((total_failed + failed)) total_skipped=$((total_skipped + skipped))
  report_suite
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
