//! What people type and read, whatever it is about.

pub mod adresse;
pub mod email;
pub mod fichier;
pub mod francais;
pub mod mailto;
pub mod mot_de_passe;
pub mod navigateur;
pub mod recherche;
pub mod saisie;
pub mod tableur;
