//! The region that screen readers watch.

use crate::contexte::Annonces;
use leptos::prelude::*;

/// Reads out what [`Annonces::dire`] is given, when the person is not being told something else.
#[component]
pub fn RegionAnnonces(
    /// What to read out.
    annonces: Annonces,
) -> impl IntoView {
    let texte = annonces.texte();
    view! { <p class="fr-sr-only" role="status" aria-live="polite">{move || texte.get()}</p> }
}
