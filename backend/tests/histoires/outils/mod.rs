//! What the stories are told with.

pub mod corps;
pub mod distante;
pub mod dossier_distant;
pub mod fournisseur;
pub mod logiciels;
pub mod modele;
pub mod monde;
pub mod papier;
#[path = "../../outils/pdf_relu.rs"]
pub mod pdf_relu;
pub mod plateforme;
pub mod serveur_smtp;
