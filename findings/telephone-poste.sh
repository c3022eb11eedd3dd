#!/usr/bin/env bash
# A French switchboard's number is written with the extension after « poste »: « 01 22 33 44 55 poste 12 ».
# Seen with phonenumbers 9.0.19 (PyPI): « ext. 12 » is understood, but the letters of « poste » are taken for those of a keypad
# (p=7, o=6, s=7, t=8, e=3) and joined to the number, without an error: +33122334455 becomes +331223344557678312.
# Output seen: the three lines of « attendu » below. Fails when one of them changes.
# What follows for us: a text with letters is shown as it was typed, and never dialled.
set -euo pipefail
dossier=$(mktemp -d)
trap 'rm -rf "$dossier"' EXIT
cd "$dossier"
python3 -m venv venv >/dev/null
venv/bin/pip install --quiet --disable-pip-version-check phonenumbers==9.0.19
cat >lire.py <<'PY'
import phonenumbers as p
for numero in ["01 22 33 44 55", "01 22 33 44 55 ext. 12", "01 22 33 44 55 poste 12"]:
    lu = p.parse(numero, "FR")
    print(numero, "→", p.format_number(lu, p.PhoneNumberFormat.E164), lu.extension)
PY
venv/bin/python lire.py >vu
cat >attendu <<'TEXTE'
01 22 33 44 55 → +33122334455 None
01 22 33 44 55 ext. 12 → +33122334455 12
01 22 33 44 55 poste 12 → +331223344557678312 None
TEXTE
diff attendu vu
cat vu
