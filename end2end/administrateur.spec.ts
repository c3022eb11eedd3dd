// The management page of a démarche and the screens of its tiles, with and without scripts.
import { COMPTES, expect, test, type Page } from './outils/essai';
import { activer, proposer } from './outils/raccourcis';
import { attendreCourriels, attendreRefus, DEMARCHE, DOSSIER, TITRE, tuile } from './outils/reperes';

const GESTION = `/admin/demarches/${DEMARCHE}`;
const enregistrer = (page: Page) => page.getByRole('button', { name: 'Enregistrer', exact: true });
const avis = (page: Page, texte: string) => page.getByRole('main').getByText(texte);

for (const sansScript of [false, true]) {
  const comment = sansScript ? 'without JavaScript' : 'with JavaScript';
  const options = { sansScript };

  test(`The management page is drawn as in the deck, ${comment}`, async ({ poste }) => {
    const page = await (await poste('admin', options)).ouvrir(GESTION);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(TITRE);
    await expect(page.getByRole('navigation', { name: /vous êtes ici/ })).toContainText(/Accueil\s*Démarches\s*Intitulé démarche test/);
    await expect(page.getByRole('main')).toContainText('publiée depuis le 11/04/2024', { ignoreCase: true });
    await expect(page.getByRole('heading', { name: 'Gestion de la démarche N° 88 454' })).toBeVisible();
    for (const [titre, badge] of [
      ['Présentation', 'validé'],
      ['Champs du formulaire', 'validé'],
      ['Service', 'validé'],
      ['Administrateurs', 'validé'],
      ['Groupe Instructeurs', 'validé'],
      ['Modifications', 'activé'],
      ['Configuration des emails', 'à configurer'],
      ['Annotations privées', 'validé'],
      ['RDV Service Public', 'désactivé'],
    ] as const) {
      await expect(tuile(page, titre), titre).toContainText(badge, { ignoreCase: true });
    }
    // With a number beside its badge or without, a title stands at the height of its neighbours.
    const haut = async (titre: string) => (await tuile(page, titre).getByRole('heading').boundingBox())?.y;
    expect(await haut('Champs du formulaire')).toBe(await haut('Présentation'));
  });

  test(`A presentation is corrected field by field and kept, ${comment}`, async ({ poste, surveillance }) => {
    surveillance.attendre(/422/);
    const page = await (await poste('admin', options)).ouvrir(`${GESTION}/presentation`);
    const nom = page.getByLabel(/^Nom de la démarche/);
    const description = page.getByLabel(/^Description de la démarche/);
    await expect(nom).toHaveValue(TITRE);
    await nom.fill('   ');
    await description.fill('Une <b>description</b> 🙂');
    await enregistrer(page).click();
    await attendreRefus(nom, /Ce champ doit être rempli\./);
    await expect(description).toHaveValue('Une <b>description</b> 🙂');
    await page.getByRole('link', { name: 'Nom de la démarche', exact: true }).click();
    await nom.fill('é'.repeat(251));
    await enregistrer(page).click();
    await attendreRefus(nom, /ne doit pas dépasser 250 caractères\. Il en compte 251\./);

    await nom.fill('Démarche <i>renommée</i>');
    await enregistrer(page).click();
    await expect(nom).not.toHaveAttribute('aria-invalid', 'true');
    await page.goto(GESTION);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Démarche <i>renommée</i>');
    await tuile(page, 'Modifications').getByRole('link').click();
    await expect(page.getByRole('main')).toContainText('présentation modifiée', { ignoreCase: true });
    await expect(page.getByRole('main')).toContainText(COMPTES.admin);
  });

  test(`Fields are added, moved, changed and deleted, ${comment}`, async ({ poste, surveillance }) => {
    surveillance.attendre(/422/);
    const page = await (await poste('admin', options)).ouvrir(`${GESTION}/champs`);
    const combien = await page.locator('ol.rdv-cartes > li').count();
    const libelle = page.getByLabel(/^Libellé du champ/);
    await libelle.fill('  ');
    await page.getByRole('button', { name: 'Ajouter le champ' }).click();
    await attendreRefus(libelle, /Ce champ doit être rempli/);
    await libelle.fill('Couleur <b>préférée</b> 🙂');
    await page.getByLabel(/^Type de champ/).selectOption('Choix dans une liste');
    await page.getByRole('button', { name: 'Ajouter le champ' }).click();
    await attendreRefus(page.getByLabel(/^Choix proposés/), /Ce champ doit être rempli/);
    await page.getByLabel(/^Choix proposés/).fill('Bleu\nBlanc\nRouge');
    await page.getByRole('button', { name: 'Ajouter le champ' }).click();
    const cartes = page.locator('ol.rdv-cartes > li');
    await expect(cartes).toHaveCount(combien + 1);
    const nouvelle = cartes.filter({ hasText: 'Couleur <b>préférée</b> 🙂' });
    await expect(nouvelle).toContainText('Choix dans une liste');
    await expect(cartes.last()).toContainText('Couleur');
    await nouvelle.getByRole('button', { name: /^Monter/ }).click();
    await expect(cartes.nth(combien - 1)).toContainText('Couleur');
    await nouvelle.getByRole('link', { name: /^Modifier/ }).click();
    await libelle.fill('Couleur');
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await expect(page).toHaveURL(`${GESTION}/champs`);
    const changee = cartes.filter({ hasText: 'Couleur' });
    await changee.locator('summary').click();
    await changee.getByRole('button', { name: 'Confirmer la suppression' }).click();
    await expect(cartes).toHaveCount(combien);
    await expect(cartes.filter({ hasText: 'Couleur' })).toHaveCount(0);
  });

  test(`Private fields are set apart from the form, ${comment}`, async ({ poste, surveillance }) => {
    surveillance.attendre(/422/);
    const page = await (await poste('admin', options)).ouvrir(GESTION);
    await expect(tuile(page, 'Annotations privées')).toContainText(/validé,\s*3/i);
    await expect(tuile(page, 'Annotations privées')).toContainText("Champs à remplir par l'administration");
    await tuile(page, 'Annotations privées').getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Annotations privées');
    const cartes = page.locator('ol.rdv-cartes > li');
    await expect(cartes).toHaveCount(3);
    // Nothing is required of an instructeur, and a file would be shown with those of the dossier.
    await expect(page.getByLabel('Champ obligatoire')).toHaveCount(0);
    await expect(page.getByLabel(/^Type de champ/).getByRole('option', { name: 'Pièce justificative' })).toHaveCount(0);
    const libelle = page.getByLabel(/^Libellé du champ/);
    await page.getByRole('button', { name: 'Ajouter le champ' }).click();
    await attendreRefus(libelle, /Ce champ doit être rempli/);
    await libelle.fill('Avis <b>interne</b> 🙂');
    await page.getByRole('button', { name: 'Ajouter le champ' }).click();
    await expect(cartes).toHaveCount(4);
    await cartes.last().getByRole('button', { name: /^Monter/ }).click();
    await expect(cartes.nth(2)).toContainText('Avis <b>interne</b> 🙂');
    await cartes.nth(2).getByRole('link', { name: /^Modifier/ }).click();
    await libelle.fill('Avis interne');
    await enregistrer(page).click();
    await expect(page).toHaveURL(`${GESTION}/annotations`);
    await expect(cartes.nth(2)).toContainText('Avis interne');
    await page.goto(`${GESTION}/champs`);
    await expect(page.getByText('Avis interne')).toHaveCount(0);
    await page.goto(`${GESTION}/annotations`);
    for (let reste = 3; reste >= 0; reste -= 1) {
      await cartes.first().locator('summary').click();
      await cartes.first().getByRole('button', { name: 'Confirmer la suppression' }).click();
      await expect(cartes).toHaveCount(reste);
    }
    await page.goto(GESTION);
    await expect(tuile(page, 'Annotations privées')).toContainText(/à configurer/i);
  });

  test(`An administrateur is added by e-mail and removed, never the last one, ${comment}`, async ({ poste, surveillance }) => {
    surveillance.attendre(/422|404/);
    const page = await (await poste('admin', options)).ouvrir(`${GESTION}/administrateurs`);
    await expect(page.getByText("Ne peut pas être retiré : personne d'autre dans la liste.")).toBeVisible();
    const email = page.getByLabel(/^Adresse électronique/);
    const ajouter = page.getByRole('button', { name: 'Ajouter' });
    for (const [saisi, phrase] of [
      ['', /Ce champ doit être rempli/],
      ['jules', /n'est pas valide/],
      [COMPTES.admin, /est déjà dans la liste/],
    ] as const) {
      await email.fill(saisi);
      await ajouter.click();
      await attendreRefus(email, phrase);
      await expect(email).toHaveValue(saisi);
    }
    await email.fill(COMPTES.jules.toUpperCase());
    await ajouter.click();
    const jules = page.getByRole('listitem').filter({ hasText: COMPTES.jules });
    await expect(jules).toBeVisible();

    // Without an account yet: they are invited by mail, and shown as such until they open it.
    await email.fill('personne@exemple.fr');
    await ajouter.click();
    await expect(page.getByRole('listitem').filter({ hasText: 'personne@exemple.fr' })).toContainText('compte à ouvrir');
    await expect(page.getByText("L'administrateur est ajouté.").first()).toBeVisible();

    const autre = await (await poste('jules', options)).ouvrir(GESTION);
    await expect(autre.getByRole('heading', { level: 1 })).toHaveText(TITRE);
    await jules.locator('summary').click();
    await jules.getByRole('button', { name: 'Confirmer le retrait' }).click();
    await expect(jules).toHaveCount(0);
    // With JavaScript the page has learnt it already.
    if (options.sansScript) await autre.reload();
    await expect(autre.getByRole('heading', { level: 1 })).toHaveText('Page introuvable');
  });

  test(`An instructeur of a new groupe sees the démarche, ${comment}`, async ({ poste, surveillance }) => {
    surveillance.attendre(/422/);
    const page = await (await poste('admin', options)).ouvrir(`${GESTION}/groupes`);
    await page.getByLabel(/^Nom du groupe/).fill('défaut');
    await page.getByRole('button', { name: 'Ajouter le groupe' }).click();
    await attendreRefus(page.getByLabel(/^Nom du groupe/), /déjà pris/);
    await page.getByLabel(/^Nom du groupe/).fill('Ardèche');
    await page.getByRole('button', { name: 'Ajouter le groupe' }).click();
    const groupe = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /Ardèche/ }) });
    await expect(groupe).toContainText("Ce groupe n'a pas encore d'instructeur.");
    await groupe.getByLabel(/^Ajouter un instructeur/).fill('rien');
    await groupe.getByRole('button', { name: 'Ajouter' }).click();
    await attendreRefus(groupe.getByLabel(/^Ajouter un instructeur/), /n'est pas valide/);
    await groupe.getByLabel(/^Ajouter un instructeur/).fill(COMPTES.laureen);
    await groupe.getByRole('button', { name: 'Ajouter' }).click();
    await expect(groupe).toContainText('1 instructeur');
    const laureen = await (await poste('laureen', options)).ouvrir(`/instructeur/demarches/${DEMARCHE}`);
    await expect(laureen.getByRole('heading', { level: 1 })).toContainText(TITRE);
    await expect(laureen.getByRole('main')).toContainText('Aucun dossier');
  });

  test(`The words of an email are the administrateur's, ${comment}`, async ({ serveur, poste, surveillance }) => {
    surveillance.attendre(/422/);
    const admin = await poste('admin', options);
    const page = await admin.ouvrir(`${GESTION}/emails`);
    await page.getByRole('link', { name: 'Proposition de rendez-vous' }).click();
    const objet = page.getByLabel(/^Objet/);
    const corps = page.getByLabel(/^Texte/);
    await expect(objet).toHaveValue(/^Vous devez prendre un rendez-vous pour votre dossier/);
    await expect(page.getByRole('region', { name: 'Aperçu' })).toContainText('dossier n°17606854');
    await corps.fill('Bonjour --nom du chat--');
    await enregistrer(page).click();
    await attendreRefus(corps, /La variable « --nom du chat-- » n'existe pas ici/);
    await corps.fill('Bonjour,\n\nDossier --numéro du dossier-- <b>\n\n--lien messagerie--');
    if (!sansScript) await expect(page.getByRole('region', { name: 'Aperçu' })).toContainText('Dossier 17606854 <b>');
    await objet.fill('Rendez-vous : --libellé démarche--');
    await enregistrer(page).click();
    await expect(page.locator('summary').filter({ hasText: 'Revenir au texte par défaut' })).toBeVisible();

    await activer(admin, serveur);
    await proposer(await poste('instructeur'), DOSSIER);
    const boite = await admin.ouvrir('/boite-aux-lettres', { vivante: false });
    const courriel = await attendreCourriels(boite, `Rendez-vous : ${TITRE}`);
    await expect(courriel).toContainText(`Dossier ${DOSSIER} <b>`);

    await page.locator('summary').filter({ hasText: 'Revenir au texte par défaut' }).click();
    await page.getByRole('button', { name: 'Confirmer' }).click();
    await expect(page).toHaveURL(`${GESTION}/emails`);
    await expect(page.getByText('personnalisé')).toHaveCount(0);
  });

  test(`A démarche is closed, opened again, and copied, ${comment}`, async ({ poste, surveillance }) => {
    // Published too early on purpose.
    surveillance.attendre(/409/);
    const page = await (await poste('admin', options)).ouvrir(GESTION);
    await page.getByRole('button', { name: 'Clore', exact: true }).click();
    await page.getByRole('button', { name: 'Confirmer la clôture' }).dblclick();
    await expect(page.getByText(/^close$/i)).toBeVisible();
    await page.getByRole('button', { name: 'Rouvrir' }).click();
    await expect(page.getByText(/^publiée$/i)).toBeVisible();

    await page.getByRole('link', { name: 'Envoyer une copie' }).click();
    await page.getByLabel(/^Adresse électronique/).fill(COMPTES.jules);
    await page.getByRole('button', { name: 'Envoyer une copie' }).click();
    const jules = await poste('jules', options);
    const sienne = await jules.contexte.newPage();
    await expect(async () => {
      await sienne.goto('/admin/demarches');
      await expect(sienne.getByRole('listitem').filter({ hasText: TITRE })).toContainText('non publiée', { timeout: 200 });
    }).toPass();
    await sienne.getByRole('link', { name: TITRE }).click();
    await expect(tuile(sienne, 'Groupe Instructeurs')).toContainText('à configurer', { ignoreCase: true });
    await sienne.getByRole('button', { name: 'Publier' }).click();
    await expect(avis(sienne, 'Pour publier la démarche, complétez')).toBeVisible();
  });
}

test('« Toutes les démarches » is searched by name or number', async ({ poste }) => {
  const page = await (await poste('admin')).ouvrir('/admin/demarches');
  await page.getByRole('link', { name: 'Toutes les démarches' }).click();
  await page.getByRole('searchbox').fill('HANDICAP');
  await page.getByRole('button', { name: 'Rechercher' }).click();
  await expect(page.getByRole('main')).toContainText('1 démarche');
  await expect(page).toHaveURL(/recherche=HANDICAP/);
  await page.getByRole('searchbox').fill('<script>');
  await page.getByRole('button', { name: 'Rechercher' }).click();
  await expect(page.getByRole('main')).toContainText('Aucune démarche trouvée');
});

test('The screens of a démarche of somebody else do not exist', async ({ poste, surveillance }) => {
  surveillance.attendre(/404/);
  const { contexte } = await poste('instructeur');
  const page = await contexte.newPage();
  for (const ecran of ['', '/presentation', '/service', '/administrateurs', '/groupes', '/emails', '/emails/proposition-rdv', '/historique', '/copie']) {
    const reponse = await page.goto(`${GESTION}${ecran}`);
    expect(reponse?.status(), ecran).toBe(404);
    await expect(page.getByRole('main')).not.toContainText(TITRE);
  }
  const { contexte: admin } = await poste('admin');
  const autre = await admin.newPage();
  expect((await autre.goto(`${GESTION}/emails/nulle-part`))?.status()).toBe(404);
});
