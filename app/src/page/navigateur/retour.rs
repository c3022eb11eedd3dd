//! Back and forward: the address that the router goes by, and how far the page come back to had been scrolled.

use leptos::ev;
use leptos::prelude::{
    WindowListenerHandle, document, on_cleanup, request_animation_frame, use_context, window,
    window_event_listener,
};
use leptos_router::location::{BrowserUrl, LocationChange, LocationProvider};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// How many pictures in a row the page must stay where it was put: what is read later makes it longer or shorter.
const STABLE: u32 = 20;
/// How many pictures at most it is waited for: some ten seconds.
const PATIENCE: u32 = 600;

/// Follows the steps back and forward. To be called inside the router.
pub fn suivre_l_historique() {
    let Some(adresses) = use_context::<BrowserUrl>() else { return };
    let places = Rc::<Places>::default();
    let (defilees, reprises, laissees) = (Rc::clone(&places), Rc::clone(&places), places);
    let abandonner = move || laissees.attendue.set(None);
    let ecoutes = [
        window_event_listener(ev::scroll, move |_| defilees.noter()),
        window_event_listener(ev::popstate, move |_| {
            dire_au_routeur(&adresses);
            Places::retrouver(&reprises);
        }),
        window_event_listener(ev::wheel, {
            let abandonner = abandonner.clone();
            move |_| abandonner()
        }),
        window_event_listener(ev::keydown, {
            let abandonner = abandonner.clone();
            move |_| abandonner()
        }),
        window_event_listener(ev::pointerdown, move |_| abandonner()),
    ];
    on_cleanup(move || ecoutes.into_iter().for_each(WindowListenerHandle::remove));
}

/// Tells the router which address the browser is at. It only knows it of a single step back; after any other it takes
/// a link to the page it last went to for a link to the page shown, and leaves the address as it was.
fn dire_au_routeur(adresses: &BrowserUrl) {
    let Some(value) = adresse() else { return };
    // Written over itself: nothing changes for the browser.
    let ici = LocationChange { value, replace: true, scroll: false, ..Default::default() };
    adresses.complete_navigation(&ici);
}

/// The address of the page, after the name of the site.
fn adresse() -> Option<String> {
    let lieu = window().location();
    Some(lieu.pathname().ok()? + &lieu.search().ok()? + &lieu.hash().ok()?)
}

/// How far the pages shown were scrolled, in CSS pixels from their top. The browser only knows it of pages that are
/// whole as soon as they are shown.
#[derive(Default)]
struct Places {
    connues: RefCell<HashMap<String, f64>>,
    /// The one to find again, until it is found or the person does something.
    attendue: Cell<Option<f64>>,
}

impl Places {
    fn noter(&self) {
        if let (None, Some(adresse), Ok(place)) =
            (self.attendue.get(), adresse(), window().scroll_y())
        {
            self.connues.borrow_mut().insert(adresse, place);
        }
    }

    /// Scrolls to where the page shown now was left, as soon as it is long enough.
    fn retrouver(places: &Rc<Self>) {
        let connue = adresse().and_then(|adresse| places.connues.borrow().get(&adresse).copied());
        let deja = places.attendue.replace(connue).is_some();
        if connue.is_some() && !deja {
            Rc::clone(places).essayer(0, 0);
        }
    }

    /// Once a picture: `vues` so far, the last `tenues` of them at the right place.
    fn essayer(self: Rc<Self>, vues: u32, tenues: u32) {
        let Some(place) = self.attendue.get() else { return };
        let tenues = if y_est(place) { tenues + 1 } else { 0 };
        if tenues >= STABLE || vues >= PATIENCE {
            self.attendue.set(None);
            return;
        }
        request_animation_frame(move || self.essayer(vues + 1, tenues));
    }
}

/// Scrolls there, if the page is long enough. Whether it is.
fn y_est(place: f64) -> bool {
    let page = document().document_element();
    let (Some(page), Ok(ici)) = (page, window().scroll_y()) else { return false };
    if f64::from(page.scroll_height() - page.client_height()) < place.floor() {
        return false;
    }
    if (ici - place).abs() >= 1.0 {
        window().scroll_to_with_x_and_y(0.0, place);
    }
    true
}
