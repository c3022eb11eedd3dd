//! « Suivre mes rendez-vous dans mon agenda »: the feed that somebody's calendar reads.

use crate::ids::DemarcheNumero;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbonnementVue {
    /// The démarche and its title, for an instructeur; `None` for an usager, whose rendez-vous are all in one feed.
    pub demarche: Option<(DemarcheNumero, String)>,
    /// The feed, if there is one.
    pub actif: Option<AbonnementActif>,
    /// Its address in https, once: just after it was made.
    pub adresse: Option<String>,
}

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbonnementActif {
    /// When its address was made.
    pub cree_le: NaiveDateTime,
    /// When a calendar last read it, to the hour.
    pub utilise_le: Option<NaiveDateTime>,
}

impl AbonnementVue {
    /// The address by which a calendar subscribes instead of fetching once.
    #[must_use]
    pub fn webcal(&self) -> Option<String> {
        let (_, suite) = self.adresse.as_deref()?.split_once("://")?;
        Some(format!("webcal://{suite}"))
    }
}
