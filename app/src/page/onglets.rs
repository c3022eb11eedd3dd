//! The tabs of a dossier: links, so that each has its address.

use crate::components::badge::Pastille;
use leptos::prelude::*;
use leptos_router::components::A;

/// A tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Onglet {
    /// Where it leads.
    pub adresse: String,
    /// What it says.
    pub texte: &'static str,
    /// What its orange dot says, if it has one.
    pub pastille: Option<&'static str>,
}

/// The tabs of a page.
#[component]
pub fn Onglets(
    /// What they are together.
    nom: &'static str,
    /// From left to right.
    onglets: Signal<Vec<Onglet>>,
) -> impl IntoView {
    view! {
        <nav class="rdv-onglets" aria-label=nom>
            <ul data-en-vue>
                <crate::page::liste::Liste
                    elements=onglets
                    cle=|onglet: &Onglet| onglet.adresse.clone()
                    vue=un_onglet
                />
            </ul>
        </nav>
    }
}

fn un_onglet(onglet: Signal<Onglet>) -> AnyView {
    let Onglet { adresse, texte, .. } = onglet.get_untracked();
    view! {
        <li>
            <A href=adresse>
                {texte}
                {move || onglet.with(|o| o.pastille).map(|texte| view! { <Pastille texte/> })}
            </A>
        </li>
    }
    .into_any()
}
