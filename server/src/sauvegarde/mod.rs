//! A copy of everything while the service runs, and putting it back: `server sauvegarde`, `server restaure`.
//!
//! A backup is a folder: the base, the files that are kept out of it, in a folder or in a store, and a manifest that says what is there and which key
//! opens it. It has its name once it is whole. What was answered « 204 » before it began is in it: both databases
//! are copied as they stand at one instant that comes later.

mod fichiers;
mod manifeste;
mod postgresql;
mod sqlite;

use crate::configuration::Configuration;
use crate::ouverture::{self, ErreurBase, PiecesInutilisables};
use backend::dossier::pieces::contenus;
use backend::dossier::pieces::copies::{self, EchecCopie};
use backend::socle::base::{Base, Inaccessible, schema};
use backend::socle::fichiers::entrepot::Entrepots;
use backend::socle::secrets::coffre::Coffre;
use backend::socle::secrets::temoin;
use backend::tables::objet_fichier::Lieu;
use chrono::{DateTime, Utc};
use manifeste::{Genre, Manifeste};
use sea_orm::DbErr;
use std::io;
use std::path::{Path, PathBuf};

/// The folders of the files that are kept out of the base, in a backup: those of `PIECES_DIR`, those of an S3-compatible store.
const PIECES: &str = "pieces";
const PIECES_S3: &str = "pieces-s3";

/// From which migration on a base may have files elsewhere.
const AVEC_OBJETS: &str = "m0036_pieces";

/// Why a backup is not made, or not put back.
#[derive(Debug, thiserror::Error)]
pub enum ErreurSauvegarde {
    /// Nothing is written over.
    #[error("« {} » existe déjà : donnez un dossier neuf", .0.display())]
    Existe(PathBuf),
    /// A file.
    #[error("« {} » : {cause}", chemin.display())]
    Fichier {
        /// Which one.
        chemin: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// What PostgreSQL brings.
    #[error(
        "{0} introuvable : installez le paquet postgresql-client, de la version du serveur ou plus récente"
    )]
    SansOutil(&'static str),
    /// It says why in its own words, which hold no password.
    #[error("{outil} a échoué : {dit}")]
    Outil {
        /// Which one.
        outil: &'static str,
        /// Its last lines.
        dit: String,
    },
    /// What was written is no good.
    #[error("la copie de la base est abîmée ({0}) : ne la gardez pas")]
    Abimee(String),
    /// The folder is no backup.
    #[error("« {} » n'est pas une sauvegarde : son manifeste.json ne se lit pas ({cause})", chemin.display())]
    Manifeste {
        /// Which file.
        chemin: PathBuf,
        /// Why.
        cause: String,
    },
    /// A file is not as it was written.
    #[error("« {0} » n'est plus tel qu'il a été sauvegardé : prenez une autre sauvegarde")]
    Change(String),
    /// The key of the settings is not the one of the base.
    #[error(
        "ENCRYPTION_KEY : cette sauvegarde a été scellée avec une autre clé ; donnez celle avec laquelle elle a été faite"
    )]
    AutreCle,
    /// A later program made it.
    #[error(
        "cette sauvegarde vient d'une version plus récente (migration « {0} ») : restaurez-la avec le programme qui l'a faite"
    )]
    PlusRecente(String),
    /// The other database.
    #[error("DATABASE_URL : cette sauvegarde est celle d'une base {0}")]
    AutreGenre(Genre),
    /// Nothing is erased unless told.
    #[error("DATABASE_URL : cette base n'est pas vide ; --remplacer met la sauvegarde à sa place")]
    PasVide,
    /// A program would go on with what is no longer there.
    #[error("DATABASE_URL : un programme se sert encore de cette base : arrêtez-le d'abord")]
    Occupee,
    /// Files are in a folder, which the settings do not name.
    #[error("PIECES_DIR : nécessaire, des fichiers sont gardés hors de la base")]
    SansPieces,
    /// Files are in a store, which the settings do not name.
    #[error("PIECES_S3_ENDPOINT : nécessaire, des fichiers sont gardés dans un magasin S3")]
    SansMagasin,
    /// The settings make no store.
    #[error("fichiers joints : « {} » ne peut pas être utilisé ({})", .0.dossier.display(), .0.cause)]
    Pieces(#[from] PiecesInutilisables),
    /// The contents of files are not copied.
    #[error("fichiers joints : {0}")]
    Copie(#[from] EchecCopie),
    /// What was put back is not what was in the backup.
    #[error("la base restaurée n'a pas les migrations de la sauvegarde")]
    AutreSchema,
    /// The base can't be reached or opened.
    #[error("DATABASE_URL : {0}")]
    Inaccessible(#[from] Inaccessible),
    /// It failed.
    #[error("DATABASE_URL : {}", Inaccessible::de(.0))]
    Echec(#[from] DbErr),
    /// It can't be used.
    #[error(transparent)]
    Base(#[from] ErreurBase),
}

/// What can't be done with a file.
fn fichier(chemin: &Path) -> impl FnOnce(io::Error) -> ErreurSauvegarde {
    let chemin = chemin.to_owned();
    move |cause| ErreurSauvegarde::Fichier { chemin, cause }
}

/// Whether the key opens what a base or a backup says of its own.
fn reconnaitre<'a>(
    coffre: &Coffre,
    temoins: impl IntoIterator<Item = &'a [u8]>,
) -> Result<(), ErreurSauvegarde> {
    let siens = temoins.into_iter().all(|scelle| temoin::ouvre(coffre, scelle));
    if siens { Ok(()) } else { Err(ErreurSauvegarde::AutreCle) }
}

/// Copies everything into `dossier`, which must not exist.
///
/// # Errors
/// [`ErreurSauvegarde`]. Nothing has the name of `dossier` then.
pub async fn faire(
    configuration: &Configuration,
    dossier: &Path,
    maintenant: DateTime<Utc>,
) -> Result<(), ErreurSauvegarde> {
    if dossier.exists() {
        return Err(ErreurSauvegarde::Existe(dossier.to_owned()));
    }
    let neuf = fichiers::a_cote(dossier, ".en-cours");
    let _ = std::fs::remove_dir_all(&neuf);
    fichiers::dossier(&neuf)?;
    let fait = remplir(configuration, &neuf, maintenant).await;
    let manifeste = match fait {
        Ok(manifeste) => manifeste,
        Err(erreur) => {
            let _ = std::fs::remove_dir_all(&neuf);
            return Err(erreur);
        }
    };
    std::fs::rename(&neuf, dossier).map_err(fichier(dossier))?;
    fichiers::synchroniser_dossier(dossier.parent());
    println!("Sauvegarde faite : {} ({manifeste}).", dossier.display());
    println!("Gardez ENCRYPTION_KEY à part : sans elle, cette copie ne se lit pas.");
    Ok(())
}

async fn remplir(
    configuration: &Configuration,
    neuf: &Path,
    maintenant: DateTime<Utc>,
) -> Result<Manifeste, ErreurSauvegarde> {
    let base = ouvrir(configuration).await?;
    let copie = copier(configuration, &base, neuf).await;
    base.fermer().await;
    let (genre, releve) = copie?;
    let mut manifeste = Manifeste::new(genre, releve, maintenant);
    manifeste.relever(neuf)?;
    manifeste.ecrire(neuf)?;
    Ok(manifeste)
}

/// Opens the base that is there, as it is.
async fn ouvrir(configuration: &Configuration) -> Result<Base, ErreurSauvegarde> {
    let url = &configuration.base;
    if let Some(existant) = ouverture::fichier(url) {
        let cause = || io::Error::other("il n'existe pas");
        let lisible = existant.is_file();
        lisible.then_some(()).ok_or_else(cause).map_err(fichier(&existant))?;
    }
    Ok(ouverture::joindre(url).await?)
}

/// Files before the base as well as after it: one that the base names, and that is erased meanwhile, is there all the same.
async fn copier(
    configuration: &Configuration,
    base: &Base,
    neuf: &Path,
) -> Result<(Genre, Releve), ErreurSauvegarde> {
    let avant = Releve::lire(base.lire()).await?;
    reconnaitre(&configuration.coffre(), avant.temoins())?;
    let magasin = magasin(configuration, base, &avant).await?;
    copier_fichiers(configuration, base, magasin.as_ref(), neuf).await?;
    let copie = if base.sqlite() {
        (Genre::Sqlite, sqlite::copier(base, neuf).await?)
    } else {
        postgresql::copier(&configuration.base, neuf)?;
        (Genre::Postgresql, avant)
    };
    let manquants = copier_fichiers(configuration, base, magasin.as_ref(), neuf).await?;
    if manquants > 0 {
        println!(
            "Attention : {manquants} fichiers que la base nomme ne sont pas dans leur magasin, ni dans cette sauvegarde."
        );
    }
    Ok(copie)
}

/// The store whose contents the base names; those that it names elsewhere must be within reach too.
async fn magasin(
    configuration: &Configuration,
    base: &Base,
    releve: &Releve,
) -> Result<Option<Entrepots>, ErreurSauvegarde> {
    if !releve.migrations.iter().any(|nom| nom == AVEC_OBJETS) {
        return Ok(None);
    }
    if configuration.pieces.is_none() && contenus::servi(base.lire(), Lieu::Dossier).await? {
        return Err(ErreurSauvegarde::SansPieces);
    }
    if configuration.pieces_s3.is_some() {
        return Ok(Some(ouverture::fichiers(configuration)?.entrepots));
    }
    if contenus::servi(base.lire(), Lieu::S3).await? {
        return Err(ErreurSauvegarde::SansMagasin);
    }
    Ok(None)
}

/// Copies those that are not there yet; gives how many are not in their store.
async fn copier_fichiers(
    configuration: &Configuration,
    base: &Base,
    magasin: Option<&Entrepots>,
    neuf: &Path,
) -> Result<usize, ErreurSauvegarde> {
    if let Some(pieces) = &configuration.pieces {
        fichiers::copier_dossier(pieces, &neuf.join(PIECES))?;
    }
    match magasin {
        Some(magasin) => Ok(copies::copier(base, magasin, Lieu::S3, &neuf.join(PIECES_S3)).await?),
        None => Ok(0),
    }
}

/// What a base says of itself.
#[derive(Debug)]
struct Releve {
    migrations: Vec<String>,
    temoins: Vec<Vec<u8>>,
}

impl Releve {
    async fn lire(db: &sea_orm::DatabaseConnection) -> Result<Self, DbErr> {
        let temoins = temoin::laisses(db).await?;
        Ok(Self {
            migrations: schema::faites(db).await?,
            temoins: temoins.into_iter().map(|temoin| temoin.scelle).collect(),
        })
    }

    fn temoins(&self) -> impl Iterator<Item = &[u8]> {
        self.temoins.iter().map(Vec::as_slice)
    }
}

/// Puts a backup in the place that the settings name. A base that is not empty stays, unless `remplacer`.
///
/// # Errors
/// [`ErreurSauvegarde`]. What is wrong with the backup or with its key is known before anything is changed.
pub async fn restaurer(
    configuration: &Configuration,
    dossier: &Path,
    remplacer: bool,
    maintenant: DateTime<Utc>,
) -> Result<(), ErreurSauvegarde> {
    let manifeste = Manifeste::lire(dossier)?;
    let coffre = configuration.coffre();
    reconnaitre(&coffre, manifeste.temoins()?.iter().map(Vec::as_slice))?;
    if let Some(inconnue) = schema::inconnue(&manifeste.migrations) {
        return Err(ErreurSauvegarde::PlusRecente(inconnue.to_owned()));
    }
    manifeste.verifier(dossier)?;
    let url = &configuration.base;
    let cible = ouverture::fichier(url);
    match (manifeste.base, &cible) {
        (Genre::Sqlite, Some(_)) => {}
        (Genre::Postgresql, None) if url.starts_with("postgres") => {}
        (genre, _) => return Err(ErreurSauvegarde::AutreGenre(genre)),
    }
    let (sauves, du_magasin) = (dossier.join(PIECES), dossier.join(PIECES_S3));
    if sauves.exists() && configuration.pieces.is_none() {
        return Err(ErreurSauvegarde::SansPieces);
    }
    if du_magasin.exists() && configuration.pieces_s3.is_none() {
        return Err(ErreurSauvegarde::SansMagasin);
    }
    match &cible {
        Some(cible) => sqlite::faire_place(cible, remplacer, maintenant).await?,
        None => postgresql::faire_place(url, remplacer).await?,
    }
    // Before the base that names them.
    if let Some(pieces) = configuration.pieces.as_ref().filter(|_| sauves.exists()) {
        fichiers::remettre(&sauves, pieces, remplacer)?;
    }
    if du_magasin.exists() {
        let entrepots = ouverture::fichiers(configuration)?.entrepots;
        copies::remettre(&entrepots, Lieu::S3, &du_magasin, remplacer).await?;
    }
    match &cible {
        Some(cible) => sqlite::remettre(dossier, cible)?,
        None => postgresql::remettre(url, dossier)?,
    }
    verifier(url, &manifeste, &coffre).await?;
    println!("Base restaurée ({}) : {manifeste}.", ouverture::nommer(url));
    println!(
        "Au démarrage, « server serve » la met à jour si elle vient d'une version plus ancienne."
    );
    Ok(())
}

/// Opens what was put back: on SQLite, that also gives the file its journal again (WAL).
async fn verifier(
    url: &str,
    manifeste: &Manifeste,
    coffre: &Coffre,
) -> Result<(), ErreurSauvegarde> {
    let base = Base::ouvrir(url).await?;
    let releve = Releve::lire(base.lire()).await;
    base.fermer().await;
    let releve = releve?;
    reconnaitre(coffre, releve.temoins())?;
    if releve.migrations == manifeste.migrations {
        Ok(())
    } else {
        Err(ErreurSauvegarde::AutreSchema)
    }
}
