//! What can go wrong with RDV Service Public, as people need to read it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Why RDV Service Public did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ErreurPlateforme {
    /// The person has not connected their account, or not on this site.
    #[error(
        "Votre compte RDV Service Public n'est pas connecté. Connectez-le depuis la page «\u{a0}Mon compte RDV Service Public\u{a0}»."
    )]
    NonConnecte,
    /// It was connected, and RDV Service Public does not accept it any more.
    #[error(
        "Votre compte RDV Service Public n'est plus connecté. Reconnectez-le depuis la page «\u{a0}Mon compte RDV Service Public\u{a0}»."
    )]
    ConnexionPerdue,
    /// 401: the token is not, or no longer, accepted.
    #[error("RDV Service Public n'a pas reconnu votre connexion. Reconnectez votre compte.")]
    NonAutorise,
    /// 403: the account may not do this.
    #[error("RDV Service Public n'autorise pas votre compte à faire cette opération.")]
    Refuse,
    /// 404.
    #[error(
        "RDV Service Public ne trouve pas ce qui est demandé\u{a0}: cela a pu y être supprimé."
    )]
    Introuvable,
    /// 400, 422: what was sent does not suit it. Holds its own words, which may name a person: to be
    /// shown, never to be logged.
    #[error("RDV Service Public a refusé la demande{}.", precision(.0))]
    Invalide(String),
    /// 429: too many requests, until then.
    #[error("RDV Service Public reçoit trop de demandes. Réessayez dans quelques minutes.")]
    LimiteJusqua(DateTime<Utc>),
    /// No answer in time, no connection, or it failed several times in a row.
    #[error("RDV Service Public ne répond pas pour le moment. Réessayez dans quelques minutes.")]
    Injoignable,
    /// 5xx.
    #[error("RDV Service Public rencontre un problème. Réessayez dans quelques minutes.")]
    EnPanne,
    /// An answer that can't be understood: not the expected JSON, too large, or sent elsewhere.
    #[error("La réponse de RDV Service Public n'a pas pu être lue.")]
    ReponseIllisible,
    /// The address is not of an accepted site, or leads inside our own network.
    #[error("Cette adresse ne fait pas partie des sites RDV Service Public acceptés.")]
    AdresseInterdite,
}

fn precision(detail: &str) -> String {
    if detail.is_empty() { String::new() } else { format!("\u{a0}: {detail}") }
}

impl ErreurPlateforme {
    /// A word for logs, metrics and the database: says nothing of anybody.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NonConnecte => "non_connecte",
            Self::ConnexionPerdue => "connexion_perdue",
            Self::NonAutorise => "non_autorise",
            Self::Refuse => "refuse",
            Self::Introuvable => "introuvable",
            Self::Invalide(_) => "invalide",
            Self::LimiteJusqua(_) => "limite",
            Self::Injoignable => "injoignable",
            Self::EnPanne => "en_panne",
            Self::ReponseIllisible => "reponse_illisible",
            Self::AdresseInterdite => "adresse_interdite",
        }
    }

    /// Reads [`Self::code`] back, without its details; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [
            Self::NonConnecte,
            Self::ConnexionPerdue,
            Self::NonAutorise,
            Self::Refuse,
            Self::Introuvable,
            Self::Invalide(String::new()),
            Self::LimiteJusqua(DateTime::UNIX_EPOCH),
            Self::Injoignable,
            Self::EnPanne,
            Self::ReponseIllisible,
            Self::AdresseInterdite,
        ]
        .into_iter()
        .find(|erreur| erreur.code() == code)
    }

    /// Whether the same request may succeed later without anybody doing anything.
    #[must_use]
    pub const fn passagere(&self) -> bool {
        matches!(
            self,
            Self::LimiteJusqua(_) | Self::Injoignable | Self::EnPanne | Self::ReponseIllisible
        )
    }

    /// The HTTP status that says the same to a program.
    #[must_use]
    pub const fn statut_http(&self) -> u16 {
        match self {
            Self::NonConnecte | Self::ConnexionPerdue | Self::NonAutorise => 409,
            // Not 502: proxies replace such answers by a page of their own.
            _ => 424,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_platform_follow_the_sentence() {
        let vide = ErreurPlateforme::Invalide(String::new());
        assert_eq!(vide.to_string(), "RDV Service Public a refusé la demande.");
        let dit = ErreurPlateforme::Invalide("Le nom doit être rempli".to_owned());
        assert_eq!(
            dit.to_string(),
            "RDV Service Public a refusé la demande\u{a0}: Le nom doit être rempli."
        );
        assert_eq!(ErreurPlateforme::from_code(dit.code()), Some(vide));
        assert_eq!(ErreurPlateforme::from_code("autre"), None);
    }
}
