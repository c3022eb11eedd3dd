//! Files are looked at by the antivirus, when one is set: those that come are held until it has answered, those of before
//! are looked at in turn. It is asked outside of any change, again and again until it answers.

use super::contenus;
use crate::contexte::Contexte;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::fichiers::antivirus::{Antivirus, Verdict};
use crate::socle::journal;
use crate::socle::verrous;
use crate::tables::{brouillon, dossier, piece_jointe};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Duration, Utc};
use domain::Erreur;
use domain::fichier::Analyse;
use domain::ids::{DemarcheNumero, DossierNumero, PieceId};
use domain::journal::Action;
use domain::sujet::Sujet;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use tokio_util::sync::CancellationToken;

/// How long a file stays with a process of which nothing is heard any more, in minutes.
const BAIL_MINUTES: i64 = 5;

/// How long to wait before the antivirus is asked again when it has not answered, in seconds.
const ENCORE_SECONDES: i64 = 30;

/// Has all the files looked at that wait for it, those that are held first, unless `arret` comes before; gives how many
/// were.
///
/// # Errors
/// The database failed. Without an answer of the antivirus they wait.
pub async fn tout_analyser(contexte: &Contexte, arret: &CancellationToken) -> Result<usize, Echec> {
    let Some(antivirus) = &contexte.outils.fichiers.antivirus else { return Ok(0) };
    let mut analysees = 0;
    while !arret.is_cancelled() {
        let Some(piece) = prendre(contexte).await? else { break };
        if !une(contexte, antivirus, &piece).await? {
            break;
        }
        analysees += 1;
    }
    Ok(analysees)
}

/// The next file, for a while.
async fn prendre(contexte: &Contexte) -> Result<Option<piece_jointe::Model>, Echec> {
    use piece_jointe::Column;
    let maintenant = contexte.horloge.maintenant();
    let due = Condition::any()
        .add(Column::AnalyseAPartirDe.is_null())
        .add(Column::AnalyseAPartirDe.lte(maintenant));
    let choix = piece_jointe::Entity::find()
        .filter(Column::Analyse.is_in([Analyse::AVerifier, Analyse::NonFaite]))
        .filter(due)
        // The words are in this order.
        .order_by_asc(Column::Analyse)
        .order_by_asc(Column::Id)
        .limit(1);
    // Most of the time there is none: look before taking the lock for writing.
    if choix.clone().one(contexte.base.lire()).await?.is_none() {
        return Ok(None);
    }
    let tx = contexte.base.ecrire().await?;
    let Some(piece) = verrous::libres(choix).one(&tx).await? else { return Ok(None) };
    remettre(&tx, piece.id, maintenant + Duration::minutes(BAIL_MINUTES)).await?;
    tx.valider().await?;
    Ok(Some(piece))
}

async fn remettre(
    db: &impl ConnectionTrait,
    piece: PieceId,
    a: DateTime<Utc>,
) -> Result<(), Echec> {
    let ligne =
        piece_jointe::ActiveModel { analyse_a_partir_de: Set(Some(a)), ..Default::default() };
    let filtre = piece_jointe::Column::Id.eq(piece);
    piece_jointe::Entity::update_many().set(ligne).filter(filtre).exec(db).await?;
    Ok(())
}

/// Has one looked at; gives whether the antivirus answered.
async fn une(
    contexte: &Contexte,
    antivirus: &Antivirus,
    piece: &piece_jointe::Model,
) -> Result<bool, Echec> {
    let contenu = match contenus::lire(contexte.base.lire(), &contexte.outils, piece.id).await {
        Ok(contenu) => contenu,
        // Deleted meanwhile.
        Err(Echec::Metier(Erreur::Introuvable)) => return Ok(true),
        Err(Echec::Base(erreur)) => return Err(erreur.into()),
        // It will be looked for again when its turn comes.
        Err(erreur) => {
            tracing::error!(piece = piece.id.0, %erreur, "a file can't be read to be looked at");
            return Ok(true);
        }
    };
    match antivirus.examiner(&contenu).await {
        Ok(verdict) => {
            drop(contenu);
            conclure(contexte, piece, verdict).await?;
            Ok(true)
        }
        Err(sans_verdict) => {
            metrics::counter!("analyses_sans_verdict_total").increment(1);
            tracing::warn!(%sans_verdict, "files wait for the antivirus");
            let encore = contexte.horloge.maintenant() + Duration::seconds(ENCORE_SECONDES);
            let tx = contexte.base.ecrire().await?;
            remettre(&tx, piece.id, encore).await?;
            tx.valider().await?;
            Ok(false)
        }
    }
}

/// Writes what it said, and tells those whom it concerns, in one change.
async fn conclure(
    contexte: &Contexte,
    piece: &piece_jointe::Model,
    verdict: Verdict,
) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let (analyse, virus) = match verdict {
        Verdict::Sain => (Analyse::Saine, None),
        Verdict::Infecte(virus) => (Analyse::Infectee, Some(virus)),
    };
    let tx = contexte.base.ecrire().await?;
    let ligne = piece_jointe::ActiveModel {
        analyse: Set(analyse),
        virus: Set(virus.clone()),
        analyse_a_partir_de: Set(None),
        ..Default::default()
    };
    let ecrites = piece_jointe::Entity::update_many()
        .set(ligne)
        .filter(piece_jointe::Column::Id.eq(piece.id))
        .filter(piece_jointe::Column::Analyse.eq(piece.analyse))
        .exec(&tx)
        .await?;
    if ecrites.rows_affected == 0 {
        // Deleted, or looked at by another process.
        return Ok(());
    }
    if let Some(virus) = virus {
        prevenir(&tx, piece, &virus, maintenant).await?;
    }
    if analyse == Analyse::Infectee || piece.analyse == Analyse::AVerifier {
        direct::annoncer(&tx, &[Sujet::Dossier(piece.dossier)], maintenant).await?;
    }
    tx.valider().await?;
    metrics::counter!("analyses_total", "analyse" => analyse.code()).increment(1);
    Ok(())
}

/// The journal of the dossier and that of its démarche, which its administrateurs read, and a mail to whoever sent it.
async fn prevenir(
    db: &impl ConnectionTrait,
    piece: &piece_jointe::Model,
    virus: &str,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let (id, numero) = (piece.id, piece.dossier);
    tracing::warn!(piece = id.0, dossier = numero.0, virus, "a file is infected");
    let detail = Some(format!("fichier n° {id} ({virus})"));
    journal::noter(db, None, Action::FichierInfecte, numero, detail, maintenant).await?;
    if let Some(demarche) = demarche_de(db, numero).await? {
        let detail = Some(format!("dossier n° {numero}, fichier n° {id} ({virus})"));
        journal::noter(db, None, Action::FichierInfecte, demarche, detail, maintenant).await?;
    }
    taches::ajouter(db, &Courriel::FichierInfecte { dossier: numero, piece: id }, maintenant).await
}

/// Of a dossier, or of the draft that has its number.
async fn demarche_de(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Option<DemarcheNumero>, Echec> {
    if let Some(dossier) = dossier::Entity::find_by_id(numero).one(db).await? {
        return Ok(Some(dossier.demarche));
    }
    let brouillon = brouillon::Entity::find_by_id(numero).one(db).await?;
    Ok(brouillon.map(|brouillon| brouillon.demarche))
}
