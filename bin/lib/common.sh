# shellcheck shell=bash
# Sourced by every script of bin/: where things are, how the scripts speak, which tools they use.
# Sourcing it sets variables and PATH; it installs and builds nothing.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Everything that may be shared between clones, and deleted without loss, lives here.
RDV_CACHE=${RDV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rdv-demarches}
export RDV_CACHE
export CARGO_TARGET_DIR=$RDV_CACHE/target
TOOLS=$RDV_CACHE/tools
# What reads calendars in the tests.
export RDV_AGENDAS=$TOOLS/agendas

RUST_VERSION=$(sed -n 's/^channel = "\(.*\)"$/\1/p' "$ROOT/rust-toolchain.toml")
# shellcheck disable=SC2034 # used by the files that source this one
WASM_TARGET=wasm32-unknown-unknown

case ":$PATH:" in
  *":$HOME/.cargo/bin:"*) ;;
  *) PATH=$PATH:$HOME/.cargo/bin ;;
esac
# rust-toolchain.toml lists the wasm target. Where rustup may fetch nothing, that list alone makes
# every cargo call fail, even with a std that we built ourselves; naming the toolchain makes rustup
# leave the file alone, and costs nothing elsewhere.
if command -v rustup >/dev/null; then
  export RUSTUP_TOOLCHAIN=${RUSTUP_TOOLCHAIN:-$RUST_VERSION}
fi

# cargo-leptos takes sass and wasm-opt from PATH: those of the clone, at the clone's versions.
export PATH=$TOOLS/bin:$ROOT/node_modules/.bin:$PATH

say() { printf '▸ %s\n' "$*" >&2; }
die() {
  printf '✗ %s\n' "$*" >&2
  exit 1
}

# answer_help ARGUMENTS… <<TEXT: asked for --help, prints the text; for --version, the version; and ends there.
answer_help() {
  local argument
  for argument; do
    case $argument in
      --) return 0 ;;
      -h | --help) cat && exit 0 ;;
      --version) sed -n 's/^version = "\(.*\)"$/\1/p' "$ROOT/Cargo.toml" | head -n 1 && exit 0 ;;
    esac
  done
}
have() { command -v "$1" >/dev/null 2>&1; }

# as_root COMMAND…: directly as root, through sudo otherwise, which may ask for a password if there is a terminal.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif have sudo && { sudo -n true || : </dev/tty; } 2>/dev/null; then
    sudo "$@"
  else
    die "Il faut être root (ou avoir sudo) pour : $*"
  fi
}

# logged FILE SENTENCE COMMAND…: runs a long command quietly; when it fails, shows the end of what it said.
logged() {
  local log=$1 sentence=$2 start=$SECONDS
  shift 2
  mkdir -p "$(dirname "$log")"
  say "$sentence…"
  if "$@" >"$log" 2>&1 </dev/null; then
    say "  fait en $((SECONDS - start)) s"
  else
    tail -n 30 "$log" >&2
    die "Échec : $sentence (journal : $log)"
  fi
}
