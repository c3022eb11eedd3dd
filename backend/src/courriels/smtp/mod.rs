//! How mails leave: by SMTP, or into the local mailbox.

mod refus;
pub(super) mod serveur;

pub use serveur::{Panne, ReglageFaux, ServeurCourriel};

use super::boite;
use super::echec::EchecEnvoi;
use super::gabarit::Lettre;
use crate::socle::base::Base;
use crate::socle::lent;
use chrono::{DateTime, Utc};
use domain::email;
use domain::ids::TacheId;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// The way out.
#[derive(Clone)]
pub enum Expediteur {
    /// The local mailbox.
    Local(Base),
    /// A mail server.
    Smtp {
        /// The connection.
        transport: AsyncSmtpTransport<Tokio1Executor>,
        /// The sender.
        de: Box<Mailbox>,
    },
}

impl Expediteur {
    /// By SMTP.
    ///
    /// # Errors
    /// The address can't be used.
    pub fn smtp(serveur: &ServeurCourriel) -> Result<Self, ReglageFaux> {
        Ok(Self::Smtp { transport: serveur.transport()?, de: Box::new(serveur.de().clone()) })
    }

    /// Goes to the mail server and says who it is, without sending anything.
    ///
    /// # Errors
    /// What keeps mails from leaving.
    pub async fn essayer(&self) -> Result<(), EchecEnvoi> {
        lent::hors_ecriture();
        match self {
            Self::Local(_) => Ok(()),
            Self::Smtp { transport, .. } => match transport.test_connection().await {
                Ok(true) => Ok(()),
                Ok(false) => Err(Panne::Coupure.into()),
                Err(erreur) => Err(Panne::de(&erreur).into()),
            },
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
            Self::Smtp { transport, de } => {
                let message = message(de, lettre, tache)?;
                // Only the kind of failure is kept: a server's words may repeat the address.
                transport.send(message).await.map_err(|erreur| refus::classer(&erreur))?;
                Ok(())
            }
        }
    }
}

fn message(de: &Mailbox, lettre: &Lettre, tache: TacheId) -> Result<Message, EchecEnvoi> {
    let a = email::pour_envoi(&lettre.a).and_then(|a| a.parse().ok());
    let a = a.ok_or(EchecEnvoi::Adresse)?;
    // The same task sent twice has the same identifier: many mailboxes then show it once.
    let identifiant = format!("<tache-{tache}@{}>", de.email.domain());
    let mut message = Message::builder()
        .from(de.clone())
        .to(Mailbox::new(None, a))
        .subject(lettre.sujet.clone())
        .message_id(Some(identifiant));
    if let Some(adresse) = &lettre.desabonnement {
        message = message
            .header(ListUnsubscribe(format!("<{adresse}>")))
            .header(ListUnsubscribePost("List-Unsubscribe=One-Click".to_owned()));
    }
    message
        .multipart(MultiPart::alternative_plain_html(lettre.texte.clone(), lettre.html.clone()))
        .map_err(|_| EchecEnvoi::Adresse)
}

/// How a mail program stops the mails of a kind (RFC 2369), by itself (RFC 8058).
macro_rules! entete {
    ($nom:ident, $texte:literal) => {
        #[derive(Debug, Clone)]
        struct $nom(String);

        impl Header for $nom {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($texte)
            }

            fn parse(texte: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(texte.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                // As it is: an address is ASCII, and nobody reads one that is cut.
                HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.clone(), self.0.clone())
            }
        }
    };
}

entete!(ListUnsubscribe, "List-Unsubscribe");
entete!(ListUnsubscribePost, "List-Unsubscribe-Post");
