# shellcheck shell=bash
# The list of an instructeur written for SvelteKit and for Astro (epreuves/pairs), which bin/bench pages measures beside ours:
# installed and built in the cache, never in the clone. Sourced by bin/bench.
#
# They ask for a newer Node than what the project needs: npm brings it, beside them.

PAIRS=$RDV_CACHE/pairs

# build_pairs: nothing is done again while their sources stay the same.
build_pairs() {
  local pair state
  for pair in sveltekit astro; do
    state=$(sources epreuves/pairs/commun "epreuves/pairs/$pair")
    ! up_to_date "$PAIRS/$pair/.built" "$state" || continue
    rm -rf "$PAIRS/commun" "${PAIRS:?}/$pair"
    mkdir -p "$PAIRS"
    cp -r "$ROOT/epreuves/pairs/commun" "$ROOT/epreuves/pairs/$pair" "$PAIRS"
    logged "$RDV_CACHE/log/$pair-npm.log" "paquets npm de la liste écrite pour $pair" \
      npm ci --prefix "$PAIRS/$pair" --no-audit --no-fund
    logged "$RDV_CACHE/log/$pair.log" "construction de la liste écrite pour $pair" build_pair "$PAIRS/$pair"
    printf '%s' "$state" >"$PAIRS/$pair/.built"
  done
}

# build_pair FOLDER
build_pair() (
  cd "$1" || exit 1
  PATH=$(printf '%s:' node_modules/node-linux-*/bin)$PATH
  ASTRO_TELEMETRY_DISABLED=1 npm run build
)
