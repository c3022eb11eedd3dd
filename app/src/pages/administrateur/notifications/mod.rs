//! What could not be applied, what could not leave.

mod courriels_non_envoyes;
mod mises_de_cote;
mod rejeu;

pub use courriels_non_envoyes::CourrielsNonEnvoyesDemarche;
pub use mises_de_cote::NotificationsMisesDeCote;
pub use rejeu::{apres_essais, quand};
