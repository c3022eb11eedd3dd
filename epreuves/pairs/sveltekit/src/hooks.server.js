import { sql } from '#lib/server/base.js';
import { lireVisiteur } from '../../commun/requetes.js';

/** Who asks is read once for a request. */
export async function handle({ event, resolve }) {
  event.locals.visiteur = await lireVisiteur(sql, event.cookies.get('session'));
  return resolve(event);
}
