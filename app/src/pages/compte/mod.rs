//! Opening an account, and choosing another password.

mod connexion;
mod demande;
mod mot_de_passe;
mod retour;

pub use connexion::Connexion;
pub use demande::{CreerUnCompte, MessageEnvoye, MotDePasseOublie};
pub use mot_de_passe::ChoisirMotDePasse;
pub use retour::avec_retour;
