#!/usr/bin/env bash
# A TEXT of a calendar that holds a backslash followed by the letter n (a Windows path, « \nord ») is written `\\n` in the
# file (RFC 5545, 3.3.11: `\\` is one backslash). Seen with node-ical 0.26.1 (npm) and ics 0.7.3 (PyPI): both replace `\n`
# before `\\`, and give a backslash followed by a line break. ical.js 2.2.1, icalendar 7.3.2 and vobject 0.9.9 read the
# backslash and the letter.
# Output seen: the five lines of « attendu » below. Fails when one of them changes.
# What follows for us: no text that we put in a calendar may depend on a backslash.
set -euo pipefail
dossier=$(mktemp -d)
trap 'rm -rf "$dossier"' EXIT
cd "$dossier"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts node-ical@0.26.1 ical.js@2.2.1 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet ics==0.7.3 icalendar==7.3.2 vobject==0.9.9
printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//Exemple//FR BEGIN:VEVENT UID:1 DTSTAMP:20261129T101500Z \
  DTSTART:20261205T143000Z DTEND:20261205T150000Z SUMMARY:RDV 'DESCRIPTION:Dossier C:\\nord' END:VEVENT END:VCALENDAR >un.ics
cat >lire.mjs <<'JS'
import fs from 'node:fs';
import nodeIcal from 'node-ical';
import ICAL from 'ical.js';
const texte = fs.readFileSync('un.ics', 'utf8');
console.log('node-ical', JSON.stringify(nodeIcal.sync.parseICS(texte)['1'].description));
const evenement = new ICAL.Component(ICAL.parse(texte)).getFirstSubcomponent('vevent');
console.log('ical.js', JSON.stringify(evenement.getFirstPropertyValue('description')));
JS
cat >lire.py <<'PY'
import json
import ics, icalendar, vobject
texte = open('un.ics', newline='').read()
print('ics', json.dumps(list(ics.Calendar(texte).events)[0].description))
print('icalendar', json.dumps(str(icalendar.Calendar.from_ical(texte).walk('VEVENT')[0]['DESCRIPTION'])))
print('vobject', json.dumps(vobject.readOne(texte).vevent.description.value))
PY
{ node lire.mjs; venv/bin/python lire.py; } >vu
cat >attendu <<'TEXTE'
node-ical "Dossier C:\\\nord"
ical.js "Dossier C:\\nord"
ics "Dossier C:\\\nord"
icalendar "Dossier C:\\nord"
vobject "Dossier C:\\nord"
TEXTE
diff attendu vu
cat vu
