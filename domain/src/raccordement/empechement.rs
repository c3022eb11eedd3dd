//! Why something could not be written on the platform, as people need to read it.

use super::ErreurDistante;
use serde::{Deserialize, Serialize};

/// Why a message, a label or an annotation is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Empechement {
    /// Neither whoever acted nor the account of the démarche is a member of the groupe of the dossier, there.
    #[error(
        "Personne n'est autorisé à écrire dans ce dossier\u{a0}: ni la personne qui a agi, ni le compte de la démarche, ne fait partie du groupe d'instructeurs du dossier dans Démarches Simplifiées. Ajoutez l'un d'eux à ce groupe."
    )]
    SansAuteur,
    /// An administrateur stopped the raccordement.
    #[error(
        "La synchronisation avec Démarches Simplifiées est arrêtée. L'envoi aura lieu quand elle reprendra."
    )]
    Arrete,
    /// The platform does not accept the raccordement any more.
    #[error(
        "La connexion avec Démarches Simplifiées est rompue. L'envoi aura lieu quand un administrateur l'aura rétablie."
    )]
    Rompu,
    /// Nobody can write to the usager of a dossier that was archived.
    #[error(
        "Le dossier est archivé dans Démarches Simplifiées\u{a0}: il n'est plus possible d'y écrire."
    )]
    Archive,
    /// Somebody asked there that it be deleted; that may still be undone.
    #[error(
        "La suppression du dossier est demandée dans Démarches Simplifiées. L'envoi aura lieu si le dossier y est restauré."
    )]
    SuppressionDemandee,
    /// It is there no more.
    #[error("Le dossier est supprimé dans Démarches Simplifiées.")]
    Supprime,
    /// It was sent, and no answer came: it is looked for there before it is sent again.
    #[error(
        "Démarches Simplifiées n'a pas répondu. Le message y est cherché avant d'être envoyé de nouveau."
    )]
    SansReponse,
    /// The platform did not do it.
    #[error(transparent)]
    Distante(#[from] ErreurDistante),
}

/// Those that their code says whole.
const SANS_MOTS: [Empechement; 19] = [
    Empechement::SansAuteur,
    Empechement::Arrete,
    Empechement::Rompu,
    Empechement::Archive,
    Empechement::SuppressionDemandee,
    Empechement::Supprime,
    Empechement::SansReponse,
    Empechement::Distante(ErreurDistante::JetonInconnu),
    Empechement::Distante(ErreurDistante::JetonExpire),
    Empechement::Distante(ErreurDistante::DroitsPerdus),
    Empechement::Distante(ErreurDistante::LectureSeule),
    Empechement::Distante(ErreurDistante::Introuvable),
    Empechement::Distante(ErreurDistante::TropDemande),
    Empechement::Distante(ErreurDistante::EnPanneSurLaDemande),
    Empechement::Distante(ErreurDistante::Injoignable),
    Empechement::Distante(ErreurDistante::EnPanne),
    Empechement::Distante(ErreurDistante::Illisible),
    Empechement::Distante(ErreurDistante::Incomprise),
    Empechement::Distante(ErreurDistante::AdresseInterdite),
];

impl Empechement {
    /// Whether no other try can succeed, unless somebody asks for it.
    #[must_use]
    pub const fn definitif(&self) -> bool {
        matches!(
            self,
            Self::Archive
                | Self::Supprime
                | Self::Distante(
                    ErreurDistante::Refusee(_)
                        | ErreurDistante::Introuvable
                        | ErreurDistante::Incomprise
                )
        )
    }

    /// The word stored in the database: [`Self::code`], with the words of the platform when it said some.
    #[must_use]
    pub fn mot(&self) -> String {
        let code = self.code();
        match self {
            Self::Distante(ErreurDistante::Refusee(dit) | ErreurDistante::AdresseRefusee(dit)) => {
                format!("{code}:{dit}")
            }
            Self::Distante(ErreurDistante::Limite(le)) => format!("{code}:{}", le.to_rfc3339()),
            _ => code.to_owned(),
        }
    }

    /// Reads [`Self::mot`] back; `None` for anything else.
    #[must_use]
    pub fn lire(mot: &str) -> Option<Self> {
        let (code, dit) = mot.split_once(':').unwrap_or((mot, ""));
        let avec_mots = match code {
            "refusee" => Some(ErreurDistante::Refusee(dit.to_owned())),
            "adresse_refusee" => Some(ErreurDistante::AdresseRefusee(dit.to_owned())),
            "limite" => Some(ErreurDistante::Limite(dit.parse().ok()?)),
            _ => None,
        };
        let parmi = |seuls: &[Self]| seuls.iter().find(|seul| seul.code() == code).cloned();
        avec_mots.map(Self::Distante).or_else(|| parmi(&SANS_MOTS))
    }

    /// A word for logs and metrics: says nothing of anybody.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SansAuteur => "sans_auteur",
            Self::Arrete => "arrete",
            Self::Rompu => "rompu",
            Self::Archive => "archive",
            Self::SuppressionDemandee => "suppression_demandee",
            Self::Supprime => "supprime",
            Self::SansReponse => "sans_reponse",
            Self::Distante(erreur) => erreur.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn every_word_reads_back() {
        let le = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let avec_mots = [
            ErreurDistante::Refusee("L'instructeur n'a pas les droits : non".to_owned()),
            ErreurDistante::AdresseRefusee("2001:db8::1".to_owned()),
            ErreurDistante::Limite(le),
        ];
        for empechement in SANS_MOTS.into_iter().chain(avec_mots.map(Empechement::Distante)) {
            assert_eq!(Empechement::lire(&empechement.mot()), Some(empechement));
        }
        assert_eq!(Empechement::lire("autre"), None);
    }

    #[test]
    fn only_what_nobody_can_wait_for_is_given_up() {
        assert!(Empechement::Archive.definitif());
        assert!(Empechement::Distante(ErreurDistante::Refusee(String::new())).definitif());
        for attend in [Empechement::SansAuteur, Empechement::Rompu, Empechement::SansReponse] {
            assert!(!attend.definitif(), "{attend}");
        }
        assert!(!Empechement::Distante(ErreurDistante::Injoignable).definitif());
    }
}
