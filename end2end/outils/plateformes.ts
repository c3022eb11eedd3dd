// ProConnect and FranceConnect, as real providers of one's own (fournisseur/): never the platforms themselves.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as attendre } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { portLibre } from './serveur';

const DEMARRAGE_MAX_MS = 20_000;

export class Plateformes {
  private readonly enfants: ChildProcess[] = [];
  journal = '';

  /** Starts both, for the application at `url`; gives the settings by which it knows them. */
  async demarrer(url: string): Promise<NodeJS.ProcessEnv> {
    const reglages: NodeJS.ProcessEnv = {};
    for (const nom of ['proconnect', 'franceconnect']) {
      const emetteur = await this.lancer(nom, url);
      const prefixe = nom.toUpperCase();
      reglages[`${prefixe}_ISSUER`] = emetteur;
      reglages[`${prefixe}_CLIENT_ID`] = 'rdv-demarches';
      reglages[`${prefixe}_CLIENT_SECRET`] = 'un-secret-de-plus-de-trente-deux-caracteres';
    }
    return reglages;
  }

  private async lancer(nom: string, url: string): Promise<string> {
    const port = await portLibre();
    const programme = join(__dirname, 'fournisseur', 'index.mjs');
    const enfant = spawn(process.execPath, [programme, nom, String(port), url], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.enfants.push(enfant);
    for (const flux of [enfant.stdout, enfant.stderr]) {
      flux.on('data', (texte: Buffer) => (this.journal += texte.toString()));
    }
    const emetteur = `http://127.0.0.1:${port}`;
    const limite = Date.now() + DEMARRAGE_MAX_MS;
    while (Date.now() < limite && enfant.exitCode === null) {
      const reponse = await fetch(`${emetteur}/pret`).catch(() => undefined);
      if (reponse?.ok) return emetteur;
      await attendre(50);
    }
    throw new Error(`${nom} ne répond pas.\n${this.journal}`);
  }

  arreter(): void {
    for (const enfant of this.enfants) enfant.kill('SIGKILL');
  }
}

/** Signs in there: with one factor, two, or not at all. */
export async function sIdentifier(page: Page, qui: string, comment: 'Continuer' | 'Avec un second facteur' | 'Refuser') {
  await page.getByLabel('Compte').selectOption(qui);
  await page.getByRole('button', { name: comment }).click();
}
