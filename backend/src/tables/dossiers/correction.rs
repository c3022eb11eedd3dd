//! A request for corrections. Its message is the one whose `cle` names it.

use crate::socle::erreur::Echec;
use crate::tables::{dossier, message};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::correction::EtatCorrection;
use domain::dossier::EtatDossier;
use domain::ids::{CompteId, CorrectionId, DossierNumero, MessageId};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query};
use sea_orm::{Condition, FromQueryResult, QueryOrder, QuerySelect, Select};

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

/// The request that the message makes which is read around it.
pub(crate) fn de_ce_message() -> Condition {
    let ici = |colonne: Column| Expr::col(colonne.as_column_ref());
    let cle = Expr::cust("'correction:' || corrections.id");
    Condition::all()
        .add(ici(Column::Dossier).equals(message::Column::Dossier.as_column_ref()))
        .add(Expr::col(message::Column::Cle.as_column_ref()).eq(cle))
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

/// Where the latest request of a dossier stands, read with the row of the dossier.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(crate) struct Derniere {
    #[sea_orm(from_alias = "derniere_correction")]
    etat: Option<EtatCorrection>,
}

impl Derniere {
    /// Has it read with dossiers.
    pub(crate) fn avec(dossiers: Select<dossier::Entity>) -> Select<dossier::Entity> {
        let de = |colonne: Column| Expr::col((Alias::new("demandees"), colonne));
        let derniere = Query::select()
            .expr(de(Column::Etat))
            .from_as(Entity, Alias::new("demandees"))
            .and_where(de(Column::Dossier).equals(dossier::Column::Numero.as_column_ref()))
            .order_by_expr(de(Column::Id), Order::Desc)
            .limit(1)
            .to_owned();
        dossiers.expr_as(derniere, "derniere_correction")
    }

    /// What the badge of its dossier says: where it stands, while the usager may modify the dossier.
    pub(crate) fn badge(self, dossier: &dossier::Model) -> Option<EtatCorrection> {
        let modifiable = dossier.etat == EtatDossier::EnConstruction;
        self.etat.filter(|etat| modifiable && etat.badge().is_some())
    }
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
