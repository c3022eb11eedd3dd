//! Lines of iCalendar (RFC 5545): the only place that writes them.
//!
//! Texts come from anywhere. Whatever they hold, a text stays in its line, and is read back as [`nettoyer`] gives it.

/// How many octets a line may have, its end aside.
const LARGEUR: usize = 75;

/// A file that is being written.
#[derive(Debug, Default)]
pub(super) struct Lignes(String);

impl Lignes {
    /// A property whose value is ours, or of a type that has no escapes: a date, an address. Whatever could end the line
    /// is dropped.
    pub(super) fn brute(&mut self, nom: &str, valeur: &str) {
        let sure = valeur.chars().filter(|c| !c.is_control());
        self.plier(&format!("{nom}:{}", sure.collect::<String>()));
    }

    /// A property whose value is a text.
    pub(super) fn texte(&mut self, nom: &str, valeur: &str) {
        let mut ligne = format!("{nom}:");
        for c in nettoyer(valeur).chars() {
            match c {
                '\n' => ligne.push_str("\\n"),
                '\\' | ';' | ',' => ligne.extend(['\\', c]),
                c => ligne.push(c),
            }
        }
        self.plier(&ligne);
    }

    /// What was written.
    pub(super) fn fin(self) -> String {
        self.0
    }

    /// Cuts a line that is too long: between characters, never inside one.
    fn plier(&mut self, ligne: &str) {
        let mut largeur = 0;
        for c in ligne.chars() {
            if largeur + c.len_utf8() > LARGEUR {
                self.0.push_str("\r\n ");
                largeur = 1;
            }
            self.0.push(c);
            largeur += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text as a calendar may hold it: its line ends are all the same, and it has no other control character. What ends a
/// line for some programs only (U+0085, U+2028, U+2029) ends one for all.
pub(super) fn nettoyer(texte: &str) -> String {
    texte
        .replace("\r\n", "\n")
        .replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n")
        .chars()
        .filter(|c| matches!(c, '\n' | '\t') || !c.is_control())
        .collect()
}

/// The same, on one line.
pub(super) fn sur_une_ligne(texte: &str) -> String {
    nettoyer(texte).replace(['\n', '\t'], " ").trim().to_owned()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The value of a property, read by what RFC 5545 says and nothing of the above.
    pub fn relire(fichier: &str, nom: &str) -> Option<String> {
        let deplie = fichier.replace("\r\n ", "");
        let debut = format!("{nom}:");
        let valeur = deplie.split("\r\n").find_map(|ligne| ligne.strip_prefix(&debut))?;
        let mut texte = String::new();
        let mut suite = valeur.chars();
        while let Some(c) = suite.next() {
            match c {
                '\\' => match suite.next() {
                    Some('n' | 'N') => texte.push('\n'),
                    Some(c) => texte.push(c),
                    None => panic!("a backslash at the end: {valeur}"),
                },
                c => texte.push(c),
            }
        }
        Some(texte)
    }

    #[test]
    fn a_line_has_75_octets_at_most_and_no_character_is_cut() {
        let mut lignes = Lignes::default();
        lignes.texte("SUMMARY", &"é".repeat(300));
        lignes.texte("LOCATION", &"🗓️".repeat(80));
        let ecrit = lignes.fin();
        let plus_longue = ecrit.split("\r\n").map(str::len).max();
        assert!(plus_longue.is_some_and(|n| (74..=75).contains(&n)), "{plus_longue:?}");
        assert_eq!(relire(&ecrit, "SUMMARY"), Some("é".repeat(300)));
        assert_eq!(relire(&ecrit, "LOCATION"), Some("🗓️".repeat(80)));
    }

    #[test]
    fn an_address_can_t_forge_a_line() {
        let mut lignes = Lignes::default();
        lignes.brute("URL", "https://exemple.fr/\r\nATTENDEE:mailto:x@exemple.fr");
        assert_eq!(lignes.fin(), "URL:https://exemple.fr/ATTENDEE:mailto:x@exemple.fr\r\n");
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(un: String, deux in "(?s)[\\\\;,\"nN:\r\n\t a-zé🗓\u{0}-\u{1f}\u{7f}-\u{9f}\u{2028}]{0,200}") {
            let mut lignes = Lignes::default();
            lignes.texte("SUMMARY", &un);
            lignes.texte("DESCRIPTION", &deux);
            let ecrit = lignes.fin();
            prop_assert_eq!(relire(&ecrit, "SUMMARY"), Some(nettoyer(&un)));
            prop_assert_eq!(relire(&ecrit, "DESCRIPTION"), Some(nettoyer(&deux)));
            for ligne in ecrit.split("\r\n") {
                prop_assert!(ligne.len() <= LARGEUR);
                prop_assert!(!ligne.chars().any(|c| c.is_control() && c != '\t'), "{ligne:?}");
            }
        }
    }
}
