//! Is the service well? What those who run it ask of it, measured for all the processes that share the database. What it means is
//! in [`domain::vues::etat`].

use super::mesure;
use crate::acces::autorisations;
use crate::contexte::Contexte;
use crate::rendez_vous::arrivee::inbox;
use crate::socle::base::{Base, schema};
use crate::socle::erreur::Echec;
use crate::socle::secrets::coffre::Coffre;
use crate::socle::secrets::{rechiffrement, temoin};
use crate::socle::temps;
use crate::tables::notification::EtatNotification;
use crate::tables::{compte_rdv, demarche, notification, raccordement, reconciliation, tache};
use crate::taches::{self, Courriel, Tache};
use chrono::{DateTime, Duration as Delai, Utc};
use domain::raccordement::EtatRaccordement;
use domain::role::Acteur;
use domain::vues::EchecSynchronisation;
use domain::vues::etat::{Attente, Disque, EtatCle, EtatDuService, Mesures, Raccordements};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait,
    PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, Statement,
};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::time::Instant;

/// How long what was given up is still news.
const ABANDONS_JOURS: i64 = 7;

/// How long before they end accounts that nothing renews are named.
const PREAVIS_JOURS: i64 = 2;

/// How long before they end tokens of Démarches Simplifiées are named.
const JETONS_JOURS: i64 = 7;

/// When a round is late, in minutes: one is due every few.
const RETARD_MINUTES: i64 = 60;

/// How often what it says is given to those who watch over the service by counters.
const INTERVALLE: Duration = Duration::from_secs(60);

/// Gives what is found as counters, from time to time: 0 well, 1 to be looked at, 2 broken.
#[derive(Debug, Default)]
pub(super) struct Veille(Option<Instant>);

impl Veille {
    /// Looks, unless that was done not long ago.
    pub(super) async fn parfois(&mut self, contexte: &Contexte) {
        if self.0.is_some_and(|derniere| derniere.elapsed() < INTERVALLE) {
            return;
        }
        self.0 = Some(Instant::now());
        let (coffre, maintenant) = (&contexte.outils.coffre, contexte.horloge.maintenant());
        match mesurer(&contexte.base, coffre, &dossiers(contexte), maintenant).await {
            Ok(mesures) => publier(&mesures),
            Err(erreur) => {
                tracing::warn!(%erreur, "the state of the service could not be measured");
            }
        }
    }
}

fn dossiers(contexte: &Contexte) -> Vec<PathBuf> {
    contexte.outils.fichiers.entrepots.chemin().map(PathBuf::from).into_iter().collect()
}

fn publier(mesures: &Mesures) {
    for constat in mesures.juger().constats {
        let gravite = f64::from(constat.gravite as u8);
        metrics::gauge!("etat_du_service", "quoi" => constat.quoi.code()).set(gravite);
    }
    for disque in &mesures.disques {
        metrics::gauge!("disque_libre_octets", "quoi" => disque.nom).set(disque.libres as f64);
    }
}

/// The state of the service, for an administrateur: whoever manages one démarche depends on all of it, and nothing of it is
/// of another one's.
///
/// # Errors
/// [`domain::Erreur::Introuvable`] for somebody who is no administrateur.
pub async fn de_l_administrateur(
    contexte: &Contexte,
    acteur: &Acteur,
) -> Result<EtatDuService, Echec> {
    let base = &contexte.base;
    autorisations::un_administrateur(base.lire(), acteur).await?;
    let (coffre, maintenant) = (&contexte.outils.coffre, contexte.horloge.maintenant());
    Ok(mesurer(base, coffre, &dossiers(contexte), maintenant).await?.juger())
}

/// Measures all of it. `dossiers`: where else than in the database files are kept.
///
/// # Errors
/// The database failed, or its schema is not the one of this program.
pub async fn mesurer(
    base: &Base,
    coffre: &Coffre,
    dossiers: &[PathBuf],
    maintenant: DateTime<Utc>,
) -> Result<Mesures, Echec> {
    let db = base.lire();
    let faites = schema::faites(db).await?;
    let (courriels, taches) = taches_en_attente(db, maintenant).await?;
    Ok(Mesures {
        inconnue: schema::inconnue(&faites).map(str::to_owned),
        migrations: schema::attendues(&faites).len(),
        cle: cle(base, coffre).await?,
        courriels,
        taches,
        notifications: notifications(db, maintenant).await?,
        agendas: agendas(db).await?,
        comptes: comptes(db, maintenant).await?,
        raccordements: raccordements(db, maintenant).await?,
        disques: disques(db, dossiers).await?,
        ecart: ecart(db, maintenant).await?,
    })
}

async fn cle(base: &Base, coffre: &Coffre) -> Result<EtatCle, Echec> {
    let laisses = temoin::laisses(base.lire()).await?;
    if !laisses.iter().all(|temoin| temoin::ouvre(coffre, &temoin.scelle)) {
        return Ok(EtatCle::Autre);
    }
    if coffre.a_une_precedente() {
        return Ok(EtatCle::Change(rechiffrement::restantes(base, coffre).await?));
    }
    Ok(EtatCle::Sienne)
}

/// Mails, and the rest.
async fn taches_en_attente(
    db: &DatabaseConnection,
    maintenant: DateTime<Utc>,
) -> Result<(Attente, Attente), Echec> {
    let depuis = maintenant - Delai::days(ABANDONS_JOURS);
    let recentes = || Condition::all().add(tache::Column::AbandonneeLe.gte(depuis));
    let abandonnes = taches::abandonnees(recentes().add(Courriel::lignes())).count(db).await?;
    let abandonnees = taches::abandonnees(recentes()).count(db).await?;
    let mut courriels = Attente { abandonnees: abandonnes, ..Attente::default() };
    let mut autres =
        Attente { abandonnees: abandonnees.saturating_sub(abandonnes), ..Attente::default() };
    for due in mesure::dues_dans(db, maintenant).await? {
        let attente = if due.courriel { &mut courriels } else { &mut autres };
        attente.nombre += u64::try_from(due.nombre).unwrap_or_default();
        attente.secondes = attente.secondes.max((maintenant - due.depuis).num_seconds());
    }
    Ok((courriels, autres))
}

async fn notifications(
    db: &DatabaseConnection,
    maintenant: DateTime<Utc>,
) -> Result<Attente, Echec> {
    let attente = inbox::attente(db).await?;
    let cotees = notification::Column::Etat.eq(EtatNotification::MiseDeCote);
    Ok(Attente {
        nombre: u64::try_from(attente.nombre).unwrap_or_default(),
        secondes: attente.depuis.map_or(0, |depuis| (maintenant - depuis).num_seconds()),
        abandonnees: notification::Entity::find().filter(cotees).count(db).await?,
    })
}

/// Of the agendas of the démarches that propose rendez-vous: how many, how many silent, how many that could not be
/// compared.
async fn agendas(db: &DatabaseConnection) -> Result<(u64, u64, u64), Echec> {
    let utilises = || {
        demarche::Entity::find()
            .select_only()
            .column(demarche::Column::Organisation)
            .distinct()
            .filter(demarche::Column::RdvActive.eq(true))
            .filter(demarche::Column::Organisation.is_not_null())
    };
    let les_leurs = || {
        reconciliation::Entity::find()
            .filter(reconciliation::Column::Organisation.in_subquery(utilises().into_query()))
    };
    let muets = les_leurs().filter(reconciliation::Column::SilenceDepuis.is_not_null());
    // Where nobody connected an account nothing is compared: a choice, said on the page of the démarche.
    let echoues =
        les_leurs().filter(reconciliation::Column::Erreur.ne(EchecSynchronisation::SansConnexion));
    Ok((utilises().count(db).await?, muets.count(db).await?, echoues.count(db).await?))
}

/// Of the accounts of RDV Service Public that people connected: how many, how many lost, how many that end soon with nothing
/// to renew them.
async fn comptes(
    db: &DatabaseConnection,
    maintenant: DateTime<Utc>,
) -> Result<(u64, u64, u64), Echec> {
    let tous = compte_rdv::Entity::find();
    let perdus = tous.clone().filter(compte_rdv::Column::PerdueLe.is_not_null());
    let finissent = tous
        .clone()
        .filter(compte_rdv::Column::PerdueLe.is_null())
        .filter(compte_rdv::Column::RafraichissementScelle.is_null())
        .filter(compte_rdv::Column::ExpireLe.lt(maintenant + Delai::days(PREAVIS_JOURS)));
    Ok((tous.count(db).await?, perdus.count(db).await?, finissent.count(db).await?))
}

/// Of the démarches that are joined: how many, how many broken, late, or whose token ends soon.
async fn raccordements(
    db: &DatabaseConnection,
    maintenant: DateTime<Utc>,
) -> Result<Raccordements, Echec> {
    let suivis = raccordement::Entity::find()
        .filter(raccordement::Column::Etat.ne(EtatRaccordement::Arrete))
        .all(db)
        .await?;
    let bientot = temps::a_paris(maintenant).date() + Delai::days(JETONS_JOURS);
    let mut vus = Raccordements::default();
    for suivi in suivis {
        let rompu = suivi.etat == EtatRaccordement::Rompu;
        let ancien = |le: DateTime<Utc>| maintenant - le > Delai::minutes(RETARD_MINUTES);
        vus.tous += 1;
        vus.rompus += u64::from(rompu);
        vus.en_retard += u64::from(!rompu && suivi.synchronise_le.is_some_and(ancien));
        vus.finissent += u64::from(suivi.jeton_expire_le.is_some_and(|fin| fin <= bientot));
    }
    Ok(vus)
}

/// Where the file of the base is, if it is one.
async fn fichier(db: &DatabaseConnection) -> Result<Option<PathBuf>, Echec> {
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(None);
    }
    let sql = "SELECT file FROM pragma_database_list WHERE name = 'main'";
    let ligne = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    let fichier = ligne.map(|ligne| ligne.try_get_by_index::<String>(0)).transpose()?;
    Ok(fichier.filter(|fichier| !fichier.is_empty()).map(PathBuf::from))
}

async fn disques(db: &DatabaseConnection, dossiers: &[PathBuf]) -> Result<Vec<Disque>, Echec> {
    let base = fichier(db).await?;
    let base = base.as_deref().and_then(Path::parent).and_then(|dossier| disque("base", dossier));
    let autres = dossiers.iter().filter_map(|dossier| disque("fichiers", dossier));
    Ok(base.into_iter().chain(autres).collect())
}

/// What is left for us there. Nothing is said of a folder that can't be looked at.
fn disque(nom: &'static str, dossier: &Path) -> Option<Disque> {
    let lu = rustix::fs::statvfs(dossier).ok()?;
    Some(Disque {
        nom,
        libres: lu.f_bavail.saturating_mul(lu.f_frsize),
        total: lu.f_blocks.saturating_mul(lu.f_frsize),
    })
}

/// A SQLite base has our clock.
async fn ecart(db: &DatabaseConnection, maintenant: DateTime<Utc>) -> Result<Option<i64>, Echec> {
    if db.get_database_backend() == DbBackend::Sqlite {
        return Ok(None);
    }
    let sql = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)";
    let ligne = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    let la = ligne.map(|ligne| ligne.try_get_by_index::<i64>(0)).transpose()?;
    Ok(la.map(|la| la - maintenant.timestamp_millis()))
}
