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
