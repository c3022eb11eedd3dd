//! A démarche joined to a platform that runs Démarches Simplifiées: where that stands, and what can go wrong with it.

pub mod demande;
mod empechement;
mod erreur;
pub mod miroir;
mod rappel;
pub mod reconnaissance;
pub mod reperes;
mod sites;
pub mod texte;

pub use empechement::Empechement;
pub use erreur::ErreurDistante;
pub use rappel::{jours_restants, rappel};
pub use sites::noms;

use crate::mots::mots;

mots! {
    /// Where a raccordement stands.
    EtatRaccordement {
        /// It is synchronised.
        Actif = "actif", "Connexion active";
        /// The platform does not accept it any more: somebody has to do something there.
        Rompu = "rompu", "Connexion rompue";
        /// An administrateur stopped it.
        Arrete = "arrete", "Synchronisation arrêtée";
    }
}

mots! {
    /// What the platform says of the deletion of a dossier.
    Suppression {
        /// It is there.
        Aucune = "aucune", "Présent";
        /// It is hidden there, and may still be restored.
        EnAttente = "en_attente", "Suppression demandée";
        /// It is deleted for good.
        Definitive = "definitive", "Supprimé";
    }
}

mots! {
    /// Where a message stands between here and the platform.
    EtatMessage {
        /// It was written there, and read here.
        Recu = "recu", "Reçu";
        /// It was written here, and is to be sent there.
        AEnvoyer = "a_envoyer", "À envoyer";
        /// It was sent, and nothing is known of what became of it: it is looked for before it is sent again.
        SansReponse = "sans_reponse", "Envoyé, sans réponse";
        /// It is there.
        Remis = "remis", "Envoyé";
        /// It was withdrawn before it was sent.
        Retire = "retire", "Retiré avant l'envoi";
    }
}

mots! {
    /// A label that is put on a dossier, there.
    Etiquette {
        /// A rendez-vous is proposed.
        Propose = "propose", "RDV proposé";
        /// A rendez-vous is booked.
        Pris = "pris", "RDV pris";
    }
}
