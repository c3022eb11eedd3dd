// The pages of the platform, as a person uses them.
import { expect, type Page } from '@playwright/test';

export const MOTIFS = {
  visio: /Suivi de dossier.*visio/i,
  surPlace: /RDV PHV/,
  telephone: /par téléphone/i,
  domicile: /RDV UDAP/,
} as const;

export interface Personne {
  email: string;
  prenom: string;
  nom: string;
  telephone?: string;
  adresse?: string;
}

export const MARLENE: Personne = { email: 'usager@demo.example', prenom: 'Marlène', nom: 'Klok' };

/** The name of a slot's link: « 15h30, vendredi 7 juin ». */
export const creneau = (heure: string, jour = ''): RegExp => new RegExp(`^${heure}\\s*,\\s*${jour}`);

/** From the list of motifs to the confirmation. Gives the instant of the slot. */
export async function prendreRendezVous(
  page: Page,
  genre: keyof typeof MOTIFS,
  qui: Personne,
  nomDuCreneau: RegExp,
): Promise<Date> {
  await page.getByRole('link', { name: MOTIFS[genre] }).click();
  if (genre === 'surPlace') await page.getByRole('link', { name: /Mairie de Saint-Péray/ }).click();
  await page.getByRole('link', { name: 'Semaine suivante' }).click();
  const quand = await choisir(page, nomDuCreneau);
  await page.getByLabel('Adresse e-mail').fill(qui.email);
  await page.getByLabel('Prénom', { exact: true }).fill(qui.prenom);
  await page.getByLabel('Nom', { exact: true }).fill(qui.nom);
  if (qui.telephone) await page.getByLabel('Téléphone').fill(qui.telephone);
  if (qui.adresse) await page.getByLabel('Adresse du rendez-vous').fill(qui.adresse);
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click();
  await expect(page.getByText('Votre rendez-vous est confirmé.')).toBeVisible();
  return quand;
}

/** On the page of one's rendez-vous: to another slot. Gives its instant. */
export async function deplacer(page: Page, nomDuCreneau: RegExp): Promise<Date> {
  await page.getByRole('link', { name: 'Déplacer' }).click();
  const quand = await choisir(page, nomDuCreneau);
  await page.getByRole('button', { name: 'Confirmer le nouveau créneau' }).click();
  await expect(page.getByText('Votre rendez-vous a été déplacé.')).toBeVisible();
  return quand;
}

/** On the page of one's rendez-vous: cancelled. */
export async function annuler(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Annuler' }).click();
  await page.getByRole('button', { name: 'Confirmer l’annulation' }).click();
  await expect(page.getByText('Votre rendez-vous a été annulé.')).toBeVisible();
}

/** Follows the first slot whose name is `creneau`; its instant is read in its address. */
async function choisir(page: Page, nomDuCreneau: RegExp): Promise<Date> {
  const lien = page.getByRole('link', { name: nomDuCreneau }).first();
  const adresse = new URL((await lien.getAttribute('href')) ?? '', page.url());
  const [jour, heure, decalage] = (adresse.searchParams.get('starts_at') ?? '').split(' ');
  const quand = new Date(`${jour}T${heure}${decalage.slice(0, 3)}:${decalage.slice(3)}`);
  await lien.click();
  return quand;
}
