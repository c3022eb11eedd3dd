//! Notifications that could not be applied: why, as the administrateur reads it.

use std::borrow::Cow;
use std::fmt;

/// Why a notification was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raison {
    /// Not what a notification looks like.
    Illisible,
    /// A part that can't be done without is missing or misshapen; holds the platform's name of it.
    Manque(Cow<'static, str>),
    /// A word that this version does not know; holds the platform's name of what it is.
    Inconnu(Cow<'static, str>),
    /// It speaks of another organisation than the address it came to.
    AutreOrganisation,
    /// It was understood, and recording it failed at each try.
    Echec,
}

impl Raison {
    /// The word stored in the database.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Illisible => "illisible".to_owned(),
            Self::Manque(quoi) => format!("manque:{quoi}"),
            Self::Inconnu(quoi) => format!("inconnu:{quoi}"),
            Self::AutreOrganisation => "autre_organisation".to_owned(),
            Self::Echec => "echec".to_owned(),
        }
    }

    /// Reads [`Self::code`] back. What is not known is [`Self::Illisible`].
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code.split_once(':') {
            Some(("manque", quoi)) => Self::Manque(quoi.to_owned().into()),
            Some(("inconnu", quoi)) => Self::Inconnu(quoi.to_owned().into()),
            _ if code == "autre_organisation" => Self::AutreOrganisation,
            _ if code == "echec" => Self::Echec,
            _ => Self::Illisible,
        }
    }
}

/// What the platform calls it, in French.
fn partie(nom: &str) -> &str {
    match nom {
        "event" => "l'évènement",
        "status" => "l'état du rendez-vous",
        "location_type" => "le type de rendez-vous",
        "starts_at" => "l'heure de début",
        "ends_at" => "l'heure de fin",
        "meta.timestamp" => "la date d'envoi",
        "data" => "le contenu du rendez-vous",
        autre => autre,
    }
}

impl fmt::Display for Raison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Illisible => f.write_str("La notification n'a pas pu être lue."),
            Self::Manque(quoi) => {
                write!(f, "Une information manque ou est illisible\u{a0}: {}.", partie(quoi))
            }
            Self::Inconnu(quoi) => write!(
                f,
                "RDV Service Public utilise une valeur que cette version ne connaît pas encore\u{a0}: {}.",
                partie(quoi)
            ),
            Self::AutreOrganisation => f.write_str(
                "La notification parle d'une autre organisation que celle de l'adresse du webhook.",
            ),
            Self::Echec => f.write_str(
                "La notification a été comprise, mais son enregistrement a échoué à chaque essai.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_reads_back() {
        for raison in [
            Raison::Illisible,
            Raison::Manque("starts_at".into()),
            Raison::Inconnu("status".into()),
            Raison::AutreOrganisation,
            Raison::Echec,
        ] {
            assert_eq!(Raison::from_code(&raison.code()), raison);
        }
        assert_eq!(Raison::from_code("corps illisible"), Raison::Illisible);
        let inconnu = Raison::Inconnu("status".into()).to_string();
        assert!(inconnu.ends_with("l'état du rendez-vous."), "{inconnu}");
    }
}
