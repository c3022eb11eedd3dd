//! Opening the database: its file, its schema, its key.

use crate::configuration::Configuration;
use backend::Echec;
use backend::plateforme::client::sortie::Mandataire;
use backend::socle::base::{Base, EchecSchema, Inaccessible};
use backend::socle::fichiers::Fichiers;
use backend::socle::fichiers::entrepot::Panne;
use backend::socle::secrets::coffre::Coffre;
use backend::socle::secrets::hasard::Hasard;
use backend::socle::secrets::temoin;
use chrono::{DateTime, Utc};
use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use url::Url;

/// How long a database that is starting is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why the database can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ErreurBase {
    /// The folder of its file can't be made.
    #[error("DATABASE_URL : le dossier « {} » ne peut pas être créé ({cause})", chemin.display())]
    Dossier {
        /// Where.
        chemin: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// Its file can't be made.
    #[error("DATABASE_URL : le fichier « {} » ne peut pas être créé ({cause})", chemin.display())]
    Creation {
        /// Where.
        chemin: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// Its file can't be written.
    #[error("DATABASE_URL : le fichier « {} » ne peut pas être modifié ({cause})", chemin.display())]
    Ecriture {
        /// Where.
        chemin: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// Nothing can be written beside its file.
    #[error("DATABASE_URL : rien ne peut être écrit dans le dossier « {} » ({cause})", chemin.display())]
    ACote {
        /// Where.
        chemin: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// It can't be reached or opened.
    #[error("DATABASE_URL : {0}")]
    Inaccessible(#[from] Inaccessible),
    /// Its schema.
    #[error("DATABASE_URL : {0}")]
    Schema(#[from] EchecSchema),
    /// It is sealed with another key.
    #[error(
        "ENCRYPTION_KEY : ce n'est pas la clé de cette base de données ; reprenez celle avec laquelle elle a été créée, \
         ou, pendant qu'elle change, donnez les deux (ENCRYPTION_KEY_PRECEDENTE)"
    )]
    AutreCle,
    /// It failed meanwhile.
    #[error("DATABASE_URL : {0}")]
    Echec(#[from] Echec),
}

/// Opens the database and brings its schema up to date.
///
/// # Errors
/// [`ErreurBase`].
pub async fn ouvrir(configuration: &Configuration) -> Result<Base, ErreurBase> {
    if let Some(fichier) = fichier(&configuration.base) {
        preparer(&fichier, configuration.base.contains("mode=rwc"))?;
    }
    let base = joindre(&configuration.base).await?;
    let faites = base.mettre_a_jour().await?;
    if faites > 0 {
        tracing::info!(migrations = faites, "the schema was brought up to date");
    }
    Ok(base)
}

/// The folder of files can't be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {cause}", dossier.display())]
pub struct PiecesInutilisables {
    /// Which folder.
    pub dossier: PathBuf,
    /// Why.
    pub cause: io::Error,
}

/// Where files lie, whose folder is made when it is not there, and what looks at them.
///
/// # Errors
/// [`PiecesInutilisables`].
pub fn fichiers(configuration: &Configuration) -> Result<Fichiers, PiecesInutilisables> {
    let mut fichiers =
        Fichiers { antivirus: configuration.antivirus.clone(), ..Fichiers::default() };
    if let Some(dossier) = &configuration.pieces {
        let inutilisable = |cause| PiecesInutilisables { dossier: dossier.clone(), cause };
        let fait = DirBuilder::new().recursive(true).mode(0o700).create(dossier);
        fait.and_then(|()| essayer_a_cote(&dossier.join("rdv"))).map_err(inutilisable)?;
        let entrepots = fichiers.entrepots.avec_dossier(dossier);
        let autre = |panne: Panne| inutilisable(io::Error::other(panne.to_string()));
        fichiers.entrepots = entrepots.map_err(autre)?;
    }
    if let Some(reglage) = &configuration.pieces_s3 {
        let mandataire = configuration.sortie.mandataire.as_ref().and_then(Mandataire::proxy);
        let entrepots = fichiers.entrepots.avec_s3(reglage, mandataire);
        fichiers.entrepots = entrepots.map_err(|panne| PiecesInutilisables {
            dossier: PathBuf::from(&reglage.adresse),
            cause: io::Error::other(panne.to_string()),
        })?;
    }
    Ok(fichiers)
}

/// Opens the database as it is, to read it.
///
/// # Errors
/// [`ErreurBase`].
pub async fn joindre_seulement(configuration: &Configuration) -> Result<Base, ErreurBase> {
    if let Some(fichier) = fichier(&configuration.base) {
        preparer(&fichier, false)?;
    }
    Ok(joindre(&configuration.base).await?)
}

/// Refuses a database that another key has sealed.
///
/// # Errors
/// [`ErreurBase`].
pub async fn reconnaitre(
    base: &Base,
    coffre: &Coffre,
    hasard: &Hasard,
    maintenant: DateTime<Utc>,
) -> Result<(), ErreurBase> {
    let notre = temoin::reconnaitre(base, coffre, hasard, maintenant).await?;
    if notre { Ok(()) } else { Err(ErreurBase::AutreCle) }
}

/// Connects; a server that starts at the same time as us has a few seconds.
pub async fn joindre(url: &str) -> Result<Base, Inaccessible> {
    let debut = Instant::now();
    let mut dit = false;
    loop {
        match Base::ouvrir(url).await {
            Err(cause) if cause.passagere() && debut.elapsed() < PATIENCE => {
                if !dit {
                    tracing::warn!(%cause, "the database does not answer yet");
                    dit = true;
                }
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
            resultat => return resultat,
        }
    }
}

/// The database as it may be named in logs: neither account nor password.
pub fn nommer(url: &str) -> String {
    if let Some(fichier) = fichier(url) {
        return format!("sqlite {}", fichier.display());
    }
    let Ok(url) = Url::parse(url) else { return String::new() };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("postgres {}{port}{}", url.host_str().unwrap_or_default(), url.path())
}

/// The file of a SQLite database that has one.
pub fn fichier(url: &str) -> Option<PathBuf> {
    let reste = url.strip_prefix("sqlite:")?;
    let chemin = reste.strip_prefix("//").unwrap_or(reste).split('?').next()?;
    (!chemin.is_empty() && chemin != ":memory:" && !chemin.starts_with("file:"))
        .then(|| PathBuf::from(chemin))
}

/// Makes the file, and looks whether it can be used: SQLite would say « unable to open database file » of
/// everything. What people deposit is nobody's business on this machine: SQLite gives the files that it adds beside
/// the rights of this one.
fn preparer(fichier: &Path, creer: bool) -> Result<(), ErreurBase> {
    let dossier = fichier.parent().filter(|dossier| !dossier.as_os_str().is_empty());
    let dossier = dossier.unwrap_or(Path::new("."));
    if creer {
        let fait = DirBuilder::new().recursive(true).mode(0o700).create(dossier);
        fait.map_err(|cause| ErreurBase::Dossier { chemin: dossier.to_owned(), cause })?;
    } else if !fichier.exists() {
        let cause = io::Error::other("il n'existe pas ; « ?mode=rwc » le crée");
        return Err(ErreurBase::Ecriture { chemin: fichier.to_owned(), cause });
    }
    let nouveau = !fichier.exists();
    let ouvert = OpenOptions::new().append(true).create(creer).mode(0o600).open(fichier);
    let chemin = fichier.to_owned();
    match ouvert.and_then(|ouvert| fermer_aux_autres(&ouvert)) {
        Ok(()) => {}
        Err(cause) if nouveau => return Err(ErreurBase::Creation { chemin, cause }),
        Err(cause) => return Err(ErreurBase::Ecriture { chemin, cause }),
    }
    essayer_a_cote(fichier).map_err(|cause| ErreurBase::ACote { chemin: dossier.to_owned(), cause })
}

/// A file made by an older version, or by hand, was for everybody. What the owner gave to a group stays.
fn fermer_aux_autres(fichier: &File) -> io::Result<()> {
    let droits = fichier.metadata()?.permissions().mode();
    if droits & 0o007 == 0 {
        return Ok(());
    }
    let ordinaires = droits & 0o777 == 0o644;
    fichier.set_permissions(Permissions::from_mode(if ordinaires {
        0o600
    } else {
        droits & !0o007
    }))
}

/// SQLite's journals are files beside the database.
fn essayer_a_cote(fichier: &Path) -> io::Result<()> {
    let mut nom = fichier.file_name().unwrap_or_default().to_owned();
    nom.push(".essai");
    let essai = fichier.with_file_name(nom);
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&essai)?;
    std::fs::remove_file(&essai)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dossier() -> PathBuf {
        let dossier = std::env::temp_dir().join(format!("rdv-base-{}", Hasard::systeme().cle()));
        std::fs::create_dir_all(&dossier).unwrap();
        dossier
    }

    fn droits(chemin: &Path) -> u32 {
        std::fs::metadata(chemin).unwrap().permissions().mode() & 0o777
    }

    #[tokio::test]
    async fn the_files_of_the_database_are_for_its_owner_alone_and_one_file_holds_all_once_closed()
    {
        let dossier = dossier();
        let fichier = dossier.join("neuf/rdv.sqlite");
        preparer(&fichier, true).unwrap();
        let base = Base::ouvrir(&format!("sqlite://{}?mode=rwc", fichier.display())).await.unwrap();
        base.mettre_a_jour().await.unwrap();
        let journal = dossier.join("neuf/rdv.sqlite-wal");
        assert_eq!((droits(&fichier), droits(&journal)), (0o600, 0o600));
        assert_eq!(droits(&dossier.join("neuf")), 0o700);
        base.fermer().await;
        let reste = std::fs::metadata(&journal).map_or(0, |journal| journal.len());
        assert_eq!(reste, 0, "all of it is in the file");
        let copie = dossier.join("copie.sqlite");
        std::fs::copy(&fichier, &copie).unwrap();
        let copie = Base::ouvrir(&format!("sqlite://{}", copie.display())).await.unwrap();
        assert_eq!(copie.mettre_a_jour().await.unwrap(), 0, "the copy has every table");
        copie.fermer().await;
        std::fs::remove_dir_all(&dossier).unwrap();
    }

    #[test]
    fn a_file_that_was_for_everybody_no_longer_is() {
        let dossier = dossier();
        let fichier = dossier.join("ancien.sqlite");
        for (avant, apres) in [(0o644, 0o600), (0o640, 0o640), (0o666, 0o660), (0o600, 0o600)] {
            std::fs::write(&fichier, "").unwrap();
            std::fs::set_permissions(&fichier, Permissions::from_mode(avant)).unwrap();
            preparer(&fichier, true).unwrap();
            assert_eq!(droits(&fichier), apres, "{avant:o}");
        }
        std::fs::remove_dir_all(&dossier).unwrap();
    }

    #[test]
    fn what_keeps_the_file_from_being_used_is_named() {
        let dossier = dossier();
        std::fs::write(dossier.join("fichier"), "").unwrap();
        let dit =
            |chemin: &str, creer| preparer(&dossier.join(chemin), creer).unwrap_err().to_string();
        assert!(dit("fichier/rdv.sqlite", true).contains("le dossier"));
        std::fs::create_dir(dossier.join("base.sqlite")).unwrap();
        assert!(dit("base.sqlite", true).contains("base.sqlite"));
        assert!(dit("absent.sqlite", false).contains("il n'existe pas"));
        std::fs::remove_dir_all(&dossier).unwrap();
    }

    #[test]
    fn neither_account_nor_password_is_named() {
        for (url, nom) in [
            (
                "postgres://rdv:secret@base.example:5433/rdv?sslmode=require",
                "postgres base.example:5433/rdv",
            ),
            ("postgresql://base/rdv", "postgres base/rdv"),
            ("sqlite://data/rdv.sqlite?mode=rwc", "sqlite data/rdv.sqlite"),
            ("sqlite:///var/lib/rdv.sqlite", "sqlite /var/lib/rdv.sqlite"),
            ("sqlite:rdv.sqlite", "sqlite rdv.sqlite"),
        ] {
            assert_eq!(nommer(url), nom);
        }
    }
}
