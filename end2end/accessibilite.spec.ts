// Every screen, in every state of the story, light and dark: no fault that axe can find, nothing that the keyboard
// does not reach or that hides the focus, nothing wider than a small phone, and each link, button and heading is called what
// is seen of it.
import { AxeBuilder } from '@axe-core/playwright';
import type axe from 'axe-core';
import { expect, test, type Compte, type Page, type Poste } from './outils/essai';
import { ETATS } from './outils/ecrans';
import { deborde } from './outils/largeur';
import { nomsDifferents } from './outils/noms';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const REGLES: axe.RunOnly = { type: 'tag', values: WCAG };
const REGLES_DES_PAGES: axe.RunOnly = { type: 'tag', values: [...WCAG, 'best-practice'] };
/** All that another theme can change. */
const REGLES_DES_COULEURS: axe.RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
const PETIT = { width: 320, height: 640 };
const TABLETTE = { width: 800, height: 1100 };
/** Screens of one test: few enough to end in time on a slow machine, many enough not to begin the story too often. */
const LOT = 24;

const tous = ETATS.flatMap(({ nom: etat, ecrans }, rang) => ecrans.map((ecran) => ({ ...ecran, etat, rang })));
const lots = Array.from({ length: Math.ceil(tous.length / LOT) }, (_, lot) => tous.slice(lot * LOT, (lot + 1) * LOT));

for (const [numero, ecrans] of lots.entries()) {
  const etats = [...new Set(ecrans.map(({ etat }) => etat))].join(', ');
  test(`The screens have no fault, light or dark, large or at 320 px (${numero + 1}: ${etats})`, async ({ serveur, poste, anonyme, surveillance }) => {
    test.setTimeout(900_000);
    // Screens of refusals and of what does not exist.
    surveillance.attendre(/404|410|422/);
    let prepares = 0;
    // Each person signs in once, and what is around all pages is gone through once for each.
    const postes = new Map<Compte | undefined, Poste>();
    for (const { etat, rang, nom, compte, chemin, inerte, courriel, agir } of ecrans) {
      while (prepares <= rang) await ETATS[prepares++].preparer({ serveur, poste });
      await test.step(`${etat} : ${nom}`, async () => {
        const connu = postes.get(compte);
        const qui = connu ?? (compte ? await poste(compte) : await anonyme());
        postes.set(compte, qui);
        const page = await qui.ouvrir(chemin, { vivante: !inerte });
        await agir?.(page);
        const large = await fautes(page, courriel ? REGLES : REGLES_DES_PAGES);
        const noms = await nomsDifferents(page);
        const clavier = courriel ? [] : await parcourir(page, connu ? 'contenu' : 'tout');
        await page.emulateMedia({ colorScheme: 'dark' });
        const sombre = await fautes(page, REGLES_DES_COULEURS);
        const agrandi = courriel ? [] : await agrandir(page);
        const debordements = await deborde(page);
        await page.setViewportSize(TABLETTE);
        debordements.push(...(await deborde(page)));
        await page.setViewportSize(PETIT);
        const petit = await fautes(page, courriel ? REGLES : REGLES_DES_PAGES);
        debordements.push(...(await deborde(page)));
        expect
          .soft({ large, noms, clavier, sombre, agrandi, petit, deborde: debordements }, nom)
          .toEqual({ large: [], noms: [], clavier: [], sombre: [], agrandi: [], petit: [], deborde: [] });
        await page.close();
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

test('What the pointer is on stays readable in the dark', async ({ poste }) => {
  const page = await (await poste('instructeur')).ouvrir('/instructeur/demarches/88454');
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  for (const genre of ['.fr-btn--secondary', '.fr-btn--tertiary', '.fr-btn--tertiary-no-outline', '.fr-nav__link[aria-current]']) {
    const cible = page.locator(genre).filter({ visible: true }).first();
    await cible.hover();
    const { violations } = await new AxeBuilder({ page }).include(genre).options({ runOnly: REGLES_DES_COULEURS }).analyze();
    expect(violations, genre).toEqual([]);
  }
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

/**
 * From the first link to the last, of the page or of its content, with the tabulation key: what is not reached, what has
 * the focus without showing it or outside the window, and what comes before something that precedes it in the page.
 */
async function parcourir(page: Page, partie: 'tout' | 'contenu'): Promise<string[]> {
  // An open window keeps the focus. A page of failure has no frame around its content.
  const modale = (await page.locator('dialog[open]').count()) > 0;
  const seul = partie === 'contenu' && (await page.locator('main#contenu[tabindex]').count()) > 0;
  const dans = modale ? 'dialog[open]' : seul ? 'main' : 'body';
  if (modale) {
    await page.locator('dialog[open]').locator('button, a[href], input:not([type=hidden]), textarea').first().focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
  } else if (seul) {
    await page.locator('main#contenu').focus();
    await page.keyboard.press('Tab');
  } else {
    // The focus shows once a key was pressed. A page of failure has no link before its content.
    await page.locator('.fr-skiplinks a, body a').first().focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
  }
  const fautes: string[] = [];
  let dernier = -1;
  let premier: number | undefined;
  for (;;) {
    const ici = await page.evaluate((dans) => {
      const element = document.activeElement;
      if (!element || element === document.body || !element.closest(dans)) return;
      element.setAttribute('data-atteint', '');
      // The design system draws a box that is ticked before its label, and lights a tile or a header up whole.
      const libelle = element.matches('[type=checkbox], [type=radio]') ? element.nextElementSibling : null;
      const styles = [element, ...(libelle ? [libelle] : [])].flatMap((dessin) =>
        ['', '::before', '::after'].map((partie) => getComputedStyle(dessin, partie)),
      );
      const { top, bottom, width, height } = element.getBoundingClientRect();
      return {
        rang: [...document.querySelectorAll('*')].indexOf(element),
        html: element.outerHTML.slice(0, 120),
        date: element.matches('[type=date]'),
        contour: styles.some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2),
        visible: width > 0 && height > 0 && bottom > 0 && top < window.innerHeight,
      };
    }, dans);
    // After the last one the browser itself has the focus, then the page again from its beginning.
    if (!ici || ici.rang === premier) break;
    premier ??= ici.rang;
    // The day, the month and the year of a date are stops of one field, and its calendar another.
    const suite = ici.date && ici.rang === dernier;
    if (ici.rang <= dernier && !suite) fautes.push(`à rebours : ${ici.html}`);
    if (!ici.contour && !suite) fautes.push(`sans contour : ${ici.html}`);
    if (!ici.visible) fautes.push(`hors de la vue : ${ici.html}`);
    if (fautes.length > 20) break;
    dernier = ici.rang;
    await page.keyboard.press('Tab');
  }
  const oublies = await page.evaluate((dans) =>
    [...document.querySelectorAll(dans)]
      .flatMap((partie) => [...partie.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')])
      .filter((element) => !element.matches(':disabled, [type=hidden], [type=radio]:not(:checked), [tabindex="-1"], [data-atteint]'))
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element) => `jamais atteint : ${element.outerHTML.slice(0, 120)}`),
    dans,
  );
  return [...fautes, ...oublies];
}

async function fautes(page: Page, runOnly: axe.RunOnly): Promise<string[]> {
  // No page has frames: axe need not open a blank page to put together what they say.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ runOnly, resultTypes: ['violations'] })
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} : ${html}`));
}
