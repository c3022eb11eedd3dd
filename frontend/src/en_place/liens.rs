//! Follows links without loading the page anew.

use super::outils::{autour, cible, document, ecouter};
use super::{historique, outils, page};
use domain::chemin::a_hydrater;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

/// Takes the clicks on links.
pub fn commencer() {
    ecouter(&document(), "click", |clic: MouseEvent| {
        let lien = cible(&clic).and_then(|cible| autour(&cible, "a[href]"));
        if let Some(adresse) = lien.filter(|_| simple(&clic)).and_then(|lien| a_suivre(&lien)) {
            clic.prevent_default();
            historique::aller(adresse);
        }
    });
}

/// Whether a click is one that follows a link here, and that nothing else has taken.
fn simple(clic: &MouseEvent) -> bool {
    clic.button() == 0
        && !(clic.default_prevented()
            || clic.meta_key()
            || clic.ctrl_key()
            || clic.shift_key()
            || clic.alt_key())
}

/// Where a link leads, when it is for this application to follow it.
fn a_suivre(lien: &Element) -> Option<String> {
    let lien: &HtmlAnchorElement = lien.dyn_ref()?;
    let rel = lien.rel();
    let ailleurs = !matches!(lien.target().as_str(), "" | "_self")
        || lien.has_attribute("download")
        || rel.split_whitespace().any(|mot| mot == "external")
        || lien.origin() != outils::fenetre().location().origin().unwrap_or_default()
        || a_hydrater(&lien.pathname());
    let adresse = lien.pathname() + &lien.search();
    // To another place of the page shown.
    let ici = !lien.hash().is_empty() && adresse == page::adresse();
    (!ailleurs && !ici).then(|| adresse + &lien.hash())
}
