#!/usr/bin/env bash
# URL is of type URI: its commas and semicolons are not escaped (RFC 5545, 3.3.13); the value of a parameter that holds a
# semicolon is between double quotes (3.2).
# Seen with ics 0.7.3 (PyPI): reading a file and writing it again changes the address (`?a=1,2;b` becomes `?a=1\,2\;b`, another
# address for whoever opens it), writes CN="Mairie; accueil" without its quotes, and loses the language of SUMMARY.
# Output seen: the three lines of « attendu » below. Fails when one of them changes.
# What follows for us: a file that went through such a tool is not ours any more; an address that we write holds neither.
set -euo pipefail
dossier=$(mktemp -d)
trap 'rm -rf "$dossier"' EXIT
cd "$dossier"
python3 -m venv venv
venv/bin/pip install --quiet ics==0.7.3
cat >reecrire.py <<'PY'
import ics
lignes = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Exemple//FR', 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20261129T101500Z',
          'DTSTART:20261205T143000Z', 'DTEND:20261205T150000Z', 'SUMMARY;LANGUAGE=fr:RDV', 'URL:https://rdv.example/r?a=1,2;b',
          'ORGANIZER;CN="Mairie; accueil":mailto:accueil@mairie.example', 'END:VEVENT', 'END:VCALENDAR', '']
for ligne in ics.Calendar('\r\n'.join(lignes)).serialize().splitlines():
    if ligne.split(':')[0].split(';')[0] in ('SUMMARY', 'URL', 'ORGANIZER'):
        print(ligne)
PY
venv/bin/python reecrire.py | sort >vu
cat >attendu <<'TEXTE'
ORGANIZER;CN=Mairie\; accueil:mailto:accueil@mairie.example
SUMMARY:RDV
URL:https://rdv.example/r?a=1\,2\;b
TEXTE
diff attendu vu
cat vu
