//! The dossiers and what belongs to them.

pub mod annotation;
pub mod avis;
pub mod brouillon;
pub mod consultation;
pub mod correction;
pub mod dossier;
pub mod dossier_a_indexer;
pub mod invite;
pub mod jeton_avis;
pub mod mot_dossier;
pub mod piece_jointe;
pub mod reaffectation;
pub mod recommandation;
pub mod suivi;
pub mod traitement;
pub mod valeur_privee;
