// From any screen one leaves by a link and comes back, without a reload where the same application shows both: the page left
// must not break as it goes, and the one come back to is whole again. A page that breaks complains (outils/surveillance.ts).
import { ETATS, type Ecran } from './outils/ecrans';
import { expect, test, type Compte, type Page } from './outils/essai';
import { attendreSansRechargement, marquer } from './outils/reperes';

const titre = (page: Page) => page.getByRole('heading', { level: 1 });
/** The mails of the demonstration are no pages of ours. */
const nosPages = /^\/(?!boite-aux-lettres)/;

/** Its scripts have begun. */
const vivante = (page: Page) => page.locator('html[data-vivant]').waitFor({ state: 'attached' });

function pages(compte: Compte): Ecran[] {
  const siennes = ETATS.flatMap((etat) => etat.ecrans)
    .filter((ecran) => ecran.compte === compte && nosPages.test(ecran.chemin))
    .map((ecran) => [ecran.chemin, ecran] as const);
  return [...new Map(siennes).values()];
}

/** Whether a page is hydrated; the others are kept up to date in place. Between the two, the browser loads the page. */
const hydratee = (adresse: string) => /^\/admin(\/|$)/.test(new URL(adresse).pathname);

async function partirEtRevenir(page: Page): Promise<void> {
  await marquer(page);
  const [depart, nom] = [page.url(), await titre(page).innerText()];
  const revenu = async () => {
    await expect(titre(page)).toHaveText(nom);
    await expect(page).toHaveURL(depart);
  };
  await page.getByRole('contentinfo').getByRole('link', { name: 'Mentions légales' }).click();
  await expect(titre(page)).toHaveText('Mentions légales');
  await page.goBack();
  await revenu();
  await page.goForward();
  await expect(titre(page)).toHaveText('Mentions légales');
  await page.goBack();
  await revenu();
  if (!hydratee(depart)) await attendreSansRechargement(page);
  // Left again, now that the browser made it.
  await vivante(page);
  await marquer(page);
  await page.getByRole('navigation', { name: 'Menu principal' }).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/(dossiers|demarches)$/);
  await expect(page.getByText('Chargement…')).toHaveCount(0);
  if (hydratee(depart) === hydratee(page.url())) await attendreSansRechargement(page);
}

for (const compte of ['usager', 'instructeur', 'admin'] as const) {
  test(`Every page of ${compte} is left by a link and come back to`, async ({ serveur, poste, surveillance }) => {
    test.setTimeout(600_000);
    // The page that does not exist is one of the screens.
    surveillance.attendre(/404/);
    for (const etat of ETATS) await etat.preparer({ serveur, poste });
    const qui = await poste(compte);
    for (const { chemin, inerte } of pages(compte)) {
      await test.step(chemin, async () => {
        const page = await qui.ouvrir(chemin, { vivante: !inerte });
        await vivante(page);
        await partirEtRevenir(page);
        surveillance.verifier();
        await page.close();
      });
    }
  });
}
