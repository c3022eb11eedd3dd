# shellcheck shell=bash
# Builds what runs, into the clone: build/server, build/sandbox, build/hash.txt and site/.
# Sourced by bin/run and bin/test. Nothing is built again while the sources stay the same.
#
# The server is built by plain cargo with the dev profile, whose dependencies the tests share; the
# browser's two parts as small as in production: the pages that are hydrated by cargo-leptos, what keeps the others up to
# date in place by cargo and wasm-bindgen. The compiler's own folder is shared by all
# clones, so what was built is copied out of it under a lock.

BUILD=$ROOT/build
SITE=$ROOT/site

# What is compiled together with the programs. bin/test adds the tests: with them the dependencies have other features,
# and without them here they would all be compiled a second time.
BUILD_WITH=()

# Settings of a run, not of a build: what is built must not depend on the address it will have.
UNSET_FOR_BUILD=(-u LEPTOS_SITE_ADDR -u LEPTOS_OUTPUT_NAME -u LEPTOS_SITE_PKG_DIR -u LEPTOS_RELOAD_PORT)

# sources PATH…: one line that changes whenever a file below these paths does.
sources() {
  (
    cd "$ROOT" || exit 1
    find "$@" -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum
    rustc --version
  ) | sha256sum
}

# up_to_date STAMP STATE
up_to_date() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# claim_target: cargo tells what changed by dates, and clones share its folder. What another clone built since
# our files were written would pass for ours: coming back to a clone makes its sources look new.
claim_target() {
  local owner=$CARGO_TARGET_DIR/.clone
  mkdir -p "$CARGO_TARGET_DIR"
  (
    flock 6
    if [ "$(cat "$owner" 2>/dev/null)" != "$ROOT" ]; then
      (cd "$ROOT" && find domain app frontend backend server sandbox migration epreuves -type f -exec touch {} +)
      printf '%s' "$ROOT" >"$owner"
    fi
  ) 6>"$CARGO_TARGET_DIR/.claim"
}

build_all() {
  build_programs
  build_pages
}

# begin_site: the tools of the site, then site/ and build/hash.txt, in the background and politely, for their last minutes
# keep one processor busy. Sets the number of the process in site_build; what it says goes to SITE_LOG.
SITE_LOG=$RDV_CACHE/log/site.log
site_build=
begin_site() {
  mkdir -p "$RDV_CACHE/log"
  # A group of processes of its own, so that all of it can be stopped at once.
  set -m
  (
    set +m
    renice -n 10 -p "$BASHPID" >/dev/null 2>&1 || true
    "$ROOT/bin/setup" site
    build_pages
  ) >"$SITE_LOG" 2>&1 </dev/null &
  site_build=$!
  set +m
}

# end_site: waits for it.
end_site() {
  local status=0
  wait "$site_build" || status=$?
  site_build=
  [ "$status" -eq 0 ] || {
    tail -n 40 "$SITE_LOG" >&2
    die "Échec : construction du site (journal : $SITE_LOG)"
  }
}

# stop_site: ends it, if it goes on.
stop_site() { [ -z "$site_build" ] || kill -TERM -- "-$site_build" 2>/dev/null || true; }

# build_programs: build/server and build/sandbox only.
build_programs() { binaries_current || alone build build_binaries; }

# build_pages: site/ and build/hash.txt only. cargo-leptos compiles in a folder of its own (target/front), so that both
# can be built side by side.
build_pages() { site_current || alone site build_site; }

# What is there already is used at once, even while another clone builds.
binaries_current() { [ -x "$BUILD/server" ] && [ -x "$BUILD/sandbox" ] && up_to_date "$BUILD/.binaries" "$(binaries_state)"; }
binaries_state() { sources .cargo Cargo.toml Cargo.lock domain app backend server sandbox migration; }
site_current() { [ -f "$BUILD/hash.txt" ] && [ -d "$SITE/pkg" ] && up_to_date "$BUILD/.site" "$(site_state)"; }
site_state() { sources .cargo Cargo.toml Cargo.lock domain app frontend style public package-lock.json; }

# alone LOCK FUNCTION…: one such build at a time, whatever the number of clones.
alone() {
  local lock=$RDV_CACHE/$1.lock part
  shift
  mkdir -p "$BUILD" "$RDV_CACHE"
  (
    flock -n 8 || {
      say "une autre construction est en cours : on attend qu'elle finisse…"
      flock 8
    }
    claim_target
    for part in "$@"; do "$part"; done
  ) 8>"$lock"
}

build_binaries() {
  local state
  ! binaries_current || return 0
  state=$(binaries_state)
  step_by_cargo "construction du serveur et du bac à sable" \
    cargo build --manifest-path "$ROOT/Cargo.toml" --workspace --exclude frontend --bins "${BUILD_WITH[@]}"
  local name
  for name in server sandbox; do
    # A new file put in place, because the old one may be running.
    cp "$CARGO_TARGET_DIR/debug/$name" "$BUILD/$name.new"
    mv -f "$BUILD/$name.new" "$BUILD/$name"
  done
  printf '%s' "$state" >"$BUILD/.binaries"
}

# build_first_pages: what the pages need before the site is built, in seconds: style and pictures, without the
# application. With these the server shows what it shows with JavaScript off.
FIRST_PAGES=$BUILD/premieres-pages
build_first_pages() {
  rm -rf "$FIRST_PAGES"
  mkdir -p "$FIRST_PAGES/site/pkg"
  cp -r "$ROOT/public/." "$FIRST_PAGES/site"
  sass --no-source-map --style=compressed "$ROOT/style/main.scss" "$FIRST_PAGES/site/pkg/rdv.css" ||
    die "La feuille de style n'a pas pu être préparée."
  : >"$FIRST_PAGES/hash.txt"
}

build_site() {
  local state
  ! site_current || return 0
  state=$(site_state)
  # Built aside: cargo-leptos empties its folder first, and a server may be using ours.
  rm -rf "$SITE.new"
  (
    cd "$ROOT" || exit 1
    export LEPTOS_SITE_ROOT=site.new LEPTOS_HASH_FILE_NAME=$BUILD/hash.txt.new
    step_by_cargo "construction du site (WebAssembly, style)" cargo leptos build --release --frontend-only
  )
  # On lines of their own, whatever the last one ends with.
  { echo; build_in_place "$SITE.new/pkg"; } >>"$BUILD/hash.txt.new"
  # Types for TypeScript, which nobody here reads.
  find "$SITE.new/pkg" -name '*.ts' -delete
  node "$ROOT/bin/lib/precompress.mjs" "$SITE.new" || die "La compression du site a échoué."
  rm -rf "$SITE.old"
  if [ -e "$SITE" ]; then mv "$SITE" "$SITE.old"; fi
  mv "$SITE.new" "$SITE"
  mv -f "$BUILD/hash.txt.new" "$BUILD/hash.txt"
  rm -rf "$SITE.old"
  printf '%s' "$state" >"$BUILD/.site"
  say_sizes "$SITE/pkg"
}

# What WebAssembly has in all browsers that we serve: named one by one, for all that wasm-opt knows is more than they do.
WASM_FEATURES=(--enable-bulk-memory --enable-mutable-globals --enable-nontrapping-float-to-int --enable-reference-types
  --enable-multivalue --enable-sign-ext)

# build_in_place FOLDER: what makes live the pages that are not hydrated, with what shows another state of a page. Says the
# lines of hash.txt. In the folder of cargo-leptos, whose dependencies it shares.
build_in_place() {
  local folder=$1 made=$BUILD/en-place target=$CARGO_TARGET_DIR/front genre digest version
  step_by_cargo "construction de ce qui tient les pages à jour (WebAssembly)" \
    cargo build --manifest-path "$ROOT/Cargo.toml" --package frontend --lib --no-default-features --features en-place \
    --profile wasm-release --target "$WASM_TARGET" --target-dir "$target"
  rm -rf "$made"
  wasm-bindgen --target web --no-typescript --out-name en-place --out-dir "$made" \
    "$target/$WASM_TARGET/wasm-release/frontend.wasm" || die "wasm-bindgen a échoué."
  wasm-opt -Oz "${WASM_FEATURES[@]}" -o "$made/en-place.wasm" "$made/en-place_bg.wasm" || die "wasm-opt a échoué."
  for genre in js wasm; do
    digest=$(sha256sum "$made/en-place.$genre" | cut -c1-16)
    cp "$made/en-place.$genre" "$folder/rdv-en-place.$digest.$genre"
    printf '%s-en-place: %s\n' "$genre" "$digest"
  done
  version=$(node -p "require('$ROOT/node_modules/idiomorph/package.json').version")
  grep -q "idiomorph-$version.js" "$ROOT/app/src/shell.rs" || die "app/src/shell.rs ne nomme pas idiomorph $version."
  # As a module, which its authors only give at its full length.
  { cat "$ROOT/node_modules/idiomorph/dist/idiomorph.min.js" && printf 'export{Idiomorph};\n'; } \
    >"$folder/idiomorph-$version.js"
}

# say_sizes FOLDER: what a browser downloads to make pages live.
say_sizes() {
  local whole place
  whole=$(cat "$1"/rdv.*.js.br "$1"/rdv.*.wasm.br | wc -c)
  place=$(cat "$1"/rdv-en-place.*.br "$1"/idiomorph-*.br | wc -c)
  say "  au navigateur, compressé : pages hydratées $whole octets, pages tenues à jour en place $place octets"
}

# step_by_cargo SENTENCE COMMAND…: cargo speaks for itself, on standard error.
step_by_cargo() {
  local sentence=$1 start=$SECONDS
  shift
  say "$sentence…"
  env "${UNSET_FOR_BUILD[@]}" "$@" </dev/null >&2 || die "Échec : $sentence (voir les messages ci-dessus)."
  say "  fait en $((SECONDS - start)) s"
}
