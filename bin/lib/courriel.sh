# shellcheck shell=bash
# The real mail software that tests speak with, from PyPI: a mail server, and what verifies signatures. Sourced by
# bin/setup; backend/tests/histoires/outils/logiciels.rs knows where it is.

COURRIEL_PAQUETS=(aiosmtpd==1.4.6 atpublic==9.0.0 attrs==26.1.0 dkimpy==1.1.8 dnspython==2.9.2 PyNaCl==1.6.2 cffi==2.1.1
  pycparser==3.12)

setup_courriel() {
  local dossier=$TOOLS/courriel
  [ "$(cat "$dossier/paquets" 2>/dev/null)" != "${COURRIEL_PAQUETS[*]}" ] || return 0
  if ! have python3 || ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    apt_install "serveur de courriel des tests" python3 python3-venv
  fi
  rm -rf "$dossier"
  logged "$RDV_CACHE/log/courriel.log" "serveur de courriel des tests (aiosmtpd, dkimpy)" installer_courriel "$dossier"
  printf '%s' "${COURRIEL_PAQUETS[*]}" >"$dossier/paquets"
}

installer_courriel() {
  python3 -m venv "$1" &&
    "$1/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
      --only-binary=:all: --no-binary=dkimpy "${COURRIEL_PAQUETS[@]}"
}
