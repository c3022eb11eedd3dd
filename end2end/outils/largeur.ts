// What is wider than the window.
import type { Page } from './essai';

/** What stands out of the window: at the right, where the page would be scrolled, or at the left, where it can't be. */
export function deborde(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const largeur = document.documentElement.clientWidth;
    const defile = document.documentElement.scrollWidth > largeur;
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        if (defile && right > largeur + 0.5) return true;
        // The logo of the design system stands out on purpose, what is in a closed panel has no place yet, and tabs scroll.
        return left < -0.5 && element.closest('main') && element.checkVisibility() && !element.closest('.fr-sr-only, .rdv-onglets');
      })
      .map((element) => `à ${largeur} px : ${element.outerHTML.slice(0, 120)}`);
  });
}
