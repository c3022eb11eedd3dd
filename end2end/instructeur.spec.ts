// The instructeur's daily work, with plain pages and forms: the list, several dossiers at once, corrections,
// the decision; then what a form made by hand may not do.
import { expect, test, type Page } from './outils/essai';
import { activer } from './outils/raccourcis';
import { attendreCourriels, attendreRefus, attendreTag, DEMARCHE, DOSSIER, entete, ligne, messages } from './outils/reperes';

const sansScript = { sansScript: true };
const LAUREEN = 18049239;
const JULES = 18051790;

const cocher = async (page: Page, ...dossiers: number[]): Promise<void> => {
  for (const dossier of dossiers) await page.locator(`#choix-${dossier}`).check({ force: true });
};
const panneau = (page: Page, nom: string) => page.locator('summary').filter({ hasText: nom });
const bouton = (page: Page, nom: string | RegExp) => page.getByRole('button', { name: nom });

test('Several dossiers have a rendez-vous proposed at once, and the list says what was refused', async ({ serveur, poste }) => {
  await activer(await poste('admin', sansScript), serveur);
  const liste = await (await poste('instructeur', sansScript)).ouvrir(`/instructeur/demarches/${DEMARCHE}`);
  await cocher(liste, DOSSIER, LAUREEN);
  await panneau(liste, 'Proposer un rendez-vous').click();
  await bouton(liste, 'Envoyer les propositions').click();
  await expect(liste.getByText('2 propositions de rendez-vous ont été envoyées.')).toBeVisible();
  for (const dossier of [DOSSIER, LAUREEN]) await attendreTag(ligne(liste, dossier), 'RDV proposé');
  await attendreTag(ligne(liste, JULES), null);

  await cocher(liste, DOSSIER, JULES);
  await bouton(liste, 'Passer les dossiers en instruction').click();
  await expect(liste.getByText('1 dossier est passé en instruction.')).toBeVisible();
  await expect(liste.getByText("1 dossier n'a pas été modifié")).toBeVisible();
  await expect(liste.getByRole('listitem').filter({ hasText: `Dossier n° ${JULES}` })).toContainText('en instruction');
  await bouton(liste, 'Suivre les dossiers').click();
  await expect(liste.getByText("Aucun dossier n'est sélectionné. Cochez au moins un dossier.")).toBeVisible();
});

test('A list is found again by its address: search, order, columns, export', async ({ poste }) => {
  const instructeur = await poste('instructeur', sansScript);
  const liste = await instructeur.ouvrir(`/instructeur/demarches/${DEMARCHE}`);
  await liste.getByRole('main').getByRole('searchbox').fill('laureen');
  await liste.getByRole('main').getByRole('button', { name: 'Rechercher' }).click();
  await expect(ligne(liste, LAUREEN)).toBeVisible();
  await expect(ligne(liste, DOSSIER)).toHaveCount(0);
  await expect(liste).toHaveURL(/q=laureen/);
  await liste.getByRole('link', { name: 'Effacer la recherche et les filtres' }).click();

  const nom = liste.getByRole('columnheader', { name: 'Nom' });
  await nom.getByRole('link').click();
  await expect(nom).toHaveAttribute('aria-sort', 'ascending');
  const premiere = liste.getByRole('row').nth(1);
  await expect(premiere).toContainText(String(LAUREEN));
  await nom.getByRole('link').click();
  await expect(nom).toHaveAttribute('aria-sort', 'descending');
  await expect(premiere).toContainText(String(JULES));

  await panneau(liste, 'Personnaliser').click();
  await liste.locator('#colonne-nom').uncheck({ force: true });
  await liste.locator('#colonne-depot').check({ force: true });
  await bouton(liste, 'Enregistrer').click();
  await expect(nom).toHaveCount(0);
  await expect(liste.getByRole('columnheader', { name: 'Déposé le' })).toBeVisible();

  const export_ = await instructeur.contexte.request.get(`/instructeur/demarches/${DEMARCHE}/export.csv?q=${LAUREEN}`);
  expect(await export_.text()).toMatch(/^\ufeffN° dossier;Demandeur;Déposé le;Statut;Rendez-vous\r\n18049239;[^\n]+\r\n$/);
});

test('A correction is asked for, declared by the usager, and the dossier is refused with a motivation', async ({ poste, surveillance }) => {
  // Forms without what they need, and what was not done yet, are refused on purpose.
  surveillance.attendre(/409|422/);
  const [instructeur, laureen] = await Promise.all([poste('instructeur', sansScript), poste('laureen', sansScript)]);
  const dossier = await instructeur.ouvrir(`/instructeur/dossiers/${LAUREEN}/messagerie`);
  const attendue = dossier.getByLabel(/^Expliquez au demandeur/);
  await panneau(dossier, 'Demander une correction').click();
  await bouton(dossier, 'Valider').first().click();
  await attendreRefus(attendue, /doit être rempli/);
  await attendue.fill('Le plan <b>n’est pas</b> lisible.');
  await bouton(dossier, 'Valider').first().click();
  await expect(entete(dossier)).toContainText(/à corriger/i);
  await expect(messages(dossier, 'Le plan <b>n’est pas</b> lisible.')).toBeVisible();

  const resume = await laureen.ouvrir(`/dossiers/${LAUREEN}/resume`);
  await expect(resume.getByRole('heading', { name: 'Votre dossier doit être corrigé' })).toBeVisible();
  await bouton(resume, "J'ai corrigé mon dossier").click();
  await expect(resume.getByText("Votre dossier n'a pas été modifié depuis la demande de correction.")).toBeVisible();
  await expect(entete(resume)).toContainText(/à corriger/i);
  await resume.getByRole('link', { name: 'modifiez votre dossier' }).click();
  await resume.getByLabel(/^Commune/).fill('Valence (26000)');
  await bouton(resume, 'Enregistrer les modifications').click();
  await resume.goto(`/dossiers/${LAUREEN}/resume`);
  await bouton(resume, "J'ai corrigé mon dossier").click();
  await expect(entete(resume)).toContainText(/corrigé/i);
  await dossier.goto(`/instructeur/dossiers/${LAUREEN}/messagerie`);
  await expect(messages(dossier, "J'ai corrigé mon dossier.")).toBeVisible();
  await expect(bouton(dossier, 'Supprimer la demande de correction et ce message')).toHaveCount(0);

  await bouton(dossier, 'Passer en instruction').click();
  await panneau(dossier, 'Instruire le dossier').click();
  await dossier.getByLabel(/^Refuser/).check({ force: true });
  await bouton(dossier, 'Valider la décision').click();
  await attendreRefus(dossier.getByLabel(/^Motivation/), /doit être rempli/);
  await expect(dossier.getByLabel(/^Refuser/)).toBeChecked();
  await dossier.getByLabel(/^Motivation/).fill('Pièce <i>manquante</i>.');
  await bouton(dossier, 'Valider la décision').click();
  await expect(entete(dossier)).toContainText(/refusé/i);
  await expect(bouton(dossier, 'Repasser en instruction')).toBeVisible();

  await resume.goto(`/dossiers/${LAUREEN}/resume`);
  await expect(resume.getByText('Pièce <i>manquante</i>.').first()).toBeVisible();
  await attendreCourriels(resume, /Votre dossier n°18049239 a été refusé/);
});

test('Forms made by hand change nothing', async ({ poste }) => {
  const [instructeur, usager] = await Promise.all([poste('instructeur', sansScript), poste('usager', sansScript)]);
  const poster = async (qui: typeof usager, action: string, form: Record<string, string>) =>
    (await qui.contexte.request.post(`/api/${action}`, { form, headers: { accept: 'application/json' }, maxRedirects: 0 })).status();
  const dossier = String(DOSSIER);
  expect(await poster(usager, 'instructeur/suivre', { dossier, suivre: 'true' })).toBe(404);
  expect(await poster(usager, 'instructeur/instruire', { dossier, geste: 'passer_en_instruction', cle: 'k' })).toBe(404);
  expect(await poster(usager, 'instructeur/correction', { dossier, correction: 'x', cle: 'k' })).toBe(404);
  expect(await poster(usager, 'usager/corrige', { dossier: String(LAUREEN) })).toBe(404);
  expect(await poster(instructeur, 'instructeur/decider', { dossier, geste: 'accepter', motivation: '', cle: 'k' })).toBe(409);
  expect((await usager.contexte.request.get(`/instructeur/demarches/${DEMARCHE}/export.csv`)).status()).toBe(404);
});
