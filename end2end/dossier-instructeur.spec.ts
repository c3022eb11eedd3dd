// What only the instructeurs of a dossier have: its files together, their annotation, its people, read marks, and what
// is taken away.
import { COMPTES, expect, test, type Page } from './outils/essai';
import { annoter, collegue, envoyerPiece, remplirChamp } from './outils/raccourcis';
import { attendreCourriels, attendreRefus, champMessage, DOSSIER, envoyer, messages, onglet } from './outils/reperes';

const adresse = (rubrique: string) => `/instructeur/dossiers/${DOSSIER}/${rubrique}`;
const champ = (page: Page) => page.getByLabel(/^Annotation/);
const enregistrer = (page: Page) => page.getByRole('button', { name: "Enregistrer l'annotation" });
const confirmation = (page: Page) => page.getByRole('button', { name: 'Confirmer la suppression' });

test('A file that comes lights a dot, then is in the list with the others and in the archive', async ({ poste }) => {
  const [instructeur, usager] = await Promise.all([poste('instructeur'), poste('usager')]);
  const page = await instructeur.ouvrir(adresse('demande'));
  await page.getByRole('button', { name: 'Suivre le dossier' }).click();
  await expect(page.getByRole('button', { name: 'Ne plus suivre' })).toBeVisible();
  await envoyerPiece(usager, 'Voici', 'Statuts.pdf');
  const pieces = onglet(page, 'Pièces jointes');
  await expect(pieces.getByTitle('nouvelle pièce jointe')).toBeVisible();
  await pieces.click();
  const ligne = page.getByRole('row').filter({ hasText: 'Statuts.pdf' });
  await expect(ligne).toContainText('Messagerie');
  await expect(ligne).toContainText('KLOK Marlène');
  await expect(pieces.getByTitle('nouvelle pièce jointe')).toHaveCount(0);
  const recu = page.waitForEvent('download');
  await page.getByRole('link', { name: /^Télécharger le dossier et ses pièces/ }).click();
  expect((await recu).suggestedFilename()).toBe(`dossier-${DOSSIER}.zip`);

  await envoyerPiece(usager, 'Encore', 'Plan.pdf');
  await expect(page.getByRole('row').filter({ hasText: 'Plan.pdf' })).toBeVisible();
});

test('An annotation that a colleague writes while the focus is in the empty field is not overwritten unknowingly', async ({ poste, surveillance }) => {
  surveillance.attendre(/409/);
  await collegue(await poste('admin'), COMPTES.jules);
  const [instructeur, jules] = await Promise.all([poste('instructeur'), poste('jules')]);
  const page = await instructeur.ouvrir(adresse('annotations'));
  await champ(page).focus();
  await annoter(jules, 0, 'La sienne.');
  await expect(page.getByRole('heading', { name: 'Version enregistrée entre-temps' })).toBeVisible();
  await expect(champ(page)).toHaveValue('');
  await champ(page).pressSequentially('La mienne');
  await enregistrer(page).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Un autre instructeur a modifié' })).toBeVisible();
  await expect(champ(page)).toHaveValue('La mienne');
});

for (const sansScript of [false, true]) {
  const comment = sansScript ? ' without JavaScript' : '';

  test(`An annotation that a colleague changed meanwhile is not overwritten unknowingly${comment}`, async ({ poste, surveillance }) => {
    surveillance.attendre(/409/);
    await collegue(await poste('admin'), COMPTES.jules);
    const [instructeur, jules] = await Promise.all([poste('instructeur', { sansScript }), poste('jules')]);
    const page = await instructeur.ouvrir(adresse('annotations'));
    await champ(page).fill('À rappeler <b>lundi</b>');
    await enregistrer(page).click();
    await expect(page.getByRole('listitem').getByText(/^Par vous, le/)).toBeVisible();
    await annoter(jules, 1, 'Rappelé.');
    if (!sansScript) await expect(champ(page)).toHaveValue('Rappelé.');
    else await page.goto(adresse('annotations'));

    await champ(page).fill('Ma suite');
    await annoter(jules, 2, 'La sienne.');
    const autre = page.getByRole('heading', { name: 'Version enregistrée entre-temps' });
    if (!sansScript) await expect(autre).toBeVisible();
    await enregistrer(page).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Un autre instructeur a modifié' })).toBeVisible();
    await expect(autre).toBeVisible();
    await expect(page.getByText('La sienne.').first()).toBeVisible();
    await expect(champ(page)).toHaveValue('Ma suite');
    await enregistrer(page).click();
    await expect(autre).toHaveCount(0);
    await page.goto(adresse('annotations'));
    await expect(champ(page)).toHaveValue('Ma suite');
  });

  test(`Private fields are filled in by two instructeurs without either losing anything${comment}`, async ({ poste, surveillance }) => {
    surveillance.attendre(/422/);
    await collegue(await poste('admin'), COMPTES.jules);
    const [instructeur, jules] = await Promise.all([poste('instructeur', { sansScript }), poste('jules')]);
    const page = await instructeur.ouvrir(adresse('annotations'));
    const priorite = page.getByLabel(/^Niveau de priorité/);
    const commission = page.getByLabel(/^Date de la commission/);
    const verifiees = page.getByLabel(/^Pièces vérifiées/);
    const enregistrerChamps = page.getByRole('button', { name: 'Enregistrer les champs' });
    // What is being written in the note is not lost by saving the fields, where a script can keep it.
    if (!sansScript) await champ(page).fill('Je note');
    await priorite.selectOption('Haute');
    await enregistrerChamps.click();
    await expect(page.getByText('Les champs sont enregistrés.').first()).toBeVisible();
    await expect(page.getByText(/^Modifié par vous le/)).toHaveCount(1);
    if (!sansScript) await expect(champ(page)).toHaveValue('Je note');

    // A colleague fills in another field while one is typing: both stay.
    await verifiees.check({ force: true });
    await remplirChamp(jules, 'Date de la commission', 0, '2024-06-07');
    if (!sansScript) await expect(commission).toHaveValue('2024-06-07');
    await enregistrerChamps.click();
    await expect(page.getByText(/^Modifié par vous le/)).toHaveCount(2);
    await expect(commission).toHaveValue('2024-06-07');
    await expect(page.getByText(/^Modifié par MERCIER Jules le/)).toBeVisible();
    await expect(verifiees).toBeChecked();

    // The same field: one is told, then replaces knowingly.
    await priorite.selectOption('Urgente');
    await remplirChamp(jules, 'Niveau de priorité', 1, 'Normale');
    const autre = page.getByRole('region', { name: 'Valeurs actuelles' });
    if (!sansScript) await expect(autre).toContainText('Normale');
    await enregistrerChamps.click();
    await attendreRefus(priorite, /Un autre instructeur a modifié ce champ entre-temps/);
    await expect(autre).toContainText('Normale');
    await expect(autre).toContainText('MERCIER Jules');
    await expect(priorite).toHaveValue('Urgente');
    await enregistrerChamps.click();
    await expect(autre).toHaveCount(0);
    await page.goto(adresse('annotations'));
    await expect(priorite).toHaveValue('Urgente');
    await expect(commission).toHaveValue('2024-06-07');
  });

  test(`A message is read, then deleted on both sides${comment}`, async ({ poste }) => {
    const [instructeur, usager] = await Promise.all([poste('instructeur', { sansScript }), poste('usager')]);
    const page = await instructeur.ouvrir(adresse('messagerie'));
    await champMessage(page).fill('Un mot de trop');
    await envoyer(page).click();
    await expect(messages(page, 'Un mot de trop')).toContainText('Non lu');
    const fil = await usager.ouvrir(`/dossiers/${DOSSIER}/messagerie`);
    await expect(messages(fil, 'Un mot de trop')).toBeVisible();
    if (sansScript) await page.reload();
    await expect(messages(page, 'Un mot de trop')).toContainText("Lu par l'utilisateur");
    await expect(messages(page, 'Un mot de trop')).not.toContainText('Non lu');

    await expect(confirmation(page)).toBeHidden();
    await page.locator('summary').filter({ hasText: 'Supprimer' }).click();
    await confirmation(page).click();
    for (const vue of [page, fil]) {
      await expect(messages(vue, '(Message supprimé)')).toHaveCount(1);
      await expect(messages(vue, 'Un mot de trop')).toHaveCount(0);
    }
  });

  test(`A dossier is sent to a colleague, who gets its link${comment}`, async ({ poste, surveillance }) => {
    surveillance.attendre(/422/);
    await collegue(await poste('admin'), COMPTES.jules);
    const page = await (await poste('instructeur', { sansScript })).ouvrir(adresse('personnes'));
    const choix = page.getByLabel(/^Instructeur/);
    await page.getByRole('button', { name: 'Envoyer le dossier' }).click();
    await attendreRefus(choix, /doit être rempli/);
    await choix.selectOption({ label: `MERCIER Jules (${COMPTES.jules})` });
    await page.getByRole('button', { name: 'Envoyer le dossier' }).click();
    await expect(page.getByText(/^Envoyé à MERCIER Jules par BERNARD Tom/)).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: COMPTES.jules }).getByText('suit le dossier')).toBeVisible();
    const courriels = await attendreCourriels(page, /BERNARD Tom vous envoie le dossier n°17606854/);
    await expect(courriels).toContainText(COMPTES.jules);
  });
}

test('A dossier is printed with or without its thread, and saved as a PDF', async ({ poste }) => {
  const page = await (await poste('instructeur')).ouvrir(adresse('demande'));
  await page.getByRole('button', { name: 'Télécharger', exact: true }).click();
  const recu = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Dossier (PDF)' }).click();
  expect((await recu).suggestedFilename()).toBe(`dossier-${DOSSIER}.pdf`);
  await page.getByRole('link', { name: 'Imprimer' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(String(DOSSIER));
  await expect(messages(page, 'a bien été déposé')).toBeVisible();
  await page.getByRole('link', { name: 'Retirer la messagerie' }).click();
  await expect(messages(page, 'a bien été déposé')).toHaveCount(0);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('link', { name: 'Ajouter la messagerie' })).toBeHidden();
  await expect(page.getByText('Saint-Péray')).toBeVisible();
});
