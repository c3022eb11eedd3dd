// The five steps of the deck with the keyboard alone, and where the focus is when a page changes under it.
import { atteindre, presser } from './outils/clavier';
import { expect, test, type Page } from './outils/essai';
import { MARLENE, creneau, prendreRendezVous } from './outils/plateforme';
import type { Locator } from '@playwright/test';
import {
  attendreTag,
  carte,
  carteRendezVous,
  champMessage,
  complement,
  DEMARCHE,
  DOSSIER,
  entete,
  lienRendezVous,
  ligne,
  messages,
  onglet,
  proposer,
  tuile,
  urlAgenda,
  valider,
  visio,
} from './outils/reperes';

test('The five steps of the deck are played with the keyboard alone', async ({ serveur, poste }) => {
  test.setTimeout(180_000);
  const [admin, instructeur, usager] = await Promise.all([poste('admin'), poste('instructeur'), poste('usager')]);
  const gestion = await admin.ouvrir(`/admin/demarches/${DEMARCHE}`);
  const dossier = await instructeur.ouvrir(`/instructeur/dossiers/${DOSSIER}/messagerie`);
  const liste = await instructeur.ouvrir(`/instructeur/demarches/${DEMARCHE}`);
  const fil = await usager.ouvrir('/dossiers');

  await test.step('1. The administrateur switches the feature on', async () => {
    await presser(tuile(gestion, 'RDV Service Public').getByRole('link'));
    const active = gestion.getByRole('checkbox', { name: /Autoriser/ });
    await focusGarde(gestion);
    await presser(active, 'Space');
    await expect(active).toBeChecked();
    await atteindre(urlAgenda(gestion));
    await gestion.keyboard.type(serveur.agenda);
    await presser(gestion.getByRole('button', { name: 'Enregistrer', exact: true }));
    await expect(gestion.getByText('Les réglages sont enregistrés.').first()).toBeVisible();
    await focusGarde(gestion);
  });

  await test.step('2. The instructeur proposes a rendez-vous', async () => {
    await presser(proposer(dossier));
    await atteindre(complement(dossier));
    await dossier.keyboard.type('Apportez le plan.');
    // The row under the focus changes, the focus stays.
    const numero = ligne(liste).getByRole('link').first();
    await atteindre(numero);
    await presser(valider(dossier));
    await attendreTag(entete(dossier), 'RDV proposé');
    await focusGarde(dossier);
    await attendreTag(ligne(liste), 'RDV proposé');
    await expect(numero).toBeFocused();
  });

  await test.step('3. The usager books', async () => {
    await attendreTag(carte(fil), 'RDV proposé');
    await presser(carte(fil).getByRole('link', { name: 'messagerie' }));
    await expect(messages(fil, 'je vous propose')).toBeVisible();
    await focusGarde(fil);
    const lien = messages(fil, 'je vous propose').getByRole('link', { name: serveur.agenda });
    const plateforme = await ouvrir(lien);
    await expect(lien).toBeFocused();
    await atteindre(champMessage(fil));
    await fil.keyboard.type('Bonjour, ');
    await prendreRendezVous(plateforme, 'visio', MARLENE, creneau('15h30', 'jeudi'));
    await attendreTag(entete(fil), 'RDV pris');
    await expect(champMessage(fil)).toBeFocused();
    await fil.keyboard.type('à jeudi.');
    await expect(champMessage(fil)).toHaveValue('Bonjour, à jeudi.');
    await presser(onglet(fil, 'Rendez-vous'));
    await expect(fil.getByRole('main')).toContainText('Votre prochain rendez-vous :');
    await focusGarde(fil);
  });

  await test.step('4. The instructeur hears of it', async () => {
    await attendreTag(ligne(liste), 'RDV pris');
    await expect(ligne(liste).getByRole('link').first()).toBeFocused();
    await presser(lienRendezVous(liste));
    await attendreTag(carteRendezVous(liste), 'RDV pris');
    await focusGarde(liste);
  });

  await test.step('5. Both reach the same video room', async () => {
    const une = await ouvrir(visio(carteRendezVous(liste)));
    const autre = await ouvrir(visio(fil).first());
    await expect(une.getByRole('heading', { level: 1 })).toHaveText('Salle de visioconférence');
    expect(une.url()).toBe(autre.url());
  });
});

/** Follows with the keyboard a link that opens a new tab. */
async function ouvrir(lien: Locator): Promise<Page> {
  const ouverte = lien.page().context().waitForEvent('page');
  await presser(lien);
  const page = await ouverte;
  await page.waitForLoadState();
  return page;
}

/** The focus is on something of the page: the next press of the tabulation key goes on from there. */
async function focusGarde(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName ?? 'BODY')).not.toBe('BODY');
}
