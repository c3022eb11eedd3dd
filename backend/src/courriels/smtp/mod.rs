//! How mails leave: by SMTP, or into the local mailbox.

mod dkim;
mod liaison;
mod message;
mod refus;
pub(super) mod serveur;

pub use dkim::{Signature, SignatureFausse};
pub use liaison::{Delais, Liaison};
pub use serveur::{Panne, ReglageFaux, ServeurCourriel};

use super::boite;
use super::echec::EchecEnvoi;
use super::gabarit::Lettre;
use crate::socle::base::Base;
use crate::socle::lent;
use chrono::{DateTime, Utc};
use domain::email;
use domain::ids::TacheId;

/// The way out.
#[derive(Clone)]
pub enum Expediteur {
    /// The local mailbox.
    Local(Base),
    /// A mail server.
    Smtp(Liaison),
}

impl Expediteur {
    /// By SMTP.
    ///
    /// # Errors
    /// The certificates of the system can't be read.
    pub fn smtp(serveur: &ServeurCourriel, delais: Delais) -> Result<Self, ReglageFaux> {
        let chiffrement = serveur.chiffrement()?;
        Ok(Self::Smtp(Liaison::new(serveur.clone(), chiffrement, delais)))
    }

    /// Goes to the mail server and says who it is, without sending anything.
    ///
    /// # Errors
    /// What keeps mails from leaving.
    pub async fn essayer(&self) -> Result<(), EchecEnvoi> {
        lent::hors_ecriture();
        match self {
            Self::Local(_) => Ok(()),
            Self::Smtp(liaison) => Ok(liaison.essayer().await?),
        }
    }

    /// Sends. `tache` makes a second sending of the same task harmless where that is possible.
    ///
    /// # Errors
    /// It did not leave, and may be tried again.
    pub async fn envoyer(
        &self,
        lettre: &Lettre,
        tache: TacheId,
        maintenant: DateTime<Utc>,
    ) -> Result<(), EchecEnvoi> {
        lent::hors_ecriture();
        match self {
            // The same addresses are refused as by a mail server.
            Self::Local(_) if email::pour_envoi(&lettre.a).is_none() => Err(EchecEnvoi::Adresse),
            Self::Local(base) => boite::deposer(base, lettre, tache, maintenant).await,
            Self::Smtp(liaison) => {
                let serveur = liaison.serveur();
                let pli = message::plier(serveur, lettre, tache, maintenant)?;
                let remis = liaison.remettre(&serveur.de().email, &pli.a, &pli.octets).await;
                // Only the kind of failure is kept: a server's words may repeat the address.
                remis.map_err(|arret| refus::classer(&arret))
            }
        }
    }

    /// All that was due is sent: the mail server is not kept waiting.
    pub async fn raccrocher(&self) {
        if let Self::Smtp(liaison) = self {
            liaison.raccrocher().await;
        }
    }
}
