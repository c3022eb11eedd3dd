// Forms as people really use them: too much, nothing, twice, too late.
import { COMPTES, expect, test, type Page } from './outils/essai';
import { jourOuvre } from './outils/francais';
import { activer, proposer as proposerVite } from './outils/raccourcis';
import {
  attendreCourriels,
  attendreRefus,
  attendreTag,
  champMessage,
  complement,
  DEMARCHE,
  DOSSIER,
  entete,
  envoyer,
  messages,
  proposer,
  confirmer,
  reglagesTechniques,
  retirer,
  urlAgenda,
  valider,
} from './outils/reperes';

const FIL_USAGER = `/dossiers/${DOSSIER}/messagerie`;
const FIL_INSTRUCTEUR = `/instructeur/dossiers/${DOSSIER}/messagerie`;

/** A window that hears of nothing, as after a long sleep. */
const sourde = (page: Page) => page.route('**/direct?*', (route) => route.abort());

test('A message that is too long or empty is refused beside its field, and kept', async ({ poste, surveillance }) => {
  surveillance.attendre(/422/);
  const fil = await (await poste('usager')).ouvrir(FIL_USAGER);

  await champMessage(fil).fill('é'.repeat(10_001));
  await envoyer(fil).click();
  await attendreRefus(champMessage(fil), /Le texte ne doit pas dépasser 10\s000 caractères\. Il en compte 10\s001\./);
  await expect(champMessage(fil)).toHaveValue('é'.repeat(10_001));
  await expect(champMessage(fil)).toBeFocused();

  await champMessage(fil).fill(' \n\t ');
  await envoyer(fil).click();
  await attendreRefus(champMessage(fil), /Ce champ doit être rempli\./);

  await champMessage(fil).fill('é'.repeat(10_000));
  await envoyer(fil).click();
  await expect(messages(fil, 'é'.repeat(10_000))).toHaveCount(1);
  await expect(champMessage(fil)).toHaveValue('');
  await expect(champMessage(fil)).not.toHaveAttribute('aria-invalid', 'true');
});

test('A proposition whose text is too long is refused in its panel, which stays open', async ({ serveur, poste, surveillance }) => {
  surveillance.attendre(/422/);
  await activer(await poste('admin'), serveur);
  const dossier = await (await poste('instructeur')).ouvrir(FIL_INSTRUCTEUR);
  await proposer(dossier).click();
  await complement(dossier).fill('x'.repeat(10_001));
  await valider(dossier).click();
  await attendreRefus(complement(dossier), /Il en compte 10\s001\./);
  await expect(complement(dossier)).toHaveValue('x'.repeat(10_001));
  await attendreTag(entete(dossier), null);

  // Only spaces are no message, and a message is not required.
  await complement(dossier).fill('   ');
  await valider(dossier).click();
  await attendreTag(entete(dossier), 'RDV proposé');
});

test('« Annuler » and Escape close the panel without proposing anything', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  const dossier = await (await poste('instructeur')).ouvrir(FIL_INSTRUCTEUR);
  await proposer(dossier).click();
  await dossier.getByRole('link', { name: 'Annuler' }).click();
  await expect(complement(dossier)).toBeHidden();
  await expect(proposer(dossier)).toBeFocused();
  await proposer(dossier).press('Enter');
  await complement(dossier).press('Escape');
  await expect(complement(dossier)).toBeHidden();
  await expect(proposer(dossier)).toBeFocused();
  await attendreTag(entete(dossier), null);
});

test('Two clicks send one message and one proposition', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  const instructeur = await poste('instructeur');
  const dossier = await instructeur.ouvrir(FIL_INSTRUCTEUR);

  await champMessage(dossier).fill('Deux clics');
  await envoyer(dossier).dblclick();
  await expect(champMessage(dossier)).toHaveValue('');
  await proposer(dossier).click();
  await valider(dossier).dblclick();
  await attendreTag(entete(dossier), 'RDV proposé');
  await dossier.reload();
  await expect(messages(dossier, 'Deux clics')).toHaveCount(1);
  await expect(messages(dossier, 'je vous propose')).toHaveCount(1);
  await attendreCourriels(await instructeur.ouvrir('/boite-aux-lettres', { vivante: false }), /Vous devez prendre un rendez-vous/);
});

test('The same text can be sent again on purpose', async ({ poste }) => {
  const fil = await (await poste('usager')).ouvrir(FIL_USAGER);
  for (const fois of [1, 2]) {
    await champMessage(fil).fill('Encore');
    await envoyer(fil).click();
    await expect(messages(fil, 'Encore')).toHaveCount(fois);
    await expect(champMessage(fil)).toHaveValue('');
  }
});

test('Proposing what was proposed in another window says so, and keeps the text', async ({ serveur, poste, surveillance }) => {
  surveillance.attendre(/409/, /direct/);
  await activer(await poste('admin'), serveur);
  const instructeur = await poste('instructeur');
  const dossier = await instructeur.contexte.newPage();
  await sourde(dossier);
  await dossier.goto(FIL_INSTRUCTEUR);
  await proposer(dossier).click();
  await complement(dossier).fill('Trop tard');
  await proposerVite(instructeur);
  await valider(dossier).click();
  await expect(dossier.getByRole('alert').filter({ hasText: 'Une proposition de rendez-vous est déjà en attente pour ce dossier.' })).toBeVisible();
  await expect(complement(dossier)).toHaveValue('Trop tard');
});

test('Proposing once the feature was switched off says so, even in a panel that was open', async ({ serveur, poste, surveillance }) => {
  surveillance.attendre(/409/);
  const admin = await poste('admin');
  await activer(admin, serveur);
  const dossier = await (await poste('instructeur')).ouvrir(FIL_INSTRUCTEUR);
  await proposer(dossier).click();
  await complement(dossier).fill('En train de taper');
  const form = { demarche: String(DEMARCHE), url_agenda: serveur.agenda };
  await admin.contexte.request.post('/api/admin/rdv/enregistrer', { form });
  await valider(dossier).click();
  await expect(dossier.getByText("La prise de rendez-vous n'est pas activée pour cette démarche.")).toBeVisible();
  await expect(complement(dossier)).toHaveValue('En train de taper');
});

test('Withdrawing a proposition that was just booked says so, and keeps the rendez-vous', async ({ serveur, poste, surveillance }) => {
  surveillance.attendre(/409/, /direct/);
  await activer(await poste('admin'), serveur);
  const instructeur = await poste('instructeur');
  await proposerVite(instructeur);
  const autre = await instructeur.ouvrir(FIL_INSTRUCTEUR);
  const dossier = await instructeur.contexte.newPage();
  await sourde(dossier);
  await dossier.goto(FIL_INSTRUCTEUR);
  await serveur.bac.prendre({ motif_id: 501, starts_at: jourOuvre(3), email: COMPTES.usager });
  await attendreTag(entete(autre), 'RDV pris');

  await retirer(dossier).click();
  await confirmer(dossier).click();
  await expect(dossier.getByRole('alert').filter({ hasText: "L'utilisateur a déjà pris rendez-vous" })).toBeVisible();
  await expect(messages(autre, '(Message supprimé)')).toHaveCount(0);
  await attendreTag(entete(autre), 'RDV pris');
});

test('Withdrawing asks first, and « Annuler » keeps the proposition', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  const instructeur = await poste('instructeur');
  await proposerVite(instructeur);
  const dossier = await instructeur.ouvrir(FIL_INSTRUCTEUR);
  await retirer(dossier).click();
  const question = dossier.getByRole('dialog', { name: /^Supprimer la proposition de rendez-vous et ce message/ });
  await question.getByRole('button', { name: 'Annuler' }).click();
  await expect(question).toBeHidden();
  await expect(retirer(dossier)).toBeFocused();
  await dossier.reload();
  await attendreTag(entete(dossier), 'RDV proposé');
  await expect(messages(dossier, 'je vous propose')).toHaveCount(1);
});

test('A rendez-vous booked after the proposition was withdrawn is still shown to both', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  const instructeur = await poste('instructeur');
  await proposerVite(instructeur);
  const dossier = await instructeur.ouvrir(FIL_INSTRUCTEUR);
  await retirer(dossier).click();
  await confirmer(dossier).click();
  await attendreTag(entete(dossier), null);
  await serveur.bac.prendre({ motif_id: 501, starts_at: jourOuvre(3), email: COMPTES.usager });
  await attendreTag(entete(dossier), 'RDV pris');
});

test('The addresses that are no agenda are refused, each with its reason, and nothing is switched on', async ({ poste, surveillance }) => {
  surveillance.attendre(/422/);
  const admin = await poste('admin');
  const reglage = await admin.ouvrir(`/admin/demarches/${DEMARCHE}/rdv`);
  await reglage.getByText("Autoriser les instructeurs à proposer un RDV à l'utilisateur").click();
  for (const [saisie, phrase] of [
    ['', /Ce champ doit être rempli\./],
    ['rdv.anct.gouv.fr/org/100', /Cette adresse n'est pas valide\./],
    ['http://rdv.anct.gouv.fr/org/100', /doit commencer par « https:\/\/ »/],
    ['https://rdv.anct.gouv.fr/', /n'est pas celle d'une page de prise de rendez-vous\./],
    ['https://rdv.anct.gouv.fr@exemple.org/org/100', /Le site « exemple\.org »/],
  ] as const) {
    await urlAgenda(reglage).fill(saisie);
    await reglage.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await attendreRefus(urlAgenda(reglage), phrase);
    await expect(urlAgenda(reglage)).toHaveValue(saisie);
  }
  await admin.aller(reglage, `/admin/demarches/${DEMARCHE}/rdv`);
  await expect(reglage.getByRole('checkbox', { name: /Autoriser/ })).not.toBeChecked();
  await expect(urlAgenda(reglage)).toHaveValue('');
});

test('The secret of the webhooks is renewed in two steps, shown once, and the former one still holds', async ({ serveur, poste }) => {
  const admin = await poste('admin');
  await activer(admin, serveur);
  const reglage = await admin.ouvrir(`/admin/demarches/${DEMARCHE}/rdv`);
  const secret = reglage.getByText('Secret du webhook').locator('code');
  await reglagesTechniques(reglage).click();
  await expect(reglage.getByText('Le secret du webhook n\'est affiché qu\'une fois')).toBeVisible();
  await reglage.locator('summary').filter({ hasText: 'Renouveler le secret' }).click();
  await reglage.getByRole('button', { name: 'Confirmer le renouvellement' }).click();
  await expect(secret).toHaveText(/^\S{20,}$/);

  await serveur.bac.prendre({ motif_id: 501, starts_at: jourOuvre(3), email: COMPTES.usager });
  await expect(reglage.getByText(/Dernière notification reçue le/)).toBeVisible();
  await expect(secret, 'it stays until the page is left').toBeVisible();
  const autre = await admin.ouvrir(`/admin/demarches/${DEMARCHE}/rdv`);
  await reglagesTechniques(autre).click();
  await expect(autre.getByText('Le secret du webhook n\'est affiché qu\'une fois')).toBeVisible();
  await expect(autre.getByText('Secret du webhook').locator('code')).toHaveCount(0);
});

test('What was being typed is not lost when the session has ended meanwhile', async ({ poste, surveillance }) => {
  surveillance.attendre(/401/);
  const usager = await poste('usager');
  const fil = await usager.ouvrir(FIL_USAGER);
  await champMessage(fil).fill('Tapé trop longtemps');
  await usager.contexte.clearCookies();
  await envoyer(fil).click();
  await expect(fil.getByText('Votre session a expiré. Connectez-vous pour continuer.')).toBeVisible();
  await expect(champMessage(fil)).toHaveValue('Tapé trop longtemps');
  await usager.entrer('usager');
  await envoyer(fil).click();
  await expect(messages(fil, 'Tapé trop longtemps')).toBeVisible();
});
