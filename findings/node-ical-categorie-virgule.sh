#!/usr/bin/env bash
# CATEGORIES holds several texts separated by commas; a comma inside one of them is escaped (RFC 5545, 3.8.1.2 and 3.3.11).
# Seen with node-ical 0.26.1 (npm): it cuts at each comma, also at the escaped one, and leaves its backslash: of the two
# categories « RDV Service Public » and « Visio, étage 2 » it makes three. ical.js 2.2.1 gives two.
# Output seen: the two lines of « attendu » below. Fails when one of them changes.
# What follows for us: a category that agents may filter on has no comma.
set -euo pipefail
dossier=$(mktemp -d)
trap 'rm -rf "$dossier"' EXIT
cd "$dossier"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts node-ical@0.26.1 ical.js@2.2.1 >/dev/null
printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//Exemple//FR BEGIN:VEVENT UID:1 DTSTAMP:20261129T101500Z \
  DTSTART:20261205T143000Z DTEND:20261205T150000Z 'CATEGORIES:RDV Service Public,Visio\, étage 2' END:VEVENT END:VCALENDAR >un.ics
cat >lire.mjs <<'JS'
import fs from 'node:fs';
import nodeIcal from 'node-ical';
import ICAL from 'ical.js';
const texte = fs.readFileSync('un.ics', 'utf8');
console.log('node-ical', JSON.stringify(nodeIcal.sync.parseICS(texte)['1'].categories));
const evenement = new ICAL.Component(ICAL.parse(texte)).getFirstSubcomponent('vevent');
console.log('ical.js', JSON.stringify(evenement.getFirstProperty('categories').getValues()));
JS
node lire.mjs >vu
cat >attendu <<'TEXTE'
node-ical ["RDV Service Public","Visio\\","étage 2"]
ical.js ["RDV Service Public","Visio, étage 2"]
TEXTE
diff attendu vu
cat vu
