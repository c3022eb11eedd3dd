//! Exports that are made aside: what is asked for, where it stands, how long it is kept.

use crate::correction::EtatCorrection;
use crate::francais;
use crate::liste::{Filtres, Onglet};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How long an export is kept once it is ready, in days.
pub const CONSERVATION_JOURS: i64 = 7;

/// How many an account may have at once, those being made included.
pub const PAR_PERSONNE_MAX: u64 = 5;

/// The largest one, in octets.
pub const TAILLE_MAX: u64 = 2_000_000_000;

/// What an export is made as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A table as text.
    Csv,
    /// A table for office software.
    Xlsx,
    /// Each dossier as PDF, with its files.
    Zip,
}

impl Format {
    /// All of them, in the order in which they are offered.
    pub const TOUS: [Self; 3] = [Self::Xlsx, Self::Csv, Self::Zip];

    /// The word stored in the database, and the end of the name of the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Zip => "zip",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|format| format.code() == code)
    }

    /// What the screen says.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Csv => "Tableau (CSV)",
            Self::Xlsx => "Tableau (Excel, XLSX)",
            Self::Zip => "Dossiers et pièces jointes (ZIP)",
        }
    }

    /// What a browser is told that it is.
    #[must_use]
    pub const fn type_de_media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Zip => "application/zip",
        }
    }
}

/// Where an export stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Etat {
    /// It waits for its turn.
    Demande,
    /// It is being made.
    EnCours,
    /// It can be downloaded.
    Pret,
    /// It could not be made.
    Echoue,
    /// Nobody sees it any more: what it holds is being erased.
    Efface,
}

impl Etat {
    /// The word stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Demande => "demande",
            Self::EnCours => "en_cours",
            Self::Pret => "pret",
            Self::Echoue => "echoue",
            Self::Efface => "efface",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Demande, Self::EnCours, Self::Pret, Self::Echoue, Self::Efface]
            .into_iter()
            .find(|etat| etat.code() == code)
    }

    /// Whether there is something still to be waited for.
    #[must_use]
    pub const fn attendu(self) -> bool {
        matches!(self, Self::Demande | Self::EnCours)
    }
}

/// Why an export could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Echec {
    /// It would be larger than [`TAILLE_MAX`].
    TropGrand,
    /// It would have more rows than office software opens.
    TropDeLignes,
    /// It was begun several times and never came to its end.
    Interrompu,
}

impl Echec {
    /// The word stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TropGrand => "trop_grand",
            Self::TropDeLignes => "trop_de_lignes",
            Self::Interrompu => "interrompu",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::TropGrand, Self::TropDeLignes, Self::Interrompu]
            .into_iter()
            .find(|echec| echec.code() == code)
    }
}

impl Echec {
    /// What somebody who asked for their own data is told.
    #[must_use]
    pub fn de_l_archive(self) -> String {
        match self {
            Self::TropGrand => format!(
                "L'archive dépasse {}. Téléchargez vos dossiers un par un, depuis la page de chacun.",
                francais::taille(usize::try_from(TAILLE_MAX).unwrap_or(usize::MAX))
            ),
            Self::TropDeLignes | Self::Interrompu => "L'archive n'a pas pu être préparée. Demandez-en une autre\u{a0}; si cela se reproduit, prévenez l'équipe du site.".to_owned(),
        }
    }
}

impl fmt::Display for Echec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TropGrand => write!(
                f,
                "L'export dépasse {}. Choisissez moins de dossiers avec les filtres de la liste, puis demandez-en un autre.",
                francais::taille(usize::try_from(TAILLE_MAX).unwrap_or(usize::MAX))
            ),
            Self::TropDeLignes => f.write_str(
                "Il y a plus de dossiers qu'un tableau Excel n'a de lignes. Choisissez moins de dossiers avec les filtres de la liste, ou demandez un tableau CSV.",
            ),
            Self::Interrompu => f.write_str(
                "L'export n'a pas pu être préparé. Demandez-en un autre\u{a0}; si cela se reproduit, prévenez l'équipe du site.",
            ),
        }
    }
}

/// The dossiers that an export holds, in words. `groupe`: the name of the groupe filtered by.
#[must_use]
pub fn choix(filtres: &Filtres, groupe: Option<&str>) -> Vec<String> {
    let dit = |texte: &str| format!("«\u{a0}{texte}\u{a0}»");
    let mut choix = vec![match filtres.onglet {
        Onglet::Tous => "Tous les dossiers de vos groupes, sauf les archivés".to_owned(),
        onglet => format!("Onglet {}", dit(onglet.libelle())),
    }];
    if !filtres.recherche.is_empty() {
        choix.push(format!("Recherche {}", dit(&filtres.recherche)));
    }
    choix.extend(filtres.statut.map(|etat| format!("Statut {}", dit(etat.libelle()))));
    choix.extend(filtres.tag.map(|tag| format!("Mention {}", dit(tag.libelle()))));
    let badge = filtres.correction.and_then(EtatCorrection::badge);
    choix.extend(badge.map(|badge| format!("Mention {}", dit(badge))));
    if filtres.groupe.is_some() {
        choix.push(format!("Groupe {}", dit(groupe.unwrap_or("inconnu"))));
    }
    choix.extend(filtres.du.map(|jour| format!("Déposés à partir du {}", francais::date(jour))));
    choix.extend(filtres.au.map(|jour| format!("Déposés jusqu'au {}", francais::date(jour))));
    choix
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for format in Format::TOUS {
            assert_eq!(Format::from_code(format.code()), Some(format));
        }
        for etat in [Etat::Demande, Etat::EnCours, Etat::Pret, Etat::Echoue, Etat::Efface] {
            assert_eq!(Etat::from_code(etat.code()), Some(etat));
        }
        for echec in [Echec::TropGrand, Echec::TropDeLignes, Echec::Interrompu] {
            assert_eq!(Echec::from_code(echec.code()), Some(echec));
            assert!(echec.to_string().ends_with('.') && echec.de_l_archive().ends_with('.'));
        }
    }

    #[test]
    fn what_an_export_holds_is_said_in_words() {
        assert_eq!(
            choix(&Filtres::default(), None),
            ["Tous les dossiers de vos groupes, sauf les archivés"]
        );
        let question = "?onglet=traites&q=Robert&statut=accepte&tag=rdv-pris&correction=corrige&groupe=3&du=2024-05-01&au=2024-05-31";
        assert_eq!(
            choix(&Filtres::lire(question), Some("Ardèche")),
            [
                "Onglet «\u{a0}traités\u{a0}»",
                "Recherche «\u{a0}Robert\u{a0}»",
                "Statut «\u{a0}accepté\u{a0}»",
                "Mention «\u{a0}RDV pris\u{a0}»",
                "Mention «\u{a0}corrigé\u{a0}»",
                "Groupe «\u{a0}Ardèche\u{a0}»",
                "Déposés à partir du 1er mai 2024",
                "Déposés jusqu'au 31 mai 2024",
            ]
        );
    }
}
