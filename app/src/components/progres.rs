//! How far something is that takes long.

use leptos::prelude::*;

/// How far something is, for everybody to see and to hear.
#[component]
pub fn Progres(
    /// Tells it from the others of the page.
    #[prop(into)]
    id: String,
    /// How much is done.
    #[prop(into)]
    faits: Signal<u64>,
    /// Of how much; nothing is known of the end when absent.
    #[prop(into)]
    total: Signal<Option<u64>>,
    /// The same in words.
    #[prop(into)]
    phrase: Signal<String>,
) -> impl IntoView {
    let max = move || total.get().map(|total| total.max(1).to_string());
    let valeur = move || total.get().map(|total| faits.get().min(total).to_string());
    view! {
        <p class="fr-mb-1w" id=id.clone()>{move || phrase.get()}</p>
        <progress class="rdv-progres fr-mb-2w" aria-labelledby=id max=max value=valeur></progress>
    }
}
