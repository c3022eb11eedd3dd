//! The key of a form: the same form sent twice is one act.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest key that is read, in characters: ours are half as long.
const LONGUEUR_MAX: usize = 64;

/// What is unique to a form that was shown, and comes back with it. Empty for a form without one: each sending counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct CleDeFormulaire(String);

impl CleDeFormulaire {
    /// As it is written; `None` for a form without one.
    #[must_use]
    pub fn lue(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(self.0.as_str())
    }
}

impl From<&str> for CleDeFormulaire {
    fn from(texte: &str) -> Self {
        Self(texte.trim().chars().take(LONGUEUR_MAX).collect())
    }
}

impl From<String> for CleDeFormulaire {
    fn from(texte: String) -> Self {
        texte.as_str().into()
    }
}

impl From<CleDeFormulaire> for String {
    fn from(cle: CleDeFormulaire) -> Self {
        cle.0
    }
}

impl fmt::Display for CleDeFormulaire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_without_spaces_and_up_to_a_limit() {
        assert_eq!(CleDeFormulaire::from(" k ").lue(), Some("k"));
        assert_eq!(CleDeFormulaire::from("  ").lue(), None);
        let longue = CleDeFormulaire::from("é".repeat(100));
        assert_eq!(longue.lue().unwrap().chars().count(), LONGUEUR_MAX);
        let lue: CleDeFormulaire = serde_json::from_str(r#"" k ""#).unwrap();
        assert_eq!(
            (lue.lue(), serde_json::to_string(&lue).unwrap().as_str()),
            (Some("k"), r#""k""#)
        );
    }
}
