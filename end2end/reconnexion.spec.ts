// A connection that is lost comes back by itself, and the page catches up without a reload.
import { Coupure } from './outils/coupure';
import { COMPTES, expect, test } from './outils/essai';
import { dateHeure, instantAParis, jourOuvre } from './outils/francais';
import { activer, proposer } from './outils/raccourcis';
import {
  attendreSansRechargement,
  attendreTag,
  carte,
  champMessage,
  DOSSIER,
  entete,
  ligne,
  marquer,
  messages,
  onglet,
  DEMARCHE,
} from './outils/reperes';

/** Waits between two tries grow: a page may take so long to come back. */
const RETOUR = { timeout: 40_000 };

test('What happened while the network was cut shows once it is back', async ({ serveur, poste, surveillance }) => {
  surveillance.attendre(/ERR_(CONNECTION|EMPTY|INCOMPLETE|SOCKET)/);
  test.setTimeout(90_000);
  const reseau = await Coupure.devant(serveur.url);
  const instructeur = await poste('instructeur');
  const usager = await poste('usager', { url: reseau.url });
  await activer(await poste('admin'), serveur);
  const messagerie = await usager.ouvrir(`/dossiers/${DOSSIER}/messagerie`);
  const mesDossiers = await usager.ouvrir('/dossiers');
  await Promise.all([messagerie, mesDossiers].map(marquer));
  await champMessage(messagerie).fill('Commencé avant la coupure');

  await reseau.couper();
  await proposer(instructeur);
  await champMessage(messagerie).pressSequentially(', continué pendant');
  await attendreTag(entete(messagerie), null);
  await reseau.retablir();

  await expect(messages(messagerie, 'je vous propose')).toBeVisible(RETOUR);
  await expect(carte(mesDossiers)).toContainText('Vous êtes invité(e) à prendre un rendez-vous', RETOUR);
  await attendreTag(entete(messagerie), 'RDV proposé');
  await expect(champMessage(messagerie)).toHaveValue('Commencé avant la coupure, continué pendant');

  // Live again, not just once.
  const horaire = jourOuvre(5);
  await serveur.bac.prendre({ motif_id: 501, starts_at: horaire, email: COMPTES.usager });
  const pris = `Rendez-vous pris en visioconférence le ${dateHeure(instantAParis(horaire))}`;
  await expect(messages(messagerie, pris)).toBeVisible();
  await attendreSansRechargement(messagerie, mesDossiers);
  await messagerie.context().close();
  await reseau.couper();
});

test('A tab that could not be read says so, and shows what it holds once the network is back', async ({
  serveur,
  poste,
  surveillance,
}) => {
  surveillance.attendre(/ERR_(CONNECTION|EMPTY|INCOMPLETE|SOCKET)/);
  const reseau = await Coupure.devant(serveur.url);
  const page = await (await poste('usager', { url: reseau.url })).ouvrir(`/dossiers/${DOSSIER}/demande`);
  await marquer(page);
  await reseau.couper();
  await onglet(page, 'Messagerie').click();
  const alerte = page.getByRole('alert').filter({ hasText: "Cette rubrique n'a pas pu être affichée." });
  await expect(alerte).toContainText('Vérifiez votre connexion, puis réessayez.');
  await reseau.retablir();
  await expect(champMessage(page)).toBeVisible(RETOUR);
  await expect(alerte).toHaveCount(0);
  await expect(onglet(page, 'Messagerie')).toHaveAttribute('aria-current', 'page');

  // What is shown then is live, as anything else.
  await activer(await poste('admin'), serveur);
  await proposer(await poste('instructeur'));
  await expect(messages(page, 'je vous propose')).toBeVisible(RETOUR);
  await attendreSansRechargement(page);
  await page.context().close();
  await reseau.couper();
});

test('A page that could not be read says so, and comes once the network is back', async ({ serveur, poste, surveillance }) => {
  surveillance.attendre(/ERR_(CONNECTION|EMPTY|INCOMPLETE|SOCKET)/);
  const reseau = await Coupure.devant(serveur.url);
  const page = await (await poste('usager', { url: reseau.url })).ouvrir(`/dossiers/${DOSSIER}/demande`);
  await marquer(page);
  await reseau.couper();
  await page.getByRole('main').getByRole('link', { name: 'Mes dossiers' }).click();
  const titre = page.getByRole('heading', { level: 1 });
  await expect(titre).toHaveText("Cette page n'a pas pu être affichée");
  await expect(page.getByRole('link', { name: 'Réessayer' })).toHaveAttribute('href', '/dossiers');
  await reseau.retablir();
  await expect(titre).toHaveText('Mes dossiers', RETOUR);
  await expect(page).toHaveURL(/\/dossiers$/);
  await expect(carte(page)).toBeVisible();
  await attendreSansRechargement(page);
  await page.context().close();
  await reseau.couper();
});

test('A booking made while the application was stopped is shown once it runs again', async ({ serveur, poste, surveillance }) => {
  surveillance.attendre(/ERR_(CONNECTION|EMPTY|INCOMPLETE|SOCKET)/);
  test.setTimeout(90_000);
  const [instructeur, usager] = await Promise.all([poste('instructeur'), poste('usager')]);
  await activer(await poste('admin'), serveur);
  await proposer(instructeur);
  const liste = await instructeur.ouvrir(`/instructeur/demarches/${DEMARCHE}`);
  const mesDossiers = await usager.ouvrir('/dossiers');
  await Promise.all([liste, mesDossiers].map(marquer));

  await serveur.eteindre();
  await serveur.bac.prendre({ motif_id: 501, starts_at: jourOuvre(4), email: COMPTES.usager });
  await serveur.rallumer();

  await expect(ligne(liste)).toContainText(/RDV pris/i, RETOUR);
  await expect(carte(mesDossiers)).toContainText('Vous avez rendez-vous avec un instructeur', RETOUR);
  await attendreSansRechargement(liste, mesDossiers);
});

test('Notifications sent twice and out of order leave the right state, said once', async ({ serveur, poste }) => {
  const [instructeur, usager] = await Promise.all([poste('instructeur'), poste('usager')]);
  await activer(await poste('admin'), serveur);
  await proposer(instructeur);
  const messagerie = await usager.ouvrir(`/dossiers/${DOSSIER}/messagerie`);

  await serveur.bac.mode({ hold: true });
  const rdv = await serveur.bac.prendre({ motif_id: 501, starts_at: jourOuvre(3), email: COMPTES.usager });
  await serveur.bac.changer(rdv, 'cancel');
  const notifications = (await serveur.bac.notifications()).map(({ id }) => id).sort((a, b) => a - b);
  for (const id of [...notifications].reverse()) await serveur.bac.rejouer(id);
  for (const id of notifications) await serveur.bac.rejouer(id);

  await attendreTag(entete(messagerie), 'RDV annulé');
  await expect(messages(messagerie, 'Vous avez annulé votre rendez-vous')).toHaveCount(1);
});
