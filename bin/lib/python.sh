# shellcheck shell=bash
# Software from PyPI, on the other side in the tests, each in an environment of its own. Sourced by bin/setup.

# setup_venv FOLDER LOG SENTENCE REQUIREMENT… [-- PIP_OPTION…]: made again when what is wanted changed, and when the
# folder is no longer where it was made: its programs begin with the path of their interpreter.
setup_venv() {
  local folder log=$2 sentence=$3 requirements=() wanted
  mkdir -p "$(dirname "$1")"
  # A path through a link would be dead once the link is gone.
  folder=$(realpath --canonicalize-missing "$1")
  shift 3
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    requirements+=("$1")
    shift
  done
  [ $# -eq 0 ] || shift
  wanted="$folder ${requirements[*]}"
  [ "$(cat "$folder/contenu" 2>/dev/null)" != "$wanted" ] || ! "$folder/bin/python" -c '' 2>/dev/null || return 0
  if ! have python3 || ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    apt_install "$sentence" python3 python3-venv
  fi
  rm -rf "$folder"
  logged "$RDV_CACHE/log/$log" "$sentence" install_venv "$folder" "$@" "${requirements[@]}"
  printf '%s' "$wanted" >"$folder/contenu"
}

install_venv() {
  python3 -m venv "$1" && "$1/bin/python" -m pip install --quiet --disable-pip-version-check "${@:2}"
}
