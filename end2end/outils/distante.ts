// What the stand-in for Démarches Simplifiées lets programs do: see sandbox/README.md.

/** The token of its demo, which reads and writes everything. */
export const JETON = Buffer.from('5f0c7a1e-91a2-4b34-8c56-0d5a7b1e0001;sandbox-ds-jeton').toString('base64');

interface Nouvelle {
  numero: number;
  titre: string;
  /** The addresses of its instructeurs. */
  instructeurs: string[];
}

interface Resume {
  number: number;
  state: string;
  usager: string;
  labels: string[];
}

interface Champ {
  stable_id: number;
  label: string;
}

export class Distante {
  constructor(readonly url: string) {}

  /** Makes a démarche with its labels and its annotation « Rendez-vous ». */
  async creer({ numero, titre, instructeurs }: Nouvelle): Promise<void> {
    await this.poster('/demarches', { number: numero, title: titre });
    const { groupes } = await this.appeler<{ groupes: { id: number }[] }>('GET', `/demarches/${numero}`);
    await this.poster(`/groupes/${groupes[0].id}`, { add: instructeurs });
    for (const name of ['RDV proposé', 'RDV pris']) await this.poster(`/demarches/${numero}/labels`, { name });
    const annotations = [{ label: 'Rendez-vous', type: 'text' }];
    const champs = [{ label: 'Adresse du composteur', type: 'text' }];
    await this.poster(`/demarches/${numero}/revision`, { champs, annotations });
  }

  /** Files a dossier; gives its number. */
  async deposer(demarche: number, usager: string, prenom: string, nom: string): Promise<number> {
    const demandeur = { type: 'physique', civilite: 'Mme', prenom, nom };
    const { number } = await this.poster<{ number: number }>(`/demarches/${demarche}/dossiers`, { usager, demandeur });
    return number;
  }

  /** Files many at once. */
  async remplir(demarche: number, dossiers: number): Promise<void> {
    await this.poster('/seed', { demarche, dossiers });
  }

  /** So many requests for each window. */
  async limiter(requests: number, window_ms: number): Promise<void> {
    await this.poster('/limits', { requests, window_ms });
  }

  async dossier(numero: number): Promise<Resume> {
    return (await this.appeler<{ summary: Resume }>('GET', `/dossiers/${numero}`)).summary;
  }

  /** What the annotation « Rendez-vous » of a dossier holds. */
  async annotation(numero: number): Promise<string> {
    const { dossier } = await this.appeler<{ dossier: { demarche: number; annotations: { stable_id: number; value: string | null }[] } }>(
      'GET',
      `/dossiers/${numero}`,
    );
    const { revisions } = await this.appeler<{ revisions: { annotations: Champ[] }[] }>('GET', `/demarches/${dossier.demarche}`);
    const champ = revisions.at(-1)?.annotations.find(({ label }) => label === 'Rendez-vous');
    return dossier.annotations.find(({ stable_id }) => stable_id === champ?.stable_id)?.value ?? '';
  }

  private poster<T = unknown>(chemin: string, corps: object): Promise<T> {
    return this.appeler<T>('POST', chemin, JSON.stringify(corps));
  }

  private async appeler<T>(method: string, chemin: string, body?: string): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const reponse = await fetch(`${this.url}/__sandbox_ds${chemin}`, { method, headers, body });
    if (!reponse.ok) throw new Error(`${method} ${chemin} : ${reponse.status} ${await reponse.text()}`);
    return (await reponse.json()) as T;
  }
}
