// The five steps again with JavaScript off: plain pages and forms, and reloads.
import { COMPTES, expect, test } from './outils/essai';
import { dateHeure, dateHeureLongue } from './outils/francais';
import { annuler, creneau, MARLENE, prendreRendezVous } from './outils/plateforme';
import { activer, proposer as proposerVite } from './outils/raccourcis';
import {
  attendreCourriels,
  attendreRefus,
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
  messages,
  onglet,
  pastille,
  proposer,
  retirer,
  suivreDansUnOnglet,
  TITRE,
  tuile,
  urlAgenda,
  valider,
  visio,
} from './outils/reperes';

const sansScript = { sansScript: true };

test('The five steps of the deck work without JavaScript', async ({ serveur, poste, surveillance }) => {
  test.setTimeout(120_000);
  // A wrong address is refused on purpose.
  surveillance.attendre(/422/);
  const [admin, instructeur, usager] = await Promise.all([
    poste('admin', sansScript),
    poste('instructeur', sansScript),
    poste('usager', sansScript),
  ]);
  const gestion = await admin.ouvrir(`/admin/demarches/${DEMARCHE}`);
  const dossier = await instructeur.ouvrir(`/instructeur/dossiers/${DOSSIER}`);
  const fil = await usager.ouvrir('/dossiers');

  await test.step('1. The administrateur switches the feature on', async () => {
    await expect(tuile(gestion, 'RDV Service Public')).toContainText('désactivé', { ignoreCase: true });
    await gestion.getByRole('link', { name: 'RDV Service Public', exact: true }).click();
    await gestion.getByText("Autoriser les instructeurs à proposer un RDV à l'utilisateur").click();
    await urlAgenda(gestion).fill('https://exemple.org/org/100');
    const reponse = gestion.waitForResponse((r) => r.request().method() === 'POST');
    await gestion.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    expect((await reponse).status()).toBe(422);
    await attendreRefus(urlAgenda(gestion), /Le site « exemple\.org » n'est pas une adresse de RDV Service Public\./);
    await expect(urlAgenda(gestion)).toHaveValue('https://exemple.org/org/100');
    await expect(gestion.getByRole('checkbox', { name: /Autoriser/ })).toBeChecked();

    await dossier.reload();
    await expect(proposer(dossier)).toBeHidden();

    await urlAgenda(gestion).fill(serveur.agenda);
    await gestion.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await expect(gestion).toHaveURL(`/admin/demarches/${DEMARCHE}/rdv`);
    await expect(gestion.getByRole('checkbox', { name: /Autoriser/ })).toBeChecked();
    await expect(urlAgenda(gestion)).toHaveValue(serveur.agenda);
    await gestion.getByRole('link', { name: "Annuler et revenir à l'écran de gestion" }).click();
    await expect(tuile(gestion, 'RDV Service Public').getByText(/^activé$/i)).toBeVisible();
  });

  await test.step('2. The instructeur proposes a rendez-vous', async () => {
    await dossier.reload();
    await proposer(dossier).click();
    await complement(dossier).fill('Apportez le plan <b>HTML</b>.');
    await valider(dossier).click();
    await expect(dossier).toHaveURL(`/instructeur/dossiers/${DOSSIER}/messagerie`);
    await attendreTag(entete(dossier), 'RDV proposé');
    await expect(messages(dossier, 'je vous propose')).toContainText('Apportez le plan <b>HTML</b>.');
    await dossier.goto(`/instructeur/demarches/${DEMARCHE}`);
    await attendreTag(ligne(dossier), 'RDV proposé');
  });

  await test.step('3. The usager is invited, and books', async () => {
    const sujet = `Vous devez prendre un rendez-vous pour votre dossier n°${DOSSIER} « ${TITRE} »`;
    await expect(await attendreCourriels(fil, sujet)).toContainText(COMPTES.usager);
    await fil.goto('/dossiers');
    await attendreTag(carte(fil), 'RDV proposé');
    await carte(fil).getByRole('link', { name: 'messagerie' }).click();
    const plateforme = await suivreDansUnOnglet(fil.getByRole('link', { name: serveur.agenda }));
    const quand = await prendreRendezVous(plateforme, 'visio', MARLENE, creneau('15h30', 'jeudi'));

    const pris = `Rendez-vous pris en visioconférence le ${dateHeure(quand)} (durée : 30 minutes)`;
    await expect(async () => {
      await fil.reload();
      await expect(messages(fil, pris)).toBeVisible({ timeout: 200 });
    }).toPass();
    await attendreTag(entete(fil), 'RDV pris');
    await expect(pastille(onglet(fil, 'Rendez-vous'))).toBeVisible();
    await onglet(fil, 'Résumé').click();
    await expect(messages(fil, pris)).toBeVisible();
    await onglet(fil, 'Rendez-vous').click();
    await expect(fil.getByRole('main')).toContainText('Votre prochain rendez-vous :');
    await expect(fil.getByRole('main')).toContainText(`Le ${dateHeureLongue(quand)} (durée : 30 minutes)`);
    await onglet(fil, 'Messagerie').click();
    await expect(pastille(onglet(fil, 'Rendez-vous'))).toHaveCount(0);

    await fil.goto('/dossiers');
    await expect(carte(fil)).toContainText(
      `Vous avez rendez-vous avec un instructeur en visioconférence le ${dateHeureLongue(quand)} (durée : 30 minutes) : rejoindre la visioconférence`,
    );
  });

  await test.step('4. The instructeur hears of it', async () => {
    const sujet = `Confirmation de prise de rendez-vous par l'utilisateur concernant le dossier n°${DOSSIER}`;
    await attendreCourriels(dossier, sujet);
    await dossier.goto(`/instructeur/demarches/${DEMARCHE}`);
    await attendreTag(ligne(dossier), 'RDV pris');
    const lien = dossier.getByRole('listitem').filter({ has: lienRendezVous(dossier) });
    await expect(pastille(lien)).toBeVisible();
    await lienRendezVous(dossier).click();
    await attendreTag(carteRendezVous(dossier), 'RDV pris');
    await dossier.goBack();
    await dossier.reload();
    await expect(pastille(lien)).toHaveCount(0);
    await lienRendezVous(dossier).click();
  });

  await test.step('5. Both reach the same video room', async () => {
    const une = await suivreDansUnOnglet(visio(carteRendezVous(dossier)));
    const autre = await suivreDansUnOnglet(visio(carte(fil)));
    await expect(une.getByRole('heading', { level: 1 })).toHaveText('Salle de visioconférence');
    expect(une.url()).toBe(autre.url());
  });
});

test('A rendez-vous cancelled, then a proposition withdrawn, without JavaScript', async ({ serveur, poste }) => {
  const [instructeur, usager] = await Promise.all([poste('instructeur', sansScript), poste('usager', sansScript)]);
  await activer(await poste('admin'), serveur);
  await proposerVite(instructeur);
  const fil = await usager.ouvrir(`/dossiers/${DOSSIER}/messagerie`);
  const plateforme = await suivreDansUnOnglet(fil.getByRole('link', { name: serveur.agenda }));
  await prendreRendezVous(plateforme, 'visio', MARLENE, creneau('9h00', 'mardi'));
  await annuler(plateforme);
  await expect(async () => {
    await fil.reload();
    await attendreTag(entete(fil), 'RDV annulé');
  }).toPass();

  await proposerVite(instructeur);
  const dossier = await instructeur.ouvrir(`/instructeur/dossiers/${DOSSIER}/messagerie`);
  await retirer(dossier).click();
  await confirmer(dossier).click();
  await expect(dossier).toHaveURL(`/instructeur/dossiers/${DOSSIER}/messagerie`);
  await expect(messages(dossier, '(Message supprimé)')).toBeVisible();
  await attendreTag(entete(dossier), 'RDV annulé');
  await fil.reload();
  await expect(messages(fil, '(Message supprimé)')).toBeVisible();
});

test('A message refused without JavaScript keeps its text, twice, and is sent once corrected', async ({ poste, surveillance }) => {
  surveillance.attendre(/422/);
  const usager = await poste('usager', sansScript);
  const fil = await usager.ouvrir(`/dossiers/${DOSSIER}/messagerie`);
  const trop = `</textarea><b>${'é'.repeat(10_000)}`;

  await champMessage(fil).fill('  \n  ');
  await envoyer(fil).click();
  await attendreRefus(champMessage(fil), /Ce champ doit être rempli\./);

  await champMessage(fil).fill(trop);
  await envoyer(fil).click();
  await attendreRefus(champMessage(fil), /Le texte ne doit pas dépasser 10\s000 caractères\. Il en compte 10\s014\./);
  await expect(champMessage(fil)).toHaveValue(trop);

  await champMessage(fil).fill('Deux lignes,\net <b>rien</b> de plus.');
  await envoyer(fil).click();
  await expect(fil).toHaveURL(`/dossiers/${DOSSIER}/messagerie`);
  await expect(messages(fil, 'et <b>rien</b> de plus.')).toHaveCount(1);
  await expect(champMessage(fil)).toHaveValue('');
});

test('The same form posted twice at once without JavaScript has one effect', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  const instructeur = await poste('instructeur', sansScript);
  const dossier = await instructeur.ouvrir(`/instructeur/dossiers/${DOSSIER}/messagerie`);

  const deuxFois = async (champ: string, action: string, texte: Record<string, string>) => {
    const formulaire = dossier.locator('form').filter({ has: dossier.locator(`[name="${champ}"]`) });
    const cache = async (nom: string) => (await formulaire.locator(`[name="${nom}"]`).getAttribute('value')) ?? '';
    const form = { dossier: await cache('dossier'), cle: await cache('cle'), ...texte };
    const headers = { referer: dossier.url() };
    const poster = () => instructeur.contexte.request.post(action, { form, headers });
    const reponses = await Promise.all([poster(), poster()]);
    expect(reponses.map((reponse) => reponse.ok())).toEqual([true, true]);
    await dossier.reload();
  };

  await deuxFois('corps', '/api/instructeur/ecrire', { corps: 'Une seule fois.' });
  await expect(messages(dossier, 'Une seule fois.')).toHaveCount(1);
  await deuxFois('complement', '/api/instructeur/proposer', { complement: '' });
  await expect(messages(dossier, 'je vous propose')).toHaveCount(1);
  const boite = await instructeur.ouvrir('/boite-aux-lettres');
  await attendreCourriels(boite, /Vous devez prendre un rendez-vous/);
});
