//! The tables, one file each, named without the folder in which they stand.

mod acces;
mod avertissements;
pub mod colonnes;
mod demarches;
mod dossiers;
pub mod evenement;
pub mod journal;
mod messagerie;
mod mots;
mod plateforme;
mod raccordements;
mod rdv;
mod taches;
pub mod temoin;

pub use acces::{
    abonnement, administrateur, archive_compte, compte, confirmation, demande_identite,
    formulaire_en_attente, identite, instructeur, lien_compte, morceau_archive, navigateur,
    rattachement_identite, session,
};
pub use avertissements::{
    avertissement, choix_avertissement, recapitulatif, reglage_avertissement,
};
pub use demarches::{
    champ, contact, contacte, demarche, effectif, export, groupe, modele_courriel, morceau_export,
};
pub use dossiers::{
    annotation, avis, brouillon, consultation, correction, dossier, dossier_a_indexer, invite,
    jeton_avis, mot_dossier, piece_jointe, reaffectation, recommandation, suivi, traitement,
    valeur_privee,
};
pub use messagerie::{message, regard};
pub use plateforme::{agenda, ancien_secret, compte_rdv, demande_oauth, reconciliation};
pub use raccordements::{
    auteur_distant, dossier_ecarte, groupe_miroir, lien_proposition, message_distant, miroir,
    raccordement, signalement_distant,
};
pub use rdv::{
    contenu, geste_rdv, lien_personnel, notification, objet_fichier, personne_rdv, plan_rdv,
    proposition, rendez_vous,
};
pub use taches::{adresse_refusee, courriel, tache};
