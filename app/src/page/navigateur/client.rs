//! In the browser.

use crate::theme::Theme;
use domain::vues::faits::Fait;
use leptos::ev;
use leptos::prelude::{document, on_cleanup, window, window_event_listener};
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    Element, HtmlDialogElement, HtmlElement, HtmlInputElement, PageTransitionEvent, SubmitEvent,
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FocusOptions, ScrollIntoViewOptions, ScrollLogicalPosition};

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

/// Prints the page.
pub fn imprimer() {
    let _ = window().print();
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

/// Whether files were chosen in the form that is about to be posted.
pub fn porte_des_fichiers(envoi: &SubmitEvent) -> bool {
    let Some(formulaire) = envoi.target().and_then(|cible| cible.dyn_into::<Element>().ok()) else {
        return false;
    };
    let Ok(choix) = formulaire.query_selector_all("input[type=file]") else { return false };
    (0..choix.length())
        .filter_map(|rang| choix.get(rang)?.dyn_into::<HtmlInputElement>().ok())
        .any(|choix| !choix.value().is_empty())
}

/// What is typed in the field of that id; « on » for a box that is ticked.
pub fn saisie(id: &str) -> Option<String> {
    let champ = document().get_element_by_id(id)?;
    match case(&champ) {
        Some(case) => Some(if case.checked() { "on" } else { "" }.to_owned()),
        None => js_sys::Reflect::get(&champ, &"value".into()).ok()?.as_string(),
    }
}

/// Puts that in the field of that id; « on » ticks a box.
pub fn remplir(id: &str, valeur: &str) {
    let Some(champ) = document().get_element_by_id(id) else { return };
    match case(&champ) {
        Some(case) => case.set_checked(valeur == "on"),
        // Only refused by what is no field.
        None => {
            let _ = js_sys::Reflect::set(&champ, &"value".into(), &valeur.into());
        }
    }
}

/// Gives the focus to the field of that id.
pub fn viser(id: &str) {
    let champ = document().get_element_by_id(id);
    if let Some(champ) = champ.and_then(|champ| champ.dyn_into::<HtmlElement>().ok()) {
        let _ = champ.focus();
    }
}

/// Gives the focus to an element, without moving the page to it.
pub fn viser_sans_bouger(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Scrolls a line of elements sideways, so that the one that `selecteur` finds is in its middle.
pub fn montrer_dans(ligne: &HtmlElement, selecteur: &str) {
    let Some(cible) = ligne.query_selector(selecteur).ok().flatten() else { return };
    let (elle, ici) = (cible.get_bounding_client_rect(), ligne.get_bounding_client_rect());
    let ecart = elle.left() - ici.left() - (ici.width() - elle.width()) / 2.0;
    ligne.scroll_by_with_x_and_y(ecart, 0.0);
}

/// Scrolls the page to an element, unless it is in sight.
pub fn montrer(element: &HtmlElement) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Scrolls the page to what its address names after « # », which was not there yet when the browser looked for it, and
/// gives it the focus.
pub fn montrer_la_cible() {
    let Ok(nom) = window().location().hash() else { return };
    let cible = document().get_element_by_id(nom.trim_start_matches('#'));
    if let Some(cible) = cible.and_then(|cible| cible.dyn_into::<HtmlElement>().ok()) {
        cible.scroll_into_view();
        viser_sans_bouger(&cible);
    }
}

fn case(champ: &Element) -> Option<&HtmlInputElement> {
    champ.dyn_ref::<HtmlInputElement>().filter(|champ| champ.type_() == "checkbox")
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
