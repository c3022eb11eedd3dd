//! A task in hand: held by one worker, who says from time to time that it is still at work.

use crate::contexte::Contexte;
use crate::socle::bail;
use crate::socle::erreur::Echec;
use crate::socle::lent;
use crate::tables::tache;
use chrono::Duration as Delai;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, UpdateMany};
use std::time::Duration;

/// How long a task stays with a worker of which nothing is heard any more.
pub const BAIL: Duration = Duration::from_secs(120);

/// The hour at which a task that is taken, or held longer, is given back.
pub(super) fn fin_du_bail(
    db: &impl ConnectionTrait,
    contexte: &Contexte,
    bail: Duration,
) -> SimpleExpr {
    let duree = Delai::from_std(bail).unwrap_or(Delai::MAX);
    bail::jusqu_a(db, &contexte.horloge, duree)
}

/// Carries out `travail`, and says meanwhile that the task is still held, however long it lasts.
pub(super) async fn tenir<T>(
    contexte: &Contexte,
    ligne: &tache::Model,
    bail: Duration,
    travail: impl Future<Output = T>,
) -> T {
    let tenue = async {
        loop {
            tokio::time::sleep(bail / 3).await;
            if let Err(erreur) = prolonger(contexte, ligne, bail).await {
                tracing::warn!(tache = ligne.id.0, %erreur, "a task could not be held longer");
            }
        }
    };
    tokio::select! {
        fait = travail => fait,
        () = lent::a_part(tenue) => unreachable!("it is held for ever"),
    }
}

async fn prolonger(contexte: &Contexte, ligne: &tache::Model, bail: Duration) -> Result<(), Echec> {
    let tx = contexte.base.ecrire().await?;
    tenue(ligne)
        .col_expr(tache::Column::PriseJusquA, fin_du_bail(&tx, contexte, bail))
        .exec(&tx)
        .await?;
    tx.valider().await
}

/// A change of a task, as long as it is held by whoever took `ligne`.
fn tenue(ligne: &tache::Model) -> UpdateMany<tache::Entity> {
    tache::Entity::update_many()
        .filter(tache::Column::Id.eq(ligne.id))
        .filter(tache::Column::Essais.eq(ligne.essais))
        .filter(tache::Column::FaiteLe.is_null())
}

/// Changes a task, as long as it is held; gives whether it was.
pub(super) async fn changer(
    db: &impl ConnectionTrait,
    ligne: &tache::Model,
    change: tache::ActiveModel,
) -> Result<bool, Echec> {
    Ok(tenue(ligne).set(change).exec(db).await?.rows_affected > 0)
}
