//! What a backup says of itself: `manifeste.json`.

use super::{ErreurSauvegarde, Releve, fichier, fichiers};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Component, Path};

/// Its name in the folder.
const NOM: &str = "manifeste.json";

/// The form of this manifest.
const FORMAT: u32 = 1;

/// Which database it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Genre {
    /// A file.
    Sqlite,
    /// A server.
    Postgresql,
}

impl fmt::Display for Genre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgresql => "PostgreSQL",
        })
    }
}

/// A file of the backup.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Fichier {
    /// From the folder of the backup.
    chemin: String,
    taille: u64,
    sha256: String,
}

/// The manifest.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifeste {
    format: u32,
    /// The program that made it.
    version: String,
    faite_le: DateTime<Utc>,
    pub base: Genre,
    /// Those that were applied, in order.
    pub migrations: Vec<String>,
    /// A known word sealed with the key: it tells which key opens the rest, and nothing else.
    temoins: Vec<String>,
    fichiers: Vec<Fichier>,
}

impl Manifeste {
    pub(super) fn new(base: Genre, releve: Releve, maintenant: DateTime<Utc>) -> Self {
        Self {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            faite_le: maintenant,
            base,
            migrations: releve.migrations,
            temoins: releve.temoins.iter().map(hex::encode).collect(),
            fichiers: Vec::new(),
        }
    }

    /// Lists what is in the folder.
    pub(super) fn relever(&mut self, dossier: &Path) -> Result<(), ErreurSauvegarde> {
        for nom in fichiers::sous(dossier)? {
            let chemin = dossier.join(&nom);
            let (taille, sha256) = fichiers::empreinte(&chemin)?;
            let Some(nom) = nom.to_str() else {
                let cause = std::io::Error::other("son nom n'est pas un texte");
                return Err(ErreurSauvegarde::Fichier { chemin, cause });
            };
            self.fichiers.push(Fichier { chemin: nom.to_owned(), taille, sha256 });
        }
        Ok(())
    }

    pub(super) fn ecrire(&self, dossier: &Path) -> Result<(), ErreurSauvegarde> {
        let chemin = dossier.join(NOM);
        let ecrit = fichiers::neuf(&chemin)?;
        let illisible = |cause: serde_json::Error| fichier(&chemin)(cause.into());
        serde_json::to_writer_pretty(&ecrit, self).map_err(illisible)?;
        ecrit.sync_all().map_err(fichier(&chemin))
    }

    pub(super) fn lire(dossier: &Path) -> Result<Self, ErreurSauvegarde> {
        let chemin = dossier.join(NOM);
        let illisible =
            |cause: String| ErreurSauvegarde::Manifeste { chemin: chemin.clone(), cause };
        let texte = std::fs::read(&chemin).map_err(|cause| illisible(cause.to_string()))?;
        let lu: Self =
            serde_json::from_slice(&texte).map_err(|cause| illisible(cause.to_string()))?;
        if lu.format != FORMAT {
            return Err(illisible(format!("forme {} inconnue", lu.format)));
        }
        Ok(lu)
    }

    /// What is sealed of it.
    pub(super) fn temoins(&self) -> Result<Vec<Vec<u8>>, ErreurSauvegarde> {
        let lire = |temoin: &String| hex::decode(temoin);
        let lus = self.temoins.iter().map(lire).collect::<Result<_, _>>();
        lus.map_err(|_| ErreurSauvegarde::Change(NOM.to_owned()))
    }

    /// Whether each file is there as it was written, and nothing but what was written.
    pub(super) fn verifier(&self, dossier: &Path) -> Result<(), ErreurSauvegarde> {
        for ecrit in &self.fichiers {
            let change = || ErreurSauvegarde::Change(ecrit.chemin.clone());
            let nom = Path::new(&ecrit.chemin);
            if !nom.components().all(|partie| matches!(partie, Component::Normal(_))) {
                return Err(change());
            }
            let (taille, sha256) = fichiers::empreinte(&dossier.join(nom)).map_err(|_| change())?;
            if taille != ecrit.taille || sha256 != ecrit.sha256 {
                return Err(change());
            }
        }
        for trouve in fichiers::sous(dossier)? {
            let connu = |ecrit: &Fichier| Path::new(&ecrit.chemin) == trouve;
            if trouve != Path::new(NOM) && !self.fichiers.iter().any(connu) {
                return Err(ErreurSauvegarde::Change(trouve.display().to_string()));
            }
        }
        Ok(())
    }
}

impl fmt::Display for Manifeste {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let taille: u64 = self.fichiers.iter().map(|fichier| fichier.taille).sum();
        let derniere = self.migrations.last().map_or("aucune migration", String::as_str);
        let (fichiers, mo) = (self.fichiers.len(), taille.div_ceil(1_000_000));
        let faite_le = self.faite_le.format("%Y-%m-%d %H:%M:%S UTC");
        write!(
            f,
            "{}, {derniere}, {faite_le}, {fichiers} fichier{}, {mo} Mo",
            self.base,
            if fichiers > 1 { "s" } else { "" }
        )
    }
}
