//! Orange dots: when somebody last looked at what has one.

use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::tables::regard;
use chrono::{DateTime, Utc};
use domain::ids::CompteId;
use domain::sujet::Sujet;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait};

/// What has a dot of its own in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rubrique {
    RendezVous,
    Messagerie,
}

impl Rubrique {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::RendezVous => "rendez-vous",
            Self::Messagerie => "messagerie",
        }
    }
}

/// When `compte` last looked at `rubrique` of `sujet`.
pub(crate) async fn vu_le(
    db: &impl ConnectionTrait,
    compte: CompteId,
    sujet: Sujet,
    rubrique: Rubrique,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    Ok(regard::Entity::find_by_id((compte, cle(sujet, rubrique)))
        .one(db)
        .await?
        .map(|vue| vue.vu_le))
}

/// When `compte` last looked at `rubrique` of `sujet`, to be read with something else.
pub(crate) fn vu(compte: CompteId, sujet: Sujet, rubrique: Rubrique) -> SelectStatement {
    Query::select()
        .column(regard::Column::VuLe)
        .from(regard::Entity)
        .and_where(regard::Column::Compte.eq(compte))
        .and_where(regard::Column::Sujet.eq(cle(sujet, rubrique)))
        .to_owned()
}

/// When `compte` last looked at `rubrique` of the dossier that is read around it.
pub(crate) fn du_dossier(compte: impl Into<Expr>, rubrique: Rubrique) -> SelectStatement {
    Query::select()
        .column(regard::Column::VuLe)
        .from(regard::Entity)
        .and_where(ExprTrait::eq(Expr::col(regard::Column::Compte.as_column_ref()), compte))
        .and_where(Expr::col(regard::Column::Sujet.as_column_ref()).eq(cle_du_dossier(rubrique)))
        .to_owned()
}

/// Notes that somebody looked, at `t`, at `rubrique` of `sujet`; tells their other windows when that removes a dot, that
/// is when something changed (at `change_le`) since the last look. Gives whether it did.
pub(crate) async fn voir(
    c: &Changement<'_>,
    sujet: Sujet,
    rubrique: Rubrique,
    change_le: Option<DateTime<Utc>>,
    t: DateTime<Utc>,
) -> Result<bool, Echec> {
    let Some(change_le) = change_le else { return Ok(false) };
    let compte = c.acteur.compte;
    let vu_le = vu_le(&c.tx, compte, sujet, rubrique).await?;
    if vu_le.is_some_and(|vu| vu >= change_le) {
        return Ok(false);
    }
    let vue = regard::ActiveModel {
        compte: Set(compte),
        sujet: Set(cle(sujet, rubrique)),
        vu_le: Set(std::cmp::max(t, change_le)),
    };
    regard::Entity::insert(vue)
        .on_conflict(
            OnConflict::columns([regard::Column::Compte, regard::Column::Sujet])
                .update_column(regard::Column::VuLe)
                .to_owned(),
        )
        .exec_without_returning(&c.tx)
        .await?;
    c.annoncer(&[Sujet::Compte(compte)]).await?;
    Ok(true)
}

/// What [`cle`] gives of `rubrique` of a dossier, as the databases put it together from the row of the dossier.
pub(crate) fn cle_du_dossier(rubrique: Rubrique) -> Expr {
    Expr::cust(format!("'dossier:' || dossiers.numero || ':{}'", rubrique.code()))
}

fn cle(sujet: Sujet, rubrique: Rubrique) -> String {
    format!("{sujet}:{}", rubrique.code())
}
