// Clicking faster than pages come: the last click is the one that counts, and nothing breaks on the way.
import { expect, test, type Page } from './outils/essai';
import { activer } from './outils/raccourcis';
import { DEMARCHE, DOSSIER, onglet } from './outils/reperes';

/** Clicks at once, without waiting for what each click leads to. */
const cliquer = (page: Page, noms: string[]) =>
  page.evaluate(async (noms) => {
    for (const nom of noms) {
      const liens = [...document.querySelectorAll<HTMLAnchorElement>('main a')];
      liens.find((lien) => lien.textContent?.trim().startsWith(nom))?.click();
      // Long enough for a click to begin what it does, too short for it to end.
      await new Promise((suite) => setTimeout(suite, 15));
    }
  }, noms);

test('Weeks clicked through quickly end on the one that the address says', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  const chemin = `/instructeur/demarches/${DEMARCHE}/rendez-vous?vue=semaine`;
  const page = await (await poste('instructeur')).ouvrir(chemin);
  const semaine = page.getByRole('heading', { level: 2, name: /^Semaine du / });
  const depart = await semaine.innerText();
  for (const sens of ['Semaine suivante', 'Semaine précédente', 'Semaine suivante']) {
    await cliquer(page, Array<string>(12).fill(sens));
    const rester = async () => [await semaine.innerText(), page.url()];
    await expect(async () => expect(await rester()).toEqual(await rester())).toPass();
    const montree = await celle(page);
    await expect(async () => expect(await celle(page)).toBe(montree)).toPass();
  }
  await page.reload();
  const rechargee = await semaine.innerText();
  await page.getByRole('link', { name: 'Semaine suivante' }).click();
  await expect(semaine).not.toHaveText(rechargee);
  await page.getByRole('link', { name: 'Semaine précédente' }).click();
  await expect(semaine).toHaveText(rechargee);
  expect(depart).toMatch(/^Semaine du /);
});

/** The week shown, once it is the one that the address says. */
async function celle(page: Page): Promise<string> {
  const semaine = page.getByRole('heading', { level: 2, name: /^Semaine du / });
  const autre = await page.context().newPage();
  await expect(async () => {
    await autre.goto(page.url());
    const attendue = await autre.getByRole('heading', { level: 2, name: /^Semaine du / }).innerText();
    await expect(semaine).toHaveText(attendue, { timeout: 500 });
  }).toPass();
  await autre.close();
  return semaine.innerText();
}

/** Steps of the history, as the browser counts them: resolved once the step is taken, or given up. */
declare const navigation: { back(): { finished: Promise<unknown> } };

/** Goes back and forth at once, then one step back, and waits until the browser has finished going. */
const reculer = (page: Page, pas: number[]) =>
  page.evaluate(async (pas) => {
    for (const nombre of pas) {
      history.go(nombre);
      await new Promise((suite) => setTimeout(suite, 15));
    }
    await navigation.back().finished.catch(() => undefined);
  }, pas);

for (const [compte, dossier, tour, dernier] of [
  ['usager', `/dossiers/${DOSSIER}`, ['Demande', 'Messagerie', 'Résumé'], 'Messagerie'],
  ['instructeur', `/instructeur/dossiers/${DOSSIER}`, ['Messagerie', 'Demande'], 'Messagerie'],
] as const) {
  test(`Tabs of a dossier clicked back and forth quickly show the last one (${compte})`, async ({ poste }) => {
    const page = await (await poste(compte)).ouvrir(`${dossier}/demande`);
    for (let fois = 0; fois < 4; fois += 1) {
      await cliquer(page, [...tour, ...tour, ...tour, ...tour, dernier]);
      await expect(page).toHaveURL(`${dossier}/messagerie`);
      await expect(page.getByRole('heading', { level: 2, name: 'Messagerie' })).toBeVisible();
      await expect(page.getByLabel(/^Votre message/)).toHaveCount(1);
      await expect(onglet(page, dernier)).toHaveAttribute('aria-current', 'page');
      await onglet(page, 'Demande').click();
      await expect(page.getByRole('heading', { level: 3, name: 'Formulaire' })).toBeVisible();
    }
    // Back and forward, as quickly.
    await reculer(page, [-1, -1, 1, -1, 1, 1]);
    await onglet(page, 'Messagerie').click();
    await expect(page).toHaveURL(`${dossier}/messagerie`);
    await expect(page.getByLabel(/^Votre message/)).toHaveCount(1);
  });
}
