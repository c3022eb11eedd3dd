//! What can go wrong with Démarches Simplifiées, as people need to read it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Why the platform did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ErreurDistante {
    /// 401: nobody has this token, or no longer.
    #[error(
        "Démarches Simplifiées ne reconnaît pas ce jeton. Créez-en un nouveau et enregistrez-le ici."
    )]
    JetonInconnu,
    /// 401, and it says that the token is too old.
    #[error(
        "Ce jeton a expiré. Créez-en un nouveau dans Démarches Simplifiées et enregistrez-le ici."
    )]
    JetonExpire,
    /// 403, and it names the address that it refuses, which follows.
    #[error(
        "Ce jeton n'est pas accepté depuis l'adresse {0} de ce service. Ajoutez-la aux réseaux autorisés du jeton."
    )]
    AdresseRefusee(String),
    /// The démarche, or the token, is not open to it.
    #[error(
        "Ce jeton ne donne pas accès à la démarche. Vérifiez qu'elle fait partie de celles qu'il permet, et que la personne qui l'a créé en est toujours administratrice."
    )]
    DroitsPerdus,
    /// A mutation, and the token reads only.
    #[error("Ce jeton est en lecture seule. Créez-en un autre, en lecture et en écriture.")]
    LectureSeule,
    /// It is not there.
    #[error(
        "Démarches Simplifiées ne trouve pas ce qui est demandé\u{a0}: cela a pu y être supprimé."
    )]
    Introuvable,
    /// A mutation was refused, in these words, which may name a person: to be shown, never to be logged.
    #[error("Démarches Simplifiées a refusé\u{a0}: {0}")]
    Refusee(String),
    /// 429: too many requests, until then.
    #[error(
        "Démarches Simplifiées reçoit trop de demandes. La synchronisation reprend dans un instant."
    )]
    Limite(DateTime<Utc>),
    /// It took too long to make its answer, or its answer would be too large: less is to be asked at once.
    #[error("Démarches Simplifiées n'a pas pu préparer sa réponse à temps.")]
    TropDemande,
    /// It failed while it made its answer; asked for less, it may not.
    #[error("Démarches Simplifiées rencontre un problème avec ce qui est demandé.")]
    EnPanneSurLaDemande,
    /// No answer in time, no connection, or it failed several times in a row.
    #[error("Démarches Simplifiées ne répond pas pour le moment.")]
    Injoignable,
    /// 5xx.
    #[error("Démarches Simplifiées rencontre un problème pour le moment.")]
    EnPanne,
    /// An answer that can't be understood.
    #[error("La réponse de Démarches Simplifiées n'a pas pu être lue.")]
    Illisible,
    /// What was asked is not of its schema: it changed, or we are wrong.
    #[error(
        "Démarches Simplifiées n'a pas compris la demande\u{a0}: prévenez l'équipe du service."
    )]
    Incomprise,
    /// The address is not of an accepted site, or leads inside our own network.
    #[error("Cette adresse ne fait pas partie des plateformes acceptées par ce service.")]
    AdresseInterdite,
}

impl ErreurDistante {
    /// A word for logs, metrics and the database: says nothing of anybody.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::JetonInconnu => "jeton_inconnu",
            Self::JetonExpire => "jeton_expire",
            Self::AdresseRefusee(_) => "adresse_refusee",
            Self::DroitsPerdus => "droits_perdus",
            Self::LectureSeule => "lecture_seule",
            Self::Introuvable => "introuvable",
            Self::Refusee(_) => "refusee",
            Self::Limite(_) => "limite",
            Self::TropDemande => "trop_demande",
            Self::EnPanneSurLaDemande => "en_panne_sur_la_demande",
            Self::Injoignable => "injoignable",
            Self::EnPanne => "en_panne",
            Self::Illisible => "illisible",
            Self::Incomprise => "incomprise",
            Self::AdresseInterdite => "adresse_interdite",
        }
    }

    /// Whether the raccordement is broken until somebody does something.
    #[must_use]
    pub const fn rompt(&self) -> bool {
        matches!(
            self,
            Self::JetonInconnu
                | Self::JetonExpire
                | Self::AdresseRefusee(_)
                | Self::DroitsPerdus
                | Self::AdresseInterdite
        )
    }

    /// Whether the same request may succeed later without anybody doing anything.
    #[must_use]
    pub const fn passagere(&self) -> bool {
        matches!(
            self,
            Self::Limite(_)
                | Self::TropDemande
                | Self::EnPanneSurLaDemande
                | Self::Injoignable
                | Self::EnPanne
                | Self::Illisible
        )
    }

    /// Whether less should be asked at once.
    #[must_use]
    pub const fn trop_a_la_fois(&self) -> bool {
        matches!(self, Self::TropDemande | Self::EnPanneSurLaDemande)
    }

    /// What is kept of it: its code, and the address that was refused.
    #[must_use]
    pub fn memoire(&self) -> String {
        match self {
            Self::AdresseRefusee(adresse) => format!("{} {adresse}", self.code()),
            autre => autre.code().to_owned(),
        }
    }

    /// Reads [`Self::memoire`] back, or [`Self::code`], without other details; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let (code, detail) = code.split_once(' ').unwrap_or((code, ""));
        [
            Self::JetonInconnu,
            Self::JetonExpire,
            Self::AdresseRefusee(detail.to_owned()),
            Self::DroitsPerdus,
            Self::LectureSeule,
            Self::Introuvable,
            Self::Refusee(String::new()),
            Self::Limite(DateTime::UNIX_EPOCH),
            Self::TropDemande,
            Self::EnPanneSurLaDemande,
            Self::Injoignable,
            Self::EnPanne,
            Self::Illisible,
            Self::Incomprise,
            Self::AdresseInterdite,
        ]
        .into_iter()
        .find(|erreur| erreur.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back_and_names_nobody() {
        for erreur in [
            ErreurDistante::JetonExpire,
            ErreurDistante::AdresseRefusee("203.0.113.7".to_owned()),
            ErreurDistante::EnPanneSurLaDemande,
        ] {
            assert_eq!(ErreurDistante::from_code(&erreur.memoire()), Some(erreur));
        }
        let dite = ErreurDistante::Refusee("Marlène Klok".to_owned());
        assert_eq!(dite.memoire(), "refusee");
        assert_eq!(ErreurDistante::from_code("autre"), None);
    }
}
