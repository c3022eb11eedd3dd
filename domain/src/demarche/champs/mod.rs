//! The typed fields of a démarche's form, and what may be answered.
//!
//! An answer is kept as text, in one form only: a date as « 2024-06-07 », a number with a dot, a box as
//! « oui » or « non ». [`TypeChamp::montrer`] says it in French.

mod prives;

use crate::email;
use crate::erreur::{Probleme, Question, Saisie};
use crate::francais;
use crate::ids::ChampId;
use crate::message::LONGUEUR_MAX;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use prives::noter_retire;

/// The longest answer of one line, in characters.
pub const LIGNE_MAX: usize = 255;

/// The most fields a form may have.
pub const CHAMPS_MAX: usize = 200;

/// The most choices a field may offer.
pub const OPTIONS_MAX: usize = 200;

/// What a box that is ticked holds.
pub const OUI: &str = "oui";

/// What a box that is not ticked holds.
pub const NON: &str = "non";

/// What a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeChamp {
    /// One line.
    TexteCourt,
    /// Several lines.
    TexteLong,
    /// A number, with decimals or not.
    Nombre,
    /// A day.
    Date,
    /// One of the choices offered.
    Choix,
    /// A box to tick.
    CaseACocher,
    /// An e-mail address.
    Courriel,
    /// A telephone number.
    Telephone,
    /// A postal address.
    Adresse,
    /// Files.
    PieceJustificative,
}

impl TypeChamp {
    /// All of them, in the order in which an administrateur chooses.
    pub const TOUS: [Self; 10] = [
        Self::TexteCourt,
        Self::TexteLong,
        Self::Nombre,
        Self::Date,
        Self::Choix,
        Self::CaseACocher,
        Self::Courriel,
        Self::Telephone,
        Self::Adresse,
        Self::PieceJustificative,
    ];

    /// The word stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TexteCourt => "texte_court",
            Self::TexteLong => "texte_long",
            Self::Nombre => "nombre",
            Self::Date => "date",
            Self::Choix => "choix",
            Self::CaseACocher => "case_a_cocher",
            Self::Courriel => "courriel",
            Self::Telephone => "telephone",
            Self::Adresse => "adresse",
            Self::PieceJustificative => "piece_justificative",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|genre| genre.code() == code)
    }

    /// What an administrateur reads.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::TexteCourt => "Texte court",
            Self::TexteLong => "Texte long",
            Self::Nombre => "Nombre",
            Self::Date => "Date",
            Self::Choix => "Choix dans une liste",
            Self::CaseACocher => "Case à cocher",
            Self::Courriel => "Adresse électronique",
            Self::Telephone => "Téléphone",
            Self::Adresse => "Adresse postale",
            Self::PieceJustificative => "Pièce justificative",
        }
    }

    /// The longest answer, in characters.
    #[must_use]
    pub const fn longueur_max(self) -> usize {
        match self {
            Self::TexteLong => LONGUEUR_MAX,
            _ => LIGNE_MAX,
        }
    }

    /// Says a stored answer in French.
    #[must_use]
    pub fn montrer(self, valeur: &str) -> String {
        match self {
            Self::Date => NaiveDate::parse_from_str(valeur, "%Y-%m-%d")
                .map_or_else(|_| valeur.to_owned(), francais::date),
            Self::Nombre => valeur.replace('.', ","),
            Self::CaseACocher if valeur == OUI => "Oui".to_owned(),
            Self::CaseACocher => "Non".to_owned(),
            _ => valeur.to_owned(),
        }
    }
}

/// Who fills in a list of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pour {
    /// « Champs du formulaire »: usagers, as they file a dossier.
    Usagers,
    /// « Annotations privées »: instructeurs. Nobody else ever reads them.
    Administration,
}

impl Pour {
    /// Whether the answers are kept from usagers.
    #[must_use]
    pub const fn prive(self) -> bool {
        matches!(self, Self::Administration)
    }

    /// Reads [`Self::prive`] back.
    #[must_use]
    pub const fn de(prive: bool) -> Self {
        if prive { Self::Administration } else { Self::Usagers }
    }

    /// What a form sends.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Usagers => "usagers",
            Self::Administration => "administration",
        }
    }

    /// Whether such a field may be in the list. Files are shown, printed and archived with those of the dossier: a
    /// private one has no place there.
    #[must_use]
    pub fn offre(self, genre: TypeChamp) -> bool {
        self == Self::Usagers || genre != TypeChamp::PieceJustificative
    }
}

/// A field of a démarche's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionChamp {
    /// Its id.
    pub id: ChampId,
    /// What it asks for.
    pub genre: TypeChamp,
    /// What it is called.
    pub libelle: String,
    /// What helps to fill it in; may be empty.
    pub description: String,
    /// Whether it must be filled in.
    pub requis: bool,
    /// The choices, for [`TypeChamp::Choix`].
    pub options: Vec<String>,
}

impl DefinitionChamp {
    /// The version of what the form that changes it shows ([`crate::version`]).
    #[must_use]
    pub fn version(&self) -> String {
        let requis = if self.requis { "requis" } else { "" };
        let options = self.options.join("\n");
        crate::version::de(&[self.genre.code(), &self.libelle, &self.description, requis, &options])
    }
}

/// An answer as a dossier keeps it. The words of the question are kept with it: they stay what the person
/// read, whatever becomes of the form afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stocke")]
pub struct Reponse {
    /// The field; `None` for an answer that came with the dossier and has no field here.
    pub champ: Option<ChampId>,
    /// What the field was called.
    pub libelle: String,
    /// What it asked for.
    pub genre: TypeChamp,
    /// The answer, in its one form; empty when there is none.
    pub valeur: String,
}

/// What may be found in a stored dossier.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stocke {
    Complet { champ: Option<ChampId>, libelle: String, genre: TypeChamp, valeur: String },
    Paire(String, String),
}

impl From<Stocke> for Reponse {
    fn from(stocke: Stocke) -> Self {
        match stocke {
            Stocke::Complet { champ, libelle, genre, valeur } => {
                Self { champ, libelle, genre, valeur }
            }
            Stocke::Paire(libelle, valeur) => {
                Self { champ: None, libelle, genre: TypeChamp::TexteLong, valeur }
            }
        }
    }
}

/// Reads a telephone number and gives it in its one form; `None` for what is none. What knows all the numbers of the
/// world weighs too much for a browser: the server brings it.
pub type LireTelephone = fn(&str) -> Option<String>;

impl DefinitionChamp {
    /// Takes an answer and gives it in its one form; empty when nothing was answered and nothing must be.
    ///
    /// # Errors
    /// Why it can't be taken. Files are checked elsewhere: for them the answer is always empty.
    pub fn lire(&self, saisie: &str, telephone: LireTelephone) -> Result<String, Saisie> {
        if self.genre == TypeChamp::PieceJustificative {
            return Ok(String::new());
        }
        if self.genre == TypeChamp::CaseACocher {
            return match (saisie.trim(), self.requis) {
                ("on" | OUI, _) => Ok(OUI.to_owned()),
                (_, true) => Err(Saisie::NonCoche),
                (_, false) => Ok(NON.to_owned()),
            };
        }
        let texte = self.nettoyer(saisie)?;
        match (texte.is_empty(), self.requis) {
            (true, true) => Err(Saisie::Vide),
            (true, false) => Ok(texte),
            (false, _) => self.normaliser(texte, telephone),
        }
    }

    /// Trims; on one line where one line is asked for.
    fn nettoyer(&self, saisie: &str) -> Result<String, Saisie> {
        let lignes = matches!(self.genre, TypeChamp::TexteLong | TypeChamp::Adresse);
        let texte: String = saisie
            .replace("\r\n", "\n")
            .chars()
            .map(|c| if c == '\n' && !lignes { ' ' } else { c })
            .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
            .collect();
        let texte = texte.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}');
        let (longueur, max) = (texte.chars().count(), self.genre.longueur_max());
        if longueur > max {
            return Err(Saisie::TropLongPour { max, longueur });
        }
        Ok(texte.to_owned())
    }

    fn normaliser(&self, texte: String, telephone: LireTelephone) -> Result<String, Saisie> {
        match self.genre {
            TypeChamp::Nombre => nombre(&texte).ok_or(Saisie::PasUnNombre),
            TypeChamp::Date => jour(&texte).map(|j| j.to_string()).ok_or(Saisie::PasUneDate),
            TypeChamp::Choix if self.options.contains(&texte) => Ok(texte),
            TypeChamp::Choix => Err(Saisie::HorsChoix),
            TypeChamp::Courriel => email::lire(&texte).ok_or(Saisie::PasUnEmail),
            TypeChamp::Telephone => telephone(&texte).ok_or(Saisie::PasUnTelephone),
            _ => Ok(texte),
        }
    }
}

/// Takes all the answers of a form, in its order. `saisies`: what was typed, by field; `fichiers`: how many
/// files each field has.
///
/// # Errors
/// All that is wrong, in the order of the form.
pub fn lire_tout(
    champs: &[DefinitionChamp],
    saisies: &BTreeMap<ChampId, String>,
    fichiers: &BTreeMap<ChampId, usize>,
    telephone: LireTelephone,
) -> Result<Vec<Reponse>, Vec<Probleme>> {
    let (mut reponses, mut problemes) = (Vec::new(), Vec::new());
    for champ in champs {
        let saisie = saisies.get(&champ.id).map_or("", String::as_str);
        let manque = champ.genre == TypeChamp::PieceJustificative
            && champ.requis
            && fichiers.get(&champ.id).is_none_or(|combien| *combien == 0);
        let lu = if manque { Err(Saisie::FichierManquant) } else { champ.lire(saisie, telephone) };
        match lu {
            Ok(valeur) => reponses.push(champ.repondre(valeur)),
            Err(probleme) => {
                problemes.push(Probleme { question: Question::Champ(champ.id), probleme });
            }
        }
    }
    if problemes.is_empty() { Ok(reponses) } else { Err(problemes) }
}

/// Takes what can be taken of a form that is not finished, as it was typed: nothing is required of a draft.
#[must_use]
pub fn lire_brouillon(
    champs: &[DefinitionChamp],
    saisies: &BTreeMap<ChampId, String>,
    telephone: LireTelephone,
) -> Vec<Reponse> {
    champs
        .iter()
        .map(|champ| {
            let saisie = saisies.get(&champ.id).map_or("", String::as_str);
            let brut: String = saisie.chars().take(champ.genre.longueur_max()).collect();
            champ.repondre(champ.lire(saisie, telephone).unwrap_or(brut))
        })
        .collect()
}

impl DefinitionChamp {
    fn repondre(&self, valeur: String) -> Reponse {
        Reponse { champ: Some(self.id), libelle: self.libelle.clone(), genre: self.genre, valeur }
    }
}

/// « 1 234,50 » → « 1234.50 ».
fn nombre(texte: &str) -> Option<String> {
    let compact: String = texte.chars().filter(|c| !c.is_whitespace()).collect();
    let compact = compact.replace(',', ".");
    let (signe, chiffres) = match compact.strip_prefix('-') {
        Some(chiffres) => ("-", chiffres),
        None => ("", compact.strip_prefix('+').unwrap_or(&compact)),
    };
    let (entier, decimales) = chiffres.split_once('.').unwrap_or((chiffres, "0"));
    let que_des_chiffres = |t: &str| !t.is_empty() && t.bytes().all(|c| c.is_ascii_digit());
    let juste = que_des_chiffres(entier) && que_des_chiffres(decimales) && chiffres.len() <= 30;
    juste.then(|| format!("{signe}{chiffres}"))
}

/// Reads « 2024-06-07 », as browsers send it, and « 7/6/2024 », as people type it.
pub(crate) fn jour(texte: &str) -> Option<NaiveDate> {
    ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"]
        .iter()
        .find_map(|forme| NaiveDate::parse_from_str(texte, forme).ok())
        .filter(|jour| (1000..=9999).contains(&jour.year()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn champ(genre: TypeChamp, requis: bool) -> DefinitionChamp {
        DefinitionChamp {
            id: ChampId(1),
            genre,
            libelle: "Question".to_owned(),
            description: String::new(),
            requis,
            options: vec!["Oui, bien sûr".to_owned(), "Non".to_owned()],
        }
    }

    /// Digits are a number here.
    pub(super) fn numero(texte: &str) -> Option<String> {
        let chiffres = texte.strip_prefix('+').unwrap_or(texte);
        (!chiffres.is_empty() && chiffres.bytes().all(|c| c.is_ascii_digit()))
            .then(|| format!("+{chiffres}"))
    }

    #[test]
    fn every_code_reads_back() {
        for genre in TypeChamp::TOUS {
            assert_eq!(TypeChamp::from_code(genre.code()), Some(genre));
        }
        assert_eq!(TypeChamp::from_code("autre"), None);
    }

    #[test]
    fn only_spaces_are_no_answer() {
        for genre in TypeChamp::TOUS {
            if matches!(genre, TypeChamp::PieceJustificative | TypeChamp::CaseACocher) {
                continue;
            }
            for vide in ["", "  \r\n ", "\u{a0}", "\u{200b}"] {
                assert_eq!(
                    champ(genre, true).lire(vide, numero),
                    Err(Saisie::Vide),
                    "{genre:?} {vide:?}"
                );
                assert_eq!(champ(genre, false).lire(vide, numero).as_deref(), Ok(""), "{genre:?}");
            }
        }
    }

    #[test]
    fn numbers_are_taken_as_people_type_them() {
        for (saisie, attendu) in [
            ("42", Some("42")),
            (" 1 234,50 ", Some("1234.50")),
            ("1\u{202f}234", Some("1234")),
            ("-3.5", Some("-3.5")),
            ("+7", Some("7")),
            ("quarante-deux", None),
            ("1e9", None),
            ("1,2,3", None),
            ("3,", None),
            ("NaN", None),
            ("-", None),
            ("٤٢", None),
        ] {
            assert_eq!(
                champ(TypeChamp::Nombre, true).lire(saisie, numero).ok().as_deref(),
                attendu,
                "{saisie}"
            );
        }
    }

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for (saisie, attendu) in [
            ("2024-02-29", Some("2024-02-29")),
            ("29/02/2024", Some("2024-02-29")),
            ("7/6/2024", Some("2024-06-07")),
            ("2023-02-29", None),
            ("31/04/2024", None),
            ("0024-01-01", None),
            ("12/31/2024", None),
            ("demain", None),
        ] {
            assert_eq!(
                champ(TypeChamp::Date, true).lire(saisie, numero).ok().as_deref(),
                attendu,
                "{saisie}"
            );
        }
        assert_eq!(TypeChamp::Date.montrer("2024-08-01"), "1er août 2024");
    }

    #[test]
    fn telephones_and_emails_are_taken_in_one_form() {
        for (saisie, attendu) in [
            ("0122334455", Some("+0122334455")),
            ("12 ", Some("+12")),
            ("01 22 33 44 5x", None),
            ("", None),
        ] {
            assert_eq!(
                champ(TypeChamp::Telephone, true).lire(saisie, numero).ok().as_deref(),
                attendu,
                "{saisie}"
            );
        }
        let courriel = champ(TypeChamp::Courriel, true);
        assert_eq!(courriel.lire(" A@B.fr ", numero).as_deref(), Ok("a@b.fr"));
        assert_eq!(courriel.lire("a@b", numero), Err(Saisie::PasUnEmail));
    }

    #[test]
    fn a_choice_that_was_not_offered_is_refused() {
        let choix = champ(TypeChamp::Choix, true);
        assert_eq!(choix.lire("Oui, bien sûr", numero).as_deref(), Ok("Oui, bien sûr"));
        assert_eq!(choix.lire("oui", numero), Err(Saisie::HorsChoix));
    }

    #[test]
    fn a_box_that_must_be_ticked_must_be() {
        assert_eq!(champ(TypeChamp::CaseACocher, true).lire("", numero), Err(Saisie::NonCoche));
        assert_eq!(champ(TypeChamp::CaseACocher, false).lire("", numero).as_deref(), Ok(NON));
        assert_eq!(champ(TypeChamp::CaseACocher, true).lire("on", numero).as_deref(), Ok(OUI));
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let mut second = champ(TypeChamp::PieceJustificative, true);
        second.id = ChampId(2);
        let champs = [champ(TypeChamp::Nombre, true), second];
        let saisies = BTreeMap::from([(ChampId(1), "x".to_owned())]);
        let problemes = lire_tout(&champs, &saisies, &BTreeMap::new(), numero).unwrap_err();
        assert_eq!(
            problemes,
            [
                Probleme { question: Question::Champ(ChampId(1)), probleme: Saisie::PasUnNombre },
                Probleme {
                    question: Question::Champ(ChampId(2)),
                    probleme: Saisie::FichierManquant
                },
            ]
        );
        let saisies = BTreeMap::from([(ChampId(1), "3".to_owned())]);
        let fichiers = BTreeMap::from([(ChampId(2), 1)]);
        assert_eq!(lire_tout(&champs, &saisies, &fichiers, numero).unwrap().len(), 2);
    }

    #[test]
    fn a_draft_keeps_what_could_not_be_taken() {
        let champs = [champ(TypeChamp::Date, true)];
        let saisies = BTreeMap::from([(ChampId(1), "le 3".to_owned())]);
        assert_eq!(lire_brouillon(&champs, &saisies, numero)[0].valeur, "le 3");
    }

    #[test]
    fn the_answers_of_the_first_version_are_still_read() {
        let lues: Vec<Reponse> = serde_json::from_str(r#"[["Commune","Saint-Péray"]]"#).unwrap();
        assert_eq!((lues[0].libelle.as_str(), lues[0].champ), ("Commune", None));
        let encore: Vec<Reponse> =
            serde_json::from_str(&serde_json::to_string(&lues).unwrap()).unwrap();
        assert_eq!(encore, lues);
    }

    #[test]
    fn a_file_is_the_only_type_that_private_fields_lack() {
        for genre in TypeChamp::TOUS {
            assert!(Pour::Usagers.offre(genre));
            let offert = Pour::Administration.offre(genre);
            assert_eq!(offert, genre != TypeChamp::PieceJustificative);
        }
        for pour in [Pour::Usagers, Pour::Administration] {
            assert_eq!(Pour::de(pour.prive()), pour);
            assert_eq!(serde_json::to_value(pour).unwrap(), pour.code());
        }
    }

    fn genre() -> impl Strategy<Value = TypeChamp> {
        (0..TypeChamp::TOUS.len()).prop_map(|rang| TypeChamp::TOUS[rang])
    }

    proptest! {
        #[test]
        fn what_was_taken_is_taken_again_unchanged(genre in genre(), texte in "\\PC{0,300}", requis: bool) {
            let champ = champ(genre, requis);
            if let Ok(valeur) = champ.lire(&texte, numero) {
                prop_assert!(valeur.chars().count() <= genre.longueur_max());
                prop_assert_eq!(champ.lire(&valeur, numero), Ok(valeur.clone()));
                let _ = genre.montrer(&valeur);
            }
        }

        #[test]
        fn a_day_reads_back(jours in 365_000i32..3_600_000) {
            let date = NaiveDate::from_num_days_from_ce_opt(jours).unwrap();
            let lue = champ(TypeChamp::Date, true).lire(&date.format("%d/%m/%Y").to_string(), numero);
            prop_assert_eq!(lue, Ok(date.to_string()));
        }
    }
}
