// Goes about with the keyboard alone.
import { expect, type Locator, type Page } from '@playwright/test';

/** Presses a key, named as Playwright names keys, in the window in front. */
export type Frappe = (page: Page, touche: string) => Promise<void>;

const parLeNavigateur: Frappe = (page, touche) => page.keyboard.press(touche);

/** Goes to `cible` with the tabulation key, from where the focus is. */
export async function atteindre(cible: Locator, frapper = parLeNavigateur): Promise<void> {
  const page = cible.page();
  await expect(cible).toBeVisible();
  for (let combien = 0; combien < 200; combien += 1) {
    if (await cible.evaluate((element) => element === document.activeElement)) return;
    await frapper(page, 'Tab');
  }
  throw new Error(`Le clavier n'atteint pas ${cible}`);
}

/** Goes there, and presses a key. */
export async function presser(cible: Locator, touche = 'Enter', frapper = parLeNavigateur): Promise<void> {
  await atteindre(cible, frapper);
  await frapper(cible.page(), touche);
}
