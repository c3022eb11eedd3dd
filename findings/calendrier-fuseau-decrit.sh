#!/usr/bin/env bash
# A calendar may call a time zone as it likes, provided that it describes it in a VTIMEZONE (RFC 5545, 3.6.5): many exporters
# do. Here « Heure-du-service » is described as that of Paris, and the appointment is at 15:30 there, 14:30 UTC in December.
# Seen with node-ical 0.26.1 (npm): the description is not used, the hour is taken for that of the machine that reads (Cayenne
# here: 18:30 UTC). Seen with ics 0.7.3 (PyPI): taken for UTC. ical.js 2.2.1, icalendar 7.3.2 and vobject 0.9.9 are right.
# Output seen: the five lines of « attendu » below. Fails when one of them changes.
# What follows for us: our files give hours in UTC, which need no description.
set -euo pipefail
dossier=$(mktemp -d)
trap 'rm -rf "$dossier"' EXIT
cd "$dossier"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts node-ical@0.26.1 ical.js@2.2.1 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet ics==0.7.3 icalendar==7.3.2 vobject==0.9.9
printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//Exemple//FR \
  BEGIN:VTIMEZONE TZID:Heure-du-service \
  BEGIN:DAYLIGHT TZOFFSETFROM:+0100 TZOFFSETTO:+0200 TZNAME:CEST DTSTART:19700329T020000 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU' END:DAYLIGHT \
  BEGIN:STANDARD TZOFFSETFROM:+0200 TZOFFSETTO:+0100 TZNAME:CET DTSTART:19701025T030000 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU' END:STANDARD \
  END:VTIMEZONE BEGIN:VEVENT UID:1 DTSTAMP:20261129T101500Z 'DTSTART;TZID=Heure-du-service:20261205T153000' \
  'DTEND;TZID=Heure-du-service:20261205T160000' SUMMARY:RDV END:VEVENT END:VCALENDAR >un.ics
cat >lire.mjs <<'JS'
import fs from 'node:fs';
import nodeIcal from 'node-ical';
import ICAL from 'ical.js';
const texte = fs.readFileSync('un.ics', 'utf8');
console.log('node-ical', nodeIcal.sync.parseICS(texte)['1'].start.toISOString().slice(0, 16));
const evenement = new ICAL.Event(new ICAL.Component(ICAL.parse(texte)).getFirstSubcomponent('vevent'));
console.log('ical.js', evenement.startDate.toJSDate().toISOString().slice(0, 16));
JS
cat >lire.py <<'PY'
from datetime import timezone
import ics, icalendar, vobject
texte = open('un.ics', newline='').read()
utc = lambda quand: quand.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M')
print('ics', utc(list(ics.Calendar(texte).events)[0].begin.datetime))
print('icalendar', utc(icalendar.Calendar.from_ical(texte).walk('VEVENT')[0].start))
print('vobject', utc(vobject.readOne(texte).vevent.dtstart.value))
PY
export TZ=America/Cayenne
{ node lire.mjs; venv/bin/python lire.py; } >vu
cat >attendu <<'TEXTE'
node-ical 2026-12-05T18:30
ical.js 2026-12-05T14:30
ics 2026-12-05T15:30
icalendar 2026-12-05T14:30
vobject 2026-12-05T14:30
TEXTE
diff attendu vu
cat vu
