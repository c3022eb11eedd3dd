//! A request for corrections. Its message is the one whose `cle` names it.

use crate::socle::erreur::Echec;
use crate::tables::{dossier, message};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::correction::EtatCorrection;
use domain::dossier::EtatDossier;
use domain::ids::{CompteId, CorrectionId, DossierNumero, MessageId};
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use std::collections::HashMap;

/// A row of `corrections`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "corrections")]
pub struct Model {
    /// Its number; that of its message is in its key.
    #[sea_orm(primary_key)]
    pub id: CorrectionId,
    /// Of which dossier.
    pub dossier: DossierNumero,
    /// Who asks.
    pub instructeur: CompteId,
    /// Where it stands.
    pub etat: EtatCorrection,
    /// That of the form: sent twice, it is one request.
    pub cle: String,
    /// When it was asked.
    pub demandee_le: DateTimeUtc,
    /// When it ended, however it did.
    pub finie_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn cle_du_message(id: CorrectionId) -> String {
    format!("correction:{id}")
}

/// The request that a message makes.
pub(crate) fn du_message(message: &message::Model) -> Option<CorrectionId> {
    message.cle.as_deref()?.strip_prefix("correction:")?.parse().ok()
}

/// The dossier goes on: the usager has nothing to correct any more.
pub(crate) async fn clore(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    match derniere(db, numero).await? {
        Some(derniere) if derniere.etat == EtatCorrection::Demandee => {
            finir(db, derniere.id, EtatCorrection::Close, maintenant).await
        }
        _ => Ok(()),
    }
}

/// Conditional: what the other side does at this very moment is not overwritten.
pub(crate) async fn finir(
    db: &impl ConnectionTrait,
    id: CorrectionId,
    vers: EtatCorrection,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let change = Entity::update_many()
        .set(ActiveModel { etat: Set(vers), finie_le: Set(Some(maintenant)), ..Default::default() })
        .filter(Column::Id.eq(id))
        .filter(Column::Etat.eq(EtatCorrection::Demandee))
        .exec(db)
        .await?;
    if change.rows_affected == 0 { Err(Erreur::CorrectionFinie.into()) } else { Ok(()) }
}

/// The latest request of a dossier.
pub(crate) async fn derniere(
    db: &impl ConnectionTrait,
    dossier: DossierNumero,
) -> Result<Option<Model>, Echec> {
    Ok(Entity::find().filter(Column::Dossier.eq(dossier)).order_by_desc(Column::Id).one(db).await?)
}

/// What the badge of each of `dossiers` says: its latest request, while the usager may modify the dossier.
pub(crate) async fn badges(
    db: &impl ConnectionTrait,
    dossiers: &[dossier::Model],
) -> Result<HashMap<DossierNumero, EtatCorrection>, Echec> {
    let modifiables: Vec<DossierNumero> = dossiers
        .iter()
        .filter(|dossier| dossier.etat == EtatDossier::EnConstruction)
        .map(|dossier| dossier.numero)
        .collect();
    if modifiables.is_empty() {
        return Ok(HashMap::new());
    }
    let lignes = Entity::find()
        .filter(Column::Dossier.is_in(modifiables))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let mut badges: HashMap<_, _> =
        lignes.into_iter().map(|ligne| (ligne.dossier, ligne.etat)).collect();
    badges.retain(|_, etat| etat.badge().is_some());
    Ok(badges)
}

/// Where the requests that `messages` make stand.
pub(crate) async fn des_messages(
    db: &impl ConnectionTrait,
    messages: &[message::Model],
) -> Result<HashMap<CorrectionId, EtatCorrection>, Echec> {
    let ids: Vec<CorrectionId> = messages.iter().filter_map(du_message).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let lignes = Entity::find().filter(Column::Id.is_in(ids)).all(db).await?;
    Ok(lignes.into_iter().map(|ligne| (ligne.id, ligne.etat)).collect())
}

/// Whether something is to be corrected in a dossier.
pub(crate) async fn attendue(
    db: &impl ConnectionTrait,
    dossier: DossierNumero,
) -> Result<bool, Echec> {
    Ok(derniere(db, dossier)
        .await?
        .is_some_and(|derniere| derniere.etat == EtatCorrection::Demandee))
}

/// The message that makes a request.
pub(crate) async fn message(
    db: &impl ConnectionTrait,
    id: CorrectionId,
) -> Result<Option<MessageId>, Echec> {
    let cle = cle_du_message(id);
    let message = message::Entity::find().filter(message::Column::Cle.eq(cle)).one(db).await?;
    Ok(message.map(|message| message.id))
}
