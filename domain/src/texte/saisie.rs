//! What people type in a field: cleaned, then measured.

use crate::erreur::{Champ, Erreur, Saisie};

/// The longest name of something, in characters.
pub const LIGNE_MAX: usize = 250;

/// Takes one line that must not be empty: trimmed, its spaces and line ends each made one space.
///
/// # Errors
/// [`Saisie::Vide`] or [`Saisie::TropLongPour`], about `champ`.
pub fn ligne(champ: Champ, texte: &str) -> Result<String, Erreur> {
    let ligne = ligne_facultative(champ, texte)?;
    if ligne.is_empty() { Err(Erreur::champ(champ, Saisie::Vide)) } else { Ok(ligne) }
}

/// Takes one line that may be empty.
///
/// # Errors
/// [`Saisie::TropLongPour`], about `champ`.
pub fn ligne_facultative(champ: Champ, texte: &str) -> Result<String, Erreur> {
    let mots = texte.split(|c: char| c.is_ascii_whitespace() || invisible(c) || c.is_control());
    let ligne = mots.filter(|mot| !mot.trim().is_empty()).collect::<Vec<_>>().join(" ");
    mesurer(champ, ligne.trim().to_owned(), LIGNE_MAX)
}

/// Takes a text of at most `max` characters that may be empty: trimmed, line ends made `\n`.
///
/// # Errors
/// [`Saisie::TropLongPour`], about `champ`.
pub fn texte(champ: Champ, texte: &str, max: usize) -> Result<String, Erreur> {
    let texte: String = texte
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| !invisible(*c) && (!c.is_control() || matches!(c, '\n' | '\t')))
        .collect();
    mesurer(champ, texte.trim().to_owned(), max)
}

/// Takes an e-mail.
///
/// # Errors
/// [`Saisie::Vide`] or [`Saisie::PasUnEmail`], about `champ`.
pub fn email(champ: Champ, texte: &str) -> Result<String, Erreur> {
    if texte.trim().is_empty() {
        return Err(Erreur::champ(champ, Saisie::Vide));
    }
    crate::email::lire(texte).ok_or(Erreur::champ(champ, Saisie::PasUnEmail))
}

fn mesurer(champ: Champ, texte: String, max: usize) -> Result<String, Erreur> {
    let longueur = texte.chars().count();
    if longueur > max {
        Err(Erreur::champ(champ, Saisie::TropLongPour { max, longueur }))
    } else {
        Ok(texte)
    }
}

/// Takes no room, and could make something empty look filled in.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(
            ligne(Champ::Titre, "  Une\r\n démarche\u{a0}? \t").as_deref(),
            Ok("Une démarche\u{a0}?")
        );
        assert_eq!(ligne(Champ::Titre, "👩‍🏫 <b>&amp;").as_deref(), Ok("👩‍🏫 <b>&amp;"));
    }

    #[test]
    fn what_looks_empty_is_empty() {
        for vide in ["", "   ", "\n\t", "\u{200b}", "\u{a0}", "\0"] {
            assert_eq!(
                ligne(Champ::Titre, vide),
                Err(Erreur::champ(Champ::Titre, Saisie::Vide)),
                "{vide:?}"
            );
        }
    }

    #[test]
    fn a_length_is_counted_in_characters() {
        let juste = "é".repeat(LIGNE_MAX);
        assert_eq!(ligne(Champ::Titre, &juste), Ok(juste.clone()));
        let trop = Saisie::TropLongPour { max: LIGNE_MAX, longueur: LIGNE_MAX + 1 };
        assert_eq!(
            ligne(Champ::Titre, &format!("{juste}é")),
            Err(Erreur::champ(Champ::Titre, trop))
        );
    }

    #[test]
    fn a_text_keeps_its_lines() {
        assert_eq!(
            texte(Champ::Description, "\nun\r\n\r\ndeux\0\n", 20).as_deref(),
            Ok("un\n\ndeux")
        );
        assert!(texte(Champ::Description, "abc", 2).is_err());
    }

    #[test]
    fn an_email_is_refused_with_its_reason() {
        assert_eq!(email(Champ::Email, " "), Err(Erreur::champ(Champ::Email, Saisie::Vide)));
        assert_eq!(
            email(Champ::Email, "a@b"),
            Err(Erreur::champ(Champ::Email, Saisie::PasUnEmail))
        );
        assert_eq!(email(Champ::Email, "A@b.fr").as_deref(), Ok("a@b.fr"));
    }
}
