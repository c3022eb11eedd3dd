//! The region that screen readers watch.

use super::contexte::{Annonce, Annonces};
use leptos::prelude::*;

/// Reads out what [`Annonces::dire`] is given, when the person is not being told something else.
#[component]
pub fn RegionAnnonces(
    /// What to read out.
    annonces: Annonces,
) -> impl IntoView {
    let phrases = annonces.phrases();
    // Without role="status": while it is empty, as it nearly always is, it would be read as an empty status bar.
    view! {
        <div class="fr-sr-only rdv-annonces" aria-live="polite" aria-atomic="false">
            <For
                each=move || phrases.get()
                key=|annonce| annonce.id
                children=|Annonce { phrase, .. }| view! { <p>{phrase}</p> }
            />
        </div>
    }
}
