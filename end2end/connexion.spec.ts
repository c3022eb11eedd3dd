// One's account of RDV Service Public: connected, used at proposal time, lost, and the slot one chooses oneself.
import { COMPTES, expect, test, type Page } from './outils/essai';
import { MOTIFS, creneau } from './outils/plateforme';
import { activer, connecter } from './outils/raccourcis';
import { attendreTag, complement, DEMARCHE, DOSSIER, entete, messages, proposer, suivreDansUnOnglet, valider } from './outils/reperes';
import type { Serveur } from './outils/serveur';

const MESSAGERIE = `/instructeur/dossiers/${DOSSIER}/messagerie`;

async function proposerUnRendezVous(page: Page): Promise<void> {
  await proposer(page).click();
  await complement(page).fill('Un lien pour vous.');
  await valider(page).click();
}

async function pannes(serveur: Serveur, corps: object): Promise<void> {
  const reponse = await fetch(`${serveur.bac.url}/__sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(corps),
  });
  expect(reponse.ok).toBe(true);
}

/** As an agent who uses the API by themself: the person has another address there. */
async function changerAdresse(serveur: Serveur, de: string, vers: string): Promise<void> {
  const { url } = serveur.bac;
  const redirect_uri = `${serveur.url}/rdv-service-public/retour`;
  const client_id = 'demarches-demo';
  const oui = { client_id, redirect_uri, response_type: 'code', agent_id: '1957', decision: 'allow' };
  const accord = await fetch(`${url}/oauth/authorize`, { method: 'POST', body: new URLSearchParams(oui), redirect: 'manual' });
  const code = new URL(accord.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const echange = { grant_type: 'authorization_code', client_id, client_secret: 'sandbox-oauth-secret', redirect_uri, code };
  const jetons = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(echange) });
  const { access_token } = (await jetons.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
  const lus = await fetch(`${url}/api/v1/organisations/100/users`, { headers });
  const { users } = (await lus.json()) as { users: { id: number; email: string | null }[] };
  const personne = users.find(({ email }) => email === de);
  const change = await fetch(`${url}/api/v1/users/${personne?.id}`, { method: 'PATCH', headers, body: JSON.stringify({ email: vers }) });
  expect(change.ok, await change.text()).toBe(true);
}

test('le rendez-vous pris par le lien personnel, sous une autre adresse, rejoint le dossier', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  const tom = await poste('instructeur');
  await connecter(tom, /instructeur@demo\.example/);
  const dossier = await tom.ouvrir(MESSAGERIE);
  await proposerUnRendezVous(dossier);
  await expect(dossier.getByText(/L'utilisateur a un lien personnel/)).toBeVisible();

  const marlene = await poste('usager');
  const fil = await marlene.ouvrir(`/dossiers/${DOSSIER}/messagerie`);
  await expect(fil.getByText(/Ce lien vous est personnel/).first()).toBeVisible();
  const lien = fil.getByRole('link', { name: /^choisir mon créneau/ });
  expect(await dossier.content()).not.toContain('invitation_token');
  const plateforme = await suivreDansUnOnglet(lien);
  await changerAdresse(serveur, COMPTES.usager, 'autre.adresse@exemple.fr');
  await plateforme.getByRole('link', { name: MOTIFS.visio }).click();
  await plateforme.getByRole('link', { name: 'Semaine suivante' }).click();
  await plateforme.getByRole('link', { name: creneau('10h00') }).first().click();
  await expect(plateforme.getByText('autre.adresse@exemple.fr').first()).toBeVisible();
  await plateforme.getByRole('button', { name: 'Continuer' }).click();
  await plateforme.getByRole('button', { name: 'Confirmer le rendez-vous' }).click();
  await expect(plateforme.getByText('Votre rendez-vous est confirmé.')).toBeVisible();
  await attendreTag(entete(dossier), 'RDV pris');
  await attendreTag(entete(fil), 'RDV pris');
});

test('une connexion refusée est dite, et la proposition a le lien de l’agenda', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  const tom = await poste('instructeur');
  await connecter(tom, /instructeur@demo\.example/);
  await pannes(serveur, { refuse_refresh: true, failure: { kind: 'unauthorized' } });
  const dossier = await tom.ouvrir(MESSAGERIE);
  await proposerUnRendezVous(dossier);
  await expect(messages(dossier, /sans lien personnel/)).toContainText("n'est plus connecté");
  await attendreTag(entete(dossier), 'RDV proposé');
  const fil = await (await poste('usager')).ouvrir(`/dossiers/${DOSSIER}/messagerie`);
  await expect(fil.getByRole('link', { name: serveur.agenda })).toBeVisible();

  await tom.aller(dossier, '/instructeur/demarches');
  await pannes(serveur, { refuse_refresh: false, failure: null });
  await dossier.getByRole('link', { name: 'Reconnecter' }).click();
  await dossier.getByLabel(/instructeur@demo\.example/).check();
  await dossier.getByRole('button', { name: 'Autoriser' }).click();
  await expect(dossier.getByText(/Votre compte est connecté/)).toBeVisible();
});

for (const sansScript of [false, true]) {
  test(`le créneau choisi par l’instructeur rejoint le dossier${sansScript ? ', sans JavaScript' : ''}`, async ({ serveur, poste }) => {
    await activer(await poste('admin'), serveur);
    const tom = await poste('instructeur', { sansScript });
    await connecter(tom, /instructeur@demo\.example/);
    const dossier = await tom.ouvrir(MESSAGERIE);
    await proposer(dossier).click();
    const ouverte = tom.contexte.waitForEvent('page');
    await dossier.getByRole('button', { name: 'Choisir le créneau moi-même' }).click();
    const plan = await ouverte;
    await plan.waitForURL(/\/agents\/rdv_plans\//);
    await plan.getByRole('link', { name: MOTIFS.visio }).click();
    await plan.getByRole('link', { name: 'Semaine suivante' }).click();
    await plan.getByRole('link', { name: creneau('10h00') }).first().click();
    await plan.getByRole('button', { name: /Confirmer/ }).click();
    const fil = await (await poste('usager')).ouvrir(`/dossiers/${DOSSIER}/messagerie`);
    await attendreTag(entete(fil), 'RDV pris');
  });
}

test('l’administrateur choisit son organisation et enregistre le webhook', async ({ poste }) => {
  const alix = await poste('admin');
  const page = await connecter(alix, /admin@demo\.example/);
  await alix.aller(page, `/admin/demarches/${DEMARCHE}/rdv`);
  await page.getByRole('link', { name: /Choisir parmi mes organisations/ }).click();
  const organisation = page.getByRole('listitem').filter({ hasText: 'Démarches Simplifiées' });
  await organisation.getByRole('button', { name: /Choisir/ }).click();
  await expect(page.getByLabel(/^URL de votre agenda/)).toHaveValue(/\/org\/100\/demarches-simplifiees$/);
  await page.getByRole('link', { name: /Choisir parmi mes organisations/ }).click();
  await page.getByRole('button', { name: /webhook/ }).click();
  await expect(page.getByText('Le webhook est enregistré sur RDV Service Public, à la bonne adresse.')).toBeVisible();
});
