//! Who says who somebody is, and by which way a session was opened.

use crate::mots::mots;

mots! {
    /// A platform of the State that says who somebody is.
    Fournisseur {
        /// Agents.
        ProConnect = "proconnect", "ProConnect";
        /// Citizens.
        FranceConnect = "franceconnect", "FranceConnect";
    }
}

mots! {
    /// By which way a session was opened.
    Moyen {
        /// An e-mail and a password.
        MotDePasse = "mot_de_passe", "Mot de passe";
        /// A link received by mail, at which a password was chosen.
        Lien = "lien", "Lien reçu par courriel";
        /// ProConnect.
        ProConnect = "proconnect", "ProConnect";
        /// FranceConnect.
        FranceConnect = "franceconnect", "FranceConnect";
    }
}

mots! {
    /// Of whom a démarche demands that they come in by ProConnect.
    Exigence {
        /// Of nobody.
        Aucune = "aucune", "De personne";
        /// Of those who examine its dossiers.
        Instructeurs = "instructeurs", "Des instructeurs";
        /// Of those who file them too.
        Tous = "tous", "De tous, instructeurs et usagers";
    }
}

impl From<Fournisseur> for Moyen {
    fn from(fournisseur: Fournisseur) -> Self {
        match fournisseur {
            Fournisseur::ProConnect => Self::ProConnect,
            Fournisseur::FranceConnect => Self::FranceConnect,
        }
    }
}

mots! {
    /// Why signing in by a platform did not work. The sentences name it as « {plateforme} ».
    Refus {
        /// They came back with nothing: « retour », or the way out of its page.
        Annulee = "annulee", "Vous êtes revenu(e) de {plateforme} sans vous être identifié(e). Recommencez, ou choisissez une autre façon de vous connecter.";
        /// `access_denied`.
        AccesRefuse = "acces_refuse", "{plateforme} n'a pas autorisé la connexion. Si vous ne l'avez pas refusée vous-même, votre compte ou votre organisation n'a peut-être pas accès à ce service.";
        /// `login_required`, and what is like it.
        ConnexionRequise = "connexion_requise", "Votre connexion à {plateforme} était terminée. Recommencez pour vous identifier à nouveau.";
        /// `invalid_request`, `invalid_scope`…: what this service asked for is not what was declared there.
        DemandeRefusee = "demande_refusee", "{plateforme} n'a pas accepté la demande de ce service. Ce n'est pas de votre fait\u{a0}: prévenez l'équipe du service et connectez-vous autrement en attendant.";
        /// The level of assurance is not one of those that are accepted.
        Niveau = "niveau", "Le niveau de garantie de l'identité que {plateforme} nous a transmise ne suffit pas pour ce service. Recommencez avec un autre moyen d'identification.";
        /// `server_error`, `temporarily_unavailable`, no answer, an answer too long.
        EnPanne = "en_panne", "{plateforme} ne répond pas comme prévu pour le moment. Réessayez dans quelques minutes, ou connectez-vous autrement.";
        /// Nobody left from this browser with that state, or too long ago.
        Expiree = "expiree", "Cette demande de connexion a expiré, ou elle n'a pas été commencée dans ce navigateur. Recommencez.";
        /// The answer comes a second time.
        DejaServie = "deja_servie", "Cette réponse de {plateforme} a déjà servi. Si vous n'êtes pas connecté(e), recommencez.";
        /// The code is not accepted, or no longer.
        CodeRefuse = "code_refuse", "{plateforme} n'a pas confirmé cette connexion, sans doute parce qu'elle a pris trop de temps. Recommencez.";
        /// Something of the answer is not what it must be.
        ReponseFausse = "reponse_fausse", "La réponse de {plateforme} n'a pas pu être vérifiée. Par sécurité, vous n'êtes pas connecté(e). Recommencez\u{a0}; si cela se reproduit, prévenez l'équipe du service.";
        /// The identity is one account's, its address another agent's.
        Conflit = "conflit", "Cette identité {plateforme} est déjà rattachée à un compte, et son adresse électronique est celle d'un autre. Par sécurité, rien n'a été changé\u{a0}: écrivez à l'équipe du service en donnant la référence.";
        /// The second time, somebody else signed in there.
        AutrePersonne = "autre_personne", "La seconde identification a été faite avec un autre compte {plateforme} que la première. Recommencez avec un seul.";
        /// Agents sign in with ProConnect.
        Agent = "agent", "Votre compte est celui d'un agent\u{a0}: {plateforme} est réservé aux usagers. Identifiez-vous avec ProConnect.";
        /// The link is opened elsewhere than where signing in began.
        AutreNavigateur = "autre_navigateur", "Ce lien s'ouvre dans le navigateur où vous avez commencé à vous connecter avec {plateforme}, dans les quinze minutes. Si ce n'était pas vous, ne faites rien\u{a0}: rien n'a été changé.";
        /// What the platform answered is none of what is known.
        Inconnu = "inconnu", "La connexion avec {plateforme} a échoué. Recommencez, ou connectez-vous autrement.";
    }
}

impl Refus {
    /// What the person reads.
    #[must_use]
    pub fn phrase(self, fournisseur: Fournisseur) -> String {
        self.libelle().replace("{plateforme}", fournisseur.libelle())
    }

    /// Whether whoever is asked for help needs the reference of the request.
    #[must_use]
    pub const fn a_signaler(self) -> bool {
        matches!(
            self,
            Self::DemandeRefusee
                | Self::EnPanne
                | Self::ReponseFausse
                | Self::Conflit
                | Self::Inconnu
                | Self::Niveau
        )
    }

    /// What the word of a callback means (`error`: RFC 6749, OpenID Connect, and what the two platforms add).
    #[must_use]
    pub fn de_l_erreur(mot: &str) -> Self {
        match mot {
            "access_denied" => Self::AccesRefuse,
            "login_required"
            | "interaction_required"
            | "consent_required"
            | "account_selection_required" => Self::ConnexionRequise,
            "invalid_request"
            | "invalid_scope"
            | "unauthorized_client"
            | "invalid_client"
            | "unsupported_response_type" => Self::DemandeRefusee,
            "invalid_acr" | "unmet_authentication_requirements" => Self::Niveau,
            "server_error" | "temporarily_unavailable" => Self::EnPanne,
            _ => Self::Inconnu,
        }
    }
}

/// Whether what a platform says proves two factors: `acr` is one of those of `liste`, or `amr` says so.
#[must_use]
pub fn prouve_deux_facteurs(acr: Option<&str>, amr: &[String], liste: &[String]) -> bool {
    acr.is_some_and(|acr| liste.iter().any(|connu| connu == acr)) || amr.iter().any(|m| m == "mfa")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_names_the_platform_and_nothing_is_left_to_fill_in() {
        for refus in Refus::TOUS {
            for fournisseur in Fournisseur::TOUS {
                let phrase = refus.phrase(*fournisseur);
                assert!(!phrase.contains(['{', '}']), "{phrase}");
                assert_eq!(Refus::from_code(refus.code()), Some(*refus));
            }
        }
        assert_eq!(Refus::de_l_erreur("access_denied"), Refus::AccesRefuse);
        assert_eq!(Refus::de_l_erreur("<script>"), Refus::Inconnu);
    }

    #[test]
    fn two_factors_are_proven_by_either_word() {
        let liste = ["eidas1-mfa".to_owned()];
        let mfa = ["pwd".to_owned(), "mfa".to_owned()];
        assert!(prouve_deux_facteurs(Some("eidas1-mfa"), &[], &liste));
        assert!(prouve_deux_facteurs(None, &mfa, &liste));
        for (acr, amr) in [(Some("eidas1"), &mfa[..1]), (None, &[]), (Some("mfa"), &[])] {
            assert!(!prouve_deux_facteurs(acr, amr, &liste), "{acr:?}");
        }
    }
}
