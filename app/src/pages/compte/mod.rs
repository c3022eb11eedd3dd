//! Opening an account, and choosing another password.

mod confirmation;
mod connexion;
mod demande;
mod fournisseurs;
mod identites;
mod mes_donnees;
mod mon_compte;
mod mot_de_passe;
mod preuve;
mod rattachement;
mod retour;

pub use confirmation::{ConfirmationFaite, ConfirmerQuiOnEst, LienDeConfirmation};
pub use connexion::Connexion;
pub use demande::{CreerUnCompte, MessageEnvoye, MotDePasseOublie};
pub use mes_donnees::MesDonnees;
pub use mon_compte::{CompteEfface, MonCompte};
pub use mot_de_passe::ChoisirMotDePasse;
pub use preuve::ProuverQuiOnEst;
pub use rattachement::{LienDeRattachement, RattachementEnvoye, RattacherUneIdentite};
pub use retour::avec_retour;
