//! Keeps pages up to date in place: they are read again, as a browser without script reads them, and what differs is shown.
//!
//! Links are followed and forms posted the same way. All that is heard is heard on the whole document, so that nothing has to be
//! bound to what a page shows. Without this application, or once something broke in it, pages work as without script.

mod affichage;
mod avis;
mod commodites;
mod direct;
mod formulaires;
mod historique;
mod lecture;
mod liens;
mod morphose;
mod outils;
mod page;
mod panne;
mod relecture;
mod suites;
mod voix;

use morphose::Idiomorph;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page once the WebAssembly is there, with what shows another state of it.
#[wasm_bindgen]
pub fn demarrer(outil: Idiomorph) {
    panne::surveiller();
    morphose::preparer(outil);
    page::est_maintenant(&page::adresse_du_navigateur());
    // Before links: « Annuler » is one, that some panels take for themselves.
    commodites::commencer();
    suites::commencer();
    liens::commencer();
    formulaires::commencer();
    historique::commencer();
    relecture::commencer();
    affichage::suivre();
    if let Some(racine) = outils::racine() {
        // Refused only for a wrong name.
        let _ = racine.set_attribute("data-vivant", "");
    }
}
