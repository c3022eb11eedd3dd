//! Words that people look for, found whatever their accents and capitals.

use std::collections::BTreeSet;

/// Without capitals nor accents: « Élodie » and « elodie » become the same.
#[must_use]
pub fn simplifier(texte: &str) -> String {
    let mut simple = String::with_capacity(texte.len());
    for c in texte.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => simple.push('a'),
            'ç' => simple.push('c'),
            'è' | 'é' | 'ê' | 'ë' => simple.push('e'),
            'ì' | 'í' | 'î' | 'ï' => simple.push('i'),
            'ñ' => simple.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => simple.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => simple.push('u'),
            'ÿ' | 'ý' => simple.push('y'),
            'œ' => simple.push_str("oe"),
            'æ' => simple.push_str("ae"),
            '\u{300}'..='\u{36f}' => {}
            '\u{2019}' => simple.push('\''),
            autre => simple.push(autre),
        }
    }
    simple
}

/// The longest word that is told apart from longer ones, in characters.
const MOT_MAX: usize = 64;

/// The words by which a text is found: without capitals nor accents, cut at whatever is neither a letter nor a
/// digit. Each once, in order.
#[must_use]
pub fn mots_cles(texte: &str) -> BTreeSet<String> {
    simplifier(texte)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|mot| !mot.is_empty())
        .map(|mot| mot.chars().take(MOT_MAX).collect())
        .collect()
}

/// The words of what somebody looks for. A number written with spaces or « n° » is one word.
#[must_use]
pub fn mots(recherche: &str) -> Vec<String> {
    let simple = simplifier(recherche);
    let compact: String = simple.chars().filter(|c| !c.is_whitespace()).collect();
    let numero = compact.trim_start_matches("n°").trim_start_matches("no");
    if !numero.is_empty() && numero.bytes().all(|c| c.is_ascii_digit()) {
        return vec![numero.to_owned()];
    }
    simple.split_whitespace().map(ToOwned::to_owned).collect()
}

/// Whether each of `mots` is somewhere in `textes`.
#[must_use]
pub fn correspond(mots: &[String], textes: &[&str]) -> bool {
    let simples: Vec<String> = textes.iter().map(|texte| simplifier(texte)).collect();
    mots.iter().all(|mot| simples.iter().any(|texte| texte.contains(mot.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_capitals_do_not_matter() {
        let trouve = |q: &str| correspond(&mots(q), &["17606854", "KLOK Marlène", "Œuvre d’été"]);
        for q in ["marlene", "MARLÈNE klok", "klok marl", "oeuvre", "d'ete", "", "17606854"] {
            assert!(trouve(q), "{q}");
        }
        for q in ["jean", "marlene jean", "%", "_"] {
            assert!(!trouve(q), "{q}");
        }
    }

    #[test]
    fn a_text_is_found_by_its_words() {
        let mots: Vec<String> =
            mots_cles("D’Été-Œuvre MARLÈNE marlene m.klok@exemple.fr").into_iter().collect();
        assert_eq!(mots, ["d", "ete", "exemple", "fr", "klok", "m", "marlene", "oeuvre"]);
        assert!(mots_cles("% _ \\ 👩‍🏫 \u{301}").is_empty());
        assert_eq!(mots_cles(&"é".repeat(70)).into_iter().next(), Some("e".repeat(64)));
    }

    #[test]
    fn a_number_is_found_as_people_write_it() {
        for q in ["17 606 854", "n° 17606854", "N°17\u{202f}606\u{a0}854"] {
            assert_eq!(mots(q), ["17606854"], "{q}");
        }
        assert_eq!(mots("2 rue Neuve"), ["2", "rue", "neuve"]);
    }
}
