// The five steps of the deck, with the keyboard, as a screen reader says them. What Orca was given to say is read from
// its own journal (ORCA_JOURNAL) and written, step by step, to the file ECOUTE.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test, type Page } from '../outils/essai';
import { MARLENE, creneau, prendreRendezVous } from '../outils/plateforme';
import {
  attendreTag,
  carte,
  carteRendezVous,
  champMessage,
  complement,
  DEMARCHE,
  DOSSIER,
  entete,
  envoyer,
  lienRendezVous,
  onglet,
  proposer,
  tuile,
  urlAgenda,
  valider,
} from '../outils/reperes';
import type { Locator } from '@playwright/test';

const JOURNAL = process.env.ORCA_JOURNAL ?? '';
const SORTIE = process.env.ECOUTE ?? '';
/** Long enough for Orca to hear of what happened and to speak; it has no sound to wait for. */
const SILENCE_MS = 2_500;

const transcription: string[] = [];
let lu = 0;

/** What was said since the last time. */
function entendu(): string[] {
  const journal = readFileSync(JOURNAL, 'utf8');
  const nouveau = journal.slice(lu);
  lu = journal.length;
  return [...nouveau.matchAll(/SPEECH OUTPUT: '(.*?)'(?: ACSS.*| \{.*)?$/gms)].map(([, phrase]) => phrase.replaceAll('\n', ' ').trim()).filter(Boolean);
}

async function ecouter(page: Page, quoi: string, agir: () => Promise<void>): Promise<void> {
  await page.bringToFront();
  await page.waitForTimeout(1_000);
  entendu();
  await agir();
  await page.waitForTimeout(SILENCE_MS);
  transcription.push(`### ${quoi}`, '', ...entendu().map((phrase) => `> ${phrase}`), '');
  writeFileSync(SORTIE, transcription.join('\n'));
}

/** Goes to `cible` with the tabulation key, from where the focus is. */
async function atteindre(cible: Locator): Promise<void> {
  const page = cible.page();
  await expect(cible).toBeVisible();
  for (let combien = 0; combien < 200; combien += 1) {
    if (await cible.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
    await page.waitForTimeout(150);
  }
  throw new Error(`Le clavier n'atteint pas ${cible}`);
}

async function presser(cible: Locator, touche = 'Enter'): Promise<void> {
  await atteindre(cible);
  await cible.page().keyboard.press(touche);
}

test('The five steps, heard', async ({ serveur, poste }) => {
  const [admin, instructeur, usager] = [await poste('admin'), await poste('instructeur'), await poste('usager')];

  const gestion = await admin.ouvrir(`/admin/demarches/${DEMARCHE}`);
  await ecouter(gestion, "1. L'administrateur active la fonctionnalité", async () => {
    await presser(tuile(gestion, 'RDV Service Public').getByRole('link'));
    await presser(gestion.getByRole('checkbox', { name: /Autoriser/ }), 'Space');
    await atteindre(urlAgenda(gestion));
    await gestion.keyboard.type(serveur.agenda);
    await presser(gestion.getByRole('button', { name: 'Enregistrer', exact: true }));
    await expect(gestion.getByText('Les réglages sont enregistrés.').first()).toBeVisible();
  });

  const mesDossiers = await usager.ouvrir('/dossiers');
  const dossier = await instructeur.ouvrir(`/instructeur/dossiers/${DOSSIER}/messagerie`);
  await ecouter(dossier, "2. L'instructeur propose un rendez-vous", async () => {
    await presser(proposer(dossier));
    await atteindre(complement(dossier));
    await dossier.keyboard.type('Apportez le plan.');
    await presser(valider(dossier));
    await attendreTag(entete(dossier), 'RDV proposé');
  });

  await ecouter(mesDossiers, "3. L'usager ouvre la messagerie depuis « Mes dossiers »", async () => {
    await presser(carte(mesDossiers).getByRole('link', { name: 'messagerie' }));
    await expect(champMessage(mesDossiers)).toBeVisible();
  });
  const plateforme = await usager.ouvrir('/dossiers', { vivante: false });
  await plateforme.goto(serveur.agenda);
  await ecouter(mesDossiers, "3. L'usager écrit pendant que son rendez-vous arrive", async () => {
    await atteindre(champMessage(mesDossiers));
    await mesDossiers.keyboard.type('Bonjour, ');
    await prendreRendezVous(plateforme, 'visio', MARLENE, creneau('15h30', 'jeudi'));
    await mesDossiers.bringToFront();
    await attendreTag(entete(mesDossiers), 'RDV pris');
  });
  await ecouter(mesDossiers, "3. L'usager envoie un message vide, puis le sien", async () => {
    await champMessage(mesDossiers).fill('');
    await presser(envoyer(mesDossiers));
    await expect(mesDossiers.getByText('Ce champ doit être rempli.').first()).toBeVisible();
    await mesDossiers.keyboard.type('À jeudi.');
    await presser(envoyer(mesDossiers));
    await expect(champMessage(mesDossiers)).toHaveValue('');
  });
  await ecouter(mesDossiers, "3. L'usager ouvre l'onglet « Rendez-vous », où son rendez-vous est déplacé", async () => {
    await presser(onglet(mesDossiers, 'Rendez-vous'));
    await expect(mesDossiers.getByRole('main')).toContainText('Votre prochain rendez-vous');
    const [premier] = await serveur.bac.rendezVous();
    await serveur.bac.changer(premier, 'move');
  });

  const liste = await instructeur.ouvrir(`/instructeur/demarches/${DEMARCHE}`);
  await ecouter(liste, "4. L'instructeur lit sa liste et ouvre « rendez-vous avec les usagers »", async () => {
    await presser(lienRendezVous(liste));
    await attendreTag(carteRendezVous(liste), 'RDV pris');
  });
  await ecouter(liste, '5. Le lien de la visioconférence', async () => {
    await atteindre(carteRendezVous(liste).getByRole('link', { name: 'rejoindre la visioconférence' }));
  });
});
