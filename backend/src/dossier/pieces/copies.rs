//! The contents that lie in a store beside the database, copied to a folder for a backup, and put back from there.
//!
//! A content is put in its store before the change that names it, and taken away after the change that forgets it. Copied
//! before the base as well as after it, all that the base names is there: what a deletion takes away meanwhile was copied
//! the first time, what came meanwhile is copied the second time. Only a file that came and was erased between the two is
//! named by the copy of the base and has no content, which nobody wants any more.
//!
//! For a command of its own: files are written here by calls that wait.

use super::contenus;
use crate::socle::base::Base;
use crate::socle::fichiers::entrepot::{Entrepots, Panne};
use crate::tables::objet_fichier::{self, Lieu};
use domain::ids::ObjetId;
use futures_util::{StreamExt, TryStreamExt, stream};
use sea_orm::DbErr;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// How many contents are read at the same time.
const ENSEMBLE: usize = 4;

/// Why contents are not copied, or not put back.
#[derive(Debug, thiserror::Error)]
pub enum EchecCopie {
    /// The base failed.
    #[error("{0}")]
    Base(#[from] DbErr),
    /// The store failed.
    #[error("{0}")]
    Entrepot(#[from] Panne),
    /// A file.
    #[error("{}: {cause}", chemin.display())]
    Fichier {
        /// Which one.
        chemin: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The store has something else under the same name.
    #[error("{}: the store has another content of that name", .0.display())]
    Autre(PathBuf),
}

fn fichier(chemin: &Path) -> impl FnOnce(io::Error) -> EchecCopie {
    let chemin = chemin.to_owned();
    move |cause| EchecCopie::Fichier { chemin, cause }
}

/// Copies to `vers` the contents of that store which are not there yet; gives how many that files name are in neither.
///
/// # Errors
/// [`EchecCopie`].
pub async fn copier(
    base: &Base,
    entrepots: &Entrepots,
    lieu: Lieu,
    vers: &Path,
) -> Result<usize, EchecCopie> {
    dossier(vers)?;
    let (mut apres, mut manquants) = (ObjetId(0), 0);
    loop {
        let lot = contenus::ranges(base.lire(), lieu, apres).await?;
        let Some(dernier) = lot.last() else { return Ok(manquants) };
        apres = dernier.id;
        let mut copies = stream::iter(lot)
            .map(|objet| copier_un(entrepots, objet, vers))
            .buffer_unordered(ENSEMBLE);
        while let Some(copie) = copies.try_next().await? {
            manquants += usize::from(!copie);
        }
    }
}

/// As a store has it: two letters first.
fn place(vers: &Path, cle: &str) -> PathBuf {
    // Drawn by us, in hexadecimal: whatever else a base may hold leads nowhere.
    let cle: String = cle.chars().filter(char::is_ascii_alphanumeric).collect();
    vers.join(cle.get(..2).unwrap_or("__")).join(cle)
}

fn dossier(chemin: &Path) -> Result<(), EchecCopie> {
    DirBuilder::new().recursive(true).mode(0o700).create(chemin).map_err(fichier(chemin))
}

/// Gives whether nothing is missing: the content is there, or is no file's.
async fn copier_un(
    entrepots: &Entrepots,
    objet: objet_fichier::Model,
    vers: &Path,
) -> Result<bool, EchecCopie> {
    let chemin = place(vers, &objet.cle);
    if chemin.exists() {
        return Ok(true);
    }
    let mut flux = match entrepots.flux(objet.lieu, &objet.cle).await {
        Err(Panne::Perdu) => return Ok(objet.piece.is_none()),
        autre => autre?,
    };
    dossier(chemin.parent().unwrap_or(vers))?;
    let brouillon = chemin.with_extension("en-cours");
    let _ = fs::remove_file(&brouillon);
    let ouvert = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&brouillon);
    let mut ecrit = ouvert.map_err(fichier(&brouillon))?;
    while let Some(morceau) = flux.try_next().await? {
        ecrit.write_all(morceau.as_ref()).map_err(fichier(&brouillon))?;
    }
    ecrit.sync_all().map_err(fichier(&brouillon))?;
    fs::rename(&brouillon, &chemin).map_err(fichier(&chemin))?;
    Ok(true)
}

/// Puts the contents of `sauves` back in that store, one at a time. What it has under the same name and is something else stays,
/// unless `remplacer`.
///
/// # Errors
/// [`EchecCopie`].
pub async fn remettre(
    entrepots: &Entrepots,
    lieu: Lieu,
    sauves: &Path,
    remplacer: bool,
) -> Result<(), EchecCopie> {
    for dossier in entrees(sauves)? {
        for chemin in entrees(&dossier)? {
            let Some(cle) = chemin.file_name().and_then(|nom| nom.to_str()) else { continue };
            let octets = fs::read(&chemin).map_err(fichier(&chemin))?;
            match entrepots.lire(lieu, cle).await {
                Ok(la) if la == octets => continue,
                Ok(_) if !remplacer => return Err(EchecCopie::Autre(chemin)),
                Ok(_) | Err(Panne::Perdu) => {}
                Err(panne) => return Err(panne.into()),
            }
            entrepots.deposer(lieu, cle, octets).await?;
        }
    }
    Ok(())
}

fn entrees(dossier: &Path) -> Result<Vec<PathBuf>, EchecCopie> {
    let lire = || -> io::Result<Vec<PathBuf>> {
        fs::read_dir(dossier)?.map(|entree| Ok(entree?.path())).collect()
    };
    let mut entrees = lire().map_err(fichier(dossier))?;
    entrees.sort();
    Ok(entrees)
}
