// What both pairs ask of the database that our server writes: the same rows as its list shows, one statement for what one
// statement can say. `sql` is a tag of the « postgres » package, which prepares each of these once a connection.

import { createHash } from 'node:crypto';

const PAR_PAGE = 25;

/** Who holds the token of an open session, and what they are; `undefined` for anybody else. */
export async function lireVisiteur(sql, jeton) {
  if (!jeton) return undefined;
  const empreinte = createHash('sha256').update(jeton).digest('hex');
  const [visiteur] = await sql`
    SELECT c.id, c.email,
      EXISTS (SELECT FROM instructeurs i WHERE i.compte = c.id) AS instruit,
      EXISTS (SELECT FROM administrateurs a WHERE a.compte = c.id) AS administre,
      EXISTS (SELECT FROM dossiers d WHERE d.usager = c.id AND d.origine = 'ici') AS depose,
      EXISTS (SELECT FROM invites i WHERE i.email = c.email) AS invite
    FROM sessions s
    JOIN comptes c ON c.id = s.compte
    WHERE s.empreinte = ${empreinte}
      AND s.expire_le > now()
      AND (s.cree_le > now() - interval '12 hours'
        OR NOT EXISTS (SELECT FROM instructeurs i WHERE i.compte = c.id)
          AND NOT EXISTS (SELECT FROM administrateurs a WHERE a.compte = c.id))`;
  return visiteur;
}

/** A démarche as one of its instructeurs sees it, with the counts of its tabs; `undefined` for anybody else. */
export async function lireDemarche(sql, compte, numero) {
  const [demarche] = await sql`
    SELECT d.numero, d.titre, d.rdv_active, g.groupes, coalesce(c.choix, 'demandeur nom') AS colonnes,
      d.rdv_active OR r.change_le IS NOT NULL AS rdv_visible,
      coalesce(r.change_le > coalesce(v.vu_le, '-infinity'), false) AS rdv_non_vus,
      (SELECT count(*)::int FROM rendez_vous l
        WHERE l.organisation = d.organisation AND l.dossier IS NULL AND l.decision IS NULL AND l.suppression IS NULL
          AND l.statut = 'unknown' AND l.fin > now()) AS a_rattacher,
      e.*
    FROM demarches d
    JOIN LATERAL (
      SELECT array_agg(g.id ORDER BY g.nom, g.id) AS groupes
      FROM groupes g JOIN instructeurs i ON i.groupe = g.id AND i.compte = ${compte}
      WHERE g.demarche = d.numero
    ) g ON g.groupes IS NOT NULL
    LEFT JOIN colonnes c ON c.demarche = d.numero AND c.compte = ${compte}
    LEFT JOIN vues v ON v.compte = ${compte} AND v.sujet = 'demarche:' || d.numero || ':rendez_vous'
    LEFT JOIN LATERAL (
      SELECT max(r.change_le) AS change_le FROM rendez_vous r WHERE r.groupe = ANY (g.groupes)
    ) r ON true
    CROSS JOIN LATERAL (
      SELECT
        coalesce(sum(e.combien) FILTER (WHERE e.quoi IN ('en_construction', 'en_instruction')), 0)::int AS en_cours,
        coalesce(sum(e.combien) FILTER (WHERE e.quoi IN ('accepte', 'refuse', 'sans_suite')), 0)::int AS traites,
        coalesce(sum(e.combien) FILTER (WHERE e.quoi = 'suivi'), 0)::int AS suivis,
        coalesce(sum(e.combien) FILTER (WHERE e.quoi = 'suivi:' || ${compte}::bigint), 0)::int AS suivis_par_soi,
        coalesce(sum(e.combien) FILTER (WHERE e.quoi = 'supprimes'), 0)::int AS supprimes,
        coalesce(sum(e.combien) FILTER (WHERE e.quoi = 'expirant'), 0)::int AS expirants,
        coalesce(sum(e.combien) FILTER (WHERE e.quoi = 'archives'), 0)::int AS archives
      FROM effectifs e WHERE e.groupe = ANY (g.groupes)
    ) e
    WHERE d.numero = ${numero}`;
  return demarche;
}

/** The first dossiers of the list, the newest first, and whether there are more. */
export async function lireDossiers(sql, compte, groupes) {
  const lus = await sql`
    SELECT d.numero, c.email AS demandeur, d.nom, d.prenom, d.etat, d.depose_le,
      p.etat AS proposition, k.etat AS correction, r.a_venir, r.annule,
      s.dossier IS NOT NULL AS suivi,
      s.dossier IS NOT NULL AND EXISTS (
        SELECT FROM messages m WHERE m.dossier = d.numero AND m.supprime_le IS NULL AND m.auteur <> ${compte}
          AND m.ecrit_le > s.vu_le) AS nouveau_message,
      s.dossier IS NOT NULL AND d.modifie_le > coalesce(s.demande_vue_le, s.depuis) AS nouvelle_demande,
      s.dossier IS NOT NULL AND EXISTS (
        SELECT FROM avis a WHERE a.dossier = d.numero AND a.rendu_le > coalesce(s.avis_vu_le, s.depuis)) AS nouvel_avis,
      s.dossier IS NOT NULL AND EXISTS (
        SELECT FROM pieces_jointes j WHERE j.dossier = d.numero AND j.compte IS DISTINCT FROM ${compte}
          AND j.jointe_le > coalesce(s.pieces_vues_le, s.depuis)) AS nouvelle_piece,
      s.dossier IS NOT NULL AND EXISTS (
        SELECT FROM annotations n WHERE n.dossier = d.numero AND n.instructeur <> ${compte}
          AND n.le > coalesce(s.annotation_vue_le, s.depuis)) AS nouvelle_annotation,
      NOT EXISTS (SELECT FROM suivis a WHERE a.dossier = d.numero) AND EXISTS (
        SELECT FROM messages q WHERE q.dossier = d.numero AND q.role_auteur = 'usager' AND q.supprime_le IS NULL
          AND NOT EXISTS (
            SELECT FROM messages m WHERE m.dossier = d.numero AND m.role_auteur = 'instructeur'
              AND m.supprime_le IS NULL AND m.ecrit_le >= q.ecrit_le)
          AND NOT EXISTS (
            SELECT FROM vues v WHERE v.compte = ${compte} AND v.sujet = 'dossier:' || d.numero || ':messagerie'
              AND v.vu_le >= q.ecrit_le)) AS sans_reponse
    FROM (
      SELECT * FROM dossiers
      WHERE groupe = ANY (${groupes}) AND place = 'liste' AND supprime_le IS NULL
      ORDER BY numero DESC
      LIMIT ${PAR_PAGE + 1}
    ) d
    JOIN comptes c ON c.id = d.usager
    LEFT JOIN suivis s ON s.dossier = d.numero AND s.compte = ${compte}
    LEFT JOIN LATERAL (
      SELECT etat FROM propositions WHERE dossier = d.numero ORDER BY etat = 'proposee' DESC, id DESC LIMIT 1
    ) p ON true
    LEFT JOIN LATERAL (SELECT etat FROM corrections WHERE dossier = d.numero ORDER BY id DESC LIMIT 1) k ON true
    CROSS JOIN LATERAL (
      SELECT
        coalesce(bool_or(statut = 'unknown' AND suppression IS NULL AND fin > now()), false) AS a_venir,
        coalesce((array_agg(statut ORDER BY change_le DESC, id DESC))[1] IN ('excused', 'revoked'), false) AS annule
      FROM rendez_vous WHERE dossier = d.numero
    ) r
    ORDER BY d.numero DESC`;
  return { lignes: lus.slice(0, PAR_PAGE), suivante: lus.length > PAR_PAGE };
}
