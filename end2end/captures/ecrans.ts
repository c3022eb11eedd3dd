// Pictures of every screen at the width of a desktop and of a phone, into captures/ at the root.
import { join, resolve } from 'node:path';
import { test } from '../outils/essai';
import { ETATS } from '../outils/ecrans';

const DOSSIER = resolve(__dirname, '../../captures');

for (const [rang, etat] of ETATS.entries()) {
  for (const largeur of [1440, 375]) {
    test(`${etat.nom} ${largeur}`, async ({ serveur, poste, anonyme, surveillance }) => {
      surveillance.attendre(/404|410|422/);
      for (const passe of ETATS.slice(0, rang + 1)) await passe.preparer({ serveur, poste });
      for (const { nom, compte, chemin, inerte, agir } of etat.ecrans) {
        const qui = compte ? await poste(compte, { largeur }) : await anonyme({ largeur });
        const page = await qui.ouvrir(chemin, { vivante: !inerte });
        await agir?.(page);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({
          path: join(DOSSIER, `${etat.nom}-${nom}-${largeur}.png`),
          fullPage: true,
          animations: 'disabled',
        });
        await qui.contexte.close();
      }
    });
  }
}
