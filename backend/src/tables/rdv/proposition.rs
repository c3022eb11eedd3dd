//! A proposition of rendez-vous. At most one is « proposee » for a dossier (a partial unique index).

use crate::socle::erreur::Echec;
use crate::tables::message;
use domain::ids::{DossierNumero, MessageId};
use domain::message::GenreMessage;
use domain::proposition::EtatProposition;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use std::collections::HashMap;

/// A row of `propositions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "propositions")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub dossier: i64,
    pub instructeur: i64,
    pub organisation: i64,
    pub etat: String,
    #[sea_orm(column_type = "Text")]
    pub url_agenda: String,
    pub cle: String,
    pub proposee_le: DateTimeUtc,
    pub rdv_user: Option<i64>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The proposition that counts for each of `dossiers`: the open one, else the latest. An older one is open again once its
/// rendez-vous is detached.
pub(crate) async fn courantes(
    db: &impl ConnectionTrait,
    dossiers: &[i64],
) -> Result<HashMap<i64, (Model, EtatProposition)>, Echec> {
    let lignes = Entity::find()
        .filter(Column::Dossier.is_in(dossiers.iter().copied()))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let mut courantes: HashMap<i64, (Model, EtatProposition)> = HashMap::new();
    for ligne in lignes {
        let etat = EtatProposition::from_code(&ligne.etat)
            .ok_or(Echec::Illisible("état of a proposition"))?;
        let autre = courantes.get(&ligne.dossier);
        if autre.is_none_or(|(_, autre)| *autre != EtatProposition::Proposee) {
            courantes.insert(ligne.dossier, (ligne, etat));
        }
    }
    Ok(courantes)
}

/// The proposition that counts for a dossier, as [`courantes`].
pub(crate) async fn courante(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Option<(Model, EtatProposition)>, Echec> {
    Ok(courantes(db, &[numero.0]).await?.remove(&numero.0))
}

/// The message of the proposition that waits for an answer, of each of `dossiers` that has one.
pub(crate) async fn en_attente(
    db: &impl ConnectionTrait,
    dossiers: &[i64],
) -> Result<HashMap<i64, MessageId>, Echec> {
    let ouvertes: Vec<i64> = Entity::find()
        .filter(Column::Dossier.is_in(dossiers.iter().copied()))
        .filter(Column::Etat.eq(EtatProposition::Proposee.code()))
        .all(db)
        .await?
        .into_iter()
        .map(|ouverte| ouverte.id)
        .collect();
    if ouvertes.is_empty() {
        return Ok(HashMap::new());
    }
    let messages = message::Entity::find()
        .filter(message::Column::Dossier.is_in(dossiers.iter().copied()))
        .filter(message::Column::Proposition.is_in(ouvertes))
        .filter(message::Column::Genre.eq(GenreMessage::Proposition.code()))
        .filter(message::Column::SupprimeLe.is_null())
        .order_by_asc(message::Column::Id)
        .all(db)
        .await?;
    Ok(messages.into_iter().map(|m| (m.dossier, MessageId(m.id))).collect())
}

/// The message of a proposition, unless it was deleted.
pub(crate) async fn message(
    db: &impl ConnectionTrait,
    proposition: &Model,
) -> Result<Option<MessageId>, Echec> {
    let message = message::Entity::find()
        .filter(message::Column::Dossier.eq(proposition.dossier))
        .filter(message::Column::Proposition.eq(proposition.id))
        .filter(message::Column::Genre.eq(GenreMessage::Proposition.code()))
        .filter(message::Column::SupprimeLe.is_null())
        .one(db)
        .await?;
    Ok(message.map(|message| MessageId(message.id)))
}
