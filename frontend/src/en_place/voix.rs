//! What screen readers are told.

use super::outils::{document, plus_tard, un};
use super::page::Partie;
use domain::vues::faits::nouveaute;
use std::cell::Cell;
use std::time::Duration;

/// How long a sentence stays in the region: enough to be read out, then it is not met again by chance.
const DUREE: Duration = Duration::from_secs(10);

/// How long a form may take before the page's changes are said again.
const GESTE_MAX: Duration = Duration::from_secs(15);

/// How long after a gesture what changes is its effect: an event and a reading.
const APRES_UN_GESTE: Duration = Duration::from_secs(2);

thread_local! {
    /// The number of the gesture that the person is making, or has just made.
    static GESTE: Cell<(u32, bool)> = const { Cell::new((0, false)) };
}

/// Has a sentence read out, after those that were not read yet.
pub fn dire(phrase: &str) {
    let Some(region) = un(".rdv-annonces") else { return };
    let Ok(ligne) = document().create_element("p") else { return };
    ligne.set_text_content(Some(phrase));
    // Refused only where it would hold itself.
    let _ = region.append_child(&ligne);
    plus_tard(DUREE, move || ligne.remove());
}

/// Says what is new in a page that is kept up to date, part by part.
pub fn dire_le_nouveau(avant: &[Partie], apres: &[Partie]) {
    if avant.len() != apres.len() {
        return;
    }
    for (avant, apres) in avant.iter().zip(apres) {
        let tue = apres.du_geste && GESTE.get().1;
        if let Some(phrase) = nouveaute(&avant.faits, &apres.faits).filter(|_| !tue) {
            dire(&phrase);
        }
    }
}

/// A form is being posted: what changes is its effect, which it says itself.
pub fn geste_commence() {
    taire(GESTE_MAX);
}

/// It was answered.
pub fn geste_fini() {
    taire(APRES_UN_GESTE);
}

fn taire(duree: Duration) {
    let numero = GESTE.get().0 + 1;
    GESTE.set((numero, true));
    plus_tard(duree, move || {
        let (dernier, ici) = GESTE.get();
        GESTE.set((dernier, ici && dernier != numero));
    });
}
