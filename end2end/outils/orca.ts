// A real screen reader beside the browser: keys that come from outside the browser, as those of a keyboard do (Orca does
// not hear of others and would not stop reading for them), and what Orca was given to say, read in its own journal.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import type { Page } from '@playwright/test';

/** The names that X has for keys, where Playwright has another name. */
const TOUCHES: Record<string, string> = { Enter: 'Return', Space: 'space' };
/** So long without a line in the journal: what a key did has been said; and what Orca reads on by itself, to its end. */
const SILENCE_MS = 400;
const SILENCE_LECTURE_MS = 2_500;
const PATIENCE_MS = 90_000;
/** What somebody else changes is spoken of within so long. */
const NOUVELLE_MS = 20_000;

/** One thing said; `lecture` when Orca reads on by itself, from the beginning of a page. */
interface Parole {
  phrase: string;
  lecture: boolean;
}

export class Orca {
  private lu = 0;

  constructor(private readonly journal: string) {}

  /** Presses a key (« Tab », « Enter », « ctrl+l »…) and lets Orca speak. */
  readonly frapper = async (page: Page, touche: string): Promise<void> => {
    execFileSync('xdotool', ['key', '--clearmodifiers', TOUCHES[touche] ?? touche]);
    await page.waitForTimeout(150);
    await this.silence(page);
  };

  /** Types, as on a keyboard. */
  async taper(page: Page, texte: string): Promise<void> {
    execFileSync('xdotool', ['type', '--clearmodifiers', '--delay', '80', texte]);
    await this.silence(page);
  }

  /** Types an address where addresses are typed: the page is then read from its beginning. */
  async aller(page: Page, adresse: string): Promise<void> {
    await page.bringToFront();
    await page.waitForTimeout(1_000);
    await this.frapper(page, 'ctrl+l');
    await this.taper(page, adresse);
    this.oublier();
    await this.frapper(page, 'Enter');
    await page.waitForURL(adresse);
    await this.finir(page);
  }

  /** Asks to be read what follows, to the end. */
  async lire(page: Page): Promise<void> {
    await this.frapper(page, 'KP_Add');
    await this.finir(page);
  }

  /** Waits for news to be said, and for what may be said after them. */
  async attendre(page: Page, nouvelle: RegExp): Promise<void> {
    const limite = Date.now() + NOUVELLE_MS;
    while (Date.now() < limite && !this.depuis().some(({ phrase }) => nouvelle.test(phrase))) {
      await page.waitForTimeout(SILENCE_MS);
    }
    await this.finir(page);
  }

  /** Lets Orca say all that it has to say. */
  finir(page: Page): Promise<void> {
    return this.silence(page, SILENCE_LECTURE_MS);
  }

  /** What was said until now is not asked for. */
  oublier(): void {
    this.entendu();
  }

  /** What was said since the last time; what Orca reads on by itself is on lines of its own, marked. */
  entendu(): string[] {
    const journal = readFileSync(this.journal);
    const dites = paroles(journal.subarray(this.lu).toString());
    this.lu = journal.length;
    return enLignes(dites);
  }

  private depuis(): Parole[] {
    return paroles(readFileSync(this.journal).subarray(this.lu).toString());
  }

  private async silence(page: Page, duree = SILENCE_MS): Promise<void> {
    const limite = Date.now() + PATIENCE_MS;
    let taille = -1;
    for (;;) {
      const maintenant = statSync(this.journal).size;
      if (maintenant === taille || Date.now() > limite) return;
      taille = maintenant;
      await page.waitForTimeout(duree);
    }
  }
}

/** The entries of the journal that are words said. */
function paroles(journal: string): Parole[] {
  return journal.split(/^(?=\d\d:\d\d:\d\d\.\d+ - )/m).flatMap((entree) => {
    const dite = /^\S+ - SPEECH OUTPUT: '(.*)'[[{ ]/s.exec(entree);
    const lue = /^\S+ - WEB SAY ALL: \[.*?\] '(.*)' \(\d+-\d+, current/s.exec(entree);
    const phrase = (dite ?? lue)?.[1].replace(/\s+/g, ' ').trim();
    return phrase ? [{ phrase, lecture: !dite }] : [];
  });
}

function enLignes(dites: Parole[]): string[] {
  const lignes: string[] = [];
  let suite: string[] = [];
  const finir = () => {
    if (suite.length > 0) lignes.push(`» ${suite.join(' · ')}`);
    suite = [];
  };
  for (const { phrase, lecture } of dites) {
    if (lecture) {
      suite.push(phrase);
    } else {
      finir();
      lignes.push(phrase);
    }
  }
  finir();
  return lignes;
}
