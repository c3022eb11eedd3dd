// What pages weigh: the JavaScript and the WebAssembly that a browser downloads to make them live, as the server sends them.
import { COMPTES, expect, test, type Compte, type Poste } from './outils/essai';
import { jourOuvre } from './outils/francais';
import { activer, proposer } from './outils/raccourcis';
import { DEMARCHE, DOSSIER } from './outils/reperes';

/** For all of them: files are kept from one page to the next, but each may be the first. */
const BUDGET = 100_000;

const DU_DOSSIER = ['demande', 'pieces-jointes', 'annotations', 'avis', 'messagerie', 'personnes', 'reaffectation'];
const PAGES: [Compte, string][] = [
  ['usager', '/dossiers'],
  ['usager', `/dossiers/${DOSSIER}/rendez-vous`],
  ['usager', `/dossiers/${DOSSIER}/messagerie`],
  ['instructeur', `/instructeur/demarches/${DEMARCHE}`],
  ['instructeur', `/instructeur/demarches/${DEMARCHE}/rendez-vous`],
  ...DU_DOSSIER.map((onglet): [Compte, string] => ['instructeur', `/instructeur/dossiers/${DOSSIER}/${onglet}`]),
];

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

test(`Each page of an usager and of an instructeur is made live by less than ${BUDGET} bytes`, async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  await proposer(await poste('instructeur'));
  await serveur.bac.prendre({ motif_id: 501, starts_at: jourOuvre(3), email: COMPTES.usager });
  for (const [compte, chemin] of PAGES) {
    await test.step(chemin, async () => {
      // A browser that has nothing yet.
      const fichiers = await programmes(await poste(compte), chemin);
      const total = fichiers.reduce((somme, { octets }) => somme + octets, 0);
      const detail = fichiers.map(({ chemin, octets }) => `${chemin} : ${octets}`).join('\n');
      expect(total, 'the application was downloaded').toBeGreaterThan(0);
      expect(total, `${chemin} télécharge :\n${detail}`).toBeLessThanOrEqual(BUDGET);
    });
  }
});
