// What the sandbox lets programs do: see sandbox/README.md, « Control API ».

export interface NouveauRdv {
  motif_id: number;
  starts_at: string;
  email?: string;
  first_name?: string;
  last_name?: string;
  phone_number?: string;
  address?: string;
}

export interface Notification {
  id: number;
  body: string;
  status: 'pending' | 'delivered' | 'failed' | 'dropped' | 'discarded';
  attempts: { status: number | null }[];
}

export type Action =
  | 'reschedule'
  | 'cancel'
  | 'revoke'
  | 'noshow'
  | 'seen'
  | 'reinstate'
  | 'destroy'
  | 'rgpd';

export class Bac {
  constructor(readonly url: string) {}

  /** Books without the pages; gives the number of the rendez-vous. */
  async prendre(rdv: NouveauRdv): Promise<number> {
    const { rdv: pris } = await this.poster<{ rdv: { id: number } }>('/rdvs', rdv);
    return pris.id;
  }

  async changer(rdv: number, action: Action, corps: object = {}): Promise<void> {
    await this.poster(`/rdvs/${rdv}/${action}`, corps);
  }

  /** Holds, repeats, shuffles or loses (a share, from 0 to 1) what is sent to the application. */
  async mode(mode: { hold?: boolean; duplicate?: number; shuffle?: boolean; drop?: number }): Promise<void> {
    await this.poster('/mode', mode);
  }

  /** The numbers of all rendez-vous, the oldest first. */
  async rendezVous(): Promise<number[]> {
    const { rdvs } = await this.appeler<{ rdvs: Record<string, unknown> }>('GET', '/state');
    return Object.keys(rdvs).map(Number).sort((a, b) => a - b);
  }

  async notifications(): Promise<Notification[]> {
    const { deliveries } = await this.appeler<{ deliveries: Notification[] }>('GET', '/deliveries');
    return deliveries;
  }

  async rejouer(notification: number): Promise<void> {
    await this.poster(`/deliveries/${notification}/replay`, {});
  }

  private poster<T = unknown>(chemin: string, corps: object): Promise<T> {
    return this.appeler<T>('POST', chemin, JSON.stringify(corps));
  }

  private async appeler<T>(method: string, chemin: string, body?: string): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const reponse = await fetch(`${this.url}/__sandbox${chemin}`, { method, headers, body });
    if (!reponse.ok) throw new Error(`${method} ${chemin} : ${reponse.status} ${await reponse.text()}`);
    return (await reponse.json()) as T;
  }
}
