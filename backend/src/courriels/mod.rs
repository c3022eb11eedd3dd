//! Mails: what they say, one file a mail, and how they leave ([`smtp`]).
//!
//! A mail is a task of the outbox: what is stored is a [`Courriel`], and the [`Lettre`] is composed as it leaves, from
//! the facts as they are then.

pub mod boite;
mod cadre;
mod compte;
mod dossier;
mod echec;
mod gabarit;
mod gestion;
mod instruction;
mod mise_en_page;
mod modele;
pub mod non_envoyes;
mod pied;
mod recapitulatif;
mod rendez_vous;
pub mod smtp;

#[cfg(test)]
mod apercus;

pub use echec::EchecEnvoi;
pub use gabarit::Lettre;
pub use smtp::Expediteur;

use crate::contexte::Contexte;
use crate::taches::Courriel;
use domain::ids::TacheId;

/// Composes the mail of the task whose row is `id`, from the facts as they are now. `None` when it has lost its reason:
/// a proposition withdrawn or booked before its mail left must not invite anybody, nor a rendez-vous that was cancelled
/// since be told of.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub async fn composer(
    contexte: &Contexte,
    courriel: &Courriel,
    id: TacheId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let c = contexte;
    match *courriel {
        Courriel::Proposition { proposition } => {
            rendez_vous::proposition::composer(c, proposition).await
        }
        Courriel::Relance { proposition, relance } => {
            rendez_vous::relance::composer(c, proposition, relance).await
        }
        Courriel::Retrait { proposition } => rendez_vous::retrait::composer(c, proposition).await,
        Courriel::RendezVous(ref nouvelle) => {
            rendez_vous::changement::composer(c, nouvelle, id).await
        }
        Courriel::Depot { dossier } => dossier::depot::composer(c, dossier).await,
        Courriel::Message { dossier, instructeur } => {
            dossier::message::composer(c, dossier, instructeur, id).await
        }
        Courriel::Traitement { traitement } => dossier::traitement::composer(c, traitement).await,
        Courriel::Correction { correction } => dossier::correction::composer(c, correction).await,
        Courriel::CorrectionRetiree { correction } => {
            dossier::correction::retiree(c, correction).await
        }
        Courriel::Expiration { dossier } => dossier::expiration::composer(c, dossier).await,
        Courriel::Expirants { demarche, compte } => {
            dossier::expirants::composer(c, demarche, compte).await
        }
        Courriel::Expire { dossier } => dossier::expire::composer(c, dossier).await,
        Courriel::Invite { invite } => dossier::invite::composer(c, invite).await,
        Courriel::Avis { avis, relance } => instruction::avis::composer(c, avis, relance).await,
        Courriel::AvisRendu { avis, compte } => {
            instruction::avis_rendu::composer(c, avis, compte).await
        }
        Courriel::Reaffectation { reaffectation, compte } => {
            instruction::reaffectation::composer(c, reaffectation, compte).await
        }
        Courriel::Recommandation { envoi } => instruction::recommandation::composer(c, envoi).await,
        Courriel::Export { export } => dossier::export::composer(c, export).await,
        Courriel::Contact { contact, compte } => {
            dossier::contact::composer(c, contact, compte).await
        }
        Courriel::DepotRecu { dossier, compte } => {
            dossier::depot_recu::composer(c, dossier, compte).await
        }
        Courriel::Modification { dossier, compte } => {
            dossier::modification::composer(c, dossier, compte).await
        }
        Courriel::Recapitulatif { recapitulatif } => {
            recapitulatif::composer(c, recapitulatif).await
        }
        Courriel::Compte { lien } => compte::composer(c, lien).await,
    }
}
