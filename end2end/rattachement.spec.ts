// A rendez-vous whose dossier nobody can tell for sure: attached, detached, set aside, undone; and what could
// not be applied, played again.
import { COMPTES, expect, test, type Page, type Poste } from './outils/essai';
import { dateHeureLongue } from './outils/francais';
import { activer, livrerInconnu, prendreAilleurs } from './outils/raccourcis';
import {
  attendreCourriels,
  attendreRefus,
  attendreTag,
  carteRendezVous,
  DEMARCHE,
  DOSSIER,
  entete,
  ligne,
  messages,
} from './outils/reperes';

const A_RATTACHER = `/instructeur/demarches/${DEMARCHE}/rendez-vous/a-rattacher`;
const TOUS = `/instructeur/demarches/${DEMARCHE}/rendez-vous`;
const AUTRE = 18049239;

const cartes = (page: Page) => page.getByRole('article');
const rattacher = (page: Page, dossier = DOSSIER) =>
  page.getByRole('button', { name: `Rattacher au dossier n° ${dossier}` });
const annuler = (page: Page) => page.getByRole('button', { name: 'Annuler', exact: true });
const numero = (page: Page) => page.getByLabel(/^Numéro du dossier/);
const parNumero = (page: Page) => page.getByRole('button', { name: 'Rattacher à ce dossier' });
const confirmerLeDetachement = (page: Page) => page.getByRole('button', { name: 'Détacher le rendez-vous' });
const detacher = (page: Page) => page.getByRole('button', { name: `Détacher ce rendez-vous du dossier n° ${DOSSIER}` });

/** Waits for the page, read again, to hold what is expected: without JavaScript it does not follow by itself. */
async function actualiser(page: Page, verifier: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.reload();
    await verifier();
  }).toPass();
}

for (const sansScript of [false, true]) {
  const comment = sansScript ? 'without JavaScript' : 'with JavaScript';

  test(`A rendez-vous is attached, detached and put back, ${comment}`, async ({ serveur, poste, surveillance }) => {
    // A wrong number is refused on purpose.
    surveillance.attendre(/422/);
    await activer(await poste('admin'), serveur);
    const instructeur = await poste('instructeur', { sansScript });
    const quand = await prendreAilleurs(serveur);
    const liste = await instructeur.ouvrir(`/instructeur/demarches/${DEMARCHE}`);
    const lien = liste.getByRole('link', { name: 'rendez-vous à rattacher (1)' });
    await actualiser(liste, () => expect(lien).toBeVisible({ timeout: 500 }));
    await lien.click();
    await expect(liste).toHaveURL(A_RATTACHER);
    const page = liste;
    const carte = cartes(page).first();
    await expect(carte).toContainText(`Le ${dateHeureLongue(quand)}`);
    await expect(carte).toContainText('KLOK Marlène, m.klok@ailleurs.example');
    await expect(carte).toContainText('Pourquoi : même nom');

    await test.step('A number that is not one, or of nobody’s dossier, is refused beside its field', async () => {
      await numero(page).fill('le mien');
      await parNumero(page).click();
      await attendreRefus(numero(page), /Indiquez un numéro de dossier/);
      await expect(numero(page)).toHaveValue('le mien');
      await numero(page).fill('99999999');
      await parNumero(page).click();
      await attendreRefus(numero(page), /Le dossier n° 99999999 n'existe pas/);
    });

    await test.step('Attached in one gesture, it lives as any other one', async () => {
      await rattacher(page).click();
      await expect(page).toHaveURL(A_RATTACHER);
      await expect(page.getByText(`Vous avez rattaché le rendez-vous du ${dateHeureLongue(quand)} au dossier n° ${DOSSIER}.`).first()).toBeVisible();
      await expect(cartes(page)).toHaveCount(0);
      const boite = await instructeur.ouvrir('/boite-aux-lettres', { vivante: false });
      const courriel = await attendreCourriels(boite, `Confirmation de prise de rendez-vous par l'utilisateur concernant le dossier n°${DOSSIER}`);
      await expect(courriel).toContainText(COMPTES.instructeur);
      const fil = await instructeur.ouvrir(`/instructeur/dossiers/${DOSSIER}/messagerie`);
      await attendreTag(entete(fil), 'RDV pris');
      await expect(messages(fil, 'Rendez-vous pris en visioconférence')).toHaveCount(1);
    });

    await test.step('Undone, it waits again', async () => {
      await annuler(page).click();
      await expect(cartes(page)).toHaveCount(1);
      await expect(annuler(page)).toHaveCount(0);
    });

    await test.step('Attached by its number, then detached from its card, then put back', async () => {
      await numero(page).fill(String(DOSSIER));
      await parNumero(page).click();
      await expect(annuler(page)).toBeVisible();
      await instructeur.aller(page, TOUS);
      await attendreTag(carteRendezVous(page), 'RDV pris');
      await detacher(page).click();
      await confirmerLeDetachement(page).click();
      await expect(carteRendezVous(page)).toHaveCount(0);
      await expect(page.getByText(/Vous avez détaché le rendez-vous du .* du dossier/).first()).toBeVisible();
      await expect(page.getByRole('link', { name: 'Rendez-vous à rattacher' })).toBeVisible();
      await annuler(page).click();
      await attendreTag(carteRendezVous(page), 'RDV pris');
    });

    await test.step('Detached from the thread, the usager is told that nothing is cancelled', async () => {
      const fil = await instructeur.ouvrir(`/instructeur/dossiers/${DOSSIER}/messagerie`);
      await detacher(fil).click();
      await confirmerLeDetachement(fil).click();
      await expect(messages(fil, 'Cette rectification n\'annule aucun rendez-vous.').last()).toBeVisible();
      await attendreTag(entete(fil), null);
      const usager = await poste('usager', { sansScript });
      const sien = await usager.ouvrir(`/dossiers/${DOSSIER}/messagerie`);
      await expect(messages(sien, 'Cette rectification n\'annule aucun rendez-vous.').last()).toBeVisible();
      await attendreTag(entete(sien), null);
    });

    await test.step('What concerns no dossier is set aside, and brought back', async () => {
      await instructeur.aller(page, A_RATTACHER);
      await page.getByRole('button', { name: 'Ce rendez-vous ne concerne aucun dossier' }).click();
      await expect(page.getByRole('heading', { name: 'Mis de côté' })).toBeVisible();
      await expect(numero(page)).toHaveCount(0);
      await page.getByRole('button', { name: 'Remettre parmi les rendez-vous à rattacher' }).click();
      await expect(numero(page)).toHaveCount(1);
    });
  });

  test(`What could not be applied is shown to the administrateur and played again, ${comment}`, async ({ serveur, poste }) => {
    const admin = await poste('admin', { sansScript });
    await activer(admin, serveur);
    await livrerInconnu(serveur);
    const reglage = await admin.ouvrir(`/admin/demarches/${DEMARCHE}/rdv`);
    const lien = reglage.getByRole('link', { name: 'Voir les notifications mises de côté' });
    await actualiser(reglage, () => expect(lien).toBeVisible({ timeout: 500 }));
    await lien.click();
    const page = reglage;
    await expect(page).toHaveURL(`/admin/demarches/${DEMARCHE}/rdv/notifications`);
    const carte = cartes(page).first();
    await expect(carte).toContainText('Rendez-vous modifié');
    await expect(carte).toContainText('1 essai');
    await expect(carte).toContainText("une valeur que cette version ne connaît pas encore : l'état du rendez-vous.");
    await expect(carte).not.toContainText('Klok');
    for (const [bouton, essais] of [[/^Rejouer/, 2], [/^Tout rejouer/, 3]] as const) {
      await page.getByRole('button', { name: bouton }).first().click();
      await actualiser(page, () => expect(carte).toContainText(`${essais} essais`, { timeout: 500 }));
    }
  });
}

test('Two instructeurs on one rendez-vous: the page of each follows', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  const [une, autre]: Poste[] = await Promise.all([poste('instructeur'), poste('instructeur')]);
  const page = await une.ouvrir(A_RATTACHER);
  const ailleurs = await autre.ouvrir(A_RATTACHER);
  const liste = await autre.ouvrir(`/instructeur/demarches/${DEMARCHE}`);
  await expect(page.getByText("Aucun rendez-vous à venir n'attend d'être rattaché.")).toBeVisible();
  await prendreAilleurs(serveur);
  await expect(cartes(page)).toHaveCount(1);
  await expect(liste.getByRole('link', { name: 'rendez-vous à rattacher (1)' })).toBeVisible();
  // What is being typed stays while another one arrives.
  await numero(ailleurs).fill('1760');
  await prendreAilleurs(serveur, 9);
  await expect(cartes(ailleurs)).toHaveCount(2);
  await expect(numero(ailleurs).first()).toHaveValue('1760');
  await numero(page).first().fill(String(AUTRE));
  await parNumero(page).first().click();
  await expect(cartes(ailleurs)).toHaveCount(1);
  await attendreTag(ligne(liste, AUTRE), 'RDV pris');
  await expect(liste.getByRole('link', { name: 'rendez-vous à rattacher (1)' })).toBeVisible();
});
