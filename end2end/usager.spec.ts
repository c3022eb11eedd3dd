// What an usager does alone: finding a dossier, modifying it, sending files, filing another one.
import { expect, test, type Page } from './outils/essai';
import { carte, champMessage, choisir, DEMARCHE, DOSSIER, entete, envoyer, messages, PDF, PROGRAMME } from './outils/reperes';

const question = (page: Page, nom: string) => page.getByLabel(new RegExp(`^${nom}`));

for (const sansScript of [false, true]) {
  const comment = sansScript ? ' without JavaScript' : '';

  test(`A dossier is modified, each mistake beside its field${comment}`, async ({ poste, surveillance }) => {
    surveillance.attendre(/422/);
    const page = await (await poste('usager', { sansScript })).ouvrir(`/dossiers/${DOSSIER}/modifier`, { vivante: false });
    await question(page, 'Commune').fill('  ');
    await question(page, "Nombre d'étudiants").fill('beaucoup <b>😀</b>');
    await question(page, 'Statuts').setInputFiles(PROGRAMME);
    await page.getByRole('button', { name: 'Enregistrer les modifications' }).click();
    const resume = page.getByRole('alert').filter({ hasText: 'certaines réponses sont à corriger' });
    await expect(resume.getByRole('link')).toHaveText([/^Commune/, /^Nombre/, /^Statuts/]);
    await expect(question(page, 'Commune')).toHaveAccessibleDescription(/Ce champ doit être rempli/);
    await expect(question(page, "Nombre d'étudiants")).toHaveValue('beaucoup <b>😀</b>');
    await expect(question(page, 'Statuts')).toHaveAccessibleDescription(/n'est pas celui d'un fichier PDF/);

    await question(page, 'Commune').fill('Valence (26000)');
    await question(page, "Nombre d'étudiants").fill('1 250,5');
    await question(page, 'Statuts').setInputFiles([PDF('statuts.pdf'), PDF('délibération.pdf')]);
    await page.getByRole('button', { name: 'Enregistrer les modifications' }).click();
    await expect(page).toHaveURL(`/dossiers/${DOSSIER}/demande`);
    await expect(page.getByRole('main')).toContainText('Valence (26000)');
    await expect(page.getByRole('main')).toContainText('1250,5');
    const recu = page.waitForEvent('download');
    await page.getByRole('link', { name: /^délibération\.pdf/ }).click();
    expect((await recu).suggestedFilename()).toBe('délibération.pdf');
  });

  test(`A message carries files to the other side${comment}`, async ({ poste, surveillance }) => {
    surveillance.attendre(/422/);
    const fil = await (await poste('usager', { sansScript })).ouvrir(`/dossiers/${DOSSIER}/messagerie`);
    await champMessage(fil).fill('Voici la pièce');
    await choisir(fil).setInputFiles(PROGRAMME);
    await envoyer(fil).click();
    await expect(choisir(fil)).toHaveAccessibleDescription(/n'est pas celui d'un fichier PDF/);
    await expect(champMessage(fil)).toHaveValue('Voici la pièce');
    await choisir(fil).setInputFiles([PDF('pièce.pdf')]);
    await envoyer(fil).click();
    await expect(messages(fil, 'Voici la pièce')).toHaveCount(1);
    const autre = await (await poste('instructeur')).ouvrir(`/instructeur/dossiers/${DOSSIER}/messagerie`);
    await expect(messages(autre, 'Voici la pièce').getByRole('link', { name: /^pièce\.pdf/ })).toBeVisible();
  });

  test(`A dossier is begun, left, found again and filed${comment}`, async ({ poste, surveillance }) => {
    surveillance.attendre(/422/);
    const usager = await poste('usager', { sansScript });
    const page = await usager.ouvrir(`/commencer/${DEMARCHE}`, { vivante: false });
    await page.getByRole('button', { name: 'Commencer la démarche' }).click();
    await expect(page).toHaveURL(/\/brouillons\/\d+$/);
    const numero = page.url().split('/').pop() ?? '';
    await question(page, 'Commune').fill('Tournon');
    await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
    // Left before it is said to be kept, what was typed may not be.
    await expect(page.getByText('Le brouillon est enregistré.')).toBeVisible();
    await page.goto('/dossiers');
    await carte(page, Number(numero)).getByRole('link').click();
    await expect(question(page, 'Commune')).toHaveValue('Tournon');
    await page.getByRole('button', { name: 'Déposer le dossier' }).click();
    await expect(page.getByRole('alert').getByRole('link')).toHaveText([/^Établissement/, /^Objet/, /^Nombre/]);
    await question(page, 'Établissement').fill('École de musique');
    await question(page, 'Objet').fill('Agrément');
    await question(page, "Nombre d'étudiants").fill('12');
    await page.getByRole('button', { name: 'Déposer le dossier' }).click();
    await expect(page).toHaveURL(`/dossiers/${numero}/resume`);
    await expect(entete(page)).toContainText(`Dossier n° ${numero}`);
    await page.goto(`/brouillons/${numero}`);
    surveillance.attendre(/404/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page introuvable');
  });

  test(`Dossiers are found, filtered, deleted and restored${comment}`, async ({ poste }) => {
    const page = await (await poste('usager', { sansScript })).ouvrir('/dossiers');
    await page.getByLabel(/^Rechercher un dossier/).fill('robert');
    await page.getByRole('button', { name: 'Rechercher' }).click();
    await expect(page).toHaveURL(/\?q=robert/);
    await expect(carte(page, 17551651)).toBeVisible();
    await expect(carte(page)).toHaveCount(0);
    await page.goto('/dossiers?filtre=en_construction');
    await expect(carte(page, 17551651)).toHaveCount(0);
    await carte(page).getByRole('button', { name: /^Actions/ }).click();
    await carte(page).getByRole('button', { name: 'Supprimer le dossier' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Supprimer le dossier' }).click();
    await expect(carte(page)).toHaveCount(0);
    await page.getByRole('link', { name: '1 supprimé récemment' }).click();
    await carte(page).getByRole('button', { name: 'Restaurer' }).click();
    await expect(carte(page)).toHaveCount(0);
    await page.goto('/dossiers');
    await expect(carte(page)).toBeVisible();
  });
}

test('What is not one’s own can be neither modified nor filed', async ({ poste, surveillance }) => {
  surveillance.attendre(/404/);
  const usager = await poste('laureen');
  for (const chemin of [`/dossiers/${DOSSIER}/modifier`, '/brouillons/1', '/commencer/1', '/pieces-jointes/1']) {
    const page = await usager.contexte.newPage();
    expect((await page.goto(chemin))?.status(), chemin).toBe(404);
    await page.close();
  }
  const form = { dossier: String(DOSSIER) };
  const reponse = await usager.contexte.request.post('/api/usager/supprimer', { form, maxRedirects: 0 });
  expect(reponse.status()).toBe(404);
});
