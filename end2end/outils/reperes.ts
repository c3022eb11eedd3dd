// Where things are on the pages. A test that needs to know how a page is made asks here.
import { expect, type Locator, type Page } from '@playwright/test';
import type { Serveur } from './serveur';

export type Tag = 'RDV proposé' | 'RDV pris' | 'RDV annulé';

export const DEMARCHE = 88454;
export const DOSSIER = 17606854;
export const TITRE = 'Intitulé démarche test';

/** The header of a dossier: title, état, tag. */
export const entete = (page: Page): Locator => page.locator('.rdv-entete-dossier');

/** Messages of the thread that say so. */
export const messages = (page: Page, texte: string | RegExp): Locator =>
  page.getByRole('article').filter({ hasText: texte });

/** The card of a dossier in « Mes dossiers ». */
export const carte = (page: Page, dossier = DOSSIER): Locator =>
  page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading') })
    .filter({ hasText: nombre(dossier) });

/** The row of a dossier in the instructeur's list. */
export const ligne = (page: Page, dossier = DOSSIER): Locator =>
  page.getByRole('row').filter({ hasText: String(dossier) });

/** A tile of the management page. */
export const tuile = (page: Page, titre: string): Locator =>
  page
    .getByRole('main')
    .locator('.fr-tile')
    .filter({ has: page.getByRole('link', { name: titre, exact: true }) });

/** The card of a dossier in « Rendez-vous avec les usagers ». */
export const carteRendezVous = (page: Page, dossier = DOSSIER): Locator =>
  page.getByRole('article').filter({ hasText: String(dossier) });

export const onglet = (page: Page, nom: string): Locator =>
  page.getByRole('navigation', { name: 'Rubriques du dossier' }).getByRole('link', { name: nom });

/** The orange dot, by what it says to those who do not see it. */
export const pastille = (ou: Locator): Locator => ou.getByTitle('nouveau rendez-vous');

export const lienRendezVous = (page: Page): Locator =>
  page.getByRole('link', { name: 'rendez-vous avec les usagers' });

/** Where files are chosen, and what is chosen there: a file, and one that is not what its name says. */
export const choisir = (page: Page): Locator => page.getByLabel(/^Ajouter une ou plusieurs pièces jointes/);
export const PDF = (nom: string) => ({ name: nom, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') });
export const PROGRAMME = { name: 'facture.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ') };

export const champMessage = (page: Page): Locator => page.getByLabel(/^Votre message/);
export const envoyer = (page: Page): Locator => page.getByRole('button', { name: 'Envoyer le message' });
/** What folds and unfolds the technical settings of the agenda. */
export const reglagesTechniques = (page: Page): Locator =>
  page.locator('summary').filter({ hasText: 'Réglages techniques' });
export const urlAgenda = (page: Page): Locator => page.getByLabel(/^URL de votre agenda/);
export const complement = (page: Page): Locator => page.getByLabel(/^Message complémentaire/);
export const valider = (page: Page): Locator => page.getByRole('button', { name: 'Valider' });
export const visio = (ou: Page | Locator): Locator =>
  ou.getByRole('link', { name: 'rejoindre la visioconférence' });

/** The button that opens the panel « Proposer un rendez-vous ». */
export const proposer = (page: Page): Locator =>
  page.getByRole('button', { name: 'Proposer un rendez-vous', exact: true });

export const retirer = (page: Page): Locator =>
  page.getByRole('button', { name: 'Supprimer la proposition de rendez-vous et ce message' });

/** What says yes in the window that asks. */
export const confirmer = (page: Page, nom = 'Supprimer'): Locator =>
  page.getByRole('dialog').getByRole('button', { name: nom, exact: true });

/** The tag of a dossier's header, message, card or row, and no other one. */
export async function attendreTag(ou: Locator, tag: Tag | null): Promise<void> {
  const tags = ou.getByText(/^RDV (proposé|pris|annulé)$/i);
  if (tag === null) {
    await expect(tags).toHaveCount(0);
  } else {
    await expect(tags).toHaveText(new RegExp(`^${tag}$`, 'i'));
  }
}

/** What was refused: the sentence beside the field, and that assistive technologies are told of it. */
export async function attendreRefus(champ: Locator, phrase: string | RegExp): Promise<void> {
  await expect(champ).toHaveAttribute('aria-invalid', 'true');
  await expect(champ).toHaveAccessibleDescription(espacesSouples(phrase));
}

/** The same, whatever spaces the typography of French asks for. */
function espacesSouples(phrase: string | RegExp): RegExp {
  const source = typeof phrase === 'string' ? `^${phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$` : phrase.source;
  return new RegExp(source.replaceAll(' ', '\\s'), 'u');
}

/** Follows a link that must open in a new tab. */
export async function suivreDansUnOnglet(lien: Locator): Promise<Page> {
  await expect(lien).toHaveAttribute('target', '_blank');
  await expect(lien).toHaveAttribute('title', /nouvelle fenêtre$/);
  const ouverte = lien.page().context().waitForEvent('page');
  await lien.click();
  const page = await ouverte;
  await page.waitForLoadState();
  return page;
}

/** Leaves a mark that a reload would remove. */
export const marquer = (page: Page): Promise<void> =>
  page.evaluate(() => void Object.assign(window, { temoin: true }));

export async function attendreSansRechargement(...pages: Page[]): Promise<void> {
  for (const page of pages) {
    expect(await page.evaluate(() => 'temoin' in window), `${page.url()} n'a pas été rechargée`).toBe(true);
  }
}

/** The mails of the local mailbox with this subject, once there are `combien`. */
export async function attendreCourriels(page: Page, sujet: string | RegExp, combien = 1): Promise<Locator> {
  const courriels = page
    .getByRole('article')
    .filter({ has: page.getByRole('heading', { name: sujet }) });
  await expect(async () => {
    await page.goto('/boite-aux-lettres');
    await expect(courriels).toHaveCount(combien, { timeout: 100 });
  }).toPass();
  return courriels;
}

/** Switches the feature on, by the administrateur's own form. */
export async function activer(page: Page, serveur: Serveur): Promise<void> {
  await page.getByText("Autoriser les instructeurs à proposer un RDV à l'utilisateur").click();
  await urlAgenda(page).fill(serveur.agenda);
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(page.getByText('Les réglages sont enregistrés.').first()).toBeVisible();
}

function nombre(n: number): RegExp {
  return new RegExp(String(n).replace(/\B(?=(\d{3})+$)/g, '\\s'));
}
