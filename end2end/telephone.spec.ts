// What a person finds on a phone, where they look.
import { expect, test, type Page } from './outils/essai';
import { activer, proposer } from './outils/raccourcis';
import { attendreCourriels, champMessage, DOSSIER, envoyer, onglet } from './outils/reperes';

const LARGEUR = 375;
const HAUTEUR = 760;

/** Whether all of it is in the window. */
async function enVue(page: Page, cible: ReturnType<Page['getByRole']>): Promise<boolean> {
  const boite = await cible.boundingBox();
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  return boite !== null && boite.x >= 0 && boite.y >= 0 && boite.x + boite.width <= width && boite.y + boite.height <= height;
}

for (const sansScript of [false, true]) {
  const comment = sansScript ? ' without JavaScript' : '';

  test(`On a phone the proposal that waits is found at once${comment}`, async ({ serveur, poste }) => {
    await activer(await poste('admin'), serveur);
    const usager = await poste('usager', { sansScript, largeur: LARGEUR });
    const page = await usager.ouvrir(`/dossiers/${DOSSIER}/messagerie`);
    await page.setViewportSize({ width: LARGEUR, height: HAUTEUR });
    await proposer(await poste('instructeur'));
    await page.reload();
    const choisir = page.getByRole('link', { name: 'Choisir un créneau' });
    await expect(choisir).toBeVisible();
    expect(await enVue(page, choisir), 'the button is in sight').toBe(true);
    await expect(choisir).toHaveAttribute('href', serveur.agenda);

    // The mail leads to the message itself.
    const courriel = await attendreCourriels(page, /Vous devez prendre un rendez-vous/);
    await courriel.getByRole('link', { name: /mis en page/ }).click();
    await page.getByRole('link', { name: 'Ouvrir la messagerie' }).click();
    const message = page.locator(new URL(page.url()).hash);
    await expect(message).toContainText('je vous propose');
    await expect(message).toBeInViewport();
  });

  test(`On a phone the menu is folded, and the tabs are on one line with the chosen one in sight${comment}`, async ({ poste }) => {
    const instructeur = await poste('instructeur', { sansScript, largeur: LARGEUR });
    const page = await instructeur.ouvrir(`/instructeur/dossiers/${DOSSIER}/reaffectation`);
    await page.setViewportSize({ width: LARGEUR, height: HAUTEUR });
    await page.reload();
    await expect(onglet(page, 'Réaffectation')).toBeInViewport({ ratio: 1 });
    const hauts = await page
      .getByRole('navigation', { name: 'Rubriques du dossier' })
      .getByRole('link')
      .evaluateAll((liens) => new Set(liens.map((lien) => lien.closest('li')?.offsetTop)).size);
    expect(hauts).toBe(1);

    const menu = page.getByRole('navigation', { name: 'Menu principal' });
    const deconnexion = page.getByRole('button', { name: 'Se déconnecter' });
    await expect(menu).toBeHidden();
    await expect(deconnexion).toBeHidden();
    await page.locator('summary', { hasText: /^Menu$/ }).click();
    await expect(deconnexion).toBeVisible();
    await menu.getByRole('link', { name: 'Démarches' }).click();
    await expect(page).toHaveURL('/instructeur/demarches');
    await expect(menu).toBeHidden();
  });

  test(`A message that was sent is said beside its form${comment}`, async ({ poste }) => {
    const usager = await poste('usager', { sansScript, largeur: LARGEUR });
    const page = await usager.ouvrir(`/dossiers/${DOSSIER}/messagerie`);
    await champMessage(page).fill('Bonjour');
    await envoyer(page).click();
    await expect(page.locator('.fr-alert--success', { hasText: 'Votre message a été envoyé.' })).toBeInViewport();
  });
}

test('A draft is kept as one types, and found again', async ({ poste }) => {
  const usager = await poste('usager');
  const page = await usager.ouvrir('/commencer/88454', { vivante: false });
  await page.getByRole('button', { name: 'Commencer la démarche' }).click();
  const champ = page.getByLabel(/^Établissement/);
  await champ.fill('Conservatoire');
  await expect(page.getByText(/^Brouillon enregistré à \d+h\d\d\.$/)).toBeVisible();
  await champ.fill('Conservatoire de <b>Valence</b>');
  await page.waitForResponse((reponse) => reponse.url().endsWith('/api/depot/garder') && reponse.ok());
  await page.reload();
  await expect(champ).toHaveValue('Conservatoire de <b>Valence</b>');
  // Its own savings are out of date for nobody: the button works after them.
  await champ.fill('Conservatoire de Valence');
  await page.waitForResponse((reponse) => reponse.url().endsWith('/api/depot/garder') && reponse.ok());
  await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
  await expect(page.getByText('Le brouillon est enregistré.')).toBeVisible();
  await expect(champ).toHaveValue('Conservatoire de Valence');
});

test('A password that is typed can be shown', async ({ anonyme }) => {
  const { contexte } = await anonyme();
  const page = await contexte.newPage();
  await page.goto('/connexion');
  const champ = page.getByLabel(/^Mot de passe/);
  await champ.fill('demo');
  await expect(champ).toHaveAttribute('type', 'password');
  await page.getByText('Afficher le mot de passe').click();
  await expect(champ).toHaveAttribute('type', 'text');
  await expect(champ).toHaveValue('demo');
});
