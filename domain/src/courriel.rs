//! What could not leave, mails first: why, as people read it.

use crate::raccordement::Empechement;
use std::fmt;

/// Why a mail, or what had to be written on another platform, was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RaisonEchec {
    /// The address is written so that nothing can reach it.
    AdresseImpossible,
    /// The mail server says for ever that this address takes nothing; holds its code.
    DestinataireRefuse(String),
    /// The mail server refused the mail at each try, for a reason of its own; holds its code.
    EnvoiRefuse(String),
    /// The mail server took the mail in hand and hung up, at each try.
    Interrompu,
    /// What it should have said can't be read any more.
    Illisible,
    /// It had to be written on Démarches Simplifiées, which did not take it.
    Distant(Empechement),
}

/// What the word of [`RaisonEchec::Distant`] begins with; what follows is its content.
const DISTANT: &str = "distant";

impl RaisonEchec {
    /// The word stored in the database.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::AdresseImpossible => "adresse".to_owned(),
            Self::DestinataireRefuse(code) => format!("destinataire:{code}"),
            Self::EnvoiRefuse(code) => format!("envoi:{code}"),
            Self::Interrompu => "interrompu".to_owned(),
            Self::Illisible => "illisible".to_owned(),
            Self::Distant(empechement) => {
                format!("{DISTANT}:{}", empechement.mot())
            }
        }
    }

    /// Reads [`Self::code`] back. What is not known is [`Self::Illisible`].
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code.split_once(':') {
            Some(("destinataire", code)) => Self::DestinataireRefuse(code.to_owned()),
            Some(("envoi", code)) => Self::EnvoiRefuse(code.to_owned()),
            Some((DISTANT, mot)) => Empechement::lire(mot).map_or(Self::Illisible, Self::Distant),
            _ if code == "adresse" => Self::AdresseImpossible,
            _ if code == "interrompu" => Self::Interrompu,
            _ => Self::Illisible,
        }
    }

    /// Whether another mail to the same address would end alike.
    #[must_use]
    pub const fn tient_a_l_adresse(&self) -> bool {
        matches!(self, Self::AdresseImpossible | Self::DestinataireRefuse(_))
    }
}

impl fmt::Display for RaisonEchec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AdresseImpossible => {
                f.write_str("L'adresse est mal écrite\u{a0}: aucun courriel ne peut lui parvenir.")
            }
            // RFC 3463: the mailbox is full.
            Self::DestinataireRefuse(code) if code.ends_with(".2.2") => write!(
                f,
                "Le serveur de courriel répond que la boîte de cette adresse est pleine (code {code})."
            ),
            Self::DestinataireRefuse(code) => write!(
                f,
                "Le serveur de courriel répond que cette adresse ne reçoit rien (code {code})."
            ),
            Self::EnvoiRefuse(code) => {
                write!(f, "Le serveur de courriel a refusé l'envoi à chaque essai (code {code}).")
            }
            Self::Interrompu => f.write_str(
                "Le serveur de courriel a interrompu l'envoi à chaque essai, sans dire pourquoi.",
            ),
            Self::Illisible => f.write_str(
                "Le courriel n'a pas pu être rédigé\u{a0}: ce qu'il devait dire n'est plus lisible.",
            ),
            Self::Distant(empechement) => empechement.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RaisonEchec;
    use crate::raccordement::{Empechement, ErreurDistante};

    #[test]
    fn every_reason_reads_back() {
        for raison in [
            RaisonEchec::AdresseImpossible,
            RaisonEchec::DestinataireRefuse("550".to_owned()),
            RaisonEchec::DestinataireRefuse("552 5.2.2".to_owned()),
            RaisonEchec::EnvoiRefuse("554".to_owned()),
            RaisonEchec::Interrompu,
            RaisonEchec::Illisible,
            RaisonEchec::Distant(Empechement::SansAuteur),
            RaisonEchec::Distant(ErreurDistante::Refusee("Non : \"accès\"".to_owned()).into()),
        ] {
            assert_eq!(RaisonEchec::from_code(&raison.code()), raison);
        }
        assert_eq!(RaisonEchec::from_code(""), RaisonEchec::Illisible);
    }
}
