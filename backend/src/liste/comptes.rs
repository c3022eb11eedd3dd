//! How many dossiers each tab has.

use super::{Regard, criteres};
use crate::entities::{dossier, rangement, suivi};
use crate::erreur::Echec;
use domain::dossier::EtatDossier;
use domain::liste::Onglet;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QuerySelect,
};

#[derive(FromQueryResult)]
struct ParEtat {
    etat: String,
    combien: i64,
}

/// Those of each état are counted in an index alone; the others are few (what is put away) or found from
/// their followers.
pub(super) async fn par_onglet(
    db: &impl ConnectionTrait,
    regard: &Regard<'_>,
) -> Result<Vec<(Onglet, u64)>, Echec> {
    let (mut en_cours, mut decides) = (0, 0);
    for ParEtat { etat, combien } in par_etat(db, regard).await? {
        let combien = u64::try_from(combien).unwrap_or_default();
        if EtatDossier::from_code(&etat).is_some_and(EtatDossier::en_cours) {
            en_cours += combien;
        } else {
            decides += combien;
        }
    }
    let supprimes = ranges(db, regard, true).await?;
    let archives = ranges(db, regard, false).await?;
    let suivis_par_quelqu_un = suivis(db, regard, None).await?;
    // What is put away was decided on.
    let traites = decides.saturating_sub(supprimes + archives);
    Ok(vec![
        (Onglet::ASuivre, en_cours.saturating_sub(suivis_par_quelqu_un)),
        (Onglet::Suivis, suivis(db, regard, Some(regard.acteur.compte.0)).await?),
        (Onglet::Traites, traites),
        (Onglet::Tous, en_cours + traites),
        (Onglet::Supprimes, supprimes),
        (Onglet::Expirants, expirants(db, regard).await?),
        (Onglet::Archives, archives),
    ])
}

async fn par_etat(db: &impl ConnectionTrait, regard: &Regard<'_>) -> Result<Vec<ParEtat>, Echec> {
    Ok(dossier::Entity::find()
        .select_only()
        .column(dossier::Column::Etat)
        .column_as(dossier::Column::Numero.count(), "combien")
        .filter(dossier::Column::Groupe.is_in(regard.groupes.iter().copied()))
        .filter(dossier::visible())
        .group_by(dossier::Column::Etat)
        .into_model::<ParEtat>()
        .all(db)
        .await?)
}

async fn ranges(
    db: &impl ConnectionTrait,
    regard: &Regard<'_>,
    supprime: bool,
) -> Result<u64, Echec> {
    let siens = Query::select()
        .expr(Expr::val(1))
        .from(dossier::Entity)
        .and_where(
            Expr::col(dossier::Column::Numero.as_column_ref())
                .equals((Alias::new("rangements"), Alias::new("dossier"))),
        )
        .and_where(dossier::Column::Groupe.is_in(regard.groupes.iter().copied()))
        .and_where(dossier::visible())
        .to_owned();
    Ok(rangement::Entity::find()
        .filter(rangement::Column::Supprime.eq(supprime))
        .filter(Expr::exists(siens))
        .count(db)
        .await?)
}

/// Dossiers still to be decided on and followed by `compte`, or by anybody.
async fn suivis(
    db: &impl ConnectionTrait,
    regard: &Regard<'_>,
    compte: Option<i64>,
) -> Result<u64, Echec> {
    let en_cours: Vec<&str> =
        EtatDossier::TOUS.into_iter().filter(|e| e.en_cours()).map(EtatDossier::code).collect();
    let siens = Query::select()
        .expr(Expr::val(1))
        .from(dossier::Entity)
        .and_where(
            Expr::col(dossier::Column::Numero.as_column_ref())
                .equals((Alias::new("suivis"), Alias::new("dossier"))),
        )
        .and_where(dossier::Column::Groupe.is_in(regard.groupes.iter().copied()))
        .and_where(dossier::visible())
        .and_where(dossier::Column::Etat.is_in(en_cours))
        .to_owned();
    let mut requete = suivi::Entity::find().filter(Expr::exists(siens));
    if let Some(compte) = compte {
        requete = requete.filter(suivi::Column::Compte.eq(compte));
    }
    let combien: Option<i64> = requete
        .select_only()
        .expr(Func::count_distinct(Expr::col(suivi::Column::Dossier.as_column_ref())))
        .into_tuple()
        .one(db)
        .await?;
    Ok(combien.and_then(|n| u64::try_from(n).ok()).unwrap_or_default())
}

async fn expirants(db: &impl ConnectionTrait, regard: &Regard<'_>) -> Result<u64, Echec> {
    Ok(dossier::Entity::find()
        .filter(dossier::Column::Groupe.is_in(regard.groupes.iter().copied()))
        .filter(dossier::visible())
        .filter(criteres::onglet(regard, Onglet::Expirants))
        .count(db)
        .await?)
}
