// ProConnect for agents, FranceConnect for citizens: real providers, in the browser.
import { COMPTES, expect, test as base, type Page } from './outils/essai';
import { Plateformes, sIdentifier } from './outils/plateformes';
import { Serveur } from './outils/serveur';

const test = base.extend<object>({
  serveur: async ({}, fournir, info) => {
    const plateformes = new Plateformes();
    try {
      const serveur = await Serveur.demarrer((url) => plateformes.demarrer(url));
      await fournir(serveur);
      if (info.status !== info.expectedStatus) {
        const body = [serveur.journal, plateformes.journal].join('\n');
        await info.attach('journal', { body, contentType: 'text/plain' });
      }
      await serveur.arreter();
    } finally {
      plateformes.arreter();
    }
  },
});

const proconnect = (page: Page) => page.getByRole('button', { name: "S'identifier avec ProConnect" });
const franceconnect = (page: Page) => page.getByRole('button', { name: "S'identifier avec FranceConnect" });

async function seDeconnecter(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Se déconnecter' }).first().click();
  await page.waitForURL(/\/connexion$/);
  await expect(page.getByRole('heading', { level: 1, name: /^Se connecter/ })).toBeVisible();
}

/** The link of the latest mail of the local mailbox that has one for an identity. */
async function lienDuCourriel(page: Page, serveur: Serveur): Promise<string> {
  const debut = '/connexion/rattachement/lien/';
  let trouve = '';
  await expect(async () => {
    const liste = await page.request.get(`${serveur.url}/boite-aux-lettres`);
    for (const [, lettre] of (await liste.text()).matchAll(/href="(\/boite-aux-lettres\/\d+)"/g)) {
      const texte = await (await page.request.get(`${serveur.url}${lettre}`)).text();
      const lien = new RegExp(`${debut}[0-9a-f]+`).exec(texte);
      if (lien) {
        trouve = lien[0];
        return;
      }
    }
    expect(trouve).not.toBe('');
  }).toPass({ timeout: 20_000 });
  return trouve;
}

test('un agent s’identifie, est renvoyé pour un second facteur, et se déconnecte là-bas aussi', async ({ anonyme }) => {
  const page = await (await anonyme()).ouvrir('/connexion?retour=/instructeur/demarches', { vivante: false });
  await expect(page.getByRole('heading', { name: 'Vous êtes un usager' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Vous êtes un agent public' })).toBeVisible();
  await proconnect(page).click();
  await sIdentifier(page, COMPTES.instructeur, 'Continuer');
  // Sent back, once.
  await expect(page.getByText('Un second facteur est exigé.')).toBeVisible();
  await sIdentifier(page, COMPTES.instructeur, 'Avec un second facteur');
  await page.waitForURL(/\/instructeur\/demarches$/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(page.url()).not.toContain('code=');
  await seDeconnecter(page);
  // Signed out there too: it asks who they are.
  await proconnect(page).click();
  await expect(page.getByLabel('Compte')).toBeVisible();
});

test('un agent dont le fournisseur n’a pas de second facteur n’est renvoyé qu’une fois', async ({ anonyme }) => {
  const page = await (await anonyme()).ouvrir('/connexion', { vivante: false });
  await proconnect(page).click();
  await sIdentifier(page, COMPTES.instructeur, 'Continuer');
  await expect(page.getByText('Un second facteur est exigé.')).toBeVisible();
  await sIdentifier(page, COMPTES.instructeur, 'Refuser');
  await expect(page.getByRole('button', { name: 'Se déconnecter' }).first()).toBeAttached();
});

test('un refus est dit, sans rien garder de la réponse dans l’adresse', async ({ anonyme }) => {
  const page = await (await anonyme()).ouvrir('/connexion', { vivante: false });
  await franceconnect(page).click();
  await sIdentifier(page, COMPTES.usager, 'Refuser');
  await expect(page.getByRole('alert')).toContainText("FranceConnect n'a pas autorisé la connexion");
  expect(page.url()).not.toContain('state=');
});

test('un usager rattache son compte par son mot de passe, puis entre sans lui', async ({ anonyme, surveillance }) => {
  surveillance.attendre(/401/);
  const page = await (await anonyme()).ouvrir('/connexion', { vivante: false });
  await franceconnect(page).click();
  await sIdentifier(page, COMPTES.usager, 'Continuer');
  await expect(page.getByRole('heading', { level: 1, name: 'Vous avez déjà un compte' })).toBeVisible();
  await page.getByLabel(/^Mot de passe/).fill('faux');
  await page.getByRole('button', { name: 'Se connecter et rattacher' }).click();
  await expect(page.getByRole('alert')).toContainText('incorrect');
  await page.getByLabel(/^Mot de passe/).fill('demo');
  await page.getByRole('button', { name: 'Se connecter et rattacher' }).click();
  await page.waitForURL(/\/dossiers$/);
  await seDeconnecter(page);
  await franceconnect(page).click();
  await sIdentifier(page, COMPTES.usager, 'Continuer');
  await page.waitForURL(/\/dossiers$/);
});

test('ou par un lien, sans script, que lui seul peut ouvrir', async ({ anonyme, serveur, surveillance }) => {
  surveillance.attendre(/403/, /410/);
  const page = await (await anonyme({ sansScript: true })).ouvrir('/connexion', { vivante: false });
  await franceconnect(page).click();
  await sIdentifier(page, COMPTES.usager, 'Continuer');
  await page.getByRole('button', { name: 'Recevoir le lien' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Consultez votre messagerie/ })).toBeVisible();
  const lien = await lienDuCourriel(page, serveur);
  const ailleurs = await (await anonyme()).ouvrir(lien, { vivante: false });
  await expect(ailleurs.getByText(/Ce lien s'ouvre dans le navigateur/)).toBeVisible();
  await page.goto(lien);
  await page.getByRole('button', { name: 'Rattacher mon identité' }).click();
  await page.waitForURL(/\/dossiers$/);
  await page.goto(lien);
  await expect(page.getByRole('heading', { level: 1, name: 'Cette connexion a expiré' })).toBeVisible();
});

test('une personne nouvelle choisit son adresse de contact', async ({ anonyme }) => {
  const page = await (await anonyme({ largeur: 320 })).ouvrir('/connexion', { vivante: false });
  await franceconnect(page).click();
  await sIdentifier(page, 'angela@exemple.fr', 'Continuer');
  await expect(page.getByRole('heading', { level: 1, name: 'Choisissez votre adresse de contact' })).toBeVisible();
  await page.getByRole('button', { name: 'Continuer avec cette adresse' }).click();
  await page.waitForURL(/\/dossiers$/);
});
