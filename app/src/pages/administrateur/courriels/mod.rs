//! The tile « Configuration des emails ».

mod courriel;
mod liste;

pub use courriel::CourrielDemarche;
pub use liste::CourrielsDemarche;
