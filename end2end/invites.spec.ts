// Inviting somebody to a dossier, opening an account, and the dots of those who follow.
import { COMPTES, expect, test, type Page } from './outils/essai';
import { attendreCourriels, attendreRefus, carte, DEMARCHE, DOSSIER, entete, messages, champMessage, envoyer } from './outils/reperes';

const inviter = (page: Page) => page.getByRole('button', { name: 'Inviter une personne à modifier ce dossier' });
const adresse = (page: Page) => page.getByLabel(/^Adresse électronique/);
const invitee = (page: Page, email: string) =>
  page.getByRole('list', { name: 'Personnes invitées à modifier ce dossier' }).getByRole('listitem').filter({ hasText: email });

for (const sansScript of [false, true]) {
  const comment = sansScript ? ' without JavaScript' : '';

  test(`Somebody invited modifies the dossier until the invitation is withdrawn${comment}`, async ({ poste, surveillance }) => {
    surveillance.attendre(/422|404/);
    const usager = await (await poste('usager', { sansScript })).ouvrir(`/dossiers/${DOSSIER}/resume`);
    await inviter(usager).click();
    await adresse(usager).fill(COMPTES.usager);
    await usager.getByRole('button', { name: "Envoyer l'invitation" }).click();
    await attendreRefus(adresse(usager), /celle de votre compte/);
    await adresse(usager).fill(COMPTES.jules);
    await usager.getByRole('button', { name: "Envoyer l'invitation" }).click();
    await expect(invitee(usager, COMPTES.jules)).toBeVisible();
    await expect(usager.getByText("L'invitation est envoyée.").first()).toBeVisible();

    const invite = await poste('jules', { sansScript });
    const page = await invite.ouvrir('/dossiers');
    await page.getByRole('link', { name: '1 dossier invité' }).click();
    await carte(page).getByRole('link', { name: 'Intitulé démarche test' }).click();
    await expect(entete(page)).toContainText('Vous êtes invité(e) à modifier ce dossier');
    await expect(inviter(page)).toHaveCount(0);
    await page.getByRole('link', { name: 'Modifier le dossier' }).click();
    await page.getByLabel(/^Commune/).fill('Valence');
    await page.getByRole('button', { name: 'Enregistrer les modifications' }).click();
    await expect(page).toHaveURL(`/dossiers/${DOSSIER}/demande`);
    await expect(page.getByText('Vos modifications sont enregistrées.')).toBeVisible();
    await expect(page.getByRole('main')).toContainText('Valence');
    await page.getByRole('link', { name: 'Messagerie' }).click();
    await champMessage(page).fill('J’ai corrigé la commune.');
    await envoyer(page).click();
    await expect(messages(page, 'J’ai corrigé la commune.')).toContainText('Vous');

    // The usager sees at once who wrote; without scripts, on the next page.
    await usager.getByRole('link', { name: 'Messagerie' }).click();
    await expect(messages(usager, 'J’ai corrigé la commune.')).toContainText(`${COMPTES.jules} (personne invitée)`);
    await invitee(usager, COMPTES.jules).locator('summary').click();
    await invitee(usager, COMPTES.jules).getByRole('button', { name: 'Confirmer le retrait' }).click();
    await expect(invitee(usager, COMPTES.jules)).toHaveCount(0);
    if (sansScript) await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page introuvable');
  });

  test(`An account is opened from the mail of an invitation${comment}`, async ({ poste, anonyme, surveillance }) => {
    surveillance.attendre(/401|410|422/);
    const usager = await (await poste('usager', { sansScript })).ouvrir(`/dossiers/${DOSSIER}/resume`);
    await inviter(usager).click();
    await adresse(usager).fill('nouvelle@exemple.fr');
    await usager.getByRole('button', { name: "Envoyer l'invitation" }).click();
    await expect(invitee(usager, 'nouvelle@exemple.fr')).toBeVisible();

    const nouvelle = await anonyme({ sansScript });
    const page = await nouvelle.contexte.newPage();
    const courriel = await attendreCourriels(page, /^Vous êtes invité\(e\) à modifier le dossier/);
    await courriel.getByRole('link', { name: /\/dossiers\// }).click();
    await expect(page).toHaveURL(/\/connexion\?retour=/);
    await page.getByRole('link', { name: 'Créer un compte' }).click();
    // The page left has a field of the same name.
    await expect(page).toHaveURL(/\/creer-un-compte/);
    await adresse(page).fill('nouvelle');
    await page.getByRole('button', { name: 'Recevoir le lien' }).click();
    await attendreRefus(adresse(page), /n'est pas valide/);
    await adresse(page).fill('nouvelle@exemple.fr');
    await page.getByRole('button', { name: 'Recevoir le lien' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Consultez votre messagerie électronique');

    const lien = await attendreCourriels(page, /^Créez votre compte/);
    const adresseDuLien = (await lien.getByRole('link', { name: /\/compte\/lien\// }).getAttribute('href')) ?? '';
    await page.goto(adresseDuLien);
    const motDePasse = page.getByLabel(/^Mot de passe/);
    await motDePasse.fill('trop court');
    await page.getByRole('button', { name: 'Créer mon compte' }).click();
    await attendreRefus(motDePasse, /au moins 12 caractères/);
    await motDePasse.fill('quatre mots sans rapport');
    await page.getByRole('button', { name: 'Créer mon compte' }).click();
    await expect(page).toHaveURL(`/dossiers/${DOSSIER}/demande`);
    await expect(entete(page)).toContainText('Vous êtes invité(e) à modifier ce dossier');
    await page.goto(adresseDuLien);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText("Ce lien n'est plus valable");
  });

  test(`Two administrateurs who save the same text do not overwrite each other${comment}`, async ({ poste, surveillance }) => {
    surveillance.attendre(/409/);
    const chemin = `/admin/demarches/${DEMARCHE}/presentation`;
    const premier = await (await poste('admin', { sansScript })).ouvrir(chemin);
    const second = await (await poste('admin', { sansScript })).ouvrir(chemin);
    const nom = (page: Page) => page.getByLabel(/^Nom de la démarche/);
    await nom(second).fill('Titre du second');
    await nom(premier).fill('Titre du premier');
    await premier.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await expect(premier.getByText('La présentation est enregistrée.').first()).toBeVisible();
    await second.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await expect(second.getByText(/Une autre personne a enregistré des modifications/)).toBeVisible();
    await expect(nom(second)).toHaveValue('Titre du second');
    const actuelles = second.getByRole('region', { name: 'Valeurs actuelles' });
    await expect(actuelles).toContainText('Titre du premier');
    await second.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await expect(second.getByText('La présentation est enregistrée.').first()).toBeVisible();
    await expect(actuelles).toHaveCount(0);
  });
}

test('Whoever follows a dossier sees that it was modified, until they look', async ({ poste }) => {
  const page = await (await poste('instructeur')).ouvrir(`/instructeur/dossiers/${DOSSIER}/messagerie`);
  await page.getByRole('button', { name: /^Suivre le dossier/ }).click();
  await expect(page.getByRole('button', { name: /^Ne plus suivre/ })).toBeVisible();
  const pastille = page.getByTitle('dossier modifié');
  await expect(pastille).toHaveCount(0);
  const usager = await (await poste('usager')).ouvrir(`/dossiers/${DOSSIER}/modifier`, { vivante: false });
  await usager.getByLabel(/^Commune/).fill('Valence');
  await usager.getByRole('button', { name: 'Enregistrer les modifications' }).click();
  await expect(pastille).toBeVisible();
  await page.getByRole('link', { name: /^Demande/ }).click();
  await expect(page.getByRole('main')).toContainText('Valence');
  await expect(pastille).toHaveCount(0);
});
