// Whatever people type wraps on a small phone, however long its words.
import { expect, test } from './outils/essai';
import { activer, annoter, creerGroupe, proposer } from './outils/raccourcis';
import { champMessage, choisir, DEMARCHE, DOSSIER, envoyer, messages } from './outils/reperes';
import { deborde } from './outils/largeur';

/** 35 letters: longer than any screen of 320 px has room for. */
const MOT = 'Wolfeschlegelsteinhausenbergerdorff';

const USAGER = ['/dossiers', ...['resume', 'demande', 'messagerie', 'modifier'].map((onglet) => `/dossiers/${DOSSIER}/${onglet}`)];
const INSTRUCTEUR = [
  '/instructeur/demarches',
  `/instructeur/demarches/${DEMARCHE}`,
  `/instructeur/demarches/${DEMARCHE}?recherche=${MOT}`,
  `/instructeur/demarches/${DEMARCHE}/rendez-vous?recherche=${MOT}`,
  ...['demande', 'pieces-jointes', 'annotations', 'avis', 'messagerie', 'personnes', 'reaffectation'].map(
    (onglet) => `/instructeur/dossiers/${DOSSIER}/${onglet}`,
  ),
];
const ADMIN = ['', '/presentation', '/groupes', '/service', '/historique', '/courriels'].map(
  (ecran) => `/admin/demarches/${DEMARCHE}${ecran}`,
);

test('A word of 35 letters widens no page at 320 px', async ({ serveur, poste }) => {
  test.setTimeout(300_000);
  const petit = { largeur: 320, sansScript: true };
  const [usager, instructeur, admin] = await Promise.all([poste('usager', petit), poste('instructeur', petit), poste('admin', petit)]);
  await activer(await poste('admin'), serveur);
  const page = await usager.ouvrir(`/dossiers/${DOSSIER}/modifier`);
  for (const nom of [/^Prénom/, /^Nom\s*\*?$/, /^Établissement/, /^Commune/]) await page.getByLabel(nom).fill(MOT);
  await page.locator('textarea').first().fill(MOT);
  await page.getByRole('button', { name: 'Enregistrer les modifications' }).click();
  await page.waitForURL(`**/dossiers/${DOSSIER}/demande`);
  await usager.aller(page, `/dossiers/${DOSSIER}/messagerie`);
  await champMessage(page).fill(MOT);
  await choisir(page).setInputFiles({ name: `${MOT}${MOT}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') });
  await envoyer(page).click();
  await expect(messages(page, MOT)).toBeVisible();
  const reglages = await admin.ouvrir(`/admin/demarches/${DEMARCHE}/presentation`);
  await reglages.getByLabel(/^Nom de la démarche/).fill(MOT);
  await reglages.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await creerGroupe(await poste('admin'), MOT, `${MOT}@exemple.fr`);
  await annoter(await poste('instructeur'), 0, MOT);
  await proposer(await poste('instructeur'));

  for (const [qui, chemins] of [[usager, USAGER], [instructeur, INSTRUCTEUR], [admin, ADMIN]] as const) {
    const ici = await qui.ouvrir('/');
    for (const chemin of chemins) {
      await qui.aller(ici, chemin);
      expect.soft(await deborde(ici), chemin).toEqual([]);
    }
  }
});
