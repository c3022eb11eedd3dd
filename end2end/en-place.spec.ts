// Pages that are kept up to date in place: what is typed or open is the person's, whatever happens around it.
import { Coupure } from './outils/coupure';
import { COMPTES, expect, test } from './outils/essai';
import { jourOuvre } from './outils/francais';
import { activer, proposer } from './outils/raccourcis';
import { attendreTag, carte, champMessage, DOSSIER, entete, envoyer, messages } from './outils/reperes';

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
