//! Reads the page shown again, so that it stays true.

use super::avis::{self, Raison};
use super::lecture::{self, Demande, Echec, Lue};
use super::morphose::Passage;
use super::outils::{document, ecouter, fenetre};
use super::{affichage, direct, formulaires, historique, outils, page};
use std::cell::Cell;
use std::time::Duration;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, PageTransitionEvent, VisibilityState};

/// How long after a failure it is read again.
const REESSAYER: Duration = Duration::from_secs(5);

/// How long a page may have been hidden and still be believed.
const LONGTEMPS: f64 = 60_000.0;

thread_local! {
    static EN_COURS: Cell<bool> = const { Cell::new(false) };
    /// Something changed while it was being read.
    static ENCORE: Cell<bool> = const { Cell::new(false) };
    /// It will be read again by itself, for the page of that number.
    static PREVUE: Cell<Option<u32>> = const { Cell::new(None) };
    /// What is shown only says that the page could not be read.
    static ABSENTE: Cell<bool> = const { Cell::new(false) };
    static CACHEE_LE: Cell<f64> = const { Cell::new(0.0) };
}

/// Reads the page again when the browser shows it as it had left it, after it was long hidden, and when the network is back.
pub fn commencer() {
    ecouter(&fenetre(), "pageshow", |evenement: PageTransitionEvent| {
        if evenement.persisted() {
            direct::reprendre();
            demander();
        }
    });
    // The browser would try again by itself, but seconds later.
    ecouter(&fenetre(), "online", |_: Event| {
        direct::reprendre();
        demander();
    });
    ecouter(&document(), "visibilitychange", |_: Event| {
        let maintenant = js_sys::Date::now();
        if document().visibility_state() == VisibilityState::Hidden {
            CACHEE_LE.set(maintenant);
        } else if maintenant - CACHEE_LE.get() > LONGTEMPS {
            demander();
        }
    });
}

/// Says that the page shown could not be read: it is read until it can be.
pub fn rien_n_est_montre() {
    ABSENTE.set(true);
    plus_tard();
}

/// Whether what is, or was until now, shown only says that the page could not be read.
pub fn rien_n_etait_montre() -> bool {
    ABSENTE.get()
}

/// Says that the page is shown.
pub fn tout_est_montre() {
    ABSENTE.set(false);
}

/// Reads it again in a while.
pub fn plus_tard() {
    let ici = page::numero();
    if PREVUE.replace(Some(ici)) == Some(ici) {
        return;
    }
    outils::plus_tard(REESSAYER, move || {
        if PREVUE.get() == Some(ici) {
            PREVUE.set(None);
            if page::numero() == ici {
                demander();
            }
        }
    });
}

/// Reads it again now, or as soon as what is under way is there.
pub fn demander() {
    if EN_COURS.get() || formulaires::un_est_en_cours() {
        ENCORE.set(true);
    } else if !historique::en_chemin() {
        ENCORE.set(false);
        EN_COURS.set(true);
        spawn_local(relire());
    }
}

/// Reads it if that was asked for meanwhile. To be called when a form was answered without the page being shown anew.
pub fn reprendre() {
    if ENCORE.get() {
        demander();
    }
}

/// Says that all that was asked for is shown.
pub fn est_a_jour() {
    ENCORE.set(false);
}

async fn relire() {
    let (ici, adresse) = (page::numero(), page::adresse());
    let lue = lecture::lire(&adresse, Demande::Relecture).await;
    EN_COURS.set(false);
    if page::numero() != ici || page::adresse() != adresse || historique::en_chemin() {
        return;
    }
    if formulaires::un_est_en_cours() {
        ENCORE.set(true);
        return;
    }
    match lue {
        Ok(lue) if lue.sans_session(&adresse) => perimee(Raison::Session),
        Ok(lue) if lue.statut >= 500 || !page::de_l_interface(&lue.document) => {
            perimee(Raison::Coupure);
        }
        Ok(lue) => montrer(&lue),
        Err(Echec::Reseau) => perimee(Raison::Coupure),
        Err(Echec::Ailleurs(url)) => historique::laisser(&url),
    }
    reprendre();
}

fn perimee(raison: Raison) {
    if !ABSENTE.get() {
        avis::dire_perimee(raison);
    } else if raison == Raison::Session {
        historique::laisser(&page::adresse());
    }
    plus_tard();
}

fn montrer(lue: &Lue) {
    // Read before the page that a form was answered with.
    let montree = page::depuis(&document());
    if page::depuis(&lue.document).is_some_and(|depuis| Some(depuis) < montree) {
        plus_tard();
        return;
    }
    let ailleurs = page::chemin(&lue.adresse) != page::chemin(&page::adresse());
    if ailleurs || ABSENTE.get() || lue.statut >= 400 {
        historique::remplacer(lue);
        return;
    }
    let vise = historique::vise();
    affichage::montrer(&lue.document, &lue.adresse, Passage::Relecture);
    historique::garder_le_focus(vise.as_ref());
}
