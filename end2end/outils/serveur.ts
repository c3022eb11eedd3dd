// An application of one's own with its demo: a new database, a new sandbox, free ports.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as attendre } from 'node:timers/promises';
import { Bac } from './bac';
import { Distante } from './distante';

const RACINE = resolve(__dirname, '../..');
const DEMARRAGE_MAX_MS = 30_000;

export class Serveur {
  private constructor(
    /** Address of the application. */
    readonly url: string,
    /** The stand-in for RDV Service Public. */
    readonly bac: Bac,
    /** The stand-in for Démarches Simplifiées. */
    readonly distante: Distante,
    private readonly dossier: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  private application?: Processus;
  private sandbox?: Processus;

  /** Starts the two programs that bin/test has built; `autres` gives settings for the application at that address. With
   *  `distante` it knows the stand-in for Démarches Simplifiées, whose démarche its demo joins. */
  static async demarrer(autres?: (url: string) => Promise<NodeJS.ProcessEnv>, { distante = false } = {}): Promise<Serveur> {
    const dossier = await mkdtemp(join(tmpdir(), 'rdv-e2e-'));
    const [port, portBac, portDistante] = await Promise.all([portLibre(), portLibre(), portLibre()]);
    const url = `http://127.0.0.1:${port}`;
    const urlBac = `http://127.0.0.1:${portBac}`;
    const urlDistante = `http://127.0.0.1:${portDistante}`;
    const env = {
      PATH: process.env.PATH,
      LEPTOS_SITE_ADDR: `127.0.0.1:${port}`,
      APP_URL: url,
      DATABASE_URL: `sqlite://${join(dossier, 'rdv.sqlite')}?mode=rwc`,
      SANDBOX_ADDR: `127.0.0.1:${portBac}`,
      SANDBOX_URL: urlBac,
      SANDBOX_WEBHOOK_TARGET: url,
      SANDBOX_VISIO_BASE: `${urlBac}/visio/`,
      SANDBOX_STATE: join(dossier, 'sandbox.json'),
      SANDBOX_DS_ADDR: `127.0.0.1:${portDistante}`,
      ...(distante && { SANDBOX_DS_URL: urlDistante }),
      ...(await autres?.(url)),
    };
    const serveur = new Serveur(url, new Bac(urlBac), new Distante(urlDistante), dossier, env);
    serveur.sandbox = new Processus('sandbox', [], env);
    serveur.application = new Processus('server', ['demo'], env);
    try {
      await Promise.all([serveur.sandbox.repond(urlBac), serveur.application.repond(url)]);
    } catch (erreur) {
      await serveur.arreter();
      throw erreur;
    }
    return serveur;
  }

  /** The agenda that the demo suggests. */
  get agenda(): string {
    return `${this.bac.url}/org/100/demarches-simplifiees`;
  }

  /** What the two programs wrote. */
  get journal(): string {
    return [this.sandbox, this.application].map((p) => p?.journal ?? '').join('\n');
  }

  /** Stops the application, as a deployment does, without its sandbox nor its database. */
  async eteindre(): Promise<void> {
    await this.application?.arreter();
  }

  /** Starts the application again, on the same database. */
  async rallumer(): Promise<void> {
    this.application = new Processus('server', ['demo'], this.env);
    await this.application.repond(this.url);
  }

  async arreter(): Promise<void> {
    await Promise.all([this.application?.arreter(), this.sandbox?.arreter()]);
    await rm(this.dossier, { recursive: true, force: true });
  }
}

class Processus {
  private readonly enfant: ChildProcess;
  private readonly fini: Promise<void>;
  journal = '';

  constructor(
    private readonly nom: string,
    arguments_: string[],
    env: NodeJS.ProcessEnv,
  ) {
    const programme = join(RACINE, 'build', nom);
    if (!existsSync(programme)) throw new Error(`build/${nom} manque : lancez « bin/test e2e ».`);
    this.enfant = spawn(programme, arguments_, { cwd: RACINE, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const flux of [this.enfant.stdout, this.enfant.stderr]) {
      flux?.on('data', (texte: Buffer) => (this.journal += texte.toString()));
    }
    this.fini = new Promise((fin) => this.enfant.once('exit', () => fin()));
  }

  async repond(url: string): Promise<void> {
    const limite = Date.now() + DEMARRAGE_MAX_MS;
    while (Date.now() < limite && this.enfant.exitCode === null) {
      const reponse = await fetch(`${url}/healthz`).catch(() => undefined);
      if (reponse?.ok) return;
      await attendre(20);
    }
    throw new Error(`build/${this.nom} ne répond pas.\n${this.journal}`);
  }

  async arreter(): Promise<void> {
    if (this.enfant.exitCode !== null || this.enfant.signalCode !== null) return;
    this.enfant.kill('SIGTERM');
    const patience = setTimeout(() => this.enfant.kill('SIGKILL'), 8_000);
    await this.fini;
    clearTimeout(patience);
  }
}

export function portLibre(): Promise<number> {
  return new Promise((trouve, echec) => {
    const ecoute = createServer();
    ecoute.once('error', echec);
    ecoute.listen(0, '127.0.0.1', () => {
      const adresse = ecoute.address();
      const port = typeof adresse === 'object' && adresse ? adresse.port : 0;
      ecoute.close(() => trouve(port));
    });
  });
}
