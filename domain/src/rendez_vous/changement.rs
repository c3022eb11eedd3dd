//! What people must hear of: a change of meaning between two states, never a notification.

use super::{Contenu, Etat, Genre, Horaire, Situation};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// A change that people must hear of. Many notifications cause none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changement {
    /// Booked by the usager.
    Pris,
    /// Made by somebody else for the usager.
    Fixe,
    /// Moved to another time.
    Deplace {
        /// When it should have been.
        avant: Horaire,
        /// Whether the place, the way or the link changed as well.
        #[serde(default)]
        ailleurs: bool,
        /// Whether it is the service's doing: the usager does not know it yet.
        #[serde(default)]
        par_le_service: bool,
    },
    /// Same time, other place, way or link.
    ModalitesChangees,
    /// Cancelled by the usager.
    AnnuleParUsager,
    /// Cancelled by the service.
    AnnuleParService,
    /// Cancelled, then restored.
    Retabli,
}

impl Changement {
    /// Whether the usager must be told: they do not know what they did not do themselves.
    #[must_use]
    pub const fn dire_a_l_usager(&self) -> bool {
        match self {
            Self::Pris | Self::AnnuleParUsager => false,
            Self::Deplace { par_le_service, .. } => *par_le_service,
            Self::Fixe | Self::ModalitesChangees | Self::AnnuleParService | Self::Retabli => true,
        }
    }
}

impl Changement {
    /// Whether it still holds, `etat` being what is now known of the rendez-vous: what was to be told of a cancellation
    /// once it is restored, or of an hour that changed again, would be wrong, and of what is over, useless. `genre`,
    /// `horaire`: the rendez-vous as it was when it changed.
    #[must_use]
    pub fn tient(
        &self,
        genre: Genre,
        horaire: &Horaire,
        etat: &Etat,
        maintenant: DateTime<Utc>,
    ) -> bool {
        let (annule, contenu) = (etat.situation().annule(), &etat.contenu);
        if matches!(self, Self::AnnuleParUsager | Self::AnnuleParService) {
            return annule;
        }
        !annule
            && contenu.fin() > maintenant
            && contenu.genre == genre
            && meme_heure(&contenu.horaire, horaire)
    }

    /// What to tell of the rendez-vous, now at `horaire`, to somebody who was not told `tus`, the changes just before
    /// this one, from the oldest. `None` when everything is as they know it.
    #[must_use]
    pub fn apres(&self, tus: &[Self], horaire: &Horaire) -> Option<Self> {
        if matches!(self, Self::AnnuleParUsager | Self::AnnuleParService) {
            return Some(self.clone());
        }
        // They do not know yet that there is one.
        if let Some(debut) = tus.iter().find(|tu| matches!(tu, Self::Pris | Self::Fixe)) {
            return Some(debut.clone());
        }
        if matches!(self, Self::Pris | Self::Fixe | Self::Retabli) {
            return Some(self.clone());
        }
        let tous = || tus.iter().chain([self]);
        let ailleurs = tous().any(|change| {
            matches!(change, Self::ModalitesChangees | Self::Deplace { ailleurs: true, .. })
        });
        let par_le_service = tous().any(Self::dire_a_l_usager);
        let connu = tous().find_map(|change| match change {
            Self::Deplace { avant, .. } => Some(avant),
            _ => None,
        });
        match connu {
            Some(avant) if !meme_heure(avant, horaire) => {
                Some(Self::Deplace { avant: avant.clone(), ailleurs, par_le_service })
            }
            _ => ailleurs.then_some(Self::ModalitesChangees),
        }
    }
}

/// Whether two hours are one: a zone that is only now known changes nothing.
fn meme_heure(une: &Horaire, autre: &Horaire) -> bool {
    let deux_fuseaux = une.fuseau.is_some() && autre.fuseau.is_some();
    une.local == autre.local && (!deux_fuseaux || une.fuseau == autre.fuseau)
}

/// The change of meaning between two states of one rendez-vous, if people must hear of it.
///
/// None for a rendez-vous already over at `maintenant` (the platform sends thousands of old ones again
/// when an endpoint is set up), nor for what is only kept in the books (honoré, absence).
#[must_use]
pub fn changement(
    avant: Option<&Etat>,
    apres: &Etat,
    maintenant: DateTime<Utc>,
) -> Option<Changement> {
    if apres.contenu.fin() <= maintenant
        && avant.is_none_or(|avant| avant.contenu.fin() <= maintenant)
    {
        return None;
    }
    let annulation = match apres.situation() {
        Situation::AnnuleParUsager => Some(Changement::AnnuleParUsager),
        Situation::AnnuleParService => Some(Changement::AnnuleParService),
        Situation::Honore | Situation::Absence => return None,
        Situation::Prevu => None,
    };
    let Some(avant) = avant else {
        return Some(annulation.unwrap_or_else(|| prise(&apres.contenu)));
    };
    let etait_annule = avant.situation().annule();
    match annulation {
        Some(_) if etait_annule => None,
        Some(annulation) => Some(annulation),
        None if etait_annule => Some(Changement::Retabli),
        None => deplacement(avant, apres),
    }
}

fn prise(contenu: &Contenu) -> Changement {
    if contenu.par_le_service() { Changement::Fixe } else { Changement::Pris }
}

fn deplacement(avant: &Etat, apres: &Etat) -> Option<Changement> {
    let ailleurs = modalites(&avant.contenu) != modalites(&apres.contenu);
    if deplace(&avant.contenu, &apres.contenu) {
        return Some(Changement::Deplace {
            avant: avant.contenu.horaire.clone(),
            ailleurs,
            par_le_service: !a_pu_deplacer(avant, apres, ailleurs),
        });
    }
    ailleurs.then_some(Changement::ModalitesChangees)
}

/// Whether people must come at another time. Before 2026 the instants of overseas organisations were wrong
/// and their digits right: instants are compared only when both come with their zone.
fn deplace(avant: &Contenu, apres: &Contenu) -> bool {
    let sures = avant.horaire.fuseau.is_some() && apres.horaire.fuseau.is_some();
    avant.horaire.local != apres.horaire.local || (sures && avant.debut != apres.debut)
}

/// How long before it starts the usager may still move a rendez-vous, on the platform.
const DELAI_DEPLACEMENT: Duration = Duration::days(2);

/// Whether the usager may have moved it themselves. The payload does not say who did: they can't move one
/// that an agent made, nor a collective one, nor late, nor to another place; and the platform then draws
/// one agent at random. In doubt it is the service's doing: being told twice is better than not at all.
fn a_pu_deplacer(avant: &Etat, apres: &Etat, ailleurs: bool) -> bool {
    !ailleurs
        && !avant.contenu.par_le_service()
        && !avant.contenu.collectif
        && avant.contenu.agents != apres.contenu.agents
        && apres.contenu.agents.len() <= 1
        && avant.contenu.debut - apres.cle.calcule_le > DELAI_DEPLACEMENT
}

fn modalites(contenu: &Contenu) -> (Genre, &str, Option<&str>, Option<&str>) {
    (contenu.genre, contenu.adresse.trim(), contenu.lieu.as_deref(), contenu.visio.as_deref())
}
