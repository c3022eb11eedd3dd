//! What an administrateur types to join a démarche, checked before the platform is asked anything.

use crate::champs::jour;
use crate::erreur::{Champ, Erreur, Saisie};
use crate::raccordement::ErreurDistante;
use chrono::{Days, NaiveDate};

/// The longest token taken, in characters: those of today have about a hundred.
const JETON_MAX: usize = 500;

/// How far the end of a token may be, in days: the platform makes none for longer than a year.
const DUREE_MAX: u64 = 366;

/// Reads « Numéro de la démarche »: « 91234 », « n° 91 234 ».
///
/// # Errors
/// An error about [`Champ::NumeroDistant`].
pub fn numero(texte: &str) -> Result<i64, Erreur> {
    let serre: String = texte.chars().filter(|c| !c.is_whitespace()).collect();
    if serre.is_empty() {
        return Err(Erreur::champ(Champ::NumeroDistant, Saisie::Vide));
    }
    let nu = serre.trim_start_matches(['n', 'N', '°', 'º']);
    let lu = nu.bytes().all(|c| c.is_ascii_digit()).then(|| nu.parse::<i32>().ok()).flatten();
    let faux = Erreur::champ(Champ::NumeroDistant, Saisie::PasUnNumeroDeDemarche);
    lu.filter(|numero| *numero > 0).map(i64::from).ok_or(faux)
}

/// Reads « Jeton d'accès »: letters of the Base64 of addresses, whatever was copied around them.
///
/// # Errors
/// An error about [`Champ::Jeton`].
pub fn jeton(texte: &str) -> Result<String, Erreur> {
    let texte = texte.trim();
    if texte.is_empty() {
        return Err(Erreur::champ(Champ::Jeton, Saisie::Vide));
    }
    let lettre = |c: u8| c.is_ascii_alphanumeric() || b"-_=+/".contains(&c);
    if texte.len() > JETON_MAX || !texte.bytes().all(lettre) {
        return Err(Erreur::champ(Champ::Jeton, Saisie::PasUnJeton));
    }
    Ok(texte.to_owned())
}

/// Reads « Dernier jour du jeton »: from today to a year from now.
///
/// # Errors
/// An error about [`Champ::JetonExpire`].
pub fn expiration(texte: &str, aujourd_hui: NaiveDate) -> Result<NaiveDate, Erreur> {
    let faux = |probleme| Erreur::champ(Champ::JetonExpire, probleme);
    let texte = texte.trim();
    if texte.is_empty() {
        return Err(faux(Saisie::Vide));
    }
    let lu = jour(texte).ok_or(faux(Saisie::PasUneDate))?;
    let dernier = aujourd_hui.checked_add_days(Days::new(DUREE_MAX)).unwrap_or(aujourd_hui);
    if (aujourd_hui..=dernier).contains(&lu) { Ok(lu) } else { Err(faux(Saisie::PasDansLAnnee)) }
}

/// What is wrong with what was typed, when the platform says no: the field that is to be changed has it; what passes by
/// itself is about none.
#[must_use]
pub fn refus(erreur: ErreurDistante) -> Erreur {
    let champ = match erreur {
        ErreurDistante::JetonInconnu
        | ErreurDistante::JetonExpire
        | ErreurDistante::LectureSeule
        | ErreurDistante::AdresseRefusee(_) => Champ::Jeton,
        ErreurDistante::DroitsPerdus | ErreurDistante::Introuvable => Champ::NumeroDistant,
        ErreurDistante::AdresseInterdite => Champ::Plateforme,
        autre => return Erreur::Distante(autre),
    };
    Erreur::champ(champ, Saisie::Distante(erreur))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn le(annee: i32, mois: u32, jour: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(annee, mois, jour).unwrap()
    }

    #[test]
    fn a_number_is_read_as_people_copy_it() {
        for texte in ["91234", " 91 234 ", "n° 91234", "N°\u{a0}91\u{202f}234"] {
            assert_eq!(numero(texte), Ok(91_234), "{texte}");
        }
        for texte in ["0", "-1", "12a", "99999999999", "n°", "1.5", "https://x/91234"] {
            assert!(numero(texte).unwrap_err().sur(Champ::NumeroDistant).is_some(), "{texte}");
        }
    }

    #[test]
    fn a_token_is_one_word_of_its_letters() {
        assert_eq!(jeton(" QWJj-_0=\n"), Ok("QWJj-_0=".to_owned()));
        for texte in ["", "  ", "deux mots", "é", "a\u{0}", &"a".repeat(501)] {
            assert!(jeton(texte).unwrap_err().sur(Champ::Jeton).is_some(), "{texte}");
        }
    }

    #[test]
    fn a_token_ends_within_a_year() {
        let jour = le(2024, 5, 27);
        for (texte, lu) in [
            ("27/5/2024", le(2024, 5, 27)),
            ("2025-05-27", le(2025, 5, 27)),
            (" 28/05/2025 ", le(2025, 5, 28)),
        ] {
            assert_eq!(expiration(texte, jour), Ok(lu), "{texte}");
        }
        for (texte, probleme) in [
            ("", Saisie::Vide),
            ("26/05/2024", Saisie::PasDansLAnnee),
            ("29/05/2025", Saisie::PasDansLAnnee),
            ("31/02/2025", Saisie::PasUneDate),
        ] {
            assert_eq!(
                expiration(texte, jour).unwrap_err().sur(Champ::JetonExpire),
                Some(&probleme)
            );
        }
    }

    #[test]
    fn a_refusal_is_beside_the_field_to_change() {
        let champ = |erreur: ErreurDistante| match refus(erreur) {
            Erreur::Champ { champ, .. } => Some(champ),
            _ => None,
        };
        assert_eq!(champ(ErreurDistante::LectureSeule), Some(Champ::Jeton));
        assert_eq!(champ(ErreurDistante::AdresseRefusee(String::new())), Some(Champ::Jeton));
        assert_eq!(champ(ErreurDistante::DroitsPerdus), Some(Champ::NumeroDistant));
        assert_eq!(champ(ErreurDistante::AdresseInterdite), Some(Champ::Plateforme));
        assert_eq!(champ(ErreurDistante::Injoignable), None);
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_crashes(texte in ".*") {
            let _ = (numero(&texte), jeton(&texte), expiration(&texte, le(2024, 5, 27)));
        }
    }
}
