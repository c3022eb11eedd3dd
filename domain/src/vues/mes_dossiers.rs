//! « Mes dossiers »: what is chosen in it, and what it shows.

use super::{CarteDossier, Page};
use crate::dossier::{EtatDossier, Tag};
use crate::ids::{DemarcheNumero, DossierNumero};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use url::form_urlencoded::Serializer;

/// A tab of « Mes dossiers ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OngletDossiers {
    /// Those that wait for a decision, and drafts.
    #[default]
    EnCours,
    /// Those that were decided.
    Traites,
    /// Those of others, who invited the person.
    Invites,
    /// Those that the person deleted not long ago.
    Supprimes,
}

impl OngletDossiers {
    /// All of them, from left to right.
    pub const TOUS: [Self; 4] = [Self::EnCours, Self::Traites, Self::Invites, Self::Supprimes];

    /// The word in the address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::EnCours => "en-cours",
            Self::Traites => "traites",
            Self::Invites => "invites",
            Self::Supprimes => "supprimes",
        }
    }

    /// What the tab says, after its count.
    #[must_use]
    pub const fn libelle(self, combien: u64) -> &'static str {
        match (self, combien > 1) {
            (Self::EnCours, _) => "en cours",
            (Self::Traites, false) => "traité",
            (Self::Traites, true) => "traités",
            (Self::Invites, false) => "dossier invité",
            (Self::Invites, true) => "dossiers invités",
            (Self::Supprimes, false) => "supprimé récemment",
            (Self::Supprimes, true) => "supprimés récemment",
        }
    }
}

/// « Sélectionner un filtre ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FiltreDossiers {
    /// By état.
    Etat(EtatDossier),
    /// By the tag of the rendez-vous.
    Tag(Tag),
}

impl FiltreDossiers {
    /// All of them.
    pub const TOUS: [Self; 8] = [
        Self::Etat(EtatDossier::EnConstruction),
        Self::Etat(EtatDossier::EnInstruction),
        Self::Etat(EtatDossier::Accepte),
        Self::Etat(EtatDossier::Refuse),
        Self::Etat(EtatDossier::SansSuite),
        Self::Tag(Tag::RdvPropose),
        Self::Tag(Tag::RdvPris),
        Self::Tag(Tag::RdvAnnule),
    ];

    /// The word in the address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Etat(etat) => etat.code(),
            Self::Tag(Tag::RdvPropose) => "rdv_propose",
            Self::Tag(Tag::RdvPris) => "rdv_pris",
            Self::Tag(Tag::RdvAnnule) => "rdv_annule",
        }
    }

    /// What it says.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Etat(EtatDossier::EnConstruction) => "En construction",
            Self::Etat(EtatDossier::EnInstruction) => "En instruction",
            Self::Etat(EtatDossier::Accepte) => "Accepté",
            Self::Etat(EtatDossier::Refuse) => "Refusé",
            Self::Etat(EtatDossier::SansSuite) => "Classé sans suite",
            Self::Tag(tag) => tag.libelle(),
        }
    }

    /// Whether a dossier passes.
    #[must_use]
    pub fn retient(self, etat: EtatDossier, tag: Option<Tag>) -> bool {
        match self {
            Self::Etat(voulu) => voulu == etat,
            Self::Tag(voulu) => Some(voulu) == tag,
        }
    }

    /// Whether a dossier of `onglet` may pass: others are not offered there.
    #[must_use]
    pub const fn possible(self, onglet: OngletDossiers) -> bool {
        match (self, onglet) {
            (_, OngletDossiers::Supprimes) => false,
            (Self::Etat(etat), OngletDossiers::EnCours) => etat.en_cours(),
            (Self::Etat(etat), OngletDossiers::Traites) => !etat.en_cours(),
            (Self::Tag(_), _) | (_, OngletDossiers::Invites) => true,
        }
    }
}

/// What is chosen in « Mes dossiers »; all of it is in the address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChoixDossiers {
    /// The tab.
    pub onglet: OngletDossiers,
    /// What is looked for; empty for everything.
    pub recherche: String,
    /// One démarche only.
    pub demarche: Option<DemarcheNumero>,
    /// One état or tag only.
    pub filtre: Option<FiltreDossiers>,
    /// The page, from 1.
    pub page: u64,
}

impl ChoixDossiers {
    /// Reads the words of an address; what can't be read is as if it were absent.
    #[must_use]
    pub fn lire(mut valeur: impl FnMut(&str) -> Option<String>) -> Self {
        let onglet = valeur("onglet").unwrap_or_default();
        let onglet = OngletDossiers::TOUS.into_iter().find(|o| o.code() == onglet);
        let onglet = onglet.unwrap_or_default();
        let filtre = valeur("filtre").unwrap_or_default();
        let filtre = FiltreDossiers::TOUS.into_iter().find(|f| f.code() == filtre);
        Self {
            onglet,
            recherche: valeur("q").unwrap_or_default().trim().chars().take(200).collect(),
            demarche: valeur("demarche").and_then(|texte| texte.parse().ok()),
            filtre: filtre.filter(|filtre| filtre.possible(onglet)),
            page: valeur("page").and_then(|texte| texte.parse().ok()).unwrap_or(1).max(1),
        }
    }

    /// The words of the address, by name, without the page.
    #[must_use]
    pub fn champs(&self) -> Vec<(&'static str, String)> {
        let onglet =
            (self.onglet != OngletDossiers::default()).then(|| self.onglet.code().to_owned());
        let recherche = (!self.recherche.is_empty()).then(|| self.recherche.clone());
        [
            ("onglet", onglet),
            ("q", recherche),
            ("demarche", self.demarche.map(|demarche| demarche.to_string())),
            ("filtre", self.filtre.map(|filtre| filtre.code().to_owned())),
        ]
        .into_iter()
        .filter_map(|(nom, valeur)| Some((nom, valeur?)))
        .collect()
    }

    /// Reads what [`Self::adresse`] gave, with a page.
    #[must_use]
    pub fn de_l_adresse(adresse: &str, page: u64) -> Self {
        let question = adresse.split_once('?').map_or("", |(_, question)| question);
        let paires: Vec<(String, String)> =
            url::form_urlencoded::parse(question.as_bytes()).into_owned().collect();
        let lu = Self::lire(|nom| paires.iter().find(|(n, _)| n == nom).map(|(_, v)| v.clone()));
        Self { page: page.max(1), ..lu }
    }

    /// The address that shows it, without its page.
    #[must_use]
    pub fn adresse(&self) -> String {
        let question = Serializer::new(String::new()).extend_pairs(self.champs()).finish();
        match question {
            vide if vide.is_empty() => "/dossiers".to_owned(),
            question => format!("/dossiers?{question}"),
        }
    }

    /// Another tab, with what is looked for.
    #[must_use]
    pub fn vers(&self, onglet: OngletDossiers) -> Self {
        let filtre = self.filtre.filter(|filtre| filtre.possible(onglet));
        Self { onglet, filtre, page: 1, ..self.clone() }
    }

    /// Whether everything of the tab is shown.
    #[must_use]
    pub fn tout(&self) -> bool {
        self.recherche.is_empty() && self.demarche.is_none() && self.filtre.is_none()
    }
}

/// A draft in « Mes dossiers ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarteBrouillon {
    /// The number that it will keep.
    pub numero: DossierNumero,
    /// Title of its démarche.
    pub demarche: String,
    /// When it was last saved.
    pub modifie_le: NaiveDateTime,
    /// Whether it is somebody else's, who invited the person.
    pub invite: bool,
}

/// « Mes dossiers ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MesDossiers {
    /// What is chosen.
    pub choix: ChoixDossiers,
    /// How many dossiers each tab has for what is looked for, in the order of [`OngletDossiers::TOUS`].
    pub comptes: [u64; 4],
    /// The drafts of the tab.
    pub brouillons: Vec<CarteBrouillon>,
    /// The dossiers.
    pub dossiers: Page<CarteDossier>,
    /// The démarches of the person's dossiers: number and title.
    pub demarches: Vec<(DemarcheNumero, String)>,
    /// How many dossiers and drafts only ProConnect opens to the person, who came in otherwise: nothing else is said of them.
    pub fermes: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_chosen_is_all_in_the_address(
            onglet in 0..4usize,
            q in "\\PC{0,40}",
            demarche in proptest::option::of(1i64..100_000),
            filtre in proptest::option::of(0..8usize),
        ) {
            let onglet = OngletDossiers::TOUS[onglet];
            let filtre = filtre.map(|f| FiltreDossiers::TOUS[f]).filter(|f| f.possible(onglet));
            let recherche = q.trim().to_owned();
            let demarche = demarche.map(DemarcheNumero);
            let choix = ChoixDossiers { onglet, recherche, demarche, filtre, page: 1 };
            prop_assert_eq!(ChoixDossiers::de_l_adresse(&choix.adresse(), 1), choix);
        }
    }

    #[test]
    fn an_address_that_makes_no_sense_shows_everything() {
        let choix = ChoixDossiers::lire(|nom| Some(format!("<{nom}>")));
        assert_eq!(
            (choix.onglet, choix.demarche, choix.filtre, choix.page),
            (OngletDossiers::EnCours, None, None, 1)
        );
    }
}
