//! The legal pages, that every footer links to.

mod accessibilite;
mod cadre;
mod donnees;
mod mentions;

pub use accessibilite::Accessibilite;
pub use donnees::DonneesPersonnelles;
pub use mentions::MentionsLegales;
