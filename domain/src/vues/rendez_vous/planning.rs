//! « Rendez-vous avec les usagers »: what its address says, so that a view can be kept and shared.

use crate::ids::{CompteId, DemarcheNumero};
use crate::rendez_vous::Genre;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use url::form_urlencoded::Serializer;

/// How the rendez-vous are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VueRdv {
    /// Cards, those to come then those over.
    #[default]
    Liste,
    /// A week, day by day.
    Semaine,
    /// A day, to be printed.
    Jour,
}

impl VueRdv {
    /// All of them, as the page lists them.
    pub const TOUTES: [Self; 3] = [Self::Liste, Self::Semaine, Self::Jour];

    /// The word of the address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Liste => "liste",
            Self::Semaine => "semaine",
            Self::Jour => "jour",
        }
    }

    /// What the page calls it.
    #[must_use]
    pub const fn nom(self) -> &'static str {
        match self {
            Self::Liste => "Liste",
            Self::Semaine => "Semaine",
            Self::Jour => "Jour",
        }
    }
}

/// Which rendez-vous are shown, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FiltresRdv {
    /// Number of a dossier, name or e-mail.
    pub recherche: String,
    /// Where they take place.
    pub genre: Option<Genre>,
    /// Who holds them.
    pub instructeur: Option<CompteId>,
    /// How they are laid out.
    pub vue: VueRdv,
    /// The day that is shown, or a day of the week that is.
    pub le: Option<NaiveDate>,
    /// The page of those that are over, from 1; 0 stands for 1.
    pub page: u64,
}

/// Years that a calendar may show: an address typed by hand can't ask for more.
const ANNEES: std::ops::RangeInclusive<i32> = 2000..=2199;

impl FiltresRdv {
    /// Reads an address, whose value of a name `lire` gives. What can't be read is not asked for.
    #[must_use]
    pub fn de(lire: impl Fn(&str) -> Option<String>) -> Self {
        let vue = lire("vue");
        Self {
            recherche: lire("recherche").unwrap_or_default().trim().chars().take(100).collect(),
            genre: lire("genre").and_then(|code| Genre::from_code(&code)),
            instructeur: lire("instructeur").and_then(|id| id.parse().ok()),
            vue: VueRdv::TOUTES
                .into_iter()
                .find(|autre| Some(autre.code()) == vue.as_deref())
                .unwrap_or_default(),
            le: lire("le")
                .and_then(|jour| jour.parse::<NaiveDate>().ok())
                .filter(|jour| ANNEES.contains(&jour.year())),
            page: lire("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1),
        }
    }

    /// Whether some rendez-vous are left out.
    #[must_use]
    pub const fn filtre(&self) -> bool {
        !self.recherche.is_empty() || self.genre.is_some() || self.instructeur.is_some()
    }

    /// The address that says it.
    #[must_use]
    pub fn adresse(&self, numero: DemarcheNumero) -> String {
        let mut question = Serializer::new(String::new());
        if self.vue != VueRdv::Liste {
            question.append_pair("vue", self.vue.code());
        }
        if let Some(le) = self.le {
            question.append_pair("le", &le.to_string());
        }
        if !self.recherche.is_empty() {
            question.append_pair("recherche", &self.recherche);
        }
        if let Some(genre) = self.genre {
            question.append_pair("genre", genre.code());
        }
        if let Some(instructeur) = self.instructeur {
            question.append_pair("instructeur", &instructeur.to_string());
        }
        let question = question.finish();
        let chemin = format!("/instructeur/demarches/{numero}/rendez-vous");
        if question.is_empty() { chemin } else { format!("{chemin}?{question}") }
    }

    /// The same in another layout, on another day.
    #[must_use]
    pub fn vers(&self, vue: VueRdv, le: Option<NaiveDate>) -> Self {
        Self { vue, le, page: 1, ..self.clone() }
    }
}

/// The Monday of the week of `jour`.
#[must_use]
pub fn lundi(jour: NaiveDate) -> NaiveDate {
    let depuis = u64::from(jour.weekday().num_days_from_monday());
    jour.checked_sub_days(Days::new(depuis)).unwrap_or(jour)
}

/// Saturday or Sunday.
#[must_use]
pub fn week_end(jour: NaiveDate) -> bool {
    matches!(jour.weekday(), Weekday::Sat | Weekday::Sun)
}

/// `jour`, `combien` days later or earlier.
#[must_use]
pub fn decale(jour: NaiveDate, combien: i64) -> NaiveDate {
    let jours = Days::new(combien.unsigned_abs());
    let autre =
        if combien < 0 { jour.checked_sub_days(jours) } else { jour.checked_add_days(jours) };
    autre.unwrap_or(jour)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lire(question: &str) -> FiltresRdv {
        FiltresRdv::de(|nom| {
            url::form_urlencoded::parse(question.as_bytes())
                .find(|(autre, _)| autre == nom)
                .map(|(_, valeur)| valeur.into_owned())
        })
    }

    #[test]
    fn an_address_says_again_what_was_read_in_it() {
        let question =
            "vue=semaine&le=2024-06-07&recherche=Élo%C3%AFse+%26&genre=visio&instructeur=3";
        let lus = lire(question);
        assert_eq!(lus.vue, VueRdv::Semaine);
        assert_eq!(lus.genre, Some(Genre::Visio));
        let adresse = lus.adresse(DemarcheNumero(88_454));
        let (chemin, relu) = adresse.split_once('?').unwrap();
        assert_eq!(chemin, "/instructeur/demarches/88454/rendez-vous");
        assert_eq!(lire(relu), lus);
        assert_eq!(
            FiltresRdv::default().adresse(DemarcheNumero(1)),
            "/instructeur/demarches/1/rendez-vous"
        );
    }

    #[test]
    fn what_can_not_be_read_is_not_asked_for() {
        let lus = lire("vue=lune&le=31/02/2024&genre=train&instructeur=moi&page=-1&recherche=+++");
        assert_eq!(lus, FiltresRdv { page: 1, ..FiltresRdv::default() });
        assert!(!lus.filtre());
        assert_eq!(lire("le=%2B999999-01-01").le, None);
    }

    #[test]
    fn a_week_begins_on_monday() {
        let jour = |texte: &str| texte.parse::<NaiveDate>().unwrap();
        for (de, lundi_de) in [
            ("2024-06-07", "2024-06-03"),
            ("2024-06-03", "2024-06-03"),
            ("2024-06-09", "2024-06-03"),
            ("2025-01-01", "2024-12-30"),
        ] {
            assert_eq!(lundi(jour(de)), jour(lundi_de), "{de}");
        }
        assert_eq!(decale(jour("2024-03-31"), 1), jour("2024-04-01"));
        assert_eq!(decale(jour("2024-03-01"), -1), jour("2024-02-29"));
    }
}
