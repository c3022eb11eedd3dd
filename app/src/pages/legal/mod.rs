//! The legal pages, that every footer links to.

mod accessibilite;
mod cadre;
mod donnees;
mod mentions;

pub use accessibilite::Accessibilite;
pub use donnees::DonneesPersonnelles;
pub use mentions::MentionsLegales;

use domain::chemin::Chemin;

/// The addresses of the legal pages, and what every footer calls them.
pub const PAGES: [(&str, &str); 3] = [
    (Chemin::Accessibilite.patron(), "Accessibilité\u{a0}: partiellement conforme"),
    (Chemin::MentionsLegales.patron(), "Mentions légales"),
    (Chemin::DonneesPersonnelles.patron(), "Données personnelles"),
];
