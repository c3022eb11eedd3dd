// Light, dark, or as the system is set: with and without scripts, and never a flash of the other one.
import { expect, test, type Page } from './outils/essai';

const SOMBRE = 'rgb(22, 22, 22)';
const CLAIR = 'rgb(255, 255, 255)';

const fond = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

for (const sansScript of [false, true]) {
  const comment = sansScript ? 'without JavaScript' : 'with JavaScript';

  test(`The theme is chosen from any page, which is shown again with it, ${comment}`, async ({ anonyme }) => {
    const { contexte } = await anonyme({ sansScript });
    const page = await contexte.newPage();
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto('/mentions-legales');
    expect(await fond(page)).toBe(CLAIR);
    await page.getByRole('link', { name: "Paramètres d'affichage" }).click();
    await expect(page).toHaveTitle(/^Paramètres d'affichage/);
    await expect(page.getByRole('radio', { name: /^Système/ })).toBeChecked();

    await page.getByText('Thème sombre').click();
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await expect(page).toHaveURL('/mentions-legales');
    expect(await fond(page)).toBe(SOMBRE);
    // What the server wrote, before any script: nothing can flash.
    const html = await (await contexte.request.get('/mentions-legales')).text();
    expect(html).toMatch(/<html[^>]* data-fr-theme="dark"/);

    await page.getByRole('link', { name: "Paramètres d'affichage" }).click();
    await expect(page.getByRole('radio', { name: 'Thème sombre' })).toBeChecked();
    await page.getByRole('radio', { name: /^Système/ }).check({ force: true });
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    expect(await fond(page)).toBe(CLAIR);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await fond(page)).toBe(SOMBRE);
  });

  test(`The legal pages are on every page, ${comment}`, async ({ anonyme }) => {
    const { contexte } = await anonyme({ sansScript });
    const page = await contexte.newPage();
    for (const [lien, titre] of [
      [/^Accessibilité : partiellement conforme/, 'Accessibilité'],
      ['Mentions légales', 'Mentions légales'],
      ['Données personnelles', 'Données personnelles'],
    ] as const) {
      await page.goto('/connexion');
      await page.getByRole('contentinfo').getByRole('link', { name: lien }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(titre);
      await expect(page).toHaveTitle(new RegExp(`^${titre}`));
    }
  });
}

test('A theme that does not exist is the system’s, and choosing one never leads to another site', async ({ anonyme }) => {
  const { contexte } = await anonyme();
  const poster = (form: Record<string, string>) => contexte.request.post('/affichage', { form, maxRedirects: 0 });
  const reponse = await poster({ theme: '"><script>', retour: 'https://exemple.org/' });
  expect(reponse.status()).toBe(303);
  expect(reponse.headers()['location']).toBe('/');
  expect(reponse.headers()['set-cookie']).toContain('theme=systeme;');
});
