import { randomBytes } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { sql } from '#lib/server/base.js';
import { colonnes, ligne, onglets } from '../../../../../../commun/mots.js';
import { lireDemarche, lireDossiers } from '../../../../../../commun/requetes.js';

export async function load({ locals, params }) {
  if (!locals.visiteur) redirect(303, '/connexion');
  const compte = locals.visiteur.id;
  const demarche = await lireDemarche(sql, compte, params.numero);
  if (!demarche) error(404);
  const lus = await lireDossiers(sql, compte, demarche.groupes);
  const choisies = colonnes(demarche);
  return {
    numero: Number(demarche.numero),
    titre: demarche.titre,
    rdv_active: demarche.rdv_active,
    rdv_visible: demarche.rdv_visible,
    rdv_non_vus: demarche.rdv_non_vus,
    a_rattacher: demarche.a_rattacher,
    total: demarche.en_cours + demarche.traites,
    onglets: onglets(demarche),
    colonnes: choisies,
    lignes: lus.lignes.map((lu) => ligne(lu, choisies)),
    suivante: lus.suivante,
    cle: randomBytes(16).toString('hex'),
  };
}
