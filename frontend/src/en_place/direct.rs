//! Hears what changes of what the page shows, on one connection, and has the page read again.

use super::outils::{document, plus_tard};
use super::{page, relecture};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

/// Changes that come together are read together.
const GROUPER: Duration = Duration::from_millis(50);

/// How long after a page was shown that was already old it is read again: another reading may be on its way.
const RATTRAPER: Duration = Duration::from_millis(500);

const ATTENTE_MIN: Duration = Duration::from_secs(1);
const ATTENTE_MAX: Duration = Duration::from_secs(30);

/// Type of the messages that say that a topic changed.
const CHANGEMENT: &str = "changement";
/// Type of the message sent on each connection, with the number of the last event.
const BONJOUR: &str = "bonjour";

thread_local! {
    static FLUX: RefCell<Option<Flux>> = const { RefCell::new(None) };
    static SUJETS: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
    /// Number of the last event heard, or that the page shown knows of.
    static DERNIER: Cell<i64> = const { Cell::new(0) };
    /// Number of the last event heard; one that has no number comes with that of the one before.
    static ENTENDU: Cell<i64> = const { Cell::new(-1) };
    /// Number of the last change heard.
    static CHANGE: Cell<i64> = const { Cell::new(-1) };
    static ATTENTE: Cell<Duration> = const { Cell::new(ATTENTE_MIN) };
    /// Tells the connections one after the other apart.
    static NUMERO: Cell<u32> = const { Cell::new(0) };
    static A_RELIRE: Cell<bool> = const { Cell::new(false) };
}

/// A connection, closed when dropped.
struct Flux {
    source: EventSource,
    _message: Closure<dyn Fn(MessageEvent)>,
    _coupure: Closure<dyn Fn()>,
}

impl Drop for Flux {
    fn drop(&mut self) {
        self.source.set_onerror(None);
        self.source.close();
    }
}

/// Watches what the page shows now, if that is not what is watched already.
pub fn suivre() {
    if let Some(depuis) = page::depuis(&document()) {
        DERNIER.set(depuis);
        // What was shown now was read before the last change that was heard.
        if CHANGE.get() > depuis {
            relire_dans(RATTRAPER);
        }
    }
    let sujets = page::sujets(&document());
    if SUJETS.with_borrow(|suivis| *suivis != sujets) {
        SUJETS.set(sujets);
        connecter();
    }
}

/// Connects again, now.
pub fn reprendre() {
    ATTENTE.set(ATTENTE_MIN);
    connecter();
}

fn connecter() {
    let numero = NUMERO.get() + 1;
    NUMERO.set(numero);
    // What was watched is closed first: a browser opens only a few connections to a site.
    FLUX.take();
    let noms: Vec<String> = SUJETS.with_borrow(|sujets| sujets.iter().cloned().collect());
    if noms.is_empty() {
        return;
    }
    let adresse = format!("/direct?sujets={}&depuis={}", noms.join(","), DERNIER.get());
    let Ok(source) = EventSource::new(&adresse) else { return };
    let message = Closure::<dyn Fn(MessageEvent)>::new(|message: MessageEvent| recevoir(&message));
    for genre in [CHANGEMENT, BONJOUR] {
        // Refused only for what is no function.
        let _ = source.add_event_listener_with_callback(genre, message.as_ref().unchecked_ref());
    }
    let coupure = Closure::<dyn Fn()>::new(move || coupee(numero));
    source.set_onerror(Some(coupure.as_ref().unchecked_ref()));
    FLUX.set(Some(Flux { source, _message: message, _coupure: coupure }));
}

/// A short cut is repaired by the browser, which says what it had last; when it gives up, the connection is made again, later
/// and later.
fn coupee(numero: u32) {
    let finie = FLUX.with_borrow(|flux| {
        flux.as_ref().is_some_and(|flux| flux.source.ready_state() == EventSource::CLOSED)
    });
    if !finie || NUMERO.get() != numero {
        return;
    }
    let attente = ATTENTE.get();
    ATTENTE.set((attente * 2).min(ATTENTE_MAX));
    plus_tard(attente, move || {
        if NUMERO.get() == numero {
            connecter();
        }
    });
}

fn recevoir(message: &MessageEvent) {
    ATTENTE.set(ATTENTE_MIN);
    let texte = message.data().as_string().unwrap_or_default();
    let numero: i64 =
        message.last_event_id().parse().or_else(|_| texte.parse()).unwrap_or_default();
    DERNIER.set(DERNIER.get().max(numero));
    // The page shown may have been read since.
    let connu = ENTENDU.replace(numero) != numero && page::depuis(&document()) >= Some(numero);
    if message.type_() == CHANGEMENT {
        CHANGE.set(CHANGE.get().max(numero));
        if !connu {
            relire_dans(GROUPER);
        }
    }
}

/// Has the page read again, once for all that asks for it meanwhile.
fn relire_dans(duree: Duration) {
    if !A_RELIRE.replace(true) {
        plus_tard(duree, || {
            A_RELIRE.set(false);
            relecture::demander();
        });
    }
}
