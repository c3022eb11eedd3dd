//! Telephone numbers: taken as people write them, kept and shown as they are dialled.
//!
//! The library weighs too much for a browser: numbers are read on the server only, and kept in the form in which they
//! are shown.

use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, PhoneNumber, country};
use unicode_normalization::UnicodeNormalization;

/// The country code of France.
const FRANCE: u16 = 33;

/// Those of its overseas territories whose numbers have ten digits too, and are dialled alike.
const OUTRE_MER: [u16; 4] = [262, 590, 594, 596];

/// Where numbers of the place are shorter.
const COURTS: [country::Id; 4] = [country::NC, country::PF, country::PM, country::WF];

/// What a text says.
enum Numero {
    /// A number that can be dialled from anywhere.
    Complet(PhoneNumber),
    /// « 75 12 34 »: a number of several overseas territories. Nobody but who wrote it knows of which.
    Local(String, Vec<PhoneNumber>),
}

/// A number as it is dialled: « 01 22 33 44 55 », « 0262 12 34 56 », « +687 75 12 34 », « +32 2 123 45 67 ». A number of
/// the place that several territories have stays so: « 75 12 34 ». `None` for what is no number.
#[must_use]
pub fn lire(texte: &str) -> Option<String> {
    Some(match reconnaitre(texte)? {
        Numero::Complet(numero) => montrer(&numero),
        Numero::Local(chiffres, _) => par_deux(&chiffres),
    })
}

/// A text in which there may be a number alone: as it is dialled, or as it is.
#[must_use]
pub fn presenter(texte: &str) -> String {
    lire(texte).unwrap_or_else(|| texte.to_owned())
}

/// The same, to be read on a page: no line cuts the number.
#[must_use]
pub fn insecable(texte: &str) -> String {
    presenter(texte).replace(' ', "\u{a0}")
}

/// The forms in which a number is compared: those of the territories that it may be of. None for what is no number.
#[must_use]
pub fn formes(texte: &str) -> Vec<String> {
    let numeros = match reconnaitre(texte) {
        None => vec![],
        Some(Numero::Complet(numero)) => vec![numero],
        Some(Numero::Local(_, numeros)) => numeros,
    };
    numeros.iter().map(|numero| numero.format().mode(Mode::E164).to_string()).collect()
}

fn reconnaitre(texte: &str) -> Option<Numero> {
    let (plus, chiffres) = decouper(texte)?;
    let sans_00 = chiffres.trim_start_matches('0');
    match (plus, chiffres.len()) {
        (true, _) => international(sans_00).map(Numero::Complet),
        (false, _) if chiffres.starts_with("00") => international(sans_00).map(Numero::Complet),
        (false, 10) if chiffres.starts_with('0') => a_dix_chiffres(sans_00).map(Numero::Complet),
        (false, _) if chiffres.starts_with('0') => None,
        // As a spreadsheet leaves it.
        (false, 9) => a_dix_chiffres(&chiffres).map(Numero::Complet),
        (false, 6 | 8) => local(chiffres),
        (false, 11..) => {
            international(&chiffres).filter(PhoneNumber::is_valid).map(Numero::Complet)
        }
        _ => None,
    }
}

/// Whether it begins with « + », and its digits; `None` when there is anything else than what separates digits.
fn decouper(texte: &str) -> Option<(bool, String)> {
    let visible = |c: &char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}');
    let texte: String = texte.nfkc().filter(visible).collect();
    let texte = texte.trim().trim_start_matches("tel:");
    // « (+33) 1 22 33 44 55 ».
    let sans_plus = texte.strip_prefix('+').or_else(|| texte.strip_prefix("(+"));
    let mut chiffres = String::new();
    for c in sans_plus.unwrap_or(texte).chars() {
        match c {
            '0'..='9' => chiffres.push(c),
            '.' | ',' | '-' | '/' | '(' | ')' | '[' | ']' | '_' | '·' | '•' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' => {}
            c if c.is_whitespace() => {}
            _ => return None,
        }
    }
    (6..=20).contains(&chiffres.len()).then_some((sans_plus.is_some(), chiffres))
}

/// `chiffres`: the country code and the rest, with « (0) » or without.
fn international(chiffres: &str) -> Option<PhoneNumber> {
    let numero = du_monde(chiffres)?;
    if numero.code().value() == FRANCE {
        return a_dix_chiffres(&numero.national().to_string());
    }
    Some(numero)
}

fn du_monde(chiffres: &str) -> Option<PhoneNumber> {
    let texte = format!("+{chiffres}");
    let code = phonenumber::parse(None, &texte).ok()?.code().value();
    let mut pays = DATABASE.by_code(&code)?.into_iter().filter_map(|m| m.id().parse().ok());
    // Read again as one of a country of this code: « (0) » goes where it is not dialled from abroad.
    let numero = match pays.next() {
        Some(pays) => phonenumber::parse(Some(pays), &texte).ok()?,
        None => phonenumber::parse(None, &texte).ok()?,
    };
    possible(&numero).then_some(numero)
}

/// Whether a number may be one of its country. Not only those given out: a range opened yesterday is not yet known.
fn possible(numero: &PhoneNumber) -> bool {
    let national = numero.national().to_string();
    numero.is_valid()
        || DATABASE.by_code(&numero.code().value()).is_some_and(|pays| {
            pays.iter().any(|metadata| {
                let general = metadata.descriptors().general();
                let (jeu, longueurs) = (general.national_number(), general.possible_length());
                let entier = jeu.find(&national).is_some_and(|m| m.as_str() == national);
                let longueur = u16::try_from(national.len()).unwrap_or(u16::MAX);
                entier && (longueurs.is_empty() || longueurs.contains(&longueur))
            })
        })
}

/// `chiffres`: the nine after the 0. Those of a territory overseas have its country code.
fn a_dix_chiffres(chiffres: &str) -> Option<PhoneNumber> {
    let de = |code: u16| du_monde(&format!("{code}{chiffres}"));
    OUTRE_MER.into_iter().filter_map(de).find(a_dix_chiffres_outre_mer).or_else(|| de(FRANCE))
}

/// Whether a number is of an overseas territory, and dialled with ten digits. Those with an 8 or a 9 are national.
fn a_dix_chiffres_outre_mer(numero: &PhoneNumber) -> bool {
    OUTRE_MER.contains(&numero.code().value())
        && numero.is_valid()
        && numero.national().to_string().starts_with(['2', '5', '6', '7'])
}

fn local(chiffres: String) -> Option<Numero> {
    let numeros: Vec<PhoneNumber> = COURTS
        .into_iter()
        .filter_map(|pays| phonenumber::parse(Some(pays), &chiffres).ok())
        .filter(PhoneNumber::is_valid)
        .collect();
    match numeros.len() {
        0 => None,
        1 => numeros.into_iter().next().map(Numero::Complet),
        _ => Some(Numero::Local(chiffres, numeros)),
    }
}

fn montrer(numero: &PhoneNumber) -> String {
    let national = numero.code().value() == FRANCE || a_dix_chiffres_outre_mer(numero);
    let mode = if national { Mode::National } else { Mode::International };
    numero.format().mode(mode).to_string().replace(['.', '-'], " ")
}

/// « 75 12 34 ».
fn par_deux(chiffres: &str) -> String {
    let mut montre = String::new();
    for (rang, chiffre) in chiffres.chars().enumerate() {
        if rang > 0 && rang % 2 == 0 {
            montre.push(' ');
        }
        montre.push(chiffre);
    }
    montre
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_taken_as_people_write_it_and_shown_as_it_is_dialled() {
        for (ecrit, montre) in [
            ("0122334455", "01 22 33 44 55"),
            ("01 22 33 44 55", "01 22 33 44 55"),
            ("01.22.33.44.55", "01 22 33 44 55"),
            ("01-22-33-44-55", "01 22 33 44 55"),
            ("01\u{a0}22\u{202f}33 44 55", "01 22 33 44 55"),
            ("06/12/34/56/78", "06 12 34 56 78"),
            ("06,12,34,56,78", "06 12 34 56 78"),
            ("+33 (0)1 22 33 44 55", "01 22 33 44 55"),
            ("+33(0)1.22.33.44.55", "01 22 33 44 55"),
            ("+330122334455", "01 22 33 44 55"),
            ("+33 1 22 33 44 55", "01 22 33 44 55"),
            ("(+33) 1 22 33 44 55", "01 22 33 44 55"),
            ("00 33 1 22 33 44 55", "01 22 33 44 55"),
            ("0033 (0)6 12 34 56 78", "06 12 34 56 78"),
            ("33612345678", "06 12 34 56 78"),
            ("612345678", "06 12 34 56 78"),
            ("tel:+33612345678", "06 12 34 56 78"),
            ("０６１２３４５６７８", "06 12 34 56 78"),
            ("\u{202a}06 12 34 56 78\u{202c}", "06 12 34 56 78"),
            // Kept for fiction: not given out, and yet a number.
            ("06 39 98 12 34", "06 39 98 12 34"),
            ("0800123456", "0 800 12 34 56"),
            // La Réunion, Mayotte, Guadeloupe, Guyane, Martinique.
            ("0262123456", "0262 12 34 56"),
            ("0692 12 34 56", "0692 12 34 56"),
            ("+262 692 12 34 56", "0692 12 34 56"),
            ("+262 (0)692 12 34 56", "0692 12 34 56"),
            ("0269 60 12 34", "0269 60 12 34"),
            ("0590 20 12 34", "0590 20 12 34"),
            ("+590 690 00 12 34", "0690 00 12 34"),
            ("0594101234", "0594 10 12 34"),
            ("0596301234", "0596 30 12 34"),
            // Nouvelle-Calédonie and others have short ones.
            ("75 12 34", "75 12 34"),
            ("75.12.34", "75 12 34"),
            ("+687 75 12 34", "+687 75 12 34"),
            ("00687751234", "+687 75 12 34"),
            ("87 12 34 56", "+689 87 12 34 56"),
            ("40.41.23.45", "+689 40 41 23 45"),
            ("+508 41 12 34", "+508 41 12 34"),
            ("+681 72 12 34", "+681 72 12 34"),
            ("+32 2 123 45 67", "+32 2 123 45 67"),
            ("+39 06 1234 5678", "+39 06 1234 5678"),
            ("+44 (0)20 7946 0958", "+44 20 7946 0958"),
            ("\u{202a}+33 6 12 34 56 78\u{202c}", "06 12 34 56 78"),
            ("+33 596 30 12 34", "0596 30 12 34"),
        ] {
            assert_eq!(lire(ecrit).as_deref(), Some(montre), "{ecrit}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for faux in [
            "",
            " ",
            "12",
            "01 22 33 44 5",
            "01 22 33 44 5x",
            "01 22 33 44 55 66",
            "06 12 34 56",
            "00 00 00 00 00",
            "+",
            "+33",
            "+33 1 22 33 44",
            "+999 12 34 56 78",
            "bonjour",
            "01 22 33 44 55 ou 06 12 34 56 78",
            "01 22 33 44 55 poste 12",
            "17606854012345678901",
        ] {
            assert_eq!(lire(faux), None, "{faux}");
        }
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let meme = |un: &str, autre: &str| formes(un).iter().any(|f| formes(autre).contains(f));
        for (un, autre) in [
            ("06 12 34 56 78", "+33612345678"),
            ("+33 (0)1 22 33 44 55", "01.22.33.44.55"),
            ("0692 12 34 56", "+262692123456"),
            ("75 12 34", "+687751234"),
            ("87123456", "+689 87 12 34 56"),
        ] {
            assert!(meme(un, autre), "{un} {autre}");
        }
        assert!(!meme("06 12 34 56 78", "06 12 34 56 79"));
        assert!(!meme("bonjour", "bonjour"));
    }

    proptest! {
        #[test]
        fn what_was_taken_is_taken_again_unchanged(texte in "(\\+|00|0)?[0-9 ./()-]{4,16}|\\PC{0,20}") {
            if let Some(montre) = lire(&texte) {
                prop_assert_eq!(lire(&montre), Some(montre.clone()));
                prop_assert!(!formes(&montre).is_empty());
            }
        }
    }
}
