//! How many dossiers each tab has.

use super::{Regard, criteres};
use crate::entities::{dossier, rangement, suivi};
use crate::erreur::Echec;
use domain::dossier::EtatDossier;
use domain::liste::Onglet;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QuerySelect,
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

/// Dossiers still to be decided on and followed by `compte`, found from what they follow; or by anybody, found
/// from the dossiers.
async fn suivis(
    db: &impl ConnectionTrait,
    regard: &Regard<'_>,
    compte: Option<i64>,
) -> Result<u64, Echec> {
    let en_cours: Vec<&str> =
        EtatDossier::TOUS.into_iter().filter(|e| e.en_cours()).map(EtatDossier::code).collect();
    let meme = || {
        Expr::col(dossier::Column::Numero.as_column_ref())
            .equals((Alias::new("suivis"), Alias::new("dossier")))
    };
    let siens = Condition::all()
        .add(dossier::Column::Groupe.is_in(regard.groupes.iter().copied()))
        .add(dossier::visible())
        .add(dossier::Column::Etat.is_in(en_cours));
    let Some(compte) = compte else {
        let suivi =
            Query::select().expr(Expr::val(1)).from(suivi::Entity).and_where(meme()).to_owned();
        let dossiers = dossier::Entity::find().filter(siens).filter(Expr::exists(suivi));
        return Ok(dossiers.count(db).await?);
    };
    let dossier = Query::select()
        .expr(Expr::val(1))
        .from(dossier::Entity)
        .and_where(meme())
        .cond_where(siens)
        .to_owned();
    Ok(suivi::Entity::find()
        .filter(suivi::Column::Compte.eq(compte))
        .filter(Expr::exists(dossier))
        .count(db)
        .await?)
}

async fn expirants(db: &impl ConnectionTrait, regard: &Regard<'_>) -> Result<u64, Echec> {
    Ok(dossier::Entity::find()
        .filter(dossier::Column::Groupe.is_in(regard.groupes.iter().copied()))
        .filter(dossier::visible())
        .filter(criteres::onglet(regard, Onglet::Expirants))
        .count(db)
        .await?)
}
