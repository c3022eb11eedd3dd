//! The orange dot of the rendez-vous of a démarche.

use crate::socle::erreur::Echec;
use crate::socle::regards::{self, Rubrique};
use crate::tables::{dossier, rendez_vous as table};
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DemarcheNumero, GroupeId};
use domain::sujet::Sujet;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
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
        let plus_tard = de_ce_groupe(*groupe, dernier).into_tuple().one(db).await?;
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

/// The groupe of a rendez-vous, which the database writes by itself (migration `m0013_places`).
pub(crate) fn groupe_du_rendez_vous() -> Expr {
    Expr::col((Alias::new("rendez_vous"), Alias::new("groupe")))
}

/// When the rendez-vous of a groupe changed, the latest first.
fn de_ce_groupe(groupe: GroupeId, depuis: Option<DateTime<Utc>>) -> Select<table::Entity> {
    let visible = Query::select()
        .expr(Expr::val(1))
        .from(dossier::Entity)
        .and_where(
            Expr::col(dossier::Column::Numero.as_column_ref())
                .equals((Alias::new("rendez_vous"), Alias::new("dossier"))),
        )
        .and_where(dossier::visible())
        .to_owned();
    let siens = table::Entity::find()
        .filter(groupe_du_rendez_vous().eq(groupe))
        .filter(Expr::exists(visible));
    let siens = match depuis {
        Some(depuis) => siens.filter(table::Column::ChangeLe.gt(depuis)),
        None => siens,
    };
    siens.order_by_desc(table::Column::ChangeLe).select_only().column(table::Column::ChangeLe)
}
