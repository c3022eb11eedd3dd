// What the pages of an usager weigh: the JavaScript and the WebAssembly that a browser downloads to make them live, as the
// server sends them.
import { COMPTES, expect, test, type Poste } from './outils/essai';
import { jourOuvre } from './outils/francais';
import { activer, proposer } from './outils/raccourcis';
import { DOSSIER } from './outils/reperes';

/** For all of them: files are kept from one page to the next, but each may be the first. */
const BUDGET = 100_000;

interface Fichier {
  chemin: string;
  octets: number;
}

/** The programs that a page downloads, in a browser that has none of them yet. */
async function programmes(poste: Poste, chemin: string): Promise<Fichier[]> {
  const page = await poste.contexte.newPage();
  const recus: Promise<Fichier>[] = [];
  page.on('requestfinished', (requete) => {
    const { pathname } = new URL(requete.url());
    if (!/\.(js|mjs|wasm)$/.test(pathname)) return;
    recus.push(requete.sizes().then(({ responseBodySize }) => ({ chemin: pathname, octets: responseBodySize })));
  });
  const direct = page.waitForResponse((reponse) => new URL(reponse.url()).pathname === '/direct');
  await Promise.all([page.goto(chemin), direct]);
  await page.close();
  return Promise.all(recus);
}

for (const chemin of ['/dossiers', `/dossiers/${DOSSIER}/rendez-vous`, `/dossiers/${DOSSIER}/messagerie`]) {
  test(`${chemin} is made live by less than ${BUDGET} bytes`, async ({ serveur, poste }) => {
    await activer(await poste('admin'), serveur);
    await proposer(await poste('instructeur'));
    await serveur.bac.prendre({ motif_id: 501, starts_at: jourOuvre(3), email: COMPTES.usager });
    const fichiers = await programmes(await poste('usager'), chemin);
    const total = fichiers.reduce((somme, { octets }) => somme + octets, 0);
    const detail = fichiers.map(({ chemin, octets }) => `${chemin} : ${octets}`).join('\n');
    expect(total, 'the application was downloaded').toBeGreaterThan(0);
    expect(total, `Téléchargé :\n${detail}`).toBeLessThanOrEqual(BUDGET);
  });
}
