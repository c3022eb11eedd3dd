//! What these pages share.

use crate::page::fil_ariane::FilAriane;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::ids::DemarcheNumero;
use leptos::prelude::*;

/// Titles and breadcrumb of a page, around it.
#[component]
pub fn Cadre(
    /// The démarche.
    numero: DemarcheNumero,
    /// Its title.
    titre: String,
    /// The page.
    ici: &'static str,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    view! {
        <TitreFenetre parties=vec![ici.to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                (Chemin::DemarchesSuivies.to_string(), "Démarches".to_owned()),
                (Chemin::DemarcheSuivie(numero).to_string(), titre),
            ]
            ici
        />
        <div class="rdv-etroit">
            <TitrePage>{ici}</TitrePage>
            {children()}
        </div>
    }
}

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
