//! The labels and the annotation by which a rendez-vous is seen there, found by their names: only a person can make them.

use super::Etiquette;
use crate::texte::recherche::plier;

/// What the annotation of a rendez-vous is called there.
pub const ANNOTATION: &str = "Rendez-vous";

/// Finds a label among those of the démarche, each with its id: its name may have other capitals, accents and spaces.
#[must_use]
pub fn etiquette<'a>(
    etiquette: Etiquette,
    parmi: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Option<&'a str> {
    nomme(etiquette.libelle(), parmi)
}

/// The same, of the annotation.
#[must_use]
pub fn annotation<'a>(parmi: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<&'a str> {
    nomme(ANNOTATION, parmi)
}

fn nomme<'a>(nom: &str, parmi: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<&'a str> {
    let nom = serrer(nom);
    parmi.into_iter().find(|(_, autre)| serrer(autre) == nom).map(|(id, _)| id)
}

fn serrer(nom: &str) -> String {
    plier(nom).replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_people_write_them() {
        let parmi = [("1", "À relire"), ("2", "rdv  propose"), ("3", " R.D.V. Pris ")];
        assert_eq!(etiquette(Etiquette::Propose, parmi), Some("2"));
        assert_eq!(etiquette(Etiquette::Pris, parmi), Some("3"));
        assert_eq!(etiquette(Etiquette::Pris, [("1", "RDV prise")]), None);
        assert_eq!(annotation([("4", "RENDEZ VOUS"), ("5", "Rendez-vous")]), Some("4"));
        assert_eq!(annotation([("4", "Date du rendez-vous")]), None);
    }
}
