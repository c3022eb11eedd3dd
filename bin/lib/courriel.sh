# shellcheck shell=bash
# The real mail software that tests speak with, from PyPI: a mail server, and what verifies signatures. Sourced by
# bin/setup; backend/tests/histoires/outils/logiciels.rs knows where it is.

COURRIEL_PAQUETS=(aiosmtpd==1.4.6 atpublic==9.0.0 attrs==26.1.0 dkimpy==1.1.8 dnspython==2.9.2 PyNaCl==1.6.2 cffi==2.1.1
  pycparser==3.12)

setup_courriel() {
  setup_venv "$TOOLS/courriel" courriel.log "serveur de courriel des tests (aiosmtpd, dkimpy)" "${COURRIEL_PAQUETS[@]}" \
    -- --no-deps --only-binary=:all: --no-binary=dkimpy
}
