// Time from a notification of the platform to the changed page: 50 moves of a rendez-vous, each posted as the
// platform would, each seen by the usager's open page. Run by « bin/bench latence ».
import { createHmac } from 'node:crypto';
import { COMPTES, expect, test, type Page } from '../outils/essai';
import { activer, proposer } from '../outils/raccourcis';
import { carte } from '../outils/reperes';

const FOIS = 50;
const SECRET = 'sandbox-shared-secret';

test('latence', async ({ serveur, poste }) => {
  await activer(await poste('admin'), serveur);
  await proposer(await poste('instructeur'));
  const page = await (await poste('usager')).ouvrir('/dossiers');
  await serveur.bac.prendre({ motif_id: 501, starts_at: '2099-06-01T09:00', email: COMPTES.usager });
  await expect(carte(page)).toContainText('1er juin 2099 à 9h00');
  const [modele] = await serveur.bac.notifications();
  await serveur.bac.mode({ hold: true });

  const durees: number[] = [];
  for (let fois = 1; fois <= FOIS; fois += 1) {
    const heure = `${9 + (fois % 8)}h${String(fois).padStart(2, '0')}`;
    const vu = vuSurLaPage(page, heure);
    const corps = deplace(modele.body, heure, fois);
    const signature = createHmac('sha256', SECRET).update(corps).digest('hex');
    await page.evaluate(() => new Promise(requestAnimationFrame));
    const envoye = maintenant();
    const reponse = await fetch(`${serveur.url}/webhooks/rdv-service-public/100`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-lapin-signature': signature },
      body: corps,
    });
    expect(reponse.status).toBe(204);
    durees.push((await vu) - envoye);
  }
  durees.sort((a, b) => a - b);
  const ms = (n: number) => `${n.toFixed(0)} ms`;
  const mediane = (durees[FOIS / 2 - 1] + durees[FOIS / 2]) / 2;
  console.log(`Notification → page changée, ${FOIS} fois : médiane ${ms(mediane)}, pire ${ms(durees[FOIS - 1])}`);
});

/** The same notification, of a later change: another hour of the same day. */
function deplace(corps: string, heure: string, fois: number): string {
  const { data, meta } = JSON.parse(corps) as { data: Record<string, unknown>; meta: Record<string, unknown> };
  const debut = `2099-06-01 ${heure.replace('h', ':').padStart(5, '0')}:00 +0200`;
  // Both instants move on: notifications are ordered by the second where the platform gives it, by the first elsewhere.
  const plusTard = new Date(Date.now() + fois * 1_000).toISOString();
  const timestamp = `${plusTard.slice(0, 19).replace('T', ' ')} +0000`;
  const instants = 'payload_computed_at' in meta ? { timestamp, payload_computed_at: plusTard } : { timestamp };
  return JSON.stringify({
    data: { ...data, starts_at: debut },
    meta: { ...meta, event: 'updated', ...instants },
  });
}

const maintenant = (): number => performance.timeOrigin + performance.now();

/** When the page shows that hour, on the clock that this process shares with the browser. */
function vuSurLaPage(page: Page, heure: string): Promise<number> {
  return page.evaluate(
    (texte) =>
      new Promise<number>((vu) => {
        const observe = new MutationObserver(() => {
          if (!document.body.innerText.includes(texte)) return;
          observe.disconnect();
          vu(performance.timeOrigin + performance.now());
        });
        observe.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    heure,
  );
}
