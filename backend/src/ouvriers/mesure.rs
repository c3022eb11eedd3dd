//! Measures the tasks that wait and the mails that were given up, for all processes that share the database.

use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::tables::tache;
use crate::taches::{self, Courriel, Tache};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QuerySelect,
};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::Instant;

/// How often, at most.
const INTERVALLE: Duration = Duration::from_secs(5);

/// What was measured last.
#[derive(Debug, Default)]
pub(super) struct Mesure {
    derniere: Option<Instant>,
    /// The kinds of tasks that waited: when none waits any more, that is to be said too.
    genres: BTreeSet<String>,
}

/// The tasks of a kind that should have been done already.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Attente {
    /// The kind, as it is stored.
    pub genre: String,
    /// Whether they are mails.
    pub courriel: bool,
    /// How many.
    pub nombre: i64,
    /// When the oldest was written.
    pub depuis: DateTime<Utc>,
}

impl Mesure {
    /// Measures, unless that was done not long ago.
    pub(super) async fn parfois(&mut self, contexte: &Contexte) {
        if self.derniere.is_some_and(|derniere| derniere.elapsed() < INTERVALLE) {
            return;
        }
        self.derniere = Some(Instant::now());
        if let Err(erreur) = self.mesurer(contexte).await {
            tracing::warn!(%erreur, "the tasks that wait could not be measured");
        }
    }

    async fn mesurer(&mut self, contexte: &Contexte) -> Result<(), Echec> {
        let maintenant = contexte.horloge.maintenant();
        for genre in &self.genres {
            noter(genre.clone(), 0, 0.0);
        }
        let (mut nombre, mut plus_ancien) = (0, 0.0_f64);
        for attente in dues(contexte, maintenant).await? {
            let age = age(maintenant, attente.depuis);
            noter(attente.genre.clone(), attente.nombre, age);
            if attente.courriel {
                (nombre, plus_ancien) = (nombre + attente.nombre, plus_ancien.max(age));
            }
            self.genres.insert(attente.genre);
        }
        let courriels = Condition::all().add(Courriel::lignes());
        let db = contexte.base.lire();
        let abandonnes = taches::abandonnees(courriels).count(db).await?;
        metrics::gauge!("courriels_en_attente").set(nombre as f64);
        metrics::gauge!("courriels_attente_secondes").set(plus_ancien);
        metrics::gauge!("courriels_abandonnes").set(abandonnes as f64);
        Ok(())
    }
}

fn noter(genre: String, nombre: i64, secondes: f64) {
    metrics::gauge!("taches_en_attente", "genre" => genre.clone()).set(nombre as f64);
    metrics::gauge!("taches_attente_secondes", "genre" => genre).set(secondes);
}

fn age(maintenant: DateTime<Utc>, depuis: DateTime<Utc>) -> f64 {
    Ord::max((maintenant - depuis).num_milliseconds(), 0) as f64 / 1000.0
}

/// The tasks that should have been done already, by kind.
///
/// # Errors
/// The database failed.
pub async fn dues(contexte: &Contexte, maintenant: DateTime<Utc>) -> Result<Vec<Attente>, Echec> {
    dues_dans(contexte.base.lire(), maintenant).await
}

pub(super) async fn dues_dans(
    db: &impl ConnectionTrait,
    maintenant: DateTime<Utc>,
) -> Result<Vec<Attente>, Echec> {
    let deja = Condition::any()
        .add(tache::Column::APartirDe.lte(maintenant))
        .add(tache::Column::Erreur.is_not_null());
    let depuis =
        Func::coalesce([Expr::col(tache::Column::EcriteLe), Expr::col(tache::Column::APartirDe)]);
    Ok(tache::Entity::find()
        .select_only()
        .column(tache::Column::Genre)
        .column_as(Courriel::lignes(), "courriel")
        .column_as(tache::Column::Id.count(), "nombre")
        .column_as(Expr::expr(depuis).min(), "depuis")
        .filter(tache::Column::FaiteLe.is_null())
        .filter(tache::Column::AbandonneeLe.is_null())
        .filter(deja)
        .group_by(tache::Column::Genre)
        .into_model::<Attente>()
        .all(db)
        .await?)
}
