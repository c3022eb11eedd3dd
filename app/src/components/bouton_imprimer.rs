//! Printing the page shown.

use crate::page::navigateur;
use leptos::prelude::*;

/// Prints the page. Shown only once it can: without JavaScript the browser's own menu does it.
#[component]
pub fn BoutonImprimer() -> impl IntoView {
    let pret = RwSignal::new(false);
    Effect::new(move |_| pret.set(true));
    let bouton = move || {
        pret.get().then(|| {
            view! {
                <button
                    class="fr-btn fr-btn--secondary fr-icon-printer-line fr-btn--icon-left"
                    type="button"
                    on:click=|_| navigateur::imprimer()
                >
                    "Imprimer"
                </button>
            }
        })
    };
    view! { <div class="rdv-sans-papier">{bouton}</div> }
}
