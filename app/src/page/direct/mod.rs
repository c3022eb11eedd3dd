//! Live pages: what is shown is read again as soon as it changes, in all windows.
//!
//! The parts of a page say which topics they show ([`suivre`]); one connection watches them all.

mod abonnes;
#[cfg(not(feature = "ssr"))]
mod flux_client;
#[cfg(feature = "ssr")]
mod flux_serveur;

pub use abonnes::{Direct, suivre};
