//! What is worth being read out in what a page shows: facts, computed from one state of it. What is said when another
//! state takes its place is the first fact that was not there before.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Something that is true of what is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fait {
    /// Tells it from what else is, or was, true. Never shown.
    #[serde(rename = "c")]
    pub cle: String,
    /// What is read out when it becomes true. Empty: then nothing is said, of what comes after it either. `None`: it only
    /// serves as a condition of others.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub phrase: Option<String>,
    /// The key of another that must have been true before, for this one to be news.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub si: Option<String>,
    /// What is read out instead when several that have the same become true at once; `{}` is how many.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub plusieurs: Option<String>,
    /// What is read out when it is no longer true.
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub parti: Option<String>,
}

impl Fait {
    /// Read out when it becomes true.
    #[must_use]
    pub fn nouveau(cle: impl fmt::Display, phrase: impl Into<String>) -> Self {
        Self { phrase: Some(phrase.into()), ..Self::repere(cle) }
    }

    /// The same, for what a page that is kept up to date says: « La page a été mise à jour : … ».
    #[must_use]
    pub fn mis_a_jour(cle: impl fmt::Display, quoi: impl fmt::Display) -> Self {
        Self::nouveau(cle, phrase(quoi))
    }

    /// Never read out: a condition of others.
    #[must_use]
    pub fn repere(cle: impl fmt::Display) -> Self {
        Self { cle: cle.to_string(), phrase: None, si: None, plusieurs: None, parti: None }
    }

    /// When it becomes true, neither it nor what comes after it is read out.
    #[must_use]
    pub fn silence(cle: impl fmt::Display) -> Self {
        Self::nouveau(cle, "")
    }

    /// News only if that was true before.
    #[must_use]
    pub fn si(self, cle: impl fmt::Display) -> Self {
        Self { si: Some(cle.to_string()), ..self }
    }

    /// Read out together with others that become true at the same time; `{}` is how many they are.
    #[must_use]
    pub fn plusieurs(self, phrase: impl Into<String>) -> Self {
        Self { plusieurs: Some(phrase.into()), ..self }
    }

    /// Read out when it is no longer true.
    #[must_use]
    pub fn parti(self, phrase: impl Into<String>) -> Self {
        Self { parti: Some(phrase.into()), ..self }
    }
}

/// « La page a été mise à jour : nouveau message de Jean. »
#[must_use]
pub fn phrase(quoi: impl fmt::Display) -> String {
    format!("La page a été mise à jour\u{a0}: {quoi}.")
}

/// A key for what has no name of its own: another as soon as anything in it is another.
#[must_use]
pub fn empreinte(quoi: &impl fmt::Debug) -> String {
    let mut hacheur = DefaultHasher::new();
    format!("{quoi:?}").hash(&mut hacheur);
    format!("{:x}", hacheur.finish())
}

/// What to read out when `apres` takes the place of `avant`: one sentence, of the first that is news.
#[must_use]
pub fn nouveaute(avant: &[Fait], apres: &[Fait]) -> Option<String> {
    let vrai = |faits: &[Fait], cle: &str| faits.iter().any(|fait| fait.cle == cle);
    let nouveau = |fait: &&Fait| {
        fait.phrase.is_some()
            && !vrai(avant, &fait.cle)
            && fait.si.as_deref().is_none_or(|si| vrai(avant, si))
    };
    if let Some(premier) = apres.iter().find(nouveau) {
        let semblables = |fait: &&Fait| fait.plusieurs == premier.plusieurs;
        let phrase = match &premier.plusieurs {
            Some(ensemble) => match apres.iter().filter(nouveau).filter(semblables).count() {
                1 => premier.phrase.clone(),
                combien => Some(ensemble.replace("{}", &combien.to_string())),
            },
            None => premier.phrase.clone(),
        };
        return phrase.filter(|phrase| !phrase.is_empty());
    }
    avant.iter().filter(|fait| !vrai(apres, &fait.cle)).find_map(|fait| fait.parti.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_true_already_is_not_said_again() {
        let un = [Fait::nouveau("a", "A.")];
        assert_eq!(nouveaute(&un, &un), None);
        assert_eq!(nouveaute(&[], &un).as_deref(), Some("A."));
        assert_eq!(nouveaute(&un, &[]), None);
    }

    #[test]
    fn the_first_that_is_news_is_said_and_one_that_is_silent_hides_the_others() {
        let deux = [Fait::nouveau("a", "A."), Fait::nouveau("b", "B.")];
        assert_eq!(nouveaute(&[], &deux).as_deref(), Some("A."));
        assert_eq!(nouveaute(&deux[..1], &deux).as_deref(), Some("B."));
        let tu = [Fait::silence("x"), Fait::nouveau("a", "A.")];
        assert_eq!(nouveaute(&[], &tu), None);
        assert_eq!(nouveaute(&tu[..1], &tu).as_deref(), Some("A."));
    }

    #[test]
    fn what_has_a_condition_is_news_only_of_what_was_there() {
        let fait = [Fait::repere("7"), Fait::nouveau("7 pris", "Pris.").si("7")];
        assert_eq!(nouveaute(&[], &fait), None);
        assert_eq!(nouveaute(&[Fait::repere("7")], &fait).as_deref(), Some("Pris."));
    }

    #[test]
    fn several_alike_are_counted() {
        let fait = |cle: u8| Fait::nouveau(cle, "Un.").plusieurs("{} nouveaux.");
        let trois = [fait(1), fait(2), fait(3)];
        assert_eq!(nouveaute(&[], &trois).as_deref(), Some("3 nouveaux."));
        assert_eq!(nouveaute(&trois[..2], &trois).as_deref(), Some("Un."));
    }

    #[test]
    fn what_is_gone_is_said_when_nothing_is_new() {
        let un = [Fait::nouveau("a", "A.").parti("Plus de A.")];
        assert_eq!(nouveaute(&un, &[]).as_deref(), Some("Plus de A."));
        assert_eq!(nouveaute(&un, &[Fait::nouveau("b", "B.")]).as_deref(), Some("B."));
    }

    #[test]
    fn a_fact_reads_back_under_its_short_names() {
        let fait = Fait::nouveau("7 pris", "Pris.").si("7");
        let json = serde_json::to_string(&fait).unwrap();
        assert_eq!(json, r#"{"c":"7 pris","p":"Pris.","s":"7"}"#);
        assert_eq!(serde_json::from_str::<Fait>(&json).unwrap(), fait);
    }
}
