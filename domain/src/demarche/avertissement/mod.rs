//! What instructeurs are told of by mail, and how fast: « Gestion des notifications ».
//!
//! Each chooses for a démarche; who chose nothing follows the démarche, which follows [`Avertissement::par_defaut`] where
//! its administrateurs settled nothing.

pub mod calendrier;

use crate::mots::mots;
use crate::rendez_vous::Changement;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

mots!(
    /// A kind of news.
    Avertissement {
        /// Somebody is expected: booked, fixed by the service, or restored.
        RdvPris = "rdv_pris", "Rendez-vous pris";
        /// Another time, place or link.
        RdvDeplace = "rdv_deplace", "Rendez-vous déplacé";
        /// Cancelled, by either side.
        RdvAnnule = "rdv_annule", "Rendez-vous annulé";
        /// The usager wrote.
        Message = "message", "Nouveau message";
        /// A dossier came.
        DossierDepose = "dossier_depose", "Dossier déposé";
        /// An expert answered.
        AvisRecu = "avis_recu", "Avis reçu";
        /// The usager changed their dossier.
        DossierModifie = "dossier_modifie", "Dossier modifié";
    }
);
mots!(
    /// How fast one is told.
    Rythme {
        /// By a mail of its own.
        ToutDeSuite = "tout_de_suite", "tout de suite";
        /// With the rest of the day.
        Jour = "jour", "résumé du jour";
        /// With the rest of the week.
        Semaine = "semaine", "résumé de la semaine";
        /// Not by mail.
        Jamais = "jamais", "jamais";
    }
);

impl Avertissement {
    /// What is told, and of which dossiers, in a few words.
    #[must_use]
    pub const fn precision(self) -> &'static str {
        match self {
            Self::RdvPris => {
                "Par l'usager à qui vous l'avez proposé. Aussi fixé par le service, ou rétabli après une annulation."
            }
            Self::RdvDeplace => "À une autre heure, en un autre lieu ou avec un autre lien.",
            Self::RdvAnnule => "Par l'usager ou par le service.",
            Self::Message => {
                "De l'usager, dans les dossiers que vous suivez ou que personne ne suit."
            }
            Self::DossierDepose => "Dans l'un de vos groupes d'instructeurs.",
            Self::AvisRecu => "D'un expert, si vous l'avez demandé ou si vous suivez le dossier.",
            Self::DossierModifie => {
                "Par l'usager, dans les dossiers que vous suivez ou que personne ne suit."
            }
        }
    }

    /// The name of its field in a form: [`saisis`] reads them all.
    #[must_use]
    pub const fn champ(self) -> &'static str {
        match self {
            Self::RdvPris => "rythmes[rdv_pris]",
            Self::RdvDeplace => "rythmes[rdv_deplace]",
            Self::RdvAnnule => "rythmes[rdv_annule]",
            Self::Message => "rythmes[message]",
            Self::DossierDepose => "rythmes[dossier_depose]",
            Self::AvisRecu => "rythmes[avis_recu]",
            Self::DossierModifie => "rythmes[dossier_modifie]",
        }
    }

    /// What holds where nobody chose anything. `connecte`: RDV Service Public writes to that person itself when somebody
    /// books.
    #[must_use]
    pub const fn par_defaut(self, connecte: bool) -> Rythme {
        match self {
            Self::RdvPris if connecte => Rythme::Jour,
            Self::RdvPris | Self::RdvDeplace | Self::RdvAnnule | Self::Message | Self::AvisRecu => {
                Rythme::ToutDeSuite
            }
            Self::DossierDepose | Self::DossierModifie => Rythme::Jour,
        }
    }

    /// Whether it is about a rendez-vous.
    #[must_use]
    pub const fn d_un_rendez_vous(self) -> bool {
        matches!(self, Self::RdvPris | Self::RdvDeplace | Self::RdvAnnule)
    }
}

/// What a form says, by what stands in the brackets of [`Avertissement::champ`]. What it does not name is left alone.
#[must_use]
pub fn saisis(champs: &BTreeMap<String, String>) -> Vec<(Avertissement, &str)> {
    let lus = Avertissement::TOUS.iter();
    lus.filter_map(|quoi| Some((*quoi, champs.get(quoi.code())?.as_str()))).collect()
}

impl From<&Changement> for Avertissement {
    fn from(changement: &Changement) -> Self {
        match changement {
            Changement::Pris | Changement::Fixe | Changement::Retabli => Self::RdvPris,
            Changement::Deplace { .. } | Changement::ModalitesChangees => Self::RdvDeplace,
            Changement::AnnuleParUsager | Changement::AnnuleParService => Self::RdvAnnule,
        }
    }
}

/// What holds for one person, one démarche and one kind of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reglage {
    /// Which kind.
    pub quoi: Avertissement,
    /// What the person chose, if they did.
    pub choix: Option<Rythme>,
    /// What the administrateurs settled, if they did.
    pub demarche: Option<Rythme>,
    /// Whether RDV Service Public writes to that person itself when somebody books.
    pub connecte: bool,
}

impl Reglage {
    /// How fast that person is told.
    #[must_use]
    pub fn rythme(self) -> Rythme {
        self.choix.unwrap_or_else(|| self.sans_choix())
    }

    /// How fast they would be told, had they chosen nothing.
    #[must_use]
    pub fn sans_choix(self) -> Rythme {
        self.demarche.unwrap_or_else(|| self.quoi.par_defaut(self.connecte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_goes_before_the_demarche_which_goes_before_the_default() {
        let reglage = |choix, demarche, connecte| {
            Reglage { quoi: Avertissement::RdvPris, choix, demarche, connecte }.rythme()
        };
        assert_eq!(reglage(None, None, false), Rythme::ToutDeSuite);
        assert_eq!(reglage(None, None, true), Rythme::Jour);
        assert_eq!(reglage(None, Some(Rythme::ToutDeSuite), true), Rythme::ToutDeSuite);
        assert_eq!(reglage(Some(Rythme::Jamais), Some(Rythme::Semaine), true), Rythme::Jamais);
    }

    #[test]
    fn only_a_booking_is_also_told_by_the_platform() {
        for quoi in Avertissement::TOUS {
            let pareil = quoi.par_defaut(true) == quoi.par_defaut(false);
            assert_eq!(pareil, *quoi != Avertissement::RdvPris, "{quoi:?}");
        }
    }

    #[test]
    fn words_are_read_back() {
        for quoi in Avertissement::TOUS {
            assert_eq!(Avertissement::from_code(quoi.code()), Some(*quoi));
            assert_eq!(quoi.champ(), format!("rythmes[{}]", quoi.code()));
        }
        for rythme in Rythme::TOUS {
            assert_eq!(Rythme::from_code(rythme.code()), Some(*rythme));
        }
        assert_eq!(Rythme::from_code("demain"), None);
    }
}
