//! E-mail addresses, as people type them.

use idna::AsciiDenyList;

/// The longest address that mail servers take.
const LONGUEUR_MAX: usize = 254;

/// The longest part before the @ that they take.
const NOM_MAX: usize = 64;

/// The address as it is stored and compared: trimmed, in lower case, its domain in the letters that people write
/// (`café.fr`, never `xn--caf-dma.fr`). `None` for what no mail could reach.
///
/// Only what is surely wrong is refused: whether the address exists, only a mail tells. Before the @, what the mail
/// servers of the world take unquoted (RFC 5322, dot-atom): no accent, no point at either end nor two in a row.
#[must_use]
pub fn lire(texte: &str) -> Option<String> {
    let (nom, domaine) = parties(texte)?;
    let (domaine, _) = idna::domain_to_unicode(&domaine);
    Some(format!("{nom}@{domaine}"))
}

/// The same address as mail servers read it: its domain in ASCII letters. `None` for what no mail could reach, which
/// may have been stored before it was refused.
#[must_use]
pub fn pour_envoi(adresse: &str) -> Option<String> {
    let (nom, domaine) = parties(adresse)?;
    Some(format!("{nom}@{domaine}"))
}

/// A domain as mail servers read it: in ASCII letters. `None` for what is no name of the Internet's directory.
#[must_use]
pub fn domaine_pour_envoi(domaine: &str) -> Option<String> {
    domaine_en_ascii(domaine)
}

/// What is before the @, and the domain in ASCII letters.
fn parties(texte: &str) -> Option<(String, String)> {
    let adresse = texte.trim_matches(|c: char| c.is_whitespace() || invisible(c));
    let (nom, domaine) = adresse.rsplit_once('@')?;
    let nom = nom_juste(nom).then(|| nom.to_ascii_lowercase())?;
    let domaine = domaine_en_ascii(domaine)?;
    (nom.len() + 1 + domaine.len() <= LONGUEUR_MAX).then_some((nom, domaine))
}

/// What comes with an address that is copied, and takes no room.
const fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

fn nom_juste(nom: &str) -> bool {
    let permis = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    nom.len() <= NOM_MAX
        && nom.split('.').all(|partie| !partie.is_empty() && partie.chars().all(permis))
}

/// A name of the Internet's directory: two parts at least, the last of which is no number.
fn domaine_en_ascii(domaine: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii_cow(domaine.as_bytes(), AsciiDenyList::STD3).ok()?;
    let parties: Vec<&str> = ascii.split('.').collect();
    let (derniere, avant) = parties.split_last()?;
    let juste = !avant.is_empty()
        && parties.iter().all(|partie| partie_juste(partie))
        && derniere.len() > 1
        && !derniere.chars().all(|c| c.is_ascii_digit());
    juste.then(|| ascii.into_owned())
}

fn partie_juste(partie: &str) -> bool {
    !partie.is_empty() && partie.len() <= 63 && !partie.starts_with('-') && !partie.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::{lire, pour_envoi};
    use proptest::prelude::*;

    #[test]
    fn an_address_is_stored_as_it_is_compared() {
        for (tape, range) in [
            (" Marlene.KLOK@Exemple.fr\n", "marlene.klok@exemple.fr"),
            ("a+b@sous.domaine.gouv.fr", "a+b@sous.domaine.gouv.fr"),
            ("o'brien_d-v@exemple.fr", "o'brien_d-v@exemple.fr"),
            ("\u{200b}a@exemple.fr\u{feff}", "a@exemple.fr"),
            ("a@3suisses.fr", "a@3suisses.fr"),
        ] {
            assert_eq!(lire(tape).as_deref(), Some(range), "{tape:?}");
            assert_eq!(lire(range).as_deref(), Some(range), "{range:?}");
        }
    }

    #[test]
    fn a_domain_with_accents_is_one_address_however_it_is_written() {
        // The last but one: a letter and its accent apart, as one system writes them.
        for tape in [
            "Zoe@Café.fr",
            "zoe@CAFÉ.fr",
            "zoe@xn--caf-dma.fr",
            "zoe@cafe\u{301}.fr",
            "zoe@cafÉ.FR",
        ] {
            assert_eq!(lire(tape).as_deref(), Some("zoe@café.fr"), "{tape:?}");
            assert_eq!(pour_envoi(tape).as_deref(), Some("zoe@xn--caf-dma.fr"), "{tape:?}");
        }
    }

    #[test]
    fn what_no_mail_could_reach_is_refused() {
        let longue = format!("{}@exemple.fr", "a".repeat(250));
        let nom_long = format!("{}@exemple.fr", "a".repeat(65));
        let partie_longue = format!("a@{}.fr", "b".repeat(64));
        for faux in [
            "",
            "   ",
            "exemple.fr",
            "@exemple.fr",
            "a@",
            "a@exemple",
            "a@.fr",
            "a@exemple..fr",
            "a@exemple.fr.",
            "a@b@exemple.fr",
            "a b@exemple.fr",
            "<a@exemple.fr>",
            "Marlène <a@exemple.fr>",
            "mailto:a@exemple.fr",
            "a@exemple.fr,b@exemple.fr",
            "a@exemple.fr\u{0}",
            "jeanne.@exemple.fr",
            ".jeanne@exemple.fr",
            "jean..petit@exemple.fr",
            "hélène@exemple.fr",
            "\u{212a}elvin@exemple.fr",
            "\"jean petit\"@exemple.fr",
            "jean(petit)@exemple.fr",
            "jean\\petit@exemple.fr",
            "[jean]@exemple.fr",
            "a@-exemple.fr",
            "a@exemple-.fr",
            "a@exem_ple.fr",
            "a@exemple.f",
            "a@192.168.0.1",
            "a@[192.168.0.1]",
            "a@exemple.fr/x",
            "a@exemple,fr",
            "a@exemple fr.fr",
            "a@xn--\u{e9}.fr",
            longue.as_str(),
            nom_long.as_str(),
            partie_longue.as_str(),
        ] {
            assert_eq!(lire(faux), None, "{faux:?}");
            assert_eq!(pour_envoi(faux), None, "{faux:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_can_be_written_to(texte in "[a-z.é'+ -]{0,8}@[a-zé.-]{0,8}\\.[a-zé]{0,3}") {
            if let Some(adresse) = lire(&texte) {
                prop_assert_eq!(lire(&adresse), Some(adresse.clone()));
                prop_assert!(pour_envoi(&adresse).is_some_and(|envoi| envoi.is_ascii()));
            }
        }
    }
}
