//! When something breaks here, the page goes on as it does without script.

use super::outils::{fenetre, racine, tous};
use super::suites::SI_COCHE;
use std::cell::{Cell, RefCell};
use std::panic;

thread_local! {
    static ARRIVEE: Cell<bool> = const { Cell::new(false) };
    static EN_CHEMIN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on what breaks ends all that this application does: the browser follows links and posts forms by itself.
pub fn surveiller() {
    panic::set_hook(Box::new(|panne| {
        if ARRIVEE.replace(true) {
            return;
        }
        web_sys::console::error_1(&panne.to_string().into());
        if let Some(racine) = racine() {
            // Refused only for a wrong name.
            let _ = racine.remove_attribute("data-vivant");
        }
        // Nobody counts any more what is ticked.
        for bouton in tous(&format!("[{SI_COCHE}]")) {
            let _ = bouton.remove_attribute("disabled");
        }
        // A link was being followed, which nobody else would show.
        let adresse = EN_CHEMIN.try_with(|chemin| chemin.try_borrow().ok()?.clone()).ok().flatten();
        if let Some(adresse) = adresse {
            let _ = fenetre().location().assign(&adresse);
        }
    }));
}

/// Whether something broke.
pub fn arrive() -> bool {
    ARRIVEE.get()
}

/// Says which page is being gone to; `None` once it is there.
pub fn en_chemin(adresse: Option<&str>) {
    EN_CHEMIN.with_borrow_mut(|chemin| *chemin = adresse.map(ToOwned::to_owned));
}
