# shellcheck shell=bash
# What reads calendars in the tests: three libraries of different families, and a CalDAV server. Sourced by bin/setup.

# Exported by common.sh as RDV_AGENDAS, where the tests look for them.
AGENDAS_PYTHON=(icalendar==7.3.2 vobject==0.9.9 Radicale==3.9.0)
AGENDAS_NPM=(ical.js@2.2.1)

setup_agendas() {
  local wanted="${AGENDAS_PYTHON[*]} ${AGENDAS_NPM[*]}" stamp=$RDV_AGENDAS/versions
  setup_libical
  [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
  have python3 && python3 -c 'import ensurepip' 2>/dev/null || apt_install "lecteurs d'agendas des tests" python3 python3-venv
  rm -rf "$RDV_AGENDAS"
  mkdir -p "$RDV_AGENDAS"
  logged "$RDV_CACHE/log/agendas-python.log" "lecteurs d'agendas des tests (icalendar, vobject, Radicale)" \
    install_agendas_python
  logged "$RDV_CACHE/log/agendas-npm.log" "lecteur d'agendas des tests (ical.js)" \
    npm install --prefix "$RDV_AGENDAS" --no-audit --no-fund --ignore-scripts "${AGENDAS_NPM[@]}"
  printf '%s' "$wanted" >"$stamp"
}

install_agendas_python() {
  python3 -m venv "$RDV_AGENDAS/venv"
  "$RDV_AGENDAS/venv/bin/pip" install --quiet --disable-pip-version-check "${AGENDAS_PYTHON[@]}"
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
