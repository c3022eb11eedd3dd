# shellcheck shell=bash
# The Debian package: gathers what goes into it, has cargo-deb make it. Sourced by bin/paquet and bin/test.

CARGO_DEB_VERSION=3.8.0

setup_cargo_deb() {
  # Without lzma of its own: dpkg-deb's format is read all the same.
  cargo_tool cargo-deb "$CARGO_DEB_VERSION" cargo-deb "fait le paquet Debian, ~1 min" --locked --no-default-features --debug
}

# gather SERVER SITE HASHES: what the metadata of server/Cargo.toml names.
gather() {
  local here=$BUILD/paquet
  rm -rf "$here"
  mkdir -p "$here"
  cp "$1" "$here/server"
  ! have strip || strip "$here/server"
  cp -R "$2" "$here/site"
  cp "$3" "$here/hash.txt"
  cp "$ROOT/Leptos.toml" "$here/Leptos.toml"
  # One service, two places: what is tried of one holds for the other.
  sed -e '/^# systemd/d;/^# Le paquet/d' \
    -e 's#/srv/rdv/actuelle/EXPLOITATION.md#/usr/share/doc/rdv-demarches/EXPLOITATION.md#' \
    -e 's#/srv/rdv/actuelle#/usr/lib/rdv-demarches#g' -e 's#/etc/rdv/#/etc/rdv-demarches/#g' \
    -e 's#/var/lib/rdv\b#/var/lib/rdv-demarches#g' \
    -e 's#^\(User\|Group\|StateDirectory\)=rdv$#\1=rdv-demarches#' \
    "$ROOT/deploiement/rdv.service" >"$here/rdv-demarches.service"
}

# package FILE [OPTION…]: makes it of what was gathered.
package() {
  local file=$1
  shift
  (cd "$ROOT" && cargo deb --quiet --package server --no-build --no-strip --output "$file" "$@") ||
    die "Le paquet n'a pas pu être fait."
}
