//! Opening an account, and choosing another password.

mod confirmation;
mod connexion;
mod demande;
mod mon_compte;
mod mot_de_passe;
mod retour;

pub use confirmation::{ConfirmationFaite, ConfirmerQuiOnEst, LienDeConfirmation};
pub use connexion::Connexion;
pub use demande::{CreerUnCompte, MessageEnvoye, MotDePasseOublie};
pub use mon_compte::{CompteEfface, MonCompte};
pub use mot_de_passe::ChoisirMotDePasse;
pub use retour::avec_retour;
