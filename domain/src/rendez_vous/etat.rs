//! The reducer: what is known once another notification is.
//!
//! Notifications arrive twice, late and in any order. [`Etat::integrer`] is a join: commutative, associative
//! and idempotent, so that the final state depends on what was received, never on the order.

use super::{Constat, Contenu, Evenement, Situation, Suppression};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a notification computed in the same second as another says: a creation precedes any change, a deletion
/// follows all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rang {
    /// `created`
    Creation,
    /// `updated`
    Modification,
    /// `destroyed`
    Suppression,
}

/// Decides which of two notifications is the newer one, the same way in any order of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cle {
    /// When the platform computed the content.
    pub calcule_le: DateTime<Utc>,
    /// What it says happened.
    pub rang: Rang,
}

/// What is stored of a rendez-vous: the newest content received, and whether it was deleted.
///
/// The platform stamps to the second, and one gesture of an agent may send two changes in one second: first
/// the agents, with the old hour, then everything. Hence what came with the same key is kept (`rivaux`), as
/// well as the newest content before it (`base`): the one that differs most from what was before is the
/// whole change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Etat {
    /// Orders the content kept among all those received.
    pub cle: Cle,
    /// The newest content received.
    pub contenu: Contenu,
    /// Set once deleted, and never unset: the platform does not reuse its ids.
    pub suppression: Option<Suppression>,
    /// Other contents with the same key.
    pub rivaux: Vec<Contenu>,
    /// The newest content with a smaller key.
    pub base: Option<(Cle, Box<Contenu>)>,
    /// When the platform last changed it, as far as it told: orders its files among all those that calendars got.
    pub change_le: DateTime<Utc>,
}

/// How many contents of one second are kept: one gesture sends two, a collective rendez-vous one a person.
const RIVAUX_MAX: usize = 16;

impl From<&Constat> for Etat {
    fn from(constat: &Constat) -> Self {
        let (rang, suppression) = match constat.evenement {
            Evenement::Cree => (Rang::Creation, None),
            Evenement::Modifie => (Rang::Modification, None),
            Evenement::Supprime(raison) => (Rang::Suppression, Some(raison)),
        };
        let mut etat = Self {
            cle: Cle { calcule_le: constat.calcule_le, rang },
            contenu: constat.contenu.clone(),
            suppression,
            rivaux: vec![],
            base: None,
            change_le: constat.change_le,
        };
        etat.oublier_si_efface();
        etat
    }
}

impl Etat {
    /// The state once `constat` is known as well as all that `avant` already holds.
    #[must_use]
    pub fn integrer(avant: Option<Self>, constat: &Constat) -> Self {
        let nouveau = Self::from(constat);
        match avant {
            None => nouveau,
            Some(avant) => avant.joindre(nouveau),
        }
    }

    /// Joins two states: the newest content wins, a deletion is never undone.
    #[must_use]
    pub fn joindre(self, autre: Self) -> Self {
        let suppression = self.suppression.max(autre.suppression);
        let cle = self.cle.max(autre.cle);
        let change_le = self.change_le.max(autre.change_le);
        let mut candidats: Vec<Contenu> = Vec::new();
        let mut base: Option<(Cle, Box<Contenu>)> = None;
        for etat in [self, autre] {
            let contenus = etat.rivaux.into_iter().chain([etat.contenu]);
            if etat.cle == cle {
                candidats.extend(contenus);
                base = base.max(etat.base);
            } else {
                base = base.max(contenus.max().map(|contenu| (etat.cle, Box::new(contenu))));
            }
        }
        if suppression == Some(Suppression::Rgpd) {
            candidats.iter_mut().for_each(Contenu::oublier);
            base = None;
        }
        candidats.sort();
        candidats.dedup();
        // Sorted, and this sort keeps the order of those that differ as much.
        candidats.sort_by_key(|contenu| base.as_ref().map(|(_, avant)| ecart(avant, contenu)));
        let premier = candidats.len().saturating_sub(RIVAUX_MAX);
        let mut rivaux = candidats.split_off(premier);
        // There is always one: each state has its content.
        let contenu = rivaux.pop().unwrap_or_else(|| unreachable!("a state has a content"));
        let mut etat = Self { cle, contenu, suppression, rivaux, base, change_le };
        etat.oublier_si_efface();
        etat
    }

    /// The same rendez-vous as one of its persons sees it.
    #[must_use]
    pub fn vu_par(&self, contenu: Contenu) -> Self {
        let mut etat = Self {
            cle: self.cle,
            contenu,
            suppression: self.suppression,
            rivaux: vec![],
            base: None,
            change_le: self.change_le,
        };
        etat.oublier_si_efface();
        etat
    }

    fn oublier_si_efface(&mut self) {
        if self.suppression == Some(Suppression::Rgpd) {
            self.contenu.oublier();
            self.rivaux.clear();
            self.base = None;
        }
    }

    /// What it means for the people concerned.
    #[must_use]
    pub const fn situation(&self) -> Situation {
        Situation::de(self.contenu.statut, self.suppression)
    }

    /// Whether somebody is expected: it holds and is not over at `maintenant`.
    #[must_use]
    pub fn a_venir(&self, maintenant: DateTime<Utc>) -> bool {
        self.situation() == Situation::Prevu && self.contenu.fin() > maintenant
    }
}

/// How many facts differ between two contents.
fn ecart(avant: &Contenu, apres: &Contenu) -> usize {
    let faits = [
        avant.statut != apres.statut,
        avant.genre != apres.genre,
        avant.debut != apres.debut,
        avant.horaire != apres.horaire,
        avant.duree_minutes != apres.duree_minutes,
        avant.adresse != apres.adresse,
        avant.lieu != apres.lieu,
        avant.visio != apres.visio,
        avant.instruction != apres.instruction,
        avant.agents != apres.agents,
        avant.numeros_cites != apres.numeros_cites,
        avant.dossiers_cites != apres.dossiers_cites,
    ];
    let faits = faits.into_iter().filter(|differe| *differe).count();
    let absentes = |de: &Contenu, dans: &Contenu| {
        de.personnes.iter().filter(|personne| !dans.personnes.contains(personne)).count()
    };
    faits + absentes(avant, apres) + absentes(apres, avant)
}
