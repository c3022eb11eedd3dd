// Back and forward: the address is always the one of the page shown, so that loading it again, or sending it to
// somebody, shows the same.
import { expect, test, type Page } from './outils/essai';
import { activer } from './outils/raccourcis';
import { DEMARCHE, DOSSIER, onglet } from './outils/reperes';

/** The tabs gone through, in that order, and where each is. */
const ADRESSES = { Demande: 'demande', Messagerie: 'messagerie', Résumé: 'resume' } as const;
type Onglet = keyof typeof ADRESSES;

async function montre(page: Page, nom: Onglet): Promise<void> {
  await expect(onglet(page, nom)).toHaveAttribute('aria-current', 'page');
  await expect(page).toHaveURL(`/dossiers/${DOSSIER}/${ADRESSES[nom]}`);
}

/** Goes through the tabs by their links: as many steps as there are to go back. */
async function parcourir(page: Page): Promise<void> {
  for (const nom of Object.keys(ADRESSES) as Onglet[]) {
    await onglet(page, nom).click();
    await montre(page, nom);
  }
}

test('A link followed after back and forward changes the address', async ({ poste }) => {
  const page = await (await poste('usager')).ouvrir(`/dossiers/${DOSSIER}/demande`);
  await parcourir(page);
  await page.goBack();
  await montre(page, 'Messagerie');
  await page.goForward();
  await montre(page, 'Résumé');
  await onglet(page, 'Messagerie').click();
  await montre(page, 'Messagerie');
  await page.goBack();
  await montre(page, 'Résumé');
});

test('A link followed after several steps back at once changes the address', async ({ poste }) => {
  const page = await (await poste('usager')).ouvrir(`/dossiers/${DOSSIER}/demande`);
  await parcourir(page);
  await page.evaluate(() => history.go(-2));
  await montre(page, 'Demande');
  await onglet(page, 'Résumé').click();
  await montre(page, 'Résumé');
  await page.goBack();
  await montre(page, 'Demande');
});

test('A link that only changes what is asked of the page changes the address too', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  const chemin = `/instructeur/demarches/${DEMARCHE}/rendez-vous?vue=semaine`;
  const page = await (await poste('instructeur')).ouvrir(chemin);
  const semaine = page.getByRole('heading', { level: 2, name: /^Semaine du / });
  const avancer = async (): Promise<readonly [string, string]> => {
    const avant = await semaine.innerText();
    await page.getByRole('link', { name: 'Semaine suivante' }).click();
    await expect(semaine).not.toHaveText(avant);
    return [page.url(), await semaine.innerText()];
  };
  const premiere = await avancer();
  const seconde = await avancer();
  const montrer = async ([adresse, nom]: readonly [string, string]) => {
    await expect(page).toHaveURL(adresse);
    await expect(semaine).toHaveText(nom);
  };
  await page.goBack();
  await montrer(premiere);
  await page.goForward();
  await montrer(seconde);
  await page.getByRole('link', { name: 'Semaine précédente' }).click();
  await montrer(premiere);
});

test('A list come back to is where it was left', async ({ poste }) => {
  const page = await (await poste('instructeur')).ouvrir(`/instructeur/demarches/${DEMARCHE}`);
  await page.setViewportSize({ width: 1280, height: 400 });
  const dernier = page.getByRole('main').locator('tbody tr').last().getByRole('link').first();
  await dernier.scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => scrollY);
  expect(place).toBeGreaterThan(200);
  await dernier.click();
  await expect(page.getByRole('heading', { level: 1, name: /^Dossier n°/ })).toBeFocused();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.goBack();
  await expect(dernier).toBeInViewport();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(place);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});
