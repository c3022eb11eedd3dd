//! Whether a message read on the platform is one that was written here.

use crate::socle::erreur::Echec;
use crate::socle::secrets::coffre;
use crate::tables::{message, message_distant, miroir};
use chrono::{DateTime, Utc};
use domain::ids::MessageId;
use domain::raccordement::EtatMessage;
use domain::raccordement::reconnaissance::{self, SansNouvelle};
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

/// A message, as the platform gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MessageDistant {
    /// Its id there.
    pub(crate) id: String,
    /// Who wrote it.
    pub(crate) email: String,
    /// Its text; empty once it was deleted.
    pub(crate) corps: String,
    /// When it was written.
    pub(crate) cree_le: DateTime<Utc>,
    /// When it was deleted.
    pub(crate) supprime_le: Option<DateTime<Utc>>,
}

/// The message of the dossier of `miroir`, here, that `distant` is: its id is known, or it is one that was sent and of which
/// no answer came, which is then known to be there, under this id. `None` when it was written there.
///
/// Idempotent; under the lock of the dossier.
///
/// # Errors
/// The database failed.
pub(crate) async fn reconnaitre(
    tx: &impl ConnectionTrait,
    miroir: &miroir::Model,
    distant: &MessageDistant,
) -> Result<Option<MessageId>, Echec> {
    use message_distant::Column;
    let connu = message_distant::Entity::find()
        .filter(Column::Raccordement.eq(miroir.raccordement))
        .filter(Column::IdDistant.eq(&distant.id))
        .one(tx)
        .await?;
    if let Some(connu) = connu {
        return Ok(Some(connu.message));
    }
    let attendus = sans_nouvelle(tx, miroir).await?;
    let sienne = empreinte(&distant.corps);
    let reconnu = reconnaissance::reconnaitre(&attendus, &sienne, distant.cree_le);
    let Some(id) = reconnu else { return Ok(None) };
    remis(tx, id, &distant.id).await?;
    Ok(Some(id))
}

/// The digest by which a text that is sent is found again among those of the platform: to be written, with the time, before
/// it leaves. A digest, for what is sent holds a secret that is nowhere else in clear, and stays once the message is erased.
#[must_use]
pub(crate) fn empreinte(corps: &str) -> String {
    coffre::empreinte(&reconnaissance::essentiel(corps))
}

/// Writes that a message is there.
///
/// # Errors
/// The database failed.
pub(crate) async fn remis(
    tx: &impl ConnectionTrait,
    message: MessageId,
    id_distant: &str,
) -> Result<(), Echec> {
    let change = message_distant::ActiveModel {
        etat: Set(EtatMessage::Remis),
        id_distant: Set(Some(id_distant.to_owned())),
        ..Default::default()
    };
    message_distant::Entity::update_many()
        .set(change)
        .filter(message_distant::Column::Message.eq(message))
        .exec(tx)
        .await?;
    Ok(())
}

/// What was sent about a dossier and of which nothing is known, in the order in which it was written.
async fn sans_nouvelle(
    db: &impl ConnectionTrait,
    miroir: &miroir::Model,
) -> Result<Vec<SansNouvelle>, Echec> {
    use message_distant::Column;
    let siens = Query::select()
        .column(message::Column::Id)
        .from(message::Entity)
        .and_where(message::Column::Dossier.eq(miroir.dossier))
        .to_owned();
    let envois = message_distant::Entity::find()
        .filter(Column::Message.in_subquery(siens))
        .filter(Column::IdDistant.is_null())
        .filter(Column::TenteLe.is_not_null())
        .order_by_asc(Column::Message)
        .all(db)
        .await?;
    let attendu = |envoi: message_distant::Model| {
        let (empreinte, tente_le) = envoi.empreinte.zip(envoi.tente_le)?;
        Some(SansNouvelle { id: envoi.message, empreinte, tente_le })
    };
    Ok(envois.into_iter().filter_map(attendu).collect())
}
