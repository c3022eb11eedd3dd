//! A browser that is trusted: whoever signs in with it proves nothing more for a month.

use crate::tables::session;
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, NavigateurId};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

/// A row of `navigateurs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "navigateurs")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: NavigateurId,
    /// For which account.
    pub compte: CompteId,
    /// Digest of the secret of its cookie; none until that browser came to take it.
    pub empreinte: Option<String>,
    /// What stands for the password that it is bound to: with another one, it is trusted no more.
    pub marque: String,
    /// « Firefox sous Windows ».
    pub navigateur: String,
    /// Since when.
    pub cree_le: DateTimeUtc,
    /// When a session was last opened with it.
    pub vue_le: Option<DateTimeUtc>,
    /// Until when.
    pub expire_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// That the session which is read around it is confirmed by the trust of its browser.
pub(crate) fn de_la_session(maintenant: DateTime<Utc>) -> Expr {
    let la_sienne =
        Expr::col(Column::Id.as_column_ref()).equals(session::Column::Confiance.as_column_ref());
    let prise = Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(la_sienne)
        .and_where(Column::Empreinte.is_not_null())
        .and_where(Column::ExpireLe.gt(maintenant))
        .to_owned();
    Expr::exists(prise)
}
