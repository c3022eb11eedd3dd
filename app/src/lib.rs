//! The interface: pages, components, and the server functions that feed them.
//!
//! Built twice: with `ssr` into the server, with `hydrate` into the browser's WASM.

// Views are nested types: a page goes deeper than the compiler's default.
#![recursion_limit = "512"]

#[expect(
    missing_docs,
    reason = "a server function becomes a struct whose fields, its arguments, can't be documented"
)]
pub mod api;
mod app;
mod components;
pub mod depart;
pub mod erreur;
mod formulaire;
mod page;
mod pages;
mod shell;
#[cfg(feature = "ssr")]
pub mod ssr;
pub mod theme;

pub use app::App;
pub use shell::{FichiersDuSite, shell};
