//! The pages, by role. Those that are not hydrated are the server's alone.

#[cfg(feature = "ssr")]
pub mod abonnement;
#[cfg(feature = "ssr")]
mod accueil;
pub mod administrateur;
#[cfg(feature = "ssr")]
pub mod affichage;
#[cfg(feature = "ssr")]
pub mod aide;
#[cfg(feature = "ssr")]
pub mod compte;
#[cfg(feature = "ssr")]
pub mod compte_rdv;
#[cfg(feature = "ssr")]
pub mod desabonnement;
#[cfg(feature = "ssr")]
pub mod expert;
#[cfg(feature = "ssr")]
pub mod instructeur;
#[cfg(feature = "ssr")]
pub mod legal;
#[cfg(feature = "ssr")]
pub mod plan_du_site;
#[cfg(feature = "ssr")]
pub mod proposition;
#[cfg(feature = "ssr")]
pub mod usager;

#[cfg(feature = "ssr")]
pub use accueil::Accueil;
