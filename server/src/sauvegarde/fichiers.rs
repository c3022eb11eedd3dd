//! Files and folders: copied with their digests, for their owner alone, and on the disk once we say so.

use super::{ErreurSauvegarde, fichier};
use sha2::{Digest, Sha256};
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Read and written at once.
const MORCEAU: usize = 256 * 1024;

/// The same name, and more after it.
pub(super) fn a_cote(chemin: &Path, suffixe: &str) -> PathBuf {
    let mut nom = chemin.file_name().unwrap_or_default().to_owned();
    nom.push(suffixe);
    chemin.with_file_name(nom)
}

/// Makes it, with those above it.
pub(super) fn dossier(chemin: &Path) -> Result<(), ErreurSauvegarde> {
    DirBuilder::new().recursive(true).mode(0o700).create(chemin).map_err(fichier(chemin))
}

/// A new file, which only its owner reads.
pub(super) fn neuf(chemin: &Path) -> Result<File, ErreurSauvegarde> {
    let ouvert = OpenOptions::new().write(true).create_new(true).mode(0o600).open(chemin);
    ouvert.map_err(fichier(chemin))
}

/// What is in it is on the disk.
pub(super) fn synchroniser(chemin: &Path) -> Result<(), ErreurSauvegarde> {
    File::open(chemin).and_then(|ouvert| ouvert.sync_all()).map_err(fichier(chemin))
}

/// So are the names that are in it. Some file systems know nothing of it.
pub(super) fn synchroniser_dossier(chemin: Option<&Path>) {
    let chemin = chemin.filter(|chemin| !chemin.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(ouvert) = File::open(chemin) {
        let _ = ouvert.sync_all();
    }
}

/// Its size and its digest.
pub(super) fn empreinte(chemin: &Path) -> Result<(u64, String), ErreurSauvegarde> {
    let lire = || {
        let mut ouvert = File::open(chemin)?;
        let (mut taille, mut condense) = (0, Sha256::new());
        let mut morceau = vec![0; MORCEAU];
        loop {
            match ouvert.read(&mut morceau)? {
                0 => return Ok((taille, hex::encode(condense.finalize()))),
                lus => {
                    taille += lus as u64;
                    condense.update(&morceau[..lus]);
                }
            }
        }
    };
    lire().map_err(fichier(chemin))
}

/// Copies a file whole: beside its name first.
pub(super) fn copier(de: &Path, vers: &Path) -> Result<(), ErreurSauvegarde> {
    let brouillon = a_cote(vers, ".en-cours");
    let _ = std::fs::remove_file(&brouillon);
    let mut ecrit = neuf(&brouillon)?;
    let mut lu = File::open(de).map_err(fichier(de))?;
    let copie =
        io::copy(&mut lu, &mut ecrit).and_then(|_| ecrit.flush()).and_then(|()| ecrit.sync_all());
    copie.map_err(fichier(&brouillon))?;
    std::fs::rename(&brouillon, vers).map_err(fichier(vers))
}

/// Every file below a folder, by its path from there, in order.
pub(super) fn sous(racine: &Path) -> Result<Vec<PathBuf>, ErreurSauvegarde> {
    let (mut trouves, mut attente) = (Vec::new(), vec![racine.to_owned()]);
    while let Some(dossier) = attente.pop() {
        for entree in std::fs::read_dir(&dossier).map_err(fichier(&dossier))? {
            let entree = entree.map_err(fichier(&dossier))?;
            let chemin = entree.path();
            // Links lead elsewhere: they are not followed.
            match entree.file_type().map_err(fichier(&chemin))? {
                genre if genre.is_dir() => attente.push(chemin),
                genre if genre.is_file() => {
                    trouves.push(chemin.strip_prefix(racine).unwrap_or(&chemin).to_owned());
                }
                _ => {}
            }
        }
    }
    trouves.sort();
    Ok(trouves)
}

/// Copies the files that are not there yet. One that goes away meanwhile was erased: it is not wanted any more.
pub(super) fn copier_dossier(de: &Path, vers: &Path) -> Result<(), ErreurSauvegarde> {
    dossier(vers)?;
    for nom in sous(de)? {
        let (lu, ecrit) = (de.join(&nom), vers.join(&nom));
        if ecrit.exists() {
            continue;
        }
        dossier(ecrit.parent().unwrap_or(vers))?;
        match copier(&lu, &ecrit) {
            Err(ErreurSauvegarde::Fichier { cause, .. })
                if cause.kind() == io::ErrorKind::NotFound && !lu.exists() => {}
            autre => autre?,
        }
    }
    Ok(())
}

/// Puts the files of a backup back. What has the same name and is something else stays, unless `remplacer`.
pub(super) fn remettre(
    sauves: &Path,
    pieces: &Path,
    remplacer: bool,
) -> Result<(), ErreurSauvegarde> {
    dossier(pieces)?;
    for nom in sous(sauves)? {
        let (lu, ecrit) = (sauves.join(&nom), pieces.join(&nom));
        if ecrit.exists() {
            if empreinte(&lu)? == empreinte(&ecrit)? {
                continue;
            }
            if !remplacer {
                return Err(ErreurSauvegarde::Existe(ecrit));
            }
        }
        dossier(ecrit.parent().unwrap_or(pieces))?;
        copier(&lu, &ecrit)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use backend::socle::secrets::hasard::Hasard;

    #[test]
    fn files_are_copied_once_put_back_once_and_never_over_another() {
        let racine = std::env::temp_dir().join(format!("rdv-copie-{}", Hasard::systeme().cle()));
        let (pieces, copie, rendus) = (racine.join("p"), racine.join("c"), racine.join("r"));
        std::fs::create_dir_all(pieces.join("ab")).unwrap();
        std::fs::write(pieces.join("ab/un"), "un").unwrap();
        copier_dossier(&pieces, &copie).unwrap();
        // Erased after the first time; another one came.
        std::fs::remove_file(pieces.join("ab/un")).unwrap();
        std::fs::write(pieces.join("deux"), "deux").unwrap();
        std::os::unix::fs::symlink("/etc/passwd", pieces.join("ailleurs")).unwrap();
        copier_dossier(&pieces, &copie).unwrap();
        assert_eq!(sous(&copie).unwrap(), [PathBuf::from("ab/un"), PathBuf::from("deux")]);
        remettre(&copie, &rendus, false).unwrap();
        remettre(&copie, &rendus, false).unwrap();
        assert_eq!(std::fs::read_to_string(rendus.join("ab/un")).unwrap(), "un");
        std::fs::write(rendus.join("deux"), "autre").unwrap();
        let refus = remettre(&copie, &rendus, false).unwrap_err().to_string();
        assert!(refus.contains("existe déjà"), "{refus}");
        remettre(&copie, &rendus, true).unwrap();
        assert_eq!(std::fs::read_to_string(rendus.join("deux")).unwrap(), "deux");
        std::fs::remove_dir_all(racine).unwrap();
    }
}
