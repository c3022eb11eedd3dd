// Reads calendars with ical.js (Thunderbird's), and says what it read. Arguments: where ical.js is, a folder. Prints JSON:
// {"ical.js": {file: [event, …]}}.

import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [outils, dossier] = process.argv.slice(2);
const chercher = createRequire(path.join(outils, 'ici.js'));
const { default: ICAL } = await import(pathToFileURL(chercher.resolve('ical.js')).href);

const instant = (lu) => lu.toJSDate().toISOString().replace('.000Z', 'Z');
const lire = (texte) => {
  const calendrier = new ICAL.Component(ICAL.parse(texte));
  for (const zone of calendrier.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  return calendrier.getAllSubcomponents('vevent').map((un) => {
    const evenement = new ICAL.Event(un);
    return {
      uid: evenement.uid,
      sequence: evenement.sequence,
      dtstamp: instant(un.getFirstPropertyValue('dtstamp')),
      debut: instant(evenement.startDate),
      fin: instant(evenement.endDate),
      titre: evenement.summary,
      lieu: evenement.location ?? '',
      description: evenement.description,
    };
  });
};

const lus = {};
for (const nom of fs.readdirSync(dossier).filter((nom) => nom.endsWith('.ics'))) {
  lus[nom] = lire(fs.readFileSync(path.join(dossier, nom), 'utf8'));
}
console.log(JSON.stringify({ 'ical.js': lus }));
