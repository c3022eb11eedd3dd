#!/usr/bin/env bash
# SUMMARY, LOCATION and DESCRIPTION may say their language: SUMMARY;LANGUAGE=fr:… (RFC 5545, 3.2.10).
# Seen with node-ical 0.26.1 (npm): what is a string without the parameter is an object { params, val } with it, so that a
# reader that shows event.summary shows « [object Object] ».
# Output seen: the two lines of « attendu » below. Fails when one of them changes.
# What follows for us: our files put no parameter on texts.
set -euo pipefail
dossier=$(mktemp -d)
trap 'rm -rf "$dossier"' EXIT
cd "$dossier"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts node-ical@0.26.1 >/dev/null
cat >lire.mjs <<'JS'
import nodeIcal from 'node-ical';
for (const resume of ['SUMMARY:RDV', 'SUMMARY;LANGUAGE=fr:RDV']) {
  const lignes = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Exemple//FR', 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20261129T101500Z',
    'DTSTART:20261205T143000Z', 'DTEND:20261205T150000Z', resume, 'END:VEVENT', 'END:VCALENDAR', ''];
  const { summary } = nodeIcal.sync.parseICS(lignes.join('\r\n'))['1'];
  console.log(resume, '→', typeof summary, JSON.stringify(summary));
}
JS
node lire.mjs >vu
cat >attendu <<'TEXTE'
SUMMARY:RDV → string "RDV"
SUMMARY;LANGUAGE=fr:RDV → object {"params":{"LANGUAGE":"fr"},"val":"RDV"}
TEXTE
diff attendu vu
cat vu
