//! What makes pages live in the browser. Built twice: with `pages`, hydrates the interface; with `en-place`, keeps up to
//! date in place the pages that are not hydrated ([`domain::chemin::a_hydrater`] says which).

#[cfg(feature = "en-place")]
mod en_place;
#[cfg(feature = "pages")]
mod pages;
