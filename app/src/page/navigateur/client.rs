//! In the browser.

use crate::theme::Theme;
use domain::vues::faits::Fait;
use leptos::ev;
use leptos::prelude::{document, on_cleanup, window, window_event_listener};
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlDialogElement, HtmlElement, PageTransitionEvent};
use wasm_bindgen_futures::JsFuture;
use web_sys::FocusOptions;

pub use super::retour::suivre_l_historique;

/// Sets the status of the page: only the server does.
pub const fn statut(_code: u16) {}

/// Says when to ask for the page again: only the server does.
pub const fn attente(_secondes: Option<u32>) {}

/// The colours that the person chose: only the server asks, to write the page.
pub const fn theme() -> Theme {
    Theme::Systeme
}

/// The name of the service, as the server wrote it in the document.
pub fn nom_du_service() -> String {
    let document = document().document_element();
    document.and_then(|document| document.get_attribute("data-service")).unwrap_or_default()
}

/// Sends the person to another page of ours, loaded anew.
pub fn aller(chemin: &str) {
    // Refused only while the page is being left already.
    let _ = window().location().set_href(chemin);
}

/// The title of the window, which a browser takes as a text.
pub fn titre(texte: &str) -> String {
    texte.to_owned()
}

/// What the page says of what is worth being read out in it: a browser that hydrates it knows.
pub const fn en_json(_faits: &[Fait]) -> Option<String> {
    None
}

/// Loads the page again.
pub fn recharger() {
    let _ = window().location().reload();
}

/// Says that the page is alive: what needs a script is shown from then on.
pub fn dire_vivante() {
    if let Some(page) = document().document_element() {
        let _ = page.set_attribute("data-vivant", "");
    }
}

/// Opens the window of that id, for the browsers that do not do it by themselves.
pub fn ouvrir_modale(id: &str) {
    if let Some(modale) = modale(id)
        && !modale.open()
    {
        // Refused only when it is open already.
        let _ = modale.show_modal();
    }
}

/// Closes the window of that id, for the browsers that do not do it by themselves.
pub fn fermer_modale(id: &str) {
    if let Some(modale) = modale(id) {
        modale.close();
    }
}

fn modale(id: &str) -> Option<HtmlDialogElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Gives the focus to an element, without moving the page to it.
pub fn viser_sans_bouger(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Puts a text in the clipboard, then says whether it is there.
pub fn copier(texte: &str, fait: impl FnOnce(bool) + 'static) {
    // Absent from pages that are not served over https.
    let navigateur = window().navigator();
    let presse_papiers = js_sys::Reflect::get(&navigateur, &"clipboard".into())
        .is_ok_and(|valeur| !valeur.is_undefined());
    if !presse_papiers {
        fait(false);
        return;
    }
    let ecriture = navigateur.clipboard().write_text(texte);
    spawn_local(async move { fait(JsFuture::from(ecriture).await.is_ok()) });
}

/// Runs `reprendre` each time the network is back.
pub fn au_reseau(reprendre: impl Fn() + 'static) {
    let ecoute = window_event_listener(ev::online, move |_| reprendre());
    on_cleanup(move || ecoute.remove());
}

/// Runs `relire` each time the browser shows the page again as it had left it (back and forward).
pub fn au_retour(relire: impl Fn() + 'static) {
    let ecoute =
        window_event_listener(ev::Custom::<PageTransitionEvent>::new("pageshow"), move |e| {
            if e.unchecked_ref::<PageTransitionEvent>().persisted() {
                relire();
            }
        });
    on_cleanup(move || ecoute.remove());
}
