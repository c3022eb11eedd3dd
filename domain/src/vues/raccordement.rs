//! A démarche joined to a platform that runs Démarches Simplifiées, for its administrateurs.

use crate::ids::DemarcheNumero;
use crate::raccordement::{ErreurDistante, EtatRaccordement};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// « Raccorder une démarche »: what the form offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NouveauRaccordement {
    /// The platforms that are accepted, by their addresses, the first one chosen.
    pub plateformes: Vec<String>,
}

/// « Démarches Simplifiées » of a démarche.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raccordement {
    /// The démarche, here.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// The platform, by its name.
    pub plateforme: String,
    /// The number of the démarche there.
    pub numero_distant: i64,
    /// Its page there, for its administrateurs.
    pub adresse: String,
    /// Where it stands.
    pub etat: EtatRaccordement,
    /// Why it is broken, or why the last round failed.
    pub raison: Option<ErreurDistante>,
    /// Since when it is broken.
    pub rompu_le: Option<NaiveDateTime>,
    /// How far the first synchronisation is, until it is done.
    pub premiere: Option<Progression>,
    /// When the last round was done to its end.
    pub synchronise_le: Option<NaiveDateTime>,
    /// How many groupes and instructeurs were read there.
    pub groupes: u64,
    /// See [`Self::groupes`].
    pub instructeurs: u64,
    /// The last day of the token.
    pub jeton_expire_le: Option<NaiveDate>,
    /// How many days it has left: 0 on its last one, less once it is over.
    pub jours_restants: Option<i64>,
    /// The account of the démarche there, in whose name one writes when whoever acts may not.
    pub auteur: Option<String>,
    /// The label « RDV proposé » was found there.
    pub etiquette_propose: bool,
    /// The same of « RDV pris ».
    pub etiquette_pris: bool,
    /// The same of the annotation « Rendez-vous ».
    pub annotation: bool,
    /// The dossiers that the platform fails to give.
    pub ecartes: Vec<DossierEcarte>,
    /// Its webhooks.
    pub webhooks: WebhooksDistants,
}

/// How far a first synchronisation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progression {
    /// How many dossiers were read.
    pub lus: u64,
    /// How many there are, when the platform says it.
    pub total: Option<u64>,
    /// How many minutes are left at the pace of what was read.
    pub minutes: Option<u64>,
}

impl Progression {
    /// How far it is after `secondes`.
    #[must_use]
    pub fn apres(secondes: u64, lus: u64, total: Option<u64>) -> Self {
        let reste = total.map(|total| total.saturating_sub(lus));
        let minutes = reste
            .filter(|_| lus > 0 && secondes > 0)
            .map(|reste| (u128::from(reste) * u128::from(secondes)).div_ceil(u128::from(lus) * 60))
            .and_then(|minutes| u64::try_from(minutes).ok());
        Self { lus, total, minutes }
    }
}

/// A dossier that the platform fails to give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierEcarte {
    /// Its number there.
    pub numero: i64,
    /// Its page there.
    pub adresse: String,
    /// Why.
    pub raison: Option<ErreurDistante>,
    /// Since when.
    pub depuis: NaiveDateTime,
    /// How many times it was asked for.
    pub essais: i32,
}

/// The webhooks of the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhooksDistants {
    /// Whether they are heard.
    pub actifs: bool,
    /// The address to give to the platform.
    pub url: String,
    /// The secret that was just made, shown once.
    pub secret: Option<String>,
    /// Whether there is one to be shown to whoever reads.
    pub secret_a_montrer: bool,
    /// When one last came.
    pub dernier_recu_le: Option<NaiveDateTime>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_goes_at_the_pace_of_what_was_done() {
        let reste = |secondes, lus, total| Progression::apres(secondes, lus, total).minutes;
        assert_eq!(reste(60, 1_000, Some(3_000)), Some(2));
        assert_eq!(reste(60, 1_000, Some(1_001)), Some(1));
        assert_eq!(reste(60, 3_000, Some(2_000)), Some(0));
        assert_eq!(reste(60, 1_000, None), None);
        assert_eq!(reste(0, 0, Some(10)), None);
    }
}
