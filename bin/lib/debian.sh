# shellcheck shell=bash
# What comes from the system's own packages (Debian and its relatives). Sourced by bin/setup.

APT_UPDATED=

apt_update_once() {
  [ -z "$APT_UPDATED" ] || return 0
  logged "$RDV_CACHE/log/apt-update.log" "mise à jour de la liste des paquets" as_root apt-get update
  APT_UPDATED=1
}

# apt_install WHY PACKAGE…
apt_install() {
  local why=$1
  shift
  have apt-get || die "Il manque $* ($why) : installez-le avec le gestionnaire de paquets de ce système."
  apt_update_once
  logged "$RDV_CACHE/log/apt-$1.log" "installation de $* ($why)" \
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
}

setup_compiler_basics() {
  if ! have cc || ! have pkg-config; then
    apt_install "compilateur C des dépendances natives" build-essential pkg-config
  fi
  if ! have node || ! have npm; then
    apt_install "outils de construction du site" nodejs npm
  fi
  node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' ||
    die "Node $(node --version) est trop ancien : il faut la version 20.19 ou une plus récente."
}

setup_chromium() {
  [ -x "${CHROMIUM_PATH:-/usr/bin/chromium}" ] ||
    apt_install "navigateur des tests de bout en bout" chromium fonts-liberation
}

# postgres_bin: the folder of the newest server's binaries, or nothing.
postgres_bin() {
  local found
  found=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1) || true
  if [ -n "$found" ]; then
    dirname "$found"
  elif have initdb && have pg_ctl; then
    dirname "$(command -v initdb)"
  fi
}

# What stands in front of the application, and what reads the rules of alert. Debian starts what it installs: only the programs
# are wanted here.
setup_mandataires() {
  local missing=()
  have nginx || missing+=(nginx-light)
  have caddy || missing+=(caddy)
  have promtool || missing+=(prometheus)
  [ ${#missing[@]} -gt 0 ] || return 0
  # Where there is no such package, the trial says what is missing.
  apt_install "mandataires et surveillance des tests" "${missing[@]}"
}

setup_postgres() {
  [ -n "$(postgres_bin)" ] || apt_install "serveur PostgreSQL des tests" postgresql
}

# Its daemon alone: the tests have a signature of their own, and start it themselves. What comes with it must neither run
# nor fetch the real signatures.
setup_clamav() {
  [ ! -x /usr/sbin/clamd ] || return 0
  apt_install "antivirus des tests" clamav-daemon
  if have systemctl; then
    as_root systemctl disable --now clamav-daemon.service clamav-daemon.socket clamav-freshclam.service \
      >/dev/null 2>&1 || true
  fi
}
