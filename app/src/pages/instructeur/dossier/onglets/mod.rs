//! The tabs of a dossier, for an instructeur.

mod annotations;
mod avis;
mod avis_demande;
mod champs_prives;
mod demande;
mod messagerie;
mod personnes;
mod pieces;
mod reaffectation;
mod supprimer;

pub use annotations::AnnotationsInstructeur;
pub use avis::AvisDuDossier;
pub use demande::DemandeInstructeur;
pub use messagerie::MessagerieInstructeur;
pub use personnes::PersonnesInstructeur;
pub use pieces::PiecesInstructeur;
pub use reaffectation::ReaffectationDuDossier;
