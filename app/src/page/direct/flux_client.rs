//! In the browser: the connection on which the server says what changed.

use domain::sujet::Sujet;
use futures::channel::oneshot;
use futures::future::{AbortHandle, Abortable};
use futures::stream::{StreamExt, select};
use gloo_net::eventsource::futures::EventSource;
use leptos::prelude::set_timeout;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;
use web_sys::MessageEvent;

/// Type of the messages that say that a topic changed.
const CHANGEMENT: &str = "changement";
/// Type of the message sent on each connection, with the number of the last event.
const BONJOUR: &str = "bonjour";

const ATTENTE_MIN: Duration = Duration::from_secs(1);
const ATTENTE_MAX: Duration = Duration::from_secs(30);

/// A connection, closed when dropped.
pub struct Flux(AbortHandle);

impl Drop for Flux {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Watches `sujets` from the event number `depuis`. `recu` is given the number of each event, and its
/// topic if it has one.
///
/// A short cut is repaired by the browser, which says what it had last; when it gives up, the connection
/// is made again, later and later.
pub fn ouvrir(
    sujets: &BTreeSet<Sujet>,
    depuis: i64,
    recu: impl Fn(i64, Option<Sujet>) + 'static,
) -> Flux {
    let noms: Vec<String> = sujets.iter().map(ToString::to_string).collect();
    let noms = noms.join(",");
    let dernier = Rc::new(Cell::new(depuis));
    let (arret, arrete) = AbortHandle::new_pair();
    spawn_local(async move {
        let ecoute = async move {
            let mut attente = ATTENTE_MIN;
            loop {
                let url = format!("/direct?sujets={noms}&depuis={}", dernier.get());
                if ecouter(&url, &dernier, &recu).await {
                    attente = ATTENTE_MIN;
                }
                patienter(attente).await;
                attente = (attente * 2).min(ATTENTE_MAX);
            }
        };
        // Ends only by being stopped.
        let _: Result<(), _> = Abortable::new(ecoute, arrete).await;
    });
    Flux(arret)
}

/// Listens until the browser gives up. Whether anything was received.
async fn ecouter(url: &str, dernier: &Cell<i64>, recu: &impl Fn(i64, Option<Sujet>)) -> bool {
    let Ok(mut source) = EventSource::new(url) else { return false };
    let (Ok(changements), Ok(bonjours)) = (source.subscribe(CHANGEMENT), source.subscribe(BONJOUR))
    else {
        return false;
    };
    let mut messages = select(changements, bonjours);
    let mut entendu = false;
    while let Some(Ok((genre, message))) = messages.next().await {
        entendu = true;
        let texte = message.data().as_string().unwrap_or_default();
        let sujet = if genre == CHANGEMENT { texte.parse().ok() } else { None };
        let numero = numero(&message).or_else(|| texte.parse().ok());
        if let Some(numero) = numero {
            dernier.set(dernier.get().max(numero));
        }
        recu(dernier.get(), sujet);
    }
    entendu
}

fn numero(message: &MessageEvent) -> Option<i64> {
    message.last_event_id().parse().ok()
}

async fn patienter(duree: Duration) {
    let (fin, finie) = oneshot::channel();
    let fin = Cell::new(Some(fin));
    set_timeout(
        move || {
            if let Some(fin) = fin.take() {
                // Nobody waits any more when the page was left.
                let _ = fin.send(());
            }
        },
        duree,
    );
    let _ = finie.await;
}
