//! How tasks are carried out, whatever they are: taken by one worker at a time, held meanwhile, then done, put off or
//! given up.

mod abandon;
mod tenue;

pub use tenue::BAIL;

use crate::contexte::Contexte;
use crate::courriels::EchecEnvoi;
use crate::demarche::contacts;
use crate::socle::bail;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::adresse_refusee;
use crate::tables::contacte::Sort;
use crate::tables::tache;
use crate::taches::{self, Courriel, Tache};
use chrono::{DateTime, Duration as Delai, Utc};
use domain::Erreur;
use domain::courriel::RaisonEchec;
use domain::ids::TacheId;
use domain::plateforme::ErreurPlateforme;
use domain::raccordement::{Empechement, ErreurDistante};
use futures_util::FutureExt;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tenue::{changer, fin_du_bail, tenir};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

/// Waits between two tries, in seconds; the last one is repeated.
const ATTENTES: [i64; 7] = [2, 10, 60, 300, 1_800, 7_200, 21_600];

/// The longest wait of a mail that met no mail server, in seconds: as soon as one leaves, all of them do.
const ATTENTE_PANNE: i64 = 600;

/// How the tasks of one kind are carried out.
pub(super) trait Atelier: Sync {
    /// The kind.
    type Tache: Tache;

    /// Carries out the task whose row is `id`.
    fn faire(
        &self,
        contexte: &Contexte,
        tache: Self::Tache,
        id: TacheId,
    ) -> impl Future<Output = Essai> + Send;
}

/// What became of a try.
pub(super) struct Essai {
    /// The address that it wrote to, if it came to that.
    pub(super) a: Option<String>,
    /// Whether there was something to do.
    pub(super) resultat: Result<bool, EchecEnvoi>,
}

impl From<EchecEnvoi> for Essai {
    fn from(erreur: EchecEnvoi) -> Self {
        Self { a: None, resultat: Err(erreur) }
    }
}

/// Waits for a change, at most a second: what is tried again is due without one.
pub(super) async fn attendre(reveil: &mut watch::Receiver<u64>, arret: &CancellationToken) {
    let sonne = tokio::time::timeout(Duration::from_secs(1), reveil.changed());
    arret.run_until_cancelled(sonne).await;
}

/// Says in the logs what a round did.
pub(super) fn dire(resultat: Result<usize, Echec>) {
    match resultat {
        Ok(faites) if faites > 0 => tracing::debug!(faites, "tasks carried out"),
        Ok(_) => {}
        Err(erreur) => tracing::warn!(%erreur, "tasks interrupted"),
    }
}

/// Carries out all the tasks of a kind that are due, unless `arret` comes before the next one; gives how many were
/// tried. `bail`: how long one is held before its holder must say that it still works on it.
///
/// # Errors
/// The database failed.
pub(super) async fn tout_faire<A: Atelier>(
    contexte: &Contexte,
    atelier: &A,
    bail: Duration,
    arret: &CancellationToken,
) -> Result<usize, Echec> {
    let mut faites = 0;
    while !arret.is_cancelled() {
        let Some(ligne) = prendre::<A>(contexte, bail).await? else { break };
        let span = tracing::info_span!("tache", id = ligne.id.0, genre = ligne.genre);
        essayer(contexte, atelier, ligne, bail).instrument(span).await?;
        faites += 1;
    }
    Ok(faites)
}

async fn essayer<A: Atelier>(
    contexte: &Contexte,
    atelier: &A,
    ligne: tache::Model,
    bail: Duration,
) -> Result<(), Echec> {
    let travail = async {
        match A::Tache::lire(&ligne) {
            Some(tache) => atelier.faire(contexte, tache, ligne.id).await,
            None => EchecEnvoi::Illisible.into(),
        }
    };
    // A change is a transaction: one that panics leaves none half done, and the tasks after it have their turn.
    let travail = AssertUnwindSafe(travail).catch_unwind();
    let essai = tenir(contexte, &ligne, bail, travail).await;
    let essai = essai.unwrap_or_else(|_| EchecEnvoi::Panique.into());
    // What left is written as such before anybody else may send it again.
    contexte.base.insister(bail, || ranger(contexte, &ligne, &essai)).await
}

/// Takes the next task that is due, for this worker alone.
async fn prendre<A: Atelier>(
    contexte: &Contexte,
    bail: Duration,
) -> Result<Option<tache::Model>, Echec> {
    // Most of the time there is nothing: look before taking the lock for writing.
    if due::<A>(contexte.base.lire(), contexte, false).await?.is_none() {
        return Ok(None);
    }
    let tx = contexte.base.ecrire().await?;
    let Some(mut ligne) = due::<A>(&tx, contexte, true).await? else { return Ok(None) };
    // The number of tries is also that of its holder: whoever was thought dead finds another one there.
    ligne.essais += 1;
    tache::Entity::update_many()
        .col_expr(tache::Column::Essais, Expr::value(ligne.essais))
        .col_expr(tache::Column::PriseJusquA, fin_du_bail(&tx, contexte, bail))
        .filter(tache::Column::Id.eq(ligne.id))
        .exec(&tx)
        .await?;
    tx.valider().await?;
    Ok(Some(ligne))
}

async fn due<A: Atelier>(
    db: &impl ConnectionTrait,
    contexte: &Contexte,
    prendre: bool,
) -> Result<Option<tache::Model>, DbErr> {
    let mut choix = tache::Entity::find()
        .filter(tache::Column::FaiteLe.is_null())
        .filter(tache::Column::AbandonneeLe.is_null())
        .filter(A::Tache::lignes())
        .filter(tache::Column::APartirDe.lte(contexte.horloge.maintenant()))
        .filter(bail::libre(tache::Column::PriseJusquA, db, &contexte.horloge))
        .filter(Expr::not_exists(taches::precedente()))
        .order_by_asc(tache::Column::Id)
        .limit(1);
    if prendre {
        choix = verrous::libres(choix);
    }
    choix.one(db).await
}

async fn ranger(contexte: &Contexte, ligne: &tache::Model, essai: &Essai) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let a = essai.a.as_deref();
    let parti = matches!(essai.resultat, Ok(true)) && a.is_some();
    let tx = contexte.base.ecrire().await?;
    let tenue = match &essai.resultat {
        Ok(utile) => finir(&tx, ligne, *utile, a, maintenant).await?,
        Err(erreur) => match abandon::definitif(erreur, refus(ligne, erreur)) {
            Some(raison) => abandon::abandonner(&tx, ligne, &raison, a, maintenant).await?,
            None => reporter(&tx, ligne, erreur, maintenant).await?,
        },
    };
    tx.valider().await?;
    if !tenue {
        // Thought dead, and somebody else does it: what became of it is theirs to say.
        tracing::warn!(tache = ligne.id.0, "a task was taken over while it was carried out");
    }
    if parti { apres_panne(contexte, maintenant).await } else { Ok(()) }
}

/// The task is done. `a`: the address to which a mail left.
async fn finir(
    db: &impl ConnectionTrait,
    ligne: &tache::Model,
    utile: bool,
    a: Option<&str>,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    let change = tache::ActiveModel {
        prise_jusqu_a: Set(None),
        faite_le: Set(Some(maintenant)),
        erreur: Set(None),
        panne: Set(false),
        raison: Set((!utile).then(|| taches::SANS_OBJET.to_owned())),
        ..Default::default()
    };
    let tenue = changer(db, ligne, change).await?;
    if tenue {
        let sort = if utile { Sort::Envoye } else { Sort::Ecarte };
        contacts::conclure(db, ligne, sort, maintenant).await?;
    }
    if let Some(a) = a
        && adresse_refusee::oublier(db, a).await?
    {
        let sujets = abandon::sujets(ligne.dossier, ligne.demarche);
        direct::annoncer(db, &sujets, maintenant).await?;
    }
    Ok(tenue)
}

/// The task is to be tried again, later and later.
async fn reporter(
    db: &impl ConnectionTrait,
    ligne: &tache::Model,
    erreur: &EchecEnvoi,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    metrics::counter!("taches_echouees_total").increment(1);
    let essais = ligne.essais;
    tracing::warn!(tache = ligne.id.0, essais, %erreur, "a task failed, it will be tried again");
    let refus = refus(ligne, erreur);
    // What waited for a server that was away all night does not wait as long again.
    let (rang, plafond) = if erreur.attend() { (essais, ATTENTE_PANNE) } else { (refus, i64::MAX) };
    let rang = usize::try_from(rang).unwrap_or(1).saturating_sub(1).min(ATTENTES.len() - 1);
    let attente = ATTENTES[rang].min(plafond);
    let apres = maintenant + Delai::seconds(attente);
    let raison = match erreur {
        EchecEnvoi::Distant(empechement) => Some(RaisonEchec::Distant(empechement.clone()).code()),
        _ => None,
    };
    // Shown on the dossier, where it is news once.
    if raison != ligne.raison {
        let sujets = abandon::sujets(ligne.dossier, ligne.demarche);
        direct::annoncer(db, &sujets, maintenant).await?;
    }
    let change = tache::ActiveModel {
        prise_jusqu_a: Set(None),
        a_partir_de: Set(pas_avant(erreur).map_or(apres, |limite| limite.max(apres))),
        raison: Set(raison),
        erreur: Set(Some(erreur.to_string())),
        panne: Set(erreur.panne()),
        refus: Set(refus),
        ..Default::default()
    };
    changer(db, ligne, change).await
}

/// How many tries of a task failed otherwise than because nobody answered, once `erreur` has ended one more.
fn refus(ligne: &tache::Model, erreur: &EchecEnvoi) -> i32 {
    if erreur.attend() { ligne.refus } else { ligne.refus.saturating_add(1) }
}

/// Until when the platform that was asked wants to be left alone.
const fn pas_avant(erreur: &EchecEnvoi) -> Option<DateTime<Utc>> {
    match erreur {
        EchecEnvoi::Base(Echec::Metier(Erreur::Plateforme(ErreurPlateforme::LimiteJusqua(
            limite,
        ))))
        | EchecEnvoi::Distant(Empechement::Distante(ErreurDistante::Limite(limite))) => {
            Some(*limite)
        }
        _ => None,
    }
}

/// A mail has just left, so that there is a mail server again: those that met none leave now rather than at the hour
/// of their next try.
async fn apres_panne(contexte: &Contexte, maintenant: DateTime<Utc>) -> Result<(), Echec> {
    let en_panne = Condition::all()
        .add(Courriel::lignes())
        .add(tache::Column::Panne.eq(true))
        .add(tache::Column::APartirDe.gt(maintenant));
    // Most of the time there is none: look before taking the lock for writing.
    let une = taches::en_attente(en_panne.clone()).limit(1).one(contexte.base.lire()).await?;
    if une.is_none() {
        return Ok(());
    }
    let tx = contexte.base.ecrire().await?;
    taches::avancer(&tx, en_panne, maintenant).await?;
    tx.valider().await
}
