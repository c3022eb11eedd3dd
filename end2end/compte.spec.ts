// One's account: sessions, data, its end; what an agent confirms; who looked at what.
import { COMPTES, expect, test, type Page } from './outils/essai';
import { DEMARCHE, DOSSIER } from './outils/reperes';
import { Serveur } from './outils/serveur';



const titre = (page: Page, nom: string | RegExp) => page.getByRole('heading', { level: 1, name: nom });

test('« Mon compte » liste les sessions, en ferme une, puis toutes', async ({ poste, surveillance }) => {
  // The pages of the sessions that are closed ask for their events once more.
  surveillance.attendre(/401/);
  const ici = await poste('usager');
  const ailleurs = await poste('usager');
  const page = await ici.ouvrir('/mon-compte');
  await expect(page.getByRole('link', { name: 'Mon compte', exact: true }).first()).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('navigation', { name: 'Menu principal' }).locator('[aria-current]')).toHaveCount(0);
  const sessions = page.locator('#sessions > li');
  await expect(sessions).toHaveCount(2);
  await expect(sessions.first()).toContainText('Celle-ci');
  await sessions.nth(1).getByRole('button', { name: /^Fermer/ }).click();
  await expect(page.getByRole('main').getByText('La session est fermée.')).toBeVisible();
  await expect(sessions).toHaveCount(1);
  const fermee = await ailleurs.contexte.newPage();
  await fermee.goto('/dossiers');
  await expect(fermee).toHaveURL(/\/connexion\?retour=/);
  await page.getByRole('button', { name: 'Fermer toutes mes sessions' }).click();
  await expect(page).toHaveURL(/\/connexion/);
  await page.goto('/mon-compte');
  await expect(page).toHaveURL(/\/connexion\?retour=/);
});

test('« Mes données » se préparent à part et se téléchargent', async ({ poste }) => {
  const usager = await poste('usager');
  const page = await usager.ouvrir('/mon-compte/mes-donnees');
  await expect(titre(page, 'Mes données')).toBeVisible();
  await page.getByRole('button', { name: "Préparer l'archive" }).click();
  // It is there without anything being done.
  const lien = page.getByRole('link', { name: /^Télécharger mes données/ });
  await expect(lien).toBeVisible();
  const [fichier] = await Promise.all([page.waitForEvent('download'), lien.click()]);
  expect(fichier.suggestedFilename()).toBe('mes-donnees.zip');
  const autre = await poste('laureen');
  const refus = await autre.contexte.request.get('/mon-compte/mes-donnees.zip');
  expect(refus.status()).toBe(404);
});

test('et sans script, en actualisant la page', async ({ poste }) => {
  const usager = await poste('usager', { sansScript: true });
  const page = await usager.ouvrir('/mon-compte/mes-donnees');
  await page.getByRole('button', { name: "Préparer l'archive" }).click();
  await expect(async () => {
    await page.goto('/mon-compte/mes-donnees');
    await expect(page.getByRole('link', { name: /^Télécharger mes données/ })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByRole('button', { name: 'Préparer une nouvelle archive' })).toBeVisible();
});

test('un compte est effacé une fois son adresse recopiée', async ({ poste, anonyme, surveillance }) => {
  surveillance.attendre(/401/, /422/);
  const page = await (await poste('jules')).ouvrir('/mon-compte');
  const certitude = page.getByLabel(/^Recopiez l'adresse électronique/);
  await certitude.fill('peut-être');
  await page.getByRole('button', { name: 'Effacer mon compte' }).click();
  await expect(certitude).toHaveAttribute('aria-invalid', 'true');
  await expect(certitude).toHaveValue('peut-être');
  await certitude.fill(COMPTES.jules);
  await page.getByRole('button', { name: 'Effacer mon compte' }).click();
  await expect(titre(page, 'Votre compte est effacé')).toBeVisible();
  const apres = await (await anonyme()).ouvrir('/connexion', { vivante: false });
  await apres.getByLabel(/^Adresse électronique/).fill(COMPTES.jules);
  await apres.getByLabel(/^Mot de passe/).fill('demo');
  await apres.getByRole('button', { name: 'Se connecter' }).click();
  await expect(apres.getByText("L'adresse électronique ou le mot de passe est incorrect.")).toBeVisible();
});

test('l’administrateur lit et emporte le journal des consultations', async ({ poste }) => {
  const instructeur = await poste('instructeur');
  await instructeur.ouvrir(`/instructeur/dossiers/${DOSSIER}/messagerie`);
  const admin = await poste('admin');
  const consultations = `/admin/demarches/${DEMARCHE}/consultations`;
  const page = await admin.contexte.newPage();
  // Written a little later, aside.
  await expect(async () => {
    await page.goto(consultations);
    await expect(page.getByRole('main')).toContainText(COMPTES.instructeur, { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await page.goto(`${consultations}?dossier=1&personne=`);
  await expect(page.getByRole('main')).toContainText('Aucune consultation');
  await page.goto(`${consultations}?dossier=${DOSSIER}&personne=`);
  const [fichier] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^Télécharger/ }).click(),
  ]);
  expect(fichier.suggestedFilename()).toBe(`consultations-${DEMARCHE}.csv`);
});

const deuxFacteurs = test.extend<object>({
  serveur: async ({}, fournir, info) => {
    const serveur = await Serveur.demarrer(async () => ({ SECOND_FACTEUR: 'agents' }));
    await fournir(serveur);
    if (info.status !== info.expectedStatus) {
      await info.attach('journal', { body: serveur.journal, contentType: 'text/plain' });
    }
    await serveur.arreter();
  },
});

deuxFacteurs('un agent confirme que c’est lui par un lien, et son navigateur est de confiance', async ({ poste, serveur, surveillance }) => {
  surveillance.attendre(/403/);
  const agent = await poste('instructeur');
  const page = await agent.contexte.newPage();
  await page.goto('/instructeur/demarches');
  await expect(page).toHaveURL(/\/confirmation\?retour=/);
  await page.getByRole('button', { name: 'Recevoir le lien' }).click();
  await expect(page.getByRole('button', { name: 'Recevoir un autre lien' })).toBeVisible();
  let lien = '';
  await expect(async () => {
    const liste = await page.request.get(`${serveur.url}/boite-aux-lettres`);
    for (const [, lettre] of (await liste.text()).matchAll(/href="(\/boite-aux-lettres\/\d+)"/g)) {
      const texte = await (await page.request.get(`${serveur.url}${lettre}`)).text();
      lien = /\/confirmation\/lien\/[0-9a-f]+/.exec(texte)?.[0] ?? lien;
    }
    expect(lien).not.toBe('');
  }).toPass({ timeout: 20_000 });
  const ouvert = await agent.contexte.newPage();
  await ouvert.goto(lien);
  await ouvert.getByRole('button', { name: "Confirmer que c'est moi" }).click();
  await expect(ouvert).toHaveURL(/\/instructeur\/demarches$/);
  await ouvert.goto('/mon-compte');
  await expect(ouvert.locator('#navigateurs > li')).toHaveCount(1);
});
