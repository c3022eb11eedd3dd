//! A button that copies a text.

use crate::page::contexte::annonces;
use crate::page::navigateur;
use leptos::prelude::*;

/// Copies a text. Shown only once the page can do it: without JavaScript the text is selected by hand.
#[component]
pub fn BoutonCopier(
    /// What it copies.
    texte: Signal<String>,
    /// What it says to those who don't see what stands beside the button: « l'adresse ».
    quoi: &'static str,
) -> impl IntoView {
    let pret = RwSignal::new(false);
    Effect::new(move |_| pret.set(true));
    let annonces = annonces();
    let resultat = RwSignal::new("");
    let copier = move |_| {
        navigateur::copier(&texte.get_untracked(), move |fait| {
            let phrase = if fait { "Copié" } else { "Sélectionnez le texte pour le copier" };
            resultat.set(phrase);
            annonces.dire(phrase);
        });
    };
    let bouton = move || {
        pret.get().then(|| {
            view! {
                <button
                    class="fr-btn fr-btn--tertiary fr-btn--sm fr-icon-clipboard-line fr-btn--icon-left"
                    type="button"
                    on:click=copier
                >
                    "Copier" <span class="fr-sr-only">{format!(" {quoi}")}</span>
                </button>
            }
        })
    };
    view! {
        <span class="rdv-copier">
            {bouton} <span class="fr-text--sm" aria-hidden="true">{move || resultat.get()}</span>
        </span>
    }
}
