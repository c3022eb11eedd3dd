// What comes before a test's own subject, done without pages: by the forms that a browser would post.
import { expect } from '@playwright/test';
import type { Poste } from './essai';
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

async function envoyer(poste: Poste, action: string, form: Record<string, string>): Promise<void> {
  const reponse = await poste.contexte.request.post(action, { form, maxRedirects: 0 });
  expect([200, 302, 303], await reponse.text()).toContain(reponse.status());
}
