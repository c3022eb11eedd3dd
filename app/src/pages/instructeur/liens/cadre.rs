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
