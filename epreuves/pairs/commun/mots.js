// From what the database says to what the page shows, in the words of our server.

export const ETATS = {
  en_construction: { libelle: 'en construction', classe: 'fr-badge fr-badge--sm fr-badge--purple-glycine' },
  en_instruction: { libelle: 'en instruction', classe: 'fr-badge fr-badge--sm fr-badge--new' },
  accepte: { libelle: 'accepté', classe: 'fr-badge fr-badge--sm fr-badge--success fr-badge--no-icon' },
  refuse: { libelle: 'refusé', classe: 'fr-badge fr-badge--sm fr-badge--warning fr-badge--no-icon' },
  sans_suite: { libelle: 'classé sans suite', classe: 'fr-badge fr-badge--sm fr-badge--warning fr-badge--no-icon' },
};

const TAGS = {
  pris: { libelle: 'RDV pris', classe: 'fr-badge fr-badge--sm fr-badge--success' },
  propose: { libelle: 'RDV proposé', classe: 'fr-badge fr-badge--sm fr-badge--warning' },
  annule: { libelle: 'RDV annulé', classe: 'fr-badge fr-badge--sm fr-badge--error' },
};

const CORRECTIONS = {
  demandee: { libelle: 'à corriger', classe: 'fr-badge fr-badge--sm fr-badge--warning' },
  corrigee: { libelle: 'corrigé', classe: 'fr-badge fr-badge--sm fr-badge--success' },
};

const NOUVEAUTES = [
  ['nouveau_message', 'nouveau message'],
  ['nouvelle_demande', 'dossier modifié'],
  ['nouvel_avis', 'nouvel avis'],
  ['nouvelle_piece', 'nouvelle pièce jointe'],
  ['nouvelle_annotation', 'annotation modifiée'],
];

const CELLULES = {
  demandeur: { titre: 'Demandeur', texte: (lu) => lu.demandeur },
  nom: { titre: 'Nom', tri: 'nom', texte: (lu) => `${lu.nom.toUpperCase()} ${lu.prenom}` },
  depot: { titre: 'Déposé le', tri: 'depot', texte: (lu) => lu.depose_le.toLocaleDateString('fr-FR') },
};

export const LIENS = [
  ['notifications', 'gestion des notifications'],
  ['statistiques', 'statistiques'],
  ['instructeurs', 'instructeurs'],
  ['brouillons', 'contacter les usagers (brouillon)'],
  ['administrateurs', 'voir les administrateurs'],
  ['exports', 'voir les exports'],
];

export const STATUTS = Object.entries(ETATS).map(([code, { libelle }]) => [code, libelle]);
export const RENDEZ_VOUS = [
  ['rdv-propose', 'RDV proposé'],
  ['rdv-pris', 'RDV pris'],
  ['rdv-annule', 'RDV annulé'],
  ['sans-reponse', 'Sans réponse'],
];
export const CORRECTIONS_A_FILTRER = [
  ['a-corriger', 'à corriger'],
  ['corrige', 'corrigé'],
];
export const COLONNES = [
  ['demandeur', 'Demandeur'],
  ['nom', 'Nom'],
  ['depot', 'Déposé le'],
  ['expiration', 'Expire le'],
  ['groupe', 'Groupe'],
  ['suivi-par', 'Suivi par'],
];
export const LOTS = [
  ['instruire', 'Passer les dossiers en instruction'],
  ['suivre', 'Suivre les dossiers'],
  ['archiver', 'Archiver les dossiers'],
];
export const PIED = [
  ['https://www.info.gouv.fr', 'info.gouv.fr'],
  ['https://www.service-public.fr', 'service-public.fr'],
  ['https://www.legifrance.gouv.fr', 'legifrance.gouv.fr'],
  ['https://www.data.gouv.fr', 'data.gouv.fr'],
];
export const LEGAL = [
  ['/plan-du-site', 'Plan du site'],
  ['/accessibilite', 'Accessibilité : partiellement conforme'],
  ['/mentions-legales', 'Mentions légales'],
  ['/donnees-personnelles', 'Données personnelles'],
];

export const dossiers = (combien) => `${combien} ${combien < 2 ? 'dossier' : 'dossiers'}`;

/** « 3 à suivre », « 1 suivi »…: code, text. */
export function onglets(demarche) {
  const accorde = (combien, mot) => `${combien} ${mot}${combien < 2 ? '' : 's'}`;
  return [
    ['a-suivre', `${demarche.en_cours - demarche.suivis} à suivre`],
    ['suivis', accorde(demarche.suivis_par_soi, 'suivi')],
    ['traites', accorde(demarche.traites, 'traité')],
    ['tous', `${demarche.en_cours + demarche.traites} au total`],
    ['supprimes', `${accorde(demarche.supprimes, 'supprimé')} récemment`],
    ['expirants', accorde(demarche.expirants, 'expirant')],
    ['archives', accorde(demarche.archives, 'archivé')],
  ];
}

export const colonnes = (demarche) => demarche.colonnes.split(' ').filter((code) => CELLULES[code]);
export const entete = (code) => CELLULES[code];

/** What a row shows. */
export function ligne(lu, choisies) {
  const numero = Number(lu.numero);
  const { a_venir, proposition, annule, etat } = lu;
  const tag = a_venir ? 'pris' : proposition === 'proposee' ? 'propose' : annule ? 'annule' : undefined;
  const en_cours = etat === 'en_construction' || etat === 'en_instruction';
  const correction = etat === 'en_construction' ? CORRECTIONS[lu.correction] : undefined;
  const badges = [ETATS[etat], correction, TAGS[tag]].filter(Boolean);
  if (en_cours && tag !== 'pris' && proposition === 'expiree') {
    badges.push({ libelle: 'sans réponse', classe: 'fr-badge fr-badge--sm' });
  }
  const nouveautes = NOUVEAUTES.filter(([quoi]) => lu[quoi] || (quoi === 'nouveau_message' && lu.sans_reponse));
  return {
    numero,
    cellules: choisies.map((code) => ({ titre: CELLULES[code].titre, texte: CELLULES[code].texte(lu) })),
    badges,
    nouveautes: nouveautes.map(([, libelle]) => libelle).join(', '),
    suivi: lu.suivi,
    instructible: etat === 'en_construction',
  };
}
