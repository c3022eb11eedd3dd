//! Words and names, found and compared whatever their accents, capitals, apostrophes and hyphens.
//!
//! There is one folded form, [`plier`]: every search and every comparison of names goes by it.

use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The folded form of a text: its words, without capitals nor accents, one space between two. Whatever is neither a
/// letter nor a digit comes between words: « D’Alençon-Łukasz » gives « d alencon lukasz ».
#[must_use]
pub fn plier(texte: &str) -> String {
    let mut simple = String::with_capacity(texte.len());
    let lettres = texte.nfkd().flat_map(char::to_lowercase);
    for c in lettres.filter(|c| canonical_combining_class(*c) == 0 && !invisible(*c)) {
        match sans_decomposition(c) {
            Some(lettres) => simple.push_str(lettres),
            None if c.is_alphanumeric() && !apostrophe(c) => simple.push(c),
            None if simple.is_empty() || simple.ends_with(' ') => {}
            None => simple.push(' '),
        }
    }
    simple.truncate(simple.trim_end().len());
    simple
}

/// Letters that Unicode does not make of another one and a mark, as people without them on their keyboard write them.
const fn sans_decomposition(c: char) -> Option<&'static str> {
    Some(match c {
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        'ø' | 'ɔ' => "o",
        'ł' | 'ƚ' | 'ɫ' => "l",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'ħ' => "h",
        'ı' | 'ɨ' | 'ɩ' => "i",
        'ŧ' | 'ƭ' => "t",
        'ŋ' | 'ɲ' | 'ƞ' => "n",
        'ə' | 'ǝ' | 'ɛ' => "e",
        'ɓ' | 'ƀ' => "b",
        'ƈ' => "c",
        'ƒ' => "f",
        'ǥ' | 'ɠ' | 'ɣ' => "g",
        'ƙ' | 'ĸ' => "k",
        'ƥ' => "p",
        'ʉ' => "u",
        'ʋ' => "v",
        'ƴ' => "y",
        'ƶ' => "z",
        'ς' => "σ",
        _ => return None,
    })
}

/// Marks of apostrophe that Unicode counts among the letters.
const fn apostrophe(c: char) -> bool {
    matches!(c, '\u{2b9}'..='\u{2bf}' | '\u{2c8}' | '\u{559}' | '\u{a78c}')
}

/// What takes no room inside a word.
const fn invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

/// What two ways to write a name have in common: its folded form in one piece. « Le Goff-Martin », « LEGOFF MARTIN »
/// and « le Goff Martin » are one name.
#[must_use]
pub fn cle(nom: &str) -> String {
    let mut cle = plier(nom);
    cle.retain(|c| c != ' ');
    cle
}

/// Whether two names are one. An empty name is nobody's.
#[must_use]
pub fn meme_nom(un: &str, autre: &str) -> bool {
    let un = cle(un);
    !un.is_empty() && un == cle(autre)
}

/// The longest word that is told apart from longer ones, in characters.
const MOT_MAX: usize = 64;

/// The words by which a text is found, folded. Each once, in order.
#[must_use]
pub fn mots_cles(texte: &str) -> BTreeSet<String> {
    plier(texte).split(' ').filter(|mot| !mot.is_empty()).map(couper).collect()
}

/// The words by which somebody is found: those of the first and last names and of the e-mail, and each name in one
/// piece, so that « legoff » finds « Le Goff ».
#[must_use]
pub fn mots_d_une_personne(prenom: &str, nom: &str, email: &str) -> BTreeSet<String> {
    let mut mots = mots_cles(&format!("{prenom} {nom} {email}"));
    mots.extend([prenom, nom].into_iter().map(mot_d_un_nom).filter(|mot| !mot.is_empty()));
    mots
}

/// The word by which a name in one piece is found; empty for an empty name.
#[must_use]
pub fn mot_d_un_nom(nom: &str) -> String {
    couper(&cle(nom))
}

fn couper(mot: &str) -> String {
    mot.chars().take(MOT_MAX).collect()
}

/// The number that somebody looks for, as they write it: « 17606854 », « N° 17 606 854 », « dossier n°17606854 ».
/// `None` for anything else.
#[must_use]
pub fn numero(recherche: &str) -> Option<i64> {
    chiffres(recherche)?.parse().ok()
}

fn chiffres(recherche: &str) -> Option<String> {
    const AVANT: [&str; 6] = ["dossier", "demarche", "numero", "num", "no", "n"];
    let colle = cle(recherche);
    let mut reste = colle.as_str();
    while let Some(suite) = AVANT.iter().find_map(|mot| reste.strip_prefix(mot)) {
        reste = suite;
    }
    let que_des_chiffres = !reste.is_empty() && reste.bytes().all(|c| c.is_ascii_digit());
    que_des_chiffres.then(|| reste.to_owned())
}

/// The words of what somebody looks for, folded. A number is one word, however it is written; what holds neither a
/// letter nor a digit is a word that nothing has.
#[must_use]
pub fn mots(recherche: &str) -> Vec<String> {
    if let Some(numero) = chiffres(recherche) {
        return vec![numero];
    }
    let recherche = recherche.trim();
    let plie = plier(recherche);
    if plie.is_empty() && !recherche.is_empty() {
        return vec![recherche.to_owned()];
    }
    plie.split(' ').filter(|mot| !mot.is_empty()).map(couper).collect()
}

/// Whether each of `mots` is somewhere in `textes`. Spaces inside a number do not matter.
#[must_use]
pub fn correspond(mots: &[String], textes: &[&str]) -> bool {
    let plies: Vec<String> = textes.iter().map(|texte| plier(texte)).collect();
    mots.iter().all(|mot| {
        let nombre = mot.len() >= 4 && mot.bytes().all(|c| c.is_ascii_digit());
        plies.iter().any(|texte| {
            texte.contains(mot.as_str())
                || (nombre && texte.replace(' ', "").contains(mot.as_str()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_and_capitals_do_not_matter() {
        let textes = ["17606854", "KLOK Marlène", "Œuvre d’été", "06 12 34 56 78"];
        let trouve = |q: &str| correspond(&mots(q), &textes);
        for q in
            ["marlene", "MARLÈNE klok", "klok marl", "oeuvre", "d'ete", "d ete", "", "17606854"]
        {
            assert!(trouve(q), "{q}");
        }
        for q in ["0612345678", "06.12.34.56.78", "N° 17 606 854"] {
            assert!(trouve(q), "{q}");
        }
        for q in ["jean", "marlene jean", "%", "_", "…"] {
            assert!(!trouve(q), "{q}");
        }
    }

    #[test]
    fn letters_of_every_language_are_folded() {
        for (texte, attendu) in [
            ("Kovač", "kovac"),
            ("Łukasz ŁUKASZEWICZ", "lukasz lukaszewicz"),
            ("Şahin", "sahin"),
            ("Nguyễn Văn Đức", "nguyen van duc"),
            ("Søren Ærø", "soren aero"),
            ("Straße STRASSE GROẞ", "strasse strasse gross"),
            ("Işık ISIK ışık İbrahim", "isik isik isik ibrahim"),
            ("Þór Guðmundsdóttir", "thor gudmundsdottir"),
            ("Ħal Għaxaq", "hal ghaxaq"),
            ("L’Haÿ-les-Roses", "l hay les roses"),
            (
                "D'Alençon D’Alençon Dʼalençon D´Alençon D`Alençon",
                "d alencon d alencon d alencon d alencon d alencon",
            ),
            ("Jean‑Pierre Jean–Pierre Jean-Pierre", "jean pierre jean pierre jean pierre"),
            ("ﬁn Ｊｅａｎ №\u{a0}1 n° nº", "fin jean no 1 n no"),
            ("Мария МАРИЯ", "мария мария"),
            ("Γιώργος ΓΙΏΡΓΟΣ", "γιωργοσ γιωργοσ"),
            ("e\u{301}le\u{300}ve co\u{ad}opéra\u{200b}tion", "eleve cooperation"),
            ("  -- ’ ", ""),
        ] {
            assert_eq!(plier(texte), attendu, "{texte}");
        }
    }

    #[test]
    fn one_name_is_written_in_many_ways() {
        for (un, autre) in [
            ("D'ALENCON", "D’Alençon"),
            ("LE GOFF MARTIN", "Le Goff-Martin"),
            ("Legoff Martin", "Le Goff-Martin"),
            ("Jean Pierre", "Jean-Pierre"),
            ("N'GUYEN", "NGuyen"),
            ("LOEIZ", "Lœiz"),
        ] {
            assert!(meme_nom(un, autre), "{un} {autre}");
        }
        assert!(!meme_nom("", " ") && !meme_nom("-", "'") && !meme_nom("Martin", "Martinet"));
    }

    #[test]
    fn a_text_is_found_by_its_words() {
        let mots: Vec<String> =
            mots_cles("D’Été-Œuvre MARLÈNE marlene m.klok@exemple.fr").into_iter().collect();
        assert_eq!(mots, ["d", "ete", "exemple", "fr", "klok", "m", "marlene", "oeuvre"]);
        assert!(mots_cles("% _ \\ 👩‍🏫 \u{301}").is_empty());
        assert_eq!(mots_cles(&"é".repeat(70)).into_iter().next(), Some("e".repeat(64)));
        let elle: Vec<String> =
            mots_d_une_personne("Anne-Lise", "Le Goff", "al@b.fr").into_iter().collect();
        assert_eq!(elle, ["al", "anne", "annelise", "b", "fr", "goff", "le", "legoff", "lise"]);
    }

    #[test]
    fn a_number_is_found_as_people_write_it() {
        for q in [
            "17606854",
            " 17 606 854 ",
            "n° 17606854",
            "N°\u{202f}17606854",
            "n°17 606 854",
            "N°17\u{202f}606\u{a0}854",
            "Nº 17606854",
            "№ 17606854",
            "no 17606854",
            "Dossier n° 17 606 854",
            "numéro 17606854",
            "#17606854",
        ] {
            assert_eq!(numero(q), Some(17_606_854), "{q}");
            assert_eq!(mots(q), ["17606854"], "{q}");
        }
        for q in ["", "n°", "2 rue Neuve", "Noé 12", "12 bis", "99999999999999999999"] {
            assert_eq!(numero(q), None, "{q}");
        }
        assert_eq!(mots("2 rue Neuve"), ["2", "rue", "neuve"]);
    }

    proptest! {
        #[test]
        fn what_is_folded_stays_so(texte in "\\PC{0,40}") {
            let plie = plier(&texte);
            prop_assert_eq!(&plier(&plie), &plie);
            prop_assert!(!plie.starts_with(' ') && !plie.ends_with(' ') && !plie.contains("  "));
        }

        #[test]
        fn a_text_is_found_by_itself_whatever_its_capitals(texte in "[a-zàéèçœøłđş' -]{1,30}") {
            prop_assert!(correspond(&mots(&texte), &[&texte.to_uppercase()]) || plier(&texte).is_empty());
        }
    }
}
