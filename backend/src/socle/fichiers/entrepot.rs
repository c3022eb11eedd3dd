//! Where the contents of files lie when they are not in the database: sealed objects under names drawn at random, which say
//! nothing of whose they are.

use super::s3::{self, ReglageS3};
use crate::socle::lent;
use crate::tables::objet_fichier::Lieu;
use futures_util::{Stream, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt};
use reqwest::Proxy;
use std::path::PathBuf;
use std::sync::Arc;

/// The stores that are set. New contents go to the S3 one, else to the folder; those of the other stay readable.
#[derive(Debug, Clone, Default)]
pub struct Entrepots {
    dossier: Option<Arc<dyn ObjectStore>>,
    chemin: Option<PathBuf>,
    s3: Option<Arc<dyn ObjectStore>>,
}

/// A store failed. Tells neither a name nor a content.
#[derive(Debug, thiserror::Error)]
pub enum Panne {
    /// The store that has it is not among the settings any more.
    #[error("the store « {} » of files is not set", .0.code())]
    Absent(Lieu),
    /// It is not there.
    #[error("the content of a file is not in its store")]
    Perdu,
    /// It said no, or nothing.
    #[error("the store of files failed: {0}")]
    Refus(Error),
}

impl From<Error> for Panne {
    fn from(erreur: Error) -> Self {
        match erreur {
            Error::NotFound { .. } => Self::Perdu,
            autre => Self::Refus(autre),
        }
    }
}

impl Entrepots {
    /// With a folder, which is there. What is answered is on the disk.
    ///
    /// # Errors
    /// The folder can't be used.
    pub fn avec_dossier(self, chemin: &std::path::Path) -> Result<Self, Panne> {
        let dossier = LocalFileSystem::new_with_prefix(chemin)?.with_fsync(true);
        Ok(Self { dossier: Some(Arc::new(dossier)), chemin: Some(chemin.to_owned()), ..self })
    }

    /// The folder, when there is one.
    #[must_use]
    pub fn chemin(&self) -> Option<&std::path::Path> {
        self.chemin.as_deref()
    }

    /// With an S3-compatible store, which is asked for nothing yet. `mandataire`: the proxy by which requests in https leave.
    ///
    /// # Errors
    /// Its settings make no store.
    pub fn avec_s3(self, reglage: &ReglageS3, mandataire: Option<Proxy>) -> Result<Self, Panne> {
        Ok(Self { s3: Some(Arc::new(s3::ouvrir(reglage, mandataire)?)), ..self })
    }

    /// Where new contents go; nowhere but the database without a store.
    #[must_use]
    pub const fn ou(&self) -> Option<Lieu> {
        match (&self.s3, &self.dossier) {
            (Some(_), _) => Some(Lieu::S3),
            (None, Some(_)) => Some(Lieu::Dossier),
            (None, None) => None,
        }
    }

    /// Puts a content there, whole or not at all.
    ///
    /// # Errors
    /// [`Panne`].
    pub async fn deposer(&self, lieu: Lieu, cle: &str, octets: Vec<u8>) -> Result<(), Panne> {
        lent::hors_ecriture();
        self.de(lieu)?.put(&chemin(cle), octets.into()).await?;
        Ok(())
    }

    /// Reads a content.
    ///
    /// # Errors
    /// [`Panne`].
    pub async fn lire(&self, lieu: Lieu, cle: &str) -> Result<Vec<u8>, Panne> {
        lent::hors_ecriture();
        let lu = self.de(lieu)?.get(&chemin(cle)).await?;
        Ok(lu.bytes().await?.into())
    }

    /// Reads the first octets of a content, and no more of it.
    ///
    /// # Errors
    /// [`Panne`].
    pub async fn debut(&self, lieu: Lieu, cle: &str, octets: usize) -> Result<Vec<u8>, Panne> {
        lent::hors_ecriture();
        let lu = self.de(lieu)?.get_range(&chemin(cle), 0..octets as u64).await?;
        Ok(lu.into())
    }

    /// Reads a content as it comes, a piece at a time.
    ///
    /// # Errors
    /// [`Panne`], at first or at any piece.
    pub async fn flux(
        &self,
        lieu: Lieu,
        cle: &str,
    ) -> Result<impl Stream<Item = Result<impl AsRef<[u8]> + use<>, Panne>> + Unpin + use<>, Panne>
    {
        lent::hors_ecriture();
        let lu = self.de(lieu)?.get(&chemin(cle)).await?;
        Ok(lu.into_stream().map_err(Panne::from))
    }

    /// Takes a content away; one that is not there is.
    ///
    /// # Errors
    /// [`Panne`].
    pub async fn effacer(&self, lieu: Lieu, cle: &str) -> Result<(), Panne> {
        lent::hors_ecriture();
        match self.de(lieu)?.delete(&chemin(cle)).await.map_err(Panne::from) {
            Ok(()) | Err(Panne::Perdu) => Ok(()),
            Err(panne) => Err(panne),
        }
    }

    fn de(&self, lieu: Lieu) -> Result<&Arc<dyn ObjectStore>, Panne> {
        match lieu {
            Lieu::Dossier => self.dossier.as_ref(),
            Lieu::S3 => self.s3.as_ref(),
        }
        .ok_or(Panne::Absent(lieu))
    }
}

/// Two letters first: no folder has too many files.
fn chemin(cle: &str) -> Path {
    Path::from_iter([cle.get(..2).unwrap_or("__"), cle])
}
