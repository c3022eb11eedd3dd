//! E-mail addresses, as people type them.

/// The longest address that mail servers take.
const LONGUEUR_MAX: usize = 254;

/// The address, trimmed and in lower case: as it is stored and compared. `None` for what no mail could reach.
///
/// Only what is surely wrong is refused: whether the address exists, only a mail tells.
#[must_use]
pub fn lire(texte: &str) -> Option<String> {
    let adresse = texte.trim().to_lowercase();
    let (nom, domaine) = adresse.rsplit_once('@')?;
    let interdit = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"')
    };
    let juste = adresse.len() <= LONGUEUR_MAX
        && !nom.is_empty()
        && !nom.contains('@')
        && !adresse.chars().any(interdit)
        && domaine.split('.').count() > 1
        && domaine.split('.').all(|partie| !partie.is_empty() && !partie.starts_with('-'));
    juste.then_some(adresse)
}

#[cfg(test)]
mod tests {
    use super::lire;

    #[test]
    fn an_address_is_stored_as_it_is_compared() {
        assert_eq!(lire(" Marlene.KLOK@Exemple.fr\n").as_deref(), Some("marlene.klok@exemple.fr"));
        assert_eq!(lire("a+b@sous.domaine.gouv.fr").as_deref(), Some("a+b@sous.domaine.gouv.fr"));
    }

    #[test]
    fn what_no_mail_could_reach_is_refused() {
        let longue = format!("{}@exemple.fr", "a".repeat(250));
        for faux in [
            "",
            "   ",
            "exemple.fr",
            "@exemple.fr",
            "a@",
            "a@exemple",
            "a@.fr",
            "a@exemple..fr",
            "a@b@exemple.fr",
            "a b@exemple.fr",
            "<a@exemple.fr>",
            "Marlène <a@exemple.fr>",
            "a@exemple.fr,b@exemple.fr",
            "a@exemple.fr\u{0}",
            longue.as_str(),
        ] {
            assert_eq!(lire(faux), None, "{faux:?}");
        }
    }
}
