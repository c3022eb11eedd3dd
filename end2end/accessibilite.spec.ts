// Every screen, in every state of the story, light and dark: no fault that axe can find, and nothing wider than a
// small phone.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from './outils/essai';
import { ETATS } from './outils/ecrans';

const REGLES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const REGLES_DES_PAGES = [...REGLES, 'best-practice'];
const PETIT = { width: 320, height: 640 };

for (const [rang, etat] of ETATS.entries()) {
  test(`The screens of the state « ${etat.nom} » have no fault, light or dark, large or at 320 px`, async ({ serveur, poste, anonyme, surveillance }) => {
    test.setTimeout(300_000);
    // Screens of refusals and of what does not exist.
    surveillance.attendre(/404|422/);
    for (const passe of ETATS.slice(0, rang + 1)) await passe.preparer({ serveur, poste });
    for (const { nom, compte, chemin, inerte, courriel, agir } of etat.ecrans) {
      await test.step(nom, async () => {
        const qui = compte ? await poste(compte) : await anonyme();
        const page = await qui.ouvrir(chemin, { vivante: !inerte });
        await agir?.(page);
        const large = await fautes(page, courriel ? REGLES : REGLES_DES_PAGES);
        await page.emulateMedia({ colorScheme: 'dark' });
        const sombre = await fautes(page, courriel ? REGLES : REGLES_DES_PAGES);
        await page.setViewportSize(PETIT);
        const petit = await fautes(page, courriel ? REGLES : REGLES_DES_PAGES);
        expect
          .soft({ large, sombre, petit, deborde: await deborde(page) }, nom)
          .toEqual({ large: [], sombre: [], petit: [], deborde: [] });
        await qui.contexte.close();
      });
    }
  });
}

async function fautes(page: Page, regles: string[]): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(regles).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} : ${html}`));
}

/** What is wider than the window, when the page can be scrolled sideways. */
function deborde(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const largeur = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= largeur) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > largeur + 0.5)
      .map((element) => element.outerHTML.slice(0, 120));
  });
}
