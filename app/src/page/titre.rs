//! Titles: of the window, of the page, of a tab.

use super::contexte::Navigation;
use super::{navigateur, service};
#[cfg(feature = "ssr")]
use domain::ids::DossierNumero;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use leptos_meta::Title;

/// The title of the window, that says where one is: from the most precise to the name of the service. The only one that
/// sets it: what writes it in the head of a page that the server renders takes it for HTML.
#[component]
pub fn TitreFenetre(
    /// « Messagerie », « Dossier n° 17606854 ».
    parties: Vec<String>,
) -> impl IntoView {
    let mut parties = parties;
    parties.push(service::nom());
    let texte = parties.join(" – ");
    view! { <Title text=navigateur::titre(&texte)/> }
}

/// The title of the page. It has the focus when the person has just come from another page of ours.
#[component]
pub fn TitrePage(
    /// What it says.
    children: Children,
) -> impl IntoView {
    let noeud = NodeRef::<html::H1>::new();
    noeud.on_load(prendre_le_focus());
    view! { <h1 class="rdv-titre" tabindex="-1" node_ref=noeud>{children()}</h1> }
}

/// The title of a tab of a dossier, and of the window that shows it. To be shown with what is in the tab:
/// a dossier that cannot be read has none. It has the focus when the person has just come from another tab of the same
/// page: those who do not see which one is lit hear it.
#[cfg(feature = "ssr")]
#[component]
pub fn TitresOnglet(
    /// « Messagerie ».
    texte: &'static str,
    /// The dossier.
    numero: DossierNumero,
) -> impl IntoView {
    view! {
        <TitreFenetre parties=vec![texte.to_owned(), format!("Dossier n°\u{a0}{numero}")]/>
        <h2 class="fr-sr-only" id="titre-onglet" tabindex="-1">{texte}</h2>
    }
}

/// Gives the focus to the title of the page, because what had it is gone.
pub fn focus_sur_le_titre() {
    let titre = document().query_selector("h1").ok().flatten();
    if let Some(titre) = titre.and_then(|titre| titre.dyn_into::<HtmlElement>().ok()) {
        let _ = titre.focus();
    }
}

fn prendre_le_focus<E>() -> impl FnOnce(E) + 'static
where
    E: AsRef<HtmlElement> + 'static,
{
    let navigation = use_context::<Navigation>();
    move |element: E| {
        if navigation.is_some_and(Navigation::arrive) {
            // It is not in the page yet. A new page is shown from its top; one come back to, from where it was left.
            request_animation_frame(move || navigateur::viser_sans_bouger(element.as_ref()));
        }
    }
}
