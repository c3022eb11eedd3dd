// No page may complain: neither in the console (which also tells of the content policy), nor by a request
// that fails. A test says beforehand what it makes fail on purpose.
import { expect, type BrowserContext, type Page, type Request } from '@playwright/test';

export class Surveillance {
  private readonly plaintes: string[] = [];
  private readonly attendues: RegExp[] = [];

  /** `tombe`: told when the browser's own process for a page ends. */
  constructor(private readonly tombe: () => void) {}

  /** From now on such a complaint is expected. */
  attendre(...motifs: RegExp[]): void {
    this.attendues.push(...motifs);
  }

  suivre(contexte: BrowserContext, { sansScript = false } = {}): void {
    // A browser without JavaScript still reads which scripts it would load, and refuses them.
    if (sansScript) this.attendre(/^requête perdue \(csp\) : \/pkg\//, /\/pkg\/\S+ was preloaded using link preload/);
    contexte.on('page', (page) => this.suivrePage(page));
    contexte.on('requestfailed', (requete) => this.perdue(requete));
    contexte.on('response', (reponse) => {
      if (reponse.status() >= 400) this.noter(`réponse ${reponse.status()} : ${chemin(reponse.url())}`);
    });
  }

  verifier(): void {
    const imprevues = this.plaintes.filter((p) => !this.attendues.some((motif) => motif.test(p)));
    expect(imprevues, 'ce dont les pages se plaignent').toEqual([]);
  }

  private suivrePage(page: Page): void {
    page.on('crash', this.tombe);
    page.on('pageerror', (erreur) => this.noter(`erreur : ${erreur.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        this.noter(`console : ${message.text()} (${chemin(message.location().url)})`);
      }
    });
  }

  private perdue(requete: Request): void {
    const raison = requete.failure()?.errorText ?? '';
    // Leaving a page ends what it was still receiving: its live events first of all.
    if (raison === 'net::ERR_ABORTED') return;
    this.noter(`requête perdue (${raison}) : ${chemin(requete.url())}`);
  }

  private noter(plainte: string): void {
    // Asked for by the browser itself where a page names no icon: the mails, which may load nothing.
    if (plainte.includes('/favicon.ico')) return;
    this.plaintes.push(plainte);
  }
}

function chemin(adresse: string): string {
  return URL.canParse(adresse) ? new URL(adresse).pathname : adresse;
}
