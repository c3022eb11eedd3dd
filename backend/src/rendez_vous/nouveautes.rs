//! The orange dot of the rendez-vous of a démarche.

use crate::socle::erreur::Echec;
use crate::socle::regards::{self, Rubrique};
use crate::tables::{dossier, groupe, rendez_vous as table};
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DemarcheNumero, GroupeId};
use domain::sujet::Sujet;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};

/// When a rendez-vous of the dossiers of `groupes` last changed, if that is after `depuis`.
pub(crate) async fn dernier_changement(
    db: &impl ConnectionTrait,
    groupes: &[GroupeId],
    depuis: Option<DateTime<Utc>>,
) -> Result<Option<DateTime<Utc>>, Echec> {
    let mut dernier = depuis;
    // One after the other: the index of each begins with its latest.
    for groupe in groupes {
        let mut siens = de_ce_groupe(Expr::val(*groupe)).order_by_desc(table::Column::ChangeLe);
        if let Some(dernier) = dernier {
            siens = siens.filter(table::Column::ChangeLe.gt(dernier));
        }
        let plus_tard = siens.into_tuple().one(db).await?;
        dernier = plus_tard.or(dernier);
    }
    Ok(dernier.filter(|_| dernier != depuis))
}

/// Whether « rendez-vous avec les usagers » has an orange dot.
pub(crate) async fn non_vus(
    db: &impl ConnectionTrait,
    compte: CompteId,
    numero: DemarcheNumero,
    groupes: &[GroupeId],
) -> Result<bool, Echec> {
    let vu_le = regards::vu_le(db, compte, Sujet::Demarche(numero), Rubrique::RendezVous).await?;
    Ok(dernier_changement(db, groupes, vu_le).await?.is_some())
}

/// The same, of the groupe that is read around it.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(crate) struct DuGroupe {
    /// When one of its rendez-vous last changed; `None` if it has none.
    change_le: Option<DateTime<Utc>>,
    /// When the reader last looked at those of its démarche.
    vu_le: Option<DateTime<Utc>>,
}

impl DuGroupe {
    /// Has it read with groupes of a démarche, as `compte` sees it.
    pub(crate) fn avec(
        groupes: Select<groupe::Entity>,
        compte: CompteId,
        numero: DemarcheNumero,
    ) -> Select<groupe::Entity> {
        // The first of an index: whether there is a later one than a time that is read beside it, PostgreSQL would find out
        // by reading all of them.
        let id = Expr::col(groupe::Column::Id.as_column_ref());
        let dernier = de_ce_groupe(id).order_by_desc(table::Column::ChangeLe).limit(1);
        let (sujet, rubrique) = (Sujet::Demarche(numero), Rubrique::RendezVous);
        groupes
            .expr_as(dernier.into_query(), "change_le")
            .expr_as(regards::vu(compte, sujet, rubrique), "vu_le")
    }

    /// It has rendez-vous.
    pub(crate) const fn a_des_rendez_vous(&self) -> bool {
        self.change_le.is_some()
    }

    /// One changed since the reader looked.
    pub(crate) fn non_vu(&self) -> bool {
        self.change_le.is_some_and(|change_le| self.vu_le.is_none_or(|vu_le| vu_le < change_le))
    }
}

/// The groupe of a rendez-vous, which the database writes by itself (migration `m0013_places`).
pub(crate) fn groupe_du_rendez_vous() -> Expr {
    Expr::col((Alias::new("rendez_vous"), Alias::new("groupe")))
}

/// The rendez-vous of a groupe: when they changed.
fn de_ce_groupe(groupe: Expr) -> Select<table::Entity> {
    let visible = Query::select()
        .expr(Expr::val(1))
        .from(dossier::Entity)
        .and_where(
            Expr::col(dossier::Column::Numero.as_column_ref())
                .equals((Alias::new("rendez_vous"), Alias::new("dossier"))),
        )
        .and_where(dossier::visible())
        .to_owned();
    table::Entity::find()
        .filter(groupe_du_rendez_vous().eq(groupe))
        .filter(Expr::exists(visible))
        .select_only()
        .column(table::Column::ChangeLe)
}
