// A network that can be cut: the browser reaches the application through it.
import { connect, createServer, type Server, type Socket } from 'node:net';
import { portLibre } from './serveur';

export class Coupure {
  private ecoute?: Server;
  private readonly prises = new Set<Socket>();

  private constructor(
    private readonly port: number,
    private readonly versPort: number,
  ) {}

  static async devant(application: string): Promise<Coupure> {
    const coupure = new Coupure(await portLibre(), Number(new URL(application).port));
    await coupure.retablir();
    return coupure;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Every connection ends, and no other can be made. */
  async couper(): Promise<void> {
    const fermee = new Promise<void>((fin) => (this.ecoute ? this.ecoute.close(() => fin()) : fin()));
    for (const prise of this.prises) prise.destroy();
    await fermee;
    this.ecoute = undefined;
  }

  async retablir(): Promise<void> {
    this.ecoute = createServer((navigateur) => {
      const application = connect(this.versPort, '127.0.0.1');
      for (const prise of [navigateur, application]) {
        this.prises.add(prise);
        prise.once('close', () => this.prises.delete(prise));
      }
      navigateur.pipe(application).pipe(navigateur);
      navigateur.on('error', () => application.destroy());
      application.on('error', () => navigateur.destroy());
    });
    await new Promise<void>((prete, echec) => {
      this.ecoute?.once('error', echec);
      this.ecoute?.listen(this.port, '127.0.0.1', prete);
    });
  }
}
