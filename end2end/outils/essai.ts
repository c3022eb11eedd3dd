// What every test has: an application of its own, people signed in to it, and eyes on all pages.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { Serveur } from './serveur';
import { Surveillance } from './surveillance';

export { expect };
export type { Page };

export const COMPTES = {
  admin: 'admin@demo.example',
  instructeur: 'instructeur@demo.example',
  usager: 'usager@demo.example',
  laureen: 'laureen.ho@demo.example',
  jules: 'jules.mercier@demo.example',
} as const;
export type Compte = keyof typeof COMPTES;

export interface Options {
  sansScript?: boolean;
  largeur?: number;
  /** Address of the application as the browser knows it. */
  url?: string;
}

/** The windows of one person, or of somebody not signed in. */
export class Poste {
  constructor(
    readonly contexte: BrowserContext,
    private readonly sansScript: boolean,
  ) {}

  /**
   * Opens a page in a new tab. With JavaScript it is given back once it watches for changes, which is the
   * last thing that its scripts begin; `vivante: false` for a page that watches nothing.
   */
  async ouvrir(chemin: string, { vivante = true } = {}): Promise<Page> {
    const page = await this.contexte.newPage();
    await this.aller(page, chemin, { vivante });
    return page;
  }

  /** Goes to another address in the same tab. */
  async aller(page: Page, chemin: string, { vivante = true } = {}): Promise<void> {
    const attendre = vivante && !this.sansScript;
    const veille = attendre ? page.waitForResponse((r) => new URL(r.url()).pathname === '/direct') : undefined;
    await Promise.all([page.goto(chemin), veille]);
  }

  /** Signs in, without the form. */
  async entrer(compte: Compte): Promise<this> {
    const form = { email: COMPTES[compte], password: 'demo' };
    const reponse = await this.contexte.request.post('/connexion', { form, maxRedirects: 0 });
    expect(reponse.status()).toBe(303);
    return this;
  }
}

interface Outils {
  serveur: Serveur;
  surveillance: Surveillance;
  anonyme: (options?: Options) => Promise<Poste>;
  poste: (compte: Compte, options?: Options) => Promise<Poste>;
}

export const test = base.extend<Outils>({
  serveur: async ({}, fournir, info) => {
    const serveur = await Serveur.demarrer();
    await fournir(serveur);
    if (info.status !== info.expectedStatus) {
      await info.attach('journal', { body: serveur.journal, contentType: 'text/plain' });
    }
    await serveur.arreter();
  },

  surveillance: async ({}, fournir, info) => {
    const tombe = join(info.project.outputDir, `navigateur-tombe-${info.testId}`);
    if (info.retry > 0 && !existsSync(tombe)) {
      throw new Error("A échoué une fois : n'est essayé de nouveau que ce qui a fait tomber le navigateur lui-même.");
    }
    const surveillance = new Surveillance(() => {
      mkdirSync(info.project.outputDir, { recursive: true });
      writeFileSync(tombe, '');
    });
    await fournir(surveillance);
    surveillance.verifier();
  },

  anonyme: async ({ browser, serveur, surveillance }, fournir) => {
    const postes: Poste[] = [];
    await fournir(async (options = {}) => {
      const contexte = await ouvrirContexte(browser, serveur, options);
      surveillance.suivre(contexte, options);
      const poste = new Poste(contexte, options.sansScript ?? false);
      postes.push(poste);
      return poste;
    });
    for (const poste of postes) await poste.contexte.close();
  },

  poste: async ({ anonyme }, fournir) => {
    await fournir(async (compte, options) => (await anonyme(options)).entrer(compte));
  },
});

function ouvrirContexte(browser: Browser, serveur: Serveur, options: Options) {
  return browser.newContext({
    baseURL: options.url ?? serveur.url,
    javaScriptEnabled: !options.sansScript,
    ...(options.largeur && { viewport: { width: options.largeur, height: 900 } }),
  });
}
