// Pages that are kept up to date in place: what is typed or open is the person's, whatever happens around it.
import { Coupure } from './outils/coupure';
import { COMPTES, expect, test } from './outils/essai';
import { jourOuvre } from './outils/francais';
import { activer, proposer } from './outils/raccourcis';
import {
  attendreSansRechargement,
  attendreTag,
  carte,
  carteRendezVous,
  champMessage,
  DEMARCHE,
  DOSSIER,
  entete,
  envoyer,
  ligne,
  marquer,
  messages,
} from './outils/reperes';

/** Other dossiers of the démarche. */
const AUTRE = 18049239;
const SUR_PLACE = 18051790;

/** Waits between two tries grow: a page may take so long to come back. */
const RETOUR = { timeout: 40_000 };

test('A form posted while the network is cut keeps its text, and is one act once it is back', async ({ serveur, poste, surveillance }) => {
  surveillance.attendre(/ERR_(CONNECTION|EMPTY|INCOMPLETE|SOCKET)/);
  const reseau = await Coupure.devant(serveur.url);
  await activer(await poste('admin'), serveur);
  const page = await (await poste('usager', { url: reseau.url })).ouvrir(`/dossiers/${DOSSIER}/messagerie`);
  await champMessage(page).fill('Pendant la coupure');
  await reseau.couper();
  await envoyer(page).click();
  await expect(page.getByRole('alert')).toContainText('Vérifiez votre connexion, puis réessayez.');
  await expect(champMessage(page)).toHaveValue('Pendant la coupure');
  await reseau.retablir();
  await proposer(await poste('instructeur'));
  await expect(messages(page, 'je vous propose')).toBeVisible(RETOUR);
  await expect(page.getByRole('alert')).toContainText('Vérifiez votre connexion, puis réessayez.');
  await envoyer(page).click();
  await expect(messages(page, 'Pendant la coupure')).toHaveCount(1);
  await expect(champMessage(page)).toHaveValue('');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.context().close();
  await reseau.couper();
});

test('What is open over the page stays open while the page changes, with why it was refused', async ({ serveur, poste, surveillance }) => {
  surveillance.attendre(/422/);
  await activer(await poste('admin'), serveur);
  const usager = await poste('usager');
  const page = await usager.ouvrir(`/dossiers/${DOSSIER}/resume`);
  const liste = await usager.ouvrir('/dossiers');
  await page.getByRole('button', { name: 'Inviter une personne à modifier ce dossier' }).click();
  const adresse = page.getByLabel(/^Adresse électronique/);
  await adresse.fill('pas une adresse');
  await carte(liste).getByRole('button', { name: /^Actions/ }).click();
  await carte(liste).getByRole('button', { name: 'Supprimer le dossier' }).click();
  await proposer(await poste('instructeur'));
  await attendreTag(entete(page), 'RDV proposé');
  await attendreTag(carte(liste), 'RDV proposé');
  await expect(liste.getByRole('dialog')).toBeVisible();
  await expect(adresse).toBeVisible();
  await expect(adresse).toBeFocused();
  await page.getByRole('button', { name: "Envoyer l'invitation" }).click();
  await expect(adresse).toHaveAttribute('aria-invalid', 'true');
  await expect(adresse).toBeFocused();
  await serveur.bac.prendre({ motif_id: 501, starts_at: jourOuvre(3), email: COMPTES.usager });
  await attendreTag(entete(page), 'RDV pris');
  await expect(adresse).toHaveAttribute('aria-invalid', 'true');
  await expect(adresse).toHaveValue('pas une adresse');
  await page.getByRole('link', { name: 'Annuler' }).click();
  await expect(adresse).toBeHidden();
  await page.getByRole('button', { name: 'Inviter une personne à modifier ce dossier' }).click();
  await expect(adresse).not.toHaveAttribute('aria-invalid', 'true');
  await adresse.fill(COMPTES.jules);
  await page.getByRole('button', { name: "Envoyer l'invitation" }).click();
  await expect(page.getByText("L'invitation est envoyée.").first()).toBeVisible();
  await expect(adresse).toBeHidden();
  await expect(page.locator('.rdv-annonces')).toContainText("L'invitation est envoyée.");
  await liste.keyboard.press('Escape');
  await expect(liste.getByRole('dialog')).toBeHidden();
});

test('What is ticked in the list is counted, stays while the list changes, and is let go once it is done', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  const instructeur = await poste('instructeur');
  const page = await instructeur.ouvrir(`/instructeur/demarches/${DEMARCHE}`);
  await marquer(page);
  const toutes = page.locator('#tout-cocher');
  const celle = page.locator(`#choix-${DOSSIER}`);
  const suivre = page.getByRole('button', { name: 'Suivre les dossiers' });
  const combien = page.locator('.rdv-outils__coches');
  const onglet = page.getByRole('link', { name: /au total$/ });
  await onglet.click();
  await expect(onglet).toHaveAttribute('aria-current', 'page');
  await expect(suivre).toBeDisabled();
  await toutes.check({ force: true });
  await expect(combien).toHaveText(/^\d+ dossiers cochés$/);
  await celle.uncheck({ force: true });
  await expect(toutes).not.toBeChecked();
  await toutes.check({ force: true });
  await toutes.uncheck({ force: true });
  await expect(combien).toBeEmpty();
  await expect(suivre).toBeDisabled();
  await celle.check({ force: true });
  await expect(combien).toHaveText('1 dossier coché');
  await proposer(instructeur, AUTRE);
  await attendreTag(ligne(page, AUTRE), 'RDV proposé');
  await expect(celle).toBeChecked();
  await expect(combien).toHaveText('1 dossier coché');
  await suivre.click();
  await expect(page.getByText('1 dossier est maintenant suivi par vous.').first()).toBeVisible();
  await expect(celle).not.toBeChecked();
  await expect(suivre).toBeDisabled();
  await attendreSansRechargement(page);
});

test('A search in the list is taken back as it was made, without loading the page again', async ({ poste }) => {
  const page = await (await poste('instructeur')).ouvrir(`/instructeur/demarches/${DEMARCHE}`);
  await marquer(page);
  const recherche = page.getByRole('main').getByRole('searchbox');
  await recherche.fill('laureen');
  await recherche.press('Enter');
  await expect(ligne(page)).toHaveCount(0);
  await expect(page.locator('.rdv-annonces')).toContainText(/^Liste mise à jour/);
  await expect(recherche).toHaveValue('laureen');
  await page.getByRole('link', { name: 'Effacer la recherche et les filtres' }).click();
  await expect(ligne(page)).toBeVisible();
  await expect(recherche).toHaveValue('');
  await page.goBack();
  await expect(recherche).toHaveValue('laureen');
  await attendreSansRechargement(page);
});

test('What is searched is searched in the tab that one came to meanwhile', async ({ poste }) => {
  const page = await (await poste('instructeur')).ouvrir(`/instructeur/demarches/${DEMARCHE}`);
  await marquer(page);
  const recherche = page.getByRole('main').getByRole('searchbox');
  await recherche.fill('marlène');
  const onglet = page.getByRole('link', { name: /à suivre$/ });
  await onglet.click();
  await expect(onglet).toHaveAttribute('aria-current', 'page');
  const tab = new URL(page.url()).searchParams.get('onglet');
  expect(tab).toBeTruthy();
  await expect(recherche).toHaveValue('marlène');
  await recherche.press('Enter');
  await expect(page).toHaveURL((url) => url.searchParams.get('q') === 'marlène');
  expect(new URL(page.url()).searchParams.get('onglet')).toBe(tab);
  await attendreSansRechargement(page);
});

test('What was sent from a tab is not in its form any more once one is led to another', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  const page = await (await poste('instructeur')).ouvrir(`/instructeur/dossiers/${DOSSIER}/demande`);
  await marquer(page);
  const ouvrir = page.getByRole('button', { name: 'Proposer un rendez-vous' });
  const complement = page.locator('#complement');
  await ouvrir.click();
  await complement.fill('Apportez vos statuts.');
  await page.getByRole('button', { name: 'Valider' }).click();
  await expect(messages(page, 'Apportez vos statuts.')).toBeVisible();
  await attendreTag(entete(page), 'RDV proposé');
  await ouvrir.click();
  await expect(complement).toBeVisible();
  await expect(complement).toHaveValue('');
  await attendreSansRechargement(page);
});

test('What an instructeur does is read out, and a rendez-vous stays new as long as its page is open', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  const instructeur = await poste('instructeur');
  const page = await instructeur.ouvrir(`/instructeur/dossiers/${DOSSIER}/demande`);
  await page.getByRole('button', { name: 'Suivre le dossier' }).click();
  await expect(page.locator('.rdv-annonces')).toContainText('Vous suivez ce dossier.');
  await expect(page.getByRole('button', { name: 'Ne plus suivre' })).toBeFocused();
  await proposer(instructeur);
  await serveur.bac.prendre({ motif_id: 501, starts_at: jourOuvre(3), email: COMPTES.usager });
  await attendreTag(entete(page), 'RDV pris');
  const tous = await instructeur.ouvrir(`/instructeur/demarches/${DEMARCHE}/rendez-vous`);
  const nouveau = carteRendezVous(tous).getByText('nouveau', { exact: true });
  await expect(nouveau).toBeVisible();
  await proposer(instructeur, SUR_PLACE);
  await serveur.bac.prendre({ motif_id: 502, starts_at: jourOuvre(9, '11:00'), email: COMPTES.jules });
  await expect(tous.getByRole('article')).toHaveCount(2);
  await expect(nouveau).toBeVisible();
});
