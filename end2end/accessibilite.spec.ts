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
    test.setTimeout(600_000);
    // Screens of refusals and of what does not exist.
    surveillance.attendre(/404|410|422/);
    for (const passe of ETATS.slice(0, rang + 1)) await passe.preparer({ serveur, poste });
    for (const { nom, compte, chemin, inerte, courriel, agir } of etat.ecrans) {
      await test.step(nom, async () => {
        const qui = compte ? await poste(compte) : await anonyme();
        const page = await qui.ouvrir(chemin, { vivante: !inerte });
        await agir?.(page);
        const large = await fautes(page, courriel ? REGLES : REGLES_DES_PAGES);
        await page.emulateMedia({ colorScheme: 'dark' });
        const sombre = await fautes(page, courriel ? REGLES : REGLES_DES_PAGES);
        const agrandi = courriel ? [] : await agrandir(page);
        await page.setViewportSize(PETIT);
        const petit = await fautes(page, courriel ? REGLES : REGLES_DES_PAGES);
        expect
          .soft({ large, sombre, agrandi, petit, deborde: await deborde(page) }, nom)
          .toEqual({ large: [], sombre: [], agrandi: [], petit: [], deborde: [] });
        await qui.contexte.close();
      });
    }
  });
}

test('Nothing moves for those whose system asks for less motion', async ({ poste }) => {
  const page = await (await poste('admin')).ouvrir('/admin/demarches/88454');
  const mouvements = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .map((element) => getComputedStyle(element))
        .flatMap((style) => [style.transitionDuration, style.animationDuration].join(', ').split(', '))
        .filter((duree) => duree !== '0s'),
    );
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await mouvements()).toEqual([]);
});

/** With its text twice as large: what is wider than the window, or cut. Leaves the page as it was. */
async function agrandir(page: Page): Promise<string[]> {
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  const coupes = await page.evaluate(() =>
    // A field scrolls what is typed in it, and the button of a search is a picture of the design system.
    [...document.querySelectorAll('main :not(input, textarea, select, .fr-search-bar button)')]
      .filter((element) => {
        const { overflowX, overflowY, position } = getComputedStyle(element);
        // What only screen readers are given is one pixel wide on purpose.
        if (position === 'absolute' || element.closest('.fr-sr-only')) return false;
        const coupe = (sens: string) => ['hidden', 'clip'].includes(sens);
        return (
          (coupe(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
          (coupe(overflowY) && element.scrollHeight > element.clientHeight + 1)
        );
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );
  const larges = await deborde(page);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  return [...coupes, ...larges];
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
