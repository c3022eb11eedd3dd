# shellcheck shell=bash
# What reads calendars in the tests: three libraries of different families, and a CalDAV server. Sourced by bin/setup.

# Exported by common.sh as RDV_AGENDAS, where the tests look for them.
AGENDAS_PYTHON=(icalendar==7.3.2 vobject==0.9.9 Radicale==3.9.0)
AGENDAS_NPM=(ical.js@2.2.1)

setup_agendas() {
  setup_libical
  setup_venv "$RDV_AGENDAS/venv" agendas-python.log "lecteurs d'agendas des tests (icalendar, vobject, Radicale)" \
    "${AGENDAS_PYTHON[@]}"
  [ "$(cat "$RDV_AGENDAS/npm" 2>/dev/null)" != "${AGENDAS_NPM[*]}" ] || return 0
  logged "$RDV_CACHE/log/agendas-npm.log" "lecteur d'agendas des tests (ical.js)" \
    npm install --prefix "$RDV_AGENDAS" --no-audit --no-fund --ignore-scripts "${AGENDAS_NPM[@]}"
  printf '%s' "${AGENDAS_NPM[*]}" >"$RDV_AGENDAS/npm"
}

# The C library has a name of its own since Debian 13.
setup_libical() {
  python3 -c 'import ctypes; ctypes.CDLL("libical.so.3")' 2>/dev/null && return 0
  apt_update_once
  if apt-cache show libical3t64 >/dev/null 2>&1; then
    apt_install "lecteur d'agendas des tests" libical3t64
  else
    apt_install "lecteur d'agendas des tests" libical3
  fi
}
