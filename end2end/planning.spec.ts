// « Rendez-vous avec les usagers »: search, filters, week, day; all of it in the address.
import { COMPTES, expect, test, type Page } from './outils/essai';
import { jourOuvre } from './outils/francais';
import { activer, proposer } from './outils/raccourcis';
import { carteRendezVous, DEMARCHE, DOSSIER } from './outils/reperes';

const PAGE = `/instructeur/demarches/${DEMARCHE}/rendez-vous`;
const SUR_PLACE = 18051790;
const jour = (heure: string) => heure.slice(0, 10);
const affichage = (page: Page, nom: string) =>
  page.getByRole('navigation', { name: 'Affichage des rendez-vous' }).getByRole('link', { name: nom, exact: true });

for (const sansScript of [false, true]) {
  const comment = sansScript ? 'without JavaScript' : 'with JavaScript';

  test(`Rendez-vous are searched, filtered and laid out by an address that can be shared, ${comment}`, async ({ serveur, poste }) => {
    await activer(await poste('admin'), serveur);
    const instructeur = await poste('instructeur');
    for (const dossier of [DOSSIER, SUR_PLACE]) await proposer(instructeur, dossier);
    const visio = jourOuvre(3);
    await serveur.bac.prendre({ motif_id: 501, starts_at: visio, email: COMPTES.usager, first_name: 'Marlène', last_name: 'Klok' });
    await serveur.bac.prendre({ motif_id: 502, starts_at: jourOuvre(9, '11:00'), email: COMPTES.jules, first_name: 'Jules', last_name: 'Mercier' });

    const page = await (await poste('instructeur', { sansScript })).ouvrir(PAGE);
    await expect(async () => {
      await page.goto(PAGE);
      await expect(page.getByRole('article')).toHaveCount(2, { timeout: 300 });
    }).toPass();

    await page.getByRole('main').getByLabel(/^Rechercher/).fill('MERCIER');
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await expect(page.getByRole('article')).toHaveCount(1);
    await expect(carteRendezVous(page, SUR_PLACE)).toBeVisible();
    await expect(page).toHaveURL(/recherche=MERCIER/);
    await page.reload();
    await expect(page.getByRole('main').getByLabel(/^Rechercher/)).toHaveValue('MERCIER');
    await expect(page.getByRole('article')).toHaveCount(1);
    await page.getByRole('link', { name: 'Effacer les filtres' }).click();
    await expect(page.getByRole('article')).toHaveCount(2);

    await page.getByLabel('Modalité').selectOption('Visioconférence');
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await expect(carteRendezVous(page)).toBeVisible();
    await expect(page.getByRole('article')).toHaveCount(1);
    await page.getByLabel('Modalité').selectOption('Téléphone');
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await expect(page.getByText('Aucun rendez-vous à venir ne correspond à ces filtres.')).toBeVisible();

    await page.goto(`${PAGE}?vue=semaine&le=${jour(visio)}`);
    const table = page.getByRole('table', { name: /semaine/ });
    await expect(table.getByRole('link', { name: 'KLOK Marlène' })).toBeVisible();
    await expect(table).toContainText('15h30');
    // Each click waits for what the one before leads to: its address and its week.
    const semaine = page.getByRole('heading', { level: 2, name: /^Semaine du / });
    const celle = await semaine.innerText();
    const versLeJour = (await affichage(page, 'Jour').getAttribute('href')) ?? '';
    await page.getByRole('link', { name: 'Semaine précédente' }).click();
    await expect(semaine).not.toHaveText(celle);
    await expect(page.getByText('Aucun rendez-vous cette semaine.')).toBeVisible();
    await page.getByRole('link', { name: 'Semaine suivante' }).click();
    await expect(semaine).toHaveText(celle);
    await expect(table.getByRole('link', { name: 'KLOK Marlène' })).toBeVisible();
    await expect(page).toHaveURL(/vue=semaine/);
    await expect(affichage(page, 'Jour')).toHaveAttribute('href', versLeJour);

    await affichage(page, 'Jour').click();
    await expect(page.getByRole('heading', { level: 2, name: /^Rendez-vous du / })).toBeVisible();
    await expect(page).toHaveURL(/vue=jour/);
    await page.goto(`${PAGE}?vue=jour&le=${jour(visio)}`);
    await expect(page.getByRole('heading', { level: 3, name: 'KLOK Marlène' })).toBeVisible();
    if (!sansScript) await expect(page.getByRole('button', { name: 'Imprimer' })).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('heading', { level: 3, name: 'KLOK Marlène' })).toBeVisible();
    await expect(page.locator('.fr-header')).toBeHidden();
    await expect(page.locator('.rdv-filtres')).toBeHidden();
  });
}

test('An address that says nothing sensible shows the list', async ({ poste }) => {
  const page = await (await poste('instructeur')).ouvrir(`${PAGE}?vue=lune&le=31/02/2024&genre=train&instructeur=-1&page=abc&recherche=%3Cb%3E`);
  await expect(page.getByRole('heading', { level: 2, name: 'Rendez-vous à venir' })).toBeVisible();
  await expect(page.getByText('Aucun rendez-vous à venir ne correspond à ces filtres.')).toBeVisible();
});
