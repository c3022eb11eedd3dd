// Panels and menus: one at a time, closed by Escape and by a click elsewhere, the focus back on their button; windows
// that ask. The browser does it, with and without a script.
import { expect, test, type Page } from './outils/essai';
import { activer, proposer as proposerVite } from './outils/raccourcis';
import { attendreTag, complement, confirmer, DEMARCHE, DOSSIER, entete, ligne, messages, proposer, retirer } from './outils/reperes';

const FIL = `/instructeur/dossiers/${DOSSIER}/messagerie`;
const bouton = (page: Page, nom: string) => page.getByRole('button', { name: nom, exact: true });

for (const sansScript of [false, true]) {
  const comment = sansScript ? 'without JavaScript' : 'with JavaScript';

  test(`One panel is open at a time, and Escape and a click elsewhere close it, ${comment}`, async ({ serveur, poste }) => {
    await activer(await poste('admin'), serveur);
    const page = await (await poste('instructeur', { sansScript })).ouvrir(FIL);
    const correction = page.getByLabel(/^Expliquez au demandeur/);
    await proposer(page).click();
    await expect(complement(page)).toBeVisible();
    await expect(proposer(page)).toHaveAttribute('popovertarget', /.+/);
    await bouton(page, 'Demander une correction').press('Enter');
    await expect(correction).toBeVisible();
    await expect(complement(page)).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(correction).toBeHidden();
    await expect(bouton(page, 'Demander une correction')).toBeFocused();
    await bouton(page, 'Télécharger').click();
    const pdf = page.getByRole('link', { name: 'Dossier (PDF)' });
    await expect(pdf).toBeVisible();
    await page.getByRole('heading', { level: 1 }).click();
    await expect(pdf).toBeHidden();
  });

  test(`« Proposer un rendez-vous » says what it would do, and replaces what waits, ${comment}`, async ({ serveur, poste }) => {
    await activer(await poste('admin'), serveur);
    const instructeur = await poste('instructeur', { sansScript });
    await proposerVite(instructeur);
    const page = await instructeur.ouvrir(FIL);
    await proposer(page).click();
    await expect(page.getByText(/^L'utilisateur n'a pas encore répondu à la proposition de rendez-vous du /)).toBeVisible();
    await complement(page).fill('Mardi plutôt.');
    await bouton(page, 'Remplacer la proposition').click();
    await expect(messages(page, 'Mardi plutôt.')).toBeVisible();
    await expect(messages(page, '(Message supprimé)')).toHaveCount(1);
    await attendreTag(entete(page), 'RDV proposé');
    await expect(retirer(page)).toHaveCount(1);
    await retirer(page).click();
    await confirmer(page).click();
    await attendreTag(entete(page), null);
  });

  test(`What is done to several dossiers waits for one to be ticked, ${comment}`, async ({ serveur, poste }) => {
    await activer(await poste('admin'), serveur);
    const liste = await (await poste('instructeur', { sansScript })).ouvrir(`/instructeur/demarches/${DEMARCHE}`);
    const envoyer = bouton(liste, 'Envoyer les propositions');
    const ouvrir = bouton(liste, 'Proposer un rendez-vous');
    if (sansScript) await expect(ouvrir).toHaveCSS('pointer-events', 'none');
    else await expect(ouvrir).toBeDisabled();
    await liste.locator(`#choix-${DOSSIER}`).check({ force: true });
    if (!sansScript) await expect(liste.getByText('1 dossier coché')).toBeVisible();
    await ouvrir.click();
    await expect(envoyer).toBeVisible();
    await liste.getByRole('dialog').getByRole('button', { name: 'Annuler' }).click();
    await expect(envoyer).toBeHidden();
    await ouvrir.click();
    await envoyer.click();
    await attendreTag(ligne(liste), 'RDV proposé');
    await expect(envoyer).toBeHidden();
  });
}

test('The rows of the list hold on one line at 1440 px, their tags one above the other', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  const instructeur = await poste('instructeur', { sansScript: true });
  await proposerVite(instructeur);
  const liste = await instructeur.ouvrir(`/instructeur/demarches/${DEMARCHE}`);
  await liste.setViewportSize({ width: 1440, height: 900 });
  const haut = async (nom: RegExp) => (await ligne(liste).getByRole('button', { name: nom }).boundingBox())?.y ?? 0;
  expect(Math.abs((await haut(/^Suivre/)) - (await haut(/^Passer/)))).toBeLessThan(2);
  const table = await liste.getByRole('table').boundingBox();
  expect(table?.y ?? 0).toBeLessThan(600);
});
