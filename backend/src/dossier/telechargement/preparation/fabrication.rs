//! How it is made: by one process at a time each, held by a lease. What a process that died was making is begun again by
//! another.

use super::depot::{Arret, Depot, entier, tenu};
use super::{Preparation, vider};
use crate::contexte::Contexte;
use crate::socle::bail;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::taches;
use chrono::{DateTime, Duration as Delai, Utc};
use domain::export::{self as regles, CONSERVATION_JOURS, Etat};
use domain::sujet::Sujet;
use futures_util::FutureExt;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, QueryFilter, QueryOrder, QuerySelect};
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How many times one is begun.
const ESSAIS_MAX: i32 = 5;

/// How long it is tried to write the last word about one that is made: it took longer to make.
const INSISTANCE: Duration = Duration::from_mins(2);

/// Makes all those that wait, one after the other, unless `arret` comes before; gives how many were begun. What is
/// being made then is left for another process.
///
/// # Errors
/// The database failed.
pub(crate) async fn tout_faire<T: Preparation>(
    contexte: &Contexte,
    bail: Duration,
    arret: &CancellationToken,
) -> Result<usize, Echec> {
    let mut commences = 0;
    while !arret.is_cancelled() {
        let Some(ligne) = prendre::<T>(contexte, bail).await? else { break };
        let span = tracing::info_span!("made aside", quoi = T::NOM, id = T::tenue(&ligne).id);
        let fait = tracing::Instrument::instrument(un::<T>(contexte, &ligne, bail, arret), span);
        fait.await?;
        commences += 1;
    }
    Ok(commences)
}

/// Makes one, and says what became of it.
async fn un<T: Preparation>(
    contexte: &Contexte,
    ligne: &T::Model,
    bail: Duration,
    arret: &CancellationToken,
) -> Result<(), Echec> {
    let essais = T::tenue(ligne).essais;
    if essais > ESSAIS_MAX {
        return echouer::<T>(contexte, ligne, regles::Echec::Interrompu).await;
    }
    // What the tries before left.
    vider::<T>(&contexte.base, T::tenue(ligne).id).await?;
    // One that panics leaves pieces that the next try erases.
    let fait = AssertUnwindSafe(T::faire(contexte, ligne, bail, arret)).catch_unwind().await;
    match fait {
        Ok(Ok(())) => Ok(()),
        Ok(Err(Arret::Perdu)) => {
            tracing::info!("it was deleted or taken over while it was made");
            Ok(())
        }
        Ok(Err(Arret::Recommencer)) => rendre::<T>(contexte, ligne).await,
        Ok(Err(Arret::SansDroit)) => retirer::<T>(contexte, ligne).await,
        Ok(Err(Arret::Impossible(echec))) => echouer::<T>(contexte, ligne, echec).await,
        // The lease says when it is begun again.
        Ok(Err(Arret::Panne(erreur))) => {
            tracing::warn!(%erreur, essais, "it could not be made");
            Ok(())
        }
        Err(_) => {
            tracing::error!(essais, "a panic while it was made");
            Ok(())
        }
    }
}

/// Takes the next one that waits, for this process alone.
async fn prendre<T: Preparation>(
    contexte: &Contexte,
    bail: Duration,
) -> Result<Option<T::Model>, Echec> {
    // Most of the time there is none: look before taking the lock for writing.
    if a_faire::<T>(contexte.base.lire(), contexte, false).await?.is_none() {
        return Ok(None);
    }
    let tx = contexte.base.ecrire().await?;
    let Some(ligne) = a_faire::<T>(&tx, contexte, true).await? else { return Ok(None) };
    let tenue = T::tenue(&ligne);
    let duree = Delai::from_std(bail).unwrap_or(Delai::MAX);
    // The number of tries is also that of its holder: whoever was thought dead finds another one there.
    T::update_many()
        .col_expr(T::COLONNES.essais, Expr::value(tenue.essais + 1))
        .col_expr(T::COLONNES.etat, Expr::value(Etat::EnCours))
        .col_expr(T::COLONNES.faits, Expr::value(0_i64))
        .col_expr(T::COLONNES.taille, Expr::value(0_i64))
        .col_expr(T::COLONNES.prise_jusqu_a, bail::jusqu_a(&tx, &contexte.horloge, duree))
        .filter(T::COLONNES.id.eq(tenue.id))
        .exec(&tx)
        .await?;
    let prise = T::find().filter(T::COLONNES.id.eq(tenue.id)).one(&tx).await?;
    dire::<T>(&tx, contexte, &ligne).await?;
    tx.valider().await?;
    Ok(prise)
}

async fn a_faire<T: Preparation>(
    db: &impl ConnectionTrait,
    contexte: &Contexte,
    prendre: bool,
) -> Result<Option<T::Model>, DbErr> {
    let mut choix = T::find()
        .filter(T::COLONNES.etat.is_in([Etat::Demande, Etat::EnCours]))
        .filter(bail::libre(T::COLONNES.prise_jusqu_a, db, &contexte.horloge))
        // One that fails again and again lets the others go first.
        .order_by_asc(T::COLONNES.essais)
        .order_by_asc(T::COLONNES.id)
        .limit(1);
    if prendre {
        choix = verrous::libres(choix);
    }
    choix.one(db).await
}

async fn dire<T: Preparation>(
    db: &impl ConnectionTrait,
    contexte: &Contexte,
    ligne: &T::Model,
) -> Result<(), Echec> {
    let sujets = [Sujet::Compte(T::tenue(ligne).compte)];
    Ok(direct::annoncer(db, &sujets, contexte.horloge.maintenant()).await?)
}

/// What changes of a row with its last word.
type Fin<T> = Vec<(<T as sea_orm::EntityTrait>::Column, SimpleExpr)>;

/// It is whole. `suite`: what else its row says from then on.
pub(crate) async fn terminer<T: Preparation>(
    contexte: &Contexte,
    ligne: &T::Model,
    depot: Depot<'_, T>,
    demande_le: DateTime<Utc>,
    suite: Fin<T>,
) -> Result<(), Arret> {
    let pose = depot.finir().await?;
    let maintenant = contexte.horloge.maintenant();
    let fin = maintenant + Delai::days(CONSERVATION_JOURS);
    let mut change = suite;
    change.extend([
        (T::COLONNES.etat, Expr::value(Etat::Pret)),
        (T::COLONNES.faits, Expr::value(entier(pose.faits))),
        (T::COLONNES.total, Expr::value(entier(pose.faits))),
        (T::COLONNES.taille, Expr::value(entier(pose.taille))),
        (T::COLONNES.morceaux, Expr::value(pose.morceaux)),
        (T::COLONNES.pret_le, Expr::value(maintenant)),
        (T::COLONNES.expire_le, Expr::value(fin)),
    ]);
    let attente = (maintenant - demande_le).num_seconds();
    if conclure::<T>(contexte, ligne, change, Some(attente)).await? {
        Ok(())
    } else {
        Err(Arret::Perdu)
    }
}

/// Says the last word about a row, as long as it is held; gives whether it was. `attente`: how long who asked for it has
/// waited, in seconds, when they are written to.
async fn conclure<T: Preparation>(
    contexte: &Contexte,
    ligne: &T::Model,
    change: Fin<T>,
    attente: Option<i64>,
) -> Result<bool, Echec> {
    contexte.base.insister(INSISTANCE, || clore::<T>(contexte, ligne, &change, attente)).await
}

async fn clore<T: Preparation>(
    contexte: &Contexte,
    ligne: &T::Model,
    change: &Fin<T>,
    attente: Option<i64>,
) -> Result<bool, Echec> {
    let tx = contexte.base.ecrire().await?;
    let mut fin = tenu::<T>(T::tenue(ligne))
        .col_expr(T::COLONNES.prise_jusqu_a, Expr::value(None::<DateTime<Utc>>));
    for (colonne, valeur) in change {
        fin = fin.col_expr(*colonne, valeur.clone());
    }
    if fin.exec(&tx).await?.rows_affected == 0 {
        return Ok(false);
    }
    if let Some(courriel) = attente.and_then(|secondes| T::courriel(ligne, secondes)) {
        taches::ajouter(&tx, &courriel, contexte.horloge.maintenant()).await?;
    }
    dire::<T>(&tx, contexte, ligne).await?;
    tx.valider().await?;
    Ok(true)
}

/// It can't be made.
async fn echouer<T: Preparation>(
    contexte: &Contexte,
    ligne: &T::Model,
    echec: regles::Echec,
) -> Result<(), Echec> {
    vider::<T>(&contexte.base, T::tenue(ligne).id).await?;
    let fin = contexte.horloge.maintenant() + Delai::days(CONSERVATION_JOURS);
    let change = vec![
        (T::COLONNES.etat, Expr::value(Etat::Echoue)),
        (T::COLONNES.echec, Expr::value(echec)),
        (T::COLONNES.expire_le, Expr::value(fin)),
    ];
    // However soon: nobody would come back to a page that says nothing.
    conclure::<T>(contexte, ligne, change, Some(i64::MAX)).await.map(|_| ())
}

/// Nobody may have it: it goes.
async fn retirer<T: Preparation>(contexte: &Contexte, ligne: &T::Model) -> Result<(), Echec> {
    let change = vec![(T::COLONNES.etat, Expr::value(Etat::Efface))];
    conclure::<T>(contexte, ligne, change, None).await.map(|_| ())
}

/// Gives it back, to be begun again at once: this try does not count.
async fn rendre<T: Preparation>(contexte: &Contexte, ligne: &T::Model) -> Result<(), Echec> {
    let tenue = T::tenue(ligne);
    let tx = contexte.base.ecrire().await?;
    tenu::<T>(tenue)
        .col_expr(T::COLONNES.etat, Expr::value(Etat::Demande))
        .col_expr(T::COLONNES.essais, Expr::value(tenue.essais - 1))
        .col_expr(T::COLONNES.prise_jusqu_a, Expr::value(None::<DateTime<Utc>>))
        .exec(&tx)
        .await?;
    tx.valider().await
}
