//! Hydrates the interface, nothing else.

use domain::chemin::a_hydrater;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, Event, HtmlAnchorElement, window};

/// Called by the page once the WebAssembly is there.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    laisser_les_autres_pages();
    leptos::mount::hydrate_body(app::App);
}

/// The router takes all links of the site for its own: those to pages that this application does not hold are marked, as they
/// are followed and before it hears of it, so that it leaves them to the browser.
fn laisser_les_autres_pages() {
    let Some(document) = window().and_then(|fenetre| fenetre.document()) else { return };
    let marquer = Closure::<dyn Fn(Event)>::new(|clic: Event| {
        let cible = clic.target().and_then(|cible| cible.dyn_into::<Element>().ok());
        let lien = cible.and_then(|cible| cible.closest("a[href]").ok().flatten());
        if let Some(lien) = lien.and_then(|lien| lien.dyn_into::<HtmlAnchorElement>().ok())
            && !a_hydrater(&lien.pathname())
        {
            lien.set_rel(&format!("{} external", lien.rel()));
        }
    });
    // Refused only for a wrong name of event.
    let _ = document.add_event_listener_with_callback_and_bool(
        "click",
        marquer.as_ref().unchecked_ref(),
        true,
    );
    marquer.forget();
}
