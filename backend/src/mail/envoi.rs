//! How mails leave: by SMTP, or into the local mailbox that a page shows.

use super::Courriel;
use super::refus;
use super::serveur::{Panne, ReglageFaux, ServeurCourriel};
use crate::socle::base::Base;
use crate::socle::erreur::Echec;
use crate::tables::courriel;
use chrono::{DateTime, Utc};
use domain::email;
use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect};

/// Why a mail did not leave. Says nothing of the person.
#[derive(Debug, thiserror::Error)]
pub enum EchecEnvoi {
    /// The task can't be read.
    #[error("unreadable task")]
    Illisible,
    /// An address can't be written to.
    #[error("unusable address")]
    Adresse,
    /// The mail server says for ever that this address takes nothing; holds its code.
    #[error("mail server: the recipient is refused ({0})")]
    Destinataire(String),
    /// The mail server refuses for ever, and it may be the sender or the server that has to be mended; holds its code.
    #[error("mail server: refused ({0})")]
    Refus(String),
    /// The mail server asks to come back later; holds its code.
    #[error("mail server: put off ({0})")]
    Differe(String),
    /// The mail server did not answer.
    #[error("mail server: {0}")]
    Serveur(#[from] Panne),
    /// The database failed.
    #[error(transparent)]
    Base(#[from] Echec),
}

impl EchecEnvoi {
    /// Whether no mail server was met, so that nothing is known of the mail itself.
    pub(crate) const fn panne(&self) -> bool {
        matches!(self, Self::Serveur(_))
    }
}

impl From<sea_orm::DbErr> for EchecEnvoi {
    fn from(erreur: sea_orm::DbErr) -> Self {
        Self::Base(erreur.into())
    }
}

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
        courriel: &Courriel,
        tache: i64,
        maintenant: DateTime<Utc>,
    ) -> Result<(), EchecEnvoi> {
        match self {
            // The same addresses are refused as by a mail server.
            Self::Local(_) if email::pour_envoi(&courriel.a).is_none() => Err(EchecEnvoi::Adresse),
            Self::Local(base) => deposer(base, courriel, tache, maintenant).await,
            Self::Smtp { transport, de } => {
                let message = message(de, courriel, tache)?;
                // Only the kind of failure is kept: a server's words may repeat the address.
                transport.send(message).await.map_err(|erreur| refus::classer(&erreur))?;
                Ok(())
            }
        }
    }
}

fn message(de: &Mailbox, courriel: &Courriel, tache: i64) -> Result<Message, EchecEnvoi> {
    let a = email::pour_envoi(&courriel.a).and_then(|a| a.parse().ok());
    let a = a.ok_or(EchecEnvoi::Adresse)?;
    // The same task sent twice has the same identifier: many mailboxes then show it once.
    let identifiant = format!("<tache-{tache}@{}>", de.email.domain());
    Message::builder()
        .from(de.clone())
        .to(Mailbox::new(None, a))
        .subject(courriel.sujet.clone())
        .message_id(Some(identifiant))
        .multipart(MultiPart::alternative_plain_html(courriel.texte.clone(), courriel.html.clone()))
        .map_err(|_| EchecEnvoi::Adresse)
}

async fn deposer(
    base: &Base,
    courriel: &Courriel,
    tache: i64,
    maintenant: DateTime<Utc>,
) -> Result<(), EchecEnvoi> {
    let ligne = courriel::ActiveModel {
        tache: Set(tache),
        destinataire: Set(courriel.a.clone()),
        sujet: Set(courriel.sujet.clone()),
        texte: Set(courriel.texte.clone()),
        html: Set(courriel.html.clone()),
        envoye_le: Set(maintenant),
        ..Default::default()
    };
    let tx = base.ecrire().await?;
    courriel::Entity::insert(ligne)
        .on_conflict(OnConflict::column(courriel::Column::Tache).do_nothing().to_owned())
        .exec_without_returning(&tx)
        .await?;
    Ok(tx.valider().await?)
}

/// The latest mails of the local mailbox, the newest first.
///
/// # Errors
/// The database failed.
pub async fn boite(base: &Base) -> Result<Vec<courriel::Model>, Echec> {
    Ok(courriel::Entity::find()
        .order_by_desc(courriel::Column::Id)
        .limit(100)
        .all(base.lire())
        .await?)
}
