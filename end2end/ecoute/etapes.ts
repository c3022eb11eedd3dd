// The five steps of the deck, with the keyboard, as a screen reader says them (bin/ecoute). What Orca was given to say is
// read from its own journal (ORCA_JOURNAL) and written, step by step, to the file ECOUTE.
import { writeFileSync } from 'node:fs';
import { atteindre as atteindreAvec, presser as presserAvec } from '../outils/clavier';
import { COMPTES, expect, test, type Page } from '../outils/essai';
import { jourOuvre } from '../outils/francais';
import { Orca } from '../outils/orca';
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

const VISIO = 501;
const SORTIE = process.env.ECOUTE ?? '';

const orca = new Orca(process.env.ORCA_JOURNAL ?? '');
const transcription: string[] = [];

/** Writes what is said while `agir` happens, in the window of `page`. */
async function ecouter(page: Page, quoi: string, agir: () => Promise<void>): Promise<void> {
  await page.bringToFront();
  await orca.finir(page);
  orca.oublier();
  try {
    await agir();
    await orca.finir(page);
  } finally {
    transcription.push(`### ${quoi}`, '', ...orca.entendu().flatMap((phrase) => [`> ${phrase}`, '>']).slice(0, -1), '');
    writeFileSync(SORTIE, transcription.join('\n'));
  }
}

const atteindre = (cible: Locator) => atteindreAvec(cible, orca.frapper);
const presser = (cible: Locator, touche?: string) => presserAvec(cible, touche, orca.frapper);

test('The five steps, heard', async ({ serveur, poste, surveillance }) => {
  surveillance.attendre(/\b422\b/);
  const [admin, instructeur, usager] = [await poste('admin'), await poste('instructeur'), await poste('usager')];
  const ouvrir = async (qui: typeof admin, chemin: string, quoi: string): Promise<Page> => {
    const page = await qui.contexte.newPage();
    await ecouter(page, quoi, () => orca.aller(page, `${serveur.url}${chemin}`));
    return page;
  };

  const gestion = await ouvrir(admin, `/admin/demarches/${DEMARCHE}`, "1. L'administrateur ouvre sa démarche");
  await ecouter(gestion, '1. Il ouvre « RDV Service Public »', async () => {
    await presser(tuile(gestion, 'RDV Service Public').getByRole('link'));
  });
  await ecouter(gestion, '1. Il active la fonctionnalité', async () => {
    await presser(gestion.getByRole('checkbox', { name: /Autoriser/ }), 'Space');
    await atteindre(urlAgenda(gestion));
    await orca.taper(gestion, serveur.agenda);
    await presser(gestion.getByRole('button', { name: 'Enregistrer', exact: true }));
    await expect(gestion.getByText('Les réglages sont enregistrés.').first()).toBeVisible();
  });

  const dossier = await ouvrir(instructeur, `/instructeur/dossiers/${DOSSIER}/messagerie`, "2. L'instructeur ouvre la messagerie du dossier");
  await ecouter(dossier, '2. Il propose un rendez-vous', async () => {
    await presser(proposer(dossier));
    await atteindre(complement(dossier));
    await orca.taper(dossier, 'Apportez le plan.');
    await presser(valider(dossier));
    await attendreTag(entete(dossier), 'RDV proposé');
  });

  const fil = await ouvrir(usager, '/dossiers', "3. L'usager ouvre « Mes dossiers »");
  await ecouter(fil, '3. Il va à la messagerie', async () => {
    await presser(carte(fil).getByRole('link', { name: 'messagerie' }));
    await expect(champMessage(fil)).toBeVisible();
  });
  await ecouter(fil, '3. Il se fait lire le fil', () => orca.lire(fil));
  let rdv = 0;
  await ecouter(fil, '3. Il écrit pendant que son rendez-vous arrive', async () => {
    await atteindre(champMessage(fil));
    await orca.taper(fil, 'Bonjour, ');
    rdv = await serveur.bac.prendre({ motif_id: VISIO, starts_at: jourOuvre(3), email: COMPTES.usager });
    await attendreTag(entete(fil), 'RDV pris');
    await orca.attendre(fil, /pris/);
  });
  await ecouter(fil, '3. Son rendez-vous est déplacé', async () => {
    await serveur.bac.changer(rdv, 'reschedule', { starts_at: jourOuvre(4) });
    await orca.attendre(fil, /déplacé/);
  });
  await ecouter(fil, '3. Il envoie un message vide, puis le sien', async () => {
    await orca.frapper(fil, 'ctrl+a');
    await orca.frapper(fil, 'Delete');
    await presser(envoyer(fil));
    await expect(fil.getByText('Ce champ doit être rempli.').first()).toBeVisible();
    await orca.taper(fil, 'Merci.');
    await presser(envoyer(fil));
    await expect(champMessage(fil)).toHaveValue('');
  });
  await ecouter(fil, "3. Il ouvre l'onglet « Rendez-vous »", async () => {
    await presser(onglet(fil, 'Rendez-vous'));
    await expect(fil.getByRole('main')).toContainText('Votre prochain rendez-vous');
  });
  await ecouter(fil, "3. Il se fait lire l'onglet", () => orca.lire(fil));
  await ecouter(fil, '3. Son rendez-vous y est déplacé', async () => {
    await serveur.bac.changer(rdv, 'reschedule', { starts_at: jourOuvre(5) });
    await orca.attendre(fil, /déplacé/);
  });

  const liste = await ouvrir(instructeur, `/instructeur/demarches/${DEMARCHE}`, "4. L'instructeur ouvre la liste de ses dossiers");
  await ecouter(liste, '4. Il ouvre « rendez-vous avec les usagers »', async () => {
    await presser(lienRendezVous(liste));
    await attendreTag(carteRendezVous(liste), 'RDV pris');
  });
  await ecouter(liste, '4. Il se fait lire la page', () => orca.lire(liste));
  await ecouter(liste, '5. Il va au lien de la visioconférence', async () => {
    await atteindre(carteRendezVous(liste).getByRole('link', { name: 'rejoindre la visioconférence' }));
  });
  await ecouter(liste, '5. Le rendez-vous est annulé par son usager', async () => {
    await serveur.bac.changer(rdv, 'cancel');
    await orca.attendre(liste, /à venir|annulé/);
  });
  await ecouter(dossier, "5. Un autre est pris pendant que l'instructeur lit la messagerie", async () => {
    rdv = await serveur.bac.prendre({ motif_id: VISIO, starts_at: jourOuvre(6), email: COMPTES.usager });
    await orca.attendre(dossier, /pris/);
  });
  const retour = await ouvrir(usager, '/dossiers', "5. L'usager revient à « Mes dossiers »");
  await ecouter(retour, '5. Son rendez-vous y est déplacé', async () => {
    await serveur.bac.changer(rdv, 'reschedule', { starts_at: jourOuvre(7) });
    await orca.attendre(retour, /déplacé/);
  });
  await ecouter(retour, '5. Son rendez-vous y est annulé par le service', async () => {
    await serveur.bac.changer(rdv, 'revoke');
    await orca.attendre(retour, /annulé/);
  });
});
