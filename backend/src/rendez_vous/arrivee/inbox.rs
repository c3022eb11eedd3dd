//! The inbox: a verified notification is stored before it is answered, then applied by a worker.
//!
//! Stopping the process at any moment loses nothing and applies nothing twice: a notification is applied and
//! marked so in one transaction.

use super::appliquer::{self, Effet};
use super::decodage::{self, Lu};
use super::mises_de_cote::mettre_de_cote;
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::notification::EtatNotification;
use crate::tables::{agenda, notification};
use chrono::{DateTime, Duration as Delai, Utc};
use domain::mise_de_cote::Raison;
use futures_util::FutureExt;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr,
    EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

pub use super::reception::{recevoir, recevoir_de};
pub use crate::rendez_vous::arrivee::guichet::Guichet;
pub use crate::rendez_vous::arrivee::guichet::Refus;

/// How long a notification is kept, in days.
const CONSERVATION_JOURS: i64 = domain::retention::NOTIFICATIONS_JOURS;

/// Waits between two tries of a notification that could not be applied, in seconds.
const ATTENTES: [i64; 6] = [1, 5, 30, 300, 3_600, 21_600];

/// How many notifications may share a transaction on SQLite.
const LOT: u64 = 32;

/// How long such a transaction may last: those that arrive wait for it.
const TOUR: Duration = Duration::from_millis(10);

/// How long those that arrive may go before those that wait to be applied: a burst is stored first, and one that does
/// not end still lets some be applied.
const PRIORITE: Duration = Duration::from_millis(100);

/// Applies notifications, for ever. Dropped at any moment, it leaves nothing half applied.
pub async fn travailler(contexte: Contexte) {
    let mut reveil = contexte.base.reveil();
    loop {
        contexte.base.attendre().await;
        if let Err(erreur) = appliquer_tout(&contexte).await {
            tracing::warn!(%erreur, "the inbox was interrupted");
        }
        let _ = tokio::time::timeout(Duration::from_secs(1), reveil.changed()).await;
    }
}

/// Applies all notifications that are due; gives how many.
///
/// # Errors
/// The database failed.
pub async fn appliquer_tout(contexte: &Contexte) -> Result<usize, Echec> {
    if contexte.base.sqlite() {
        return appliquer_a_la_suite(contexte, LOT).await;
    }
    // PostgreSQL writes for several at once: each takes a notification that nobody holds.
    let main = || appliquer_a_la_suite(contexte, 1);
    let (a, b, c, d) = tokio::join!(main(), main(), main(), main());
    Ok(a? + b? + c? + d?)
}

async fn appliquer_a_la_suite(contexte: &Contexte, lot: u64) -> Result<usize, Echec> {
    let mut appliquees = 0;
    loop {
        let maintenant = contexte.horloge.maintenant();
        // Most of the time there is nothing: look before taking the lock for writing.
        if dues(contexte.base.lire(), maintenant, 1, false).await?.is_empty() {
            return Ok(appliquees);
        }
        if contexte.base.sqlite() {
            // One writes at a time there, and whoever sends waits for the answer.
            let _ = tokio::time::timeout(PRIORITE, contexte.guichet.libre()).await;
        }
        match appliquer_lot(contexte, lot).await? {
            None => return Ok(appliquees),
            Some(nombre) => appliquees += nombre,
        }
    }
}

/// Applies the next notifications and marks them so, in one transaction. `None` when nothing was left to take.
///
/// On SQLite the disk is waited for once for the lot, which is kept short. A notification that fails leaves nothing
/// behind, and is put off.
async fn appliquer_lot(contexte: &Contexte, lot: u64) -> Result<Option<usize>, Echec> {
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    let debut = Instant::now();
    let lignes = dues(&tx, maintenant, lot, true).await?;
    if lignes.is_empty() {
        return Ok(None);
    }
    let mut issues = Vec::new();
    for ligne in lignes {
        tx.execute_unprepared("SAVEPOINT notification").await?;
        // Whatever was sent, and whatever we make of it, the notifications behind it must go on.
        let essai = AssertUnwindSafe(appliquer_une(&tx, contexte, ligne.clone(), maintenant));
        let issue = essai.catch_unwind().await.unwrap_or(Err(Echec::Inutilisable("notification")));
        if let Err(echec) = &issue {
            tx.execute_unprepared("ROLLBACK TO SAVEPOINT notification").await?;
            reporter(&tx, ligne, echec, maintenant).await?;
        }
        tx.execute_unprepared("RELEASE SAVEPOINT notification").await?;
        issues.extend(issue);
        if debut.elapsed() > TOUR {
            break;
        }
    }
    tx.valider().await?;
    // Counted once it is certain.
    for issue in &issues {
        metrics::counter!("webhooks_appliques_total", "effet" => *issue).increment(1);
    }
    Ok(Some(issues.len()))
}

/// Applies a notification and marks it so; gives what it did, as the metrics name it.
async fn appliquer_une(
    db: &impl ConnectionTrait,
    contexte: &Contexte,
    ligne: notification::Model,
    maintenant: DateTime<Utc>,
) -> Result<&'static str, Echec> {
    let corps = contexte.outils.coffre.ouvrir(&ligne.corps_scelle)?;
    let organisation = agenda::Entity::find_by_id(ligne.organisation)
        .one(db)
        .await?
        .ok_or(Echec::illisible("notifications", "organisation", ligne.id))?;
    let (etat, effet) = match decodage::lire(&corps, &contexte.outils.reglages.hotes_visio) {
        Ok(Lu::AutreModele) => (EtatNotification::Ignoree, "ignoree"),
        Ok(Lu::Rdv(constat)) if constat.organisation != organisation.organisation => {
            mettre_de_cote(db, &ligne, &Raison::AutreOrganisation, maintenant).await?;
            return Ok("mise_de_cote");
        }
        Ok(Lu::Rdv(constat)) => {
            let effet = appliquer::appliquer(db, &organisation, &constat, maintenant).await?;
            if effet == Effet::ARattacher {
                tracing::info!(rdv = constat.rdv.0, "a rendez-vous waits to be attached");
            }
            (EtatNotification::Appliquee, effet.code())
        }
        Err(erreur) => {
            mettre_de_cote(db, &ligne, &erreur.into(), maintenant).await?;
            return Ok("mise_de_cote");
        }
    };
    let mut change = ligne.into_active_model();
    change.etat = Set(etat);
    change.raison = Set(None);
    change.update(db).await?;
    Ok(effet)
}

/// The notifications to apply, those that have waited longest first: an index gives them in this order, however
/// many wait.
async fn dues(
    db: &impl ConnectionTrait,
    maintenant: DateTime<Utc>,
    nombre: u64,
    prendre: bool,
) -> Result<Vec<notification::Model>, DbErr> {
    let mut choix = notification::Entity::find()
        .filter(notification::Column::Etat.eq(EtatNotification::Recue))
        .filter(notification::Column::APartirDe.lte(maintenant))
        .order_by_asc(notification::Column::APartirDe)
        .order_by_asc(notification::Column::Id)
        .limit(nombre);
    if prendre {
        choix = verrous::libres(choix);
    }
    choix.all(db).await
}

/// Puts off a notification that could not be applied; after too many tries, sets it aside.
async fn reporter(
    db: &impl ConnectionTrait,
    ligne: notification::Model,
    echec: &Echec,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let attente = usize::try_from(ligne.essais).ok().and_then(|rang| ATTENTES.get(rang));
    let Some(attente) = attente else {
        // Tried for hours: somebody must look at it.
        tracing::error!(notification = ligne.id.0, %echec, "a notification could not be applied");
        return mettre_de_cote(db, &ligne, &Raison::Echec, maintenant).await;
    };
    tracing::warn!(notification = ligne.id.0, %echec, "a notification will be applied later");
    let change = notification::ActiveModel {
        id: Set(ligne.id),
        essais: Set(ligne.essais.saturating_add(1)),
        a_partir_de: Set(maintenant + Delai::seconds(*attente)),
        ..Default::default()
    };
    change.update(db).await?;
    Ok(())
}

/// Notifications stored and not applied yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attente {
    /// How many.
    pub nombre: i64,
    /// When the oldest came.
    pub depuis: Option<DateTime<Utc>>,
}

/// What waits to be applied.
///
/// # Errors
/// The database failed.
pub async fn attente(db: &impl ConnectionTrait) -> Result<Attente, DbErr> {
    let ligne: Option<(i64, Option<DateTime<Utc>>)> = notification::Entity::find()
        .select_only()
        .column_as(notification::Column::Id.count(), "nombre")
        .column_as(notification::Column::RecueLe.min(), "depuis")
        .filter(notification::Column::Etat.eq(EtatNotification::Recue))
        .into_tuple()
        .one(db)
        .await?;
    let (nombre, depuis) = ligne.unwrap_or_default();
    Ok(Attente { nombre, depuis })
}

/// Forgets the notifications kept long enough. Those still to be applied stay.
///
/// # Errors
/// The database failed.
pub async fn purger(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> Result<(), DbErr> {
    let anciennes = Condition::all()
        .add(notification::Column::RecueLe.lt(maintenant - Delai::days(CONSERVATION_JOURS)))
        .add(notification::Column::Etat.ne(EtatNotification::Recue));
    verrous::purger::<notification::Entity>(db, anciennes).await?;
    Ok(())
}
