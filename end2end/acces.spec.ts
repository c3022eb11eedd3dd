// Who may see what, and signing in.
import { COMPTES, expect, test } from './outils/essai';
import { DEMARCHE, DOSSIER, entete } from './outils/reperes';

const INTERDITS = [
  ['usager', '/dossiers/18049239/messagerie'],
  ['usager', '/dossiers/18051790/rendez-vous'],
  ['usager', `/instructeur/dossiers/${DOSSIER}/messagerie`],
  ['usager', `/instructeur/demarches/${DEMARCHE}`],
  ['usager', '/admin/toutes-les-demarches'],
  ['instructeur', '/admin/etat-du-service'],
  ['usager', `/admin/demarches/${DEMARCHE}/rdv`],
  ['instructeur', `/admin/demarches/${DEMARCHE}/rdv`],
  ['instructeur', `/dossiers/${DOSSIER}/messagerie`],
  ['admin', `/instructeur/dossiers/${DOSSIER}/messagerie`],
  ['usager', '/dossiers/99999999/messagerie'],
  ['usager', '/dossiers/abc/messagerie'],
  ['usager', '/nulle-part'],
] as const;

test('What is not one’s own looks like what does not exist', async ({ poste, surveillance }) => {
  surveillance.attendre(/404/);
  for (const [compte, chemin] of INTERDITS) {
    const { contexte } = await poste(compte);
    const page = await contexte.newPage();
    const reponse = await page.goto(chemin);
    expect(reponse?.status(), `${compte} : ${chemin}`).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page introuvable');
    await expect(page).toHaveTitle(/^Page introuvable/);
    await expect(page.getByRole('main')).not.toContainText('Intitulé démarche test');
    await page.close();
  }
});

test('Somebody not signed in is sent to the form, then back to the page', async ({ anonyme, surveillance }) => {
  surveillance.attendre(/401/);
  const { contexte } = await anonyme();
  const page = await contexte.newPage();
  await page.goto(`/dossiers/${DOSSIER}/messagerie`);
  await expect(page).toHaveURL(/\/connexion\?retour=/);
  await expect(page.getByRole('main')).not.toContainText('Intitulé démarche test');

  await page.getByLabel(/^Adresse électronique/).fill(COMPTES.usager);
  await page.getByLabel(/^Mot de passe/).fill('faux');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page.getByText("L'adresse électronique ou le mot de passe est incorrect.")).toBeVisible();
  await expect(page.getByLabel(/^Adresse électronique/)).toHaveValue(COMPTES.usager);
  await expect(page.getByLabel(/^Mot de passe/)).toHaveValue('');

  await page.getByLabel(/^Mot de passe/).fill('demo');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page).toHaveURL(`/dossiers/${DOSSIER}/messagerie`);
  await expect(entete(page)).toContainText(`Dossier n° ${DOSSIER}`);
});

test('Signing in never leads to another site, nor does signing out leave anything behind', async ({ anonyme, surveillance }) => {
  // A page still coming alive as one signs out asks for its live events once it is too late, and is refused.
  surveillance.attendre(/401.*\/direct/);
  const { contexte } = await anonyme();
  const page = await contexte.newPage();
  await page.goto('/connexion?retour=https://exemple.org/');
  await page.getByLabel(/^Adresse électronique/).fill(COMPTES.usager);
  await page.getByLabel(/^Mot de passe/).fill('demo');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page).toHaveURL('/dossiers');
  await expect(page.getByRole('banner')).toContainText(COMPTES.usager);

  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(page).toHaveURL('/connexion');
  await page.goto('/dossiers');
  await expect(page).toHaveURL(/\/connexion\?retour=/);
  await page.goBack();
  await expect(page.getByRole('main')).not.toContainText('Intitulé démarche test');
});

for (const [compte, accueil] of [
  ['usager', '/dossiers'],
  ['instructeur', '/instructeur/demarches'],
  ['admin', '/admin/demarches'],
] as const) {
  test(`The home page leads ${compte} to ${accueil}`, async ({ poste }) => {
    const page = await (await poste(compte)).ouvrir('/');
    await expect(page).toHaveURL(accueil);
  });
}
