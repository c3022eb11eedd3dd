//! A proposition of rendez-vous. At most one is « proposee » for a dossier (a partial unique index).

use crate::socle::erreur::Echec;
use crate::tables::message;
use domain::ids::{AgendaId, CompteId, DossierNumero, MessageId, PropositionId, RdvUserId};
use domain::message::GenreMessage;
use domain::proposition::EtatProposition;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use std::collections::HashMap;

/// A row of `propositions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "propositions")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: PropositionId,
    /// To the usager of which dossier.
    pub dossier: DossierNumero,
    /// Who proposes, and is told of what becomes of it.
    pub instructeur: CompteId,
    /// In which agenda: a booking there answers it, and no other.
    pub organisation: AgendaId,
    /// Where it stands.
    pub etat: EtatProposition,
    /// The page where slots were booked, when it was made.
    #[sea_orm(column_type = "Text")]
    pub url_agenda: String,
    /// That of the form: sent twice, it is one proposition.
    pub cle: String,
    /// When.
    pub proposee_le: DateTimeUtc,
    /// The number of the usager on the site, once their personal link was asked for.
    pub rdv_user: Option<RdvUserId>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The proposition that counts for each of `dossiers`: the open one, else the latest. An older one is open again once its
/// rendez-vous is detached.
pub(crate) async fn courantes(
    db: &impl ConnectionTrait,
    dossiers: &[DossierNumero],
) -> Result<HashMap<DossierNumero, Model>, Echec> {
    let lignes = Entity::find()
        .filter(Column::Dossier.is_in(dossiers.iter().copied()))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let mut courantes: HashMap<DossierNumero, Model> = HashMap::new();
    for ligne in lignes {
        let autre = courantes.get(&ligne.dossier);
        if autre.is_none_or(|autre| autre.etat != EtatProposition::Proposee) {
            courantes.insert(ligne.dossier, ligne);
        }
    }
    Ok(courantes)
}

/// The proposition that counts for a dossier, as [`courantes`].
pub(crate) async fn courante(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Option<Model>, Echec> {
    Ok(courantes(db, &[numero]).await?.remove(&numero))
}

/// Withdraws those of `choix` that wait; gives how many did. Conditional: a booking applied at this very moment by another
/// process must not be overwritten.
pub(crate) async fn retirer(db: &impl ConnectionTrait, choix: Expr) -> Result<u64, Echec> {
    let retiree = ActiveModel { etat: Set(EtatProposition::Retiree), ..Default::default() };
    let change = Entity::update_many()
        .set(retiree)
        .filter(choix)
        .filter(Column::Etat.eq(EtatProposition::Proposee))
        .exec(db)
        .await?;
    Ok(change.rows_affected)
}

/// The message of the proposition that waits for an answer, of each of `dossiers` that has one.
pub(crate) async fn en_attente(
    db: &impl ConnectionTrait,
    dossiers: &[DossierNumero],
) -> Result<HashMap<DossierNumero, MessageId>, Echec> {
    let ouvertes: Vec<PropositionId> = Entity::find()
        .filter(Column::Dossier.is_in(dossiers.iter().copied()))
        .filter(Column::Etat.eq(EtatProposition::Proposee))
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
        .filter(message::Column::Genre.eq(GenreMessage::Proposition))
        .filter(message::Column::SupprimeLe.is_null())
        .order_by_asc(message::Column::Id)
        .all(db)
        .await?;
    Ok(messages.into_iter().map(|m| (m.dossier, m.id)).collect())
}

/// The message of a proposition, unless it was deleted.
pub(crate) async fn message(
    db: &impl ConnectionTrait,
    proposition: &Model,
) -> Result<Option<MessageId>, Echec> {
    let message = message::Entity::find()
        .filter(message::Column::Dossier.eq(proposition.dossier))
        .filter(message::Column::Proposition.eq(proposition.id))
        .filter(message::Column::Genre.eq(GenreMessage::Proposition))
        .filter(message::Column::SupprimeLe.is_null())
        .one(db)
        .await?;
    Ok(message.map(|message| message.id))
}
