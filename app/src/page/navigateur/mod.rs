//! What the server that renders and the browser that hydrates do differently: one module each, with the
//! same functions.

#[cfg(not(feature = "ssr"))]
mod client;
#[cfg(not(feature = "ssr"))]
mod retour;
#[cfg(feature = "ssr")]
mod serveur;

#[cfg(not(feature = "ssr"))]
pub use client::*;
#[cfg(feature = "ssr")]
pub use serveur::*;
