#!/usr/bin/env bash
# In France ten digits that begin with 0 are dialled alike from everywhere, overseas departments included: « 0692 12 34 56 » is
# a mobile of La Réunion (+262 692 12 34 56), « 0596 70 12 34 » a line of Martinique (+596 596 70 12 34).
# Seen with phonenumbers 9.0.19 (PyPI) and libphonenumber-js 1.13.16 (npm), told that the country is FR: the mobile becomes
# +33692123456, which is no number; the line becomes +33596701234, said to be valid and of metropolitan France. Both give
# the right number only when told the territory, which who reads a form does not know.
# Output seen: the lines of « attendu » below. Fails when one of them changes.
# What follows for us: ten digits are tried with the codes of the overseas departments too (socle/telephone.rs).
set -euo pipefail
dossier=$(mktemp -d)
trap 'rm -rf "$dossier"' EXIT
cd "$dossier"
python3 -m venv venv >/dev/null
venv/bin/pip install --quiet --disable-pip-version-check phonenumbers==9.0.19
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts libphonenumber-js@1.13.16 >/dev/null
cat >lire.py <<'PY'
import phonenumbers as p
for numero, pays in [("0692 12 34 56", "FR"), ("0692 12 34 56", "RE"), ("0596 70 12 34", "FR"), ("0596 70 12 34", "MQ")]:
    lu = p.parse(numero, pays)
    print("phonenumbers", numero, pays, p.format_number(lu, p.PhoneNumberFormat.E164), p.is_valid_number(lu))
PY
cat >lire.js <<'JS'
const { parsePhoneNumberFromString } = require('libphonenumber-js/max');
for (const [numero, pays] of [['0692 12 34 56', 'FR'], ['0692 12 34 56', 'RE'], ['0596 70 12 34', 'FR'], ['0596 70 12 34', 'MQ']]) {
  const lu = parsePhoneNumberFromString(numero, pays);
  console.log('libphonenumber-js', numero, pays, lu.number, lu.isValid());
}
JS
{ venv/bin/python lire.py; node lire.js; } >vu
cat >attendu <<'TEXTE'
phonenumbers 0692 12 34 56 FR +33692123456 False
phonenumbers 0692 12 34 56 RE +262692123456 True
phonenumbers 0596 70 12 34 FR +33596701234 True
phonenumbers 0596 70 12 34 MQ +596596701234 True
libphonenumber-js 0692 12 34 56 FR +33692123456 false
libphonenumber-js 0692 12 34 56 RE +262692123456 true
libphonenumber-js 0596 70 12 34 FR +33596701234 true
libphonenumber-js 0596 70 12 34 MQ +596596701234 true
TEXTE
diff attendu vu
cat vu
