//! The tabs of a dossier: links, so that each has its address.

use super::navigateur;
use crate::components::badge::Pastille;
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;

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
    let noeud = NodeRef::<html::Ul>::new();
    let chemin = use_location().pathname;
    garder_en_vue(noeud, move || {
        onglets.track();
        chemin.track();
    });
    view! {
        <nav class="rdv-onglets" aria-label=nom>
            <ul data-en-vue node_ref=noeud>
                <crate::page::liste::Liste
                    elements=onglets
                    cle=|onglet: &Onglet| onglet.adresse.clone()
                    vue=un_onglet
                />
            </ul>
        </nav>
    }
}

/// Has the tab that is lit in sight, each time what `suivre` reads has changed: on a narrow screen they are on one line
/// that scrolls.
pub fn garder_en_vue(noeud: NodeRef<html::Ul>, suivre: impl Fn() + 'static) {
    Effect::new(move |_| {
        suivre();
        if let Some(noeud) = noeud.get() {
            // The tab is lit at the same moment, maybe after this.
            request_animation_frame(move || navigateur::montrer_dans(&noeud, "[aria-current]"));
        }
    });
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
