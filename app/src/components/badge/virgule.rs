//! What is only heard between two badges.

use leptos::prelude::*;

/// Keeps apart, for those who hear them, two things that only their place keeps apart on the screen.
#[component]
pub fn Virgule() -> impl IntoView {
    view! { <span class="fr-sr-only">", "</span> }
}
