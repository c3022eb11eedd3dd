//! What is written on the platform that a dossier belongs to: the messages of its messagerie, its label, its annotation.
//!
//! The change that causes it writes a task; a worker carries it out afterwards ([`crate::ouvriers`]). The platform has no key
//! by which what is sent twice would be one: a message is marked before it leaves, and looked for before it leaves again.

mod annotation;
mod auteur;
mod etiquette;
mod faits;
mod message;
pub(crate) mod montrer;
pub(crate) mod porte;
mod requetes;

use crate::contexte::Contexte;
use crate::courriels::EchecEnvoi;
use crate::taches::EnvoiDistant;

/// Carries out a task; gives whether there was something to do.
///
/// # Errors
/// [`EchecEnvoi::Distant`] says what keeps it; anything else failed here.
pub(crate) async fn faire(contexte: &Contexte, envoi: EnvoiDistant) -> Result<bool, EchecEnvoi> {
    match envoi {
        EnvoiDistant::Message { message } => message::envoyer(contexte, message).await,
        EnvoiDistant::Etiquette { dossier } => etiquette::poser(contexte, dossier).await,
        EnvoiDistant::Annotation { dossier } => annotation::remplir(contexte, dossier).await,
    }
}
