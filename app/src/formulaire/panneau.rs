//! A button, and what it opens over the page: a panel with a form, a menu.
//!
//! The browser's own popovers do the work, with or without a script: one is open at a time, Escape and a click
//! elsewhere close it, the focus goes back to its button, and assistive technologies hear that the button is open.

use super::suivi::{BoutonEnvoyer, Suivi};
use crate::page::erreur::adresse_ici;
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

/// Where a panel stands.
#[derive(Clone, Copy)]
pub struct Ouverture {
    noeud: NodeRef<html::Div>,
    ouvert: RwSignal<bool>,
    /// Shown in the page, under its button, because the server refused its form without a script: nothing but a
    /// script could open it over the page.
    en_page: RwSignal<bool>,
}

impl Ouverture {
    /// Closed; in the page when its form was refused without a script.
    pub fn nouvelle(refuse: bool) -> Self {
        Self {
            noeud: NodeRef::new(),
            ouvert: RwSignal::new(refuse),
            en_page: RwSignal::new(refuse),
        }
    }

    /// Whether it is open.
    pub fn ouvert(self) -> bool {
        self.ouvert.get()
    }

    /// Closes it. What had the focus inside gives it back to the button.
    pub fn fermer(self) {
        if self.en_page.get_untracked() {
            self.en_page.set(false);
            self.ouvert.set(false);
        } else if let Some(noeud) = self.noeud.get_untracked() {
            // Refused only when it is closed already.
            let _ = noeud.hide_popover();
        }
    }

    fn suivre(self) {
        if let Some(noeud) = self.noeud.get_untracked() {
            self.ouvert.set(noeud.matches(":popover-open").unwrap_or_default());
        }
    }
}

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
    /// Where it stands.
    #[prop(optional)]
    ouverture: Option<Ouverture>,
    /// Whether it is a list of links and buttons, all alike.
    #[prop(optional)]
    menu: bool,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let ouverture = ouverture.unwrap_or_else(|| Ouverture::nouvelle(false));
    let Ouverture { noeud, en_page, .. } = ouverture;
    let corps = if menu {
        view! { <ul class="rdv-menu-deroulant">{children()}</ul> }.into_any()
    } else {
        children().into_any()
    };
    view! {
        <div
            class="rdv-panneau"
            hidden=move || !(visible.is_none_or(|visible| visible.get()) || ouverture.ouvert())
        >
            <button type="button" class=format!("fr-btn {classe}") popovertarget=id.clone()>
                {bouton}
            </button>
            <div
                id=id
                class="rdv-panneau__corps"
                class:rdv-panneau__corps--en-page=move || en_page.get()
                popover=move || (!en_page.get()).then_some("auto")
                on:toggle=move |_| ouverture.suivre()
                node_ref=noeud
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
    let ouverture = Ouverture::nouvelle(suivi.refuse_au_depart());
    let fermer = Callback::new(move |()| {
        ouverture.fermer();
        suivi.oublier();
    });
    suivi.au_succes(move || fermer.run(()));
    let corps = contenu(view! { <Boutons id valider suivi fermer/> }.into_any());
    view! {
        <Deroulant id classe bouton=bouton.into_any() visible ouverture>
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
    fermer: Callback<()>,
) -> impl IntoView {
    let ici = adresse_ici();
    let annuler = move |clic: MouseEvent| {
        clic.prevent_default();
        fermer.run(());
    };
    view! {
        <div class="rdv-boutons">
            <a
                class="fr-btn fr-btn--secondary"
                href=move || ici.get()
                data-ferme=id
                on:click=annuler
            >
                "Annuler"
            </a>
            {move || view! { <BoutonEnvoyer texte=valider.get() suivi/> }}
        </div>
    }
}
