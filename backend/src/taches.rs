//! The outbox: what a change causes (mails), written with it, carried out after it.
//!
//! At least once, with retries: each task must be harmless when carried out twice. Nothing can be done for some:
//! [`abandon`] keeps them for the administrateur.

pub mod abandon;
mod objet;
mod relance;
mod suite;

pub use relance::relancer;
pub(crate) use suite::{Sort, non_dits, sort};

use crate::acces::comptes;
use crate::acces::formulaires_en_attente;
use crate::acces::sessions;
use crate::contexte::Contexte;
use crate::dossier::expirations::{self, Bilan};
use crate::dossier::mots;
use crate::dossier::purge;
use crate::liste::effectifs;
use crate::mail::{self, Expediteur};
use crate::rendez_vous::liens_personnels;
use crate::rendez_vous::plans_rdv;
use crate::socle::adresses_refusees;
use crate::socle::bail;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::tache;
use chrono::{DateTime, Duration as Delai, Utc};
use domain::Erreur;
use domain::ids::{
    AvisId, CompteId, DemarcheNumero, DossierNumero, InviteId, PropositionId, RendezVousId,
};
use domain::plateforme::ErreurPlateforme;
use domain::rendez_vous::{Changement, Genre, Horaire};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, UpdateMany,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What is to be done. Holds ids and facts about rendez-vous, never an address nor a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tache {
    /// « Vous devez prendre un rendez-vous… », to the usager.
    CourrielProposition {
        /// Which proposition.
        proposition: PropositionId,
    },
    /// « La proposition de rendez-vous est retirée », to the usager.
    CourrielRetrait {
        /// Which proposition.
        proposition: PropositionId,
    },
    /// « Vous avez un nouveau message »: one mail for all those that wait.
    CourrielMessage {
        /// The dossier.
        dossier: DossierNumero,
        /// To whom; `None` for the usager.
        instructeur: Option<CompteId>,
    },
    /// The personal link of a proposition, from RDV Service Public.
    InvitationRdv {
        /// Which proposition.
        proposition: PropositionId,
    },
    /// A plan of RDV Service Public to be read again.
    PlanRdv {
        /// Its row.
        plan: i64,
    },
    /// A change of état, to the usager.
    CourrielTraitement {
        /// Which change.
        traitement: i64,
    },
    /// A request for corrections, to the usager.
    CourrielCorrection {
        /// Which request.
        correction: i64,
    },
    /// « La demande de correction est retirée », to the usager.
    CourrielCorrectionRetiree {
        /// Which request.
        correction: i64,
    },
    /// A request for an opinion, to the expert. Its link is made as it leaves.
    CourrielAvis {
        /// Which request.
        avis: AvisId,
        /// Which reminder; 0 for the first mail.
        relance: i32,
    },
    /// An expert answered, to an instructeur.
    CourrielAvisRendu {
        /// Which request.
        avis: AvisId,
        /// To whom.
        compte: CompteId,
    },
    /// A dossier is now examined by another groupe, to one of its instructeurs.
    CourrielReaffectation {
        /// Which change.
        reaffectation: i64,
        /// To whom.
        compte: CompteId,
    },
    /// A dossier will expire, to its usager.
    CourrielExpiration {
        /// Which dossier.
        dossier: DossierNumero,
    },
    /// Dossiers of a démarche will expire, to an instructeur.
    CourrielExpirants {
        /// Which démarche.
        demarche: DemarcheNumero,
        /// To whom.
        compte: CompteId,
    },
    /// A dossier has expired, to its usager.
    CourrielExpire {
        /// Which dossier.
        dossier: DossierNumero,
    },
    /// A dossier that an instructeur sends to another one.
    CourrielEnvoi {
        /// Which sending.
        envoi: i64,
    },
    /// « Votre dossier a bien été déposé », to the usager.
    CourrielDepot {
        /// Which dossier.
        dossier: DossierNumero,
    },
    /// « Vous êtes invité(e) à modifier un dossier », to the person invited.
    CourrielInvite {
        /// Which invitation.
        invite: InviteId,
    },
    /// The link that opens an account or changes its password, to its address.
    CourrielCompte {
        /// Its row.
        lien: i64,
    },
    /// What happened to a rendez-vous, to those whom it concerns.
    CourrielRendezVous {
        /// The dossier.
        dossier: DossierNumero,
        /// The proposition that it answers, if it does: its instructeur is told.
        proposition: Option<PropositionId>,
        /// The rendez-vous: nobody is told of it once it is attached elsewhere.
        #[serde(default)]
        rendez_vous: Option<RendezVousId>,
        /// Who is told when it answers no proposition: whoever attached it.
        #[serde(default)]
        instructeur: Option<CompteId>,
        /// What happened.
        changement: Changement,
        /// Where it takes place.
        genre: Genre,
        /// When.
        horaire: Horaire,
        /// How long.
        duree_minutes: i64,
        /// To whom.
        a: Destinataire,
    },
}

/// To whom a mail goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destinataire {
    /// The instructeur who proposed, or who attached the rendez-vous.
    Instructeur,
    /// The person who filed the dossier.
    Usager,
}

impl Tache {
    const fn genre(&self) -> &'static str {
        match self {
            Self::CourrielProposition { .. } => "courriel_proposition",
            Self::CourrielRetrait { .. } => "courriel_retrait",
            Self::CourrielMessage { .. } => "courriel_message",
            Self::CourrielDepot { .. } => "courriel_depot",
            Self::CourrielRendezVous { .. } => "courriel_rendez_vous",
            Self::InvitationRdv { .. } => "invitation_rdv",
            Self::PlanRdv { .. } => "plan_rdv",
            Self::CourrielTraitement { .. } => "courriel_traitement",
            Self::CourrielCorrection { .. } => "courriel_correction",
            Self::CourrielCorrectionRetiree { .. } => "courriel_correction_retiree",
            Self::CourrielInvite { .. } => "courriel_invite",
            Self::CourrielCompte { .. } => "courriel_compte",
            Self::CourrielAvis { .. } => "courriel_avis",
            Self::CourrielAvisRendu { .. } => "courriel_avis_rendu",
            Self::CourrielReaffectation { .. } => "courriel_reaffectation",
            Self::CourrielEnvoi { .. } => "courriel_envoi",
            Self::CourrielExpiration { .. } => "courriel_expiration",
            Self::CourrielExpirants { .. } => "courriel_expirants",
            Self::CourrielExpire { .. } => "courriel_expire",
        }
    }

    /// As it is stored.
    fn charge(&self) -> Result<Value, Echec> {
        serde_json::to_value(self).map_err(|_| Echec::Illisible("task"))
    }
}

/// Which worker a task is for: a platform that does not answer must not keep mails waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Atelier {
    Courriels,
    Plateforme,
}

/// The tasks of [`Atelier::Plateforme`].
const GENRES_PLATEFORME: [&str; 2] = ["invitation_rdv", "plan_rdv"];

impl Atelier {
    fn genres(self) -> SimpleExpr {
        match self {
            Self::Courriels => tache::Column::Genre.is_not_in(GENRES_PLATEFORME),
            Self::Plateforme => tache::Column::Genre.is_in(GENRES_PLATEFORME),
        }
    }
}

/// Waits between two tries, in seconds; the last one is repeated.
const ATTENTES: [i64; 7] = [2, 10, 60, 300, 1_800, 7_200, 21_600];

/// The longest wait of a mail that met no mail server, in seconds: as soon as one leaves, all of them do.
const ATTENTE_PANNE: i64 = 600;

/// How long a task stays with a worker of which nothing is heard any more.
pub const BAIL: Duration = Duration::from_secs(120);

/// How long a task that was done is kept, in days.
const CONSERVATION_JOURS: i64 = 30;

/// How long a task that was given up is kept, in days.
const ABANDON_JOURS: i64 = 365;

/// Adds a task to the change under way on `db`.
///
/// # Errors
/// The database failed.
pub async fn ajouter(
    db: &impl ConnectionTrait,
    tache: &Tache,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    ajouter_pour(db, tache, maintenant, maintenant).await
}

/// Adds a task to be carried out from `a_partir_de` on.
///
/// # Errors
/// The database failed.
pub(crate) async fn ajouter_pour(
    db: &impl ConnectionTrait,
    tache: &Tache,
    a_partir_de: DateTime<Utc>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let charge = tache.charge()?;
    let objet = objet::trouver(db, &charge).await?;
    let ligne = tache::ActiveModel {
        genre: Set(tache.genre().to_owned()),
        charge: Set(charge.to_string()),
        essais: Set(0),
        a_partir_de: Set(a_partir_de),
        prise_jusqu_a: Set(None),
        faite_le: Set(None),
        erreur: Set(None),
        dossier: Set(objet.dossier),
        demarche: Set(objet.demarche),
        suite: Set(objet.suite),
        ecrite_le: Set(Some(maintenant)),
        ..Default::default()
    };
    tache::Entity::insert(ligne).exec_without_returning(db).await?;
    Ok(())
}

/// Adds a task to be done at `a_partir_de`, unless the same one waits already.
///
/// # Errors
/// The database failed.
pub async fn ajouter_une_fois(
    db: &impl ConnectionTrait,
    tache: &Tache,
    a_partir_de: DateTime<Utc>,
) -> Result<(), Echec> {
    let charge = tache.charge()?.to_string();
    let deja = tache::Entity::find()
        .filter(tache::Column::FaiteLe.is_null())
        .filter(tache::Column::Genre.eq(tache.genre()))
        .filter(tache::Column::Charge.eq(charge))
        .one(db)
        .await?;
    if deja.is_some() { Ok(()) } else { ajouter(db, tache, a_partir_de).await }
}

/// Sends mails until `arret`; the mail under way then is finished.
pub async fn travailler(contexte: Contexte, expediteur: Expediteur, arret: CancellationToken) {
    let mut reveil = contexte.base.reveil();
    let mut mesure = None;
    while !arret.is_cancelled() {
        arret.run_until_cancelled(contexte.base.attendre()).await;
        dire(envoyer_jusqu_a(&contexte, &expediteur, BAIL, &arret).await);
        relance::mesurer_parfois(&contexte, &mut mesure).await;
        attendre(&mut reveil, &arret).await;
    }
}

/// Does what is to be asked of RDV Service Public until `arret`; what is under way then is finished.
pub async fn travailler_avec_la_plateforme(contexte: Contexte, arret: CancellationToken) {
    let mut reveil = contexte.base.reveil();
    while !arret.is_cancelled() {
        arret.run_until_cancelled(contexte.base.attendre()).await;
        dire(demander_jusqu_a(&contexte, &arret).await);
        attendre(&mut reveil, &arret).await;
    }
}

/// Waits for a change, at most a second: what is tried again is due without one.
async fn attendre(reveil: &mut watch::Receiver<u64>, arret: &CancellationToken) {
    let sonne = tokio::time::timeout(Duration::from_secs(1), reveil.changed());
    arret.run_until_cancelled(sonne).await;
}

fn dire(resultat: Result<usize, Echec>) {
    match resultat {
        Ok(faites) if faites > 0 => tracing::debug!(faites, "tasks carried out"),
        Ok(_) => {}
        Err(erreur) => tracing::warn!(%erreur, "tasks interrupted"),
    }
}

/// Sends all mails that are due; gives how many were tried.
///
/// # Errors
/// The database failed.
pub async fn faire_tout(contexte: &Contexte, expediteur: &Expediteur) -> Result<usize, Echec> {
    envoyer_jusqu_a(contexte, expediteur, BAIL, &CancellationToken::new()).await
}

/// Sends all mails that are due, unless `arret` comes before the next one; gives how many were tried. `bail`: how long
/// one is held before its holder must say that it still works on it.
///
/// # Errors
/// The database failed.
pub async fn envoyer_jusqu_a(
    contexte: &Contexte,
    expediteur: &Expediteur,
    bail: Duration,
    arret: &CancellationToken,
) -> Result<usize, Echec> {
    let mut faites = 0;
    while !arret.is_cancelled() {
        let Some(ligne) = prendre(contexte, Atelier::Courriels, bail).await? else { break };
        let essai = tenir(contexte, &ligne, bail, faire(contexte, expediteur, &ligne)).await;
        ranger(contexte, ligne, essai).await?;
        faites += 1;
    }
    Ok(faites)
}

/// Asks RDV Service Public all that is due; gives how many were tried.
///
/// # Errors
/// The database failed.
pub async fn demander_tout(contexte: &Contexte) -> Result<usize, Echec> {
    demander_jusqu_a(contexte, &CancellationToken::new()).await
}

async fn demander_jusqu_a(contexte: &Contexte, arret: &CancellationToken) -> Result<usize, Echec> {
    let mut faites = 0;
    while !arret.is_cancelled() {
        let Some(ligne) = prendre(contexte, Atelier::Plateforme, BAIL).await? else { break };
        let resultat = tenir(contexte, &ligne, BAIL, demander(contexte, &ligne)).await;
        let essai = Essai { a: None, resultat: resultat.map(|()| true) };
        ranger(contexte, ligne, essai).await?;
        faites += 1;
    }
    Ok(faites)
}

async fn demander(contexte: &Contexte, ligne: &tache::Model) -> Result<(), mail::EchecEnvoi> {
    match serde_json::from_str(&ligne.charge).map_err(|_| mail::EchecEnvoi::Illisible)? {
        Tache::InvitationRdv { proposition } => {
            Ok(liens_personnels::preparer(contexte, proposition).await?)
        }
        Tache::PlanRdv { plan } => Ok(plans_rdv::confirmer(contexte, plan).await?),
        // Mails are not asked of it.
        _ => Ok(()),
    }
}

/// Takes the next task that is due, for this worker alone.
async fn prendre(
    contexte: &Contexte,
    atelier: Atelier,
    bail: Duration,
) -> Result<Option<tache::Model>, Echec> {
    // Most of the time there is nothing: look before taking the lock for writing.
    if due(contexte.base.lire(), contexte, atelier, false).await?.is_none() {
        return Ok(None);
    }
    let tx = contexte.base.ecrire().await?;
    let Some(mut ligne) = due(&tx, contexte, atelier, true).await? else { return Ok(None) };
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

fn fin_du_bail(db: &impl ConnectionTrait, contexte: &Contexte, bail: Duration) -> SimpleExpr {
    let duree = Delai::from_std(bail).unwrap_or(Delai::MAX);
    bail::jusqu_a(db, &contexte.horloge, duree)
}

/// Carries out `travail`, and says meanwhile that the task is still held, however long it lasts.
async fn tenir<T>(
    contexte: &Contexte,
    ligne: &tache::Model,
    bail: Duration,
    travail: impl Future<Output = T>,
) -> T {
    let tenue = async {
        loop {
            tokio::time::sleep(bail / 3).await;
            if let Err(erreur) = prolonger(contexte, ligne, bail).await {
                tracing::warn!(tache = ligne.id, %erreur, "a task could not be held longer");
            }
        }
    };
    tokio::select! {
        fait = travail => fait,
        () = tenue => unreachable!("it is held for ever"),
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

async fn due(
    db: &impl ConnectionTrait,
    contexte: &Contexte,
    atelier: Atelier,
    prendre: bool,
) -> Result<Option<tache::Model>, DbErr> {
    let mut choix = tache::Entity::find()
        .filter(tache::Column::FaiteLe.is_null())
        .filter(tache::Column::AbandonneeLe.is_null())
        .filter(atelier.genres())
        .filter(tache::Column::APartirDe.lte(contexte.horloge.maintenant()))
        .filter(bail::libre(tache::Column::PriseJusquA, db, &contexte.horloge))
        .filter(Expr::not_exists(suite::precedente()))
        .order_by_asc(tache::Column::Id)
        .limit(1);
    if prendre {
        choix = verrous::libres(choix);
    }
    choix.one(db).await
}

/// What became of a try.
struct Essai {
    /// The address that it wrote to, if it came to that.
    a: Option<String>,
    /// Whether there was something to do.
    resultat: Result<bool, mail::EchecEnvoi>,
}

async fn faire(contexte: &Contexte, expediteur: &Expediteur, ligne: &tache::Model) -> Essai {
    let compose = match serde_json::from_str(&ligne.charge) {
        Ok(tache) => mail::composer(contexte, &tache, ligne.id).await,
        Err(_) => Err(mail::EchecEnvoi::Illisible),
    };
    match compose {
        Ok(Some(courriel)) => {
            let envoi = expediteur.envoyer(&courriel, ligne.id, contexte.horloge.maintenant());
            Essai { resultat: envoi.await.map(|()| true), a: Some(courriel.a) }
        }
        Ok(None) => Essai { a: None, resultat: Ok(false) },
        Err(erreur) => Essai { a: None, resultat: Err(erreur) },
    }
}

async fn ranger(contexte: &Contexte, ligne: tache::Model, essai: Essai) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let a = essai.a.as_deref();
    let parti = matches!(essai.resultat, Ok(true)) && a.is_some();
    let tx = contexte.base.ecrire().await?;
    let tenue = match essai.resultat {
        Ok(utile) => finir(&tx, &ligne, utile, a, maintenant).await?,
        Err(erreur) => match abandon::definitif(&erreur, ligne.essais) {
            Some(raison) => abandon::abandonner(&tx, &ligne, &raison, a, maintenant).await?,
            None => reporter(&tx, &ligne, &erreur, maintenant).await?,
        },
    };
    tx.valider().await?;
    if !tenue {
        // Thought dead, and somebody else does it: what became of it is theirs to say.
        tracing::warn!(tache = ligne.id, "a task was taken over while it was carried out");
    }
    if parti { relance::apres_panne(contexte, maintenant).await } else { Ok(()) }
}

/// Changes a task, as long as it is held; gives whether it was.
async fn changer(
    db: &impl ConnectionTrait,
    ligne: &tache::Model,
    change: tache::ActiveModel,
) -> Result<bool, Echec> {
    Ok(tenue(ligne).set(change).exec(db).await?.rows_affected > 0)
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
        raison: Set((!utile).then(|| suite::SANS_OBJET.to_owned())),
        ..Default::default()
    };
    let tenue = changer(db, ligne, change).await?;
    if let Some(a) = a
        && adresses_refusees::oublier(db, a).await?
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
    erreur: &mail::EchecEnvoi,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    metrics::counter!("taches_echouees_total").increment(1);
    let essais = ligne.essais;
    tracing::warn!(tache = ligne.id, essais, %erreur, "a task failed, it will be tried again");
    let rang = usize::try_from(essais).unwrap_or(1).saturating_sub(1).min(ATTENTES.len() - 1);
    let plafond = if erreur.panne() { ATTENTE_PANNE } else { i64::MAX };
    let attente = ATTENTES[rang].min(plafond);
    let apres = maintenant + Delai::seconds(attente);
    let change = tache::ActiveModel {
        prise_jusqu_a: Set(None),
        a_partir_de: Set(pas_avant(erreur).map_or(apres, |limite| limite.max(apres))),
        erreur: Set(Some(erreur.to_string())),
        panne: Set(erreur.panne()),
        ..Default::default()
    };
    changer(db, ligne, change).await
}

/// When RDV Service Public asked to be left alone until.
const fn pas_avant(erreur: &mail::EchecEnvoi) -> Option<DateTime<Utc>> {
    match erreur {
        mail::EchecEnvoi::Base(Echec::Metier(Erreur::Plateforme(
            ErreurPlateforme::LimiteJusqua(limite),
        ))) => Some(*limite),
        _ => None,
    }
}

/// Indexes dossiers again after a migration. Then forgets what is no longer of use (done tasks, expired sessions, old
/// events, dossiers deleted long ago) and lets dossiers expire. Once an hour, for ever.
pub async fn menage(contexte: Contexte) {
    loop {
        contexte.base.attendre().await;
        if let Err(erreur) = nettoyer(&contexte).await {
            tracing::warn!(%erreur, "clean-up interrupted");
        }
        match expirations::passer(&contexte.base, contexte.horloge.maintenant()).await {
            Ok(Bilan { annonces: 0, expires: 0 }) => {}
            Ok(Bilan { annonces, expires }) => {
                tracing::info!(annonces, expires, "expiry of dossiers");
            }
            Err(erreur) => tracing::warn!(%erreur, "expiry interrupted"),
        }
        match purge::purger(&contexte.base, contexte.horloge.maintenant()).await {
            Ok(0) => {}
            Ok(combien) => tracing::info!(combien, "deleted dossiers purged"),
            Err(erreur) => tracing::warn!(%erreur, "purge interrupted"),
        }
        match mots::rattraper(&contexte.base).await {
            Ok(0) => {}
            Ok(combien) => tracing::info!(combien, "dossiers indexed again"),
            Err(erreur) => tracing::warn!(%erreur, "dossiers not all indexed again"),
        }
        tokio::time::sleep(Duration::from_secs(3_600)).await;
    }
}

/// Puts together what changes add to the numbers of dossiers. Every minute, for ever: what is left to be summed
/// when a list is opened is what changed within one.
pub async fn regroupement(contexte: Contexte) {
    loop {
        contexte.base.attendre().await;
        if let Err(erreur) = regrouper(&contexte).await {
            tracing::warn!(%erreur, "numbers of dossiers not put together");
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
}

async fn regrouper(contexte: &Contexte) -> Result<(), Echec> {
    if !effectifs::a_regrouper(contexte.base.lire()).await? {
        return Ok(());
    }
    let tx = contexte.base.ecrire().await?;
    effectifs::regrouper(&tx).await?;
    tx.valider().await
}

async fn nettoyer(contexte: &Contexte) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    sessions::purger(&tx, maintenant).await?;
    comptes::purger(&tx, maintenant).await?;
    formulaires_en_attente::purger(&tx, maintenant).await?;
    direct::purger(&tx, maintenant).await?;
    crate::rendez_vous::arrivee::inbox::purger(&tx, maintenant).await?;
    let anciennes = tache::Column::FaiteLe.lt(maintenant - Delai::days(CONSERVATION_JOURS));
    verrous::purger::<tache::Entity>(&tx, Condition::all().add(anciennes)).await?;
    let abandonnees = tache::Column::AbandonneeLe.lt(maintenant - Delai::days(ABANDON_JOURS));
    verrous::purger::<tache::Entity>(&tx, Condition::all().add(abandonnees)).await?;
    adresses_refusees::purger(&tx, maintenant).await?;
    tx.valider().await
}
