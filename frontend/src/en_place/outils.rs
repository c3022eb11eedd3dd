//! What every module needs of the browser.

use super::panne;
use js_sys::Function;
use std::time::Duration;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, Event, EventTarget, FocusOptions, HtmlElement, ScrollIntoViewOptions,
    ScrollLogicalPosition, Window,
};

/// The window: this only runs in one.
pub fn fenetre() -> Window {
    js_sys::global().unchecked_into()
}

/// The document shown.
pub fn document() -> Document {
    propriete(&fenetre(), "document").unchecked_into()
}

/// What holds the head and the body.
pub fn racine() -> Option<Element> {
    document().document_element()
}

/// The first element that `selecteur` finds in the document.
pub fn un(selecteur: &str) -> Option<Element> {
    document().query_selector(selecteur).ok().flatten()
}

/// All that `selecteur` finds in the document.
pub fn tous(selecteur: &str) -> Vec<Element> {
    document().query_selector_all(selecteur).map(|trouves| elements(&trouves)).unwrap_or_default()
}

/// All that `selecteur` finds in an element.
pub fn tous_dans(dans: &Element, selecteur: &str) -> Vec<Element> {
    dans.query_selector_all(selecteur).map(|trouves| elements(&trouves)).unwrap_or_default()
}

/// The elements of a list.
pub fn elements(liste: &web_sys::NodeList) -> Vec<Element> {
    (0..liste.length()).filter_map(|rang| liste.get(rang)).map(JsCast::unchecked_into).collect()
}

/// What an event happened to.
pub fn cible(evenement: &Event) -> Option<Element> {
    evenement.target()?.dyn_into().ok()
}

/// Whether an element has that name.
pub fn est(element: &Element, nom: &str) -> bool {
    element.local_name() == nom
}

/// Calls `suite` at each event of that name, as long as nothing is broken.
pub fn ecouter<E: JsCast + 'static>(sur: &EventTarget, nom: &str, suite: impl Fn(E) + 'static) {
    let suite = Closure::<dyn Fn(Event)>::new(move |evenement: Event| {
        if !panne::arrive() {
            suite(evenement.unchecked_into());
        }
    });
    // Refused only for what is no function.
    let _ = sur.add_event_listener_with_callback(nom, suite.as_ref().unchecked_ref());
    suite.forget();
}

/// Calls `suite` once, a while later.
pub fn plus_tard(duree: Duration, suite: impl FnOnce() + 'static) {
    let suite = Closure::once_into_js(move || {
        if !panne::arrive() {
            suite();
        }
    });
    differer(suite.unchecked_ref(), duree);
}

fn differer(suite: &Function, duree: Duration) {
    let duree = i32::try_from(duree.as_millis()).unwrap_or(i32::MAX);
    // Refused only for what is no function.
    let _ = fenetre().set_timeout_with_callback_and_timeout_and_arguments_0(suite, duree);
}

/// Calls `suite` before the next picture.
pub fn a_l_image(suite: impl FnOnce() + 'static) {
    let suite = Closure::once_into_js(suite);
    // Refused only for what is no function.
    let _ = fenetre().request_animation_frame(suite.unchecked_ref());
}

/// Gives the focus to an element; `bouger`: and moves the page to it.
pub fn viser(element: &Element, bouger: bool) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(!bouger);
    let _ = element.unchecked_ref::<HtmlElement>().focus_with_options(&options);
}

/// Scrolls the page to an element, unless it is in sight.
pub fn montrer(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether all of an element is in sight.
pub fn est_en_vue(element: &Element) -> bool {
    let ici = element.get_bounding_client_rect();
    let bas = fenetre().inner_height().ok().and_then(|bas| bas.as_f64()).unwrap_or_default();
    ici.top() >= 0.0 && ici.bottom() <= bas
}

/// Whether an element is not shown.
pub fn est_sans_place(element: &Element) -> bool {
    let place = element.get_bounding_client_rect();
    place.width() == 0.0 && place.height() == 0.0
}

/// Whether an element is one of the page's that has that selector.
pub fn repond(element: &Element, selecteur: &str) -> bool {
    // Refused by browsers that do not know what is asked: then it is not so.
    element.matches(selecteur).unwrap_or(false)
}

/// The element around this one, or itself, that has that selector.
pub fn autour(element: &Element, selecteur: &str) -> Option<Element> {
    element.closest(selecteur).ok().flatten()
}

/// A property of an object; `undefined` when it has none.
pub fn propriete(objet: &JsValue, nom: &str) -> JsValue {
    js_sys::Reflect::get(objet, &JsValue::from_str(nom)).unwrap_or(JsValue::UNDEFINED)
}
