//! Signing in by a platform of the State: ProConnect for agents, FranceConnect for citizens.
//!
//! [`plateforme`] speaks to a platform, [`verification`] believes nothing of what it signs before it is checked,
//! [`constat`] is what it said; [`demandes`] are those who left for it, [`retour`] those who come back;
//! [`reconnaissance`] tells whose account it is, [`rattachement`] whom to ask when nobody knows; [`attachees`] are shown
//! in « Mon compte », and [`sortie`] signs out there too.

pub mod attachees;
mod constat;
mod demandes;
mod plateforme;
pub mod rattachement;
mod reconnaissance;
pub mod retour;
pub mod sortie;
mod verification;

pub use demandes::{Apres, Depart, partir, purger};
pub use plateforme::{Identites, ReglageIdentite};
