//! How mails leave: by SMTP, or into the local mailbox that a page shows.

use super::Courriel;
use super::serveur::{Panne, ReglageFaux, ServeurCourriel};
use crate::base::Base;
use crate::entities::courriel;
use crate::erreur::Echec;
use chrono::{DateTime, Utc};
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
    /// The mail server refused or did not answer.
    #[error("mail server: {0}")]
    Serveur(#[from] Panne),
    /// The database failed.
    #[error(transparent)]
    Base(#[from] Echec),
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
            Self::Local(base) => deposer(base, courriel, tache, maintenant).await,
            Self::Smtp { transport, de } => {
                let message = message(de, courriel, tache)?;
                transport.send(message).await.map_err(|erreur| Panne::de(&erreur))?;
                Ok(())
            }
        }
    }
}

fn message(de: &Mailbox, courriel: &Courriel, tache: i64) -> Result<Message, EchecEnvoi> {
    let a = courriel.a.parse().map_err(|_| EchecEnvoi::Adresse)?;
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
