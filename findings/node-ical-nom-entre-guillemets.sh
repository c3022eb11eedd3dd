#!/usr/bin/env bash
# The value of a parameter may hold a semicolon when it is between double quotes (RFC 5545, 3.2).
# Seen with node-ical 0.26.1 (npm): CN="Service urbanisme; accueil" of an ORGANIZER is cut at the semicolon, and keeps its
# first quote. ical.js 2.2.1 reads the whole name.
# Output seen: the two lines of « attendu » below. Fails when one of them changes.
# What follows for us: names that we write in a parameter have neither `;` nor `"`.
set -euo pipefail
dossier=$(mktemp -d)
trap 'rm -rf "$dossier"' EXIT
cd "$dossier"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts node-ical@0.26.1 ical.js@2.2.1 >/dev/null
printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//Exemple//FR BEGIN:VEVENT UID:1 DTSTAMP:20261129T101500Z \
  DTSTART:20261205T143000Z DTEND:20261205T150000Z 'ORGANIZER;CN="Service urbanisme; accueil":mailto:accueil@mairie.example' \
  END:VEVENT END:VCALENDAR >un.ics
cat >lire.mjs <<'JS'
import fs from 'node:fs';
import nodeIcal from 'node-ical';
import ICAL from 'ical.js';
const texte = fs.readFileSync('un.ics', 'utf8');
console.log('node-ical', JSON.stringify(nodeIcal.sync.parseICS(texte)['1'].organizer.params.CN));
const evenement = new ICAL.Component(ICAL.parse(texte)).getFirstSubcomponent('vevent');
console.log('ical.js', JSON.stringify(evenement.getFirstProperty('organizer').getParameter('cn')));
JS
node lire.mjs >vu
cat >attendu <<'TEXTE'
node-ical "\"Service urbanisme"
ical.js "Service urbanisme; accueil"
TEXTE
diff attendu vu
cat vu
