//! How exports are made: by one process at a time each, held by a lease. One whose process died is begun again by another.

use super::depot::{Arret, Depot, tenu};
use super::tableau::{self, Lecture};
use super::{demandeur, vider};
use crate::acces::autorisations;
use crate::contexte::Contexte;
use crate::dossier::consultations::tampon::Objet;
use crate::dossier::telechargement::archive;
use crate::liste;
use crate::socle::bail;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::export;
use crate::taches::{self, Courriel};
use chrono::Duration as Delai;
use domain::consultation::Acte;
use domain::export::{self as regles, CONSERVATION_JOURS, Etat, Format};
use domain::ids::GroupeId;
use domain::liste::Filtres;
use domain::sujet::Sujet;
use futures_util::FutureExt;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long an export stays with a process of which nothing is heard any more.
pub const BAIL: Duration = Duration::from_secs(120);

/// How many times an export is begun.
const ESSAIS_MAX: i32 = 5;

/// Makes all the exports that wait, one after the other, unless `arret` comes before; gives how many were begun. What is
/// being made then is left for another process.
///
/// # Errors
/// The database failed.
pub async fn tout_faire(
    contexte: &Contexte,
    bail: Duration,
    arret: &CancellationToken,
) -> Result<usize, Echec> {
    let mut commences = 0;
    while !arret.is_cancelled() {
        let Some(ligne) = prendre(contexte, bail).await? else { break };
        let span = tracing::info_span!("export", id = ligne.id.0, format = ligne.format.code());
        let fait = tracing::Instrument::instrument(un(contexte, &ligne, bail, arret), span);
        fait.await?;
        commences += 1;
    }
    Ok(commences)
}

/// Makes one, and says what became of it.
async fn un(
    contexte: &Contexte,
    ligne: &export::Model,
    bail: Duration,
    arret: &CancellationToken,
) -> Result<(), Echec> {
    if ligne.essais > ESSAIS_MAX {
        return echouer(contexte, ligne, regles::Echec::Interrompu).await;
    }
    // One that panics leaves pieces that the next try erases.
    let fait = AssertUnwindSafe(faire(contexte, ligne, bail, arret)).catch_unwind().await;
    match fait {
        Ok(Ok(())) => Ok(()),
        Ok(Err(Arret::Perdu)) => {
            tracing::info!("an export was deleted or taken over while it was made");
            Ok(())
        }
        Ok(Err(Arret::Recommencer)) => rendre(contexte, ligne).await,
        Ok(Err(Arret::SansDroit)) => retirer(contexte, ligne).await,
        Ok(Err(Arret::Impossible(echec))) => echouer(contexte, ligne, echec).await,
        // The lease says when it is begun again.
        Ok(Err(Arret::Panne(erreur))) => {
            tracing::warn!(%erreur, essais = ligne.essais, "an export failed");
            Ok(())
        }
        Err(_) => {
            tracing::error!(essais = ligne.essais, "an export panicked");
            Ok(())
        }
    }
}

/// Takes the next export that waits, for this process alone.
async fn prendre(contexte: &Contexte, bail: Duration) -> Result<Option<export::Model>, Echec> {
    // Most of the time there is none: look before taking the lock for writing.
    if a_faire(contexte.base.lire(), contexte, false).await?.is_none() {
        return Ok(None);
    }
    let tx = contexte.base.ecrire().await?;
    let Some(mut ligne) = a_faire(&tx, contexte, true).await? else { return Ok(None) };
    // The number of tries is also that of its holder: whoever was thought dead finds another one there.
    ligne.essais += 1;
    ligne.etat = Etat::EnCours;
    let change = export::ActiveModel {
        essais: Set(ligne.essais),
        etat: Set(Etat::EnCours),
        faits: Set(0),
        taille: Set(0),
        ..Default::default()
    };
    let duree = Delai::from_std(bail).unwrap_or(Delai::MAX);
    export::Entity::update_many()
        .set(change)
        .col_expr(export::Column::PriseJusquA, bail::jusqu_a(&tx, &contexte.horloge, duree))
        .filter(export::Column::Id.eq(ligne.id))
        .exec(&tx)
        .await?;
    dire(&tx, contexte, &ligne).await?;
    tx.valider().await?;
    Ok(Some(ligne))
}

async fn a_faire(
    db: &impl ConnectionTrait,
    contexte: &Contexte,
    prendre: bool,
) -> Result<Option<export::Model>, DbErr> {
    let mut choix = export::Entity::find()
        .filter(export::Column::Etat.is_in([Etat::Demande, Etat::EnCours]))
        .filter(bail::libre(export::Column::PriseJusquA, db, &contexte.horloge))
        // One that fails again and again lets the others go first.
        .order_by_asc(export::Column::Essais)
        .order_by_asc(export::Column::Id)
        .limit(1);
    if prendre {
        choix = verrous::libres(choix);
    }
    choix.one(db).await
}

async fn dire(
    db: &impl ConnectionTrait,
    contexte: &Contexte,
    ligne: &export::Model,
) -> Result<(), Echec> {
    let sujets = [Sujet::Compte(ligne.compte)];
    Ok(direct::annoncer(db, &sujets, contexte.horloge.maintenant()).await?)
}

async fn faire(
    contexte: &Contexte,
    ligne: &export::Model,
    bail: Duration,
    arret: &CancellationToken,
) -> Result<(), Arret> {
    // What the tries before left.
    vider(&contexte.base, ligne.id).await?;
    let (db, le) = (contexte.base.lire(), contexte.horloge.maintenant());
    let numero = ligne.demarche;
    let acteur = demandeur(db, ligne.compte).await?.ok_or(Arret::SansDroit)?;
    let (_, groupes) = autorisations::demarche_de_l_instructeur(db, &acteur, numero).await?;
    let filtres = Filtres::lire(&ligne.filtres);
    let total = liste::combien(db, &acteur, numero, &filtres, le).await?;
    let mut depot = Depot::nouveau(contexte, ligne, bail, total);
    depot.avancer(0).await?;
    let lecture = Lecture { contexte, acteur: &acteur, ligne, groupes: &groupes, le, arret };
    match ligne.format {
        Format::Csv => tableau::csv(&lecture, &mut depot).await?,
        Format::Xlsx => tableau::xlsx(&lecture, &mut depot).await?,
        Format::Zip => zip(&lecture, &filtres, &mut depot).await?,
    }
    // Some of what is in it may no longer be theirs to see.
    let (_, apres) = autorisations::demarche_de_l_instructeur(db, &acteur, numero).await?;
    if apres != groupes {
        return Err(Arret::Recommencer);
    }
    terminer(contexte, ligne, depot, &groupes).await
}

/// « Dossiers et pièces jointes ».
async fn zip(lecture: &Lecture<'_>, filtres: &Filtres, depot: &mut Depot<'_>) -> Result<(), Arret> {
    let (contexte, acteur) = (lecture.contexte, lecture.acteur);
    let db = contexte.base.lire();
    let numero = lecture.ligne.demarche;
    let mut archive = archive::commencer_la_liste(db, acteur, numero, filtres, lecture.le).await?;
    let mut dits = 0;
    while let Some(octets) = archive.suite(db, &contexte.outils, acteur).await? {
        if lecture.arret.is_cancelled() {
            return Err(Arret::Recommencer);
        }
        for numero in archive.commences() {
            contexte.consulter(acteur, Acte::Archive, Objet::Dossier(numero));
        }
        // The one that is being written is not done.
        let faits = archive.dossiers().saturating_sub(1);
        depot.ecrire(&octets, faits).await?;
        if faits > dits {
            dits = faits;
            depot.avancer(faits).await?;
        }
    }
    depot.avancer(archive.dossiers()).await
}

async fn terminer(
    contexte: &Contexte,
    ligne: &export::Model,
    depot: Depot<'_>,
    groupes: &[GroupeId],
) -> Result<(), Arret> {
    let (morceaux, taille, faits) = depot.finir().await?;
    let entier = |nombre: u64| i64::try_from(nombre).unwrap_or(i64::MAX);
    let groupes: Vec<String> = groupes.iter().map(ToString::to_string).collect();
    let maintenant = contexte.horloge.maintenant();
    let change = export::ActiveModel {
        etat: Set(Etat::Pret),
        groupes: Set(groupes.join(" ")),
        faits: Set(entier(faits)),
        total: Set(Some(entier(faits))),
        taille: Set(entier(taille)),
        morceaux: Set(morceaux),
        pret_le: Set(Some(maintenant)),
        expire_le: Set(Some(maintenant + Delai::days(CONSERVATION_JOURS))),
        prise_jusqu_a: Set(None),
        ..Default::default()
    };
    if conclure(contexte, ligne, change, true).await? { Ok(()) } else { Err(Arret::Perdu) }
}

/// Says the last word about an export, as long as it is held; gives whether it was. `courriel`: whether who asked for it is
/// written to.
async fn conclure(
    contexte: &Contexte,
    ligne: &export::Model,
    change: export::ActiveModel,
    courriel: bool,
) -> Result<bool, Echec> {
    let tx = contexte.base.ecrire().await?;
    if tenu(ligne).set(change).exec(&tx).await?.rows_affected == 0 {
        return Ok(false);
    }
    if courriel {
        let courriel = Courriel::Export { export: ligne.id };
        taches::ajouter(&tx, &courriel, contexte.horloge.maintenant()).await?;
    }
    dire(&tx, contexte, ligne).await?;
    tx.valider().await?;
    Ok(true)
}

/// It can't be made.
async fn echouer(
    contexte: &Contexte,
    ligne: &export::Model,
    echec: regles::Echec,
) -> Result<(), Echec> {
    vider(&contexte.base, ligne.id).await?;
    let fin = contexte.horloge.maintenant() + Delai::days(CONSERVATION_JOURS);
    let change = export::ActiveModel {
        etat: Set(Etat::Echoue),
        echec: Set(Some(echec)),
        expire_le: Set(Some(fin)),
        prise_jusqu_a: Set(None),
        ..Default::default()
    };
    conclure(contexte, ligne, change, true).await.map(|_| ())
}

/// Nobody may have it: it goes.
async fn retirer(contexte: &Contexte, ligne: &export::Model) -> Result<(), Echec> {
    let change = export::ActiveModel { etat: Set(Etat::Efface), ..Default::default() };
    conclure(contexte, ligne, change, false).await.map(|_| ())
}

/// Gives it back, to be begun again at once: this try does not count.
async fn rendre(contexte: &Contexte, ligne: &export::Model) -> Result<(), Echec> {
    let tx = contexte.base.ecrire().await?;
    let change = export::ActiveModel {
        etat: Set(Etat::Demande),
        essais: Set(ligne.essais - 1),
        prise_jusqu_a: Set(None),
        ..Default::default()
    };
    tenu(ligne).set(change).exec(&tx).await?;
    tx.valider().await
}
