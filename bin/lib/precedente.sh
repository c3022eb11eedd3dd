# shellcheck shell=bash
# The program of the version before, built from the history of the clone: the commit that epreuves/precedente names. Kept in
# the cache folder, and built once. Sourced by bin/test.

PREVIOUS=

# build_previous: sets PREVIOUS, the folder of that program.
build_previous() {
  local commit
  commit=$(sed -n '/^[0-9a-f]/p' "$ROOT/epreuves/precedente" | head -n 1)
  commit=${RDV_PRECEDENTE_COMMIT:-$commit}
  commit=$(git -C "$ROOT" rev-parse --verify --quiet "$commit^{commit}") ||
    die "La version d'avant (epreuves/precedente) n'est pas dans l'histoire de ce clone : git fetch --unshallow."
  PREVIOUS=$RDV_CACHE/precedente/$commit
  [ -x "$PREVIOUS/server" ] || alone build build_previous_binary
}

# Its dependencies are mostly ours: built in the same folder, with the same features, hence with one test of its own.
build_previous_binary() {
  [ ! -x "$PREVIOUS/server" ] || return 0
  local source=$PREVIOUS/source
  mkdir -p "$PREVIOUS"
  git -C "$ROOT" worktree prune
  rm -rf "$source"
  git -C "$ROOT" worktree add --quiet --force --detach "$source" "$(basename "$PREVIOUS")"
  step_by_cargo "construction de la version d'avant" env CARGO_INCREMENTAL=0 cargo build \
    --manifest-path "$source/Cargo.toml" --workspace --exclude frontend --bin server --test surveillance
  cp "$CARGO_TARGET_DIR/debug/server" "$PREVIOUS/server.new"
  mv -f "$PREVIOUS/server.new" "$PREVIOUS/server"
  git -C "$ROOT" worktree remove --force "$source"
}
