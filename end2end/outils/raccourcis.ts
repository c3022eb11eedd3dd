// What comes before a test's own subject, done without pages: by the forms that a browser would post.
import { createHmac } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { COMPTES, type Poste } from './essai';
import { instantAParis, jourOuvre } from './francais';
import { DEMARCHE, DOSSIER } from './reperes';
import type { Serveur } from './serveur';

/** Switches the feature on for the démarche of the demo. */
export async function activer(admin: Poste, serveur: Serveur): Promise<void> {
  await envoyer(admin, '/api/admin/rdv/enregistrer', {
    demarche: String(DEMARCHE),
    active: 'oui',
    url_agenda: serveur.agenda,
  });
}

/** Proposes a rendez-vous for a dossier. */
export async function proposer(instructeur: Poste, dossier = DOSSIER, texte = ''): Promise<void> {
  await envoyer(instructeur, '/api/instructeur/proposer', {
    dossier: String(dossier),
    complement: texte,
    cle: crypto.randomUUID(),
  });
}

/** Connects one's account of RDV Service Public, by the pages of both sites. */
export async function connecter(poste: Poste, agent: RegExp): Promise<Page> {
  const page = await poste.ouvrir('/rdv-service-public');
  await page.getByRole('link', { name: 'Connecter mon compte' }).click();
  await page.getByLabel(agent).check();
  await page.getByRole('button', { name: 'Autoriser' }).click();
  await expect(page.getByText(/Votre compte est connecté/)).toBeVisible();
  return page;
}

/** Invites somebody to modify a dossier. */
export async function inviter(usager: Poste, email: string, dossier = DOSSIER): Promise<void> {
  await envoyer(usager, '/api/usager/inviter', { dossier: String(dossier), email });
}

/** Makes somebody administrateur of the démarche of the demo. */
export async function ajouterAdministrateur(admin: Poste, email: string): Promise<void> {
  await envoyer(admin, '/api/admin/administrateurs/ajouter', { demarche: String(DEMARCHE), email });
}

/**
 * Books for Marlène with another address than that of her account: only her name tells who she is. Gives the
 * instant.
 */
export async function prendreAilleurs(serveur: Serveur, dans = 8): Promise<Date> {
  const quand = jourOuvre(dans);
  await serveur.bac.prendre({
    motif_id: 501,
    starts_at: quand,
    email: 'm.klok@ailleurs.example',
    first_name: 'Marlène',
    last_name: 'Klok',
  });
  return instantAParis(quand);
}

/** A notification rightly signed, whose status no version knows yet. */
export async function livrerInconnu(serveur: Serveur): Promise<void> {
  await serveur.bac.prendre({
    motif_id: 501,
    starts_at: jourOuvre(10),
    email: COMPTES.usager,
    first_name: 'Marlène',
    last_name: 'Klok',
  });
  let corps = '';
  await expect(async () => {
    const derniere = (await serveur.bac.notifications()).at(-1);
    expect(derniere?.status).toBe('delivered');
    corps = derniere?.body ?? '';
  }).toPass();
  const inconnu = JSON.parse(corps);
  inconnu.meta.event = 'updated';
  inconnu.data.status = 'waiting';
  const body = JSON.stringify(inconnu);
  const signature = createHmac('sha256', 'sandbox-shared-secret').update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-lapin-signature': signature };
  const reponse = await fetch(`${serveur.url}/webhooks/rdv-service-public/100`, { method: 'POST', headers, body });
  expect(reponse.status).toBe(204);
}

/** Makes a colleague of the instructeur of the démarche of the demo. */
export async function collegue(admin: Poste, email: string): Promise<void> {
  await envoyer(admin, '/api/admin/groupes/instructeurs/ajouter', { groupe: '1', email });
}

/** Saves the private annotation of a dossier, from its version `version`. */
export async function annoter(instructeur: Poste, version: number, annotation: string): Promise<void> {
  await envoyer(instructeur, '/api/instructeur/annoter', { dossier: String(DOSSIER), version: String(version), annotation });
}

/** Fills in the private field of a dossier that is called `libelle`, from its version `version`. */
export async function remplirChamp(instructeur: Poste, libelle: string, version: number, valeur: string): Promise<void> {
  const page = await (await instructeur.contexte.request.get(`/instructeur/dossiers/${DOSSIER}/annotations`)).text();
  const etiquette = new RegExp(`for="question-(\\d+)"[^>]*>(?:<!--[^>]*-->)*${libelle}`);
  const champ = etiquette.exec(page)?.[1];
  expect(champ, `« ${libelle} » est à remplir`).toBeDefined();
  await envoyer(instructeur, '/api/instructeur/champs-prives', {
    dossier: String(DOSSIER),
    [`champs[${champ}]`]: valeur,
    [`versions[${champ}]`]: String(version),
  });
}

/** Sends a message with a file, as the usager. */
export async function envoyerPiece(usager: Poste, corps: string, nom: string): Promise<void> {
  const pieces = { name: nom, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') };
  const multipart = { dossier: String(DOSSIER), corps, cle: crypto.randomUUID(), pieces };
  const reponse = await usager.contexte.request.post('/api/usager/ecrire', { multipart, maxRedirects: 0 });
  expect([200, 302, 303], await reponse.text()).toContain(reponse.status());
}

/** Makes another groupe in the démarche of the demo, with one instructeur. */
export async function creerGroupe(admin: Poste, nom: string, email: string): Promise<void> {
  await envoyer(admin, '/api/admin/groupes/creer', { demarche: String(DEMARCHE), nom_groupe: nom });
  const page = await (await admin.contexte.request.get(`/admin/demarches/${DEMARCHE}/groupes`)).text();
  const groupes = [...page.matchAll(/name="groupe" value="(\d+)"/g)].map(([, id]) => Number(id));
  await envoyer(admin, '/api/admin/groupes/instructeurs/ajouter', { groupe: String(Math.max(...groupes)), email });
}

/** Asks an expert for their opinion. */
export async function demanderAvis(instructeur: Poste, email: string, question: string): Promise<void> {
  await envoyer(instructeur, '/api/instructeur/demander-avis', { dossier: String(DOSSIER), email, question, cle: crypto.randomUUID() });
}

/** Asks the usager of a dossier to correct it. */
export async function demanderCorrection(instructeur: Poste, dossier: number, texte: string): Promise<void> {
  await envoyer(instructeur, '/api/instructeur/correction', { dossier: String(dossier), correction: texte, cle: crypto.randomUUID() });
}

async function envoyer(poste: Poste, action: string, form: Record<string, string>): Promise<void> {
  const reponse = await poste.contexte.request.post(action, { form, maxRedirects: 0 });
  expect([200, 302, 303], await reponse.text()).toContain(reponse.status());
}
