# shellcheck shell=bash
# What comes from npm: the State's design system, Sass, wasm-opt and Playwright. Sourced by bin/setup.

setup_npm() {
  # What was installed is remembered beside it, so that nothing happens until the lock file changes.
  local stamp=$ROOT/node_modules/.rdv-lock
  if ! cmp -s "$ROOT/package-lock.json" "$stamp"; then
    # Packages may ask what they have to ask: nothing here answers in the place of who installs.
    logged "$RDV_CACHE/log/npm.log" "paquets npm (design system de l'État, Sass, wasm-opt, Playwright)" \
      npm ci --prefix "$ROOT" --omit=optional --no-audit --no-fund
    cp "$ROOT/package-lock.json" "$stamp"
  fi
  node "$ROOT/bin/lib/dsfr-assets.mjs" || die "Les fichiers du design system n'ont pas pu être préparés."
}
