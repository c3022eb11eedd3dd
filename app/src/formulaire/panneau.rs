//! A button, and what it opens over the page: a panel with a form, a menu.
//!
//! The browser's own popovers do the work, with or without a script: one is open at a time, Escape and a click
//! elsewhere close it, the focus goes back to its button, and assistive technologies hear that the button is open.

use super::suivi::{BoutonEnvoyer, Suivi};
use crate::page::erreur::adresse_ici;
use leptos::prelude::*;

/// The button, and what it opens.
#[component]
pub fn Deroulant(
    /// Tells it from the others of the page.
    #[prop(into)]
    id: String,
    /// The classes of its button, beside « fr-btn ».
    classe: &'static str,
    /// What the button says.
    bouton: AnyView,
    /// Whether the button is shown.
    #[prop(into, optional)]
    visible: Option<Signal<bool>>,
    /// Whether it is shown in the page, under its button, because the server refused its form without a script: nothing but
    /// a script could open it over the page.
    #[prop(optional)]
    en_page: bool,
    /// Whether it is a list of links and buttons, all alike.
    #[prop(optional)]
    menu: bool,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let corps = if menu {
        view! { <ul class="rdv-menu-deroulant">{children()}</ul> }.into_any()
    } else {
        children().into_any()
    };
    view! {
        <div
            class="rdv-panneau"
            hidden=move || !(en_page || visible.is_none_or(|visible| visible.get()))
        >
            <button type="button" class=format!("fr-btn {classe}") popovertarget=id.clone()>
                {bouton}
            </button>
            <div
                id=id
                class="rdv-panneau__corps"
                class=("rdv-panneau__corps--en-page", en_page)
                popover=(!en_page).then_some("auto")
            >
                {corps}
            </div>
        </div>
    }
}

/// A panel that holds a form.
///
/// It stays while it is open, even if what it is for is no longer possible: what is being typed is not lost, and
/// posting the form says why.
#[component]
pub fn Panneau(
    /// Tells it from the others of the page.
    id: &'static str,
    /// The classes of its button.
    #[prop(default = "fr-btn--secondary fr-icon-arrow-down-s-line fr-btn--icon-right")]
    classe: &'static str,
    /// What the button says.
    bouton: &'static str,
    /// Whether the button is shown.
    #[prop(into)]
    visible: Signal<bool>,
    /// The form inside.
    suivi: Suivi,
    /// What posts the form.
    #[prop(into)]
    valider: Signal<&'static str>,
    /// Given [`Boutons`] to put at the end of the form, makes the form.
    contenu: impl FnOnce(AnyView) -> AnyView,
) -> impl IntoView {
    let corps = contenu(view! { <Boutons id valider suivi/> }.into_any());
    view! {
        <Deroulant id classe bouton=bouton.into_any() visible en_page=suivi.refuse_au_depart()>
            {corps}
        </Deroulant>
    }
}

/// « Annuler » and what posts the form.
#[component]
fn Boutons(
    /// The panel.
    id: &'static str,
    valider: Signal<&'static str>,
    suivi: Suivi,
) -> impl IntoView {
    let ici = adresse_ici();
    view! {
        <div class="rdv-boutons">
            <a class="fr-btn fr-btn--secondary" href=move || ici.get() data-ferme=id>
                "Annuler"
            </a>
            {move || view! { <BoutonEnvoyer texte=valider.get() suivi/> }}
        </div>
    }
}
