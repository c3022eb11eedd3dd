//! Where a dossier was filed.

use crate::mots::mots;

mots! {
    /// Where a dossier was filed: what belongs to another platform is only read here.
    Origine {
        /// Here.
        Ici = "ici", "Cette plateforme";
        /// On a platform that runs Démarches Simplifiées, to which the démarche is joined.
        DemarchesSimplifiees = "demarches_simplifiees", "Démarches Simplifiées";
    }
}
