//! A change of état made by an instructeur. The latest decision of a dossier is the one that holds.

use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::dossier;
use domain::ids::{CompteId, DossierNumero, TraitementId};
use domain::instruction::Geste;
use domain::vues::Decision;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect, Select};

/// A row of `traitements`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "traitements")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: TraitementId,
    /// Of which dossier.
    pub dossier: DossierNumero,
    /// By whom.
    pub instructeur: CompteId,
    /// What was done.
    pub geste: Geste,
    /// What the usager reads of the reason.
    #[sea_orm(column_type = "Text", nullable)]
    pub motivation: Option<String>,
    /// That of the form: sent twice, it happens once.
    pub cle: String,
    /// When.
    pub le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The latest change of état of a dossier.
pub(crate) async fn dernier(
    db: &impl ConnectionTrait,
    dossier: DossierNumero,
) -> Result<Option<Model>, Echec> {
    Ok(Entity::find().filter(Column::Dossier.eq(dossier)).order_by_desc(Column::Id).one(db).await?)
}

/// The latest change of état of a dossier, read with the row of the dossier.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Dernier {
    #[sea_orm(from_alias = "dernier_geste")]
    geste: Option<Geste>,
    #[sea_orm(from_alias = "derniere_motivation")]
    motivation: Option<String>,
    #[sea_orm(from_alias = "dernier_geste_le")]
    le: Option<DateTimeUtc>,
}

impl Dernier {
    /// Has it read with dossiers.
    pub(crate) fn avec(dossiers: Select<dossier::Entity>) -> Select<dossier::Entity> {
        dossiers
            .expr_as(du_dernier(Column::Geste), "dernier_geste")
            .expr_as(du_dernier(Column::Motivation), "derniere_motivation")
            .expr_as(du_dernier(Column::Le), "dernier_geste_le")
    }

    /// The decision that holds on its dossier. The état of the dossier is the one that counts: one decided on elsewhere
    /// has no motivation here.
    pub(crate) fn decision(self, dossier: &dossier::Model) -> Option<Decision> {
        let etat = dossier.etat;
        let decide = !etat.en_cours() && self.geste.is_some_and(|geste| geste.vers() == etat);
        let le = self.le.filter(|_| decide)?;
        Some(Decision { etat, motivation: self.motivation, le: temps::a_paris(le) })
    }
}

/// A column of the latest one of the dossier that is read around it.
fn du_dernier(colonne: Column) -> SelectStatement {
    Query::select()
        .column(colonne)
        .from(Entity)
        .and_where(
            Expr::col(Column::Dossier.as_column_ref())
                .equals(dossier::Column::Numero.as_column_ref()),
        )
        .order_by(Column::Id, Order::Desc)
        .limit(1)
        .to_owned()
}
