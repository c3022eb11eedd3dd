import { defineMiddleware } from 'astro:middleware';
import { lireVisiteur } from '../../commun/requetes.js';
import { sql } from './lib/base.js';

/** Who asks is read once for a request. */
export const onRequest = defineMiddleware(async (context, next) => {
  context.locals.visiteur = await lireVisiteur(sql, context.cookies.get('session')?.value);
  return next();
});
