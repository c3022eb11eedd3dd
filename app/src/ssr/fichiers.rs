//! The files of a form, and those that a form takes away.

use backend::dossier::pieces::Fichier;
use domain::ids::{ChampId, PieceId};
use leptos::prelude::use_context;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The files of a form, beside its fields: the name of each one's field, and the file.
#[derive(Debug, Clone, Default)]
pub struct FichiersRecus(Arc<Mutex<Vec<(String, Fichier)>>>);

impl FichiersRecus {
    /// Those of a form.
    #[must_use]
    pub fn new(fichiers: Vec<(String, Fichier)>) -> Self {
        Self(Arc::new(Mutex::new(fichiers)))
    }

    /// Takes those of the fields of a démarche away, sent as « fichiers-12 ».
    #[must_use]
    pub fn par_champ(&self) -> BTreeMap<ChampId, Vec<Fichier>> {
        let mut tous = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut par_champ: BTreeMap<ChampId, Vec<Fichier>> = BTreeMap::new();
        for (nom, fichier) in tous.drain(..) {
            if let Some(Ok(champ)) = nom.strip_prefix("fichiers-").map(str::parse) {
                par_champ.entry(ChampId(champ)).or_default().push(fichier);
            }
        }
        par_champ
    }

    /// Takes all of them away.
    #[must_use]
    pub fn prendre_tous(&self) -> Vec<(String, Fichier)> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes those of a field away: they are too large to be copied.
    #[must_use]
    pub fn prendre(&self, nom: &str) -> Vec<Fichier> {
        let mut tous = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (siens, autres) = tous.drain(..).partition(|(champ, _)| champ == nom);
        *tous = autres;
        let siens: Vec<(String, Fichier)> = siens;
        siens.into_iter().map(|(_, fichier)| fichier).collect()
    }
}

/// The files that were sent under a name, once, by whoever asks.
#[must_use]
pub fn fichiers(nom: &str) -> Vec<Fichier> {
    use_context::<FichiersRecus>().map(|recus| recus.prendre(nom)).unwrap_or_default()
}

/// The files to be taken away, of the boxes that were checked.
#[must_use]
pub fn a_retirer(cases: &BTreeMap<String, String>) -> Vec<PieceId> {
    cases.keys().filter_map(|id| id.parse().ok().map(PieceId)).collect()
}
