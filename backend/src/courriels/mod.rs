//! Mails: what they say, one file a mail, and how they leave ([`smtp`]).
//!
//! A mail is a task of the outbox: what is stored is a [`Courriel`], and the [`Lettre`] is composed as it leaves, from
//! the facts as they are then.

pub mod boite;
mod cadre;
mod compte;
mod confirmation;
mod dossier;
mod echec;
mod gabarit;
mod gestion;
mod identites;
mod instruction;
mod mise_en_page;
mod modele;
pub mod non_envoyes;
mod pied;
mod raccordement;
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
use std::pin::Pin;

/// A mail being composed.
type Composition<'a> =
    Pin<Box<dyn Future<Output = Result<Option<Lettre>, EchecEnvoi>> + Send + 'a>>;

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
    // Aside: together they would take more of the stack than a worker has.
    let lettre: Composition<'_> = match *courriel {
        Courriel::Proposition { proposition } => {
            Box::pin(rendez_vous::proposition::composer(c, proposition))
        }
        Courriel::Relance { proposition, relance } => {
            Box::pin(rendez_vous::relance::composer(c, proposition, relance))
        }
        Courriel::Retrait { proposition } => {
            Box::pin(rendez_vous::retrait::composer(c, proposition))
        }
        Courriel::RendezVous(ref nouvelle) => {
            Box::pin(rendez_vous::changement::composer(c, nouvelle, id))
        }
        Courriel::Depot { dossier } => Box::pin(dossier::depot::composer(c, dossier)),
        Courriel::Message { dossier, instructeur } => {
            Box::pin(dossier::message::composer(c, dossier, instructeur, id))
        }
        Courriel::Traitement { traitement } => {
            Box::pin(dossier::traitement::composer(c, traitement))
        }
        Courriel::Correction { correction } => {
            Box::pin(dossier::correction::composer(c, correction))
        }
        Courriel::CorrectionRetiree { correction } => {
            Box::pin(dossier::correction::retiree(c, correction))
        }
        Courriel::Expiration { dossier } => Box::pin(dossier::expiration::composer(c, dossier)),
        Courriel::Expirants { demarche, compte } => {
            Box::pin(dossier::expirants::composer(c, demarche, compte))
        }
        Courriel::Expire { dossier } => Box::pin(dossier::expire::composer(c, dossier)),
        Courriel::Invite { invite } => Box::pin(dossier::invite::composer(c, invite)),
        Courriel::Avis { avis, relance } => Box::pin(instruction::avis::composer(c, avis, relance)),
        Courriel::AvisRendu { avis, compte } => {
            Box::pin(instruction::avis_rendu::composer(c, avis, compte))
        }
        Courriel::Reaffectation { reaffectation, compte } => {
            Box::pin(instruction::reaffectation::composer(c, reaffectation, compte))
        }
        Courriel::Recommandation { envoi } => {
            Box::pin(instruction::recommandation::composer(c, envoi))
        }
        Courriel::Export { export } => Box::pin(dossier::export::composer(c, export)),
        Courriel::Contact { contact, compte } => {
            Box::pin(dossier::contact::composer(c, contact, compte))
        }
        Courriel::DepotRecu { dossier, compte } => {
            Box::pin(dossier::depot_recu::composer(c, dossier, compte))
        }
        Courriel::Modification { dossier, compte } => {
            Box::pin(dossier::modification::composer(c, dossier, compte))
        }
        Courriel::Recapitulatif { recapitulatif } => {
            Box::pin(recapitulatif::composer(c, recapitulatif))
        }
        Courriel::FichierInfecte { piece, .. } => {
            Box::pin(dossier::fichier_infecte::composer(c, piece))
        }
        Courriel::JetonExpire { raccordement, compte, jours } => {
            Box::pin(raccordement::jeton_expire(c, raccordement, compte, jours))
        }
        Courriel::RaccordementRompu { raccordement, compte } => {
            Box::pin(raccordement::rompu(c, raccordement, compte))
        }
        Courriel::Compte { lien } => Box::pin(compte::composer(c, lien)),
        Courriel::Identite { identite, compte } => {
            Box::pin(identites::attachee(c, identite, compte))
        }
        Courriel::Rattachement { rattachement } => {
            Box::pin(identites::rattachement(c, rattachement))
        }
        Courriel::CompteEfface { ref adresse } => {
            Box::pin(compte::composer_l_effacement(c, adresse))
        }
        Courriel::Confirmation { confirmation } => {
            Box::pin(confirmation::composer(c, confirmation))
        }
    };
    lettre.await
}
