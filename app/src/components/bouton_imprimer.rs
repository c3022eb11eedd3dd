//! Printing the page shown.

use leptos::prelude::*;

/// Prints the page. Shown only once it can: without JavaScript the browser's own menu does it.
#[component]
pub fn BoutonImprimer() -> impl IntoView {
    view! {
        <div class="rdv-sans-papier">
            <button
                class="fr-btn fr-btn--secondary fr-icon-printer-line fr-btn--icon-left"
                type="button"
                data-avec-script
                data-imprime
            >
                "Imprimer"
            </button>
        </div>
    }
}
