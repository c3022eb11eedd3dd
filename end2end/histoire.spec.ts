// The story of the deck, played by three people with their windows side by side. Every window is open before
// what it must show happens, and none is ever reloaded.
import { activer, tuile as laTuile } from './outils/reperes';
import { COMPTES, expect, test, type Page } from './outils/essai';
import { dateHeure, dateHeureLongue } from './outils/francais';
import { annuler, creneau, deplacer, MARLENE, prendreRendezVous } from './outils/plateforme';
import {
  attendreCourriels,
  attendreRefus,
  attendreSansRechargement,
  attendreTag,
  carte,
  carteRendezVous,
  champMessage,
  complement,
  confirmer,
  DEMARCHE,
  DOSSIER,
  entete,
  envoyer,
  lienRendezVous,
  ligne,
  marquer,
  messages,
  onglet,
  pastille,
  proposer,
  retirer,
  suivreDansUnOnglet,
  TITRE,
  urlAgenda,
  valider,
  visio,
} from './outils/reperes';

const BROUILLON = 'Bonjour, je voulais vous dire que';
const COMPLEMENT = 'Apportez le plan <b>HTML</b> & « les statuts ».';

test('The five steps of the deck happen in all windows at once, without a reload', async ({ serveur, poste, surveillance }) => {
  test.setTimeout(180_000);
  // A wrong address is refused on purpose.
  surveillance.attendre(/422/);

  const [admin, instructeur, usager] = await Promise.all([poste('admin'), poste('instructeur'), poste('usager')]);
  const gestion = await admin.ouvrir(`/admin/demarches/${DEMARCHE}`);
  const reglage = await admin.ouvrir(`/admin/demarches/${DEMARCHE}/rdv`);
  const liste = await instructeur.ouvrir(`/instructeur/demarches/${DEMARCHE}`);
  const dossier = await instructeur.ouvrir(`/instructeur/dossiers/${DOSSIER}/messagerie`);
  const mesDossiers = await usager.ouvrir('/dossiers');
  const messagerie = await usager.ouvrir(`/dossiers/${DOSSIER}/messagerie`);
  const resume = await usager.ouvrir(`/dossiers/${DOSSIER}/resume`);
  const fenetres = [gestion, reglage, liste, dossier, mesDossiers, messagerie, resume];
  await Promise.all(fenetres.map(marquer));
  await champMessage(messagerie).fill(BROUILLON);

  const tags = async (tag: Parameters<typeof attendreTag>[1]) => {
    for (const ou of [entete(dossier), ligne(liste), carte(mesDossiers), entete(messagerie), entete(resume)]) {
      await attendreTag(ou, tag);
    }
    await expect(champMessage(messagerie)).toHaveValue(BROUILLON);
  };

  await test.step('1. The administrateur switches the feature on', async () => {
    const tuile = laTuile(gestion, 'RDV Service Public');
    await expect(tuile).toContainText('désactivé', { ignoreCase: true });
    await expect(tuile).toContainText("Configurer les possibilités de prise de RDV par les instructeurs avec l'utilisateur");
    await expect(tuile).toContainText('Modifier');
    await expect(proposer(dossier)).toBeHidden();

    await expect(reglage.getByRole('main')).toContainText(
      'Cette fonctionnalité permet à vos instructeurs de proposer un rendez-vous aux usagers depuis la messagerie de leur dossier.',
    );
    await expect(reglage.getByRole('main')).toContainText("Définissez vos plages d'ouvertures directement sur le site");
    await reglage.getByText("Autoriser les instructeurs à proposer un RDV à l'utilisateur").click();
    await urlAgenda(reglage).fill('https://exemple.org/org/100/demarches-simplifiees');
    await reglage.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await attendreRefus(urlAgenda(reglage), /Le site « exemple\.org » n'est pas une adresse de RDV Service Public\./);
    await expect(urlAgenda(reglage)).toHaveValue('https://exemple.org/org/100/demarches-simplifiees');
    await expect(urlAgenda(reglage)).toBeFocused();
    await expect(tuile).toContainText('désactivé', { ignoreCase: true });
    await expect(proposer(dossier)).toBeHidden();

    await reglage.getByText("Autoriser les instructeurs à proposer un RDV à l'utilisateur").click();
    await activer(reglage, serveur);
    await expect(urlAgenda(reglage)).not.toHaveAttribute('aria-invalid', 'true');
    await expect(reglage.getByLabel('Adresse du webhook')).toHaveValue(`${serveur.url}/webhooks/rdv-service-public/100`);
    await expect(tuile.getByText(/^activé$/i)).toBeVisible();
    await expect(lienRendezVous(liste)).toBeVisible();
  });

  await test.step('2. The instructeur proposes a rendez-vous', async () => {
    await proposer(dossier).click();
    await expect(dossier.getByRole('main')).toContainText(
      "L'utilisateur sera informé de votre proposition de rendez-vous et sera invité à choisir un créneau parmi les plages d'ouverture renseignées par l'administrateur de la démarche.",
    );
    await complement(dossier).fill(COMPLEMENT);
    await valider(dossier).click();
    // It stays, and says what it would do now.
    await expect(proposer(dossier)).toBeVisible();
    await tags('RDV proposé');
    await attendreTag(ligne(liste, 16035121), null);

    const envoye = messages(dossier, 'je vous propose de nous joindre');
    await expect(envoye).toContainText('Vous');
    await expect(envoye).toContainText(COMPLEMENT);
    await expect(envoye.locator('b')).toHaveCount(0);
    await attendreTag(envoye, 'RDV proposé');
    await expect(retirer(dossier)).toBeVisible();

    const recu = messages(messagerie, "Dans le cadre de l'instruction de votre dossier, je vous propose de nous joindre");
    await expect(recu).toContainText('Vous pouvez choisir votre créneau en vous connectant à partir du lien suivant :');
    await expect(recu).toContainText(COMPLEMENT);
    await expect(recu.locator('b')).toHaveCount(0);
    await attendreTag(recu, 'RDV proposé');
    await expect(carte(mesDossiers)).toContainText(
      'Vous êtes invité(e) à prendre un rendez-vous avec un instructeur. Consultez sa proposition dans la messagerie.',
    );
    await expect(carte(mesDossiers).getByRole('link', { name: 'messagerie' })).toHaveAttribute('href', new RegExp(`^/dossiers/${DOSSIER}/messagerie\\?depuis=\\d+#message-\\d+$`));
    await expect(onglet(messagerie, 'Rendez-vous')).toHaveCount(0);
  });

  await test.step('2. The usager has a mail that leads to the messagerie', async () => {
    const boite = await usager.ouvrir('/boite-aux-lettres', { vivante: false });
    const courriel = await attendreCourriels(
      boite,
      `Vous devez prendre un rendez-vous pour votre dossier n°${DOSSIER} « ${TITRE} »`,
    );
    await expect(courriel).toContainText(`À : ${COMPTES.usager}`);
    await expect(courriel).toContainText(
      `Afin de poursuivre son instruction, un instructeur vous demande de prendre un rendez-vous pour votre dossier n°${DOSSIER} concernant la démarche « ${TITRE} ».`,
    );
    await courriel.getByRole('link', { name: /mis en page/ }).click();
    await boite.getByRole('link', { name: 'Ouvrir la messagerie' }).click();
    await expect(boite).toHaveURL(new RegExp(`/dossiers/${DOSSIER}/messagerie\\?depuis=\\d+#message-\\d+$`));
    await expect(boite.getByRole('link', { name: 'Choisir un créneau' })).toBeVisible();
    await boite.close();
  });

  let plateforme!: Page;
  let quand!: Date;
  await test.step('3. The usager books on the platform', async () => {
    plateforme = await suivreDansUnOnglet(messages(messagerie, 'je vous propose').getByRole('link', { name: serveur.agenda }));
    await expect(plateforme.getByRole('heading', { level: 1 })).toHaveText('Prenez rendez-vous avec Démarches Simplifiées');
    quand = await prendreRendezVous(plateforme, 'visio', MARLENE, creneau('15h30', 'vendredi'));
    await tags('RDV pris');

    await expect(carte(mesDossiers)).toContainText(
      `Vous avez rendez-vous avec un instructeur en visioconférence le ${dateHeureLongue(quand)} (durée : 30 minutes) : rejoindre la visioconférence`,
    );
    await expect(carte(mesDossiers).locator('strong')).toHaveText(dateHeureLongue(quand));
    const pris = `Rendez-vous pris en visioconférence le ${dateHeure(quand)} (durée : 30 minutes)`;
    await expect(messages(messagerie, pris)).toContainText('Vous');
    await expect(messages(dossier, pris)).toContainText(COMPTES.usager);
    await expect(resume.getByRole('heading', { name: 'Dernier message' })).toBeVisible();
    await expect(messages(resume, pris)).toBeVisible();
    await attendreTag(messages(messagerie, 'je vous propose'), null);
    await expect(retirer(dossier)).toHaveCount(0);
    await expect(proposer(dossier)).toBeVisible();
  });

  await test.step('3. The tab « Rendez-vous » has a dot until it is seen', async () => {
    await expect(pastille(onglet(messagerie, 'Rendez-vous'))).toBeVisible();
    await onglet(resume, 'Rendez-vous').click();
    const contenu = resume.getByRole('main');
    await expect(contenu).toContainText('Votre prochain rendez-vous :');
    await expect(contenu).toContainText(`Le ${dateHeureLongue(quand)} (durée : 30 minutes)`);
    await expect(contenu).toContainText('RDV par visioconférence : rejoindre la visioconférence');
    await expect(contenu).toContainText('Infos et annulation :');
    await expect(pastille(onglet(resume, 'Rendez-vous'))).toHaveCount(0);
    await expect(pastille(onglet(messagerie, 'Rendez-vous'))).toHaveCount(0);
    await expect(champMessage(messagerie)).toHaveValue(BROUILLON);

    const infos = await suivreDansUnOnglet(contenu.getByRole('link', { name: /\/r\/|\/users\/rdvs/ }));
    await expect(infos.getByRole('heading', { level: 1 })).toHaveText('Votre rendez-vous');
    await infos.close();
  });

  let rendezVous!: Page;
  await test.step('4. The instructeur hears of it', async () => {
    const boite = await instructeur.ouvrir('/boite-aux-lettres', { vivante: false });
    const courriel = await attendreCourriels(
      boite,
      `Confirmation de prise de rendez-vous par l'utilisateur concernant le dossier n°${DOSSIER}`,
    );
    await expect(courriel).toContainText(`À : ${COMPTES.instructeur}`);
    await expect(courriel).toContainText("L'utilisateur a pris son rendez-vous suite à votre proposition :");
    await expect(courriel).toContainText(`Le ${dateHeureLongue(quand)} en visioconférence (durée : 30 minutes)`);
    await boite.close();

    const point = pastille(liste.getByRole('listitem').filter({ has: lienRendezVous(liste) }));
    await expect(point).toBeVisible();
    rendezVous = await instructeur.ouvrir(`/instructeur/demarches/${DEMARCHE}/rendez-vous`);
    await marquer(rendezVous);
    await expect(point).toHaveCount(0);
    const encart = carteRendezVous(rendezVous);
    await expect(encart).toContainText(`Dossier n° ${DOSSIER}`);
    await attendreTag(encart, 'RDV pris');
    await expect(encart).toContainText('KLOK Marlène');
    await expect(encart).toContainText('Déposé le 25 avril 2024 10:33');
    await expect(encart).toContainText(`Le ${dateHeureLongue(quand)} (durée : 30 minutes)`);
    await expect(encart).toContainText('RDV par visioconférence : rejoindre la visioconférence');
    await expect(encart.getByRole('link', { name: 'Voir le dossier' })).toHaveAttribute('href', `/instructeur/dossiers/${DOSSIER}`);
  });

  await test.step('5. Both reach the same video room, each in a new tab', async () => {
    const salles: string[] = [];
    for (const lien of [visio(carteRendezVous(rendezVous)), visio(carte(mesDossiers)), visio(resume)]) {
      const salle = await suivreDansUnOnglet(lien);
      await expect(salle.getByRole('heading', { level: 1 })).toHaveText('Salle de visioconférence');
      salles.push(salle.url());
      await salle.close();
    }
    expect(new Set(salles).size).toBe(1);
  });

  await test.step('The usager moves the rendez-vous', async () => {
    const avant = quand;
    quand = await deplacer(plateforme, creneau('10h00', 'mercredi'));
    await expect(carte(mesDossiers)).toContainText(`le ${dateHeureLongue(quand)} (durée : 30 minutes)`);
    await expect(resume.getByRole('main')).toContainText(`Le ${dateHeureLongue(quand)} (durée : 30 minutes)`);
    await expect(carteRendezVous(rendezVous)).toContainText(`Le ${dateHeureLongue(quand)} (durée : 30 minutes)`);
    const deplace = `Rendez-vous déplacé : il aura lieu en visioconférence le ${dateHeure(quand)} (durée : 30 minutes) au lieu du ${dateHeure(avant)}`;
    await expect(messages(dossier, deplace)).toBeVisible();
    await expect(messages(messagerie, deplace)).toBeVisible();
    await tags('RDV pris');
  });

  await test.step('The usager cancels it', async () => {
    await annuler(plateforme);
    await tags('RDV annulé');
    await expect(carte(mesDossiers)).toContainText(
      `Vous avez annulé votre rendez-vous en visioconférence du ${dateHeureLongue(quand)}.`,
    );
    await expect(visio(carte(mesDossiers))).toHaveCount(0);
    const devait = ` : il devait avoir lieu en visioconférence le ${dateHeure(quand)}`;
    await expect(messages(dossier, `Rendez-vous annulé par l'utilisateur${devait}`)).toBeVisible();
    await expect(messages(messagerie, `Vous avez annulé votre rendez-vous${devait}`)).toBeVisible();
    await expect(rendezVous.getByRole('main')).toContainText("Aucun rendez-vous n'est à venir.");
  });

  await test.step('The instructeur proposes again, then withdraws', async () => {
    await proposer(dossier).click();
    await expect(complement(dossier)).toHaveValue('');
    await valider(dossier).click();
    await tags('RDV proposé');
    await expect(messages(messagerie, 'je vous propose')).toHaveCount(2);

    await retirer(dossier).click();
    await confirmer(dossier).click();
    for (const fil of [dossier, messagerie]) {
      await expect(messages(fil, '(Message supprimé)')).toHaveCount(1);
      await expect(messages(fil, 'je vous propose')).toHaveCount(1);
    }
    await expect(retirer(dossier)).toHaveCount(0);
    await tags('RDV annulé');
    await expect(proposer(dossier)).toBeVisible();
  });

  await test.step('The message that the usager was typing all along is sent', async () => {
    await champMessage(messagerie).pressSequentially(' tout va bien.');
    await envoyer(messagerie).click();
    await expect(messages(messagerie, `${BROUILLON} tout va bien.`)).toBeVisible();
    await expect(messages(dossier, `${BROUILLON} tout va bien.`)).toBeVisible();
    await expect(champMessage(messagerie)).toHaveValue('');
  });

  await attendreSansRechargement(...fenetres, rendezVous);
});
