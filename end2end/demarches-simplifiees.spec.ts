// Beside Démarches Simplifiées: the five steps of the deck on a démarche that stays there. Its stand-in plays the platform,
// whose messagerie the person reads; here they have no account.
import { AxeBuilder } from '@axe-core/playwright';
import { JETON } from './outils/distante';
import { COMPTES, expect, test as base, type Page, type Poste } from './outils/essai';
import { dateHeure, dateHeureLongue } from './outils/francais';
import { deborde } from './outils/largeur';
import { annuler, creneau, deplacer, prendreRendezVous } from './outils/plateforme';
import {
  activer,
  attendreRefus,
  attendreTag,
  complement,
  entete,
  ligne,
  messages,
  proposer,
  suivreDansUnOnglet,
  tuile,
  valider,
} from './outils/reperes';
import { Serveur } from './outils/serveur';

const test = base.extend<object>({
  serveur: async ({}, fournir, info) => {
    const serveur = await Serveur.demarrer(undefined, { distante: true });
    await fournir(serveur);
    if (info.status !== info.expectedStatus) {
      await info.attach('journal', { body: serveur.journal, contentType: 'text/plain' });
    }
    await serveur.arreter();
  },
});

const DEMARCHE = 91300;
const TITRE = 'Demande de composteur partagé';
const CAMILLE = { email: 'camille.martin@exemple.fr', prenom: 'Camille', nom: 'Martin' };
const PROPOSITION = 'je vous propose';

const champ = (page: Page, nom: RegExp) => page.getByLabel(nom);
const champJeton = (page: Page) => champ(page, /^Jeton d'accès/);
const numeroDistant = (page: Page) => champ(page, /^Numéro de la démarche/);

/** The démarche there, with one dossier; gives its number. */
async function ouvrirLaBas(serveur: Serveur): Promise<number> {
  await serveur.distante.creer({ numero: DEMARCHE, titre: TITRE, instructeurs: [COMPTES.instructeur] });
  return serveur.distante.deposer(DEMARCHE, CAMILLE.email, CAMILLE.prenom, CAMILLE.nom);
}

/** Fills « Raccorder une démarche » in, and sends it. */
async function raccorder(page: Page, jeton: string): Promise<void> {
  await numeroDistant(page).fill(String(DEMARCHE));
  await champJeton(page).fill(jeton);
  const fin = new Date(Date.now() + 180 * 86_400_000);
  await champ(page, /^Dernier jour du jeton/).fill(fin.toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris' }));
  await page.getByRole('button', { name: 'Raccorder', exact: true }).click();
}

/** No fault that axe can find, and nothing wider than the window, nor than a small phone. */
async function sansFaute(page: Page): Promise<void> {
  const regles = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const taille = page.viewportSize();
  for (const width of [taille?.width ?? 1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await new AxeBuilder({ page }).options({ runOnly: { type: 'tag', values: regles } }).analyze();
    const fautes = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} : ${html}`));
    expect.soft({ fautes, deborde: await deborde(page) }, `${page.url()} à ${width} px`).toEqual({ fautes: [], deborde: [] });
  }
  if (taille) await page.setViewportSize(taille);
}

/** The messagerie of a dossier as its usager reads it there. */
async function messagerieLaBas(qui: Poste, serveur: Serveur, dossier: number): Promise<Page> {
  const page = await qui.contexte.newPage();
  await page.goto(`${serveur.distante.url}/dossiers/${dossier}/messagerie`);
  return page;
}

/** A message of that messagerie, once it is there, and there once. */
async function attendreLaBas(page: Page, texte: string | RegExp) {
  const message = page.getByRole('listitem').filter({ hasText: texte });
  await expect(async () => {
    await page.reload();
    await expect(message).toHaveCount(1, { timeout: 500 });
  }).toPass();
  return message;
}

async function attendreLabels(serveur: Serveur, dossier: number, labels: string[]): Promise<void> {
  await expect.poll(async () => (await serveur.distante.dossier(dossier)).labels).toEqual(labels);
}

test('The five steps of the deck, on a démarche that stays in Démarches Simplifiées', async ({ serveur, poste, anonyme, surveillance }) => {
  test.setTimeout(180_000);
  // A wrong token is refused on purpose.
  surveillance.attendre(/422/);
  const dossier = await ouvrirLaBas(serveur);
  const [admin, instructeur, camille] = await Promise.all([poste('admin'), poste('instructeur'), anonyme()]);
  const gestion = await admin.ouvrir('/admin/demarches');

  await test.step('1. The administrateur joins the démarche and switches the feature on', async () => {
    await gestion.getByRole('link', { name: 'Raccorder une démarche de Démarches Simplifiées' }).click();
    await sansFaute(gestion);
    await raccorder(gestion, 'cGFzO3VuLWpldG9u');
    await attendreRefus(champJeton(gestion), /jeton/);
    await expect(numeroDistant(gestion)).toHaveValue(String(DEMARCHE));
    await raccorder(gestion, JETON);
    await expect(gestion).toHaveURL(`/admin/demarches/${DEMARCHE}/raccordement`);
    const contenu = gestion.getByRole('main');
    await expect(contenu).toContainText('Connexion active');
    await expect(contenu).toContainText('Label « RDV proposé » : trouvé');
    await expect(contenu).toContainText('Annotation privée « Rendez-vous » : trouvée');
    await expect(contenu).toContainText('Dernière synchronisation terminée le');
    await expect(contenu).not.toContainText(JETON);
    await sansFaute(gestion);

    await admin.aller(gestion, `/admin/demarches/${DEMARCHE}`);
    await expect(tuile(gestion, 'Démarches Simplifiées')).toContainText('Connexion active');
    await admin.aller(gestion, `/admin/demarches/${DEMARCHE}/rdv`);
    await activer(gestion, serveur);
  });

  const fil = await instructeur.ouvrir(`/instructeur/dossiers/${dossier}/messagerie`);
  const liste = await instructeur.ouvrir(`/instructeur/demarches/${DEMARCHE}`);
  await test.step('2. The instructeur proposes a rendez-vous', async () => {
    await expect(ligne(liste, dossier)).toContainText('Martin', { ignoreCase: true });
    await expect(fil.getByRole('link', { name: /Ouvrir dans Démarches Simplifiées/ })).toHaveAttribute(
      'href',
      `${serveur.distante.url}/procedures/${DEMARCHE}/dossiers/${dossier}`,
    );
    await sansFaute(fil);
    await proposer(fil).click();
    await complement(fil).fill('Apportez le plan du jardin.');
    await valider(fil).click();
    await attendreTag(entete(fil), 'RDV proposé');
    await attendreTag(ligne(liste, dossier), 'RDV proposé');
    await attendreLabels(serveur, dossier, ['RDV proposé']);
  });

  const messagerie = await messagerieLaBas(camille, serveur, dossier);
  let personnelle!: Page;
  await test.step('2. The person reads it where they always do, and follows their own link', async () => {
    const recu = await attendreLaBas(messagerie, PROPOSITION);
    await expect(recu).toContainText('Apportez le plan du jardin.');
    await expect(recu).toContainText(COMPTES.instructeur);
    const lien = recu.getByRole('link', { name: new RegExp(`^${serveur.url}/p/`) });
    personnelle = await camille.contexte.newPage();
    await personnelle.goto((await lien.getAttribute('href')) ?? '');
    await expect(personnelle.getByRole('heading', { level: 1 })).toHaveText('Un rendez-vous pour votre dossier');
    await expect(personnelle.getByRole('main')).toContainText('Apportez le plan du jardin.');
    await sansFaute(personnelle);
  });

  let plateforme!: Page;
  let quand!: Date;
  await test.step('3. They book on RDV Service Public', async () => {
    plateforme = await suivreDansUnOnglet(personnelle.getByRole('link', { name: 'Choisir un créneau' }));
    quand = await prendreRendezVous(plateforme, 'visio', CAMILLE, creneau('15h30', 'vendredi'));
  });

  await test.step('4. Everybody sees it, here and there', async () => {
    await attendreTag(entete(fil), 'RDV pris');
    await attendreTag(ligne(liste, dossier), 'RDV pris');
    const pris = `Rendez-vous pris en visioconférence le ${dateHeure(quand)}`;
    await expect(messages(fil, pris)).toHaveCount(1);
    await attendreLaBas(messagerie, pris);
    await attendreLabels(serveur, dossier, ['RDV pris']);
    await expect.poll(() => serveur.distante.annotation(dossier)).toContain(dateHeureLongue(quand));
    await personnelle.getByRole('link', { name: 'Actualiser cette page' }).click();
    await expect(personnelle.getByRole('heading', { level: 1 })).toHaveText('Votre rendez-vous');
    await expect(personnelle.getByRole('main')).toContainText(`Le ${dateHeureLongue(quand)} (durée : 30 minutes)`);
    await expect(personnelle.getByRole('link', { name: /Déplacer ou annuler ce rendez-vous/ })).toBeVisible();
    await sansFaute(personnelle);
  });

  await test.step('5. They move it, then cancel it', async () => {
    quand = await deplacer(plateforme, creneau('10h00', 'mercredi'));
    await attendreLaBas(messagerie, 'Rendez-vous déplacé');
    await expect.poll(() => serveur.distante.annotation(dossier)).toContain(dateHeureLongue(quand));
    await annuler(plateforme);
    await attendreTag(entete(fil), 'RDV annulé');
    await attendreLabels(serveur, dossier, []);
    await expect.poll(() => serveur.distante.annotation(dossier)).toBe('');
    await personnelle.reload();
    await expect(personnelle.getByRole('main')).toContainText('Vous avez annulé votre rendez-vous');
  });
});

test('The same without JavaScript, on a small phone', async ({ serveur, poste, anonyme, surveillance }) => {
  test.setTimeout(120_000);
  surveillance.attendre(/422/);
  const dossier = await ouvrirLaBas(serveur);
  const sansScript = { sansScript: true, largeur: 320 };
  const [admin, instructeur, camille] = await Promise.all([poste('admin', sansScript), poste('instructeur', sansScript), anonyme(sansScript)]);
  const gestion = await admin.ouvrir('/admin/raccordements/nouveau', { vivante: false });
  const refuse = gestion.waitForResponse((reponse) => reponse.request().method() === 'POST');
  await raccorder(gestion, 'cGFzO3VuLWpldG9u');
  expect((await refuse).status()).toBe(422);
  await attendreRefus(champJeton(gestion), /jeton/);
  await expect(numeroDistant(gestion)).toHaveValue(String(DEMARCHE));
  await expect(champJeton(gestion)).toHaveValue('');
  await raccorder(gestion, JETON);
  await expect(async () => {
    await gestion.reload();
    await expect(gestion.getByRole('main')).toContainText('Dernière synchronisation terminée le', { timeout: 500 });
  }).toPass();
  expect(await deborde(gestion)).toEqual([]);
  await admin.aller(gestion, `/admin/demarches/${DEMARCHE}/rdv`);
  await activer(gestion, serveur);

  const fil = await instructeur.ouvrir(`/instructeur/dossiers/${dossier}/messagerie`);
  expect(await deborde(fil)).toEqual([]);
  await proposer(fil).click();
  await valider(fil).click();
  await attendreTag(entete(fil), 'RDV proposé');

  const messagerie = await messagerieLaBas(camille, serveur, dossier);
  const recu = await attendreLaBas(messagerie, PROPOSITION);
  const lien = await recu.getByRole('link', { name: new RegExp(`^${serveur.url}/p/`) }).getAttribute('href');
  const personnelle = await camille.contexte.newPage();
  await personnelle.goto(lien ?? '');
  expect(await deborde(personnelle)).toEqual([]);
  const plateforme = await suivreDansUnOnglet(personnelle.getByRole('link', { name: 'Choisir un créneau' }));
  const quand = await prendreRendezVous(plateforme, 'visio', CAMILLE, creneau('15h30', 'vendredi'));
  await expect(async () => {
    await personnelle.getByRole('link', { name: 'Actualiser cette page' }).click();
    await expect(personnelle.getByRole('main')).toContainText(dateHeureLongue(quand), { timeout: 500 });
  }).toPass();
  expect(await deborde(personnelle)).toEqual([]);
});

test('A first synchronisation says how far it is, stops, and goes on where it was', async ({ serveur, poste }) => {
  test.setTimeout(120_000);
  await ouvrirLaBas(serveur);
  await serveur.distante.remplir(DEMARCHE, 3_000);
  // Ten pages of a hundred, then the platform has enough for a while.
  await serveur.distante.limiter(14, 15_000);
  const gestion = await (await poste('admin')).ouvrir('/admin/raccordements/nouveau', { vivante: false });
  await raccorder(gestion, JETON);
  const contenu = gestion.getByRole('main');
  await expect(contenu).toContainText(/Première synchronisation\s: [\d\s]+ dossiers lus/);
  await sansFaute(gestion);
  await gestion.getByRole('button', { name: 'Arrêter la synchronisation' }).click();
  await expect(contenu).toContainText('La synchronisation est arrêtée.');
  await expect(contenu).toContainText('Synchronisation arrêtée');
  await serveur.distante.limiter(10_000, 60_000);
  await gestion.getByRole('button', { name: 'Reprendre la synchronisation' }).click();
  await expect(contenu).toContainText('Dernière synchronisation terminée le', { timeout: 60_000 });
  await expect(contenu).not.toContainText('Première synchronisation');
});
