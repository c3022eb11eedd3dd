//! Topics of the live events: what a page can watch.

use crate::ids::{CompteId, DemarcheNumero, DossierNumero};
use std::fmt;
use std::str::FromStr;

/// What a page watches and a change announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sujet {
    /// A dossier: état, tag, messages, rendez-vous.
    Dossier(DossierNumero),
    /// A démarche: its settings and the list of its dossiers and rendez-vous.
    Demarche(DemarcheNumero),
    /// What one account sees: its list of dossiers, what it has read in another window.
    Compte(CompteId),
}

impl fmt::Display for Sujet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dossier(n) => write!(f, "dossier:{n}"),
            Self::Demarche(n) => write!(f, "demarche:{n}"),
            Self::Compte(n) => write!(f, "compte:{n}"),
        }
    }
}

/// Not the name of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a topic")]
pub struct SujetInconnu;

impl FromStr for Sujet {
    type Err = SujetInconnu;

    fn from_str(texte: &str) -> Result<Self, Self::Err> {
        let (genre, numero) = texte.split_once(':').ok_or(SujetInconnu)?;
        let numero: i64 = numero.parse().map_err(|_| SujetInconnu)?;
        match genre {
            "dossier" => Ok(Self::Dossier(DossierNumero(numero))),
            "demarche" => Ok(Self::Demarche(DemarcheNumero(numero))),
            "compte" => Ok(Self::Compte(CompteId(numero))),
            _ => Err(SujetInconnu),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_reads_back() {
        for sujet in [
            Sujet::Dossier(DossierNumero(17_606_854)),
            Sujet::Demarche(DemarcheNumero(88_454)),
            Sujet::Compte(CompteId(3)),
        ] {
            assert_eq!(sujet.to_string().parse(), Ok(sujet));
        }
        for faux in ["", "dossier", "dossier:", "dossier:x", "autre:1"] {
            assert_eq!(faux.parse::<Sujet>(), Err(SujetInconnu), "{faux}");
        }
    }
}
