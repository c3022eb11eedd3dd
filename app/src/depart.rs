//! What every page needs before it shows anything.

use crate::erreur::ErreurApp;
use crate::theme::Theme;
use domain::vues::Session;
use serde::{Deserialize, Serialize};

/// What every page needs before it shows anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Depart {
    /// Who is signed in.
    pub session: Option<Session>,
    /// Number of the last live event before the page was rendered: the page watches from there.
    pub direct_depuis: i64,
    /// Address of this application, as people open it: `https://demarches.example/`.
    pub app_url: String,
    /// Whether mails stay in the local mailbox, which a page shows (development and demo).
    pub boite_locale: bool,
    /// A form that was refused without JavaScript: what was typed and why.
    pub refus: Option<Refus>,
    /// The address of the server function that has just taken a form without JavaScript.
    pub fait: Option<String>,
    /// The colours that the person chose.
    pub theme: Theme,
    /// What the forms of the page say of who they were shown to, should they be posted once the session is over.
    pub preuve: String,
}

/// A form that was refused, posted without JavaScript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refus {
    /// Address of the server function that refused, or `/connexion`.
    pub action: String,
    /// What was typed, by field name.
    pub champs: Vec<(String, String)>,
    /// Why it was refused.
    pub erreur: ErreurApp,
}

impl Refus {
    /// What was typed in a field.
    #[must_use]
    pub fn valeur(&self, champ: &str) -> Option<&str> {
        self.champs.iter().find(|(nom, _)| nom == champ).map(|(_, valeur)| valeur.as_str())
    }
}
